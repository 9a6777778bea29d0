//! Those at the doors: phones that wait for the server's word, and phones that decide alone and tell later.

use std::sync::Arc;
use std::time::Duration;

use domain::door::{Action, Door, Mode, ScanId, ScanRequest, ScanResult, Scanned, VerdictWord};
use domain::people::Permission;
use domain::values::{Faults, TicketNumber};
use engine::Engine;
use engine::door::ScanAnswer;
use engine::tickets::TicketScope;
use jiff::SignedDuration;

use crate::hall::organisation;
use crate::records::{self, Outcome};
use crate::world::{Actor, Asked, Patience};

/// A phone at a door, with the codes that it has seen.
pub struct Phone {
    pub actor: Actor,
    pub door: Door,
    pub codes: Vec<String>,
}

/// Scans for a while.
pub async fn phone(mut phone: Phone, times: usize) {
    for _ in 0..times {
        phone.actor.think().await;
        match phone.actor.below(10) {
            0..4 => phone.scan_one().await,
            4 => phone.scan_at_two_doors().await,
            5 => phone.repeat().await,
            6..8 => phone.take_back().await,
            _ => phone.tell_what_was_scanned().await,
        }
    }
}

impl Phone {
    async fn scan_one(&mut self) {
        let Some(request) = self.request(Mode::Online).await else { return };
        self.send(vec![request]).await;
    }

    /// A copy of the ticket is at the other door at the same moment.
    async fn scan_at_two_doors(&mut self) {
        let Some(request) = self.request(Mode::Online).await else { return };
        let hall = &self.actor.world.hall;
        let door = if self.door.id == hall.main.id { hall.side.clone() } else { hall.main.clone() };
        let mut other = Phone { actor: self.actor.second_hand(), door, codes: Vec::new() };
        let copy = ScanRequest { id: self.fresh_id(), door: other.door.id, ..request.clone() };
        tokio::join!(self.send(vec![request]), other.send(vec![copy]));
    }

    /// The same record again, from whichever phone it was.
    async fn repeat(&mut self) {
        let scans = self.actor.world.records.borrow().scans.clone();
        let Some(scanned) = self.actor.pick(&scans) else { return };
        let mut other = Phone { actor: self.actor.second_hand(), door: self.door.clone(), codes: Vec::new() };
        let (one, two) = (vec![scanned.request.clone()], vec![scanned.request]);
        tokio::join!(self.send(one), other.send(two));
    }

    async fn take_back(&mut self) {
        let scans = self.actor.world.records.borrow().scans.clone();
        let Some(scanned) = self.actor.pick(&scans) else { return };
        let action = Action::Undo { undoes: scanned.request.id.clone() };
        let id = self.fresh_id();
        let undo = ScanRequest { id, action, scanned_at: self.actor.world.now(), shown: None, ..scanned.request };
        self.send(vec![undo]).await;
    }

    /// What was decided without the server, some of it twice, in any order.
    async fn tell_what_was_scanned(&mut self) {
        let mut batch = Vec::new();
        for _ in 0..2 + self.actor.below(4) {
            let Some(request) = self.request(Mode::Offline).await else { return };
            let minutes = i64::try_from(self.actor.below(30)).unwrap();
            let scanned_at = request.scanned_at.checked_sub(SignedDuration::from_mins(minutes)).unwrap();
            let shown = [None, Some(VerdictWord::Admitted), Some(VerdictWord::AlreadyIn)][self.actor.below(3)];
            batch.push(ScanRequest { scanned_at, shown, ..request });
        }
        for _ in 0..2 {
            let again = batch[self.actor.below(batch.len())].clone();
            let place = self.actor.below(batch.len());
            batch.insert(place, again);
        }
        self.send(batch).await;
    }

    /// A scan of somebody's ticket, or of a code that was good once.
    async fn request(&mut self, mode: Mode) -> Option<ScanRequest> {
        let orders = self.actor.world.records.borrow().orders();
        let numbers: Vec<TicketNumber> = orders.into_iter().flat_map(|order| order.tickets).collect();
        let number = self.actor.pick(&numbers)?;
        let hall = &self.actor.world.hall;
        let scope = TicketScope::of_staff(&hall.scope, hall.slug(), number);
        if let Ok(detail) = self.actor.world.observer().read_ticket(&scope).await {
            self.codes.extend(detail.view.barcode);
        }
        let by_hand = mode == Mode::Online && self.actor.now_and_then(15);
        let latest = self.codes.len().saturating_sub(1);
        let code = if self.actor.now_and_then(60) { latest } else { self.actor.below(latest + 1) };
        let code = self.codes.get(code)?.clone();
        Some(ScanRequest {
            id: self.fresh_id(),
            scanned: if by_hand { Scanned::Ticket(number) } else { Scanned::Barcode(code) },
            door: self.door.id,
            device: self.actor.name.parse().unwrap(),
            action: Action::Entry,
            scanned_at: self.actor.world.now(),
            mode: if by_hand { Mode::ByHand } else { mode },
            shown: None,
            overriding: None,
        })
    }

    fn fresh_id(&mut self) -> ScanId {
        self.actor.fresh_name("scanned").parse().unwrap()
    }

    /// Sends records until they are answered, now and then to both servers at once.
    async fn send(&mut self, batch: Vec<ScanRequest>) {
        let caller = self.actor.world.hall.door_staff.clone();
        let event = self.actor.world.hall.slug().clone();
        let requests: Vec<Result<ScanRequest, Faults>> = batch.iter().cloned().map(Ok).collect();
        let ask = move |engine: Arc<Engine>| -> Asked {
            let (caller, event, requests) = (caller.clone(), event.clone(), requests.clone());
            Box::pin(async move {
                let scope = engine.staff_scope(&caller, &organisation(), Permission::Scan).await?;
                let answers = engine.record_scans(&scope, &event, &requests).await?;
                let results = answers.iter().map(|answer| match answer {
                    ScanAnswer::Recorded(result) => (**result).clone(),
                    ScanAnswer::Invalid(faults) => panic!("{faults:?}"),
                });
                Ok(serde_json::to_string(&results.collect::<Vec<ScanResult>>()).unwrap())
            })
        };
        let outcome = self.actor.ask_twice(Patience::Some, &ask).await;
        let answers: Vec<Option<ScanResult>> = match &outcome {
            Outcome::Done(body) => serde_json::from_str(body).unwrap(),
            Outcome::Refused(refusal) => {
                self.actor.world.is_wrong(format!("scans were refused: {refusal:?}"));
                vec![None; batch.len()]
            }
            Outcome::Unknown => vec![None; batch.len()],
        };
        let scans = batch.into_iter().zip(answers).map(|(request, answer)| records::Scanned { request, answer });
        self.actor.world.records.borrow_mut().scans.extend(scans);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
