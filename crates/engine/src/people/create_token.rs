//! Making and listing tokens: keys for programs.

use domain::people::{Grant, Permission, StaffRole, Token};
use domain::values::{Slug, Text};
use store::lookups;
use store::record::create;
use store::records::HashedToken;

use crate::Engine;
use crate::catalogue::needs;
use crate::commit::Committed;
use crate::once::Remember;
use crate::scope::{PlatformScope, StaffScope};
use crate::secret::{fresh_secret, secret_hash};
use crate::stop::{Fault, Stop};

/// What every token's secret begins with, so that people and programs that look for leaked secrets know one.
const PREFIX: &str = "de_";

/// A token as it is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenDraft {
    /// What it is for, in words.
    pub name: Text<100>,
    /// What it may do.
    pub role: StaffRole,
}

/// A token that was just made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The token.
    pub token: Token,
    /// Its secret, to be shown once; only its hash is kept.
    pub secret: String,
}

impl Engine {
    /// Makes a token of the caller's organisation.
    pub async fn create_token(
        &self,
        scope: &StaffScope,
        draft: TokenDraft,
        remember: Remember<'_, NewToken>,
    ) -> Result<NewToken, Stop> {
        needs(scope, Permission::ManageStaff)?;
        let organisation = scope.organisation().slug.clone();
        self.new_token(draft.name, Grant::Staff { organisation, role: draft.role }, &remember).await
    }

    /// Makes a token of any organisation, by the platform.
    pub async fn create_token_of(
        &self,
        _scope: &PlatformScope,
        organisation: &Slug,
        draft: TokenDraft,
        remember: Remember<'_, NewToken>,
    ) -> Result<NewToken, Stop> {
        let organisation = self.stored_organisation(organisation).await?.value.slug;
        self.new_token(draft.name, Grant::Staff { organisation, role: draft.role }, &remember).await
    }

    /// Makes a token of the platform's own.
    pub async fn create_platform_token(
        &self,
        _scope: &PlatformScope,
        name: Text<100>,
        remember: Remember<'_, NewToken>,
    ) -> Result<NewToken, Stop> {
        self.new_token(name, Grant::Platform, &remember).await
    }

    /// The tokens of the caller's organisation, revoked ones included, in the order in which they were made.
    pub async fn list_tokens(&self, scope: &StaffScope) -> Result<Vec<Token>, Stop> {
        needs(scope, Permission::ManageStaff)?;
        self.tokens(Some(&scope.organisation().slug)).await
    }

    /// The platform's own tokens, revoked ones included, in the order in which they were made.
    pub async fn list_platform_tokens(&self, _scope: &PlatformScope) -> Result<Vec<Token>, Stop> {
        self.tokens(None).await
    }

    async fn tokens(&self, organisation: Option<&Slug>) -> Result<Vec<Token>, Stop> {
        let rows = lookups::tokens_of(self.table(), organisation).await?;
        let mut tokens: Vec<Token> = rows.into_iter().map(|row| row.value.token).collect();
        tokens.sort_by_key(|token| token.id);
        Ok(tokens)
    }

    async fn new_token(
        &self,
        name: Text<100>,
        grant: Grant,
        remember: &Remember<'_, NewToken>,
    ) -> Result<NewToken, Stop> {
        let secret = format!("{PREFIX}{}", fresh_secret(self.random()));
        let token = Token { id: self.fresh(), name, grant, revoked_at: None };
        let row = HashedToken { secret_hash: secret_hash(&secret), token: token.clone() };
        let made = NewToken { token, secret };
        let mut writes = vec![create(&row, self.now())?];
        writes.extend(remember.write(self, &made)?);
        match self.commit(writes).await? {
            Committed::Done => Ok(made),
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Err(Fault::Impossible("two tokens with one secret").into())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::people::Permission;

    use super::*;
    use crate::catalogue::desk::{desk, refusal, slug};

    fn draft(role: StaffRole) -> TokenDraft {
        TokenDraft { name: "Till".parse().unwrap(), role }
    }

    #[tokio::test]
    async fn a_token_opens_its_organisation_in_its_role_until_it_is_revoked() {
        let desk = desk().await;
        desk.organisation("southern-salsa").await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let made = engine.create_token(&owner, draft(StaffRole::Door), Remember::nothing()).await.unwrap();
        assert!(made.secret.starts_with("de_"));
        let caller = engine.caller_of_token(&made.secret).await.unwrap().unwrap();
        let scope = engine.staff_scope(&caller, &slug("northern-salsa"), Permission::Scan).await.unwrap();
        assert_eq!(scope.role(), StaffRole::Door);
        let sells = engine.staff_scope(&caller, &slug("northern-salsa"), Permission::Sell).await;
        assert_eq!(refusal(sells), Refusal::Forbidden);
        let elsewhere = engine.staff_scope(&caller, &slug("southern-salsa"), Permission::Scan).await;
        assert_eq!(refusal(elsewhere), Refusal::NotFound);
        for _ in 0..2 {
            engine.revoke_token(&owner, made.token.id).await.unwrap();
        }
        assert!(engine.caller_of_token(&made.secret).await.unwrap().is_none());
        assert!(engine.list_tokens(&owner).await.unwrap()[0].revoked_at.is_some());
    }

    #[tokio::test]
    async fn the_platforms_tokens_are_its_own() {
        let (desk, platform) = (desk().await, PlatformScope::of_the_program());
        let engine = &desk.house.engine;
        let made = engine.create_platform_token(&platform, "CI".parse().unwrap(), Remember::nothing()).await.unwrap();
        let caller = engine.caller_of_token(&made.secret).await.unwrap().unwrap();
        engine.platform_scope(&caller).await.unwrap();
        let inside = engine.staff_scope(&caller, &slug("northern-salsa"), Permission::SeeEvents).await;
        assert_eq!(refusal(inside), Refusal::NotFound);
        let owner = desk.owner().await;
        assert_eq!(refusal(engine.revoke_token(&owner, made.token.id).await), Refusal::NotFound);
        assert_eq!(engine.list_tokens(&owner).await.unwrap(), []);
        engine
            .create_token_of(&platform, &slug("northern-salsa"), draft(StaffRole::Owner), Remember::nothing())
            .await
            .unwrap();
        let nobody =
            engine.create_token_of(&platform, &slug("nobody"), draft(StaffRole::Owner), Remember::nothing()).await;
        assert_eq!(refusal(nobody), Refusal::NotFound);
        engine.revoke_platform_token(&platform, made.token.id).await.unwrap();
        assert!(engine.caller_of_token(&made.secret).await.unwrap().is_none());
        assert_eq!(engine.list_platform_tokens(&platform).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn only_owners_make_tokens() {
        let desk = desk().await;
        for role in [StaffRole::Manager, StaffRole::BoxOffice, StaffRole::Door, StaffRole::Content] {
            let scope = desk.staff("northern-salsa", role).await;
            assert_eq!(
                refusal(desk.house.engine.create_token(&scope, draft(role), Remember::nothing()).await),
                Refusal::Forbidden
            );
        }
    }
}
