//! Names, addresses and answers that are given, or corrected, after the hold began.

use domain::Refusal;
use domain::orders::{Buyer, Order, OrderState, OrderTicket};
use domain::tickets::{Answers, Happening, Holder, Ticket};
use domain::values::{Email, Faults, Obstacle, Pointer, Title, Wrong};
use domain::work::Letter;
use store::lookups;
use store::record::Stored;
use store::table::{Expect, Write};

use super::issue_tickets::MOST_WRITES;
use super::order_scope::OrderScope;
use super::place_order::BuyerDraft;
use super::size::{MOST_OF_ROW, fitting};
use super::view::OrderView;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::stop::{Fault, Stop};

/// What is to be changed of an order. What is none stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OrderChanges {
    /// The revision that the caller has seen.
    pub revision: Option<u64>,
    /// Who buys. Another address only while the order is held: what was issued belongs to it.
    pub buyer: Option<BuyerDraft>,
    /// Holders, in the order of the tickets; as many as there are tickets, or none.
    pub holders: Vec<HolderDraft>,
}

/// Who a ticket is for.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HolderDraft {
    /// Their name.
    pub full_name: Option<Title>,
    /// Their own address; none means the buyer's.
    pub email: Option<Email>,
    /// With whom, as they wrote it.
    pub partner: Option<Title>,
    /// What they answered.
    pub answers: Answers,
}

/// What one transaction changes: everything, or as much of it as fits.
struct Step {
    writes: Vec<Write>,
    tickets: Vec<Ticket>,
    is_last: bool,
}

impl Engine {
    /// Changes names, addresses and answers of an order and, where they have been issued, of its tickets. Whom a ticket
    /// is given gets it by mail, with a new barcode. What does not fit in one transaction is done in several, each of
    /// whole tickets; the same request made again does what is left.
    pub async fn update_order(&self, scope: &OrderScope, changes: &OrderChanges) -> Result<OrderView, Stop> {
        let mut seen = changes.revision;
        let mut attempts = ATTEMPTS;
        while attempts > 0 {
            let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
            check(&order, changes, seen)?;
            let step = self.step(scope, &order, changes).await?;
            match self.commit(step.writes).await? {
                Committed::Refused(_) => attempts -= 1,
                Committed::Done => {
                    self.tell_of(&step.tickets);
                    self.wake_workers();
                    if step.is_last {
                        return self.read_order(scope).await;
                    }
                    seen = seen.map(|_| order.revision + 1);
                }
            }
        }
        Err(Fault::Contended.into())
    }

    /// The next transaction of a change. Whatever is wrong with any ticket is told before the first is written.
    async fn step(&self, scope: &OrderScope, order: &Stored<Order>, changes: &OrderChanges) -> Result<Step, Stop> {
        let organisation = scope.organisation();
        let mut next = order.value.clone();
        if let Some(BuyerDraft { email, full_name }) = &changes.buyer {
            let customer = self.identify_now(organisation, email, Some(full_name)).await?;
            next.buyer = Some(Buyer { customer, email: email.clone(), full_name: full_name.clone() });
        }
        let issued = self.check_holders(scope, &next, &changes.holders).await?;
        let mut step = Step { writes: Vec::new(), tickets: Vec::new(), is_last: true };
        for (index, draft) in changes.holders.iter().enumerate() {
            let email = own_email(&next, draft);
            let customer = match &email {
                Some(email) => Some(self.identify_now(organisation, email, draft.full_name.as_ref()).await?),
                None => None,
            };
            if let Some(Some(found)) = issued.get(index) {
                let customer = customer.unwrap_or(found.value.buyer);
                let HolderDraft { full_name, partner, answers, .. } = draft.clone();
                let holder = Holder { customer, full_name, email: email.clone(), partner, answers };
                // An order that is still being issued sends its tickets out in the end.
                let is_sent = order.value.state != OrderState::Paid;
                let (ticket, writes) = self.hand(scope, found, (holder, is_sent)).await?;
                if step.writes.len() + writes.len() >= MOST_WRITES {
                    step.is_last = false;
                    break;
                }
                step.tickets.extend((!writes.is_empty()).then_some(ticket));
                step.writes.extend(writes);
            }
            if let Some(ticket) = next.tickets.get_mut(index) {
                let HolderDraft { full_name, partner, answers, .. } = draft.clone();
                *ticket = OrderTicket { full_name, email, customer, partner, answers, ..ticket.clone() };
            }
        }
        if fitting(&next)?.is_some() {
            return Err(Refusal::invalid(Pointer::to("tickets"), Wrong::TooLarge(MOST_OF_ROW >> 10)).into());
        }
        step.writes.push(order.replace(&next, self.now())?);
        Ok(step)
    }

