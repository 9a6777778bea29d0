//! Putting the parts together: the store, the secret, the mail server, the faces.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, ensure};
use engine::random::Random as _;
use engine::secret::Secret;
use engine::{Engine, Parts, Settings};
use integrations::mail::Mailer;
use store::embedded::Embedded;

use crate::clock::SystemClock;
use crate::configuration::Configuration;
use crate::randomness::SystemRandom;
use crate::secret_file;

/// An engine on the embedded store.
pub struct House {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Its store, for what only this one can do.
    pub store: Arc<Embedded>,
}

/// Whether what is to be done makes something of the installation's secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Secrecy {
    /// Links or barcodes: the secret must be the store's, and one is made for a store that has none yet.
    Needed,
    /// Nothing: rows are moved or looked at as they are.
    NotNeeded,
}

/// Opens the store of a configuration, and puts an engine on it that is reached under `public_url`.
pub async fn open(configuration: &Configuration, public_url: &str, secrecy: Secrecy) -> anyhow::Result<House> {
    let clock = Arc::new(SystemClock);
    let store = Arc::new(Embedded::open(&configuration.data, clock.clone())?);
    let known = match configuration.secret {
        Some(secret) => Some(secret),
        None => secret_file::read(&configuration.data)?,
    };
    let secret = known.unwrap_or_else(fresh_secret);
    let mail_from = configuration.mail_from.clone();
    let mail_from = mail_from.unwrap_or_else(|| format!("Dance Engine <tickets@{}>", Settings::host_of(public_url)));
    let engine = Engine::new(Parts {
        table: store.clone(),
        clock,
        random: Arc::new(SystemRandom),
        secret: Secret::from_bytes(secret),
        settings: Settings { public_url: public_url.to_owned(), mail_from },
        render: Arc::new(web::letters::Letters::new(web::links::Links::new(public_url), web::texts::Lang::En)),
        mailer: configuration.smtp.clone().map(|server| server as Arc<dyn Mailer>),
    });
    let house = House { engine: Arc::new(engine), store };
    if secrecy == Secrecy::Needed {
        settle_secret(&house, &configuration.data, known.is_none().then_some(&secret)).await?;
    }
    Ok(house)
}

/// Holds that the secret is the store's, and keeps a fresh one.
async fn settle_secret(house: &House, data: &Path, fresh: Option<&[u8; 32]>) -> anyhow::Result<()> {
    let is_the_stores = house.engine.opens_signing_keys().await;
    let is_the_stores = is_the_stores.map_err(|stop| anyhow!("the store cannot be read: {stop:?}"))?;
    let path = secret_file::path(data);
    let Some(fresh) = fresh else {
        ensure!(
            is_the_stores,
            "the secret is not the one that the store in {} was made with: with another one no barcode can be read or \
             made, and every link leads nowhere",
            data.display()
        );
        return Ok(());
    };
    ensure!(
        is_the_stores,
        "the store in {} was made with a secret that is not here: put it into {}, or into DANCE_ENGINE_SECRET",
        data.display(),
        path.display()
    );
    ensure!(
        !house.engine.settings().public_url.starts_with("https://"),
        "DANCE_ENGINE_SECRET is needed where the public address begins with https:// (64 hexadecimal digits, such as \
         `openssl rand -hex 32` prints); keep it safe, since every link and barcode depends on it"
    );
    secret_file::write(data, fresh)?;
    tell(&format!("made a secret for this installation in {} (keep a copy of it somewhere safe)", path.display()));
    Ok(())
}

fn fresh_secret() -> [u8; 32] {
    let mut secret = [0; 32];
    SystemRandom.fill(&mut secret);
    secret
}

/// Says something to people, on standard error.
pub fn tell(message: &str) {
    // Nobody to tell it to is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{message}");
}
