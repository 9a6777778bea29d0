//! Making an event.

use domain::Refusal;
use domain::catalogue::{Event, EventDraft, EventStatus, check_event};
use domain::people::Permission;
use domain::tickets::EventTag;
use domain::values::{Faults, Pointer, Slug, Wrong};
use store::hex::Hex;
use store::record::{Record as _, SlugInUse, Stored, create};
use store::table::Write;
use store::{keys, lookups, records};

use super::edit::{made, needs};
use super::sellable::full_stock;
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed, refused_at};
use crate::once::Remember;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};
use crate::tickets::fresh_key;

impl Engine {
    /// Makes an event, `draft` or `live`, with a signing key of its own.
    ///
    /// Refused as [`Refusal::Taken`] at `/slug` where a series or another event of the organisation has it.
    pub async fn create_event(
        &self,
        scope: &StaffScope,
        slug: &Slug,
        draft: &EventDraft,
        remember: &Remember<'_, Stored<Event>>,
    ) -> Result<Stored<Event>, Stop> {
        needs(scope, Permission::EditEvents)?;
        for _ in 0..ATTEMPTS {
            self.recall(remember.once()).await?;
            self.check_new_event(scope, draft).await?;
            let organisation = scope.organisation();
            let event = draft.clone().event(scope.event(slug), &organisation.time_zone, None);
            let event = made(event, self.now());
            let mut writes = self.event_writes(&event.value)?;
            writes.extend(remember.write(self, &event)?);
            match self.commit(writes.clone()).await? {
                Committed::Done => return Ok(event),
                Committed::Refused(refused) => {
                    self.recall(remember.once()).await?;
                    if refused_at(&writes, &refused, &keys::slug(&organisation.slug, slug)) {
                        return Err(taken(Pointer::to("slug")));
                    }
                }
            }
        }
        Err(Fault::Contended.into())
    }

    async fn check_new_event(&self, scope: &StaffScope, draft: &EventDraft) -> Result<(), Stop> {
        let mut faults = check_event(draft);
        if !matches!(draft.status, EventStatus::Draft | EventStatus::Live) {
            let words = [EventStatus::Draft, EventStatus::Live].map(|status| status.word().to_owned());
            faults.add(Pointer::to("status"), Wrong::NotOneOf(words.to_vec()));
        }
        faults.extend(self.check_series(&scope.organisation().slug, draft).await?);
        faults.or(()).map_err(|faults| Refusal::Invalid(faults).into())
    }

    /// The series that an event is to belong to must exist.
    pub(super) async fn check_series(&self, organisation: &Slug, draft: &EventDraft) -> Result<Faults, Stop> {
        let Some(series) = &draft.series else { return Ok(Faults::none()) };
        Ok(match lookups::series(self.table(), organisation, series).await? {
            Some(_) => Faults::none(),
            None => Faults::one(Pointer::to("series"), Wrong::Unknown("series")),
        })
    }

    /// The rows of a new event: its name, itself, its tag in barcodes, its first signing key, and its stock.
    pub(super) fn event_writes(&self, event: &Event) -> Result<Vec<Write>, Stop> {
        let at = self.now();
        let EventTag(tag) = EventTag::of_key(&event.key().pk);
        let name = SlugInUse {
            organisation: event.event.organisation.clone(),
            slug: event.event.event.clone(),
            what: "event".to_owned(),
        };
        let mut writes = vec![
            create(&name, at)?,
            create(event, at)?,
            create(&records::EventTag { tag: Hex(tag), event: event.event.clone() }, at)?,
            create(&fresh_key(self, &event.event, 0), at)?,
        ];
        for row in full_stock(event.capacities()) {
            writes.push(create(&row, at)?);
        }
        Ok(writes)
    }
}

/// A name is in use.
pub(super) fn taken(at: Pointer) -> Stop {
    Refusal::Taken(Faults::one(at, Wrong::Taken)).into()
}
