//! The screen: the doors to choose from, and the door that was chosen.

use axum::http::HeaderValue;
use axum::response::Response;
use domain::door::{Action, Door, Mode, Override, ScanRequest, ScanResult, Scanned, VerdictWord};
use domain::people::Permission;
use domain::values::{DoorId, Faults, Ksuid, OrderId, Pointer, Slug, Wrong};
use engine::door::ScanAnswer;
use engine::scope::StaffScope;
use engine::tickets::TicketScope;
use jiff::Timestamp;
use maud::{Markup, Render as _, html};

use super::POLICY;
use super::verdict::{panel, unreadable_panel};
use crate::links;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::scan::Scanner;
use crate::ui::{Button, Empty, Face, Icon, Page};
use crate::visit::{Shown, Visit, show};
use crate::wording;

/// The screen of a door, or the doors to choose from where none is chosen and none is open now.
pub(super) async fn show_scanner(visit: Visit<StaffScope>) -> Shown {
    let slug = visit.event()?.clone();
    let event = visit.engine().read_event(&visit.scope, &slug).await?.value;
    let doors: Vec<Door> =
        visit.engine().list_doors(&visit.scope, &slug).await?.into_iter().map(|door| door.value).collect();
    let now = visit.engine().now();
    let chosen: Option<DoorId> = visit.sent.typed("/door").parse().ok();
    let choosing = visit.sent.typed("/choose") == "1";
    let door = doors.iter().find(|door| Some(door.id) == chosen).or_else(|| match doors.as_slice() {
        _ if choosing => None,
        [only] => Some(only),
        _ => doors.iter().find(|door| is_open(door, now)),
    });
    let content = match door {
        Some(door) => screen(&visit, door, None),
        None => choice(visit.texts, &visit.scope, &event, &doors),
    };
    Ok(page(visit.texts, event.title.as_str(), content))
}

fn is_open(door: &Door, now: Timestamp) -> bool {
    let open = |at: Option<Timestamp>| at.is_none_or(|at| at <= now);
    door.opens_at.is_some() && open(door.opens_at) && door.closes_at.is_none_or(|at| now < at)
}

