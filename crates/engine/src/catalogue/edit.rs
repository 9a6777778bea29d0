//! What all edits have in common: who may, against which revision, and what a write leaves behind; and the cursors of
//! lists as text.

use data_encoding::BASE64URL_NOPAD;
use domain::Refusal;
use domain::people::Permission;
use domain::values::{Faults, Obstacle, Pointer, Wrong};
use jiff::Timestamp;
use store::record::Stored;
use store::row::Key;
use store::table::Cursor;

use crate::scope::StaffScope;

/// Makes what is wanted from what there is. It is called again, with what there is then, when others were faster.
pub type Edit<'a, T, D> = &'a (dyn Fn(&T) -> Result<D, Refusal> + Send + Sync);

/// Refuses a role that may not do this. The scope was proved for some permission, and this operation needs this one.
pub(crate) fn needs(scope: &StaffScope, permission: Permission) -> Result<(), Refusal> {
    if scope.role().may(permission) { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// Refuses an edit of something that was read before somebody else changed it.
pub(crate) fn expect_revision<T>(found: &Stored<T>, expected: Option<u64>) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != found.revision => {
            Err(Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(Obstacle::ChangedMeanwhile))))
        }
        Some(_) | None => Ok(()),
    }
}

/// What there is forbids it.
pub(super) fn refused_state(why: Obstacle) -> Refusal {
    Refusal::Changed(Faults::one(Pointer::root(), Wrong::State(why)))
}

/// A value as it is stored once the write that creates it is committed.
pub(crate) fn made<T>(value: T, at: Timestamp) -> Stored<T> {
    Stored { value, revision: 1, created_at: at.to_string() }
}

/// A value as it is stored once the write that replaces `before` by it is committed.
pub(crate) fn replaced<T>(before: &Stored<T>, by: T) -> Stored<T> {
    Stored { value: by, revision: before.revision + 1, created_at: before.created_at.clone() }
}

/// A cursor as callers carry it. Whoever makes one up moves within the list that they may read, and no further.
pub fn cursor_text(cursor: &Cursor) -> String {
    let parts = serde_json::json!([cursor.sort, cursor.key.pk, cursor.key.sk]);
    BASE64URL_NOPAD.encode(parts.to_string().as_bytes())
}

/// The cursor of a text that [`cursor_text`] made; else refused at `/cursor`.
pub fn read_cursor(text: &str) -> Result<Cursor, Refusal> {
    let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok();
    let parts = bytes.and_then(|bytes| serde_json::from_slice::<[String; 3]>(&bytes).ok());
    // No key has an empty part.
    let parts = parts.filter(|parts| parts.iter().all(|part| !part.is_empty()));
    let [sort, pk, sk] = parts.ok_or_else(|| Refusal::invalid(Pointer::to("cursor"), Wrong::Form("cursor")))?;
    Ok(Cursor { sort, key: Key { pk, sk } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_as_it_was_written() {
        let cursor = Cursor { sort: "EVENT#a\"é".to_owned(), key: Key::own("EVENT#a#b") };
        assert_eq!(read_cursor(&cursor_text(&cursor)), Ok(cursor));
    }

    #[test]
    fn a_text_that_is_no_cursor_is_refused() {
        for text in ["", "é", "bm9uc2Vuc2U", &BASE64URL_NOPAD.encode(br#"["a","b"]"#)] {
            let refusal = read_cursor(text).unwrap_err();
            assert_eq!(refusal, Refusal::invalid(Pointer::to("cursor"), Wrong::Form("cursor")), "{text}");
        }
    }

    #[test]
    fn an_edit_of_what_was_read_before_a_change_is_refused() {
        let found = Stored { value: (), revision: 3, created_at: String::new() };
        assert_eq!(expect_revision(&found, None), Ok(()));
        assert_eq!(expect_revision(&found, Some(3)), Ok(()));
        assert!(matches!(expect_revision(&found, Some(2)), Err(Refusal::Changed(_))));
    }
}
