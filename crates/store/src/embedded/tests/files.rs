//! The folder and the file: who may open it, and what is left of it.

use super::*;
use crate::table::Index;

#[tokio::test]
async fn what_was_written_is_there_when_the_store_is_opened_again() {
    let (clock, folder) = (clock(), tempfile::tempdir().unwrap());
    let dir = folder.path().join("data").join("store");
    let table = Embedded::open(&dir, clock.clone()).unwrap();
    table.transact(create("A")).await.unwrap();
    drop(table);
    assert!(!dir.join("table.sqlite-wal").exists(), "a store that was closed is one file");
    let table = Embedded::open(&dir, clock).unwrap();
    assert_eq!(table.get(&Key::own("A")).await.unwrap(), Some(row("A")));
    assert_eq!(table.query(&Query::all(Index::Gsi1, "LIST")).await.unwrap().rows, [row("A")]);
}

#[tokio::test]
async fn a_store_is_opened_once_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let table = Embedded::open(folder.path(), clock()).unwrap();
    let error = Embedded::open(folder.path(), clock()).unwrap_err();
    assert!(matches!(error, OpenError::InUse(_)));
    assert!(error.to_string().contains("in use by another process"), "{error}");
    table.transact(create("A")).await.unwrap();
    drop(table);
    assert!(Embedded::open(folder.path(), clock()).is_ok());
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_look_into_a_store_or_a_copy_of_it() {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = tempfile::tempdir().unwrap();
    let (data, backup, restored) =
        (folder.path().join("data"), folder.path().join("backup"), folder.path().join("restored"));
    let table = Embedded::open(&data, clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    table.backup_to(&backup).unwrap();
    restore(&backup, &restored).unwrap();
    for dir in [&data, &backup, &restored] {
        assert_eq!((mode(dir), mode(&dir.join(FILE))), (0o700, 0o600), "{}", dir.display());
    }
    assert_eq!(mode(&data.join("table.sqlite-wal")), 0o600);
}

#[test]
fn a_store_of_a_later_version_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let table = Embedded::open(folder.path(), clock()).unwrap();
    stranger(&table).execute_batch("PRAGMA user_version = 7").unwrap();
    drop(table);
    let error = Embedded::open(folder.path(), clock()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the store has version 7 and this program knows versions up to 1; run a newer version of the program"
    );
}

#[test]
fn the_database_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let other = rusqlite::Connection::open(folder.path().join(FILE)).unwrap();
    other.execute_batch("CREATE TABLE bookmarks (url TEXT)").unwrap();
    drop(other);
    let before = std::fs::read(folder.path().join(FILE)).unwrap();
    let error = Embedded::open(folder.path(), clock()).unwrap_err();
    assert!(matches!(&error, OpenError::Foreign { name } if name == "bookmarks"), "{error}");
    assert!(std::fs::read(folder.path().join(FILE)).unwrap() == before);
}

#[test]
fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = "a shopping list, long enough to be a header of something: ".repeat(40);
    std::fs::write(folder.path().join(FILE), &text).unwrap();
    assert!(matches!(Embedded::open(folder.path(), clock()).unwrap_err(), OpenError::File(_)));
    assert_eq!(std::fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let error = Embedded::open(&folder.path().join("file").join("data"), clock()).unwrap_err();
    assert!(matches!(&error, OpenError::Folder { .. }) && error.to_string().contains("file/data"), "{error}");
}

#[test]
fn a_temporary_store_leaves_nothing_behind() {
    let table = Embedded::in_memory(clock()).unwrap();
    let dir = table.folder().to_owned();
    assert!(dir.join(FILE).exists());
    drop(table);
    assert!(!dir.exists());
}

#[tokio::test]
async fn a_row_that_is_not_text_is_a_fault_with_its_key_and_not_a_missing_row() {
    let table = Embedded::in_memory(clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    stranger(&table).execute_batch("UPDATE rows SET gsi1pk = x'FF', document = CAST(x'FF' AS TEXT)").unwrap();
    match table.get(&Key::own("A")).await {
        Err(StoreFault::BadRow { key, .. }) => assert_eq!(key, Key::own("A")),
        other => panic!("{other:?}"),
    }
    assert!(table.scan(None, 10).await.is_err());
}

#[tokio::test]
async fn any_sqlite_tool_can_read_the_rows_while_the_store_is_open() {
    let table = Embedded::in_memory(clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    let left: i64 = stranger(&table)
        .query_row("SELECT document ->> 'left' FROM rows WHERE CAST(pk AS TEXT) = 'A'", (), |row| row.get(0))
        .unwrap();
    assert_eq!(left, 10);
}

/// No question goes through more rows than it answers, and none is sorted.
#[test]
fn every_statement_is_a_search_in_its_order() {
    let table = Embedded::in_memory(clock()).unwrap();
    let conn = stranger(&table);
    for statement in read::STATEMENTS.iter().chain(&[schema::HEAD, schema::EXPIRED, schema::DELETE, schema::REPLACE]) {
        let mut plan = conn.prepare(&format!("EXPLAIN QUERY PLAN {statement}")).unwrap();
        let count = plan.parameter_count();
        let steps: Vec<String> = plan
            .query_map(rusqlite::params_from_iter(vec![0; count]), |row| row.get(3))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        assert!(steps.iter().all(|step| step.starts_with("SEARCH")), "{statement}: {steps:?}");
    }
}
