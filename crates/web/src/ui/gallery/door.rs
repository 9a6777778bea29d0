//! The scanner and every verdict.

use super::part as part_of;
use crate::{
    texts::Texts,
    ui::{Button, Face, Icon, Page, Scanner, Verdict, VerdictPanel, Wristband, scan},
};
use maud::{Markup, Render, html};

pub(super) fn part(texts: Texts) -> Markup {
    part_of(
        "verdicts",
        "Verdicts",
        html! {
            div.gallery-columns {
                (admitted(texts))
                (already_in(texts))
                (VerdictPanel::new(texts, Verdict::Unpaid).sentence("£45 is due.").name("Mia Chen").actions(
                    Button::plain("Take £45 in cash").primary().large().icon(Icon::Money)
                ))
                @for verdict in Verdict::ALL.into_iter().skip(3) { (VerdictPanel::new(texts, verdict)) }
            }
            (scan::found("Ana García", "Full Pass, leader", Button::plain("Admit").primary()))
        },
    )
}

fn admitted(texts: Texts) -> VerdictPanel<'static> {
    let band = |name: &'static str, colour: &'static str, material: &'static str| Wristband {
        name: name.into(),
        colour: colour.into(),
        material: material.into(),
    };
    VerdictPanel::new(texts, Verdict::Admitted)
        .name("Ana García")
        .check("Check student ID")
        .bands([band("Full Pass", "#8a8a8a", "fabric"), band("Dinner", "#e8b400", "paper")])
        .fact("Role", "Leader")
        .fact("Notes", "Birthday on Saturday")
}

fn already_in(texts: Texts) -> VerdictPanel<'static> {
    VerdictPanel::new(texts, Verdict::AlreadyIn)
        .sentence("At 21:04, Main door, by Kofi.")
        .name("Łukasz Żak")
        .actions(Button::plain("Let in again").large().icon(Icon::Retry))
}

pub(super) fn scanner(texts: Texts) -> Markup {
    let screen = Scanner {
        action: "/ui/scans".into(),
        door: "Main, Friday".into(),
        doors: "/ui".into(),
        search: "/ui/attendees".into(),
        hidden: vec![("door", "main-friday".into())],
        state: Some(html! { span.scanner-state { (Icon::Wifi) "0 waiting, list 12 s old" } }),
        verdict: Some(admitted(texts).render()),
    };
    Page::new(texts, Face::Scanner, "Scanner").content(screen.show(texts)).render()
}
