//! Making an event, setting it up, publishing it.

use domain::catalogue::{Event, EventStatus, Series};
use domain::organisations::TimeZoneName;
use domain::values::{Faults, Pointer, Slug, Wrong};
use engine::catalogue::Stored;
use engine::once::Remember;
use engine::scope::StaffScope;
use maud::{Render as _, html};

use super::frame::{Place, Tab, event_page, page};
use super::setup_form::{EventForm, draft_of, event_fields, event_form, keep_event, keep_new};
use crate::forms::{Form, again, refused, save_row, word_of};
use crate::links;
use crate::problem::Problem;
use crate::ui::{Button, Dashboard, Icon, button};
use crate::visit::{Shown, Visit, go, leads_to, show};

type Desk = Visit<StaffScope>;

/// The form of a new event.
pub(super) async fn show_new(visit: Desk) -> Shown {
    let series = series_of(&visit).await?;
    Ok(show(&new_page(&visit, &series, None).render()))
}

/// Makes an event.
pub(super) async fn create(visit: Desk) -> Shown {
    let series = series_of(&visit).await?;
    let (slug, wanted) = match read_form(&visit).and_then(named) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&new_page(&visit, &series, Some(&faults))),
    };
    let next = |made: &Stored<Event>| links::dashboard::items_and_passes(&made.value.event).with("done", "created");
    let answer = |made: &Stored<Event>| leads_to(next(made));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().create_event(&visit.scope, &slug, &wanted.draft, &remember).await {
        Ok(made) => Ok(go(next(&made))),
        Err(stop) => again(&new_page(&visit, &series, Some(&refused(stop)?))),
    }
}

/// The form of an event.
pub(super) async fn show_setup(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?;
    let series = series_of(&visit).await?;
    Ok(show(&setup_page(&visit, (&event.value, event.revision), &series, None).render()))
}

/// Keeps what was changed.
pub(super) async fn save(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?;
    let series = series_of(&visit).await?;
    let shown = (&event.value, event.revision);
    let wanted = match read_form(&visit) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&setup_page(&visit, shown, &series, Some(&faults))),
    };
    let revision = wanted.revision.map(u64::from);
    let saved =
        visit.engine().update_event(&visit.scope, visit.event()?, revision, &|_| Ok(wanted.draft.clone())).await;
    match saved {
        Ok(event) => Ok(go(links::dashboard::setup(&event.value.event).with("done", "saved"))),
        Err(stop) => again(&setup_page(&visit, shown, &series, Some(&refused(stop)?))),
    }
}

/// Publishes an event, or takes it back.
pub(super) async fn set_status(visit: Desk) -> Shown {
    let wanted = visit.sent.typed("/status");
    let status = EventStatus::ALL
        .into_iter()
        .find(|status| status.word() == wanted)
        .ok_or_else(|| Problem::invalid(Faults::one(Pointer::to("status"), Wrong::Required)))?;
    let edit = |before: &Event| Ok(domain::catalogue::EventDraft { status, ..draft_of(before) });
    let event = visit.engine().update_event(&visit.scope, visit.event()?, None, &edit).await?;
    let done = if status == EventStatus::Live { "published" } else { "unpublished" };
    Ok(go(links::dashboard::event(&event.value.event).with("done", done)))
}

/// Reads the form with local times on the clocks of the zone that it names.
fn read_form(visit: &Desk) -> Result<EventForm, Faults> {
    let typed = visit.sent.typed("/time_zone").parse::<TimeZoneName>();
    let zone = typed.unwrap_or_else(|_| visit.scope.organisation().time_zone.clone());
    visit.sent.read_in(zone.zone(), event_form)
}

/// The event's name in addresses: what was typed, else that of its series and day, else its title.
fn named(wanted: EventForm) -> Result<(Slug, EventForm), Faults> {
    let made = match (&wanted.draft.series, &wanted.draft.time_zone) {
        (Some(series), Some(zone)) => {
            Some(format!("{series}-{}", wanted.draft.starts_at.to_zoned_datetime(zone.zone()).date()))
        }
        _ => word_of(wanted.draft.title.as_str(), Slug::MAX),
    };
    let made = made.and_then(|made| made.parse().ok());
    match wanted.slug.clone().or(made) {
        Some(slug) => Ok((slug, wanted)),
        None => Err(Faults::one(Pointer::to("slug"), Wrong::Required)),
    }
}

async fn series_of(visit: &Desk) -> Result<Vec<Series>, Problem> {
    let series = visit.engine().list_series(&visit.scope).await?;
    Ok(series.into_iter().map(|series| series.value).collect())
}

fn new_page(visit: &Desk, series: &[Series], faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    keep_new(&mut form, &visit.scope.organisation().time_zone, visit.sent.typed("/series"));
    let organisation = &visit.scope.organisation().slug;
    let buttons = html! {
        (Button::link(links::dashboard::events(organisation), texts.say("cancel")).quiet())
        (Button::submit(texts.say("dash-new-event-make")).primary().icon(Icon::Plus))
    };
    let content = html! {
        (form.summary())
        form method="post" action=(links::dashboard::new_event(organisation)) {
            (visit.once_field())
            (event_fields(texts, &form, series, true))
            (button::row(buttons))
        }
    };
    page(visit, Place::Events, texts.say("dash-new-event")).lead(texts.say("dash-new-event-lead")).content(content)
}

fn setup_page(
    visit: &Desk,
    (event, revision): (&Event, u64),
    series: &[Series],
    faults: Option<&Faults>,
) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    keep_event(&mut form, event);
    let content = html! {
        (form.summary())
        form method="post" action=(links::dashboard::setup(&event.event)) {
            input type="hidden" name="revision" value=(revision);
            (event_fields(texts, &form, series, false))
            (save_row(texts))
        }
    };
    event_page(visit, event, Some(Tab::Setup), texts.say("dash-setup")).content(content)
}
