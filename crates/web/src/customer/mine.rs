//! My events: all tickets of whoever is signed in, and the organisations whose staff they are.

use domain::catalogue::Event;
use domain::tickets::Ticket;
use engine::scope::PersonScope;
use maud::{Markup, Render as _, html};

use crate::texts::Texts;
use crate::ui::{Button, Empty, Face, Hero, Icon, Page, Pill, Tone, navigation};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

/// The page.
pub(super) async fn show_mine(visit: Visit<PersonScope>) -> Shown {
    let texts = visit.texts;
    let tickets = visit.engine().tickets_of_person(&visit.scope).await?;
    let now = visit.engine().now();
    let (coming, past): (Vec<_>, Vec<_>) = tickets.iter().partition(|(event, _)| event.ends_at > now);
    let content = html! {
        div class="flex flex-wrap items-end justify-between gap-4 mb-8" {
            div {
                p.hero-kicker { (visit.scope.person.email) }
                h1 { (texts.say("mine-title")) }
            }
            form method="post" action=(links::sign_out()) { (Button::submit(texts.say("mine-sign-out")).small().quiet()) }
        }
        (places_of_work(texts, &visit.scope))
        section.page-section {
            h2.section-title { (texts.say("mine-coming")) }
            @if coming.is_empty() {
                (Empty::new(Icon::Ticket, texts.say("mine-nothing"), texts.say("mine-nothing-more")))
            } @else { (cards(texts, &coming)) }
        }
        @if !past.is_empty() {
            section.page-section { h2.section-title { (texts.say("organisation-past")) } (cards(texts, &past)) }
        }
    };
    let header = navigation::site_header(texts, "Dance Engine", links::my().as_str(), &[], html! {});
    let title = texts.say("mine-title");
    Ok(show(&Page::new(texts, Face::Customer, &*title).header(header).content(content).private().render()))
}

fn places_of_work(texts: Texts, scope: &PersonScope) -> Markup {
    if scope.staff.is_empty() && scope.admin.is_none() {
        return html! {};
    }
    html! {
        section.page-section {
            h2.section-title { (texts.say("mine-work")) }
            div class="flex flex-wrap gap-3" {
                @for (organisation, role) in &scope.staff {
                    (Button::link(links::dashboard::today(organisation), format!("{organisation} · {}", wording::staff_role(texts, *role))).icon(Icon::Building))
                }
                @if scope.admin.is_some() {
                    (Button::link(links::platform::organisations(), texts.say("mine-platform")).icon(Icon::Activity))
                }
            }
        }
    }
}

fn cards(texts: Texts, tickets: &[&(Event, Ticket)]) -> Markup {
    html! {
        div.event-cards {
            @for (event, ticket) in tickets {
                @let end = Pill::new(Tone::Neutral, wording::holder(texts, ticket)).render();
                (Hero::new(event.title.as_str())
                    .fact(Icon::Calendar, wording::when(texts, event))
                    .fact(Icon::Ticket, wording::purchases(ticket).join(", "))
                    .card(links::ticket(&ticket.event, ticket.number, None).as_str(), end))
            }
        }
    }
}
