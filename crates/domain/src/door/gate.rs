//! What a door must know of its event to decide: its doors, items and rules; and telling whose a barcode is.
//!
//! Does not know any ticket: what a barcode proves is a claim that still has to be looked up.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Door, Scanned};
use crate::catalogue::{Day, Event, Item, Kind};
use crate::tickets::{EventTag, KeyStatus, PublicKey, SignedPayload};
use crate::values::{DoorId, ItemId, TicketNumber};

/// The hour at which a festival day begins.
const DAY_BEGINS: i8 = 6;

/// What all doors of an event know.
#[derive(Debug, Clone)]
pub struct Gate {
    /// The event, with its rates and its rules for wristbands.
    pub event: Event,
    /// Its items, archived ones included, since tickets may hold them.
    pub items: BTreeMap<ItemId, Item>,
    /// Its doors, archived ones included, since phones may still hold scans of theirs.
    pub doors: BTreeMap<DoorId, Door>,
    zone: TimeZone,
}

/// Whose a code is, as far as the code itself proves it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// None of our codes, or a broken one.
    Unreadable,
    /// It says that it is another event's.
    OtherEvent(SignedPayload),
    /// It says that it is this event's, and lies.
    Forged,
    /// A ticket of this event, if there is such.
    Ticket(Proof),
}

/// What proves that somebody has a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Which ticket.
    pub number: TicketNumber,
    /// Its barcode; none if staff picked it from a list.
    pub barcode: Option<GoodBarcode>,
}

/// A barcode whose signature holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GoodBarcode {
    /// Of which generation.
    pub generation: u16,
    /// Its key has been revoked since: only exactly the ticket that is kept is believed.
    pub revoked: bool,
}

impl Gate {
    /// A gate of these parts.
    pub fn new(event: Event, items: impl IntoIterator<Item = Item>, doors: impl IntoIterator<Item = Door>) -> Self {
        let zone = event.time_zone.zone();
        let items = items.into_iter().map(|item| (item.id, item)).collect();
        let doors = doors.into_iter().map(|door| (door.id, door)).collect();
        Self { event, items, doors, zone }
    }

    /// Tells whose a code is. `key` finds a key of the event by its number; an unknown one has signed nothing.
    pub fn identify<'a>(
        &self,
        scanned: &Scanned,
        tag: EventTag,
        key: impl FnOnce(u8) -> Option<(&'a PublicKey, KeyStatus)>,
    ) -> Seen {
        let text = match scanned {
            Scanned::Ticket(number) => return Seen::Ticket(Proof { number: *number, barcode: None }),
            Scanned::Barcode(text) => text,
        };
        let Ok(signed) = SignedPayload::read(text) else { return Seen::Unreadable };
        let payload = signed.payload;
        if payload.event != tag {
            return Seen::OtherEvent(signed);
        }
        match key(payload.key) {
            Some((key, status)) if signed.verify(key, &self.event.event.organisation) => {
                let revoked = status == KeyStatus::Revoked;
                let barcode = Some(GoodBarcode { generation: payload.generation, revoked });
                Seen::Ticket(Proof { number: payload.ticket, barcode })
            }
            Some(_) | None => Seen::Forged,
        }
    }

    /// The festival day of an instant: from 06:00 to 06:00 by the event's clocks.
    pub fn festival_day(&self, at: Timestamp) -> Date {
        festival_day(at, &self.zone)
    }

    /// Is this item used at doors at all?
    pub fn is_used_at_doors(&self, item: ItemId) -> bool {
        self.items.get(&item).is_none_or(|item| item.kind != Kind::Digital)
    }

    /// Can this item be used once each festival day, and not just once?
    pub fn is_daily(&self, item: ItemId) -> bool {
        self.items.get(&item).is_some_and(Item::is_daily)
    }
}

impl Item {
    /// Can be used once each festival day, and not just once.
    pub fn is_daily(&self) -> bool {
        self.kind == Kind::Access || self.day == Some(Day::All)
    }
}

/// The festival day of an instant: from 06:00 to 06:00 by the clocks of a zone.
pub fn festival_day(at: Timestamp, zone: &TimeZone) -> Date {
    let local = at.to_zoned_datetime(zone.clone()).datetime();
    if local.hour() < DAY_BEGINS { local.date().yesterday().unwrap_or(Date::MIN) } else { local.date() }
}

/// When a festival day begins and ends.
pub fn festival_day_hours(day: Date, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let begins = |day: Date| Some(day.at(DAY_BEGINS, 0, 0, 0).to_zoned_datetime(zone.clone()).ok()?.timestamp());
    Some((begins(day)?, begins(day.tomorrow().ok()?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(at: &str, zone: &str) -> String {
        festival_day(at.parse().unwrap(), &TimeZone::get(zone).unwrap()).to_string()
    }

    #[test]
    fn a_night_belongs_to_the_day_before_until_six() {
        for (at, expected) in [
            ("2026-12-05T23:59:59Z", "2026-12-05"),
            ("2026-12-06T00:00:00Z", "2026-12-05"),
            ("2026-12-06T05:59:59Z", "2026-12-05"),
            ("2026-12-06T06:00:00Z", "2026-12-06"),
        ] {
            assert_eq!(day(at, "Europe/London"), expected, "{at}");
        }
        assert_eq!(day("2026-12-06T00:30:00Z", "America/New_York"), "2026-12-05");
        assert_eq!(day("2026-12-05T21:30:00Z", "Asia/Tokyo"), "2026-12-06");
    }

    #[test]
    fn the_day_begins_at_six_by_the_clock_also_when_the_clocks_change() {
        // Clocks go back at 02:00 on 25 October 2026 in London, and forward at 01:00 on 28 March 2027.
        for (at, expected) in [
            ("2026-10-25T05:59:59Z", "2026-10-24"),
            ("2026-10-25T06:00:00Z", "2026-10-25"),
            ("2027-03-28T04:59:59Z", "2027-03-27"),
            ("2027-03-28T05:00:00Z", "2027-03-28"),
        ] {
            assert_eq!(day(at, "Europe/London"), expected, "{at}");
        }
        let zone = TimeZone::get("Europe/London").unwrap();
        let hours = |day: &str| {
            let (from, to) = festival_day_hours(day.parse().unwrap(), &zone).unwrap();
            to.duration_since(from).as_hours()
        };
        assert_eq!((hours("2026-10-24"), hours("2026-10-25"), hours("2027-03-27")), (25, 24, 23));
    }
}
