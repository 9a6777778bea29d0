//! Serving: pages, API and workers in one process, until it is told to stop.

use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use engine::Engine;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use store::embedded::Embedded;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::configuration::Configuration;
use crate::wiring::{Secrecy, Store};
use crate::{commands, connections, log, wiring};

/// How long requests in flight are given when the program is told to stop.
const FINISH_WITHIN: Duration = Duration::from_secs(9);

/// How often rows past their `ttl` are swept away.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// Runs everything until SIGTERM or SIGINT.
pub async fn serve(configuration: Configuration) -> anyhow::Result<()> {
    log::to_standard_error();
    let listener = TcpListener::bind(configuration.listen)
        .await
        .with_context(|| format!("nothing can listen on {}", configuration.listen))?;
    let address = listener.local_addr()?;
    let public_url = configuration.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let house = Arc::new(wiring::open(&configuration, &public_url, Secrecy::Needed).await?);
    if configuration.demo {
        demonstrate(&house, &public_url).await?;
    }
    let metrics = figures()?;
    let mut workers = start_workers(&house);
    if let Store::Embedded(store) = &house.store {
        workers.push(commands::listen(&configuration.data, Arc::clone(&house))?);
        workers.push(start_sweeping(Arc::clone(store)));
        // It has one process: whoever was at something here before is gone.
        house.engine.take_over().await;
    }
    let letters = configuration.mail_worker.then(|| start_letters(&house.engine));
    let settings = web::WebSettings {
        rate_limit: configuration.rate_limit,
        trusted_proxies: configuration.trusted_proxies,
        metrics: Some(Arc::new(move || metrics.render())),
    };
    let router = web::router(&web::App::new(Arc::clone(&house.engine), settings));
    let (stopping, stopped) = oneshot::channel();
    let told = told_to_stop(Arc::clone(&house.engine), stopping)?;
    announce(address)?;
    let requests = connections::serve(listener, router, told, FINISH_WITHIN);
    tokio::join!(requests, finish_letters(letters, stopped));
    for worker in workers {
        worker.abort();
    }
    Ok(())
}

/// Starts to count.
fn figures() -> anyhow::Result<PrometheusHandle> {
    let durations = Matcher::Full(web::figures::WITH_BUCKETS.to_owned());
    let builder = PrometheusBuilder::new().set_buckets_for_metric(durations, &web::figures::DURATION_BUCKETS)?;
    let handle = builder.install_recorder().context("metrics")?;
    web::figures::describe();
    engine::figures::describe();
    Ok(handle)
}

/// Fills an empty store with the demonstration, and says where to look and how to sign in.
async fn demonstrate(house: &wiring::House, public_url: &str) -> anyhow::Result<()> {
    let found = house.engine.prepare_demonstration().await;
    let found = found.map_err(|stop| anyhow::anyhow!("the demonstration could not be made: {stop:?}"))?;
    let links = web::links::Links::new(public_url);
    wiring::tell(&format!("\nThe demonstration: {}/{}", public_url, found.organisation));
    wiring::tell(&format!("The festival:      {}/{}/{}", public_url, found.organisation, found.festival));
    wiring::tell(&format!("All mail:          {public_url}/dev/mailbox\n"));
    wiring::tell(
        "Sign in as (each link works once, for 24 hours; later: enter the address at /sign-in and open the mail):",
    );
    for person in &found.people {
        let what = person.role.map_or("platform administrator", domain::people::StaffRole::word);
        let link = person
            .secret
            .as_deref()
            .map(|secret| links.absolute(&web::links::sign_in_link(secret)))
            .unwrap_or_default();
        wiring::tell(&format!("  {what:<24}{:<40}{link}", person.email.as_str()));
    }
    wiring::tell("");
    Ok(())
}

/// One line on standard output, when everything is ready.
fn announce(address: SocketAddr) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    writeln!(output, "listening on http://{address}")?;
    output.flush()?;
    Ok(())
}

/// Sends mail.
fn start_letters(engine: &Arc<Engine>) -> JoinHandle<()> {
    let engine = Arc::clone(engine);
    tokio::spawn(async move { engine.work_on_deliveries().await })
}

/// Lets the letters that are on their way arrive: who dies without knowing whether one did sends it again.
async fn finish_letters(letters: Option<JoinHandle<()>>, stopped: oneshot::Receiver<()>) {
    let _ = stopped.await;
    if let Some(letters) = letters {
        // What was not sent in time is sent after the next start.
        let _ = tokio::time::timeout(FINISH_WITHIN, letters).await;
    }
}

/// Done when the program is told to stop; then no other letter is begun.
fn told_to_stop(engine: Arc<Engine>, stopping: oneshot::Sender<()>) -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        engine.stop_delivering();
        let _ = stopping.send(());
    })
}

fn start_workers(house: &Arc<wiring::House>) -> Vec<JoinHandle<()>> {
    let (deadlines, warming) = (Arc::clone(&house.engine), Arc::clone(&house.engine));
    vec![
        tokio::spawn(async move { deadlines.work_on_deadlines().await }),
        tokio::spawn(async move { warming.keep_rosters().await }),
    ]
}

/// Removes what is past its time, which DynamoDB does by itself.
fn start_sweeping(store: Arc<Embedded>) -> JoinHandle<()> {
    tokio::spawn(async move {
        loop {
            if let Err(error) = store.sweep(1_000).await {
                tracing::error!(%error, "sweeping");
            }
            tokio::time::sleep(SWEEP_EVERY).await;
        }
    })
}
