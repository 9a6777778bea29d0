//! Recording scans: up to 200 at once, each decided on what is kept of its ticket, and on disk before it is answered.
//!
//! A scan is its own operation: a record that comes again is answered as it was the first time. What is refused is one
//! write; what counts for the ticket is two, of which the ticket's makes two doors collide: the slower one reads again.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::door::{
    Asked, Gate, Kept, OtherEvent, Overrides, Proof, Scan, ScanId, ScanRequest, ScanResult, Scanned, Seen, Verdict,
    decide_scan, refuse_code,
};
use domain::people::Permission;
use domain::tickets::{SignedPayload, Ticket};
use domain::values::{Faults, Pointer, Slug, TicketNumber, Wrong};
use futures_util::future::join;
use futures_util::{StreamExt as _, stream};
use store::lookups;
use store::record::{Record as _, Stored, create};

use crate::Engine;
use crate::catalogue::needs;
use crate::commit::{ATTEMPTS, Committed};
use crate::figures;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};
use crate::tickets::EventKeys;

/// Most scans of one request.
pub const MOST_SCANS: usize = 200;

/// How many tickets are worked on side by side, so that their writes share a commit.
const AT_ONCE: usize = 32;

/// What one record of a request is answered with.
#[derive(Debug, Clone, PartialEq)]
pub enum ScanAnswer {
    /// It is kept. A refusal is a verdict.
    Recorded(Box<ScanResult>),
    /// It is no scan, and is not kept: every fault, with pointers into the record.
    Invalid(Faults),
}

/// What all scans of a request have in common.
pub(super) struct Counter<'a> {
    scope: &'a StaffScope,
    event: EventRef,
    gate: Arc<Gate>,
    keys: Arc<EventKeys>,
}

impl Engine {
    /// Records scans, and answers them in their order. What was wrong with a record already, before it could become a
    /// request, is handed in as faults, and answered as [`ScanAnswer::Invalid`]; it never spoils the rest.
    ///
    /// Scans of one ticket are decided in their order. When this fails some may have been recorded: send all again,
    /// with the same identifiers, and those are answered as they were. One ticket that cannot be read keeps no other from
    /// being recorded, only from being answered: a queue that is stuck sends smaller parts of itself.
    pub async fn record_scans(
        &self,
        scope: &StaffScope,
        event: &Slug,
        requests: &[Result<ScanRequest, Faults>],
    ) -> Result<Vec<ScanAnswer>, Stop> {
        if requests.is_empty() {
            return Err(Refusal::invalid(Pointer::to("scans"), Wrong::TooFew(1)).into());
        }
        if requests.len() > MOST_SCANS {
            return Err(Refusal::invalid(Pointer::to("scans"), Wrong::TooLong(MOST_SCANS)).into());
        }
        let good = || requests.iter().filter_map(|request| request.as_ref().ok());
        let counter = self.counter(scope, event, good()).await?;
        // The first record with an identifier counts, of a request too.
        let mut first: HashMap<&ScanId, usize> = HashMap::new();
        let mut queues: BTreeMap<Queue<'_>, Vec<&ScanRequest>> = BTreeMap::new();
        for (place, request) in requests.iter().enumerate() {
            let Ok(request) = request else { continue };
            if let std::collections::hash_map::Entry::Vacant(vacant) = first.entry(&request.id) {
                vacant.insert(place);
                queues.entry(queue_of(request)).or_default().push(request);
            }
        }
        // A loop, not a closure: what a closure borrows could not be proved to live long enough for every caller.
        let mut work = Vec::with_capacity(queues.len());
        for queue in queues.into_values() {
            work.push(self.record_queue(&counter, queue));
        }
        let recorded = stream::iter(work);
        // All of them, also when one fails: what can be recorded is.
        let recorded: Vec<Result<Vec<_>, Stop>> = recorded.buffer_unordered(AT_ONCE).collect().await;
        let recorded = recorded.into_iter().collect::<Result<Vec<_>, Stop>>()?;
        let answers: HashMap<&ScanId, ScanAnswer> = recorded.into_iter().flatten().collect();
        let answer = |request: &Result<ScanRequest, Faults>| match request {
            Err(faults) => Ok(ScanAnswer::Invalid(faults.clone())),
            Ok(request) => {
                answers.get(&request.id).cloned().ok_or(Fault::Impossible("a scan without an answer").into())
            }
        };
        requests.iter().map(answer).collect()
    }

