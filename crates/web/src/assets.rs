//! The browser's files: CSS, scripts and fonts that Vite built, inside the program.
//!
//! Knows the manifest (source name → hashed file name) and how such a file is served: for ever, because its name
//! changes with its content. Knows nothing of pages, and never compresses: `vite build` writes `.gz` beside.
//!
//! One more entry point: a file in `browser/`, a line in `vite.config.ts`, and `assets::url("that-file.ts")`.

use axum::{
    body::Body,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// Where [`serve`] is mounted: `.route("/assets/{*path}", get(assets::serve))`.
pub const PREFIX: &str = "/assets/";

/// The two fonts that every page needs at once; the others are fetched when a name asks for them.
const FONTS: [&str; 2] = ["figtree-latin-wght-normal", "bricolage-grotesque-latin-700-normal"];

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/browser/dist/"]
struct Dist;

#[derive(Deserialize)]
struct Entry {
    file: String,
    #[serde(default)]
    imports: Vec<String>,
}

type Manifest = BTreeMap<String, Entry>;

static MANIFEST: LazyLock<Manifest> = LazyLock::new(|| {
    Dist::get(".vite/manifest.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
});

/// The URL of an entry point or an asset by its source name: `url("base.ts")` → `/assets/base-DqP3.js`.
///
/// A name that was not built answers a URL that is not found, so that a page still renders; a test holds that every
/// name that the components use exists.
pub fn url(name: &str) -> String {
    match MANIFEST.get(name) {
        Some(entry) => format!("{PREFIX}{}", entry.file),
        None => format!("{PREFIX}not-built/{name}"),
    }
}

/// Scripts that an entry point imports at once, to be named in `<link rel="modulepreload">`; in the manifest's order.
pub fn imports(name: &str) -> Vec<String> {
    let Some(entry) = MANIFEST.get(name) else { return Vec::new() };
    entry.imports.iter().map(|import| url(import)).collect()
}

/// URLs of the fonts that each page preloads, so that text does not change its shape after it is read.
pub fn fonts() -> Vec<String> {
    let is_wanted = |key: &&String| FONTS.iter().any(|font| key.contains(font));
    MANIFEST.keys().filter(is_wanted).map(|key| url(key)).collect()
}

/// Answers a built file by its hashed name: its type, an `ETag`, a year of `immutable`, and the compressed twin for
/// whoever accepts gzip. 404 for anything else, 304 when the reader has it.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let is_public = !path.starts_with('.') && !path.contains("..") && path.strip_suffix(".gz").is_none();
    let Some(file) = is_public.then(|| Dist::get(&path)).flatten() else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let compressed = accepts_gzip(&headers).then(|| Dist::get(&format!("{path}.gz"))).flatten();
    let coding = compressed.is_some().then_some("gzip");
    let file = compressed.unwrap_or(file);
    let tag = etag(&file);

    let mut response = if is_known(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let mut full = Response::new(Body::from(file.data.into_owned()));
        full.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path)));
        if let Some(coding) = coding {
            full.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        full
    };
    let caching = [
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    for (name, value) in caching {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

pub(crate) fn accepts_gzip(headers: &HeaderMap) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).any(|value| {
        value.split(',').any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"))
                && parts.next().is_none_or(|quality| !matches!(quality, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    })
}

fn etag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let short = hash.get(..12).unwrap_or_default();
    format!("\"{}\"", data_encoding::HEXLOWER.encode(short))
}

fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.split(',').any(|known| known.trim().trim_start_matches("W/") == tag))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    const ENTRIES: [&str; 6] = ["base.css", "base.ts", "shop.ts", "dashboard.ts", "live.ts", "scanner.ts"];

    async fn fetch(url: &str, headers: &[(header::HeaderName, &'static str)]) -> Response {
        let path = url.trim_start_matches(PREFIX).to_owned();
        let headers = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        serve(Path(path), headers).await
    }

    #[test]
    fn every_entry_point_was_built_and_has_a_hash_in_its_name() {
        for name in ENTRIES {
            let url = url(name);
            assert!(url.starts_with("/assets/") && url.contains('-') && !url.contains("not-built"), "{name}: {url}");
        }
        assert_eq!(fonts().len(), FONTS.len());
    }

    #[test]
    fn a_name_that_was_not_built_still_answers_a_url() {
        assert_eq!(url("nothing.ts"), "/assets/not-built/nothing.ts");
        assert!(imports("nothing.ts").is_empty());
    }

    #[tokio::test]
    async fn a_file_is_compressed_for_whoever_accepts_it_and_whole_for_others() {
        let plain = fetch(&url("base.css"), &[(header::ACCEPT_ENCODING, "br, gzip;q=0")]).await;
        assert_eq!(plain.headers().get(header::CONTENT_TYPE).unwrap(), "text/css; charset=utf-8");
        assert!(plain.headers().get(header::CONTENT_ENCODING).is_none());
        let plain = plain.into_body().collect().await.unwrap().to_bytes();

        let small = fetch(&url("base.css"), &[(header::ACCEPT_ENCODING, "gzip, deflate")]).await;
        assert_eq!(small.headers().get(header::CONTENT_ENCODING).unwrap(), "gzip");
        assert_eq!(small.headers().get(header::CACHE_CONTROL).unwrap(), "public, max-age=31536000, immutable");
        let small = small.into_body().collect().await.unwrap().to_bytes();
        assert!(small.len() * 3 < plain.len(), "{} of {}", small.len(), plain.len());
    }

    #[tokio::test]
    async fn whoever_has_the_file_is_told_so_without_sending_it_again() {
        let first = fetch(&url("base.ts"), &[]).await;
        let tag = first.headers().get(header::ETAG).unwrap().clone();
        let headers = HeaderMap::from_iter([(header::IF_NONE_MATCH, tag)]);
        let second = serve(Path(url("base.ts").trim_start_matches(PREFIX).to_owned()), headers).await;
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert!(second.into_body().collect().await.unwrap().to_bytes().is_empty());
    }

    #[tokio::test]
    async fn the_manifest_the_twins_and_paths_upwards_are_not_found() {
        for path in [".vite/manifest.json", "../Cargo.toml", "base.css.gz", "", "nothing.js"] {
            let response = serve(Path(path.to_owned()), HeaderMap::new()).await;
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn what_every_page_fetches_weighs_less_than_100_kb() {
        let weigh = |url: &String| {
            let path = url.trim_start_matches(PREFIX);
            let twin = Dist::get(&format!("{path}.gz")).or_else(|| Dist::get(path));
            twin.map_or(0, |file| file.data.len())
        };
        let scripts = [url("base.css"), url("base.ts")].into_iter().chain(imports("base.ts"));
        let bytes: usize = scripts.chain(fonts()).map(|url| weigh(&url)).sum();
        assert!((40_000..100_000).contains(&bytes), "{bytes} bytes");
    }
}
