//! The cheapest way to have some items of an event.

use domain::pricing::{Quote, QuoteRequest};
use domain::values::Slug;

use crate::Engine;
use crate::scope::ShopScope;
use crate::stop::Stop;

impl Engine {
    /// Quotes the cheapest cover of what is wanted, of what can be bought now. Holds nothing.
    pub async fn quote(&self, scope: &ShopScope, event: &Slug, request: &QuoteRequest) -> Result<Quote, Stop> {
        let options = self.read_options(scope, event).await?;
        Ok(domain::pricing::quote(&options, request, self.now())?)
    }
}
