//! Finding orders, payments and stock.

use domain::catalogue::{EventRef, Thing};
use domain::orders::{Order, Place};
use domain::payments::Payment;
use domain::values::{CustomerId, OrderId};

use super::{all, get, get_many, page};
use crate::keys;
use crate::record::Stored;
use crate::records::{PurchaseRow, StockRow};
use crate::table::{Cursor, Index, Query, StoreFault, Table};

/// An order.
pub async fn order(table: &dyn Table, event: &EventRef, id: OrderId) -> Result<Option<Stored<Order>>, StoreFault> {
    get(table, &keys::order(event, id)).await
}

/// The payments of an order, first to last.
pub async fn payments(table: &dyn Table, order: OrderId) -> Result<Vec<Stored<Payment>>, StoreFault> {
    all(table, Query::all(Index::Table, keys::order_partition(order)).beginning_with(keys::PAYMENTS)).await
}

/// A page of an event's orders, the latest first.
pub async fn orders_of(
    table: &dyn Table,
    event: &EventRef,
    limit: usize,
    after: Option<Cursor>,
) -> Result<(Vec<Stored<Order>>, Option<Cursor>), StoreFault> {
    page(table, &Query::all(Index::Gsi1, keys::order_list(event, 0)).backward().limit(limit).after(after)).await
}

/// A customer's orders, the latest first.
pub async fn orders_of_customer(table: &dyn Table, customer: CustomerId) -> Result<Vec<Stored<Order>>, StoreFault> {
    let list = Query::all(Index::Gsi2, keys::customer_partition(customer)).beginning_with(keys::ORDERS_OF_CUSTOMER);
    all(table, list.backward()).await
}

/// The stock of some places, in their order; none where there is no limit.
pub async fn stock(table: &dyn Table, places: &[Place]) -> Result<Vec<Option<Stored<StockRow>>>, StoreFault> {
    let keys: Vec<_> = places.iter().map(|place| keys::stock(place, 0)).collect();
    get_many(table, &keys).await
}

/// A page of the purchases of a pass or item for an event's tickets.
pub async fn purchases(
    table: &dyn Table,
    thing: Thing,
    event: &EventRef,
    limit: usize,
    after: Option<Cursor>,
) -> Result<(Vec<Stored<PurchaseRow>>, Option<Cursor>), StoreFault> {
    let partition = match thing {
        Thing::Pass(id) => keys::pass_partition(id),
        Thing::Item(id) => keys::item_partition(id),
    };
    let list = Query::all(Index::Table, partition).beginning_with(&keys::purchases_of(event));
    page(table, &list.limit(limit).after(after)).await
}
