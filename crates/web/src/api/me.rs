//! The signed-in person: who they are, and to whom.

use engine::scope::PersonScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::Page;
use super::tickets::TicketShown;
use crate::answer::{At, List, Shown};
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
    let staff = scope
        .staff
        .iter()
        .map(|(organisation, role)| MembershipShown { organisation: organisation.to_string(), role: role.word() });
    Ok(Shown(MeShown {
        id: scope.person.id.to_string(),
        email: scope.person.email.to_string(),
        name: scope.person.name.clone(),
        staff: staff.collect(),
        customer_of: scope.customers.iter().map(|(organisation, _)| organisation.to_string()).collect(),
        is_admin: scope.admin.is_some(),
    }))
}

/// A ticket of the signed-in person.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "MyTicket")]
pub struct MyTicketShown {
    /// The slug of the organisation.
    organisation: String,
    event_title: String,
    starts_at: At,
    #[serde(flatten)]
    ticket: TicketShown,
}

/// The tickets that the signed-in person holds or bought, the latest event first. Barcodes are the holder's.
pub async fn tickets(call: Call<PersonScope, Page<usize>>) -> Result<Shown<List<MyTicketShown>>, Problem> {
    let mut mine = Vec::new();
    for (event, ticket) in call.engine().tickets_of_person(&call.scope).await? {
        let view = call.engine().view_ticket(ticket).await?;
        let is_holder = call.scope.customers.iter().any(|(_, customer)| *customer == view.ticket.customer);
        mine.push(MyTicketShown {
            organisation: event.event.organisation.to_string(),
            event_title: event.title.to_string(),
            starts_at: At(event.starts_at),
            ticket: TicketShown::of(&view.ticket, view.barcode.as_deref().filter(|_| is_holder)),
        });
    }
    Ok(Shown(call.body.of(mine)))
}
