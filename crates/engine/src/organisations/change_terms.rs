//! What the platform decides about an organisation: whether it may sell, and what of each sale is the platform's.

use domain::Refusal;
use domain::organisations::{Organisation, OrganisationStatus};
use domain::values::{Pointer, Slug, Wrong};
use store::record::Stored;

use crate::Engine;
use crate::catalogue::{expect_revision, replaced};
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::PlatformScope;
use crate::stop::{Fault, Stop};

/// Greatest fee: all of a sale.
const GREATEST_FEE: u32 = 10_000;

/// The terms of an organisation. What is none stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// Whether it may sell.
    pub status: Option<OrganisationStatus>,
    /// The platform's share of each sale, in hundredths of a percent, 0 to 10,000.
    pub fee: Option<u32>,
}

impl Engine {
    /// Changes the terms of an organisation.
    pub async fn change_terms(
        &self,
        _scope: &PlatformScope,
        slug: &Slug,
        expected: Option<u64>,
        terms: &Terms,
    ) -> Result<Stored<Organisation>, Stop> {
        if terms.fee.is_some_and(|fee| fee > GREATEST_FEE) {
            let wrong = Wrong::OutOfRange(0, i64::from(GREATEST_FEE));
            return Err(Refusal::invalid(Pointer::to("fee"), wrong).into());
        }
        for _ in 0..ATTEMPTS {
            let found = self.stored_organisation(slug).await?;
            expect_revision(&found, expected)?;
            let mut next = found.value.clone();
            next.status = terms.status.unwrap_or(next.status);
            next.fee = terms.fee.unwrap_or(next.fee);
            if matches!(self.commit(vec![found.replace(&next, self.now())?]).await?, Committed::Done) {
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::desk::{desk, faults, refusal, slug};
    use crate::scope::Caller;

    #[tokio::test]
    async fn a_suspended_organisation_has_no_shop_until_it_is_active_again() {
        let (desk, platform) = (desk().await, PlatformScope::of_the_program());
        let engine = &desk.house.engine;
        for (status, open) in [(OrganisationStatus::Suspended, false), (OrganisationStatus::Active, true)] {
            let terms = Terms { status: Some(status), fee: None };
            engine.change_terms(&platform, &slug("northern-salsa"), None, &terms).await.unwrap();
            assert_eq!(engine.shop_scope(&Caller::Public, &slug("northern-salsa")).await.is_ok(), open);
        }
    }

    #[tokio::test]
    async fn a_fee_is_at_most_all_of_a_sale() {
        let (desk, platform) = (desk().await, PlatformScope::of_the_program());
        let terms = |fee| Terms { status: None, fee: Some(fee) };
        let answer = desk.house.engine.change_terms(&platform, &slug("northern-salsa"), None, &terms(10_001)).await;
        assert_eq!(faults(answer), [("/fee".to_owned(), Wrong::OutOfRange(0, 10_000))]);
        let changed = desk.house.engine.change_terms(&platform, &slug("northern-salsa"), None, &terms(250)).await;
        assert_eq!(changed.unwrap().value.fee, 250);
        let nobody = desk.house.engine.change_terms(&platform, &slug("nobody"), None, &terms(1)).await;
        assert_eq!(refusal(nobody), Refusal::NotFound);
    }
}
