//! Values that cannot hold nonsense: every text from outside becomes one of these or is refused.

mod amount;
mod base62;
mod email;
mod fault;
mod ksuid;
mod slug;
mod text;

pub use amount::{Amount, Currency, Money, NotACurrency};
pub use email::{Email, NotAnEmail};
pub use fault::{Fault, Faults, Obstacle, Pointer, Wrong};
pub use ksuid::*;
pub use slug::{NotASlug, Slug};
pub use text::{Prose, Text, TextFault, Title};
