//! Events.

use domain::Refusal;
use domain::catalogue::{Event, EventDraft, EventStatus, MOST_RATES, MOST_ROOMS, Rate, Venue};
use domain::payments::Method;
use domain::values::{Faults, Obstacle, Pointer, Slug, Wrong};
use engine::catalogue::{Cursor, Stored};
use engine::scope::StaffScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::paging::{Page, listed};
use super::pricing::{as_request, capacity};
use super::words::method_word;
use crate::answer::{At, Current, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{
    Fields, KindExt as _, count, flag, instant, line, list as list_of, object, one_of, prose, rate, slug, time_zone,
    title,
};
use crate::problem::Problem;
use crate::takes::Patch;

/// How long a hold lasts where nothing is said.
const HOLD_MINUTES: u32 = 30;
/// Longest hold.
pub(super) const LONGEST_HOLD: u32 = 7 * 24 * 60;

/// An event.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Event")]
pub struct EventShown {
    slug: String,
    title: String,
    description: String,
    starts_at: At,
    ends_at: At,
    /// In which its times are shown.
    time_zone: String,
    venue: Option<VenueShown>,
    /// Most tickets, if there is a limit.
    capacity: Option<u32>,
    /// Who prices are for, the usual one first.
    rates: Vec<RateShown>,
    rooms: Vec<String>,
    /// How the public may pay.
    payment_methods: Vec<&'static str>,
    hold_minutes: u32,
    /// `draft`, `live`, `cancelled`, `archived`.
    status: &'static str,
    series: Option<String>,
    /// For `If-Match`.
    revision: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Venue")]
struct VenueShown {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Rate")]
struct RateShown {
    /// Its name in prices.
    id: String,
    /// Its name on pages.
    name: String,
    /// The door asks for proof.
    proof_required: bool,
}

impl EventShown {
    /// As it is shown.
    pub fn of(stored: &Stored<Event>) -> Self {
        let event = &stored.value;
        let rates = event.rates.iter().map(|rate| RateShown {
            id: rate.id.to_string(),
            name: rate.name.to_string(),
            proof_required: rate.proof_required,
        });
        let venue = event.venue.as_ref().map(|venue| VenueShown {
            name: venue.name.to_string(),
            address: venue.address.as_ref().map(ToString::to_string),
        });
        Self {
            slug: event.event.event.to_string(),
            title: event.title.to_string(),
            description: event.description.to_string(),
            starts_at: At(event.starts_at),
            ends_at: At(event.ends_at),
            time_zone: event.time_zone.as_str().to_owned(),
            venue,
            capacity: event.capacity,
            rates: rates.collect(),
            rooms: event.rooms.iter().map(ToString::to_string).collect(),
            payment_methods: event.payment_methods.iter().copied().map(method_word).collect(),
            hold_minutes: event.hold_minutes,
            status: event.status.word(),
            series: event.series.as_ref().map(ToString::to_string),
            revision: stored.revision,
        }
    }
}

/// An event as a request has it.
#[derive(Debug, Clone)]
pub struct EventBody {
    slug: Slug,
    draft: EventDraft,
}

/// The body of an event.
pub fn event(fields: &mut Fields<'_>) -> Option<EventBody> {
    let slug = fields.required("slug", slug().about("Its name in addresses; never changes."));
    let draft = draft(fields);
    Some(EventBody { slug: slug?, draft: draft? })
}

/// The body of an event without its slug.
pub(super) fn draft(fields: &mut Fields<'_>) -> Option<EventDraft> {
    let title = fields.required("title", title());
    let description = fields.optional("description", prose());
    let starts_at = fields.required("starts_at", instant());
    let ends_at = fields.required("ends_at", instant());
    fields.rising(("starts_at", starts_at.as_ref()), ("ends_at", ends_at.as_ref()));
    let time_zone = fields.optional("time_zone", time_zone().about("The organisation's if nothing is said."));
    let venue = fields.optional("venue", object(venue));
    let capacity = fields.optional("capacity", capacity().about("Most tickets."));
    let rates = fields.optional("rates", list_of(1..=MOST_RATES, object(rate_of_event)));
    let rooms = fields.optional("rooms", list_of(0..=MOST_ROOMS, crate::input::title()));
    let methods = one_of(Method::OFFERED, method_word);
    let methods = fields.optional("payment_methods", list_of(0..=Method::OFFERED.len(), methods));
    let hold_minutes = fields.optional("hold_minutes", count(1..=LONGEST_HOLD));
    let status = fields.optional("status", one_of(EventStatus::ALL, EventStatus::word));
    let series = fields.optional("series", slug());
    Some(EventDraft {
        title: title?,
        description: description.unwrap_or_default(),
        starts_at: starts_at?,
        ends_at: ends_at?,
        time_zone,
        venue,
        capacity,
        rates: rates.or_else(|| standard().map(|rate| vec![rate]))?,
        rooms: rooms.unwrap_or_default(),
        payment_methods: methods.unwrap_or_else(|| vec![Method::Free, Method::Card]),
        hold_minutes: hold_minutes.unwrap_or(HOLD_MINUTES),
        status: status.unwrap_or(EventStatus::Draft),
        series,
    })
}

fn venue(fields: &mut Fields<'_>) -> Option<Venue> {
    let name = fields.required("name", title());
    let address = fields.optional("address", line());
    Some(Venue { name: name?, address })
}

fn rate_of_event(fields: &mut Fields<'_>) -> Option<Rate> {
    let id = fields.required("id", rate());
    let name = fields.required("name", line());
    let proof_required = fields.optional("proof_required", flag());
    Some(Rate { id: id?, name: name?, proof_required: proof_required.unwrap_or_default() })
}

/// The one rate of an event that names none.
fn standard() -> Option<Rate> {
    Some(Rate { id: "standard".parse().ok()?, name: "Standard".parse().ok()?, proof_required: false })
}

/// Makes an event.
pub async fn create(call: Call<StaffScope, EventBody>) -> Result<Made<EventShown>, Problem> {
    let answer = |event: &Stored<Event>| made(&EventShown::of(event));
    let EventBody { slug, draft } = &call.body;
    let event = call.engine().create_event(&call.scope, slug, draft, &call.remember(&answer)).await?;
    Ok(Made(EventShown::of(&event)))
}

/// The organisation's events, the one that starts last first.
pub async fn list(call: Call<StaffScope, Page<Cursor>>) -> Result<Shown<List<EventShown>>, Problem> {
    let (events, next) = call.engine().list_events(&call.scope, call.body.limit, call.body.after.clone()).await?;
    Ok(Shown(listed(events.iter().map(EventShown::of), next.as_ref())))
}

/// One event.
pub async fn read(call: Call<StaffScope>) -> Result<Current<EventShown>, Problem> {
    let event = call.engine().read_event(&call.scope, call.event()?).await?;
    Ok(Current(EventShown::of(&event), event.revision))
}

/// Changes an event.
pub async fn update(call: Call<StaffScope, Patch<EventBody>>) -> Result<Current<EventShown>, Problem> {
    let edit = |before: &Event| {
        let stored = Stored { value: before.clone(), revision: 0, created_at: String::new() };
        let EventBody { slug, draft } = call.body.over(as_request(&EventShown::of(&stored), &["revision"]))?;
        if slug != before.event.event {
            let wrong = Wrong::State(Obstacle::SlugIsFixed);
            return Err(Refusal::Invalid(Faults::one(Pointer::to("slug"), wrong)));
        }
        Ok(draft)
    };
    let event = call.engine().update_event(&call.scope, call.event()?, call.revision, &edit).await?;
    Ok(Current(EventShown::of(&event), event.revision))
}
