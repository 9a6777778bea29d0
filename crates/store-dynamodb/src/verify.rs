//! Whether a table can be used, asked at start: what is not as it should be is said in one sentence.

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::describe_table::DescribeTableError;
use aws_sdk_dynamodb::types::TableStatus;

use crate::administer::{AdministerError, Administered};
use crate::description::{self, VERSION};
use crate::{Location, connect, faults};

/// Why a table cannot be used, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    /// It is not known which region it should be in.
    #[error("no AWS region is set: say where the table {table} is, such as AWS_REGION=eu-west-2")]
    NoRegion {
        /// The table.
        table: String,
    },
    /// There is none.
    #[error(
        "there is no table {table} in {place}: make it with `dance-engine table create --dynamodb-table {table}`, or \
         correct its name or the region"
    )]
    Missing {
        /// The table.
        table: String,
        /// Region or endpoint.
        place: String,
    },
    /// These credentials may not use it.
    #[error(
        "AWS does not let this program {what} of the table {table} ({why}): give its role the policy that `dance-engine \
         table policy` prints"
    )]
    Denied {
        /// The table.
        table: String,
        /// What may not be done.
        what: &'static str,
        /// What Amazon says.
        why: String,
    },
    /// There are no credentials, or wrong ones.
    #[error("AWS does not know who this program is ({0}): give it credentials, as a role or in the environment")]
    Unknown(String),
    /// It has other keys or indexes.
    #[error("the table {table} is not one of Dance Engine's ({}): name another, or make a new one", .differences.join("; "))]
    Different {
        /// The table.
        table: String,
        /// What is not as it should be.
        differences: Vec<String>,
    },
    /// Another version of this program made it.
    #[error(
        "the rows of the table {table} are of version {found}, and this program's of {}: run the version of Dance Engine \
         that made it, and move its rows with `export` and `import`",
        VERSION.1
    )]
    Version {
        /// The table.
        table: String,
        /// What is there.
        found: String,
    },
    /// It is being made or removed.
    #[error("the table {table} is {status}: wait until it is ACTIVE")]
    NotReady {
        /// The table.
        table: String,
        /// Amazon's word.
        status: String,
    },
    /// Nothing answers there.
    #[error("DynamoDB does not answer at {place}: {why}")]
    Unreachable {
        /// Region or endpoint.
        place: String,
        /// What happened.
        why: String,
    },
}

/// Codes of errors that say that credentials are wrong, not what they may.
const UNKNOWN_CALLER: &[&str] = &[
    "UnrecognizedClientException",
    "InvalidSignatureException",
    "IncompleteSignature",
    "ExpiredTokenException",
    "MissingAuthenticationTokenException",
    "InvalidClientTokenId",
];

/// Whether the table of a location can be used by this client: it is there, as it should be, and of this version.
pub async fn verify(client: &Client, location: &Location) -> Result<(), Unfit> {
    let table = location.table.clone();
    let Some(region) = client.config().region().map(ToString::to_string) else { return Err(Unfit::NoRegion { table }) };
    let place = location.endpoint.clone().unwrap_or(region);
    let client = connect::patiently(client);
    let found = match client.describe_table().table_name(&table).send().await {
        Ok(answer) => answer.table.unwrap_or_else(|| aws_sdk_dynamodb::types::TableDescription::builder().build()),
        Err(error) => return Err(why(&error, table, place)),
    };
    match found.table_status() {
        Some(TableStatus::Active | TableStatus::Updating) => {}
        Some(status) => return Err(Unfit::NotReady { table, status: status.as_str().to_owned() }),
        None => return Err(Unfit::Different { table, differences: vec!["it has no status".to_owned()] }),
    }
    let differences = description::differences(&found);
    if !differences.is_empty() {
        return Err(Unfit::Different { table, differences });
    }
    match Administered::new(client, location).version(&found).await {
        // One that is not marked was made by hand: its keys are right, and there is one version so far.
        Ok(None) => Ok(()),
        Ok(Some(version)) if version == VERSION.1 => Ok(()),
        Ok(Some(found)) => Err(Unfit::Version { table, found }),
        Err(AdministerError::Refused { why, .. }) if why.starts_with("AccessDenied") => {
            Err(Unfit::Denied { table, what: "read the tags", why })
        }
        // Amazon lets tags be read ten times a second only: where many begin at once, some begin without having read them.
        Err(other) => {
            tracing::warn!(%other, "the version of the table was not read");
            Ok(())
        }
    }
}

fn why(error: &SdkError<DescribeTableError>, table: String, place: String) -> Unfit {
    let words = faults::words(error);
    match error {
        SdkError::ServiceError(told) => match told.err().code() {
            _ if told.err().is_resource_not_found_exception() => Unfit::Missing { table, place },
            Some("AccessDeniedException") => Unfit::Denied { table, what: "ask for a description", why: words },
            Some(code) if UNKNOWN_CALLER.contains(&code) => Unfit::Unknown(words),
            _ => Unfit::Unreachable { place, why: words },
        },
        SdkError::DispatchFailure(failure) if failure.is_other() => Unfit::Unknown(words),
        _ => Unfit::Unreachable { place, why: words },
    }
}
