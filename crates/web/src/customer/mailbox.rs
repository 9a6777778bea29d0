//! The mailbox of development: letters that wait because there is no mail server, as they would go out.

use axum::http::HeaderValue;
use domain::values::WorkId;
use domain::work::Letter;
use engine::work::WaitingLetter;
use maud::{Render as _, html};

use crate::access::Unproved;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::{Empty, Face, Icon, Page, Row, Table, facts, table::Column};
use crate::visit::{Shown, Visit, file, show};
use crate::{links, wording};

/// Most letters that are listed.
const MOST: usize = 200;

/// The letters that wait, the latest first.
pub(super) async fn list(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let mut letters = visit.engine().waiting_letters(None, 1_000).await?;
    letters.reverse();
    letters.truncate(MOST);
    let now = visit.engine().now();
    let mut rows = Vec::new();
    for letter in &letters {
        let cells = [
            html! { (letter.to) },
            html! { (kind(texts, &letter.letter)) },
            html! { (wording::ago(texts, letter.due_at, now)) },
        ];
        rows.push(Row::new(cells).link(links::dev_letter(letter.id)));
    }
    let columns = ["mailbox-to", "mailbox-kind", "mailbox-since"].map(|key| Column::new(texts.say(key)));
    let content = html! {
        h1 class="mb-2" { (texts.say("mailbox-title")) }
        p class="mb-6 text-ink-2" { (texts.say("mailbox-lead")) }
        @if rows.is_empty() {
            (Empty::new(Icon::Mail, texts.say("mailbox-empty"), texts.say("mailbox-empty-more")))
        } @else {
            (Table::new(texts, texts.say("mailbox-title")).columns(columns).rows(rows))
        }
    };
    let title = texts.say("mailbox-title");
    Ok(show(&Page::new(texts, Face::Shop, &*title).content(content).private().render()))
}

/// What a letter is. Its subject would take writing all of it, with its documents.
fn kind(texts: Texts, letter: &Letter) -> String {
    texts.say(match letter {
        Letter::SignIn { .. } => "mailbox-sign-in",
        Letter::Tickets { .. } => "mailbox-tickets",
        Letter::Ticket { .. } => "mailbox-ticket",
        Letter::Reserved { .. } => "mailbox-reserved",
    })
}

async fn letter(visit: &Visit<Unproved>) -> Result<WaitingLetter, Problem> {
    let id: WorkId = visit.id()?;
    let letters = visit.engine().waiting_letters(None, 1_000).await?;
    letters.into_iter().find(|letter| letter.id == id).ok_or_else(Problem::not_found)
}

/// One letter: its head, its text, and its HTML in a frame.
pub(super) async fn show_letter(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let found = letter(&visit).await?;
    let written = visit.engine().read_letter(&found.to, &found.letter).await?.ok_or_else(Problem::not_found)?;
    let files: Vec<&str> = written.attachments.iter().map(|file| file.name.as_str()).collect();
    let content = html! {
        p class="mb-4" { a href=(links::dev_mailbox()) { (texts.say("mailbox-title")) } }
        h1 class="mb-4" { (written.subject) }
        (facts::facts([
            (texts.say("mailbox-from"), html! { (written.from_name) }),
            (texts.say("mailbox-to"), html! { (found.to) }),
            (texts.say("mailbox-files"), html! { (files.join(", ")) }),
        ]))
        p class="my-4" { a href=(links::dev_letter_html(found.id)) { (texts.say("mailbox-html")) } }
        div.panel { pre class="whitespace-pre-wrap font-sans" { (linked(&written.text)) } }
    };
    let title = written.subject.clone();
    Ok(show(&Page::new(texts, Face::Shop, &*title).content(content).private().render()))
}

/// A text with its addresses as links.
fn linked(text: &str) -> maud::Markup {
    html! {
        @for word in text.split_inclusive(char::is_whitespace) {
            @if word.starts_with("http://") || word.starts_with("https://") {
                a href=(word.trim_end()) { (word) }
            } @else { (word) }
        }
    }
}

/// The letter's HTML, as mail programs show it. Its own styles are in it, and nothing else may be loaded.
pub(super) async fn show_html(visit: Visit<Unproved>) -> Shown {
    let found = letter(&visit).await?;
    let written = visit.engine().read_letter(&found.to, &found.letter).await?.ok_or_else(Problem::not_found)?;
    let mut html = written.html;
    for shown in written.attachments.iter().filter(|file| file.content_id.is_some()) {
        let id = shown.content_id.as_deref().unwrap_or_default();
        let data = data_encoding::BASE64.encode(&shown.bytes);
        html = html.replace(&format!("cid:{id}"), &format!("data:{};base64,{data}", shown.media_type));
    }
    let word = visit.app.request_name();
    let mut response = file("text/html; charset=utf-8", None, with_one_stylesheet(&html, &word).into_bytes());
    let policy = format!(
        "default-src 'none'; img-src data:; style-src 'nonce-{word}'; frame-ancestors 'self'; sandbox allow-popups"
    );
    // The word is a KSUID: letters and digits.
    if let Ok(policy) = HeaderValue::try_from(policy) {
        response.headers_mut().insert(axum::http::header::CONTENT_SECURITY_POLICY, policy);
    }
    Ok(response)
}

/// The same letter with its styles in one sheet that `word` permits: mail programs want them in each element, where a
/// policy could permit only all of them or none.
fn with_one_stylesheet(html: &str, word: &str) -> String {
    let html = html.replace("<style>", &format!("<style nonce=\"{word}\">"));
    let mut parts = html.split(" style=\"");
    let mut body = parts.next().unwrap_or_default().to_owned();
    let mut rules = String::new();
    for (n, part) in parts.enumerate() {
        let (style, rest) = part.split_once('"').unwrap_or((part, ""));
        let style = style.replace("&quot;", "\"").replace("&amp;", "&");
        rules.extend(["[data-style=\"", &n.to_string(), "\"]{", &style, "}"]);
        body.extend([" data-style=\"", &n.to_string(), "\"", rest]);
    }
    body.replacen("</head>", &format!("<style nonce=\"{word}\">{rules}</style></head>"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letters_styles_come_to_stand_in_a_sheet_of_their_own() {
        let html = "<html><head></head><body style=\"a:b\"><p style=\"font:&quot;X&quot;\">Hi</p></body></html>";
        let moved = with_one_stylesheet(html, "w");
        assert!(!moved.contains(" style="), "{moved}");
        let sheet = "<style nonce=\"w\">[data-style=\"0\"]{a:b}[data-style=\"1\"]{font:\"X\"}</style></head>";
        assert!(moved.contains(sheet) && moved.contains("<p data-style=\"1\">Hi</p>"), "{moved}");
    }
}
