//! What the program was told, from the command line, the environment and `dance-engine.toml`, checked.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow, bail, ensure};
use figment::Figment;
use figment::error::Kind;
use figment::providers::{Env, Format, Serialized, Toml};
use integrations::mail::{Smtp, is_sender};
use serde::{Deserialize, Serialize};
use store_dynamodb::Location;

/// The file that is read in the folder where the program is started.
const FILE: &str = "dance-engine.toml";

/// What the program was told.
#[derive(Clone)]
pub struct Configuration {
    /// The folder of the embedded store.
    pub data: PathBuf,
    /// The table on DynamoDB where everything is kept instead.
    pub dynamodb: Option<Location>,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Scheme, host and port, without a slash at the end; known once the program listens, if it was not given.
    pub public_url: Option<String>,
    /// Fill an empty store with the demonstration.
    pub demo: bool,
    /// The mail server.
    pub smtp: Option<Arc<Smtp>>,
    /// Who mail comes from.
    pub mail_from: Option<String>,
    /// Whether this process sends mail.
    pub mail_worker: bool,
    /// Requests a minute and address.
    pub rate_limit: NonZeroU32,
    /// How many proxies stand in front.
    pub trusted_proxies: usize,
    /// The installation's secret.
    pub secret: Option<[u8; 32]>,
}

impl fmt::Debug for Configuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Configuration").field("data", &self.data).field("listen", &self.listen).finish_non_exhaustive()
    }
}

/// The options as they stand after all layers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layered {
    data: PathBuf,
    dynamodb_table: Option<String>,
    dynamodb_endpoint: Option<String>,
    listen: String,
    public_url: Option<String>,
    demo: bool,
    smtp: Option<String>,
    mail_from: Option<String>,
    mail_worker: bool,
    rate_limit: NonZeroU32,
    trusted_proxies: usize,
    secret: Option<String>,
}

/// Puts the layers together and checks what they say.
pub fn read(options: &impl Serialize) -> anyhow::Result<Configuration> {
    let mut layers = Figment::new()
        .merge(Serialized::default("data", "./data"))
        .merge(Serialized::default("listen", "127.0.0.1:8080"))
        .merge(Serialized::default("demo", false))
        .merge(Serialized::default("mail_worker", true))
        .merge(Serialized::default("rate_limit", 600))
        .merge(Serialized::default("trusted_proxies", 0));
    // Only here: the file of a folder above is about something else.
    if Path::new(FILE).exists() {
        layers = layers.merge(Toml::file_exact(FILE));
    }
    // Commands that take no such option make links of it.
    layers = layers.merge(Env::prefixed("DANCE_ENGINE_").only(&["listen"])).merge(Serialized::defaults(options));
    let layered: Layered = layers.extract().map_err(words)?;
    let listen = layered.listen.parse().map_err(|_| {
        anyhow!("--listen {}: an address and a port are needed, such as 127.0.0.1:8080", layered.listen)
    })?;
    if let Some(from) = &layered.mail_from {
        ensure!(is_sender(from), "--mail-from {from}: an address is needed, such as Club <tickets@example.org>");
    }
    Ok(Configuration {
        data: layered.data,
        dynamodb: dynamodb(layered.dynamodb_table, layered.dynamodb_endpoint)?,
        listen,
        public_url: layered.public_url.as_deref().map(public_url).transpose()?,
        demo: layered.demo,
        smtp: layered.smtp.as_deref().map(|url| Smtp::at(url).context("--smtp")).transpose()?.map(Arc::new),
        mail_from: layered.mail_from,
        mail_worker: layered.mail_worker,
        rate_limit: layered.rate_limit,
        trusted_proxies: layered.trusted_proxies,
        secret: layered.secret.as_deref().map(secret).transpose()?,
    })
}

