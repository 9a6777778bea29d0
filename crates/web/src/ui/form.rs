//! What holds fields together: groups, rows, sections of a settings page, and the summary of what is wrong.

use super::{Icon, field::field_id};
use crate::texts::Texts;
use maud::{Markup, Render, html};

/// What is wrong with a form, at its top: each fault leads to its field. Nothing at all when there is none.
///
/// Faults are pairs of the field's name (as in the form) and the sentence that also stands beside the field. It takes
/// the focus when the page arrives.
pub fn error_summary<'a>(texts: Texts, faults: impl IntoIterator<Item = (&'a str, &'a str)>) -> Markup {
    let faults: Vec<_> = faults.into_iter().collect();
    html! {
        @if !faults.is_empty() {
            div.error-summary role="alert" tabindex="-1" aria-labelledby="error-summary-title" {
                h2 #error-summary-title {
                    (Icon::Warning)
                    (texts.say_with("error-summary-title", &[("n", faults.len().into())]))
                }
                ul { @for (name, sentence) in &faults { li { a href={ "#" (field_id(name)) } { (sentence) } } } }
            }
        }
    }
}

/// Fields that belong together, under a legend.
pub fn group(legend: &str, fields: impl Render) -> Markup {
    html! { fieldset.form { legend.form-legend { (legend) } (fields) } }
}

/// Fields side by side where there is room.
pub fn row(fields: impl Render) -> Markup {
    html! { div.form-row { (fields) } }
}

/// A section of a settings page: what it is about on the left, its fields on the right.
pub fn section(title: &str, about: &str, fields: impl Render) -> Markup {
    html! {
        section.form-section {
            header { h2 { (title) } p { (about) } }
            div { (fields) }
        }
    }
}

/// The filters above a list: a `GET` form whose fields send it as they change; `Apply` is for those without script.
///
/// `action` is the list's URL. `clear` is its URL without filters, given only when any is set.
pub fn filters(texts: Texts, action: &str, clear: Option<&str>, fields: impl Render) -> Markup {
    html! {
        form.filters method="get" action=(action) role="search" aria-label=(texts.say("filters")) {
            (fields)
            div.filters-end {
                noscript { (super::Button::submit(texts.say("apply-filters"))) }
                @if let Some(clear) = clear {
                    (super::Button::link(clear, texts.say("filters-clear")).quiet().icon(Icon::Close))
                }
            }
        }
    }
}

/// Names of zones that are offered while one is typed, in a field with `.attr("list", "zones")`.
pub fn time_zones() -> Markup {
    let names = [
        "Europe/London",
        "Europe/Dublin",
        "Europe/Lisbon",
        "Europe/Madrid",
        "Europe/Paris",
        "Europe/Brussels",
        "Europe/Amsterdam",
        "Europe/Berlin",
        "Europe/Zurich",
        "Europe/Vienna",
        "Europe/Rome",
        "Europe/Prague",
        "Europe/Warsaw",
        "Europe/Copenhagen",
        "Europe/Stockholm",
        "Europe/Oslo",
        "Europe/Helsinki",
        "Europe/Athens",
        "Europe/Istanbul",
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Mexico_City",
        "America/Bogota",
        "America/Havana",
        "America/Buenos_Aires",
        "America/Sao_Paulo",
        "Asia/Dubai",
        "Asia/Kolkata",
        "Asia/Singapore",
        "Asia/Tokyo",
        "Australia/Sydney",
        "Pacific/Auckland",
    ];
    html! { datalist #zones { @for name in names { option value=(name) {} } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_fault_leads_to_its_field() {
        let faults = [("tickets[0].email", "Enter an e-mail"), ("terms", "Agree to the terms")];
        let html = error_summary(Texts::default(), faults).into_string();
        assert!(html.contains("There are 2 problems"));
        assert!(html.contains("<a href=\"#field-tickets-0-email\">Enter an e-mail</a>"));
    }

    #[test]
    fn without_faults_there_is_no_summary() {
        assert_eq!(error_summary(Texts::default(), []).into_string(), "");
    }

    #[test]
    fn filters_can_be_cleared_only_when_there_are_any() {
        let none = filters(Texts::default(), "/list", None, html! {}).into_string();
        let some = filters(Texts::default(), "/list", Some("/list"), html! {}).into_string();
        assert!(!none.contains("Clear filters") && some.contains("Clear filters"));
    }
}
