//! The figures, each with its budget.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::client::{Connection, Course, Request, approximate, load};
use crate::program::Program;
use crate::report::{Budget, Report};
use crate::stage::{CONNECTIONS, Event};

/// Scans of a batch, and batches at once.
const BATCH: usize = 100;
const BATCHES_AT_ONCE: usize = 8;

/// The program's processor time of an operation, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Costs {
    order: f64,
    scan: f64,
    /// Of an answer to nothing, in the same minute: machines are faster and slower by the minute.
    nothing: f64,
}

/// What the server does when there is nothing to do.
pub async fn floor(server: &Program, count: usize, report: &mut Report) -> anyhow::Result<()> {
    let course = nothing(server, count).await?;
    report.baseline("bare answer", "GET /healthz", course.rate(), "/s");
    Ok(())
}

async fn nothing(server: &Program, count: usize) -> anyhow::Result<Course> {
    let ask = |_| Request::page("/healthz");
    load(&server.address, (CONNECTIONS, count), ask, |_, answer| {
        ensure!(answer.status == 200, "{}", answer.status);
        Ok(())
    })
    .await
}

/// The processor time of an answer to nothing.
async fn pace(server: &Program, count: usize) -> anyhow::Result<f64> {
    let busy = server.busy()?;
    nothing(server, count).await?;
    Ok(each(server.busy_since(busy)?, count))
}

/// Orders and scans.
pub async fn operations(server: &Program, event: &Event, count: usize, report: &mut Report) -> anyhow::Result<Costs> {
    let before = pace(server, 2 * count).await?;
    let busy = server.busy()?;
    let course = event.sell(server, count).await?;
    let order = each(server.busy_since(busy)?, count);
    report.figure("orders, 64 connections", (course.rate(), "/s"), Budget::AtLeast(800.0), Some("store"));
    report.figure("  processor time of one", (order, "ms"), Budget::AtMost(0.9), None);
    report.note("  half, 99 % of them within", format!("{:.1?}, {:.1?}", course.within(500), course.within(990)));

    let scan = scans(server, event, count, report).await?;
    let between = pace(server, 2 * count).await?;
    batches(server, event, count, report).await?;
    Ok(Costs { order, scan, nothing: f64::midpoint(before, between) })
}

/// One scan a request: of tickets that were never scanned.
async fn scans(server: &Program, event: &Event, count: usize, report: &mut Report) -> anyhow::Result<f64> {
    let requests: Vec<Request> = fresh(event, count, 1).iter().map(|records| request(event, records)).collect();
    let busy = server.busy()?;
    let course = load(&server.address, (CONNECTIONS, requests.len()), clone_of(requests), all_admitted(1)).await?;
    let scan = each(server.busy_since(busy)?, course.count);
    report.figure("scans, one by one, 64 connections", (course.rate(), "/s"), Budget::AtLeast(1_200.0), Some("store"));
    report.figure("  processor time of one", (scan, "ms"), Budget::AtMost(0.5), None);
    report.note("  half, 99 % of them within", format!("{:.1?}, {:.1?}", course.within(500), course.within(990)));
    Ok(scan)
}

async fn batches(server: &Program, event: &Event, count: usize, report: &mut Report) -> anyhow::Result<()> {
    let requests: Vec<Request> = fresh(event, count, BATCH).iter().map(|records| request(event, records)).collect();
    let busy = server.busy()?;
    let course =
        load(&server.address, (BATCHES_AT_ONCE, requests.len()), clone_of(requests), all_admitted(BATCH)).await?;
    let scanned = course.count * BATCH;
    let scan = each(server.busy_since(busy)?, scanned);
    let rate = approximate(scanned) / course.elapsed.as_secs_f64();
    report.figure("scans, in batches of 100, 8 at once", (rate, "/s"), Budget::AtLeast(2_000.0), Some("store"));
    report.figure("  processor time of one", (scan, "ms"), Budget::AtMost(0.5), None);
    Ok(())
}

/// Records of tickets that were not scanned yet, in batches.
fn fresh(event: &Event, count: usize, batch: usize) -> Vec<String> {
    let mut barcodes = event.barcodes.borrow_mut();
    let from = barcodes.len().saturating_sub(count / 2);
    let taken: Vec<String> = barcodes.split_off(from);
    let records: Vec<String> =
        taken.iter().enumerate().map(|(n, code)| event.scan(&format!("scan-{from}-{batch}-{n}"), code)).collect();
    records.chunks_exact(batch).map(|records| records.join(",")).collect()
}

