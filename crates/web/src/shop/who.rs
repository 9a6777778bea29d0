//! Who is coming: the buyer, and a name for each ticket. While somebody buys this is a step on the way to paying;
//! afterwards names are given, or corrected, on the same page without it.

use domain::Refusal;
use domain::catalogue::Event;
use domain::orders::{Order, OrderState};
use domain::tickets::Ticket;
use domain::values::{Email, Fault, Faults, Money, Title};
use engine::orders::{BuyerDraft, HolderDraft, OrderChanges, OrderScope, OrderView};
use engine::stop::Stop;
use maud::{Markup, Render as _, html};

use super::frame;
use super::pick::steps;
use crate::input::{self, Fields, list, object};
use crate::texts::Texts;
use crate::ui::offer::Line;
use crate::ui::{Button, Countdown, Field, Icon, Summary, form};
use crate::visit::{Sent, Shown, Visit, fault_at, go, show, show_with};
use crate::{links, wording};

/// The page that asks.
pub(super) async fn show_who(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    if matches!(view.order.state, OrderState::Expired | OrderState::Cancelled) {
        return Ok(go(links::order(&view.order.event, view.order.id, Some(&view.key))));
    }
    let about = visit.engine().about_order(&visit.scope).await?;
    Ok(show(&who_page(&visit, (&view, &about.event), &Faults::none())))
}

/// Has the buyer yet to say how they pay? Until then they can say who they are.
fn is_buying(order: &Order) -> bool {
    order.state == OrderState::Held && order.method.is_none()
}

/// The form: who buys, and who each ticket is for.
type Who = (BuyerDraft, Vec<HolderDraft>);

fn who_form(fields: &mut Fields<'_>) -> Option<Who> {
    let full_name: Option<Title> = fields.required("full_name", input::title());
    let email: Option<Email> = fields.required("email", input::email());
    let holders = holders(fields);
    Some((BuyerDraft { email: email?, full_name: full_name? }, holders))
}

/// The same after buying; who bought is not changed any more, even if a page from before asks for it.
#[expect(clippy::unnecessary_wraps, reason = "the shape of every body")]
fn holders_form(fields: &mut Fields<'_>) -> Option<Vec<HolderDraft>> {
    let _settled = (fields.optional("email", input::prose()), fields.optional("full_name", input::prose()));
    Some(holders(fields))
}

