//! What the platform's owner does with the store as a whole.

mod check;

pub use check::{Broken, Report};
