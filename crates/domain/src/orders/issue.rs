//! From an order to its tickets: what each is worth, has been paid, and looks like when it is issued.

use jiff::Timestamp;

use super::{Buyer, Order, OrderState};
use crate::payments::{Method, Payment};
use crate::tickets::{Purchase, Ticket, TicketStatus};
use crate::values::{Amount, ChangeId, SaleId};

/// What only the moment of issue knows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Issue {
    /// The ticket's first change.
    pub change: ChangeId,
    /// The signing key of its barcode.
    pub key: u8,
    /// The movement of money that paid it, if any did.
    pub sale: Option<SaleId>,
    /// When.
    pub at: Timestamp,
}

impl Order {
    /// How an amount that was paid for the whole order is spread over its tickets: from the first on, each up to its
    /// price.
    pub fn paid_by_ticket(&self) -> Vec<Amount> {
        let mut rest = self.paid;
        let prices = (0..self.tickets.len()).map(|index| self.price_of_ticket(index));
        prices
            .map(|price| {
                let paid = price.min(rest);
                rest = rest - paid;
                paid
            })
            .collect()
    }

    /// What each payment, first to last, paid of each ticket, in the order of the tickets.
    pub fn shares<'a>(&self, payments: &'a [Payment]) -> Vec<Vec<(&'a Payment, Amount)>> {
        let mut payments = payments.iter().map(|payment| (payment, payment.amount)).peekable();
        let share = |paid: Amount| {
            let (mut rest, mut shares) = (paid, Vec::new());
            while let Some((payment, left)) = payments.peek_mut().filter(|_| rest > Amount::ZERO) {
                let part = rest.min(*left);
                (rest, *left) = (rest - part, *left - part);
                if part > Amount::ZERO {
                    shares.push((*payment, part));
                }
                if left.is_zero() {
                    payments.next();
                }
            }
            shares
        };
        self.paid_by_ticket().into_iter().map(share).collect()
    }

    /// Everything that there is to pay has been paid, or will be at the door, or was given away.
    pub fn is_settled(&self) -> bool {
        self.paid >= self.total || self.method == Some(Method::AtDoor)
    }

    /// Its tickets may be written: it is settled, and it is known who buys.
    pub fn may_be_issued(&self) -> bool {
        self.buyer.is_some() && self.is_settled() && matches!(self.state, OrderState::Held | OrderState::Paid)
    }

    /// The order as it is once all its tickets are written, if nothing but that is left to be done.
    pub fn when_issued(&self) -> Self {
        match self.state {
            OrderState::Paid => Self { state: OrderState::Fulfilled, issued: self.tickets.len(), ..self.clone() },
            OrderState::Held | OrderState::Fulfilled | OrderState::Expired | OrderState::Cancelled => self.clone(),
        }
    }

    /// The ticket at a place of this order, as it is when it is issued.
    pub fn ticket(&self, index: usize, buyer: &Buyer, issue: Issue) -> Option<Ticket> {
        let ticket = self.tickets.get(index)?.clone();
        let lines = self.lines.iter().filter(|line| line.ticket == index);
        let purchases = lines.map(|line| Purchase {
            thing: line.thing,
            name: line.name.clone(),
            step: line.step.clone(),
            quantity: line.quantity,
            price: line.price,
            sale: issue.sale,
        });
        Some(Ticket {
            number: ticket.number,
            event: self.event.clone(),
            order: self.id,
            customer: ticket.customer.unwrap_or(buyer.customer),
            buyer: buyer.customer,
            buyer_email: buyer.email.clone(),
            full_name: ticket.full_name,
            email: ticket.email,
            status: TicketStatus::Active,
            rate: ticket.rate,
            role: ticket.role,
            partner: ticket.partner,
            purchases: purchases.collect(),
            entitlements: ticket.entitlements,
            places: ticket.places,
            currency: self.currency,
            price: self.price_of_ticket(index),
            paid: self.paid_by_ticket().get(index).copied().unwrap_or_default(),
            refunded: Amount::ZERO,
            method: self.method.unwrap_or(Method::Free),
            answers: ticket.answers,
            notes: crate::values::Prose::default(),
            generation: 1,
            key: issue.key,
            reissued_at: None,
            wristbands: Vec::new(),
            change: issue.change,
            issued_at: issue.at,
            list_shard: self.list_shard,
        })
    }
}
