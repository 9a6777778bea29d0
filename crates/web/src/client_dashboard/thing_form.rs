//! What the forms of items and passes have in common: prices over time, places, roles, and when they are on sale.

use std::collections::BTreeMap;

use domain::catalogue::{Event, Live, MOST_RATES, RateId, RolePlaces};
use domain::organisations::TimeZoneName;
use domain::pricing::{PriceStep, PricingSchedule};
use domain::values::{Amount, StepId, Text, Wrong};
use engine::Engine;
use engine::catalogue::Stored;
use jiff::Timestamp;
use maud::{Markup, Render as _, html};

use super::setup_form::local;
use crate::forms::{Form, Rows, rows, typed_amount};
use crate::input::{self, Fields, Kind, amount, count, instant, line, map, object, one_of};
use crate::links::{self, Href};
use crate::texts::Texts;
use crate::ui::{Button, Choice, Field, Icon, button, form};
use crate::wording;

/// Most steps of a form.
pub(super) const STEPS: usize = 6;
/// Most tickets.
const MOST: u32 = 1_000_000;

/// What a form begins with.
#[derive(Debug)]
pub(super) enum Start<'a, T> {
    /// Something new; like something that there is, but for its name.
    New(Option<&'a T>),
    /// Something as it is kept.
    Kept(&'a Stored<T>),
}

impl<T> Clone for Start<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Start<'_, T> {}

impl<'a, T> Start<'a, T> {
    /// What is kept.
    pub(super) fn kept(self) -> Option<&'a Stored<T>> {
        match self {
            Self::New(_) => None,
            Self::Kept(kept) => Some(kept),
        }
    }
}

/// What is wanted after something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Then {
    /// To make another one like it.
    Another,
}

impl Then {
    fn word(self) -> &'static str {
        match self {
            Self::Another => "another",
        }
    }
}

/// Which of the buttons of [`make_row`] was pressed.
pub(super) fn then(fields: &mut Fields<'_>) -> Option<Then> {
    fields.optional("then", one_of([Then::Another], Then::word))
}

/// Where one gets after something was made: to one `more` like it, or to all that there is.
pub(super) fn after_making(event: &Event, then: Option<Then>, more: Href) -> Href {
    let next = match then {
        Some(Then::Another) => more,
        None => links::dashboard::items_and_passes(&event.event),
    };
    next.with("done", "created")
}

/// The buttons of a form that makes something.
pub(super) fn make_row(texts: Texts) -> Markup {
    button::row(html! {
        (Button::submit(texts.say("dash-save-and-more")).icon(Icon::Plus).attr("name", "then").attr("value", Then::Another.word()))
        (Button::submit(texts.say("dash-save")).primary().icon(Icon::Check))
    })
}

/// A step as a form says it.
#[derive(Debug, Clone)]
pub(super) struct StepForm {
    name: Option<Text<60>>,
    prices: BTreeMap<RateId, Amount>,
    until_at: Option<Timestamp>,
    until_sold: Option<u32>,
}

/// The steps of a schedule.
pub(super) fn steps() -> Rows<impl Kind<Value = StepForm>> {
    rows(STEPS, object(step))
}

fn step(fields: &mut Fields<'_>) -> Option<StepForm> {
    let name = fields.optional("name", line());
    let prices = fields.required("prices", map(MOST_RATES, input::rate(), amount()));
    let until_at = fields.optional("until_at", instant());
    let until_sold = fields.optional("until_sold", count(1..=MOST));
    Some(StepForm { name, prices: prices?, until_at, until_sold })
}

/// The steps as an operation takes them, with fresh identifiers; one without a name is called `unnamed`.
pub(super) fn price_steps(engine: &Engine, steps: &[StepForm], unnamed: &str) -> Vec<PriceStep> {
    let step = |step: &StepForm| {
        let name = step.name.clone().or_else(|| unnamed.parse().ok())?;
        let (prices, until_at, until_sold) = (step.prices.clone(), step.until_at, step.until_sold);
        Some(PriceStep { id: engine.fresh::<StepId>(), name, prices, until_at, until_sold })
    };
    steps.iter().filter_map(step).collect()
}

/// Whether something is on sale, as a form says it: a word, and two instants where it is `between`.
pub(super) fn live(fields: &mut Fields<'_>) -> Live {
    let word = fields.optional("live", one_of(["yes", "no", "between"], |word| word));
    let from_at = fields.optional("live_from_at", instant());
    let until_at = fields.optional("live_until_at", instant());
    match word {
        Some("yes") | None => Live::Yes,
        Some("between") => {
            fields.rising(("live_from_at", from_at.as_ref()), ("live_until_at", until_at.as_ref()));
            if from_at.is_none() && until_at.is_none() {
                fields.fault("live_from_at", Wrong::Required);
            }
            Live::Between { from_at, until_at }
        }
        Some(_) => Live::No,
    }
}

/// Places per role; both or none.
pub(super) fn roles(fields: &mut Fields<'_>) -> Option<RolePlaces> {
    let leader = fields.optional("leaders", count(0..=MOST));
    let follower = fields.optional("followers", count(0..=MOST));
    let given = (fields.has("leaders"), fields.has("followers"));
    match given {
        (true, false) => fields.fault("followers", Wrong::Required),
        (false, true) => fields.fault("leaders", Wrong::Required),
        (true, true) | (false, false) => {}
    }
    Some(RolePlaces { leader: leader?, follower: follower? })
}

