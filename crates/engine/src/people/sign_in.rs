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
                return Ok(NewSession { secret: session_secret, person: verified, to: link.value.link.to, expires_at });
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

#[cfg(test)]
mod tests {
    use domain::values::Ksuid;
    use domain::work::Letter;

    use super::*;
    use crate::catalogue::desk::{Desk, crowded_desk, desk, refusal, slug};
    use crate::people::{Requested, SignInRequest};
    use crate::scope::PlatformScope;

    fn ana() -> Email {
        "ana@example.org".parse().unwrap()
    }

    async fn request(desk: &Desk, email: Email) -> Requested {
        let to = Some("/my".to_owned());
        let request = SignInRequest { email, organisation: Some(slug("northern-salsa")), to };
        desk.house.engine.request_sign_in(&request).await.unwrap()
    }

    async fn mailed(desk: &Desk) -> Vec<Ksuid> {
        let letters = desk.house.engine.waiting_letters(None, 10).await.unwrap();
        let links = letters.into_iter().filter_map(|waiting| match waiting.letter {
            Letter::SignIn { link, .. } => Some(link),
            _ => None,
        });
        links.collect()
    }

    /// The desk, where Ana is known now, and a link that she asked for.
    async fn with_link(desk: Desk) -> (Desk, String) {
        desk.house.engine.invite_admin(&PlatformScope::of_the_program(), &ana()).await.unwrap();
        assert_eq!(request(&desk, ana()).await, Requested::Taken);
        let secret = desk.house.engine.sign_in_secret(mailed(&desk).await[0]);
        (desk, secret)
    }

    #[tokio::test]
    async fn a_link_is_looked_at_as_often_as_wanted_and_used_once() {
        let (desk, secret) = with_link(desk().await).await;
        let engine = &desk.house.engine;
        for _ in 0..3 {
            let shown = engine.peek_sign_in_link(&secret).await.unwrap();
            assert_eq!(shown, LinkShown { email: ana(), to: Some("/my".to_owned()) });
        }
        let session = engine.sign_in(&secret).await.unwrap();
        assert_eq!(session.person.verified_at, Some(engine.now()));
        assert_eq!(session.to.as_deref(), Some("/my"));
        assert_eq!(refusal(engine.sign_in(&secret).await), Refusal::NotFound);
        assert_eq!(refusal(engine.peek_sign_in_link(&secret).await), Refusal::NotFound);
        assert!(engine.caller_of_session(&session.secret).await.unwrap().is_some());
        engine.sign_out(&session.secret).await.unwrap();
        engine.sign_out(&session.secret).await.unwrap();
        assert!(engine.caller_of_session(&session.secret).await.unwrap().is_none());
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn of_two_browsers_with_one_link_one_is_signed_in() {
        let (desk, secret) = with_link(crowded_desk().await).await;
        let (first, second) = tokio::join!(desk.house.engine.sign_in(&secret), desk.house.engine.sign_in(&secret));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
    }

    #[tokio::test]
    async fn a_link_is_over_after_ten_minutes_and_a_session_after_thirty_days() {
        let (desk, secret) = with_link(desk().await).await;
        let engine = &desk.house.engine;
        desk.house.clock.advance(10 * 60 * 1_000 - 1);
        let session = engine.sign_in(&secret).await.unwrap();
        request(&desk, ana()).await;
        let late = engine.sign_in_secret(mailed(&desk).await[1]);
        desk.house.clock.advance(10 * 60 * 1_000);
        assert_eq!(refusal(engine.sign_in(&late).await), Refusal::NotFound);
        assert_eq!(refusal(engine.peek_sign_in_link(&late).await), Refusal::NotFound);
        desk.house.clock.advance(30 * 24 * 3_600 * 1_000);
        assert!(engine.caller_of_session(&session.secret).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn the_answer_does_not_tell_whether_an_address_is_known() {
        let (desk, _) = with_link(desk().await).await;
        let nobody: Email = "nobody@example.org".parse().unwrap();
        for _ in 0..4 {
            assert_eq!(request(&desk, ana()).await, request(&desk, nobody.clone()).await);
        }
        assert_eq!(request(&desk, nobody.clone()).await, Requested::Taken);
        let (known, unknown) = (request(&desk, ana()).await, request(&desk, nobody).await);
        assert!(matches!(known, Requested::TooMany { .. }));
        assert_eq!(known, unknown);
        assert_eq!(mailed(&desk).await.len(), 5);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn an_unknown_address_costs_a_write_as_a_known_one_does() {
        let desk = desk().await;
        let before = desk.house.rows().await.unwrap().len();
        request(&desk, "nobody@example.org".parse().unwrap()).await;
        assert_eq!(desk.house.rows().await.unwrap().len(), before + 1);
        assert!(mailed(&desk).await.is_empty());
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn a_secret_of_nothing_signs_nobody_in() {
        let desk = desk().await;
        for secret in ["", "a", &"a".repeat(10_000)] {
            assert_eq!(refusal(desk.house.engine.sign_in(secret).await), Refusal::NotFound);
        }
    }
}
