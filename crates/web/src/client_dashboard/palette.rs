//! What the command palette finds: events, attendees, orders, and things to do.

use domain::people::Permission;
use domain::values::OrderId;
use engine::roster::{Entry, Filter};
use engine::scope::StaffScope;
use engine::tickets::TicketFilter;
use maud::{Render as _, html};

use super::frame::{Place, page};
use crate::problem::Problem;
use crate::ui::dashboard::{palette_entries, palette_page};
use crate::ui::{Button, Field, Icon, PaletteEntry};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Entries of each kind.
const MOST: usize = 6;
/// Events that are searched.
const EVENTS: usize = 100;

/// The entries, or a page with them where there is no script.
pub(super) async fn find(visit: Desk) -> Shown {
    let texts = visit.texts;
    let asked = visit.sent.typed("/q").trim().to_owned();
    let words: Vec<String> = asked.to_lowercase().split_whitespace().map(ToOwned::to_owned).collect();
    let mut groups = vec![(texts.say("dash-events"), events(&visit, &words).await?)];
    if !words.is_empty() && visit.scope.role().may(Permission::SeeTickets) {
        let (attendees, orders) = attendees_and_orders(&visit, &asked).await?;
        groups.push((texts.say("dash-attendees"), attendees));
        groups.push((texts.say("dash-orders"), orders));
    }
    groups.push((texts.say("dash-actions"), actions(&visit, &words)));
    groups.retain(|(_, entries)| !entries.is_empty());
    let shown: Vec<(&str, Vec<PaletteEntry<'_>>)> =
        groups.iter().map(|(name, entries)| (name.as_str(), entries.clone())).collect();
    if visit.is_partial {
        return Ok(show(&palette_entries(texts, &shown)));
    }
    let here = links::dashboard::palette(&visit.scope.organisation().slug);
    let content = html! {
        form class="form" method="get" action=(here) role="search" {
            (Field::search("q", texts.say("search-everything")).value(asked))
            div { (Button::submit(texts.say("dash-search")).primary().icon(Icon::Search)) }
        }
        div class="mt-6" { (palette_page(texts, &shown)) }
    };
    Ok(show(&page(&visit, Place::Nowhere, texts.say("dash-search")).content(content).render()))
}

fn holds(text: &str, words: &[String]) -> bool {
    let text = text.to_lowercase();
    words.iter().all(|word| text.contains(word.as_str()))
}

async fn events(visit: &Desk, words: &[String]) -> Result<Vec<PaletteEntry<'static>>, Problem> {
    let (events, _) = visit.engine().list_events(&visit.scope, EVENTS, None).await?;
    let events = events.into_iter().map(|event| event.value);
    let found = events.filter(|event| holds(&format!("{} {}", event.title, event.event.event), words)).take(MOST);
    Ok(found
        .map(|event| PaletteEntry {
            icon: Icon::Calendar,
            label: event.title.to_string().into(),
            detail: wording::when(visit.texts, &event).into(),
            href: links::dashboard::event(&event.event).into(),
        })
        .collect())
}

/// Tickets whose name, address or number has all the words; and the orders whose identifier has them.
async fn attendees_and_orders(
    visit: &Desk,
    asked: &str,
) -> Result<(Vec<PaletteEntry<'static>>, Vec<PaletteEntry<'static>>), Problem> {
    let filter = Filter { query: Some(asked.to_owned()), ..Filter::default() };
    let wanted = TicketFilter { event: None, filter, after: None, limit: MOST };
    let found = visit.engine().list_tickets(&visit.scope, &wanted).await?;
    let name = |entry: &Entry| match &*entry.full_name {
        "" => visit.texts.say("wording-no-name"),
        name => name.to_owned(),
    };
    let attendees = found.entries.iter().map(|(event, entry)| PaletteEntry {
        icon: Icon::Person,
        label: name(entry).into(),
        detail: entry.email.to_string().into(),
        href: links::dashboard::ticket(event, entry.number).into(),
    });
    let mut seen: Vec<OrderId> = Vec::new();
    let mut orders = Vec::new();
    for (event, entry) in &found.entries {
        let is_asked_for = entry.order.to_string().to_lowercase().contains(&asked.to_lowercase());
        if is_asked_for && visit.scope.role().may(Permission::SeeOrders) && !seen.contains(&entry.order) {
            seen.push(entry.order);
            orders.push(PaletteEntry {
                icon: Icon::Receipt,
                label: wording::order_reference(entry.order).into(),
                detail: name(entry).into(),
                href: links::dashboard::order(event, entry.order).into(),
            });
        }
    }
    Ok((attendees.collect(), orders))
}

fn actions(visit: &Desk, words: &[String]) -> Vec<PaletteEntry<'static>> {
    use links::dashboard as to;
    let slug = &visit.scope.organisation().slug;
    let all = [
        (Permission::EditEvents, Icon::Plus, "dash-new-event", to::new_event(slug)),
        (Permission::EditEvents, Icon::CalendarDays, "dash-new-series", to::new_series(slug)),
        (Permission::SeeTickets, Icon::People, "dash-attendees", to::attendees(slug)),
        (Permission::ManageStaff, Icon::Shield, "dash-staff", to::staff(slug)),
        (Permission::ManageStaff, Icon::Key, "dash-tokens", to::tokens(slug)),
        (Permission::SeeSettings, Icon::Settings, "dash-settings", to::settings(slug)),
    ];
    let may = all.into_iter().filter(|(needed, ..)| visit.scope.role().may(*needed));
    let entries = may.map(|(_, icon, key, href)| PaletteEntry {
        icon,
        label: visit.texts.say(key).into(),
        detail: "".into(),
        href: href.into(),
    });
    entries.filter(|entry| holds(&entry.label, words)).collect()
}
