//! A route: a method and a path, who may, what it takes, and what does it. The way of every request is here, once:
//! who sends it, how much they sent, what they may, and only then what they say.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{RawPathParams, Request};
use axum::http::request::Parts;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{MethodFilter, on};
use engine::once::Once;
use engine::scope::Caller;
use schemars::{Schema, SchemaGenerator};

use crate::access::{Access, Ask, Needs, Scope};
use crate::answer::Reply;
use crate::app::App;
use crate::call::{Call, key_of, revision_of};
use crate::kept::KeptPages;
use crate::names::Names;
use crate::problem::Problem;
use crate::takes::{Described, Said, Takes};
use crate::{body, caller, visit};

/// The method of a route. `HEAD` comes with `GET`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Reads.
    Get,
    /// Makes, or does.
    Post,
    /// Changes.
    Patch,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Verb {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Patch => "PATCH",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
            Self::Patch => MethodFilter::PATCH,
            Self::Put => MethodFilter::PUT,
            Self::Delete => MethodFilter::DELETE,
        }
    }
}

pub(crate) type Answering = Pin<Box<dyn Future<Output = Response> + Send>>;
pub(crate) type Endpoint = Arc<dyn Fn(App, Names, Request) -> Answering + Send + Sync>;
type DescribeAnswer = fn(&mut SchemaGenerator) -> Option<(&'static str, Schema)>;

/// A route.
#[derive(Clone)]
pub struct Route {
    /// Its method.
    pub verb: Verb,
    /// Its path, as the router writes it: `/api/v1/organisations/{org}`.
    pub path: String,
    /// Its name, for programs: `create_item`.
    pub name: &'static str,
    /// What it does, in a sentence.
    pub summary: &'static str,
    /// Who may use it.
    pub needs: Needs,
    /// The status of its answer.
    pub status: u16,
    takes: Arc<dyn Fn() -> Described + Send + Sync>,
    answers: DescribeAnswer,
    endpoint: Endpoint,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({})", self.verb.name(), self.path, self.name)
    }
}

impl Route {
    /// A route whose handler gets the scope that `access` proves and the value that `takes` reads. A request that comes
    /// again under its key is answered before it is read.
    pub fn new<A, T, H, F, R>(verb: Verb, path: &str, access: A, takes: T, handler: H) -> Self
    where
        A: Access,
        T: Takes,
        H: Fn(Call<A::Scope, T::Value>) -> F + Copy + Send + Sync + 'static,
        F: Future<Output = Result<R, Problem>> + Send + 'static,
        R: Reply,
    {
        let described = takes.clone();
        let endpoint = move |app: App, names: Names, request: Request| -> Answering {
            let takes = takes.clone();
            Box::pin(async move {
                let (parts, body) = request.into_parts();
                let arrived = Arrived { app: app.clone(), parts, names };
                match serve(arrived, body, access, takes, handler).await {
                    Ok(reply) => reply.send(),
                    Err(problem) => problem.at_the_edge(|| app.request_name()).into_response(),
                }
            })
        };
        Self {
            verb,
            path: path.to_owned(),
            name: "",
            summary: "",
            needs: access.needs(),
            status: R::STATUS.as_u16(),
            takes: Arc::new(move || described.describe()),
            answers: R::describe,
            endpoint: Arc::new(endpoint),
        }
    }

    /// A route whose endpoint goes the whole way by itself: a page.
    pub(crate) fn of(verb: Verb, path: &str, needs: Needs, endpoint: Endpoint) -> Self {
        Self {
            verb,
            path: path.to_owned(),
            name: "",
            summary: "",
            needs,
            status: 200,
            takes: Arc::new(Described::default),
            answers: |_| None,
            endpoint,
        }
    }

    /// A page that is the same for every visitor is made at most once a second: see [`crate::kept`].
    pub(crate) fn kept_for_visitors(mut self) -> Self {
        let (make, pages) = (self.endpoint, Arc::new(KeptPages::default()));
        self.endpoint = Arc::new(move |app, names, request| {
            let (make, pages) = (Arc::clone(&make), Arc::clone(&pages));
            Box::pin(async move { pages.answer(&make, app, names, request).await })
        });
        self
    }

    /// The operation finds out by itself that it was done before: one look less at the store for those that come the
    /// first time.
    pub fn settling_repeats(mut self) -> Self {
        let serve = self.endpoint;
        self.endpoint = Arc::new(move |app, names, mut request| {
            request.extensions_mut().insert(SettledLater);
            serve(app, names, request)
        });
        self
    }

