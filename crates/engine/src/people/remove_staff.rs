//! Removing somebody from an organisation's staff.

use domain::people::Permission;
use domain::values::StaffId;
use store::table::Write;

use crate::Engine;
use crate::catalogue::needs;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Removes a member of staff. From then on they may do nothing here, though they stay signed in as a person.
    ///
    /// Refused as [`domain::Refusal::Changed`] for the last owner.
    pub async fn remove_staff(&self, scope: &StaffScope, id: StaffId) -> Result<(), Stop> {
        needs(scope, Permission::ManageStaff)?;
        for _ in 0..ATTEMPTS {
            let found = self.member(scope, id).await?;
            let mut writes: Vec<Write> = self.owner_who_stays(&found.value, None).await?.into_iter().collect();
            writes.push(found.delete());
            if matches!(self.commit(writes).await?, Committed::Done) {
                return Ok(());
            }
        }
        Err(Fault::Contended.into())
    }
}
