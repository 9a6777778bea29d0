//! An order as it is kept.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Place;
use crate::catalogue::{EventRef, RateId, Role, Thing};
use crate::payments::Method;
use crate::people::By;
use crate::tickets::{Answers, Entitlement};
use crate::values::{Amount, Currency, CustomerId, Email, OrderId, Text, TicketNumber, Title};

/// One purchase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// Identity; also of the work that watches over its hold.
    pub id: OrderId,
    /// For which event.
    pub event: EventRef,
    /// Who buys; not known while a visitor of the shop is still picking.
    #[serde(default)]
    pub buyer: Option<Buyer>,
    /// Where it is in its life.
    pub state: OrderState,
    /// One for each attendee, in the order of the request.
    pub tickets: Vec<OrderTicket>,
    /// What is charged, ticket by ticket.
    pub lines: Vec<Line>,
    /// How it is, or will be, paid; not known while a visitor is still choosing.
    #[serde(default)]
    pub method: Option<Method>,
    /// What staff noted of the payment.
    #[serde(default)]
    pub reference: Option<Text<200>>,
    /// What all its amounts are in.
    pub currency: Currency,
    /// The sum of its lines.
    pub total: Amount,
    /// What has been paid.
    pub paid: Amount,
    /// What of that has been given back.
    #[serde(default)]
    pub refunded: Amount,
    /// The stock it took, until that is released.
    pub takes: Vec<Take>,
    /// When the hold ends, while it is held.
    #[serde(default)]
    pub expires_at: Option<Timestamp>,
    /// How many of its tickets have been written, from the first.
    pub issued: usize,
    /// In which shard of the event's lists it and its tickets are; it stays there.
    #[serde(default, skip_serializing_if = "is_first")]
    pub list_shard: u16,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Who placed it.
    pub placed_by: By,
    /// When it was cancelled or expired.
    #[serde(default)]
    pub ended_at: Option<Timestamp>,
}

/// Where an order is in its life: `held → paid → fulfilled`, or `held → expired | cancelled`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Its places are taken, for a while.
    Held,
    /// It is settled, and its tickets are being written.
    Paid,
    /// Its tickets exist.
    Fulfilled,
    /// It was not paid in time; its places are free again.
    Expired,
    /// It was given up; its places are free again.
    Cancelled,
}

impl OrderState {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Held, Self::Paid, Self::Fulfilled, Self::Expired, Self::Cancelled];

    /// The word for it, as in answers and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Paid => "paid",
            Self::Fulfilled => "fulfilled",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }
}

/// Who pays, gets receipts and refunds, and sees the order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Buyer {
    /// Whose customer they are.
    pub customer: CustomerId,
    /// Where the order's mail goes.
    pub email: Email,
    /// Their name.
    pub full_name: Title,
}

/// One attendee of an order: what the ticket will be, as promised when the hold began.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderTicket {
    /// The number that the ticket has, or will have.
    pub number: TicketNumber,
    /// The holder's name, if it was given yet.
    #[serde(default)]
    pub full_name: Option<Title>,
    /// The holder's own address; none means the buyer's.
    #[serde(default)]
    pub email: Option<Email>,
    /// Whose ticket it is, when it has an address of its own.
    #[serde(default)]
    pub customer: Option<CustomerId>,
    /// At which rate.
    pub rate: RateId,
    /// How they dance, where that is asked.
    #[serde(default)]
    pub role: Option<Role>,
    /// With whom, as they wrote it.
    #[serde(default)]
    pub partner: Option<Title>,
    /// What they are let in to.
    pub entitlements: Vec<Entitlement>,
    /// The places it takes, one of each.
    pub places: Vec<Place>,
    /// What they answered.
    #[serde(default)]
    pub answers: Answers,
}

/// Some of one thing for one ticket at one price.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Which ticket of the order, from 0.
    pub ticket: usize,
    /// What.
    pub thing: Thing,
    /// What it was called when it was sold.
    pub name: Title,
    /// At which step of its prices; its name.
    pub step: Text<60>,
    /// How many.
    pub quantity: u32,
    /// Of one.
    pub price: Amount,
}

impl Line {
    /// Price times quantity.
    pub fn sum(&self) -> Amount {
        self.price.times(self.quantity)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives what it asks about by reference")]
pub(crate) fn is_first(shard: &u16) -> bool {
    *shard == 0
}

/// So many units of one place, from one shard of its stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// Of what.
    pub place: Place,
    /// From which shard.
    pub shard: u16,
    /// How many.
    pub units: u32,
}

impl Order {
    /// What is still to be paid.
    pub fn due(&self) -> Amount {
        match self.state {
            OrderState::Expired | OrderState::Cancelled => Amount::ZERO,
            OrderState::Held | OrderState::Paid | OrderState::Fulfilled => (self.total - self.paid).at_least_zero(),
        }
    }

    /// What the ticket at this place in the order costs.
    pub fn price_of_ticket(&self, index: usize) -> Amount {
        self.lines.iter().filter(|line| line.ticket == index).map(Line::sum).sum()
    }

    /// Its hold is over and nobody has paid.
    pub fn is_due_to_expire(&self, at: Timestamp) -> bool {
        self.state == OrderState::Held && self.expires_at.is_some_and(|expires_at| expires_at <= at)
    }
}
