//! Who has which places, told from what they bought, compared with what is on record and with the limits.

use std::collections::BTreeMap;

use domain::catalogue::{Event, Item, Pass, Role, Thing};
use domain::orders::{Order, OrderState, Place, StockOf, StockRole};
use domain::pricing::PricingSchedule;
use domain::tickets::{StatusWord, Ticket};
use domain::values::{OrderId, TicketNumber};
use jiff::Timestamp;
use store::records::StockRow;

use crate::organiser::{Change, Edit};
use crate::records::Records;
use crate::world::{self, World};

/// What there is to be had.
pub struct Shelf {
    /// What is counted: the event, and things.
    counted: Vec<Counted>,
    things: Vec<Thing>,
    schedules: Vec<(Thing, PricingSchedule)>,
    left: BTreeMap<Place, i64>,
    /// When the counting began.
    began: BTreeMap<Place, Timestamp>,
    /// Where the servers stand.
    servers: world::Place,
}

struct Counted {
    of: StockOf,
    capacities: Vec<(Place, u32)>,
}

/// A ticket, or one that is still to be issued.
struct Seat<'a> {
    number: TicketNumber,
    order: &'a Order,
    is_good: bool,
    has: Vec<Thing>,
    role: Option<Role>,
    /// On record.
    places: &'a [Place],
}

impl Shelf {
    pub async fn of(world: &World) -> Self {
        let events: Vec<Event> = world.kept().await;
        let items: Vec<Item> = world.kept().await;
        let passes: Vec<Pass> = world.kept().await;
        let counted = |of, capacities| Counted { of, capacities };
        let of_events = events.iter().map(|event| counted(StockOf::Event(event.event.clone()), event.capacities()));
        let of_items = items.iter().map(|item| counted(StockOf::Thing(Thing::Item(item.id)), item.capacities()));
        let of_passes = passes.iter().map(|pass| counted(StockOf::Thing(Thing::Pass(pass.id)), pass.capacities()));
        let of_item = |item: &Item| Some((Thing::Item(item.id), item.pricing.clone()?));
        let of_pass = |pass: &Pass| (Thing::Pass(pass.id), pass.pricing.clone());
        let (mut left, mut began) = (BTreeMap::new(), BTreeMap::new());
        for stock in world.stored::<StockRow>().await {
            *left.entry(stock.value.place.clone()).or_default() += stock.value.left;
            if stock.value.shard == 0 {
                began.insert(stock.value.place, stock.created_at.parse().unwrap());
            }
        }
        let things =
            items.iter().map(|item| Thing::Item(item.id)).chain(passes.iter().map(|pass| Thing::Pass(pass.id)));
        Self {
            counted: of_events.chain(of_items).chain(of_passes).collect(),
            things: things.collect(),
            schedules: items.iter().filter_map(of_item).chain(passes.iter().map(of_pass)).collect(),
            left,
            began,
            servers: world.place,
        }
    }

    /// Was this removed, which is only done when nobody has it? That is seen in lists, which in the cellar lag by some
    /// transactions, though those of a store that one has alone do not: there it may happen once in thousands of runs.
    fn was_removed_from(&self, thing: &Thing) -> bool {
        self.servers == world::Place::Cloud && !self.things.contains(thing)
    }

    /// May somebody stand on a limited place and not be counted? Nobody does far away, where the limit is set only when
    /// all lists are whole. Near the store, who saw the catalogue as it was before the counting began.
    fn may_be_left_out(&self, seat: &Seat<'_>, place: &Place) -> bool {
        let came_before = self.began.get(place).is_some_and(|began| seat.order.placed_at <= *began);
        self.servers == world::Place::Cellar && came_before
    }
}

/// Everybody stands where they bought a place and nowhere else, nobody has what there is not, and no more do than may.
pub fn places(
    records: &Records,
    (orders, tickets): (&BTreeMap<OrderId, Order>, &BTreeMap<TicketNumber, Ticket>),
    shelf: &Shelf,
    wrong: &mut Vec<String>,
) {
    let seats: Vec<Seat<'_>> = orders.values().flat_map(|order| seats(order, tickets)).collect();
    for seat in &seats {
        for thing in seat.has.iter().filter(|thing| shelf.was_removed_from(thing)) {
            wrong.push(format!("ticket {} has {thing:?}, which was removed", seat.number));
        }
        for counted in &shelf.counted {
            standing(seat, counted, shelf, wrong);
        }
    }
    for (place, capacity) in shelf.counted.iter().flat_map(|counted| &counted.capacities) {
        let taken = seats.iter().filter(|seat| seat.places.contains(place)).count();
        let left = shelf.left.get(place).copied();
        let most = usize::try_from(*capacity).unwrap();
        if taken > most || left != i64::try_from(most - taken).ok() {
            wrong.push(format!("{taken} of {capacity} are taken of {place:?}, and {left:?} are left"));
        }
    }
    for (thing, schedule) in &shelf.schedules {
        if !records.may_have_other_steps(*thing) {
            steps(schedule, orders, shelf, wrong);
        }
    }
}

