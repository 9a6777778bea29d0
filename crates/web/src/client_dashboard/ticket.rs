//! One ticket: all that is known of it, what it admits to and when that was used, and everything that happened to it.

use domain::catalogue::Event;
use domain::door::{Action, Alert, HistoryLine, Scan};
use domain::people::Permission;
use domain::tickets::{Entitlement, Happening as Happened, HistoryEntry, Source, StatusWord, Ticket};
use domain::values::{Money, TicketNumber};
use engine::render::About;
use engine::scope::StaffScope;
use engine::tickets::{TicketDetail, TicketScope};
use maud::{Markup, Render as _, html};

use super::attendees::{door_pill, money_pill, ticket_pill};
use super::frame::event_page;
use crate::problem::Problem;
use crate::texts::Texts;
use crate::ui::facts::{copyable, facts, timeline};
use crate::ui::{Button, Column, Empty, Happening, Icon, Row, Table, Tone, button, dialog, message, verdict};
use crate::visit::{Shown, Visit, show};
use crate::{links, wording};

type Desk = Visit<StaffScope>;

/// The ticket in the path.
pub(super) fn scope_of(visit: &Desk) -> Result<TicketScope, Problem> {
    Ok(TicketScope::of_staff(&visit.scope, visit.event()?, visit.id::<TicketNumber>()?))
}

/// The page.
pub(super) async fn show_ticket(visit: Desk) -> Shown {
    let scope = scope_of(&visit)?;
    let detail = visit.engine().read_ticket(&scope).await?;
    let about = visit.engine().about_ticket(&scope).await?;
    let (texts, ticket) = (visit.texts, &detail.view.ticket);
    let content = html! {
        @if let Some(why) = wording::no_barcode(texts, &detail.view, &about.event.time_zone)
            .filter(|_| ticket.status_word() != StatusWord::Active) {
            (message::notice(Tone::Bad, &wording::ticket_status(texts, ticket.status_word()), html! { (why) }))
        }
        (alerts(&visit, &about.event, &detail)?)
        div class="grid gap-4 lg:grid-cols-[2fr_1fr]" {
            div class="grid gap-4 content-start" {
                (entitlements(&visit, &about, ticket))
                (sales(&visit, &about.event, &detail))
                div.panel { h2 { (texts.say("dash-history")) } (history(&visit, &about.event, &detail)?) }
            }
            div class="grid gap-4 content-start" {
                div.panel { h2 { (texts.say("dash-ticket")) } (facts_of(&visit, &about.event, ticket)) }
                @if !ticket.notes.is_empty() {
                    div.panel { h2 { (texts.say("dash-notes")) } p class="whitespace-pre-line" { (ticket.notes) } }
                }
                (answers(texts, ticket))
            }
        }
    };
    let page = event_page(&visit, &about.event, None, wording::holder(texts, ticket)).lead(html! {
        (ticket_pill(texts, ticket.status_word())) (money_pill(texts, ticket.money())) (door_pill(texts, ticket.is_used()))
        (wording::purchases(ticket).join(", "))
    });
    Ok(show(&page.actions(actions(&visit, ticket)).content(content).render()))
}

fn actions(visit: &Desk, ticket: &Ticket) -> Markup {
    let texts = visit.texts;
    let may = |permission| visit.scope.role().may(permission);
    let is_good = ticket.status_word() == StatusWord::Active;
    let action = |action: &str, key: &str, icon| {
        dialog::link(links::dashboard::ticket_action(&ticket.event, ticket.number, action), texts.say(key)).icon(icon)
    };
    button::row(html! {
        @if may(Permission::HandleTickets) {
            @if is_good {
                @let word = visit.engine().ticket_word(ticket.number, ticket.generation);
                (Button::link(links::ticket(&ticket.event, ticket.number, Some(&word)), texts.say("dash-holders-page")).icon(Icon::External))
            }
            (action("edit", "dash-edit", Icon::Edit))
            @if is_good {
                (action("void", "dash-void", Icon::Ban))
                (action("reissue", "dash-reissue", Icon::Retry))
                (action("resend", "dash-resend", Icon::Send))
            }
        }
        @if may(Permission::Sell) && is_good && ticket.due().units() > 0 {
            @let payments = links::dashboard::order_payments(&ticket.event, ticket.order);
            (dialog::link(payments, texts.say("dash-record-payment")).icon(Icon::Money))
        }
        @if may(Permission::Scan) && is_good { (action("check-in", "dash-check-in", Icon::Door).primary()) }
    })
}

