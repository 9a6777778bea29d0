//! One pass: making, changing and deleting it; and what it saves.

use domain::catalogue::{Event, Item, Live, MOST_ITEMS, Pass, PassDraft, RolePlaces};
use domain::pricing::Options;
use domain::values::{Faults, ItemId, Ksuid, PassId, Prose, Title};
use engine::catalogue::{Removal, Stored};
use engine::once::Remember;
use engine::scope::{ShopScope, StaffScope};
use maud::{Markup, Render as _, html};

use super::events::money;
use super::frame::{Tab, event_page};
use super::item::delete_form;
use super::thing_form::{
    Start, StepForm, Then, after_making, capacity, keep_sale, live, live_fields, make_row, places_fields, price_steps,
    roles, step_fields, steps, then,
};
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, count, id, list, prose, title};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Button, Dashboard, Icon, Tone, form, message};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// A pass as its form says it.
#[derive(Debug, Clone)]
struct PassForm {
    name: Title,
    description: Prose,
    includes: Vec<ItemId>,
    steps: Vec<StepForm>,
    capacity: Option<u32>,
    roles: Option<RolePlaces>,
    live: Live,
    revision: Option<u32>,
    then: Option<Then>,
}

fn pass_form(fields: &mut Fields<'_>) -> Option<PassForm> {
    let (revision, then) = (fields.optional("revision", count(0..=u32::MAX)), then(fields));
    let name = fields.required("name", title());
    let description = fields.optional("description", prose());
    let includes = fields.required("includes", list(1..=MOST_ITEMS, id()));
    let steps = fields.required("pricing_schedule", steps());
    let (capacity, roles, live) = (capacity(fields), roles(fields), live(fields));
    Some(PassForm {
        name: name?,
        description: description.unwrap_or_default(),
        includes: includes?,
        steps: steps?,
        capacity,
        roles,
        live,
        revision,
        then,
    })
}

impl PassForm {
    fn draft(&self, visit: &Desk) -> PassDraft {
        PassDraft {
            name: self.name.clone(),
            description: self.description.clone(),
            includes: self.includes.clone(),
            steps: price_steps(visit.engine(), &self.steps, &visit.texts.say("dash-step-unnamed")),
            capacity: self.capacity,
            roles: self.roles,
            live: self.live,
        }
    }
}

/// What the form needs of its event.
async fn options_of(visit: &Desk) -> Result<Options, Problem> {
    Ok(visit.engine().read_options(&ShopScope::from(&visit.scope), visit.event()?).await?)
}

/// The form of a new pass.
pub(super) async fn show_new(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    let like = match visit.sent.typed("/like").parse::<Ksuid>() {
        Ok(id) => Some(visit.engine().read_pass(&visit.scope, visit.event()?, id.into()).await?.value),
        Err(_) => None,
    };
    Ok(show(&pass_page(&visit, &all, Start::New(like.as_ref()), None).render()))
}

/// Makes a pass.
pub(super) async fn create(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    let wanted = match visit.sent.read_in(all.event.time_zone.zone(), pass_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&pass_page(&visit, &all, Start::New(None), Some(&faults))),
    };
    let draft = wanted.draft(&visit);
    let next = |made: &Stored<Pass>| {
        let another = links::dashboard::new_pass(&all.event.event).with("like", &made.value.id.to_string());
        after_making(&all.event, wanted.then, another)
    };
    let answer = |made: &Stored<Pass>| leads_to(next(made));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().create_pass(&visit.scope, visit.event()?, &draft, &remember).await {
        Ok(made) => Ok(go(next(&made))),
        Err(stop) => again(&pass_page(&visit, &all, Start::New(None), Some(&refused(stop)?))),
    }
}

/// The form of a pass.
pub(super) async fn show_pass(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    let pass = visit.engine().read_pass(&visit.scope, visit.event()?, visit.id::<PassId>()?).await?;
    Ok(show(&pass_page(&visit, &all, Start::Kept(&pass), None).render()))
}

/// Keeps what was changed.
pub(super) async fn save(visit: Desk) -> Shown {
    let all = options_of(&visit).await?;
    let pass = visit.engine().read_pass(&visit.scope, visit.event()?, visit.id::<PassId>()?).await?;
    let wanted = match visit.sent.read_in(all.event.time_zone.zone(), pass_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&pass_page(&visit, &all, Start::Kept(&pass), Some(&faults))),
    };
    let which = (visit.event()?, pass.value.id);
    let edit = |_: &Pass| Ok(wanted.draft(&visit));
    match visit.engine().update_pass(&visit.scope, which, wanted.revision.map(u64::from), &edit).await {
        Ok(_) => Ok(go(links::dashboard::items_and_passes(&all.event.event).with("done", "saved"))),
        Err(stop) => again(&pass_page(&visit, &all, Start::Kept(&pass), Some(&refused(stop)?))),
    }
}

