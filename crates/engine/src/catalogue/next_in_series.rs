//! The next event of a series: a copy of its last one on another day, or its first.

use domain::Refusal;
use domain::catalogue::{Event, EventDraft, EventRef};
use domain::people::Permission;
use domain::values::{Faults, Pointer, Slug, Wrong};
use jiff::civil::Date;
use store::lookups;
use store::record::Stored;

use super::edit::needs;
use crate::Engine;
use crate::once::Remember;
use crate::scope::StaffScope;
use crate::stop::Stop;

/// What the next event of a series is made of.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one is made for each request")]
pub enum Next {
    /// The last one, as it would be on this day.
    On(Date),
    /// A draft: for the first one.
    First(FirstEvent),
}

/// The first event of a series.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstEvent {
    /// Its name in addresses; none means that of the series and the day on which it starts.
    pub slug: Option<Slug>,
    /// What it is; its series is the one in whose name it is made, whatever the draft says.
    pub draft: EventDraft,
}

impl Engine {
    /// Makes the next event of a series.
    ///
    /// A copy has everything that is not archived, its doors too, with all dates later by as many days as lie between
    /// the two; it is live where the last one is, else a draft. Refused as [`Refusal::Taken`] at `/on` where there is an
    /// event on that day, and as invalid where there is none to copy.
    pub async fn next_in_series(
        &self,
        scope: &StaffScope,
        series: &Slug,
        next: &Next,
        remember: &Remember<'_, Stored<Event>>,
    ) -> Result<Stored<Event>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let organisation = &scope.organisation().slug;
        lookups::series(self.table(), organisation, series).await?.ok_or(Refusal::NotFound)?;
        match next {
            Next::First(first) => {
                let mut draft = first.draft.clone();
                let zone = draft.time_zone.as_ref().unwrap_or(&scope.organisation().time_zone).zone();
                let day = draft.starts_at.to_zoned_datetime(zone).date();
                draft.series = Some(series.clone());
                let slug = match &first.slug {
                    Some(slug) => slug.clone(),
                    None => instance(series, day).ok_or_else(|| too_long("slug"))?,
                };
                self.create_event(scope, &slug, &draft, remember).await
            }
            Next::On(day) => {
                let last = lookups::events_of_series(self.table(), organisation, series, 1).await?;
                let last = last.into_iter().next().ok_or_else(nothing_to_copy)?;
                let slug = instance(series, *day).ok_or_else(|| too_long("on"))?;
                self.copy_event(&last.value, &EventRef::new(organisation, &slug), *day, remember).await
            }
        }
    }
}

/// The slug of an instance of a series, `{series}-{YYYY-MM-DD}`.
fn instance(series: &Slug, day: Date) -> Option<Slug> {
    format!("{series}-{day}").parse().ok()
}

fn too_long(field: &str) -> Refusal {
    Refusal::invalid(Pointer::to(field), Wrong::TooLong(Slug::MAX))
}

/// There is no event yet: a first one needs all that an event needs.
fn nothing_to_copy() -> Refusal {
    let mut faults = Faults::none();
    for field in ["title", "starts_at", "ends_at"] {
        faults.add(Pointer::to(field), Wrong::Required);
    }
    Refusal::Invalid(faults)
}

#[cfg(test)]
mod tests {
    use domain::catalogue::{EventStatus, Shards};
    use domain::door::Door;
    use domain::values::Prose;
    use store::record::create;

    use super::*;
    use crate::catalogue::SeriesDraft;
    use crate::catalogue::desk::{Desk, at, desk, faults, refusal, slug};
    use crate::scope::PlatformScope;

    async fn series(desk: &Desk) {
        let (slug, title) = (slug("tuesdays"), "Tuesdays".parse().unwrap());
        let draft = SeriesDraft { slug, title, description: Prose::default() };
        desk.house.engine.create_series(&desk.owner().await, &draft, &Remember::nothing()).await.unwrap();
    }

    async fn next(desk: &Desk, next: &Next) -> Result<Stored<Event>, Stop> {
        let nothing = Remember::nothing();
        desk.house.engine.next_in_series(&desk.owner().await, &slug("tuesdays"), next, &nothing).await
    }

