//! What a customer sees: offers, an event, picking, a ticket.

use super::part as part_of;
use crate::{
    texts::Texts,
    ui::{
        Button, Countdown, Face, Field, Hero, Icon, ItemRow, Left, Line, NavLink, Page, PassCard, Pill, Price,
        Quantity, Steps, Summary, Tone, button, dialog,
        facts::facts,
        form,
        message::notice,
        navigation::{languages, segments, site_header},
        offer::items,
        qr,
    },
};
use maud::{Markup, Render, html};

pub(super) fn part(texts: Texts) -> Markup {
    html! {
        (part_of(
            "offers",
            "Offers",
            html! {
                (passes(texts))
                div.with-summary { div class="grid gap-4" { (programme(texts)) } aside { (summary(texts)) } }
            }
        ))
        (part_of("events", "Events", events()))
        (part_of("steps", "Steps and time", html! {
            (Steps::at(texts, 2).step_back_to("Pick", "#steps").step_back_to("Who", "#steps").step("Pay").step("Done"))
            div class="flex flex-wrap gap-3" {
                (held(texts))
                (Price::new(texts, "£95").instead_of("£115").saving("£20").next("£105 from 1 November"))
                (Price::free(texts))
            }
        }))
        (part_of("barcode", "Barcode", qr::code(texts, SAMPLE, "Ana García")))
    }
}

const SAMPLE: &str = "HTTPS://TICKETS.EXAMPLE/S/AEAKJ3DNN5ZWCYLOM5UWG2DBNRRG64TUNBQXI2LTNFXGK5DFMFZGKYLMNR4SA43BMRWXEYLNOBXXG5DJNZTWY2LLMVZWC3TEMVXGIZLTOQQHI2DFNZSXEYLMNFZWC5DJN5XA";

fn held(texts: Texts) -> Markup {
    Countdown {
        until: "2099-12-04T18:30:00Z".into(),
        now: "2099-12-04T18:05:48Z".into(),
        left: "24:12".into(),
        ended: None,
    }
    .show(texts)
}

fn passes(texts: Texts) -> Markup {
    let many = |name: &'static str| {
        Quantity { name: format!("quantity[{name}]").into(), of: name.into(), value: 0, most: 8 }.show(texts)
    };
    html! {
        div.passes {
            (PassCard::new(texts, "Full Pass").ribbon("Best value").about("Everything, all weekend.")
                .price(Price::new(texts, "£95").instead_of("£128").saving("£33").next("£105 from 1 November"))
                .includes(Icon::Music, "Friday, Saturday and Sunday party").includes(Icon::Class, "All 14 classes").includes(Icon::Glass, "Welcome drink").action(many("Full Pass")))
            (PassCard::new(texts, "Party Pass").about("Three nights, four rooms.")
                .price(Price::new(texts, "£45").instead_of("£54").saving("£9")).left(Left::Few(6))
                .includes(Icon::Music, "Friday party").includes(Icon::Music, "Saturday party").includes(Icon::Music, "Sunday party").action(many("Party Pass")))
            (PassCard::new(texts, "Shine bootcamp").about("Six hours with Marco and Elena.").price(Price::new(texts, "£60")).left(Left::SoldOut)
                .includes(Icon::Class, "Saturday, 11:00–17:00").includes(Icon::Shirt, "T-shirt"))
        }
    }
}

fn programme(texts: Texts) -> Markup {
    html! {
        (items("Friday 4 December", [
            ItemRow::new(texts, "items", "fri-class", "On2 foundations").icon(Icon::Class).detail("19:00–20:30, Studio").price("£22").left(Left::Few(9)),
            ItemRow::new(texts, "items", "fri-party", "Friday party").icon(Icon::Music).detail("21:00–04:00, Main hall").price("£18").ticked_when(true),
        ]))
        (items("Saturday 5 December", [
            ItemRow::new(texts, "items", "sat-class", "Saturday classes").icon(Icon::Class).detail("11:00–17:00, all rooms").price("£48").ticked_when(true),
            ItemRow::new(texts, "items", "sat-boot", "Shine bootcamp").icon(Icon::Sparkles).detail("11:00–17:00, Studio").price("£60").left(Left::SoldOut),
            ItemRow::new(texts, "items", "sat-party", "Saturday party").icon(Icon::Music).detail("21:00–04:00, Main hall").price("£22").ticked_when(true),
        ]))
    }
}

fn summary(texts: Texts) -> Markup {
    let line = Line {
        what: "Weekend Pass".into(),
        detail: "Student · covers all three that you ticked".into(),
        amount: "£75".into(),
    };
    Summary::new(texts, "Cheapest for your choice", ("Total", "£75"))
        .lines([line])
        .extras(["Sunday party", "Welcome drink"])
        .sum("On their own", "£88")
        .saving("£13")
        .action(Button::link("/ui/pay", "Go on").primary().large().trailing(Icon::Arrow))
        .render()
}

fn events() -> Markup {
    let event = |title, when, place| Hero::new(title).fact(Icon::Calendar, when).fact(Icon::Place, place);
    html! {
        div.event-cards {
            (event("Winter Salsa 2026", "Fri 4 – Sun 6 Dec", "Corn Exchange, Leeds").card("/ui/event", "from £18"))
            (event("Bachata Nights", "Every Thursday, 20:00", "The Basement, York").card("/ui/event", "from £9"))
            (event("Kizomba Lab", "Sat 16 Jan, 11:00", "Studio 4, Leeds").card(
                "/ui/event",
                Pill::new(Tone::Neutral, "Sold out").icon(Icon::Ban)
            ))
            (event("Summer on the Pier", "Fri 9 – Sun 11 Jul", "Saltburn").card("/ui/event", "from £65"))
        }
    }
}

