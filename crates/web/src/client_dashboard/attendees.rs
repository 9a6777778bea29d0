//! Attendees: tickets of one event or of all, searched and filtered in memory, the latest first.

use std::collections::BTreeMap;

use domain::catalogue::{Event, EventRef, RateId, Role};
use domain::payments::Method;
use domain::tickets::{MoneyStatus, StatusWord};
use domain::values::{ItemId, Ksuid, PassId, Slug, TicketNumber};
use engine::roster::{Entry, Filter};
use engine::scope::StaffScope;
use engine::tickets::{TicketFilter, TicketList};
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Place, as_of, page};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::badge::person;
use crate::ui::form::filters;
use crate::ui::{Button, Choice, Column, Empty, Field, Icon, Pagination, Pill, Row, Table, Tone};
use crate::visit::{Sent, Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Tickets of a page.
const PAGE: usize = 50;
/// Events that are offered to choose from.
const EVENTS: usize = 100;
/// The fields of the filter, as the address names them.
const FIELDS: [&str; 10] =
    ["query", "event", "pass", "item", "rate", "role", "status", "money", "admitted", "payment_method"];

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let (events, _) = visit.engine().list_events(&visit.scope, EVENTS, None).await?;
    let events: Vec<Event> = events.into_iter().map(|event| event.value).collect();
    let chosen = visit.sent.typed("/event").parse::<Slug>().ok();
    let chosen = chosen.and_then(|slug| events.iter().find(|event| event.event.event == slug));
    let wanted = TicketFilter {
        event: chosen.map(|event| event.event.event.clone()),
        filter: filter_of(&visit.sent),
        after: visit.sent.typed("/after").parse::<Ksuid>().ok().map(TicketNumber),
        limit: PAGE,
    };
    let found = visit.engine().list_tickets(&visit.scope, &wanted).await?;
    let names = Names::of(&visit, &found, chosen).await?;
    let texts = visit.texts;
    let is_filtered = wanted.filter != Filter::default() || chosen.is_some();
    let content = html! {
        (filter_bar(&visit, &events, chosen, &names, is_filtered))
        @if found.entries.is_empty() { (nothing(texts, is_filtered)) } @else {
            (table(&visit, &found, &names, chosen.is_none()))
            (pages(&visit, &found))
        }
    };
    let lead = html! {
        (texts.say_with("dash-attendees-found", &[("n", found.total.into())]))
        @if let Some(as_of) = as_of(&visit, found.as_of) { (as_of) }
    };
    Ok(show(&page(&visit, Place::Attendees, texts.say("dash-attendees")).lead(lead).content(content).render()))
}

/// The conditions in an address; what is not understood is no condition.
fn filter_of(sent: &Sent) -> Filter {
    let typed = |name: &str| sent.typed(&format!("/{name}")).trim().to_owned();
    let id = |name: &str| typed(name).parse::<Ksuid>().ok();
    Filter {
        query: Some(typed("query")).filter(|query| !query.is_empty()),
        pass: id("pass").map(PassId),
        item: id("item").map(ItemId),
        rate: typed("rate").parse::<RateId>().ok(),
        role: Role::ALL.into_iter().find(|role| role.word() == typed("role")),
        status: StatusWord::ALL.into_iter().find(|status| status.word() == typed("status")),
        money: MoneyStatus::ALL.into_iter().find(|money| money.word() == typed("money")),
        admitted: match typed("admitted").as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        payment_method: Method::of_word(&typed("payment_method")),
    }
}

/// What the passes and items of the events in a list are called.
#[derive(Debug, Default)]
struct Names {
    events: BTreeMap<Slug, String>,
    passes: BTreeMap<PassId, String>,
    items: BTreeMap<ItemId, String>,
    rates: BTreeMap<RateId, String>,
}

