//! Putting the parts together: the store, the secret, the mail server, the faces.

use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{anyhow, bail, ensure};
use engine::random::Random as _;
use engine::secret::Secret;
use engine::{Company, Engine, Parts, Settings};
use integrations::mail::Mailer;
use store::embedded::Embedded;
use store::patient::{Patience, Patient};
use store::table::Table;
use store_dynamodb::Dynamo;

use crate::clock::SystemClock;
use crate::configuration::Configuration;
use crate::randomness::SystemRandom;
use crate::secret_file;

/// An engine on its store.
pub struct House {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Where it keeps everything.
    pub store: Store,
}

/// Where everything is kept.
#[derive(Debug, Clone)]
pub enum Store {
    /// In a folder of this machine, by this process alone.
    Embedded(Arc<Embedded>),
    /// On DynamoDB, by any number of processes.
    Dynamo {
        /// The table's name.
        name: String,
        /// The name, and the region or endpoint where it is.
        at: String,
        /// The table.
        table: Arc<Patient>,
        /// The same, for what decides nothing.
        views: Arc<Patient>,
    },
}

impl Store {
    /// Opens the store of a configuration.
    async fn open(configuration: &Configuration, clock: Arc<SystemClock>) -> anyhow::Result<Self> {
        let Some(location) = &configuration.dynamodb else {
            return Ok(Self::Embedded(Arc::new(Embedded::open(&configuration.data, clock)?)));
        };
        let client = store_dynamodb::connect(location).await;
        store_dynamodb::verify(&client, location).await?;
        let region = client.config().region().map(ToString::to_string).unwrap_or_default();
        let at = format!("{} at {}", location.table, location.endpoint.as_ref().unwrap_or(&region));
        let dynamo = Dynamo::new(client, &location.table, clock);
        let patient = |table: Dynamo| {
            let mut seed = [0; 8];
            SystemRandom.fill(&mut seed);
            Arc::new(Patient::new(Arc::new(table), Patience::default(), u64::from_ne_bytes(seed)))
        };
        Ok(Self::Dynamo {
            name: location.table.clone(),
            at,
            views: patient(dynamo.for_views()),
            table: patient(dynamo),
        })
    }

    /// The table as it is read for what decides nothing.
    fn views(&self) -> Arc<dyn Table> {
        match self {
            Self::Embedded(store) => store.clone(),
            Self::Dynamo { views, .. } => views.clone(),
        }
    }

    /// Who else works on it.
    fn company(&self) -> Company {
        match self {
            Self::Embedded(_) => Company::Alone,
            Self::Dynamo { .. } => Company::Shared,
        }
    }

    /// What it is called in words.
    fn place(&self, data: &Path) -> String {
        match self {
            Self::Embedded(_) => format!("the store in {}", data.display()),
            Self::Dynamo { name, .. } => format!("the table {name}"),
        }
    }

    /// The table.
    pub fn table(&self) -> Arc<dyn Table> {
        match self {
            Self::Embedded(store) => store.clone(),
            Self::Dynamo { table, .. } => table.clone(),
        }
    }
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
    let store = Store::open(configuration, clock.clone()).await?;
    let known = match (configuration.secret, &configuration.dynamodb) {
        (Some(secret), _) => Some(secret),
        (None, Some(location)) if !location.is_local() => bail!(
            "DANCE_ENGINE_SECRET is needed on DynamoDB (64 hexadecimal digits, such as `openssl rand -hex 32` prints), the \
             same for every process; keep it safe, since every link and barcode depends on it"
        ),
        (None, _) => secret_file::read(&configuration.data)?,
    };
    let secret = known.unwrap_or_else(fresh_secret);
    let mail_from = configuration.mail_from.clone();
    let mail_from = mail_from.unwrap_or_else(|| format!("Dance Engine <tickets@{}>", Settings::host_of(public_url)));
    let engine = Engine::new(Parts {
        table: store.table(),
        views: store.views(),
        clock,
        random: Arc::new(SystemRandom),
        secret: Secret::from_bytes(secret),
        settings: Settings { public_url: public_url.to_owned(), mail_from, company: store.company() },
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
    let (path, place) = (secret_file::path(data), house.store.place(data));
    let Some(fresh) = fresh else {
        ensure!(
            is_the_stores,
            "the secret is not the one that {place} was made with: with another one no barcode can be read or made, and \
             every link leads nowhere"
        );
        return Ok(());
    };
    ensure!(
        is_the_stores,
        "{place} was made with a secret that is not here: put it into {}, or into DANCE_ENGINE_SECRET",
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
