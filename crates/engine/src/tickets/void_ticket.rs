//! Making a ticket void, with or without giving its places back.

use domain::catalogue::EventRef;
use domain::people::By;
use domain::tickets::{Happening, StatusWord, Ticket, TicketStatus};
use domain::values::{Text, TicketNumber};
use store::lookups;

use super::read_ticket::{TicketDetail, TicketScope};
use crate::Engine;
use crate::commit::{ATTEMPTS, Committed};
use crate::once::Remember;
use crate::orders::{forget_lifted, give_back, units_of};
use crate::stop::{Fault, Stop};

/// How a ticket is made void.
#[derive(Debug, Clone, PartialEq)]
pub struct VoidTicket {
    /// Why, as staff wrote it.
    pub reason: Option<Text<500>>,
    /// Its places can be sold again.
    pub release: bool,
}

impl Engine {
    /// Makes a ticket void. Voiding it again changes nothing and answers the same.
    pub async fn void_ticket(
        &self,
        scope: &TicketScope,
        void: &VoidTicket,
        remember: Remember<'_, TicketDetail>,
    ) -> Result<TicketDetail, Stop> {
        self.void_by(scope.event(), scope.number(), void, scope.by()).await?;
        let detail = self.read_ticket(scope).await?;
        self.remember_late(&remember, &detail).await?;
        Ok(detail)
    }

    /// The same for whoever proved it otherwise.
    pub(crate) async fn void_by(
        &self,
        event: &EventRef,
        number: TicketNumber,
        void: &VoidTicket,
        by: &By,
    ) -> Result<(), Stop> {
        let mut lifted = Vec::new();
        for _ in 0..ATTEMPTS {
            let found = lookups::ticket(self.table(), event, number).await?.ok_or(domain::Refusal::NotFound)?;
            if found.value.status_word() != StatusWord::Active {
                return Ok(());
            }
            let at = self.now();
            let mut ticket = Ticket {
                status: TicketStatus::Void { at, by_refund: false },
                change: self.fresh(),
                ..found.value.clone()
            };
            let mut takes = Vec::new();
            if void.release {
                takes = units_of(ticket.places.iter());
                takes.retain(|take| !lifted.contains(&take.place));
                ticket.places = Vec::new();
            }
            let what = Happening::Voided { reason: void.reason.clone(), released: void.release };
            let mut writes = vec![found.replace(&ticket, at)?, self.entry(&ticket, what, by)?];
            writes.extend(give_back(&takes));
            match self.commit(writes.clone()).await? {
                Committed::Done => {
                    self.tell_of(std::slice::from_ref(&ticket));
                    return Ok(());
                }
                Committed::Refused(refused) => {
                    let before = takes.clone();
                    if forget_lifted(&mut takes, &writes, &refused) {
                        let gone = before.into_iter().filter(|take| !takes.contains(take));
                        lifted.extend(gone.map(|take| take.place));
                    }
                }
            }
        }
        Err(Fault::Contended.into())
    }
}
