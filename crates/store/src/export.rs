//! Everything out of a table as lines of JSON, and everything in again: between engines, and for whoever wants to
//! see what is kept.
//!
//! One line is one row, as [`Row::to_flat`] has it, with its attributes in the order of their names; lines are in
//! the order of the rows' keys. The same rows give the same bytes, from whatever engine.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde_json::{Map, Value};

use crate::row::{NotARow, Row};
use crate::table::{ScanCursor, StoreFault, Table};

/// Rows of one load or scan.
const AT_ONCE: usize = 1_000;

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
    /// A line is no row.
    #[error("line {line}: {why}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// The rows that end with this line cannot be written.
    #[error("line {line}: writing the store: {fault}; what came before is written, so begin again in an empty folder")]
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

fn write_line(row: &Row, to: &mut (dyn Write + Send)) -> Result<(), ExportError> {
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
            read_line(&text).map_err(|why| ImportError::Line { line, why })?;
            count += 1;
        }
    }
    Ok(count)
}

/// Loads rows, a line each, into an empty store, and says how many. Empty lines are passed over.
pub async fn import(table: &dyn Table, from: &mut (dyn BufRead + Send)) -> Result<u64, ImportError> {
    let at_start = |fault| ImportError::Store { line: 0, fault };
    let (rows, _) = table.scan(None, 1).await.map_err(at_start)?;
    if !rows.is_empty() {
        return Err(ImportError::NotEmpty);
    }
    let (mut batch, mut bytes, mut count, mut line) = (Vec::new(), 0, 0, 0);
    let mut text = String::new();
    loop {
        text.clear();
        line += 1;
        let read = from.read_line(&mut text).map_err(|cause| ImportError::Read { line, cause })?;
        if !text.trim().is_empty() {
            batch.push(read_line(&text).map_err(|why| ImportError::Line { line, why })?);
            bytes += read;
            count += 1;
        }
        if (read == 0 && !batch.is_empty()) || batch.len() >= AT_ONCE || bytes >= BYTES_AT_ONCE {
            bytes = 0;
            let rows = std::mem::take(&mut batch);
            table.load(rows).await.map_err(|fault| ImportError::Store { line, fault })?;
        }
        if read == 0 {
            return Ok(count);
        }
    }
}

fn read_line(text: &str) -> Result<Row, String> {
    let flat: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    Row::from_flat(flat).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
