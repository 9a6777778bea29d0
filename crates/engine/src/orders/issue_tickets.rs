//! Issuing: the tickets of a settled order are written, with their purchases, their money, their history and their mail.
//!
//! Safe to repeat, because the numbers were chosen when the hold began, and each chunk moves the order's `issued` on.

use std::ops::Range;

use domain::Refusal;
use domain::catalogue::EventRef;
use domain::orders::{Buyer, Issue, Order, OrderState};
use domain::payments::Payment;
use domain::people::By;
use domain::tickets::{Happening, HistoryEntry, Purchase, Sale, SaleKind, Ticket};
use domain::values::{Amount, Email, OrderId, Slug, WorkId};
use domain::work::{Lane, Letter, Task, Work};
use store::lookups;
use store::record::{Record as _, Stored, create};
use store::records::{OfEvent, PurchaseRow};
use store::table::{Expect, StoreFault, Write};

use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::{Fault, Stop};

/// Most writes of one transaction of an order; what needs more is written in chunks.
pub(crate) const MOST_WRITES: usize = 90;

/// Tickets of one chunk, and the writes that make them.
pub(crate) struct Issued {
    pub(crate) tickets: Vec<Ticket>,
    pub(crate) writes: Vec<Write>,
}

impl Engine {
    /// The tickets in `range` of an order that was paid with these, first to last, and the writes that issue them.
    pub(crate) async fn issue(
        &self,
        order: &Order,
        range: Range<usize>,
        payments: &[Payment],
        by: &By,
    ) -> Result<Issued, Stop> {
        let buyer = order.buyer.as_ref().ok_or(Fault::Impossible("tickets of an order without a buyer"))?;
        let key = self.event_keys(&order.event).await?.active()?;
        let mut issued = Issued { tickets: Vec::new(), writes: Vec::new() };
        let shares = order.shares(payments);
        for index in range {
            let paid = shares.get(index).map(Vec::as_slice).unwrap_or_default();
            self.issue_one(order, (index, key), (buyer, paid, by), &mut issued)?;
        }
        Ok(issued)
    }

    /// Issues all tickets of a settled order together with `writes`, if that fits in one transaction; else the order is
    /// left `paid`, with work that issues them. Answers with the tickets, which in the second case are not written yet.
    pub(crate) async fn issue_with(
        &self,
        order: &mut Order,
        payments: &[Payment],
        by: &By,
        writes: &mut Vec<Write>,
    ) -> Result<Vec<Ticket>, Stop> {
        order.state = OrderState::Paid;
        order.expires_at = None;
        let issued = self.issue(order, 0..order.tickets.len(), payments, by).await?;
        let letters = self.letters_of(order)?;
        if writes.len() + issued.writes.len() + letters.len() < MOST_WRITES {
            order.state = OrderState::Fulfilled;
            order.issued = order.tickets.len();
            writes.extend(issued.writes);
            writes.extend(letters);
        } else {
            writes.push(self.issuing_work(order)?);
        }
        Ok(issued.tickets)
    }

    /// Tells who keeps tickets in memory of those that were issued with an order, or issues those that were left.
    /// Should that fail, a worker does it: the order stands.
    pub(crate) async fn after_issuing(&self, order: &Order, tickets: &[Ticket]) {
        if order.state == OrderState::Fulfilled {
            self.tell_of(tickets);
        } else if let Err(stop) = self.finish_issuing(&order.event, order.id).await {
            tracing::warn!(?stop, order = %order.id, "tickets are left to a worker");
        }
    }

    fn issue_one(
        &self,
        order: &Order,
        (index, key): (usize, u8),
        (buyer, paid, by): (&Buyer, &[(&Payment, Amount)], &By),
        issued: &mut Issued,
    ) -> Result<(), Stop> {
        let at = self.now();
        let Some(number) = order.tickets.get(index).map(|ticket| ticket.number) else { return Ok(()) };
        let sale = |(payment, amount): &(&Payment, Amount)| Sale {
            id: self.fresh(),
            ticket: number,
            amount: *amount,
            method: payment.method,
            payment: payment.id,
            kind: SaleKind::Purchase,
            at,
        };
        let sales: Vec<Sale> = paid.iter().map(sale).collect();
        let issue = Issue { change: self.fresh(), key, sale: sales.first().map(|sale| sale.id), at };
        let Some(ticket) = order.ticket(index, buyer, issue) else { return Ok(()) };
        issued.writes.push(create(&ticket, at)?);
        for purchase in purchase_rows(&ticket) {
            issued.writes.push(create(&purchase, at)?);
        }
        issued.writes.push(self.entry(&ticket, Happening::Issued, by)?);
        for sale in sales {
            issued.writes.push(create(&OfEvent { event: ticket.event.clone(), value: sale }, at)?);
        }
        issued.tickets.push(ticket);
        Ok(())
    }

    /// The write of a new entry in a ticket's history.
    pub(crate) fn entry(&self, ticket: &Ticket, what: Happening, by: &By) -> Result<Write, StoreFault> {
        create(&OfEvent { event: ticket.event.clone(), value: self.happened(ticket, what, by) }, self.now())
    }

    /// A new entry in a ticket's history.
    pub(crate) fn happened(&self, ticket: &Ticket, what: Happening, by: &By) -> HistoryEntry {
        HistoryEntry { id: self.fresh(), ticket: ticket.number, at: self.now(), what, by: by.clone(), from: None }
    }

