//! Placing an order: the hold begins, and where nothing stands in the way the tickets are issued in the same moment.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::orders::{
    Buyer, Order, OrderPlan, OrderRequest, OrderState, Place, Seller, Shelf, Take, bank_transfer_until,
    faults_of_request, plan_order,
};
use domain::organisations::OrganisationStatus;
use domain::payments::{Method, Payment};
use domain::people::By;
use domain::tickets::Ticket;
use domain::values::{Amount, Email, Fault, Faults, Money, OrderId, Pointer, Slug, Title, Wrong};
use domain::work::Letter;
use futures_util::future::join;
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::create;
use store::table::{Refused, Why, Write};

use super::release::{counts_a_step, take, takes_of};
use super::size::fitting;
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Attempt, Committed};
use crate::figures;
use crate::once::Remember;
use crate::people::Identified;
use crate::scope::ShopScope;
use crate::stop::{self, Stop};

/// An order as it is asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOrder {
    /// At which event.
    pub event: Slug,
    /// Who buys; none while a visitor of the shop is still picking.
    pub buyer: Option<BuyerDraft>,
    /// What.
    pub request: OrderRequest,
}

/// Who buys.
#[derive(Debug, Clone, PartialEq)]
pub struct BuyerDraft {
    /// Where the order's mail goes.
    pub email: Email,
    /// Their name.
    pub full_name: Title,
}

/// Who asks for what, where; the customers of holders with an address of their own, by ticket.
#[derive(Clone, Copy)]
struct Placing<'a> {
    scope: &'a ShopScope,
    event: &'a EventRef,
    wanted: &'a PlaceOrder,
    holders: &'a [Option<domain::values::CustomerId>],
}

/// What one attempt is about to write.
struct Draft {
    order: Order,
    payment: Option<Payment>,
    /// The tickets that are issued in the same transaction, or right after it.
    tickets: Vec<Ticket>,
    writes: Vec<Write>,
}

impl Engine {
    /// Places an order of `event`.
    ///
    /// Takes all places together or none. Free, complimentary, cash and reader orders, and those paid at the door, are
    /// `fulfilled` at once; the others are `held` until they are paid or their hold ends. The tickets of an order that
    /// is too large for one transaction are written right after it, and answered as they will be. Repeating a request
    /// with the same key gives the first answer. See [`plan_order`] for what is refused.
    pub async fn place_order(
        &self,
        scope: &ShopScope,
        wanted: &PlaceOrder,
        remember: Remember<'_, OrderView>,
    ) -> Result<OrderView, Stop> {
        let event = scope.event(&wanted.event);
        if wanted.request.tickets.iter().any(|ticket| ticket.email.is_some()) {
            // Their rows are written before the order is: not for a request that was done, or whose key was used.
            self.recall(remember.once()).await?;
        }
        let holders = self.identify_holders(&Placing { scope, event: &event, wanted, holders: &[] }).await;
        let holders = self.unless_done(remember.once(), holders).await?;
        let placing = Placing { scope, event: &event, wanted, holders: &holders };
        for _ in 0..ATTEMPTS {
            let placed = self.try_place(&placing, &remember).await;
            match self.unless_done(remember.once(), placed).await? {
                Attempt::Done(view) => return Ok(view),
                Attempt::Again => {}
            }
        }
        Err(stop::Fault::Contended.into())
    }

    /// What is wrong with an order as it stands: for one that could not be read as a whole.
    pub async fn faults_of_order(
        &self,
        scope: &ShopScope,
        event: &Slug,
        request: &OrderRequest,
    ) -> Result<Faults, Stop> {
        let shelf = self.shelf(&scope.event(event), request).await?;
        if scope.seller() == Seller::Public && !shelf.event.is_public() {
            return Err(Refusal::NotFound.into());
        }
        Ok(faults_of_request(&shelf, request))
    }

