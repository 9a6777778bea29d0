//! Making and changing what there is to be had: drafts, and what is wrong with them.
//!
//! A draft is the whole thing as the organiser wants it; making and changing are the same check. What a sold thing
//! may no longer become is decided where the stock is changed, since only that knows what is sold.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{Day, Event, EventRef, EventStatus, Item, Kind, Live, Pass, Rate, Role, RolePlaces, Shards, Shift, Venue};
use crate::door::{When, WristbandRule};
use crate::orders::{MOST_PLACES, places_of};
use crate::organisations::TimeZoneName;
use crate::payments::Method;
use crate::pricing::{PriceStep, PricingSchedule, check_steps};
use crate::values::{Faults, ItemId, Ksuid, PassId, Pointer, Prose, Slug, StepId, Title, Wrong};

/// Most rates of an event.
pub const MOST_RATES: usize = 4;
/// Most rooms of an event.
pub const MOST_ROOMS: usize = 100;
/// Most items that a pass includes, and that an event has.
pub const MOST_ITEMS: usize = 200;
/// Most steps of a pricing schedule.
pub const MOST_STEPS: usize = 20;
/// Greatest capacity of anything.
pub const GREATEST_CAPACITY: i64 = 1_000_000;
/// Longest hold: a week.
pub const LONGEST_HOLD_MINUTES: i64 = 7 * 24 * 60;

/// An event as its organiser wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct EventDraft {
    /// Its name.
    pub title: Title,
    /// What it is.
    pub description: Prose,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Its zone; none means the organisation's.
    pub time_zone: Option<TimeZoneName>,
    /// Where it is.
    pub venue: Option<Venue>,
    /// Most tickets.
    pub capacity: Option<u32>,
    /// Who prices are for.
    pub rates: Vec<Rate>,
    /// Its rooms.
    pub rooms: Vec<Title>,
    /// How the public may pay.
    pub payment_methods: Vec<Method>,
    /// How long a hold lasts.
    pub hold_minutes: u32,
    /// Whether it is public.
    pub status: EventStatus,
    /// Its series.
    pub series: Option<Slug>,
}

/// An item as its organiser wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemDraft {
    /// Its name.
    pub name: Title,
    /// What it is, in words.
    pub description: Prose,
    /// What kind of thing.
    pub kind: Kind,
    /// When.
    pub day: Option<Day>,
    /// What it costs over time. The steps' identifiers are fresh; those of steps that stay are kept instead.
    pub steps: Option<Vec<PriceStep>>,
    /// Where in the request the steps stand.
    pub steps_at: Pointer,
    /// Most tickets that include it.
    pub capacity: Option<u32>,
    /// Its places per role.
    pub roles: Option<RolePlaces>,
    /// When it is on sale.
    pub live: Live,
    /// Can be bought without a pass.
    pub sold_alone: bool,
}

/// A pass as its organiser wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct PassDraft {
    /// Its name.
    pub name: Title,
    /// How it is shown.
    pub description: Prose,
    /// Its items.
    pub includes: Vec<ItemId>,
    /// What it costs over time; see [`ItemDraft::steps`].
    pub steps: Vec<PriceStep>,
    /// Most tickets with it.
    pub capacity: Option<u32>,
    /// Its places per role.
    pub roles: Option<RolePlaces>,
    /// When it is on sale.
    pub live: Live,
}

/// What is wrong with an event as it is wanted.
pub fn check_event(draft: &EventDraft) -> Faults {
    let mut faults = Faults::none();
    if draft.ends_at <= draft.starts_at {
        faults.add(Pointer::to("ends_at"), Wrong::NotAfter("starts_at"));
    }
    let rates = Pointer::to("rates");
    if draft.rates.is_empty() {
        faults.add(rates.clone(), Wrong::TooFew(1));
    }
    if draft.rates.len() > MOST_RATES {
        faults.add(rates.clone(), Wrong::TooLong(MOST_RATES));
    }
    let mut seen = BTreeSet::new();
    for (index, rate) in draft.rates.iter().enumerate() {
        if !seen.insert(&rate.id) {
            faults.add(rates.then(index).then("id"), Wrong::Repeated);
        }
    }
    let mut seen = BTreeSet::new();
    for (index, room) in draft.rooms.iter().enumerate() {
        if !seen.insert(room) {
            faults.add(Pointer::to("rooms").then(index), Wrong::Repeated);
        }
    }
    faults
}