fn site(texts: Texts, face: Face, title: &'static str, content: Markup) -> Markup {
    let links = [
        NavLink::new("Events", "/ui/event").current_when(true),
        NavLink::new("Classes", "/ui/event"),
        NavLink::new("About", "/ui/event"),
    ];
    let header = site_header(
        texts,
        "Salsa Soul",
        "/ui/event",
        &links,
        html! { (Button::link("/ui/ticket", "My tickets").small().icon(Icon::Ticket)) },
    );
    let footer = html! { a href="/ui" { "Terms" } a href="/ui" { "Privacy" } a href="/ui" { "Contact" } (languages(texts, |lang| format!("?lang={}", lang.tag()))) };
    Page::new(texts, face, title).site("Salsa Soul").header(header).content(content).footer(footer).render()
}

pub(super) fn event(texts: Texts) -> Markup {
    let hero = Hero::new("Winter Salsa 2026")
        .kicker("The ninth edition")
        .lead(
            "Three nights, four rooms and eleven bands in the oldest ballroom of the north. Come with a partner or without."
        )
        .fact(Icon::Calendar, "Fri 4 Dec, 19:00 – Mon 7 Dec, 04:00")
        .fact(Icon::Place, "Corn Exchange, Call Lane, Leeds")
        .actions(html! { (Button::link("/ui/pick", "Buy tickets").primary().large()) (Button::link("#programme", "See the programme").large()) });
    site(
        texts,
        Face::Shop,
        "Winter Salsa 2026",
        html! {
            (hero)
            section.page-section { h2.section-title { "Passes" } (passes(texts)) }
            section.page-section #programme {
                h2.section-title { "Programme" }
                div class="grid gap-4 md:grid-cols-2 items-start" { (programme(texts)) }
            }
            section.page-section { h2.section-title { "More from Salsa Soul" } (events()) }
        },
    )
}

pub(super) fn pick(texts: Texts) -> Markup {
    let views =
        [NavLink::new("What I want to do", "/ui/pick").current_when(true), NavLink::new("By pass", "/ui/event")];
    site(
        texts,
        Face::Shop,
        "Pick",
        html! {
            div class="mb-8 grid gap-6" {
                (Steps::at(texts, 0).step("Pick").step("Who").step("Pay").step("Done"))
                div class="flex flex-wrap items-end justify-between gap-4" {
                    h1 { "What do you want to do?" }
                    (segments("How to pick", &views))
                }
            }
            form.with-summary method="post" action="/ui/pick" {
                div class="grid gap-4" { (programme(texts)) }
                aside #cover { (summary(texts)) }
            }
        },
    )
}

pub(super) fn who(texts: Texts) -> Markup {
    site(
        texts,
        Face::Shop,
        "Who is coming",
        html! {
            div class="mb-8 grid gap-6" {
                (Steps::at(texts, 1).step_back_to("Pick", "/ui/pick").step("Who").step("Pay").step("Done"))
                div class="flex flex-wrap items-center justify-between gap-4" {
                    h1 { "Who is coming?" }
                    (held(texts))
                }
            }
            form.with-summary method="post" action="/ui/pay" {
                div class="panel form" {
                    h2 { "Ticket 1, Weekend Pass" }
                    (form::row(
                        html! {
                            (Field::text("tickets[0].name", "Name").attr("autocomplete", "name").required())
                            (
                                Field::email("tickets[0].email", "E-mail").hint("Their barcode goes here").optional(texts)
                            )
                        }
                    ))
                    (super::forms::role())
                }
                aside { (summary(texts)) }
            }
        },
    )
}

pub(super) fn ticket(texts: Texts) -> Markup {
    site(
        texts,
        Face::Customer,
        "Your ticket",
        html! {
            div class="grid gap-6" {
                div {
                    p.hero-kicker { "Winter Salsa 2026" }
                    h1 { "Ana's ticket" }
                    p class="mt-1 text-ink-2" { "Fri 4 – Sun 6 Dec, Corn Exchange, Leeds" }
                }
                (qr::code(texts, SAMPLE, "Ana García"))
                div class="flex flex-wrap justify-center gap-2.5" {
                    (Button::plain("Add to wallet").icon(Icon::Wallet))
                    (Button::link("#", "PDF").icon(Icon::Download))
                    (Button::link("#", "Calendar").icon(Icon::Calendar))
                }
                div.panel {
                    h2 { "What it admits to" }
                    (facts(
                        [
                            ("Pass", html! { "Weekend Pass" }),
                            ("Rate", html! { "Student " (Pill::new(Tone::Info, "bring your ID")) }),
                            ("Role", html! { "Leader" }),
                            ("Money", Pill::new(Tone::Good, "Paid").render()),
                        ]
                    ))
                }
                (notice(
                    Tone::Brand,
                    "The Full Pass is £20 more",
                    html! { "It adds all Sunday classes. " a href="#" { "Upgrade until Thu 3 Dec" } }
                ))
                (button::row(
                    html! {
                        (dialog::link("/ui/dialog", "Transfer").icon(Icon::Swap))
                        (Button::link("#", "Help with this ticket").quiet().icon(Icon::Help))
                    }
                ))
            }
        },
    )
}
