//! Pricing schedules: the prices of a pass or item over time.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Rate, RateId, Shift};
use crate::values::{Amount, Faults, Obstacle, Pointer, StepId, Text, Wrong};

/// Steps in order. There is at least one, the dates rise, and the last has no end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PricingSchedule {
    /// The steps.
    pub steps: Vec<PriceStep>,
}

/// One step: it ends on a date, or after so many were sold, whichever is first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PriceStep {
    /// Identity; the stock of a step that ends after `until_sold` is kept under it.
    pub id: StepId,
    /// "Early bird".
    pub name: Text<60>,
    /// The amount of each rate it is sold at; a rate without one is not sold, 0 is free.
    pub prices: BTreeMap<RateId, Amount>,
    /// The first instant of the next step.
    #[serde(default)]
    pub until_at: Option<Timestamp>,
    /// It ends when so many of the thing, in all steps together, are held or sold.
    #[serde(default)]
    pub until_sold: Option<u32>,
}

/// How many more of a thing can be held or sold before a step ends, for the steps that count.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counters(HashMap<StepId, i64>);

impl Counters {
    /// What is left of a step, if it is counted.
    pub fn left(&self, step: StepId) -> Option<i64> {
        self.0.get(&step).copied()
    }

    /// Says what is left of a step.
    pub fn set(&mut self, step: StepId, left: i64) {
        self.0.insert(step, left);
    }
}

/// Some units at one step, with the counters that each of them moves.
#[derive(Debug, Clone, PartialEq)]
pub struct Allotment<'a> {
    /// At which step's prices.
    pub step: &'a PriceStep,
    /// How many.
    pub quantity: u32,
    /// The counted steps that end so many units earlier by this: this one and those after it.
    pub counted: Vec<StepId>,
}

/// What comes after the price of now.
#[derive(Debug, Clone, PartialEq)]
pub struct NextPrice<'a> {
    /// The next step.
    pub step: &'a PriceStep,
    /// It begins at this instant at the latest, if a date ends the current one.
    pub from_at: Option<Timestamp>,
    /// Or when so many were sold in all, if a number does.
    pub after_sold: Option<u32>,
}

impl PricingSchedule {
    /// The steps that count what is sold.
    pub fn counted(&self) -> impl Iterator<Item = &PriceStep> {
        self.steps.iter().filter(|step| step.until_sold.is_some())
    }

    /// The step of now: the first that neither its date nor its number has ended. The last never ends.
    pub fn step_at(&self, at: Timestamp, counters: &Counters) -> Option<&PriceStep> {
        self.index_at(at, counters).and_then(|index| self.steps.get(index))
    }

    fn index_at(&self, at: Timestamp, counters: &Counters) -> Option<usize> {
        let last = self.steps.len().checked_sub(1)?;
        let open = |step: &PriceStep| {
            step.until_at.is_none_or(|until| at < until) && counters.left(step.id).is_none_or(|left| left > 0)
        };
        Some(self.steps.iter().position(open).unwrap_or(last))
    }

    /// The price of one now, at a rate; none where it is not sold at that rate.
    pub fn price_at(&self, rate: &RateId, at: Timestamp, counters: &Counters) -> Option<Amount> {
        self.step_at(at, counters)?.prices.get(rate).copied()
    }

    /// What follows the step of now.
    pub fn next_at(&self, at: Timestamp, counters: &Counters) -> Option<NextPrice<'_>> {
        let index = self.index_at(at, counters)?;
        let (current, step) = (self.steps.get(index)?, self.steps.get(index + 1)?);
        Some(NextPrice { step, from_at: current.until_at, after_sold: current.until_sold })
    }

    /// Takes `quantity` units off the schedule: what the step of now has left of them, the rest at the steps after it.
    /// `counters` goes down with them, so that the next call goes on from there.
    pub fn allot<'a>(&'a self, quantity: u32, at: Timestamp, counters: &mut Counters) -> Vec<Allotment<'a>> {
        let mut allotments: Vec<Allotment<'a>> = Vec::new();
        for _ in 0..quantity {
            let Some(index) = self.index_at(at, counters) else { break };
            let Some((step, rest)) = self.steps.get(index..).and_then(<[_]>::split_first) else { break };
            let counted: Vec<StepId> = std::iter::once(step)
                .chain(rest)
                .map(|step| step.id)
                .filter(|id| counters.left(*id).is_some_and(|left| left > 0))
                .collect();
            for id in &counted {
                if let Some(left) = counters.0.get_mut(id) {
                    *left -= 1;
                }
            }
            match allotments.last_mut() {
                Some(last) if last.step.id == step.id && last.counted == counted => last.quantity += 1,
                _ => allotments.push(Allotment { step, quantity: 1, counted }),
            }
        }
        allotments
    }

    /// The same with all dates on another day, and new identifiers: for a copy of an event.
    pub fn copied(&self, by: &Shift, new_id: &mut dyn FnMut() -> StepId) -> Self {
        let steps = self.steps.iter().map(|step| PriceStep {
            id: new_id(),
            until_at: step.until_at.and_then(|until| by.instant(until)),
            ..step.clone()
        });
        Self { steps: steps.collect() }
    }
}

