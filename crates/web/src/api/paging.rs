//! Pages of lists: `limit` and `cursor`.

use domain::values::{Pointer, Wrong};
use engine::catalogue::{Cursor, cursor_text, read_cursor};
use serde_json::{Value as Json, json};

use crate::answer::List;
use crate::input::{Fields, Kind, KindExt as _, Reader, count};
use crate::problem::{Part, Problem};

/// Most elements of a page.
const MOST: u32 = 200;
/// Elements of a page where none are asked for.
const ORDINARY: u32 = 50;

/// Which page of a list.
#[derive(Debug, Clone)]
pub struct Page {
    /// At most so many.
    pub limit: usize,
    cursor: Option<String>,
}

/// `limit` and `cursor`.
pub fn page(fields: &mut Fields<'_>) -> Option<Page> {
    let limit = fields.optional("limit", count(1..=MOST).about("At most so many; 50 if nothing is said."));
    let cursor = fields.optional("cursor", Opaque.about("The next of the page before."));
    Some(Page { limit: usize::try_from(limit.unwrap_or(ORDINARY)).ok()?, cursor })
}

impl Page {
    /// Where it begins, in a list of the store.
    pub fn after(&self) -> Result<Option<Cursor>, Problem> {
        let read = self.cursor.as_deref().map(read_cursor).transpose();
        read.map_err(|refusal| Problem::from(refusal).in_part(Part::Query))
    }

    /// Where it begins, in a list whose cursors are values of their own.
    pub fn after_value<T: std::str::FromStr>(&self) -> Result<Option<T>, Problem> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let wrong = |_| domain::values::Fault { at: Pointer::to("cursor"), wrong: Wrong::Form("cursor") };
        text.parse().map(Some).map_err(|fault| Problem::from(wrong(fault)).in_part(Part::Query))
    }
}

/// A page as it is answered.
pub(super) fn listed<T>(data: impl IntoIterator<Item = T>, next: Option<&Cursor>) -> List<T> {
    List { data: data.into_iter().collect(), next: next.map(cursor_text) }
}

/// A list that is always whole.
pub(super) fn whole<T>(data: impl IntoIterator<Item = T>) -> List<T> {
    List { data: data.into_iter().collect(), next: None }
}

/// A text that only we understand.
struct Opaque;

impl Kind for Opaque {
    type Value = String;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<String> {
        let text = found.as_str().filter(|text| text.len() <= 1_000);
        text.map(str::to_owned).or_else(|| reader.fault(Wrong::Form("cursor")))
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "maxLength": 1_000 })
    }
}
