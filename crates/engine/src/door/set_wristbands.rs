//! The rules for wristbands of an event, and what they come to for the tickets that were sold.

use std::collections::{BTreeMap, BTreeSet};

use domain::Refusal;
use domain::catalogue::{Event, EventRef, Thing};
use domain::door::{Holdings, Wristband, WristbandRule, bands_due, check_rules};
use domain::people::Permission;
use domain::tickets::StatusWord;
use domain::values::Slug;
use store::lookups;

use crate::Engine;
use crate::catalogue::needs;
use crate::commit::{ATTEMPTS, Committed};
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

/// Tickets that hold the same, and what they are handed.
#[derive(Debug, Clone, PartialEq)]
pub struct Combination {
    /// What they hold.
    pub holdings: Holdings,
    /// How many good tickets do.
    pub tickets: usize,
    /// What each gets in all, in the order of the rules.
    pub bands: Vec<Wristband>,
}

impl Engine {
    /// Sets all rules of an event. What was handed out stays handed out.
    pub async fn set_wristbands(
        &self,
        scope: &StaffScope,
        event: &Slug,
        rules: Vec<WristbandRule>,
    ) -> Result<Vec<WristbandRule>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
            self.check_wristbands(&rules, &found.value).await?;
            let next = Event { wristbands: rules.clone(), ..found.value.clone() };
            if matches!(self.commit(vec![found.replace(&next, self.now())?]).await?, Committed::Done) {
                self.forget_gate(&event);
                return Ok(rules);
            }
        }
        Err(Fault::Contended.into())
    }

    /// What rules, not necessarily those that are set, would hand out for every combination that was sold so far; what
    /// most tickets hold comes first.
    pub async fn preview_wristbands(
        &self,
        scope: &StaffScope,
        event: &Slug,
        rules: &[WristbandRule],
    ) -> Result<Vec<Combination>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        let found = lookups::event(self.table(), &event).await?.ok_or(Refusal::NotFound)?;
        self.check_wristbands(rules, &found.value).await?;
        let sold = self.combinations_sold(&event).await?;
        let combination = |(holdings, tickets): (Holdings, usize)| {
            let bands = bands_due(rules, &holdings);
            Combination { holdings, tickets, bands }
        };
        let mut combinations: Vec<Combination> = sold.into_iter().map(combination).collect();
        combinations.sort_by_key(|combination| std::cmp::Reverse(combination.tickets));
        Ok(combinations)
    }

    async fn check_wristbands(&self, rules: &[WristbandRule], event: &Event) -> Result<(), Stop> {
        let (items, passes) = lookups::things_of(self.table(), &event.event).await?;
        let items = items.into_iter().map(|item| Thing::Item(item.value.id));
        let things: BTreeSet<Thing> = items.chain(passes.into_iter().map(|pass| Thing::Pass(pass.value.id))).collect();
        check_rules(rules, event, &things).or(()).map_err(|faults| Refusal::Invalid(faults).into())
    }

    async fn combinations_sold(&self, event: &EventRef) -> Result<BTreeMap<Holdings, usize>, Stop> {
        let roster = self.roster(event).await?;
        Ok(roster.with(|entries| {
            let mut sold: BTreeMap<Holdings, usize> = BTreeMap::new();
            for entry in entries.filter(|entry| entry.status == StatusWord::Active) {
                let items = entry.items.iter().map(|(item, _)| *item);
                let holdings = Holdings::new(items, entry.passes.iter().copied(), entry.rate.clone());
                *sold.entry(holdings).or_default() += 1;
            }
            sold
        }))
    }
}

#[cfg(test)]
mod tests {
    use domain::door::{Rest, Skip, When};
    use domain::people::StaffRole;
    use domain::values::{ItemId, Ksuid, Wrong};

    use super::super::desk::{mersey, night, recorded, request};
    use super::*;
    use crate::catalogue::desk::{faults, refusal};

    fn rule(name: &str, all: &[ItemId]) -> WristbandRule {
        WristbandRule {
            when: When { all: all.iter().map(|item| item.0).collect(), ..When::default() },
            hand_out: Wristband {
                name: name.parse().unwrap(),
                colour: "#8a8d91".parse().unwrap(),
                material: "paper".parse().unwrap(),
            },
            skip: Skip::Rest(Rest::Rest),
        }
    }

    fn names(bands: &[Wristband]) -> Vec<&str> {
        bands.iter().map(|band| band.name.as_str()).collect()
    }

    #[tokio::test]
    async fn rules_count_for_the_next_scan_and_each_band_is_handed_out_once() {
        let night = night().await;
        let barcode = night.barcode(&[night.friday.id, night.saturday.id]).await;
        night.scan(&[request("0", "warm up", &night.main)]).await;
        let owner = night.staff(StaffRole::Owner).await;
        let rules = vec![rule("Both", &[night.friday.id, night.saturday.id]), rule("Friday", &[night.friday.id])];
        night.engine().set_wristbands(&owner, &mersey(), rules).await.unwrap();
        let first = night.scan(&[request("1", &barcode, &night.main)]).await;
        assert_eq!(names(&recorded(&first[0]).wristbands), ["Both"]);
        let second = night.scan(&[request("2", &barcode, &night.side)]).await;
        assert_eq!((recorded(&second[0]).items.len(), names(&recorded(&second[0]).wristbands).len()), (1, 0));
        night.desk.is_sound().await;
    }

    #[tokio::test]
    async fn rules_about_what_there_is_not_are_refused_and_change_nothing() {
        let night = night().await;
        let owner = night.staff(StaffRole::Owner).await;
        let wrong = vec![rule("A", &[ItemId(Ksuid::from_bytes([9; 20]))])];
        let refused = night.engine().set_wristbands(&owner, &mersey(), wrong).await;
        assert_eq!(faults(refused), [("/rules/0/when/all/0".to_owned(), Wrong::Unknown("item or pass"))]);
        let box_office = night.staff(StaffRole::BoxOffice).await;
        let refused = night.engine().set_wristbands(&box_office, &mersey(), Vec::new()).await;
        assert_eq!(refusal(refused), Refusal::Forbidden);
    }

    #[tokio::test]
    async fn the_preview_shows_every_combination_sold_and_the_most_sold_first() {
        let night = night().await;
        let (friday, saturday) = (night.friday.id, night.saturday.id);
        night.ticket(&[saturday]).await;
        for _ in 0..2 {
            night.ticket(&[friday, saturday]).await;
        }
        let owner = night.staff(StaffRole::Owner).await;
        let rules = [rule("Both", &[friday, saturday])];
        let shown = night.engine().preview_wristbands(&owner, &mersey(), &rules).await.unwrap();
        let shown: Vec<_> = shown.iter().map(|one| (one.tickets, names(&one.bands))).collect();
        assert_eq!(shown, [(2, vec!["Both"]), (1, vec![])]);
    }
}
