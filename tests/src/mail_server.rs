//! A mail server that takes everything, and remembers what it took.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// A letter that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Its Message-ID, with the angle brackets.
    pub message_id: String,
    /// To whom.
    pub to: String,
    /// In which life of its sender.
    pub life: usize,
    /// When.
    pub at: Instant,
}

/// The mail server.
#[derive(Debug, Clone, Default)]
pub struct MailServer(Arc<Mutex<Vec<Taken>>>);

impl MailServer {
    /// Opens a port for one life of the sender: what comes in there was sent in that life, however late it is read.
    /// Every third letter is taken, and answered only after `delay`.
    pub async fn open(&self, life: usize, delay: Duration) -> SocketAddr {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::clone(&self.0);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let session = Session { taken: Arc::clone(&taken), life, delay };
                // A sender that dies in the middle of a word is what this is for.
                tokio::spawn(async move { session.serve(stream).await.ok() });
            }
        });
        address
    }

    /// Everything that was taken, first to last.
    pub fn taken(&self) -> Vec<Taken> {
        self.0.lock().unwrap().clone()
    }
}

struct Session {
    taken: Arc<Mutex<Vec<Taken>>>,
    life: usize,
    delay: Duration,
}

impl Session {
    /// Answers commands, one or several at a time.
    async fn serve(self, stream: TcpStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 ready\r\n").await?;
        let (mut line, mut to) = (String::new(), String::new());
        loop {
            line.clear();
            if stream.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let command = line.trim_end().to_ascii_uppercase();
            let answer = match command.split([' ', ':']).next().unwrap_or_default() {
                "EHLO" => "250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    "250 yes\r\n"
                }
                "DATA" => {
                    stream.write_all(b"354 go on\r\n").await?;
                    self.take(&mut stream, &to).await?;
                    "250 taken\r\n"
                }
                "QUIT" => {
                    stream.write_all(b"221 bye\r\n").await?;
                    return Ok(());
                }
                _ => "250 yes\r\n",
            };
            stream.write_all(answer.as_bytes()).await?;
        }
    }

    /// Reads a letter to its end. Then it is taken, whether its sender hears of it or not.
    async fn take(&self, stream: &mut BufReader<TcpStream>, to: &str) -> std::io::Result<()> {
        let (mut line, mut message_id) = (Vec::new(), String::new());
        loop {
            line.clear();
            if stream.read_until(b'\n', &mut line).await? == 0 {
                return Err(std::io::ErrorKind::UnexpectedEof.into());
            }
            if line == b".\r\n" {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            if let Some(id) = text.strip_prefix("Message-ID:").filter(|_| message_id.is_empty()) {
                id.trim().clone_into(&mut message_id);
            }
        }
        let taken = Taken { message_id, to: to.to_owned(), life: self.life, at: Instant::now() };
        let count = {
            let mut all = self.taken.lock().unwrap();
            all.push(taken);
            all.len()
        };
        if count.is_multiple_of(3) {
            tokio::time::sleep(self.delay).await;
        }
        Ok(())
    }
}
