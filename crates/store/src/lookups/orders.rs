//! Finding orders, payments and stock.

use domain::catalogue::{EventRef, Thing};
use domain::orders::{Order, Place};
use domain::payments::Payment;
use domain::values::{CustomerId, OrderId};

use super::{all, get, get_many, page, page_of_shards};
use crate::keys;
use crate::record::{Stored, read};
use crate::records::{PurchaseRow, Stock, StockRow};
use crate::table::{Cursor, Index, Query, StoreFault, Table};

/// An order.
pub async fn order(table: &dyn Table, event: &EventRef, id: OrderId) -> Result<Option<Stored<Order>>, StoreFault> {
    get(table, &keys::order(event, id)).await
}

/// The payments of an order, first to last.
pub async fn payments(table: &dyn Table, order: OrderId) -> Result<Vec<Stored<Payment>>, StoreFault> {
    all(table, Query::all(Index::Table, keys::order_partition(order)).beginning_with(keys::PAYMENTS)).await
}

/// A page of an event's orders, the latest first, from a list of so many shards.
pub async fn orders_of(
    table: &dyn Table,
    (event, shards): (&EventRef, u16),
    limit: usize,
    after: Option<Cursor>,
) -> Result<(Vec<Stored<Order>>, Option<Cursor>), StoreFault> {
    let list = |shard| Query::all(Index::Gsi1, keys::order_list(event, shard)).backward().limit(limit);
    let page = page_of_shards(table, (0..shards.max(1)).map(list), after).await?;
    Ok((page.rows.iter().map(read).collect::<Result<_, _>>()?, page.next))
}

/// A customer's orders, the latest first.
pub async fn orders_of_customer(table: &dyn Table, customer: CustomerId) -> Result<Vec<Stored<Order>>, StoreFault> {
    let list = Query::all(Index::Gsi2, keys::customer_partition(customer)).beginning_with(keys::ORDERS_OF_CUSTOMER);
    all(table, list.backward()).await
}

/// The stock of some places, over so many shards each, in their order; none where there is no limit. Not of one moment,
/// on engines without snapshots.
pub async fn stock(table: &dyn Table, places: &[Place], shards: u16) -> Result<Vec<Option<Stock>>, StoreFault> {
    let shards = shards.max(1);
    let keys: Vec<_> =
        places.iter().flat_map(|place| (0..shards).map(move |shard| keys::stock(place, shard))).collect();
    let mut found = get_many::<StockRow>(table, &keys).await?.into_iter();
    let mut of_next = || {
        let first = found.next().flatten();
        let others = found.by_ref().take(usize::from(shards) - 1).collect();
        first.map(|first| Stock { first, others })
    };
    Ok(places.iter().map(|_| of_next()).collect())
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
