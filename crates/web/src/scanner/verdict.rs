//! The verdict as the screen shows it: a word, a sentence with the facts, what to hand out, and what staff can do.

use domain::catalogue::Event;
use domain::door::{ScanRequest, ScanResult, Scanned, Verdict, VerdictWord};
use domain::people::Permission;
use domain::values::OrderId;
use engine::scope::StaffScope;
use maud::{Markup, Render as _, html};

use crate::links;
use crate::texts::Texts;
use crate::ui::{self, Button, Field, Icon, VerdictPanel};
use crate::visit::Visit;
use crate::wording;

/// What could not be read at all.
pub(super) fn unreadable_panel(texts: Texts) -> Markup {
    VerdictPanel::new(texts, ui::Verdict::Unreadable).render()
}

/// The panel of a scan's result; with the order at which the till can take what is due.
pub(super) fn panel(
    visit: &Visit<StaffScope>,
    event: &Event,
    request: &ScanRequest,
    (result, till): (&ScanResult, Option<OrderId>),
) -> Markup {
    let texts = visit.texts;
    let word = result.verdict.word();
    let shown = ui::Verdict::parse(word.word()).unwrap_or(match word {
        VerdictWord::Undone => ui::Verdict::Admitted,
        _ => ui::Verdict::Unreadable,
    });
    let mut panel = VerdictPanel::new(texts, shown);
    if let Some(sentence) = sentence(texts, event, &result.verdict) {
        panel = panel.sentence(sentence);
    }
    if let Some(ticket) = &result.ticket {
        if let Some(name) = &ticket.full_name {
            panel = panel.name(name.to_string());
        }
        panel = panel.fact(texts.say("ticket-rate"), wording::rate(event, &ticket.rate));
        if let Some(role) = ticket.role {
            panel = panel.fact(texts.say("ticket-role"), wording::role(texts, role));
        }
    }
    if let Verdict::Admitted(admitted) = &result.verdict {
        if admitted.proof_required {
            let rate = result.ticket.as_ref().and_then(|ticket| event.rate(&ticket.rate));
            let name = rate.map(|rate| rate.name.to_string()).unwrap_or_default();
            panel = panel.check(texts.say_with("scanner-proof", &[("rate", name.into())]));
        }
        if !admitted.notes.is_empty() {
            panel = panel.fact(texts.say("scanner-notes"), admitted.notes.to_string());
        }
    }
    let bands: Vec<ui::Wristband<'_>> = result
        .wristbands
        .iter()
        .map(|band| ui::Wristband {
            name: band.name.as_str().into(),
            colour: band.colour.as_str().into(),
            material: band.material.as_str().into(),
        })
        .collect();
    if !bands.is_empty() {
        panel = panel.bands(bands);
    }
    panel.actions(actions(visit, event, request, (result, till))).render()
}

/// The facts of a verdict, where they say more than its usual sentence.
fn sentence(texts: Texts, event: &Event, verdict: &Verdict) -> Option<String> {
    let zone = &event.time_zone;
    let when = |at| wording::day_and_time(texts, at, zone);
    Some(match verdict {
        Verdict::AlreadyIn { first, .. } => {
            let places = [
                ("when", when(first.at).into()),
                ("door", first.door_name.as_str().into()),
                ("by", first.by.as_str().into()),
            ];
            texts.say_with("scanner-already-in", &places)
        }
        Verdict::Unpaid { due } => texts.say_with("scanner-unpaid", &[("sum", wording::money(texts, *due).into())]),
        Verdict::NotIncluded { holds } => {
            let names: Vec<&str> =
                holds.iter().filter_map(|held| held.name.as_ref().map(domain::values::Text::as_str)).collect();
            texts.say_with("scanner-not-included", &[("holds", names.join(", ").into())])
        }
        Verdict::TooEarly { opens_at } => texts.say_with("scanner-too-early", &[("when", when(*opens_at).into())]),
        Verdict::TooLate { closes_at } => texts.say_with("scanner-too-late", &[("when", when(*closes_at).into())]),
        Verdict::Void { at } | Verdict::Refunded { at } | Verdict::Transferred { at } => {
            texts.say_with("scanner-since", &[("when", when(*at).into())])
        }
        Verdict::Reissued { at: Some(at) } => texts.say_with("scanner-reissued", &[("when", when(*at).into())]),
        Verdict::WrongEvent { event: Some(other) } => {
            texts.say_with("scanner-wrong-event", &[("event", other.title.as_str().into())])
        }
        Verdict::Undone { .. } => texts.say("scanner-undone"),
        Verdict::Admitted(admitted) if admitted.again => texts.say("scanner-again"),
        Verdict::Admitted(_)
        | Verdict::Unreadable
        | Verdict::Forged
        | Verdict::Unknown
        | Verdict::Reissued { at: None }
        | Verdict::WrongEvent { event: None }
        | Verdict::Shown { .. } => return None,
    })
}

/// What staff can do now: take what is due, let in again, go on in spite of the verdict, or take a scan back.
fn actions(
    visit: &Visit<StaffScope>,
    event: &Event,
    request: &ScanRequest,
    (result, till): (&ScanResult, Option<OrderId>),
) -> Markup {
    let texts = visit.texts;
    let may_override = visit.scope.role().may(Permission::OverrideVerdicts);
    let reentry = matches!(result.verdict, Verdict::AlreadyIn { reentry: true, .. });
    html! {
        @if let Some(order) = till {
            (Button::link(links::dashboard::order(&event.event, order), texts.say("scanner-take-money")).large().icon(Icon::Money))
        }
        @if reentry {
            (again(event, request, html! {
                input type="hidden" name="action" value="reentry";
                (Button::submit(texts.say("scanner-let-in-again")).large().icon(Icon::Retry))
            }))
        }
        @if may_override && result.verdict.word().can_be_overridden() {
            (again(event, request, html! {
                input type="hidden" name="action" value="entry";
                (Field::text("reason", texts.say("scanner-reason")).required().attr("maxlength", "200"))
                (Button::submit(texts.say("scanner-override")).danger())
            }))
        }
        @if result.verdict.is_admitted() {
            (again(event, request, html! {
                input type="hidden" name="action" value="undo";
                input type="hidden" name="undoes" value=(request.id.as_str());
                (Button::submit(texts.say("scanner-undo")).quiet().small().icon(Icon::Refund))
            }))
        }
    }
}

/// A form that sends the same ticket again, for something else.
#[expect(clippy::needless_pass_by_value, reason = "markup is handed over, not looked at")]
fn again(event: &Event, request: &ScanRequest, fields: Markup) -> Markup {
    html! {
        form class="form" method="post" action=(links::dashboard::scanner(&event.event)) {
            input type="hidden" name="door" value=(request.door);
            input type="hidden" name="device" value=(request.device.as_str());
            @match &request.scanned {
                Scanned::Barcode(text) => input type="hidden" name="barcode" value=(text);,
                Scanned::Ticket(number) => input type="hidden" name="ticket" value=(number);,
            }
            (fields)
        }
    }
}