    /// The letters that go out when an order is issued: all tickets to the buyer, and each to its holder where that is
    /// somebody else.
    pub(crate) fn letters_of(&self, order: &Order) -> Result<Vec<Write>, StoreFault> {
        let Some(buyer) = &order.buyer else { return Ok(Vec::new()) };
        let organisation = &order.event.organisation;
        let letter = Letter::Tickets { event: order.event.clone(), order: order.id };
        let mut writes = vec![self.letter_work(organisation, buyer.email.clone(), letter)?];
        for ticket in &order.tickets {
            if let Some(email) = ticket.email.as_ref().filter(|email| **email != buyer.email) {
                let letter = Letter::Ticket { event: order.event.clone(), ticket: ticket.number };
                writes.push(self.letter_work(organisation, email.clone(), letter)?);
            }
        }
        Ok(writes)
    }

    /// The write that leaves a letter for the worker that sends it.
    pub(crate) fn letter_work(&self, organisation: &Slug, to: Email, letter: Letter) -> Result<Write, StoreFault> {
        let work = self.new_work(Lane::Deliveries, Some(organisation.clone()), Task::Send { to, letter });
        create(&work, self.now())
    }

    /// The write that leaves the rest of an order's tickets for a worker.
    pub(crate) fn issuing_work(&self, order: &Order) -> Result<Write, StoreFault> {
        create(&self.in_its_shard(issuing(order)), self.now())
    }

    /// The write that ends an order's hold when its time comes; none if it has no end.
    pub(crate) fn expiry_work(&self, order: &Order) -> Result<Option<Write>, StoreFault> {
        expiry(order).map(|work| create(&self.in_its_shard(work), self.now())).transpose()
    }

    /// Work where this installation puts it.
    fn in_its_shard(&self, work: Work) -> Work {
        Work { shard: self.work_shard(work.id), ..work }
    }

    /// The write that removes work which this settles, if it is still there: in its shard, or in the first, where it is
    /// if it was made before there were others.
    pub(crate) async fn done_with(&self, work: &Work) -> Result<Option<Write>, StoreFault> {
        let here = self.in_its_shard(work.clone()).key();
        let mut keys = vec![here, work.key()];
        keys.dedup();
        let found = self.table().get_many(&keys).await?.into_iter().flatten().next();
        Ok(found.map(|row| Write::Delete { key: row.key, expect: Expect::Revision(row.revision) }))
    }

    /// Issues what is left of an order that is settled, chunk by chunk, and answers with all of it.
    pub(crate) async fn finish_issuing(&self, event: &EventRef, id: OrderId) -> Result<OrderView, Stop> {
        for _ in 0..domain::orders::MOST_TICKETS + ATTEMPTS {
            let order = lookups::order(self.table(), event, id).await?.ok_or(Refusal::NotFound)?;
            if order.value.state != OrderState::Paid {
                return self.view_stored(order).await;
            }
            let (writes, tickets) = self.next_chunk(&order).await?;
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.tell_of(&tickets);
            }
        }
        Err(Fault::Contended.into())
    }

    /// As many whole tickets as fit, and the order moved on; with the last of them come the letters.
    async fn next_chunk(&self, order: &Stored<Order>) -> Result<(Vec<Write>, Vec<Ticket>), Stop> {
        let by = order.value.placed_by.clone();
        let payments = lookups::payments(self.table(), order.value.id).await?;
        let payments: Vec<Payment> = payments.into_iter().map(|row| row.value).collect();
        let (mut writes, mut tickets) = (Vec::new(), Vec::new());
        let mut next = order.value.clone();
        let count = order.value.tickets.len();
        while next.issued < count {
            let one = self.issue(&order.value, next.issued..next.issued + 1, &payments, &by).await?;
            if writes.len() + one.writes.len() + 4 > MOST_WRITES {
                break;
            }
            writes.extend(one.writes);
            tickets.extend(one.tickets);
            next.issued += 1;
        }
        if next.issued >= count {
            let letters = self.letters_of(&order.value)?;
            if writes.len() + letters.len() + 2 <= MOST_WRITES {
                next.state = OrderState::Fulfilled;
                writes.extend(letters);
                writes.extend(self.done_with(&issuing(&order.value)).await?);
            }
        }
        writes.push(order.replace(&next, self.now())?);
        Ok((writes, tickets))
    }
}

/// One row for each thing that was bought for a ticket, over all steps of its prices.
fn purchase_rows(ticket: &Ticket) -> Vec<PurchaseRow> {
    let mut rows: Vec<PurchaseRow> = Vec::new();
    for Purchase { thing, quantity, price, .. } in &ticket.purchases {
        let sum = price.times(*quantity);
        match rows.iter_mut().find(|row| row.thing == *thing) {
            Some(row) => {
                row.quantity += quantity;
                row.sum = row.sum + sum;
            }
            None => rows.push(PurchaseRow {
                thing: *thing,
                event: ticket.event.clone(),
                ticket: ticket.number,
                order: ticket.order,
                quantity: *quantity,
                sum,
                rate: ticket.rate.clone(),
                role: ticket.role,
            }),
        }
    }
    rows
}

/// The work that issues an order's tickets: at most one an order, so that it is found again.
fn issuing(order: &Order) -> Work {
    let task = Task::IssueTickets { event: order.event.clone(), order: order.id };
    deadline(order, order.placed_at, task)
}

/// The work that ends an order's hold: at most one for each end, so that it is found again.
pub(crate) fn expiry(order: &Order) -> Option<Work> {
    let task = Task::ExpireHold { event: order.event.clone(), order: order.id };
    order.expires_at.map(|expires_at| deadline(order, expires_at, task))
}

fn deadline(order: &Order, due_at: jiff::Timestamp, task: Task) -> Work {
    Work {
        id: WorkId(order.id.0),
        shard: 0,
        lane: Lane::Deadlines,
        due_at,
        organisation: Some(order.event.organisation.clone()),
        task,
        attempts: 0,
        last_error: None,
        leased_until: None,
        lease: None,
    }
}
