//! API tokens: of an organisation, and the platform's own.

use domain::people::{Grant, StaffRole, Token};
use domain::values::Text;
use engine::once::Answer;
use engine::people::{NewToken, TokenDraft};
use engine::scope::{PlatformScope, StaffScope};
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::Page;
use crate::access::Steward;
use crate::answer::{At, Done, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, line, one_of};
use crate::problem::Problem;

/// An API token.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub struct TokenShown {
    id: String,
    name: String,
    /// Null for the platform's own.
    role: Option<&'static str>,
    revoked_at: Option<At>,
    /// Shown once, when it is made.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl TokenShown {
    fn of(token: &Token, secret: Option<String>) -> Self {
        let role = match &token.grant {
            Grant::Platform => None,
            Grant::Staff { role, .. } => Some(role.word()),
        };
        let (id, name) = (token.id.to_string(), token.name.to_string());
        Self { id, name, role, revoked_at: token.revoked_at.map(At), token: secret }
    }

    fn made(made: &NewToken) -> Self {
        Self::of(&made.token, Some(made.secret.clone()))
    }
}

fn remembered(token: &NewToken) -> Answer {
    made(&TokenShown::made(token))
}

/// The name of a token that says nothing of itself.
fn unnamed() -> Option<Text<100>> {
    "API token".parse().ok()
}

/// The body of a new token.
pub fn token(fields: &mut Fields<'_>) -> Option<TokenDraft> {
    let name = fields.optional("name", line().about("What it is for."));
    let role = fields.required("role", one_of(StaffRole::ALL, StaffRole::word));
    Some(TokenDraft { name: name.or_else(unnamed)?, role: role? })
}

/// The body of a new token of the platform.
pub fn platform_token(fields: &mut Fields<'_>) -> Option<Text<100>> {
    fields.optional("name", line().about("What it is for.")).or_else(unnamed)
}

/// Makes a token.
pub async fn create(call: Call<Steward, TokenDraft>) -> Result<Made<TokenShown>, Problem> {
    let (engine, draft) = (call.engine(), call.body.clone());
    let remember = call.remember(&remembered);
    let token = match &call.scope {
        Steward::Staff(scope) => engine.create_token(scope, draft, remember).await?,
        Steward::Platform(scope) => engine.create_token_of(scope, call.names.organisation()?, draft, remember).await?,
    };
    Ok(Made(TokenShown::made(&token)))
}

/// The organisation's tokens.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<TokenShown>>, Problem> {
    let tokens = call.engine().list_tokens(&call.scope).await?;
    Ok(Shown(call.body.of(tokens.iter().map(|token| TokenShown::of(token, None)))))
}

/// Revokes a token.
pub async fn delete(call: Call<StaffScope>) -> Result<Done, Problem> {
    call.engine().revoke_token(&call.scope, call.id()?).await?;
    Ok(Done)
}

/// Makes a token of the platform.
pub async fn create_platform(call: Call<PlatformScope, Text<100>>) -> Result<Made<TokenShown>, Problem> {
    let remember = call.remember(&remembered);
    let token = call.engine().create_platform_token(&call.scope, call.body.clone(), remember).await?;
    Ok(Made(TokenShown::made(&token)))
}

/// The platform's own tokens.
pub async fn list_platform(call: Call<PlatformScope, Page<usize>>) -> Result<Shown<List<TokenShown>>, Problem> {
    let tokens = call.engine().list_platform_tokens(&call.scope).await?;
    Ok(Shown(call.body.of(tokens.iter().map(|token| TokenShown::of(token, None)))))
}

/// Revokes a token of the platform.
pub async fn delete_platform(call: Call<PlatformScope>) -> Result<Done, Problem> {
    call.engine().revoke_platform_token(&call.scope, call.id()?).await?;
    Ok(Done)
}
