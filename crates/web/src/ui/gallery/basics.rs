//! Colours, type, icons, buttons, marks, messages, dialogs.

use super::part as part_of;
use crate::{
    texts::Texts,
    ui::{
        Button, Dialog, Empty, Field, Happening, Icon, NavLink, Pill, Tone,
        badge::person,
        button, dialog,
        facts::{copyable, facts, timeline},
        message::{notice, skeleton, toast},
        navigation::{breadcrumbs, languages, menu, segments, tabs},
    },
};
use maud::{Markup, Render, html};

const TONES: [(Tone, &str); 6] = [
    (Tone::Neutral, "Draft"),
    (Tone::Brand, "New"),
    (Tone::Good, "Paid"),
    (Tone::Warning, "Part paid"),
    (Tone::Bad, "Void"),
    (Tone::Info, "Complimentary"),
];

pub(super) fn part(texts: Texts) -> Markup {
    html! {
        (part_of("type", "Type and colour", html! {
            div { p class="font-display text-4xl font-bold tracking-tight" { "Dance the whole night" }
                p class="mt-2 max-w-xl text-ink-2" { "Łukasz, Şebnem, Zoë, Đorđe and Núria read well, and so do £1,234.50 and Sat 5 Dec, 22:00. " a href="#type" { "A link in a sentence" } "." } }
            ul.gallery-swatches {
                li { span class="bg-brand" {} "brand" } li { span class="bg-brand-soft" {} "brand-soft" } li {
                    span class="bg-canvas" {}
                    "canvas"
                }
                li { span class="bg-surface" {} "surface" } li { span class="bg-sunken" {} "sunken" } li {
                    span class="bg-ink" {}
                    "ink"
                }
                li { span class="bg-ink-3" {} "ink-3" } li { span class="bg-good" {} "good" } li {
                    span class="bg-warn" {}
                    "warn"
                }
                li { span class="bg-bad" {} "bad" } li { span class="bg-info" {} "info" }
            }
        }))
        (part_of("buttons", "Buttons", buttons(texts)))
        (part_of("marks", "Pills, people, copying", marks(texts)))
        (part_of("messages", "Messages", messages(texts)))
        (part_of("navigation", "Ways around", ways(texts)))
        (part_of(
            "icons",
            "Icons",
            html! { ul.gallery-icons { @for (icon, name) in Icon::ALL { li { (icon) (name) } } } }
        ))
    }
}

fn buttons(texts: Texts) -> Markup {
    html! {
        (button::row(html! {
            (Button::plain("Buy tickets").primary()) (Button::plain("Export").icon(Icon::Download)) (
                Button::plain("Cancel").quiet()
            )
            (Button::plain("Void ticket").danger().icon(Icon::Ban)) (
                Button::plain("Sending").primary().attr("aria-busy", "true")
            )
            (Button::plain("Sold out").disabled()) (Button::link("#buttons", "A link").trailing(Icon::Arrow))
        }))
        (button::row(html! {
            (Button::plain("Pay £95").primary().large().icon(Icon::Lock)) (Button::plain("Later").large())
            (Button::plain("Small").small()) (Button::plain("Small").small().primary()) (
                Button::plain("Edit").small().only_icon(Icon::Edit)
            )
            (Button::plain("Search").only_icon(Icon::Search)) (dialog::link("/ui/dialog", "Open a dialog"))
        }))
        (menu(
            texts,
            html! {
                a href="#buttons" { (Icon::Edit) "Edit" }
                a href="#buttons" { (Icon::Copy) "Duplicate" }
                hr;
                a.is-bad href="#buttons" { (Icon::Delete) "Delete" }
            }
        ))
    }
}

fn marks(texts: Texts) -> Markup {
    html! {
        div class="flex flex-wrap gap-2" {
            @for (tone, word) in TONES { (Pill::new(tone, word)) }
            (Pill::new(Tone::Good, "Admitted 22:04").icon(Icon::Door))
        }
        div class="flex flex-wrap gap-6" {
            (person("Ana García", "ana@example.com"))
            (person("Łukasz Żak", "Leader"))
            (person("Zoë", ""))
        }
        div.gallery-columns {
            div.panel {
                h3 { "Ticket" }
                (facts(
                    [
                        ("Number", copyable(texts, "2KfBAEXQ9mGqkNPJzYvT7hWcR1d")),
                        ("Holder", html! { "Ana García" }),
                        ("Pass", html! { "Full Pass" }),
                        ("Money", Pill::new(Tone::Good, "Paid").render()),
                    ]
                ))
            }
            div.panel {
                h3 { "History" }
                (timeline([
                    Happening::new(Icon::Door, "Admitted", "Fri 4 Dec, 21:04").by("Main door").tone(Tone::Good),
                    Happening::new(Icon::Swap, "Transferred from Mia Chen", "Tue 1 Dec, 09:12").by("Mia Chen").tone(Tone::Info).detail(
                        "The old barcode is void."
                    ),
                    Happening::new(Icon::Ticket, "Bought", "Sun 1 Nov, 18:40").by("Mia Chen, shop"),
                ]))
            }
        }
    }
}

fn messages(texts: Texts) -> Markup {
    html! {
        div.gallery-columns {
            (notice(Tone::Info, "Prices rise on 1 November", "A price in your basket stays as it is."))
            (notice(
                Tone::Warning,
                "Two doors admitted the same ticket",
                html! { "Main at 21:04, Balcony at 21:06. " a href="#messages" { "See the ticket" } }
            ))
            (notice(
                Tone::Bad,
                "The card was declined",
                "Nothing was charged, and your places are kept for 24 minutes. Try another card."
            ))
            (notice(Tone::Good, "345 tickets sent", html! {}))
        }
        div.gallery-columns {
            div { (toast(texts, Tone::Neutral, "The order was moved to the archive.")) }
            div { (toast(texts, Tone::Bad, "The mail was not sent.")) }
        }
        div.gallery-columns {
            (Empty::new(Icon::Ticket, "No passes yet", "A pass bundles items, such as all parties and classes, for one price.").actions(
                html! { (Button::plain("Make a pass").primary()) (Button::plain("Copy from last year")) }
            ))
            div.panel { (skeleton(texts, 5)) }
        }
    }
}

fn ways(texts: Texts) -> Markup {
    let links = || {
        [
            NavLink::new("Passes", "#navigation").current_when(true),
            NavLink::new("Items", "#navigation").count(14),
            NavLink::new("Codes", "#navigation"),
        ]
    };
    html! {
        (breadcrumbs(texts, &[("Events", "#navigation"), ("Winter Salsa 2026", "#navigation")]))
        (tabs("Sample tabs", &links()))
        (segments("Sample views", &links()))
        (languages(texts, |lang| format!("?lang={}", lang.tag())))
    }
}

pub(super) fn dialog(texts: Texts) -> Dialog<'static> {
    Dialog::new(texts, "sample-dialog", "Void this ticket?")
        .tone(Tone::Bad)
        .lead("Ana's barcode stops working at once, and her place goes back on sale. Nothing is refunded.")
        .body(html! {
            form #sample-form method="get" action="/ui" {
                (Field::area("reason", "Reason", 2).hint("Kept in the ticket's history").optional(texts))
            }
        })
        .actions(html! { (Button::submit("Void ticket").danger().attr("form", "sample-form")) })
}
