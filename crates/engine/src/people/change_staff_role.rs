//! Giving a member of staff another role.

use domain::Refusal;
use domain::people::{Permission, Staff, StaffRole};
use domain::values::{Faults, Obstacle, Pointer, StaffId, Wrong};
use store::lookups;
use store::record::Stored;
use store::table::Write;

use crate::Engine;
use crate::catalogue::{expect_revision, needs, replaced};
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Gives a member of staff another role.
    ///
    /// Refused as [`Refusal::Changed`] at `/role` where the last owner would be one no longer.
    pub async fn change_staff_role(
        &self,
        scope: &StaffScope,
        id: StaffId,
        role: StaffRole,
        expected: Option<u64>,
    ) -> Result<Stored<Staff>, Stop> {
        needs(scope, Permission::ManageStaff)?;
        for _ in 0..ATTEMPTS {
            let found = self.member(scope, id).await?;
            expect_revision(&found, expected)?;
            let mut writes: Vec<Write> = self.owner_who_stays(&found.value, Some(role)).await?.into_iter().collect();
            let changed = Staff { role, ..found.value.clone() };
            writes.push(found.replace(&changed, self.now())?);
            if matches!(self.commit(writes).await?, Committed::Done) {
                return Ok(replaced(&found, changed));
            }
        }
        Err(Fault::Contended.into())
    }

    /// A member of the caller's staff. The list finds the row; whoever writes it does so by the revision that was read.
    pub(super) async fn member(&self, scope: &StaffScope, id: StaffId) -> Result<Stored<Staff>, Stop> {
        let staff = lookups::staff_of(self.table(), &scope.organisation().slug).await?;
        Ok(staff.into_iter().find(|staff| staff.value.id == id).ok_or(Refusal::NotFound)?)
    }

    /// When `member` gets another role, or none: the condition that another owner stays one. No condition is needed
    /// where they are no owner, or remain one.
    pub(super) async fn owner_who_stays(&self, member: &Staff, role: Option<StaffRole>) -> Result<Option<Write>, Stop> {
        if member.role != StaffRole::Owner || role == Some(StaffRole::Owner) {
            return Ok(None);
        }
        let staff = lookups::staff_of(self.table(), &member.organisation).await?;
        let mut others = staff.iter().filter(|other| other.value.id != member.id);
        let other = others.find(|other| other.value.role == StaffRole::Owner);
        let last = || {
            let at = if role.is_some() { Pointer::to("role") } else { Pointer::root() };
            Refusal::Changed(Faults::one(at, Wrong::State(Obstacle::LastOwner)))
        };
        Ok(Some(other.ok_or_else(last)?.unchanged()))
    }
}
