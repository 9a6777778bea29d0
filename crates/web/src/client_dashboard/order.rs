//! One order: its lines, tickets and payments; recording that money arrived; giving it up.

use domain::catalogue::Event;
use domain::orders::{Order, OrderState};
use domain::payments::Method;
use domain::people::Permission;
use domain::values::{Faults, Money, OrderId, Text};
use engine::once::Remember;
use engine::orders::{OrderScope, OrderView, PaymentDraft};
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use super::attendees::money_pill;
use super::events::money;
use super::frame::{Tab, dialog_again, event_page, show_dialog};
use super::orders::{buyer_name, state_pill};
use crate::forms::{Form, refused, typed_amount};
use crate::input::{Fields, line, money as money_field, one_of};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::badge::person;
use crate::ui::facts::{copyable, facts};
use crate::ui::{Button, Choice, Column, Dialog, Empty, Field, Icon, Row, Table, Tone, button, dialog, message};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The ways in which staff record that money arrived.
const RECORDED: [Method; 3] = [Method::BankTransfer, Method::Cash, Method::CardAtDoor];

fn scope_of(visit: &Desk) -> Result<OrderScope, Problem> {
    Ok(OrderScope::of_staff(&visit.scope, visit.event()?, visit.id::<OrderId>()?))
}

/// The page.
pub(super) async fn show_order(visit: Desk) -> Shown {
    let scope = scope_of(&visit)?;
    let view = visit.engine().read_order(&scope).await?;
    let event = visit.engine().order_event(&scope).await?;
    let texts = visit.texts;
    let content = html! {
        (state_notice(&visit, &event, &view.order))
        div class="grid gap-4 lg:grid-cols-[2fr_1fr]" {
            div class="grid gap-4 content-start" {
                (lines(&visit, &event, &view.order))
                (tickets(&visit, &event, &view))
                (payments(&visit, &event, &view))
            }
            div class="grid gap-4 content-start" {
                div.panel { h2 { (texts.say("dash-order")) } (facts_of(&visit, &event, &view)) }
            }
        }
    };
    let title = texts.say_with("dash-order-title", &[("reference", wording::order_reference(view.order.id).into())]);
    let page = event_page(&visit, &event, Some(Tab::Orders), title);
    Ok(show(&page.actions(actions(&visit, &event, &view)).content(content).render()))
}

fn may_be_paid(order: &Order) -> bool {
    let due = order.total - order.paid;
    let open = matches!(order.state, OrderState::Held | OrderState::Fulfilled | OrderState::Expired);
    open && due.units() > 0 && order.buyer.is_some()
}

fn may_be_cancelled(order: &Order) -> bool {
    matches!(order.state, OrderState::Held | OrderState::Fulfilled) && order.paid <= order.refunded
}

fn actions(visit: &Desk, event: &Event, view: &OrderView) -> Markup {
    let (texts, order) = (visit.texts, &view.order);
    if !visit.scope.role().may(Permission::Sell) {
        return html! {};
    }
    button::row(html! {
        (Button::link(links::order(&event.event, order.id, Some(&view.key)), texts.say("dash-order-buyers-page")).icon(Icon::External))
        @if may_be_cancelled(order) {
            (dialog::link(links::dashboard::order_cancel(&event.event, order.id), texts.say("dash-order-cancel")).icon(Icon::Ban))
        }
        @if may_be_paid(order) {
            (dialog::link(links::dashboard::order_payments(&event.event, order.id), texts.say("dash-record-payment")).primary().icon(Icon::Money))
        }
    })
}

fn state_notice(visit: &Desk, event: &Event, order: &Order) -> Markup {
    let texts = visit.texts;
    match (order.state, order.expires_at) {
        (OrderState::Held, Some(until)) => {
            let until = wording::day_and_time(texts, until, &event.time_zone);
            let more = texts
                .say_with("dash-held-until", &[("until", until.into()), ("due", money(visit, order.due()).into())]);
            message::notice(Tone::Warning, &wording::order_state(texts, order.state), html! { (more) })
        }
        (OrderState::Held | OrderState::Fulfilled, None) if order.due().units() > 0 => {
            let more = texts.say_with("dash-still-due", &[("due", money(visit, order.due()).into())]);
            message::notice(Tone::Warning, &texts.say("dash-not-paid"), html! { (more) })
        }
        (OrderState::Expired, _) => message::notice(
            Tone::Neutral,
            &wording::order_state(texts, order.state),
            html! { (texts.say("dash-expired-more")) },
        ),
        _ => html! {},
    }
}

