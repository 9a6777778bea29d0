//! One event at a glance: what was sold, by pass, rate and role, what is left, who is in, and the latest orders.

use domain::catalogue::{Event, EventStatus, Item, Pass, Role};
use domain::orders::{Order, Place};
use domain::people::Permission;
use domain::pricing::Options;
use domain::values::Amount;
use engine::orders::OrderFilter;
use engine::scope::{ShopScope, StaffScope};
use engine::tickets::EventFigures;
use maud::{Markup, Render as _, html};

use super::events::{money, sold_of};
use super::frame::{Tab, as_of, event_page, headline};
use super::orders::orders_table;
use crate::texts::Texts;
use crate::ui::chart::{Area, Datum, bars, donut};
use crate::ui::progress::{balance, capacity};
use crate::ui::statistic::tiles;
use crate::ui::{Button, Empty, Icon, Statistic, button};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Orders that are shown.
const LATEST: usize = 8;

/// The page.
pub(super) async fn show_event(visit: Desk) -> Shown {
    let slug = visit.event()?.clone();
    let event = visit.engine().read_event(&visit.scope, &slug).await?.value;
    let figures = visit.engine().read_figures(&visit.scope, &event).await?;
    let all = visit.engine().read_options(&ShopScope::from(&visit.scope), &slug).await?;
    let orders = if visit.scope.role().may(Permission::SeeOrders) {
        let found = visit.engine().find_orders(&visit.scope, &slug, &OrderFilter::default(), (LATEST, None)).await?;
        found.0.into_iter().map(|order| order.value).collect()
    } else {
        Vec::new()
    };
    let content = html! {
        (first_steps(&visit, &all))
        (figures_at_a_glance(&visit, &event, &figures))
        @if figures.by_day.len() > 1 { div.panel { (over_time(&visit, &figures)) } }
        div class="grid gap-4 lg:grid-cols-2" {
            @if figures.tickets > 0 { (by_kind(visit.texts, &all, &figures)) }
            (places(visit.texts, &all, &figures))
        }
        (latest_orders(&visit, &event, &orders))
    };
    let page = event_page(&visit, &event, Some(Tab::Overview), event.title.to_string());
    let lead = html! { (headline(visit.texts, &event)) @if let Some(as_of) = as_of(&visit, figures.as_of) { (as_of) } };
    Ok(show(&page.lead(lead).actions(actions(&visit, &event, &figures)).content(content).render()))
}

fn actions(visit: &Desk, event: &Event, figures: &EventFigures) -> Markup {
    let texts = visit.texts;
    let may = |permission| visit.scope.role().may(permission);
    let status = |to: EventStatus, key: &str| {
        html! {
            form method="post" action=(links::dashboard::status(&event.event)) {
                input type="hidden" name="status" value=(to.word());
                @let button = Button::submit(texts.say(key));
                @if to == EventStatus::Live { (button.primary().icon(Icon::Globe)) } @else { (button.icon(Icon::Hidden)) }
            }
        }
    };
    button::row(html! {
        (Button::link(links::event(&event.event), texts.say("dash-view-page")).icon(Icon::External))
        @if may(Permission::Scan) && event.status == EventStatus::Live {
            (Button::link(links::dashboard::scanner(&event.event), texts.say("dash-scanner")).icon(Icon::Scan))
        }
        @if may(Permission::Sell) && event.status == EventStatus::Live {
            (Button::link(links::dashboard::new_order(&event.event), texts.say("dash-new-order")).primary().icon(Icon::Plus))
        }
        @if may(Permission::EditEvents) {
            @if event.status == EventStatus::Draft { (status(EventStatus::Live, "dash-publish")) }
            @if event.status == EventStatus::Live && figures.tickets + figures.gone == 0 {
                (status(EventStatus::Draft, "dash-unpublish"))
            }
        }
    })
}

