//! Making the table, looking at it, and removing it. Each may be done again: what is there already stays.

use std::time::Duration;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{BuildError, ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{
    BillingMode, ContinuousBackupsStatus, PointInTimeRecoverySpecification, PointInTimeRecoveryStatus,
    TableDescription, TableStatus, Tag, TimeToLiveSpecification, TimeToLiveStatus,
};

use crate::description::{self, APPLICATION, TTL, VERSION};
use crate::{connect, faults};

/// How often a table that is being made or removed is looked at, and for how long at most.
const LOOK_EVERY: Duration = Duration::from_millis(500);
const LOOKS: u32 = 1_200;

/// Why the table could not be administered.
#[derive(Debug, thiserror::Error)]
pub enum AdministerError {
    /// There is one, and it is not as it should be.
    #[error("the table {table} is not one of Dance Engine's: {}", .differences.join("; "))]
    Different {
        /// Its name.
        table: String,
        /// What is not as it should be.
        differences: Vec<String>,
    },
    /// DynamoDB said no.
    #[error("{what}: {why}")]
    Refused {
        /// What was asked for.
        what: &'static str,
        /// What it says.
        why: String,
    },
    /// It is still not ready after ten minutes.
    #[error("the table {0} is still being worked on; look again later")]
    Slow(String),
}

/// A table as its administrator sees it.
#[derive(Debug, Clone)]
pub struct Administered {
    client: Client,
    table: String,
    /// On this machine: an emulator, which need not offer everything.
    is_local: bool,
}

/// What the table is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// Whether it can be used: `ACTIVE`, `CREATING`, …
    pub status: String,
    /// Rows, to the last six hours.
    pub rows: i64,
    /// Bytes, to the last six hours.
    pub bytes: i64,
    /// Pay for what is used; else capacity is provisioned.
    pub is_on_demand: bool,
    /// Rows past their `ttl` are removed.
    pub removes_expired: bool,
    /// It can be put back as it was at any second of the last 35 days. Unknown where it cannot be asked.
    pub has_point_in_time_recovery: Option<bool>,
    /// It cannot be deleted by mistake.
    pub is_protected: bool,
    /// The version of its rows; none if it is not marked.
    pub version: Option<String>,
    /// What is not as it should be.
    pub differences: Vec<String>,
}

impl Administered {
    /// The table at a location, by a client for it, which is made patient.
    #[allow(clippy::needless_pass_by_value, reason = "whoever administers needs the other client no more")]
    pub fn new(client: Client, location: &crate::Location) -> Self {
        Self { client: connect::patiently(&client), table: location.table.clone(), is_local: location.is_local() }
    }

    /// Makes the table with all that belongs to it, and says what was done, a sentence each; of what is there already
    /// only what is missing.
    pub async fn create(&self) -> Result<Vec<String>, AdministerError> {
        let mut done = Vec::new();
        let found = if let Some(found) = self.find().await? {
            found
        } else {
            self.make().await?;
            done.push(format!("made the table {} with its indexes, billed on demand", self.table));
            self.when_active().await?
        };
        let differences = description::differences(&found);
        if !differences.is_empty() {
            return Err(AdministerError::Different { table: self.table.clone(), differences });
        }
        let found = if found.table_status() == Some(&TableStatus::Active) { found } else { self.when_active().await? };
        self.mark(&found, &mut done).await?;
        self.protect(&found, &mut done).await?;
        self.let_expire(&mut done).await?;
        self.keep_backups(&mut done).await?;
        Ok(done)
    }

    /// What it is like; none if there is none.
    pub async fn describe(&self) -> Result<Option<Description>, AdministerError> {
        let Some(found) = self.find().await? else { return Ok(None) };
        let billing = found.billing_mode_summary().and_then(|summary| summary.billing_mode());
        Ok(Some(Description {
            status: found.table_status().map_or_else(|| "UNKNOWN".to_owned(), |status| status.as_str().to_owned()),
            rows: found.item_count().unwrap_or_default(),
            bytes: found.table_size_bytes().unwrap_or_default(),
            is_on_demand: billing == Some(&BillingMode::PayPerRequest),
            removes_expired: self.expires().await?,
            has_point_in_time_recovery: self.has_backups().await?,
            is_protected: found.deletion_protection_enabled() == Some(true),
            version: self
                .tags(&found)
                .await?
                .into_iter()
                .find(|(name, _)| name == VERSION.0)
                .map(|(_, version)| version),
            differences: description::differences(&found),
        }))
    }

