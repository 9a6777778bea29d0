//! Rules for wristbands: an ordered list that says what the door hands out, and what it comes to for the tickets sold.

use domain::catalogue::{Event, Item, Pass, RateId};
use domain::door::{Rest, Skip, When, Wristband, WristbandRule};
use domain::organisations::Colour;
use domain::values::{Fault, Faults, Ksuid, Pointer, Text};
use engine::door::Combination;
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use super::frame::{Tab, event_page};
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, colour, flag, id, line, list as list_of, rate};
use crate::links;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Button, Column, Dashboard, Empty, Field, Icon, Row, Table, button, form};
use crate::visit::{Shown, Visit, go, show};

type Desk = Visit<StaffScope>;

/// Most things that a rule asks for.
const MOST_THINGS: usize = 200;
/// Combinations of what was sold that are shown.
const SHOWN: usize = 12;

/// An event with what its rules can be about.
struct Stage {
    event: Event,
    items: Vec<Item>,
    passes: Vec<Pass>,
}

impl Stage {
    async fn of(visit: &Desk) -> Result<Self, Problem> {
        let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
        let (items, passes) = visit.engine().read_things(&visit.scope, visit.event()?).await?;
        let items = items.into_iter().map(|item| item.value).collect();
        Ok(Self { event, items, passes: passes.into_iter().map(|pass| pass.value).collect() })
    }

    fn rules(&self) -> &[WristbandRule] {
        &self.event.wristbands
    }

    fn name(&self, thing: Ksuid) -> String {
        let item = self.items.iter().find(|item| item.id.0 == thing).map(|item| item.name.to_string());
        let pass = || self.passes.iter().find(|pass| pass.id.0 == thing).map(|pass| pass.name.to_string());
        item.or_else(pass).unwrap_or_else(|| thing.to_string())
    }

    fn names(&self, things: impl IntoIterator<Item = Ksuid>) -> String {
        things.into_iter().map(|thing| self.name(thing)).collect::<Vec<_>>().join(", ")
    }

    fn rate(&self, id: &RateId) -> String {
        self.event.rate(id).map_or_else(|| id.to_string(), |rate| rate.name.to_string())
    }
}

/// Where in the list the rule of the path is; none for a new one.
fn place_of(visit: &Desk, stage: &Stage) -> Result<Option<usize>, Problem> {
    match visit.names.text()? {
        "new" => Ok(None),
        text => {
            let place = text.parse::<usize>().ok().filter(|place| *place < stage.rules().len());
            place.map(Some).ok_or_else(Problem::not_found)
        }
    }
}

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let stage = Stage::of(&visit).await?;
    let texts = visit.texts;
    let content = if stage.rules().is_empty() {
        Empty::new(Icon::Wristband, texts.say("dash-bands-none"), texts.say("dash-bands-none-more")).render()
    } else {
        let sold = visit.engine().preview_wristbands(&visit.scope, visit.event()?, stage.rules()).await;
        html! {
            (table(&visit, &stage))
            @if let Ok(sold) = &sold { (preview(texts, &stage, sold)) }
        }
    };
    let new = links::dashboard::wristband(&stage.event.event, "new");
    let page = event_page(&visit, &stage.event, Some(Tab::Wristbands), texts.say("dash-wristbands"));
    let add = Button::link(new, texts.say("dash-new-rule")).primary().icon(Icon::Plus);
    Ok(show(&page.actions(add).content(content).render()))
}