/// What is wrong with an item as it is wanted for this event.
pub fn check_item(draft: &ItemDraft, event: &Event) -> Faults {
    let mut faults = check_live(draft.live);
    if let Some(steps) = &draft.steps {
        faults.extend(check_steps(steps, &event.rates, &draft.steps_at));
    }
    faults
}

/// What is wrong with a pass as it is wanted for this event, which has these items.
pub fn check_pass(draft: &PassDraft, event: &Event, items: &BTreeMap<ItemId, Item>) -> Faults {
    let mut faults = check_live(draft.live);
    faults.extend(check_includes(&draft.includes, items));
    // One of a limit that may come back.
    let own = 1 + usize::from(draft.roles.is_some());
    let steps = draft.steps.iter().filter(|step| step.until_sold.is_some()).count();
    if places_of_a_ticket(own + steps, items.values()) > MOST_PLACES {
        faults.add(Pointer::to("includes"), Wrong::TooManyPlaces(MOST_PLACES));
    }
    faults.extend(check_steps(&draft.steps, &event.rates, &Pointer::to("pricing_schedule")));
    faults
}

/// What is wrong with what a pass includes, where there are these items.
pub fn check_includes(wanted: &[ItemId], items: &BTreeMap<ItemId, Item>) -> Faults {
    let mut faults = Faults::none();
    let includes = Pointer::to("includes");
    if wanted.is_empty() {
        faults.add(includes.clone(), Wrong::TooFew(1));
    }
    let mut seen = BTreeSet::new();
    for (index, id) in wanted.iter().enumerate() {
        if !items.contains_key(id) {
            faults.add(includes.then(index), Wrong::Unknown("item"));
        } else if !seen.insert(*id) {
            faults.add(includes.then(index), Wrong::Repeated);
        }
    }
    faults
}

/// Would a ticket with this pass alone take more places than an order can?
pub fn is_too_limited<'a>(pass: &Pass, items: impl Iterator<Item = &'a Item>) -> bool {
    let own = places_of(pass.stock(), Some(Role::Leader)).count() + pass.pricing.counted().count();
    places_of_a_ticket(own, items) > MOST_PLACES
}

/// How many places a ticket with a pass takes that has so many of its own, and these items. The event may have a limit at
/// any time.
fn places_of_a_ticket<'a>(own: usize, items: impl Iterator<Item = &'a Item>) -> usize {
    let of_items = items.map(|item| places_of(item.stock(), Some(Role::Leader)).count());
    1 + own + of_items.sum::<usize>()
}

fn check_live(live: Live) -> Faults {
    match live {
        Live::Between { from_at: Some(from), until_at: Some(until) } if until <= from => {
            Faults::one(Pointer::to("live").then("until_at"), Wrong::NotAfter("from_at"))
        }
        Live::No | Live::Yes | Live::Between { .. } => Faults::none(),
    }
}

impl EventDraft {
    /// The event that this draft makes of `event`: a new one, or one that keeps what drafts do not speak of.
    pub fn event(self, event: EventRef, organisation_zone: &TimeZoneName, before: Option<&Event>) -> Event {
        Event {
            event,
            title: self.title,
            description: self.description,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            time_zone: self.time_zone.unwrap_or_else(|| organisation_zone.clone()),
            venue: self.venue,
            capacity: self.capacity,
            counted: self.capacity.is_some() || before.is_some_and(|event| event.counted || event.capacity.is_some()),
            rates: self.rates,
            rooms: self.rooms,
            payment_methods: self.payment_methods,
            hold_minutes: self.hold_minutes,
            status: self.status,
            series: self.series,
            wristbands: before.map(|event| event.wristbands.clone()).unwrap_or_default(),
            shards: before.map(|event| event.shards).unwrap_or_default(),
        }
    }
}

/// Steps that stay keep the identifier that they had at their place, and with it what they have counted. One that counts
/// no more is another: its counter goes, and never comes back.
fn kept(steps: Vec<PriceStep>, before: Option<&PricingSchedule>) -> PricingSchedule {
    let steps = steps.into_iter().enumerate().map(|(index, step)| {
        let old = before.and_then(|before| before.steps.get(index));
        let stays = old.filter(|old| old.until_sold.is_none() || step.until_sold.is_some());
        PriceStep { id: stays.map_or(step.id, |old| old.id), ..step }
    });
    PricingSchedule { steps: steps.collect() }
}

