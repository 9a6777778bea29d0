//! Pages: the way of a request that a person's browser sends. Who may is proved as for the API; what goes wrong is a
//! page too, and a form comes back with what was typed and a sentence beside each field.

use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use domain::values::{Faults, Ksuid, Slug};
use engine::Engine;
use engine::once::{Answer, Once};
use engine::scope::Caller;
use jiff::tz::TimeZone;
use maud::{Markup, Render as _, html};
use serde_json::Value as Json;

use crate::access::{Access, Ask, Scope as _};
use crate::app::App;
use crate::input::{self, Body as Fields, Setting, form_to_json};
use crate::names::Names;
use crate::problem::{Problem, Told};
use crate::route::{Route, Verb};
use crate::texts::{Lang, Texts};
use crate::ui::{Button, Empty, Face, Icon, Page};
use crate::{body, caller, links, wording};

/// The field that tells one showing of a form from another.
const ONCE: &str = "once";

/// Most bytes of a form.
const FORM_LIMIT: usize = 256 * 1024;

/// Most faults that a page without a form tells.
const MOST_SENTENCES: usize = 10;

/// A visit of somebody who may.
#[derive(Debug)]
pub struct Visit<S> {
    /// What every request needs.
    pub app: App,
    /// Who it is.
    pub caller: Caller,
    /// What that proves.
    pub scope: S,
    /// The names in its path.
    pub names: Names,
    /// The words of their language.
    pub texts: Texts,
    /// What was sent: the fields of a form, else of the query string.
    pub sent: Sent,
    /// Which sending of a form it is, where the form said so with [`Visit::once_field`].
    pub once: Option<Once>,
    /// A script asks for a part of a page.
    pub is_partial: bool,
    /// The path and query that was asked for.
    pub here: String,
    /// The secret of the browser's session.
    pub session: Option<String>,
}

/// The fields of a form or a query string, as they were typed.
#[derive(Debug, Clone, Default)]
pub struct Sent {
    fields: Json,
    setting: Setting,
}

/// Why a page was not shown.
pub type Shown = Result<Response, Problem>;

impl<S> Visit<S> {
    /// What the product does.
    pub fn engine(&self) -> &Engine {
        self.app.engine()
    }

    /// The event in the path.
    pub fn event(&self) -> Result<&Slug, Problem> {
        self.names.event()
    }

    /// The identifier in the path.
    pub fn id<T: From<Ksuid>>(&self) -> Result<T, Problem> {
        self.names.id()
    }

    /// A field for a form that makes something: sent twice as it is, it makes one, and leads to the same place. Only
    /// for pages that are made for one reader, since whoever sends the same form again is taken for the same.
    pub fn once_field(&self) -> Markup {
        html! { input type="hidden" name=(ONCE) value=(self.engine().fresh::<Ksuid>()); }
    }
}

/// Where a form leads, as an answer that is kept for when the form is sent again.
pub fn leads_to(href: links::Href) -> Answer {
    Answer { status: StatusCode::SEE_OTHER.as_u16(), body: href.into() }
}

impl Sent {
    /// Reads the fields, or tells every fault.
    pub fn read<T>(&self, fields: Fields<T>) -> Result<T, Faults> {
        input::read(&self.fields, &self.setting, fields)
    }

    /// The same with local times in this zone.
    pub fn read_in<T>(&self, zone: TimeZone, fields: Fields<T>) -> Result<T, Faults> {
        let setting = Setting::text(self.setting.currency, Some(zone));
        input::read(&self.fields, &setting, fields)
    }

    /// What was typed in a field: `/tickets/0/full_name`.
    pub fn typed(&self, pointer: &str) -> &str {
        self.fields.pointer(pointer).and_then(Json::as_str).unwrap_or_default()
    }

    /// All that was typed in a field that can be given several times.
    pub fn all(&self, pointer: &str) -> Vec<&str> {
        match self.fields.pointer(pointer) {
            Some(Json::Array(values)) => values.iter().filter_map(Json::as_str).collect(),
            Some(Json::String(value)) => vec![value],
            _ => Vec::new(),
        }
    }