fn table(visit: &Desk, stage: &Stage) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-band")),
        Column::new(texts.say("dash-for-whom")),
        Column::new(texts.say("dash-then-not")),
        Column::new(texts.say("dash-order-of-rules")).bare(),
    ];
    let last = stage.rules().len().saturating_sub(1);
    let rows = stage.rules().iter().enumerate().map(|(index, rule)| {
        let here = links::dashboard::wristband(&stage.event.event, &index.to_string());
        Row::new([
            band(&rule.hand_out),
            html! { (when(texts, stage, &rule.when)) },
            html! { (skip(texts, &rule.skip)) },
            html! {
                div.btn-row {
                    (mover(texts, &here, ("up", "dash-move-up", Icon::Up), index == 0))
                    (mover(texts, &here, ("down", "dash-move-down", Icon::Down), index == last))
                    form method="post" action=(here.clone().then("remove")) {
                        (Button::submit(texts.say("dash-remove")).small().quiet().only_icon(Icon::Delete))
                    }
                }
            },
        ])
        .link(here)
    });
    html! {
        p class="mb-4 text-ink-2" { (texts.say("dash-bands-about")) }
        (Table::new(texts, texts.say("dash-wristbands")).columns(columns).rows(rows))
    }
}

fn mover(texts: Texts, here: &links::Href, (to, key, icon): (&str, &str, Icon), is_at_end: bool) -> Markup {
    let button = Button::submit(texts.say(key)).small().quiet().only_icon(icon);
    html! {
        form method="post" action=(here.clone().then("move")) {
            input type="hidden" name="to" value=(to);
            @if is_at_end { (button.disabled()) } @else { (button) }
        }
    }
}

fn band(band: &Wristband) -> Markup {
    html! {
        span class="inline-flex items-center gap-2" {
            svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false" {
                rect width="10" height="10" rx="3" fill=(band.colour.as_str()) {}
            }
            span { (band.name) span class="block text-sm text-ink-2" { (band.material) } }
        }
    }
}

fn when(texts: Texts, stage: &Stage, when: &When) -> String {
    let mut parts = Vec::new();
    if !when.all.is_empty() {
        parts.push(texts.say_with("dash-when-all", &[("things", stage.names(when.all.iter().copied()).into())]));
    }
    if !when.any.is_empty() {
        parts.push(texts.say_with("dash-when-any", &[("things", stage.names(when.any.iter().copied()).into())]));
    }
    if !when.rates.is_empty() {
        let rates: Vec<String> = when.rates.iter().map(|id| stage.rate(id)).collect();
        parts.push(texts.say_with("dash-when-rates", &[("rates", rates.join(", ").into())]));
    }
    if parts.is_empty() { texts.say("dash-when-everybody") } else { parts.join("; ") }
}

fn skip(texts: Texts, skip: &Skip) -> String {
    match skip {
        Skip::Rest(Rest::Rest) => texts.say("dash-skip-rest"),
        Skip::Named(names) if names.is_empty() => String::from("–"),
        Skip::Named(names) => names.iter().map(Text::as_str).collect::<Vec<_>>().join(", "),
    }
}

/// What the rules come to for what was sold so far.
fn preview(texts: Texts, stage: &Stage, sold: &[Combination]) -> Markup {
    if sold.is_empty() {
        return html! {};
    }
    let columns = [
        Column::new(texts.say("dash-holds")),
        Column::new(texts.say("dash-rate")),
        Column::new(texts.say("dash-tickets")).numeric(),
        Column::new(texts.say("dash-gets")),
    ];
    let rows = sold.iter().take(SHOWN).map(|one| {
        Row::new([
            html! { (stage.names(one.holdings.things.iter().copied())) },
            html! { (stage.rate(&one.holdings.rate)) },
            html! { (one.tickets) },
            html! {
                div class="grid gap-1" { @for given in &one.bands { (band(given)) } }
                @if one.bands.is_empty() { (texts.say("dash-gets-nothing")) }
            },
        ])
    });
    html! {
        section.page-section {
            h2.section-title { (texts.say("dash-bands-preview")) }
            (Table::new(texts, texts.say("dash-bands-preview")).columns(columns).rows(rows))
        }
    }
}

/// The form of a rule.
pub(super) async fn show_rule(visit: Desk) -> Shown {
    let stage = Stage::of(&visit).await?;
    let place = place_of(&visit, &stage)?;
    Ok(show(&rule_page(&visit, &stage, place, None).render()))
}