fn lines(visit: &Desk, event: &Event, order: &Order) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-what")),
        Column::new(texts.say("dash-rate")),
        Column::new(texts.say("dash-step-name")),
        Column::new(texts.say("dash-quantity")).numeric(),
        Column::new(texts.say("dash-price")).numeric(),
        Column::new(texts.say("dash-sum")).numeric(),
    ];
    let rows = order.lines.iter().map(|line| {
        let rate = order.tickets.get(line.ticket).map(|ticket| wording::rate(event, &ticket.rate)).unwrap_or_default();
        Row::new([
            html! { (line.name) },
            html! { (rate) },
            html! { (line.step) },
            html! { (line.quantity) },
            html! { (money(visit, line.price)) },
            html! { (money(visit, line.sum())) },
        ])
    });
    let foot = html! { td colspan="5" { (texts.say("dash-total")) } td.num { strong { (money(visit, order.total)) } } };
    html! {
        section {
            h2.section-title { (texts.say("dash-lines")) }
            (Table::new(texts, texts.say("dash-lines")).columns(columns).rows(rows).foot(foot))
        }
    }
}

fn tickets(visit: &Desk, event: &Event, view: &OrderView) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-attendee")),
        Column::new(texts.say("dash-role")),
        Column::new(texts.say("dash-status")),
        Column::new(texts.say("dash-money")),
        Column::new(texts.say("dash-price")).numeric(),
    ];
    let rows = view.tickets.iter().enumerate().map(|(index, shown)| {
        let ticket = &shown.ticket;
        let status = if shown.issued {
            wording::ticket_status(texts, ticket.status_word())
        } else {
            texts.say("dash-not-issued")
        };
        let row = Row::new([
            person(&wording::guest(texts, &view.order, index, ticket), &wording::purchases(ticket).join(", ")),
            html! { (wording::dance_partner(texts, ticket).unwrap_or_default()) },
            html! { (status) },
            money_pill(texts, ticket.money()),
            html! { (money(visit, ticket.price)) },
        ]);
        if shown.issued { row.link(links::dashboard::ticket(&event.event, ticket.number)) } else { row.faded() }
    });
    html! {
        section {
            h2.section-title { (texts.say("dash-tickets")) }
            (Table::new(texts, texts.say("dash-tickets")).columns(columns).rows(rows))
        }
    }
}

fn payments(visit: &Desk, event: &Event, view: &OrderView) -> Markup {
    let texts = visit.texts;
    if view.payments.is_empty() {
        return Empty::new(Icon::Money, texts.say("dash-payments-none"), texts.say("dash-payments-none-more")).render();
    }
    let columns = [
        Column::new(texts.say("dash-when")),
        Column::new(texts.say("dash-method")),
        Column::new(texts.say("dash-reference")),
        Column::new(texts.say("dash-by")),
        Column::new(texts.say("dash-amount")).numeric(),
    ];
    let rows = view.payments.iter().map(|payment| {
        Row::new([
            html! { (wording::date_time(texts, payment.at, &event.time_zone)) },
            html! { (wording::method(texts, payment.method)) },
            html! { @if let Some(reference) = &payment.reference { (reference) } @else { "–" } },
            html! { (payment.by.shown()) },
            html! { (money(visit, payment.amount)) },
        ])
    });
    html! {
        section {
            h2.section-title { (texts.say("dash-payments")) }
            (Table::new(texts, texts.say("dash-payments")).columns(columns).rows(rows))
        }
    }
}

fn facts_of(visit: &Desk, event: &Event, view: &OrderView) -> Markup {
    let (texts, order) = (visit.texts, &view.order);
    let mut pairs: Vec<(String, Markup)> = vec![
        (texts.say("dash-state"), state_pill(texts, order.state)),
        (texts.say("dash-reference"), copyable(texts, &wording::order_reference(order.id))),
        (texts.say("dash-buyer"), html! { (buyer_name(texts, order)) }),
    ];
    if let Some(buyer) = &order.buyer {
        pairs.push((texts.say("dash-email"), html! { a href={ "mailto:" (buyer.email) } { (buyer.email) } }));
    }
    if let Some(method) = order.method {
        pairs.push((texts.say("dash-method"), html! { (wording::method(texts, method)) }));
    }
    if let Some(reference) = &order.reference {
        pairs.push((texts.say("dash-note"), html! { (reference) }));
    }
    pairs.push((texts.say("dash-total"), html! { (money(visit, order.total)) }));
    pairs.push((texts.say("dash-paid"), html! { (money(visit, order.paid)) }));
    pairs.push((texts.say("dash-due"), html! { strong { (money(visit, order.due())) } }));
    pairs.push((texts.say("dash-placed"), html! { (wording::date_time(texts, order.placed_at, &event.time_zone)) }));
    pairs.push((texts.say("dash-by"), html! { (order.placed_by.shown()) }));
    if let Some(at) = order.ended_at {
        pairs.push((texts.say("dash-ended"), html! { (wording::date_time(texts, at, &event.time_zone)) }));
    }
    facts(pairs)
}

