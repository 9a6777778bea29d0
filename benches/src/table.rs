//! What concerns a table that many share: how several processes do on it, and what Amazon bills.

use std::time::Duration;

use benches::{several, units};
use tests::emulator::Emulator;

use crate::report::{Budget, Report};

/// How long orders are placed for each figure.
const TIME: Duration = Duration::from_secs(4);

/// Four engines against one.
pub async fn several_processes(report: &mut Report) -> anyhow::Result<()> {
    let (one, four) = (several::orders(1, TIME).await?, several::orders(4, TIME).await?);
    report.note("orders of one", format!("{:.0} /s", one.rate));
    report.figure("orders of four, to those of one", (four.rate / one.rate, "×"), Budget::AtLeast(3.0), None);
    report.note("calls for each order, of one and of four", format!("{:.2}, {:.2}", one.calls, four.calls));
    Ok(())
}

/// Units of operations, counted by an emulator.
pub async fn units(report: &mut Report) -> anyhow::Result<()> {
    for one in units::measure("bench", &Emulator::of_all().endpoint).await? {
        let (read, write) = (one.used.read_units, one.used.write_units);
        let dollars = one.dollars_a_million();
        report.note(one.what, format!("{read} r, {write} w, {dollars:.2} $/M"));
    }
    Ok(())
}