/// Keeps a rule, or adds it at the end.
pub(super) async fn save(visit: Desk) -> Shown {
    let stage = Stage::of(&visit).await?;
    let place = place_of(&visit, &stage)?;
    let rule = match visit.sent.read(rule_form) {
        Ok(rule) => rule,
        Err(faults) => return again(&rule_page(&visit, &stage, place, Some(&faults))),
    };
    let mut rules = stage.rules().to_vec();
    match place.and_then(|place| rules.get_mut(place)) {
        Some(kept) => *kept = rule,
        None => rules.push(rule),
    }
    match visit.engine().set_wristbands(&visit.scope, visit.event()?, rules).await {
        Ok(_) => Ok(back(&stage, "saved")),
        Err(stop) => {
            let faults: Faults = refused(stop)?.into_iter().map(at_the_form).collect();
            again(&rule_page(&visit, &stage, place, Some(&faults)))
        }
    }
}

/// Moves a rule up or down.
pub(super) async fn move_rule(visit: Desk) -> Shown {
    let stage = Stage::of(&visit).await?;
    let place = place_of(&visit, &stage)?.ok_or_else(Problem::not_found)?;
    let other = match visit.sent.typed("/to") {
        "up" => place.checked_sub(1),
        _ => Some(place + 1),
    };
    let mut rules = stage.rules().to_vec();
    if let Some(other) = other.filter(|other| *other < rules.len()) {
        rules.swap(place, other);
        visit.engine().set_wristbands(&visit.scope, visit.event()?, rules).await?;
    }
    Ok(back(&stage, "moved"))
}

/// Removes a rule, and its name from what others skip.
pub(super) async fn remove(visit: Desk) -> Shown {
    let stage = Stage::of(&visit).await?;
    let place = place_of(&visit, &stage)?.ok_or_else(Problem::not_found)?;
    let mut rules = stage.rules().to_vec();
    let gone = rules.remove(place).hand_out.name;
    for rule in &mut rules {
        if let Skip::Named(names) = &mut rule.skip {
            names.retain(|name| *name != gone);
        }
    }
    visit.engine().set_wristbands(&visit.scope, visit.event()?, rules).await?;
    Ok(back(&stage, "removed"))
}

fn back(stage: &Stage, done: &str) -> axum::response::Response {
    go(links::dashboard::wristbands(&stage.event.event).with("done", done))
}

/// `/rules/2/hand_out/name` is the form's `/name`, `/rules/2/when/all/0` its `/all`.
fn at_the_form(fault: Fault) -> Fault {
    let mut parts = fault.at.as_str().split('/').skip(3);
    let own = match (parts.next(), parts.next()) {
        (Some("hand_out" | "when"), Some(field)) => Some(Pointer::to(field)),
        (Some("skip"), _) => Some(Pointer::to("skip")),
        _ => None,
    };
    Fault { at: own.unwrap_or(fault.at), wrong: fault.wrong }
}

fn rule_form(fields: &mut Fields<'_>) -> Option<WristbandRule> {
    let name: Option<Text<60>> = fields.required("name", line());
    let colour: Option<Colour> = fields.required("colour", colour());
    let material: Option<Text<60>> = fields.required("material", line());
    let all: Option<Vec<Ksuid>> = fields.optional("all", list_of(0..=MOST_THINGS, id()));
    let any: Option<Vec<Ksuid>> = fields.optional("any", list_of(0..=MOST_THINGS, id()));
    let rates: Option<Vec<RateId>> = fields.optional("rates", list_of(0..=4, rate()));
    let named: Option<Vec<Text<60>>> = fields.optional("skip", list_of(0..=MOST_THINGS, line()));
    let rest = fields.optional("skip_rest", flag());
    let skip = if rest == Some(true) { Skip::Rest(Rest::Rest) } else { Skip::Named(named.unwrap_or_default()) };
    let when = When { all: all.unwrap_or_default(), any: any.unwrap_or_default(), rates: rates.unwrap_or_default() };
    Some(WristbandRule { when, hand_out: Wristband { name: name?, colour: colour?, material: material? }, skip })
}

