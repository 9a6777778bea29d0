//! The backlog of mail that the sales have left, delivered to a mail server that says yes to everything.

use std::cell::Cell;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::client::approximate;
use crate::program::Program;
use crate::report::Report;

/// How long the delivery is watched.
const TIME: Duration = Duration::from_secs(10);

/// How fast letters with tickets are written and handed over.
pub async fn backlog(program: &Path, data: &Path, report: &mut Report) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("smtp://{}", listener.local_addr()?);
    let delivered = Rc::new(Cell::new(0));
    let counting = Rc::clone(&delivered);
    let sink = tokio::task::spawn_local(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::task::spawn_local(take(stream, Rc::clone(&counting)));
        }
    });
    let server = Program::serve(program, data, &["--smtp", &url])?;
    let (begun, busy) = (Instant::now(), server.busy()?);
    tokio::time::sleep(TIME).await;
    let count = delivered.get();
    let spent = server.busy_since(busy)?.as_secs_f64() * 1_000.0 / approximate(count.max(1));
    let rate = approximate(count) / begun.elapsed().as_secs_f64();
    report.section("the mail's backlog").note("letters with tickets delivered", format!("{rate:.0} /s"));
    report.note("  processor time of one", format!("{spent:.2} ms"));
    sink.abort();
    Ok(())
}

/// As much of SMTP as a client needs to get rid of its letters.
async fn take(stream: TcpStream, delivered: Rc<Cell<usize>>) -> std::io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 bench\r\n").await?;
    let mut in_letter = false;
    while let Some(line) = lines.next_line().await? {
        if in_letter {
            if line == "." {
                in_letter = false;
                delivered.set(delivered.get() + 1);
                writer.write_all(b"250 taken\r\n").await?;
            }
            continue;
        }
        let word = line.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
        in_letter = word == "DATA";
        let answer: &[u8] = match word.as_str() {
            "DATA" => b"354 go on\r\n",
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        writer.write_all(answer).await?;
    }
    Ok(())
}
