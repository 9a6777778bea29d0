//! Changing one ticket: read, decide, write with its history, and begin again when somebody was faster.

use domain::Refusal;
use domain::tickets::{Answers, Happening, Ticket};
use domain::values::{Prose, Title};
use store::lookups;
use store::record::{Stored, create};
use store::records::OfEvent;
use store::table::Write;

use super::read_ticket::{TicketDetail, TicketScope};
use crate::Engine;
use crate::catalogue::{Edit, expect_revision, replaced};
use crate::commit::{ATTEMPTS, Committed};
use crate::once::Remember;
use crate::stop::{Fault, Stop};

/// What staff may correct on a ticket, as it is to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TicketChanges {
    /// The holder's name.
    pub full_name: Option<Title>,
    /// What they answered.
    pub answers: Answers,
    /// What staff noted.
    pub notes: Prose,
}

impl TicketChanges {
    /// As it is.
    pub fn of(ticket: &Ticket) -> Self {
        let Ticket { full_name, answers, notes, .. } = ticket.clone();
        Self { full_name, answers, notes }
    }
}

/// A ticket as it will be, what happened to it, and what else is to be written with it.
pub(crate) struct Change {
    pub(crate) ticket: Ticket,
    pub(crate) what: Happening,
    pub(crate) besides: Vec<Write>,
}

impl Engine {
    /// Corrects a ticket's name, answers or notes. `revision` is what the caller has seen.
    pub async fn update_ticket(
        &self,
        scope: &TicketScope,
        revision: Option<u64>,
        edit: Edit<'_, Ticket, TicketChanges>,
    ) -> Result<(), Stop> {
        self.change_ticket(scope, &Remember::nothing(), |engine, found| {
            expect_revision(found, revision)?;
            let before = &found.value;
            let TicketChanges { full_name, answers, notes } = edit(before)?;
            let ticket = Ticket { full_name, answers, notes, change: engine.fresh(), ..before.clone() };
            if (Ticket { change: before.change, ..ticket.clone() }) == *before {
                return Ok(None);
            }
            let what = if ticket.notes == before.notes {
                Happening::Renamed { full_name: before.full_name.clone(), email: before.email.clone() }
            } else {
                Happening::Noted { before: before.notes.clone() }
            };
            Ok(Some(Change { ticket, what, besides: Vec::new() }))
        })
        .await
        .map(|_| ())
    }

    /// Changes a ticket by a plain decision, and writes its history and the answer in the same transaction. None from the
    /// decision means that nothing needs to change.
    pub(crate) async fn change_ticket(
        &self,
        scope: &TicketScope,
        remember: &Remember<'_, TicketDetail>,
        decide: impl Fn(&Self, &Stored<Ticket>) -> Result<Option<Change>, Stop> + Send + Sync,
    ) -> Result<TicketDetail, Stop> {
        for _ in 0..ATTEMPTS {
            let parts = lookups::ticket_parts(self.table(), scope.event(), scope.number()).await?;
            let mut parts = parts.ok_or(Refusal::NotFound)?;
            let change = decide(self, &parts.ticket);
            let Some(change) = self.unless_done(remember.once(), change).await? else {
                // As this very request made it, perhaps: then its answer is remembered by now.
                self.recall(remember.once()).await?;
                return self.detail(scope, parts).await;
            };
            let happened = self.happened(&change.ticket, change.what, scope.by());
            let mut writes = vec![parts.ticket.replace(&change.ticket, self.now())?];
            writes.push(create(&OfEvent { event: scope.event().clone(), value: happened.clone() }, self.now())?);
            writes.extend(change.besides);
            parts.ticket = replaced(&parts.ticket, change.ticket.clone());
            parts.history.push(happened);
            // As it is kept: of what happened in one moment, nobody can say what was first.
            parts.history.sort_by_key(|entry| entry.id);
            let detail = self.detail(scope, parts).await?;
            writes.extend(remember.write(self, &detail)?);
            match self.commit(writes).await? {
                Committed::Done => {
                    self.tell_of(std::slice::from_ref(&change.ticket));
                    self.wake_workers();
                    return Ok(detail);
                }
                Committed::Refused(_) => self.recall(remember.once()).await?,
            }
        }
        Err(Fault::Contended.into())
    }
}
