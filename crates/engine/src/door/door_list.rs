//! The list that phones take along: all that a door needs to decide alone, and nothing about anybody.

use std::collections::HashMap;

use domain::catalogue::{EventRef, RateId, Role};
use domain::door::Gate;
use domain::people::Permission;
use domain::tickets::{Entitlement, EventTag, KeyStatus, MoneyStatus, PublicKey, StatusWord, Ticket};
use domain::values::{Amount, ChangeId, Ksuid, PassId, Slug, Text, TicketNumber};
use jiff::Timestamp;
use store::lookups;
use store::record::read;

use crate::Engine;
use crate::catalogue::needs;
use crate::scope::StaffScope;
use crate::stop::Stop;

/// Rows of a page of the feed.
const PAGE: usize = 1_000;

/// What a phone takes along.
#[derive(Debug, Clone)]
pub struct DoorList {
    /// The event with its rates and rules, its items and its doors, archived ones included.
    pub gate: Gate,
    /// What the event's barcodes carry instead of its name.
    pub tag: EventTag,
    /// The event's public keys, by number.
    pub keys: Vec<(u8, PublicKey, KeyStatus)>,
    /// The tickets that changed since the cursor, or all; each number once, in no particular order.
    pub tickets: Vec<DoorTicket>,
    /// Where the next list begins: hand it in as `since`. Some tickets will come again; the higher revision counts.
    pub cursor: ChangeId,
    /// The server's clock, which phones correct theirs by.
    pub server_time: Timestamp,
}

/// A ticket as phones know it: nobody's name, nobody's address.
#[derive(Debug, Clone, PartialEq)]
pub struct DoorTicket {
    /// Which.
    pub number: TicketNumber,
    /// Older barcodes are refused.
    pub generation: u16,
    /// Whether it is good.
    pub status: StatusWord,
    /// How it stands with money.
    pub money: MoneyStatus,
    /// What is due.
    pub due: Amount,
    /// At which rate.
    pub rate: RateId,
    /// In which role.
    pub role: Option<Role>,
    /// The passes that were bought for it: rules for wristbands ask for them.
    pub passes: Vec<PassId>,
    /// What it admits to, and what of that was used.
    pub entitlements: Vec<Entitlement>,
    /// The bands that were handed out.
    pub wristbands: Vec<Text<60>>,
    /// Goes up with every change.
    pub revision: u64,
}

impl Engine {
    /// The list of an event for a phone at one of its doors: everything, or what changed since a cursor that an earlier
    /// list gave.
    pub async fn door_list(&self, scope: &StaffScope, event: &Slug, since: Option<ChangeId>) -> Result<DoorList, Stop> {
        needs(scope, Permission::Scan)?;
        let event = scope.event(event);
        let server_time = self.now();
        let gate = self.read_gate(&event).await?;
        let keys = self.event_keys(&event).await?;
        let (tickets, newest) = self.door_tickets(&event, since).await?;
        let beginning = ChangeId(Ksuid::from_bytes([0; 20]));
        Ok(DoorList {
            gate,
            tag: keys.tag,
            keys: keys.all(),
            tickets,
            cursor: newest.max(since).unwrap_or(beginning),
            server_time,
        })
    }

    /// The tickets that changed since shortly before a cursor, and the newest change among them.
    async fn door_tickets(
        &self,
        event: &EventRef,
        since: Option<ChangeId>,
    ) -> Result<(Vec<DoorTicket>, Option<ChangeId>), Stop> {
        let from = since.map(|since| {
            let second = since.0.unix_seconds() - self.settings().company.overlap_seconds();
            ChangeId(Ksuid::made_at(second * 1_000, [0; 15]))
        });
        let mut tickets: HashMap<TicketNumber, DoorTicket> = HashMap::new();
        let (mut newest, mut after) = (None, None);
        let shards = self.list_shards(event).await?;
        loop {
            let page = lookups::ticket_changes(self.table(), (event, shards), from, PAGE, after).await?;
            for row in &page.rows {
                let found = read::<Ticket>(row)?;
                newest = newest.max(Some(found.value.change));
                let ticket = door_ticket(found.value, found.revision);
                // A ticket that moved while the pages were read is on two of them.
                match tickets.get(&ticket.number) {
                    Some(known) if known.revision >= ticket.revision => {}
                    Some(_) | None => drop(tickets.insert(ticket.number, ticket)),
                }
            }
            after = page.next;
            if after.is_none() {
                return Ok((tickets.into_values().collect(), newest));
            }
            tokio::task::yield_now().await;
        }
    }
}

