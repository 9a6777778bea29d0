//! The installation's secret, where it was not given one: a file in the data folder, readable by its owner only.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::configuration::secret_of_file;

/// Where it is.
pub fn path(data: &Path) -> PathBuf {
    data.join("secret")
}

/// The secret that is kept in a data folder.
pub fn read(data: &Path) -> anyhow::Result<Option<[u8; 32]>> {
    let path = path(data);
    if !path.exists() {
        return Ok(None);
    }
    let mode = fs::metadata(&path)?.permissions().mode();
    ensure!(mode & 0o077 == 0, "{} must be readable by its owner only (chmod 600)", path.display());
    let text = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    secret_of_file(&text).map(Some).with_context(|| format!("{} is spoiled", path.display()))
}

/// Keeps a secret in a data folder that has none.
pub fn write(data: &Path, secret: &[u8; 32]) -> anyhow::Result<()> {
    fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let path = path(data);
    // Written aside, forced to the disk and moved into place: a half-written secret would lock everybody out.
    let aside = path.with_extension("new");
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside)?;
    writeln!(file, "{}", data_encoding::HEXLOWER.encode(secret))?;
    file.sync_all()?;
    fs::rename(&aside, &path)?;
    fs::File::open(data)?.sync_all()?;
    Ok(())
}
