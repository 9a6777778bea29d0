//! What can be bought of an event.

use domain::Refusal;
use domain::pricing::Options;
use domain::values::Slug;

use super::read_event::is_shown;
use crate::Engine;
use crate::scope::ShopScope;
use crate::stop::Stop;

impl Engine {
    /// All that an event sells, with what is left; which of it is on sale now [`domain::pricing::options`] tells.
    ///
    /// Refused as [`Refusal::NotFound`] for an event that the caller may not see.
    pub async fn read_options(&self, scope: &ShopScope, event: &Slug) -> Result<Options, Stop> {
        let found = self.options_of(&scope.event(event)).await?.filter(|options| is_shown(&options.event, scope));
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