/// Those of an order who take places, or took them until their ticket was made void.
fn seats<'a>(order: &'a Order, tickets: &'a BTreeMap<TicketNumber, Ticket>) -> Vec<Seat<'a>> {
    let is_open = matches!(order.state, OrderState::Held | OrderState::Paid);
    let seat = |(index, wanted): (usize, &'a domain::orders::OrderTicket)| {
        let is_pass = |line: &&domain::orders::Line| line.ticket == index && matches!(line.thing, Thing::Pass(_));
        let passes = order.lines.iter().filter(is_pass).map(|line| line.thing);
        let has = wanted.entitlements.iter().map(|given| Thing::Item(given.item)).chain(passes).collect();
        let seat = Seat { number: wanted.number, order, is_good: true, has, role: wanted.role, places: &wanted.places };
        match tickets.get(&wanted.number) {
            Some(ticket) => {
                let is_good = ticket.status_word() == StatusWord::Active;
                Some(Seat { is_good, places: &ticket.places, ..seat })
            }
            None => is_open.then_some(seat),
        }
    };
    order.tickets.iter().enumerate().filter_map(seat).collect()
}

/// Somebody is on record for the places that are limited, where they bought them.
fn standing(seat: &Seat<'_>, counted: &Counted, shelf: &Shelf, wrong: &mut Vec<String>) {
    let stands = match &counted.of {
        StockOf::Event(_) => true,
        StockOf::Thing(thing) => seat.has.contains(thing),
        StockOf::Step(_) => false,
    };
    let on_record = seat.places.iter().filter(|place| place.of == counted.of);
    if !stands {
        wrong.extend(on_record.map(|place| format!("ticket {} takes {place:?} and has it not", seat.number)));
        return;
    }
    let comes_as = |role| match role {
        StockRole::All => true,
        StockRole::Leader => matches!(seat.role, Some(Role::Leader | Role::Switch)),
        StockRole::Follower => matches!(seat.role, Some(Role::Follower | Role::Switch)),
    };
    let roles: Vec<StockRole> = on_record.map(|place| place.role).collect();
    let has_roles = counted.capacities.iter().any(|(place, _)| place.role != StockRole::All);
    let as_role = roles.iter().filter(|role| **role != StockRole::All).count();
    let twice = roles.iter().filter(|role| **role == StockRole::All).count() > 1;
    if seat.is_good && (as_role != usize::from(has_roles) || twice || !roles.iter().all(|role| comes_as(*role))) {
        wrong.push(format!("ticket {} of {:?} takes {roles:?} of {:?}", seat.number, seat.role, counted.of));
    }
    let of_all = counted.capacities.iter().map(|(place, _)| place).find(|place| place.role == StockRole::All);
    if let Some(place) = of_all.filter(|place| seat.is_good && !seat.places.contains(place))
        && !shelf.may_be_left_out(seat, place)
    {
        wrong.push(format!("ticket {} is not counted in {place:?}", seat.number));
    }
}

impl Records {
    /// Has anybody asked for other steps? Who is refused may have asked once before, without an answer.
    fn may_have_other_steps(&self, thing: Thing) -> bool {
        let is_of = |edit: &Edit| matches!(edit, Edit::Thing(of, Change::Steps(_)) if *of == thing);
        self.asked.iter().any(is_of)
    }
}

/// Of steps that are as they were in the beginning there is left what no order takes, exactly.
fn steps(schedule: &PricingSchedule, orders: &BTreeMap<OrderId, Order>, shelf: &Shelf, wrong: &mut Vec<String>) {
    for step in schedule.counted() {
        let place = Place::all(StockOf::Step(step.id));
        let takes = orders.values().flat_map(|order| &order.takes).filter(|take| take.place == place);
        let taken: i64 = takes.map(|take| i64::from(take.units)).sum();
        let left = shelf.left.get(&place).copied();
        if left != step.until_sold.map(|until_sold| i64::from(until_sold) - taken) {
            wrong.push(format!("{left:?} left of {step:?}, of which {taken} are taken"));
        }
    }
}
