//! The first table: every route and everybody.

use std::collections::{BTreeMap, BTreeSet};

use engine::testing::{House, house};
use web::{App, WebSettings};

use super::table::{Row, table};
use super::town::{Carrying, Town};
use super::words::{path_of, request_at};

/// Whom a column stands for: its name in the table, and what they carry.
fn everybody(town: &Town) -> Vec<(&'static str, Vec<Carrying>)> {
    let both =
        |(token, session): &(String, String)| vec![Carrying::Token(token.clone()), Carrying::Session(session.clone())];
    let staff = |column, role| (column, both(&town.north.staff[role]));
    vec![
        ("nobody", vec![Carrying::Nothing]),
        staff("owner", "owner"),
        staff("manager", "manager"),
        staff("box office", "box_office"),
        staff("door", "door"),
        staff("content", "content"),
        ("stranger", both(&town.south.staff["owner"])),
        ("platform", both(&town.platform)),
        ("person", vec![Carrying::Session(town.people["person"].clone())]),
    ]
}

/// What a cell expects of each of those who stand in its column.
fn expected(cell: &'static str, count: usize) -> Vec<&'static str> {
    let each: Vec<&str> = cell.split(" / ").collect();
    if each.len() == 1 { vec![cell; count] } else { each }
}

#[test]
fn every_route_has_a_line_and_every_line_a_route() {
    let app = App::new(house().engine, WebSettings::default());
    let routes: Vec<String> =
        web::site_map(&app).iter().map(|route| format!("{} {}", route.verb.name(), route.path)).collect();
    let lines: Vec<String> = table("Everybody").iter().map(Row::route).collect();
    let (routes_once, lines_once): (BTreeSet<_>, BTreeSet<_>) = (routes.iter().collect(), lines.iter().collect());
    assert_eq!(lines_once.len(), lines.len(), "a route has two lines");
    assert_eq!(routes_once, lines_once);
}

#[tokio::test]
async fn every_route_answers_everybody_what_the_table_says_and_what_it_refuses_changes_nothing() {
    let (mut town, first) = Town::build().await;
    let mut wrong: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table("Everybody") {
        for (column, callers) in everybody(&town) {
            for (carrying, expected) in callers.iter().zip(expected(row.cell(column), callers.len())) {
                if let Err(fault) = try_row(&mut town, &first, (&row, carrying, expected)).await {
                    wrong.entry(row.route()).or_default().push(format!("{column}: {fault}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

async fn try_row(
    town: &mut Town,
    first: &House,
    (row, carrying, expected): (&Row, &Carrying, &str),
) -> Result<(), String> {
    let path = path_of(town, row, &town.north);
    let answered = town.send(request_at(&town.north, row, carrying, &path)).await;
    let is_reading = row.method == "GET";
    let is_done = answered.status < 400 && answered.outcome() == "ok";
    let changed = (is_reading || !is_done) && town.is_changed(first).await;
    if changed || (is_done && !is_reading) {
        town.renew(first).await;
    }
    if changed {
        return Err(format!("{expected} changed something"));
    }
    if answered.outcome() == expected {
        return Ok(());
    }
    Err(format!("{expected} expected, but {} {}{}", answered.outcome(), answered.location(), answered.text()))
}
