//! Names, addresses and answers that are given, or corrected, after the hold began.

use domain::Refusal;
use domain::orders::{Order, OrderState};
use domain::tickets::{Answers, Happening, Ticket};
use domain::values::{CustomerId, Email, Faults, Pointer, Title, Wrong};
use store::lookups;
use store::record::Stored;
use store::table::{Expect, Write};

use super::order_scope::OrderScope;
use super::place_order::BuyerDraft;
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

impl Engine {
    /// Changes names, addresses and answers of an order and, where they have been issued, of its tickets.
    pub async fn update_order(&self, scope: &OrderScope, changes: &OrderChanges) -> Result<OrderView, Stop> {
        let organisation = &scope.organisation().slug;
        for _ in 0..ATTEMPTS {
            let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
            check(&order, changes)?;
            let mut next = order.value.clone();
            if let Some(buyer) = &changes.buyer {
                let customer = self.identify_now(organisation, &buyer.email, Some(&buyer.full_name)).await?;
                next.buyer = Some(domain::orders::Buyer {
                    customer,
                    email: buyer.email.clone(),
                    full_name: buyer.full_name.clone(),
                });
            }
            let mut writes = Vec::new();
            for (index, holder) in changes.holders.iter().enumerate() {
                let customer = self.holder(scope, &next, holder).await?;
                let Some(ticket) = next.tickets.get_mut(index) else { continue };
                ticket.full_name.clone_from(&holder.full_name);
                ticket.email = customer.and(holder.email.clone());
                ticket.customer = customer;
                ticket.partner.clone_from(&holder.partner);
                ticket.answers.clone_from(&holder.answers);
                if index < next.issued {
                    let number = ticket.number;
                    writes.extend(self.rename(scope, number, holder, customer).await?);
                }
            }
            writes.push(order.replace(&next, self.now())?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.refresh_roster(scope.event());
                return self.read_order(scope).await;
            }
        }
        Err(Fault::Contended.into())
    }

    /// The customer of a holder who has an address of their own.
    async fn holder(
        &self,
        scope: &OrderScope,
        order: &Order,
        holder: &HolderDraft,
    ) -> Result<Option<CustomerId>, Stop> {
        let buyer = order.buyer.as_ref().map(|buyer| &buyer.email);
        match holder.email.as_ref().filter(|email| buyer != Some(*email)) {
            None => Ok(None),
            Some(email) => {
                let organisation = &scope.organisation().slug;
                Ok(Some(self.identify_now(organisation, email, holder.full_name.as_ref()).await?))
            }
        }
    }

    /// The writes that give an issued ticket its holder's name, address and answers. Another address moves the row under
    /// its new owner; the number stays.
    async fn rename(
        &self,
        scope: &OrderScope,
        number: domain::values::TicketNumber,
        holder: &HolderDraft,
        customer: Option<CustomerId>,
    ) -> Result<Vec<Write>, Stop> {
        let Some(found) = lookups::ticket(self.table(), scope.event(), number).await? else { return Ok(Vec::new()) };
        let before = &found.value;
        let next = Ticket {
            customer: customer.unwrap_or(before.buyer),
            full_name: holder.full_name.clone(),
            email: customer.and(holder.email.clone()),
            partner: holder.partner.clone(),
            answers: holder.answers.clone(),
            change: self.fresh(),
            ..before.clone()
        };
        let unchanged = Ticket { change: before.change, ..next.clone() } == *before;
        if unchanged {
            return Ok(Vec::new());
        }
        let what = Happening::Renamed { full_name: before.full_name.clone(), email: before.email.clone() };
        let mut writes = self.move_ticket(&found, &next)?;
        writes.push(self.entry(&next, what, scope.by())?);
        Ok(writes)
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

fn check(order: &Stored<Order>, changes: &OrderChanges) -> Result<(), Stop> {
    let state = |why| Stop::Refused(Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(why))));
    if changes.revision.is_some_and(|revision| revision != order.revision) {
        return Err(state("somebody changed it meanwhile"));
    }
    if matches!(order.value.state, OrderState::Expired | OrderState::Cancelled) {
        return Err(state("the order has ended"));
    }
    let email = order.value.buyer.as_ref().map(|buyer| &buyer.email);
    let moves = changes.buyer.as_ref().is_some_and(|buyer| Some(&buyer.email) != email);
    if moves && order.value.state != OrderState::Held {
        let at = Pointer::to("buyer").then("email");
        return Err(Refusal::invalid(at, Wrong::State("the order is settled")).into());
    }
    if !changes.holders.is_empty() && changes.holders.len() != order.value.tickets.len() {
        return Err(Refusal::invalid(Pointer::to("tickets"), Wrong::TooFew(order.value.tickets.len())).into());
    }
    Ok(())
}