/// What staff must look at: who was let in twice, or against the server's word.
fn alerts(visit: &Desk, event: &Event, detail: &TicketDetail) -> Result<Markup, Problem> {
    let texts = visit.texts;
    let alerts = detail.alerts()?;
    let when = |at| wording::day_and_time(texts, at, &event.time_zone);
    let sentence = |alert: &Alert| match alert {
        Alert::LetInTwice { first, second } => texts.say_with(
            "dash-alert-twice",
            &[
                ("first", format!("{}, {}", first.door_name, when(first.at)).into()),
                ("second", format!("{}, {}", second.door_name, when(second.at)).into()),
            ],
        ),
        Alert::LetInDespite { scan, verdict } => texts.say_with(
            "dash-alert-despite",
            &[
                ("scan", format!("{}, {}", scan.door_name, when(scan.at)).into()),
                ("verdict", verdict_word(texts, verdict.word()).into()),
            ],
        ),
    };
    Ok(html! {
        @for alert in &alerts {
            (message::notice(Tone::Bad, &texts.say("dash-alert"), html! { (sentence(alert)) }))
        }
    })
}

/// A verdict in words.
pub(super) fn verdict_word(texts: Texts, word: &str) -> String {
    match verdict::Verdict::parse(word) {
        Some(verdict) => verdict.word(texts),
        None => texts.say("dash-undone"),
    }
}

fn entitlements(visit: &Desk, about: &About, ticket: &Ticket) -> Markup {
    let texts = visit.texts;
    let columns = [
        Column::new(texts.say("dash-admits-to")),
        Column::new(texts.say("dash-day")),
        Column::new(texts.say("dash-given-by")),
        Column::new(texts.say("dash-quantity")).numeric(),
        Column::new(texts.say("dash-door")),
    ];
    let rows = ticket.entitlements.iter().map(|given| {
        let item = about.items.iter().find(|item| item.id == given.item);
        let day = item.and_then(|item| item.day).map(|day| wording::item_day(texts, day));
        Row::new([
            html! { (item.map_or_else(|| texts.say("dash-archived-item"), |item| item.name.to_string())) },
            html! { (day.unwrap_or_else(|| String::from("–"))) },
            html! { (source(texts, ticket, given)) },
            html! { (given.quantity) },
            html! { (used(visit, &about.event, given)) },
        ])
    });
    html! {
        section {
            h2.section-title { (texts.say("dash-admits-to")) }
            (Table::new(texts, texts.say("dash-admits-to")).columns(columns).rows(rows))
        }
    }
}

fn source(texts: Texts, ticket: &Ticket, given: &Entitlement) -> String {
    let named = |is: &dyn Fn(&domain::catalogue::Thing) -> bool| {
        ticket.purchases.iter().find(|purchase| is(&purchase.thing)).map(|purchase| purchase.name.to_string())
    };
    match &given.from {
        Source::Pass(id) => {
            named(&|thing| *thing == domain::catalogue::Thing::Pass(*id)).unwrap_or_else(|| texts.say("dash-pass"))
        }
        Source::Item(_) => texts.say("dash-bought-alone"),
        Source::Staff(reason) => texts.say_with("dash-given-by-staff", &[("reason", reason.as_str().into())]),
    }
}

fn used(visit: &Desk, event: &Event, given: &Entitlement) -> Markup {
    if given.admissions.is_empty() {
        return door_pill(visit.texts, false);
    }
    html! {
        @for admission in &given.admissions {
            div {
                (wording::day_and_time(visit.texts, admission.at, &event.time_zone))
                span class="block text-sm text-ink-2" { (admission.door_name) ", " (admission.by) }
            }
        }
    }
}