    /// A first event with `items` items and a door, on Tuesday, 20 October 2026 at 20:00 in London, still in summer time.
    async fn first(desk: &Desk, items: usize) -> Event {
        let mut draft = desk.event_draft(Some(50));
        (draft.starts_at, draft.ends_at) = (at("2026-10-20T19:00:00Z"), at("2026-10-20T22:00:00Z"));
        let made = next(desk, &Next::First(FirstEvent { slug: None, draft })).await.unwrap().value;
        let (engine, owner, mut ids) = (&desk.house.engine, desk.owner().await, Vec::new());
        for n in 0..items {
            let mut draft = desk.item_draft(&format!("Class {n}"));
            draft.capacity = Some(10);
            draft.steps = Some(vec![desk.step(900, Some(5)), desk.step(1_000, None)]);
            let item = engine.create_item(&owner, &made.event.event, &draft, &Remember::nothing()).await.unwrap();
            ids.push(item.value.id);
        }
        let pass = desk.pass_draft("All", &ids);
        engine.create_pass(&owner, &made.event.event, &pass, &Remember::nothing()).await.unwrap();
        let door = Door {
            id: engine.fresh(),
            event: made.event.clone(),
            name: "Main".parse().unwrap(),
            items: ids,
            opens_at: Some(made.starts_at),
            closes_at: None,
            tolerance_minutes: 15,
            reentry: true,
            archived_at: None,
        };
        engine.commit(vec![create(&door, engine.now()).unwrap()]).await.unwrap();
        made
    }

    #[tokio::test]
    async fn the_next_event_is_the_last_one_on_another_day_at_the_same_local_time() {
        let desk = desk().await;
        series(&desk).await;
        let last = first(&desk, 2).await.event;
        assert_eq!(last.event, slug("tuesdays-2026-10-20"));
        let shards = Shards { stock: 4, lists: 2 };
        desk.house.engine.set_shards(&PlatformScope::of_the_program(), &last, shards).await.unwrap();
        let copy = next(&desk, &Next::On("2026-10-27".parse().unwrap())).await.unwrap().value;
        assert_eq!(copy.event.event, slug("tuesdays-2026-10-27"));
        assert_eq!((copy.starts_at, copy.ends_at), (at("2026-10-27T20:00:00Z"), at("2026-10-27T23:00:00Z")));
        assert_eq!((copy.status, copy.capacity, copy.shards), (EventStatus::Live, Some(50), Shards::default()));
        let engine = &desk.house.engine;
        let options = engine.read_options(&desk.visitor().await, &copy.event.event).await.unwrap();
        assert_eq!((options.items.len(), options.passes.len(), options.left.len()), (2, 1, 3));
        let doors = lookups::doors(engine.table(), &copy.event).await.unwrap();
        assert_eq!(doors[0].value.opens_at, Some(copy.starts_at));
        assert_eq!(doors[0].value.items, options.items.iter().map(|item| item.id).collect::<Vec<_>>());
        assert_ne!(engine.event_keys(&copy.event).await.unwrap().all()[0].1.bytes(), &[0; 32]);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn there_is_one_event_of_a_series_on_a_day_and_none_is_copied_from_nothing() {
        let desk = desk().await;
        series(&desk).await;
        let on = Next::On("2026-10-27".parse().unwrap());
        assert_eq!(faults(next(&desk, &on).await).len(), 3);
        first(&desk, 1).await;
        next(&desk, &on).await.unwrap();
        assert_eq!(faults(next(&desk, &on).await), [("/on".to_owned(), Wrong::Taken)]);
        let (owner, nothing) = (desk.owner().await, Remember::nothing());
        let unknown = desk.house.engine.next_in_series(&owner, &slug("mondays"), &on, &nothing).await;
        assert_eq!(refusal(unknown), Refusal::NotFound);
    }

    #[tokio::test]
    async fn an_event_too_large_for_one_transaction_is_copied_whole() {
        let desk = desk().await;
        series(&desk).await;
        first(&desk, 70).await;
        let copy = next(&desk, &Next::On("2026-11-03".parse().unwrap())).await.unwrap();
        assert_eq!(copy.value.status, EventStatus::Live);
        let options = desk.house.engine.read_options(&desk.visitor().await, &copy.value.event.event).await.unwrap();
        assert_eq!((options.items.len(), options.left.len()), (70, 71));
        desk.is_sound().await;
    }
}
