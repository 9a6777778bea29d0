//! The API's description for people: one page, made from the same routes.

use maud::{Markup, Render as _, html};
use serde_json::Value as Json;

use super::openapi::{self, needed, tag_of};
use crate::access::Unproved;
use crate::answer::Media;
use crate::call::Call;
use crate::problem::{CODES, Problem};
use crate::route::Route;
use crate::routes;
use crate::texts::Texts;
use crate::ui::{Face, Page};

/// Where it is.
pub const PATH: &str = "/api/docs";

/// The page.
pub async fn read(_: Call<Unproved>) -> Result<Media, Problem> {
    let page = page(&routes::all()).into_string();
    Ok(Media { media_type: "text/html; charset=utf-8", body: page.into_bytes() })
}

fn page(routes: &[Route]) -> Markup {
    let mut tags: Vec<&str> = Vec::new();
    for tag in routes.iter().map(|route| tag_of(&route.path)) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let content = html! {
        h1 { "The API" }
        p { (openapi::INTRODUCTION) }
        p { "As OpenAPI 3.1: " a href=(openapi::PATH) { (openapi::PATH) } }
        nav aria-label="Nouns" { ul { @for tag in &tags { li { a href={ "#" (tag) } { (tag) } } } } }
        @for tag in &tags {
            section id=(tag) {
                h2 { (tag) }
                @for route in routes.iter().filter(|route| tag_of(&route.path) == *tag) { (operation(route)) }
            }
        }
        section id="errors" {
            h2 { "Errors" }
            dl { @for (status, code, words) in CODES { dt id=(code) { code { (code) } " " (status) } dd { (words) } } }
        }
    };
    Page::new(Texts::default(), Face::Shop, "The API").content(content).render()
}

fn operation(route: &Route) -> Markup {
    let takes = route.takes();
    html! {
        article id=(route.name) {
            h3 { code { (route.verb.name()) " " (route.path) } }
            p { (route.summary) @if let Some(needed) = needed(route.needs) { " " (needed) } " Answers " (route.status) "." }
            @if let Some(query) = &takes.query { (fields("Query", query)) }
            @if let Some((_, body)) = &takes.body {
                @match list_in(body, "anyOf") {
                    [] => (fields("Body", body)),
                    bodies => @for body in bodies { (fields("Body, one of", body)) },
                }
            }
        }
    }
}

fn fields(caption: &str, schema: &Json) -> Markup {
    let required: Vec<&str> = list_in(schema, "required").iter().filter_map(Json::as_str).collect();
    html! {
        @if let Some(properties) = schema.get("properties").and_then(Json::as_object) {
            table {
                caption { (caption) }
                @for (name, schema) in properties {
                    tr {
                        th scope="row" { code { (name) } @if required.contains(&name.as_str()) { " (needed)" } }
                        td { (kind_of(schema)) @if let Some(words) = text_in(schema, "description") { ". " (words) } }
                    }
                }
            }
        }
    }
}

fn text_in<'a>(schema: &'a Json, name: &str) -> Option<&'a str> {
    schema.get(name).and_then(Json::as_str)
}

fn list_in<'a>(schema: &'a Json, name: &str) -> &'a [Json] {
    schema.get(name).and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A schema in a few words.
fn kind_of(schema: &Json) -> String {
    let (words, kinds) = (list_in(schema, "enum"), list_in(schema, "anyOf"));
    if !words.is_empty() {
        return words.iter().filter_map(Json::as_str).collect::<Vec<_>>().join(" | ");
    }
    if !kinds.is_empty() {
        return kinds.iter().map(kind_of).collect::<Vec<_>>().join(" | ");
    }
    if let Some(word) = text_in(schema, "const") {
        return format!("\"{word}\"");
    }
    let inner = |name| schema.get(name).map(kind_of).unwrap_or_default();
    match text_in(schema, "type") {
        Some("array") => format!("list of {}", inner("items")),
        Some("object") => match schema.get("properties").and_then(Json::as_object) {
            Some(properties) => format!("{{{}}}", properties.keys().map(String::as_str).collect::<Vec<_>>().join(", ")),
            None => format!("map of {}", inner("additionalProperties")),
        },
        Some("string") => text_in(schema, "format").unwrap_or("text").to_owned(),
        Some(other) => other.to_owned(),
        None => "text, number, or yes or no".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_tells_of_every_route_and_every_code() {
        let html = page(&routes::all()).into_string();
        for route in routes::all() {
            assert!(html.contains(&format!("<article id=\"{}\">", route.name)), "{}", route.name);
        }
        for (_, code, _) in CODES {
            assert!(html.contains(&format!("<dt id=\"{code}\">")), "{code}");
        }
        assert!(html.contains("draft | live"), "{html}");
    }
}
