//! Money as people say it: £95, £12.50, ¥5,000, 250 SEK; 95 €, 12,50 € in Spanish.

use domain::values::{Currency, Money};

use crate::texts::{Lang, Texts};

/// A line is never broken between an amount and its currency.
const NO_BREAK: char = '\u{a0}';

/// An amount with its currency. Whole amounts have no decimals; negative ones begin with a minus sign (U+2212).
///
/// A sign that is no letter stands where the reader's language has it; currencies whose sign is letters (kr, zł, R) go
/// by their code, because several share each.
pub fn money(texts: Texts, money: Money) -> String {
    let number = number(texts.lang(), money.amount.units().unsigned_abs(), money.currency.digits());
    let minus = if money.amount.units() < 0 { "\u{2212}" } else { "" };
    match (texts.lang(), sign(money.currency)) {
        (Lang::En, Some(sign)) => format!("{minus}{sign}{number}"),
        (Lang::Es, Some(sign)) if sign.ends_with('$') => format!("{minus}{sign}{number}"),
        (Lang::En, None) => format!("{minus}{}{NO_BREAK}{number}", money.currency.code()),
        (Lang::Es, sign) => {
            let sign = sign.unwrap_or_else(|| money.currency.code().to_owned());
            format!("{minus}{number}{NO_BREAK}{sign}")
        }
    }
}

/// The currency's sign, if it is one: `£`, `HK$`, not `kr`, and not the signs that nobody uses.
fn sign(currency: Currency) -> Option<String> {
    let sign = currency.symbol();
    let last_is_sign = sign.chars().last().is_some_and(|last| !last.is_alphanumeric() && last != '.' && last != '/');
    let is_latin = sign.chars().all(|c| c.is_ascii_alphabetic() || !c.is_alphabetic());
    (last_is_sign && is_latin && !matches!(sign.as_str(), "¤" | "₣")).then_some(sign)
}

/// Minor units as a number of major ones.
fn number(lang: Lang, units: u64, digits: u32) -> String {
    let per_major = 10_u64.saturating_pow(digits);
    let (major, minor) = (units / per_major, units % per_major);
    let (group, point, grouped_from) = match lang {
        Lang::En => (',', '.', 1_000),
        // Four digits stand together (Real Academia Española, Ortografía, VIII 2.2).
        Lang::Es => ('.', ',', 10_000),
    };
    let whole = if major >= grouped_from { grouped(major, group) } else { major.to_string() };
    if minor == 0 {
        return whole;
    }
    let width = usize::try_from(digits).unwrap_or_default();
    format!("{whole}{point}{minor:0>width$}")
}

fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::values::Amount;

    fn said(lang: Lang, units: i64, currency: &str) -> String {
        money(Texts::of(lang), Money::new(Amount::minor(units), currency.parse().unwrap()))
    }

    #[test]
    fn money_reads_as_people_say_it() {
        for (units, currency, english, spanish) in [
            (9_500, "GBP", "£95", "95\u{a0}£"),
            (1_250, "EUR", "€12.50", "12,50\u{a0}€"),
            (0, "GBP", "£0", "0\u{a0}£"),
            (5, "EUR", "€0.05", "0,05\u{a0}€"),
            (5_000, "JPY", "¥5,000", "5000\u{a0}¥"),
            (123_456_789, "USD", "$1,234,567.89", "$1.234.567,89"),
            (12_345_678, "HKD", "HK$123,456.78", "HK$123.456,78"),
            (1_500, "BHD", "BHD\u{a0}1.500", "1,500\u{a0}BHD"),
            (25_000, "SEK", "SEK\u{a0}250", "250\u{a0}SEK"),
            (9_500, "PLN", "PLN\u{a0}95", "95\u{a0}PLN"),
            (9_500, "CHF", "CHF\u{a0}95", "95\u{a0}CHF"),
            (9_500, "PEN", "PEN\u{a0}95", "95\u{a0}PEN"),
        ] {
            assert_eq!(said(Lang::En, units, currency), english);
            assert_eq!(said(Lang::Es, units, currency), spanish);
        }
    }

    #[test]
    fn what_goes_back_has_a_minus_before_everything() {
        assert_eq!(said(Lang::En, -9_500, "GBP"), "\u{2212}£95");
        assert_eq!(said(Lang::Es, -950, "EUR"), "\u{2212}9,50\u{a0}€");
    }

    #[test]
    fn amounts_at_the_ends_of_what_can_be_held_are_said_too() {
        assert!(said(Lang::En, i64::MIN, "GBP").starts_with("\u{2212}£92,233,720,368,547,758.08"));
    }
}
