//! Transactions: all of the writes or nothing.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{CancellationReason, ReturnConsumedCapacity};
use store::conditions::well_formed;
use store::table::{Refused, StoreFault, TransactError, Write};

use crate::{Dynamo, attributes, expressions, faults};

/// What a write's reason is called when its condition did not hold.
const CONDITION: &str = "ConditionalCheckFailed";

impl Dynamo {
    pub(crate) async fn write_all(&self, writes: Vec<Write>) -> Result<(), TransactError> {
        well_formed(&writes).map_err(TransactError::Malformed)?;
        if !writes.iter().all(|write| attributes::can_be(write.key())) {
            return Err(TransactError::Malformed("a key's parts have 1 to 2,048 and 1 to 1,024 bytes"));
        }
        let now = self.now();
        let items = writes.iter().map(|write| expressions::write(&self.table, write, now));
        let items = items.collect::<Result<Vec<_>, _>>().map_err(TransactError::Unavailable)?;
        // Each call has a token of its own (the library makes one), so that what the network repeats is done once.
        let request = self.client.transact_write_items().set_transact_items(Some(items));
        match request.return_consumed_capacity(ReturnConsumedCapacity::Total).send().await {
            Ok(answer) => {
                self.meter.wrote(answer.consumed_capacity());
                Ok(())
            }
            Err(error) => match error.as_service_error() {
                Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                    Err(cancelled_for(&writes, cancelled.cancellation_reasons(), now))
                }
                _ => Err(faults::of_write(&error)),
            },
        }
    }
}

/// What the reasons of a cancelled transaction, one for each write in their order, come to. Nothing was written.
fn cancelled_for(writes: &[Write], reasons: &[CancellationReason], now: i64) -> TransactError {
    let refused: Vec<Refused> = writes
        .iter()
        .zip(reasons)
        .enumerate()
        .filter(|(_, (_, reason))| reason.code() == Some(CONDITION))
        .map(|(index, (write, reason))| Refused { write: index, why: expressions::why(write, reason.item(), now) })
        .collect();
    if !refused.is_empty() {
        return TransactError::Refused(refused);
    }
    let codes = || reasons.iter().filter_map(CancellationReason::code);
    if codes().any(|code| code == faults::CONFLICT) {
        return TransactError::Unavailable(StoreFault::Contended);
    }
    if codes().any(faults::is_too_much) {
        return TransactError::Unavailable(StoreFault::Busy);
    }
    let told = writes.iter().zip(reasons).find(|(_, reason)| reason.code().is_some_and(|code| code != "None"));
    TransactError::Unavailable(match told {
        Some((write, reason)) => StoreFault::BadRow {
            key: write.key().clone(),
            why: format!("{}: {}", reason.code().unwrap_or_default(), reason.message().unwrap_or_default()),
        },
        None => StoreFault::Other("a transaction was cancelled without a reason".to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use store::row::Key;
    use store::table::{Expect, Why};

    use super::*;

    fn reason(code: &str) -> CancellationReason {
        CancellationReason::builder().code(code).build()
    }

    fn checks(count: usize) -> Vec<Write> {
        (0..count).map(|n| Write::Check { key: Key::own(n.to_string()), expect: Expect::Absent }).collect()
    }

    #[test]
    fn a_condition_counts_more_than_a_conflict_and_that_more_than_throttling() {
        let told = |codes: &[&str]| {
            let reasons: Vec<_> = codes.iter().map(|code| reason(code)).collect();
            cancelled_for(&checks(codes.len()), &reasons, 0)
        };
        let refused = told(&["None", "TransactionConflict", "ConditionalCheckFailed"]);
        let TransactError::Refused(refused) = refused else { panic!("{refused:?}") };
        assert_eq!(refused, [Refused { write: 2, why: Why::Present }]);
        for (codes, contended) in [
            (["None", "TransactionConflict", "ThrottlingError"], true),
            (["None", "ThrottlingError", "None"], false),
            (["ProvisionedThroughputExceeded", "None", "None"], false),
        ] {
            match told(&codes) {
                TransactError::Unavailable(StoreFault::Contended) => assert!(contended, "{codes:?}"),
                TransactError::Unavailable(StoreFault::Busy) => assert!(!contended, "{codes:?}"),
                other => panic!("{codes:?}: {other:?}"),
            }
        }
    }

    #[test]
    fn a_row_that_dynamodb_does_not_take_is_named() {
        let told = cancelled_for(&checks(2), &[reason("None"), reason("ValidationError")], 0);
        let TransactError::Unavailable(StoreFault::BadRow { key, why }) = told else { panic!("{told:?}") };
        assert!(key == Key::own("1") && why.starts_with("ValidationError"), "{key} {why}");
    }
}
