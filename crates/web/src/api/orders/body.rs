//! What is said about an order: who buys, for whom, what, and how it is paid.

use std::collections::BTreeMap;

use domain::catalogue::Role;
use domain::orders::{Buyer, MOST_TICKETS, Order, OrderRequest, PaymentRequest, TicketRequest};
use domain::payments::Method;
use domain::tickets::{Answers, Ticket};
use domain::values::{Email, Faults, ItemId, PassId, Pointer, Text, TicketNumber, Title, Wrong};
use engine::orders::{BuyerDraft, HolderDraft, OrderChanges, OrderView, PaymentDraft};

use serde_json::Value as Json;

use crate::api::words::method_word;
use crate::input::{
    Fields, Kind, KindExt as _, MOST_ANSWERS, answer_changes, answers, email, id, line, list, money, object, one_of,
    rate, title,
};

/// Most passes of a ticket.
const MOST_PASSES: usize = 30;
/// Most items of a ticket, physical ones counted as often as they are named.
const MOST_ITEMS: usize = 300;

/// An order as a request has it.
#[derive(Debug, Clone)]
pub struct OrderBody {
    /// Who buys.
    pub buyer: Option<BuyerDraft>,
    /// What.
    pub request: OrderRequest,
}

/// The body of an order.
pub fn order(fields: &mut Fields<'_>) -> Option<OrderBody> {
    let buyer = fields.required("buyer", object(buyer));
    let tickets = fields.required(
        "tickets",
        list(1..=MOST_TICKETS, object(|fields| Some(ticket(fields)))).about("One for each attendee."),
    );
    let payment = fields.required("payment", object(payment_request));
    let code: Option<Text<60>> = fields.optional("discount_code", line());
    if code.is_some() {
        fields.fault("discount_code", Wrong::Unknown("discount code"));
    }
    let expected = fields.optional("expected_total", money().about("Refuses the order if it costs anything else."));
    let expected_total = expected.map(|money| money.amount);
    Some(OrderBody { buyer, request: OrderRequest { tickets: tickets.unwrap_or_default(), payment, expected_total } })
}

fn buyer(fields: &mut Fields<'_>) -> Option<BuyerDraft> {
    let email = fields.required("email", email());
    let full_name = fields.required("full_name", title());
    Some(BuyerDraft { email: email?, full_name: full_name? })
}

fn ticket(fields: &mut Fields<'_>) -> TicketRequest {
    let full_name = fields.optional("full_name", title());
    let email = fields.optional("email", email().about("The holder's own; none means the buyer's."));
    let rate = fields.optional("rate", rate().about("The event's first if nothing is said."));
    let role = fields.optional("role", one_of(Role::ALL, Role::word));
    let partner = fields.optional("partner", title());
    let passes: Option<Vec<PassId>> = fields.optional("passes", list(0..=MOST_PASSES, id()));
    let items: Option<Vec<ItemId>> = fields.optional("items", list(0..=MOST_ITEMS, id()));
    let answers = fields.optional("answers", answers());
    TicketRequest {
        full_name,
        email,
        rate,
        role,
        partner,
        passes: passes.unwrap_or_default(),
        items: items.unwrap_or_default(),
        answers: answers.unwrap_or_default(),
    }
}

fn payment_request(fields: &mut Fields<'_>) -> Option<PaymentRequest> {
    let method = fields.required("method", one_of(Method::ALL, method_word));
    let reference = fields.optional("reference", line());
    Some(PaymentRequest { method: method?, reference })
}

/// The body of a payment.
pub fn payment(fields: &mut Fields<'_>) -> Option<PaymentDraft> {
    let method = fields.required("method", one_of(Method::ALL, method_word));
    let amount = fields.required("amount", money());
    let reference = fields.optional("reference", line());
    Some(PaymentDraft { method: method?, amount: amount?, reference })
}

/// What is said again about a field: nothing, that it is to be empty, or a value.
#[derive(Debug, Clone, Default)]
enum Said<T> {
    #[default]
    Nothing,
    Empty,
    Value(T),
}

impl<T: Clone> Said<T> {
    fn over(&self, before: Option<T>) -> Option<T> {
        match self {
            Self::Nothing => before,
            Self::Empty => None,
            Self::Value(value) => Some(value.clone()),
        }
    }
}

/// Names, addresses and answers that are given later.
#[derive(Debug, Clone)]
pub struct ChangesBody {
    buyer: Option<BuyerChange>,
    tickets: Vec<TicketChange>,
}

#[derive(Debug, Clone)]
struct BuyerChange {
    email: Said<Email>,
    full_name: Said<Title>,
}