impl Names {
    async fn of(visit: &Desk, list: &TicketList, chosen: Option<&Event>) -> Result<Self, Problem> {
        let mut slugs: Vec<Slug> = list.entries.iter().map(|(event, _)| event.event.clone()).collect();
        slugs.extend(chosen.map(|event| event.event.event.clone()));
        slugs.sort();
        slugs.dedup();
        let mut names = Self::default();
        for slug in slugs {
            let event = visit.engine().read_event(&visit.scope, &slug).await?.value;
            let (items, passes) = visit.engine().read_things(&visit.scope, &slug).await?;
            names.passes.extend(passes.into_iter().map(|pass| (pass.value.id, pass.value.name.to_string())));
            names.items.extend(items.into_iter().map(|item| (item.value.id, item.value.name.to_string())));
            names.rates.extend(event.rates.iter().map(|rate| (rate.id.clone(), rate.name.to_string())));
            names.events.insert(slug, event.title.to_string());
        }
        Ok(names)
    }

    /// What was bought: passes, else the items.
    fn what(&self, entry: &Entry) -> String {
        let passes = entry.passes.iter().filter_map(|id| self.passes.get(id));
        let items = entry.items.iter().filter_map(|(id, _)| self.items.get(id));
        let names: Vec<&str> = if entry.passes.is_empty() {
            items.map(String::as_str).collect()
        } else {
            passes.map(String::as_str).collect()
        };
        names.join(", ")
    }
}

fn filter_bar(visit: &Desk, events: &[Event], chosen: Option<&Event>, names: &Names, is_filtered: bool) -> Markup {
    let texts = visit.texts;
    let here = links::dashboard::attendees(&visit.scope.organisation().slug);
    let select = |name: &'static str, label: &str, any: &str, choices: Vec<Choice<'static>>| {
        let all = std::iter::once(Choice::new("", texts.say(any))).chain(choices);
        let value = visit.sent.typed(&format!("/{name}")).to_owned();
        Field::select(name, texts.say(label), all).value(value).attr("data-sends", "")
    };
    let word = |word: &'static str, said: String| Choice::new(word, said);
    let event_choices = events.iter().map(|event| Choice::new(event.event.event.to_string(), event.title.to_string()));
    let clear = is_filtered.then(|| here.to_string());
    filters(
        texts,
        here.as_str(),
        clear.as_deref(),
        html! {
            (Field::search("query", texts.say("dash-attendees-search")).value(visit.sent.typed("/query"))
                .attr("placeholder", texts.say("dash-attendees-search-example")))
            (select("event", "dash-event", "dash-all-events", event_choices.collect()))
            @if chosen.is_some() {
                (select("pass", "dash-pass", "dash-any", choices_of(&names.passes)))
                (select("item", "dash-item", "dash-any", choices_of(&names.items)))
                (select("rate", "dash-rate", "dash-any", choices_of(&names.rates)))
            }
            (select("role", "dash-role", "dash-any", Role::ALL.map(|role| word(role.word(), wording::role(texts, role))).into()))
            (select("status", "dash-status", "dash-any", StatusWord::ALL.map(|status| word(status.word(), wording::ticket_status(texts, status))).into()))
            (select("money", "dash-money", "dash-any", MoneyStatus::ALL.map(|money| word(money.word(), wording::money_status(texts, money))).into()))
            (select("admitted", "dash-door", "dash-any", vec![word("yes", texts.say("dash-admitted")), word("no", texts.say("dash-not-admitted"))]))
            (select("payment_method", "dash-method", "dash-any", Method::ALL.map(|method| word(method.word(), wording::method(texts, method))).into()))
        },
    )
}

fn choices_of<K: ToString>(names: &BTreeMap<K, String>) -> Vec<Choice<'static>> {
    names.iter().map(|(id, name)| Choice::new(id.to_string(), name.clone())).collect()
}

fn nothing(texts: Texts, is_filtered: bool) -> Markup {
    if is_filtered {
        return Empty::new(Icon::Search, texts.say("dash-nothing-found"), texts.say("dash-nothing-found-more"))
            .render();
    }
    Empty::new(Icon::People, texts.say("dash-attendees-none"), texts.say("dash-attendees-none-more")).render()
}

