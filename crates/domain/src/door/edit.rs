//! Making and changing doors: drafts, what is wrong with them, and the doors that the days of the items ask for.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Door, festival_day, festival_day_hours};
use crate::catalogue::{Day, Event, EventRef, Item, Kind, MOST_ITEMS};
use crate::values::{DoorId, Faults, ItemId, Pointer, Title, Wrong};

/// Greatest tolerance of a door: a day.
pub const GREATEST_TOLERANCE_MINUTES: u32 = 24 * 60;

/// Most days for which doors are made in one press.
const MOST_DAYS: usize = 60;

/// A door as its organiser wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorDraft {
    /// "Main, Friday".
    pub name: Title,
    /// What it admits to, each once.
    pub items: Vec<ItemId>,
    /// From when.
    pub opens_at: Option<Timestamp>,
    /// Until when.
    pub closes_at: Option<Timestamp>,
    /// How much earlier and later is still in time.
    pub tolerance_minutes: u32,
    /// Lets out and in again.
    pub reentry: bool,
}

/// A door that a festival day asks for; its name is up to whoever speaks to people.
#[derive(Debug, Clone, PartialEq)]
pub struct DayDoor {
    /// Which day; none where the event is one day of undated items.
    pub day: Option<Date>,
    /// The items of the day, in their order.
    pub items: Vec<ItemId>,
    /// When the day begins.
    pub opens_at: Option<Timestamp>,
    /// When it ends.
    pub closes_at: Option<Timestamp>,
}

/// What is wrong with a door as it is wanted for an event that has these items.
pub fn check_door(draft: &DoorDraft, items: &BTreeSet<ItemId>) -> Faults {
    let mut faults = Faults::none();
    let at = Pointer::to("items");
    if draft.items.is_empty() {
        faults.add(at.clone(), Wrong::TooFew(1));
    }
    if draft.items.len() > MOST_ITEMS {
        faults.add(at.clone(), Wrong::TooLong(MOST_ITEMS));
    }
    let mut seen = BTreeSet::new();
    for (index, item) in draft.items.iter().enumerate() {
        if !items.contains(item) {
            faults.add(at.then(index), Wrong::Unknown("item"));
        } else if !seen.insert(item) {
            faults.add(at.then(index), Wrong::Repeated);
        }
    }
    if let (Some(opens_at), Some(closes_at)) = (draft.opens_at, draft.closes_at)
        && closes_at <= opens_at
    {
        faults.add(Pointer::to("closes_at"), Wrong::NotAfter("opens_at"));
    }
    if draft.tolerance_minutes > GREATEST_TOLERANCE_MINUTES {
        let most = i64::from(GREATEST_TOLERANCE_MINUTES);
        faults.add(Pointer::to("tolerance_minutes"), Wrong::OutOfRange(0, most));
    }
    faults
}

impl DoorDraft {
    /// The door that this draft makes.
    pub fn door(self, id: DoorId, event: EventRef, before: Option<&Door>) -> Door {
        Door {
            id,
            event,
            name: self.name,
            items: self.items,
            opens_at: self.opens_at,
            closes_at: self.closes_at,
            tolerance_minutes: self.tolerance_minutes,
            reentry: self.reentry,
            archived_at: before.and_then(|door| door.archived_at),
        }
    }
}

impl From<&Door> for DoorDraft {
    /// The draft that changes nothing: what a merge patch is laid over.
    fn from(door: &Door) -> Self {
        Self {
            name: door.name.clone(),
            items: door.items.clone(),
            opens_at: door.opens_at,
            closes_at: door.closes_at,
            tolerance_minutes: door.tolerance_minutes,
            reentry: door.reentry,
        }
    }
}

impl DayDoor {
    /// The draft of this door. Its times choose the door that is open now; the tolerance of a day keeps them from
    /// refusing whoever comes to an early sound check.
    pub fn draft(self, name: Title) -> DoorDraft {
        let tolerance_minutes = if self.opens_at.is_some() { GREATEST_TOLERANCE_MINUTES } else { 0 };
        let Self { items, opens_at, closes_at, .. } = self;
        DoorDraft { name, items, opens_at, closes_at, tolerance_minutes, reentry: false }
    }
}

/// A door for each festival day of the event's items, in the order of days, without those that there are already.
///
/// A day's door admits to the items of the day, and to those of every day or none. Physical items are left out, since
/// they are handed out where an organiser says so and not on entry, and digital ones never pass a door.
pub fn day_doors(event: &Event, items: &[Item], existing: &[Door]) -> Vec<DayDoor> {
    let zone = event.time_zone.zone();
    let entered = |item: &&Item| match item.kind {
        Kind::Class | Kind::Party | Kind::Access => item.archived_at.is_none(),
        Kind::Physical | Kind::Digital => false,
    };
    let entered: Vec<&Item> = items.iter().filter(entered).collect();
    let mut days: BTreeSet<Date> = entered.iter().filter_map(|item| day_of(item)).collect();
    if days.is_empty() && entered.iter().any(|item| item.is_daily()) {
        let last = festival_day(event.ends_at, &zone);
        let first = festival_day(event.starts_at, &zone);
        days = first.series(jiff::Span::new().days(1)).take(MOST_DAYS).take_while(|day| *day <= last).collect();
    }
    let of_day = |day: Option<Date>| {
        let here = entered.iter().filter(|item| day_of(item).is_none() || day_of(item) == day);
        let mut here: Vec<&&Item> = here.collect();
        here.sort_by_key(|item| (item.position, item.id));
        here.into_iter().map(|item| item.id).collect::<Vec<_>>()
    };
    let mut doors = Vec::new();
    for day in days.into_iter().take(MOST_DAYS) {
        let Some((opens_at, closes_at)) = festival_day_hours(day, &zone) else { continue };
        let items = of_day(Some(day));
        doors.push(DayDoor { day: Some(day), items, opens_at: Some(opens_at), closes_at: Some(closes_at) });
    }
    if doors.is_empty() && !entered.is_empty() {
        doors.push(DayDoor { day: None, items: of_day(None), opens_at: None, closes_at: None });
    }
    let there: BTreeSet<(BTreeSet<ItemId>, Option<Timestamp>)> = existing
        .iter()
        .filter(|door| door.archived_at.is_none())
        .map(|door| (door.items.iter().copied().collect(), door.opens_at))
        .collect();
    doors.retain(|door| !there.contains(&(door.items.iter().copied().collect(), door.opens_at)));
    doors
}

