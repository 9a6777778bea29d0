//! Staff of an organisation.

use domain::people::{Staff, StaffRole};
use domain::values::Email;
use engine::catalogue::Stored;
use engine::scope::StaffScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::Page;
use crate::access::Steward;
use crate::answer::{Current, Done, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, email, one_of};
use crate::problem::Problem;

/// A member of staff.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Staff")]
pub struct StaffShown {
    id: String,
    email: String,
    /// `owner`, `manager`, `box_office`, `door`, `content`.
    role: &'static str,
    /// For `If-Match`.
    revision: u64,
}

impl StaffShown {
    fn of(stored: &Stored<Staff>) -> Self {
        let staff = &stored.value;
        let (id, email) = (staff.id.to_string(), staff.email.to_string());
        Self { id, email, role: staff.role.word(), revision: stored.revision }
    }
}

/// Who is invited, as what.
#[derive(Debug, Clone)]
pub struct Invitation {
    email: Email,
    role: StaffRole,
}

/// The body of an invitation.
pub fn invitation(fields: &mut Fields<'_>) -> Option<Invitation> {
    let email = fields.required("email", email());
    let role = fields.required("role", one_of(StaffRole::ALL, StaffRole::word));
    Some(Invitation { email: email?, role: role? })
}

/// The body of another role.
pub fn role(fields: &mut Fields<'_>) -> Option<StaffRole> {
    fields.required("role", one_of(StaffRole::ALL, StaffRole::word))
}

/// Invites somebody; the link to sign in with is mailed.
pub async fn create(call: Call<Steward, Invitation>) -> Result<Made<StaffShown>, Problem> {
    let Invitation { email, role } = &call.body;
    let staff = match &call.scope {
        Steward::Staff(scope) => call.engine().invite_staff(scope, email, *role).await?,
        Steward::Platform(scope) => {
            call.engine().invite_staff_of(scope, call.names.organisation()?, email, *role).await?.staff
        }
    };
    let staff = StaffShown::of(&staff);
    call.engine().remember_late(&call.remember(&made), &staff).await?;
    Ok(Made(staff))
}

/// The organisation's staff.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<StaffShown>>, Problem> {
    let staff = call.engine().list_staff(&call.scope).await?;
    Ok(Shown(call.body.of(staff.iter().map(StaffShown::of))))
}

/// One member of staff.
pub async fn read(call: Call<StaffScope>) -> Result<Current<StaffShown>, Problem> {
    let id = call.id()?;
    let staff = call.engine().list_staff(&call.scope).await?;
    let found = staff.iter().find(|staff| staff.value.id == id).ok_or_else(Problem::not_found)?;
    Ok(Current(StaffShown::of(found), found.revision))
}

/// Gives a member of staff another role.
pub async fn update(call: Call<StaffScope, StaffRole>) -> Result<Current<StaffShown>, Problem> {
    let staff = call.engine().change_staff_role(&call.scope, call.id()?, call.body, call.revision).await?;
    Ok(Current(StaffShown::of(&staff), staff.revision))
}

/// Removes a member of staff.
pub async fn delete(call: Call<StaffScope>) -> Result<Done, Problem> {
    call.engine().remove_staff(&call.scope, call.id()?).await?;
    Ok(Done)
}