/// Most tickets with something.
pub(super) fn capacity(fields: &mut Fields<'_>) -> Option<u32> {
    fields.optional("capacity", count(0..=MOST))
}

/// Fills a form with what is kept of prices, roles and sale.
pub(super) fn keep_sale(
    form: &mut Form<'_>,
    pricing: Option<&PricingSchedule>,
    (roles, capacity, live): (Option<RolePlaces>, Option<u32>, Live),
    (zone, digits): (&TimeZoneName, u32),
) {
    let steps = pricing.map(|pricing| pricing.steps.as_slice()).unwrap_or_default();
    for (index, step) in steps.iter().enumerate() {
        let name = |field: &str| format!("pricing_schedule[{index}]{field}");
        form.keep(name("[name]"), &step.name);
        form.keep_some(name("[until_at]"), step.until_at.map(|at| local(at, zone)));
        form.keep_some(name("[until_sold]"), step.until_sold);
        for (rate, amount) in &step.prices {
            form.keep(name(&format!("[prices][{rate}]")), typed_amount(*amount, digits));
        }
    }
    form.keep_some("capacity", capacity);
    form.keep_some("leaders", roles.map(|roles| roles.leader));
    form.keep_some("followers", roles.map(|roles| roles.follower));
    match live {
        Live::Yes => form.keep("live", "yes"),
        Live::No => form.keep("live", "no"),
        Live::Between { from_at, until_at } => {
            form.keep("live", "between");
            form.keep_some("live_from_at", from_at.map(|at| local(at, zone)));
            form.keep_some("live_until_at", until_at.map(|at| local(at, zone)));
        }
    }
}

/// The steps of a schedule: those that are used, one more, and the others behind a disclosure.
pub(super) fn step_fields(texts: Texts, form: &Form<'_>, event: &Event, symbol: &str) -> Markup {
    let is_used = |index: &usize| {
        let name = form.value(&format!("pricing_schedule[{index}][name]"));
        let prices = event
            .rates
            .iter()
            .any(|rate| !form.value(&format!("pricing_schedule[{index}][prices][{}]", rate.id)).is_empty());
        !name.is_empty() || prices
    };
    let used = (0..STEPS).filter(is_used).max().map_or(1, |last| last + 1);
    html! {
        div.form {
            @for index in 0..used { (one_step(texts, form, (event, symbol), index)) }
            @if used < STEPS {
                details {
                    summary class="cursor-pointer text-brand-ink" { (texts.say("dash-steps-more")) }
                    div class="form mt-4" { @for index in used..STEPS { (one_step(texts, form, (event, symbol), index)) } }
                }
            }
            @if let Some(error) = form.error("pricing_schedule") { p.field-error { (error) } }
        }
    }
}

fn one_step(texts: Texts, form: &Form<'_>, (event, symbol): (&Event, &str), index: usize) -> Markup {
    let name = |field: &str| format!("pricing_schedule[{index}]{field}");
    let (called, until_at, until_sold) = (name("[name]"), name("[until_at]"), name("[until_sold]"));
    let zone = wording::zone(texts, &event.time_zone, event.starts_at);
    form::group(
        &texts.say_with("dash-step", &[("n", (index + 1).into())]),
        html! {
            (form::row(html! {
                @for rate in &event.rates {
                    @let field = name(&format!("[prices][{}]", rate.id));
                    (form.filled(&field, Field::money(field.clone(), rate.name.as_str(), symbol)))
                }
            }))
            (form.text(&called, texts.say("dash-step-name")).optional(texts)
                .attr("placeholder", texts.say("dash-step-name-example")).attr("maxlength", "60"))
            (form::row(html! {
                (form.date_and_time(&until_at, texts.say("dash-step-until")).optional(texts).hint(zone))
                (form.number(&until_sold, texts.say("dash-step-until-sold")).optional(texts).attr("min", "1"))
            }))
        },
    )
}

/// How many there are, in all and per role.
pub(super) fn places_fields(texts: Texts, form: &Form<'_>) -> Markup {
    html! {
        div.form {
            (form.number("capacity", texts.say("dash-capacity")).optional(texts).attr("min", "0").hint(texts.say("dash-capacity-hint")))
            (form::group(&texts.say("dash-roles"), html! {
                p.field-hint { (texts.say("dash-roles-hint")) }
                (form::row(html! {
                    (form.number("leaders", texts.say("dash-leaders")).attr("min", "0"))
                    (form.number("followers", texts.say("dash-followers")).attr("min", "0"))
                }))
            }))
        }
    }
}

/// When it is on sale.
pub(super) fn live_fields(texts: Texts, form: &Form<'_>) -> Markup {
    let words = [("yes", "dash-live-yes"), ("no", "dash-live-no"), ("between", "dash-live-between")];
    html! {
        (form.select("live", texts.say("dash-live"), words.map(|(word, key)| Choice::new(word, texts.say(key)))).render())
        div data-needs="live=between" {
            (form::row(html! {
                (form.date_and_time("live_from_at", texts.say("dash-live-from")))
                (form.date_and_time("live_until_at", texts.say("dash-live-until")))
            }))
        }
    }
}
