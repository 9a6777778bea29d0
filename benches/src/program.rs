//! The program as a process: its start, its processor time, its memory, its end.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

/// Ticks of the kernel's clock of processor time, a second: the same on every Linux since 2.4.
const TICKS: u64 = 100;

/// A running server, ended (killed) with the value.
#[derive(Debug)]
pub struct Program {
    child: Child,
    /// `127.0.0.1:port`
    pub address: String,
    /// From its start to the line that says that it listens.
    pub ready_after: Duration,
}

impl Program {
    /// Starts it and waits until it is ready.
    pub fn serve(program: &Path, data: &Path, more: &[&str]) -> anyhow::Result<Self> {
        use std::io::BufRead as _;
        let begun = Instant::now();
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--rate-limit", "1000000000", "--data"])
            .arg(data)
            .args(more)
            .env("DANCE_ENGINE_LOG", "warn")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let output = child.stdout.take().context("its output")?;
        let mut line = String::new();
        std::io::BufReader::new(output).read_line(&mut line)?;
        let ready_after = begun.elapsed();
        let address = line.trim().rsplit("//").next().unwrap_or_default().to_owned();
        ensure!(!address.is_empty(), "the program did not start");
        Ok(Self { child, address, ready_after })
    }

    /// A command of it, whose standard output is the result.
    pub fn command(program: &Path, data: &Path, words: &[&str]) -> anyhow::Result<String> {
        let output = Command::new(program).args(words).arg("--data").arg(data).output()?;
        ensure!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }

    /// The processor time that it took so far, user and system, all threads.
    pub fn busy(&self) -> anyhow::Result<Duration> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
        let ticks = |field: usize| fields.get(field).and_then(|text| text.parse::<u64>().ok()).unwrap_or_default();
        Ok(Duration::from_millis((ticks(11) + ticks(12)) * 1_000 / TICKS))
    }

    /// The same since an earlier moment.
    pub fn busy_since(&self, earlier: Duration) -> anyhow::Result<Duration> {
        Ok(self.busy()?.saturating_sub(earlier))
    }

    /// A line of its status that is a number of KiB: `VmRSS`, `VmHWM`. In MiB.
    pub fn memory(&self, name: &str) -> anyhow::Result<u64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = text.lines().find(|line| line.starts_with(name)).with_context(|| name.to_owned())?;
        let kib: u64 = line.split_whitespace().nth(1).unwrap_or_default().parse()?;
        Ok(kib / 1_024)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Killed: what was acknowledged is on disk, and the next start shows it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
