//! An order's page, which its buyer keeps: how it stands, what to do next, its tickets.

use domain::catalogue::Item;
use domain::orders::OrderState;
use domain::payments::Method;
use domain::values::Money;
use engine::once::Remember;
use engine::orders::{OrderScope, OrderView, TicketView};
use engine::render::About;
use maud::{Markup, Render as _, html};

use super::frame;
use super::pick::steps;
use super::who::order_summary;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::{Button, Icon, Pill, Tone, facts, message, qr};
use crate::visit::{Shown, Visit, file, go, show};
use crate::{documents, links, wording};

/// The page.
pub(super) async fn show_order(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    let order = &view.order;
    let undecided = order.state == OrderState::Held && order.method.is_none();
    if undecided {
        return Ok(go(links::order_who(&order.event, order.id, Some(&view.key))));
    }
    let about = visit.engine().about_order(&visit.scope).await?;
    let texts = visit.texts;
    let content = html! {
        div class="mb-8 grid gap-6" {
            (steps(texts, 3))
            div {
                p.hero-kicker { a href=(links::event(&order.event)) { (about.event.title) } }
                h1 { (headline(texts, &view)) }
                p class="mt-1 text-ink-2" {
                    (texts.say_with("order-number", &[("number", wording::order_reference(order.id).into())]))
                }
            }
            (next_step(&visit, &about, &view))
        }
        div.with-summary {
            div class="grid gap-4" {
                @for (index, ticket) in view.tickets.iter().enumerate() {
                    (ticket_panel(&visit, &about, ticket, &wording::guest(texts, order, index, &ticket.ticket)))
                }
            }
            aside {
                (order_summary(texts, order, &about.event).action(actions(texts, &view)))
            }
        }
    };
    let title = headline(texts, &view);
    let page = frame::page(texts, visit.scope.organisation(), &visit.caller, &title).content(content).private();
    Ok(show(&page.render()))
}

/// Gives a held order up.
pub(super) async fn cancel(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().cancel_order(&visit.scope, Remember::nothing()).await?;
    Ok(go(links::event(&view.order.event)))
}

/// All tickets of the order that its buyer may see, as a document.
pub(super) async fn pdf(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    let about = visit.engine().about_order(&visit.scope).await?;
    let tickets: Vec<TicketView> = view
        .tickets
        .into_iter()
        .filter(|ticket| ticket.barcode.is_some() && ticket.ticket.is_held_by_buyer())
        .collect();
    if tickets.is_empty() {
        return Err(Problem::not_found());
    }
    let bytes =
        documents::ticket_pdf(visit.texts, &about, &tickets).map_err(|fault| Problem::internal(&fault.to_string()))?;
    Ok(file("application/pdf", Some(&format!("{}-tickets.pdf", view.order.event.event)), bytes))
}

fn headline(texts: Texts, view: &OrderView) -> String {
    texts.say(match (view.order.state, view.order.method) {
        (OrderState::Fulfilled, _) => "order-done",
        (OrderState::Paid, _) => "order-issuing",
        (OrderState::Held, _) => "order-reserved",
        (OrderState::Expired, _) => "order-expired",
        (OrderState::Cancelled, _) => "order-cancelled",
    })
}

