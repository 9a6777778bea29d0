//! Doors: the list, one for each day in one press, making and changing one.

use domain::catalogue::{Event, Item};
use domain::door::{Door, DoorDraft, GREATEST_TOLERANCE_MINUTES};
use domain::people::Permission;
use domain::values::{DoorId, Faults};
use engine::catalogue::Stored;
use engine::once::Remember;
use engine::scope::StaffScope;
use jiff::civil::Date;
use maud::{Markup, Render as _, html};

use super::frame::{Tab, event_page};
use super::item::delete_form;
use super::setup_form::local;
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, count, flag, id, instant, list as list_of, title};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::choice::{Card, Choices};
use crate::ui::{Button, Column, Dashboard, Empty, Icon, Row, Table, button, form};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Most items of a door.
const MOST_ITEMS: usize = 200;

/// The page.
pub(super) async fn list(visit: Desk) -> Shown {
    let (event, items) = event_and_items(&visit).await?;
    let doors = visit.engine().list_doors(&visit.scope, visit.event()?).await?;
    let texts = visit.texts;
    let edits = visit.scope.role().may(Permission::EditEvents);
    let content = html! {
        @if doors.is_empty() {
            @let empty = Empty::new(Icon::Door, texts.say("dash-doors-none"), texts.say("dash-doors-none-more"));
            @if edits { (empty.actions(by_day_form(texts, &event))) } @else { (empty) }
        } @else { (table(&visit, &event, &items, &doors)) }
    };
    let mut page = event_page(&visit, &event, Some(Tab::Doors), texts.say("dash-doors")).content(content);
    if edits {
        page = page.actions(button::row(html! {
            @if !doors.is_empty() { (by_day_form(texts, &event)) }
            (Button::link(links::dashboard::new_door(&event.event), texts.say("dash-new-door")).primary().icon(Icon::Plus))
        }));
    }
    Ok(show(&page.render()))
}

async fn event_and_items(visit: &Desk) -> Result<(Event, Vec<Item>), Problem> {
    let event = visit.engine().read_event(&visit.scope, visit.event()?).await?.value;
    let (items, _) = visit.engine().read_things(&visit.scope, visit.event()?).await?;
    let mut items: Vec<Item> = items.into_iter().map(|item| item.value).collect();
    items.sort_by_key(|item| (item.day.is_none(), item.day, item.position));
    Ok((event, items))
}

fn by_day_form(texts: Texts, event: &Event) -> Markup {
    html! {
        form method="post" action=(links::dashboard::day_doors(&event.event)) {
            (Button::submit(texts.say("dash-doors-by-day")).icon(Icon::CalendarDays))
        }
    }
}

fn table(visit: &Desk, event: &Event, items: &[Item], doors: &[Stored<Door>]) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-door")),
        Column::new(texts.say("dash-open")),
        Column::new(texts.say("dash-admits-to")),
        Column::new(texts.say("dash-reentry")),
        Column::new(texts.say("dash-scanner")).bare(),
    ];
    let edits = visit.scope.role().may(Permission::EditEvents);
    let rows = doors.iter().map(|door| {
        let door = &door.value;
        let names: Vec<&str> =
            items.iter().filter(|item| door.items.contains(&item.id)).map(|item| item.name.as_str()).collect();
        let scanner = links::dashboard::scanner(&event.event).with("door", &door.id.to_string());
        let row = Row::new([
            html! { (door.name) },
            html! { (open_hours(texts, event, door)) },
            html! { (names.join(", ")) },
            html! { (texts.say(if door.reentry { "dash-yes" } else { "dash-no" })) },
            html! { (Button::link(scanner, texts.say("dash-scanner")).small().icon(Icon::Scan)) },
        ]);
        if edits { row.link(links::dashboard::door(&event.event, door.id)) } else { row }
    });
    Table::new(texts, texts.say("dash-doors")).columns(columns).rows(rows).render()
}

