//! Money: minor units in JSON, major units (`12.50`) where a person types them.

use domain::values::{Amount, Currency, Money, Wrong};
use serde_json::{Value as Json, json};

use super::fields::{Fields, Kind};
use super::number::whole;
use super::reader::Reader;
use super::{currency, object};

/// An amount in the organisation's currency. See [`amount`].
#[derive(Debug, Clone, Copy)]
pub struct Price;

/// 0 or more minor units of the organisation's currency, up to the greatest price there is.
pub fn amount() -> Price {
    Price
}

impl Kind for Price {
    type Value = Amount;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Amount> {
        let units = match found {
            Json::String(text) if reader.is_text() => {
                let digits = reader.setting().currency.map_or(2, Currency::digits);
                minor_units(text.trim(), digits).or_else(|| reader.fault(Wrong::Form("price")))?
            }
            _ => whole(found, reader)?,
        };
        let greatest = Amount::GREATEST_PRICE.units();
        if (0..=greatest).contains(&units) {
            return Some(Amount::minor(units));
        }
        reader.fault(Wrong::OutOfRange(0, greatest))
    }

    fn schema(&self) -> Json {
        json!({ "type": "integer", "minimum": 0, "maximum": Amount::GREATEST_PRICE.units() })
    }
}

/// Reads `12`, `12.5`, `12,50` as minor units of a currency with so many digits.
fn minor_units(text: &str, digits: u32) -> Option<i64> {
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = usize::try_from(digits).ok()?;
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(rest) || rest.len() > digits {
        return None;
    }
    format!("{whole}{rest:0<digits$}").parse().ok()
}

/// Money with its currency. See [`money`].
#[derive(Debug, Clone, Copy)]
pub struct PriceWithCurrency;

/// `{"amount": 9500, "currency": "GBP"}`, in the organisation's currency; of a form also the amount alone.
pub fn money() -> PriceWithCurrency {
    PriceWithCurrency
}

impl Kind for PriceWithCurrency {
    type Value = Money;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<Money> {
        match (found, reader.setting().currency) {
            (Json::String(_), Some(currency)) if reader.is_text() => {
                Some(Money::new(Price.read(found, reader)?, currency))
            }
            _ => object(fields).read(found, reader),
        }
    }

    fn schema(&self) -> Json {
        object(fields).schema()
    }
}

fn fields(fields: &mut Fields<'_>) -> Option<Money> {
    let amount = fields.required("amount", amount());
    let currency = fields.required("currency", currency());
    let expected = fields.setting().and_then(|setting| setting.currency);
    if let (Some(given), Some(expected)) = (currency, expected)
        && given != expected
    {
        fields.fault("currency", Wrong::OtherCurrency(expected));
    }
    Some(Money::new(amount?, currency?))
}
