//! What a check counts while it reads, and compares when it has read all.

use std::collections::{BTreeMap, BTreeSet};

use domain::catalogue::{Event, Item, Pass};
use domain::door::Scan;
use domain::orders::{Order, OrderState, Place, StockOf};
use domain::organisations::Organisation;
use domain::payments::Payment;
use domain::people::{Address, Customer, Person};
use domain::pricing::PricingSchedule;
use domain::tickets::{Sale, StatusWord, Ticket};
use domain::values::{Amount, CustomerId, OrderId, PersonId, TicketNumber};
use domain::work::{Task, Work};
use store::records::{PurchaseRow, StockRow};

use super::Broken;

/// Everything that was read, as far as it is compared.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    organisations: BTreeSet<String>,
    events: Vec<Event>,
    counted: BTreeMap<Place, u32>,
    steps: BTreeMap<Place, u32>,
    stock: BTreeMap<Place, i64>,
    /// Places whose stock is about to be removed.
    leaving: BTreeSet<Place>,
    taken: BTreeMap<Place, i64>,
    orders: BTreeMap<OrderId, Order>,
    paid: BTreeMap<OrderId, Amount>,
    tickets: BTreeMap<TicketNumber, Ticket>,
    twice: Vec<TicketNumber>,
    purchases: BTreeMap<TicketNumber, Amount>,
    sales: BTreeMap<TicketNumber, Amount>,
    persons: BTreeSet<PersonId>,
    customers: BTreeMap<CustomerId, PersonId>,
    addresses: Vec<Address>,
    watched: BTreeSet<OrderId>,
    scans: BTreeMap<TicketNumber, Vec<Scan>>,
    broken: Vec<Broken>,
}

impl Ledger {
    pub(super) fn organisation(&mut self, organisation: &Organisation) {
        self.organisations.insert(organisation.slug.to_string());
    }

    pub(super) fn event(&mut self, event: Event) {
        self.counted.extend(event.stock());
        self.events.push(event);
    }

    pub(super) fn item(&mut self, item: &Item) {
        self.counted.extend(item.stock());
        self.schedule(item.pricing.as_ref());
    }

    pub(super) fn pass(&mut self, pass: &Pass) {
        self.counted.extend(pass.stock());
        self.schedule(Some(&pass.pricing));
    }

    fn schedule(&mut self, pricing: Option<&PricingSchedule>) {
        let counted = pricing.into_iter().flat_map(PricingSchedule::counted);
        let counted = counted.filter_map(|step| Some((Place::all(StockOf::Step(step.id)), step.until_sold?)));
        self.steps.extend(counted);
    }

    pub(super) fn stock(&mut self, stock: StockRow) {
        *self.stock.entry(stock.place).or_default() += stock.left;
    }

    pub(super) fn order(&mut self, order: Order) {
        for take in order.takes.iter().filter(|take| matches!(take.place.of, StockOf::Step(_))) {
            *self.taken.entry(take.place.clone()).or_default() += i64::from(take.units);
        }
        if matches!(order.state, OrderState::Held | OrderState::Paid) {
            // What has been issued counts with its tickets.
            for place in order.tickets.iter().skip(order.issued).flat_map(|ticket| &ticket.places) {
                *self.taken.entry(place.clone()).or_default() += 1;
            }
        }
        self.orders.insert(order.id, order);
    }

    pub(super) fn payment(&mut self, payment: &Payment) {
        let paid = self.paid.entry(payment.order).or_default();
        *paid = *paid + payment.amount;
    }

    pub(super) fn ticket(&mut self, ticket: Ticket) {
        for place in &ticket.places {
            *self.taken.entry(place.clone()).or_default() += 1;
        }
        if let Some(other) = self.tickets.insert(ticket.number, ticket) {
            self.twice.push(other.number);
        }
    }

    pub(super) fn purchase(&mut self, purchase: &PurchaseRow) {
        let sum = self.purchases.entry(purchase.ticket).or_default();
        *sum = *sum + purchase.sum;
    }

    pub(super) fn sale(&mut self, sale: &Sale) {
        let sum = self.sales.entry(sale.ticket).or_default();
        *sum = *sum + sale.amount;
    }

    pub(super) fn person(&mut self, person: &Person) {
        self.persons.insert(person.id);
    }

    pub(super) fn customer(&mut self, customer: &Customer) {
        self.customers.insert(customer.id, customer.person);
    }

    pub(super) fn address(&mut self, address: &Address) {
        self.addresses.push(address.clone());
    }

    pub(super) fn work(&mut self, work: &Work) {
        match &work.task {
            Task::ExpireHold { order, .. } | Task::IssueTickets { order, .. } | Task::VoidTickets { order, .. } => {
                self.watched.insert(*order);
            }
            Task::RemoveStock { places } => self.leaving.extend(places.iter().cloned()),
            Task::SpreadStock { .. } | Task::Send { .. } => {}
        }
    }

    pub(super) fn scan(&mut self, scan: Scan) {
        if let Some(ticket) = scan.ticket {
            self.scans.entry(ticket).or_default().push(scan);
        }
    }

    fn add(&mut self, at: impl std::fmt::Display, what: impl Into<String>) {
        self.broken.push(Broken { at: at.to_string(), what: what.into() });
    }

