//! Doors from the items' days, in one press.

use domain::Refusal;
use domain::door::{Door, day_doors};
use domain::people::Permission;
use domain::values::{Pointer, Slug, Title, Wrong};
use jiff::civil::Date;
use store::lookups;
use store::record::{Stored, create};

use crate::Engine;
use crate::catalogue::{made, needs};
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Makes a door for each festival day of the event's items, and answers those that it made: none for a day that has
    /// such a door already, so that pressing twice makes nothing twice. `name` names the door of a day, or the only
    /// door of an event without dated items.
    pub async fn make_day_doors(
        &self,
        scope: &StaffScope,
        event: &Slug,
        name: &(dyn Fn(Option<Date>) -> String + Send + Sync),
    ) -> Result<Vec<Stored<Door>>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let at = self.now();
            let found = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
            let (items, _) = lookups::things_of(self.table(), &event).await?;
            let items: Vec<_> = items.into_iter().map(|item| item.value).collect();
            let existing = lookups::doors(self.table(), &event).await?;
            let existing: Vec<Door> = existing.into_iter().map(|door| door.value).collect();
            let mut doors = Vec::new();
            for day_door in day_doors(&found.value, &items, &existing) {
                let name = name(day_door.day).parse::<Title>();
                let name = name.map_err(|_| Refusal::invalid(Pointer::to("name"), Wrong::Form("name")))?;
                doors.push(made(day_door.draft(name).door(self.fresh(), event.clone(), None), at));
            }
            if doors.is_empty() {
                return Ok(doors);
            }
            let mut writes = doors.iter().map(|door| create(&door.value, at)).collect::<Result<Vec<_>, _>>()?;
            // The event's row changes with them, so that who presses at the same moment sees them.
            writes.push(found.replace(&found.value, at)?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.forget_gate(&event);
                return Ok(doors);
            }
        }
        Err(Fault::Contended.into())
    }
}