    /// Removes the table with all that is in it, protected or not. False if there is none.
    pub async fn delete(&self) -> Result<bool, AdministerError> {
        let Some(found) = self.find().await? else { return Ok(false) };
        if found.deletion_protection_enabled() == Some(true) {
            let request = self.client.update_table().table_name(&self.table).deletion_protection_enabled(false);
            request.send().await.map_err(refused("lifting the protection against deletion"))?;
            self.when_active().await?;
        }
        if let Err(error) = self.client.delete_table().table_name(&self.table).send().await {
            // Asked again for want of an answer it says that this cannot be.
            let is_going = |found: TableDescription| found.table_status() == Some(&TableStatus::Deleting);
            if !self.find().await?.is_none_or(is_going) {
                return Err(refused("deleting the table")(error));
            }
        }
        for _ in 0..LOOKS {
            if self.find().await?.is_none() {
                return Ok(true);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(AdministerError::Slow(self.table.clone()))
    }

    async fn find(&self) -> Result<Option<TableDescription>, AdministerError> {
        match self.client.describe_table().table_name(&self.table).send().await {
            Ok(answer) => Ok(answer.table),
            Err(SdkError::ServiceError(told)) if told.err().is_resource_not_found_exception() => Ok(None),
            Err(error) => Err(refused("describing the table")(error)),
        }
    }

    async fn make(&self) -> Result<(), AdministerError> {
        let [table, ..] = description::ORDERS;
        let request = self
            .client
            .create_table()
            .table_name(&self.table)
            .billing_mode(BillingMode::PayPerRequest)
            .deletion_protection_enabled(true)
            .set_attribute_definitions(Some(description::attributes().map_err(unbuilt)?))
            .set_key_schema(Some(table.key_schema().map_err(unbuilt)?))
            .set_global_secondary_indexes(Some(description::indexes().map_err(unbuilt)?))
            .set_tags(Some(our_tags()?));
        match request.send().await {
            Ok(_) => Ok(()),
            // Somebody else makes it at this moment.
            Err(SdkError::ServiceError(told)) if told.err().is_resource_in_use_exception() => Ok(()),
            Err(error) => Err(refused("making the table")(error)),
        }
    }

    async fn when_active(&self) -> Result<TableDescription, AdministerError> {
        for _ in 0..LOOKS {
            if let Some(found) = self.find().await?
                && found.table_status() == Some(&TableStatus::Active)
            {
                return Ok(found);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
        Err(AdministerError::Slow(self.table.clone()))
    }

    async fn tags(&self, found: &TableDescription) -> Result<Vec<(String, String)>, AdministerError> {
        let Some(arn) = found.table_arn() else { return Ok(Vec::new()) };
        let listed =
            self.offered(self.client.list_tags_of_resource().resource_arn(arn).send().await, "reading its tags")?;
        let tags = listed.into_iter().flat_map(|listed| listed.tags.unwrap_or_default());
        Ok(tags.map(|tag| (tag.key, tag.value)).collect())
    }

    /// The version of its rows; none if it is not marked.
    pub(crate) async fn version(&self, found: &TableDescription) -> Result<Option<String>, AdministerError> {
        let mut tags = self.tags(found).await?.into_iter();
        Ok(tags.find(|(name, _)| name == VERSION.0).map(|(_, version)| version))
    }

    async fn mark(&self, found: &TableDescription, done: &mut Vec<String>) -> Result<(), AdministerError> {
        let tags = self.tags(found).await?;
        let is_there = |(name, value): (&str, &str)| tags.iter().any(|tag| tag.0 == name && tag.1 == value);
        let Some(arn) = found.table_arn().filter(|_| !(is_there(APPLICATION) && is_there(VERSION))) else {
            return Ok(());
        };
        if let Some((_, other)) = tags.iter().find(|(name, version)| name == VERSION.0 && version != VERSION.1) {
            let differences = vec![format!("its rows are of version {other}, and this program's of {}", VERSION.1)];
            return Err(AdministerError::Different { table: self.table.clone(), differences });
        }
        let marked = self.client.tag_resource().resource_arn(arn).set_tags(Some(our_tags()?)).send().await;
        if self.offered(marked, "marking it with tags")?.is_some() {
            done.push("marked it with tags".to_owned());
        }
        Ok(())
    }

    async fn protect(&self, found: &TableDescription, done: &mut Vec<String>) -> Result<(), AdministerError> {
        if found.deletion_protection_enabled() == Some(true) {
            return Ok(());
        }
        let request = self.client.update_table().table_name(&self.table).deletion_protection_enabled(true);
        if self.offered(request.send().await, "protecting it against deletion")?.is_some() {
            done.push("protected it against deletion".to_owned());
        }
        Ok(())
    }

    async fn expires(&self) -> Result<bool, AdministerError> {
        let told = self.client.describe_time_to_live().table_name(&self.table).send().await;
        let told = self.offered(told, "asking whether expired rows are removed")?;
        let told = told.and_then(|told| told.time_to_live_description);
        Ok(told.is_some_and(|told| {
            let is_on =
                matches!(told.time_to_live_status, Some(TimeToLiveStatus::Enabled | TimeToLiveStatus::Enabling));
            is_on && told.attribute_name.as_deref() == Some(TTL)
        }))
    }

    async fn let_expire(&self, done: &mut Vec<String>) -> Result<(), AdministerError> {
        if self.expires().await? {
            return Ok(());
        }
        let wanted = TimeToLiveSpecification::builder().enabled(true).attribute_name(TTL).build();
        let wanted = wanted.map_err(unbuilt)?;
        let request = self.client.update_time_to_live().table_name(&self.table).time_to_live_specification(wanted);
        if self.offered(request.send().await, "having expired rows removed")?.is_some() {
            done.push("had it remove expired rows".to_owned());
        }
        Ok(())
    }

    async fn has_backups(&self) -> Result<Option<bool>, AdministerError> {
        let told = self.client.describe_continuous_backups().table_name(&self.table).send().await;
        let Some(told) = self.offered(told, "asking for its backups")? else { return Ok(None) };
        let Some(told) = told.continuous_backups_description else { return Ok(None) };
        let recovery = told.point_in_time_recovery_description.and_then(|told| told.point_in_time_recovery_status);
        let is_on = told.continuous_backups_status == ContinuousBackupsStatus::Enabled;
        Ok(Some(is_on && recovery == Some(PointInTimeRecoveryStatus::Enabled)))
    }

    async fn keep_backups(&self, done: &mut Vec<String>) -> Result<(), AdministerError> {
        if self.has_backups().await? != Some(false) {
            return Ok(());
        }
        let wanted = PointInTimeRecoverySpecification::builder().point_in_time_recovery_enabled(true).build();
        let wanted = wanted.map_err(unbuilt)?;
        let ask = async || {
            let request = self.client.update_continuous_backups().table_name(&self.table);
            request.point_in_time_recovery_specification(wanted.clone()).send().await
        };
        let mut answer = ask().await;
        for _ in 0..LOOKS / 4 {
            // A table that was just made has no backups yet.
            let is_early = |error: &SdkError<_>| error.code() == Some("ContinuousBackupsUnavailableException");
            if !answer.as_ref().is_err_and(is_early) {
                break;
            }
            tokio::time::sleep(LOOK_EVERY).await;
            answer = ask().await;
        }
        if self.offered(answer, "turning point-in-time recovery on")?.is_some() {
            done.push("turned point-in-time recovery on".to_owned());
        }
        Ok(())
    }

    /// What was answered; none if this is an emulator that does not offer it.
    fn offered<T, E>(&self, answer: Result<T, SdkError<E>>, what: &'static str) -> Result<Option<T>, AdministerError>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        match answer {
            Ok(answer) => Ok(Some(answer)),
            Err(SdkError::ServiceError(told)) if self.is_local => {
                tracing::warn!(code = told.err().code(), "this emulator does not offer {what}");
                Ok(None)
            }
            Err(error) => Err(refused(what)(error)),
        }
    }
}

fn our_tags() -> Result<Vec<Tag>, AdministerError> {
    let tags = [APPLICATION, VERSION].into_iter().map(|(key, value)| Tag::builder().key(key).value(value).build());
    tags.collect::<Result<Vec<_>, _>>().map_err(unbuilt)
}

#[allow(clippy::needless_pass_by_value, reason = "what is mapped over gives it away")]
fn unbuilt(error: BuildError) -> AdministerError {
    AdministerError::Refused { what: "writing the request", why: error.to_string() }
}

fn refused<E>(what: &'static str) -> impl Fn(SdkError<E>) -> AdministerError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    move |error| AdministerError::Refused { what, why: faults::words(&error) }
}
