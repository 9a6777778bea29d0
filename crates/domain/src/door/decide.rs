//! Deciding one scan: the verdict, in the order of the design's table, and what it uses and hands out.
//!
//! Pure: what is kept is passed in, read consistently; whoever writes the outcome makes sure that nothing of it changed
//! meanwhile, or decides again.

use jiff::{SignedDuration, Timestamp};

use super::{
    Action, Admitted, Alert, Claim, Door, Folded, Gate, Held, Mode, Proof, Scan, ScanRequest, ScanResult, Scanned,
    ScannedTicket, Verdict, VerdictWord, bands_due, fold,
};
use crate::people::By;
use crate::tickets::{Admission, Ticket, TicketStatus};
use crate::values::{Amount, Money};

/// Longest beginning of an unknown code that is kept: too little for a signature.
const KEPT_OF_A_CODE: usize = 64;

/// A scan that is asked for, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// What the device sent.
    pub request: &'a ScanRequest,
    /// The door it names.
    pub door: &'a Door,
    /// Who scans.
    pub by: &'a By,
    /// Whether they may go on in spite of a verdict.
    pub overrides: Overrides,
    /// Now.
    pub at: Timestamp,
}

/// Whether somebody may go on in spite of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overrides {
    /// Box office and above.
    Allowed,
    /// The door: an override that comes with the scan is kept, and changes nothing.
    NotAllowed,
}

/// What is kept of a ticket.
#[derive(Debug, Clone, Copy)]
pub struct Kept<'a> {
    /// The ticket; none if there is no such.
    pub ticket: Option<&'a Ticket>,
    /// All its scans, in any order.
    pub scans: &'a [Scan],
}

/// What is to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// The record, new.
    pub scan: Scan,
    /// The ticket with its scans folded anew, to be written with the record if nobody changed it meanwhile; none where
    /// the record alone is enough. Its `change` is still the old one.
    pub ticket: Option<Ticket>,
}

/// The record of a code that is no ticket of this event: unreadable, another event's, or forged.
pub fn refuse_code(gate: &Gate, asked: Asked<'_>, verdict: Verdict) -> Scan {
    let mut scan = record(gate, asked, verdict);
    if let Scanned::Barcode(text) = &asked.request.scanned {
        scan.barcode = Some(text.trim().chars().take(KEPT_OF_A_CODE).collect());
    }
    if scan.let_in {
        let verdict = scan.result.verdict.word();
        scan.result.alerts = vec![Alert::LetInDespite { scan: scan.side(), verdict }];
    }
    scan
}

/// Decides the scan of a ticket that is proved, as far as it is known here.
pub fn decide_scan(gate: &Gate, asked: Asked<'_>, proof: Proof, kept: Kept<'_>) -> Decision {
    let before = fold(kept.scans);
    let mut scan = match kept.ticket {
        None => record(gate, asked, no_ticket(proof)),
        Some(ticket) => Case { gate, asked, proof, ticket, before: &before }.decide(kept.scans),
    };
    scan.ticket = Some(proof.number);
    scan.generation = proof.barcode.map(|barcode| barcode.generation);
    let after = fold(kept.scans.iter().chain([&scan]));
    scan.result.alerts = after.alerts.iter().filter(|alert| !before.alerts.contains(alert)).cloned().collect();
    let ticket = kept.ticket.and_then(|ticket| {
        let folded = ticket.with_scans(&after);
        // What counts in the fold must collide with everything else that does, even if it changes nothing now.
        let counts = matches!(scan.action, Action::Undo { .. }) || (scan.let_in && !scan.claims.is_empty());
        (counts || folded != *ticket).then_some(folded)
    });
    Decision { scan, ticket }
}

fn no_ticket(proof: Proof) -> Verdict {
    // A key that was stolen makes barcodes of tickets that never were.
    if proof.barcode.is_some_and(|barcode| barcode.revoked) { Verdict::Reissued { at: None } } else { Verdict::Unknown }
}

/// One scan of a ticket that exists.
struct Case<'a> {
    gate: &'a Gate,
    asked: Asked<'a>,
    proof: Proof,
    ticket: &'a Ticket,
    before: &'a Folded,
}

