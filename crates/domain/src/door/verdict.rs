//! Verdicts: what the screen at the door says, with the facts in it. The words for people are written elsewhere.
//!
//! The order of [`VerdictWord`] is the order of the design's table ("The verdict"): the first that applies is shown.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::tickets::Admission;
use crate::values::{ItemId, Money, Prose, Slug, Title};

/// What one scan came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// None of our codes, or a broken one.
    Unreadable,
    /// Another event's.
    WrongEvent {
        /// Which, where its signature is good and the event is this organisation's.
        #[serde(default)]
        event: Option<OtherEvent>,
    },
    /// The signature does not hold.
    Forged,
    /// A good signature, and no such ticket.
    Unknown,
    /// Made void by hand.
    Void {
        /// When.
        at: Timestamp,
    },
    /// Made void by a refund.
    Refunded {
        /// When.
        at: Timestamp,
    },
    /// Gone to another event.
    Transferred {
        /// When.
        at: Timestamp,
    },
    /// An older barcode of a ticket that has a newer one.
    Reissued {
        /// Since when, where it is known.
        #[serde(default)]
        at: Option<Timestamp>,
    },
    /// Not paid in full.
    Unpaid {
        /// What is due.
        due: Money,
    },
    /// Nothing that this door admits to is on the ticket.
    NotIncluded {
        /// What is, in the ticket's order.
        holds: Vec<Held>,
    },
    /// Before the door opens.
    TooEarly {
        /// When it does, without tolerance.
        opens_at: Timestamp,
    },
    /// After the door closed.
    TooLate {
        /// When it did, without tolerance.
        closes_at: Timestamp,
    },
    /// All that this door admits to was used before.
    AlreadyIn {
        /// When, where and by whom first.
        first: Admission,
        /// The door lets people out and in again.
        reentry: bool,
    },
    /// Comes in.
    Admitted(Admitted),
    /// An earlier scan was taken back, or will be when its record comes.
    Undone {
        /// That scan has been recorded already.
        found: bool,
    },
    /// The server would let in, but the device had refused: nothing was used.
    Shown {
        /// What the device showed.
        verdict: VerdictWord,
    },
}

/// How somebody comes in.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Admitted {
    /// In spite of these verdicts, each overridden with the scan's reason.
    #[serde(default)]
    pub despite: Vec<VerdictWord>,
    /// Had been in before, and comes back.
    #[serde(default)]
    pub again: bool,
    /// The rate asks for proof: a student's card.
    #[serde(default)]
    pub proof_required: bool,
    /// What staff noted on the ticket.
    #[serde(default, skip_serializing_if = "Prose::is_empty")]
    pub notes: Prose,
}

/// Another event of the same organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherEvent {
    /// Its slug.
    pub slug: Slug,
    /// Its name.
    pub title: Title,
}

/// An item that a ticket admits to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub item: ItemId,
    /// Its name, while it is known.
    #[serde(default)]
    pub name: Option<Title>,
}

/// A verdict without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VerdictWord {
    /// `unreadable`
    Unreadable,
    /// `wrong_event`
    WrongEvent,
    /// `forged`
    Forged,
    /// `unknown`
    Unknown,
    /// `void`
    Void,
    /// `refunded`
    Refunded,
    /// `transferred`
    Transferred,
    /// `reissued`
    Reissued,
    /// `unpaid`
    Unpaid,
    /// `not_included`
    NotIncluded,
    /// `too_early`
    TooEarly,
    /// `too_late`
    TooLate,
    /// `already_in`
    AlreadyIn,
    /// `admitted`
    Admitted,
    /// `undone`: what an undo is answered with.
    Undone,
}

impl VerdictWord {
    /// All of them, in the order in which they are looked for.
    pub const ALL: [Self; 15] = [
        Self::Unreadable,
        Self::WrongEvent,
        Self::Forged,
        Self::Unknown,
        Self::Void,
        Self::Refunded,
        Self::Transferred,
        Self::Reissued,
        Self::Unpaid,
        Self::NotIncluded,
        Self::TooEarly,
        Self::TooLate,
        Self::AlreadyIn,
        Self::Admitted,
        Self::Undone,
    ];

    /// The word, as in requests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::WrongEvent => "wrong_event",
            Self::Forged => "forged",
            Self::Unknown => "unknown",
            Self::Void => "void",
            Self::Refunded => "refunded",
            Self::Transferred => "transferred",
            Self::Reissued => "reissued",
            Self::Unpaid => "unpaid",
            Self::NotIncluded => "not_included",
            Self::TooEarly => "too_early",
            Self::TooLate => "too_late",
            Self::AlreadyIn => "already_in",
            Self::Admitted => "admitted",
            Self::Undone => "undone",
        }
    }

    /// The verdict of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// Box office and above may go on in spite of it.
    pub fn can_be_overridden(self) -> bool {
        match self {
            Self::Unpaid | Self::NotIncluded | Self::TooEarly | Self::TooLate | Self::AlreadyIn => true,
            Self::Unreadable
            | Self::WrongEvent
            | Self::Forged
            | Self::Unknown
            | Self::Void
            | Self::Refunded
            | Self::Transferred
            | Self::Reissued
            | Self::Admitted
            | Self::Undone => false,
        }
    }
}

impl Verdict {
    /// Its word.
    pub fn word(&self) -> VerdictWord {
        match self {
            Self::Unreadable => VerdictWord::Unreadable,
            Self::WrongEvent { .. } => VerdictWord::WrongEvent,
            Self::Forged => VerdictWord::Forged,
            Self::Unknown => VerdictWord::Unknown,
            Self::Void { .. } => VerdictWord::Void,
            Self::Refunded { .. } => VerdictWord::Refunded,
            Self::Transferred { .. } => VerdictWord::Transferred,
            Self::Reissued { .. } => VerdictWord::Reissued,
            Self::Unpaid { .. } => VerdictWord::Unpaid,
            Self::NotIncluded { .. } => VerdictWord::NotIncluded,
            Self::TooEarly { .. } => VerdictWord::TooEarly,
            Self::TooLate { .. } => VerdictWord::TooLate,
            Self::AlreadyIn { .. } => VerdictWord::AlreadyIn,
            Self::Admitted(_) => VerdictWord::Admitted,
            Self::Undone { .. } => VerdictWord::Undone,
            Self::Shown { verdict } => *verdict,
        }
    }

    /// Somebody comes in.
    pub fn is_admitted(&self) -> bool {
        self.word() == VerdictWord::Admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_verdicts_are_one_to_one_and_in_order() {
        assert!(VerdictWord::ALL.is_sorted());
        for verdict in VerdictWord::ALL {
            assert_eq!(VerdictWord::of_word(verdict.word()), Some(verdict));
            assert_eq!(serde_json::to_value(verdict).unwrap(), verdict.word());
        }
        assert_eq!(VerdictWord::of_word("invalid"), None);
    }

    #[test]
    fn what_is_forged_void_or_another_s_can_never_be_overridden() {
        let may: Vec<_> = VerdictWord::ALL.into_iter().filter(|word| word.can_be_overridden()).collect();
        let (unpaid, already_in) = (VerdictWord::Unpaid, VerdictWord::AlreadyIn);
        assert_eq!(may, [unpaid, VerdictWord::NotIncluded, VerdictWord::TooEarly, VerdictWord::TooLate, already_in]);
    }
}
