//! Items and passes of an event: a grid of items by day, with the passes as bars across it that show what each includes.

use std::collections::BTreeMap;

use domain::catalogue::{Item, Live, Pass, RateId, Thing};
use domain::orders::{Place, StockOf};
use domain::people::Permission;
use domain::pricing::Options;
use domain::values::Amount;
use engine::scope::{ShopScope, StaffScope};
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Tab, event_page};
use crate::texts::Texts;
use crate::ui::{Button, Column, Empty, Icon, Pill, Row, Table, Tone, button};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The page.
pub(super) async fn show_items(visit: Desk) -> Shown {
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&ShopScope::from(&visit.scope), &slug).await?;
    let (items, passes) = visit.engine().read_things(&visit.scope, &slug).await?;
    let items = items.iter().map(|item| &item.value).filter(|item| item.archived_at.is_some());
    let archived: Vec<&str> = items.map(|item| item.name.as_str()).collect();
    let passes = passes.iter().map(|pass| &pass.value).filter(|pass| pass.archived_at.is_some());
    let archived: Vec<&str> = archived.into_iter().chain(passes.map(|pass| pass.name.as_str())).collect();
    let edits = visit.scope.role().may(Permission::EditEvents);
    let content = html! {
        @if all.items.is_empty() { (nothing_yet(&visit, &all)) } @else {
            (grid(&visit, &all))
            (pass_table(&visit, &all))
        }
        @if !archived.is_empty() {
            p class="mt-6 text-ink-2" { (visit.texts.say_with("dash-archived-things", &[("names", archived.join(", ").into())])) }
        }
    };
    let mut page = event_page(&visit, &all.event, Some(Tab::Items), visit.texts.say("dash-items")).content(content);
    if edits {
        page = page.actions(actions(&visit, &all));
    }
    Ok(show(&page.render()))
}

fn actions(visit: &Desk, all: &Options) -> Markup {
    let texts = visit.texts;
    button::row(html! {
        (Button::link(links::dashboard::new_item(&all.event.event), texts.say("dash-new-item")).icon(Icon::Plus))
        @if !all.items.is_empty() {
            (Button::link(links::dashboard::new_pass(&all.event.event), texts.say("dash-new-pass")).primary().icon(Icon::Plus))
        }
    })
}

fn nothing_yet(visit: &Desk, all: &Options) -> Markup {
    let texts = visit.texts;
    let empty = Empty::new(Icon::Ticket, texts.say("dash-items-none"), texts.say("dash-items-none-more"));
    if !visit.scope.role().may(Permission::EditEvents) {
        return empty.render();
    }
    let href = links::dashboard::new_item(&all.event.event);
    empty.actions(Button::link(href, texts.say("dash-new-item")).primary().icon(Icon::Plus)).render()
}

/// Items as rows, by day and then by kind; passes as columns, filled where they include the row's item.
fn grid(visit: &Desk, all: &Options) -> Markup {
    let texts = visit.texts;
    let edits = visit.scope.role().may(Permission::EditEvents);
    let mut items: Vec<&Item> = all.items.iter().collect();
    items.sort_by_key(|item| (item.day.is_none(), item.day, item.kind.word(), item.position));
    let span = all.passes.len() + 3;
    html! {
        div class="panel relative overflow-x-auto" {
            table class="w-full border-collapse text-left" {
                caption.unseen { (texts.say("dash-grid-caption")) }
                thead {
                    tr {
                        th class="sticky left-0 z-1 min-w-40 bg-surface py-2 pr-4 align-bottom font-semibold" scope="col" { (texts.say("dash-item")) }
                        th class="py-2 pr-4 align-bottom font-semibold text-right" scope="col" { (texts.say("dash-price")) }
                        th class="py-2 pr-4 align-bottom font-semibold text-right" scope="col" { (texts.say("dash-taken")) }
                        @for pass in &all.passes {
                            th class="px-1 py-2 text-center align-bottom text-sm font-semibold min-w-24" scope="col" {
                                @if edits { a href=(links::dashboard::pass(&all.event.event, pass.id)) { (pass.name) } }
                                @else { (pass.name) }
                            }
                        }
                    }
                }
                @for day in items.chunk_by(|one, other| one.day == other.day) {
                    tbody {
                        @let name = day.first().and_then(|item| item.day).map_or_else(|| texts.say("dash-no-day"), |day| wording::item_day(texts, day));
                        tr { th class="pt-5 pb-1 text-ink-2 font-semibold" scope="colgroup" colspan=(span) { (name) } }
                        @for (index, item) in day.iter().enumerate() {
                            (grid_row(visit, all, item, &Neighbours { before: index.checked_sub(1).and_then(|at| day.get(at)).copied(), after: day.get(index + 1).copied() }))
                        }
                    }
                }
            }
        }
    }
}

/// The items above and below a row, so that bars are round only at their ends.
struct Neighbours<'a> {
    before: Option<&'a Item>,
    after: Option<&'a Item>,
}

