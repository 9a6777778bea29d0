//! Reaching DynamoDB: credentials, region, connections, and how long to wait.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableRegionProvider;
use aws_config::meta::region::RegionProviderChain;
use aws_config::profile::ProfileFileRegionProvider;
use aws_config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_sdk_dynamodb::config::{Builder, Credentials};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(2);

/// How long one attempt may take of what moves many rows: a megabyte or so, over a line that may be slow.
const ATTEMPT_OF_MANY: Duration = Duration::from_secs(30);

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(1);

/// How patiently the table is administered and verified. Where nobody answers at all this is told after some 8 s, which
/// are four attempts to connect and the waits between them.
mod patience {
    use std::time::Duration;

    pub(super) const ATTEMPTS: u32 = 4;
    pub(super) const ATTEMPT: Duration = Duration::from_secs(10);
    pub(super) const ALL: Duration = Duration::from_secs(30);
    pub(super) const FIRST_WAIT: Duration = Duration::from_millis(500);
    pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(2);
}

/// Which table, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The table's name.
    pub table: String,
    /// Scheme, host and port of an emulator, or of an endpoint of one's own; else Amazon's of the region.
    pub endpoint: Option<String>,
}

impl Location {
    /// Is it on this machine? Then it is an emulator, which takes any credentials.
    pub fn is_local(&self) -> bool {
        let host = self.endpoint.as_deref().and_then(|endpoint| endpoint.split("://").nth(1));
        let host = host.map(|rest| rest.split(['/', '?']).next().unwrap_or_default());
        host.is_some_and(|host| {
            ["127.0.0.1", "localhost", "[::1]"]
                .iter()
                .any(|local| host == *local || host.strip_prefix(local).is_some_and(|rest| rest.starts_with(':')))
        })
    }
}

/// A client for this table. Region and credentials are looked for as Amazon's tools look for them: environment, profile,
/// container, instance.
pub async fn connect(location: &Location) -> Client {
    let http = aws_smithy_http_client::Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(http)
        // Trying again is store::patient's, which knows what may be tried again.
        .retry_config(RetryConfig::disabled())
        .timeout_config(attempts_of(ATTEMPT).build());
    if let Some(endpoint) = &location.endpoint {
        loader = loader.endpoint_url(endpoint);
    }
    if location.is_local() {
        loader = loader.region(Region::from_static("local")).credentials_provider(Credentials::new(
            "local",
            "local",
            None,
            None,
            "an emulator's",
        ));
    }
    Client::new(&loader.load().await)
}

/// The region that is set in the environment or in a profile; nothing is asked of the network.
pub async fn region() -> Option<String> {
    let set = RegionProviderChain::first_try(EnvironmentVariableRegionProvider::new());
    set.or_else(ProfileFileRegionProvider::new()).region().await.map(|region| region.to_string())
}

/// The same client for what is asked once, and by somebody who can wait: what is throttled, or fails for a moment, is asked
/// again.
pub(crate) fn patiently(client: &Client) -> Client {
    let retries = RetryConfig::standard()
        .with_max_attempts(patience::ATTEMPTS)
        .with_initial_backoff(patience::FIRST_WAIT)
        .with_max_backoff(patience::LONGEST_WAIT);
    let timeouts = attempts_of(patience::ATTEMPT).operation_timeout(patience::ALL).build();
    Client::from_conf(client.config().to_builder().retry_config(retries).timeout_config(timeouts).build())
}

/// What is otherwise for a request that moves many rows.
pub(crate) fn for_many_rows() -> Builder {
    Builder::new().timeout_config(attempts_of(ATTEMPT_OF_MANY).build())
}

fn attempts_of(time: Duration) -> TimeoutConfigBuilder {
    let mut timeouts = TimeoutConfig::builder();
    timeouts.set_connect_timeout(Some(CONNECT)).set_operation_attempt_timeout(Some(time));
    timeouts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emulator_is_on_this_machine() {
        let is_local =
            |endpoint: &str| Location { table: "t".to_owned(), endpoint: Some(endpoint.to_owned()) }.is_local();
        assert!(is_local("http://127.0.0.1:8000") && is_local("http://localhost") && is_local("http://[::1]:8000/"));
        assert!(
            !is_local("https://dynamodb.eu-west-2.amazonaws.com") && !is_local("http://localhost.example.org:8000")
        );
        assert!(!Location { table: "t".to_owned(), endpoint: None }.is_local());
    }
}