/// What an event still needs before anything of it can be sold.
fn first_steps(visit: &Desk, all: &Options) -> Markup {
    if !all.items.is_empty() || !visit.scope.role().may(Permission::EditEvents) {
        return html! {};
    }
    let texts = visit.texts;
    let href = links::dashboard::items_and_passes(&all.event.event);
    Empty::new(Icon::Ticket, texts.say("dash-overview-empty"), texts.say("dash-overview-empty-more"))
        .actions(Button::link(href, texts.say("dash-overview-empty-do")).primary().icon(Icon::Plus))
        .render()
}

fn figures_at_a_glance(visit: &Desk, event: &Event, figures: &EventFigures) -> Markup {
    let texts = visit.texts;
    let attendees = || links::dashboard::attendees(&event.event.organisation).with("event", event.event.event.as_str());
    let sees_tickets = visit.scope.role().may(Permission::SeeTickets);
    let linked = |tile: Statistic<'static>, href: links::Href| if sees_tickets { tile.link(href) } else { tile };
    let past = cumulative(figures).into_iter().map(|(_, tickets, _)| count(tickets));
    let mut all = vec![linked(
        Statistic::new(texts.say("dash-tickets"), sold_of(figures.tickets, event.capacity)).past(past),
        attendees(),
    )];
    if visit.scope.role().may(Permission::SeeOrders) {
        let past = cumulative(figures).into_iter().map(|(_, _, revenue)| major(visit, revenue));
        all.push(Statistic::new(texts.say("dash-revenue"), money(visit, figures.revenue)).past(past));
        let unpaid = texts.say_with("dash-unpaid-tickets", &[("n", figures.unpaid.into())]);
        all.push(linked(
            Statistic::new(texts.say("dash-due"), money(visit, figures.due)).detail(unpaid),
            attendees().with("money", "unpaid"),
        ));
    }
    let of = texts.say_with("dash-of-tickets", &[("n", figures.tickets.into())]);
    all.push(linked(
        Statistic::new(texts.say("dash-checked-in"), figures.admitted.to_string()).detail(of),
        attendees().with("admitted", "yes"),
    ));
    tiles(all)
}

/// Day by day: all tickets and all money up to then.
fn cumulative(figures: &EventFigures) -> Vec<(jiff::civil::Date, usize, Amount)> {
    let (mut tickets, mut revenue) = (0, Amount::ZERO);
    let up_to = figures.by_day.iter().map(|(day, sold)| {
        tickets += sold.tickets;
        revenue = revenue + sold.revenue;
        (*day, tickets, revenue)
    });
    up_to.collect()
}

/// A number for a chart.
pub(super) fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

/// An amount for a chart, in major units.
pub(super) fn major(visit: &Desk, amount: Amount) -> f64 {
    let per_major = 10_i64.saturating_pow(visit.scope.organisation().currency.digits());
    i32::try_from(amount.units() / per_major.max(1)).map_or(f64::from(i32::MAX), f64::from)
}

fn over_time(visit: &Desk, figures: &EventFigures) -> Markup {
    let texts = visit.texts;
    let days = cumulative(figures);
    let named: Vec<(String, f64, String)> = if visit.scope.role().may(Permission::SeeOrders) {
        let of = |(day, _, revenue)| (wording::day(texts, day), major(visit, revenue), money(visit, revenue));
        days.into_iter().map(of).collect()
    } else {
        days.into_iter()
            .map(|(day, tickets, _)| (wording::day(texts, day), count(tickets), tickets.to_string()))
            .collect()
    };
    let data = named.iter().map(|(day, value, shown)| Datum::new(day.as_str(), *value, shown.as_str())).collect();
    Area::new(texts.say("dash-sales-over-time"), texts.say("dash-sales"), data).show(texts)
}

