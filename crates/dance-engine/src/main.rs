//! The program: arguments, configuration, wiring, and the commands that are typed.

mod arguments;
mod clock;
mod commands;
mod configuration;
mod connections;
mod errand;
mod randomness;
mod serve;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Exit status 0: done; 1: not done, or something is broken; 2: the arguments are wrong.
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&anyhow::Error::from(error).context("no threads could be started")),
    };
    match runtime.block_on(run(arguments)) {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Command::Serve(given) => serve::serve(configuration::read(&given)?).await.map(|()| ExitCode::SUCCESS),
        Command::Errand(errand) => {
            let (store, errand) = errand::split(errand)?;
            commands::run(&configuration::read(&store)?, errand).await
        }
    }
}

/// Says what went wrong, with its causes, to people.
fn complain(error: &anyhow::Error) -> ExitCode {
    use std::io::Write as _;
    // Nobody to tell it to is no reason to fail in another way.
    let _ = writeln!(std::io::stderr(), "dance-engine: {error:#}");
    ExitCode::FAILURE
}
