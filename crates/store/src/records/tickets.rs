//! Rows of tickets, their money and their history.

use domain::catalogue::EventRef;
use domain::tickets::{HistoryEntry, Sale, Ticket};
use serde::{Deserialize, Serialize};

use crate::keys;
use crate::record::Record;
use crate::row::Key;

impl Record for Ticket {
    const ENTITY: &'static str = "TICKET";

    fn key(&self) -> Key {
        keys::ticket_of(&self.event, self.number, self.customer)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(keys::in_ticket_list(&self.event, self.list_shard, self.change))
    }

    fn gsi2(&self) -> Option<Key> {
        Some(Key::new(keys::customer_partition(self.customer), keys::ticket(&self.event, self.number)))
    }
}

/// Something of a ticket of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OfEvent<T> {
    /// The ticket's event.
    pub event: EventRef,
    /// What it is.
    #[serde(flatten)]
    pub value: T,
}

impl Record for OfEvent<HistoryEntry> {
    const ENTITY: &'static str = "TICKET_HISTORY";

    fn key(&self) -> Key {
        keys::history(&self.event, self.value.ticket, self.value.id)
    }
}

impl Record for OfEvent<Sale> {
    const ENTITY: &'static str = "SALE";

    fn key(&self) -> Key {
        keys::sale(&self.event, self.value.ticket, self.value.id)
    }
}