    /// The fields below one: name and value.
    pub fn below(&self, pointer: &str) -> Vec<(&str, &Json)> {
        let object = self.fields.pointer(pointer).and_then(Json::as_object);
        object.into_iter().flatten().map(|(name, value)| (name.as_str(), value)).collect()
    }

    /// Nothing was sent.
    pub fn is_empty(&self) -> bool {
        self.fields.as_object().is_none_or(serde_json::Map::is_empty)
    }
}

/// The sentence about a field, if something is wrong with it or with what is below it.
pub fn fault_at(texts: Texts, faults: &Faults, pointer: &str) -> Option<String> {
    let found = faults.list().iter().find(|fault| fault.at.as_str() == pointer);
    found.map(|fault| wording::fault(texts, &fault.wrong))
}

impl Route {
    /// A page.
    pub fn page<A, H, F>(verb: Verb, path: &str, access: A, handler: H) -> Self
    where
        A: Access,
        H: Fn(Visit<A::Scope>) -> F + Copy + Send + Sync + 'static,
        F: Future<Output = Shown> + Send + 'static,
    {
        Self::of(
            verb,
            path,
            access.needs(),
            Arc::new(move |app: App, names: Names, request: Request| {
                Box::pin(async move {
                    let (parts, body) = request.into_parts();
                    let texts = Texts::of(language(&parts.headers));
                    let here = place_of(&parts);
                    let is_partial = parts.headers.contains_key("hx-request");
                    match visit(&app, parts, body, names, access).await {
                        Ok(visit) => match handler(visit).await {
                            Ok(response) => response,
                            Err(problem) => trouble(&app, texts, problem, &here, is_partial),
                        },
                        Err(problem) => trouble(&app, texts, problem, &here, is_partial),
                    }
                })
            }),
        )
    }
}

/// Refuses a request before it is anybody's: to a program in its form, to a person as a page.
pub(crate) async fn refuse(app: App, request: Request, problem: Problem) -> Response {
    let (parts, sent) = request.into_parts();
    body::throw_away(sent).await;
    let path = parts.uri.path();
    if path == "/api" || path.starts_with("/api/") {
        return problem.into_response();
    }
    let is_partial = parts.headers.contains_key("hx-request");
    trouble(&app, Texts::of(language(&parts.headers)), problem, path, is_partial)
}

async fn visit<A: Access>(
    app: &App,
    parts: axum::http::request::Parts,
    sent: Body,
    names: Names,
    access: A,
) -> Result<Visit<A::Scope>, Problem> {
    let caller = caller::caller_of(app, &parts.headers).await?;
    let address = caller::address_of(app, &parts.headers, &parts.extensions);
    if caller == Caller::Public && parts.method == axum::http::Method::POST {
        app.limits().check(address).map_err(Problem::too_many_requests)?;
    }
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let word = url::form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "key")
        .map(|(_, word)| word.into_owned());
    let ask = Ask { engine: app.engine(), caller: &caller, names: &names, word: word.as_deref(), address };
    let scope = access.prove(ask).await?;
    let sent = body::read(sent, FORM_LIMIT).await?;
    let written = if parts.method == axum::http::Method::POST { &*sent } else { query.as_bytes() };
    let mut fields = form_to_json(written).map_err(|_| Problem::malformed("The form is not readable."))?;
    let is_told_apart = fields.as_object_mut().and_then(|fields| fields.remove(ONCE)).is_some();
    // What tells a form apart is part of what was sent: all of it together is the key.
    let once = (is_told_apart && parts.method == axum::http::Method::POST).then(|| {
        let all = String::from_utf8_lossy(written);
        Once::new(&caller.sender(), &format!("POST {}", parts.uri.path()), &all, written)
    });
    Ok(Visit {
        once,
        texts: Texts::of(language(&parts.headers)),
        sent: Sent { fields, setting: Setting::text(scope.currency(), None) },
        is_partial: parts.headers.contains_key("hx-request"),
        here: parts.uri.to_string(),
        session: caller::session_of(app, &parts.headers).map(ToOwned::to_owned),
        app: app.clone(),
        caller,
        scope,
        names,
    })
}

