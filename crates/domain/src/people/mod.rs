//! Persons, customers, staff, and what each may do.

mod permission;

pub use permission::{Permission, StaffRole};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::values::{AdminId, CustomerId, Email, PersonId, Slug, StaffId, Text, Title, TokenId};

/// A human being, across organisations. Signs in once, by an address of theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: PersonId,
    /// The address they sign in with.
    pub email: Email,
    /// As they, or whoever bought for them, wrote it.
    pub full_name: Option<Title>,
    /// When they first proved that the address is theirs.
    pub verified_at: Option<Timestamp>,
}

/// A person as one organisation knows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Customer {
    /// Identity.
    pub id: CustomerId,
    /// Who it is.
    pub person: PersonId,
    /// Whose customer.
    pub organisation: Slug,
    /// Where this organisation's mail goes.
    pub email: Email,
    /// The name they bought under first.
    pub full_name: Option<Title>,
    /// In which shard of the organisation's list; it stays there.
    #[serde(default, skip_serializing_if = "crate::orders::order::is_first")]
    pub list_shard: u16,
}

/// Where an address leads: to its person, and to their customer in each organisation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Address {
    /// The address.
    pub email: Email,
    /// Whose.
    pub person: PersonId,
    /// Their customer, in the row of an organisation.
    pub customer: Option<CustomerId>,
    /// The organisation of that row.
    pub organisation: Option<Slug>,
}

/// A member of an organisation's staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Staff {
    /// Identity.
    pub id: StaffId,
    /// Who it is.
    pub person: PersonId,
    /// Of which organisation.
    pub organisation: Slug,
    /// Their address, for the list of staff.
    pub email: Email,
    /// What they may do.
    pub role: StaffRole,
}

/// An administrator of the platform.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admin {
    /// Identity.
    pub id: AdminId,
    /// Who it is.
    pub person: PersonId,
    /// Their address.
    pub email: Email,
}

/// A key for programs. Its secret is shown once and kept only as a hash, in the row's key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// Identity, for lists and histories.
    pub id: TokenId,
    /// What it is for, in words.
    pub name: Text<100>,
    /// What it opens.
    pub grant: Grant,
    /// Does not open anything any more.
    pub revoked_at: Option<Timestamp>,
}

/// What a token opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// The platform.
    Platform,
    /// One organisation, in a role.
    Staff {
        /// Which.
        organisation: Slug,
        /// As what.
        role: StaffRole,
    },
}

/// Who did something, as histories keep it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A member of staff.
    Staff {
        /// Which.
        id: StaffId,
        /// How they are shown.
        name: String,
    },
    /// A program with a token of the organisation, or the platform's.
    Token {
        /// Which.
        id: TokenId,
        /// The token's name.
        name: String,
    },
    /// An administrator of the platform.
    Admin {
        /// Which.
        id: AdminId,
        /// How they are shown.
        name: String,
    },
    /// The person who holds or bought the ticket.
    Customer {
        /// Who.
        id: CustomerId,
    },
    /// Whoever has the order's secret link.
    Buyer,
    /// A visitor of the shop.
    Public,
    /// The program itself: something was due.
    Program,
}

impl By {
    /// How they are shown: a name, or the kind.
    pub fn shown(&self) -> &str {
        match self {
            Self::Staff { name, .. } | Self::Token { name, .. } | Self::Admin { name, .. } => name,
            Self::Customer { .. } => "customer",
            Self::Buyer => "buyer",
            Self::Public => "public",
            Self::Program => "program",
        }
    }
}

/// A link to sign in with, sent by mail. Its secret is not kept: the row's key is the secret's hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignInLink {
    /// Whose.
    pub person: PersonId,
    /// After this it opens nothing.
    pub expires_at: Timestamp,
    /// Where it leads.
    #[serde(default)]
    pub to: Option<String>,
}

/// A browser that is signed in. Its secret is not kept: the row's key is the secret's hash.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BrowserSession {
    /// Who.
    pub person: PersonId,
    /// After this it opens nothing.
    pub expires_at: Timestamp,
}
