//! What is logged, and where to.

use std::io::IsTerminal as _;

/// Logs to standard error, as much as `DANCE_ENGINE_LOG` says.
pub fn to_standard_error() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("DANCE_ENGINE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let subscriber = subscriber.with_ansi(std::io::stderr().is_terminal()).finish();
    // A second subscriber, as tests may have, is no reason to stop.
    let _ = tracing::subscriber::set_global_default(subscriber);
}
