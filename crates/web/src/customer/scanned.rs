//! What a barcode opens: the ticket for its holder, the scanner for staff, and for anybody else nothing about the holder.

use axum::http::StatusCode;
use domain::people::Permission;
use domain::tickets::SignedPayload;
use maud::{Render as _, html};

use crate::access::Unproved;
use crate::links;
use crate::problem::Problem;
use crate::ui::{Button, Empty, Face, Icon, Page};
use crate::visit::{Shown, Visit, go, show, show_with};

/// Opens a barcode.
pub(super) async fn open(visit: Visit<Unproved>) -> Shown {
    let texts = visit.texts;
    let Ok(read) = SignedPayload::read_in_any_case(visit.names.text()?) else { return Err(Problem::not_found()) };
    let payload = read.payload;
    if let Some(event) = visit.engine().event_of_tag(payload.event).await? {
        let staff = visit.engine().role_in(&visit.caller, &event.organisation).await?;
        if staff.is_some_and(|(role, _)| role.may(Permission::Scan)) {
            return Ok(go(links::dashboard::scanner(&event).with("barcode", read.token().as_str())));
        }
        let names = (&event.organisation, &event.event, payload.ticket);
        if visit.engine().ticket_scope(&visit.caller, names, None).await.is_ok() {
            return Ok(go(links::ticket(&event, payload.ticket, None)));
        }
    }
    let sign_in = Button::link(links::sign_in().with("to", &visit.here), texts.say("shop-sign-in")).primary();
    let panel =
        Empty::new(Icon::Ticket, texts.say("scanned-title"), texts.say("scanned-more")).actions(html! { (sign_in) });
    let title = texts.say("scanned-title");
    let page =
        Page::new(texts, Face::Customer, &*title).content(html! { h1.unseen { (title) } (panel) }).private().render();
    Ok(if visit.is_partial { show_with(StatusCode::OK, &panel.render()) } else { show(&page) })
}