    /// Its name for programs, and what it does, in a sentence.
    pub fn says(mut self, name: &'static str, summary: &'static str) -> Self {
        self.name = name;
        self.summary = summary;
        self
    }

    /// What it takes.
    pub fn takes(&self) -> Described {
        (self.takes)()
    }

    /// The media type and schema of its answer.
    pub fn answers(&self, schemas: &mut SchemaGenerator) -> Option<(&'static str, Schema)> {
        (self.answers)(schemas)
    }

    /// Adds it to a router.
    pub fn mount(self, app: &App, router: Router) -> Router {
        let (endpoint, app) = (self.endpoint, app.clone());
        let handler = move |params: Result<RawPathParams, _>, request: Request| {
            let (endpoint, app) = (Arc::clone(&endpoint), app.clone());
            async move { enter(params, request, endpoint, app).await }
        };
        router.route(&self.path, on(self.verb.filter(), handler))
    }
}

async fn enter(
    params: Result<RawPathParams, axum::extract::rejection::RawPathParamsRejection>,
    request: Request,
    endpoint: Endpoint,
    app: App,
) -> Response {
    // A path without places has no parameters; one whose places are no text names nothing.
    let names = match &params {
        Ok(params) => Names::of(params),
        Err(axum::extract::rejection::RawPathParamsRejection::MissingPathParams(_)) => Ok(Names::default()),
        Err(_) => Err(Problem::not_found()),
    };
    match names {
        Ok(names) => endpoint(app, names, request).await,
        Err(problem) => visit::refuse(app, request, problem).await,
    }
}

/// A request that has arrived, without its body.
struct Arrived {
    app: App,
    parts: Parts,
    names: Names,
}

/// A request that comes again is answered as the first time by its operation, not before it is read.
#[derive(Debug, Clone, Copy)]
struct SettledLater;

/// The way of a request.
async fn serve<A, T, H, F, R>(arrived: Arrived, body: Body, access: A, takes: T, handler: H) -> Result<R, Problem>
where
    A: Access,
    T: Takes,
    H: Fn(Call<A::Scope, T::Value>) -> F,
    F: Future<Output = Result<R, Problem>>,
{
    let (caller, scope) = match admit(&arrived, access).await {
        Ok(admitted) => admitted,
        Err(problem) => {
            body::throw_away(body).await;
            return Err(problem);
        }
    };
    let Arrived { app, parts, names } = arrived;
    let body = body::read(body, takes.limit()).await?;
    let once = once(&parts, &caller, &body)?;
    if parts.extensions.get::<SettledLater>().is_none() {
        app.engine().recall(once.as_ref()).await?;
    }
    let revision = revision_of(&parts.headers)?;
    let said = Said { query: parts.uri.query().unwrap_or_default(), body: &body, currency: scope.currency() };
    let body = takes.read(&said)?;
    handler(Call { app, caller, scope, names, body, revision, once }).await
}

/// Who sends it, whether they sent too much, and what they may.
async fn admit<A: Access>(arrived: &Arrived, access: A) -> Result<(Caller, A::Scope), Problem> {
    let Arrived { app, parts, names, .. } = arrived;
    let caller = caller::caller_of(app, &parts.headers).await?;
    let address = caller::address_of(app, &parts.headers, &parts.extensions);
    if caller == Caller::Public && parts.method == axum::http::Method::POST {
        app.limits().check(address).map_err(Problem::too_many_requests)?;
    }
    let word = word_of(parts.uri.query().unwrap_or_default());
    let ask = Ask { engine: app.engine(), caller: &caller, names, word: word.as_deref(), address };
    let scope = access.prove(ask).await?;
    Ok((caller, scope))
}

/// The secret word of a link.
fn word_of(query: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(name, _)| name == "key").map(|(_, word)| word.into_owned())
}

/// Which request it is, if it is a POST that says so.
fn once(parts: &Parts, caller: &Caller, body: &[u8]) -> Result<Option<Once>, Problem> {
    if parts.method != axum::http::Method::POST {
        return Ok(None);
    }
    let Some(key) = key_of(&parts.headers)? else { return Ok(None) };
    Ok(Some(Once::new(&caller.sender(), &format!("POST {}", parts.uri.path()), key, body)))
}
