//! What is wrong with a field, as pages say it. The API has codes and sentences of its own, for those who write programs.

use domain::values::{Fault, Obstacle, Wrong};

use super::money;
use crate::texts::{Texts, Value};

/// A sentence.
pub fn fault(texts: Texts, wrong: &Wrong) -> String {
    let (key, places) = words(texts, wrong);
    texts.say_with(&format!("fault-{key}"), &places)
}

/// A sentence with the name of its field in front, where that has one: "Name: This is needed."
pub fn named_fault(texts: Texts, fault: &Fault) -> String {
    let sentence = self::fault(texts, &fault.wrong);
    match field(texts, fault.at.as_str()) {
        Some(field) => texts.say_with("fault-of-field", &[("field", field.into()), ("fault", sentence.into())]),
        None => sentence,
    }
}

/// The name of the field that a pointer leads to, or into: `/rates/1/name` → "Rates 2".
fn field(texts: Texts, pointer: &str) -> Option<String> {
    let mut parts = pointer.split('/').skip(1);
    let key = format!("field-{}", parts.next()?.replace('_', "-"));
    let name = texts.say(&key);
    let row = parts.next().and_then(|row| row.parse::<usize>().ok());
    match row {
        _ if name == key => None,
        Some(row) => Some(format!("{name} {}", row + 1)),
        None => Some(name),
    }
}

fn count(n: usize) -> Value<'static> {
    u64::try_from(n).unwrap_or(u64::MAX).into()
}

/// The message without its `fault-`, and what fills it.
fn words(texts: Texts, wrong: &Wrong) -> (&'static str, Vec<(&'static str, Value<'static>)>) {
    let plain = |key| (key, Vec::new());
    // A word of the code's own, for the message to choose by.
    let which = |key, which: &str| (key, vec![("which", Value::from(which.replace([' ', '_'], "-")))]);
    match wrong {
        Wrong::Required => plain("required"),
        Wrong::UnknownField => plain("unknown-field"),
        Wrong::Type(_) => plain("type"),
        Wrong::Empty => plain("empty"),
        Wrong::TooLong(most) => ("too-long", vec![("most", count(*most))]),
        Wrong::TooFew(least) => ("too-few", vec![("least", count(*least))]),
        Wrong::TooLarge(most) => ("too-large", vec![("most", count(*most))]),
        Wrong::TooManyPlaces(most) => ("too-many-places", vec![("most", count(*most))]),
        Wrong::OutOfRange(least, most) => ("out-of-range", vec![("least", (*least).into()), ("most", (*most).into())]),
        Wrong::Control => plain("control"),
        Wrong::Form(form) => which("form", form),
        Wrong::NotOneOf(_) => plain("not-one-of"),
        Wrong::SkippedHour => plain("skipped-hour"),
        Wrong::NotAfter(other) => which("not-after", other),
        Wrong::Unknown(what) => which("unknown", what),
        Wrong::Repeated => plain("repeated"),
        Wrong::ExcludedBy(_) => plain("excluded"),
        Wrong::OtherCurrency(currency) => ("other-currency", vec![("currency", currency.code().to_owned().into())]),
        Wrong::NotSoldAtRate => plain("not-sold-at-rate"),
        Wrong::NotOnSale => plain("not-on-sale"),
        Wrong::RoleNeeded => plain("role-needed"),
        Wrong::SoldOut(left) => ("sold-out", vec![("left", left.unwrap_or_default().into())]),
        Wrong::BelowSold(sold) => ("below-sold", vec![("sold", (*sold).into())]),
        Wrong::AlreadySold => plain("already-sold"),
        Wrong::Taken => plain("taken"),
        Wrong::Reserved => plain("reserved"),
        Wrong::MoreThanDue(due) => ("more-than-due", vec![("due", money(texts, *due).into())]),
        Wrong::MethodNotAllowed => plain("method-not-allowed"),
        Wrong::NotFree => plain("not-free"),
        Wrong::RateWithoutName(rate) => ("rate-without-amount", vec![("rate", rate.clone().into())]),
        Wrong::State(obstacle) => plain(hindrance(*obstacle)),
    }
}

