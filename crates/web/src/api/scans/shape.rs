//! What a device is answered.

use domain::door::{ScanResult, ScannedTicket, Verdict};
use domain::values::{Faults, Text};
use engine::door::ScanAnswer;
use schemars::JsonSchema;
use serde::Serialize;

use crate::answer::{At, MoneyShown};
use crate::api::doors::WristbandShown;
use crate::problem::words;
use crate::texts::Texts;
use crate::wording::money;

/// The answers, in the order of the records.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScanResults")]
pub struct ResultsShown {
    results: Vec<ResultShown>,
}

/// What a record is answered with.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScanResult")]
pub struct ResultShown {
    /// As it was sent.
    id: Option<String>,
    /// `admitted`, `already_in`, …, or `invalid` for what is no record.
    verdict: &'static str,
    /// The instant of the admission, else of the scan; null for what is no record.
    at: Option<At>,
    ticket: Option<TicketOnScreen>,
    /// What this scan used.
    items: Vec<String>,
    /// What is to be handed out now.
    wristbands: Vec<WristbandShown>,
    /// In plain English.
    detail: String,
    #[serde(skip_serializing_if = "Facts::are_none")]
    facts: Facts,
}

/// Whose ticket it is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "ScannedTicket")]
struct TicketOnScreen {
    number: String,
    full_name: Option<String>,
    rate: String,
    role: Option<&'static str>,
}

/// What a verdict is about, for a program's own words.
#[derive(Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "VerdictFacts")]
struct Facts {
    /// `unpaid`: what is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<MoneyShown>,
    /// `void`, `refunded`, `transferred`, `reissued`: since when. `already_in`: first admitted when.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<At>,
    /// `already_in`: at which door.
    #[serde(skip_serializing_if = "Option::is_none")]
    door: Option<String>,
    /// `already_in`: by whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// `already_in`: the door lets people out and in again.
    #[serde(skip_serializing_if = "Option::is_none")]
    reentry: Option<bool>,
    /// `not_included`: what the ticket admits to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    holds: Vec<String>,
    /// `wrong_event`: the other event's slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
    /// `too_early`.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens_at: Option<At>,
    /// `too_late`.
    #[serde(skip_serializing_if = "Option::is_none")]
    closes_at: Option<At>,
    /// `admitted`: the rate asks for proof.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof_required: Option<bool>,
    /// `admitted`: what staff noted on the ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    /// `admitted`: in spite of these verdicts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    despite: Vec<&'static str>,
    /// How many things staff must look at because of this scan.
    #[serde(skip_serializing_if = "Option::is_none")]
    alerts: Option<usize>,
}

impl ResultsShown {
    /// The answers to records with these identifiers.
    pub fn of<'a>(answers: impl Iterator<Item = (Option<&'a str>, &'a ScanAnswer)>) -> Self {
        let results = answers.map(|(id, answer)| match answer {
            ScanAnswer::Recorded(result) => ResultShown::of(id, result),
            ScanAnswer::Invalid(faults) => ResultShown::invalid(id, faults),
        });
        Self { results: results.collect() }
    }
}

impl ResultShown {
    /// Of what was recorded.
    pub fn of(id: Option<&str>, result: &ScanResult) -> Self {
        Self {
            id: id.map(str::to_owned),
            verdict: result.verdict.word().word(),
            at: Some(At(result.at)),
            ticket: result.ticket.as_ref().map(TicketOnScreen::of),
            items: result.items.iter().map(ToString::to_string).collect(),
            wristbands: result.wristbands.iter().map(WristbandShown::of).collect(),
            detail: sentence(&result.verdict),
            facts: Facts::of(result),
        }
    }

    fn invalid(id: Option<&str>, faults: &Faults) -> Self {
        let told = faults.list().iter().map(|fault| format!("{} {}", fault.at, words(&fault.wrong).1));
        Self {
            id: id.map(str::to_owned),
            verdict: "invalid",
            at: None,
            ticket: None,
            items: Vec::new(),
            wristbands: Vec::new(),
            detail: told.collect::<Vec<_>>().join(" ").trim().to_owned(),
            facts: Facts::default(),
        }
    }
}

impl TicketOnScreen {
    fn of(ticket: &ScannedTicket) -> Self {
        Self {
            number: ticket.number.to_string(),
            full_name: ticket.full_name.as_ref().map(ToString::to_string),
            rate: ticket.rate.to_string(),
            role: ticket.role.map(domain::catalogue::Role::word),
        }
    }
}

