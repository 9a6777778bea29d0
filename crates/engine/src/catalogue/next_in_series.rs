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