impl Case<'_> {
    fn decide(&self, scans: &[Scan]) -> Scan {
        let mut scan = match &self.asked.request.action {
            Action::Entry | Action::Reentry => self.entry(),
            Action::Undo { undoes } => {
                let target = scans.iter().find(|scan| scan.id == *undoes);
                let mut scan = record(self.gate, self.asked, Verdict::Undone { found: target.is_some() });
                let freed = self.freed(scans, target);
                scan.result.items = freed;
                scan
            }
        };
        scan.result.ticket = Some(self.shown_ticket(&scan.result.verdict));
        scan
    }

    fn entry(&self) -> Scan {
        let not_good = self.not_good();
        let claims = if not_good.is_some() { Vec::new() } else { self.claims() };
        let fresh: Vec<Claim> = claims.iter().filter(|claim| self.use_of(**claim).is_none()).copied().collect();
        let verdict = not_good.unwrap_or_else(|| self.verdict(&claims, &fresh));
        let mut scan = record(self.gate, self.asked, verdict);
        scan.reentry = self.is_reentry();
        if let Verdict::AlreadyIn { first, .. } = &scan.result.verdict {
            scan.result.at = first.at;
        }
        let verdict = scan.result.verdict.word();
        if verdict == VerdictWord::Admitted {
            scan.result.items = fresh.iter().map(|claim| claim.item).collect();
        }
        if scan.let_in {
            scan.claims = claims;
        } else if verdict == VerdictWord::AlreadyIn {
            scan.claims = self.earlier_than_used(&claims);
        }
        if scan.let_in && !scan.claims.is_empty() {
            let due = bands_due(&self.gate.event.wristbands, &self.ticket.holdings());
            scan.bands = due.iter().map(|band| band.name.clone()).collect();
            if verdict == VerdictWord::Admitted {
                let new = due.into_iter().filter(|band| !self.before.wristbands.contains(&band.name));
                scan.result.wristbands = new.collect();
            }
        }
        scan
    }

    /// Why the ticket is none any more, or this barcode none of it. Never overridden.
    fn not_good(&self) -> Option<Verdict> {
        match self.ticket.status {
            TicketStatus::Void { at, by_refund: false } => return Some(Verdict::Void { at }),
            TicketStatus::Void { at, by_refund: true } => return Some(Verdict::Refunded { at }),
            TicketStatus::Transferred { at } => return Some(Verdict::Transferred { at }),
            TicketStatus::Active => {}
        }
        let barcode = self.proof.barcode?;
        if barcode.generation < self.ticket.generation {
            return Some(Verdict::Reissued { at: self.ticket.reissued_at });
        }
        // Newer than what is kept: signed by nobody who knows this ticket.
        (barcode.generation > self.ticket.generation).then(|| no_ticket(self.proof))
    }

    /// The first refusal that is not overridden, else the admission.
    fn verdict(&self, claims: &[Claim], fresh: &[Claim]) -> Verdict {
        let refusals = [self.unpaid(), self.not_included(claims), self.out_of_hours(), self.already_in(claims, fresh)];
        let mut despite = Vec::new();
        for refusal in refusals.into_iter().flatten() {
            if !self.overrides(refusal.word()) {
                return refusal;
            }
            despite.push(refusal.word());
        }
        let rate = self.gate.event.rate(&self.ticket.rate);
        Verdict::Admitted(Admitted {
            despite,
            again: fresh.is_empty() && !claims.is_empty(),
            proof_required: rate.is_some_and(|rate| rate.proof_required),
            notes: self.ticket.notes.clone(),
        })
    }

    fn unpaid(&self) -> Option<Verdict> {
        let due = self.ticket.due();
        (due > Amount::ZERO).then(|| Verdict::Unpaid { due: Money::new(due, self.ticket.currency) })
    }

    fn not_included(&self, claims: &[Claim]) -> Option<Verdict> {
        let held = |item| Held { item, name: self.gate.items.get(&item).map(|item| item.name.clone()) };
        let holds = || self.ticket.entitlements.iter().map(|entitlement| held(entitlement.item)).collect();
        claims.is_empty().then(|| Verdict::NotIncluded { holds: holds() })
    }

    fn out_of_hours(&self) -> Option<Verdict> {
        let door = self.asked.door;
        let tolerance = SignedDuration::from_mins(i64::from(door.tolerance_minutes));
        let scanned_at = self.asked.request.scanned_at;
        // How long before it opens, or after it closed.
        let beyond = |duration: SignedDuration| duration > tolerance;
        match (door.opens_at, door.closes_at) {
            (Some(opens_at), _) if beyond(opens_at.duration_since(scanned_at)) => Some(Verdict::TooEarly { opens_at }),
            (_, Some(closes_at)) if beyond(scanned_at.duration_since(closes_at)) => {
                Some(Verdict::TooLate { closes_at })
            }
            _ => None,
        }
    }

    fn already_in(&self, claims: &[Claim], fresh: &[Claim]) -> Option<Verdict> {
        if !fresh.is_empty() || self.is_reentry() {
            return None;
        }
        let first = claims.iter().filter_map(|claim| self.use_of(*claim)).min_by_key(|admission| admission.at)?;
        Some(Verdict::AlreadyIn { first: first.clone(), reentry: self.asked.door.reentry })
    }

    fn is_reentry(&self) -> bool {
        self.asked.request.action == Action::Reentry && self.asked.door.reentry
    }

    fn overrides(&self, verdict: VerdictWord) -> bool {
        let overriding = self.asked.request.overriding.as_ref();
        overriding.is_some_and(|overriding| overriding.verdict.is_none_or(|shown| shown == verdict))
            && self.asked.overrides == Overrides::Allowed
            && verdict.can_be_overridden()
    }

    /// What the scan would use if it were the ticket's first: every item of the door that the ticket holds.
    fn claims(&self) -> Vec<Claim> {
        let today = self.gate.festival_day(self.asked.request.scanned_at);
        let items = self.ticket.entitlements.iter().map(|entitlement| entitlement.item);
        let here = items.filter(|item| self.asked.door.items.contains(item) && self.gate.is_used_at_doors(*item));
        here.map(|item| Claim { item, day: self.gate.is_daily(item).then_some(today) }).collect()
    }

    /// The use that stands in the way of a claim.
    fn use_of(&self, claim: Claim) -> Option<&Admission> {
        // An item that was made daily, or no longer is, may have been used in the other way before.
        let day_of = |admission: &Admission| admission.day.unwrap_or_else(|| self.gate.festival_day(admission.at));
        let in_the_way = |admission: &&Admission| claim.day.is_none_or(|day| day_of(admission) == day);
        self.before.admission(claim).or_else(|| self.before.admissions(claim.item).find(in_the_way))
    }

    /// Of the claims of a refused scan, those that were scanned before the use that refused them. They let nobody in,
    /// but the earliest corrected time is the admission's, whichever record came first.
    fn earlier_than_used(&self, claims: &[Claim]) -> Vec<Claim> {
        let ScanRequest { id, scanned_at, .. } = self.asked.request;
        let earlier = |claim: &&Claim| self.before.is_used_after(**claim, *scanned_at, id);
        claims.iter().filter(earlier).copied().collect()
    }

    /// The items that an undo makes usable again, in the ticket's order.
    fn freed(&self, scans: &[Scan], target: Option<&Scan>) -> Vec<crate::values::ItemId> {
        let Some(target) = target else { return Vec::new() };
        let rest = fold(scans.iter().filter(|scan| scan.id != target.id));
        let freed = target
            .claims
            .iter()
            .filter(|claim| self.before.admission(**claim).is_some() && rest.admission(**claim).is_none());
        freed.map(|claim| claim.item).collect()
    }

    fn shown_ticket(&self, verdict: &Verdict) -> ScannedTicket {
        let gone = matches!(verdict.word(), VerdictWord::Reissued | VerdictWord::Transferred | VerdictWord::Unknown);
        ScannedTicket {
            number: self.ticket.number,
            full_name: self.ticket.full_name.clone().filter(|_| !gone),
            rate: self.ticket.rate.clone(),
            role: self.ticket.role,
        }
    }
}

