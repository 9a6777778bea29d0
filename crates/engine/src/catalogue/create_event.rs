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
use crate::organisations::is_reserved;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};
use crate::tickets::fresh_key;

impl Engine {
    /// Makes an event, `draft` or `live`, with a signing key of its own.
    ///
    /// Refused as [`Refusal::Taken`] at `/slug` where a series or another event of the organisation has it, and as invalid
    /// where the program needs it.
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
            self.check_new_event(scope, slug, draft).await?;
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

    async fn check_new_event(&self, scope: &StaffScope, slug: &Slug, draft: &EventDraft) -> Result<(), Stop> {
        let mut faults = check_event(draft);
        if is_reserved(slug) {
            faults.add(Pointer::to("slug"), Wrong::Reserved);
        }
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
        for row in full_stock(event.stock()) {
            writes.push(create(&row, at)?);
        }
        Ok(writes)
    }
}

/// A name is in use.
pub(super) fn taken(at: Pointer) -> Stop {
    Refusal::Taken(Faults::one(at, Wrong::Taken)).into()
}

#[cfg(test)]
mod tests {
    use domain::people::StaffRole;
    use domain::values::Prose;

    use super::*;
    use crate::catalogue::SeriesDraft;
    use crate::catalogue::desk::{crowded_desk, desk, faults, refusal, slug};
    use crate::once::{Answer, Once};

    #[tokio::test]
    async fn a_new_event_is_complete_and_sound() {
        let desk = desk().await;
        let event = desk.event(Some(700)).await;
        assert_eq!((event.value.time_zone.as_str(), event.revision), ("Europe/London", 1));
        let keys = desk.house.engine.event_keys(&event.value.event).await.unwrap();
        assert_eq!(keys.all().len(), 1);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn series_and_events_share_their_names() {
        let (desk, nothing) = (desk().await, Remember::nothing());
        let (scope, draft) = (desk.owner().await, desk.event_draft(None));
        desk.event(None).await;
        let again = desk.house.engine.create_event(&scope, &slug("mersey"), &draft, &nothing).await;
        assert_eq!(faults(again), [("/slug".to_owned(), Wrong::Taken)]);
        let (name, title) = (slug("mersey"), "Mersey".parse().unwrap());
        let series = SeriesDraft { slug: name, title, description: Prose::default() };
        let again = desk.house.engine.create_series(&scope, &series, &Remember::nothing()).await;
        assert_eq!(faults(again), [("/slug".to_owned(), Wrong::Taken)]);
        desk.organisation("southern-salsa").await;
        let other = desk.staff("southern-salsa", StaffRole::Owner).await;
        desk.house.engine.create_event(&other, &slug("mersey"), &draft, &nothing).await.unwrap();
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn all_that_is_wrong_is_told_at_once() {
        let desk = desk().await;
        let mut draft = desk.event_draft(None);
        draft.ends_at = draft.starts_at;
        draft.rates.push(draft.rates[0].clone());
        draft.status = EventStatus::Archived;
        draft.series = Some(slug("nobody"));
        let answer =
            desk.house.engine.create_event(&desk.owner().await, &slug("api"), &draft, &Remember::nothing()).await;
        let at: Vec<String> = faults(answer).into_iter().map(|(at, _)| at).collect();
        assert_eq!(at, ["/ends_at", "/rates/2/id", "/slug", "/status", "/series"]);
    }

    #[tokio::test]
    async fn the_same_request_twice_makes_one_event() {
        let desk = desk().await;
        let (scope, draft) = (desk.owner().await, desk.event_draft(None));
        let answer = |event: &Stored<Event>| Answer { status: 201, body: event.value.event.event.to_string() };
        let remember = Remember::new(Some(Once::new("a", "POST /events", "key", b"body")), &answer);
        desk.house.engine.create_event(&scope, &slug("mersey"), &draft, &remember).await.unwrap();
        let again = desk.house.engine.create_event(&scope, &slug("mersey"), &draft, &remember).await;
        assert!(matches!(again, Err(Stop::Replayed(Answer { status: 201, .. }))));
    }

    #[tokio::test]
    async fn of_equal_requests_at_the_same_moment_one_acts_and_the_other_gets_its_answer() {
        let desk = crowded_desk().await;
        let (scope, draft) = (desk.owner().await, desk.event_draft(None));
        let answer = |event: &Stored<Event>| Answer { status: 201, body: event.value.event.event.to_string() };
        let remember = Remember::new(Some(Once::new("a", "POST /events", "key", b"body")), &answer);
        let name = slug("mersey");
        let make = || desk.house.engine.create_event(&scope, &name, &draft, &remember);
        let (first, second) = tokio::join!(make(), make());
        assert!(first.is_ok());
        assert!(matches!(second, Err(Stop::Replayed(Answer { status: 201, .. }))));
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn who_may_not_edit_events_makes_none() {
        let desk = desk().await;
        for role in [StaffRole::BoxOffice, StaffRole::Door, StaffRole::Content] {
            let scope = desk.staff("northern-salsa", role).await;
            let draft = desk.event_draft(None);
            let answer = desk.house.engine.create_event(&scope, &slug("mersey"), &draft, &Remember::nothing()).await;
            assert_eq!(refusal(answer), Refusal::Forbidden, "{role:?}");
        }
    }
}