fn door_ticket(ticket: Ticket, revision: u64) -> DoorTicket {
    DoorTicket {
        number: ticket.number,
        generation: ticket.generation,
        status: ticket.status_word(),
        money: ticket.money(),
        due: ticket.due(),
        passes: ticket.passes().collect(),
        rate: ticket.rate,
        role: ticket.role,
        entitlements: ticket.entitlements,
        wristbands: ticket.wristbands,
        revision,
    }
}

#[cfg(test)]
mod tests {
    use domain::Refusal;
    use domain::people::StaffRole;
    use domain::tickets::SignedPayload;

    use super::super::desk::{mersey, night, request};
    use super::*;
    use crate::catalogue::desk::refusal;

    #[tokio::test]
    async fn a_phone_gets_all_tickets_first_and_then_what_changed() {
        let night = night().await;
        let door = night.staff(StaffRole::Door).await;
        let list = async |since| night.engine().door_list(&door, &mersey(), since).await.unwrap();
        let empty = list(None).await;
        assert_eq!(empty.tickets, []);
        let first = night.ticket(&[night.friday.id]).await;
        night.desk.house.clock.advance(60_000);
        let second = night.ticket(&[night.friday.id]).await;
        let all = list(Some(empty.cursor)).await;
        assert_eq!(all.tickets.len(), 2);
        assert_eq!(all.cursor, second.ticket.change.max(first.ticket.change));
        night.desk.house.clock.advance(60_000);
        night.scan(&[request("1", &first.barcode.unwrap(), &night.main)]).await;
        let delta = list(Some(all.cursor)).await;
        let mut numbers: Vec<_> = delta.tickets.iter().map(|ticket| ticket.number).collect();
        numbers.sort();
        let mut expected = [first.ticket.number, second.ticket.number];
        expected.sort();
        assert_eq!(numbers, expected, "what changed, and what changed in the seconds before the cursor");
        let used = delta.tickets.iter().find(|ticket| ticket.number == first.ticket.number).unwrap();
        assert_eq!((used.revision, used.entitlements[0].admissions.len()), (2, 1));
        night.desk.house.clock.advance(60_000);
        let later = list(Some(delta.cursor)).await;
        assert_eq!((later.tickets.len(), later.cursor), (1, delta.cursor));
    }

    #[tokio::test]
    async fn with_the_list_alone_a_phone_verifies_a_barcode() {
        let night = night().await;
        let view = night.ticket(&[night.friday.id]).await;
        let door = night.staff(StaffRole::Door).await;
        let list = night.engine().door_list(&door, &mersey(), None).await.unwrap();
        let signed = SignedPayload::read(&view.barcode.unwrap()).unwrap();
        let (_, key, status) = list.keys.iter().find(|(id, ..)| *id == signed.payload.key).unwrap();
        assert!(signed.verify(key, &night.main.event.organisation) && *status == KeyStatus::Active);
        assert_eq!((signed.payload.event, signed.payload.generation), (list.tag, list.tickets[0].generation));
        assert_eq!((list.gate.doors.len(), list.gate.items.len()), (2, 2));
        assert_eq!(list.server_time, night.engine().now());
    }

    #[tokio::test]
    async fn nobody_else_gets_the_list() {
        let night = night().await;
        let content = night.staff(StaffRole::Content).await;
        assert_eq!(refusal(night.engine().door_list(&content, &mersey(), None).await), Refusal::Forbidden);
        night.desk.organisation("southern-salsa").await;
        let stranger = night.desk.staff("southern-salsa", StaffRole::Owner).await;
        assert_eq!(refusal(night.engine().door_list(&stranger, &mersey(), None).await), Refusal::NotFound);
    }
}
