//! Where it is kept: the table's interface, its keys and records, and the engines that come with it.
//!
//! Nothing outside this crate names a key, an index or an attribute.

pub mod backoff;
pub mod clock;
pub mod conditions;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod embedded;
pub mod export;
pub mod faulty;
pub mod hex;
pub mod keys;
pub mod lookups;
pub mod memory;
pub mod patient;
pub mod record;
pub mod records;
pub mod row;
pub mod size;
pub mod table;