/// The dialog that records a payment.
pub(super) async fn ask_payment(visit: Desk) -> Shown {
    let view = visit.engine().read_order(&scope_of(&visit)?).await?;
    show_dialog(&visit, &visit.texts.say("dash-record-payment"), &payment_dialog(&visit, &view, None))
}

/// Records a payment.
pub(super) async fn record_payment(visit: Desk) -> Shown {
    let scope = scope_of(&visit)?;
    let view = visit.engine().read_order(&scope).await?;
    let title = visit.texts.say("dash-record-payment");
    let draft = match visit.sent.read(payment_form) {
        Ok(draft) => draft,
        Err(faults) => return dialog_again(&visit, &title, &payment_dialog(&visit, &view, Some(&faults))),
    };
    let next = |view: &OrderView| links::dashboard::order(&view.order.event, view.order.id).with("done", "paid");
    let answer = |view: &OrderView| leads_to(next(view));
    match visit.engine().pay_order(&scope, &draft, Remember::new(visit.once.clone(), &answer)).await {
        Ok(view) => Ok(go(next(&view))),
        Err(stop) => dialog_again(&visit, &title, &payment_dialog(&visit, &view, Some(&refused(stop)?))),
    }
}

fn payment_form(fields: &mut Fields<'_>) -> Option<PaymentDraft> {
    let method = fields.required("method", one_of(RECORDED, Method::word));
    let amount: Option<Money> = fields.required("amount", money_field());
    let reference: Option<Text<200>> = fields.optional("reference", line());
    Some(PaymentDraft { method: method?, amount: amount?, reference })
}

fn payment_dialog(visit: &Desk, view: &OrderView, faults: Option<&Faults>) -> Dialog<'static> {
    let (texts, order) = (visit.texts, &view.order);
    let mut form = Form::new(texts, &visit.sent, faults);
    let due = order.total - order.paid;
    form.keep("amount", typed_amount(due, order.currency.digits()));
    form.keep_some("method", order.method.filter(|method| RECORDED.contains(method)).map(Method::word));
    let methods = RECORDED.map(|method| Choice::new(method.word(), wording::method(texts, method)));
    let body = html! {
        (form.summary())
        form.form #payment method="post" action=(links::dashboard::order_payments(&order.event, order.id)) {
            (visit.once_field())
            (form.select("method", texts.say("dash-method"), methods).required())
            (form.filled("amount", Field::money("amount", texts.say("dash-amount"), order.currency.symbol())).required())
            (form.text("reference", texts.say("dash-reference")).optional(texts).hint(texts.say("dash-reference-hint")))
        }
    };
    let lead = match order.state {
        OrderState::Expired => texts.say("dash-record-payment-expired"),
        _ => texts.say_with("dash-record-payment-lead", &[("due", money(visit, due).into())]),
    };
    Dialog::new(texts, "record-payment", texts.say("dash-record-payment"))
        .lead(lead)
        .body(body)
        .actions(Button::submit(texts.say("dash-record")).primary().attr("form", "payment").render())
        .back(links::dashboard::order(&order.event, order.id))
}

/// The dialog that gives an order up.
pub(super) async fn ask_cancel(visit: Desk) -> Shown {
    let view = visit.engine().read_order(&scope_of(&visit)?).await?;
    show_dialog(&visit, &visit.texts.say("dash-order-cancel"), &cancel_dialog(visit.texts, &visit, &view.order, None))
}

/// Gives an order up.
pub(super) async fn cancel(visit: Desk) -> Shown {
    let scope = scope_of(&visit)?;
    match visit.engine().cancel_order(&scope, Remember::nothing()).await {
        Ok(view) => Ok(go(links::dashboard::order(&view.order.event, view.order.id).with("done", "cancelled"))),
        Err(stop) => {
            let faults = refused(stop)?;
            let view = visit.engine().read_order(&scope).await?;
            let title = visit.texts.say("dash-order-cancel");
            dialog_again(&visit, &title, &cancel_dialog(visit.texts, &visit, &view.order, Some(&faults)))
        }
    }
}

fn cancel_dialog(texts: Texts, visit: &Desk, order: &Order, faults: Option<&Faults>) -> Dialog<'static> {
    let form = Form::new(texts, &visit.sent, faults);
    let lead = texts.say_with("dash-order-cancel-lead", &[("n", order.tickets.len().into())]);
    let action = links::dashboard::order_cancel(&order.event, order.id);
    Dialog::new(texts, "cancel-order", texts.say("dash-order-cancel-title"))
        .lead(lead)
        .tone(Tone::Bad)
        .body(html! { (form.summary()) form #cancel-form method="post" action=(action) {} })
        .actions(Button::submit(texts.say("dash-order-cancel")).danger().attr("form", "cancel-form").render())
        .back(links::dashboard::order(&order.event, order.id))
}
