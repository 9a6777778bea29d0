//! What all pages of the platform have around them: the rail, who is signed in, what was just done.

use domain::organisations::{Organisation, OrganisationStatus};
use engine::scope::PlatformScope;
use maud::{Markup, Render as _, html};

use crate::links;
use crate::texts::Texts;
use crate::ui::{Account, Dashboard, Icon, NavGroup, NavLink, Pill, Tone, message};
use crate::visit::Visit;

/// A visit of an administrator.
pub(super) type Desk = Visit<PlatformScope>;

/// What can have been done before a page is shown: the words of `?done=`.
const DONE: [&str; 4] = ["created", "invited", "saved", "suspended"];

/// A page of the platform.
pub(super) fn page<'a>(visit: &Desk, title: impl Into<String>) -> Dashboard<'a> {
    let texts = visit.texts;
    let home = links::platform::organisations();
    let all = NavLink::new(texts.say("platform-organisations"), home.clone()).icon(Icon::Building).current_when(true);
    Dashboard::new(texts, title.into())
        .organisation("Dance Engine", home)
        .rail([NavGroup::new([all])])
        .account(account(visit))
        .messages(done(visit))
}

fn account<'a>(visit: &Desk) -> Account<'a> {
    let texts = visit.texts;
    Account {
        name: visit.scope.by().shown().to_owned().into(),
        role: texts.say("platform-administrator").into(),
        menu: html! {
            a href=(links::my()) { (Icon::Ticket) (texts.say("dash-mine")) }
            hr;
            form method="post" action=(links::sign_out()) {
                button type="submit" { (Icon::Signout) (texts.say("mine-sign-out")) }
            }
        },
    }
}

/// What was just done, as a toast.
fn done(visit: &Desk) -> Markup {
    if let Some(word) = DONE.iter().find(|word| **word == visit.sent.typed("/done")) {
        return message::toast(visit.texts, Tone::Good, &visit.texts.say(&format!("platform-done-{word}")));
    }
    html! {}
}

/// Whether an organisation is in business, as a pill.
pub(super) fn status_pill(texts: Texts, status: OrganisationStatus) -> Markup {
    let tone = match status {
        OrganisationStatus::Active => Tone::Good,
        OrganisationStatus::Suspended => Tone::Bad,
    };
    Pill::new(tone, status_word(texts, status)).render()
}

/// Whether an organisation is in business, in a word.
pub(super) fn status_word(texts: Texts, status: OrganisationStatus) -> String {
    texts.say(match status {
        OrganisationStatus::Active => "platform-active",
        OrganisationStatus::Suspended => "platform-suspended",
    })
}

/// The platform's share of each sale as people read it: `2.5 %`.
pub(super) fn fee(organisation: &Organisation) -> String {
    format!("{} %", fee_typed(organisation))
}

/// The same as people type it: `2.5`.
pub(super) fn fee_typed(organisation: &Organisation) -> String {
    let (whole, rest) = (organisation.fee / 100, organisation.fee % 100);
    let text = format!("{whole}.{rest:02}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