/// What is wrong with the file, in words: what was typed and the environment have been read already.
fn words(error: figment::Error) -> anyhow::Error {
    let told = error.into_iter().map(|fault| match &fault.kind {
        Kind::UnknownField(name, known) => format!("{FILE}: there is no option {name}, but {}", known.join(", ")),
        kind if fault.path.is_empty() => format!("{FILE}: {kind}"),
        kind => format!("{FILE}: {}: {kind}", fault.path.join(".")),
    });
    anyhow!("{}", told.collect::<Vec<_>>().join("\n"))
}

/// A table's name, and where it is if not at Amazon's own address.
fn dynamodb(table: Option<String>, endpoint: Option<String>) -> anyhow::Result<Option<Location>> {
    let Some(table) = table else {
        ensure!(endpoint.is_none(), "--dynamodb-endpoint: --dynamodb-table is needed as well, with the table's name");
        return Ok(None);
    };
    let is_name = (3..=255).contains(&table.len())
        && table.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    ensure!(is_name, "--dynamodb-table {table}: a name has 3 to 255 letters, digits, hyphens, dots and underscores");
    if let Some(endpoint) = &endpoint {
        let host = endpoint.strip_prefix("http://").or_else(|| endpoint.strip_prefix("https://"));
        let is_address = host.is_some_and(|host| !host.is_empty() && !host.contains([' ', '@', '?', '#']));
        ensure!(is_address, "--dynamodb-endpoint {endpoint}: an address is needed, such as http://127.0.0.1:8000");
    }
    Ok(Some(Location { table, endpoint }))
}

/// Scheme and host, without what follows them.
fn public_url(text: &str) -> anyhow::Result<String> {
    let url = text.trim_end_matches('/');
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', ' ', '@']) => Ok(url.to_ascii_lowercase()),
        _ => bail!("--public-url {text}: a scheme and a host are needed, such as https://tickets.example.org"),
    }
}

fn secret(text: &str) -> anyhow::Result<[u8; 32]> {
    let digits = text.trim();
    ensure!(digits.len() == 64 && digits.is_ascii(), "DANCE_ENGINE_SECRET: 64 hexadecimal digits are needed");
    let mut bytes = [0; 32];
    for (place, index) in bytes.iter_mut().zip((0..64).step_by(2)) {
        let pair = digits.get(index..index + 2).unwrap_or_default();
        *place = u8::from_str_radix(pair, 16).context("DANCE_ENGINE_SECRET: 64 hexadecimal digits are needed")?;
    }
    Ok(bytes)
}

/// Reads what [`secret`] reads, from the file in which it is kept.
pub fn secret_of_file(text: &str) -> anyhow::Result<[u8; 32]> {
    secret(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_a_scheme_and_a_host() {
        assert_eq!(public_url("https://Tickets.Example.org/").unwrap(), "https://tickets.example.org");
        assert_eq!(public_url("http://127.0.0.1:8080").unwrap(), "http://127.0.0.1:8080");
        for bad in ["tickets.example.org", "https://", "https://a.org/path", "ftp://a.org", "https://a@b.org"] {
            assert!(public_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_table_has_a_name_that_dynamodb_takes_and_an_endpoint_is_an_address() {
        let told = |table: Option<&str>, endpoint: Option<&str>| {
            dynamodb(table.map(str::to_owned), endpoint.map(str::to_owned))
        };
        assert_eq!(told(None, None).unwrap(), None);
        assert_eq!(told(Some("demo"), Some("http://127.0.0.1:8000")).unwrap().unwrap().table, "demo");
        for (table, endpoint) in [
            (None, Some("http://127.0.0.1:8000")),
            (Some("ab"), None),
            (Some("a b c"), None),
            (Some("demo"), Some("127.0.0.1:8000")),
            (Some("demo"), Some("http://")),
        ] {
            assert!(told(table, endpoint).is_err(), "{table:?} {endpoint:?}");
        }
    }

    #[test]
    fn a_secret_is_64_hexadecimal_digits() {
        assert_eq!(secret(&"ab".repeat(32)).unwrap(), [0xab; 32]);
        for bad in ["", "ab", &"zz".repeat(32), &"é".repeat(32)] {
            assert!(secret(bad).is_err(), "{bad}");
        }
    }
}
