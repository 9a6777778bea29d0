//! The form of an event: how it is read, and how it is shown, for a new event and for one that is there.

use domain::catalogue::{
    Event, EventDraft, EventStatus, LONGEST_HOLD_MINUTES, MOST_RATES, MOST_ROOMS, Rate, Series, Venue,
};
use domain::organisations::TimeZoneName;
use domain::payments::Method;
use domain::values::{Slug, Title, Wrong};
use jiff::Timestamp;
use maud::{Markup, Render as _, html};

use crate::forms::{Form, lines, rows, word_of};
use crate::input::{self, Fields, count, flag, instant, line, list, object, one_of, prose, slug, time_zone, title};
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Choice, form};
use crate::wording;

/// How long a hold lasts where nothing is said.
const HOLD_MINUTES: u32 = 30;
/// Most tickets.
const MOST: u32 = 1_000_000;

/// An event as its form says it.
#[derive(Debug, Clone)]
pub(super) struct EventForm {
    /// Its name in addresses; none means that it is made from the title.
    pub slug: Option<Slug>,
    /// The event.
    pub draft: EventDraft,
    /// The revision that was shown.
    pub revision: Option<u32>,
}

/// Reads the form. Local times are those of the zone that it names.
pub(super) fn event_form(fields: &mut Fields<'_>) -> Option<EventForm> {
    let slug_given = fields.optional("slug", slug());
    let revision = fields.optional("revision", count(0..=u32::MAX));
    let title = fields.required("title", title());
    let description = fields.optional("description", prose());
    let starts_at = fields.required("starts_at", instant());
    let ends_at = fields.required("ends_at", instant());
    fields.rising(("starts_at", starts_at.as_ref()), ("ends_at", ends_at.as_ref()));
    let time_zone = fields.optional("time_zone", time_zone());
    let venue_name = fields.optional("venue_name", input::title());
    let address = fields.optional("venue_address", line());
    if venue_name.is_none() && fields.has("venue_address") && !fields.has("venue_name") {
        fields.fault("venue_name", Wrong::Required);
    }
    let capacity = fields.optional("capacity", count(0..=MOST));
    let rates = fields.required("rates", rows(MOST_RATES, object(rate_row)));
    let rooms: Option<Vec<Title>> = fields.optional("rooms", lines(MOST_ROOMS));
    let methods = one_of(Method::OFFERED, Method::word);
    let methods = fields.optional("payment_methods", list(0..=Method::OFFERED.len(), methods));
    let longest = u32::try_from(LONGEST_HOLD_MINUTES).unwrap_or(u32::MAX);
    let hold_minutes = fields.optional("hold_minutes", count(1..=longest));
    let status = fields.optional("status", one_of(EventStatus::ALL, EventStatus::word));
    let series = fields.optional("series", slug());
    let draft = EventDraft {
        title: title?,
        description: description.unwrap_or_default(),
        starts_at: starts_at?,
        ends_at: ends_at?,
        time_zone,
        venue: venue_name.map(|name| Venue { name, address }),
        capacity,
        rates: rates?,
        rooms: rooms.unwrap_or_default(),
        payment_methods: methods.unwrap_or_default(),
        hold_minutes: hold_minutes.unwrap_or(HOLD_MINUTES),
        status: status.unwrap_or(EventStatus::Draft),
        series,
    };
    Some(EventForm { slug: slug_given, draft, revision })
}

/// A rate; its name in prices is made from its name on pages where nothing is said.
fn rate_row(fields: &mut Fields<'_>) -> Option<Rate> {
    let id = fields.optional("id", input::rate());
    let name: Option<domain::values::Text<60>> = fields.required("name", line());
    let proof_required = fields.optional("proof_required", flag());
    let made = name.as_ref().and_then(|name| word_of(name.as_str(), 40)).and_then(|id| id.parse().ok());
    if id.is_none() && made.is_none() && name.is_some() {
        fields.fault("id", Wrong::Required);
    }
    Some(Rate { id: id.or(made)?, name: name?, proof_required: proof_required.unwrap_or_default() })
}

/// The draft that changes nothing of an event.
pub(super) fn draft_of(event: &Event) -> EventDraft {
    EventDraft {
        title: event.title.clone(),
        description: event.description.clone(),
        starts_at: event.starts_at,
        ends_at: event.ends_at,
        time_zone: Some(event.time_zone.clone()),
        venue: event.venue.clone(),
        capacity: event.capacity,
        rates: event.rates.clone(),
        rooms: event.rooms.clone(),
        payment_methods: event.payment_methods.clone(),
        hold_minutes: event.hold_minutes,
        status: event.status,
        series: event.series.clone(),
    }
}

/// An instant as a browser's field has it, on the clocks of a zone: `2026-12-04T18:30`.
pub(super) fn local(at: Timestamp, zone: &TimeZoneName) -> String {
    at.to_zoned_datetime(zone.zone()).datetime().strftime("%Y-%m-%dT%H:%M").to_string()
}

/// Fills a form with what is kept of an event.
pub(super) fn keep_event(form: &mut Form<'_>, event: &Event) {
    form.keep("title", &event.title);
    form.keep("description", &event.description);
    form.keep("starts_at", local(event.starts_at, &event.time_zone));
    form.keep("ends_at", local(event.ends_at, &event.time_zone));
    form.keep("time_zone", event.time_zone.as_str());
    form.keep_some("venue_name", event.venue.as_ref().map(|venue| &venue.name));
    form.keep_some("venue_address", event.venue.as_ref().and_then(|venue| venue.address.as_ref()));
    form.keep_some("capacity", event.capacity);
    form.keep("rooms", event.rooms.iter().map(Title::as_str).collect::<Vec<_>>().join("\n"));
    form.keep("hold_minutes", event.hold_minutes);
    form.keep("status", event.status.word());
    form.keep_some("series", event.series.as_ref());
    for method in &event.payment_methods {
        form.keep("payment_methods", method.word());
    }
    for (index, rate) in event.rates.iter().enumerate() {
        form.keep(format!("rates[{index}][id]"), &rate.id);
        form.keep(format!("rates[{index}][name]"), &rate.name);
        form.keep_some(format!("rates[{index}][proof_required]"), rate.proof_required.then_some("on"));
    }
}

