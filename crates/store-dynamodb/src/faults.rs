//! What DynamoDB's errors mean: whether something was written, and whether it is worth another try.

use std::fmt::Write as _;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use store::table::{StoreFault, TransactError};

/// Codes of errors that say: too much at once; nothing was done.
const TOO_MUCH: &[&str] = &[
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "Throttling",
    "ThrottlingError",
    "ThrottlingException",
];

/// Codes that say: not now; for a write, it is not known whether it was done.
const FOR_A_MOMENT: &[&str] = &["InternalServerError", "ServiceUnavailable", "TransactionInProgressException"];

/// A reason for which a transaction is cancelled: others write the same rows at this moment.
pub(crate) const CONFLICT: &str = "TransactionConflict";

/// Whether a code says that too much is asked for at once.
pub(crate) fn is_too_much(code: &str) -> bool {
    TOO_MUCH.contains(&code)
}

/// What a read's error is.
pub(crate) fn of_read<E>(error: &SdkError<E>) -> StoreFault
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match error {
        SdkError::ServiceError(told) => match told.err().code() {
            Some(code) if is_too_much(code) => StoreFault::Busy,
            Some(CONFLICT | "TransactionConflictException") => StoreFault::Contended,
            Some(code) if FOR_A_MOMENT.contains(&code) => StoreFault::Unreachable(words(error)),
            _ if told.raw().status().is_server_error() => StoreFault::Unreachable(words(error)),
            _ => StoreFault::Other(words(error)),
        },
        SdkError::ConstructionFailure(_) => StoreFault::Other(words(error)),
        _ => StoreFault::Unreachable(words(error)),
    }
}

/// What a write's error is, apart from a cancelled transaction.
pub(crate) fn of_write<E>(error: &SdkError<E>) -> TransactError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match of_read(error) {
        // It may have arrived.
        fault @ StoreFault::Unreachable(_) => TransactError::Unknown(fault),
        fault => TransactError::Unavailable(fault),
    }
}

/// What an error says: Amazon's code and sentence, or why nothing came back.
pub(crate) fn words<E>(error: &SdkError<E>) -> String
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    if let SdkError::ServiceError(told) = error {
        let (code, message) = (told.err().code(), told.err().message());
        return format!("{}: {}", code.unwrap_or("an error without a code"), message.unwrap_or("no more is said"));
    }
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        let _ = write!(words, ": {inner}");
        cause = inner.source();
    }
    words
}
