//! What every request needs: the engine, and what the program was told about the web.

use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use domain::values::Ksuid;
use engine::Engine;

use crate::limits::Limits;
use crate::links::Links;

/// Shared by all requests; cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    engine: Arc<Engine>,
    web: WebSettings,
    limits: Limits,
    links: Links,
}

/// The text of `/metrics`, made anew for each look.
pub type MetricsPage = Arc<dyn Fn() -> String + Send + Sync>;

/// What the program was told about the web.
#[derive(Clone)]
pub struct WebSettings {
    /// Public POSTs a minute and address.
    pub rate_limit: NonZeroU32,
    /// How many proxies in front of the program are ours: so many entries of `X-Forwarded-For`, from the right, were
    /// written by them. 0 believes none.
    pub trusted_proxies: usize,
    /// What `/metrics` shows; none means that there is no such page.
    pub metrics: Option<MetricsPage>,
}

impl Default for WebSettings {
    fn default() -> Self {
        let rate_limit = NonZeroU32::MIN.saturating_add(599);
        Self { rate_limit, trusted_proxies: 0, metrics: None }
    }
}

impl fmt::Debug for WebSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rate_limit, trusted_proxies, metrics: _ } = self;
        f.debug_struct("WebSettings")
            .field("rate_limit", rate_limit)
            .field("trusted_proxies", trusted_proxies)
            .finish_non_exhaustive()
    }
}

impl App {
    /// The app of an engine.
    pub fn new(engine: Arc<Engine>, web: WebSettings) -> Self {
        let limits = Limits::new(web.rate_limit, Arc::clone(&engine));
        let links = Links::new(&engine.settings().public_url);
        Self(Arc::new(Shared { engine, web, limits, links }))
    }

    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.0.engine
    }

    /// What the program was told about the web.
    pub fn web(&self) -> &WebSettings {
        &self.0.web
    }

    /// The addresses of this program's pages.
    pub fn links(&self) -> &Links {
        &self.0.links
    }

    /// Who has sent how much.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Scheme and host under which browsers reach this program; no slash at the end.
    pub fn public_url(&self) -> &str {
        &self.0.engine.settings().public_url
    }

    /// Browsers reach this program by TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url().starts_with("https://")
    }

    /// A fresh name for a request that failed, for the log and for whoever reports it.
    pub fn request_name(&self) -> String {
        self.engine().fresh::<Ksuid>().to_string()
    }
}