fn holders(fields: &mut Fields<'_>) -> Vec<HolderDraft> {
    let holders = list(0..=domain::orders::MOST_TICKETS, object(holder));
    fields.optional("tickets", holders).unwrap_or_default()
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every body")]
fn holder(fields: &mut Fields<'_>) -> Option<HolderDraft> {
    let full_name = fields.optional("full_name", input::title());
    let email = fields.optional("email", input::email());
    let partner = fields.optional("partner", input::title());
    Some(HolderDraft { full_name, email, partner, answers: domain::tickets::Answers::new() })
}

/// Keeps who is coming, and goes on to paying; afterwards back to the order.
pub(super) async fn save_who(visit: Visit<OrderScope>) -> Shown {
    let view = visit.engine().read_order(&visit.scope).await?;
    let buying = is_buying(&view.order);
    let read = if buying {
        visit.sent.read(who_form).map(|(buyer, holders)| (Some(buyer), holders))
    } else {
        visit.sent.read(holders_form).map(|holders| (None, holders))
    };
    let (buyer, mut holders) = match read {
        Ok(who) => who,
        Err(faults) => return show_again(&visit, &view, &faults).await,
    };
    // What the form does not ask, or did not send, stays as it is.
    for (index, shown) in view.tickets.iter().enumerate() {
        let Ticket { full_name, email, partner, answers, .. } = shown.ticket.clone();
        match holders.get_mut(index) {
            Some(holder) => holder.answers = answers,
            None => holders.push(HolderDraft { full_name, email, partner, answers }),
        }
    }
    holders.truncate(view.tickets.len());
    if let (Some(first), Some(buyer)) = (holders.first_mut(), &buyer)
        && first.full_name.is_none()
    {
        first.full_name = Some(buyer.full_name.clone());
    }
    let (event, order, key) = (&view.order.event, view.order.id, Some(view.key.as_str()));
    match visit.engine().update_order(&visit.scope, &OrderChanges { revision: None, buyer, holders }).await {
        Ok(_) if buying => Ok(go(links::order_payment(event, order, key))),
        // While names were typed the hold ended, or the order was paid elsewhere: its page says how it stands.
        Ok(_) | Err(Stop::Refused(Refusal::Changed(_))) => Ok(go(links::order(event, order, key))),
        Err(Stop::Refused(Refusal::Invalid(faults))) => show_again(&visit, &view, &faults).await,
        Err(stop) => Err(stop.into()),
    }
}

/// The page with what was typed, and what is wrong with it.
async fn show_again(visit: &Visit<OrderScope>, view: &OrderView, faults: &Faults) -> Shown {
    let about = visit.engine().about_order(&visit.scope).await?;
    let page = who_page(visit, (view, &about.event), faults);
    Ok(show_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn who_page(visit: &Visit<OrderScope>, (view, event): (&OrderView, &Event), faults: &Faults) -> Markup {
    let texts = visit.texts;
    let order = &view.order;
    let typed = Typed { sent: &visit.sent, view, came_back: !faults.is_empty() };
    let summary = order_summary(texts, order, event);
    let shown: Vec<(String, String)> =
        faults.list().iter().map(|fault| (field_name(fault.at.as_str()), named_fault(texts, fault))).collect();
    let buying = is_buying(order);
    let button = if buying {
        Button::submit(texts.say("who-go-on")).trailing(Icon::Arrow)
    } else {
        Button::submit(texts.say("who-save")).icon(Icon::Check)
    };
    let content = html! {
        div class="mb-8 grid gap-6" {
            @if buying { (steps(texts, 1)) }
            div class="flex flex-wrap items-center justify-between gap-4" {
                h1 { (texts.say("who-title")) }
                (time_left(visit, order))
            }
            (form::error_summary(texts, shown.iter().map(|(name, sentence)| (name.as_str(), sentence.as_str()))))
        }
        form.with-summary method="post" action=(links::order_who(&order.event, order.id, Some(&view.key))) {
            div class="grid gap-4" {
                @if buying { (buyer_panel(texts, &typed, faults)) }
                @for index in 0..order.tickets.len() { (holder_panel(texts, &typed, faults, index)) }
            }
            aside { (summary.action(html! { (button.primary().large().wide()) })) }
        }
        @if buying { (give_up(texts, view)) }
    };
    let title = texts.say("who-title");
    frame::page(texts, visit.scope.organisation(), &visit.caller, &title).content(content).private().render()
}

fn buyer_panel(texts: Texts, typed: &Typed<'_>, faults: &Faults) -> Markup {
    html! {
        div class="panel form" {
            h2 { (texts.say("who-buyer")) }
            (form::row(html! {
                (Field::text("full_name", texts.say("who-name")).value(typed.buyer_name()).required()
                    .attr("autocomplete", "name").error(fault_at(texts, faults, "/full_name")))
                (Field::email("email", texts.say("who-email")).value(typed.buyer_email()).required()
                    .hint(texts.say("who-email-hint")).attr("autocomplete", "email").error(fault_at(texts, faults, "/email")))
            }))
        }
    }
}

fn holder_panel(texts: Texts, typed: &Typed<'_>, faults: &Faults, index: usize) -> Markup {
    let order = &typed.view.order;
    let fault = |field: &str| fault_at(texts, faults, &format!("/tickets/{index}/{field}"));
    let hint = if index == 0 && is_buying(order) { "who-first-hint" } else { "who-later-hint" };
    let email_hint = match is_issued_to(order, index) {
        None => "who-holder-email-hint",
        Some(false) => "who-give-hint",
        Some(true) => "who-given-hint",
    };
    let mut email = Field::email(format!("tickets[{index}][email]"), texts.say("who-holder-email"))
        .value(typed.holder(index, "email"))
        .optional(texts)
        .hint(texts.say(email_hint))
        .error(fault("email"));
    if is_issued_to(order, index) == Some(true) && fault("email").is_none() {
        email = email.attr("readonly", "");
    }
    let asks_partner = order.tickets.get(index).is_some_and(|ticket| ticket.role.is_some());
    html! {
        div class="panel form" {
            h2 { (ticket_heading(texts, order, index)) }
            (form::row(html! {
                (Field::text(format!("tickets[{index}][full_name]"), texts.say("who-holder-name"))
                    .value(typed.holder(index, "full_name")).optional(texts).hint(texts.say(hint)).error(fault("full_name")))
                (email)
            }))
            @if asks_partner {
                (Field::text(format!("tickets[{index}][partner]"), texts.say("who-partner"))
                    .value(typed.holder(index, "partner")).optional(texts).error(fault("partner")))
            }
        }
    }
}

/// None before a ticket is issued; then whether somebody other than the buyer holds it.
fn is_issued_to(order: &Order, index: usize) -> Option<bool> {
    let ticket = order.tickets.get(index).filter(|_| index < order.issued)?;
    Some(ticket.email.is_some())
}

/// What stands in a field: what was typed, else what is kept.
struct Typed<'a> {
    sent: &'a Sent,
    view: &'a OrderView,
    came_back: bool,
}

impl Typed<'_> {
    fn buyer_name(&self) -> String {
        self.or("/full_name", self.view.order.buyer.as_ref().map(|buyer| buyer.full_name.to_string()))
    }

    fn buyer_email(&self) -> String {
        self.or("/email", self.view.order.buyer.as_ref().map(|buyer| buyer.email.to_string()))
    }

    fn holder(&self, index: usize, field: &str) -> String {
        let ticket = self.view.tickets.get(index).map(|shown| &shown.ticket);
        let kept = ticket.and_then(|ticket| match field {
            "full_name" => ticket.full_name.as_ref().map(ToString::to_string),
            "email" => ticket.email.as_ref().map(ToString::to_string),
            _ => ticket.partner.as_ref().map(ToString::to_string),
        });
        self.or(&format!("/tickets/{index}/{field}"), kept)
    }

    fn or(&self, pointer: &str, kept: Option<String>) -> String {
        if self.came_back { self.sent.typed(pointer).to_owned() } else { kept.unwrap_or_default() }
    }
}

/// What is wrong, with the name of the field in front: "Ticket 2, e-mail: This is not an e-mail address."
fn named_fault(texts: Texts, fault: &Fault) -> String {
    let sentence = wording::fault(texts, &fault.wrong);
    let parts: Vec<&str> = fault.at.as_str().split('/').skip(1).collect();
    let label = |field: &str| match field {
        "full_name" => Some(texts.say("who-name")),
        "email" => Some(texts.say("who-email")),
        "partner" => Some(texts.say("who-partner")),
        _ => None,
    };
    let place = match parts.as_slice() {
        ["tickets", index, field] => label(field).map(|label| {
            let n = index.parse::<usize>().unwrap_or_default() + 1;
            texts.say_with("who-fault-of-ticket", &[("n", n.into()), ("field", label.into())])
        }),
        [field] => label(field),
        _ => None,
    };
    place.map_or_else(|| sentence.clone(), |place| format!("{place}: {sentence}"))
}

/// `/tickets/0/email` as the form names it: `tickets[0][email]`.
fn field_name(pointer: &str) -> String {
    let mut parts = pointer.split('/').skip(1);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| format!("{name}[{part}]"))
}

