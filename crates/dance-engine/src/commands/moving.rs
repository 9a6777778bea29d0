//! The whole store out to a file, and in from one: with a word now and then of how far it is, and going on where it was
//! interrupted.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use data_encoding::HEXLOWER;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::clock::Clock as _;
use store::embedded::Embedded;
use store::row::Key;
use store::table::{ScanCursor, Table};
use tempfile::NamedTempFile;

use super::carry_out::{check, said};
use crate::clock::SystemClock;
use crate::errand::Outcome;
use crate::wiring::{House, Store, tell};

/// After so many rows it is said how far it is.
const SAY_EVERY: u64 = 20_000;

/// What a new table on DynamoDB takes, and what a disk takes, in rows a second: to say beforehand how long it will be.
const ROWS_A_SECOND: (u64, u64) = (800, 20_000);

/// How far a move came that was interrupted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Mark {
    /// Of which store, in words.
    of: String,
    /// The SHA-256 of the file that is read; nothing where one is written. Of the whole: it is read through beforehand.
    file: String,
    /// How many rows are done.
    rows: u64,
    /// Where a scan goes on.
    after: Option<(String, String)>,
    /// When it began.
    begun_at: Timestamp,
}

/// What was interrupted so long ago is begun anew: a store changes meanwhile.
const KEPT: SignedDuration = SignedDuration::from_hours(6);

impl Mark {
    fn fresh(of: &str, file: &str) -> Self {
        Self { of: of.to_owned(), file: file.to_owned(), rows: 0, after: None, begun_at: SystemClock.now() }
    }

    /// The mark of the same move, if there is one that is not too old.
    fn read(path: &Path, of: &str, file: &str) -> Option<Self> {
        let found: Self = serde_json::from_slice(&std::fs::read(path).ok()?).ok()?;
        let is_young = SystemClock.now().duration_since(found.begun_at) < KEPT;
        (found.of == of && found.file == file && is_young).then_some(found)
    }

    fn write(&self, path: &Path) -> std::io::Result<()> {
        let aside = beside(path, ".new");
        std::fs::write(&aside, serde_json::to_vec(self)?)?;
        std::fs::rename(aside, path)
    }

    fn cursor(&self) -> Option<ScanCursor> {
        self.after.as_ref().map(|(pk, sk)| ScanCursor(Key::new(pk, sk)))
    }
}

/// A path with something added to its name.
fn beside(path: &Path, what: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(what);
    name.into()
}

/// Says how far it is, now and then.
struct Voice {
    begun: Instant,
    from: u64,
    all: Option<u64>,
}

impl Voice {
    fn say(&self, before: u64, rows: u64) {
        if before / SAY_EVERY == rows / SAY_EVERY {
            return;
        }
        let of = self.all.map(|all| format!(" of {all}")).unwrap_or_default();
        let rate = (rows - self.from) * 1_000 / u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(1).max(1);
        tell(&format!("{rows}{of} rows, {rate} a second"));
    }
}

/// Writes the whole store. The file is made aside and moved into place: a half-written one would look like an export.
/// Readable by its owner only, as the store is.
pub(super) async fn export(house: &House, output: &Path) -> anyhow::Result<Outcome> {
    let unwritable = || format!("{} cannot be written", output.display());
    anyhow::ensure!(!output.exists() || output.is_file(), "{}: it is no file", unwritable());
    let folder = output.parent().unwrap_or_else(|| Path::new("/"));
    let mut file = NamedTempFile::new_in(folder).with_context(unwritable)?;
    let (table, gathered) = match &house.store {
        Store::Embedded(store) => (Arc::clone(store) as Arc<dyn Table>, None),
        Store::Dynamo { at, table, .. } => {
            let gathered = beside(output, ".gathered");
            (gather(at, table.as_ref(), &gathered).await? as Arc<dyn Table>, Some(gathered))
        }
    };
    let rows = store::export::export(table.as_ref(), &mut BufWriter::new(file.as_file_mut())).await?;
    file.as_file().sync_all()?;
    file.persist(output).with_context(unwritable)?;
    drop(table);
    if let Some(gathered) = gathered {
        std::fs::remove_dir_all(&gathered).with_context(|| format!("{} is not needed any more", gathered.display()))?;
    }
    Ok(said(String::new(), format!("wrote {rows} rows to {}", output.display())))
}

/// Brings the rows of a table, which have no order, into a store that has one.
async fn gather(name: &str, table: &dyn Table, folder: &Path) -> anyhow::Result<Arc<Embedded>> {
    let place = folder.join("mark");
    let found = Mark::read(&place, name, "");
    if found.is_none() && folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    let into = Arc::new(Embedded::open(folder, Arc::new(SystemClock))?);
    let mut mark = found.unwrap_or_else(|| Mark::fresh(name, ""));
    if mark.rows > 0 {
        tell(&format!("going on after {} rows that were read before", mark.rows));
    }
    let voice = Voice { begun: Instant::now(), from: mark.rows, all: None };
    let after = mark.cursor();
    store::export::gather(table, into.as_ref(), after, &mut |count, next| {
        let before = mark.rows;
        mark.rows += u64::try_from(count).unwrap_or_default();
        mark.after = next.map(|ScanCursor(key)| (key.pk.clone(), key.sk.clone()));
        voice.say(before, mark.rows);
        if next.is_some() { mark.write(&place) } else { Ok(()) }
    })
    .await?;
    Ok(into)
}

