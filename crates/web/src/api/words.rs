//! The API's words for values whose rows have others.

use domain::payments::Method;

/// The word of a way of paying.
pub(super) fn method_word(method: Method) -> &'static str {
    match method {
        Method::CardAtDoor => "card_machine",
        other => other.word(),
    }
}