fn page(texts: Texts, title: &str, content: Markup) -> Response {
    let mut response = show(&Page::new(texts, Face::Scanner, title.to_owned()).content(content).private().render());
    response.headers_mut().insert(axum::http::header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

fn choice(texts: Texts, scope: &StaffScope, event: &domain::catalogue::Event, doors: &[Door]) -> Markup {
    let here = links::dashboard::scanner(&event.event);
    if doors.is_empty() {
        let make = Button::link(links::dashboard::doors(&event.event), texts.say("scanner-make-doors")).primary();
        let may = scope.role().may(Permission::EditEvents);
        let empty = Empty::new(Icon::Door, texts.say("scanner-no-doors"), texts.say("scanner-no-doors-more"));
        let empty = if may { empty.actions(html! { (make) }) } else { empty };
        return html! { h1.unseen { (event.title) } div class="p-6" { (empty) } };
    }
    html! {
        div class="mx-auto grid w-full max-w-xl gap-4 p-6" {
            h1 { (texts.say("scanner-choose")) }
            p class="text-ink-2" { (event.title) }
            @for door in doors {
                @let times = door.opens_at.map(|from| wording::date_time(texts, from, &event.time_zone)).unwrap_or_default();
                (Button::link(here.clone().with("door", &door.id.to_string()), format!("{} {times}", door.name)).large().wide().icon(Icon::Door))
            }
        }
    }
}

/// The scanner at a door.
fn screen(visit: &Visit<StaffScope>, door: &Door, verdict: Option<Markup>) -> Markup {
    let here = links::dashboard::scanner(&door.event);
    let device = format!("{} · {}", visit.scope.by().shown(), visit.texts.say("scanner-phone"));
    Scanner {
        action: here.clone().to_string().into(),
        door: door.name.as_str().into(),
        doors: here.clone().with("choose", "1").to_string().into(),
        search: links::dashboard::scanner_search(&door.event).with("door", &door.id.to_string()).to_string().into(),
        hidden: vec![
            ("door", door.id.to_string().into()),
            ("device", device.chars().take(64).collect::<String>().into()),
        ],
        state: None,
        verdict,
    }
    .show(visit.texts)
}

/// Records one scan, and shows its verdict: alone for the script, as a whole page without.
pub(super) async fn record_scan(visit: Visit<StaffScope>) -> Shown {
    let slug = visit.event()?.clone();
    let request = request(&visit)?;
    let door = visit.engine().read_door(&visit.scope, &slug, request.door).await?.value;
    let event = visit.engine().read_event(&visit.scope, &slug).await?.value;
    let answers = visit.engine().record_scans(&visit.scope, &slug, &[Ok(request.clone())]).await?;
    let shown = match answers.first() {
        Some(ScanAnswer::Recorded(result)) => {
            let till = order_to_pay(&visit, &slug, result).await;
            panel(&visit, &event, &request, (result, till))
        }
        Some(ScanAnswer::Invalid(_)) | None => unreadable_panel(visit.texts),
    };
    if visit.is_partial {
        return Ok(show(&shown));
    }
    Ok(page(visit.texts, event.title.as_str(), screen(&visit, &door, Some(shown))))
}

/// The order of a ticket that is not paid, for staff who can take the money.
async fn order_to_pay(visit: &Visit<StaffScope>, event: &Slug, result: &ScanResult) -> Option<OrderId> {
    let may_sell = visit.scope.role().may(Permission::Sell);
    let ticket = result.ticket.as_ref().filter(|_| may_sell && result.verdict.word() == VerdictWord::Unpaid)?;
    let scope = TicketScope::of_staff(&visit.scope, event, ticket.number);
    // The verdict is recorded, and shown whatever comes of this.
    visit.engine().read_ticket(&scope).await.ok().map(|detail| detail.view.ticket.order)
}

/// The scan that the form asks for. What the phone leaves out is made here.
fn request(visit: &Visit<StaffScope>) -> Result<ScanRequest, Problem> {
    let sent = &visit.sent;
    let invalid = |field: &str, wrong| Problem::invalid(Faults::one(Pointer::to(field), wrong));
    let id = match sent.typed("/id") {
        "" => visit.engine().fresh::<Ksuid>().to_string(),
        id => id.to_owned(),
    };
    let ticket = sent.typed("/ticket");
    let (scanned, mode) = match ticket.parse() {
        Ok(ticket) => (Scanned::Ticket(ticket), Mode::ByHand),
        // Readers that are plugged in type a key after what they read.
        Err(_) => (Scanned::Barcode(sent.typed("/barcode").trim().to_owned()), Mode::Online),
    };
    let action = match sent.typed("/action") {
        "reentry" => Action::Reentry,
        "undo" => {
            let undoes =
                sent.typed("/undoes").parse().map_err(|_| invalid("undoes", Wrong::Form("scan identifier")))?;
            Action::Undo { undoes }
        }
        _ => Action::Entry,
    };
    let overriding = match sent.typed("/reason") {
        "" => None,
        reason => Some(Override {
            reason: reason.parse().map_err(|_| invalid("reason", Wrong::TooLong(200)))?,
            verdict: None,
        }),
    };
    let device = match sent.typed("/device") {
        "" => "Browser",
        device => device,
    };
    Ok(ScanRequest {
        id: id.parse().map_err(|_| invalid("id", Wrong::Form("scan identifier")))?,
        scanned,
        door: sent.typed("/door").parse().map_err(|_| invalid("door", Wrong::Unknown("door")))?,
        device: device.parse().map_err(|_| invalid("device", Wrong::TooLong(64)))?,
        action,
        scanned_at: sent.typed("/scanned_at").parse().unwrap_or_else(|_| visit.engine().now()),
        mode,
        shown: None,
        overriding,
    })
}
