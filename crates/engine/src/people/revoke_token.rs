//! Revoking tokens.

use domain::Refusal;
use domain::people::{Permission, Token};
use domain::values::{Slug, TokenId};
use store::lookups;
use store::records::HashedToken;

use crate::Engine;
use crate::catalogue::needs;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::{Fault, Stop};

impl Engine {
    /// Revokes a token of the caller's organisation: it opens nothing any more. Revoking it again changes nothing.
    pub async fn revoke_token(&self, scope: &StaffScope, id: TokenId) -> Result<(), Stop> {
        needs(scope, Permission::ManageStaff)?;
        self.revoke(Some(&scope.organisation().slug), id).await
    }

    /// Revokes one of the platform's own tokens.
    pub async fn revoke_platform_token(&self, _scope: &PlatformScope, id: TokenId) -> Result<(), Stop> {
        self.revoke(None, id).await
    }

    async fn revoke(&self, organisation: Option<&Slug>, id: TokenId) -> Result<(), Stop> {
        for _ in 0..ATTEMPTS {
            let tokens = lookups::tokens_of(self.table(), organisation).await?;
            let found = tokens.into_iter().find(|row| row.value.token.id == id).ok_or(Refusal::NotFound)?;
            if found.value.token.revoked_at.is_some() {
                return Ok(());
            }
            let at = self.now();
            let token = Token { revoked_at: Some(at), ..found.value.token.clone() };
            let revoked = HashedToken { token, ..found.value.clone() };
            if matches!(self.commit(vec![found.replace(&revoked, at)?]).await?, Committed::Done) {
                return Ok(());
            }
        }
        Err(Fault::Contended.into())
    }
}
