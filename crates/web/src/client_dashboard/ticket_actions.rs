//! What staff do with a ticket: each is a dialog that says what will happen, and a page where there is no script.

use domain::door::{Action, Override, OverrideReason, Scan, ScanId, Verdict, VerdictWord};
use domain::people::Permission;
use domain::tickets::Ticket;
use domain::values::{DoorId, Faults, Ksuid, Prose, Text, Title};
use engine::door::CheckIn;
use engine::once::Remember;
use engine::scope::StaffScope;
use engine::tickets::{TicketChanges, TicketDetail, VoidTicket};
use maud::{Markup, Render as _, html};

use super::frame::{dialog_again, show_dialog};
use super::ticket::{scope_of, verdict_word};
use crate::forms::{Form, refused};
use crate::input::{Fields, flag, id, line, prose, scan_id, title};
use crate::problem::Problem;
use crate::ui::{Button, Choice, Dialog, Tone, VerdictPanel, verdict};
use crate::visit::{Shown, Visit, go, leads_to};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// How the dashboard calls itself where devices are named.
const DEVICE: &str = "Dashboard";

async fn ticket_of(visit: &Desk) -> Result<Ticket, Problem> {
    Ok(visit.engine().read_ticket(&scope_of(visit)?).await?.view.ticket)
}

fn back(ticket: &Ticket, done: &str) -> links::Href {
    links::dashboard::ticket(&ticket.event, ticket.number).with("done", done)
}

/// A dialog about a ticket whose form has this body and this button.
fn about(
    visit: &Desk,
    ticket: &Ticket,
    (action, title, button): (&'static str, &str, Button<'static>),
    body: &Markup,
) -> Dialog<'static> {
    let href = links::dashboard::ticket_action(&ticket.event, ticket.number, action);
    let form = format!("{action}-form");
    Dialog::new(visit.texts, action, visit.texts.say(title))
        .body(html! { form.form id=(form) method="post" action=(href) { (visit.once_field()) (body) } })
        .actions(button.attr("form", form.clone()).render())
        .back(links::dashboard::ticket(&ticket.event, ticket.number))
}

/// The dialog that sends a ticket's mail again.
pub(super) async fn ask_resend(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    show_dialog(&visit, &visit.texts.say("dash-resend"), &resend_dialog(&visit, &ticket, None))
}

/// Sends a ticket's mail again.
pub(super) async fn resend(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let answer = |_: &TicketDetail| leads_to(back(&ticket, "resent"));
    match visit.engine().resend_ticket(&scope_of(&visit)?, Remember::new(visit.once.clone(), &answer)).await {
        Ok(_) => Ok(go(back(&ticket, "resent"))),
        Err(stop) => {
            let faults = refused(stop)?;
            dialog_again(&visit, &visit.texts.say("dash-resend"), &resend_dialog(&visit, &ticket, Some(&faults)))
        }
    }
}

fn resend_dialog(visit: &Desk, ticket: &Ticket, faults: Option<&Faults>) -> Dialog<'static> {
    let texts = visit.texts;
    let why = Form::new(texts, &visit.sent, faults).summary();
    let to = ticket.holder_email().as_str().to_owned();
    about(visit, ticket, ("resend", "dash-resend-title", Button::submit(texts.say("dash-resend")).primary()), &why)
        .lead(texts.say_with("dash-resend-lead", &[("to", to.into())]))
}

/// The dialog that makes a barcode anew.
pub(super) async fn ask_reissue(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    show_dialog(&visit, &visit.texts.say("dash-reissue"), &reissue_dialog(&visit, &ticket, None))
}

/// Makes a barcode anew.
pub(super) async fn reissue(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let answer = |_: &TicketDetail| leads_to(back(&ticket, "reissued"));
    match visit.engine().reissue_ticket(&scope_of(&visit)?, Remember::new(visit.once.clone(), &answer)).await {
        Ok(_) => Ok(go(back(&ticket, "reissued"))),
        Err(stop) => {
            let faults = refused(stop)?;
            dialog_again(&visit, &visit.texts.say("dash-reissue"), &reissue_dialog(&visit, &ticket, Some(&faults)))
        }
    }
}

