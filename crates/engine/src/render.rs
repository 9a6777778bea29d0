//! The port through which letters are written: the operations say what a letter is about, the faces say how it reads.

use std::fmt::Debug;

use domain::catalogue::{Event, Item};
use domain::organisations::Organisation;
use domain::values::Email;
pub use integrations::mail::Attachment;

use crate::orders::{OrderView, TicketView};

/// Writes what people read.
pub trait Render: Debug + Send + Sync + 'static {
    /// Writes a letter.
    fn letter(&self, contents: &LetterContents) -> Written;
}

/// What a letter is about, loaded when it is sent or looked at.
#[derive(Debug, Clone)]
pub enum LetterContents {
    /// A link to sign in with.
    SignIn {
        /// The secret of the link.
        secret: String,
        /// In whose name it is sent; the platform's without one.
        organisation: Option<Organisation>,
    },
    /// The tickets of an order, to its buyer.
    Tickets {
        /// What they are for.
        about: About,
        /// The order.
        order: Box<OrderView>,
    },
    /// One ticket, to its holder.
    Ticket {
        /// What it is for.
        about: About,
        /// The ticket.
        ticket: Box<TicketView>,
        /// The secret word of its link.
        word: String,
    },
    /// An order that is held until it is paid.
    Reserved {
        /// What it is for.
        about: About,
        /// The order.
        order: Box<OrderView>,
    },
}

/// An event, its organisation, and what its items are called.
#[derive(Debug, Clone)]
pub struct About {
    /// The organisation.
    pub organisation: Organisation,
    /// The event.
    pub event: Event,
    /// Its items, archived ones included.
    pub items: Vec<Item>,
}

/// A letter as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// In whose name, without the address.
    pub from_name: String,
    /// Where answers go.
    pub reply_to: Option<Email>,
    /// What it is about.
    pub subject: String,
    /// For readers without HTML; complete by itself.
    pub text: String,
    /// The same, to be looked at.
    pub html: String,
    /// What comes with it.
    pub attachments: Vec<Attachment>,
}
