//! Making an organisation.

use domain::Refusal;
use domain::organisations::{Organisation, OrganisationStatus, TimeZoneName};
use domain::values::{Currency, Faults, Pointer, Prose, Slug, Title, Wrong};
use store::record::{Stored, create};

use super::is_reserved;
use crate::Engine;
use crate::catalogue::made;
use crate::commit::Committed;
use crate::once::Remember;
use crate::scope::PlatformScope;
use crate::stop::Stop;

/// An organisation as the platform wants it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationDraft {
    /// Its name in addresses; never changes.
    pub slug: Slug,
    /// Its name.
    pub name: Title,
    /// What all its prices are in; never changes.
    pub currency: Currency,
    /// The zone that its events begin with.
    pub time_zone: TimeZoneName,
}

impl Engine {
    /// Makes an organisation: active, without a fee, without staff.
    ///
    /// Refused as [`Refusal::Taken`] at `/slug` where another has the slug, and as invalid where the program needs it.
    pub async fn create_organisation(
        &self,
        _scope: &PlatformScope,
        draft: OrganisationDraft,
        remember: &Remember<'_, Stored<Organisation>>,
    ) -> Result<Stored<Organisation>, Stop> {
        if is_reserved(&draft.slug) {
            return Err(Refusal::invalid(Pointer::to("slug"), Wrong::Reserved).into());
        }
        self.recall(remember.once()).await?;
        let at = self.now();
        let organisation = made(draft.organisation(), at);
        let mut writes = vec![create(&organisation.value, at)?];
        writes.extend(remember.write(self, &organisation)?);
        match self.commit(writes).await? {
            Committed::Done => Ok(organisation),
            Committed::Refused(_) => {
                self.recall(remember.once()).await?;
                Err(Refusal::Taken(Faults::one(Pointer::to("slug"), Wrong::Taken)).into())
            }
        }
    }
}

impl OrganisationDraft {
    fn organisation(self) -> Organisation {
        Organisation {
            slug: self.slug,
            name: self.name,
            currency: self.currency,
            time_zone: self.time_zone,
            status: OrganisationStatus::Active,
            fee: 0,
            description: Prose::default(),
            reply_to: None,
            brand_colour: None,
            website: None,
            bank_details: Prose::default(),
            customer_shards: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::desk::{desk, faults, slug};
    use crate::once::{Answer, Once};

    fn draft(name: &str) -> OrganisationDraft {
        OrganisationDraft {
            slug: slug(name),
            name: "Salsa".parse().unwrap(),
            currency: "GBP".parse().unwrap(),
            time_zone: "Europe/London".parse().unwrap(),
        }
    }

    #[tokio::test]
    async fn a_slug_is_given_once_and_none_that_the_program_needs() {
        let (desk, platform) = (desk().await, PlatformScope::of_the_program());
        for (name, wrong) in [("northern-salsa", Wrong::Taken), ("dashboard", Wrong::Reserved)] {
            let answer = desk.house.engine.create_organisation(&platform, draft(name), &Remember::nothing()).await;
            assert_eq!(faults(answer), [("/slug".to_owned(), wrong)]);
        }
    }

    #[tokio::test]
    async fn the_same_request_again_gets_the_first_answer_and_another_one_under_its_key_none() {
        let (desk, platform) = (desk().await, PlatformScope::of_the_program());
        let answer = |made: &Stored<Organisation>| Answer { status: 201, body: made.value.slug.to_string() };
        let once = |body: &[u8]| Once::new("platform", "POST /organisations", "key", body);
        let first = Remember::new(Some(once(b"a")), &answer);
        desk.house.engine.create_organisation(&platform, draft("southern-salsa"), &first).await.unwrap();
        let again = desk.house.engine.create_organisation(&platform, draft("southern-salsa"), &first).await;
        assert!(matches!(again, Err(Stop::Replayed(Answer { status: 201, body })) if body == "southern-salsa"));
        let other = Remember::new(Some(once(b"b")), &answer);
        let reused = desk.house.engine.create_organisation(&platform, draft("western-salsa"), &other).await;
        assert!(matches!(reused, Err(Stop::KeyReused)));
    }
}