fn by_kind(texts: Texts, all: &Options, figures: &EventFigures) -> Markup {
    let name = |id| all.pass(id).map_or_else(|| texts.say("dash-archived-pass"), |pass| pass.name.to_string());
    let mut passes: Vec<(String, usize)> = figures.by_pass.iter().map(|(id, sold)| (name(*id), *sold)).collect();
    if figures.without_pass > 0 {
        passes.push((texts.say("dash-items-alone"), figures.without_pass));
    }
    passes.sort_by_key(|(_, sold)| std::cmp::Reverse(*sold));
    let rates = figures.by_rate.iter().map(|(id, sold)| {
        let name = all.event.rate(id).map_or_else(|| id.to_string(), |rate| rate.name.to_string());
        (name, *sold)
    });
    let rates: Vec<(String, usize)> = rates.collect();
    let shown = |counts: &[(String, usize)]| -> Vec<Datum<'static>> {
        counts.iter().map(|(name, sold)| Datum::new(name.clone(), count(*sold), sold.to_string())).collect()
    };
    let sum = figures.tickets.to_string();
    html! {
        div.panel { (bars(&texts.say("dash-by-pass"), &shown(&passes))) }
        div.panel { (donut(&texts.say("dash-by-rate"), (&sum, &texts.say("dash-unit-tickets")), &shown(&rates))) }
    }
}

/// What of each limit is taken, and how the roles stand.
fn places(texts: Texts, all: &Options, figures: &EventFigures) -> Markup {
    let event = all.event.capacities().into_iter().map(|limit| (all.event.title.to_string(), limit));
    let passes = all.passes.iter().flat_map(|pass: &Pass| named_limits(texts, pass.name.as_str(), pass.capacities()));
    let items = all.items.iter().flat_map(|item: &Item| named_limits(texts, item.name.as_str(), item.capacities()));
    let limits: Vec<(String, (Place, u32))> = event.chain(passes).chain(items).collect();
    let role = |role| figures.by_role.get(&role).copied().unwrap_or_default();
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    html! {
        @if !limits.is_empty() {
            div.panel {
                h2 { (texts.say("dash-places")) }
                div class="grid gap-4" {
                    @for (name, (place, of)) in &limits {
                        @let left = all.left.get(place).copied().unwrap_or_default().max(0);
                        @let used = i64::from(*of) - left;
                        (capacity(texts, name, u32::try_from(used.max(0)).unwrap_or(u32::MAX), *of))
                    }
                }
            }
        }
        @if !figures.by_role.is_empty() {
            div.panel {
                h2 { (texts.say("dash-roles")) }
                (balance(
                    (&texts.say("dash-leaders"), number(role(Role::Leader))),
                    (&texts.say("dash-followers"), number(role(Role::Follower))),
                ))
                @if role(Role::Switch) > 0 {
                    p class="mt-2 text-ink-2" { (texts.say_with("dash-switches", &[("n", role(Role::Switch).into())])) }
                }
            }
        }
    }
}

fn named_limits(texts: Texts, name: &str, limits: Vec<(Place, u32)>) -> Vec<(String, (Place, u32))> {
    use domain::orders::StockRole;
    let named = limits.into_iter().map(|(place, of)| {
        let name = match place.role {
            StockRole::All => name.to_owned(),
            StockRole::Leader => format!("{name}, {}", texts.say("dash-leaders")),
            StockRole::Follower => format!("{name}, {}", texts.say("dash-followers")),
        };
        (name, (place, of))
    });
    named.collect()
}

fn latest_orders(visit: &Desk, event: &Event, orders: &[Order]) -> Markup {
    if orders.is_empty() {
        return html! {};
    }
    let texts = visit.texts;
    html! {
        section.page-section {
            div class="flex items-center justify-between gap-4" {
                h2.section-title { (texts.say("dash-latest-orders")) }
                (Button::link(links::dashboard::orders(&event.event), texts.say("dash-all-orders")).small().quiet().trailing(Icon::Right))
            }
            (orders_table(visit, event, orders))
        }
    }
}
