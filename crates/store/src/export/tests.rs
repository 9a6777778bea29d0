use std::sync::Arc;

use jiff::Timestamp;

use super::*;
use crate::clock::SetClock;
use crate::embedded::Embedded;
use crate::memory::Memory;
use crate::row::Key;
use crate::table::{Index, Query};

fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(Timestamp::from_second(1_000).unwrap()))
}

fn row(pk: &str, sk: &str) -> Row {
    Row {
        key: Key::new(pk, sk),
        gsi1: Some(Key::new("LIST", sk)),
        gsi2: None,
        entity: "THING".to_owned(),
        revision: 3,
        ttl: None,
        created_at: "2026-01-01T00:00:00Z".to_owned(),
        updated_at: "2026-01-02T00:00:00Z".to_owned(),
        document: r#"{"name":"Zoë\n","a":[1,2.50],"left":7}"#.to_owned(),
    }
}

async fn exported(table: &dyn Table) -> String {
    let mut text = Vec::new();
    export(table, &mut text).await.unwrap();
    String::from_utf8(text).unwrap()
}

async fn imported(table: &dyn Table, text: &str) -> Result<u64, ImportError> {
    import(table, &mut text.as_bytes(), 0, &mut |_| Ok(())).await
}

#[tokio::test]
async fn a_row_is_a_line_with_its_attributes_in_the_order_of_their_names() {
    let table = Memory::new(clock());
    table.load(vec![row("B", "1"), row("A", "2"), row("A", "1")]).await.unwrap();
    let text = exported(&table).await;
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        r#"{"a":[1,2.5],"created_at":"2026-01-01T00:00:00Z","entity":"THING","gsi1pk":"LIST","gsi1sk":"1","left":7,"name":"Zoë\n","pk":"A","revision":3,"sk":"1","updated_at":"2026-01-02T00:00:00Z"}"#
    );
    let keys: Vec<_> = text.lines().map(|line| read_line(line).unwrap().key).collect();
    assert_eq!(keys, [Key::new("A", "1"), Key::new("A", "2"), Key::new("B", "1")]);
    assert!(text.ends_with("}\n"));
}

#[tokio::test]
async fn an_import_that_was_interrupted_goes_on_where_it_was_and_nowhere_else() {
    let (from, to) = (Memory::new(clock()), Memory::new(clock()));
    from.load((0..2_500).map(|n| row(&format!("{n:04}"), "1")).collect()).await.unwrap();
    let text = exported(&from).await;
    let mut seen = Vec::new();
    let mut see = |rows| {
        seen.push(rows);
        if rows == 2_000 { Err(io::ErrorKind::Interrupted.into()) } else { Ok(()) }
    };
    assert!(import(&to, &mut text.as_bytes(), 0, &mut see).await.is_err());
    assert_eq!(seen, [1_000, 2_000]);
    let elsewhere = import(&Memory::new(clock()), &mut text.as_bytes(), 2_000, &mut |_| Ok(())).await;
    assert!(matches!(elsewhere, Err(ImportError::Elsewhere { line: 2_000 })), "{elsewhere:?}");
    assert_eq!(import(&to, &mut text.as_bytes(), 2_000, &mut |_| Ok(())).await.unwrap(), 2_500);
    assert_eq!(exported(&to).await, text);
}

#[tokio::test]
async fn what_has_no_order_is_gathered_where_there_is_one() {
    let (from, to) = (Memory::new(clock()), Embedded::in_memory(clock()).unwrap());
    from.load((0..2_500).map(|n| row(&format!("{n:04}"), "1")).collect()).await.unwrap();
    let mut marks = Vec::new();
    gather(&from, &to, None, &mut |count, next| {
        marks.push((count, next.cloned()));
        Ok(())
    })
    .await
    .unwrap();
    assert_eq!(marks.iter().map(|(count, _)| *count).collect::<Vec<_>>(), [1_000, 1_000, 500]);
    gather(&from, &to, marks[0].1.clone(), &mut |_, _| Ok(())).await.unwrap();
    assert_eq!(exported(&to).await, exported(&from).await);
}

