//! Inviting somebody to an organisation's staff, or giving a member another role.

use domain::people::{By, Permission, Staff, StaffRole};
use domain::values::{Email, PersonId, Slug};
use store::lookups;
use store::record::{Stored, create};
use store::table::Write;

use super::sign_in_link::{INVITED, LinkDraft};
use crate::Engine;
use crate::catalogue::{made, needs, replaced};
use crate::commit::{ATTEMPTS, Attempt, Committed};
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::{Fault, Stop};

/// Where an invitation to staff leads.
const TO: &str = "/dashboard";

/// Somebody who was invited to an organisation's staff.
#[derive(Debug, Clone)]
pub struct Invited {
    /// Their membership.
    pub staff: Stored<Staff>,
    /// The secret of their link to sign in with, for the program's own commands, which print it; else it was mailed.
    pub secret: Option<String>,
}

/// How an invited person comes by their link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hand {
    /// By mail.
    Mailed,
    /// From whoever runs the program.
    Printed,
}

impl Hand {
    /// Only the program itself may hold another person's link.
    pub(super) fn of(by: &By) -> Self {
        if *by == By::Program { Self::Printed } else { Self::Mailed }
    }
}

impl Engine {
    /// Makes somebody a member of staff in a role, or gives a member that role, and mails them a link to sign in with.
    ///
    /// Refused where the last owner would be one no longer.
    pub async fn invite_staff(
        &self,
        scope: &StaffScope,
        email: &Email,
        role: StaffRole,
    ) -> Result<Stored<Staff>, Stop> {
        needs(scope, Permission::ManageStaff)?;
        Ok(self.invite(&scope.organisation().slug, email, role, Hand::Mailed).await?.staff)
    }

    /// The same for any organisation, by the platform.
    pub async fn invite_staff_of(
        &self,
        scope: &PlatformScope,
        organisation: &Slug,
        email: &Email,
        role: StaffRole,
    ) -> Result<Invited, Stop> {
        self.stored_organisation(organisation).await?;
        self.invite(organisation, email, role, Hand::of(scope.by())).await
    }

    async fn invite(&self, organisation: &Slug, email: &Email, role: StaffRole, hand: Hand) -> Result<Invited, Stop> {
        for _ in 0..ATTEMPTS {
            if let Attempt::Done(invited) = self.try_invite(organisation, email, role, hand).await? {
                self.wake_workers();
                return Ok(invited);
            }
        }
        Err(Fault::Contended.into())
    }

    async fn try_invite(
        &self,
        organisation: &Slug,
        email: &Email,
        role: StaffRole,
        hand: Hand,
    ) -> Result<Attempt<Invited>, Stop> {
        let mut writes = Vec::new();
        let person = self.person_to_invite(email, &mut writes).await?;
        let hats = lookups::hats(self.table(), person).await?;
        let member = hats.staff.into_iter().find(|staff| staff.value.organisation == *organisation);
        let staff = match member {
            Some(member) if member.value.role == role => member,
            Some(member) => {
                writes.extend(self.owner_who_stays(&member.value, Some(role)).await?);
                let changed = Staff { role, ..member.value.clone() };
                writes.push(member.replace(&changed, self.now())?);
                replaced(&member, changed)
            }
            None => {
                let (id, organisation, email) = (self.fresh(), organisation.clone(), email.clone());
                let staff = made(Staff { id, person, organisation, email, role }, self.now());
                writes.push(create(&staff.value, self.now())?);
                staff
            }
        };
        let draft = LinkDraft { person, lasts: INVITED, to: Some(TO.to_owned()) };
        let secret = self.hand_over(hand, draft, email, Some(organisation), &mut writes)?;
        Ok(match self.commit(writes).await? {
            Committed::Done => Attempt::Done(Invited { staff, secret }),
            Committed::Refused(_) => Attempt::Again,
        })
    }

    /// The person with this address, made if there is none. Their row is written either way, so that of two invitations
    /// at the same moment one sees the other.
    pub(super) async fn person_to_invite(&self, email: &Email, writes: &mut Vec<Write>) -> Result<PersonId, Stop> {
        let Some(address) = lookups::person_of_email(self.table(), email).await? else {
            return Ok(self.new_person(email, None, writes)?);
        };
        let found = lookups::person(self.table(), address.person).await?;
        let person = found.ok_or(Fault::Impossible("an address whose person is not there"))?;
        writes.push(person.replace(&person.value, self.now())?);
        Ok(address.person)
    }

    /// Adds the writes of a link; its secret, where it is printed.
    pub(super) fn hand_over(
        &self,
        hand: Hand,
        draft: LinkDraft,
        email: &Email,
        organisation: Option<&Slug>,
        writes: &mut Vec<Write>,
    ) -> Result<Option<String>, Stop> {
        match hand {
            Hand::Mailed => {
                writes.extend(self.mailed_link(draft, email, organisation)?);
                Ok(None)
            }
            Hand::Printed => {
                let (link, write) = self.new_link(draft)?;
                writes.push(write);
                Ok(Some(self.sign_in_secret(link)))
            }
        }
    }
}
