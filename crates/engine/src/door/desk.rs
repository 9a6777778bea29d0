//! For tests: a night at the door. An event with a Friday's and a Saturday's party, a door for each, and whoever comes.

use std::sync::Arc;

use domain::catalogue::{Item, ItemDraft, Kind};
use domain::door::{Action, Device, Door, DoorDraft, Mode, ScanRequest, ScanResult, Scanned, VerdictWord};
use domain::payments::Method;
use domain::people::StaffRole;
use domain::tickets::Ticket;
use domain::values::{ItemId, Slug, TicketNumber};
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::table::Table;

use super::ScanAnswer;
use crate::Engine;
use crate::catalogue::desk::{Desk, at, desk, slug};
use crate::once::Remember;
use crate::orders::TicketView;
use crate::scope::StaffScope;
use crate::stop::Stop;
use crate::testing::house_on;

/// An event with two doors.
pub(super) struct Night {
    pub(super) desk: Desk,
    pub(super) friday: Item,
    pub(super) saturday: Item,
    /// Admits to Friday.
    pub(super) main: Door,
    /// Admits to both.
    pub(super) side: Door,
}

pub(super) fn mersey() -> Slug {
    slug("mersey")
}

/// So many minutes after Friday, 21:00.
pub(super) fn minute(n: i64) -> Timestamp {
    at("2026-12-04T21:00:00Z").checked_add(SignedDuration::from_mins(n)).unwrap()
}

pub(super) async fn night() -> Night {
    let desk = desk().await;
    desk.event(None).await;
    let party = |name: &str, day: &str| ItemDraft {
        kind: Kind::Party,
        day: Some(day.parse().unwrap()),
        ..desk.item_draft(name)
    };
    let friday = desk.item(&party("Friday party", "2026-12-04")).await.value;
    let saturday = desk.item(&party("Saturday party", "2026-12-05")).await.value;
    let owner = desk.owner().await;
    let engine = &desk.house.engine;
    let make = async |draft: DoorDraft| {
        engine.create_door(&owner, &mersey(), &draft, &Remember::nothing()).await.unwrap().value
    };
    let main = make(door_draft("Main", &[friday.id])).await;
    let side = make(door_draft("Side", &[friday.id, saturday.id])).await;
    Night { desk, friday, saturday, main, side }
}

pub(super) fn door_draft(name: &str, items: &[ItemId]) -> DoorDraft {
    DoorDraft {
        name: name.parse().unwrap(),
        items: items.to_vec(),
        opens_at: None,
        closes_at: None,
        tolerance_minutes: 0,
        reentry: false,
    }
}

/// A scan online on Friday, 21:00.
pub(super) fn request(id: &str, barcode: &str, door: &Door) -> ScanRequest {
    ScanRequest {
        id: format!("scan-{id:0>4}").parse().unwrap(),
        scanned: Scanned::Barcode(barcode.to_owned()),
        door: door.id,
        device: "phone".parse::<Device>().unwrap(),
        action: Action::Entry,
        scanned_at: minute(0),
        mode: Mode::Online,
        shown: None,
        overriding: None,
    }
}

pub(super) fn by_hand(id: &str, number: TicketNumber, door: &Door) -> ScanRequest {
    ScanRequest { scanned: Scanned::Ticket(number), mode: Mode::ByHand, ..request(id, "", door) }
}

pub(super) fn word(answer: &ScanAnswer) -> VerdictWord {
    recorded(answer).verdict.word()
}

pub(super) fn recorded(answer: &ScanAnswer) -> &ScanResult {
    match answer {
        ScanAnswer::Recorded(result) => result,
        ScanAnswer::Invalid(faults) => panic!("{faults:?}"),
    }
}

impl Night {
    pub(super) fn engine(&self) -> &Engine {
        &self.desk.house.engine
    }

    /// Another process on the same store.
    pub(super) fn other_engine(&self, seed: u64) -> Arc<Engine> {
        self.engine_on(self.desk.house.table.clone(), seed)
    }

    pub(super) fn engine_on(&self, table: Arc<dyn Table>, seed: u64) -> Arc<Engine> {
        house_on(table, self.desk.house.clock.clone(), seed).engine
    }

    pub(super) async fn staff(&self, role: StaffRole) -> StaffScope {
        self.desk.staff("northern-salsa", role).await
    }

    /// Buys a ticket at the box office, for cash.
    pub(super) async fn ticket(&self, items: &[ItemId]) -> TicketView {
        self.desk.buy(&[], items, Method::Cash).await.unwrap().tickets.remove(0)
    }

    /// Buys a ticket that is to be paid at the door.
    pub(super) async fn unpaid(&self, items: &[ItemId]) -> TicketView {
        self.desk.buy(&[], items, Method::AtDoor).await.unwrap().tickets.remove(0)
    }

    /// The barcode of a ticket.
    pub(super) async fn barcode(&self, items: &[ItemId]) -> String {
        self.ticket(items).await.barcode.unwrap()
    }

    /// The ticket as it is kept now.
    pub(super) async fn kept(&self, number: TicketNumber) -> Ticket {
        let event = self.main.event.clone();
        lookups::ticket(&*self.desk.house.table, &event, number).await.unwrap().unwrap().value
    }

    /// Records scans, as the door staff.
    pub(super) async fn scan(&self, requests: &[ScanRequest]) -> Vec<ScanAnswer> {
        self.try_scan(self.engine(), requests).await.unwrap()
    }

    pub(super) async fn try_scan(&self, engine: &Engine, requests: &[ScanRequest]) -> Result<Vec<ScanAnswer>, Stop> {
        let door = self.staff(StaffRole::Door).await;
        let requests: Vec<_> = requests.iter().cloned().map(Ok).collect();
        engine.record_scans(&door, &mersey(), &requests).await
    }

    pub(super) async fn verdict(&self, request: ScanRequest) -> VerdictWord {
        word(&self.scan(&[request]).await[0])
    }
}
