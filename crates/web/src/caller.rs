//! Who sends a request: a program with a token, a person who signed in with this browser, or the public; and from where.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap, header};
use engine::scope::Caller;

use crate::app::App;
use crate::problem::Problem;

/// The name of the cookie that signs a browser in. `__Host-` binds it to this host, and needs TLS.
pub fn session_cookie(app: &App) -> &'static str {
    if app.is_secure() { "__Host-session" } else { "session" }
}

/// Who sends it. A token that is unknown or revoked is refused on every route, public ones too, so that nobody
/// believes it works; a browser whose session is over is the public.
pub async fn caller_of(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    if let Some(authorization) = headers.get(header::AUTHORIZATION) {
        let token = authorization.to_str().ok().and_then(bearer).ok_or_else(Problem::unauthenticated)?;
        return app.engine().caller_of_token(token).await?.ok_or_else(Problem::unauthenticated);
    }
    match session_of(app, headers) {
        Some(secret) => Ok(app.engine().caller_of_session(secret).await?.unwrap_or(Caller::Public)),
        None => Ok(Caller::Public),
    }
}

/// The secret of the browser's session, if it sent one.
pub fn session_of<'a>(app: &App, headers: &'a HeaderMap) -> Option<&'a str> {
    let name = session_cookie(app);
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

fn bearer(authorization: &str) -> Option<&str> {
    let (scheme, token) = authorization.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

/// The address of the network that a request comes from: the peer's, or, behind proxies of ours, the one that the
/// outermost of them wrote down.
pub fn address_of(app: &App, headers: &HeaderMap, extensions: &Extensions) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>();
    let peer = peer.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(address)| address.ip());
    match app.web().trusted_proxies {
        0 => peer,
        proxies => forwarded_for(headers, proxies).unwrap_or(peer),
    }
}

/// The address that the outermost of our proxies saw: so many entries from the right. Anything to its left was written
/// by whoever sent the request.
fn forwarded_for(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let entries: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    let entry = entries.get(entries.len().saturating_sub(proxies))?;
    entry.parse().ok().or_else(|| entry.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use rstest::rstest;

    #[rstest]
    #[case("Bearer abc", Some("abc"))]
    #[case("bearer  abc ", Some("abc"))]
    #[case("Bearer ", None)]
    #[case("Bearer", None)]
    #[case("Basic abc", None)]
    fn a_token_is_what_follows_bearer(#[case] header: &str, #[case] token: Option<&str>) {
        assert_eq!(bearer(header), token);
    }

    #[rstest]
    #[case(&["1.1.1.1, 2.2.2.2"], 1, Some("2.2.2.2"))]
    #[case(&["1.1.1.1, 2.2.2.2"], 2, Some("1.1.1.1"))]
    #[case(&["9.9.9.9", "1.1.1.1, 2.2.2.2"], 2, Some("1.1.1.1"))]
    #[case(&["2.2.2.2"], 3, Some("2.2.2.2"))]
    #[case(&["[2001:db8::1]:443"], 1, Some("2001:db8::1"))]
    #[case(&["nobody"], 1, None)]
    #[case(&[], 1, None)]
    fn only_what_our_proxies_wrote_is_believed(
        #[case] lines: &[&'static str],
        #[case] proxies: usize,
        #[case] address: Option<&str>,
    ) {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append("x-forwarded-for", HeaderValue::from_static(line));
        }
        assert_eq!(forwarded_for(&headers, proxies), address.map(|address| address.parse().unwrap()));
    }
}