    /// The customers of holders with an address of their own, by ticket; written before the order is, and not for one
    /// that is refused.
    async fn identify_holders(&self, placing: &Placing<'_>) -> Result<Vec<Option<domain::values::CustomerId>>, Stop> {
        let Placing { scope, wanted, .. } = *placing;
        if wanted.request.tickets.iter().all(|ticket| ticket.email.is_none()) {
            return Ok(vec![None; wanted.request.tickets.len()]);
        }
        self.plan(placing, self.now()).await?;
        let buyer = wanted.buyer.as_ref().map(|buyer| &buyer.email);
        let mut customers = Vec::with_capacity(wanted.request.tickets.len());
        for ticket in &wanted.request.tickets {
            let own = ticket.email.as_ref().filter(|email| buyer != Some(*email));
            customers.push(match own {
                None => None,
                Some(email) => Some(self.identify_now(scope.organisation(), email, ticket.full_name.as_ref()).await?),
            });
        }
        Ok(customers)
    }

    /// What is asked for, and what comes of it if there is room.
    async fn plan(&self, placing: &Placing<'_>, at: Timestamp) -> Result<(Shelf, OrderPlan), Stop> {
        let Placing { scope, event, wanted, .. } = *placing;
        let shelf = self.shelf(event, &wanted.request).await?;
        if scope.seller() == Seller::Public && !shelf.event.is_public() {
            return Err(Refusal::NotFound.into());
        }
        // To the public its shop is not there at all.
        if scope.organisation().status == OrganisationStatus::Suspended {
            return Err(Refusal::SalesClosed(Faults::one(Pointer::root(), Wrong::NotOnSale)).into());
        }
        let numbers: Vec<_> = wanted.request.tickets.iter().map(|_| self.fresh()).collect();
        let plan = plan_order(&shelf, &wanted.request, scope.seller(), &numbers, at)?;
        check_total(&plan, wanted.request.expected_total, scope.organisation().currency)?;
        Ok((shelf, plan))
    }

    async fn try_place(
        &self,
        placing: &Placing<'_>,
        remember: &Remember<'_, OrderView>,
    ) -> Result<Attempt<OrderView>, Stop> {
        let Placing { scope, wanted, .. } = *placing;
        let at = self.now();
        // Side by side: neither needs the other.
        let identified = async {
            let Some(buyer) = &wanted.buyer else { return Ok(None) };
            let found = self.identify(scope.organisation(), &buyer.email, Some(&buyer.full_name)).await?;
            Ok::<_, Stop>(Some((buyer, found)))
        };
        let (planned, buyer) = join(self.plan(placing, at), identified).await;
        let ((shelf, plan), buyer) = (planned?, buyer?);
        let Some(takes) = self.takes_for(&shelf, &plan).await? else { return Ok(Attempt::Again) };
        let mut order = new_order(self.fresh(), placing, (&shelf.event, &plan, takes), buyer.as_ref(), at);
        order.list_shard = self.any_shard(shelf.event.shards.lists);
        let mut draft = self.draft(order, buyer.map(|(_, found)| found), scope.by(), at).await?;
        if let Some(fit) = fitting(&draft.order)? {
            return Err(Refusal::invalid(Pointer::to("tickets"), Wrong::TooLong(fit)).into());
        }
        let payments = draft.payment.iter().cloned().collect();
        let view = self.view_order(draft.order.when_issued(), 1, draft.tickets.clone(), payments).await?;
        draft.writes.extend(remember.write(self, &view)?);
        match self.commit(draft.writes.clone()).await? {
            Committed::Done => {
                figures::order_placed(draft.order.method);
                if !draft.tickets.is_empty() {
                    self.after_issuing(&draft.order, &draft.tickets).await;
                }
                Ok(Attempt::Done(view))
            }
            Committed::Refused(refused) => {
                self.recall(remember.once()).await?;
                let sold_out = sold_out(&plan, &shelf, &draft, &refused);
                if sold_out.is_empty() || self.may_be_elsewhere(&shelf.event).await? {
                    return Ok(Attempt::Again);
                }
                Err(told_sold_out(&plan, &sold_out))
            }
        }
    }

