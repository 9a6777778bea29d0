//! Doors, wristbands, and the list that phones take along.

use domain::door::{
    Door, DoorDraft, GREATEST_TOLERANCE_MINUTES, MOST_RULES, Rest, Skip, When, Wristband, WristbandRule,
};
use domain::values::{ChangeId, ItemId, Ksuid, Text, Title, Wrong};
use engine::catalogue::Stored;
use engine::scope::StaffScope;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value as Json, json};

use super::door_list::DoorListShown;
use super::paging::{Page, whole};
use super::pricing::as_request;
use crate::answer::{At, Current, Done, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{
    Fields, Kind, KindExt as _, Reader, colour, count, flag, id, instant, line, list as list_of, object, rate, title,
};
use crate::problem::Problem;
use crate::takes::Patch;

/// Most items of a door, and things of a rule.
const MOST_THINGS: usize = 200;

/// A door.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Door")]
pub struct DoorShown {
    id: String,
    name: String,
    /// What it admits to.
    items: Vec<String>,
    opens_at: Option<At>,
    closes_at: Option<At>,
    /// How much earlier and later is still in time.
    tolerance_minutes: u32,
    /// Lets out and in again.
    reentry: bool,
    /// For `If-Match`.
    revision: u64,
}

impl DoorShown {
    fn of(stored: &Stored<Door>) -> Self {
        let door = &stored.value;
        Self {
            id: door.id.to_string(),
            name: door.name.to_string(),
            items: door.items.iter().map(ToString::to_string).collect(),
            opens_at: door.opens_at.map(At),
            closes_at: door.closes_at.map(At),
            tolerance_minutes: door.tolerance_minutes,
            reentry: door.reentry,
            revision: stored.revision,
        }
    }
}

/// The body of a door.
pub fn door(fields: &mut Fields<'_>) -> Option<DoorDraft> {
    let name = fields.required("name", title());
    let items: Option<Vec<ItemId>> =
        fields.required("items", list_of(1..=MOST_THINGS, id()).about("What it admits to."));
    let opens_at = fields.optional("opens_at", instant());
    let closes_at = fields.optional("closes_at", instant());
    fields.rising(("opens_at", opens_at.as_ref()), ("closes_at", closes_at.as_ref()));
    let tolerance_minutes = fields.optional("tolerance_minutes", count(0..=GREATEST_TOLERANCE_MINUTES));
    let reentry = fields.optional("reentry", flag().about("Lets out and in again."));
    Some(DoorDraft {
        name: name?,
        items: items?,
        opens_at,
        closes_at,
        tolerance_minutes: tolerance_minutes.unwrap_or_default(),
        reentry: reentry.unwrap_or_default(),
    })
}

/// Makes a door.
pub async fn create(call: Call<StaffScope, DoorDraft>) -> Result<Made<DoorShown>, Problem> {
    let answer = |door: &Stored<Door>| made(&DoorShown::of(door));
    let door = call.engine().create_door(&call.scope, call.event()?, &call.body, &call.remember(&answer)).await?;
    Ok(Made(DoorShown::of(&door)))
}

/// An event's doors.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<DoorShown>>, Problem> {
    let doors = call.engine().list_doors(&call.scope, call.event()?).await?;
    Ok(Shown(call.body.of(doors.iter().map(DoorShown::of))))
}

/// One door.
pub async fn read(call: Call<StaffScope>) -> Result<Current<DoorShown>, Problem> {
    let door = call.engine().read_door(&call.scope, call.event()?, call.id()?).await?;
    Ok(Current(DoorShown::of(&door), door.revision))
}

/// Changes a door.
pub async fn update(call: Call<StaffScope, Patch<DoorDraft>>) -> Result<Current<DoorShown>, Problem> {
    let edit = |before: &Door| {
        let stored = Stored { value: before.clone(), revision: 0, created_at: String::new() };
        Ok(call.body.over(as_request(&DoorShown::of(&stored), &["id", "revision"]))?)
    };
    let door = call.engine().update_door(&call.scope, (call.event()?, call.id()?), call.revision, &edit).await?;
    Ok(Current(DoorShown::of(&door), door.revision))
}