fn grid_row(visit: &Desk, all: &Options, item: &Item, beside: &Neighbours<'_>) -> Markup {
    let texts = visit.texts;
    let edits = visit.scope.role().may(Permission::EditEvents);
    let price = item.pricing.as_ref().map(|pricing| all.price_of(pricing, visit.engine().now()));
    html! {
        tr class="border-t border-line" {
            th class="sticky left-0 z-1 min-w-40 bg-surface py-2 pr-4 font-normal" scope="row" {
                @if edits { a class="font-semibold" href=(links::dashboard::item(&all.event.event, item.id)) { (item.name) } }
                @else { span class="font-semibold" { (item.name) } }
                span class="block text-sm text-ink-2" {
                    (wording::kind(texts, item.kind))
                    @if !item.sold_alone { " · " (texts.say("dash-only-in-passes")) }
                    @if !item.is_on_sale(visit.engine().now()) { " · " (texts.say("dash-not-on-sale")) }
                }
            }
            td class="py-2 pr-4 text-right whitespace-nowrap" { (prices(visit, all, price.as_ref())) }
            td class="py-2 pr-4 text-right whitespace-nowrap" { (taken(all, Thing::Item(item.id), item.capacity)) }
            @for pass in &all.passes { td class="px-1 py-0 h-12" { (cell(texts, pass, item, beside)) } }
        }
    }
}

fn cell(texts: Texts, pass: &Pass, item: &Item, beside: &Neighbours<'_>) -> Markup {
    if !pass.includes.contains(&item.id) {
        return html! {};
    }
    let goes_on = |item: Option<&Item>| item.is_some_and(|item| pass.includes.contains(&item.id));
    let class = match (goes_on(beside.before), goes_on(beside.after)) {
        (true, true) => "",
        (true, false) => "rounded-b-lg mb-1",
        (false, true) => "rounded-t-lg mt-1",
        (false, false) => "rounded-lg my-1",
    };
    let says = texts
        .say_with("dash-pass-includes", &[("pass", pass.name.as_str().into()), ("item", item.name.as_str().into())]);
    html! {
        div class={ "flex h-full min-h-10 items-center justify-center bg-brand-soft text-brand-ink " (class) } {
            (Icon::Check) span.unseen { (says) }
        }
    }
}

/// Prices of now at each rate, the usual first: "£95 / £75".
fn prices(visit: &Desk, all: &Options, price: Option<&BTreeMap<RateId, Amount>>) -> String {
    let Some(price) = price else { return String::from("–") };
    let amounts = all.event.rates.iter().filter_map(|rate| price.get(&rate.id));
    amounts.map(|amount| money(visit, *amount)).collect::<Vec<_>>().join(" / ")
}

/// "86 / 120" of what has a limit of its own.
fn taken(all: &Options, thing: Thing, capacity: Option<u32>) -> String {
    let Some(capacity) = capacity else { return String::from("–") };
    let left = all.left.get(&Place::all(StockOf::Thing(thing))).copied().unwrap_or_default();
    format!("{} / {capacity}", i64::from(capacity) - left)
}

fn pass_table(visit: &Desk, all: &Options) -> Markup {
    let texts = visit.texts;
    if all.passes.is_empty() {
        return Empty::new(Icon::Tickets, texts.say("dash-passes-none"), texts.say("dash-passes-none-more")).render();
    }
    let edits = visit.scope.role().may(Permission::EditEvents);
    let columns = [
        Column::new(texts.say("dash-pass")),
        Column::new(texts.say("dash-price")).numeric(),
        Column::new(texts.say("dash-saves")).numeric(),
        Column::new(texts.say("dash-includes")).numeric(),
        Column::new(texts.say("dash-taken")).numeric(),
        Column::new(texts.say("dash-next-price")),
        Column::new(texts.say("dash-live")),
    ];
    let now = visit.engine().now();
    let rows = all.passes.iter().map(|pass| {
        let cells = [
            html! { (pass.name) },
            html! { (prices(visit, all, Some(&all.price_of(&pass.pricing, now)))) },
            html! { (prices(visit, all, Some(&all.savings(pass, now)))) },
            html! { (pass.includes.len()) },
            html! { (taken(all, Thing::Pass(pass.id), pass.capacity)) },
            html! { (next_price(visit, all, pass)) },
            live_pill(texts, pass.live, pass.is_on_sale(now)),
        ];
        let row = Row::new(cells);
        if edits { row.link(links::dashboard::pass(&all.event.event, pass.id)) } else { row }
    });
    html! {
        section.page-section {
            h2.section-title { (texts.say("dash-passes")) }
            (Table::new(texts, texts.say("dash-passes")).columns(columns).rows(rows))
        }
    }
}

/// "£105 from Fri 4 Dec", or after how many are sold.
fn next_price(visit: &Desk, all: &Options, pass: &Pass) -> String {
    let texts = visit.texts;
    let Some(next) = pass.pricing.next_at(visit.engine().now(), &all.counters) else { return String::from("–") };
    let price = prices(visit, all, Some(&next.step.prices));
    match (next.from_at, next.after_sold) {
        (Some(at), _) => {
            let from = wording::day_and_time(texts, at, &all.event.time_zone);
            texts.say_with("dash-next-price-from", &[("price", price.into()), ("from", from.into())])
        }
        (None, Some(sold)) => texts.say_with("dash-next-price-sold", &[("price", price.into()), ("n", sold.into())]),
        (None, None) => price,
    }
}

fn live_pill(texts: Texts, live: Live, is_on_sale: bool) -> Markup {
    let pill = match (live, is_on_sale) {
        (_, true) => Pill::new(Tone::Good, texts.say("dash-live-now")),
        (Live::No, _) => Pill::new(Tone::Neutral, texts.say("dash-live-no")),
        (Live::Yes | Live::Between { .. }, false) => Pill::new(Tone::Warning, texts.say("dash-not-on-sale")),
    };
    pill.render()
}
