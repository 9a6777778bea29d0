//! Making a ticket's barcode anew: the old one is void at once, the new one goes out by mail.

use domain::Refusal;
use domain::tickets::{Happening, StatusWord, Ticket};
use domain::values::{Faults, Pointer, Wrong};
use domain::work::Letter;

use super::change_ticket::Change;
use super::read_ticket::{TicketDetail, TicketScope};
use crate::Engine;
use crate::once::Remember;
use crate::stop::Stop;

impl Engine {
    /// Makes a barcode anew. Refused as [`Refusal::Changed`] for a ticket that is not good any more.
    pub async fn reissue_ticket(
        &self,
        scope: &TicketScope,
        remember: Remember<'_, TicketDetail>,
    ) -> Result<TicketDetail, Stop> {
        let keys = self.event_keys(scope.event()).await?;
        self.change_ticket(scope.event(), scope.number(), scope.by(), |engine, found| {
            let before = &found.value;
            if before.status_word() != StatusWord::Active || before.generation == u16::MAX {
                return Err(not_good(before));
            }
            let ticket = Ticket {
                generation: before.generation + 1,
                key: keys.active()?,
                reissued_at: Some(engine.now()),
                change: engine.fresh(),
                ..before.clone()
            };
            let letter = Letter::Ticket { event: before.event.clone(), ticket: before.number };
            let to = before.holder_email().clone();
            let besides = vec![engine.letter_work(&before.event.organisation, to, letter)?];
            let what = Happening::Reissued { generation: ticket.generation };
            Ok(Some(Change { ticket, what, besides }))
        })
        .await?;
        let detail = self.read_ticket(scope).await?;
        self.remember_late(&remember, &detail).await?;
        Ok(detail)
    }
}

/// Refuses what only a good ticket can have done to it.
pub(super) fn not_good(ticket: &Ticket) -> Stop {
    let why = Wrong::State(match ticket.status_word() {
        StatusWord::Active => "its barcode was made anew too often",
        StatusWord::Void => "the ticket is void",
        StatusWord::Transferred => "the ticket was transferred",
    });
    Refusal::Changed(Faults::one(Pointer::root(), why)).into()
}
