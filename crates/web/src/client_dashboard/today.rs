//! Today: what was sold, what comes next, who is in, and what needs attention.

use domain::catalogue::{Event, EventStatus};
use domain::people::Permission;
use domain::values::Amount;
use engine::orders::OpenOrder;
use engine::scope::{PersonScope, StaffScope};
use engine::tickets::EventFigures;
use jiff::SignedDuration;
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Place, as_of, page, status_pill};
use super::orders::buyer_name;
use super::overview::{count, major};
use crate::problem::Problem;
use crate::ui::progress::capacity;
use crate::ui::statistic::tiles;
use crate::ui::{Button, Empty, Icon, Statistic, Tone, message};
use crate::visit::{Shown, Visit, go, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Events that are looked at.
const EVENTS: usize = 100;
/// Letters that are looked at.
const LETTERS: usize = 500;
/// Orders that are named.
const NAMED: usize = 8;
/// Days of a week, today included.
const WEEK: i64 = 7;
/// Days that the small chart shows, today included.
const PAST: i64 = 28;

/// An event and its figures.
type Counted = (Event, EventFigures);

/// `/dashboard`: to the only organisation whose staff one is, else to the list of them.
pub(super) async fn home(visit: Visit<PersonScope>) -> Shown {
    Ok(match visit.scope.staff.as_slice() {
        [(only, _)] => go(links::dashboard::today(only)),
        _ => go(links::my()),
    })
}

/// The page.
pub(super) async fn show_today(visit: Desk) -> Shown {
    let events = counted(&visit).await?;
    let now = visit.engine().now();
    let coming: Vec<&Counted> = events.iter().filter(|(event, _)| event.ends_at > now).collect();
    let content = html! {
        (figures(&visit, &events))
        (attention(&visit, &coming).await?)
        section.page-section {
            h2.section-title { (visit.texts.say("dash-next-events")) }
            @if coming.is_empty() { (nothing_comes(&visit)) } @else {
                div class="grid gap-4 md:grid-cols-2" { @for one in &coming { (card(&visit, one)) } }
            }
        }
    };
    let zone = &visit.scope.organisation().time_zone;
    let today = wording::long_date(visit.texts, now.to_zoned_datetime(zone.zone()).date());
    let oldest = events.iter().map(|(_, figures)| figures.as_of).min().and_then(|at| as_of(&visit, at));
    let today = html! { (today) @if let Some(as_of) = oldest { (as_of) } };
    Ok(show(&page(&visit, Place::Today, visit.texts.say("dash-today")).lead(today).content(content).render()))
}

/// The events that are not over for more than a week, those that begin first first.
async fn counted(visit: &Desk) -> Result<Vec<Counted>, Problem> {
    let (events, _) = visit.engine().list_events(&visit.scope, EVENTS, None).await?;
    let now = visit.engine().now();
    let recent = |event: &Event| now.duration_since(event.ends_at) < SignedDuration::from_hours(24 * WEEK);
    let mut counted = Vec::new();
    for event in events.into_iter().map(|event| event.value).filter(recent) {
        let figures = visit.engine().read_figures(&visit.scope, &event).await?;
        counted.push((event, figures));
    }
    counted.retain(|(event, _)| event.status != EventStatus::Archived);
    counted.sort_by_key(|(event, _)| event.starts_at);
    Ok(counted)
}

/// Tickets and money of the last days, today included, by each event's own clocks.
fn sold_in(visit: &Desk, events: &[Counted], days: i64) -> (usize, Amount) {
    let now = visit.engine().now();
    let (mut tickets, mut revenue) = (0, Amount::ZERO);
    for (event, figures) in events.iter().filter(|_| days > 0) {
        let today = now.to_zoned_datetime(event.time_zone.zone()).date();
        let first = today.checked_sub(jiff::Span::new().days(days - 1)).unwrap_or(today);
        for (_, sold) in figures.by_day.range(first..=today) {
            tickets += sold.tickets;
            revenue = revenue + sold.revenue;
        }
    }
    (tickets, revenue)
}

fn figures(visit: &Desk, events: &[Counted]) -> Markup {
    let texts = visit.texts;
    let sees_money = visit.scope.role().may(Permission::SeeOrders);
    let now = visit.engine().now();
    let tile = |key: &str, days: i64| {
        let (tickets, revenue) = sold_in(visit, events, days);
        let tickets = texts.say_with("dash-n-tickets", &[("n", tickets.into())]);
        if sees_money {
            return Statistic::new(texts.say(key), money(visit, revenue)).detail(tickets);
        }
        Statistic::new(texts.say(key), tickets)
    };
    let days = (1..=PAST).rev().map(|days| {
        let (until, before) = (sold_in(visit, events, days), sold_in(visit, events, days - 1));
        if sees_money { major(visit, until.1 - before.1) } else { count(until.0 - before.0) }
    });
    let running = events.iter().filter(|(event, _)| event.starts_at <= now && now < event.ends_at);
    let (mut admitted, mut sold) = (0, 0);
    for (_, figures) in running {
        admitted += figures.admitted;
        sold += figures.tickets;
    }
    let of = texts.say_with("dash-of-tickets", &[("n", sold.into())]);
    let coming = events.iter().filter(|(event, _)| event.ends_at > now).count();
    tiles([
        tile("dash-sales-today", 1),
        tile("dash-sales-week", WEEK).past(days),
        Statistic::new(texts.say("dash-checked-in-now"), admitted.to_string()).detail(of),
        Statistic::new(texts.say("dash-events-coming"), coming.to_string())
            .link(links::dashboard::events(&visit.scope.organisation().slug)),
    ])
}

async fn attention(visit: &Desk, coming: &[&Counted]) -> Result<Markup, Problem> {
    if !visit.scope.role().may(Permission::SeeOrders) {
        return Ok(html! {});
    }
    let texts = visit.texts;
    let letters = visit.engine().waiting_letters(Some(visit.scope.organisation()), LETTERS).await?;
    let failed: Vec<_> = letters.iter().filter(|letter| letter.last_error.is_some()).collect();
    let events: Vec<Event> = coming.iter().map(|(event, _)| event.clone()).collect();
    let open = visit.engine().open_orders(&visit.scope, &events).await?;
    let part_paid: usize = coming.iter().map(|(_, figures)| figures.part_paid).sum();
    if letters.is_empty() && open.is_empty() && part_paid == 0 {
        return Ok(html! {
            section.page-section {
                h2.section-title { (texts.say("dash-attention")) }
                p class="text-ink-2" { (texts.say("dash-attention-none")) }
            }
        });
    }
    Ok(html! {
        section.page-section {
            h2.section-title { (texts.say("dash-attention")) }
            div class="grid gap-3" {
                @if !letters.is_empty() && !visit.engine().sends_mail() {
                    (message::notice(Tone::Warning, &texts.say_with("dash-letters-wait", &[("n", letters.len().into())]), html! { (texts.say("dash-letters-wait-more")) }))
                }
                @if let Some(first) = failed.first() {
                    @let why = first.last_error.as_deref().unwrap_or_default();
                    (message::notice(Tone::Bad, &texts.say_with("dash-letters-failed", &[("n", failed.len().into())]), html! { (first.to) ": " (why) }))
                }
                @for one in open.iter().take(NAMED) { (open_order(visit, &events, one)) }
                @if open.len() > NAMED {
                    p class="text-ink-2" { (texts.say_with("dash-more-orders", &[("n", (open.len() - NAMED).into())])) }
                }
            }
        }
    })
}

fn open_order(visit: &Desk, events: &[Event], one: &OpenOrder) -> Markup {
    let (texts, order) = (visit.texts, &one.order);
    let who = buyer_name(texts, order);
    let title = match one.ends_at {
        Some(until) => {
            let left = wording::left(texts, until, visit.engine().now());
            texts.say_with("dash-transfer-ends", &[("who", who.into()), ("left", left.into())])
        }
        None => texts.say_with("dash-part-paid", &[("who", who.into())]),
    };
    let event = events.iter().find(|event| event.event == order.event);
    let href = links::dashboard::order(&order.event, order.id);
    message::notice(
        Tone::Warning,
        &title,
        html! {
            @if let Some(event) = event { (event.title) ", " }
            (texts.say_with("dash-still-due", &[("due", money(visit, order.due()).into())])) " "
            a href=(href) { (wording::order_reference(order.id)) }
        },
    )
}

fn nothing_comes(visit: &Desk) -> Markup {
    let texts = visit.texts;
    let empty = Empty::new(Icon::Calendar, texts.say("dash-nothing-comes"), texts.say("dash-nothing-comes-more"));
    if !visit.scope.role().may(Permission::EditEvents) {
        return empty.render();
    }
    let href = links::dashboard::new_event(&visit.scope.organisation().slug);
    empty.actions(Button::link(href, texts.say("dash-new-event")).primary().icon(Icon::Plus)).render()
}

fn card(visit: &Desk, (event, figures): &Counted) -> Markup {
    let texts = visit.texts;
    let number = u32::try_from(figures.tickets).unwrap_or(u32::MAX);
    html! {
        article class="panel grid gap-3 content-start" {
            div class="flex items-start justify-between gap-3" {
                div {
                    h3 { a href=(links::dashboard::event(&event.event)) { (event.title) } }
                    p class="text-ink-2" { (wording::when(texts, event)) }
                }
                (status_pill(texts, event.status))
            }
            @match event.capacity {
                Some(of) => (capacity(texts, &texts.say("dash-tickets"), number, of)),
                None => p class="font-semibold" { (texts.say_with("dash-n-tickets", &[("n", figures.tickets.into())])) },
            }
            p class="text-ink-2" {
                (texts.say_with("dash-n-checked-in", &[("n", figures.admitted.into())]))
                @if visit.scope.role().may(Permission::SeeOrders) { " · " (money(visit, figures.revenue)) }
            }
        }
    }
}
