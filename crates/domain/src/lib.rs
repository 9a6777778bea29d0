//! What is true: the values, entities and decisions of the product, as plain functions.
//!
//! Nothing here knows the time, makes an identifier, reads or writes: all of that is passed in.
//! Entities are what is kept: each is read from and written to its row as it is, and its values refuse
//! nonsense when they are read.

pub mod catalogue;
pub mod door;
pub mod orders;
pub mod organisations;
pub mod payments;
pub mod people;
pub mod pricing;
mod refusal;
pub mod tickets;
pub mod values;
pub mod work;

pub use refusal::Refusal;
