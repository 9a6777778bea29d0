//! Opening a store: the folder, its lock, the file and its connections.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::schema::{self, Content};

/// The store's file inside its folder; beside it SQLite keeps `table.sqlite-wal` and `table.sqlite-shm`.
pub const FILE: &str = "table.sqlite";

/// Locked by the process that has the store open.
const LOCK: &str = "table.lock";

/// Pages of the file, in bytes.
const PAGE_SIZE: i64 = 8_192;

/// What the writer keeps of the file in memory, in KiB.
const WRITER_CACHE: i64 = 20 * 1_024;

/// The same for the connection that copies the log, which passes by the cache.
const COPIER_CACHE: i64 = 64;

/// What each reader keeps of the file in memory, in KiB. Little, since every commit makes readers forget all of it.
const READER_CACHE: i64 = 1_024;

/// The same for those that read many rows at once, and need what leads to them again and again meanwhile.
const SLOW_READER_CACHE: i64 = 8 * 1_024;

/// How long a connection waits for another tool that has locked the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// What the log keeps of its length when it begins anew, in bytes: to make it longer again costs more.
const LOG_KEPT: i64 = 32 * 1_024 * 1_024;

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process (or this one) has it open.
    #[error("the store in {} is in use by another process; stop that one first", .0.display())]
    InUse(PathBuf),
    /// A later version of the program has written it.
    #[error(
        "the store has version {found} and this program knows versions up to {known}; run a newer version of the program"
    )]
    Newer {
        /// The file's version.
        found: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// The file is an SQLite database, but no store.
    #[error("the file is the database of another program (it has a table `{name}`)")]
    Foreign {
        /// One of its tables.
        name: String,
    },
    /// The folder cannot be made, read or written.
    #[error("the data folder {}: {cause}", .folder.display())]
    Folder {
        /// Which.
        folder: PathBuf,
        /// What the operating system says.
        cause: io::Error,
    },
    /// SQLite cannot open the file: it is damaged, no database, or cannot be read.
    #[error("the store's file: {0}")]
    File(#[from] rusqlite::Error),
}

/// How much a commit may trust the operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Durability {
    /// On disk before it is answered.
    Synced,
    /// Lost with the machine (and here with the process, whose folder is a temporary one).
    Unsynced,
}

/// The folder of an open store, locked for as long as this lives.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    durability: Durability,
    _lock: File,
    _temporary: Option<TempDir>,
}

impl Folder {
    /// Makes it if it is not there, readable by its owner only, and locks it.
    pub(super) fn lock(path: &Path) -> Result<Self, OpenError> {
        let folder = |cause| OpenError::Folder { folder: path.to_owned(), cause };
        make_private(path).map_err(folder)?;
        let lock = File::create(path.join(LOCK)).map_err(folder)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OpenError::InUse(path.to_owned())),
            Err(TryLockError::Error(cause)) => return Err(folder(cause)),
        }
        Ok(Self { path: path.to_owned(), durability: Durability::Synced, _lock: lock, _temporary: None })
    }

    /// A new one that is removed with the value.
    pub(super) fn temporary() -> Result<Self, OpenError> {
        let temporary = TempDir::with_prefix("dance-engine-")
            .map_err(|cause| OpenError::Folder { folder: std::env::temp_dir(), cause })?;
        let locked = Self::lock(temporary.path())?;
        Ok(Self { durability: Durability::Unsynced, _temporary: Some(temporary), ..locked })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Where the rows are.
    pub(super) fn file(&self) -> PathBuf {
        self.path.join(FILE)
    }

    /// The connection that writes; makes the file if it is not there.
    pub(super) fn writer(&self) -> Result<Connection, OpenError> {
        if !self.file().exists() {
            create_private(&self.file()).map_err(|cause| OpenError::Folder { folder: self.path.clone(), cause })?;
        }
        let mut conn = self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE, WRITER_CACHE)?;
        let content = schema::inspect(&conn)?;
        conn.pragma_update(None, "page_size", PAGE_SIZE)?;
        conn.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        conn.pragma_update_and_check(None, "journal_size_limit", LOG_KEPT, |_| Ok(()))?;
        if content == Content::Empty {
            schema::create(&mut conn)?;
        }
        if content == Content::Empty && self.durability == Durability::Synced {
            sync_folder(&self.path).map_err(|cause| OpenError::Folder { folder: self.path.clone(), cause })?;
        }
        Ok(conn)
    }

    /// The connection that brings the log into the file; the writer's was opened before.
    pub(super) fn copier(&self) -> Result<Connection, rusqlite::Error> {
        self.connect(OpenFlags::SQLITE_OPEN_READ_WRITE, COPIER_CACHE)
    }

    /// A connection that only reads; the writer's was opened before.
    pub(super) fn reader(&self) -> Result<Connection, rusqlite::Error> {
        self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY, READER_CACHE)
    }

    /// The same for many rows at once.
    pub(super) fn slow_reader(&self) -> Result<Connection, rusqlite::Error> {
        self.connect(OpenFlags::SQLITE_OPEN_READ_ONLY, SLOW_READER_CACHE)
    }

    fn connect(&self, access: OpenFlags, cache: i64) -> Result<Connection, rusqlite::Error> {
        let conn = Connection::open_with_flags(self.file(), access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(PATIENCE)?;
        conn.pragma_update(None, "synchronous", self.durability.pragma())?;
        conn.pragma_update(None, "cache_size", -cache)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.set_prepared_statement_cache_capacity(32);
        Ok(conn)
    }
}

impl Durability {
    fn pragma(self) -> &'static str {
        match self {
            Self::Synced => "FULL",
            Self::Unsynced => "OFF",
        }
    }
}

/// A new, empty file that only its owner may read; what SQLite puts beside it has the same permissions.
pub(super) fn create_private(path: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// A folder (with those above it) that only its owner may read, if it is not there already.
pub(super) fn make_private(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if path.exists() {
        return Err(io::ErrorKind::NotADirectory.into());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    path.parent().filter(|parent| parent.is_dir()).map_or(Ok(()), sync_folder)
}

/// Makes new names in a folder last.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
