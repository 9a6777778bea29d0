//! Whether several processes on one table do several times as much: engines that share nothing but a table in memory,
//! each of whose calls takes 10 ms.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use store::faulty::{Fate, Faulty};
use store::memory::Memory;
use store::record::Record as _;
use store::records::StockRow;
use store::table::{Table, Write};

use crate::hall::{Hall, clock};

/// How long each call takes.
const CALL: Duration = Duration::from_millis(10);

/// Requests that are under way at each engine.
const IN_FLIGHT: u64 = 8;

/// What some engines did.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Orders a second, of all together.
    pub rate: f64,
    /// Calls of the table for each order.
    pub calls: f64,
}

/// Gives every stock more than anybody sells here.
async fn make_room(table: &dyn Table) -> anyhow::Result<()> {
    let (rows, _) = table.scan(None, usize::MAX).await?;
    for row in rows.iter().filter(|row| row.entity == StockRow::ENTITY) {
        let key = row.key.clone();
        table.transact(vec![Write::Add { key, field: StockRow::LEFT, delta: 1_000_000, at_least: 0 }]).await?;
    }
    Ok(())
}

/// Lets so many engines place orders on one table for a while.
pub async fn orders(engines: u64, time: Duration) -> anyhow::Result<Share> {
    let clock = clock()?;
    let memory = Arc::new(Memory::new(clock.clone()));
    let hall = Hall::build((memory.clone(), memory.clone()), clock.clone()).await?;
    make_room(memory.as_ref()).await?;
    let table = Arc::new(Faulty::new(memory, |_| Fate::DoneAfter(CALL)));
    let halls: Vec<Hall> = (0..engines).map(|n| hall.elsewhere(table.clone(), clock.clone(), 2 + n)).collect();
    // What is read once by each.
    try_join_all(
        halls.iter().enumerate().map(|(n, hall)| async move { hall.order("warm", &format!("warm-{n}")).await }),
    )
    .await?;
    let (calls, done, begun) = (table.calls(), AtomicU64::new(0), Instant::now());
    let buyers = halls.iter().enumerate().flat_map(|(n, hall)| (0..IN_FLIGHT).map(move |seller| (n, hall, seller)));
    let work = buyers.map(|(n, hall, seller)| {
        let done = &done;
        async move {
            let mut serial = 0_u64;
            while begun.elapsed() < time {
                let buyer = format!("dancer-{n}-{seller}-{serial}");
                hall.order(&buyer, &buyer).await?;
                done.fetch_add(1, Ordering::Relaxed);
                serial += 1;
            }
            anyhow::Ok(())
        }
    });
    try_join_all(work).await?;
    let orders = f64::from(u32::try_from(done.load(Ordering::Relaxed))?);
    let calls = f64::from(u32::try_from(table.calls() - calls)?);
    Ok(Share { rate: orders / begun.elapsed().as_secs_f64(), calls: calls / orders })
}
