//! Series: events that belong together.

use serde::{Deserialize, Serialize};

use crate::values::{Prose, Slug, Title};

/// "Salsa Tuesdays", or a festival's yearly editions. Its next event is made as a copy of its last.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Whose.
    pub organisation: Slug,
    /// Its name in addresses; never changes.
    pub slug: Slug,
    /// Its name.
    pub title: Title,
    /// What it is.
    #[serde(default)]
    pub description: Prose,
}
