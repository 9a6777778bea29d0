//! How an order is paid, and what was paid.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::people::By;
use crate::values::{Amount, Currency, OrderId, PaymentId, Text};

/// A way of paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// There is nothing to pay.
    Free,
    /// A card, online, through the organisation's payment provider.
    Card,
    /// A transfer that staff see arrive.
    BankTransfer,
    /// On arrival: the ticket is issued at once, unpaid.
    AtDoor,
    /// Notes and coins, taken by staff.
    Cash,
    /// A card reader of the organisation's, used by staff.
    CardAtDoor,
    /// Given away by staff.
    Complimentary,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Free, Self::Card, Self::BankTransfer, Self::AtDoor, Self::Cash, Self::CardAtDoor, Self::Complimentary];

    /// Those that an event can offer to the public.
    pub const OFFERED: [Self; 4] = [Self::Free, Self::Card, Self::BankTransfer, Self::AtDoor];

    /// The word for it, as in requests and rows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Card => "card",
            Self::BankTransfer => "bank_transfer",
            Self::AtDoor => "at_door",
            Self::Cash => "cash",
            Self::CardAtDoor => "card_at_door",
            Self::Complimentary => "complimentary",
        }
    }

    /// The method of that word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.word() == word)
    }

    /// Money that staff take in their hand: it is paid the moment the order is placed.
    pub fn is_taken_by_staff(self) -> bool {
        matches!(self, Self::Cash | Self::CardAtDoor)
    }
}

/// Money that arrived for an order, as a provider or a member of staff said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payment {
    /// Identity.
    pub id: PaymentId,
    /// For which order.
    pub order: OrderId,
    /// How.
    pub method: Method,
    /// How much, more than nothing.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
    /// A receipt's or transfer's number, as staff wrote it.
    pub reference: Option<Text<200>>,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who said so.
    pub by: By,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_methods_are_one_to_one() {
        for method in Method::ALL {
            assert_eq!(Method::of_word(method.word()), Some(method));
            assert_eq!(serde_json::to_value(method).unwrap(), method.word());
        }
    }
}
