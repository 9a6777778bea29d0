//! What is due: side effects that wait for their turn, and everything with a due time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::EventRef;
use crate::orders::Place;
use crate::people::By;
use crate::values::{Email, Ksuid, OrderId, Slug, TicketNumber, WorkId};

/// Something that is due at an instant. It is written in the transaction of its cause, and deleted in the one that
/// settles it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Identity; a mail's Message-ID is made of it, so that a second copy can be told.
    pub id: WorkId,
    /// Which workers look for it.
    pub lane: Lane,
    /// In which shard of that lane it is; it stays there.
    #[serde(default, skip_serializing_if = "crate::orders::order::is_first")]
    pub shard: u16,
    /// Not before this.
    pub due_at: Timestamp,
    /// For whose sake; nobody's for the platform's own.
    #[serde(default)]
    pub organisation: Option<Slug>,
    /// What is to be done.
    pub task: Task,
    /// How often it was tried in vain.
    #[serde(default)]
    pub attempts: u32,
    /// Why the last try failed.
    #[serde(default)]
    pub last_error: Option<String>,
    /// Somebody is at it until then.
    #[serde(default)]
    pub leased_until: Option<Timestamp>,
    /// Which lease that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Ksuid>,
}

/// Which workers look for it: deadlines of the business never wait behind a mail server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lane {
    /// Holds that end, orders that are to be finished.
    Deadlines,
    /// Mail that is to be sent.
    Deliveries,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// End the hold of an order that nobody paid.
    ExpireHold {
        /// Of which event.
        event: EventRef,
        /// Which.
        order: OrderId,
    },
    /// Write the tickets of an order that is settled.
    IssueTickets {
        /// Of which event.
        event: EventRef,
        /// Which.
        order: OrderId,
    },
    /// Make the tickets of an order void that was cancelled.
    VoidTickets {
        /// Of which event.
        event: EventRef,
        /// Which.
        order: OrderId,
        /// Who cancelled it.
        by: By,
    },
    /// Remove what is left of the stock of places that nobody counts any more.
    RemoveStock {
        /// Which: their first shards are gone already.
        places: Vec<Place>,
    },
    /// Spread over their shards again what was gathered in the first.
    SpreadStock {
        /// Of which event.
        event: EventRef,
        /// What was gathered.
        places: Vec<Place>,
    },
    /// Send a letter.
    Send {
        /// To whom.
        to: Email,
        /// Which.
        letter: Letter,
    },
}

/// What a letter is about. Its text is made when it is sent, or looked at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Letter {
    /// A link to sign in with.
    SignIn {
        /// The link's identifier; its secret is derived from it.
        link: Ksuid,
        /// In whose name it is sent: an organisation's, else the platform's.
        organisation: Option<Slug>,
        /// Where it leads.
        to: Option<String>,
    },
    /// The tickets of an order, to its buyer.
    Tickets {
        /// Of which event.
        event: EventRef,
        /// Which order.
        order: OrderId,
    },
    /// One ticket, to its holder.
    Ticket {
        /// Of which event.
        event: EventRef,
        /// Which.
        ticket: TicketNumber,
    },
    /// An order that is held until it is paid: how to pay, and until when.
    Reserved {
        /// Of which event.
        event: EventRef,
        /// Which order.
        order: OrderId,
    },
}
