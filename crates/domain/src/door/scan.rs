//! A scan: an immutable record of what a device saw, and of what it was told.
//!
//! Knows what is kept of a scan. Does not decide ([`super::decide`]) and does not say what all scans of a ticket amount
//! to ([`super::fold`]).

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Alert, Verdict, VerdictWord, Wristband};
use crate::catalogue::{EventRef, RateId, Role};
use crate::people::By;
use crate::values::{DoorId, Faults, ItemId, Pointer, Text, TicketNumber, Title, Wrong};

/// A scan's identity, made on the device: 8 to 64 of `A–Z a–z 0–9 _ -`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScanId(Box<str>);

/// A text that is no scan's identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a scan's identifier: 8 to 64 letters, digits, hyphens and underscores")]
pub struct NotAScanId;

/// A device's label: 1 to 64 characters.
pub type Device = Text<64>;

/// Why somebody was let in although a verdict said otherwise.
pub type OverrideReason = Text<200>;

/// What was held before the device, or picked from a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scanned {
    /// The text of a code, whatever it is.
    Barcode(String),
    /// A ticket that staff found by name, address or number.
    Ticket(TicketNumber),
}

/// What the scan is meant to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Lets in.
    Entry,
    /// Lets in again who went out.
    Reentry,
    /// Takes back what another scan of the same ticket did.
    Undo {
        /// Which.
        undoes: ScanId,
    },
}

/// Who decided, and how the ticket was known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The device waited for the server's word.
    Online,
    /// The device decided alone, and the record came later.
    Offline,
    /// Staff picked the ticket from a list.
    ByHand,
}

/// Going on in spite of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Override {
    /// Why.
    pub reason: OverrideReason,
    /// The verdict that was on the screen; then only this one is overridden. None: any that can be.
    #[serde(default)]
    pub verdict: Option<VerdictWord>,
}

/// A scan as a device sends it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanRequest {
    /// Its identity.
    pub id: ScanId,
    /// What was scanned.
    pub scanned: Scanned,
    /// Where.
    pub door: DoorId,
    /// On which device.
    pub device: Device,
    /// To do what.
    pub action: Action,
    /// When, by the device's corrected clock.
    pub scanned_at: Timestamp,
    /// How it was decided.
    pub mode: Mode,
    /// What the device showed before the server was asked. None of an offline scan means that it let in.
    pub shown: Option<VerdictWord>,
    /// Goes on in spite of a verdict.
    pub overriding: Option<Override>,
}

/// A scan as it is kept. It never changes; taking it back is another record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scan {
    /// Its identity: the first record with it counts.
    pub id: ScanId,
    /// At which event.
    pub event: EventRef,
    /// Of which ticket; none where it could not be told, or was not proved.
    #[serde(default)]
    pub ticket: Option<TicketNumber>,
    /// The generation that its barcode said.
    #[serde(default)]
    pub generation: Option<u16>,
    /// How the text of the code begins, where no ticket is known; too little of it to admit anybody.
    #[serde(default)]
    pub barcode: Option<String>,
    /// Where.
    pub door: DoorId,
    /// The door's name then.
    pub door_name: Title,
    /// On which device.
    pub device: Device,
    /// What it was meant to do.
    pub action: Action,
    /// When, by the device's corrected clock.
    pub scanned_at: Timestamp,
    /// When it came to be kept here.
    pub recorded_at: Timestamp,
    /// How it was decided.
    pub mode: Mode,
    /// What the device showed before the server was asked.
    #[serde(default)]
    pub shown: Option<VerdictWord>,
    /// In spite of what, and why.
    #[serde(default)]
    pub overriding: Option<Override>,
    /// Who scanned.
    pub by: By,
    /// Somebody went in because of it: the server said so, or the device did and the server only heard of it.
    pub let_in: bool,
    /// Meant as a re-entry, at a door that permitted it.
    #[serde(default)]
    pub reentry: bool,
    /// What it uses, if no earlier scan did: each item of the door that the ticket held. Does not depend on other scans.
    #[serde(default)]
    pub claims: Vec<Claim>,
    /// The bands that the ticket was due in all, handed out unless an earlier scan did. Does not depend on other scans.
    #[serde(default)]
    pub bands: Vec<Text<60>>,
    /// What was answered.
    pub result: ScanResult,
}

/// One use of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// Which.
    pub item: ItemId,
    /// The festival day, if the item can be used once each day.
    #[serde(default)]
    pub day: Option<Date>,
}

