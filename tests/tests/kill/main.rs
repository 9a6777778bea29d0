//! Killed at random moments under load: nothing that was acknowledged is lost, nothing is done twice, and the program
//! is ready again at once.
//!
//! Several clerks sell, take money, cancel and scan, each on orders of their own, so that each knows exactly what must
//! be there. Whatever was not answered when the program died is sent again, with the same key, to the next one.
//! `SEED` in the environment chooses other moments and other requests; `PROVE` makes ten times as many.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "all of this is a test, which says what it saw"
)]

mod clerk;
mod hall;
mod ledger;
mod letters;
mod requests;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use clerk::Clerk;
use hall::Hall;
use tests::mail_server::MailServer;
use tests::program::{Server, Starting, result_of, run};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// How many requests are on their way at the same time.
const CLERKS: usize = 6;

/// After so many answers the program is killed, at the latest.
const LONGEST_LIFE: u32 = 120;

/// How soon after its start the program is killed, where it is killed before it is ready, in milliseconds.
const SHORTEST_LIFE: u64 = 60;

/// The program must be ready again within this. Without optimisation, beside other tests, it may take longer.
const READY_WITHIN: Duration = if cfg!(debug_assertions) { Duration::from_secs(5) } else { Duration::from_secs(1) };

/// A life of the program, as its clerks see it.
#[derive(Debug)]
struct Life {
    /// One for each request that was answered.
    answers: Semaphore,
    /// It is being killed.
    is_over: AtomicBool,
}

impl Default for Life {
    fn default() -> Self {
        Self { answers: Semaphore::new(0), is_over: AtomicBool::new(false) }
    }
}

/// The program's store, the program's words for people, and who it sends mail to.
struct House {
    data: PathBuf,
    log: PathBuf,
    mail: MailServer,
    lives: usize,
    ready_after: Vec<Duration>,
}

impl House {
    fn in_folder(folder: &Path) -> Self {
        let (data, log) = (folder.join("data"), folder.join("log"));
        Self { data, log, mail: MailServer::default(), lives: 0, ready_after: Vec::new() }
    }

    /// Starts the program, which is ready in time or not at all.
    async fn start(&mut self) -> Starting {
        self.lives += 1;
        let mail = format!("smtp://{}", self.mail.open(self.lives, Duration::from_millis(30)).await);
        let more = ["--public-url", "http://dance.test", "--rate-limit", "1000000", "--smtp", &mail];
        Starting::new(&self.data, &more, &self.log)
    }

    async fn serve(&mut self) -> Server {
        let server = self.start().await.ready().await;
        self.ready_after.push(server.ready_after);
        server
    }

    /// Prints how long it took to be ready, and holds the limit.
    fn judge_readiness(&mut self) {
        self.ready_after.sort();
        let (worst, median) =
            (self.ready_after[self.ready_after.len() - 1], self.ready_after[self.ready_after.len() / 2]);
        println!("ready after {median:?} (median), {worst:?} (worst) of {} starts", self.ready_after.len());
        assert!(worst <= READY_WITHIN, "ready only after {worst:?}");
    }

    fn check(&self) {
        let output = run(&["check"], &self.data);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn killed_at_random_moments_it_loses_nothing_and_does_nothing_twice() {
    let seed = std::env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_204);
    let kills = if std::env::var_os("PROVE").is_some() { 200 } else { 20 };
    println!("SEED={seed}, {kills} kills");
    let mut dice = fastrand::Rng::with_seed(seed);
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::in_folder(folder.path());
    let token = prepare(&house.data);

    let server = house.serve().await;
    let hall = Arc::new(Hall::set_up(&mut server.client(), &token).await);
    let mut clerks: Vec<Clerk> = (0..CLERKS).map(|name| Clerk::new(name, Arc::clone(&hall), dice.fork())).collect();
    clerks = load_and_back_up(server, clerks, &house).await;
    for kill in 1..kills {
        let server = house.serve().await;
        clerks = load_and_kill(server, clerks, &mut dice).await;
        if kill % 5 == 4 {
            house.check();
            let starting = house.start().await;
            tokio::time::sleep(Duration::from_millis(dice.u64(0..SHORTEST_LIFE))).await;
            starting.kill().await;
        }
    }

    let server = house.serve().await;
    let mut client = server.client();
    for clerk in &mut clerks {
        clerk.close(&mut client).await;
    }
    hall.holds_only(&mut client, clerks.iter().flat_map(|clerk| clerk.ledger.orders())).await;
    let expected = clerks.iter().flat_map(|clerk| clerk.ledger.letters());
    letters::verify(&house.mail, expected, house.lives).await;
    assert_eq!(result_of(&["check"], &house.data), "", "asked through the socket");
    server.tell_to_stop();
    assert!(server.ended().await.success());
    house.check();
    for clerk in &clerks {
        println!("{}", clerk.ledger);
    }
    house.judge_readiness();
    let log = std::fs::read_to_string(&house.log).unwrap();
    let faults: Vec<&str> = log.lines().filter(|line| line.contains("ERROR") || line.contains("panicked")).collect();
    assert!(faults.is_empty(), "the program complains: {faults:#?}");
}

/// An organisation, and the token of its owner.
fn prepare(data: &Path) -> String {
    result_of(&["organisation", "create", "--slug", "club", "--name", "The Club"], data);
    result_of(&["token", "create", "--organisation", "club", "--role", "owner"], data)
}

/// Sets all clerks to work.
fn set_to_work(server: &Server, clerks: Vec<Clerk>) -> (Arc<Life>, JoinSet<Clerk>) {
    let (life, mut work) = (Arc::new(Life::default()), JoinSet::new());
    for mut clerk in clerks {
        let (client, life) = (server.client(), Arc::clone(&life));
        work.spawn(async move {
            clerk.work(client, &life).await;
            clerk
        });
    }
    (life, work)
}

/// Kills the program under the hands of its clerks.
async fn kill(server: Server, life: &Life, work: JoinSet<Clerk>) -> Vec<Clerk> {
    life.is_over.store(true, Ordering::SeqCst);
    server.kill().await;
    work.join_all().await
}

/// Lets all clerks work until so much was answered as the dice say, and a moment longer.
async fn load_and_kill(server: Server, clerks: Vec<Clerk>, dice: &mut fastrand::Rng) -> Vec<Clerk> {
    let (life, mut work) = set_to_work(&server, clerks);
    tokio::select! {
        enough = life.answers.acquire_many(dice.u32(1..LONGEST_LIFE)) => drop(enough),
        // Nobody stops by themselves while the program lives.
        stopped = work.join_next() => drop(stopped.unwrap().unwrap()),
    }
    tokio::time::sleep(Duration::from_micros(dice.u64(0..10_000))).await;
    kill(server, &life, work).await
}

/// Backs the store up while all clerks work, and checks what that gives when it is put back.
async fn load_and_back_up(server: Server, clerks: Vec<Clerk>, house: &House) -> Vec<Clerk> {
    let (life, work) = set_to_work(&server, clerks);
    drop(life.answers.acquire_many(20).await);
    let (data, backup) = (house.data.clone(), house.data.with_extension("backup"));
    let copy = house.data.with_extension("copy");
    let checked = tokio::task::spawn_blocking(move || {
        result_of(&["backup", "--output", backup.to_str().unwrap()], &data);
        result_of(&["restore", "--input", backup.to_str().unwrap()], &copy);
        result_of(&["check"], &copy)
    });
    assert_eq!(checked.await.unwrap(), "");
    kill(server, &life, work).await
}
