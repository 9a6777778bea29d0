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
        let (email, organisation) = (email.clone(), Some(organisation.clone()));
        let draft = LinkDraft { person, email, organisation, lasts: INVITED, to: Some(TO.to_owned()) };
        let secret = self.hand_over(hand, draft, &mut writes)?;
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
        writes: &mut Vec<Write>,
    ) -> Result<Option<String>, Stop> {
        match hand {
            Hand::Mailed => {
                writes.extend(self.mailed_link(draft)?);
                Ok(None)
            }
            Hand::Printed => {
                let (link, write) = self.new_link(&draft)?;
                writes.push(write);
                Ok(Some(self.sign_in_secret(link)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::values::Wrong;
    use domain::work::Lane;

    use domain::values::Obstacle;

    use super::*;
    use crate::catalogue::desk::{crowded_desk, desk, faults, refusal, slug};
    use crate::scope::Caller;

    #[tokio::test]
    async fn the_programs_own_command_prints_a_link_that_signs_its_owner_in() {
        let desk = desk().await;
        let (engine, program) = (&desk.house.engine, PlatformScope::of_the_program());
        let ana = "ana@example.org".parse().unwrap();
        let owner = StaffRole::Owner;
        let invited = engine.invite_staff_of(&program, &slug("northern-salsa"), &ana, owner).await.unwrap();
        assert_eq!(engine.waiting_letters(None, 10).await.unwrap().len(), 0);
        let session = engine.sign_in(&invited.secret.unwrap()).await.unwrap();
        let caller = engine.caller_of_session(&session.secret).await.unwrap().unwrap();
        let scope = engine.staff_scope(&caller, &slug("northern-salsa"), Permission::ManageStaff).await.unwrap();
        assert_eq!(scope.role(), StaffRole::Owner);
        let nobody = engine.invite_staff_of(&program, &slug("nobody"), &ana, owner).await;
        assert_eq!(refusal(nobody), Refusal::NotFound);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn nobody_else_is_shown_the_link_of_somebody() {
        let desk = desk().await;
        let ana = "ana@example.org".parse().unwrap();
        let admin = desk.house.engine.invite_admin(&PlatformScope::of_the_program(), &ana).await.unwrap();
        let session = desk.house.engine.sign_in(&admin.secret.unwrap()).await.unwrap();
        let caller = desk.house.engine.caller_of_session(&session.secret).await.unwrap().unwrap();
        let platform = desk.house.engine.platform_scope(&caller).await.unwrap();
        let ben = "ben@example.org".parse().unwrap();
        let organisation = slug("northern-salsa");
        let invited = desk.house.engine.invite_staff_of(&platform, &organisation, &ben, StaffRole::Door).await.unwrap();
        assert_eq!(invited.secret, None);
        assert_eq!(desk.house.engine.invite_admin(&platform, &ben).await.unwrap().secret, None);
        let due = lookups::work_waiting(&*desk.house.table, (Lane::Deliveries, 1), 10).await.unwrap();
        assert_eq!(due.len(), 2);
    }

    #[tokio::test]
    async fn inviting_a_member_gives_them_the_role_and_makes_nobody_twice() {
        let desk = desk().await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let ana = "ana@example.org".parse().unwrap();
        let mut revisions = Vec::new();
        for role in [StaffRole::Door, StaffRole::Door, StaffRole::Manager] {
            revisions.push(engine.invite_staff(&owner, &ana, role).await.unwrap().revision);
        }
        assert_eq!(revisions, [1, 1, 2]);
        let staff = engine.list_staff(&owner).await.unwrap();
        assert_eq!(staff.len(), 1);
        assert_eq!(staff[0].value.role, StaffRole::Manager);
        desk.is_sound().await;
    }

    #[tokio::test]
    async fn invitations_at_the_same_moment_make_one_member() {
        let desk = crowded_desk().await;
        let owner = desk.owner().await;
        let ana: Email = "ana@example.org".parse().unwrap();
        let invite = || desk.house.engine.invite_staff(&owner, &ana, StaffRole::Door);
        let (first, second) = tokio::join!(invite(), invite());
        assert_eq!(first.unwrap().value.id, second.unwrap().value.id);
        assert_eq!(desk.house.engine.list_staff(&owner).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn the_last_owner_stays_one() {
        let desk = desk().await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let ana = "ana@example.org".parse().unwrap();
        let first = engine.invite_staff(&owner, &ana, StaffRole::Owner).await.unwrap().value.id;
        let last = |at: &str| vec![(at.to_owned(), Wrong::State(Obstacle::LastOwner))];
        assert_eq!(faults(engine.invite_staff(&owner, &ana, StaffRole::Door).await), last("/role"));
        assert_eq!(faults(engine.change_staff_role(&owner, first, StaffRole::Door, None).await), last("/role"));
        assert_eq!(faults(engine.remove_staff(&owner, first).await), last(""));
        let ben = "ben@example.org".parse().unwrap();
        let second = engine.invite_staff(&owner, &ben, StaffRole::Owner).await.unwrap().value.id;
        engine.change_staff_role(&owner, first, StaffRole::Door, Some(1)).await.unwrap();
        assert_eq!(faults(engine.remove_staff(&owner, second).await), last(""));
        engine.remove_staff(&owner, first).await.unwrap();
        assert_eq!(refusal(engine.remove_staff(&owner, first).await), Refusal::NotFound);
    }

    #[tokio::test]
    async fn two_owners_who_remove_each_other_at_the_same_moment_leave_one() {
        let desk = crowded_desk().await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let mut owners = Vec::new();
        for email in ["ana@example.org", "ben@example.org"] {
            let invited = engine.invite_staff(&owner, &email.parse().unwrap(), StaffRole::Owner).await.unwrap();
            owners.push(invited.value.id);
        }
        let (first, second) =
            tokio::join!(engine.remove_staff(&owner, owners[0]), engine.remove_staff(&owner, owners[1]));
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1);
        assert_eq!(engine.list_staff(&owner).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn staff_are_managed_by_owners_of_their_own_organisation() {
        let desk = desk().await;
        desk.organisation("southern-salsa").await;
        let (engine, owner) = (&desk.house.engine, desk.owner().await);
        let ana: Email = "ana@example.org".parse().unwrap();
        let member = engine.invite_staff(&owner, &ana, StaffRole::Door).await.unwrap().value.id;
        let stranger = desk.staff("southern-salsa", StaffRole::Owner).await;
        assert_eq!(refusal(engine.remove_staff(&stranger, member).await), Refusal::NotFound);
        let manager = desk.staff("northern-salsa", StaffRole::Manager).await;
        assert_eq!(refusal(engine.invite_staff(&manager, &ana, StaffRole::Owner).await), Refusal::Forbidden);
        assert_eq!(refusal(engine.list_staff(&manager).await), Refusal::Forbidden);
        assert!(engine.platform_scope(&Caller::Public).await.is_err());
    }
}
