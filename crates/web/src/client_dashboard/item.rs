//! One item: making, changing and deleting it.

use domain::catalogue::{Day, Event, Item, ItemDraft, Kind, Live, RolePlaces};
use domain::door::festival_day;
use domain::values::{Faults, ItemId, Ksuid, Pointer, Prose, Title};
use engine::catalogue::{Removal, Stored};
use engine::once::Remember;
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use super::frame::{Tab, event_page};
use super::thing_form::{
    Start, StepForm, Then, after_making, capacity, keep_sale, live, live_fields, make_row, places_fields, price_steps,
    roles, step_fields, steps, then,
};
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, count, day, flag, one_of, prose, title};
use crate::texts::Texts;
use crate::ui::{Button, Choice, Dashboard, Icon, form};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Most days that are offered.
const MOST_DAYS: usize = 60;

/// An item as its form says it.
#[derive(Debug, Clone)]
struct ItemForm {
    name: Title,
    description: Prose,
    kind: Kind,
    day: Option<Day>,
    steps: Vec<StepForm>,
    capacity: Option<u32>,
    roles: Option<RolePlaces>,
    live: Live,
    sold_alone: bool,
    revision: Option<u32>,
    then: Option<Then>,
}

fn item_form(fields: &mut Fields<'_>) -> Option<ItemForm> {
    let (revision, then) = (fields.optional("revision", count(0..=u32::MAX)), then(fields));
    let name = fields.required("name", title());
    let description = fields.optional("description", prose());
    let kind = fields.required("kind", one_of(Kind::ALL, Kind::word));
    let day = fields.optional("day", day());
    let steps = fields.optional("pricing_schedule", steps());
    let (capacity, roles, live) = (capacity(fields), roles(fields), live(fields));
    let sold_alone = fields.optional("sold_alone", flag());
    Some(ItemForm {
        name: name?,
        description: description.unwrap_or_default(),
        kind: kind?,
        day,
        steps: steps.unwrap_or_default(),
        capacity,
        roles,
        live,
        sold_alone: sold_alone.unwrap_or_default(),
        revision,
        then,
    })
}

impl ItemForm {
    fn draft(&self, visit: &Desk) -> ItemDraft {
        let steps = price_steps(visit.engine(), &self.steps, &visit.texts.say("dash-step-unnamed"));
        ItemDraft {
            name: self.name.clone(),
            description: self.description.clone(),
            kind: self.kind,
            day: self.day,
            steps: Some(steps).filter(|steps| !steps.is_empty()),
            steps_at: Pointer::to("pricing_schedule"),
            capacity: self.capacity,
            roles: self.roles,
            live: self.live,
            sold_alone: self.sold_alone,
        }
    }
}

/// The form of a new item.
pub(super) async fn show_new(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
    let like = match visit.sent.typed("/like").parse::<Ksuid>() {
        Ok(id) => Some(visit.engine().read_item(&visit.scope, visit.event()?, id.into()).await?.value),
        Err(_) => None,
    };
    Ok(show(&item_page(&visit, &event, Start::New(like.as_ref()), None).render()))
}

/// Makes an item.
pub(super) async fn create(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
    let wanted = match visit.sent.read_in(event.time_zone.zone(), item_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&item_page(&visit, &event, Start::New(None), Some(&faults))),
    };
    let draft = wanted.draft(&visit);
    let next = |made: &Stored<Item>| {
        let another = links::dashboard::new_item(&event.event).with("like", &made.value.id.to_string());
        after_making(&event, wanted.then, another)
    };
    let answer = |made: &Stored<Item>| leads_to(next(made));
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().create_item(&visit.scope, visit.event()?, &draft, &remember).await {
        Ok(made) => Ok(go(next(&made))),
        Err(stop) => again(&item_page(&visit, &event, Start::New(None), Some(&refused(stop)?))),
    }
}

/// The form of an item.
pub(super) async fn show_item(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
    let item = visit.engine().read_item(&visit.scope, visit.event()?, visit.id::<ItemId>()?).await?;
    Ok(show(&item_page(&visit, &event, Start::Kept(&item), None).render()))
}

/// Keeps what was changed.
pub(super) async fn save(visit: Desk) -> Shown {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
    let item = visit.engine().read_item(&visit.scope, visit.event()?, visit.id::<ItemId>()?).await?;
    let wanted = match visit.sent.read_in(event.time_zone.zone(), item_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&item_page(&visit, &event, Start::Kept(&item), Some(&faults))),
    };
    let which = (visit.event()?, item.value.id);
    let edit = |_: &Item| Ok(wanted.draft(&visit));
    match visit.engine().update_item(&visit.scope, which, wanted.revision.map(u64::from), &edit).await {
        Ok(_) => Ok(go(links::dashboard::items_and_passes(&event.event).with("done", "saved"))),
        Err(stop) => again(&item_page(&visit, &event, Start::Kept(&item), Some(&refused(stop)?))),
    }
}

/// Deletes an item; one that was sold is archived.
pub(super) async fn delete(visit: Desk) -> Shown {
    let event = visit.scope.event(visit.event()?);
    let id = visit.id::<ItemId>()?;
    let done = match visit.engine().delete_item(&visit.scope, visit.event()?, id).await {
        Ok(Removal::Removed) => "deleted",
        Ok(Removal::Archived(_)) => "archived",
        Err(stop) => {
            let faults = refused(stop)?;
            let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
            let item = visit.engine().read_item(&visit.scope, visit.event()?, id).await?;
            return again(&refusal_page(&visit, &event, &item, &faults));
        }
    };
    Ok(go(links::dashboard::items_and_passes(&event).with("done", done)))
}

