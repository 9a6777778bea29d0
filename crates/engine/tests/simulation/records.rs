//! What everybody was told, written down as it was told. It is compared with what is kept in the end.

use domain::Refusal;
use domain::door::{ScanRequest, ScanResult};
use domain::orders::OrderState;
use domain::values::{OrderId, TicketNumber};
use engine::orders::OrderView;
use engine::tickets::TicketDetail;
use serde::{Deserialize, Serialize};

use crate::organiser::Edit;

/// What somebody who asked was told.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It was done; the answer.
    Done(String),
    /// It was not done.
    Refused(Refusal),
    /// Nobody ever answered.
    Unknown,
}

impl Outcome {
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// An order that was asked for. No two have the same tag, which is the first ticket's partner.
#[derive(Debug, Clone)]
pub struct Placed {
    pub tag: String,
    pub tickets: usize,
    pub outcome: Outcome,
}

/// A checkout that was asked for. No two have the same buyer's name.
#[derive(Debug, Clone)]
pub struct Settled {
    pub order: OrderId,
    pub name: String,
    pub outcome: Outcome,
}

/// A payment that was asked to be recorded. No two have the same reference.
#[derive(Debug, Clone)]
pub struct Paid {
    pub order: OrderId,
    pub reference: String,
    pub outcome: Outcome,
}

/// What was to be done to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Void,
    Reissue,
    Resend,
}

/// A deed done to a ticket.
#[derive(Debug, Clone)]
pub struct Done {
    pub ticket: TicketNumber,
    pub deed: Deed,
    pub outcome: Outcome,
}

/// A scan that was sent, and one answer to it.
#[derive(Debug, Clone)]
pub struct Scanned {
    pub request: ScanRequest,
    pub answer: Option<ScanResult>,
}

#[derive(Debug, Default)]
pub struct Records {
    pub placed: Vec<Placed>,
    pub settled: Vec<Settled>,
    pub paid: Vec<Paid>,
    pub cancelled: Vec<(OrderId, Outcome)>,
    pub done: Vec<Done>,
    pub scans: Vec<Scanned>,
    /// Edits from the moment at which somebody asks for them.
    pub asked: Vec<Edit>,
    pub edits: Vec<(Edit, Outcome)>,
    pub raised: Vec<Outcome>,
    pub audits: usize,
    pub violations: Vec<String>,
}

impl Records {
    /// The orders that somebody was told of.
    pub fn orders(&self) -> Vec<OrderAnswer> {
        self.placed.iter().filter_map(|placed| OrderAnswer::of(&placed.outcome)).collect()
    }
}

/// The answer about an order, as it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrderAnswer {
    pub order: OrderId,
    pub state: OrderState,
    pub paid: i64,
    pub issued: usize,
    pub tickets: Vec<TicketNumber>,
}

impl OrderAnswer {
    pub fn write(view: &OrderView) -> String {
        serde_json::to_string(&Self {
            order: view.order.id,
            state: view.order.state,
            paid: view.order.paid.units(),
            issued: view.tickets.iter().filter(|ticket| ticket.issued).count(),
            tickets: view.order.tickets.iter().map(|ticket| ticket.number).collect(),
        })
        .unwrap()
    }

    pub fn of(outcome: &Outcome) -> Option<Self> {
        match outcome {
            Outcome::Done(body) => Some(serde_json::from_str(body).unwrap()),
            Outcome::Refused(_) | Outcome::Unknown => None,
        }
    }
}

/// The answer about a ticket, as it is written.
pub fn ticket_answer(detail: &TicketDetail) -> String {
    let ticket = &detail.view.ticket;
    format!("{} {} {}", ticket.number, ticket.generation, ticket.status_word().word())
}
