//! Signing in by a link: ask, send, show, use. The link is used by a button, since mail programs open links themselves.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use domain::values::Email;
use engine::people::{Requested, SignInRequest};
use maud::{Markup, Render as _, html};

use crate::access::Unproved;
use crate::app::App;
use crate::caller::session_cookie;
use crate::input::{self, Fields};
use crate::links;
use crate::texts::Texts;
use crate::ui::{Button, Empty, Face, Field, Icon, Page};
use crate::visit::{Shown, Visit, fault_at, go, show, show_with};

/// How long a browser stays signed in, in seconds: as long as the session.
const THIRTY_DAYS: u32 = 30 * 24 * 60 * 60;

/// Asks for an address.
pub(super) async fn ask(visit: Visit<Unproved>) -> Shown {
    Ok(show(&ask_page(&visit, None)))
}

struct Ask {
    email: Email,
    to: Option<String>,
}

fn form(fields: &mut Fields<'_>) -> Option<Ask> {
    let email = fields.required("email", input::email());
    let to = fields.optional("to", input::line::<500>());
    Some(Ask { email: email?, to: to.map(String::from).filter(|to| is_ours(to)) })
}

/// Only paths of this site are gone to after signing in.
fn is_ours(to: &str) -> bool {
    to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\n', '\r'])
}

/// Sends a link to the address, if it is known; says the same in any case.
pub(super) async fn send_link(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let ask = match visit.sent.read(form) {
        Ok(ask) => ask,
        Err(faults) => {
            let fault = fault_at(texts, &faults, "/email").unwrap_or_else(|| texts.say("sign-in-email-needed"));
            return Ok(show_with(StatusCode::UNPROCESSABLE_ENTITY, &ask_page(&visit, Some(fault))));
        }
    };
    let request = SignInRequest { email: ask.email.clone(), organisation: None, to: ask.to };
    match visit.engine().request_sign_in(&request).await? {
        Requested::TooMany { again_at } => {
            let fault = texts.say("sign-in-too-many");
            let mut response = show_with(StatusCode::TOO_MANY_REQUESTS, &ask_page(&visit, Some(fault)));
            let seconds = again_at.duration_since(visit.engine().now()).as_secs().max(1);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(response)
        }
        Requested::Taken => {
            let sentence = texts.say_with("sign-in-sent-more", &[("email", ask.email.as_str().into())]);
            let sent = Empty::new(Icon::Mail, texts.say("sign-in-sent"), sentence);
            let sent = html! { h1.unseen { (texts.say("sign-in-sent")) } (sent) };
            let sent = if visit.app.is_secure() {
                sent
            } else {
                html! { (sent) p class="mt-4 text-center" { a href=(links::dev_mailbox()) { (texts.say("sign-in-mailbox")) } } }
            };
            Ok(show(&narrow(texts, &texts.say("sign-in-sent"), sent)))
        }
    }
}

fn ask_page(visit: &Visit<Unproved>, fault: Option<String>) -> Markup {
    let texts = visit.texts;
    let content = html! {
        h1 { (texts.say("sign-in-title")) }
        p class="mt-2 mb-6 text-ink-2" { (texts.say("sign-in-lead")) }
        form class="panel form" method="post" action=(links::sign_in()) {
            input type="hidden" name="to" value=(visit.sent.typed("/to"));
            (Field::email("email", texts.say("who-email")).value(visit.sent.typed("/email").to_owned()).required()
                .attr("autocomplete", "email").error(fault))
            (Button::submit(texts.say("sign-in-send")).primary().large().wide().icon(Icon::Mail))
        }
    };
    narrow(texts, &texts.say("sign-in-title"), content)
}

#[expect(clippy::needless_pass_by_value, reason = "markup is handed over, not looked at")]
fn narrow(texts: Texts, title: &str, content: Markup) -> Markup {
    Page::new(texts, Face::Customer, title).content(html! { div class="py-10" { (content) } }).private().render()
}

/// Shows whose link it is, with the button that uses it.
pub(super) async fn show_link(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let secret = visit.names.text()?;
    let content = match visit.engine().peek_sign_in_link(secret).await {
        Ok(link) => html! {
            h1 { (texts.say("sign-in-title")) }
            p class="mt-2 mb-6 text-ink-2" { (texts.say_with("sign-in-as", &[("email", link.email.as_str().into())])) }
            form method="post" action=(links::sign_in_link(secret)) {
                (Button::submit(texts.say("sign-in-now")).primary().large().wide().icon(Icon::Key))
            }
        },
        Err(engine::stop::Stop::Refused(_)) => over(texts),
        Err(stop) => return Err(stop.into()),
    };
    Ok(show(&narrow(texts, &texts.say("sign-in-title"), content)))
}

fn over(texts: Texts) -> Markup {
    let again = Button::link(links::sign_in(), texts.say("sign-in-again")).primary();
    html! {
        h1.unseen { (texts.say("sign-in-over")) }
        (Empty::new(Icon::Clock, texts.say("sign-in-over"), texts.say("sign-in-over-more")).actions(html! { (again) }))
    }
}

/// Uses the link up, and signs the browser in.
pub(super) async fn use_link(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let secret = visit.names.text()?;
    match visit.engine().sign_in(secret).await {
        Ok(session) => {
            let to = session.to.filter(|to| is_ours(to)).unwrap_or_else(|| links::my().to_string());
            Ok(with_cookie(&visit.app, go(to), &session.secret, THIRTY_DAYS))
        }
        Err(engine::stop::Stop::Refused(_)) => {
            Ok(show_with(StatusCode::GONE, &narrow(texts, &texts.say("sign-in-over"), over(texts))))
        }
        Err(stop) => Err(stop.into()),
    }
}

/// Signs the browser out.
pub(super) async fn sign_out(visit: Visit<Unproved>) -> Shown {
    if let Some(secret) = &visit.session {
        visit.engine().sign_out(secret).await?;
    }
    Ok(with_cookie(&visit.app, go(links::sign_in()), "", 0))
}

fn with_cookie(app: &App, mut response: Response, secret: &str, seconds: u32) -> Response {
    let secure = if app.is_secure() { "; Secure" } else { "" };
    let cookie = format!("{}={secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", session_cookie(app));
    // Secrets are letters and digits.
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