/// What a scan is answered with; the same, byte for byte, each time its record comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScanResult {
    /// What the screen says.
    pub verdict: Verdict,
    /// The admission's instant, of an admitted ticket and of one that is in already; else the scan's.
    pub at: Timestamp,
    /// Whose ticket.
    #[serde(default)]
    pub ticket: Option<ScannedTicket>,
    /// What this scan used; of an undo, what can be used again. In the ticket's order.
    #[serde(default)]
    pub items: Vec<ItemId>,
    /// What is to be handed out now, in the order of the rules.
    #[serde(default)]
    pub wristbands: Vec<Wristband>,
    /// What staff must know because of this scan: who was let in twice, or against the server's word.
    #[serde(default)]
    pub alerts: Vec<Alert>,
}

/// A ticket as a screen at the door shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScannedTicket {
    /// Which.
    pub number: TicketNumber,
    /// Whose, if it was given; never of a ticket that has another owner now.
    #[serde(default)]
    pub full_name: Option<Title>,
    /// At which rate.
    pub rate: RateId,
    /// In which role.
    #[serde(default)]
    pub role: Option<Role>,
}

impl ScanId {
    /// Most characters.
    pub const MAX: usize = 64;
    /// Fewest characters.
    pub const MIN: usize = 8;

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ScanId {
    type Err = NotAScanId;

    fn from_str(text: &str) -> Result<Self, NotAScanId> {
        let letters = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
        if letters && (Self::MIN..=Self::MAX).contains(&text.len()) { Ok(Self(text.into())) } else { Err(NotAScanId) }
    }
}

impl TryFrom<String> for ScanId {
    type Error = NotAScanId;

    fn try_from(text: String) -> Result<Self, NotAScanId> {
        text.parse()
    }
}

impl From<ScanId> for String {
    fn from(id: ScanId) -> Self {
        id.0.into()
    }
}

impl fmt::Display for ScanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ScanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Action {
    /// The word for it, as in requests and answers.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Reentry => "reentry",
            Self::Undo { .. } => "undo",
        }
    }
}

impl Mode {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Online, Self::Offline, Self::ByHand];

    /// The word for it, as in requests and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::ByHand => "by_hand",
        }
    }
}

impl ScanRequest {
    /// What is wrong with it as it is: the number of a ticket identifies and does not admit by machine.
    pub fn check(&self) -> Faults {
        let by_machine = matches!(self.scanned, Scanned::Ticket(_)) && self.mode != Mode::ByHand;
        match self.action {
            Action::Entry | Action::Reentry if by_machine => {
                let by_hand = vec![Mode::ByHand.word().to_owned()];
                Faults::one(Pointer::to("mode"), Wrong::NotOneOf(by_hand))
            }
            Action::Entry | Action::Reentry | Action::Undo { .. } => Faults::none(),
        }
    }
}

impl Scan {
    /// It went on in spite of a verdict, and was allowed to.
    pub fn is_override(&self) -> bool {
        matches!(&self.result.verdict, Verdict::Admitted(admitted) if !admitted.despite.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_8_to_64_letters_digits_hyphens_and_underscores() {
        for good in ["12345678", "a_B-9zzz", &"x".repeat(64)] {
            assert!(good.parse::<ScanId>().is_ok(), "{good}");
        }
        for bad in ["", "1234567", &"x".repeat(65), "1234567#", "1234567 ", "12345678\n", "ñandu1234"] {
            assert_eq!(bad.parse::<ScanId>(), Err(NotAScanId), "{bad:?}");
        }
    }

    #[test]
    fn the_words_of_modes_and_actions_are_those_that_are_kept() {
        for mode in Mode::ALL {
            assert_eq!(serde_json::to_value(mode).unwrap(), mode.word());
        }
        assert_eq!(serde_json::to_value(Action::Reentry).unwrap(), Action::Reentry.word());
    }

    #[test]
    fn a_number_alone_never_admits_by_machine() {
        let id = "ticket-by-machine".parse().unwrap();
        let number = TicketNumber(crate::values::Ksuid::from_bytes([1; 20]));
        let mut request = ScanRequest {
            id,
            scanned: Scanned::Ticket(number),
            door: DoorId(crate::values::Ksuid::from_bytes([2; 20])),
            device: "phone".parse().unwrap(),
            action: Action::Entry,
            scanned_at: Timestamp::UNIX_EPOCH,
            mode: Mode::Online,
            shown: None,
            overriding: None,
        };
        assert!(!request.check().is_empty());
        request.mode = Mode::Offline;
        assert!(!request.check().is_empty());
        request.action = Action::Undo { undoes: "the-other".parse().unwrap() };
        assert!(request.check().is_empty());
        request.action = Action::Reentry;
        request.mode = Mode::ByHand;
        assert!(request.check().is_empty());
    }
}