    /// What it takes to scan at an event.
    pub(super) async fn counter<'a>(
        &self,
        scope: &'a StaffScope,
        event: &Slug,
        requests: impl Iterator<Item = &ScanRequest> + Send,
    ) -> Result<Counter<'a>, Stop> {
        needs(scope, Permission::Scan)?;
        let event = scope.event(event);
        let gate = self.gate(&event, requests.map(|request| request.door)).await?;
        let keys = self.event_keys(&event).await?;
        Ok(Counter { scope, event, gate, keys })
    }

    async fn record_queue<'a>(
        &self,
        counter: &Counter<'_>,
        queue: Vec<&'a ScanRequest>,
    ) -> Result<Vec<(&'a ScanId, ScanAnswer)>, Stop> {
        let mut answers = Vec::with_capacity(queue.len());
        for request in queue {
            answers.push((&request.id, self.record_scan(counter, request).await?));
        }
        Ok(answers)
    }

    /// Records one scan. The first record with its identifier counts, whatever ticket the other one was of.
    pub(super) async fn record_scan(&self, counter: &Counter<'_>, request: &ScanRequest) -> Result<ScanAnswer, Stop> {
        let seen = counter.gate.identify(&request.scanned, counter.keys.tag, |id| counter.keys.public(id));
        // Side by side: most scans are the first with their identifier.
        let earlier = lookups::scan_of_id(self.table(), &counter.event, &request.id);
        let (earlier, kept) = join(earlier, self.kept_of(counter, &seen)).await;
        if let Some(first) = earlier? {
            return Ok(ScanAnswer::Recorded(Box::new(first.result)));
        }
        let mut faults = request.check();
        let Some(door) = counter.gate.doors.get(&request.door) else {
            faults.add(Pointer::to("door"), Wrong::Unknown("door"));
            return Ok(ScanAnswer::Invalid(faults));
        };
        if !faults.is_empty() {
            return Ok(ScanAnswer::Invalid(faults));
        }
        let may = counter.scope.role().may(Permission::OverrideVerdicts);
        let overrides = if may { Overrides::Allowed } else { Overrides::NotAllowed };
        let asked = Asked { request, door, by: counter.scope.by(), overrides, at: self.now() };
        let result = match seen {
            Seen::Ticket(proof) => self.record_ticket(counter, asked, proof, kept?).await?,
            Seen::Unreadable => self.record_code(counter, asked, Verdict::Unreadable).await?,
            Seen::Forged => self.record_code(counter, asked, Verdict::Forged).await?,
            Seen::OtherEvent(signed) => {
                let event = self.other_event(counter, &signed).await?;
                self.record_code(counter, asked, Verdict::WrongEvent { event }).await?
            }
        };
        figures::scan_recorded(result.verdict.word());
        Ok(ScanAnswer::Recorded(Box::new(result)))
    }

    /// The ticket that a code is of, if it is one and there is such, with all its scans.
    async fn kept_of(&self, counter: &Counter<'_>, seen: &Seen) -> Result<TicketWithScans, Stop> {
        match seen {
            Seen::Ticket(proof) => Ok(lookups::ticket_with_scans(self.table(), &counter.event, proof.number).await?),
            Seen::Unreadable | Seen::Forged | Seen::OtherEvent(_) => Ok((None, Vec::new())),
        }
    }

    /// Which event of the same organisation signed this; none if none did.
    async fn other_event(&self, counter: &Counter<'_>, signed: &SignedPayload) -> Result<Option<OtherEvent>, Stop> {
        let found = lookups::event_of_tag(self.table(), signed.payload.event.0).await?;
        let Some(event) = found.filter(|event| event.organisation == counter.event.organisation) else {
            return Ok(None);
        };
        let keys = self.event_keys(&event).await?;
        let genuine = keys.public(signed.payload.key).is_some_and(|(key, _)| signed.verify(key, &event.organisation));
        if !genuine {
            return Ok(None);
        }
        let found = lookups::event(self.table(), &event).await?;
        Ok(found.map(|found| OtherEvent { slug: event.event, title: found.value.title }))
    }

    /// Records a code that is no ticket of the event.
    async fn record_code(&self, counter: &Counter<'_>, asked: Asked<'_>, verdict: Verdict) -> Result<ScanResult, Stop> {
        let scan = refuse_code(&counter.gate, asked, verdict);
        for _ in 0..ATTEMPTS {
            match self.commit(vec![create(&scan, asked.at)?]).await? {
                Committed::Done => return Ok(scan.result),
                Committed::Refused(_) => {
                    if let Some(found) = lookups::get::<Scan>(self.table(), &scan.key()).await? {
                        return Ok(found.value.result);
                    }
                }
            }
        }
        Err(Fault::Contended.into())
    }

    /// Records a scan of a ticket, of which this was read; and reads it again when others were faster.
    async fn record_ticket(
        &self,
        counter: &Counter<'_>,
        asked: Asked<'_>,
        proof: Proof,
        mut read: TicketWithScans,
    ) -> Result<ScanResult, Stop> {
        for _ in 0..ATTEMPTS {
            let (found, scans) = read;
            if let Some(first) = scans.iter().find(|scan| scan.id == asked.request.id) {
                return Ok(first.result.clone());
            }
            let kept = Kept { ticket: found.as_ref().map(|found| &found.value), scans: &scans };
            let decision = decide_scan(&counter.gate, asked, proof, kept);
            let mut writes = vec![create(&decision.scan, asked.at)?];
            let mut changed = Vec::new();
            if let (Some(found), Some(ticket)) = (&found, decision.ticket) {
                let ticket = Ticket { change: self.fresh(), ..ticket };
                writes.push(found.replace(&ticket, asked.at)?);
                changed.push(ticket);
            }
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.tell_of(&changed);
                return Ok(decision.scan.result);
            }
            read = lookups::ticket_with_scans(self.table(), &counter.event, proof.number).await?;
        }
        Err(Fault::Contended.into())
    }
}

/// A ticket and all scans of its number.
type TicketWithScans = (Option<Stored<Ticket>>, Vec<Scan>);

/// Scans that are decided one after the other: those of what claims to be one ticket.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Queue<'a> {
    Ticket(TicketNumber),
    Alone(&'a ScanId),
}

/// By what the code claims: it is verified when it is its turn.
fn queue_of(request: &ScanRequest) -> Queue<'_> {
    let number = match &request.scanned {
        Scanned::Ticket(number) => Some(*number),
        Scanned::Barcode(text) => SignedPayload::read(text).ok().map(|signed| signed.payload.ticket),
    };
    number.map_or(Queue::Alone(&request.id), Queue::Ticket)
}

#[cfg(test)]
mod tests;