fn sales(visit: &Desk, event: &Event, detail: &TicketDetail) -> Markup {
    let texts = visit.texts;
    if detail.sales.is_empty() {
        return Empty::new(Icon::Money, texts.say("dash-sales-none"), texts.say("dash-sales-none-more")).render();
    }
    let columns = [
        Column::new(texts.say("dash-when")),
        Column::new(texts.say("dash-method")),
        Column::new(texts.say("dash-amount")).numeric(),
    ];
    let rows = detail.sales.iter().map(|sale| {
        let amount = Money::new(sale.amount, detail.view.ticket.currency);
        Row::new([
            html! { (wording::date_time(texts, sale.at, &event.time_zone)) },
            html! { (wording::method(texts, sale.method)) },
            html! { (wording::money(texts, amount)) },
        ])
    });
    html! {
        section {
            h2.section-title { (texts.say("dash-money")) }
            (Table::new(texts, texts.say("dash-money")).columns(columns).rows(rows))
        }
    }
}

fn facts_of(visit: &Desk, event: &Event, ticket: &Ticket) -> Markup {
    let texts = visit.texts;
    let amount = |amount| wording::money(texts, Money::new(amount, ticket.currency));
    let rate = event.rate(&ticket.rate).map_or_else(|| ticket.rate.to_string(), |rate| rate.name.to_string());
    let reference = wording::order_reference(ticket.order);
    let order = html! {
        @if visit.scope.role().may(Permission::SeeOrders) {
            a href=(links::dashboard::order(&ticket.event, ticket.order)) { code { (reference) } }
        } @else { code { (reference) } }
    };
    let mut pairs: Vec<(String, Markup)> = vec![
        (texts.say("dash-ticket-number"), copyable(texts, &ticket.number.to_string())),
        (texts.say("dash-order"), order),
        (texts.say("dash-email"), html! { a href={ "mailto:" (ticket.holder_email()) } { (ticket.holder_email()) } }),
    ];
    if !ticket.is_held_by_buyer() {
        pairs.push((texts.say("dash-buyer"), html! { (ticket.buyer_email) }));
    }
    pairs.push((texts.say("dash-rate"), html! { (rate) }));
    if let Some(role) = wording::dance_partner(texts, ticket) {
        pairs.push((texts.say("dash-role"), html! { (role) }));
    }
    pairs.push((texts.say("dash-price"), html! { (amount(ticket.price)) }));
    pairs.push((texts.say("dash-paid"), html! { (amount(ticket.paid)) }));
    pairs.push((texts.say("dash-due"), html! { strong { (amount(ticket.due())) } }));
    pairs.push((texts.say("dash-method"), html! { (wording::method(texts, ticket.method)) }));
    if !ticket.wristbands.is_empty() {
        let bands: Vec<&str> = ticket.wristbands.iter().map(domain::values::Text::as_str).collect();
        pairs.push((texts.say("dash-wristbands"), html! { (bands.join(", ")) }));
    }
    pairs.push((texts.say("dash-issued"), html! { (wording::date_time(texts, ticket.issued_at, &event.time_zone)) }));
    facts(pairs)
}

fn answers(texts: Texts, ticket: &Ticket) -> Markup {
    if ticket.answers.is_empty() {
        return html! {};
    }
    let said = |value: &serde_json::Value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
    let pairs = ticket.answers.iter().map(|(question, answer)| (question.clone(), said(answer)));
    html! { div.panel { h2 { (texts.say("dash-answers")) } (facts(pairs)) } }
}

fn history(visit: &Desk, event: &Event, detail: &TicketDetail) -> Result<Markup, Problem> {
    let lines = detail.whole_history()?;
    let scans = detail.scans()?;
    let currency = detail.view.ticket.currency;
    let shown = lines.iter().rev().map(|line| {
        let when = wording::date_time(visit.texts, line.at(), &event.time_zone);
        let by = match line.from() {
            Some(from) => format!("{}, {from}", line.by().shown()),
            None => line.by().shown().to_owned(),
        };
        let happening = match line {
            HistoryLine::Entry(entry) => of_entry(visit.texts, entry, currency, when),
            HistoryLine::Scan(scan) => of_scan(visit, scan, undo_of(visit, scan, &scans), when),
        };
        happening.by(by)
    });
    Ok(timeline(shown))
}

