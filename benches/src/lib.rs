//! What can be measured without the program's own process: units on DynamoDB, and how engines on one table share the
//! work. Tests hold what these say against the documentation.

pub mod hall;
pub mod several;
pub mod units;