/// What is read, with its SHA-256.
struct Hashed<R> {
    from: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.from.read(into)?;
        self.hash.update(into.get(..count).unwrap_or_default());
        Ok(count)
    }
}

/// How many rows are in a file all of which can be imported, and its SHA-256.
fn read_through(file: impl Read) -> anyhow::Result<(u64, String)> {
    let mut lines = BufReader::new(Hashed { from: file, hash: Sha256::new() });
    let rows = store::export::verify(&mut lines)?;
    Ok((rows, HEXLOWER.encode(&lines.into_inner().hash.finalize())))
}

/// Reads a file into an empty store, or goes on where reading the same file into it was interrupted; and checks what is
/// there then. All lines are read once before the first row is written: a file that is broken leaves nothing behind.
pub(super) async fn import(house: &House, input: &Path) -> anyhow::Result<Outcome> {
    let open = || File::open(input).with_context(|| format!("{} cannot be read", input.display()));
    let (all, file) = read_through(open()?)?;
    let (of, rate) = match &house.store {
        Store::Embedded(store) => (store.folder().display().to_string(), ROWS_A_SECOND.1),
        Store::Dynamo { at, .. } => (at.clone(), ROWS_A_SECOND.0),
    };
    let place = beside(input, ".mark");
    let mut mark = Mark::read(&place, &of, &file).unwrap_or_else(|| Mark::fresh(&of, &file));
    if mark.rows > 0 {
        tell(&format!("going on after {} rows that were written before", mark.rows));
    }
    let left = all.saturating_sub(mark.rows);
    tell(&format!("{left} rows to write: about {}", time_of(left, rate)));
    let voice = Voice { begun: Instant::now(), from: mark.rows, all: Some(all) };
    let done = mark.rows;
    let mut see = |rows| {
        voice.say(mark.rows, rows);
        mark.rows = rows;
        mark.write(&place)
    };
    let (table, mut lines) = (house.store.table(), BufReader::new(open()?));
    let rows = store::export::import(table.as_ref(), &mut lines, done, &mut see).await?;
    if place.exists() {
        std::fs::remove_file(&place)?;
    }
    let checked = check(house).await?;
    let message = format!("read {rows} rows from {}; {}", input.display(), checked.message);
    Ok(Outcome { message, ..checked })
}

/// How long so many rows take, in words.
fn time_of(rows: u64, a_second: u64) -> String {
    match rows / a_second {
        0..2 => "a second".to_owned(),
        seconds @ 2..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::arguments::StoreOptions;
    use crate::wiring::{Secrecy, open};

    /// Lines of an export, whose rows say what is told.
    fn lines(says: &[&str]) -> String {
        let line = |(n, says)| {
            format!(
                r#"{{"created_at":"","entity":"THING","pk":"{n}","revision":1,"says":"{says}","sk":"1","updated_at":""}}"#
            )
        };
        says.iter().enumerate().map(line).map(|line| line + "\n").collect()
    }

    /// A store into which the first row of a file was read when that was interrupted.
    async fn interrupted(folder: &TempDir, file: &Path) -> House {
        let options = StoreOptions { data: Some(folder.path().join("data")), ..StoreOptions::default() };
        let configuration = crate::configuration::read(&options).unwrap();
        let house = open(&configuration, "http://127.0.0.1:8080", Secrecy::NotNeeded).await.unwrap();
        let Store::Embedded(store) = &house.store else { panic!("{:?}", house.store) };
        let text = std::fs::read_to_string(file).unwrap();
        let first = text.lines().next().unwrap().to_owned();
        store::export::import(store.as_ref(), &mut first.as_bytes(), 0, &mut |_| Ok(())).await.unwrap();
        let (_, hash) = read_through(text.as_bytes()).unwrap();
        let mark = Mark { rows: 1, ..Mark::fresh(&store.folder().display().to_string(), &hash) };
        mark.write(&beside(file, ".mark")).unwrap();
        house
    }

    #[tokio::test]
    async fn an_import_goes_on_with_the_same_file_and_with_no_other_of_its_length() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("moving.jsonl");
        std::fs::write(&file, lines(&["one", "two", "three"])).unwrap();
        let house = interrupted(&folder, &file).await;

        std::fs::write(&file, lines(&["one", "owt", "three"])).unwrap();
        let refused = import(&house, &file).await.unwrap_err().to_string();
        assert!(refused.contains("not empty"), "{refused}");

        std::fs::write(&file, lines(&["one", "two", "three"])).unwrap();
        let done = import(&house, &file).await.unwrap();
        assert!(done.message.starts_with("read 3 rows"), "{}", done.message);
        let found = house.store.table().get(&Key::new("1", "1")).await.unwrap().unwrap();
        assert_eq!(found.document, r#"{"says":"two"}"#);
        assert!(!beside(&file, ".mark").exists());
    }
}