/// Fills a form with what a new event begins with.
pub(super) fn keep_new(form: &mut Form<'_>, zone: &TimeZoneName, series: &str) {
    form.keep("time_zone", zone.as_str());
    form.keep("hold_minutes", HOLD_MINUTES);
    form.keep("status", EventStatus::Draft.word());
    form.keep("rates[0][id]", "standard");
    form.keep("rates[0][name]", "Standard");
    form.keep_some("series", Some(series).filter(|series| !series.is_empty()));
    for method in [Method::Free, Method::AtDoor] {
        form.keep("payment_methods", method.word());
    }
}

/// The fields of the form, in sections.
pub(super) fn event_fields(texts: Texts, form: &Form<'_>, series: &[Series], new: bool) -> Markup {
    html! {
        (form::section(&texts.say("dash-setup-what"), &texts.say("dash-setup-what-about"), what(texts, form, series, new)))
        (form::section(&texts.say("dash-setup-when"), &texts.say("dash-setup-when-about"), when(texts, form)))
        (form::section(&texts.say("dash-setup-rates"), &texts.say("dash-setup-rates-about"), rate_fields(texts, form)))
        (form::section(&texts.say("dash-setup-sale"), &texts.say("dash-setup-sale-about"), sale(texts, form)))
    }
}

fn what(texts: Texts, form: &Form<'_>, series: &[Series], new: bool) -> Markup {
    let none = Choice::new("", texts.say("dash-setup-no-series"));
    let all = series.iter().map(|series| Choice::new(series.slug.as_str(), series.title.as_str()));
    html! {
        div.form {
            (form.text("title", texts.say("dash-setup-title")).required())
            @if new {
                (form.text("slug", texts.say("dash-setup-slug")).optional(texts).hint(texts.say("dash-setup-slug-hint"))
                    .attr("autocapitalize", "none").attr("spellcheck", "false"))
            }
            (form.area("description", texts.say("dash-setup-description"), 5).optional(texts))
            @if !series.is_empty() {
                (form.select("series", texts.say("dash-setup-series"), std::iter::once(none).chain(all)))
            }
        }
    }
}

fn when(texts: Texts, form: &Form<'_>) -> Markup {
    html! {
        div.form {
            (form::row(html! {
                (form.date_and_time("starts_at", texts.say("dash-setup-starts")).required())
                (form.date_and_time("ends_at", texts.say("dash-setup-ends")).required())
            }))
            (form.text("time_zone", texts.say("dash-time-zone")).required().hint(texts.say("dash-setup-zone-hint"))
                .attr("list", "zones").attr("autocapitalize", "none").attr("spellcheck", "false"))
            (form::time_zones())
            (form.text("venue_name", texts.say("dash-setup-venue")).optional(texts))
            (form.text("venue_address", texts.say("dash-setup-address")).optional(texts))
            (form.area("rooms", texts.say("dash-setup-rooms"), 4).optional(texts).hint(texts.say("dash-setup-rooms-hint")))
        }
    }
}

fn rate_fields(texts: Texts, form: &Form<'_>) -> Markup {
    html! {
        div.form {
            @for index in 0..MOST_RATES {
                @let (id, name, proof) = (format!("rates[{index}][id]"), format!("rates[{index}][name]"), format!("rates[{index}][proof_required]"));
                (form::group(&texts.say_with("dash-setup-rate", &[("n", (index + 1).into())]), html! {
                    (form::row(html! {
                        (form.text(&name, texts.say("dash-setup-rate-name")).attr("maxlength", "60"))
                        (form.text(&id, texts.say("dash-setup-rate-id")).hint(texts.say("dash-setup-rate-id-hint")))
                    }))
                    (form.tick(&proof, texts.say("dash-setup-rate-proof")))
                }))
            }
            @if let Some(error) = form.error("rates") { p.field-error { (error) } }
        }
    }
}

fn sale(texts: Texts, form: &Form<'_>) -> Markup {
    let cards = Method::OFFERED.map(|method| Card::new(method.word(), wording::method(texts, method)));
    let mut methods = Choices::several("payment_methods", texts.say("dash-setup-methods"), cards);
    for method in Method::OFFERED.into_iter().filter(|method| form.has("payment_methods", method.word())) {
        methods = methods.chosen(method.word());
    }
    let statuses = EventStatus::ALL.map(|status| Choice::new(status.word(), wording::event_status(texts, status)));
    html! {
        div.form {
            (form::row(html! {
                (form.number("capacity", texts.say("dash-capacity")).optional(texts).unit(texts.say("dash-unit-tickets"))
                    .attr("min", "0").hint(texts.say("dash-capacity-hint")))
                (form.number("hold_minutes", texts.say("dash-setup-hold")).unit(texts.say("dash-unit-minutes")).attr("min", "1")
                    .hint(texts.say("dash-setup-hold-hint")))
            }))
            (methods.error(form.error("payment_methods")).render())
            (form.select("status", texts.say("dash-status"), statuses).hint(texts.say("dash-setup-status-hint")))
        }
    }
}
