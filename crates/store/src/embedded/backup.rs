//! A copy of the store, made while it is in use, and the way back.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};

use super::open::{FILE, create_private, make_private, sync_folder};
use super::schema::{self, VERSION};
use super::{Embedded, OpenError};

/// The name of a copy that is not complete. It is of no use, and the next attempt writes over it.
const PARTIAL: &str = "table.sqlite.partial";

/// Why there is no copy, or no way back from it. Nothing that was there before is changed.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The folder has a store or a backup already, which is never written over.
    #[error("{} has a store already; choose an empty folder", .0.display())]
    Occupied(PathBuf),
    /// There is no backup in the folder.
    #[error("{} has no backup", .0.display())]
    Nothing(PathBuf),
    /// The folder is a store's own: it is in use, or was not closed, and its file alone would not be all of it.
    #[error("{} is the folder of a store, and not a backup; make a backup of that store", .0.display())]
    NoBackup(PathBuf),
    /// The copy is damaged.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// It is no store, or of a later version.
    #[error(transparent)]
    Refused(#[from] OpenError),
    /// The disk is full, or cannot be read or written.
    #[error("the backup: {0}")]
    Disk(#[from] io::Error),
    /// SQLite cannot read or write a file.
    #[error("the backup: {0}")]
    File(#[from] rusqlite::Error),
}

impl Embedded {
    /// Writes a copy of the store, as of one moment, into a folder that is made if it is not there, while the store
    /// is in use. The copy is there whole, or not at all.
    ///
    /// Blocks for as long as the file takes to be copied; call it on a thread that may. Meanwhile the log grows with
    /// what is written.
    pub fn backup_to(&self, dir: &Path) -> Result<(), BackupError> {
        make_private(dir)?;
        vacant(dir)?;
        let partial = dir.join(PARTIAL);
        remove_if_there(&partial)?;
        create_private(&partial)?;
        copy(&self.folder.reader()?, &partial)?;
        finish(dir)
    }
}

/// Makes the store of a folder from a backup in another. Refuses a folder that has a store, and a damaged backup.
///
/// Blocks for as long as the file takes to be copied and checked.
pub fn restore(from_dir: &Path, to_dir: &Path) -> Result<(), BackupError> {
    let from = from_dir.join(FILE);
    if !from.is_file() {
        return Err(BackupError::Nothing(from_dir.to_owned()));
    }
    if log_of(from_dir).exists() {
        return Err(BackupError::NoBackup(from_dir.to_owned()));
    }
    make_private(to_dir)?;
    vacant(to_dir)?;
    let partial = to_dir.join(PARTIAL);
    remove_if_there(&partial)?;
    create_private(&partial)?;
    io::copy(&mut File::open(&from)?, &mut OpenOptions::new().write(true).open(&partial)?)?;
    check(&partial)?;
    finish(to_dir)
}

/// Neither a store nor what a crash has left of one.
fn vacant(dir: &Path) -> Result<(), BackupError> {
    if dir.join(FILE).exists() || log_of(dir).exists() {
        return Err(BackupError::Occupied(dir.to_owned()));
    }
    Ok(())
}

fn log_of(dir: &Path) -> PathBuf {
    dir.join(format!("{FILE}-wal"))
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// All in one step, which is one snapshot: step by step it would begin again with every commit.
fn copy(from: &Connection, to: &Path) -> Result<(), BackupError> {
    let mut copy = Connection::open(to)?;
    copy.pragma_update(None, "synchronous", "OFF")?;
    let backup = Backup::new(from, &mut copy)?;
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        other => Err(BackupError::Damaged(format!("it could not be copied at once ({other:?})"))),
    }
}

/// Refuses what is damaged, no store, or of a later version.
fn check(file: &Path) -> Result<(), BackupError> {
    // Read only, and as a file that nobody changes: so that nothing is left beside it.
    let uri = format!(
        "file:{}?immutable=1",
        file.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
    );
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(uri, flags)?;
    let version = schema::version(&conn).map_err(|error| BackupError::Damaged(error.to_string()))?;
    if version > VERSION {
        return Err(OpenError::Newer { found: version, known: VERSION }.into());
    }
    let verdict: String = conn
        .query_row("PRAGMA quick_check(1)", (), |row| row.get(0))
        .map_err(|error| BackupError::Damaged(error.to_string()))?;
    let rows = conn.query_row("SELECT 1 FROM rows LIMIT 1", (), |_| Ok(()));
    match rows {
        Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) if verdict == "ok" => Ok(()),
        Ok(()) | Err(rusqlite::Error::QueryReturnedNoRows) => Err(BackupError::Damaged(verdict)),
        Err(error) => Err(BackupError::Damaged(error.to_string())),
    }
}

/// Brings the copy to the disk, and gives it its name.
fn finish(dir: &Path) -> Result<(), BackupError> {
    let partial = dir.join(PARTIAL);
    File::open(&partial)?.sync_all()?;
    fs::rename(&partial, dir.join(FILE))?;
    sync_folder(dir)?;
    Ok(())
}