    /// Compares all that was read.
    pub(super) fn close(mut self) -> Vec<Broken> {
        self.close_catalogue();
        self.close_stock();
        self.close_orders();
        self.close_tickets();
        self.close_people();
        self.broken
    }

    fn close_catalogue(&mut self) {
        for event in std::mem::take(&mut self.events) {
            if !self.organisations.contains(event.event.organisation.as_str()) {
                self.add(format!("{:?}", event.event), "an event without its organisation");
            }
        }
    }

    /// What is left of each place is its capacity less what is taken; of a counted step, its number less what was
    /// held or sold.
    fn close_stock(&mut self) {
        let counted = std::mem::take(&mut self.counted);
        for (place, capacity) in &counted {
            let taken = self.taken.get(place).copied().unwrap_or_default();
            match self.stock.get(place).copied() {
                None => self.add(name(place), "has a capacity and no stock"),
                Some(left) if left < 0 => self.add(name(place), format!("is oversold: {left} left")),
                Some(left) if left != i64::from(*capacity) - taken => {
                    self.add(name(place), format!("{left} left, where {capacity} less {taken} taken is expected"));
                }
                Some(_) => {}
            }
        }
        let stock = std::mem::take(&mut self.stock);
        for place in stock.keys() {
            let is_known = counted.contains_key(place) || self.steps.contains_key(place);
            if !is_known && !self.leaving.contains(place) {
                self.add(name(place), "has a stock and no capacity");
            }
        }
        for (place, until_sold) in std::mem::take(&mut self.steps) {
            let taken = self.taken.get(&place).copied().unwrap_or_default();
            match stock.get(&place).copied() {
                None => self.add(name(&place), "a step that counts has no stock"),
                Some(left) if left > i64::from(until_sold) - taken => {
                    self.add(name(&place), format!("{left} left, where {until_sold} less {taken} is the most"));
                }
                Some(_) => {}
            }
        }
    }

    fn close_orders(&mut self) {
        for (id, order) in std::mem::take(&mut self.orders) {
            let total: Amount = order.lines.iter().map(domain::orders::Line::sum).sum();
            if total != order.total {
                self.add(id, "its lines do not add up to its total");
            }
            if self.paid.remove(&id).unwrap_or_default() != order.paid {
                self.add(id, "its payments do not add up to what it says is paid");
            }
            if order.state == OrderState::Paid && !self.watched.contains(&id) {
                self.add(id, "is paid, and no work issues its tickets");
            }
            if order.state == OrderState::Held && order.expires_at.is_some() && !self.watched.contains(&id) {
                self.add(id, "is held, and no work ends its hold");
            }
            let issued: Vec<&Ticket> =
                order.tickets.iter().filter_map(|ticket| self.tickets.get(&ticket.number)).collect();
            let expected = if order.state == OrderState::Fulfilled { order.tickets.len() } else { order.issued };
            let is_good = |ticket: &&Ticket| ticket.status_word() == StatusWord::Active;
            let left_good = order.state == OrderState::Cancelled && issued.iter().any(is_good);
            let (found, paid) = (issued.len(), issued.iter().map(|ticket| ticket.paid).sum::<Amount>());
            if left_good && !self.watched.contains(&id) {
                self.add(id, "is cancelled, and no work makes its tickets void");
            }
            if found != expected {
                self.add(id, format!("{found} of its tickets exist, where {expected} should"));
            }
            if order.state == OrderState::Fulfilled && paid != order.paid {
                self.add(id, "what its tickets say is paid is not what it says");
            }
        }
        for order in std::mem::take(&mut self.paid).into_keys() {
            self.add(order, "payments of an order that is not there");
        }
    }

    fn close_tickets(&mut self) {
        for number in std::mem::take(&mut self.twice) {
            self.add(number, "a ticket that is there twice");
        }
        let scans = std::mem::take(&mut self.scans);
        for (number, ticket) in std::mem::take(&mut self.tickets) {
            if self.purchases.remove(&number).unwrap_or_default() != ticket.price {
                self.add(number, "its purchases do not add up to its price");
            }
            if self.sales.remove(&number).unwrap_or_default() != ticket.paid - ticket.refunded {
                self.add(number, "its movements of money do not add up to what it says is paid");
            }
            if !self.customers.contains_key(&ticket.customer) {
                self.add(number, "its holder is not there");
            }
            let folded = domain::door::fold(scans.get(&number).into_iter().flatten());
            if ticket.with_scans(&folded) != ticket {
                self.add(number, "its admissions are not what its scans come to");
            }
        }
        for number in std::mem::take(&mut self.purchases).into_keys() {
            self.add(number, "purchases of a ticket that is not there");
        }
        for number in std::mem::take(&mut self.sales).into_keys() {
            self.add(number, "movements of money of a ticket that is not there");
        }
    }

    fn close_people(&mut self) {
        for (customer, person) in std::mem::take(&mut self.customers) {
            if !self.persons.contains(&person) {
                self.add(customer, "a customer whose person is not there");
            }
        }
        for address in std::mem::take(&mut self.addresses) {
            if !self.persons.contains(&address.person) {
                self.add(&address.email, "an address whose person is not there");
            }
        }
    }
}

fn name(place: &Place) -> String {
    store::keys::stock(place, 0).pk
}
