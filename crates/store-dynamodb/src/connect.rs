//! Reaching DynamoDB: credentials, region, connections, and how long to wait.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Credentials;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};

/// How long one attempt may take.
const ATTEMPT: Duration = Duration::from_secs(2);

/// How long a connection may take to be made.
const CONNECT: Duration = Duration::from_secs(1);

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
    let timeouts = TimeoutConfig::builder().connect_timeout(CONNECT).operation_attempt_timeout(ATTEMPT).build();
    let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12())
        .http_client(http)
        // Trying again is store::patient's, which knows what may be tried again.
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeouts);
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
