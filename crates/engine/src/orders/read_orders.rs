//! Reading orders: one, or an event's list.

use domain::Refusal;
use domain::catalogue::Event;
use domain::orders::Order;
use domain::tickets::Ticket;
use domain::values::{OrderId, Slug};
use store::lookups;
use store::record::Stored;
use store::table::Cursor;

use super::order_scope::OrderScope;
use super::view::OrderView;
use crate::Engine;
use crate::render::About;
use crate::scope::StaffScope;
use crate::stop::Stop;

impl Engine {
    /// One order, with its tickets and payments.
    pub async fn read_order(&self, scope: &OrderScope) -> Result<OrderView, Stop> {
        let order = lookups::order(self.table(), scope.event(), scope.order()).await?.ok_or(Refusal::NotFound)?;
        self.view_stored(order).await
    }

    /// A page of an event's orders, the latest first, without their tickets' barcodes.
    pub async fn list_orders(
        &self,
        scope: &StaffScope,
        event: &Slug,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<(Vec<Stored<Order>>, Option<Cursor>), Stop> {
        let event = scope.event(event);
        let shards = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?.value.shards.lists;
        Ok(lookups::orders_of(self.table(), (&event, shards), limit, after).await?)
    }

    /// The event that an order of this organisation is for: orders are found by their identifier alone where a person
    /// typed it.
    pub async fn find_order(&self, scope: &StaffScope, event: &Slug, id: OrderId) -> Result<OrderView, Stop> {
        self.read_order(&OrderScope::of_staff(scope, event, id)).await
    }

    /// The event that an order is for.
    pub async fn order_event(&self, scope: &OrderScope) -> Result<Event, Stop> {
        Ok(lookups::event(self.table(), scope.event()).await?.ok_or(Refusal::NotFound)?.value)
    }

    /// What an order is about: its event, and what the event's items are called.
    pub async fn about_order(&self, scope: &OrderScope) -> Result<About, Stop> {
        Ok(self.about(scope.event()).await?.ok_or(Refusal::NotFound)?)
    }

    /// The view of an order as it is kept.
    pub(crate) async fn view_stored(&self, order: Stored<Order>) -> Result<OrderView, Stop> {
        let mut tickets: Vec<Ticket> = Vec::new();
        for ticket in order.value.tickets.iter().take(order.value.issued) {
            let found = lookups::ticket(self.table(), &order.value.event, ticket.number).await?;
            tickets.extend(found.map(|row| row.value));
        }
        let payments = lookups::payments(self.table(), order.value.id).await?;
        let payments = payments.into_iter().map(|row| row.value).collect();
        self.view_order(order.value, order.revision, tickets, payments).await
    }
}