fn of_entry(
    texts: Texts,
    entry: &HistoryEntry,
    currency: domain::values::Currency,
    when: String,
) -> Happening<'static> {
    let plain = |icon, key: &str| Happening::new(icon, texts.say(key), when.clone());
    match &entry.what {
        Happened::Issued => plain(Icon::Ticket, "dash-happened-issued"),
        Happened::Paid { amount, method } => {
            let amount = wording::money(texts, Money::new(*amount, currency));
            let places = [("amount", amount.into()), ("method", wording::method(texts, *method).into())];
            Happening::new(Icon::Money, texts.say_with("dash-happened-paid", &places), when).tone(Tone::Good)
        }
        Happened::Renamed { full_name, email } | Happened::HandedOn { full_name, email, .. } => {
            let before = full_name.as_ref().map(ToString::to_string).into_iter();
            let before: Vec<String> = before.chain(email.as_ref().map(ToString::to_string)).collect();
            let happening = match &entry.what {
                Happened::HandedOn { .. } => plain(Icon::Swap, "dash-happened-handed-on").tone(Tone::Info),
                _ => plain(Icon::Edit, "dash-happened-renamed"),
            };
            if before.is_empty() {
                return happening;
            }
            let detail = texts.say_with("dash-before", &[("before", before.join(", ").into())]);
            happening.detail(html! { (detail) })
        }
        Happened::Reissued { .. } => plain(Icon::Retry, "dash-happened-reissued").tone(Tone::Warning),
        Happened::Resent { to } => {
            let what = texts.say_with("dash-happened-resent", &[("to", to.as_str().into())]);
            Happening::new(Icon::Send, what, when)
        }
        Happened::Voided { reason, released } => {
            let key = if *released { "dash-happened-voided-released" } else { "dash-happened-voided" };
            let happening = plain(Icon::Ban, key).tone(Tone::Bad);
            match reason {
                Some(reason) => happening.detail(html! { (reason) }),
                None => happening,
            }
        }
        Happened::Noted { before } => {
            let happening = plain(Icon::Edit, "dash-happened-noted");
            if before.is_empty() {
                return happening;
            }
            happening.detail(html! { (texts.say_with("dash-before", &[("before", before.as_str().into())])) })
        }
        Happened::BandReplaced { name } => {
            let what = texts.say_with("dash-happened-band", &[("name", name.as_str().into())]);
            Happening::new(Icon::Wristband, what, when)
        }
    }
}

/// The way to take a scan back, if it let somebody in and was not taken back yet.
fn undo_of(visit: &Desk, scan: &Scan, scans: &[Scan]) -> Option<Button<'static>> {
    let is_undone = scans.iter().any(|other| matches!(&other.action, Action::Undo { undoes } if *undoes == scan.id));
    let number = scan.ticket?;
    let href = links::dashboard::ticket_action(&scan.event, number, "undo").with("scan", scan.id.as_str());
    let label = visit.texts.say("dash-undo");
    (scan.let_in && !is_undone).then(|| dialog::link(href, label).small().quiet().icon(Icon::Refund))
}

fn of_scan(visit: &Desk, scan: &Scan, undo: Option<Button<'static>>, when: String) -> Happening<'static> {
    let texts = visit.texts;
    let verdict = verdict_word(texts, scan.result.verdict.word().word());
    let places = [("verdict", verdict.into()), ("door", scan.door_name.as_str().into())];
    let tone = if scan.let_in { Tone::Good } else { Tone::Warning };
    let happening = Happening::new(Icon::Scan, texts.say_with("dash-happened-scan", &places), when).tone(tone);
    if scan.overriding.is_none() && undo.is_none() {
        return happening;
    }
    happening.detail(html! {
        @if let Some(over) = &scan.overriding {
            p { (texts.say_with("dash-in-spite", &[("reason", over.reason.as_str().into())])) }
        }
        @if let Some(undo) = undo { (undo) }
    })
}
