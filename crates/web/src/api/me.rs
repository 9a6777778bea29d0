//! The signed-in person: who they are, and to whom.

use engine::scope::PersonScope;
use schemars::JsonSchema;
use serde::Serialize;

use crate::answer::Shown;
use crate::call::Call;
use crate::problem::Problem;

/// Who is signed in.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Me")]
pub struct MeShown {
    id: String,
    email: String,
    name: String,
    /// In which organisations they are staff.
    staff: Vec<MembershipShown>,
    /// Whose customer they are: slugs of organisations.
    customer_of: Vec<String>,
    /// They administer the platform.
    is_admin: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Membership")]
struct MembershipShown {
    organisation: String,
    role: &'static str,
}

/// Who is signed in.
pub async fn read(call: Call<PersonScope>) -> Result<Shown<MeShown>, Problem> {
    let scope = &call.scope;
    let staff = scope.staff.iter().map(|(organisation, role)| MembershipShown {
        organisation: organisation.to_string(),
        role: role.word(),
    });
    Ok(Shown(MeShown {
        id: scope.person.id.to_string(),
        email: scope.person.email.to_string(),
        name: scope.person.name.clone(),
        staff: staff.collect(),
        customer_of: scope.customers.iter().map(|(organisation, _)| organisation.to_string()).collect(),
        is_admin: scope.admin.is_some(),
    }))
}
