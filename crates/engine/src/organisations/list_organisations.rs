//! The platform's list of organisations.

use domain::organisations::Organisation;
use store::lookups;
use store::record::Stored;
use store::table::Cursor;

use crate::Engine;
use crate::scope::PlatformScope;
use crate::stop::Stop;

impl Engine {
    /// A page of all organisations, by slug, suspended ones included.
    pub async fn list_organisations(
        &self,
        _scope: &PlatformScope,
        limit: usize,
        after: Option<Cursor>,
    ) -> Result<(Vec<Stored<Organisation>>, Option<Cursor>), Stop> {
        Ok(lookups::organisations(self.table(), limit, after).await?)
    }
}
