//! All events with their figures at a glance; series, and the next event of each.

use domain::catalogue::{Event, Series};
use domain::people::Permission;
use domain::values::{Amount, Faults, Money, Pointer, Prose, Slug, Title, Wrong};
use engine::catalogue::{Next, SeriesDraft, Stored, cursor_text, read_cursor};
use engine::once::Remember;
use engine::scope::StaffScope;
use engine::tickets::EventFigures;
use jiff::civil::Date;
use maud::{Markup, Render as _, html};

use super::frame::{Place, as_of, page, status_pill};
use crate::forms::{Form, again, refused, word_of};
use crate::input::{Fields, date, prose, slug, title};
use crate::texts::Texts;
use crate::ui::{Button, Column, Dashboard, Empty, Field, Icon, Pagination, Row, Table, button};
use crate::visit::{Shown, Visit, go, leads_to, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// Events of a page.
const PAGE: usize = 50;

/// The list of events, and below it the series.
pub(super) async fn list(visit: Desk) -> Shown {
    let after = match visit.sent.typed("/after") {
        "" => None,
        text => Some(read_cursor(text)?),
    };
    let (events, next) = visit.engine().list_events(&visit.scope, PAGE, after).await?;
    let mut rows = Vec::with_capacity(events.len());
    for event in &events {
        let figures = visit.engine().read_figures(&visit.scope, &event.value).await?;
        rows.push((&event.value, figures));
    }
    let series = visit.engine().list_series(&visit.scope).await?;
    let here = links::dashboard::events(&visit.scope.organisation().slug);
    let pages = Pagination {
        summary: visit.texts.say_with("dash-events-shown", &[("n", rows.len().into())]).into(),
        previous: None,
        next: next.map(|next| here.clone().with("after", &cursor_text(&next)).into()),
    };
    let content = html! {
        @if rows.is_empty() { (nothing_yet(&visit)) } @else {
            (table(&visit, &rows))
            (pages.show(visit.texts))
        }
        (series_section(&visit, &series, &events))
    };
    let edits = visit.scope.role().may(Permission::EditEvents);
    let mut page = page(&visit, Place::Events, visit.texts.say("dash-events")).content(content);
    if let Some(as_of) = rows.iter().map(|(_, figures)| figures.as_of).min().and_then(|at| as_of(&visit, at)) {
        page = page.lead(as_of);
    }
    if edits {
        page = page.actions(actions(&visit));
    }
    Ok(show(&page.render()))
}

fn actions(visit: &Desk) -> Markup {
    let (texts, organisation) = (visit.texts, &visit.scope.organisation().slug);
    button::row(html! {
        (Button::link(links::dashboard::new_series(organisation), texts.say("dash-new-series")).icon(Icon::CalendarDays))
        (Button::link(links::dashboard::new_event(organisation), texts.say("dash-new-event")).primary().icon(Icon::Plus))
    })
}

fn nothing_yet(visit: &Desk) -> Markup {
    let texts = visit.texts;
    let empty = Empty::new(Icon::Calendar, texts.say("dash-events-none"), texts.say("dash-events-none-more"));
    if !visit.scope.role().may(Permission::EditEvents) {
        return empty.render();
    }
    let href = links::dashboard::new_event(&visit.scope.organisation().slug);
    empty.actions(Button::link(href, texts.say("dash-new-event")).primary().icon(Icon::Plus)).render()
}

fn table(visit: &Desk, rows: &[(&Event, EventFigures)]) -> Markup {
    let texts = visit.texts;
    let sees_money = visit.scope.role().may(Permission::SeeOrders);
    let mut columns = vec![
        Column::new(texts.say("dash-event")),
        Column::new(texts.say("dash-status")),
        Column::new(texts.say("dash-when")),
        Column::new(texts.say("dash-tickets")).numeric(),
    ];
    if sees_money {
        columns.push(Column::new(texts.say("dash-revenue")).numeric());
    }
    let rows = rows.iter().map(|(event, figures)| {
        let mut cells = vec![
            html! { (event.title) },
            status_pill(texts, event.status),
            html! { (wording::when(texts, event)) },
            html! { (sold_of(figures.tickets, event.capacity)) },
        ];
        if sees_money {
            cells.push(html! { (money(visit, figures.revenue)) });
        }
        let row = Row::new(cells).link(links::dashboard::event(&event.event));
        if event.ends_at < visit.engine().now() { row.faded() } else { row }
    });
    Table::new(texts, texts.say("dash-events")).columns(columns).rows(rows).render()
}

/// "345", or "345 / 400" where there is a limit.
pub(super) fn sold_of(tickets: usize, capacity: Option<u32>) -> String {
    match capacity {
        Some(capacity) => format!("{tickets} / {capacity}"),
        None => tickets.to_string(),
    }
}

/// An amount of the organisation's currency.
pub(super) fn money(visit: &Desk, amount: Amount) -> String {
    wording::money(visit.texts, Money::new(amount, visit.scope.organisation().currency))
}

fn series_section(visit: &Desk, series: &[Stored<Series>], events: &[Stored<Event>]) -> Markup {
    let texts = visit.texts;
    if series.is_empty() {
        return html! {};
    }
    let edits = visit.scope.role().may(Permission::EditEvents);
    html! {
        section.page-section {
            h2.section-title { (texts.say("dash-series")) }
            div class="grid gap-4 md:grid-cols-2" {
                @for series in series.iter().map(|series| &series.value) {
                    @let last = events.iter().map(|event| &event.value).find(|event| event.series.as_ref() == Some(&series.slug));
                    div.panel {
                        h3 { (series.title) }
                        p class="text-ink-2" { (last_of(texts, last)) }
                        @if edits { (next_form(visit, series, last)) }
                    }
                }
            }
        }
    }
}

fn last_of(texts: Texts, last: Option<&Event>) -> String {
    match last {
        Some(last) => texts.say_with("dash-series-last", &[("when", wording::when(texts, last).into())]),
        None => texts.say("dash-series-none"),
    }
}

fn next_form(visit: &Desk, series: &Series, last: Option<&Event>) -> Markup {
    let (texts, organisation) = (visit.texts, &visit.scope.organisation().slug);
    let Some(last) = last else {
        let href = links::dashboard::new_event(organisation).with("series", series.slug.as_str());
        return html! { (Button::link(href, texts.say("dash-series-first")).icon(Icon::Plus)) };
    };
    let next = a_week_later(last);
    let label = texts.say_with("dash-series-next-of", &[("series", series.title.as_str().into())]);
    html! {
        form.form method="post" action=(links::dashboard::next_in_series(organisation, &series.slug)) {
            (visit.once_field())
            (Field::date("on", label).value(next.map(|date| date.to_string()).unwrap_or_default()).required())
            (button::row(html! { (Button::submit(texts.say("dash-series-next")).icon(Icon::Copy)) }))
        }
    }
}

fn a_week_later(last: &Event) -> Option<Date> {
    let day = last.starts_at.to_zoned_datetime(last.time_zone.zone()).date();
    day.checked_add(jiff::Span::new().weeks(1)).ok()
}

/// Makes the next event of a series: a copy of its last one.
pub(super) async fn make_next(visit: Desk) -> Shown {
    let on = visit.sent.read(|fields: &mut Fields<'_>| fields.required("on", date()))?;
    let series = visit.names.series()?;
    let next = |made: &Stored<Event>| links::dashboard::event(&made.value.event).with("done", "copied");
    let answer = |made: &Stored<Event>| leads_to(next(made));
    let remember = Remember::new(visit.once.clone(), &answer);
    let made = visit.engine().next_in_series(&visit.scope, series, &Next::On(on), &remember).await?;
    Ok(go(next(&made)))
}

/// The form of a new series.
pub(super) async fn show_new_series(visit: Desk) -> Shown {
    Ok(show(&new_series_page(&visit, None).render()))
}

/// Makes a series.
pub(super) async fn create_series(visit: Desk) -> Shown {
    let draft = match visit.sent.read(series_form).and_then(series_draft) {
        Ok(draft) => draft,
        Err(faults) => return again(&new_series_page(&visit, Some(&faults))),
    };
    match visit.engine().create_series(&visit.scope, &draft, &Remember::nothing()).await {
        Ok(_) => Ok(go(links::dashboard::events(&visit.scope.organisation().slug).with("done", "created"))),
        Err(stop) => again(&new_series_page(&visit, Some(&refused(stop)?))),
    }
}

struct SeriesForm {
    slug: Option<Slug>,
    title: Title,
    description: Prose,
}

fn series_form(fields: &mut Fields<'_>) -> Option<SeriesForm> {
    let slug = fields.optional("slug", slug());
    let title = fields.required("title", title());
    let description = fields.optional("description", prose());
    Some(SeriesForm { slug, title: title?, description: description.unwrap_or_default() })
}

fn series_draft(form: SeriesForm) -> Result<SeriesDraft, Faults> {
    // An event's name is that of its series and its day: so much of it must be left.
    let made = word_of(form.title.as_str(), 50).and_then(|word| word.parse().ok());
    match form.slug.or(made) {
        Some(slug) => Ok(SeriesDraft { slug, title: form.title, description: form.description }),
        None => Err(Faults::one(Pointer::to("slug"), Wrong::Required)),
    }
}

fn new_series_page(visit: &Desk, faults: Option<&Faults>) -> Dashboard<'static> {
    let (texts, organisation) = (visit.texts, &visit.scope.organisation().slug);
    let form = Form::new(texts, &visit.sent, faults);
    let content = html! {
        (form.summary())
        form class="panel form" method="post" action=(links::dashboard::new_series(organisation)) {
            (form.text("title", texts.say("dash-series-title")).required().hint(texts.say("dash-series-title-hint")))
            (form.text("slug", texts.say("dash-setup-slug")).optional(texts).hint(texts.say("dash-setup-slug-hint")))
            (form.area("description", texts.say("dash-setup-description"), 4).optional(texts))
            (button::row(html! {
                (Button::link(links::dashboard::events(organisation), texts.say("cancel")).quiet())
                (Button::submit(texts.say("dash-new-series-make")).primary().icon(Icon::Plus))
            }))
        }
    };
    page(visit, Place::Events, texts.say("dash-new-series")).lead(texts.say("dash-new-series-lead")).content(content)
}
