//! One ticket, for its holder: the barcode, what it admits to, and the files to keep.

use domain::tickets::StatusWord;
use domain::values::Money;
use engine::scope::ShopScope;
use engine::tickets::TicketScope;
use maud::{Render as _, html};

use crate::problem::Problem;
use crate::shop::{contents, frame};
use crate::ui::{Button, Icon, Pill, Tone, button, facts, message, qr};
use crate::visit::{Shown, Visit, file, show};
use crate::{documents, links, wording};

/// The page of a ticket.
pub(super) async fn show_ticket(visit: Visit<TicketScope>) -> Shown {
    let detail = visit.engine().read_ticket(&visit.scope).await?;
    let about = visit.engine().about_ticket(&visit.scope).await?;
    let (texts, ticket) = (visit.texts, &detail.view.ticket);
    let word = visit.sent.typed("/key");
    let word = (!word.is_empty()).then_some(word);
    let holder = wording::holder(texts, ticket);
    let due = wording::money(texts, Money::new(ticket.due(), ticket.currency));
    let rate = about.event.rate(&ticket.rate);
    let mut details = vec![
        (texts.say("ticket-bought"), html! { (wording::purchases(ticket).join(", ")) }),
        (
            texts.say("ticket-rate"),
            html! {
                (rate.map_or(ticket.rate.as_str(), |rate| rate.name.as_str())) " "
                @if rate.is_some_and(|rate| rate.proof_required) { (Pill::new(Tone::Info, texts.say("ticket-proof"))) }
            },
        ),
        (texts.say("ticket-money"), html! { (wording::money_status(texts, ticket.money())) }),
        (texts.say("ticket-number"), facts::copyable(texts, &ticket.number.to_string())),
    ];
    if let Some(partner) = wording::dance_partner(texts, ticket) {
        details.insert(1, (texts.say("ticket-role"), html! { (partner) }));
    }
    let content = html! {
        div class="mb-6 grid gap-6" {
            div {
                p.hero-kicker { a href=(links::event(&ticket.event)) { (about.event.title) } }
                h1 { (holder) }
                p class="mt-1 text-ink-2" {
                    (wording::when(texts, &about.event))
                    @if let Some(venue) = &about.event.venue { ", " (venue.name) }
                }
            }
            @if !ticket.due().is_zero() {
                (message::notice(Tone::Info, &texts.say_with("order-due", &[("sum", due.into())]), html! { (texts.say("order-due-more")) }))
            }
        }
        div.ticket-page {
            @match &detail.view.barcode {
                Some(barcode) => div class="grid gap-4" {
                    (qr::code(texts, barcode, &holder))
                    (button::row(html! {
                        (Button::link(links::ticket_pdf(&ticket.event, ticket.number, word), "PDF").icon(Icon::Download))
                        (Button::link(links::ticket_calendar(&ticket.event, ticket.number, word), texts.say("event-calendar")).icon(Icon::Calendar))
                    }))
                }
                None => (message::notice(Tone::Warning, &texts.say("ticket-no-barcode"), html! {
                    (wording::no_barcode(texts, &detail.view, &about.event.time_zone).unwrap_or_else(|| texts.say("ticket-not-yours")))
                }))
            }
            div class="grid gap-4" {
                div.panel { h2 { (texts.say("ticket-admits")) } (contents(texts, &about.items, &detail.view)) }
                div.panel { h2 { (texts.say("ticket-details")) } (facts::facts(details)) }
            }
        }
    };
    let title = texts.say_with("ticket-title", &[("event", about.event.title.as_str().into())]);
    Ok(show(&frame::page(texts, &about.organisation, &visit.caller, &title).content(content).private().render()))
}

/// The ticket as a document.
pub(super) async fn pdf(visit: Visit<TicketScope>) -> Shown {
    visit.scope.must_see_barcode()?;
    let detail = visit.engine().read_ticket(&visit.scope).await?;
    if detail.view.barcode.is_none() {
        return Err(Problem::not_found());
    }
    let about = visit.engine().about_ticket(&visit.scope).await?;
    let bytes = documents::ticket_pdf(visit.texts, &about, &[detail.view]);
    let bytes = bytes.map_err(|fault| Problem::internal(&fault.to_string()))?;
    Ok(file("application/pdf", Some(&format!("{}-ticket.pdf", about.event.event.event)), bytes))
}

/// The event in the holder's calendar.
pub(super) async fn calendar(visit: Visit<TicketScope>) -> Shown {
    let detail = visit.engine().read_ticket(&visit.scope).await?;
    let about = visit.engine().about_ticket(&visit.scope).await?;
    let good = detail.view.ticket.status_word() == StatusWord::Active;
    let now = visit.engine().now();
    let text = documents::calendar(visit.texts, visit.app.links(), &about, good.then_some(&detail.view), now);
    Ok(file("text/calendar; charset=utf-8", Some("ticket.ics"), text.into_bytes()))
}

/// The barcode as a picture.
pub(super) async fn barcode(visit: Visit<TicketScope>) -> Shown {
    visit.scope.must_see_barcode()?;
    let detail = visit.engine().read_ticket(&visit.scope).await?;
    let text = detail.view.barcode.ok_or_else(Problem::not_found)?;
    Ok(file("image/svg+xml", None, documents::qr_svg(&text).into_bytes()))
}

/// The event in anybody's calendar.
pub(super) async fn event_calendar(visit: Visit<ShopScope>) -> Shown {
    let slug = visit.event()?.clone();
    let all = visit.engine().read_options(&visit.scope, &slug).await?;
    let about =
        engine::render::About { organisation: visit.scope.organisation().clone(), event: all.event, items: all.items };
    let text = documents::calendar(visit.texts, visit.app.links(), &about, None, visit.engine().now());
    Ok(file("text/calendar; charset=utf-8", Some("event.ics"), text.into_bytes()))
}
