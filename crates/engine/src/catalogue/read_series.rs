//! Reading series.

use domain::Refusal;
use domain::catalogue::Series;
use domain::people::Permission;
use domain::values::Slug;
use store::lookups;
use store::record::Stored;

use super::edit::needs;
use crate::Engine;
use crate::scope::StaffScope;
use crate::stop::Stop;

impl Engine {
    /// The organisation's series, by slug.
    pub async fn list_series(&self, scope: &StaffScope) -> Result<Vec<Stored<Series>>, Stop> {
        needs(scope, Permission::SeeEvents)?;
        Ok(lookups::series_of(self.table(), &scope.organisation().slug).await?)
    }

    /// A series of the organisation.
    pub async fn read_series(&self, scope: &StaffScope, series: &Slug) -> Result<Stored<Series>, Stop> {
        needs(scope, Permission::SeeEvents)?;
        let found = lookups::series(self.table(), &scope.organisation().slug, series).await?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