fn open_hours(texts: Texts, event: &Event, door: &Door) -> String {
    let said = |at| wording::day_and_time(texts, at, &event.time_zone);
    match (door.opens_at, door.closes_at) {
        (Some(from), Some(to)) => format!("{} – {}", said(from), said(to)),
        (Some(from), None) => texts.say_with("dash-open-from", &[("at", said(from).into())]),
        (None, Some(to)) => texts.say_with("dash-open-until", &[("at", said(to).into())]),
        (None, None) => texts.say("dash-open-always"),
    }
}

/// Makes a door for each day of the items.
pub(super) async fn make_by_day(visit: Desk) -> Shown {
    let texts = visit.texts;
    let name = move |day: Option<Date>| match day {
        Some(day) => texts.say_with("dash-door-of-day", &[("day", wording::day(texts, day).into())]),
        None => texts.say("dash-door-only"),
    };
    let made = visit.engine().make_day_doors(&visit.scope, visit.event()?, &name).await?;
    let event = visit.scope.event(visit.event()?);
    let done = if made.is_empty() { "no-doors" } else { "doors-made" };
    Ok(go(links::dashboard::doors(&event).with("done", done)))
}

/// The form of a new door.
pub(super) async fn show_new(visit: Desk) -> Shown {
    let (event, items) = event_and_items(&visit).await?;
    Ok(show(&door_page(&visit, (&event, &items), None, None).render()))
}

/// Makes a door.
pub(super) async fn create(visit: Desk) -> Shown {
    let (event, items) = event_and_items(&visit).await?;
    let wanted = match visit.sent.read_in(event.time_zone.zone(), door_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&door_page(&visit, (&event, &items), None, Some(&faults))),
    };
    let next = || links::dashboard::doors(&event.event).with("done", "created");
    let answer = |_: &Stored<Door>| leads_to(next());
    let remember = Remember::new(visit.once.clone(), &answer);
    match visit.engine().create_door(&visit.scope, visit.event()?, &wanted.draft, &remember).await {
        Ok(_) => Ok(go(next())),
        Err(stop) => again(&door_page(&visit, (&event, &items), None, Some(&refused(stop)?))),
    }
}

/// The form of a door.
pub(super) async fn show_door(visit: Desk) -> Shown {
    let (event, items) = event_and_items(&visit).await?;
    let door = visit.engine().read_door(&visit.scope, visit.event()?, visit.id::<DoorId>()?).await?;
    Ok(show(&door_page(&visit, (&event, &items), Some(&door), None).render()))
}

/// Keeps what was changed.
pub(super) async fn save(visit: Desk) -> Shown {
    let (event, items) = event_and_items(&visit).await?;
    let door = visit.engine().read_door(&visit.scope, visit.event()?, visit.id::<DoorId>()?).await?;
    let wanted = match visit.sent.read_in(event.time_zone.zone(), door_form) {
        Ok(wanted) => wanted,
        Err(faults) => return again(&door_page(&visit, (&event, &items), Some(&door), Some(&faults))),
    };
    let (which, edit) = ((visit.event()?, door.value.id), |_: &Door| Ok(wanted.draft.clone()));
    match visit.engine().update_door(&visit.scope, which, wanted.revision.map(u64::from), &edit).await {
        Ok(_) => Ok(go(links::dashboard::doors(&event.event).with("done", "saved"))),
        Err(stop) => again(&door_page(&visit, (&event, &items), Some(&door), Some(&refused(stop)?))),
    }
}

/// Deletes a door.
pub(super) async fn delete(visit: Desk) -> Shown {
    visit.engine().delete_door(&visit.scope, visit.event()?, visit.id::<DoorId>()?).await?;
    Ok(go(links::dashboard::doors(&visit.scope.event(visit.event()?)).with("done", "deleted")))
}

struct DoorForm {
    draft: DoorDraft,
    revision: Option<u32>,
}

