//! Signing in with a link: looked at as often as wanted, used once.

use domain::Refusal;
use domain::people::{BrowserSession, Person};
use domain::values::Email;
use jiff::{SignedDuration, Timestamp};
use store::lookups;
use store::record::{Stored, create};
use store::records::{HashedLink, HashedSession};

use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::secret::{fresh_secret, secret_hash};
use crate::stop::{Fault, Stop};

/// How long a browser stays signed in.
const SESSION: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A link, before it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkShown {
    /// Who signs in with it.
    pub email: Email,
    /// Where it leads.
    pub to: Option<String>,
}

/// A browser that has just signed in.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// What the browser shows from now on; kept nowhere else.
    pub secret: String,
    /// Who signed in.
    pub person: Person,
    /// Where the link leads.
    pub to: Option<String>,
    /// After this it opens nothing.
    pub expires_at: Timestamp,
}

impl Engine {
    /// Whose link this is. Using it up takes [`Engine::sign_in`]: mail programs open links by themselves.
    ///
    /// Refused as [`Refusal::NotFound`] for a link that is not known, was used, or is over.
    pub async fn peek_sign_in_link(&self, secret: &str) -> Result<LinkShown, Stop> {
        let found = self.good_link(secret).await?.value.link;
        let person = lookups::person(self.table(), found.person).await?.ok_or(Refusal::NotFound)?.value;
        Ok(LinkShown { email: person.email, to: found.to })
    }

    /// Signs a browser in and uses the link up. The address of its owner is proved by it.
    ///
    /// Refused as [`Refusal::NotFound`] for a link that is not known, was used, or is over.
    pub async fn sign_in(&self, secret: &str) -> Result<NewSession, Stop> {
        for _ in 0..ATTEMPTS {
            let link = self.good_link(secret).await?;
            let person = lookups::person(self.table(), link.value.link.person).await?.ok_or(Refusal::NotFound)?;
            let at = self.now();
            let session_secret = fresh_secret(self.random());
            let expires_at = at.checked_add(SESSION).unwrap_or(at);
            let session = BrowserSession { person: person.value.id, expires_at };
            let row = HashedSession { secret_hash: secret_hash(&session_secret), session };
            let mut writes = vec![create(&row, at)?, link.delete()];
            let mut verified = person.value.clone();
            if verified.verified_at.is_none() {
                verified.verified_at = Some(at);
                writes.push(person.replace(&verified, at)?);
            }
            if matches!(self.commit(writes).await?, Committed::Done) {
                return Ok(NewSession {
                    secret: session_secret,
                    person: verified,
                    to: link.value.link.to,
                    expires_at,
                });
            }
        }
        Err(Fault::Contended.into())
    }

    async fn good_link(&self, secret: &str) -> Result<Stored<HashedLink>, Stop> {
        let found = lookups::link(self.table(), secret_hash(secret)).await?;
        let found = found.filter(|link| self.now() < link.value.link.expires_at);
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
