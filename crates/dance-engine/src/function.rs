//! The program as a function: a platform starts it when requests come, as often as it needs to, freezes it between them,
//! and may end it at any time.
//!
//! So it keeps everything on DynamoDB, is told everything by its environment, and works only while it is called: what is
//! due is done by a call that the platform makes on schedule. It knows no platform: each has a crate of its own, which
//! turns the platform's calls into requests to [`Function::router`] and its schedule into [`Function::do_what_is_due`].

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow, ensure};
use axum::Router;
use clap::Parser;
use engine::Engine;
use integrations::mail::Mailer;
use serde::Serialize;
use tokio::time::Instant;

use crate::arguments::ServeOptions;
use crate::configuration::{self, Configuration};
use crate::wiring::{self, Secrecy};
use crate::{complain, log};

/// For how long other work is begun in one call.
const BEGIN_WITHIN: Duration = Duration::from_secs(20);

/// A function that is ready to be called.
#[derive(Debug, Clone)]
pub struct Function {
    router: Router,
    engine: Arc<Engine>,
    mailer: Option<Arc<dyn Mailer>>,
}

/// How much was looked at in one call. What failed is tried again, and counted again then.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Done {
    /// Holds that ended, tickets that were still to be issued.
    pub deadlines: usize,
    /// Mail.
    pub letters: usize,
}

/// What the environment says, by the names that options have there.
#[derive(Debug, Parser)]
struct Told {
    #[command(flatten)]
    options: ServeOptions,
}

/// Runs a function until its platform ends it: opens it, and hands it to `calls`, which takes the platform's calls.
/// Exit status 1: it could not be opened, or the platform could not be spoken to.
pub fn run<E: std::fmt::Display>(calls: impl AsyncFnOnce(Function) -> Result<(), E>) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&anyhow::Error::from(error).context("no threads could be started")),
    };
    let ran = runtime.block_on(async {
        let function = Function::open().await?;
        calls(function).await.map_err(|error| anyhow!("the platform: {error}"))
    });
    ran.map_or_else(|error| complain(&error), |()| ExitCode::SUCCESS)
}

impl Function {
    /// Opens what the environment and `dance-engine.toml` name.
    async fn open() -> anyhow::Result<Self> {
        log::to_standard_error();
        let told = Told::try_parse_from(["dance-engine"]).map_err(|error| anyhow!("{}", error.to_string().trim()))?;
        let configuration = configuration::read(&told.options)?;
        let public_url = needed(&configuration)?;
        let house = wiring::open(&configuration, &public_url, Secrecy::Needed).await?;
        let settings = web::WebSettings {
            rate_limit: configuration.rate_limit,
            trusted_proxies: configuration.trusted_proxies,
            // Each instance would show its own, and nobody can choose which one answers.
            metrics: None,
        };
        let router = web::router(&web::App::new(Arc::clone(&house.engine), settings));
        let mailer = configuration.smtp.filter(|_| configuration.mail_worker);
        Ok(Self { router, engine: house.engine, mailer: mailer.map(|server| server as Arc<dyn Mailer>) })
    }

    /// All that is served. Requests need their visitor's address, as `ConnectInfo<SocketAddr>`.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Does what is due: deadlines and, with a mail server, letters. Ends when there is nothing left, or after 20 s with
    /// what was begun by then; the rest is for the next call.
    pub async fn do_what_is_due(&self) -> anyhow::Result<Done> {
        let until = Instant::now() + BEGIN_WITHIN;
        let mut done = Done::default();
        while Instant::now() < until {
            let deadlines = self.engine.meet_deadlines().await.map_err(|stop| anyhow!("deadlines: {stop:?}"))?;
            let letters = match &self.mailer {
                Some(mailer) => {
                    self.engine.deliver(mailer.as_ref()).await.map_err(|stop| anyhow!("deliveries: {stop:?}"))?
                }
                None => 0,
            };
            done = Done { deadlines: done.deadlines + deadlines, letters: done.letters + letters };
            if deadlines + letters == 0 {
                break;
            }
        }
        Ok(done)
    }
}

/// Holds that a function was told what it cannot find out, and says under which address it is reached.
fn needed(configuration: &Configuration) -> anyhow::Result<String> {
    ensure!(
        configuration.dynamodb.is_some(),
        "DANCE_ENGINE_DYNAMODB_TABLE is needed: a function has no disk that stays, and keeps everything on DynamoDB"
    );
    ensure!(
        configuration.secret.is_some(),
        "DANCE_ENGINE_SECRET is needed (64 hexadecimal digits, such as `openssl rand -hex 32` prints), the same for \
         every process on the table"
    );
    let public_url = configuration.public_url.clone();
    public_url.context("DANCE_ENGINE_PUBLIC_URL is needed: the address under which browsers reach the function")
}