/// Deletes a door.
pub async fn delete(call: Call<StaffScope>) -> Result<Done, Problem> {
    call.engine().delete_door(&call.scope, call.event()?, call.id()?).await?;
    Ok(Done)
}

/// The rules for wristbands, first to last.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Wristbands")]
pub struct RulesShown {
    rules: Vec<RuleShown>,
}

/// Who gets which band.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WristbandRule")]
pub(super) struct RuleShown {
    when: WhenShown,
    hand_out: WristbandShown,
    skip: SkipShown,
}

/// For which tickets; all that is given must hold.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WristbandWhen")]
struct WhenShown {
    /// Holds all of these items or passes.
    all: Vec<String>,
    /// Holds at least one of these items or passes.
    any: Vec<String>,
    /// Is at one of these rates.
    rates: Vec<String>,
}

/// What is handed out.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Wristband")]
pub(super) struct WristbandShown {
    name: String,
    /// `#rrggbb`.
    colour: String,
    material: String,
}

/// Which bands of the rules after it a rule takes out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum SkipShown {
    /// `rest`: all of them.
    Rest(&'static str),
    /// Those of these names.
    Named(Vec<String>),
}

impl WristbandShown {
    pub(super) fn of(band: &Wristband) -> Self {
        Self {
            name: band.name.to_string(),
            colour: band.colour.as_str().to_owned(),
            material: band.material.to_string(),
        }
    }
}

impl RuleShown {
    pub(super) fn of(rule: &WristbandRule) -> Self {
        let texts = |ids: &[Ksuid]| ids.iter().map(ToString::to_string).collect();
        Self {
            when: WhenShown {
                all: texts(&rule.when.all),
                any: texts(&rule.when.any),
                rates: rule.when.rates.iter().map(ToString::to_string).collect(),
            },
            hand_out: WristbandShown::of(&rule.hand_out),
            skip: match &rule.skip {
                Skip::Rest(Rest::Rest) => SkipShown::Rest("rest"),
                Skip::Named(names) => SkipShown::Named(names.iter().map(ToString::to_string).collect()),
            },
        }
    }
}

/// The body of all rules.
pub fn rules(fields: &mut Fields<'_>) -> Option<Vec<WristbandRule>> {
    fields.required("rules", list_of(0..=MOST_RULES, object(rule)).about("First to last."))
}

fn rule(fields: &mut Fields<'_>) -> Option<WristbandRule> {
    let when = fields.optional("when", object(|fields| Some(when(fields))));
    let hand_out = fields.required("hand_out", object(band));
    let skip = fields.optional("skip", SkipKind.about("Which bands of the rules after it are not handed out."));
    Some(WristbandRule { when: when.unwrap_or_default(), hand_out: hand_out?, skip: skip.unwrap_or_default() })
}

fn when(fields: &mut Fields<'_>) -> When {
    let all: Option<Vec<Ksuid>> = fields.optional("all", list_of(0..=MOST_THINGS, id()));
    let any: Option<Vec<Ksuid>> = fields.optional("any", list_of(0..=MOST_THINGS, id()));
    let rates = fields.optional("rates", list_of(0..=MOST_THINGS, rate()));
    When { all: all.unwrap_or_default(), any: any.unwrap_or_default(), rates: rates.unwrap_or_default() }
}

fn band(fields: &mut Fields<'_>) -> Option<Wristband> {
    let name = fields.required("name", line());
    let colour = fields.required("colour", colour());
    let material = fields.required("material", line());
    Some(Wristband { name: name?, colour: colour?, material: material? })
}

/// `rest`, or names.
struct SkipKind;

