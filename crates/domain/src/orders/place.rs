//! Placing an order: what was asked for becomes tickets, lines and places, or every fault of it is told.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::check::{check_method, check_on_sale, faults_of_request};
use super::{Line, OrderTicket, Place, StockOf, StockRole, places_of};
use crate::Refusal;
use crate::catalogue::{Event, Item, Pass, RateId, Role, Thing};
use crate::payments::Method;
use crate::pricing::{Counters, PricingSchedule};
use crate::tickets::{Answers, Entitlement, Source};
use crate::values::{Amount, Email, Faults, ItemId, PassId, Pointer, StepId, Text, TicketNumber, Title, Wrong};

/// Most tickets of one order.
pub const MOST_TICKETS: usize = 30;

/// Most different things that are bought for one ticket: it is written in one transaction.
pub const MOST_THINGS: usize = 60;

/// Most different places that one order takes: all of them are taken in one transaction, and given back in one.
pub const MOST_PLACES: usize = 80;

/// What a buyer asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderRequest {
    /// One for each attendee.
    pub tickets: Vec<TicketRequest>,
    /// How it will be paid; none while a visitor of the shop is still picking.
    pub payment: Option<PaymentRequest>,
    /// What the buyer was told that it costs.
    pub expected_total: Option<Amount>,
}

/// How an order will be paid.
#[derive(Debug, Clone, PartialEq)]
pub struct PaymentRequest {
    /// The way.
    pub method: Method,
    /// What staff note of it.
    pub reference: Option<Text<200>>,
}

/// One attendee of a request.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TicketRequest {
    /// The holder's name.
    pub full_name: Option<Title>,
    /// The holder's own address.
    pub email: Option<Email>,
    /// At which rate; none means the event's first.
    pub rate: Option<RateId>,
    /// How they dance.
    pub role: Option<Role>,
    /// With whom, as they wrote it.
    pub partner: Option<Title>,
    /// The passes, each once.
    pub passes: Vec<PassId>,
    /// The items on their own; physical ones up to 10 times.
    pub items: Vec<ItemId>,
    /// What they answered.
    pub answers: Answers,
}

/// What an order is decided from: the event, and what was named of it as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Shelf {
    /// The event.
    pub event: Event,
    /// The passes that were named, as far as there are any.
    pub passes: BTreeMap<PassId, Pass>,
    /// The items that were named or that those passes include, as far as there are any.
    pub items: BTreeMap<ItemId, Item>,
    /// What is left of steps that count.
    pub counters: Counters,
    /// What is left of places per role, for a `switch` to choose by.
    pub left: BTreeMap<Place, i64>,
    /// What each shard has of places whose stock has several.
    pub by_shard: BTreeMap<Place, Vec<i64>>,
}

/// Who places an order, as far as it matters for what they may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seller {
    /// A visitor of the shop.
    Public,
    /// Staff who may sell.
    Staff,
}

/// An order that can be placed as it was asked for, if the places are still there.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderPlan {
    /// The tickets to be.
    pub tickets: Vec<OrderTicket>,
    /// What is charged.
    pub lines: Vec<Line>,
    /// Their sum.
    pub total: Amount,
    /// The units to be taken, at most one entry for each place.
    pub units: BTreeMap<Place, Units>,
}

/// Units of one place, and which parts of the request want them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Units {
    /// How many.
    pub count: u32,
    /// Where in the request: `/tickets/0/passes/0`.
    pub wanted_at: Vec<Pointer>,
}

impl Shelf {
    /// The steps whose counters must be known to price this.
    pub fn counted_steps(&self) -> Vec<Place> {
        let schedules = self.passes.values().map(|pass| &pass.pricing);
        let schedules = schedules.chain(self.items.values().filter_map(|item| item.pricing.as_ref()));
        schedules.flat_map(PricingSchedule::counted).map(|step| Place::all(StockOf::Step(step.id))).collect()
    }

    /// Every counted place of what was named, and of the event; steps are counted apart.
    pub fn counted_places(&self) -> Vec<Place> {
        let passes = self.passes.values().flat_map(Pass::stock);
        let items = self.items.values().flat_map(Item::stock);
        self.event.stock().into_iter().chain(passes).chain(items).map(|(place, _)| place).collect()
    }

    /// The places whose number must be known for a `switch` to choose by.
    pub fn role_places(&self) -> Vec<Place> {
        let passes = self.passes.values().flat_map(Pass::stock);
        let items = self.items.values().flat_map(Item::stock);
        passes.chain(items).map(|(place, _)| place).filter(|place| place.role != StockRole::All).collect()
    }
}

