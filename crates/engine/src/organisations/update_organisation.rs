//! Changing an organisation's settings and branding: the owner's.

use domain::organisations::{Colour, Organisation, TimeZoneName};
use domain::people::Permission;
use domain::values::{Email, Prose, Text, Title};
use store::record::Stored;

use crate::Engine;
use crate::catalogue::{Edit, expect_revision, needs, replaced};
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

/// What an owner decides about their organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationSettings {
    /// Its name.
    pub name: Title,
    /// The zone that its events begin with; those that there are keep theirs.
    pub time_zone: TimeZoneName,
    /// What it says of itself on its page.
    pub description: Prose,
    /// Where answers to its mail, and requests for help, go.
    pub reply_to: Option<Email>,
    /// The colour of its pages.
    pub brand_colour: Option<Colour>,
    /// Its own site.
    pub website: Option<Text<300>>,
    /// What a buyer who pays by bank transfer must know.
    pub bank_details: Prose,
}

impl OrganisationSettings {
    /// As they are.
    pub fn of(organisation: &Organisation) -> Self {
        Self {
            name: organisation.name.clone(),
            time_zone: organisation.time_zone.clone(),
            description: organisation.description.clone(),
            reply_to: organisation.reply_to.clone(),
            brand_colour: organisation.brand_colour.clone(),
            website: organisation.website.clone(),
            bank_details: organisation.bank_details.clone(),
        }
    }

    fn applied_to(self, before: &Organisation) -> Organisation {
        Organisation {
            name: self.name,
            time_zone: self.time_zone,
            description: self.description,
            reply_to: self.reply_to,
            brand_colour: self.brand_colour,
            website: self.website,
            bank_details: self.bank_details,
            ..before.clone()
        }
    }
}

impl Engine {
    /// Changes the settings of the caller's organisation.
    pub async fn update_organisation(
        &self,
        scope: &StaffScope,
        expected: Option<u64>,
        edit: Edit<'_, Organisation, OrganisationSettings>,
    ) -> Result<Stored<Organisation>, Stop> {
        needs(scope, Permission::EditSettings)?;
        for _ in 0..ATTEMPTS {
            let found = self.stored_organisation(&scope.organisation().slug).await?;
            expect_revision(&found, expected)?;
            let next = edit(&found.value)?.applied_to(&found.value);
            if matches!(self.commit(vec![found.replace(&next, self.now())?]).await?, Committed::Done) {
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::people::StaffRole;

    use super::*;
    use crate::catalogue::desk::{desk, refusal};

    #[expect(clippy::unnecessary_wraps, reason = "it is an edit")]
    fn renamed(organisation: &Organisation) -> Result<OrganisationSettings, Refusal> {
        Ok(OrganisationSettings { name: "Northern".parse().unwrap(), ..OrganisationSettings::of(organisation) })
    }

    #[tokio::test]
    async fn settings_change_against_the_revision_that_was_seen() {
        let desk = desk().await;
        let owner = desk.owner().await;
        let changed = desk.house.engine.update_organisation(&owner, Some(1), &renamed).await.unwrap();
        assert_eq!((changed.value.name.as_str(), changed.revision), ("Northern", 2));
        assert_eq!(desk.house.engine.read_organisation(&owner).await.unwrap(), changed);
        let late = desk.house.engine.update_organisation(&owner, Some(1), &renamed).await;
        assert!(matches!(refusal(late), Refusal::Changed(_)));
    }

    #[tokio::test]
    async fn settings_are_the_owners() {
        let desk = desk().await;
        for role in [StaffRole::Manager, StaffRole::BoxOffice, StaffRole::Door, StaffRole::Content] {
            let scope = desk.staff("northern-salsa", role).await;
            let answer = desk.house.engine.update_organisation(&scope, None, &renamed).await;
            assert_eq!(refusal(answer), Refusal::Forbidden, "{role:?}");
        }
    }
}