/// Deletes a pass; one that was sold is archived.
pub(super) async fn delete(visit: Desk) -> Shown {
    let done = match visit.engine().delete_pass(&visit.scope, visit.event()?, visit.id()?).await? {
        Removal::Removed => "deleted",
        Removal::Archived(_) => "archived",
    };
    let event = visit.scope.event(visit.event()?);
    Ok(go(links::dashboard::items_and_passes(&event).with("done", done)))
}

fn pass_page(visit: &Desk, all: &Options, start: Start<'_, Pass>, faults: Option<&Faults>) -> Dashboard<'static> {
    let (texts, event) = (visit.texts, &all.event);
    let currency = visit.scope.organisation().currency;
    let mut form = Form::new(texts, &visit.sent, faults);
    match start {
        Start::Kept(pass) => {
            form.keep("name", &pass.value.name);
            keep_pass(&mut form, &pass.value, event, currency.digits());
        }
        Start::New(Some(like)) => keep_pass(&mut form, like, event, currency.digits()),
        Start::New(None) => form.keep("live", "yes"),
    }
    let pass = start.kept();
    let action = match pass {
        Some(pass) => links::dashboard::pass(&event.event, pass.value.id),
        None => links::dashboard::new_pass(&event.event),
    };
    let title = pass.map_or_else(|| texts.say("dash-new-pass"), |pass| pass.value.name.to_string());
    let content = html! {
        (form.summary())
        @if let Some(pass) = pass { (saving(visit, all, &pass.value)) }
        form method="post" action=(action) {
            @match pass {
                Some(pass) => input type="hidden" name="revision" value=(pass.revision);,
                None => (visit.once_field()),
            }
            (form::section(&texts.say("dash-pass-what"), &texts.say("dash-pass-what-about"), what(texts, &form, all)))
            (form::section(&texts.say("dash-prices"), &texts.say("dash-pass-prices-about"), step_fields(texts, &form, event, &currency.symbol())))
            (form::section(&texts.say("dash-places"), &texts.say("dash-places-about"), places_fields(texts, &form)))
            (form::section(&texts.say("dash-on-sale"), &texts.say("dash-on-sale-about"), html! { div.form { (live_fields(texts, &form)) } }))
            @if pass.is_some() { (save_row(texts)) } @else { (make_row(texts)) }
        }
        @if let Some(pass) = pass {
            (delete_form(texts, &links::dashboard::pass(&event.event, pass.value.id).then("delete"), "dash-delete-pass-about"))
        }
    };
    let page = event_page(visit, event, Some(Tab::Items), title).content(content);
    match pass {
        Some(pass) => {
            let like = links::dashboard::new_pass(&event.event).with("like", &pass.value.id.to_string());
            page.actions(Button::link(like, texts.say("dash-like-pass")).icon(Icon::Copy))
        }
        None => page,
    }
}

fn keep_pass(form: &mut Form<'_>, pass: &Pass, event: &Event, digits: u32) {
    form.keep("description", &pass.description);
    for item in &pass.includes {
        form.keep("includes", item);
    }
    let sale = (pass.roles, pass.capacity, pass.live);
    keep_sale(form, Some(&pass.pricing), sale, (&event.time_zone, digits));
}

fn what(texts: Texts, form: &Form<'_>, all: &Options) -> Markup {
    let mut items: Vec<&Item> = all.items.iter().collect();
    items.sort_by_key(|item| (item.day.is_none(), item.day, item.position));
    let card = |item: &&Item| {
        let kind = wording::kind(texts, item.kind);
        let detail = item.day.map_or_else(|| kind.clone(), |day| format!("{}, {kind}", wording::item_day(texts, day)));
        Card::new(item.id.to_string(), item.name.to_string()).detail(detail)
    };
    let mut ticks = Choices::several("includes", texts.say("dash-includes"), items.iter().map(card));
    for item in items.iter().map(|item| item.id.to_string()).filter(|item| form.has("includes", item)) {
        ticks = ticks.chosen(item);
    }
    html! {
        div.form {
            (form.text("name", texts.say("dash-name")).required())
            (form.area("description", texts.say("dash-setup-description"), 3).optional(texts))
            @if items.is_empty() {
                (message::notice(Tone::Warning, &texts.say("dash-no-items"), html! { (texts.say("dash-no-items-more")) }))
            } @else {
                (ticks.error(form.error("includes")))
            }
        }
    }
}

/// What a pass saves now, at each rate.
fn saving(visit: &Desk, all: &Options, pass: &Pass) -> Markup {
    let savings = all.savings(pass, visit.engine().now());
    let sentence = savings.iter().map(|(rate, saving)| {
        let name = all.event.rate(rate).map_or_else(|| rate.to_string(), |rate| rate.name.to_string());
        format!("{name}: {}", money(visit, *saving))
    });
    let sentence: Vec<String> = sentence.collect();
    if sentence.is_empty() {
        return html! {};
    }
    message::notice(Tone::Info, &visit.texts.say("dash-saving"), html! { (sentence.join(" · ")) })
}