fn hindrance(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::ChangedMeanwhile => "changed-meanwhile",
        Obstacle::Archived => "archived",
        Obstacle::InPass => "in-pass",
        Obstacle::RateHasPrices => "rate-has-prices",
        Obstacle::BeingCounted => "being-counted",
        Obstacle::LastStep => "last-step",
        Obstacle::SlugIsFixed => "slug-is-fixed",
        Obstacle::LastOwner => "last-owner",
        Obstacle::HoldEnded => "hold-ended",
        Obstacle::OrderEnded => "order-ended",
        Obstacle::OrderCancelled => "order-cancelled",
        Obstacle::OrderSettled => "order-settled",
        Obstacle::OrderPaid => "order-paid",
        Obstacle::OrderIssued => "order-issued",
        Obstacle::TicketVoid => "ticket-void",
        Obstacle::TicketTransferred => "ticket-transferred",
        Obstacle::ReissuedTooOften => "reissued-too-often",
        Obstacle::HeldByAnother => "held-by-another",
        Obstacle::TicketUsed => "ticket-used",
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use domain::values::{Amount, Money, Pointer};

    use super::*;
    use crate::texts::Lang;

    #[test]
    fn whatever_can_be_wrong_is_a_sentence_in_every_language() {
        let gbp: domain::values::Currency = "GBP".parse().unwrap();
        let mut all = vec![
            Wrong::Required,
            Wrong::UnknownField,
            Wrong::Type("list"),
            Wrong::Empty,
            Wrong::TooLong(1),
            Wrong::TooFew(1),
            Wrong::TooLarge(400),
            Wrong::TooManyPlaces(80),
            Wrong::OutOfRange(1, 2),
            Wrong::Control,
            Wrong::Form("slug"),
            Wrong::NotOneOf(vec!["a".to_owned()]),
            Wrong::SkippedHour,
            Wrong::NotAfter("starts_at"),
            Wrong::Unknown("rate"),
            Wrong::Repeated,
            Wrong::ExcludedBy("prices"),
            Wrong::OtherCurrency(gbp),
            Wrong::NotSoldAtRate,
            Wrong::NotOnSale,
            Wrong::RoleNeeded,
            Wrong::SoldOut(Some(2)),
            Wrong::BelowSold(3),
            Wrong::AlreadySold,
            Wrong::Taken,
            Wrong::Reserved,
            Wrong::MoreThanDue(Money::new(Amount::minor(1_250), gbp)),
            Wrong::MethodNotAllowed,
            Wrong::NotFree,
            Wrong::RateWithoutName("student".to_owned()),
        ];
        all.extend(Obstacle::ALL.map(Wrong::State));
        for lang in Lang::ALL {
            let texts = Texts::of(lang);
            let sentences: Vec<String> = all.iter().map(|wrong| fault(texts, wrong)).collect();
            for sentence in &sentences {
                assert!(sentence.ends_with('.') && !sentence.starts_with("fault-"), "{sentence}");
                assert!(!sentence.contains(['{', '}', '$']), "{sentence}");
            }
        }
        let due = Wrong::MoreThanDue(Money::new(Amount::minor(1_250), gbp));
        assert_eq!(fault(Texts::of(Lang::En), &due), "Only £12.50 is due.");
        assert_eq!(fault(Texts::of(Lang::Es), &due), "Solo quedan 12,50\u{a0}£ por pagar.");
    }

    #[test]
    fn a_sentence_names_its_field_and_its_row() {
        let texts = Texts::of(Lang::En);
        let named = |at: Pointer| named_fault(texts, &Fault { at, wrong: Wrong::Required });
        assert_eq!(named(Pointer::to("venue_name")), "Venue: This is needed.");
        assert_eq!(named(Pointer::to("rates").then(1).then("name")), "Rates 2: This is needed.");
        assert_eq!(named(Pointer::to("nothing-of-ours")), "This is needed.");
    }

    /// What the dashboard's forms ask for by name, below a folder.
    fn asked_for(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                asked_for(&path, found);
                continue;
            }
            for kind in ["text", "area", "select", "number", "email", "money", "date_and_time", "date", "url"] {
                let source = fs::read_to_string(&path).unwrap();
                for rest in source.split(&format!("form.{kind}(\"")).skip(1) {
                    found.push(rest.split('"').next().unwrap().to_owned());
                }
            }
        }
    }

    #[test]
    fn every_field_of_the_dashboard_has_a_name_in_front_of_its_faults() {
        let mut asked = Vec::new();
        for room in ["src/client_dashboard", "src/de_dashboard"] {
            asked_for(&Path::new(env!("CARGO_MANIFEST_DIR")).join(room), &mut asked);
        }
        assert!(asked.len() > 30);
        let nameless = asked.iter().filter(|name| field(Texts::default(), &format!("/{name}")).is_none());
        assert_eq!(nameless.collect::<Vec<_>>(), Vec::<&String>::new());
    }
}