    /// The tickets that have been issued, in the order's order, if all of them may have these holders.
    async fn check_holders(
        &self,
        scope: &OrderScope,
        order: &Order,
        holders: &[HolderDraft],
    ) -> Result<Vec<Option<Stored<Ticket>>>, Stop> {
        let mut faults = Faults::none();
        let mut issued = Vec::new();
        for (index, (draft, ticket)) in holders.iter().zip(&order.tickets).enumerate().take(order.issued) {
            let found = lookups::ticket(self.table(), scope.event(), ticket.number).await?;
            if let Some(found) = &found
                && let Err(wrong) = found.value.may_go_to(own_email(order, draft).as_ref(), scope.is_staff())
            {
                faults.add(Pointer::to("tickets").then(index).then("email"), wrong);
            }
            issued.push(found);
        }
        if faults.is_empty() { Ok(issued) } else { Err(Refusal::Invalid(faults).into()) }
    }

    /// A ticket with its holder, and the writes that give it to them, and send it if it is to be sent. Another customer
    /// moves the row under its new owner; the number stays.
    async fn hand(
        &self,
        scope: &OrderScope,
        found: &Stored<Ticket>,
        (holder, is_sent): (Holder, bool),
    ) -> Result<(Ticket, Vec<Write>), Stop> {
        let before = &found.value;
        let key = self.event_keys(scope.event()).await?.active()?;
        let next = before.held_by(holder, key, self.fresh(), self.now());
        if next == *before {
            return Ok((next, Vec::new()));
        }
        let mut writes = self.move_ticket(found, &next)?;
        let (full_name, email) = (before.full_name.clone(), before.email.clone());
        let what = if next.generation == before.generation {
            Happening::Renamed { full_name, email }
        } else {
            if is_sent {
                let letter = Letter::Ticket { event: next.event.clone(), ticket: next.number };
                writes.push(self.letter_work(&next.event.organisation, next.holder_email().clone(), letter)?);
            }
            Happening::HandedOn { generation: next.generation, full_name, email }
        };
        writes.push(self.entry(&next, what, scope.by())?);
        Ok((next, writes))
    }

    /// The writes that replace a ticket by its successor, under another owner if that changed.
    pub(crate) fn move_ticket(&self, found: &Stored<Ticket>, next: &Ticket) -> Result<Vec<Write>, Stop> {
        let at = self.now();
        if found.value.customer == next.customer {
            return Ok(vec![found.replace(next, at)?]);
        }
        let row = store::record::row(next, found.revision + 1, found.created_at.clone(), at)?;
        Ok(vec![found.delete(), Write::Put { row, expect: Expect::Absent }])
    }
}

/// A holder's address, where it is not the buyer's.
fn own_email(order: &Order, draft: &HolderDraft) -> Option<Email> {
    let buyer = order.buyer.as_ref().map(|buyer| &buyer.email);
    draft.email.clone().filter(|email| buyer != Some(email))
}

/// Can the order be changed at all, and in this way? `seen` is the revision that the caller knows.
fn check(order: &Stored<Order>, changes: &OrderChanges, seen: Option<u64>) -> Result<(), Stop> {
    let state = |why| Stop::Refused(Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(why))));
    if seen.is_some_and(|revision| revision != order.revision) {
        return Err(state(Obstacle::ChangedMeanwhile));
    }
    if matches!(order.value.state, OrderState::Expired | OrderState::Cancelled) {
        return Err(state(Obstacle::OrderEnded));
    }
    let email = order.value.buyer.as_ref().map(|buyer| &buyer.email);
    let moves = changes.buyer.as_ref().is_some_and(|buyer| Some(&buyer.email) != email);
    if moves && order.value.state != OrderState::Held {
        let at = Pointer::to("buyer").then("email");
        return Err(Refusal::invalid(at, Wrong::State(Obstacle::OrderSettled)).into());
    }
    if !changes.holders.is_empty() && changes.holders.len() != order.value.tickets.len() {
        return Err(Refusal::invalid(Pointer::to("tickets"), Wrong::TooFew(order.value.tickets.len())).into());
    }
    Ok(())
}

#[cfg(test)]
mod tests;
