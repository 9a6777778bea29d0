//! Paying: how, and what that means.

use domain::catalogue::Event;
use domain::orders::{Order, OrderState, Seller, check_method};
use domain::payments::Method;
use domain::values::Money;
use engine::once::Remember;
use engine::orders::{BuyerDraft, Checkout, OrderScope, OrderView};
use engine::stop::Stop;
use maud::{Markup, Render as _, html};

use super::frame;
use super::pick::steps;
use super::who::{give_up, order_summary, time_left};
use crate::forms::refused;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Button, Icon, Tone, message};
use crate::visit::{Shown, Visit, go, show, show_with};
use crate::{links, wording};

/// The page that asks how.
pub(super) async fn show_pay(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    let (event, order) = (&view.order.event, &view.order);
    if order.state != OrderState::Held {
        return Ok(go(links::order(event, order.id, Some(&view.key))));
    }
    if order.buyer.is_none() {
        return Ok(go(links::order_who(event, order.id, Some(&view.key))));
    }
    let event = visit.engine().order_event(&visit.scope).await?;
    Ok(show(&pay_page(&visit, &event, &view, None)))
}

/// Settles how, and shows what came of it.
pub(super) async fn choose_payment(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    let Some(buyer) = view.order.buyer.clone() else {
        return Ok(go(links::order_who(&view.order.event, view.order.id, Some(&view.key))));
    };
    let event = visit.engine().order_event(&visit.scope).await?;
    let method = match Method::of_word(visit.sent.typed("/method")) {
        Some(method) => method,
        None if view.order.total.is_zero() => Method::Free,
        None => {
            let trouble = visit.texts.say("pay-choose");
            let page = pay_page(&visit, &event, &view, Some(&trouble));
            return Ok(show_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page));
        }
    };
    let buyer = BuyerDraft { email: buyer.email, full_name: buyer.full_name };
    match visit.engine().settle_order(&visit.scope, &Checkout { buyer, method }, Remember::nothing()).await {
        Ok(view) => Ok(go(links::order(&view.order.event, view.order.id, Some(&view.key)))),
        // A second press of the button, or a hold that ended: the order's page says how it stands.
        Err(Stop::Refused(domain::Refusal::Changed(_))) => {
            Ok(go(links::order(&view.order.event, view.order.id, Some(&view.key))))
        }
        Err(stop) => {
            let faults = refused(stop)?;
            let trouble: Vec<String> =
                faults.list().iter().map(|fault| wording::fault(visit.texts, &fault.wrong)).collect();
            let page = pay_page(&visit, &event, &view, Some(&trouble.join(" ")));
            Ok(show_with(axum::http::StatusCode::CONFLICT, &page))
        }
    }
}

/// The ways that are open for this order, of those that the event offers. Cards need a payment provider.
fn open_methods(visit: &Visit<OrderScope>, event: &Event) -> Vec<Method> {
    let now = visit.engine().now();
    [Method::AtDoor, Method::BankTransfer]
        .into_iter()
        .filter(|method| check_method(event, *method, Seller::Public, now).is_ok())
        .collect()
}

fn pay_page(visit: &Visit<OrderScope>, event: &Event, view: &OrderView, trouble: Option<&str>) -> Markup {
    let (texts, order) = (visit.texts, &view.order);
    let methods = open_methods(visit, event);
    let action = links::order_payment(&order.event, order.id, Some(&view.key));
    let content = html! {
        div class="mb-8 grid gap-6" {
            (steps(texts, 2))
            div class="flex flex-wrap items-center justify-between gap-4" {
                h1 { (texts.say(if order.total.is_zero() { "pay-title-free" } else { "pay-title" })) }
                (time_left(visit, order))
            }
        }
        form.with-summary method="post" action=(action) {
            div class="panel form" { (choices(texts, visit, order, &methods, trouble)) }
            aside { (order_summary(texts, order, event).action(confirm(texts, order, &methods))) }
        }
        (give_up(texts, view))
    };
    let title = texts.say("pay-title");
    frame::page(texts, visit.scope.organisation(), &visit.caller, &title).content(content).private().render()
}

fn choices(
    texts: Texts,
    visit: &Visit<OrderScope>,
    order: &Order,
    methods: &[Method],
    trouble: Option<&str>,
) -> Markup {
    if order.total.is_zero() {
        return html! { p { (texts.say("pay-nothing")) } };
    }
    if methods.is_empty() {
        let contact = visit.scope.organisation().reply_to.as_ref().map(ToString::to_string).unwrap_or_default();
        let more = texts.say_with("pay-none-more", &[("contact", contact.into())]);
        return message::notice(Tone::Warning, &texts.say("pay-none"), html! { (more) });
    }
    let cards: Vec<Card<'_>> = methods
        .iter()
        .map(|method| {
            let detail = texts.say(&format!("pay-{}-more", method.word().replace('_', "-")));
            Card::new(method.word(), wording::method(texts, *method)).detail(detail)
        })
        .collect();
    let chosen = match methods {
        [only] => only.word(),
        _ => visit.sent.typed("/method"),
    };
    Choices::one("method", texts.say("pay-how"), cards)
        .chosen(chosen.to_owned())
        .required()
        .error(trouble.map(ToOwned::to_owned))
        .render()
}

fn confirm(texts: Texts, order: &Order, methods: &[Method]) -> Markup {
    let sum = wording::money(texts, Money::new(order.total, order.currency));
    let words = match (order.total.is_zero(), methods) {
        (true, _) => texts.say("pay-confirm-free"),
        (false, []) => return html! {},
        (false, _) => texts.say_with("pay-confirm", &[("sum", sum.into())]),
    };
    html! { (Button::submit(words).primary().large().wide().icon(Icon::Check)) }
}
