//! The letters that people get, written from what the operations loaded: the engine's port [`Render`].
//!
//! A letter is a list of [blocks](blocks), and both its forms, HTML and plain text, are made of the same blocks: neither
//! says more than the other. Knows what a letter says and how it looks; does not know when it is sent, or to whom, and
//! keeps nothing. The same contents are the same letter, byte for byte.
//!
//! One more letter: a variant of [`LetterContents`], a file here that makes its blocks, words in
//! `locales/*/letters.ftl`.

mod blocks;
mod html;
mod reserved;
mod sign_in;
mod text;
mod ticket;
mod tickets;

use domain::catalogue::EventStatus;
use domain::organisations::Organisation;
use domain::values::Email;
use engine::render::Attachment;
use engine::render::{About, LetterContents, Render, Written};

use self::blocks::Block;
use crate::links::Links;
use crate::texts::{Lang, Texts};
use crate::wording;

/// Writes all letters of an installation, in one language.
#[derive(Debug, Clone)]
pub struct Letters {
    links: Links,
    texts: Texts,
}

/// A letter before it has a form.
struct Letter {
    /// What it is about, on one line.
    subject: String,
    /// What a list of mails shows after the subject.
    preview: String,
    /// What stands at its top.
    title: String,
    /// What it says.
    blocks: Vec<Block>,
    /// What comes with it.
    attachments: Vec<Attachment>,
}

/// In whose name a letter is.
struct Sender {
    name: String,
    reply_to: Option<Email>,
    /// `#rrggbb`, if it has a colour of its own.
    colour: Option<String>,
}

impl Letters {
    /// Letters whose links lead to this program, in this language.
    pub fn new(links: Links, lang: Lang) -> Self {
        Self { links, texts: Texts::of(lang) }
    }

    fn sender(&self, organisation: Option<&Organisation>) -> Sender {
        match organisation {
            Some(organisation) => Sender {
                name: organisation.name.to_string(),
                reply_to: organisation.reply_to.clone(),
                colour: organisation.brand_colour.as_ref().map(|colour| colour.as_str().to_owned()),
            },
            None => Sender { name: self.texts.say("letter-platform"), reply_to: None, colour: None },
        }
    }

    /// What, when and where.
    fn event(&self, about: &About) -> Block {
        let event = &about.event;
        let zone = wording::zone(self.texts, &event.time_zone, event.starts_at);
        let mut details = vec![format!("{} ({zone})", wording::when(self.texts, event))];
        details.extend(place(about));
        if event.status == EventStatus::Cancelled {
            details.push(self.texts.say("document-cancelled"));
        }
        Block::Event { title: event.title.to_string(), details }
    }

    /// The event and its first day, as subjects say them.
    fn event_places(&self, about: &About) -> [(&'static str, crate::texts::Value<'static>); 2] {
        let day = wording::first_day(self.texts, &about.event);
        [("event", about.event.title.to_string().into()), ("day", day.into())]
    }
}

impl Render for Letters {
    fn letter(&self, contents: &LetterContents) -> Written {
        let (letter, organisation) = match contents {
            LetterContents::SignIn { secret, organisation } => {
                (self.sign_in(secret, organisation.as_ref()), organisation.as_ref())
            }
            LetterContents::Tickets { about, order } => (self.tickets(about, order), Some(&about.organisation)),
            LetterContents::Ticket { about, ticket, word } => {
                (self.ticket(about, ticket, word), Some(&about.organisation))
            }
            LetterContents::Reserved { about, order } => (self.reserved(about, order), Some(&about.organisation)),
        };
        let sender = self.sender(organisation);
        Written {
            from_name: one_line(&sender.name),
            subject: one_line(&letter.subject),
            text: text::write(self.texts, &sender, &letter),
            html: html::write(self.texts, &sender, &letter).into_string(),
            reply_to: sender.reply_to,
            attachments: letter.attachments,
        }
    }
}

/// A venue and its address.
fn place(about: &About) -> Option<String> {
    let venue = about.event.venue.as_ref()?;
    let address = venue.address.as_ref().map(|address| format!(", {address}")).unwrap_or_default();
    Some(format!("{}{address}", venue.name))
}

/// What stands at the end of each letter.
fn closing(texts: Texts, sender: &Sender) -> Vec<String> {
    let mut lines = Vec::new();
    if sender.reply_to.is_some() {
        lines.push(texts.say_with("letter-questions", &[("name", sender.name.as_str().into())]));
    }
    lines.push(texts.say("powered-by"));
    lines
}

/// For a header: no line ends of any kind, no characters that control. Names hold none; whatever comes to be put into
/// a header later still cannot end it.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