/// Decides an order. `numbers` gives the tickets their numbers, one each.
///
/// Refused, in this order: whatever is wrong with the request (all faults at once), a payment method that the seller
/// may not use, what is not on sale, a total other than expected. Whether the places are left only the stock can say.
pub fn plan_order(
    shelf: &Shelf,
    request: &OrderRequest,
    seller: Seller,
    numbers: &[TicketNumber],
    at: Timestamp,
) -> Result<OrderPlan, Refusal> {
    let faults = faults_of_request(shelf, request);
    if !faults.is_empty() {
        return Err(Refusal::Invalid(faults));
    }
    if let Some(payment) = &request.payment {
        check_method(&shelf.event, payment.method, seller, at)?;
    }
    check_on_sale(shelf, request, seller, at)?;
    let plan = Planner::new(shelf, request, at).plan(numbers);
    let faults = check_plan(&plan, request);
    if faults.is_empty() { Ok(plan) } else { Err(Refusal::Invalid(faults)) }
}

fn check_plan(plan: &OrderPlan, request: &OrderRequest) -> Faults {
    let mut faults = Faults::none();
    for line in plan.lines.iter().filter(|line| line.price == NOT_SOLD) {
        let field = match line.thing {
            Thing::Pass(_) => "passes",
            Thing::Item(_) => "items",
        };
        let index = request.tickets.get(line.ticket).map_or(0, |ticket| ticket.index_of(line.thing));
        faults.add(Pointer::to("tickets").then(line.ticket).then(field).then(index), Wrong::NotSoldAtRate);
    }
    if plan.units.len() > MOST_PLACES {
        faults.add(Pointer::to("tickets"), Wrong::TooManyPlaces(MOST_PLACES));
    }
    let free = request.payment.as_ref().is_some_and(|payment| payment.method == Method::Free);
    if free && faults.is_empty() && !plan.total.is_zero() {
        faults.add(Pointer::to("payment").then("method"), Wrong::NotFree);
    }
    faults
}

/// Marks a line whose step has no amount for the ticket's rate; it never leaves this module.
const NOT_SOLD: Amount = Amount::minor(i64::MIN);

impl TicketRequest {
    /// Where a thing stands among the passes, or the items, of this request.
    fn index_of(&self, thing: Thing) -> usize {
        let found = match thing {
            Thing::Pass(id) => self.passes.iter().position(|other| *other == id),
            Thing::Item(id) => self.items.iter().position(|other| *other == id),
        };
        found.unwrap_or(0)
    }

    /// The distinct things of this request, with how many of each and where it stands first.
    fn things(&self) -> Vec<(Thing, u32)> {
        let mut things: Vec<(Thing, u32)> = Vec::new();
        let all = self.passes.iter().map(|id| Thing::Pass(*id)).chain(self.items.iter().map(|id| Thing::Item(*id)));
        for thing in all {
            match things.iter_mut().find(|(other, _)| *other == thing) {
                Some((_, count)) => *count += 1,
                None => things.push((thing, 1)),
            }
        }
        things
    }
}

/// A pass or item of a ticket, as far as places are concerned.
pub(super) struct Wanted {
    /// What of the request brought it: the pass, for an item that a pass includes.
    because: Thing,
    stock: Vec<(Place, u32)>,
    pub(super) needs_role: bool,
}

impl Shelf {
    /// The distinct passes and items that a ticket comes to, those that passes include too.
    pub(super) fn things_of<'a>(&'a self, ticket: &'a TicketRequest) -> impl Iterator<Item = Wanted> + 'a {
        let mut seen = BTreeSet::new();
        ticket
            .things()
            .into_iter()
            .flat_map(|(thing, _)| {
                let included = match thing {
                    Thing::Pass(id) => self.passes.get(&id).map(|pass| pass.includes.as_slice()).unwrap_or_default(),
                    Thing::Item(_) => &[],
                };
                let included = included.iter().map(move |item| (Thing::Item(*item), thing));
                std::iter::once((thing, thing)).chain(included)
            })
            .filter(move |(thing, _)| seen.insert(*thing))
            .filter_map(|(thing, because)| {
                let (stock, needs_role) = match thing {
                    Thing::Pass(id) => self.passes.get(&id).map(|pass| (pass.stock(), pass.roles.is_some()))?,
                    Thing::Item(id) => self.items.get(&id).map(|item| (item.stock(), item.roles.is_some()))?,
                };
                Some(Wanted { because, stock, needs_role })
            })
    }
}

/// Prices and places of one request, ticket by ticket, so that each sees what those before it took.
struct Planner<'a> {
    shelf: &'a Shelf,
    request: &'a OrderRequest,
    at: Timestamp,
    counters: Counters,
    left: BTreeMap<Place, i64>,
    plan: OrderPlan,
}

impl<'a> Planner<'a> {
    fn new(shelf: &'a Shelf, request: &'a OrderRequest, at: Timestamp) -> Self {
        let plan = OrderPlan { tickets: Vec::new(), lines: Vec::new(), total: Amount::ZERO, units: BTreeMap::new() };
        Self { shelf, request, at, counters: shelf.counters.clone(), left: shelf.left.clone(), plan }
    }

    fn plan(mut self, numbers: &[TicketNumber]) -> OrderPlan {
        for (index, (ticket, number)) in self.request.tickets.iter().zip(numbers).enumerate() {
            self.add_ticket(index, ticket, *number);
        }
        self.plan.total = self.plan.lines.iter().filter(|line| line.price != NOT_SOLD).map(Line::sum).sum();
        self.plan
    }