fn table(visit: &Desk, list: &TicketList, names: &Names, with_event: bool) -> Markup {
    let texts = visit.texts;
    let mut columns = vec![Column::new(texts.say("dash-attendee"))];
    if with_event {
        columns.push(Column::new(texts.say("dash-event")));
    }
    columns.extend([
        Column::new(texts.say("dash-what")),
        Column::new(texts.say("dash-rate")),
        Column::new(texts.say("dash-role")),
        Column::new(texts.say("dash-money")),
        Column::new(texts.say("dash-door")),
        Column::new(texts.say("dash-price")).numeric(),
    ]);
    let rows = list.entries.iter().map(|(event, entry)| row(visit, names, (event, entry), with_event));
    Table::new(texts, texts.say("dash-attendees")).columns(columns).rows(rows).render()
}

fn row(visit: &Desk, names: &Names, (event, entry): (&EventRef, &Entry), with_event: bool) -> Row<'static> {
    let texts = visit.texts;
    let name = match &*entry.full_name {
        "" => texts.say("wording-no-name"),
        name => name.to_owned(),
    };
    let mut cells = vec![person(&name, &entry.email)];
    if with_event {
        cells.push(html! { (names.events.get(&event.event).map(String::as_str).unwrap_or_default()) });
    }
    let rate = names.rates.get(&entry.rate).cloned().unwrap_or_else(|| entry.rate.to_string());
    cells.extend([
        html! { (names.what(entry)) },
        html! { (rate) },
        html! { @if let Some(role) = entry.role { (wording::role(texts, role)) } @else { "–" } },
        standing_pill(texts, entry.status, entry.money),
        door_pill(texts, entry.is_admitted()),
        html! { (money(visit, entry.price)) },
    ]);
    let row = Row::new(cells).link(links::dashboard::ticket(event, entry.number));
    if entry.status == StatusWord::Active { row } else { row.faded() }
}

fn standing_pill(texts: Texts, status: StatusWord, money: MoneyStatus) -> Markup {
    match status {
        StatusWord::Active => money_pill(texts, money),
        StatusWord::Void | StatusWord::Transferred => ticket_pill(texts, status),
    }
}

/// Whether a ticket is good.
pub(super) fn ticket_pill(texts: Texts, status: StatusWord) -> Markup {
    let tone = match status {
        StatusWord::Active => Tone::Good,
        StatusWord::Void => Tone::Bad,
        StatusWord::Transferred => Tone::Neutral,
    };
    Pill::new(tone, wording::ticket_status(texts, status)).render()
}

/// How something stands with money.
pub(super) fn money_pill(texts: Texts, money: MoneyStatus) -> Markup {
    let tone = match money {
        MoneyStatus::Paid => Tone::Good,
        MoneyStatus::Unpaid | MoneyStatus::PartPaid => Tone::Warning,
        MoneyStatus::PartRefunded | MoneyStatus::Refunded => Tone::Neutral,
        MoneyStatus::Complimentary => Tone::Info,
    };
    Pill::new(tone, wording::money_status(texts, money)).render()
}

/// Whether somebody is in.
pub(super) fn door_pill(texts: Texts, is_admitted: bool) -> Markup {
    if is_admitted {
        return Pill::new(Tone::Good, texts.say("dash-admitted")).icon(Icon::Door).render();
    }
    Pill::new(Tone::Neutral, texts.say("dash-not-admitted")).render()
}

fn pages(visit: &Desk, list: &TicketList) -> Markup {
    let texts = visit.texts;
    let here = links::dashboard::attendees(&visit.scope.organisation().slug);
    let linked = FIELDS.iter().fold(here, |href, name| match visit.sent.typed(&format!("/{name}")) {
        "" => href,
        value => href.with(name, value),
    });
    let last = list.entries.last().filter(|_| list.more).map(|(_, entry)| entry.number);
    let is_later = !visit.sent.typed("/after").is_empty();
    let shown = [("n", list.entries.len().into()), ("total", list.total.into())];
    let summary = texts.say_with("dash-shown-of", &shown);
    let following = last.map(|last| linked.clone().with("after", &last.to_string()));
    html! {
        (Pagination { summary: summary.into(), previous: None, next: following.map(Into::into) }.show(texts))
        @if is_later { (Button::link(linked, texts.say("dash-first-page")).small().quiet().icon(Icon::Up)) }
    }
}
