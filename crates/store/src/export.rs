//! Everything out of a table as lines of JSON, and everything in again: between engines, and for whoever wants to
//! see what is kept.
//!
//! One line is one row, as [`Row::to_flat`] has it, with its attributes in the order of their names; lines are in
//! the order of the rows' keys. The same rows give the same bytes, from whatever engine.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde_json::{Map, Value};

use crate::conditions::may_be_kept;
use crate::row::{NotARow, Row};
use crate::table::{ScanCursor, StoreFault, Table};

/// Rows of one load or scan.
const AT_ONCE: usize = 1_000;

/// How often a load is tried, and how long is waited in between, at most.
const LOADS: u32 = 30;
const LONGEST_WAIT: std::time::Duration = std::time::Duration::from_secs(20);

/// A load is begun when its lines have so many bytes, however few they are.
const BYTES_AT_ONCE: usize = 4 * 1_024 * 1_024;

/// Why an export has ended early. What was written is no whole export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The table cannot be read.
    #[error("reading the store: {0}")]
    Store(#[from] StoreFault),
    /// A row has a document that is no JSON object.
    #[error("reading the store: {0}")]
    Row(#[from] NotARow),
    /// A scan has not gone on: a fault of the engine.
    #[error("the rows do not come in the order of their keys")]
    Order,
    /// The lines cannot be written.
    #[error("writing the export: {0}")]
    Write(#[from] io::Error),
}

/// Why an import has ended early. What came before that line may be in the store.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// There are rows already.
    #[error("the store is not empty; import into a new one")]
    NotEmpty,
    /// What was said to be there already is not.
    #[error(
        "line {line}: its row is not there: this is not the store into which the file was read before; begin again"
    )]
    Elsewhere {
        /// Counted from 1.
        line: usize,
    },
    /// A line is no row.
    #[error("line {line}: {why}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The rows that end with this line cannot be written.
    #[error(
        "line {line}: writing the store: {fault}; what came before is written: import the same file again to go on"
    )]
    Store {
        /// Counted from 1.
        line: usize,
        /// What the store says.
        fault: StoreFault,
    },
    /// The lines cannot be read.
    #[error("line {line}: {cause}")]
    Read {
        /// Counted from 1.
        line: usize,
        /// What the system says.
        cause: io::Error,
    },
}

/// Writes all rows that are not expired, a line each, and says how many.
///
/// Not of one moment: what changes meanwhile is there as it was or as it is. Blocks where `to` does.
pub async fn export(table: &dyn Table, to: &mut (dyn Write + Send)) -> Result<u64, ExportError> {
    let mut after: Option<ScanCursor> = None;
    let mut count = 0;
    let mut last = None;
    loop {
        let (rows, next) = table.scan(after, AT_ONCE).await?;
        for row in rows {
            if last.as_ref().is_some_and(|last| *last >= row.key) {
                return Err(ExportError::Order);
            }
            write_line(&row, to)?;
            count += 1;
            last = Some(row.key);
        }
        if next.is_none() {
            to.flush()?;
            return Ok(count);
        }
        after = next;
    }
}

/// Copies all rows that are not expired from one table into another, in whatever order they come, from `after` on. `see`
/// is told after each step how many rows came in it, and where to go on if that was the last. Doing a part twice does no
/// harm.
pub async fn gather(
    from: &dyn Table,
    into: &dyn Table,
    mut after: Option<ScanCursor>,
    see: &mut (dyn FnMut(usize, Option<&ScanCursor>) -> io::Result<()> + Send),
) -> Result<(), ExportError> {
    loop {
        let (rows, next) = from.scan(after, AT_ONCE).await?;
        let count = rows.len();
        rows.iter().try_for_each(readable)?;
        into.load(rows).await?;
        see(count, next.as_ref())?;
        match next {
            Some(_) => after = next,
            None => return Ok(()),
        }
    }
}

/// A store with a row that cannot be read is not moved: `check` lists all of them.
fn readable(row: &Row) -> Result<(), NotARow> {
    row.why_unreadable().map_or(Ok(()), |why| Err(NotARow(format!("{}: {why}", row.key))))
}

