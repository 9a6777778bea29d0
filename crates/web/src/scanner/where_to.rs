//! `/scan`, the address that door staff remember: to the event that is on, or the events to choose from.

use domain::catalogue::{Event, EventStatus};
use domain::people::Permission;
use engine::scope::PersonScope;
use jiff::{SignedDuration, Timestamp};
use maud::{Markup, Render as _, html};

use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::{Button, Empty, Face, Icon, Page};
use crate::visit::{Shown, Visit, go, show};
use crate::{links, wording};

/// Events that are read at once, and how many pages of them are looked at.
const EVENTS: usize = 200;
const PAGES: usize = 10;

/// Doors are set up before an event begins, and late guests come after it has ended.
const AROUND: SignedDuration = SignedDuration::from_hours(12);

/// The page; with exactly one event on, its scanner.
pub(super) async fn show_events(visit: Visit<PersonScope>) -> Shown {
    let now = visit.engine().now();
    let events = events(&visit).await?;
    let mut on = events.iter().filter(|event| is_on(event, now));
    if let (Some(only), None) = (on.next(), on.next()) {
        return Ok(go(links::dashboard::scanner(&only.event)));
    }
    let texts = visit.texts;
    let content = html! {
        div class="mx-auto grid w-full max-w-xl gap-4 p-6" {
            h1 { (texts.say("scanner-which-event")) }
            @if events.is_empty() { (nothing(texts)) }
            @for event in &events { (entry(texts, event)) }
        }
    };
    let title = texts.say("scanner-which-event");
    Ok(show(&Page::new(texts, Face::Scanner, title).content(content).private().render()))
}

/// The events that are not over at which this person may scan, those that begin first first.
async fn events(visit: &Visit<PersonScope>) -> Result<Vec<Event>, Problem> {
    let now = visit.engine().now();
    let mut events = Vec::new();
    for (organisation, _) in visit.scope.staff.iter().filter(|(_, role)| role.may(Permission::Scan)) {
        let scope = visit.engine().staff_scope(&visit.caller, organisation, Permission::Scan).await?;
        let mut after = None;
        for _ in 0..PAGES {
            let (found, next) = visit.engine().list_events(&scope, EVENTS, after).await?;
            events.extend(found.into_iter().map(|event| event.value));
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    events.retain(|event| {
        !matches!(event.status, EventStatus::Archived | EventStatus::Cancelled) && now < event.ends_at + AROUND
    });
    events.sort_by_key(|event| event.starts_at);
    Ok(events)
}

fn is_on(event: &Event, now: Timestamp) -> bool {
    event.status == EventStatus::Live && event.starts_at - AROUND <= now && now < event.ends_at + AROUND
}

fn entry(texts: Texts, event: &Event) -> Markup {
    let label = format!("{} · {}", event.title, wording::when(texts, event));
    Button::link(links::dashboard::scanner(&event.event), label).large().wide().icon(Icon::Scan).render()
}

fn nothing(texts: Texts) -> Markup {
    let back = Button::link(links::my(), texts.say("mine-title"));
    Empty::new(Icon::Scan, texts.say("scanner-no-event"), texts.say("scanner-no-event-more"))
        .actions(html! { (back) })
        .render()
}
