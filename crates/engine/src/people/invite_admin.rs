//! Inviting an administrator of the platform.

use domain::people::Admin;
use domain::values::Email;
use store::lookups;
use store::record::{Stored, create};

use super::invite_staff::Hand;
use super::sign_in_link::{INVITED, LinkDraft};
use crate::Engine;
use crate::catalogue::made;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::PlatformScope;
use crate::stop::{Fault, Stop};

/// Where an invitation to the platform leads.
const TO: &str = "/platform";

/// Somebody who was invited to administer the platform.
#[derive(Debug, Clone)]
pub struct InvitedAdmin {
    /// What they are.
    pub admin: Stored<Admin>,
    /// The secret of their link to sign in with, for the program's own commands, which print it; else it was mailed.
    pub secret: Option<String>,
}

impl Engine {
    /// Makes somebody an administrator of the platform, or finds that they are, and gives them a link to sign in with.
    pub async fn invite_admin(&self, scope: &PlatformScope, email: &Email) -> Result<InvitedAdmin, Stop> {
        for _ in 0..ATTEMPTS {
            let mut writes = Vec::new();
            let person = self.person_to_invite(email, &mut writes).await?;
            let admin = if let Some(admin) = lookups::hats(self.table(), person).await?.admin {
                admin
            } else {
                let admin = made(Admin { id: self.fresh(), person, email: email.clone() }, self.now());
                writes.push(create(&admin.value, self.now())?);
                admin
            };
            let to = Some(TO.to_owned());
            let draft = LinkDraft { person, email: email.clone(), organisation: None, lasts: INVITED, to };
            let secret = self.hand_over(Hand::of(scope.by()), draft, &mut writes)?;
            if matches!(self.commit(writes).await?, Committed::Done) {
                self.wake_workers();
                return Ok(InvitedAdmin { admin, secret });
            }
        }
        Err(Fault::Contended.into())
    }
}
