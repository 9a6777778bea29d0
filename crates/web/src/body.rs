//! Reading a request's body: never more of it in memory than its limit, never longer than a while.

use std::time::Duration;

use axum::body::{Body, Bytes};
use http_body_util::BodyExt as _;

use crate::problem::Problem;

/// Most bytes of a JSON body or a form.
pub const ORDINARY: usize = 64 << 10;

/// So much of a body that is too long is read and thrown away, so that its sender sees the answer.
const THROWN_AWAY: usize = 1 << 20;

/// A body arrives in this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Reads a body of at most `limit` bytes.
pub async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    match tokio::time::timeout(PATIENCE, collect(body, limit)).await {
        Ok(read) => read,
        Err(_) => Err(Problem::too_slow()),
    }
}

/// Reads on to the end of a body that nobody wants, as far as that is polite.
pub async fn throw_away(body: Body) {
    // Whatever goes wrong now, the answer stands already.
    let _ = tokio::time::timeout(PATIENCE, collect(body, 0)).await;
}

async fn collect(mut body: Body, limit: usize) -> Result<Bytes, Problem> {
    let mut whole: Option<Bytes> = None;
    let mut several: Vec<u8> = Vec::new();
    let mut count = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Problem::malformed("The body broke off."))?;
        let Ok(data) = frame.into_data() else { continue };
        count += data.len();
        if count > limit {
            (whole, several) = (None, Vec::new());
            if count > THROWN_AWAY {
                break;
            }
            continue;
        }
        // Nearly every body comes in one piece, and is not copied.
        match whole.take() {
            None if several.is_empty() => whole = Some(data),
            None => several.extend_from_slice(&data),
            Some(first) => {
                several.reserve(first.len() + data.len());
                several.extend_from_slice(&first);
                several.extend_from_slice(&data);
            }
        }
    }
    if count > limit { Err(Problem::too_large(limit)) } else { Ok(whole.unwrap_or_else(|| several.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::HttpBody;
    use axum::http::StatusCode;
    use http_body::Frame;
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{Context, Poll};

    /// A body of so many pieces of so many bytes, which counts how many were asked for; it never ends if `hangs`.
    struct Pieces {
        left: usize,
        bytes: usize,
        hangs: bool,
        asked: Arc<AtomicUsize>,
    }

    impl HttpBody for Pieces {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            if self.left == 0 {
                return if self.hangs { Poll::Pending } else { Poll::Ready(None) };
            }
            self.left -= 1;
            self.asked.fetch_add(1, Ordering::SeqCst);
            Poll::Ready(Some(Ok(Frame::data(Bytes::from(vec![b'a'; self.bytes])))))
        }
    }

    fn pieces(left: usize, bytes: usize) -> (Body, Arc<AtomicUsize>) {
        let asked = Arc::new(AtomicUsize::new(0));
        (Body::new(Pieces { left, bytes, hangs: false, asked: Arc::clone(&asked) }), asked)
    }

    fn status(read: Result<Bytes, Problem>) -> StatusCode {
        match read {
            Err(Problem::Told(told)) => told.status,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn a_body_is_put_together_from_its_pieces() {
        assert_eq!(read(pieces(3, 10).0, 30).await.unwrap().len(), 30);
        assert_eq!(read(pieces(1, 10).0, 30).await.unwrap().len(), 10);
        assert_eq!(read(Body::empty(), 30).await.unwrap().len(), 0);
    }

    #[tokio::test]
    async fn a_body_that_is_too_long_is_read_on_up_to_a_mebibyte_and_no_further() {
        let (body, asked) = pieces(100, 1_000);
        assert_eq!(status(read(body, 50_000).await), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(asked.load(Ordering::SeqCst), 100);
        let (body, asked) = pieces(1 << 20, 1 << 10);
        assert_eq!(status(read(body, 50_000).await), StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(asked.load(Ordering::SeqCst), 1_025);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let never = Pieces { left: 1, bytes: 1, hangs: true, asked: Arc::default() };
        assert_eq!(status(read(Body::new(never), 10).await), StatusCode::REQUEST_TIMEOUT);
    }
}
