//! One organisation as the platform sees it: what it sells, its terms, and who can sign in to run it.

use domain::catalogue::{Event, EventStatus};
use domain::organisations::{Organisation, OrganisationStatus};
use domain::people::{Staff, StaffRole};
use domain::values::{Amount, Email, Faults, Money, Wrong};
use engine::catalogue::Stored;
use engine::organisations::Terms;
use engine::tickets::EventFigures;
use maud::{Markup, Render as _, html};

use super::frame::{Desk, fee_typed, page, status_pill, status_word};
use crate::forms::{Form, again, refused, save_row};
use crate::input::{Fields, amount, count, email, one_of};
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::badge::person;
use crate::ui::navigation::breadcrumbs;
use crate::ui::statistic::tiles;
use crate::ui::{Button, Choice, Column, Dashboard, Icon, Row, Statistic, Table, Tone, button, form, message};
use crate::visit::{Shown, go, show};
use crate::{links, wording};

/// Events that are shown and counted, the one that starts last first.
const EVENTS: usize = 20;
/// A fee of everything, in hundredths of a percent.
const ALL_OF_IT: i64 = 10_000;

/// An organisation and what the page says about it.
struct Picture {
    organisation: Stored<Organisation>,
    staff: Vec<Stored<Staff>>,
    events: Vec<(Event, EventFigures)>,
}

impl Picture {
    async fn of(visit: &Desk) -> Result<Self, Problem> {
        let (engine, slug) = (visit.engine(), visit.names.organisation()?);
        let organisation = engine.read_organisation_of(&visit.scope, slug).await?;
        let staff = engine.list_staff_of(&visit.scope, slug).await?;
        let mut events = Vec::new();
        for event in engine.list_events_of(&visit.scope, slug, EVENTS, None).await?.0 {
            let figures = engine.read_figures_of(&visit.scope, &event.value).await?;
            events.push((event.value, figures));
        }
        Ok(Self { organisation, staff, events })
    }
}

/// The page.
pub(super) async fn show_organisation(visit: Desk) -> Shown {
    let picture = Picture::of(&visit).await?;
    Ok(show(&organisation_page(&visit, &picture, &Faulty::Nothing).render()))
}

/// Changes the terms.
pub(super) async fn change_terms(visit: Desk) -> Shown {
    let slug = visit.names.organisation()?;
    let (terms, revision) = match visit.sent.read(terms_form) {
        Ok(wanted) => wanted,
        Err(faults) => return refuse(&visit, Faulty::Terms(faults)).await,
    };
    match visit.engine().change_terms(&visit.scope, slug, revision.map(u64::from), &terms).await {
        Ok(_) => {
            let done = if terms.status == Some(OrganisationStatus::Suspended) { "suspended" } else { "saved" };
            Ok(go(links::platform::organisation(slug).with("done", done)))
        }
        Err(stop) => refuse(&visit, Faulty::Terms(refused(stop)?)).await,
    }
}

/// Invites somebody to work for the organisation.
pub(super) async fn invite(visit: Desk) -> Shown {
    let slug = visit.names.organisation()?;
    let (email, role) = match visit.sent.read(invitation) {
        Ok(wanted) => wanted,
        Err(faults) => return refuse(&visit, Faulty::Invitation(faults)).await,
    };
    match visit.engine().invite_staff_of(&visit.scope, slug, &email, role).await {
        Ok(_) => Ok(go(links::platform::organisation(slug).with("done", "invited"))),
        Err(stop) => refuse(&visit, Faulty::Invitation(refused(stop)?)).await,
    }
}

/// Which of the page's two forms came back, and why.
enum Faulty {
    Nothing,
    Terms(Faults),
    Invitation(Faults),
}

async fn refuse(visit: &Desk, faulty: Faulty) -> Shown {
    let picture = Picture::of(visit).await?;
    again(&organisation_page(visit, &picture, &faulty))
}

fn terms_form(fields: &mut Fields<'_>) -> Option<(Terms, Option<u32>)> {
    let revision = fields.optional("revision", count(0..=u32::MAX));
    let statuses = [OrganisationStatus::Active, OrganisationStatus::Suspended];
    let status = fields.required("status", one_of(statuses, word));
    // A percentage is typed as money is: 2.5 is 250 hundredths.
    let fee = fields.required("fee", amount()).map(Amount::units);
    let in_bounds = fee.filter(|fee| *fee <= ALL_OF_IT).and_then(|fee| u32::try_from(fee).ok());
    if fee.is_some() && in_bounds.is_none() {
        fields.fault("fee", Wrong::OutOfRange(0, 100));
    }
    Some((Terms { status: Some(status?), fee: Some(in_bounds?) }, revision))
}

fn word(status: OrganisationStatus) -> &'static str {
    match status {
        OrganisationStatus::Active => "active",
        OrganisationStatus::Suspended => "suspended",
    }
}

fn invitation(fields: &mut Fields<'_>) -> Option<(Email, StaffRole)> {
    let email = fields.required("email", email());
    let role = fields.required("role", one_of(StaffRole::ALL, StaffRole::word));
    Some((email?, role?))
}

