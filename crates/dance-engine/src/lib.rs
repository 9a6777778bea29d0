//! The program: arguments, configuration, wiring, and the commands that are typed.
//!
//! [`run`] is the program as it is typed. [`function`] is what it is on a platform that starts it for requests: those
//! have binaries of their own, in crates of their own.

mod arguments;
mod clock;
mod commands;
mod configuration;
mod connections;
mod errand;
pub mod function;
mod log;
mod randomness;
mod secret_file;
mod serve;
mod wiring;

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};

/// Does what was typed. Exit status 0: done; 1: not done, or something is broken; 2: the arguments are wrong.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return complain(&anyhow::Error::from(error).context("no threads could be started")),
    };
    match runtime.block_on(carry_out(arguments)) {
        Ok(code) => code,
        Err(error) => complain(&error),
    }
}

async fn carry_out(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.command {
        Command::Serve(options) => match configuration::read(&options) {
            Ok(configuration) => serve::serve(configuration).await.map(|()| ExitCode::SUCCESS),
            Err(wrong) => Ok(refuse(&wrong)),
        },
        Command::Table(command) => match configuration::read(command.store()) {
            Ok(configuration) => commands::table(&configuration, &command).await,
            Err(wrong) => Ok(refuse(&wrong)),
        },
        Command::Errand(errand) => {
            let (options, order) = errand::split(errand)?;
            match configuration::read(&options) {
                Ok(configuration) => commands::run(&configuration, order).await,
                Err(wrong) => Ok(refuse(&wrong)),
            }
        }
    }
}

/// Says what is wrong with the options, as for arguments that cannot be read.
fn refuse(wrong: &anyhow::Error) -> ExitCode {
    complain(wrong);
    ExitCode::from(2)
}

/// Says what went wrong, with its causes, to people.
fn complain(error: &anyhow::Error) -> ExitCode {
    wiring::tell(&format!("dance-engine: {error:#}"));
    ExitCode::FAILURE
}
