//! What happened to a ticket, and the money that moved for it. Entries are only ever added.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::payments::Method;
use crate::people::By;
use crate::values::{Amount, Email, HistoryId, PaymentId, Prose, SaleId, Text, TicketNumber, Title};

/// One entry of a ticket's history. Scans are entries of their own kind and not repeated here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// Identity, and order.
    pub id: HistoryId,
    /// Of which ticket.
    pub ticket: TicketNumber,
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: Happening,
    /// Who.
    pub by: By,
    /// From where: an address of the network, or a device's name, where it is known.
    #[serde(default)]
    pub from: Option<String>,
}

/// What can happen to a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// It was written.
    Issued,
    /// Money arrived.
    Paid {
        /// How much of it was for this ticket.
        amount: Amount,
        /// How.
        method: Method,
    },
    /// Name or answers were changed.
    Renamed {
        /// The name before.
        full_name: Option<Title>,
        /// The address before.
        email: Option<Email>,
    },
    /// Somebody else holds it, with a barcode of their own; the one before is void.
    HandedOn {
        /// The generation that is good now.
        generation: u16,
        /// The name before.
        full_name: Option<Title>,
        /// The address before; none was the buyer's.
        email: Option<Email>,
    },
    /// Its barcode was made anew; the old one is void.
    Reissued {
        /// The generation that is good now.
        generation: u16,
    },
    /// Its mail was sent again.
    Resent {
        /// To whom.
        to: Email,
    },
    /// It was made void.
    Voided {
        /// Why, as staff wrote it.
        reason: Option<Text<500>>,
        /// Its places are free again.
        released: bool,
    },
    /// Staff changed their notes.
    Noted {
        /// The notes before.
        before: Prose,
    },
    /// A wristband was handed out again, because it was lost.
    BandReplaced {
        /// Its name.
        name: Text<60>,
    },
}

impl Happening {
    /// The word for it, as in answers.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Paid { .. } => "paid",
            Self::Renamed { .. } => "renamed",
            Self::HandedOn { .. } => "handed_on",
            Self::Reissued { .. } => "reissued",
            Self::Resent { .. } => "resent",
            Self::Voided { .. } => "voided",
            Self::Noted { .. } => "noted",
            Self::BandReplaced { .. } => "band_replaced",
        }
    }
}

/// A movement of money for a ticket: positive when it was paid, negative when it was given back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sale {
    /// Identity, and order.
    pub id: SaleId,
    /// For which ticket.
    pub ticket: TicketNumber,
    /// How much.
    pub amount: Amount,
    /// How.
    pub method: Method,
    /// Which payment of the order it is a part of.
    pub payment: PaymentId,
    /// What for.
    pub kind: SaleKind,
    /// When.
    pub at: Timestamp,
}

/// What a movement of money was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SaleKind {
    /// The ticket's price.
    Purchase,
    /// Money given back.
    Refund,
}
