//! An emulator of Amazon DynamoDB as a process of its own: brought from its registry, started on a free port, and gone
//! with whoever started it.
//!
//! `DANCE_ENGINE_TEST_DYNAMODB=http://127.0.0.1:8000` names one that runs already; tests then use that.

use std::io::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// What names an emulator that runs already.
const ELSEWHERE: &str = "DANCE_ENGINE_TEST_DYNAMODB";

/// A running emulator, with nothing in it at first. Stopped when it is dropped, or when the process ends that started it.
#[derive(Debug)]
pub struct Emulator {
    /// Where it listens: scheme, host and port.
    pub endpoint: String,
    process: Option<(Child, ChildStdin)>,
}

impl Emulator {
    /// Starts one.
    pub fn start() -> Self {
        if let Ok(endpoint) = std::env::var(ELSEWHERE) {
            return Self { endpoint, process: None };
        }
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        // The shell outlives nobody: when its input ends, because we did, it takes the emulator with it.
        let script = r#""$0" serve --port "$1" >/dev/null 2>&1 & read -r _; kill $!"#;
        let mut shell = Command::new("sh");
        shell.args(["-c", script]).arg(program()).arg(port.to_string()).stdin(Stdio::piped());
        let mut child = shell.spawn().unwrap();
        let input = child.stdin.take().unwrap();
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the emulator does not listen");
            std::thread::sleep(Duration::from_millis(5));
        }
        Self { endpoint: format!("http://127.0.0.1:{port}"), process: Some((child, input)) }
    }

    /// One for all tests of this process.
    pub fn of_all() -> &'static Self {
        static ONE: OnceLock<Emulator> = OnceLock::new();
        ONE.get_or_init(Self::start)
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        if let Some((mut child, mut input)) = self.process.take() {
            let _ = input.write_all(b"\n");
            drop(input);
            let _ = child.wait();
        }
    }
}

/// Where the emulator is; brought first, if it is not there yet.
fn program() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("emulator");
    let program = folder.join("node_modules/@dynoxide/linux-x64/dynoxide");
    if !program.exists() {
        let bring = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
        let brought = Command::new("npm").args(bring).current_dir(&folder).stdout(Stdio::null()).status();
        assert!(
            brought.is_ok_and(|status| status.success()) && program.exists(),
            "there is no emulator of DynamoDB for this machine: start one, and say where with {ELSEWHERE}"
        );
    }
    program
}