impl Facts {
    fn are_none(&self) -> bool {
        *self == Self::default()
    }

    fn of(result: &ScanResult) -> Self {
        let alerts = Some(result.alerts.len()).filter(|alerts| *alerts > 0);
        let facts = Self { alerts, ..Self::default() };
        match &result.verdict {
            Verdict::Unreadable
            | Verdict::Forged
            | Verdict::Unknown
            | Verdict::Undone { .. }
            | Verdict::Shown { .. } => facts,
            Verdict::WrongEvent { event } => {
                Self { event: event.as_ref().map(|event| event.slug.to_string()), ..facts }
            }
            Verdict::Void { at } | Verdict::Refunded { at } | Verdict::Transferred { at } => {
                Self { since: Some(At(*at)), ..facts }
            }
            Verdict::Reissued { at } => Self { since: at.map(At), ..facts },
            Verdict::Unpaid { due } => Self { due: Some(MoneyShown::new(due.amount, due.currency)), ..facts },
            Verdict::NotIncluded { holds } => {
                Self { holds: holds.iter().map(|held| held.item.to_string()).collect(), ..facts }
            }
            Verdict::TooEarly { opens_at } => Self { opens_at: Some(At(*opens_at)), ..facts },
            Verdict::TooLate { closes_at } => Self { closes_at: Some(At(*closes_at)), ..facts },
            Verdict::AlreadyIn { first, reentry } => Self {
                since: Some(At(first.at)),
                door: Some(first.door_name.to_string()),
                by: Some(first.by.clone()),
                reentry: Some(*reentry),
                ..facts
            },
            Verdict::Admitted(admitted) => Self {
                proof_required: admitted.proof_required.then_some(true),
                notes: Some(admitted.notes.to_string()).filter(|notes| !notes.is_empty()),
                despite: admitted.despite.iter().map(|verdict| verdict.word()).collect(),
                ..facts
            },
        }
    }
}

/// A verdict in plain English. Screens at the door have words of their own, in their reader's language.
fn sentence(verdict: &Verdict) -> String {
    let at = |instant: &jiff::Timestamp| At(*instant).to_string();
    match verdict {
        Verdict::Unreadable => "This is no ticket of ours, or it is broken.".to_owned(),
        Verdict::WrongEvent { event: Some(event) } => format!("This is a ticket for {}.", event.title),
        Verdict::WrongEvent { event: None } => "This is not a ticket for this event.".to_owned(),
        Verdict::Forged => "The signature does not hold.".to_owned(),
        Verdict::Unknown => "There is no such ticket.".to_owned(),
        Verdict::Void { at: since } => format!("The ticket is void since {}.", at(since)),
        Verdict::Refunded { at: since } => format!("The ticket was refunded at {}.", at(since)),
        Verdict::Transferred { at: since } => format!("The ticket went to another event at {}.", at(since)),
        Verdict::Reissued { at: Some(since) } => format!("There is a newer barcode since {}.", at(since)),
        Verdict::Reissued { at: None } => "There is a newer barcode.".to_owned(),
        Verdict::Unpaid { due } => format!("{} is due.", money(Texts::default(), *due)),
        Verdict::NotIncluded { holds } => {
            let names: Vec<&str> = holds.iter().filter_map(|held| held.name.as_ref()).map(Text::as_str).collect();
            match names.as_slice() {
                [] => "The ticket does not admit here.".to_owned(),
                names => format!("The ticket does not admit here, but to: {}.", names.join(", ")),
            }
        }
        Verdict::TooEarly { opens_at } => format!("The door opens at {}.", at(opens_at)),
        Verdict::TooLate { closes_at } => format!("The door closed at {}.", at(closes_at)),
        Verdict::AlreadyIn { first, .. } => {
            format!("Came in at {}, at {}, let in by {}.", at(&first.at), first.door_name, first.by)
        }
        Verdict::Admitted(admitted) if admitted.again => "Comes in again.".to_owned(),
        Verdict::Admitted(_) => "Comes in.".to_owned(),
        Verdict::Undone { found: true } => "The scan was taken back.".to_owned(),
        Verdict::Undone { found: false } => "The scan will be taken back when its record comes.".to_owned(),
        Verdict::Shown { verdict } => format!("The device had said {}; nothing was used.", verdict.word()),
    }
}