    fn add_ticket(&mut self, index: usize, request: &TicketRequest, number: TicketNumber) {
        let shelf = self.shelf;
        let first_rate = || shelf.event.rates.first().map(|rate| rate.id.clone());
        let Some(rate) = request.rate.clone().or_else(first_rate) else { return };
        for (thing, quantity) in request.things() {
            self.add_lines(index, thing, quantity, &rate);
        }
        let places = self.places(index, request);
        self.plan.tickets.push(OrderTicket {
            number,
            full_name: request.full_name.clone(),
            email: request.email.clone(),
            customer: None,
            rate,
            role: request.role,
            partner: request.partner.clone(),
            entitlements: entitlements(shelf, request),
            places,
            answers: request.answers.clone(),
        });
    }

    fn add_lines(&mut self, index: usize, thing: Thing, quantity: u32, rate: &RateId) {
        let shelf = self.shelf;
        let found = match thing {
            Thing::Pass(id) => shelf.passes.get(&id).map(|pass| (&pass.name, &pass.pricing)),
            Thing::Item(id) => {
                shelf.items.get(&id).and_then(|item| item.pricing.as_ref().map(|pricing| (&item.name, pricing)))
            }
        };
        let Some((name, pricing)) = found else { return };
        let complimentary =
            self.request.payment.as_ref().is_some_and(|payment| payment.method == Method::Complimentary);
        for part in pricing.allot(quantity, self.at, &mut self.counters) {
            for step in &part.counted {
                self.take(Place::all(StockOf::Step(*step)), part.quantity, None);
            }
            let price = match part.step.prices.get(rate) {
                None => NOT_SOLD,
                Some(_) if complimentary => Amount::ZERO,
                Some(price) => *price,
            };
            let (name, step) = (name.clone(), part.step.name.clone());
            self.plan.lines.push(Line { ticket: index, thing, name, step, quantity: part.quantity, price });
        }
    }

    /// The places of a ticket: one of the event, and of each distinct pass and item.
    fn places(&mut self, index: usize, request: &TicketRequest) -> Vec<Place> {
        let here = Pointer::to("tickets").then(index);
        let shelf = self.shelf;
        let mut places = Vec::new();
        for place in places_of(shelf.event.stock(), None) {
            self.take(place.clone(), 1, Some(here.clone()));
            places.push(place);
        }
        for wanted in shelf.things_of(request) {
            let role = self.role_for(request.role, &wanted.stock);
            let field = match wanted.because {
                Thing::Pass(_) => "passes",
                Thing::Item(_) => "items",
            };
            let at = here.then(field).then(request.index_of(wanted.because));
            for place in places_of(wanted.stock, role) {
                self.take(place.clone(), 1, Some(at.clone()));
                places.push(place);
            }
        }
        places
    }

    /// A `switch` takes the role that has more left, here and now; leaders' places where both have as many.
    fn role_for(&self, role: Option<Role>, stock: &[(Place, u32)]) -> Option<Role> {
        if role != Some(Role::Switch) {
            return role;
        }
        let left_of = |wanted: StockRole| {
            let place = stock.iter().map(|(place, _)| place).find(|place| place.role == wanted)?;
            self.left.get(place).copied()
        };
        let (leaders, followers) = (left_of(StockRole::Leader), left_of(StockRole::Follower));
        Some(if followers > leaders { Role::Follower } else { Role::Leader })
    }

    fn take(&mut self, place: Place, count: u32, wanted_at: Option<Pointer>) {
        if let Some(left) = self.left.get_mut(&place) {
            *left -= i64::from(count);
        }
        let units = self.plan.units.entry(place).or_default();
        units.count += count;
        units.wanted_at.extend(wanted_at);
    }
}

/// One entitlement for each item that a ticket comes to: from the first pass that includes it, else from itself.
/// Of a physical item, what passes include and what was bought are added up.
fn entitlements(shelf: &Shelf, request: &TicketRequest) -> Vec<Entitlement> {
    let mut found: Vec<Entitlement> = Vec::new();
    let included = request
        .passes
        .iter()
        .filter_map(|id| shelf.passes.get(id))
        .flat_map(|pass| pass.includes.iter().map(|item| (*item, Source::Pass(pass.id))));
    let bought = request.items.iter().map(|item| (*item, Source::Item(*item)));
    for (item, from) in included.chain(bought) {
        let most = shelf.items.get(&item).map_or(1, |item| item.kind.most_on_a_ticket());
        match found.iter_mut().find(|entitlement| entitlement.item == item) {
            Some(entitlement) => entitlement.quantity = (entitlement.quantity + 1).min(most),
            None => found.push(Entitlement { item, quantity: 1, from, admissions: Vec::new() }),
        }
    }
    found
}

/// The steps that an order's units were counted at, for a hold that gives them back.
pub fn is_step(place: &Place) -> Option<StepId> {
    match place.of {
        StockOf::Step(step) => Some(step),
        StockOf::Event(_) | StockOf::Thing(_) => None,
    }
}