fn rule_page(visit: &Desk, stage: &Stage, place: Option<usize>, faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    let rule = place.and_then(|place| stage.rules().get(place));
    match rule {
        Some(rule) => keep_rule(&mut form, rule),
        None => form.keep("colour", "#c8313f"),
    }
    let here = place.map_or_else(|| "new".to_owned(), |place| place.to_string());
    let title = rule.map_or_else(|| texts.say("dash-new-rule"), |rule| rule.hand_out.name.to_string());
    let things =
        stage.items.iter().filter(|item| item.archived_at.is_none()).map(|item| (item.id.0, item.name.to_string()));
    let passes = stage.passes.iter().filter(|pass| pass.archived_at.is_none());
    let things: Vec<(String, String)> = passes
        .map(|pass| (pass.id.0, pass.name.to_string()))
        .chain(things)
        .map(|(id, name)| (id.to_string(), name))
        .collect();
    let rates: Vec<(String, String)> =
        stage.event.rates.iter().map(|rate| (rate.id.to_string(), rate.name.to_string())).collect();
    let others = stage.rules().iter().enumerate().filter(|(index, _)| Some(*index) != place);
    let others: Vec<(String, String)> =
        others.map(|(_, rule)| (rule.hand_out.name.to_string(), rule.hand_out.name.to_string())).collect();
    let content = html! {
        (form.summary())
        form method="post" action=(links::dashboard::wristband(&stage.event.event, &here)) {
            (form::section(&texts.say("dash-band"), &texts.say("dash-band-about"), band_fields(texts, &form)))
            (form::section(&texts.say("dash-for-whom"), &texts.say("dash-for-whom-about"), html! {
                div.form {
                    (ticks(texts, &form, ("all", "dash-holds-all"), &things))
                    (ticks(texts, &form, ("any", "dash-holds-any"), &things))
                    (ticks(texts, &form, ("rates", "dash-at-rates"), &rates))
                }
            }))
            (form::section(&texts.say("dash-then-not"), &texts.say("dash-then-not-about"), html! {
                div.form {
                    (form.tick("skip_rest", texts.say("dash-skip-rest")))
                    @if !others.is_empty() { (ticks(texts, &form, ("skip", "dash-skip-these"), &others)) }
                }
            }))
            (save_row(texts))
        }
        (button::row(html! {
            (Button::link(links::dashboard::wristbands(&stage.event.event), texts.say("cancel")).quiet())
        }))
    };
    event_page(visit, &stage.event, Some(Tab::Wristbands), title).content(content)
}

fn keep_rule(form: &mut Form<'_>, rule: &WristbandRule) {
    form.keep("name", &rule.hand_out.name);
    form.keep("colour", rule.hand_out.colour.as_str());
    form.keep("material", &rule.hand_out.material);
    rule.when.all.iter().for_each(|id| form.keep("all", id));
    rule.when.any.iter().for_each(|id| form.keep("any", id));
    rule.when.rates.iter().for_each(|id| form.keep("rates", id));
    match &rule.skip {
        Skip::Rest(Rest::Rest) => form.keep("skip_rest", "on"),
        Skip::Named(names) => names.iter().for_each(|name| form.keep("skip", name)),
    }
}

fn band_fields(texts: Texts, form: &Form<'_>) -> Markup {
    html! {
        div.form {
            (form.text("name", texts.say("dash-name")).required().attr("maxlength", "60"))
            (form::row(html! {
                (form.filled("colour", Field::colour("colour", texts.say("dash-colour"))))
                (form.text("material", texts.say("dash-material")).required().attr("maxlength", "60")
                    .attr("placeholder", texts.say("dash-material-example")))
            }))
        }
    }
}

fn ticks(texts: Texts, form: &Form<'_>, (name, legend): (&'static str, &str), all: &[(String, String)]) -> Markup {
    let cards = all.iter().map(|(value, label)| Card::new(value.clone(), label.clone()));
    let choices = Choices::several(name, texts.say(legend), cards).error(form.error(name));
    let chosen = all.iter().map(|(value, _)| value.clone()).filter(|value| form.has(name, value));
    chosen.fold(choices, Choices::chosen).render()
}