fn reissue_dialog(visit: &Desk, ticket: &Ticket, faults: Option<&Faults>) -> Dialog<'static> {
    let texts = visit.texts;
    let why = Form::new(texts, &visit.sent, faults).summary();
    let to = ticket.holder_email().as_str().to_owned();
    about(visit, ticket, ("reissue", "dash-reissue-title", Button::submit(texts.say("dash-reissue")).primary()), &why)
        .tone(Tone::Warning)
        .lead(texts.say_with("dash-reissue-lead", &[("to", to.into())]))
}

/// The dialog that makes a ticket void.
pub(super) async fn ask_void(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    show_dialog(&visit, &visit.texts.say("dash-void"), &void_dialog(&visit, &ticket, None))
}

/// Makes a ticket void.
pub(super) async fn void(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let wanted = match visit.sent.read(void_form) {
        Ok(wanted) => wanted,
        Err(faults) => {
            return dialog_again(&visit, &visit.texts.say("dash-void"), &void_dialog(&visit, &ticket, Some(&faults)));
        }
    };
    let answer = |_: &TicketDetail| leads_to(back(&ticket, "voided"));
    match visit.engine().void_ticket(&scope_of(&visit)?, &wanted, Remember::new(visit.once.clone(), &answer)).await {
        Ok(_) => Ok(go(back(&ticket, "voided"))),
        Err(stop) => {
            let faults = refused(stop)?;
            dialog_again(&visit, &visit.texts.say("dash-void"), &void_dialog(&visit, &ticket, Some(&faults)))
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every body")]
fn void_form(fields: &mut Fields<'_>) -> Option<VoidTicket> {
    let reason: Option<Text<500>> = fields.optional("reason", line());
    let release = fields.optional("release", flag());
    Some(VoidTicket { reason, release: release.unwrap_or_default() })
}

fn void_dialog(visit: &Desk, ticket: &Ticket, faults: Option<&Faults>) -> Dialog<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    form.keep("release", "on");
    let body = html! {
        (form.summary())
        (form.text("reason", texts.say("dash-void-reason")).optional(texts).hint(texts.say("dash-void-reason-hint")))
        (form.tick("release", texts.say("dash-void-release")).hint(texts.say("dash-void-release-hint")))
    };
    about(visit, ticket, ("void", "dash-void-title", Button::submit(texts.say("dash-void")).danger()), &body)
        .tone(Tone::Bad)
        .lead(texts.say_with("dash-void-lead", &[("name", wording::holder(texts, ticket).into())]))
}

/// The dialog that corrects a name and notes.
pub(super) async fn ask_edit(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    show_dialog(&visit, &visit.texts.say("dash-edit"), &edit_dialog(&visit, &ticket, None))
}

/// Corrects a name and notes.
pub(super) async fn edit(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let title = visit.texts.say("dash-edit");
    let changes = match visit.sent.read(edit_form) {
        Ok(changes) => changes,
        Err(faults) => return dialog_again(&visit, &title, &edit_dialog(&visit, &ticket, Some(&faults))),
    };
    let edit = |before: &Ticket| {
        let (full_name, notes) = changes.clone();
        Ok(TicketChanges {
            full_name: full_name.or_else(|| before.full_name.clone()),
            notes,
            ..TicketChanges::of(before)
        })
    };
    match visit.engine().update_ticket(&scope_of(&visit)?, None, &edit).await {
        Ok(()) => Ok(go(back(&ticket, "saved"))),
        Err(stop) => dialog_again(&visit, &title, &edit_dialog(&visit, &ticket, Some(&refused(stop)?))),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the shape of every body")]
fn edit_form(fields: &mut Fields<'_>) -> Option<(Option<Title>, Prose)> {
    let full_name: Option<Title> = fields.optional("full_name", title());
    let notes: Option<Prose> = fields.optional("notes", prose());
    Some((full_name, notes.unwrap_or_default()))
}

fn edit_dialog(visit: &Desk, ticket: &Ticket, faults: Option<&Faults>) -> Dialog<'static> {
    let texts = visit.texts;
    let mut form = Form::new(texts, &visit.sent, faults);
    form.keep_some("full_name", ticket.full_name.as_ref());
    form.keep("notes", &ticket.notes);
    let body = html! {
        (form.summary())
        (form.text("full_name", texts.say("dash-name")).attr("autocomplete", "off"))
        (form.area("notes", texts.say("dash-notes"), 4).optional(texts).hint(texts.say("dash-notes-hint")))
    };
    about(visit, ticket, ("edit", "dash-edit-title", Button::submit(texts.say("dash-save")).primary()), &body)
        .lead(texts.say("dash-edit-lead"))
}

/// The dialog that checks somebody in by hand.
pub(super) async fn ask_check_in(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let dialog = check_in_dialog(&visit, &ticket, None, None).await?;
    show_dialog(&visit, &visit.texts.say("dash-check-in"), &dialog)
}

/// Checks somebody in by hand; what a scan would refuse, this refuses too, and says so.
pub(super) async fn check_in(visit: Desk) -> Shown {
    let ticket = ticket_of(&visit).await?;
    let title = visit.texts.say("dash-check-in");
    let wanted = match visit.sent.read(check_in_form) {
        Ok(wanted) => wanted,
        Err(faults) => {
            let dialog = check_in_dialog(&visit, &ticket, Some(&faults), None).await?;
            return dialog_again(&visit, &title, &dialog);
        }
    };
    match visit.engine().check_in(&visit.scope, &ticket.event.event, ticket.number, &wanted).await {
        Ok(result) if result.verdict.is_admitted() => Ok(go(back(&ticket, "checked-in"))),
        Ok(result) => {
            let nothing = Faults::none();
            let dialog = check_in_dialog(&visit, &ticket, Some(&nothing), Some(&result.verdict)).await?;
            dialog_again(&visit, &title, &dialog)
        }
        Err(stop) => {
            let faults = refused(stop)?;
            dialog_again(&visit, &title, &check_in_dialog(&visit, &ticket, Some(&faults), None).await?)
        }
    }
}

fn check_in_form(fields: &mut Fields<'_>) -> Option<CheckIn> {
    let id_given: Option<ScanId> = fields.optional("id", scan_id());
    let door: Option<DoorId> = fields.required("door", id());
    let reason: Option<OverrideReason> = fields.optional("reason", line());
    let overriding = reason.map(|reason| Override { reason, verdict: None });
    Some(CheckIn { id: id_given, door: door?, device: DEVICE.parse().ok()?, action: Action::Entry, overriding })
}

/// The dialog that takes a scan back.
pub(super) async fn ask_undo(visit: Desk) -> Shown {
    let (ticket, scan) = scan_of(&visit).await?;
    let dialog = undo_dialog(&visit, &ticket, &scan, None).await?;
    show_dialog(&visit, &visit.texts.say("dash-undo"), &dialog)
}

/// Takes a scan back: whoever it let in can come in again.
pub(super) async fn undo(visit: Desk) -> Shown {
    let (ticket, scan) = scan_of(&visit).await?;
    let wanted = CheckIn {
        id: None,
        door: scan.door,
        device: DEVICE.parse().map_err(|_| Problem::not_found())?,
        action: Action::Undo { undoes: scan.id.clone() },
        overriding: None,
    };
    match visit.engine().check_in(&visit.scope, &ticket.event.event, ticket.number, &wanted).await {
        Ok(_) => Ok(go(back(&ticket, "undone"))),
        Err(stop) => {
            let faults = refused(stop)?;
            let dialog = undo_dialog(&visit, &ticket, &scan, Some(&faults)).await?;
            dialog_again(&visit, &visit.texts.say("dash-undo"), &dialog)
        }
    }
}

/// The scan that the address or the form names, of the ticket in the path.
async fn scan_of(visit: &Desk) -> Result<(Ticket, Scan), Problem> {
    let detail = visit.engine().read_ticket(&scope_of(visit)?).await?;
    let named = visit.sent.typed("/scan");
    let scan = detail.scans()?.into_iter().find(|scan| scan.id.as_str() == named && scan.let_in);
    Ok((detail.view.ticket, scan.ok_or_else(Problem::not_found)?))
}

async fn undo_dialog(
    visit: &Desk,
    ticket: &Ticket,
    scan: &Scan,
    faults: Option<&Faults>,
) -> Result<Dialog<'static>, Problem> {
    let texts = visit.texts;
    let event = visit.engine().read_event(&visit.scope, &ticket.event.event).await?.value;
    let body = html! {
        (Form::new(texts, &visit.sent, faults).summary())
        input type="hidden" name="scan" value=(scan.id.as_str());
    };
    let places = [
        ("name", wording::holder(texts, ticket).into()),
        ("door", scan.door_name.as_str().into()),
        ("when", wording::day_and_time(texts, scan.scanned_at, &event.time_zone).into()),
    ];
    let button = Button::submit(texts.say("dash-undo")).primary();
    let dialog = about(visit, ticket, ("undo", "dash-undo-title", button), &body);
    Ok(dialog.tone(Tone::Warning).lead(texts.say_with("dash-undo-lead", &places)))
}

async fn check_in_dialog(
    visit: &Desk,
    ticket: &Ticket,
    faults: Option<&Faults>,
    verdict: Option<&Verdict>,
) -> Result<Dialog<'static>, Problem> {
    let texts = visit.texts;
    let doors = visit.engine().list_doors(&visit.scope, &ticket.event.event).await?;
    let mut form = Form::new(texts, &visit.sent, faults);
    let open = doors.iter().find(|door| is_open(&door.value, visit.engine().now()));
    form.keep_some("door", open.or_else(|| doors.first()).map(|door| door.value.id));
    let choices: Vec<Choice<'static>> =
        doors.iter().map(|door| Choice::new(door.value.id.to_string(), door.value.name.to_string())).collect();
    let word = verdict.map(Verdict::word);
    let can_override =
        word.is_some_and(VerdictWord::can_be_overridden) && visit.scope.role().may(Permission::OverrideVerdicts);
    let body = html! {
        (form.summary())
        @if let Some(word) = word { (told(visit, word)) }
        // Each press of a fresh dialog is a scan of its own; the same press twice is one.
        input type="hidden" name="id" value=(visit.engine().fresh::<Ksuid>());
        @if choices.is_empty() { p { (texts.say("dash-check-in-no-doors")) } } @else {
            (form.select("door", texts.say("dash-door"), choices).required())
        }
        @if can_override {
            (form.text("reason", texts.say("dash-override")).optional(texts).hint(texts.say("dash-override-hint")))
        }
    };
    let mut button = Button::submit(texts.say("dash-check-in")).primary();
    if doors.is_empty() {
        button = button.disabled();
    }
    let dialog = about(visit, ticket, ("check-in", "dash-check-in-title", button), &body);
    Ok(dialog.lead(texts.say_with("dash-check-in-lead", &[("name", wording::holder(texts, ticket).into())])))
}

fn is_open(door: &domain::door::Door, now: jiff::Timestamp) -> bool {
    door.opens_at.is_none_or(|opens_at| opens_at <= now) && door.closes_at.is_none_or(|closes_at| now < closes_at)
}

fn told(visit: &Desk, word: VerdictWord) -> Markup {
    if let Some(verdict) = verdict::Verdict::parse(word.word()) {
        return VerdictPanel::new(visit.texts, verdict).render();
    }
    html! { p { (verdict_word(visit.texts, word.word())) } }
}
