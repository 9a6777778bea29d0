//! Putting the parts together: the store, the secret, the mail server, the faces.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use engine::random::Random as _;
use engine::secret::Secret;
use engine::{Engine, Parts, Settings};
use integrations::mail::{Mailer, Smtp};
use store::embedded::Embedded;

use crate::clock::SystemClock;
use crate::configuration::{Configuration, secret_of_file};
use crate::randomness::SystemRandom;

/// The file that keeps the secret of an installation that was not given one.
const SECRET_FILE: &str = "secret";

/// An engine on the embedded store.
pub struct House {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Its store, for what only this one can do.
    pub store: Arc<Embedded>,
}

/// Opens the store of a configuration, and puts an engine on it that is reached under `public_url`.
pub fn open(configuration: &Configuration, public_url: &str) -> anyhow::Result<House> {
    fs::create_dir_all(&configuration.data)
        .with_context(|| format!("the data folder {} cannot be made", configuration.data.display()))?;
    let clock = Arc::new(SystemClock);
    let store = Arc::new(Embedded::open(&configuration.data, clock.clone())?);
    let secret = match configuration.secret {
        Some(secret) => secret,
        None => kept_secret(&configuration.data)?,
    };
    let mailer: Option<Arc<dyn Mailer>> = match &configuration.smtp {
        Some(url) => Some(Arc::new(Smtp::at(url)?)),
        None => None,
    };
    let host = public_url.rsplit("//").next().unwrap_or_default().split(':').next().unwrap_or_default();
    let mail_from = configuration.mail_from.clone().unwrap_or_else(|| format!("Dance Engine <tickets@{host}>"));
    let engine = Engine::new(Parts {
        table: store.clone(),
        clock,
        random: Arc::new(SystemRandom),
        secret: Secret::from_bytes(secret),
        settings: Settings { public_url: public_url.to_owned(), mail_from },
        render: Arc::new(web::letters::Letters::new(web::links::Links::new(public_url), web::texts::Lang::En)),
        mailer,
    });
    Ok(House { engine: Arc::new(engine), store })
}

/// The secret in the data folder; made at the first start, readable by its owner only.
fn kept_secret(data: &Path) -> anyhow::Result<[u8; 32]> {
    let path = data.join(SECRET_FILE);
    if path.exists() {
        let mode = fs::metadata(&path)?.permissions().mode();
        anyhow::ensure!(mode & 0o077 == 0, "{} must be readable by its owner only (chmod 600)", path.display());
        return secret_of_file(&fs::read_to_string(&path)?).with_context(|| format!("{} is spoiled", path.display()));
    }
    let mut secret = [0; 32];
    SystemRandom.fill(&mut secret);
    let digits = data_encoding::HEXLOWER.encode(&secret);
    // Written aside, forced to the disk and moved into place: a half-written secret would lock everybody out.
    let aside = data.join(format!("{SECRET_FILE}.new"));
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    writeln!(file, "{digits}")?;
    file.sync_all()?;
    fs::rename(&aside, &path)?;
    fs::File::open(data)?.sync_all()?;
    tell(&format!("made a secret for this installation in {} (keep a copy of it somewhere safe)", path.display()));
    Ok(secret)
}

/// Says something to people, on standard error.
pub fn tell(message: &str) {
    // Nobody to tell it to is no reason to stop.
    let _ = writeln!(std::io::stderr(), "{message}");
}
