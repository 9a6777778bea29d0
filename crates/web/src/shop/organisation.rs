//! An organisation's front page: who they are, and what is coming.

use axum::response::Response;
use domain::catalogue::{Event, EventStatus};
use engine::scope::ShopScope;
use maud::{Markup, Render as _, html};

use super::frame;
use crate::access::Unproved;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::{Button, Empty, Face, Hero, Icon, Page, Pill, Tone, brand};
use crate::visit::{Shown, Visit, file, show};
use crate::{links, wording};

/// Most events on a front page.
const MOST: usize = 60;

/// The colour of an organisation that has not chosen one.
const USUAL_COLOUR: &str = "#b3263c";

/// The front page of the installation: it does not list its tenants.
pub(super) async fn welcome(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let hero = Hero::new(texts.say("welcome-title"))
        .lead(texts.say("welcome-lead"))
        .actions(html! { (Button::link(links::sign_in(), texts.say("shop-sign-in")).primary().large()) });
    Ok(show(&Page::new(texts, Face::Shop, "Dance Engine").content(hero.render()).render()))
}

/// The front page of an organisation.
pub(super) async fn show_organisation(visit: Visit<ShopScope>) -> Shown {
    let (texts, organisation) = (visit.texts, visit.scope.organisation());
    let (events, _) = visit.engine().list_shop_events(&visit.scope, MOST, None).await?;
    let now = visit.engine().now();
    let (mut coming, past): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|event| event.ends_at > now);
    coming.sort_by_key(|event| event.starts_at);
    let content = html! {
        (Hero::new(organisation.name.as_str()).lead(organisation.description.as_str()))
        section.page-section {
            h2.section-title { (texts.say("organisation-coming")) }
            (cards(texts, &coming))
        }
        @if !past.is_empty() {
            section.page-section {
                h2.section-title { (texts.say("organisation-past")) }
                (cards(texts, &past))
            }
        }
    };
    let page = frame::page(texts, organisation, &visit.caller, organisation.name.as_str())
        .description(organisation.description.as_str())
        .content(content);
    Ok(show(&page.render()))
}

/// Cards of events, or what to expect where there are none.
fn cards(texts: Texts, events: &[Event]) -> Markup {
    if events.is_empty() {
        let sentence = texts.say("organisation-nothing-more");
        return Empty::new(Icon::Calendar, texts.say("organisation-nothing"), sentence).render();
    }
    html! {
        div.event-cards {
            @for event in events {
                @let end = match event.status {
                    EventStatus::Cancelled => Pill::new(Tone::Bad, texts.say("event-cancelled")).render(),
                    EventStatus::Draft => Pill::new(Tone::Neutral, texts.say("event-draft")).render(),
                    EventStatus::Live | EventStatus::Archived => html! { (texts.say("event-see")) },
                };
                (card(texts, event).card(links::event(&event.event).as_str(), end))
            }
        }
    }
}

fn card(texts: Texts, event: &Event) -> Hero<'_> {
    let hero = Hero::new(event.title.as_str()).fact(Icon::Calendar, wording::when(texts, event));
    match &event.venue {
        Some(venue) => hero.fact(Icon::Place, venue.name.to_string()),
        None => hero,
    }
}

/// The organisation's colours.
pub(super) async fn stylesheet(visit: Visit<ShopScope>) -> Shown {
    let chosen = visit.scope.organisation().brand_colour.as_ref().map_or(USUAL_COLOUR, |colour| colour.as_str());
    let colour = brand::Colour::parse(chosen).or_else(|| brand::Colour::parse(USUAL_COLOUR));
    let styles = colour.map(brand::stylesheet).ok_or_else(Problem::not_found)?;
    let mut response: Response = file("text/css; charset=utf-8", None, styles.into_bytes());
    let kept = axum::http::HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(axum::http::header::CACHE_CONTROL, kept);
    Ok(response)
}