fn request(event: &Event, records: &str) -> Request {
    let body = format!(r#"{{"scans":[{records}]}}"#);
    Request::call("POST", &format!("{}/scans", event.path), &event.token, &body)
}

fn clone_of(requests: Vec<Request>) -> impl Fn(usize) -> Request {
    move |n| requests.get(n).cloned().unwrap_or_else(|| Request::page("/"))
}

fn all_admitted(count: usize) -> impl FnMut(usize, &crate::client::Answer) -> anyhow::Result<()> {
    move |_, answer| {
        let answer = answer.json(200)?;
        let results = answer["results"].as_array().map(Vec::as_slice).unwrap_or_default();
        let admitted = results.iter().filter(|result| result["verdict"] == "admitted").count();
        ensure!(admitted == count, "{admitted} of {count} admitted: {}", results.first().unwrap_or(&answer));
        Ok(())
    }
}

/// The event's page, as visitors see it.
pub async fn pages(server: &Program, count: usize, report: &mut Report) -> anyhow::Result<()> {
    let busy = server.busy()?;
    let course = load(
        &server.address,
        (CONNECTIONS, count * 2),
        |_| Request::page("/bench/congress"),
        |_, answer| {
            ensure!(answer.status == 200, "{}", answer.status);
            Ok(())
        },
    )
    .await?;
    let cost = each(server.busy_since(busy)?, course.count);
    let report = report.section("pages");
    report.figure("the event page", (course.rate(), "/s"), Budget::AtLeast(10_000.0), Some("bare answer"));
    report.figure("  processor time of one", (cost, "ms"), Budget::AtMost(0.1), None);
    report.note("  half, 99 % of them within", format!("{:.1?}, {:.1?}", course.within(500), course.within(990)));
    Ok(())
}

/// How much more an operation costs on the large store, each in answers to nothing of its own minute.
pub fn growth(small: Costs, large: Costs, report: &mut Report) {
    let report = report.section("growth, from the small store to the large one, in bare answers of the same minute");
    let pace = small.nothing / large.nothing;
    let order = large.order / small.order * pace;
    report.figure("an order's processor time", (order, "×"), Budget::AtMost(1.25), None);
    report.figure("a scan's processor time", (large.scan / small.scan * pace, "×"), Budget::AtMost(1.25), None);
    report.note("  the machine's pace, large to small", format!("{pace:.3} ×"));
}

/// A start on the large store.
pub fn start(program: &Path, data: &Path, report: &mut Report) -> anyhow::Result<Program> {
    let server = Program::serve(program, data, &["--mail-worker", "false"])?;
    let report = report.section("a start on the large store, after a kill");
    report.figure("ready after", (milliseconds(server.ready_after), "ms"), Budget::AtMost(300.0), None);
    Ok(server)
}

/// The attendee list, once the roster is loaded.
pub async fn roster(server: &Program, event: &Event, tickets: usize, report: &mut Report) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut connection = Connection::open(&server.address).await?;
    let search = |n: usize| {
        let path = format!("{}/tickets?query=dancer.{n}%40example&limit=50", event.path);
        Request::call("GET", &path, &event.token, "")
    };
    ensure!(!connection.send(&search(1)).await?.json(200)?["data"].as_array().is_none_or(Vec::is_empty), "nobody");
    let loaded = server.ready_after + begun.elapsed();
    report.figure("roster loaded, since the start", (loaded.as_secs_f64(), "s"), Budget::AtMost(2.3), None);
    let mut times = Vec::new();
    for n in 0..200 {
        let begun = Instant::now();
        let found = connection.send(&search(n * 401 % tickets)).await?.json(200)?;
        times.push(begun.elapsed());
        ensure!(!found["data"].as_array().is_none_or(Vec::is_empty), "nobody found");
    }
    times.sort_unstable();
    let longest = times.last().copied().unwrap_or_default();
    let median = times.get(times.len() / 2).copied().unwrap_or_default();
    report.figure("a search among all tickets, half within", (milliseconds(median), "ms"), Budget::AtMost(20.0), None);
    report.figure("  all within", (milliseconds(longest), "ms"), Budget::AtMost(20.0), None);
    let memory = |name| server.memory(name).map(|mib| approximate(usize::try_from(mib).unwrap_or_default()));
    report.figure("memory, at its most", (memory("VmHWM")?, "MiB"), Budget::AtMost(200.0), None);
    report.figure("memory, now", (memory("VmRSS")?, "MiB"), Budget::AtMost(200.0), None);
    Ok(())
}

fn each(all: Duration, count: usize) -> f64 {
    milliseconds(all) / approximate(count.max(1))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
