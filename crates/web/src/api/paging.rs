//! Pages of lists: `limit` and `cursor`. What a cursor is made of depends on how its list is read; whoever sends one
//! back need not know.

use domain::values::{TicketNumber, Wrong};
use engine::catalogue::{Cursor, cursor_text, read_cursor};
use serde_json::{Value as Json, json};

use crate::answer::List;
use crate::input::{Fields, Kind, KindExt as _, Reader, count};

/// Most elements of a page.
const MOST: u32 = 200;
/// Elements of a page where none are asked for.
const ORDINARY: u32 = 50;

/// Which page of a list.
#[derive(Debug, Clone)]
pub struct Page<C> {
    /// At most so many.
    pub limit: usize,
    /// After what; from the beginning if nothing is said.
    pub after: Option<C>,
}

/// A page of a list of the store.
pub fn page(fields: &mut Fields<'_>) -> Option<Page<Cursor>> {
    page_after(fields, |text| read_cursor(text).ok())
}

/// A page of tickets.
pub(super) fn page_of_tickets(fields: &mut Fields<'_>) -> Option<Page<TicketNumber>> {
    page_after(fields, |text| text.parse().ok())
}

/// A page of a list that is read as a whole: after so many of it.
pub fn portion(fields: &mut Fields<'_>) -> Option<Page<usize>> {
    page_after(fields, |text| text.parse().ok())
}

fn page_after<C>(fields: &mut Fields<'_>, read: fn(&str) -> Option<C>) -> Option<Page<C>> {
    let limit = fields.optional("limit", count(1..=MOST).about("At most so many; 50 if nothing is said."));
    let after = fields.optional("cursor", Opaque(read).about("The next of the page before."));
    Some(Page { limit: usize::try_from(limit.unwrap_or(ORDINARY)).ok()?, after })
}

/// A page as it is answered.
pub(super) fn listed<T>(data: impl IntoIterator<Item = T>, next: Option<&Cursor>) -> List<T> {
    List { data: data.into_iter().collect(), next: next.map(cursor_text) }
}

impl Page<usize> {
    /// This page of a whole list.
    pub(super) fn of<T>(&self, all: impl IntoIterator<Item = T>) -> List<T> {
        let before = self.after.unwrap_or_default();
        let mut rest = all.into_iter().skip(before);
        let data: Vec<T> = rest.by_ref().take(self.limit).collect();
        let next = rest.next().map(|_| before.saturating_add(data.len()).to_string());
        List { data, next }
    }
}

/// A list that is answered as a whole.
pub(super) fn whole<T>(data: impl IntoIterator<Item = T>) -> List<T> {
    List { data: data.into_iter().collect(), next: None }
}

/// A text that only we understand.
struct Opaque<C>(fn(&str) -> Option<C>);

impl<C> Kind for Opaque<C> {
    type Value = C;

    fn read(&self, found: &Json, reader: &mut Reader) -> Option<C> {
        let text = found.as_str().filter(|text| text.len() <= 1_000);
        text.and_then(self.0).or_else(|| reader.fault(Wrong::Form("cursor")))
    }

    fn schema(&self) -> Json {
        json!({ "type": "string", "maxLength": 1_000 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_list_is_read_page_by_page_and_none_is_left_out() {
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let List { data, next } = Page { limit: 3, after }.of(0..7);
            assert!(data.len() <= 3);
            seen.extend(data);
            match next {
                Some(next) => after = Some(next.parse().unwrap()),
                None => break,
            }
        }
        assert_eq!(seen, (0..7).collect::<Vec<_>>());
        assert_eq!(Page { limit: 3, after: Some(usize::MAX) }.of(0..7).next, None);
        assert_eq!(Page { limit: 7, after: None }.of(0..7).next, None);
    }
}
