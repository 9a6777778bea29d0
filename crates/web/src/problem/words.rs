//! The code and the words of each thing that can be wrong with a field.

use domain::values::{Obstacle, Wrong};

use crate::texts::Texts;
use crate::wording;

/// A stable code in snake_case, and a sentence in plain English.
pub fn words(wrong: &Wrong) -> (&'static str, String) {
    match wrong {
        Wrong::Required => ("required", "This is needed.".to_owned()),
        Wrong::UnknownField => ("unknown_field", "There is no such field here.".to_owned()),
        Wrong::Type(wanted) => ("wrong_type", format!("This must be {}.", with_article(wanted))),
        Wrong::Empty => ("empty", "This may not be empty.".to_owned()),
        Wrong::TooLong(most) => ("too_long", format!("At most {most} fit here.")),
        Wrong::TooFew(least) => ("too_few", format!("At least {least} must be here.")),
        Wrong::TooLarge(most) => ("too_large", format!("All of this together is more than {most} KiB.")),
        Wrong::TooManyPlaces(most) => {
            ("too_many_places", format!("At most {most} different things with a limit of their own fit here."))
        }
        Wrong::OutOfRange(least, most) => ("out_of_range", format!("This must be from {least} to {most}.")),
        Wrong::Control => ("control_characters", "This has characters that cannot be seen.".to_owned()),
        Wrong::Form(form) => ("malformed", format!("This is not {}.", shape_of(form))),
        Wrong::NotOneOf(words) => ("not_one_of", format!("This must be one of: {}.", words.join(", "))),
        Wrong::SkippedHour => {
            ("skipped_hour", "The clocks skip this hour: there is no such local time on that day.".to_owned())
        }
        Wrong::NotAfter(other) => ("not_after", format!("This must be later than {other}.")),
        Wrong::OtherCurrency(currency) => ("other_currency", format!("This organisation's prices are in {currency}.")),
        Wrong::Unknown(what) => ("unknown", format!("This event has no such {what}.")),
        Wrong::Repeated => ("repeated", "This is here already.".to_owned()),
        Wrong::ExcludedBy(other) => ("excluded", format!("This cannot be given together with {other}.")),
        Wrong::NotSoldAtRate => ("not_sold_at_rate", "This is not sold at that rate.".to_owned()),
        Wrong::NotOnSale => ("not_on_sale", "This is not on sale.".to_owned()),
        Wrong::RoleNeeded => ("role_needed", "A role is needed here: leader, follower or switch.".to_owned()),
        Wrong::SoldOut(None | Some(0)) => ("sold_out", "No places are left.".to_owned()),
        Wrong::SoldOut(Some(left)) => ("sold_out", format!("Only {left} places are left.")),
        Wrong::BelowSold(sold) => ("below_sold", format!("{sold} are sold or held already.")),
        Wrong::AlreadySold => ("already_sold", "This has been sold and cannot be changed any more.".to_owned()),
        Wrong::Taken => ("taken", "This is in use already.".to_owned()),
        Wrong::Reserved => ("reserved", "This name is reserved.".to_owned()),
        Wrong::MoreThanDue(due) => {
            ("more_than_due", format!("Only {} is due.", wording::money(Texts::default(), *due)))
        }
        Wrong::MethodNotAllowed => ("method_not_allowed", "This way of paying is not offered to you here.".to_owned()),
        Wrong::NotFree => ("not_free", "This is not free: it takes another way of paying.".to_owned()),
        Wrong::RateWithoutName(rate) => ("rate_without_amount", format!("The rate {rate} has no amount here.")),
        Wrong::State(state) => ("wrong_state", format!("This is not possible: {}.", obstacle(*state))),
    }
}

fn obstacle(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::ChangedMeanwhile => "somebody changed it meanwhile",
        Obstacle::Archived => "it was archived",
        Obstacle::InPass => "a pass includes it",
        Obstacle::RateHasPrices => "a rate that was left out still has prices",
        Obstacle::BeingCounted => "those who have one already are being counted; ask again in a minute",
        Obstacle::LastStep => "the last step has no end",
        Obstacle::SlugIsFixed => "a slug never changes",
        Obstacle::LastOwner => "the last owner",
        Obstacle::HoldEnded => "the hold has ended",
        Obstacle::OrderEnded => "the order has ended",
        Obstacle::OrderCancelled => "the order was cancelled",
        Obstacle::OrderSettled => "the order is settled",
        Obstacle::OrderPaid => "money was taken for it",
        Obstacle::OrderIssued => "its tickets have been issued",
        Obstacle::TicketVoid => "the ticket is void",
        Obstacle::TicketTransferred => "the ticket was transferred",
        Obstacle::ReissuedTooOften => "its barcode was made anew too often",
        Obstacle::HeldByAnother => "its holder has it; staff can change the address",
        Obstacle::TicketUsed => "it has been used; staff can change the address",
    }
}

fn with_article(noun: &str) -> String {
    match noun.chars().next() {
        Some('a' | 'e' | 'i' | 'o' | 'u') => format!("an {noun}"),
        _ if noun.starts_with("yes") => noun.to_owned(),
        _ => format!("a {noun}"),
    }
}

/// What a form looks like, by its name.
fn shape_of(form: &str) -> String {
    let example = match form {
        "instant" => "such as 2026-12-04T18:30:00Z, of the years 2000 to 2100",
        "date" | "day" => "such as 2026-12-04, of the years 2000 to 2100",
        "date and time" => "such as 2026-12-04T18:30",
        "slug" => "(small letters and digits with single hyphens between them, at most 64)",
        "rate" => "of an event (small letters, digits, - and _, at most 40)",
        "identifier" => "(27 letters and digits)",
        "scan identifier" => "(8 to 64 letters, digits, - and _)",
        "key" => "of 1 to 255 visible characters of ASCII, sent once",
        "currency" => "in use (three capital letters, such as GBP)",
        "time zone" => "such as Europe/London",
        "colour" => "such as #a0522d",
        "price" => "such as 12.50",
        _ => return with_article(form),
    };
    format!("{} {example}", with_article(form))
}
