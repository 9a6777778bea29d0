//! Making a ticket's barcode anew: the old one is void at once, the new one goes out by mail.

use domain::Refusal;
use domain::tickets::{Happening, StatusWord, Ticket};
use domain::values::{Faults, Obstacle, Pointer, Wrong};
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
        self.change_ticket(scope, &remember, |engine, found| {
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
        .await
    }
}

/// Refuses what only a good ticket can have done to it.
pub(super) fn not_good(ticket: &Ticket) -> Stop {
    let why = Wrong::State(match ticket.status_word() {
        StatusWord::Active => Obstacle::ReissuedTooOften,
        StatusWord::Void => Obstacle::TicketVoid,
        StatusWord::Transferred => Obstacle::TicketTransferred,
    });
    Refusal::Changed(Faults::one(Pointer::root(), why)).into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use domain::payments::Method;
    use store::faulty::{Fate, Faulty};

    use super::*;
    use crate::catalogue::desk::{desk, slug};
    use crate::once::{Answer, Once};
    use crate::testing::house_on;

    #[tokio::test]
    async fn one_request_makes_a_barcode_anew_once_at_whatever_step_a_server_dies() {
        let told = |detail: &TicketDetail| Answer { status: 200, body: format!("{:?}", detail.view.barcode) };
        for fate in [Fate::Failed, Fate::DoneButFailed] {
            for step in 0..6 {
                let desk = desk().await;
                desk.event(None).await;
                let item = desk.item(&desk.item_draft("Party")).await.value.id;
                let number = desk.buy(&[], &[item], Method::Cash).await.unwrap().tickets.remove(0).ticket.number;
                let scope = TicketScope::of_staff(&desk.owner().await, &slug("mersey"), number);
                let reissue = async |engine: &Engine| {
                    let once = Some(Once::new("till", "POST /reissue", "lost", b""));
                    engine.recall(once.as_ref()).await?;
                    engine.reissue_ticket(&scope, Remember::new(once, &told)).await.map(|detail| told(&detail))
                };
                let table = Faulty::crashing_at(desk.house.table.clone(), step, fate);
                let before = reissue(&house_on(Arc::new(table), desk.house.clock.clone(), 2).engine).await;
                let after = match reissue(&desk.house.engine).await {
                    Ok(answer) | Err(Stop::Replayed(answer)) => answer,
                    Err(other) => panic!("{other:?}"),
                };
                assert!(before.is_err() || before.is_ok_and(|before| before == after));
                let detail = desk.house.engine.read_ticket(&scope).await.unwrap();
                let letters = desk.house.engine.waiting_letters(None, 9).await.unwrap().len();
                assert_eq!(
                    (detail.view.ticket.generation, detail.history.len(), letters),
                    (2, 2, 2),
                    "{fate:?} {step}"
                );
                assert_eq!(told(&detail), after);
                desk.is_sound().await;
            }
        }
    }
}
