//! The cheapest way to have some items of an event.

use domain::pricing::{Quote, QuoteRequest};
use domain::values::{Faults, Slug};

use crate::Engine;
use crate::scope::ShopScope;
use crate::stop::Stop;

impl Engine {
    /// Quotes the cheapest cover of what is wanted, of what can be bought now. Holds nothing.
    pub async fn quote(&self, scope: &ShopScope, event: &Slug, request: &QuoteRequest) -> Result<Quote, Stop> {
        let options = self.read_options(scope, event).await?;
        Ok(domain::pricing::quote(&options, request, self.now())?)
    }

    /// What is wrong with a quote's request as it stands: for one that could not be read as a whole.
    pub async fn faults_of_quote(
        &self,
        scope: &ShopScope,
        event: &Slug,
        request: &QuoteRequest,
    ) -> Result<Faults, Stop> {
        Ok(domain::pricing::faults_of_quote(&self.read_options(scope, event).await?, request))
    }
}

#[cfg(test)]
mod tests {
    use domain::catalogue::Thing;
    use domain::payments::Method;

    use super::*;
    use crate::catalogue::desk::{desk, slug};

    #[tokio::test]
    async fn the_cover_is_made_of_what_is_left() {
        let desk = desk().await;
        desk.event(None).await;
        let mut items = Vec::new();
        for name in ["Friday", "Saturday"] {
            items.push(desk.item(&desk.item_draft(name)).await.value.id);
        }
        let mut draft = desk.pass_draft("Full", &items);
        draft.capacity = Some(1);
        let pass = desk.pass(&draft).await.value.id;
        let request = QuoteRequest { items: items.clone(), rate: None, role: None, quantity: 1 };
        let quote = async || {
            let quote = desk.house.engine.quote(&desk.visitor().await, &slug("mersey"), &request).await.unwrap();
            let things: Vec<Thing> = quote.lines.iter().map(|line| line.thing).collect();
            (things, quote.total.units(), quote.saving.units())
        };
        assert_eq!(quote().await, (vec![Thing::Pass(pass)], 4_000, 1_000));
        desk.buy(&[pass], &[], Method::Card).await.unwrap();
        assert_eq!(quote().await, (items.iter().map(|id| Thing::Item(*id)).collect(), 5_000, 0));
    }
}
