//! Series: events that belong together, and the next event of one.

use domain::catalogue::{Event, Series};
use domain::values::Slug;
use engine::catalogue::{FirstEvent, Next, SeriesDraft, Stored};
use engine::scope::StaffScope;
use schemars::JsonSchema;
use serde::Serialize;

use super::events::{EventShown, draft};
use super::paging::Page;
use crate::answer::{Current, List, Made, Shown, made};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, date, prose, slug, title};
use crate::problem::Problem;

/// A series.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Series")]
pub struct SeriesShown {
    slug: String,
    title: String,
    description: String,
    /// For `If-Match`.
    revision: u64,
}

impl SeriesShown {
    fn of(stored: &Stored<Series>) -> Self {
        let Series { organisation: _, slug, title, description } = &stored.value;
        Self {
            slug: slug.to_string(),
            title: title.to_string(),
            description: description.to_string(),
            revision: stored.revision,
        }
    }
}

/// The body of a new series.
pub fn new_series(fields: &mut Fields<'_>) -> Option<SeriesDraft> {
    let slug = fields.required("slug", slug().about("At most 53 characters; its events add a date to it."));
    let title = fields.required("title", title());
    let description = fields.optional("description", prose());
    Some(SeriesDraft { slug: slug?, title: title?, description: description.unwrap_or_default() })
}

/// The body of the next event: `{on}`, or for the first one what an event needs.
pub fn next_event(fields: &mut Fields<'_>) -> Option<Next> {
    fields.either(
        "on",
        |fields| fields.required("on", date().about("The day of a copy of the last event.")).map(Next::On),
        |fields| {
            let slug: Option<Slug> = fields.optional("slug", slug());
            Some(Next::First(FirstEvent { draft: draft(fields)?, slug }))
        },
    )
}

/// Makes a series.
pub async fn create(call: Call<StaffScope, SeriesDraft>) -> Result<Made<SeriesShown>, Problem> {
    let answer = |series: &Stored<Series>| made(&SeriesShown::of(series));
    let series = call.engine().create_series(&call.scope, &call.body, &call.remember(&answer)).await?;
    Ok(Made(SeriesShown::of(&series)))
}

/// The organisation's series.
pub async fn list(call: Call<StaffScope, Page<usize>>) -> Result<Shown<List<SeriesShown>>, Problem> {
    let series = call.engine().list_series(&call.scope).await?;
    Ok(Shown(call.body.of(series.iter().map(SeriesShown::of))))
}

/// One series.
pub async fn read(call: Call<StaffScope>) -> Result<Current<SeriesShown>, Problem> {
    let series = call.engine().read_series(&call.scope, call.names.series()?).await?;
    Ok(Current(SeriesShown::of(&series), series.revision))
}

/// Makes the next event of a series.
pub async fn create_event(call: Call<StaffScope, Next>) -> Result<Made<EventShown>, Problem> {
    let answer = |event: &Stored<Event>| made(&EventShown::of(event));
    let remember = call.remember(&answer);
    let event = call.engine().next_in_series(&call.scope, call.names.series()?, &call.body, &remember).await?;
    Ok(Made(EventShown::of(&event)))
}
