//! Figures, charts, tables; and two sample pages of a dashboard.

use super::{frame, part as part_of};
use crate::{
    texts::Texts,
    ui::{
        Button, Choice, Column, Field, Icon, NavLink, Pagination, PaletteEntry, Pill, Row, Sort, Statistic, Table,
        Tone,
        badge::person,
        button,
        chart::{Area, Datum, bars, donut, heat},
        dashboard::palette_entries,
        dialog,
        form::filters,
        navigation::{breadcrumbs, menu, tabs},
        progress::{balance, capacity, progress},
        statistic::tiles,
        table::selection_bar,
    },
};
use maud::{Markup, Render, html};

type Sample = (&'static str, &'static str, &'static str, &'static str, (Tone, &'static str), &'static str);

/// Name, e-mail, pass, role, money, paid.
const PEOPLE: [Sample; 8] = [
    ("Ana García", "ana@example.com", "Full Pass", "Leader", (Tone::Good, "Paid"), "£95.00"),
    ("Łukasz Żak", "lukasz@example.com", "Full Pass", "Follower", (Tone::Good, "Paid"), "£75.00"),
    ("Mia Chen", "mia.chen@example.com", "Party Pass", "Switch", (Tone::Warning, "Unpaid"), "£45.00"),
    ("Şebnem Yılmaz", "sebnem@example.com", "Friday party", "Follower", (Tone::Good, "Paid"), "£18.00"),
    ("Tom O'Neill", "tom@example.com", "Full Pass", "Leader", (Tone::Bad, "Void"), "£95.00"),
    ("Núria Puig", "nuria@example.com", "Saturday classes", "Leader", (Tone::Info, "Complimentary"), "£0.00"),
    ("Kofi Mensah", "kofi@example.com", "Full Pass", "Leader", (Tone::Good, "Paid"), "£95.00"),
    ("Zoë Brandt", "zoe@example.com", "Party Pass", "Follower", (Tone::Neutral, "Refunded"), "£0.00"),
];

pub(super) fn part(texts: Texts) -> Markup {
    html! {
        (part_of("figures", "Figures", html! { (figures()) (charts(texts)) (places(texts)) }))
        (part_of("tables", "Tables", table(texts)))
    }
}

fn figures() -> Markup {
    tiles([
        Statistic::new("Sales", "£24,310")
            .risen("+12 %")
            .detail("than last edition")
            .past([2.0, 5.0, 4.0, 9.0, 11.0, 10.0, 16.0, 19.0, 24.0]),
        Statistic::new("Tickets", "345")
            .risen("+41")
            .detail("this week")
            .past([1.0, 8.0, 9.0, 14.0, 15.0, 21.0, 22.0, 30.0])
            .link("/ui/attendees"),
        Statistic::new("Refunds", "£380").fallen("−2 %").detail("of sales").past([3.0, 2.0, 2.0, 4.0, 1.0, 1.0, 2.0]),
        Statistic::new("In the house", "0").detail("Doors open Fri 4 Dec, 20:00"),
    ])
}

fn sales(texts: Texts) -> Markup {
    let weeks = ["1 Sep", "8 Sep", "15 Sep", "22 Sep", "29 Sep", "6 Oct", "13 Oct", "20 Oct", "27 Oct", "3 Nov"];
    let series = |values: [f64; 10]| {
        weeks
            .iter()
            .zip(values)
            .map(|(week, value)| Datum::new(*week, value, format!("£{:.1}k", value / 1000.0)))
            .collect()
    };
    Area::new(
        "Sales over time",
        "2026",
        series([300.0, 900.0, 2100.0, 2800.0, 5200.0, 7400.0, 9900.0, 14300.0, 21800.0, 24310.0]),
    )
    .before("2025", series([200.0, 1100.0, 1500.0, 2500.0, 4100.0, 6900.0, 8000.0, 11000.0, 15000.0, 21600.0]))
    .show(texts)
}

fn by_pass() -> Markup {
    bars(
        "By pass",
        &[
            Datum::new("Full Pass", 182.0, "182"),
            Datum::new("Party Pass", 96.0, "96"),
            Datum::new("Saturday classes", 41.0, "41"),
            Datum::new("Friday party", 26.0, "26"),
        ],
    )
}

fn by_rate() -> Markup {
    donut(
        "By rate",
        ("345", "tickets"),
        &[
            Datum::new("Standard", 214.0, "214"),
            Datum::new("Student", 88.0, "88"),
            Datum::new("Local", 31.0, "31"),
            Datum::new("Team", 12.0, "12"),
        ],
    )
}

fn charts(texts: Texts) -> Markup {
    let quarters: Vec<_> =
        (0..16_u32).map(|at| (format!("20:{:02}", at % 4 * 15), f64::from(at * (16 - at)))).collect();
    let quarters: Vec<_> = quarters.iter().map(|(label, n)| Datum::new(label.as_str(), *n, n.to_string())).collect();
    html! {
        div.panel { (sales(texts)) }
        div.gallery-columns { div.panel { (by_pass()) } div.panel { (by_rate()) } }
        div.panel { (heat("Check-ins by quarter of an hour", &quarters)) }
    }
}

fn places(texts: Texts) -> Markup {
    html! {
        div.gallery-columns {
            div.panel {
                h2 { "Places" }
                div class="grid gap-4" {
                    (capacity(texts, "Saturday, On2 with Marco", 86, 120))
                    (capacity(texts, "Friday party", 372, 400))
                    (capacity(texts, "Shine bootcamp", 40, 40))
                }
            }
            div.panel {
                h2 { "Leaders and followers" }
                div class="grid gap-4" {
                    (balance(("leaders", 171), ("followers", 174)))
                    (balance(("leaders", 62), ("followers", 38)))
                    (progress(texts, "Importing attendees", 1240, 3000))
                }
            }
        }
    }
}

fn table(texts: Texts) -> Markup {
    let columns = [
        Column::new("Attendee").sortable("?sort=-name", Some(Sort::Ascending)),
        Column::new("Pass").sortable("?sort=pass", None),
        Column::new("Role"),
        Column::new("Money"),
        Column::new("Paid").sortable("?sort=paid", None).numeric(),
        Column::new("Actions").bare(),
    ];
    let rows = PEOPLE.map(|(name, email, pass, role, (tone, word), paid)| {
        let menu = menu(texts, html! { a href="#tables" { (Icon::Send) "Resend" } a href="#tables" { (Icon::Swap) "Transfer" } hr; a.is-bad href="#tables" { (Icon::Ban) "Void" } });
        let cells = [person(name, email), html! { (pass) }, html! { (role) }, Pill::new(tone, word).render(), html! { (paid) }, menu];
        let row = Row::new(cells).link("/ui/ticket").choice(email, name);
        if word == "Void" { row.faded() } else { row }
    });
    let page = Pagination { summary: "1–8 of 345".into(), previous: None, next: Some("?after=8".into()) };
    html! {
        form method="post" action="/ui" {
            (Table::new(texts, "Attendees").columns(columns).rows(rows).choosable("tickets", "chosen"))
            (selection_bar(
                texts,
                "chosen",
                html! {
                    (Button::submit("Resend").small().icon(Icon::Send))
                    (Button::submit("Check in").small().icon(Icon::Check))
                    (Button::submit("Void").small().danger())
                }
            ))
            (page.show(texts))
        }
    }
}

pub(super) fn today(texts: Texts) -> Markup {
    let views = [
        NavLink::new("Overview", "/ui/today").current_when(true),
        NavLink::new("Passes and items", "/ui/today"),
        NavLink::new("Pricing", "/ui/today"),
        NavLink::new("Questions", "/ui/today"),
        NavLink::new("Waiting list", "/ui/today").count(9),
    ];
    frame(texts, "Today")
        .breadcrumbs(breadcrumbs(texts, &[("Events", "/ui")]))
        .lead(html! {
            (Pill::new(Tone::Good, "On sale").icon(Icon::Check))
            "Fri 4 – Sun 6 Dec 2026, Corn Exchange, Leeds"
        })
        .actions(html! {
            (Button::link("/ui/event", "View page").icon(Icon::External))
            (Button::link("/ui/scanner", "Open the door").primary().icon(Icon::Scan))
        })
        .tabs(tabs("Winter Salsa 2026", &views))
        .content(html! {
            (figures())
            div.panel { (sales(texts)) }
            div.gallery-columns { div.panel { (by_pass()) } div.panel { (by_rate()) } }
            (places(texts))
        })
        .render()
}

pub(super) fn attendees(texts: Texts) -> Markup {
    frame(texts, "Attendees")
        .lead("345 tickets, Winter Salsa 2026")
        .actions(
            button::row(
                html! {
                    (Button::plain("Import").icon(Icon::Upload))
                    (Button::plain("Export").icon(Icon::Download))
                    (dialog::link("/ui/dialog", "Add attendee").primary().icon(Icon::Plus))
                }
            )
        )
        .content(html! {
            (filters(texts, "/ui/attendees", None, html! {
                (Field::search("q", "Search attendees").attr("placeholder", "Name, e-mail, ticket, order"))
                (
                    Field::select("pass", "Pass", [Choice::new("", "Any pass"), Choice::new("full", "Full Pass")]).attr("data-sends", "")
                )
                (
                    Field::select("money", "Money", [Choice::new("", "Any"), Choice::new("paid", "Paid")]).attr("data-sends", "")
                )
                (
                    Field::select("door", "Door", [Choice::new("", "Any"), Choice::new("in", "Admitted")]).attr("data-sends", "")
                )
            }))
            (table(texts))
        })
        .render()
}

pub(super) fn found(texts: Texts) -> Markup {
    let entry = |icon, label: &'static str, detail: &'static str| PaletteEntry {
        icon,
        label: label.into(),
        detail: detail.into(),
        href: "/ui/today".into(),
    };
    palette_entries(
        texts,
        &[
            (
                "Events",
                vec![
                    entry(Icon::Calendar, "Winter Salsa 2026", "4–6 Dec"),
                    entry(Icon::Calendar, "Salsa Tuesdays", "weekly"),
                ],
            ),
            (
                "Attendees",
                vec![
                    entry(Icon::Person, "Ana García", "Full Pass"),
                    entry(Icon::Person, "Ana-Lucía Prieto", "Party Pass"),
                ],
            ),
            ("Actions", vec![entry(Icon::Plus, "New event", ""), entry(Icon::Scan, "Open the scanner", "")]),
        ],
    )
}
