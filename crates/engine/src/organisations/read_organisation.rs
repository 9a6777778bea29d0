//! Reading an organisation, for its staff and for the platform.

use domain::Refusal;
use domain::organisations::Organisation;
use domain::people::Permission;
use domain::values::Slug;
use store::lookups;
use store::record::Stored;

use crate::Engine;
use crate::catalogue::needs;
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::Stop;

impl Engine {
    /// The caller's organisation as it is now.
    pub async fn read_organisation(&self, scope: &StaffScope) -> Result<Stored<Organisation>, Stop> {
        needs(scope, Permission::SeeSettings)?;
        self.stored_organisation(&scope.organisation().slug).await
    }

    /// Any organisation.
    pub async fn read_organisation_of(
        &self,
        _scope: &PlatformScope,
        slug: &Slug,
    ) -> Result<Stored<Organisation>, Stop> {
        self.stored_organisation(slug).await
    }

    pub(crate) async fn stored_organisation(&self, slug: &Slug) -> Result<Stored<Organisation>, Stop> {
        Ok(lookups::organisation(self.table(), slug).await?.ok_or(Refusal::NotFound)?)
    }
}
