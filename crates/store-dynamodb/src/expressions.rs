//! Writes and their conditions, in DynamoDB's expressions; and why a condition did not hold, from the row that was found.
//!
//! A row past its `ttl` is absent for every condition, whether DynamoDB has removed it or not.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::BuildError;
use aws_sdk_dynamodb::types::{
    AttributeValue, ConditionCheck, Delete, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem, Update,
};
use store::conditions;
use store::table::{Expect, StoreFault, Why, Write};

use crate::Item;
use crate::attributes::{self, number, whole};

/// What is returned of a row on which a condition did not hold.
const OLD: ReturnValuesOnConditionCheckFailure = ReturnValuesOnConditionCheckFailure::AllOld;

/// A condition, with what it names.
#[derive(Debug, Default)]
struct Condition {
    text: String,
    names: Names,
    values: Item,
}

/// What placeholders stand for.
type Names = HashMap<String, String>;

impl Condition {
    fn of(expect: Expect, now: i64) -> Self {
        match expect {
            Expect::Absent => {
                Self::says("attribute_not_exists(pk) OR #ttl <= :now").naming("#ttl", "ttl").with(":now", number(now))
            }
            Expect::Revision(revision) => Self::says("#revision = :revision AND ")
                .and_is_there(now)
                .naming("#revision", "revision")
                .with(":revision", number(revision)),
        }
    }

    /// What holds for no row: the write is impossible, and only why is asked for.
    fn never() -> Self {
        Self::says("attribute_exists(pk) AND attribute_not_exists(pk)")
    }

    fn says(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    fn and_is_there(mut self, now: i64) -> Self {
        self.text.push_str("(attribute_not_exists(#ttl) OR #ttl > :now)");
        self.naming("#ttl", "ttl").with(":now", number(now))
    }

    fn naming(mut self, placeholder: &str, name: &str) -> Self {
        self.names.insert(placeholder.to_owned(), name.to_owned());
        self
    }

    fn with(mut self, placeholder: &str, value: AttributeValue) -> Self {
        self.values.insert(placeholder.to_owned(), value);
        self
    }

    /// DynamoDB refuses a map that is there and empty.
    fn parts(self) -> (String, Option<Names>, Option<Item>) {
        let Self { text, names, values } = self;
        (text, Some(names).filter(|names| !names.is_empty()), Some(values).filter(|values| !values.is_empty()))
    }
}

/// Gives any of the four writes its table and its condition.
macro_rules! under {
    ($write:expr, $table:expr, $condition:expr) => {{
        let (text, names, values) = $condition.parts();
        $write
            .table_name($table)
            .condition_expression(text)
            .set_expression_attribute_names(names)
            .set_expression_attribute_values(values)
            .return_values_on_condition_check_failure(OLD)
            .build()
            .map_err(|error| impossible(&error))
    }};
}

/// A write as an item of a transaction, at `now` (epoch seconds).
pub(crate) fn write(table: &str, write: &Write, now: i64) -> Result<TransactWriteItem, StoreFault> {
    let item = TransactWriteItem::builder();
    let item = match write {
        Write::Put { row, expect } => {
            let is_greater = !matches!(expect, Expect::Revision(expected) if row.revision <= *expected);
            let condition = if is_greater { Condition::of(*expect, now) } else { Condition::never() };
            item.put(under!(Put::builder().set_item(Some(attributes::item(row)?)), table, condition)?)
        }
        Write::Delete { key, expect } => {
            let condition = Condition::of(*expect, now);
            item.delete(under!(Delete::builder().set_key(Some(attributes::key(key))), table, condition)?)
        }
        Write::Check { key, expect } => {
            let condition = Condition::of(*expect, now);
            item.condition_check(under!(
                ConditionCheck::builder().set_key(Some(attributes::key(key))),
                table,
                condition
            )?)
        }
        Write::Add { key, field, delta, at_least } => {
            let condition = room(field, *delta, *at_least, now).with(":delta", number(*delta));
            item.update(under!(
                Update::builder().set_key(Some(attributes::key(key))).update_expression("SET #field = #field + :delta"),
                table,
                condition
            )?)
        }
    };
    Ok(item.build())
}

/// The condition under which a counter moves: it is a number, and stays within its bounds.
fn room(field: &str, delta: i64, at_least: i64, now: i64) -> Condition {
    let (delta, lowest, greatest) = (i128::from(delta), i128::from(at_least), i128::from(i64::MAX));
    Condition::says("#field BETWEEN :lowest AND :greatest AND ")
        .and_is_there(now)
        .naming("#field", field)
        .with(":lowest", number(lowest.max(i128::from(i64::MIN)) - delta))
        .with(":greatest", number(greatest - delta))
}

fn impossible(error: &BuildError) -> StoreFault {
    StoreFault::Other(error.to_string())
}

/// Why a write was refused, given the row that was there (as DynamoDB returns it), at `now`.
pub(crate) fn why(write: &Write, found: Option<&Item>, now: i64) -> Why {
    let found = found.filter(|item| whole::<i64>(item, "ttl").is_none_or(|ttl| ttl > now));
    let revision = found.and_then(|item| whole::<u64>(item, "revision"));
    let reason = match write {
        Write::Put { row, expect } => conditions::may_put(row, *expect, revision),
        Write::Delete { expect, .. } | Write::Check { expect, .. } => conditions::holds(*expect, revision),
        Write::Add { field, delta, at_least, .. } => {
            let before = found.and_then(|item| whole::<i64>(item, field));
            conditions::room(before, *delta, *at_least).map(drop)
        }
    };
    // DynamoDB says that it did not hold; then the row has changed since it returned it, or it returned none.
    reason.err().unwrap_or(match write {
        Write::Put { expect, .. } | Write::Delete { expect, .. } | Write::Check { expect, .. } => match expect {
            Expect::Absent => Why::Present,
            Expect::Revision(_) => Why::Revision,
        },
        Write::Add { .. } => Why::BelowBound,
    })
}
