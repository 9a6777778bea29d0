//! A ticket as it is kept, and its three statuses.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::{EventRef, RateId, Role, Thing};
use crate::orders::Place;
use crate::payments::Method;
use crate::values::{
    Amount, ChangeId, Currency, CustomerId, DoorId, Email, ItemId, OrderId, PassId, Prose, SaleId, Text, TicketNumber,
    Title,
};

/// What a buyer or holder answered, by the question's name. Texts, numbers, yes or no.
pub type Answers = BTreeMap<String, serde_json::Value>;

/// One attendee's admission to one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Identity. It identifies, and does not admit.
    pub number: TicketNumber,
    /// To which event.
    pub event: EventRef,
    /// From which order.
    pub order: OrderId,
    /// Who holds it.
    pub customer: CustomerId,
    /// Who bought it.
    pub buyer: CustomerId,
    /// Where the buyer's mail goes.
    pub buyer_email: Email,
    /// The holder's name, if it was given yet.
    #[serde(default)]
    pub full_name: Option<Title>,
    /// The holder's own address; none means the buyer's.
    #[serde(default)]
    pub email: Option<Email>,
    /// Whether it is good.
    pub status: TicketStatus,
    /// At which rate.
    pub rate: RateId,
    /// How they dance, where that was asked.
    #[serde(default)]
    pub role: Option<Role>,
    /// With whom, as they wrote it.
    #[serde(default)]
    pub partner: Option<Title>,
    /// What was bought.
    pub purchases: Vec<Purchase>,
    /// What it admits to, one for each item.
    pub entitlements: Vec<Entitlement>,
    /// The places it takes, one of each; empty once they were released.
    pub places: Vec<Place>,
    /// What all its amounts are in.
    pub currency: Currency,
    /// What it costs.
    pub price: Amount,
    /// What has been paid of that.
    pub paid: Amount,
    /// What has been given back of that.
    #[serde(default)]
    pub refunded: Amount,
    /// How its order is paid.
    pub method: Method,
    /// What they answered.
    #[serde(default)]
    pub answers: Answers,
    /// What staff noted.
    #[serde(default)]
    pub notes: Prose,
    /// Goes up by 1 with every reissue and transfer; older barcodes are refused.
    pub generation: u16,
    /// The signing key of its barcode.
    pub key: u8,
    /// When an older generation was last made void.
    #[serde(default)]
    pub reissued_at: Option<Timestamp>,
    /// Names of the wristbands that were handed out.
    #[serde(default)]
    pub wristbands: Vec<Text<60>>,
    /// Its last change: its place in the event's list.
    pub change: ChangeId,
    /// In which shard of that list it is; it stays there.
    #[serde(default, skip_serializing_if = "crate::orders::order::is_first")]
    pub list_shard: u16,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// Whether a ticket is good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TicketStatus {
    /// It is.
    Active,
    /// It is not any more.
    Void {
        /// Since when.
        at: Timestamp,
        /// A refund made it so.
        by_refund: bool,
    },
    /// It went to another event, as another ticket.
    Transferred {
        /// When.
        at: Timestamp,
    },
}

/// The word of a ticket's status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusWord {
    /// `active`
    Active,
    /// `void`
    Void,
    /// `transferred`
    Transferred,
}

impl StatusWord {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Active, Self::Void, Self::Transferred];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Void => "void",
            Self::Transferred => "transferred",
        }
    }
}

/// A ticket's second status, derived from its amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MoneyStatus {
    /// All that it costs has been paid.
    Paid,
    /// Nothing has been paid yet.
    Unpaid,
    /// Some has.
    PartPaid,
    /// Some of what was paid was given back.
    PartRefunded,
    /// All of what was paid was given back.
    Refunded,
    /// It was given away.
    Complimentary,
}

impl MoneyStatus {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Paid, Self::Unpaid, Self::PartPaid, Self::PartRefunded, Self::Refunded, Self::Complimentary];

    /// The word for it, as in answers and filters.
    pub fn word(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Unpaid => "unpaid",
            Self::PartPaid => "part_paid",
            Self::PartRefunded => "part_refunded",
            Self::Refunded => "refunded",
            Self::Complimentary => "complimentary",
        }
    }
}

/// Something that was bought for a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Purchase {
    /// What.
    pub thing: Thing,
    /// What it was called then.
    pub name: Title,
    /// At which step of its prices; its name.
    pub step: Text<60>,
    /// How many.
    pub quantity: u32,
    /// Of one.
    pub price: Amount,
    /// The movement of money that paid it first, if there was one.
    #[serde(default)]
    pub sale: Option<SaleId>,
}

/// An item that a ticket admits to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entitlement {
    /// Which.
    pub item: ItemId,
    /// How many; more than 1 only of physical items.
    pub quantity: u32,
    /// What gave it.
    pub from: Source,
    /// When it was used: once, or once per festival day.
    #[serde(default)]
    pub admissions: Vec<Admission>,
}

/// What gave an entitlement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A pass.
    Pass(PassId),
    /// The item itself, bought.
    Item(ItemId),
    /// Staff, for this reason.
    Staff(Text<200>),
}

/// One use of an entitlement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admission {
    /// The festival day it counts for, if the item can be used once each day.
    #[serde(default)]
    pub day: Option<Date>,
    /// When.
    pub at: Timestamp,
    /// Where.
    pub door: DoorId,
    /// The door's name then.
    pub door_name: Title,
    /// Who let them in, as shown.
    pub by: String,
}

impl Ticket {
    /// The word of its status.
    pub fn status_word(&self) -> StatusWord {
        match self.status {
            TicketStatus::Active => StatusWord::Active,
            TicketStatus::Void { .. } => StatusWord::Void,
            TicketStatus::Transferred { .. } => StatusWord::Transferred,
        }
    }

    /// What is still to be paid, while it is good.
    pub fn due(&self) -> Amount {
        match self.status {
            TicketStatus::Active => (self.price - self.paid).at_least_zero(),
            TicketStatus::Void { .. } | TicketStatus::Transferred { .. } => Amount::ZERO,
        }
    }

    /// Its second status.
    pub fn money(&self) -> MoneyStatus {
        if self.refunded > Amount::ZERO {
            return if self.refunded >= self.paid { MoneyStatus::Refunded } else { MoneyStatus::PartRefunded };
        }
        if self.method == Method::Complimentary {
            return MoneyStatus::Complimentary;
        }
        if self.paid >= self.price {
            MoneyStatus::Paid
        } else if self.paid > Amount::ZERO {
            MoneyStatus::PartPaid
        } else {
            MoneyStatus::Unpaid
        }
    }

    /// Where the holder's mail goes.
    pub fn holder_email(&self) -> &Email {
        self.email.as_ref().unwrap_or(&self.buyer_email)
    }

    /// The buyer holds it as well, so that they may see its barcode.
    pub fn is_held_by_buyer(&self) -> bool {
        self.customer == self.buyer
    }

    /// The entitlement to an item.
    pub fn entitlement(&self, item: ItemId) -> Option<&Entitlement> {
        self.entitlements.iter().find(|entitlement| entitlement.item == item)
    }

    /// Somebody has used some of it.
    pub fn is_used(&self) -> bool {
        self.entitlements.iter().any(|entitlement| !entitlement.admissions.is_empty())
    }

    /// The passes that were bought for it.
    pub fn passes(&self) -> impl Iterator<Item = PassId> {
        self.purchases.iter().filter_map(|purchase| match purchase.thing {
            Thing::Pass(id) => Some(id),
            Thing::Item(_) => None,
        })
    }
}
