//! Rows of orders, payments, stock and purchases.

use domain::catalogue::{EventRef, RateId, Role, Thing};
use domain::orders::{Order, Place};
use domain::payments::Payment;
use domain::values::{Amount, OrderId, TicketNumber};
use serde::{Deserialize, Serialize};

use crate::keys;
use crate::record::{Record, Stored};
use crate::row::Key;

impl Record for Order {
    const ENTITY: &'static str = "ORDER";

    fn key(&self) -> Key {
        keys::order(&self.event, self.id)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(Key::new(keys::order_list(&self.event, self.list_shard), self.id.to_string()))
    }

    fn gsi2(&self) -> Option<Key> {
        let buyer = self.buyer.as_ref()?;
        Some(Key::new(keys::customer_partition(buyer.customer), keys::order_partition(self.id)))
    }
}

impl Record for Payment {
    const ENTITY: &'static str = "PAYMENT";

    fn key(&self) -> Key {
        keys::payment(self.order, self.id)
    }
}

/// What is left of a place, in one shard. The counter is the attribute `left`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StockRow {
    /// Of what.
    pub place: Place,
    /// Which shard.
    pub shard: u16,
    /// Units that can still be taken.
    pub left: i64,
}

impl StockRow {
    /// The counter's attribute.
    pub const LEFT: &'static str = "left";
}

impl Record for StockRow {
    const ENTITY: &'static str = "STOCK";

    fn key(&self) -> Key {
        keys::stock(&self.place, self.shard)
    }
}

/// The stock of a place, all its shards. One that has no row yet has nothing left.
#[derive(Debug, Clone, PartialEq)]
pub struct Stock {
    /// The first shard, which makes that there is a stock at all.
    pub first: Stored<StockRow>,
    /// The others, from the second on.
    pub others: Vec<Option<Stored<StockRow>>>,
}

impl Stock {
    /// What is left in all shards together.
    pub fn left(&self) -> i64 {
        self.by_shard().into_iter().sum()
    }

    /// What each shard has.
    pub fn by_shard(&self) -> Vec<i64> {
        let others = self.others.iter().map(|shard| shard.as_ref().map_or(0, |shard| shard.value.left));
        std::iter::once(self.first.value.left).chain(others).collect()
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = &Stored<StockRow>> {
        std::iter::once(&self.first).chain(self.others.iter().flatten())
    }
}

/// A pass or item as it was bought for a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PurchaseRow {
    /// What.
    pub thing: Thing,
    /// Of which event.
    pub event: EventRef,
    /// For which ticket.
    pub ticket: TicketNumber,
    /// In which order.
    pub order: OrderId,
    /// How many.
    pub quantity: u32,
    /// Price times quantity, over all steps.
    pub sum: Amount,
    /// At which rate.
    pub rate: RateId,
    /// In which role.
    #[serde(default)]
    pub role: Option<Role>,
}

impl Record for PurchaseRow {
    const ENTITY: &'static str = "PURCHASE";

    fn key(&self) -> Key {
        keys::purchase(self.thing, &self.event, self.ticket)
    }

    fn gsi2(&self) -> Option<Key> {
        Some(keys::purchase_of_ticket(self.thing, &self.event, self.ticket))
    }
}