impl ItemDraft {
    /// The item that this draft makes.
    pub fn item(self, id: ItemId, event: EventRef, position: u32, before: Option<&Item>) -> Item {
        let old = before.and_then(|item| item.pricing.as_ref());
        Item {
            id,
            event,
            name: self.name,
            description: self.description,
            kind: self.kind,
            day: self.day,
            pricing: self.steps.map(|steps| kept(steps, old)),
            capacity: self.capacity,
            counted: self.capacity.is_some() || before.is_some_and(|item| item.counted || item.capacity.is_some()),
            roles: self.roles,
            live: self.live,
            sold_alone: self.sold_alone,
            position,
            archived_at: before.and_then(|item| item.archived_at),
        }
    }
}

impl PassDraft {
    /// The pass that this draft makes.
    pub fn pass(self, id: PassId, event: EventRef, position: u32, before: Option<&Pass>) -> Pass {
        Pass {
            id,
            event,
            name: self.name,
            description: self.description,
            includes: self.includes,
            pricing: kept(self.steps, before.map(|pass| &pass.pricing)),
            capacity: self.capacity,
            counted: self.capacity.is_some() || before.is_some_and(|pass| pass.counted || pass.capacity.is_some()),
            roles: self.roles,
            live: self.live,
            position,
            archived_at: before.and_then(|pass| pass.archived_at),
        }
    }
}

/// Fresh identifiers for the parts of a copy.
pub trait FreshIds {
    /// For an item.
    fn item(&mut self) -> ItemId;
    /// For a pass.
    fn pass(&mut self) -> PassId;
    /// For a step.
    fn step(&mut self) -> StepId;
}

/// The next event of a series: the last one with everything that is not archived, and all dates shifted.
pub fn copy_event(
    last: &Event,
    parts: (&[Item], &[Pass]),
    to: &EventRef,
    by: &Shift,
    ids: &mut dyn FreshIds,
) -> Option<(Event, Vec<Item>, Vec<Pass>)> {
    let (starts_at, ends_at) = (by.instant(last.starts_at)?, by.instant(last.ends_at)?);
    let (counted, shards) = (last.capacity.is_some(), Shards::default());
    let mut event = Event { event: to.clone(), starts_at, ends_at, counted, shards, ..last.clone() };
    let mut renamed = BTreeMap::new();
    let (items, passes) = parts;
    let items = items.iter().filter(|item| item.archived_at.is_none()).map(|item| {
        let id = ids.item();
        renamed.insert(item.id, id);
        let day = match item.day {
            Some(Day::On(date)) => by.date(date).map(Day::On),
            other => other,
        };
        let pricing = item.pricing.as_ref().map(|pricing| pricing.copied(by, &mut || ids.step()));
        let counted = item.capacity.is_some();
        Item { id, event: to.clone(), day, pricing, counted, live: item.live.shifted(by), ..item.clone() }
    });
    let items: Vec<Item> = items.collect();
    let mut things: BTreeMap<Ksuid, Ksuid> = renamed.iter().map(|(old, new)| (old.0, new.0)).collect();
    let passes = passes.iter().filter(|pass| pass.archived_at.is_none()).map(|pass| {
        let id = ids.pass();
        things.insert(pass.id.0, id.0);
        let includes = pass.includes.iter().filter_map(|item| renamed.get(item).copied()).collect();
        let pricing = pass.pricing.copied(by, &mut || ids.step());
        let counted = pass.capacity.is_some();
        Pass { id, event: to.clone(), includes, pricing, counted, live: pass.live.shifted(by), ..pass.clone() }
    });
    let passes: Vec<Pass> = passes.collect();
    event.wristbands = last.wristbands.iter().filter_map(|rule| copy_rule(rule, &things)).collect();
    Some((event, items, passes.into_iter().filter(|pass| !pass.includes.is_empty()).collect()))
}

/// A rule about the copied items and passes; none if it was about something that was not copied.
fn copy_rule(rule: &WristbandRule, things: &BTreeMap<Ksuid, Ksuid>) -> Option<WristbandRule> {
    let renamed = |ids: &[Ksuid]| ids.iter().map(|id| things.get(id).copied()).collect::<Option<Vec<_>>>();
    let when = When { all: renamed(&rule.when.all)?, any: renamed(&rule.when.any)?, rates: rule.when.rates.clone() };
    Some(WristbandRule { when, ..rule.clone() })
}
