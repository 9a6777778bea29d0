//! Rows of organisations, series, events, items and passes.

use domain::catalogue::{Event, Item, Pass, Series};
use domain::organisations::Organisation;

use crate::keys;
use crate::record::{Record, SlugInUse};
use crate::row::Key;

impl Record for Organisation {
    const ENTITY: &'static str = "ORGANISATION";

    fn key(&self) -> Key {
        keys::organisation(&self.slug)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(keys::in_organisation_list(&self.slug))
    }
}

impl Record for SlugInUse {
    const ENTITY: &'static str = "SLUG";

    fn key(&self) -> Key {
        keys::slug(&self.organisation, &self.slug)
    }
}

impl Record for Series {
    const ENTITY: &'static str = "SERIES";

    fn key(&self) -> Key {
        keys::series(&self.organisation, &self.slug)
    }

    fn gsi1(&self) -> Option<Key> {
        Some(keys::series_in_list(&self.organisation, &self.slug))
    }
}

impl Record for Event {
    const ENTITY: &'static str = "EVENT";

    fn key(&self) -> Key {
        Key::own(keys::event(&self.event))
    }

    fn gsi1(&self) -> Option<Key> {
        Some(keys::event_in_list(&self.event, self.starts_at))
    }

    fn gsi2(&self) -> Option<Key> {
        self.series.as_ref().map(|series| keys::event_in_series(&self.event, series, self.starts_at))
    }
}

impl Record for Item {
    const ENTITY: &'static str = "ITEM";

    fn key(&self) -> Key {
        keys::item(&self.event, self.id)
    }

    fn gsi2(&self) -> Option<Key> {
        Some(keys::item_in_event(&self.event, self.position, self.id))
    }
}

impl Record for Pass {
    const ENTITY: &'static str = "PASS";

    fn key(&self) -> Key {
        keys::pass(&self.event, self.id)
    }

    fn gsi2(&self) -> Option<Key> {
        Some(keys::pass_in_event(&self.event, self.position, self.id))
    }
}
