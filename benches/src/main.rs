//! The figures of the running program, as its users meet it: through HTTP, on the embedded store, every acknowledged
//! write on disk.
//!
//! `make bench` builds the program and runs this. Each figure stands beside a baseline of the same machine and the same
//! minute (what the disk takes, what the store alone takes, what the server answers when it has nothing to do), so that
//! two runs on different machines can be compared by their ratios. A figure is the program's own processor time where
//! it says so, since this client runs on the same processors.
//!
//! One more figure: a function in [`figures`], and a line in [`run`].

#![allow(clippy::indexing_slicing, reason = "a field that is missing in JSON is null")]

mod baseline;
mod client;
mod figures;
mod mail;
mod program;
mod report;
mod stage;
mod table;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::program::Program;
use crate::report::Report;
use crate::stage::Stage;

/// How much is done for each figure.
#[derive(Debug, Clone, Copy)]
struct Amounts {
    /// Tickets of the small store.
    few: usize,
    /// Tickets of the large store.
    many: usize,
    /// Orders, scans and page views of one figure.
    rounds: usize,
}

const FULL: Amounts = Amounts { few: 1_000, many: 100_000, rounds: 20_000 };

/// For a look after a change: the same figures on a tenth.
const QUICK: Amounts = Amounts { few: 1_000, many: 10_000, rounds: 4_000 };

#[allow(clippy::print_stdout, reason = "printing is what it is for")]
fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    let quick = arguments.next_if(|word| word == "--quick").is_some();
    let program: PathBuf = arguments.next().context("which program? give the path of dance-engine")?.into();
    let amounts = if quick { QUICK } else { FULL };
    let mut report = Report::default();
    let folder = tempfile::Builder::new().prefix("dance-engine-bench-").tempdir()?;
    baseline::disk(folder.path(), &mut report)?;
    baseline::store(folder.path(), &mut report)?;
    // This client takes one thread, so that it leaves the program the rest.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let data = folder.path().join("data");
    let measured = run(&program, &data, amounts, &mut report);
    let outcome = tokio::task::LocalSet::new().block_on(&runtime, measured);
    // What was measured until something went wrong is worth something too.
    println!("{report}");
    outcome
}

async fn run(program: &Path, data: &Path, amounts: Amounts, report: &mut Report) -> anyhow::Result<()> {
    let stage = Stage::set(program, data)?;
    let server = Program::serve(program, data, &["--mail-worker", "false"])?;
    figures::floor(&server, amounts.rounds, report).await?;
    let event = stage.event(&server).await?;
    event.sell(&server, amounts.few).await?;
    let small = figures::operations(&server, &event, amounts.rounds, report.section("at 1,000 tickets")).await?;
    figures::pages(&server, amounts.rounds, report).await?;
    event.sell(&server, amounts.many.saturating_sub(event.sold())).await?;
    let title = format!("at {} tickets", amounts.many);
    let large = figures::operations(&server, &event, amounts.rounds, report.section(&title)).await?;
    figures::growth(small, large, report);
    drop(server);

    let server = figures::start(program, data, report)?;
    figures::roster(&server, &event, amounts.many, report).await?;
    drop(server);
    mail::backlog(program, data, report).await?;
    table::several_processes(report.section("several processes on one table, of which each call takes 10 ms")).await?;
    table::units(report.section("on DynamoDB, in the units that Amazon bills (docs/capacity.md)")).await
}
