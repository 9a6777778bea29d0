//! Changing an event: what it is, when and where, its rates, its capacity, and its status.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::catalogue::{Event, EventDraft, EventStatus, RateId, check_event};
use domain::pricing::PricingSchedule;
use domain::people::Permission;
use domain::values::{Faults, Pointer, Slug, Wrong};
use store::lookups;
use store::record::Stored;

use super::edit::{Edit, expect_revision, needs, replaced};
use super::sellable::Sellable;
use super::stock::Limits;
use super::survey::Adopt;
use crate::Engine;
use crate::commit::ATTEMPTS;
use crate::scope::StaffScope;
use crate::stop::{Fault, Stop};

impl Engine {
    /// Changes an event, and its stock and its places in lists with it. A moved event keeps its links, tickets and
    /// barcodes.
    ///
    /// Refused where the capacity would be below what is sold, where a rate would go that still has prices, and where
    /// an event would become a draft again of which something was sold.
    pub async fn update_event(
        &self,
        scope: &StaffScope,
        event: &Slug,
        expected: Option<u64>,
        edit: Edit<'_, Event, EventDraft>,
    ) -> Result<Stored<Event>, Stop> {
        needs(scope, Permission::EditEvents)?;
        let event = scope.event(event);
        for _ in 0..ATTEMPTS {
            let found = self.stored_event(&event).await?;
            expect_revision(&found, expected)?;
            let draft = edit(&found.value)?;
            self.check_event_edit(&found.value, &draft).await?;
            let next = draft.event(event.clone(), &scope.organisation().time_zone, Some(&found.value));
            if self.replace_event(&found, &next).await? {
                return Ok(replaced(&found, next));
            }
        }
        Err(Fault::Contended.into())
    }

    async fn check_event_edit(&self, before: &Event, draft: &EventDraft) -> Result<(), Stop> {
        let mut faults = check_event(draft);
        if draft.series != before.series {
            faults.extend(self.check_series(&before.event.organisation, draft).await?);
        }
        let kept: BTreeSet<&RateId> = draft.rates.iter().map(|rate| &rate.id).collect();
        let lost: Vec<&RateId> = before.rates.iter().map(|rate| &rate.id).filter(|id| !kept.contains(id)).collect();
        let unpublished = draft.status == EventStatus::Draft && before.status != EventStatus::Draft;
        if !lost.is_empty() || unpublished {
            let (items, passes) = lookups::things_of(self.table(), &before.event).await?;
            let items = items.iter().map(|item| &item.value);
            let passes = passes.iter().map(|pass| &pass.value);
            if items.clone().any(|item| prices_any(item, &lost)) || passes.clone().any(|pass| prices_any(pass, &lost)) {
                faults.add(Pointer::to("rates"), Wrong::State("a rate that was left out still has prices"));
            }
            let things: Vec<_> = items.map(Sellable::thing).chain(passes.map(Sellable::thing)).collect();
            if unpublished && self.is_any_sold(&before.event, &things).await? {
                faults.add(Pointer::to("status"), Wrong::AlreadySold);
            }
        }
        faults.or(()).map_err(|faults: Faults| Refusal::Invalid(faults).into())
    }

    /// Replaces an event and brings its stock to its new capacity. False if others were faster.
    async fn replace_event(&self, before: &Stored<Event>, after: &Event) -> Result<bool, Stop> {
        let at = self.now();
        let limits = Limits { before: before.value.capacities(), after: after.capacities() };
        let places: BTreeSet<_> = limits.before.iter().chain(&limits.after).map(|(place, _)| place.clone()).collect();
        let rows = self.stock_rows(&places.into_iter().collect::<Vec<_>>()).await?;
        let new_places = limits.new_places();
        let survey = self.survey(&after.event, &new_places, Adopt::WithStock).await?;
        let mut writes = vec![before.replace(after, at)?];
        writes.extend(limits.writes(&rows, &survey.taken, at)?);
        self.commit_surveyed(&after.event, &new_places, survey, writes).await
    }
}

/// Has a thing that can still be sold a price at one of these rates?
fn prices_any(thing: &impl Sellable, rates: &[&RateId]) -> bool {
    let steps = thing.schedule().into_iter().flat_map(|PricingSchedule { steps }| steps);
    thing.archived_at().is_none() && steps.flat_map(|step| step.prices.keys()).any(|rate| rates.contains(&rate))
}