    /// Where the places of a plan are taken from, beginning at any shard; refused as sold out where all shards together
    /// have too few. None if a step of the prices has fewer than the plan thought, or too many shards would be taken from:
    /// then it is worth another try.
    async fn takes_for(&self, shelf: &Shelf, plan: &OrderPlan) -> Result<Option<Vec<Take>>, Stop> {
        let first = if shelf.by_shard.is_empty() { 0 } else { usize::from(self.fresh_byte()) };
        let units = || plan.units.iter().map(|(place, units)| (place, units.count));
        let short = match takes_of(units(), &shelf.by_shard, first) {
            Ok(takes) => return self.unless_scattered(&shelf.event, takes).await,
            Err(short) => short,
        };
        let mut by_shard = shelf.by_shard.clone();
        by_shard.extend(self.look_again(&shelf.event, &short).await?);
        match takes_of(units(), &by_shard, first) {
            Ok(takes) => self.unless_scattered(&shelf.event, takes).await,
            Err(short) if short.iter().any(counts_a_step) => Ok(None),
            Err(_) if self.has_other_shards(&shelf.event).await? => Ok(None),
            Err(short) => Err(told_sold_out(plan, &short)),
        }
    }

    /// Was the stock spread over more shards since this was read?
    async fn has_other_shards(&self, event: &domain::catalogue::Event) -> Result<bool, Stop> {
        let now = lookups::event(self.table(), &event.event).await?;
        Ok(now.is_some_and(|now| now.value.shards.stock != event.shards.stock))
    }

    /// Is the stock spread over several shards, or was it since this was read? Then what one lacks another may have.
    async fn may_be_elsewhere(&self, event: &domain::catalogue::Event) -> Result<bool, Stop> {
        let is_spread = |event: &domain::catalogue::Event| event.shards.stock > 1;
        if is_spread(event) {
            return Ok(true);
        }
        Ok(lookups::event(self.table(), &event.event).await?.is_some_and(|now| is_spread(&now.value)))
    }

    /// All the writes of a new order. Where it is settled already its tickets are issued with it, if all of that fits
    /// in one transaction; else it is left `paid`, with work that issues them.
    async fn draft(&self, mut order: Order, buyer: Option<Identified>, by: &By, at: Timestamp) -> Result<Draft, Stop> {
        let payment = self.payment_at_once(&order, by, at);
        order.paid = payment.as_ref().map_or(Amount::ZERO, |payment| payment.amount);
        let mut writes: Vec<Write> = take(&order.takes).collect();
        writes.extend(buyer.into_iter().flat_map(|found| found.writes));
        if let Some(payment) = &payment {
            writes.push(create(payment, at)?);
        }
        let mut tickets = Vec::new();
        if order.may_be_issued() {
            tickets = self.issue_with(&mut order, payment.as_slice(), by, &mut writes).await?;
        } else {
            writes.extend(self.expiry_work(&order)?);
            if let (Some(buyer), Some(Method::BankTransfer)) = (&order.buyer, order.method) {
                let letter = Letter::Reserved { event: order.event.clone(), order: order.id };
                writes.push(self.letter_work(&order.event.organisation, buyer.email.clone(), letter)?);
            }
        }
        writes.insert(0, create(&order, at)?);
        Ok(Draft { order, payment, tickets, writes })
    }

    /// Money that staff have in their hand is paid the moment the order is placed.
    fn payment_at_once(&self, order: &Order, by: &By, at: Timestamp) -> Option<Payment> {
        let method = order.method.filter(|method| method.is_taken_by_staff() && !order.total.is_zero())?;
        Some(Payment {
            id: self.fresh(),
            order: order.id,
            method,
            amount: order.total,
            currency: order.currency,
            reference: order.reference.clone(),
            at,
            by: by.clone(),
        })
    }
}

