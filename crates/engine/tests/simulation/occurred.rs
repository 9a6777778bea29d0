//! How often what is simulated did occur, so that a simulation in which something never does is noticed.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::door::{Action, Mode, Scan, VerdictWord};
use domain::orders::{Order, OrderState};
use domain::tickets::{StatusWord, Ticket};
use domain::values::{Fault, Obstacle, Wrong};

use crate::organiser::{ARCHIVED, Edit, REMOVED};
use crate::records::Outcome;
use crate::world::{Place, World};

/// Counts by what they are of.
#[derive(Debug, Default, PartialEq)]
pub struct Occurred(BTreeMap<&'static str, usize>);

impl Occurred {
    /// What occurred in a world.
    pub async fn count(world: &World) -> Self {
        let orders: Vec<Order> = world.kept().await;
        let tickets: Vec<Ticket> = world.kept().await;
        let scans: Vec<Scan> = world.kept().await;
        let records = world.records.borrow();
        let mails = world.post.taken();
        let in_state = |state| orders.iter().filter(|order| order.state == state).count();
        let with_verdict = |word| scans.iter().filter(|scan| scan.result.verdict.word() == word).count();
        let placed =
            |is_it: fn(&Outcome) -> bool| records.placed.iter().filter(|placed| is_it(&placed.outcome)).count();
        let letters: std::collections::BTreeSet<_> = mails.iter().map(|mail| &mail.message_id).collect();
        let mut occurred = BTreeMap::from([
            ("servers that died", usize::try_from(world.crashes.get()).unwrap()),
            ("audits", records.audits),
            ("orders that were fulfilled", in_state(OrderState::Fulfilled)),
            ("orders that expired", in_state(OrderState::Expired)),
            ("orders that were cancelled", in_state(OrderState::Cancelled)),
            ("orders of 25 tickets and more", orders.iter().filter(|order| order.issued >= 25).count()),
            ("orders that were sold out", placed(|outcome| matches!(outcome, Outcome::Refused(Refusal::SoldOut(_))))),
            ("orders that nobody answered for", placed(|outcome| *outcome == Outcome::Unknown)),
            ("payments", records.paid.iter().filter(|paid| paid.outcome.is_done()).count()),
            ("tickets that were made void", tickets.iter().filter(|t| t.status_word() == StatusWord::Void).count()),
            ("tickets that were reissued", tickets.iter().filter(|ticket| ticket.generation > 1).count()),
            ("scans that admitted", with_verdict(VerdictWord::Admitted)),
            ("scans of who is in already", with_verdict(VerdictWord::AlreadyIn)),
            ("scans of old barcodes", with_verdict(VerdictWord::Reissued)),
            ("scans that were taken back", scans.iter().filter(|scan| scan.action != Action::Entry).count()),
            ("scans offline", scans.iter().filter(|scan| scan.mode == Mode::Offline).count()),
            ("letters", letters.len()),
            ("copies of letters", mails.len() - letters.len()),
        ]);
        occurred.extend(edits(&records.edits));
        if world.place == Place::Cloud {
            occurred.insert("raises", records.raised.iter().filter(|outcome| outcome.is_done()).count());
            occurred.insert("limits that had to wait", refused_for(&records.edits, Obstacle::BeingCounted));
        }
        Self(occurred)
    }

    pub fn add(&mut self, other: &Self) {
        for (what, times) in &other.0 {
            *self.0.entry(what).or_default() += times;
        }
    }

    /// What never occurred.
    pub fn never(&self) -> Vec<&'static str> {
        self.0.iter().filter(|(_, times)| **times == 0).map(|(what, _)| *what).collect()
    }
}

/// What became of what organisers wanted.
fn edits(edits: &[(Edit, Outcome)]) -> [(&'static str, usize); 9] {
    let done = |is_it: fn(&Edit) -> bool| edits.iter().filter(|(edit, told)| told.is_done() && is_it(edit)).count();
    let answered = |word| edits.iter().filter(|(_, told)| *told == Outcome::Done(String::from(word))).count();
    let below_sold =
        |(_, told): &&(Edit, Outcome)| faults(told).iter().any(|fault| matches!(fault.wrong, Wrong::BelowSold(_)));
    [
        ("edits", done(|_| true)),
        ("edits that others overtook", refused_for(edits, Obstacle::ChangedMeanwhile)),
        ("edits that nobody answered for", edits.iter().filter(|(_, told)| *told == Outcome::Unknown).count()),
        ("limits that were lifted", done(Edit::lifts)),
        ("limits below what is sold", edits.iter().filter(below_sold).count()),
        ("counted steps that were set", done(|edit| edit.steps().is_some_and(|steps| !steps.is_empty()))),
        ("counted steps that were removed", done(|edit| edit.steps().is_some_and(<[u32]>::is_empty))),
        ("things that were put away", answered(ARCHIVED)),
        ("things that were removed", answered(REMOVED)),
    ]
}

fn refused_for(edits: &[(Edit, Outcome)], why: Obstacle) -> usize {
    edits.iter().filter(|(_, told)| faults(told).iter().any(|fault| fault.wrong == Wrong::State(why))).count()
}

fn faults(told: &Outcome) -> &[Fault] {
    match told {
        Outcome::Refused(Refusal::Invalid(faults) | Refusal::Changed(faults)) => faults.list(),
        Outcome::Refused(_) | Outcome::Done(_) | Outcome::Unknown => &[],
    }
}
