//! Tickets: lists, one ticket, and what is done with one.

mod filter;
mod shape;

use domain::people::Permission;
use domain::tickets::{Answers, Ticket};
use domain::values::{Prose, Slug, TicketNumber, Title};
use engine::scope::StaffScope;
use engine::tickets::{TicketChanges, TicketDetail, TicketScope, VoidTicket};

use serde::Serialize;

use super::pricing::as_request;
use crate::answer::{At, Current, Shown, shown};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, answers, flag, line, prose, title};
use crate::problem::Problem;
use crate::takes::Patch;

pub use filter::{Wanted, wanted};
pub use shape::{Barcode, DetailShown, TicketShown, TicketsShown};

/// The tickets of an event.
pub async fn list(call: Call<StaffScope, Wanted>) -> Result<Shown<TicketsShown>, Problem> {
    let event = call.event()?;
    let mut found = search(&call, Some(event.clone())).await?;
    if call.body.event.as_ref().is_some_and(|named| named != event) {
        // None of this event's tickets is of another.
        (found.0.data, found.0.next) = (Vec::new(), None);
    }
    Ok(found)
}

/// The tickets of all events.
pub async fn list_all(call: Call<StaffScope, Wanted>) -> Result<Shown<TicketsShown>, Problem> {
    search(&call, call.body.event.clone()).await
}

async fn search(call: &Call<StaffScope, Wanted>, event: Option<Slug>) -> Result<Shown<TicketsShown>, Problem> {
    let found = call.engine().list_tickets(&call.scope, &call.body.of(event)).await?;
    let tickets = call.engine().load_tickets(&found).await?;
    let last = found.entries.last().filter(|_| found.more);
    let next = last.map(|(_, entry)| entry.number.to_string());
    let sees_barcodes = call.scope.role().may(Permission::HandleTickets);
    let mut data = Vec::with_capacity(tickets.len());
    for ticket in tickets {
        let view = call.engine().view_ticket(ticket.value).await?;
        data.push(TicketShown::of(&view.ticket, view.barcode.as_deref().filter(|_| sees_barcodes)));
    }
    Ok(Shown(TicketsShown { data, next, as_of: At(found.as_of) }))
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
    Some(TicketChanges { full_name, answers: answers.unwrap_or_default(), notes: notes.unwrap_or_default() })
}

/// A ticket as a request that corrects it would write it.
#[derive(Serialize)]
struct Corrected<'a> {
    full_name: Option<&'a Title>,
    answers: &'a Answers,
    notes: &'a Prose,
}

/// Corrects a ticket.
pub async fn update(call: Call<StaffScope, Patch<TicketChanges>>) -> Result<Current<DetailShown>, Problem> {
    let scope = ticket_of(&call)?;
    let edit = |before: &Ticket| {
        let Ticket { full_name, answers, notes, .. } = before;
        let form = as_request(&Corrected { full_name: full_name.as_ref(), answers, notes }, &[]);
        Ok(call.body.over(form)?)
    };
    call.engine().update_ticket(&scope, call.revision, &edit).await?;
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
