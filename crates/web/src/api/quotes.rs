//! Quotes: the cheapest way to have some items, for everybody.

use domain::catalogue::{Role, Thing};
use domain::pricing::{Quote, QuoteRequest};
use domain::values::{Currency, Faults, ItemId, Text, Wrong};
use engine::scope::ShopScope;
use schemars::JsonSchema;
use serde::Serialize;

use crate::answer::{MoneyShown, Shown};
use crate::call::Call;
use crate::input::{Fields, KindExt as _, SoFar, count, id, line, list, one_of, rate};
use crate::problem::Problem;

/// Most items of a quote.
const MOST_ITEMS: usize = domain::pricing::MOST_ITEMS;
/// Most people of a quote.
const MOST_PEOPLE: u32 = 30;

/// The cheapest cover of some items.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Quote")]
pub struct QuoteShown {
    /// What to buy.
    lines: Vec<QuoteLineShown>,
    total: MoneyShown,
    /// Items that come on top of what was asked for.
    extras: Vec<String>,
    /// What all items received would cost on their own, less the total.
    saving: MoneyShown,
}

/// A pass or an item.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "QuoteLine")]
struct QuoteLineShown {
    #[serde(skip_serializing_if = "Option::is_none")]
    pass: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    /// Of one.
    price: MoneyShown,
    quantity: u32,
    /// At which step of its prices.
    step: String,
}

impl QuoteShown {
    fn of(quote: &Quote, currency: Currency) -> Self {
        let lines = quote.lines.iter().map(|line| {
            let (pass, item) = match line.thing {
                Thing::Pass(id) => (Some(id.to_string()), None),
                Thing::Item(id) => (None, Some(id.to_string())),
            };
            let price = MoneyShown::new(line.price, currency);
            QuoteLineShown { pass, item, price, quantity: line.quantity, step: line.step.to_string() }
        });
        Self {
            lines: lines.collect(),
            total: MoneyShown::new(quote.total, currency),
            extras: quote.extras.iter().map(ToString::to_string).collect(),
            saving: MoneyShown::new(quote.saving, currency),
        }
    }
}

/// The body of a quote.
pub fn quote(fields: &mut Fields<'_>) -> Option<QuoteRequest> {
    let items: Option<Vec<ItemId>> = fields.required("items", list(1..=MOST_ITEMS, id()).about("What is wanted."));
    let rate = fields.optional("rate", rate().about("The event's first if nothing is said."));
    let role = fields.optional("role", one_of(Role::ALL, Role::word));
    let quantity = fields.optional("quantity", count(1..=MOST_PEOPLE).about("For how many people."));
    let code: Option<Text<60>> = fields.optional("discount_code", line());
    if code.is_some() {
        fields.fault("discount_code", Wrong::Unknown("discount code"));
    }
    Some(QuoteRequest { items: items.unwrap_or_default(), rate, role, quantity: quantity.unwrap_or(1) })
}

/// Quotes.
pub async fn create(call: Call<ShopScope, SoFar<QuoteRequest>>) -> Result<Shown<QuoteShown>, Problem> {
    let further = match &call.body {
        body if body.is_whole() => Faults::none(),
        body => call.engine().faults_of_quote(&call.scope, call.event()?, &body.value).await?,
    };
    let call = call.checked(further)?;
    let quote = call.engine().quote(&call.scope, call.event()?, &call.body).await?;
    Ok(Shown(QuoteShown::of(&quote, call.scope.organisation().currency)))
}