/// Refuses a total that the buyer was not told.
fn check_total(plan: &OrderPlan, expected: Option<Amount>, currency: domain::values::Currency) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != plan.total => Err(Refusal::PriceChanged(Money::new(plan.total, currency))),
        _ => Ok(()),
    }
}

fn new_order(
    id: OrderId,
    placing: &Placing<'_>,
    (event, plan, takes): (&domain::catalogue::Event, &OrderPlan, Vec<Take>),
    buyer: Option<&(&BuyerDraft, Identified)>,
    at: Timestamp,
) -> Order {
    let Placing { scope, wanted, holders, .. } = *placing;
    let payment = wanted.request.payment.as_ref();
    let method = payment.map(|payment| payment.method);
    let hold = at.checked_add(SignedDuration::from_mins(i64::from(event.hold_minutes))).unwrap_or(at);
    let mut tickets = plan.tickets.clone();
    for (ticket, holder) in tickets.iter_mut().zip(holders) {
        ticket.customer = *holder;
        if holder.is_none() {
            // The buyer's own address is no address of the ticket's own.
            ticket.email = None;
        }
    }
    // Who buys one ticket, or the first of several, and names nobody, comes themselves.
    if let (Some(first), Some((buyer, _))) = (tickets.first_mut(), buyer)
        && first.full_name.is_none()
        && first.customer.is_none()
    {
        first.full_name = Some(buyer.full_name.clone());
    }
    Order {
        id,
        event: event.event.clone(),
        buyer: buyer.map(|(buyer, found)| Buyer {
            customer: found.customer,
            email: buyer.email.clone(),
            full_name: buyer.full_name.clone(),
        }),
        state: OrderState::Held,
        tickets,
        lines: plan.lines.clone(),
        method,
        reference: payment.and_then(|payment| payment.reference.clone()),
        currency: scope.organisation().currency,
        total: plan.total,
        paid: Amount::ZERO,
        refunded: Amount::ZERO,
        takes,
        expires_at: match method {
            Some(Method::BankTransfer) => bank_transfer_until(event, at).or(Some(hold)),
            _ => Some(hold),
        },
        issued: 0,
        placed_at: at,
        placed_by: scope.by().clone(),
        ended_at: None,
        list_shard: 0,
    }
}

/// Of which places there were too few; none if others were faster and it is worth another try.
fn sold_out(plan: &OrderPlan, shelf: &Shelf, draft: &Draft, refused: &[Refused]) -> Vec<Place> {
    let mut sold_out = Vec::new();
    for refused in refused.iter().filter(|refused| refused.why == Why::BelowBound) {
        let Some(write) = draft.writes.get(refused.write) else { continue };
        let taken = draft.order.takes.iter().find(|take| store::keys::stock(&take.place, take.shard) == *write.key());
        let Some(take) = taken.filter(|take| !counts_a_step(&take.place)) else { continue };
        // There was room when a `switch` chose this role: read again, the other role may have some.
        let had_room = shelf.left.get(&take.place).is_some_and(|left| *left >= i64::from(take.units));
        if !had_room && plan.units.contains_key(&take.place) {
            sold_out.push(take.place.clone());
        }
    }
    sold_out
}

/// The refusal that says at which parts of the request these places were wanted.
fn told_sold_out(plan: &OrderPlan, places: &[Place]) -> Stop {
    let wanted_at = places.iter().filter_map(|place| plan.units.get(place)).flat_map(|units| units.wanted_at.clone());
    let wanted_at: BTreeSet<Pointer> = wanted_at.collect();
    let faults = wanted_at.into_iter().map(|at| Fault { at, wrong: Wrong::SoldOut(None) });
    Refusal::SoldOut(faults.collect()).into()
}
