//! Connections: taking them, giving each only so long to say what it wants, and letting those in flight finish.
//!
//! Knows nothing of what is served. How long a body may take is decided where it is read.

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::ConnectInfo;
use axum::middleware::AddExtension;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tower::Layer as _;

/// How long the head of a request may take, and how long a connection may lie idle before it. Whoever sends a letter
/// now and then to keep connections busy has them for this long and no longer.
const HEAD_WITHIN: Duration = Duration::from_secs(30);

/// After this the next connection is tried where one could not be taken: most likely there are too many.
const BREATHE: Duration = Duration::from_millis(100);

/// What answers the requests of one connection: the router, which is told whose they are.
type Service = TowerToHyperService<AddExtension<Router, ConnectInfo<SocketAddr>>>;

/// Serves until `stopping`; then lets requests in flight finish, for as long as `finish_within`.
pub async fn serve(listener: TcpListener, router: Router, stopping: impl Future<Output = ()>, finish_within: Duration) {
    let graceful = GracefulShutdown::new();
    let mut stopping = std::pin::pin!(stopping);
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            () = &mut stopping => break,
        };
        match taken {
            Ok((stream, peer)) => {
                // An answer that is ready is sent; a failure to say so only makes it slower.
                let _ = stream.set_nodelay(true);
                let connection = graceful.watch(connection(stream, peer, router.clone()));
                // What goes wrong with a connection is its other end's affair.
                tokio::spawn(async move { drop(connection.await) });
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(BREATHE).await;
            }
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(finish_within) => {}
    }
}

/// One connection, until either side ends it.
fn connection<S>(stream: S, peer: SocketAddr, router: Router) -> http1::Connection<TokioIo<S>, Service>
where
    S: AsyncRead + AsyncWrite + Unpin + 'static,
{
    let service = Extension(ConnectInfo(peer)).layer(router);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};
    use tokio::time::Instant;

    /// The other end of a connection that is being served.
    fn open() -> DuplexStream {
        let (near, far) = tokio::io::duplex(1 << 16);
        let who = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.to_string() };
        let router = Router::new().route("/", get(who));
        tokio::spawn(async move { drop(connection(far, "192.0.2.7:99".parse().unwrap(), router).await) });
        near
    }

    /// All that comes until the other side ends it, and after how long that is.
    async fn until_the_end(near: &mut DuplexStream) -> (String, Duration) {
        let (since, mut all) = (Instant::now(), String::new());
        // It may be cut off as well as ended.
        let _ = near.read_to_string(&mut all).await;
        (all, since.elapsed())
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_is_answered_and_knows_its_peer() {
        let mut near = open();
        near.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
        let (answer, _) = until_the_end(&mut near).await;
        assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("192.0.2.7:99"), "{answer}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_that_says_nothing_or_stops_in_the_middle_is_ended() {
        for said in ["", "GET / HTTP/1.1\r\nHo", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"] {
            let mut near = open();
            near.write_all(said.as_bytes()).await.unwrap();
            let (_, lasted) = until_the_end(&mut near).await;
            assert!(lasted <= HEAD_WITHIN + Duration::from_secs(1), "{said:?}: {lasted:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_comes_letter_by_letter_is_not_waited_for() {
        let mut near = open();
        near.write_all(b"GET / HTTP/1.1\r\n").await.unwrap();
        let since = Instant::now();
        while near.write_all(b"x: y\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_secs(1)).await;
            assert!(since.elapsed() < 2 * HEAD_WITHIN);
        }
    }
}
