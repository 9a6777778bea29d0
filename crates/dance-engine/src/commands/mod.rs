//! Commands: carried out by the server that has the store open, or here if nobody has.

mod carry_out;
mod moving;
mod socket;
mod table;

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{bail, ensure};

pub use carry_out::carry_out;
pub use socket::listen;
pub use table::table;

use crate::configuration::Configuration;
use crate::errand::{Order, Outcome};
use crate::wiring::{self, Secrecy};

/// Carries out a command and prints what came of it.
pub async fn run(configuration: &Configuration, order: Order) -> anyhow::Result<ExitCode> {
    if let Order::Import { input } = &order {
        ensure!(input.is_file(), "{} is no file", input.display());
    }
    let outcome = match &order {
        Order::Restore { .. } if configuration.dynamodb.is_some() => {
            bail!("a backup is of the embedded store; `import` reads an export into a table on DynamoDB")
        }
        Order::Restore { input } => carry_out::restore(input, &configuration.data)?,
        _ if configuration.dynamodb.is_some() => carry_out_here(configuration, order).await?,
        _ => match socket::ask(&configuration.data, &order).await? {
            Some(outcome) => outcome,
            None => carry_out_here(configuration, order).await?,
        },
    };
    print(&outcome)
}

/// Carries out a command on a store that no server has open.
async fn carry_out_here(configuration: &Configuration, order: Order) -> anyhow::Result<Outcome> {
    let data = &configuration.data;
    ensure!(
        configuration.dynamodb.is_some() || !order.needs_a_store() || data.join(store::embedded::FILE).exists(),
        "there is no store in {} (--data names its folder)",
        data.display()
    );
    let public_url = configuration.public_url.clone().unwrap_or_else(|| format!("http://{}", configuration.listen));
    let secrecy = if order.needs_the_secret() { Secrecy::Needed } else { Secrecy::NotNeeded };
    let house = wiring::open(configuration, &public_url, secrecy).await?;
    Ok(carry_out(&house, order).await)
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