fn organisation_page(visit: &Desk, picture: &Picture, faulty: &Faulty) -> Dashboard<'static> {
    let texts = visit.texts;
    let organisation = &picture.organisation.value;
    let (terms, invitation) = match faulty {
        Faulty::Nothing => (None, None),
        Faulty::Terms(faults) => (Some(faults), None),
        Faulty::Invitation(faults) => (None, Some(faults)),
    };
    let (terms, invitation) = (Form::new(texts, &visit.sent, terms), Form::new(texts, &visit.sent, invitation));
    let content = html! {
        (terms.summary())
        (invitation.summary())
        @if organisation.status == OrganisationStatus::Suspended {
            (message::notice(Tone::Warning, &texts.say("platform-is-suspended"), html! { (texts.say("platform-suspended-means")) }))
        }
        @if picture.staff.is_empty() {
            (message::notice(Tone::Warning, &texts.say("platform-nobody"), html! { (texts.say("platform-nobody-more")) }))
        }
        (figures(texts, picture))
        (events(texts, picture))
        (form::section(&texts.say("platform-terms"), &texts.say("platform-terms-about"), terms_fields(texts, terms, &picture.organisation)))
        (form::section(&texts.say("dash-staff"), &texts.say("platform-staff-about"), staff(texts, &invitation, picture)))
    };
    let (all, home) = (texts.say("platform-organisations"), links::platform::organisations());
    let oldest = picture.events.iter().map(|(_, figures)| figures.as_of).min();
    let as_of = oldest.and_then(|at| wording::as_of(texts, at, visit.engine().now(), &organisation.time_zone));
    let address = links::organisation(&organisation.slug);
    page(visit, organisation.name.as_str())
        .breadcrumbs(breadcrumbs(texts, &[(&all, home.as_str())]))
        .lead(html! {
            (status_pill(texts, organisation.status))
            code { (address) } (organisation.currency) " · " (organisation.time_zone.as_str())
            @if let Some(as_of) = as_of { span { (as_of) } }
        })
        .actions(button::row(
            html! { (Button::link(address.clone(), texts.say("dash-view-page")).icon(Icon::External)) },
        ))
        .content(content)
}

fn money(texts: Texts, picture: &Picture, amount: Amount) -> String {
    wording::money(texts, Money::new(amount, picture.organisation.value.currency))
}

fn figures(texts: Texts, picture: &Picture) -> Markup {
    let tickets: usize = picture.events.iter().map(|(_, figures)| figures.tickets).sum();
    let revenue: Amount = picture.events.iter().map(|(_, figures)| figures.revenue).sum();
    tiles([
        Statistic::new(texts.say("dash-events"), picture.events.len().to_string()),
        Statistic::new(texts.say("dash-tickets"), tickets.to_string()),
        Statistic::new(texts.say("dash-revenue"), money(texts, picture, revenue)),
    ])
}

fn events(texts: Texts, picture: &Picture) -> Markup {
    if picture.events.is_empty() {
        return html! { p class="mt-6 text-ink-2" { (texts.say("platform-no-events")) } };
    }
    let columns = [
        Column::new(texts.say("dash-event")),
        Column::new(texts.say("dash-status")),
        Column::new(texts.say("dash-when")),
        Column::new(texts.say("dash-tickets")).numeric(),
        Column::new(texts.say("dash-revenue")).numeric(),
    ];
    let rows = picture.events.iter().map(|(event, figures)| {
        let row = Row::new([
            html! { (event.title) },
            html! { (wording::event_status(texts, event.status)) },
            html! { (wording::when(texts, event)) },
            html! { (figures.tickets) },
            html! { (money(texts, picture, figures.revenue)) },
        ]);
        // A draft has no page that the platform could see.
        if event.status == EventStatus::Draft { row } else { row.link(links::event(&event.event)) }
    });
    html! {
        section.page-section {
            h2.section-title { (texts.say("dash-events")) }
            (Table::new(texts, texts.say("dash-events")).columns(columns).rows(rows))
        }
    }
}

fn terms_fields(texts: Texts, mut form: Form<'_>, organisation: &Stored<Organisation>) -> Markup {
    let statuses = [OrganisationStatus::Active, OrganisationStatus::Suspended];
    let statuses = statuses.map(|status| Choice::new(word(status), status_word(texts, status)));
    form.keep("status", word(organisation.value.status));
    form.keep("fee", fee_typed(&organisation.value));
    html! {
        form.form method="post" action=(links::platform::terms(&organisation.value.slug)) {
            input type="hidden" name="revision" value=(organisation.revision);
            (form.select("status", texts.say("dash-status"), statuses).hint(texts.say("platform-suspended-means")))
            (form.text("fee", texts.say("platform-fee")).required().unit("%").hint(texts.say("platform-fee-hint"))
                .attr("inputmode", "decimal"))
            (save_row(texts))
        }
    }
}

fn staff(texts: Texts, form: &Form<'_>, picture: &Picture) -> Markup {
    let roles = StaffRole::ALL.map(|role| Choice::new(role.word(), wording::staff_role(texts, role)));
    html! {
        div.form {
            @for member in picture.staff.iter().map(|member| &member.value) {
                (person(member.email.as_str(), &wording::staff_role(texts, member.role)))
            }
            form.form method="post" action=(links::platform::staff(&picture.organisation.value.slug)) {
                (form::row(html! {
                    (form.email("email", texts.say("dash-email")).required().attr("autocomplete", "off"))
                    (form.select("role", texts.say("dash-role"), roles))
                }))
                div { (Button::submit(texts.say("dash-invite-send")).icon(Icon::Send)) }
            }
        }
    }
}