/// Where somebody is, to come back to: the page that was asked for, or the one whose form was sent. (What a form is
/// sent to need not be a page.)
fn place_of(parts: &axum::http::request::Parts) -> String {
    let asked = parts.uri.to_string();
    if parts.method != axum::http::Method::POST {
        return asked;
    }
    let text = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(from), Some(host)) = (text(header::REFERER), text(header::HOST)) else { return asked };
    let ours =
        from.split_once("://").and_then(|(_, rest)| rest.strip_prefix(host)).filter(|path| path.starts_with('/'));
    ours.map_or(asked, ToOwned::to_owned)
}

/// The language that the browser asks for.
pub(crate) fn language(headers: &HeaderMap) -> Lang {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Lang::accepted(accepted.unwrap_or_default())
}

/// A whole page, or a part of one.
pub fn show(markup: &Markup) -> Response {
    show_with(StatusCode::OK, markup)
}

/// The same with another status: a form that comes back.
pub fn show_with(status: StatusCode, markup: &Markup) -> Response {
    let mut response = Response::new(Body::from(markup.0.clone()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    response
}

/// Elsewhere, with a GET: after a form was done.
pub fn go(to: impl Into<String>) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    // Addresses are made by `links` and are of ASCII.
    if let Ok(to) = HeaderValue::try_from(to.into()) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// A file: its media type, its name if it is to be saved, its bytes.
pub fn file(media_type: &'static str, name: Option<&str>, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    let name = name.map(|name| format!("attachment; filename=\"{name}\""));
    if let Some(disposition) = name.and_then(|name| HeaderValue::try_from(name).ok()) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// What went wrong, as a page; somebody who should sign in is sent there, and back afterwards.
fn trouble(app: &App, texts: Texts, problem: Problem, here: &str, is_partial: bool) -> Response {
    let told = match problem.at_the_edge(|| app.request_name()) {
        Problem::Told(told) => *told,
        Problem::Replayed(answer) => return go(answer.body),
        other @ Problem::Failed(_) => return other.into_response(),
    };
    if told.status == StatusCode::UNAUTHORIZED {
        return go(links::sign_in().with("to", here).to_string());
    }
    let (title, sentence) = words_of(texts, &told);
    let home = Button::link("/", texts.say("trouble-home")).primary();
    let panel = html! {
        @let empty = Empty::new(Icon::Warning, &*title, &*sentence).actions(html! { (home) });
        (empty)
    };
    let markup = if is_partial {
        panel
    } else {
        Page::new(texts, Face::Shop, &*title).content(html! { h1.unseen { (title) } (panel) }).private().render()
    };
    let mut response = show_with(told.status, &markup);
    told.add_headers(&mut response);
    response
}

fn words_of(texts: Texts, told: &Told) -> (String, String) {
    let key = match told.status {
        StatusCode::NOT_FOUND => "trouble-not-found",
        StatusCode::FORBIDDEN => "trouble-forbidden",
        StatusCode::CONFLICT => "trouble-conflict",
        StatusCode::TOO_MANY_REQUESTS => "trouble-too-many",
        status if status.is_server_error() => "trouble-ours",
        _ => "trouble-invalid",
    };
    let mut sentence = texts.say(&format!("{key}-more"));
    if !told.faults.is_empty() {
        let faults = told.faults.list().iter().take(MOST_SENTENCES);
        let faults: Vec<String> = faults.map(|fault| wording::fault(texts, &fault.wrong)).collect();
        sentence = format!("{sentence} {}", faults.join(" "));
    }
    (texts.say(key), sentence)
}