/// What the buyer should know or do.
fn next_step(visit: &Visit<OrderScope>, about: &About, view: &OrderView) -> Markup {
    let (texts, order) = (visit.texts, &view.order);
    let due = wording::money(texts, Money::new(order.due(), order.currency));
    match (order.state, order.method) {
        (OrderState::Held, Some(Method::BankTransfer)) => {
            let until = order.expires_at.map(|at| wording::date_time(texts, at, &about.event.time_zone));
            let places = [("sum", due.into()), ("until", until.unwrap_or_default().into())];
            message::notice(
                Tone::Info,
                &texts.say_with("order-transfer", &places),
                html! {
                    p class="whitespace-pre-line" { (visit.scope.organisation().bank_details) }
                    p { (texts.say_with("order-transfer-reference", &[("reference", wording::order_reference(order.id).into())])) }
                },
            )
        }
        (OrderState::Held, _) => {
            message::notice(Tone::Info, &texts.say("order-held"), html! { (texts.say("order-held-more")) })
        }
        (OrderState::Fulfilled, _) if !order.due().is_zero() => message::notice(
            Tone::Info,
            &texts.say_with("order-due", &[("sum", due.into())]),
            html! { (texts.say("order-due-more")) },
        ),
        (OrderState::Fulfilled | OrderState::Paid, _) => {
            let to = order.buyer.as_ref().map(|buyer| buyer.email.to_string()).unwrap_or_default();
            message::notice(
                Tone::Good,
                &texts.say("order-mailed"),
                html! { (texts.say_with("order-mailed-more", &[("email", to.into())])) },
            )
        }
        (OrderState::Expired | OrderState::Cancelled, _) => message::notice(
            Tone::Warning,
            &texts.say("order-ended"),
            html! { a href=(links::pick(&order.event)) { (texts.say("order-again")) } },
        ),
    }
}

fn actions(texts: Texts, view: &OrderView) -> Markup {
    let order = &view.order;
    let has_barcode = view.tickets.iter().any(|ticket| ticket.barcode.is_some() && ticket.ticket.is_held_by_buyer());
    let has_all_names = order.tickets.iter().all(|ticket| ticket.full_name.is_some());
    let names = if has_all_names { "order-change-names" } else { "order-give-names" };
    html! {
        @if !matches!(order.state, OrderState::Expired | OrderState::Cancelled) {
            @let who = Button::link(links::order_who(&order.event, order.id, Some(&view.key)), texts.say(names));
            (who.wide().icon(Icon::People))
        }
        @if has_barcode {
            (Button::link(links::order_pdf(&order.event, order.id, Some(&view.key)), texts.say("order-pdf")).wide().icon(Icon::Download))
        }
        @if order.state == OrderState::Held {
            (super::who::give_up(texts, view))
        }
    }
}

fn ticket_panel(visit: &Visit<OrderScope>, about: &About, ticket: &TicketView, holder: &str) -> Markup {
    let texts = visit.texts;
    let visible = ticket.ticket.is_held_by_buyer();
    html! {
        // The mail leads to one ticket of the order by its number.
        div.panel #(ticket.ticket.number.to_string()) {
            div class="mb-3 flex flex-wrap items-center justify-between gap-3" {
                h2 { (holder) }
                (Pill::new(Tone::Neutral, wording::rate(&about.event, &ticket.ticket.rate)))
            }
            @if let Some(barcode) = ticket.barcode.as_ref().filter(|_| visible) {
                div.tickets-one {
                    (qr::code(texts, barcode, holder))
                    div {
                        (contents(texts, &about.items, ticket))
                        @let word = visit.engine().ticket_word(ticket.ticket.number, ticket.ticket.generation);
                        @let page = links::ticket(&ticket.ticket.event, ticket.ticket.number, Some(&word));
                        p class="mt-3" { (Button::link(page, texts.say("order-open-ticket")).icon(Icon::Ticket)) }
                    }
                }
            } @else { (ticket_without_code(texts, about, ticket)) }
        }
    }
}

/// Why a ticket has no barcode here, and what it will admit to.
fn ticket_without_code(texts: Texts, about: &About, ticket: &TicketView) -> Markup {
    let visible = ticket.ticket.is_held_by_buyer();
    html! {
            @if ticket.issued && !visible {
                p class="mt-3 text-ink-2" {
                    (texts.say_with("order-mailed-to-holder", &[("email", ticket.ticket.holder_email().to_string().into())]))
                }
            } @else if let Some(why) = wording::no_barcode(texts, ticket, &about.event.time_zone) {
                p class="mt-3 text-ink-2" { (why) }
            }
            (contents(texts, &about.items, ticket))
    }
}

/// What a ticket admits to, day by day.
pub(crate) fn contents(texts: Texts, items: &[Item], ticket: &TicketView) -> Markup {
    let days = wording::admits(texts, items, &ticket.ticket);
    facts::facts(days.into_iter().map(|day| (day.day, html! { (day.items.join(", ")) })))
}
