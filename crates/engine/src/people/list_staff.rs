//! The list of an organisation's staff.

use domain::people::{Permission, Staff};
use domain::values::Slug;
use store::lookups;
use store::record::Stored;

use crate::Engine;
use crate::catalogue::needs;
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::Stop;

impl Engine {
    /// The staff of the caller's organisation, in the order in which they were invited.
    pub async fn list_staff(&self, scope: &StaffScope) -> Result<Vec<Stored<Staff>>, Stop> {
        needs(scope, Permission::ManageStaff)?;
        Ok(lookups::staff_of(self.table(), &scope.organisation().slug).await?)
    }

    /// The same of any organisation, for the platform.
    pub async fn list_staff_of(&self, _scope: &PlatformScope, slug: &Slug) -> Result<Vec<Stored<Staff>>, Stop> {
        Ok(lookups::staff_of(self.table(), slug).await?)
    }
}