/// The form as it is kept, with why it was not deleted.
fn refusal_page(visit: &Desk, event: &Event, item: &Stored<Item>, faults: &Faults) -> Dashboard<'static> {
    let why = Form::new(visit.texts, &visit.sent, Some(faults)).summary();
    let title = item.value.name.to_string();
    let content = html! { (why) (fields_of(visit, event, Start::Kept(item), None)) };
    event_page(visit, event, Some(Tab::Items), title).content(content)
}

fn item_page(visit: &Desk, event: &Event, start: Start<'_, Item>, faults: Option<&Faults>) -> Dashboard<'static> {
    let texts = visit.texts;
    let page =
        |title| event_page(visit, event, Some(Tab::Items), title).content(fields_of(visit, event, start, faults));
    match start {
        Start::New(_) => page(texts.say("dash-new-item")),
        Start::Kept(item) => {
            let like = links::dashboard::new_item(&event.event).with("like", &item.value.id.to_string());
            page(item.value.name.to_string()).actions(Button::link(like, texts.say("dash-like-item")).icon(Icon::Copy))
        }
    }
}

fn fields_of(visit: &Desk, event: &Event, start: Start<'_, Item>, faults: Option<&Faults>) -> Markup {
    let (texts, currency) = (visit.texts, visit.scope.organisation().currency);
    let mut form = Form::new(texts, &visit.sent, faults);
    match start {
        Start::Kept(item) => {
            form.keep("name", &item.value.name);
            keep_item(&mut form, &item.value, event, currency.digits());
        }
        Start::New(Some(like)) => keep_item(&mut form, like, event, currency.digits()),
        Start::New(None) => {
            form.keep("kind", Kind::Party.word());
            form.keep("live", "yes");
            form.keep("sold_alone", "on");
        }
    }
    let item = start.kept();
    let action = match item {
        Some(item) => links::dashboard::item(&event.event, item.value.id),
        None => links::dashboard::new_item(&event.event),
    };
    html! {
        (form.summary())
        form method="post" action=(action) {
            @match item {
                Some(item) => input type="hidden" name="revision" value=(item.revision);,
                None => (visit.once_field()),
            }
            (form::section(&texts.say("dash-item-what"), &texts.say("dash-item-what-about"), what(texts, &form, event)))
            (form::section(&texts.say("dash-prices"), &texts.say("dash-item-prices-about"), html! {
                (step_fields(texts, &form, event, &currency.symbol()))
                div class="mt-4" { (form.tick("sold_alone", texts.say("dash-sold-alone")).hint(texts.say("dash-sold-alone-hint"))) }
            }))
            (form::section(&texts.say("dash-places"), &texts.say("dash-places-about"), places_fields(texts, &form)))
            (form::section(&texts.say("dash-on-sale"), &texts.say("dash-on-sale-about"), html! { div.form { (live_fields(texts, &form)) } }))
            @if item.is_some() { (save_row(texts)) } @else { (make_row(texts)) }
        }
        @if let Some(item) = item {
            (delete_form(texts, &links::dashboard::item(&event.event, item.value.id).then("delete"), "dash-delete-item-about"))
        }
    }
}

/// The way to get rid of an item or a pass, and what that means.
pub(super) fn delete_form(texts: Texts, action: &links::Href, about: &str) -> Markup {
    html! {
        (form::section(&texts.say("dash-delete"), &texts.say(about), html! {
            form method="post" action=(action) { (Button::submit(texts.say("dash-delete")).danger().icon(Icon::Delete)) }
        }))
    }
}

fn keep_item(form: &mut Form<'_>, item: &Item, event: &Event, digits: u32) {
    form.keep("description", &item.description);
    form.keep("kind", item.kind.word());
    form.keep_some("day", item.day);
    form.keep_some("sold_alone", item.sold_alone.then_some("on"));
    let sale = (item.roles, item.capacity, item.live);
    keep_sale(form, item.pricing.as_ref(), sale, (&event.time_zone, digits));
}

fn what(texts: Texts, form: &Form<'_>, event: &Event) -> Markup {
    let kinds = Kind::ALL.map(|kind| Choice::new(kind.word(), wording::kind(texts, kind)));
    let mut days = vec![Choice::new("", texts.say("dash-no-day")), Choice::new("all", texts.say("wording-every-day"))];
    let kept = form.value("day").parse::<Day>().ok();
    days.extend(
        days_of(event, kept).into_iter().map(|day| Choice::new(day.to_string(), wording::item_day(texts, day))),
    );
    html! {
        div.form {
            (form.text("name", texts.say("dash-name")).required())
            (form.area("description", texts.say("dash-setup-description"), 3).optional(texts))
            (form::row(html! {
                (form.select("kind", texts.say("dash-kind"), kinds).required())
                (form.select("day", texts.say("dash-day"), days))
            }))
        }
    }
}

/// The festival days of an event, and one that is chosen although it is none of them.
fn days_of(event: &Event, chosen: Option<Day>) -> Vec<Day> {
    let zone = event.time_zone.zone();
    let (first, last) = (festival_day(event.starts_at, &zone), festival_day(event.ends_at, &zone));
    let days = first.series(jiff::Span::new().days(1)).take(MOST_DAYS).take_while(|day| *day <= last);
    let mut days: Vec<Day> = days.map(Day::On).collect();
    let other = chosen.filter(|day| matches!(day, Day::On(_)) && !days.contains(day));
    days.extend(other);
    days.sort();
    days
}
