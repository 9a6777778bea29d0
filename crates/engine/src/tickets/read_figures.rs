//! The figures of an event, counted from its roster: what was sold, at which rate, in which role, and who is in.

use std::collections::BTreeMap;

use domain::catalogue::{Event, EventRef, RateId, Role};
use domain::people::Permission;
use domain::tickets::{MoneyStatus, StatusWord};
use domain::values::{Amount, ItemId, PassId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::Engine;
use crate::catalogue::needs;
use crate::roster::Entry;
use crate::scope::{PlatformScope, StaffScope};
use crate::stop::Stop;

/// An event in numbers. Counts are of good tickets, money is that of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventFigures {
    /// Good tickets.
    pub tickets: usize,
    /// Tickets that were made void, or went elsewhere.
    pub gone: usize,
    /// What was paid, less what was given back.
    pub revenue: Amount,
    /// What good tickets still owe.
    pub due: Amount,
    /// Good tickets that owe something.
    pub unpaid: usize,
    /// Good tickets of which something was paid, and something is due.
    pub part_paid: usize,
    /// Good tickets of which something was used.
    pub admitted: usize,
    /// Good tickets by the pass that was bought; a ticket with two passes counts for both.
    pub by_pass: BTreeMap<PassId, usize>,
    /// Good tickets without any pass.
    pub without_pass: usize,
    /// Good tickets by rate.
    pub by_rate: BTreeMap<RateId, usize>,
    /// Good tickets that admit to an item, and how many of them used it.
    pub by_item: BTreeMap<ItemId, Used>,
    /// Good tickets by role, where one was asked for.
    pub by_role: BTreeMap<Role, usize>,
    /// What was sold on each day, by the event's clocks; days without sales are left out.
    pub by_day: BTreeMap<Date, SoldOnDay>,
    /// As of when: see [`Engine::as_of`].
    pub as_of: Timestamp,
}

/// How many tickets hold something, and how many of those used it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Used {
    /// Hold it.
    pub held: usize,
    /// Used it.
    pub used: usize,
}

/// What was sold on one day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SoldOnDay {
    /// Good tickets that were issued then.
    pub tickets: usize,
    /// What was paid for tickets that were issued then, less what was given back.
    pub revenue: Amount,
}

impl Engine {
    /// Counts an event's tickets.
    pub async fn read_figures(&self, scope: &StaffScope, event: &Event) -> Result<EventFigures, Stop> {
        needs(scope, Permission::SeeEvents)?;
        let which = EventRef::new(&scope.organisation().slug, &event.event.event);
        self.count_tickets(&which, event).await
    }

    /// The same for an event of any organisation, for the platform.
    pub async fn read_figures_of(&self, _scope: &PlatformScope, event: &Event) -> Result<EventFigures, Stop> {
        self.count_tickets(&event.event, event).await
    }

    async fn count_tickets(&self, which: &EventRef, event: &Event) -> Result<EventFigures, Stop> {
        let roster = self.roster(which).await?;
        let as_of = self.as_of(&roster);
        let zone = event.time_zone.zone();
        Ok(roster.with(|entries| {
            let mut figures = EventFigures { as_of, ..EventFigures::default() };
            for entry in entries {
                figures.count(entry, entry.issued_at.to_zoned_datetime(zone.clone()).date());
            }
            figures
        }))
    }
}

impl EventFigures {
    fn count(&mut self, entry: &Entry, issued_on: Date) {
        self.revenue = self.revenue + entry.kept;
        let day = self.by_day.entry(issued_on).or_default();
        day.revenue = day.revenue + entry.kept;
        if entry.status != StatusWord::Active {
            self.gone += 1;
            return;
        }
        day.tickets += 1;
        self.tickets += 1;
        self.due = self.due + entry.due;
        self.unpaid += usize::from(entry.due > Amount::ZERO);
        self.part_paid += usize::from(entry.money == MoneyStatus::PartPaid);
        self.admitted += usize::from(entry.is_admitted());
        self.without_pass += usize::from(entry.passes.is_empty());
        for pass in &entry.passes {
            *self.by_pass.entry(*pass).or_default() += 1;
        }
        *self.by_rate.entry(entry.rate.clone()).or_default() += 1;
        if let Some(role) = entry.role {
            *self.by_role.entry(role).or_default() += 1;
        }
        for (item, used) in &entry.items {
            let count = self.by_item.entry(*item).or_default();
            count.held += 1;
            count.used += usize::from(*used);
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::payments::Method;

    use super::*;
    use crate::catalogue::desk::{desk, slug};
    use crate::once::Remember;
    use crate::tickets::{TicketScope, VoidTicket};

    #[tokio::test]
    async fn what_was_sold_is_counted_once_and_what_was_made_void_only_as_money() {
        let desk = desk().await;
        let event = desk.event(None).await.value;
        let item = desk.item(&desk.item_draft("Party")).await.value;
        let pass = desk.pass(&desk.pass_draft("Full", &[item.id])).await.value;
        desk.buy(&[pass.id], &[], Method::Cash).await.unwrap();
        desk.buy(&[], &[item.id], Method::AtDoor).await.unwrap();
        let gone = desk.buy(&[], &[item.id], Method::Cash).await.unwrap();
        let owner = desk.owner().await;
        let number = gone.tickets.first().unwrap().ticket.number;
        let scope = TicketScope::of_staff(&owner, &slug("mersey"), number);
        let void = VoidTicket { reason: None, release: true };
        desk.house.engine.void_ticket(&scope, &void, Remember::nothing()).await.unwrap();

        let figures = desk.house.engine.read_figures(&owner, &event).await.unwrap();
        assert_eq!((figures.tickets, figures.gone, figures.unpaid, figures.without_pass), (2, 1, 1, 1));
        assert_eq!(figures.revenue, Amount::minor(4_000 + 2_500));
        assert_eq!(figures.due, Amount::minor(2_500));
        assert_eq!(figures.by_pass, BTreeMap::from([(pass.id, 1)]));
        assert_eq!(figures.by_item, BTreeMap::from([(item.id, Used { held: 2, used: 0 })]));
        assert_eq!(figures.by_day.values().map(|day| day.tickets).sum::<usize>(), 2);
    }
}
