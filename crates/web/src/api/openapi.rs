//! The API's description, OpenAPI 3.1, made from the routes: what they take describes itself with the kinds that read
//! it, what they answer with the types that are written.

use std::sync::LazyLock;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value as Json, json};

use crate::access::{Needs, Unproved};
use crate::answer::{JSON, Media};
use crate::call::Call;
use crate::problem::{PROBLEM_JSON, Problem, ProblemBody};
use crate::route::{Route, Verb};
use crate::routes;

/// Where it is.
pub const PATH: &str = "/api/v1/openapi.json";

static DOCUMENT: LazyLock<String> = LazyLock::new(|| document(&routes::all()).to_string());

/// The description.
pub async fn read(_: Call<Unproved>) -> Result<Media, Problem> {
    Ok(Media { media_type: JSON, body: DOCUMENT.clone().into_bytes() })
}

/// The description of some routes.
pub fn document(routes: &[Route]) -> Json {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.for_serialize().into_generator();
    let problem = schemas.subschema_for::<ProblemBody<'static>>();
    let mut paths: Map<String, Json> = Map::new();
    for route in routes {
        let methods = paths.entry(route.path.clone()).or_insert_with(|| json!({}));
        if let Some(methods) = methods.as_object_mut() {
            methods.insert(route.verb.name().to_ascii_lowercase(), operation(route, &mut schemas));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Dance Engine", "version": env!("CARGO_PKG_VERSION"), "description": INTRODUCTION },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "responses": { "Problem": { "description": "Why it was not done.", "content": { PROBLEM_JSON: { "schema": problem } } } },
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer" },
                "session": { "type": "apiKey", "in": "cookie", "name": "__Host-session" },
            },
        },
    })
}

/// What holds for all of it.
pub(super) const INTRODUCTION: &str = "Tickets for dance events. Times are RFC 3339 in UTC, money is in minor units, identifiers are \
    KSUIDs or slugs. Unknown fields are errors. Every POST takes an Idempotency-Key. Errors are RFC 9457 problems with a \
    stable code.";

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Json {
    let takes = route.takes();
    let body = takes.body.map(|(media_type, schema)| {
        json!({ "required": !takes.may_be_empty, "content": { media_type: { "schema": schema } } })
    });
    let mut operation = json!({
        "operationId": route.name,
        "summary": route.summary,
        "description": needed(route.needs),
        "tags": [tag_of(&route.path)],
        "parameters": parameters(route, takes.query.as_ref()),
        "requestBody": body,
        "responses": {
            route.status.to_string(): answer(route, schemas),
            "default": { "$ref": "#/components/responses/Problem" },
        },
        "security": security(route.needs),
    });
    if let Some(operation) = operation.as_object_mut() {
        operation.retain(|_, value| !value.is_null());
    }
    operation
}

fn answer(route: &Route, schemas: &mut SchemaGenerator) -> Json {
    match route.answers(schemas) {
        Some((media_type, schema)) => {
            json!({ "description": "Done.", "content": { media_type: { "schema": schema } } })
        }
        None => json!({ "description": "Done." }),
    }
}

fn parameters(route: &Route, query: Option<&Json>) -> Vec<Json> {
    let mut parameters: Vec<Json> = places(&route.path).map(place).collect();
    let properties = query.and_then(|query| query.get("properties")?.as_object());
    for (name, schema) in properties.into_iter().flatten() {
        parameters.push(json!({ "name": name, "in": "query", "schema": schema }));
    }
    if matches!(route.needs, Needs::RoleOrLink(_)) {
        let about = "The secret word of the link, for whoever has no token.";
        parameters.push(json!({ "name": "key", "in": "query", "description": about, "schema": { "type": "string" } }));
    }
    if route.verb == Verb::Post {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" });
        let about = "The same request with the same key takes effect once and is answered alike, for 24 h.";
        parameters.push(json!({ "name": "Idempotency-Key", "in": "header", "description": about, "schema": schema }));
    }
    if route.verb == Verb::Patch {
        let about = "The revision that was read; 409 if it is another by now.";
        let schema = json!({ "type": "string", "pattern": "^(\\*|(W/)?\"?[0-9]+\"?)$" });
        parameters.push(json!({ "name": "If-Match", "in": "header", "description": about, "schema": schema }));
    }
    parameters
}

/// The places of a path, `{org}`.
fn places(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn place(name: &str) -> Json {
    let schema = match name {
        "id" | "number" => json!({ "type": "string", "pattern": "^[0-9A-Za-z]{27}$" }),
        _ => json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 64 }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// The noun of a path: the last part that is no place.
pub(super) fn tag_of(path: &str) -> &str {
    let fixed = |part: &&str| !part.starts_with('{') && !part.is_empty();
    let nouns: Vec<&str> = path.trim_start_matches("/api/v1").split('/').filter(fixed).collect();
    match nouns.as_slice() {
        [.., "series", "events"] => "series",
        [.., noun @ ("orders" | "tickets" | "doors" | "wristbands"), _] | [.., noun] => noun,
        [] => "api",
    }
}

fn security(needs: Needs) -> Json {
    let either = json!([{ "token": [] }, { "session": [] }]);
    match needs {
        Needs::Nothing | Needs::RoleOrLink(_) => json!([{}, { "token": [] }, { "session": [] }]),
        Needs::Role(_) | Needs::Platform | Needs::RoleOrPlatform(_) => either,
        Needs::Person => json!([{ "session": [] }]),
    }
}

/// Who may, in words.
pub(super) fn needed(needs: Needs) -> Option<String> {
    let roles = |permission| {
        let roles = domain::people::StaffRole::ALL.into_iter().filter(move |role| role.may(permission));
        roles.map(domain::people::StaffRole::word).collect::<Vec<_>>().join(", ")
    };
    match needs {
        Needs::Nothing => None,
        Needs::Role(permission) => Some(format!("For {}.", roles(permission))),
        Needs::Platform => Some("For the platform.".to_owned()),
        Needs::RoleOrPlatform(permission) => Some(format!("For {}, and the platform.", roles(permission))),
        Needs::Person => Some("For whoever is signed in.".to_owned()),
        Needs::RoleOrLink(permission) => Some(format!("For {}, and whoever has its secret link.", roles(permission))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_of_the_description_leads_somewhere() {
        let document = document(&routes::all());
        let text = document.to_string();
        for (at, _) in text.match_indices("\"$ref\":\"#") {
            let pointer = text[at..].split('"').nth(3).unwrap().trim_start_matches('#');
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
        assert!(document["components"]["schemas"]["Order"]["properties"]["manage_url"].is_object());
    }

    #[test]
    fn a_body_is_described_by_what_reads_it() {
        let document = document(&routes::all());
        let place = &document["paths"]["/api/v1/organisations/{org}/events/{event}/orders"]["post"];
        let body = &place["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(body["required"], json!(["buyer", "tickets", "payment"]));
        assert_eq!(body["properties"]["tickets"]["maxItems"], json!(30));
        assert!(place["responses"]["201"]["content"]["application/json"]["schema"]["$ref"].is_string());
        let next = &document["paths"]["/api/v1/organisations/{org}/series/{series}/events"]["post"]["requestBody"];
        assert_eq!(next["content"]["application/json"]["schema"]["anyOf"].as_array().map(Vec::len), Some(2));
    }
}