#[tokio::test]
async fn what_goes_out_of_one_engine_goes_into_another_and_comes_out_to_the_letter() {
    let (memory, embedded) = (Memory::new(clock()), Embedded::in_memory(clock()).unwrap());
    let rows: Vec<Row> = (0..2_500).map(|n| row(&format!("P{}", n % 13), &format!("{n}"))).collect();
    memory.load(rows.clone()).await.unwrap();
    let text = exported(&memory).await;
    assert_eq!(imported(&embedded, &text).await.unwrap(), 2_500);
    assert_eq!(exported(&embedded).await, text);
    let again = Memory::new(clock());
    assert_eq!(imported(&again, &text).await.unwrap(), 2_500);
    assert_eq!(exported(&again).await, text);
    let list = embedded.query(&Query::all(Index::Gsi1, "LIST").limit(3_000)).await.unwrap();
    assert_eq!(list.rows.len(), 2_500, "indexes and all");
}

#[tokio::test]
async fn what_is_past_its_time_stays_behind() {
    let (clock, mut soon) = (clock(), row("A", "1"));
    soon.ttl = Some(1_001);
    let table = Memory::new(clock.clone());
    table.load(vec![soon, row("B", "1")]).await.unwrap();
    assert_eq!(exported(&table).await.lines().count(), 2);
    clock.advance(1_000);
    let text = exported(&table).await;
    assert_eq!(text.lines().count(), 1);
    assert!(text.contains(r#""pk":"B""#));
}

#[tokio::test]
async fn an_empty_table_is_an_empty_file_and_back() {
    let table = Memory::new(clock());
    assert_eq!(exported(&table).await, "");
    assert_eq!(imported(&table, "").await.unwrap(), 0);
    assert_eq!(imported(&table, "\n\n").await.unwrap(), 0);
}

#[tokio::test]
async fn nothing_is_imported_into_a_store_that_has_rows() {
    let table = Memory::new(clock());
    table.load(vec![row("A", "1")]).await.unwrap();
    let text = exported(&table).await;
    assert!(matches!(imported(&table, &text).await, Err(ImportError::NotEmpty)));
}

#[tokio::test]
async fn a_line_that_is_no_row_is_named_by_its_number() {
    let good = |n: usize| {
        let mut line = Vec::new();
        write_line(&row("A", &n.to_string()), &mut line).unwrap();
        String::from_utf8(line).unwrap()
    };
    for (bad, why) in [
        ("{", "EOF"),
        ("[]", "expected a map"),
        (r#"{"pk":"A"}"#, "sk is missing"),
        (r#"{"pk":"A","sk":7}"#, "sk is no text"),
        (r#"{"pk":"A","sk":"1","entity":"X","created_at":"","updated_at":"","revision":-1}"#, "revision"),
    ] {
        let text = format!("{}{}\n\n{bad}\n{}", good(1), good(2).trim_end(), good(3));
        match imported(&Memory::new(clock()), &text).await {
            Err(ImportError::Line { line: 4, why: found }) => assert!(found.contains(why), "{bad}: {found}"),
            other => panic!("{bad}: {other:?}"),
        }
    }
    let text: String = (0..2_500).map(good).collect();
    match imported(&Memory::new(clock()), &format!("{text}?")).await {
        Err(error @ ImportError::Line { line: 2_501, .. }) => assert!(error.to_string().starts_with("line 2501: ")),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_last_line_without_its_end_counts() {
    let table = Memory::new(clock());
    let mut line = Vec::new();
    write_line(&row("A", "1"), &mut line).unwrap();
    let line = String::from_utf8(line).unwrap();
    assert_eq!(imported(&table, line.trim_end()).await.unwrap(), 1);
}

#[tokio::test]
async fn bytes_that_are_not_text_are_named_by_their_line() {
    let answer = import(&Memory::new(clock()), &mut &b"\n\n\xFF\n"[..], 0, &mut |_| Ok(())).await;
    assert!(matches!(answer, Err(ImportError::Read { line: 3, .. })), "{answer:?}");
}

#[tokio::test]
async fn a_disk_that_is_full_ends_the_export_with_an_error() {
    let table = Memory::new(clock());
    table.load(vec![row("A", "1"), row("B", "1")]).await.unwrap();
    let mut little = [0; 300];
    let answer = export(&table, &mut &mut little[..]).await;
    assert!(matches!(answer, Err(ExportError::Write(_))), "{answer:?}");
}

#[tokio::test]
async fn a_document_that_is_no_object_ends_the_export_with_its_key() {
    let table = Memory::new(clock());
    table.load(vec![Row { document: "[]".to_owned(), ..row("A", "1") }]).await.unwrap();
    let error = export(&table, &mut Vec::new()).await.unwrap_err();
    assert!(error.to_string().contains("A / 1"), "{error}");
}
