//! What the program was told, from the command line, the environment and `dance-engine.toml`, checked.

use std::fmt;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use serde::Deserialize;

use crate::arguments::Options;

/// The file that is read in the folder where the program is started.
const FILE: &str = "dance-engine.toml";

/// What the program was told.
#[derive(Clone)]
pub struct Configuration {
    /// The folder of the embedded store.
    pub data: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Scheme, host and port, without a slash at the end; known once the program listens, if it was not given.
    pub public_url: Option<String>,
    /// Fill an empty store with the demonstration.
    pub demo: bool,
    /// The mail server.
    pub smtp: Option<String>,
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
pub fn read(options: &Options) -> anyhow::Result<Configuration> {
    let layered: Layered = Figment::new()
        .merge(Serialized::default("data", "./data"))
        .merge(Serialized::default("listen", "127.0.0.1:8080"))
        .merge(Serialized::default("demo", false))
        .merge(Serialized::default("mail_worker", true))
        .merge(Serialized::default("rate_limit", 600))
        .merge(Serialized::default("trusted_proxies", 0))
        .merge(Toml::file(FILE))
        .merge(Serialized::defaults(options))
        .extract()
        .context("the configuration cannot be read")?;
    let listen = layered.listen.parse().with_context(|| {
        format!("--listen {}: an address and a port are needed, such as 127.0.0.1:8080", layered.listen)
    })?;
    let public_url = layered.public_url.as_deref().map(public_url).transpose()?;
    let secret = layered.secret.as_deref().map(secret).transpose()?;
    let production = public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    ensure!(
        !production || secret.is_some() || layered.data.exists(),
        "DANCE_ENGINE_SECRET is needed where the public address begins with https:// (64 hexadecimal digits, such as \
         `openssl rand -hex 32` prints); keep it safe, since every link and barcode depends on it"
    );
    Ok(Configuration {
        data: layered.data,
        listen,
        public_url,
        demo: layered.demo,
        smtp: layered.smtp,
        mail_from: layered.mail_from,
        mail_worker: layered.mail_worker,
        rate_limit: layered.rate_limit,
        trusted_proxies: layered.trusted_proxies,
        secret,
    })
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
    fn a_secret_is_64_hexadecimal_digits() {
        assert_eq!(secret(&"ab".repeat(32)).unwrap(), [0xab; 32]);
        for bad in ["", "ab", &"zz".repeat(32), &"é".repeat(32)] {
            assert!(secret(bad).is_err(), "{bad}");
        }
    }
}
