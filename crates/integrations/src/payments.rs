//! The port of payment providers: how a card is charged online, for whoever brings one.
//!
//! An organisation without a provider offers its buyers the other ways to pay.

use async_trait::async_trait;
use domain::catalogue::EventRef;
use domain::values::{Email, Money, OrderId};

/// What a provider is asked to charge.
#[derive(Debug, Clone, PartialEq)]
pub struct Charge {
    /// For which event.
    pub event: EventRef,
    /// For which order; also what makes the request safe to repeat.
    pub order: OrderId,
    /// How much.
    pub amount: Money,
    /// What of that is the platform's fee.
    pub fee: Money,
    /// What the buyer reads on the provider's page.
    pub description: String,
    /// Who pays.
    pub buyer: Email,
    /// Where the buyer comes back to, paid or not.
    pub return_url: String,
}

/// A charge that the provider has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The provider's own reference, unique with it.
    pub reference: String,
    /// Where the buyer pays.
    pub pay_url: String,
}

/// Why a provider did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProviderFault {
    /// It may work later: the network, or the provider, had a moment.
    #[error("try again: {0}")]
    Passing(String),
    /// It will not work like this.
    #[error("refused: {0}")]
    Refused(String),
}

/// A payment provider.
#[async_trait]
pub trait Provider: std::fmt::Debug + Send + Sync + 'static {
    /// Begins a charge. The same order again is the same charge.
    async fn begin(&self, charge: &Charge) -> Result<Begun, ProviderFault>;

    /// Gives back some of what was captured. The same `refund` again is the same refund.
    async fn refund(&self, reference: &str, amount: Money, refund: &str) -> Result<(), ProviderFault>;
}
