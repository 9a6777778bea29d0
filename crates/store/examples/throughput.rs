//! What the embedded engine can do on this disk: durable transactions and point reads a second.
//!
//! `cargo run --release -p store --example throughput -- [folder] [rows before] [seconds]`

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use store::clock::SetClock;
use store::embedded::Embedded;
use store::row::{Key, Row};
use store::table::{Expect, Index, Query, Table, Write};

const REQUESTERS: u64 = 64;

type Fault = Box<dyn std::error::Error + Send + Sync>;

#[tokio::main]
#[allow(clippy::print_stdout, reason = "printing is what it is for")]
async fn main() -> Result<(), Fault> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(|| std::env::temp_dir().join("store-throughput"), PathBuf::from);
    let rows: u64 = arguments.next().map_or(Ok(100_000), |text| text.parse())?;
    let seconds = Duration::from_secs(arguments.next().map_or(Ok(5), |text| text.parse())?);

    let clock = Arc::new(SetClock::at(Timestamp::UNIX_EPOCH));
    let table = Arc::new(Embedded::open(&folder, clock.clone())?);
    fill(&table, rows).await?;
    drop(table);

    let begun = Instant::now();
    let table = Arc::new(Embedded::open(&folder, clock)?);
    println!("open with {rows} rows: {:?}", begun.elapsed());

    for keys in [Keys::InOrder, Keys::Scattered] {
        let (before, busy) = (table.figures(), writer_busy());
        let (latencies, elapsed) = write_for(&table, rows, keys, seconds).await?;
        let done = table.figures().since(before);
        let count = latencies.len().max(1);
        println!(
            "transactions of 3 checks and 5 puts, {REQUESTERS} requesters, new keys {keys:?}: {:.0} a second \
             ({:.1} a commit, {} checkpoints)",
            per_second(done.transactions, elapsed),
            approximate(done.transactions) / approximate(done.commits.max(1)),
            done.checkpoints,
        );
        println!("  the writer's own work: {:?} each", writer_busy().saturating_sub(busy) / u32::try_from(count)?);
        for (name, part) in [("median", 500), ("99 %", 990), ("99.9 %", 999), ("longest", 1_000)] {
            println!(
                "  {name}: {:?}",
                latencies.get((count * part / 1_000).min(count - 1)).copied().unwrap_or_default()
            );
        }
    }

    let reads = read_for(&table, rows, seconds).await?;
    println!("point reads, one after another on one thread: {:.0} a second", per_second(reads, seconds));
    let begun = Instant::now();
    let page = table.query(&Query::all(Index::Gsi1, "LIST#0").limit(100)).await?;
    println!("a page of {} rows from an index: {:?}", page.rows.len(), begun.elapsed());
    println!("resident memory: {} KiB", resident());
    Ok(())
}

/// Where new rows go.
#[derive(Debug, Clone, Copy)]
enum Keys {
    /// Behind the older ones, as with identifiers that begin with their time.
    InOrder,
    /// Anywhere among them: the worst case.
    Scattered,
}

/// 64 at a time, each the next as soon as its last is answered; gives the latencies in order.
async fn write_for(
    table: &Arc<Embedded>,
    rows: u64,
    keys: Keys,
    time: Duration,
) -> Result<(Vec<Duration>, Duration), Fault> {
    let stop = Arc::new(AtomicBool::new(false));
    let serial = Arc::new(AtomicU64::new(0));
    let begun = Instant::now();
    let requesters: Vec<_> = (0..REQUESTERS)
        .map(|_| {
            let (table, stop, serial) = (Arc::clone(table), Arc::clone(&stop), Arc::clone(&serial));
            tokio::spawn(async move {
                let mut latencies = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let writes = order(serial.fetch_add(1, Ordering::Relaxed), rows, keys);
                    let begun = Instant::now();
                    table.transact(writes).await?;
                    latencies.push(begun.elapsed());
                }
                Ok::<_, Fault>(latencies)
            })
        })
        .collect();
    tokio::time::sleep(time).await;
    stop.store(true, Ordering::Relaxed);
    let mut all = Vec::new();
    for requester in requesters {
        all.extend(requester.await??);
    }
    all.sort_unstable();
    Ok((all, begun.elapsed()))
}

async fn read_for(table: &Arc<Embedded>, rows: u64, time: Duration) -> Result<u64, Fault> {
    let (begun, mut reads) = (Instant::now(), 0);
    while begun.elapsed() < time {
        for _ in 0..100 {
            let n = scattered(reads) % rows.max(1);
            table.get(&filled(n).key).await?;
            reads += 1;
        }
    }
    Ok(reads)
}

/// An order as it is written: three conditions, five rows, of which two stand in both indexes.
fn order(serial: u64, rows: u64, keys: Keys) -> Vec<Write> {
    let run = std::process::id();
    let id = match keys {
        Keys::InOrder => format!("{run:08}{serial:019}"),
        Keys::Scattered => format!("{:016x}{serial:011}{run}", scattered(serial)),
    };
    let customer = scattered(serial ^ 1);
    let mut writes: Vec<Write> = (0..3)
        .map(|n| {
            let key = filled((scattered(serial) + n) % rows.max(1)).key;
            Write::Check { key, expect: Expect::Revision(1) }
        })
        .collect();
    writes.extend((0..5).map(|n| {
        let mut row = row(Key::new(format!("ORDER#{id}"), format!("PART#{n}")), 260);
        if n < 2 {
            row.gsi1 = Some(Key::new(format!("ORDERLIST#org#event#{}", serial % 4), format!("{id}#{n}")));
            row.gsi2 = Some(Key::new(format!("CUSTOMER#{customer:x}"), format!("ORDER#{id}#{n}")));
        }
        Write::Put { row, expect: Expect::Absent }
    }));
    writes
}

async fn fill(table: &Embedded, rows: u64) -> Result<(), Fault> {
    if table.get(&filled(rows.saturating_sub(1)).key).await?.is_some() {
        return Ok(());
    }
    for first in (0..rows).step_by(1_000) {
        table.load((first..(first + 1_000).min(rows)).map(filled).collect()).await?;
    }
    Ok(())
}

fn filled(n: u64) -> Row {
    let mut row = row(Key::own(format!("TICKET#{:016x}#{n}", scattered(n))), 200);
    row.gsi1 = Some(Key::new(format!("LIST#{}", n % 100), format!("{n:09}")));
    row
}

fn row(key: Key, bytes: usize) -> Row {
    Row {
        key,
        gsi1: None,
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 1,
        ttl: None,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        updated_at: "2026-01-01T00:00:00Z".to_owned(),
        document: format!("{{\"text\":\"{}\"}}", "x".repeat(bytes)),
    }
}

/// Numbers without order (SplitMix64).
fn scattered(n: u64) -> u64 {
    let z = n.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn per_second(count: u64, time: Duration) -> f64 {
    approximate(count) / time.as_secs_f64()
}

#[allow(clippy::cast_precision_loss, reason = "figures for people")]
fn approximate(count: u64) -> f64 {
    count as f64
}

/// How long the writer's thread has been at work, whatever else the machine does; 0 where the system does not tell.
fn writer_busy() -> Duration {
    let threads = std::fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    let name = |folder: &std::path::Path| std::fs::read_to_string(folder.join("comm")).unwrap_or_default();
    let writer = threads.map(|thread| thread.path()).find(|thread| name(thread).trim() == "store-writer");
    let status = writer.and_then(|thread| std::fs::read_to_string(thread.join("schedstat")).ok()).unwrap_or_default();
    let nanoseconds = status.split_whitespace().next().and_then(|text| text.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// KiB, 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
