//! Commands: carried out by the server that has the store open, or here if nobody has.

mod carry_out;
mod socket;

use std::io::Write as _;
use std::process::ExitCode;

pub use carry_out::carry_out;
pub use socket::listen;

use crate::configuration::Configuration;
use crate::errand::{Order, Outcome};
use crate::wiring;

/// Carries out a command and prints what came of it.
pub async fn run(configuration: &Configuration, order: Order) -> anyhow::Result<ExitCode> {
    let outcome = match &order {
        Order::Restore { input } => carry_out::restore(input, &configuration.data)?,
        _ => {
            if let Some(outcome) = socket::ask(&configuration.data, &order).await? {
                outcome
            } else {
                let public_url = configuration.public_url.clone();
                let public_url = public_url.unwrap_or_else(|| format!("http://{}", configuration.listen));
                let house = wiring::open(configuration, &public_url)?;
                carry_out(&house, order).await
            }
        }
    };
    print(&outcome)
}

fn print(outcome: &Outcome) -> anyhow::Result<ExitCode> {
    if !outcome.message.is_empty() {
        wiring::tell(outcome.message.trim_end());
    }
    let mut output = std::io::stdout().lock();
    output.write_all(outcome.output.as_bytes())?;
    output.flush()?;
    Ok(ExitCode::from(outcome.status))
}