fn day_of(item: &Item) -> Option<Date> {
    match item.day {
        Some(Day::On(date)) => Some(date),
        Some(Day::All) | None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{ACCESS, FRI_PARTY, SAT_CLASSES, SAT_PARTY, at, event, item, item_id, items};
    use super::*;
    use crate::values::Fault;

    fn draft() -> DoorDraft {
        DoorDraft {
            name: "Main".parse().unwrap(),
            items: vec![item_id(FRI_PARTY)],
            opens_at: None,
            closes_at: None,
            tolerance_minutes: 0,
            reentry: false,
        }
    }

    fn known() -> BTreeSet<ItemId> {
        items().into_iter().map(|item| item.id).collect()
    }

    #[test]
    fn a_door_admits_to_items_that_there_are_each_once() {
        let at = Pointer::to("items");
        let wrong = |items: &[u8]| {
            let draft = DoorDraft { items: items.iter().map(|n| item_id(*n)).collect(), ..draft() };
            check_door(&draft, &known()).list().to_vec()
        };
        assert_eq!(wrong(&[FRI_PARTY, SAT_PARTY]), []);
        assert_eq!(wrong(&[]), [Fault { at: at.clone(), wrong: Wrong::TooFew(1) }]);
        assert_eq!(wrong(&[FRI_PARTY, 77]), [Fault { at: at.then(1), wrong: Wrong::Unknown("item") }]);
        assert_eq!(wrong(&[FRI_PARTY, FRI_PARTY]), [Fault { at: at.then(1), wrong: Wrong::Repeated }]);
    }

    #[test]
    fn a_door_closes_after_it_opens_and_is_patient_for_a_day_at_most() {
        let opens_at = Some(at("2026-12-04T20:00:00Z"));
        let backwards = DoorDraft { opens_at, closes_at: opens_at, tolerance_minutes: 1_441, ..draft() };
        let wrong: Vec<_> = check_door(&backwards, &known()).into_iter().map(|fault| fault.at.to_string()).collect();
        assert_eq!(wrong, ["/closes_at", "/tolerance_minutes"]);
        let only_closes = DoorDraft { closes_at: opens_at, tolerance_minutes: 1_440, ..draft() };
        assert!(check_door(&only_closes, &known()).is_empty());
    }

    #[test]
    fn each_day_of_the_items_gets_a_door_with_what_is_entered_on_it() {
        let doors = day_doors(&event(), &items(), &[]);
        let days: Vec<String> = doors.iter().filter_map(|door| door.day).map(|day| day.to_string()).collect();
        assert_eq!(days, ["2026-12-04", "2026-12-05", "2026-12-06"]);
        // Neither the dinner nor the videos; the item for the whole event at each.
        assert_eq!(doors[0].items, [item_id(FRI_PARTY), item_id(ACCESS)]);
        assert_eq!(doors[1].items, [item_id(SAT_CLASSES), item_id(SAT_PARTY), item_id(ACCESS)]);
        assert_eq!(doors[0].opens_at, Some(at("2026-12-04T06:00:00Z")));
        assert_eq!(doors[0].closes_at, doors[1].opens_at);
    }

    #[test]
    fn pressing_twice_makes_no_door_twice_but_a_deleted_one_comes_back() {
        let made = |day: DayDoor| {
            day.draft("Main".parse().unwrap()).door(DoorId(super::super::testing::ksuid(9)), event().event, None)
        };
        let mut doors: Vec<Door> = day_doors(&event(), &items(), &[]).into_iter().map(made).collect();
        // Another door for the same items, without times, is another door.
        doors.push(Door { opens_at: None, closes_at: None, ..doors[0].clone() });
        assert_eq!(day_doors(&event(), &items(), &doors), []);
        doors[1].archived_at = Some(at("2026-12-01T00:00:00Z"));
        assert_eq!(day_doors(&event(), &items(), &doors).len(), 1);
    }

    #[test]
    fn an_event_without_dated_items_gets_one_door_or_one_for_each_of_its_days() {
        let party = item(1, "Party", Kind::Party, None);
        let one = day_doors(&event(), std::slice::from_ref(&party), &[]);
        assert_eq!((one.len(), one[0].day, one[0].items.as_slice()), (1, None, [party.id].as_slice()));
        let access = item(2, "Everything", Kind::Access, None);
        assert_eq!(day_doors(&event(), &[party, access], &[]).len(), 3);
        assert_eq!(day_doors(&event(), &[item(3, "Dinner", Kind::Physical, Some("2026-12-05"))], &[]), []);
    }
}
