//! Items: what can be had at an event.

use domain::Refusal;
use domain::catalogue::{Day, Item, ItemDraft, Kind, Live, RolePlaces};
use domain::pricing::PriceStep;
use domain::values::{Faults, ItemId, Pointer, Prose, Title, Wrong};
use engine::Engine;
use engine::catalogue::{Removal, Stored};
use engine::scope::StaffScope;
use engine::stop::Stop;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

use super::paging::Page;
use super::pricing::{
    LiveShown, RolesShown, StepBody, StepShown, amounts, as_request, at_prices_of, capacity, faults_of_prices,
    only_step, prices, pricing_schedule, roles, steps_shown,
};
use crate::answer::{At, Current, Done, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, SoFar, day, flag, live, object, one_of, prose, title};
use crate::problem::Problem;
use crate::takes::Patch;

/// An item.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Item")]
pub struct ItemShown {
    id: String,
    name: String,
    description: String,
    /// `class`, `party`, `physical`, `digital`, `access`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// A date, `all`, or null.
    day: Option<String>,
    /// The prices, in minor units by rate, where they never change.
    prices: Option<BTreeMap<String, i64>>,
    /// The prices over time; null for what is never sold on its own and has no value of its own.
    pricing_schedule: Option<Vec<StepShown>>,
    /// Most tickets that include it.
    capacity: Option<u32>,
    /// Its places per role.
    roles: Option<RolesShown>,
    live: LiveShown,
    /// Can be bought without a pass.
    sold_alone: bool,
    /// Its place in lists.
    position: u32,
    /// When it was deleted after it had been sold.
    archived_at: Option<At>,
    /// For `If-Match`.
    revision: u64,
}

/// What only answers have.
const ONLY_SHOWN: [&str; 4] = ["id", "position", "archived_at", "revision"];

impl ItemShown {
    fn of(stored: &Stored<Item>) -> Self {
        let item = &stored.value;
        let only_step = item.pricing.as_ref().and_then(|pricing| match pricing.steps.as_slice() {
            [step] => Some(amounts(&step.prices)),
            _ => None,
        });
        Self {
            id: item.id.to_string(),
            name: item.name.to_string(),
            description: item.description.to_string(),
            kind: item.kind.word(),
            day: item.day.map(|day| day.to_string()),
            prices: only_step,
            pricing_schedule: item.pricing.as_ref().map(steps_shown),
            capacity: item.capacity,
            roles: item.roles.map(RolesShown::of),
            live: LiveShown::of(item.live),
            sold_alone: item.sold_alone,
            position: item.position,
            archived_at: item.archived_at.map(At),
            revision: stored.revision,
        }
    }
}

/// An item as a request has it.
#[derive(Debug, Clone)]
pub struct ItemBody {
    name: Option<Title>,
    description: Prose,
    kind: Option<Kind>,
    day: Option<Day>,
    steps: Option<Vec<StepBody>>,
    capacity: Option<u32>,
    roles: Option<RolePlaces>,
    live: Live,
    sold_alone: bool,
    /// The steps were given as `prices`.
    has_prices: bool,
}

/// The body of an item.
pub fn item(fields: &mut Fields<'_>) -> Option<ItemBody> {
    let name = fields.required("name", title());
    let description = fields.optional("description", prose());
    let kind = fields.required("type", one_of(Kind::ALL, Kind::word));
    let day = fields.optional("day", day());
    let prices = fields.optional("prices", prices().about("A schedule of one step."));
    let schedule = fields.optional("pricing_schedule", pricing_schedule());
    let has_prices = fields.has("prices");
    if has_prices && fields.has("pricing_schedule") {
        fields.fault("pricing_schedule", Wrong::ExcludedBy("prices"));
    }
    let capacity = fields.optional("capacity", capacity().about("Most tickets that include it."));
    let roles = fields.optional("roles", object(roles).about("Its places per role; then a ticket with it needs one."));
    let live = fields.optional("live", live().about("When it is on sale."));
    let sold_alone =
        fields.optional("sold_alone", flag().about("Can be bought without a pass; true if nothing is said."));
    Some(ItemBody {
        name,
        description: description.unwrap_or_default(),
        kind,
        day,
        steps: prices.and_then(only_step).map(|step| vec![step]).or(schedule),
        capacity,
        roles,
        live: live.unwrap_or_default(),
        sold_alone: sold_alone.unwrap_or(true),
        has_prices,
    })
}