/// What is wrong with the steps of a schedule, `at` being where they stand in the request.
pub fn check_steps(steps: &[PriceStep], rates: &[Rate], at: &Pointer) -> Faults {
    let mut faults = Faults::none();
    if steps.is_empty() {
        faults.add(at.clone(), Wrong::TooFew(1));
    }
    let last = steps.len().saturating_sub(1);
    let mut before: Option<Timestamp> = None;
    for (index, step) in steps.iter().enumerate() {
        let here = at.then(index);
        if index == last {
            for (field, given) in [("until_at", step.until_at.is_some()), ("until_sold", step.until_sold.is_some())] {
                if given {
                    faults.add(here.then(field), Wrong::State(Obstacle::LastStep));
                }
            }
        } else if step.until_at.is_none() && step.until_sold.is_none() {
            faults.add(here.then("until_at"), Wrong::Required);
        }
        if let (Some(before), Some(until)) = (before, step.until_at)
            && until <= before
        {
            faults.add(here.then("until_at"), Wrong::NotAfter("until_at of the step before"));
        }
        before = step.until_at.or(before);
        for rate in step.prices.keys() {
            if !rates.iter().any(|known| known.id == *rate) {
                faults.add(here.then("prices").then(rate), Wrong::Unknown("rate"));
            }
        }
        if step.prices.is_empty() {
            faults.add(here.then("prices"), Wrong::TooFew(1));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Ksuid;

    fn instant(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn step(n: u8, price: i64, until_at: Option<i64>, until_sold: Option<u32>) -> PriceStep {
        PriceStep {
            id: StepId(Ksuid::from_bytes([n; 20])),
            name: format!("Step {n}").parse().unwrap(),
            prices: BTreeMap::from([("standard".parse().unwrap(), Amount::minor(price))]),
            until_at: until_at.map(instant),
            until_sold,
        }
    }

    fn schedule() -> (PricingSchedule, Counters) {
        let steps = vec![step(1, 100, Some(10), Some(2)), step(2, 200, Some(20), Some(5)), step(3, 300, None, None)];
        let mut counters = Counters::default();
        counters.set(steps[0].id, 2);
        counters.set(steps[1].id, 5);
        (PricingSchedule { steps }, counters)
    }

    #[test]
    fn a_step_ends_on_its_date_or_after_its_number_whichever_is_first() {
        let (schedule, mut counters) = schedule();
        let price = |at, counters: &Counters| {
            schedule.price_at(&"standard".parse().unwrap(), instant(at), counters).unwrap().units()
        };
        assert_eq!([0, 9, 10, 20].map(|at| price(at, &counters)), [100, 100, 200, 300]);
        counters.set(schedule.steps[0].id, 0);
        assert_eq!(price(0, &counters), 200);
    }

    #[test]
    fn an_order_that_needs_more_than_the_step_has_left_pays_the_rest_at_the_next() {
        let (schedule, mut counters) = schedule();
        let allotted: Vec<(i64, u32, usize)> = schedule
            .allot(7, instant(0), &mut counters)
            .iter()
            .map(|part| (part.step.prices.values().next().unwrap().units(), part.quantity, part.counted.len()))
            .collect();
        assert_eq!(allotted, [(100, 2, 2), (200, 3, 1), (300, 2, 0)]);
    }

    #[test]
    fn the_next_price_says_when_it_begins() {
        let (schedule, counters) = schedule();
        let next = schedule.next_at(instant(0), &counters).unwrap();
        assert_eq!((next.from_at, next.after_sold), (Some(instant(10)), Some(2)));
        assert_eq!(schedule.next_at(instant(20), &counters), None);
    }

    #[test]
    fn every_fault_of_a_schedule_is_found_at_once() {
        let rates = [Rate { id: "student".parse().unwrap(), name: "Student".parse().unwrap(), proof_required: false }];
        let steps =
            [step(1, 1, Some(10), None), step(2, 1, Some(10), None), step(3, 1, None, None), step(4, 1, None, Some(1))];
        let found = check_steps(&steps, &rates, &Pointer::to("pricing_schedule"));
        let at: Vec<&str> = found.list().iter().map(|fault| fault.at.as_str()).collect();
        assert_eq!(
            at,
            [
                "/pricing_schedule/0/prices/standard",
                "/pricing_schedule/1/until_at",
                "/pricing_schedule/1/prices/standard",
                "/pricing_schedule/2/until_at",
                "/pricing_schedule/2/prices/standard",
                "/pricing_schedule/3/until_sold",
                "/pricing_schedule/3/prices/standard",
            ]
        );
    }
}