fn write_line(row: &Row, to: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    readable(row)?;
    // In the order of the names, whatever order a map of serde_json keeps.
    let attributes: BTreeMap<String, Value> = row.to_flat()?.into_iter().collect();
    serde_json::to_writer(&mut *to, &attributes).map_err(io::Error::from)?;
    to.write_all(b"\n")?;
    Ok(())
}

/// Reads rows, a line each, to the end, and says how many: is all of it fit to be imported?
pub fn verify(from: &mut dyn BufRead) -> Result<u64, ImportError> {
    let (mut text, mut count) = (String::new(), 0);
    for line in 1.. {
        text.clear();
        if from.read_line(&mut text).map_err(|cause| ImportError::Read { line, cause })? == 0 {
            break;
        }
        if !text.trim().is_empty() {
            let row = read_line(&text).map_err(|why| ImportError::Line { line, why })?;
            may_be_kept(&row).map_err(|why| ImportError::Line { line, why: why.to_owned() })?;
            count += 1;
        }
    }
    Ok(count)
}

/// Is there nothing in a table? What is imported goes where nothing is.
pub async fn is_empty(table: &dyn Table) -> Result<bool, StoreFault> {
    let mut after = None;
    loop {
        let (rows, next) = table.scan(after, 1).await?;
        match next {
            _ if !rows.is_empty() => return Ok(false),
            Some(_) => after = next,
            None => return Ok(true),
        }
    }
}

/// Loads rows, a line each, beginning after so many rows that are there already; into an empty store, if that is none.
/// `see` is told how many are there then. Empty lines are passed over. A store that is away for a moment is waited for.
pub async fn import(
    table: &dyn Table,
    from: &mut (dyn BufRead + Send),
    done: u64,
    see: &mut (dyn FnMut(u64) -> io::Result<()> + Send),
) -> Result<u64, ImportError> {
    if done == 0 && !is_empty(table).await.map_err(|fault| ImportError::Store { line: 0, fault })? {
        return Err(ImportError::NotEmpty);
    }
    let (mut batch, mut bytes, mut count, mut line) = (Vec::new(), 0, 0, 0);
    let mut text = String::new();
    loop {
        text.clear();
        line += 1;
        let read = from.read_line(&mut text).map_err(|cause| ImportError::Read { line, cause })?;
        if !text.trim().is_empty() {
            count += 1;
            if count == done {
                let last = read_line(&text).map_err(|why| ImportError::Line { line, why })?;
                let found = table.get(&last.key).await.map_err(|fault| ImportError::Store { line, fault })?;
                // What may be past its time by now tells nothing.
                if found.is_none() && last.ttl.is_none() {
                    return Err(ImportError::Elsewhere { line });
                }
            }
            if count > done {
                batch.push(read_line(&text).map_err(|why| ImportError::Line { line, why })?);
                bytes += read;
            }
        }
        if (read == 0 && !batch.is_empty()) || batch.len() >= AT_ONCE || bytes >= BYTES_AT_ONCE {
            bytes = 0;
            let rows = std::mem::take(&mut batch);
            load_patiently(table, rows).await.map_err(|fault| ImportError::Store { line, fault })?;
            see(count).map_err(|cause| ImportError::Read { line, cause })?;
        }
        if read == 0 {
            return Ok(count);
        }
    }
}

/// Loads rows, and waits for a store that is away or has too much to do, for some minutes.
async fn load_patiently(table: &dyn Table, rows: Vec<Row>) -> Result<(), StoreFault> {
    let mut wait = std::time::Duration::from_millis(500);
    for _ in 0..LOADS {
        match table.load(rows.clone()).await {
            Err(fault) if fault.is_passing() => tokio::time::sleep(wait).await,
            known => return known,
        }
        wait = (wait * 2).min(LONGEST_WAIT);
    }
    table.load(rows).await
}

fn read_line(text: &str) -> Result<Row, String> {
    let flat: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Row::from_flat(flat).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
