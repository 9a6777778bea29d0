//! Fields, choices, filters and what is wrong with them.

use super::part as part_of;
use crate::{
    texts::Texts,
    ui::{
        Button, Card, Choice, Choices, Field, Tick, button,
        form::{self, error_summary, filters},
    },
};
use maud::{Markup, html};

pub(super) fn part(texts: Texts) -> Markup {
    html! {
        (part_of("fields", "Fields", fields(texts)))
        (part_of("choices", "Choices", choices()))
        (part_of("faults", "What is wrong", faults(texts)))
        (part_of("settings", "A settings page", settings(texts)))
    }
}

fn fields(texts: Texts) -> Markup {
    let statuses = || [Choice::new("", "Any status"), Choice::new("paid", "Paid"), Choice::new("unpaid", "Unpaid")];
    html! {
        (filters(texts, "/ui", Some("/ui"), html! {
            (Field::search("q", "Search attendees").attr("placeholder", "Name, e-mail, ticket, order"))
            (Field::select("money", "Money", statuses()).attr("data-sends", ""))
            (Field::select("pass", "Pass", [Choice::new("", "Any pass"), Choice::new("full", "Full Pass")]))
        }))
        form.gallery-columns {
            div.form {
                (Field::text("name", "Name").value("Ana García").attr("autocomplete", "name").required())
                (Field::email("email", "E-mail").hint("The ticket is sent here.").required())
                (Field::telephone("phone", "Telephone").optional(texts))
                (Field::area("about", "About the event", 4).value("Three nights, four rooms, eleven bands."))
                (Field::file("programme", "Programme").attr("accept", ".csv,.xlsx").hint("CSV or XLSX, at most 10 MB"))
            }
            div.form {
                (form::row(
                    html! {
                        (Field::date_and_time("starts", "Starts").value("2026-12-04T19:00").hint("Europe/London"))
                        (Field::date_and_time("ends", "Ends").value("2026-12-07T04:00").hint("Europe/London"))
                    }
                ))
                (form::row(
                    html! {
                        (Field::money("price", "Price", "£").value("95.00"))
                        (Field::number("hold", "A hold lasts").value("30").unit("minutes").attr("min", "5"))
                    }
                ))
                (form::row(
                    html! {
                        (Field::date("day", "Day").value("2026-12-05"))
                        (Field::time("time", "Time").value("22:00"))
                    }
                ))
                (Field::url("website", "Website").attr("placeholder", "https://"))
                (Field::colour("colour", "Brand colour").value("#ad1b5f"))
                (
                    Field::select("zone", "Time zone", [Choice::new("Europe/London", "London"), Choice::new("Europe/Madrid", "Madrid")]).value("Europe/Madrid")
                )
            }
        }
    }
}

fn choices() -> Markup {
    html! {
        form.form {
            (Choices::one("role", "How do you dance?", [
                Card::new("leader", "Leader").detail("12 places left"), Card::new("follower", "Follower").detail(
                    "Waiting list: 8 before you"
                ),
                Card::new("switch", "Switch").detail("I do both, put me where it helps"),
            ]).chosen("leader").hint("Classes are balanced."))
            (Choices::one("rate", "Rate", [
                Card::new("standard", "Standard").aside("£95"), Card::new("student", "Student").aside("£75").detail(
                    "Show your student ID at the door"
                ),
                Card::new("local", "Local").aside("£80").detail("Sold out").closed(),
            ]).chosen("student"))
            (Tick::checkbox("terms", "I agree to the terms of sale").required())
            (
                Tick::checkbox("news", "Tell me about the next edition").hint("About four mails a year.").ticked_when(true)
            )
            (Tick::switch("live", "On sale").ticked_when(true).hint("Guests can buy this pass."))
            (Tick::switch("names", "Show names at the door"))
        }
    }
}

fn faults(texts: Texts) -> Markup {
    let all = [
        ("tickets[0].email", "Enter an e-mail address, such as ana@example.com"),
        ("tickets[0].role", "Choose how Ana dances"),
        ("agreed", "Agree to the terms to go on"),
    ];
    html! {
        form.form {
            (error_summary(texts, all))
            (Field::email("tickets[0].email", "E-mail").value("ana@").error(
                Some("Enter an e-mail address, such as ana@example.com")
            ))
            (
                Choices::one("tickets[0].role", "Role", [Card::new("leader", "Leader"), Card::new("follower", "Follower")]).error(
                    Some("Choose how Ana dances")
                )
            )
            (Tick::checkbox("agreed", "I agree to the terms of sale").error(Some("Agree to the terms to go on")))
            (button::row(html! { (Button::plain("Go on").primary()) (Button::link("/ui", "Back").quiet()) }))
        }
    }
}

fn settings(texts: Texts) -> Markup {
    html! {
        form {
            (form::section("Selling", "What a guest is told, and how long a place is kept.", html! {
                (Field::number("minutes", "A hold lasts").value("30").unit("minutes"))
                (Tick::switch("door-pay", "Pay at the door").hint(
                    "The ticket is issued at once and is unpaid until then."
                ))
            }))
            (form::section("Contact", "Where answers go.", html! {
                (Field::email("reply", "Reply address").value("hello@salsasoul.example"))
                (form::group("Press", html! { (Field::text("press", "Contact").optional(texts)) }))
            }))
        }
    }
}

pub(super) fn role() -> Choices<'static> {
    let cards = [
        Card::new("leader", "Leader").detail("12 places left"),
        Card::new("follower", "Follower").detail("Waiting list"),
        Card::new("switch", "Switch").detail("I do both"),
    ];
    Choices::one("tickets[0].role", "How do they dance?", cards).chosen("leader")
}
