//! Sending a ticket's mail again.

use domain::tickets::{Happening, StatusWord, Ticket};
use domain::work::Letter;

use super::change_ticket::Change;
use super::read_ticket::{TicketDetail, TicketScope};
use super::reissue_ticket::not_good;
use crate::Engine;
use crate::once::Remember;
use crate::stop::Stop;

impl Engine {
    /// Sends a ticket to its holder again. Refused for a ticket that is not good any more.
    pub async fn resend_ticket(
        &self,
        scope: &TicketScope,
        remember: Remember<'_, TicketDetail>,
    ) -> Result<TicketDetail, Stop> {
        self.change_ticket(scope, &remember, |engine, found| {
            let before = &found.value;
            if before.status_word() != StatusWord::Active {
                return Err(not_good(before));
            }
            let to = before.holder_email().clone();
            let letter = Letter::Ticket { event: before.event.clone(), ticket: before.number };
            let besides = vec![engine.letter_work(&before.event.organisation, to.clone(), letter)?];
            let ticket = Ticket { change: engine.fresh(), ..before.clone() };
            Ok(Some(Change { ticket, what: Happening::Resent { to }, besides }))
        })
        .await
    }
}