fn ticket_heading(texts: Texts, order: &Order, index: usize) -> String {
    let names: Vec<&str> =
        order.lines.iter().filter(|line| line.ticket == index).map(|line| line.name.as_str()).collect();
    texts.say_with("who-ticket", &[("n", (index + 1).into()), ("what", names.join(" + ").into())])
}

/// What an order costs, line by line.
pub(super) fn order_summary<'a>(texts: Texts, order: &'a Order, event: &Event) -> Summary<'a> {
    let amount = |amount| wording::money(texts, Money::new(amount, order.currency));
    let mut lines: Vec<(String, String, domain::values::Amount)> = Vec::new();
    for line in &order.lines {
        let rate = order.tickets.get(line.ticket).map_or_else(String::new, |ticket| wording::rate(event, &ticket.rate));
        let detail = if line.quantity > 1 { format!("{} × {rate}", line.quantity) } else { rate };
        match lines.iter_mut().find(|(what, other, _)| *what == line.name.as_str() && *other == detail) {
            Some((_, _, sum)) => *sum = *sum + line.sum(),
            None => lines.push((line.name.to_string(), detail, line.sum())),
        }
    }
    let count = order.tickets.len();
    let title = texts.say_with("order-tickets", &[("n", count.into())]);
    Summary::new(texts, title, (texts.say("cover-total"), amount(order.total))).lines(
        lines.into_iter().map(|(what, detail, sum)| Line {
            what: what.into(),
            detail: detail.into(),
            amount: amount(sum).into(),
        }),
    )
}

/// The time that is left of a hold.
pub(super) fn time_left<S>(visit: &Visit<S>, order: &Order) -> Markup {
    let now = visit.engine().now();
    match order.expires_at {
        Some(until) if order.state == OrderState::Held => Countdown {
            until: until.to_string().into(),
            now: now.to_string().into(),
            left: wording::left(visit.texts, until, now).into(),
            ended: None,
        }
        .show(visit.texts),
        _ => html! {},
    }
}

/// The way out: giving the places back.
pub(super) fn give_up(texts: Texts, view: &OrderView) -> Markup {
    html! {
        form class="mt-6" method="post" action=(links::order_cancel(&view.order.event, view.order.id, Some(&view.key))) {
            (Button::submit(texts.say("order-give-up")).quiet().small())
        }
    }
}
