//! Tickets: lists, one ticket, and what is done with one.

mod filter;
mod shape;

use domain::values::TicketNumber;
use engine::scope::StaffScope;
use engine::tickets::{TicketChanges, TicketDetail, TicketScope, VoidTicket};

use crate::answer::{Current, List, Shown, shown};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, answers, flag, line, prose, title};
use crate::problem::Problem;

pub use filter::{OfOrganisation, Wanted, of_event, of_organisation};
pub use shape::{Barcode, DetailShown, TicketShown};

/// The tickets of an event.
pub async fn list(call: Call<StaffScope, Wanted>) -> Result<Shown<List<TicketShown>>, Problem> {
    let event = call.event()?.clone();
    search(&call, call.body.of(Some(event))?).await
}

/// The tickets of all events.
pub async fn list_all(call: Call<StaffScope, OfOrganisation>) -> Result<Shown<List<TicketShown>>, Problem> {
    let wanted = call.body.wanted.of(call.body.event.clone())?;
    search(&call, wanted).await
}

async fn search<B>(
    call: &Call<StaffScope, B>,
    wanted: engine::tickets::TicketFilter,
) -> Result<Shown<List<TicketShown>>, Problem> {
    let found = call.engine().list_tickets(&call.scope, &wanted).await?;
    let tickets = call.engine().load_tickets(&found).await?;
    let last = found.entries.last().filter(|_| found.more);
    let next = last.map(|(_, entry)| entry.number.to_string());
    let data = tickets.iter().map(|ticket| TicketShown::of(&ticket.value, None)).collect();
    Ok(Shown(List { data, next }))
}

/// One ticket.
pub async fn read(call: Call<TicketScope>) -> Result<Current<DetailShown>, Problem> {
    detail_of(&call, &call.scope).await
}

/// What staff correct on a ticket.
pub fn changes(fields: &mut Fields<'_>) -> Option<TicketChanges> {
    let full_name = fields.optional("full_name", title());
    let answers = fields.optional("answers", answers());
    let notes = fields.optional("notes", prose().about("Seen by staff only."));
    Some(TicketChanges { full_name, answers, notes })
}

/// Corrects a ticket.
pub async fn update(call: Call<StaffScope, TicketChanges>) -> Result<Current<DetailShown>, Problem> {
    let scope = ticket_of(&call)?;
    call.engine().update_ticket(&scope, &call.body).await?;
    detail_of(&call, &scope).await
}

/// Makes a ticket's barcode anew.
pub async fn reissue(call: Call<StaffScope>) -> Result<Shown<DetailShown>, Problem> {
    let answer = |detail: &TicketDetail| shown(&DetailShown::of(detail));
    let detail = call.engine().reissue_ticket(&ticket_of(&call)?, call.remember(&answer)).await?;
    Ok(Shown(DetailShown::of(&detail)))
}

/// Sends a ticket's mail again.
pub async fn resend(call: Call<StaffScope>) -> Result<Shown<DetailShown>, Problem> {
    let answer = |detail: &TicketDetail| shown(&DetailShown::of(detail));
    let detail = call.engine().resend_ticket(&ticket_of(&call)?, call.remember(&answer)).await?;
    Ok(Shown(DetailShown::of(&detail)))
}

/// How a ticket is made void.
pub fn void_body(fields: &mut Fields<'_>) -> Option<VoidTicket> {
    let reason = fields.optional("reason", line());
    let release =
        fields.optional("release_stock", flag().about("Its places can be sold again; true if nothing is said."));
    Some(VoidTicket { reason, release: release.unwrap_or(true) })
}

/// Makes a ticket void.
pub async fn void(call: Call<StaffScope, VoidTicket>) -> Result<Shown<DetailShown>, Problem> {
    let answer = |detail: &TicketDetail| shown(&DetailShown::of(detail));
    let detail = call.engine().void_ticket(&ticket_of(&call)?, &call.body, call.remember(&answer)).await?;
    Ok(Shown(DetailShown::of(&detail)))
}

fn ticket_of<B>(call: &Call<StaffScope, B>) -> Result<TicketScope, Problem> {
    Ok(TicketScope::of_staff(&call.scope, call.event()?, call.id::<TicketNumber>()?))
}

async fn detail_of<S, B>(call: &Call<S, B>, scope: &TicketScope) -> Result<Current<DetailShown>, Problem> {
    let detail = call.engine().read_ticket(scope).await?;
    Ok(Current(DetailShown::of(&detail), detail.revision))
}
