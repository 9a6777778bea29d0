//! Finding orders of an event: in one state, or those that somebody should look at.

use domain::Refusal;
use domain::catalogue::{Event, EventRef};
use domain::orders::{Order, OrderState};
use domain::payments::Method;
use domain::people::Permission;
use domain::values::{Amount, Slug};
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::Stored;
use store::table::Cursor;

use crate::Engine;
use crate::catalogue::needs;
use crate::scope::StaffScope;
use crate::stop::Stop;

/// Orders that are read at once.
const PAGE: usize = 200;
/// Most pages that are read for one list: who looks for something rare goes on from where it ended.
const MOST_PAGES: usize = 25;
/// A hold of a bank transfer that ends within this should be looked at.
const SOON: SignedDuration = SignedDuration::from_hours(48);

/// Which orders a list shows; what is none is no condition.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderFilter {
    /// In this state.
    pub state: Option<OrderState>,
    /// Words that all occur in the buyer's name and address, or the order's identifier.
    pub query: Option<String>,
}

/// An order that somebody should look at.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenOrder {
    /// The order.
    pub order: Order,
    /// Money came, and not all of it.
    pub is_part_paid: bool,
    /// Its hold ends then, soon.
    pub ends_at: Option<Timestamp>,
}

impl OrderFilter {
    fn matches(&self, order: &Order) -> bool {
        let words = self.query.as_deref().unwrap_or_default().to_lowercase();
        let buyer = order.buyer.as_ref().map(|buyer| format!("{} {}", buyer.full_name, buyer.email));
        let haystack = format!("{} {}", buyer.unwrap_or_default(), order.id).to_lowercase();
        self.state.is_none_or(|state| order.state == state)
            && words.split_whitespace().all(|word| haystack.contains(word))
    }
}

impl Engine {
    /// An event's orders that match, the latest first. There are at least `limit` if there are so many, and fewer than
    /// `limit` and a page more; after a long search without success there may be fewer, and more to come.
    pub async fn find_orders(
        &self,
        scope: &StaffScope,
        event: &Slug,
        filter: &OrderFilter,
        (limit, mut after): (usize, Option<Cursor>),
    ) -> Result<(Vec<Stored<Order>>, Option<Cursor>), Stop> {
        needs(scope, Permission::SeeOrders)?;
        let event = scope.event(event);
        let shards = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?.value.shards.lists;
        let is_all = *filter == OrderFilter::default();
        let mut found = Vec::new();
        for _ in 0..MOST_PAGES {
            let page = if is_all { limit } else { PAGE };
            let (orders, next) = lookups::orders_of(self.table(), (&event, shards), page, after).await?;
            found.extend(orders.into_iter().filter(|order| filter.matches(&order.value)));
            after = next;
            if after.is_none() || found.len() >= limit {
                break;
            }
        }
        Ok((found, after))
    }

    /// Of the latest orders of these events those that somebody should look at: bank transfers whose hold ends within
    /// 48 hours, and orders that are paid in part. What ends first comes first.
    pub async fn open_orders(&self, scope: &StaffScope, events: &[Event]) -> Result<Vec<OpenOrder>, Stop> {
        needs(scope, Permission::SeeOrders)?;
        let now = self.now();
        let mut open = Vec::new();
        for event in events {
            let which = EventRef::new(&scope.organisation().slug, &event.event.event);
            let (orders, _) = lookups::orders_of(self.table(), (&which, event.shards.lists), PAGE, None).await?;
            open.extend(orders.into_iter().filter_map(|order| open_order(order.value, now)));
        }
        open.sort_by_key(|one| (one.ends_at.is_none(), one.ends_at, one.order.placed_at));
        Ok(open)
    }
}

fn open_order(order: Order, now: Timestamp) -> Option<OpenOrder> {
    let is_part_paid = order.paid > Amount::ZERO && order.due() > Amount::ZERO;
    let waits = order.state == OrderState::Held && order.method == Some(Method::BankTransfer);
    let ends_at = order.expires_at.filter(|ends_at| waits && ends_at.duration_since(now) < SOON);
    (is_part_paid || ends_at.is_some()).then_some(OpenOrder { order, is_part_paid, ends_at })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::desk::{desk, slug};

    #[tokio::test]
    async fn orders_are_found_by_state_and_by_the_buyers_name() {
        let desk = desk().await;
        desk.event(None).await;
        let item = desk.item(&desk.item_draft("Party")).await.value;
        desk.buy(&[], &[item.id], Method::Cash).await.unwrap();
        desk.buy(&[], &[item.id], Method::BankTransfer).await.unwrap();
        let owner = desk.owner().await;
        let count = async |filter: OrderFilter| {
            let found = desk.house.engine.find_orders(&owner, &slug("mersey"), &filter, (50, None)).await.unwrap();
            found.0.len()
        };
        assert_eq!(count(OrderFilter::default()).await, 2);
        assert_eq!(count(OrderFilter { state: Some(OrderState::Held), query: None }).await, 1);
        assert_eq!(count(OrderFilter { state: None, query: Some("ANA example".to_owned()) }).await, 2);
        assert_eq!(count(OrderFilter { state: None, query: Some("nobody".to_owned()) }).await, 0);
    }

    #[tokio::test]
    async fn a_transfer_is_to_be_looked_at_when_its_hold_ends_soon() {
        let desk = desk().await;
        let event = desk.event(None).await.value;
        let item = desk.item(&desk.item_draft("Party")).await.value;
        desk.buy(&[], &[item.id], Method::BankTransfer).await.unwrap();
        let owner = desk.owner().await;
        let open = desk.house.engine.open_orders(&owner, std::slice::from_ref(&event)).await.unwrap();
        assert_eq!(open, []);
        desk.house.clock.advance(6 * 24 * 3_600_000);
        let open = desk.house.engine.open_orders(&owner, &[event]).await.unwrap();
        assert_eq!(open.len(), 1);
        assert!(open.first().unwrap().ends_at.is_some());
    }
}
