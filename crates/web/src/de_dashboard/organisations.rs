//! All organisations of the platform: name, address, whether they are in business, and how many events they have.

use domain::organisations::Organisation;
use engine::catalogue::{cursor_text, read_cursor};
use maud::{Markup, Render as _, html};

use super::frame::{Desk, fee, page, status_pill};
use crate::links;
use crate::ui::{Button, Column, Empty, Icon, Pagination, Row, Table};
use crate::visit::{Shown, show};

/// Organisations of a page.
const PAGE: usize = 50;
/// Most events that are counted of each.
const EVENTS: usize = 100;

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let after = match visit.sent.typed("/after") {
        "" => None,
        text => Some(read_cursor(text)?),
    };
    let (found, next) = visit.engine().list_organisations(&visit.scope, PAGE, after).await?;
    let mut rows = Vec::with_capacity(found.len());
    for organisation in found.into_iter().map(|found| found.value) {
        let (events, more) = visit.engine().list_events_of(&visit.scope, &organisation.slug, EVENTS, None).await?;
        let count = if more.is_some() { format!("{EVENTS}+") } else { events.len().to_string() };
        rows.push((organisation, count));
    }
    let texts = visit.texts;
    let new = Button::link(links::platform::new_organisation(), texts.say("platform-new")).primary().icon(Icon::Plus);
    let content = html! {
        @if rows.is_empty() {
            (Empty::new(Icon::Building, texts.say("platform-none"), texts.say("platform-none-more")).actions(new.clone()))
        } @else {
            (table(&visit, &rows))
            (Pagination {
                summary: texts.say_with("platform-shown", &[("n", rows.len().into())]).into(),
                previous: None,
                next: next.map(|next| links::platform::organisations().with("after", &cursor_text(&next)).into()),
            }.show(texts))
        }
    };
    let page = page(&visit, texts.say("platform-organisations")).lead(texts.say("platform-lead"));
    Ok(show(&page.actions(new).content(content).render()))
}

fn table(visit: &Desk, rows: &[(Organisation, String)]) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-name")),
        Column::new(texts.say("platform-address")),
        Column::new(texts.say("dash-status")),
        Column::new(texts.say("platform-currency")),
        Column::new(texts.say("platform-fee")).numeric(),
        Column::new(texts.say("dash-events")).numeric(),
    ];
    let rows = rows.iter().map(|(organisation, events)| {
        Row::new([
            html! { (organisation.name) },
            html! { code { "/" (organisation.slug) } },
            status_pill(texts, organisation.status),
            html! { (organisation.currency) },
            html! { (fee(organisation)) },
            html! { (events) },
        ])
        .link(links::platform::organisation(&organisation.slug))
    });
    Table::new(texts, texts.say("platform-organisations")).columns(columns).rows(rows).render()
}
