//! Copying an event, with what it sells and its doors, to another day.

use std::collections::BTreeMap;

use domain::Refusal;
use domain::catalogue::{Event, EventRef, EventStatus, FreshIds, Item, Pass, Shift, copy_event};
use domain::door::Door;
use domain::values::{ItemId, PassId, Pointer, StepId, Wrong};
use jiff::civil::Date;
use store::record::{Stored, create};
use store::table::{MAX_WRITES, Write};
use store::{keys, lookups};

use super::create_event::taken;
use super::edit::{made, replaced};
use super::sellable::{Sellable, full_stock, places_with_stock};
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed, refused_at};
use crate::once::Remember;
use crate::stop::{Fault, Stop};

/// Fresh identifiers of an engine.
struct Fresh<'a>(&'a Engine);

impl FreshIds for Fresh<'_> {
    fn item(&mut self) -> ItemId {
        self.0.fresh()
    }

    fn pass(&mut self) -> PassId {
        self.0.fresh()
    }

    fn step(&mut self) -> StepId {
        self.0.fresh()
    }
}

/// An event that is to be, and the rows of its parts.
struct Copy {
    event: Event,
    parts: Vec<Write>,
}

impl Engine {
    /// Copies an event.
    ///
    /// All in one transaction, unless that is too much for one: then the copy is a draft until the last of its parts is
    /// written, and one that was interrupted stays a draft with some of them.
    pub(super) async fn copy_event(
        &self,
        last: &Event,
        to: &EventRef,
        on: Date,
        remember: &Remember<'_, Stored<Event>>,
    ) -> Result<Stored<Event>, Stop> {
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            let Copy { mut event, parts } = self.prepare_copy(last, to, on).await?;
            let head = self.event_writes(&event)?;
            let in_one = head.len() + parts.len() < MAX_WRITES;
            let status = event.status;
            if !in_one {
                event.status = EventStatus::Draft;
            }
            let event = made(event, self.now());
            let mut writes = self.event_writes(&event.value)?;
            if in_one {
                writes.extend(parts.iter().cloned());
                writes.extend(remember.write(self, &event)?);
            }
            match self.commit(writes.clone()).await? {
                Committed::Done if in_one => return Ok(event),
                Committed::Done => return self.finish_copy(event, status, parts, remember).await,
                Committed::Refused(refused) => {
                    self.recall(remember.once()).await?;
                    if refused_at(&writes, &refused, &keys::slug(&to.organisation, &to.event)) {
                        return Err(taken(Pointer::to("on")));
                    }
                }
            }
        }
        Err(Fault::Contended.into())
    }

    async fn prepare_copy(&self, last: &Event, to: &EventRef, on: Date) -> Result<Copy, Stop> {
        let (items, passes) = lookups::things_of(self.table(), &last.event).await?;
        let doors = lookups::doors(self.table(), &last.event).await?;
        let items: Vec<Item> = items.into_iter().map(|item| item.value).collect();
        let passes: Vec<Pass> = passes.into_iter().map(|pass| pass.value).collect();
        let out_of_time = || Refusal::invalid(Pointer::to("on"), Wrong::Form("day"));
        let by = Shift::of(last, on).ok_or_else(out_of_time)?;
        let copied = copy_event(last, (&items, &passes), to, &by, &mut Fresh(self));
        let (mut event, new_items, new_passes) = copied.ok_or_else(out_of_time)?;
        if event.status != EventStatus::Live {
            event.status = EventStatus::Draft;
        }
        let kept = items.iter().filter(|item| item.archived_at.is_none()).map(|item| item.id);
        let renamed: BTreeMap<ItemId, ItemId> = kept.zip(new_items.iter().map(|item| item.id)).collect();
        let mut parts = Vec::new();
        for item in &new_items {
            self.add_thing(item, &mut parts)?;
        }
        for pass in &new_passes {
            self.add_thing(pass, &mut parts)?;
        }
        for door in doors.iter().filter(|door| door.value.archived_at.is_none()) {
            if let Some(door) = self.copied_door(&door.value, to, &renamed, &by) {
                parts.push(create(&door, self.now())?);
            }
        }
        Ok(Copy { event, parts })
    }

    fn add_thing<S: Sellable>(&self, thing: &S, parts: &mut Vec<Write>) -> Result<(), Stop> {
        parts.push(create(thing, self.now())?);
        for row in full_stock(places_with_stock(thing)) {
            parts.push(create(&row, self.now())?);
        }
        Ok(())
    }

    /// A door of the copy; none if nothing that it admits to was copied.
    fn copied_door(&self, door: &Door, to: &EventRef, renamed: &BTreeMap<ItemId, ItemId>, by: &Shift) -> Option<Door> {
        let items: Vec<ItemId> = door.items.iter().filter_map(|item| renamed.get(item).copied()).collect();
        let later = |at: Option<jiff::Timestamp>| at.and_then(|at| by.instant(at));
        (!items.is_empty()).then(|| Door {
            id: self.fresh(),
            event: to.clone(),
            items,
            opens_at: later(door.opens_at),
            closes_at: later(door.closes_at),
            ..door.clone()
        })
    }

    /// Writes the parts of a copy that is a draft for so long, and then gives it its status.
    async fn finish_copy(
        &self,
        event: Stored<Event>,
        status: EventStatus,
        parts: Vec<Write>,
        remember: &Remember<'_, Stored<Event>>,
    ) -> Result<Stored<Event>, Stop> {
        for chunk in parts.chunks(MAX_WRITES) {
            // All of them have fresh identifiers, so that nothing can stand in their place.
            self.commit(chunk.to_vec()).await?;
        }
        for _ in 0..ATTEMPTS {
            let found = self.stored_event(&event.value.event).await?;
            let finished = replaced(&found, Event { status, ..found.value.clone() });
            let mut writes = vec![found.replace(&finished.value, self.now())?];
            writes.extend(remember.write(self, &finished)?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                return Ok(finished);
            }
            self.recall(remember.once()).await?;
        }
        Err(Fault::Contended.into())
    }
}