#[derive(Debug, Clone, Default)]
struct TicketChange {
    number: Option<TicketNumber>,
    full_name: Said<Title>,
    email: Said<Email>,
    partner: Said<Title>,
    answers: Said<BTreeMap<String, Option<Json>>>,
}

/// The body of a change.
pub fn changes(fields: &mut Fields<'_>) -> Option<ChangesBody> {
    let buyer = fields.optional("buyer", object(|fields| Some(buyer_change(fields))));
    let about = "By number, or without numbers in the order's order; what is left out of one stays as it is.";
    let tickets = list(0..=MOST_TICKETS, object(|fields| Some(ticket_change(fields))));
    let tickets = fields.optional("tickets", tickets.about(about));
    Some(ChangesBody { buyer, tickets: tickets.unwrap_or_default() })
}

fn buyer_change(fields: &mut Fields<'_>) -> BuyerChange {
    BuyerChange { email: said(fields, "email", email()), full_name: said(fields, "full_name", title()) }
}

fn ticket_change(fields: &mut Fields<'_>) -> TicketChange {
    TicketChange {
        number: fields.optional("number", id()),
        full_name: said(fields, "full_name", title()),
        email: said(fields, "email", email()),
        partner: said(fields, "partner", title()),
        answers: said(fields, "answers", answer_changes()),
    }
}

fn said<K: Kind>(fields: &mut Fields<'_>, name: &'static str, kind: K) -> Said<K::Value> {
    let is_emptied = fields.is_emptied(name);
    match fields.optional(name, kind) {
        Some(value) => Said::Value(value),
        None if is_emptied => Said::Empty,
        None => Said::Nothing,
    }
}

impl ChangesBody {
    /// What is to be changed of an order as it is. Only what was read can be changed: the revision is that of `before`.
    pub fn over(&self, before: &OrderView) -> Result<OrderChanges, Faults> {
        let order = &before.order;
        let buyer = self.buyer.as_ref().map(|change| change.over(order.buyer.as_ref())).transpose();
        let changed = self.tickets_of(order)?;
        let holders = before.tickets.iter().zip(&changed).map(|(shown, change)| change.over(&shown.ticket));
        let holders: Vec<HolderDraft> = if self.tickets.is_empty() { Vec::new() } else { holders.collect() };
        let mut faults = Faults::none();
        for (index, _) in holders.iter().enumerate().filter(|(_, holder)| holder.answers.len() > MOST_ANSWERS) {
            faults.add(Pointer::to("tickets").then(index).then("answers"), Wrong::TooLong(MOST_ANSWERS));
        }
        faults.or(OrderChanges { revision: Some(before.revision), buyer: buyer?, holders })
    }

    /// The change of each ticket of the order.
    fn tickets_of(&self, order: &Order) -> Result<Vec<TicketChange>, Faults> {
        let mut changed = vec![TicketChange::default(); order.tickets.len()];
        let mut faults = Faults::none();
        for (index, change) in self.tickets.iter().enumerate() {
            let place = match change.number {
                Some(number) => order.tickets.iter().position(|ticket| ticket.number == number),
                None => Some(index),
            };
            if let Some(place) = place.and_then(|place| changed.get_mut(place)) {
                place.clone_from(change);
            } else {
                let at = Pointer::to("tickets").then(index);
                let at = if change.number.is_some() { at.then("number") } else { at };
                faults.add(at, Wrong::Unknown("ticket"));
            }
        }
        faults.or(changed)
    }
}

impl BuyerChange {
    fn over(&self, before: Option<&Buyer>) -> Result<BuyerDraft, Faults> {
        let email = self.email.over(before.map(|buyer| buyer.email.clone()));
        let full_name = self.full_name.over(before.map(|buyer| buyer.full_name.clone()));
        let missing = |field: &str| Faults::one(Pointer::to("buyer").then(field), Wrong::Required);
        Ok(BuyerDraft {
            email: email.ok_or_else(|| missing("email"))?,
            full_name: full_name.ok_or_else(|| missing("full_name"))?,
        })
    }
}

impl TicketChange {
    fn over(&self, before: &Ticket) -> HolderDraft {
        HolderDraft {
            full_name: self.full_name.over(before.full_name.clone()),
            email: self.email.over(before.email.clone()),
            partner: self.partner.over(before.partner.clone()),
            answers: self.answers_over(&before.answers),
        }
    }

    /// The answers there are, with what was said anew.
    fn answers_over(&self, before: &Answers) -> Answers {
        let mut answers = before.clone();
        match &self.answers {
            Said::Nothing => {}
            Said::Empty => answers.clear(),
            Said::Value(changes) => {
                for (name, answer) in changes {
                    match answer {
                        Some(answer) => answers.insert(name.clone(), answer.clone()),
                        None => answers.remove(name),
                    };
                }
            }
        }
        answers
    }
}
