//! The program as its users start it: built, run as a process of its own, asked, told to stop, killed.

use std::fs::OpenOptions;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde_json::Value as Json;
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout};

use crate::http::{Ask, Client};

/// Where the program is. Built first, as this test was, so that it is the one of this source.
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| env!("CARGO").into());
        let profile = profile();
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--package", "dance-engine", "--profile", &profile]);
        build.arg("--message-format=json-render-diagnostics").current_dir(env!("CARGO_MANIFEST_DIR"));
        // What cargo tells a test of its package is not for another build: libraries that look at it are built anew.
        for (name, _) in std::env::vars_os() {
            if ["CARGO_MANIFEST_", "CARGO_PKG_"].iter().any(|begin| name.to_string_lossy().starts_with(begin)) {
                build.env_remove(name);
            }
        }
        let built = build.stderr(Stdio::inherit()).output().unwrap();
        assert!(built.status.success(), "the program could not be built");
        let text = String::from_utf8(built.stdout).unwrap();
        let messages = text.lines().filter_map(|line| serde_json::from_str::<Json>(line).ok());
        let mut executables = messages.filter_map(|message| Some(message.get("executable")?.as_str()?.into()));
        executables.next().unwrap_or_else(|| panic!("the build names no program"))
    })
}

/// The profile of this test: `target/debug/deps/kill-…` was built with `dev`, others with what their folder is called.
fn profile() -> String {
    let here = std::env::current_exe().unwrap();
    let folder = here.ancestors().nth(2).and_then(Path::file_name).unwrap().to_string_lossy();
    if folder == "debug" { "dev".to_owned() } else { folder.into_owned() }
}

/// The program with these words, in an environment that says nothing of its own about it.
pub fn command(words: &[&str]) -> Command {
    let mut command = alone(program());
    command.args(words);
    command
}

/// A program of ours, in an environment that says nothing of its own about it.
pub fn alone(program: &Path) -> Command {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DANCE_ENGINE_") {
            command.env_remove(name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs a command on the store in `data`, to its end.
pub fn run(words: &[&str], data: &Path) -> Output {
    command(words).arg("--data").arg(data).output().unwrap()
}

/// What a command that succeeds prints.
#[track_caller]
pub fn result_of(words: &[&str], data: &Path) -> String {
    let output = run(words, data);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
}

/// A server that has been started.
#[derive(Debug)]
pub struct Starting {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    at: Instant,
}

/// A server that answers. Killed when it is dropped.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// How long after its start it said that it listens.
    pub listens_after: Duration,
    /// How long after its start it was ready.
    pub ready_after: Duration,
}

impl Starting {
    /// Starts a server on a free port, on the store in `data`; what it says to people is added to the file `log`.
    pub fn new(data: &Path, more: &[&str], log: &Path) -> Self {
        let mut command = command(&["serve", "--listen", "127.0.0.1:0"]);
        command.args(more).arg("--data").arg(data).stdout(Stdio::piped());
        command.stderr(OpenOptions::new().create(true).append(true).open(log).unwrap());
        let at = Instant::now();
        let mut child = tokio::process::Command::from(command).kill_on_drop(true).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines, at }
    }

    /// Waits until it is ready.
    pub async fn ready(mut self) -> Server {
        let line = self.lines.next_line().await.unwrap().unwrap_or_else(|| panic!("the server did not start"));
        let listens_after = self.at.elapsed();
        let address = line.strip_prefix("listening on http://").unwrap_or_else(|| panic!("it says {line:?}"));
        let address = address.parse().unwrap();
        let mut client = Client::of(address);
        while client.send(&Ask::get("/readyz")).await.status != 200 {
            assert!(self.at.elapsed() < Duration::from_mins(1), "it is never ready");
        }
        Server { child: self.child, address, listens_after, ready_after: self.at.elapsed() }
    }

    /// Kills it, ready or not.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }
}

impl Server {
    /// Starts a server and waits until it is ready.
    pub async fn start(data: &Path, more: &[&str], log: &Path) -> Self {
        Starting::new(data, more, log).ready().await
    }

    /// A connection to it.
    pub fn client(&self) -> Client {
        Client::of(self.address)
    }

    /// SIGKILL, and waits until it is gone.
    pub async fn kill(mut self) {
        self.child.kill().await.unwrap();
    }

    /// SIGTERM, without waiting.
    pub fn tell_to_stop(&self) {
        self.signal("-TERM");
    }

    /// SIGSTOP: it does nothing until it may [go on](Self::go_on), and knows nothing of that.
    pub fn stand_still(&self) {
        self.signal("-STOP");
    }

    /// SIGCONT.
    pub fn go_on(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let process = self.child.id().unwrap_or_else(|| panic!("it is gone already")).to_string();
        assert!(Command::new("kill").args([signal, &process]).status().unwrap().success());
    }

    /// Waits until it is gone, and says how it ended.
    pub async fn ended(mut self) -> ExitStatus {
        self.child.wait().await.unwrap()
    }
}