impl SkipKind {
    fn names() -> impl Kind<Value = Vec<Text<60>>> {
        list_of(0..=MOST_RULES, line())
    }
}

impl Kind for SkipKind {
    type Value = Skip;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Skip> {
        match found {
            Json::String(word) if word == "rest" => Some(Skip::Rest(Rest::Rest)),
            Json::Array(_) => Self::names().read(found, reader).map(Skip::Named),
            _ => reader.fault(Wrong::NotOneOf(vec!["rest".to_owned(), "a list of names".to_owned()])),
        }
    }

    fn schema(&self) -> Json {
        json!({ "anyOf": [{ "const": "rest" }, Self::names().schema()] })
    }
}

/// The rules of an event.
pub async fn read_rules(call: Call<StaffScope>) -> Result<Shown<RulesShown>, Problem> {
    let event = call.engine().read_event(&call.scope, call.event()?).await?;
    Ok(Shown(RulesShown { rules: event.value.wristbands.iter().map(RuleShown::of).collect() }))
}

/// Replaces the rules of an event.
pub async fn set_rules(call: Call<StaffScope, Vec<WristbandRule>>) -> Result<Shown<RulesShown>, Problem> {
    let rules = call.engine().set_wristbands(&call.scope, call.event()?, call.body.clone()).await?;
    Ok(Shown(RulesShown { rules: rules.iter().map(RuleShown::of).collect() }))
}

/// What doors that are made from the items' days are called.
pub fn day_doors(fields: &mut Fields<'_>) -> Option<Title> {
    let name = fields.optional("name", title().about("Main if nothing is said; each door's date is added to it."));
    name.or_else(|| "Main".parse().ok())
}

/// Makes a door for each festival day that has none yet.
pub async fn create_day_doors(call: Call<StaffScope, Title>) -> Result<Made<List<DoorShown>>, Problem> {
    let name = |day: Option<Date>| match day {
        Some(day) => format!("{}, {day}", call.body),
        None => call.body.to_string(),
    };
    let doors = call.engine().make_day_doors(&call.scope, call.event()?, &name).await?;
    let doors = whole(doors.iter().map(DoorShown::of));
    call.engine().remember_late(&call.remember(&made), &doors).await?;
    Ok(Made(doors))
}

/// What tickets that hold the same are handed.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "WristbandCombination")]
pub struct CombinationShown {
    /// The items and passes that they hold.
    holds: Vec<String>,
    rate: String,
    /// How many good tickets do.
    tickets: usize,
    /// What each gets in all.
    wristbands: Vec<WristbandShown>,
}

/// What rules would hand out for every combination that was sold so far.
pub async fn preview_rules(
    call: Call<StaffScope, Vec<WristbandRule>>,
) -> Result<Shown<List<CombinationShown>>, Problem> {
    let combinations = call.engine().preview_wristbands(&call.scope, call.event()?, &call.body).await?;
    let shown = combinations.iter().map(|combination| CombinationShown {
        holds: combination.holdings.things.iter().map(ToString::to_string).collect(),
        rate: combination.holdings.rate.to_string(),
        tickets: combination.tickets,
        wristbands: combination.bands.iter().map(WristbandShown::of).collect(),
    });
    Ok(Shown(whole(shown)))
}

/// The query of the list that phones take along.
pub fn since(fields: &mut Fields<'_>) -> Option<Since> {
    Some(Since(fields.optional("since", id().about("The cursor of the list before; only what changed since comes."))))
}

/// Since when.
#[derive(Debug, Clone, Copy)]
pub struct Since(Option<ChangeId>);

/// The list that phones take along.
pub async fn door_list(call: Call<StaffScope, Since>) -> Result<Shown<DoorListShown>, Problem> {
    let list = call.engine().door_list(&call.scope, call.event()?, call.body.0).await?;
    Ok(Shown(DoorListShown::of(&list, call.scope.organisation().currency)))
}
