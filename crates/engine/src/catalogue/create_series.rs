//! Making a series.

use domain::Refusal;
use domain::catalogue::Series;
use domain::people::Permission;
use domain::values::{Pointer, Prose, Slug, Title, Wrong};
use store::record::{SlugInUse, Stored, create};

use super::create_event::taken;
use super::edit::{made, needs};
use crate::Engine;
use crate::commit::Committed;
use crate::once::Remember;
use crate::organisations::is_reserved;
use crate::scope::StaffScope;
use crate::stop::Stop;

/// Most characters of a series' slug: its events add a hyphen and a date to it.
const LONGEST_SLUG: usize = Slug::MAX - 11;

/// A series as its organiser wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct SeriesDraft {
    /// Its name in addresses; never changes. At most 53 characters.
    pub slug: Slug,
    /// Its name.
    pub title: Title,
    /// What it is.
    pub description: Prose,
}

impl Engine {
    /// Makes a series.
    ///
    /// Refused as [`Refusal::Taken`] at `/slug` where another series or an event of the organisation has it.
    pub async fn create_series(
        &self,
        scope: &StaffScope,
        draft: &SeriesDraft,
        remember: &Remember<'_, Stored<Series>>,
    ) -> Result<Stored<Series>, Stop> {
        needs(scope, Permission::EditEvents)?;
        if draft.slug.as_str().len() > LONGEST_SLUG {
            return Err(Refusal::invalid(Pointer::to("slug"), Wrong::TooLong(LONGEST_SLUG)).into());
        }
        if is_reserved(&draft.slug) {
            return Err(Refusal::invalid(Pointer::to("slug"), Wrong::Reserved).into());
        }
        self.recall(remember.once()).await?;
        let organisation = scope.organisation().slug.clone();
        let SeriesDraft { slug, title, description } = draft.clone();
        let name = SlugInUse { organisation: organisation.clone(), slug: slug.clone(), what: "series".to_owned() };
        let at = self.now();
        let series = made(Series { organisation, slug, title, description }, at);
        let mut writes = vec![create(&name, at)?, create(&series.value, at)?];
        writes.extend(remember.write(self, &series)?);
        match self.commit(writes).await? {
            Committed::Done => Ok(series),
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Err(taken(Pointer::to("slug")))
            }
        }
    }
}