/// The record of a verdict, without what it uses.
fn record(gate: &Gate, asked: Asked<'_>, verdict: Verdict) -> Scan {
    let Asked { request, door, by, at, .. } = asked;
    let (verdict, let_in) = let_in(request, verdict);
    Scan {
        id: request.id.clone(),
        event: gate.event.event.clone(),
        ticket: None,
        generation: None,
        barcode: None,
        door: door.id,
        door_name: door.name.clone(),
        device: request.device.clone(),
        action: request.action.clone(),
        scanned_at: request.scanned_at,
        recorded_at: at,
        mode: request.mode,
        shown: request.shown,
        overriding: request.overriding.clone(),
        by: by.clone(),
        let_in,
        reentry: false,
        claims: Vec::new(),
        bands: Vec::new(),
        result: ScanResult {
            verdict,
            at: request.scanned_at,
            ticket: None,
            items: Vec::new(),
            wristbands: Vec::new(),
            alerts: Vec::new(),
        },
    }
}

/// Did somebody go in? The server's word counts where the device waited for it; else what the device had shown.
fn let_in(request: &ScanRequest, verdict: Verdict) -> (Verdict, bool) {
    if matches!(request.action, Action::Undo { .. }) {
        return (verdict, false);
    }
    match request.shown {
        Some(VerdictWord::Admitted) => (verdict, true),
        Some(shown) if verdict.is_admitted() => (Verdict::Shown { verdict: shown }, false),
        Some(_) => (verdict, false),
        None => {
            let let_in = verdict.is_admitted() || request.mode == Mode::Offline;
            (verdict, let_in)
        }
    }
}

#[cfg(test)]
mod late_tests;
#[cfg(test)]
mod tests;
