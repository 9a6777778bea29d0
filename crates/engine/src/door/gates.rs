//! Gates: what the doors of an event know, read at most every 5 s.
//!
//! Tickets and scans are never kept here: they are read for each scan.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use domain::Refusal;
use domain::catalogue::{EventRef, Item};
use domain::door::Gate;
use domain::values::{DoorId, ItemId};
use jiff::{SignedDuration, Timestamp};
use store::row::Key;
use store::{keys, lookups};

use crate::Engine;
use crate::stop::Stop;

/// How long a gate is used before it is read again.
const KEPT: SignedDuration = SignedDuration::from_secs(5);

/// The gates of the events that were scanned at lately.
#[derive(Debug, Default)]
pub struct Gates(Mutex<HashMap<EventRef, (Timestamp, Arc<Gate>)>>);

impl Engine {
    /// What the doors of an event know. Reads it again if one of the doors that are asked for is not among those that
    /// are kept: it may have been made a moment ago, elsewhere.
    pub(super) async fn gate(
        &self,
        event: &EventRef,
        mut doors: impl Iterator<Item = DoorId> + Send,
    ) -> Result<Arc<Gate>, Stop> {
        let now = self.now();
        let kept = self.gates.0.lock().unwrap_or_else(PoisonError::into_inner).get(event).cloned();
        if let Some((read_at, gate)) = kept
            && now.duration_since(read_at).abs() < KEPT
            && doors.all(|door| gate.doors.contains_key(&door))
        {
            return Ok(gate);
        }
        let gate = Arc::new(self.read_gate(event).await?);
        let mut gates = self.gates.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A platform of very many events keeps those of the last seconds only.
        gates.retain(|_, (read_at, _)| now.duration_since(*read_at).abs() < KEPT);
        gates.insert(event.clone(), (now, Arc::clone(&gate)));
        Ok(gate)
    }

    /// The same, read now. The event's list finds its items; what each of them is, and what a door admits to, is read by
    /// key.
    pub(super) async fn read_gate(&self, event: &EventRef) -> Result<Gate, Stop> {
        let found = lookups::event(self.table(), event).await?.ok_or(Refusal::NotFound)?;
        let (items, _) = lookups::things_of(self.table(), event).await?;
        let doors = lookups::doors(self.table(), event).await?;
        let at_doors = doors.iter().flat_map(|door| door.value.items.iter().copied());
        let ids: BTreeSet<ItemId> = items.iter().map(|item| item.value.id).chain(at_doors).collect();
        let keys: Vec<Key> = ids.into_iter().map(|id| keys::item(event, id)).collect();
        let items = lookups::get_many::<Item>(self.table(), &keys).await?;
        let items = items.into_iter().flatten().map(|item| item.value);
        Ok(Gate::new(found.value, items, doors.into_iter().map(|door| door.value)))
    }

    /// The next scan reads the event's gate again: it was changed just now.
    pub(super) fn forget_gate(&self, event: &EventRef) {
        self.gates.0.lock().unwrap_or_else(PoisonError::into_inner).remove(event);
    }
}
