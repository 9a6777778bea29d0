//! Passes: bundles of items.

use domain::Refusal;
use domain::catalogue::{Live, MOST_ITEMS, Pass, PassDraft, RolePlaces};
use domain::pricing::PriceStep;
use domain::values::{Faults, ItemId, PassId, Pointer, Prose, Title, Wrong};
use engine::Engine;
use engine::catalogue::{Removal, Stored};
use engine::scope::StaffScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::Page;
use super::pricing::{
    LiveShown, RolesShown, StepBody, StepShown, as_request, capacity, pricing_schedule, roles, steps_shown,
};
use crate::answer::{At, Current, Done, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, SoFar, id, list as list_of, live, object, prose, title};
use crate::problem::Problem;
use crate::takes::Patch;

/// A pass.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Pass")]
pub struct PassShown {
    id: String,
    name: String,
    description: String,
    /// Its items.
    includes: Vec<String>,
    /// Its prices over time.
    pricing_schedule: Vec<StepShown>,
    /// Most tickets with it.
    capacity: Option<u32>,
    /// Its places per role.
    roles: Option<RolesShown>,
    live: LiveShown,
    /// Its place in lists.
    position: u32,
    /// When it was deleted after it had been sold.
    archived_at: Option<At>,
    /// For `If-Match`.
    revision: u64,
}

/// What only answers have.
const ONLY_SHOWN: [&str; 4] = ["id", "position", "archived_at", "revision"];

impl PassShown {
    fn of(stored: &Stored<Pass>) -> Self {
        let pass = &stored.value;
        Self {
            id: pass.id.to_string(),
            name: pass.name.to_string(),
            description: pass.description.to_string(),
            includes: pass.includes.iter().map(ToString::to_string).collect(),
            pricing_schedule: steps_shown(&pass.pricing),
            capacity: pass.capacity,
            roles: pass.roles.map(RolesShown::of),
            live: LiveShown::of(pass.live),
            position: pass.position,
            archived_at: pass.archived_at.map(At),
            revision: stored.revision,
        }
    }
}

/// A pass as a request has it.
#[derive(Debug, Clone)]
pub struct PassBody {
    name: Option<Title>,
    description: Prose,
    includes: Vec<ItemId>,
    steps: Vec<StepBody>,
    capacity: Option<u32>,
    roles: Option<RolePlaces>,
    live: Live,
}

/// The body of a pass.
pub fn pass(fields: &mut Fields<'_>) -> Option<PassBody> {
    let name = fields.required("name", title());
    let description = fields.optional("description", prose());
    let includes = fields.required("includes", list_of(1..=MOST_ITEMS, id()).about("Its items."));
    let steps = fields.required("pricing_schedule", pricing_schedule());
    let capacity = fields.optional("capacity", capacity().about("Most tickets with it."));
    let roles = fields.optional("roles", object(roles).about("Its places per role; then a ticket with it needs one."));
    let live = fields.optional("live", live().about("When it is on sale."));
    Some(PassBody {
        name,
        description: description.unwrap_or_default(),
        includes: includes.unwrap_or_default(),
        steps: steps.unwrap_or_default(),
        capacity,
        roles,
        live: live.unwrap_or_default(),
    })
}

impl PassBody {
    fn steps(&self, engine: &Engine) -> Vec<PriceStep> {
        self.steps.iter().map(|step| step.step(engine)).collect()
    }

    /// What is wanted. A body without faults has all that it takes.
    fn draft(&self, engine: &Engine) -> Result<PassDraft, Refusal> {
        Ok(PassDraft {
            name: self.name.clone().ok_or_else(|| Refusal::invalid(Pointer::to("name"), Wrong::Required))?,
            description: self.description.clone(),
            includes: self.includes.clone(),
            steps: self.steps(engine),
            capacity: self.capacity,
            roles: self.roles,
            live: self.live,
        })
    }
}

/// Makes a pass.
pub async fn create(call: Call<StaffScope, SoFar<PassBody>>) -> Result<Made<PassShown>, Problem> {
    let further = match &call.body {
        body if body.is_whole() => Faults::none(),
        SoFar { value, .. } => {
            let steps = value.steps(call.engine());
            call.engine().faults_of_pass(&call.scope, call.event()?, &value.includes, &steps).await?
        }
    };
    let call = call.checked(further)?;
    let answer = |pass: &Stored<Pass>| made(&PassShown::of(pass));
    let draft = call.body.draft(call.engine())?;
    let pass = call.engine().create_pass(&call.scope, call.event()?, &draft, &call.remember(&answer)).await?;
    Ok(Made(PassShown::of(&pass)))
}

/// An event's passes, in their order.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<PassShown>>, Problem> {
    let (_, passes) = call.engine().read_things(&call.scope, call.event()?).await?;
    let passes = passes.iter().filter(|pass| pass.value.archived_at.is_none());
    Ok(Shown(call.body.of(passes.map(PassShown::of))))
}

/// One pass.
pub async fn read(call: Call<StaffScope>) -> Result<Current<PassShown>, Problem> {
    let pass = call.engine().read_pass(&call.scope, call.event()?, call.id()?).await?;
    Ok(Current(PassShown::of(&pass), pass.revision))
}

/// Changes a pass.
pub async fn update(call: Call<StaffScope, Patch<PassBody>>) -> Result<Current<PassShown>, Problem> {
    let edit = |before: &Pass| {
        let stored = Stored { value: before.clone(), revision: 0, created_at: String::new() };
        let body = call.body.over(as_request(&PassShown::of(&stored), &ONLY_SHOWN))?;
        body.draft(call.engine())
    };
    let which = (call.event()?, call.id::<PassId>()?);
    let pass = call.engine().update_pass(&call.scope, which, call.revision, &edit).await?;
    Ok(Current(PassShown::of(&pass), pass.revision))
}

/// Deletes a pass; one that was sold is archived.
pub async fn delete(call: Call<StaffScope>) -> Result<Done, Problem> {
    match call.engine().delete_pass(&call.scope, call.event()?, call.id()?).await? {
        Removal::Removed | Removal::Archived(_) => Ok(Done),
    }
}
