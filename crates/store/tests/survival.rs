//! What was acknowledged survives: a process that is killed while it writes, and a disk that takes no more.
//!
//! The process is this test itself, started again: `the_process_that_writes` does nothing unless it is told a folder.
#![cfg(unix)]
// All of this file is a test.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use store::clock::SetClock;
use store::embedded::{Embedded, FILE};
use store::row::{Key, Row};
use store::table::{Expect, Table, TransactError, Write};

const FOLDER: &str = "STORE_SURVIVAL_FOLDER";
const FIRST: &str = "STORE_SURVIVAL_FIRST";

fn open(folder: &Path) -> Embedded {
    Embedded::open(folder, Arc::new(SetClock::at(Timestamp::UNIX_EPOCH))).unwrap()
}

fn row(key: Key, document: String) -> Row {
    Row {
        gsi1: Some(Key::new("LIST", key.sk.as_str())),
        gsi2: None,
        key,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: String::new(),
        updated_at: String::new(),
        document,
    }
}

fn thing(n: u64) -> Key {
    Key::new(format!("THING#{}", n % 50), format!("{n:012}"))
}

fn total() -> Key {
    Key::own("TOTAL")
}

/// A row and the number of all rows, in one transaction.
fn request(n: u64) -> Vec<Write> {
    let row = row(thing(n), format!("{{\"text\":\"{}\"}}", "x".repeat(3_000)));
    let add = Write::Add { key: total(), field: "count", delta: 1, at_least: 0 };
    vec![Write::Put { row, expect: Expect::Absent }, add]
}

/// In the process of its own: writes without end, and says what it was answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_process_that_writes() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let table = Arc::new(open(Path::new(&folder)));
    let zero = Write::Put { row: row(total(), "{\"count\":0}".to_owned()), expect: Expect::Absent };
    let _ = table.transact(vec![zero]).await;
    let first = std::env::var(FIRST).unwrap().parse().unwrap();
    let next = Arc::new(AtomicU64::new(first));
    let failures = Arc::new(AtomicU64::new(0));
    let requesters: Vec<_> = (0..16)
        .map(|_| {
            let (table, next, failures) = (Arc::clone(&table), Arc::clone(&next), Arc::clone(&failures));
            tokio::spawn(async move {
                while failures.load(Ordering::SeqCst) < 100 {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    match table.transact(request(n)).await {
                        Ok(()) => say("done", n),
                        Err(error) => {
                            failures.fetch_add(1, Ordering::SeqCst);
                            say(if matches!(error, TransactError::Unknown(_)) { "unknown" } else { "not" }, n);
                        }
                    }
                }
            })
        })
        .collect();
    for requester in requesters {
        requester.await.unwrap();
    }
}

fn say(answer: &str, n: u64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\n{answer} {n}").unwrap();
    out.flush().unwrap();
}

/// What the process has said.
#[derive(Default)]
struct Said {
    processes: usize,
    done: BTreeSet<u64>,
    not: BTreeSet<u64>,
    unknown: BTreeSet<u64>,
}

impl Said {
    fn hear(&mut self, line: &str) {
        let Some((answer, n)) = line.trim_end().split_once(' ') else { return };
        let (Ok(n), true) = (n.parse(), line.ends_with('\n')) else { return };
        match answer {
            "done" => self.done.insert(n),
            "not" => self.not.insert(n),
            "unknown" => self.unknown.insert(n),
            _ => false,
        };
    }
}

/// Runs the process until it has acknowledged `enough`, or by itself, and then kills it.
fn run(mut command: Command, folder: &Path, enough: usize, said: &mut Said) {
    said.processes += 1;
    // No process uses the numbers of another.
    command.env(FOLDER, folder).env(FIRST, (said.processes * 1_000_000).to_string());
    let arguments = ["--exact", "the_process_that_writes", "--nocapture", "--test-threads=1"];
    let mut child = command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    let before = said.done.len();
    let mut line = String::new();
    while lines.read_line(&mut line).unwrap() > 0 {
        said.hear(&line);
        line.clear();
        if said.done.len() - before == enough {
            child.kill().unwrap();
        }
    }
    child.wait().unwrap();
}

/// All that was acknowledged is there, nothing that was refused is, and every transaction is whole.
async fn verify(folder: &Path, said: &Said) {
    let table = open(folder);
    for n in &said.done {
        assert!(table.get(&thing(*n)).await.unwrap().is_some(), "{n} was acknowledged and is lost");
    }
    for n in &said.not {
        assert!(table.get(&thing(*n)).await.unwrap().is_none(), "{n} was refused and is there");
    }
    let (mut rows, mut after) = (0, None);
    loop {
        let (page, next) = table.scan(after, 1_000).await.unwrap();
        rows += page.iter().filter(|row| row.key.pk.starts_with("THING#")).count();
        match next {
            Some(_) => after = next,
            None => break,
        }
    }
    let counted = table.get(&total()).await.unwrap().unwrap().to_flat().unwrap()["count"].as_u64().unwrap();
    assert_eq!(counted, rows as u64, "half a transaction");
    drop(table);
    let conn = rusqlite::Connection::open(folder.join(FILE)).unwrap();
    let verdict: String = conn.query_row("PRAGMA integrity_check", (), |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let pointers: i64 = conn.query_row("SELECT count(*) FROM gsi1", (), |row| row.get(0)).unwrap();
    assert_eq!(pointers, i64::try_from(counted).unwrap() + 1, "a pointer for each row");
}

#[tokio::test]
async fn a_process_that_is_killed_while_it_writes_has_lost_nothing_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut said = Said::default();
    // The last is killed beyond the point where the log is brought into the file.
    for enough in [1, 40, 333, 1_500] {
        run(Command::new(std::env::current_exe().unwrap()), folder.path(), enough, &mut said);
        verify(folder.path(), &said).await;
    }
    assert!(said.done.len() >= 1_874, "{}", said.done.len());
    assert!(said.not.is_empty() && said.unknown.is_empty());
}

#[tokio::test]
async fn a_disk_that_takes_no_more_loses_nothing_that_was_acknowledged_and_keeps_nothing_that_was_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut said = Said::default();
    for blocks in [3_000, 9_000] {
        let mut command = Command::new("sh");
        // Files of this process end at a size, and it is told so by an error rather than by a signal.
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        command.arg("-c").arg(script).arg(std::env::current_exe().unwrap());
        run(command, folder.path(), usize::MAX, &mut said);
        assert!(!said.done.is_empty());
        assert!(!said.not.is_empty() || !said.unknown.is_empty());
        verify(folder.path(), &said).await;
    }
    // With room again, the store goes on.
    let before = said.done.len();
    run(Command::new(std::env::current_exe().unwrap()), folder.path(), 100, &mut said);
    assert!(said.done.len() >= before + 100);
    verify(folder.path(), &said).await;
}
