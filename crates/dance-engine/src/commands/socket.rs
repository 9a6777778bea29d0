//! The socket in the data folder, through which commands reach the server that has the store open: one line of JSON
//! each way. Only the owner of the folder can open it.

use std::fs::File;
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};

use super::carry_out;
use crate::errand::{Order, Outcome};
use crate::wiring::House;

/// Longest line that is read.
const LONGEST: u64 = 1 << 20;

/// Paths of sockets are short by the system's rule: a longer one is reached through its folder, while that is open.
const LONGEST_PATH: usize = 100;

/// Where the socket of a data folder is, and what must stay open while it is bound or connected.
fn path(data: &Path) -> std::io::Result<(PathBuf, Option<File>)> {
    let path = data.join("commands.sock");
    if path.as_os_str().len() <= LONGEST_PATH {
        return Ok((path, None));
    }
    let folder = File::open(data)?;
    let near = format!("/proc/self/fd/{}/commands.sock", folder.as_raw_fd());
    Ok((near.into(), Some(folder)))
}

/// Asks the server of this folder; none if there is none.
pub async fn ask(data: &Path, order: &Order) -> anyhow::Result<Option<Outcome>> {
    // A folder that is not there has no server.
    let Ok((path, _folder)) = path(data) else { return Ok(None) };
    let Ok(stream) = UnixStream::connect(path).await else { return Ok(None) };
    let (reader, mut writer) = stream.into_split();
    let mut line = serde_json::to_vec(order)?;
    line.push(b'\n');
    writer.write_all(&line).await?;
    let mut answer = String::new();
    BufReader::new(reader).read_line(&mut answer).await?;
    let outcome = serde_json::from_str(&answer).context("the server stopped in the middle of the command")?;
    Ok(Some(outcome))
}

/// Opens the socket and answers commands until it is dropped.
pub fn listen(data: &Path, house: Arc<House>) -> anyhow::Result<tokio::task::JoinHandle<()>> {
    let (path, _folder) = path(data)?;
    // The store is locked by this process, so that whoever left a socket behind is gone.
    let _ = std::fs::remove_file(&path);
    let listener = UnixListener::bind(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let house = Arc::clone(&house);
            tokio::spawn(async move {
                if let Err(error) = answer(stream, &house).await {
                    tracing::warn!(%error, "a command was not answered");
                }
            });
        }
    }))
}

async fn answer(stream: UnixStream, house: &House) -> anyhow::Result<()> {
    use tokio::io::AsyncReadExt as _;
    let (reader, mut writer) = stream.into_split();
    let mut line = String::new();
    BufReader::new(reader.take(LONGEST)).read_line(&mut line).await?;
    let outcome = match serde_json::from_str::<Order>(&line) {
        Ok(order) => carry_out(house, order).await,
        Err(_) => Outcome {
            output: String::new(),
            message: "dance-engine: the server that runs here is of another version; restart it first".to_owned(),
            status: 1,
        },
    };
    let mut line = serde_json::to_vec(&outcome)?;
    line.push(b'\n');
    writer.write_all(&line).await?;
    Ok(())
}