fn door_form(fields: &mut Fields<'_>) -> Option<DoorForm> {
    let revision = fields.optional("revision", count(0..=u32::MAX));
    let name = fields.required("name", title());
    let items = fields.required("items", list_of(1..=MOST_ITEMS, id()));
    let opens_at = fields.optional("opens_at", instant());
    let closes_at = fields.optional("closes_at", instant());
    fields.rising(("opens_at", opens_at.as_ref()), ("closes_at", closes_at.as_ref()));
    let tolerance = fields.optional("tolerance_minutes", count(0..=GREATEST_TOLERANCE_MINUTES));
    let reentry = fields.optional("reentry", flag());
    let draft = DoorDraft {
        name: name?,
        items: items?,
        opens_at,
        closes_at,
        tolerance_minutes: tolerance.unwrap_or_default(),
        reentry: reentry.unwrap_or_default(),
    };
    Some(DoorForm { draft, revision })
}

fn door_page(
    visit: &Desk,
    (event, items): (&Event, &[Item]),
    door: Option<&Stored<Door>>,
    faults: Option<&Faults>,
) -> Dashboard<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    match door {
        Some(door) => keep_door(&mut form, &door.value, event),
        None => form.keep("tolerance_minutes", 30),
    }
    let action = match door {
        Some(door) => links::dashboard::door(&event.event, door.value.id),
        None => links::dashboard::new_door(&event.event),
    };
    let title = door.map_or_else(|| texts.say("dash-new-door"), |door| door.value.name.to_string());
    let content = html! {
        (form.summary())
        form method="post" action=(action) {
            @match door {
                Some(door) => input type="hidden" name="revision" value=(door.revision);,
                None => (visit.once_field()),
            }
            (form::section(&texts.say("dash-door-what"), &texts.say("dash-door-what-about"), html! {
                div.form {
                    (form.text("name", texts.say("dash-name")).required())
                    (items_to_tick(texts, &form, items))
                }
            }))
            (form::section(&texts.say("dash-open"), &texts.say("dash-open-about"), open_fields(texts, &form, event)))
            (save_row(texts))
        }
        @if let Some(door) = door {
            (delete_form(texts, &links::dashboard::door(&event.event, door.value.id).then("delete"), "dash-delete-door-about"))
        }
    };
    event_page(visit, event, Some(Tab::Doors), title).content(content)
}

fn keep_door(form: &mut Form<'_>, door: &Door, event: &Event) {
    form.keep("name", &door.name);
    for item in &door.items {
        form.keep("items", item);
    }
    form.keep_some("opens_at", door.opens_at.map(|at| local(at, &event.time_zone)));
    form.keep_some("closes_at", door.closes_at.map(|at| local(at, &event.time_zone)));
    form.keep("tolerance_minutes", door.tolerance_minutes);
    form.keep_some("reentry", door.reentry.then_some("on"));
}

fn items_to_tick(texts: Texts, form: &Form<'_>, items: &[Item]) -> Markup {
    let shown: Vec<&Item> =
        items.iter().filter(|item| item.archived_at.is_none() || form.has("items", &item.id.to_string())).collect();
    let cards = shown.iter().map(|item| {
        let kind = wording::kind(texts, item.kind);
        let detail = item.day.map_or_else(|| kind.clone(), |day| format!("{}, {kind}", wording::item_day(texts, day)));
        Card::new(item.id.to_string(), item.name.to_string()).detail(detail)
    });
    let choices = Choices::several("items", texts.say("dash-admits-to"), cards).error(form.error("items"));
    let chosen = shown.iter().map(|item| item.id.to_string()).filter(|id| form.has("items", id));
    chosen.fold(choices, Choices::chosen).render()
}

fn open_fields(texts: Texts, form: &Form<'_>, event: &Event) -> Markup {
    html! {
        div.form {
            p.field-hint { (wording::zone(texts, &event.time_zone, event.starts_at)) }
            (form::row(html! {
                (form.date_and_time("opens_at", texts.say("dash-opens")).optional(texts))
                (form.date_and_time("closes_at", texts.say("dash-closes")).optional(texts))
            }))
            (form.number("tolerance_minutes", texts.say("dash-tolerance")).unit(texts.say("dash-unit-minutes")).attr("min", "0")
                .hint(texts.say("dash-tolerance-hint")))
            (form.tick("reentry", texts.say("dash-reentry")).hint(texts.say("dash-reentry-hint")))
        }
    }
}
