//! How it is seen: HTTP, HTML and JSON.
//!
//! [`router`] is all that the program needs. The site map is [`routes`]; who may, and in what order a request is looked
//! at, is in [`route`]. Pages and handlers know the engine's operations and the domain's values, and nothing of how
//! anything is kept.

pub mod access;
pub mod answer;
pub mod api;
pub mod app;
pub mod assets;
mod body;
pub mod call;
pub mod caller;
pub mod client_dashboard;
pub mod customer;
pub mod de_dashboard;
pub mod documents;
pub mod figures;
mod forms;
mod health;
pub mod input;
mod kept;
mod layers;
pub mod letters;
mod limits;
pub mod links;
pub mod names;
pub mod problem;
pub mod route;
pub mod routes;
pub mod scanner;
pub mod shop;
pub mod takes;
#[cfg(test)]
mod testing;
pub mod texts;
pub mod ui;
pub mod visit;
pub mod wording;

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{any, get};

pub use app::{App, MetricsPage, WebSettings};
pub use layers::PAGE_POLICY;

/// All that the program serves. Requests carry their peer's address as `ConnectInfo<SocketAddr>`.
pub fn router(app: &App) -> Router {
    let (ready, metrics) = (app.clone(), app.clone());
    let router = Router::new()
        .route("/healthz", get(health::lives))
        .route("/readyz", get(move || health::is_ready(ready.clone())))
        .route("/metrics", get(move || std::future::ready(health::metrics(&metrics))))
        .route("/assets/{*path}", get(assets::serve))
        // Else the pages of organisations would answer for what the API does not have.
        .route("/api", any(not_found))
        .route("/api/{*rest}", any(not_found));
    let router = site_map(app).into_iter().fold(router, |router, route| route.mount(app, router));
    let (nowhere, otherwise) = (app.clone(), app.clone());
    let router = router
        .fallback(move |request| visit::refuse(nowhere.clone(), request, problem::Problem::not_found()))
        .method_not_allowed_fallback(move |request| {
            visit::refuse(otherwise.clone(), request, problem::Problem::wrong_method())
        });
    layers::around(router, app)
}

/// Every route that there is: the API's and the pages'. What is not in it is not served.
pub fn site_map(app: &App) -> Vec<route::Route> {
    let mut all = routes::all();
    all.extend(shop::routes());
    all.extend(customer::routes(!app.is_secure()));
    all.extend(scanner::routes());
    all.extend(client_dashboard::routes());
    all.extend(de_dashboard::routes());
    all
}

async fn not_found(request: Request) -> Response {
    body::throw_away(request.into_body()).await;
    problem::Problem::not_found().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is not a page: the API, apart from its description for people.
    fn is_page(route: &route::Route) -> bool {
        route.verb == route::Verb::Get && (!route.path.starts_with("/api/") || route.path == api::docs::PATH)
    }

    #[test]
    fn the_list_of_pages_that_the_screenshots_must_show_is_whole() {
        let app = App::new(engine::testing::house().engine, WebSettings::default());
        let mut pages: Vec<String> = site_map(&app).into_iter().filter(is_page).map(|route| route.path).collect();
        pages.sort_unstable();
        let listed = include_str!("../../../tests/browser/pages.txt");
        assert_eq!(pages.join("\n"), listed.trim_end(), "tests/browser/pages.txt should be the left side");
    }
}