impl ItemBody {
    fn steps(&self, engine: &Engine) -> Option<Vec<PriceStep>> {
        self.steps.as_ref().map(|steps| steps.iter().map(|step| step.step(engine)).collect())
    }

    /// What is wanted. A body without faults has all that it takes.
    fn draft(&self, engine: &Engine) -> Result<ItemDraft, Refusal> {
        let missing = |field: &str| Refusal::invalid(Pointer::to(field), Wrong::Required);
        Ok(ItemDraft {
            name: self.name.clone().ok_or_else(|| missing("name"))?,
            description: self.description.clone(),
            kind: self.kind.ok_or_else(|| missing("type"))?,
            day: self.day,
            steps: self.steps(engine),
            steps_at: Pointer::to("pricing_schedule"),
            capacity: self.capacity,
            roles: self.roles,
            live: self.live,
            sold_alone: self.sold_alone,
        })
    }
}

/// Makes an item.
pub async fn create(call: Call<StaffScope, SoFar<ItemBody>>) -> Result<Made<ItemShown>, Problem> {
    let call = whole(call).await?;
    let answer = |item: &Stored<Item>| made(&ItemShown::of(item));
    let draft = call.body.draft(call.engine())?;
    let made = call.engine().create_item(&call.scope, call.event()?, &draft, &call.remember(&answer)).await;
    Ok(Made(ItemShown::of(&made.map_err(|stop| at_prices(stop, call.body.has_prices))?)))
}

/// An event's items, in their order.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<ItemShown>>, Problem> {
    let (items, _) = call.engine().read_things(&call.scope, call.event()?).await?;
    let items = items.iter().filter(|item| item.value.archived_at.is_none());
    Ok(Shown(call.body.of(items.map(ItemShown::of))))
}

/// One item.
pub async fn read(call: Call<StaffScope>) -> Result<Current<ItemShown>, Problem> {
    let item = call.engine().read_item(&call.scope, call.event()?, call.id()?).await?;
    Ok(Current(ItemShown::of(&item), item.revision))
}

/// Changes an item.
pub async fn update(call: Call<StaffScope, Patch<ItemBody>>) -> Result<Current<ItemShown>, Problem> {
    let has_prices = call.body.gives("prices");
    let edit = |before: &Item| {
        let stored = Stored { value: before.clone(), revision: 0, created_at: String::new() };
        let mut form = as_request(&ItemShown::of(&stored), &ONLY_SHOWN);
        // The two ways of writing prices exclude each other: what the patch speaks of takes the place of the other.
        let other = if call.body.names("prices") && !call.body.gives("pricing_schedule") {
            "pricing_schedule"
        } else {
            "prices"
        };
        if let Some(form) = form.as_object_mut() {
            form.remove(other);
        }
        call.body.over(form)?.draft(call.engine())
    };
    let which = (call.event()?, call.id::<ItemId>()?);
    let item = call.engine().update_item(&call.scope, which, call.revision, &edit).await;
    let item = item.map_err(|stop| at_prices(stop, has_prices))?;
    Ok(Current(ItemShown::of(&item), item.revision))
}

/// Deletes an item; one that was sold is archived.
pub async fn delete(call: Call<StaffScope>) -> Result<Done, Problem> {
    match call.engine().delete_item(&call.scope, call.event()?, call.id()?).await? {
        Removal::Removed | Removal::Archived(_) => Ok(Done),
    }
}

/// The whole of a new item, or all that is wrong with it.
async fn whole(call: Call<StaffScope, SoFar<ItemBody>>) -> Result<Call<StaffScope, ItemBody>, Problem> {
    if call.body.is_whole() {
        return call.checked(Faults::none());
    }
    let (engine, body) = (call.engine(), &call.body.value);
    let (steps, at) = (body.steps(engine).unwrap_or_default(), Pointer::to("pricing_schedule"));
    let further = match steps.as_slice() {
        [] => Faults::none(),
        steps => engine.faults_of_prices(&call.scope, call.event()?, steps, &at).await?,
    };
    let further = if body.has_prices { at_prices_of(further) } else { further };
    call.checked(further)
}

fn at_prices(stop: Stop, has_prices: bool) -> Stop {
    match stop {
        Stop::Refused(refusal) if has_prices => Stop::Refused(faults_of_prices(refusal)),
        other => other,
    }
}
