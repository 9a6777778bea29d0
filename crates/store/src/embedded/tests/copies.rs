//! Backup while the store is in use, and the way back.

use std::fs;

use super::*;

fn pair(revision: u64) -> Vec<Write> {
    let expect = if revision == 1 { Expect::Absent } else { Expect::Revision(revision - 1) };
    let two = ["left shoe", "right shoe"].map(|name| Row { revision, ..row(name) });
    two.map(|row| Write::Put { row, expect }).into()
}

async fn revision_of_pair(table: &Embedded) -> u64 {
    let found = table.get_many(&[Key::own("left shoe"), Key::own("right shoe")]).await.unwrap();
    let revisions: Vec<u64> = found.into_iter().map(|row| row.unwrap().revision).collect();
    assert_eq!(revisions[0], revisions[1], "half a transaction");
    revisions[0]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_made_while_writing_is_of_one_moment_and_has_all_that_was_answered_before() {
    let folder = tempfile::tempdir().unwrap();
    let table = Arc::new(Embedded::open(&folder.path().join("data"), clock()).unwrap());
    let rows = (0..3_000).map(|n| row(&format!("{n}"))).collect();
    table.load(rows).await.unwrap();
    table.transact(pair(1)).await.unwrap();
    let answered = Arc::new(std::sync::atomic::AtomicU64::new(1));
    let stop = Arc::new(AtomicBool::new(false));
    let writing = {
        let (table, answered, stop) = (Arc::clone(&table), Arc::clone(&answered), Arc::clone(&stop));
        tokio::spawn(async move {
            let mut revision = 1;
            while !stop.load(Ordering::SeqCst) {
                revision += 1;
                table.transact(pair(revision)).await.unwrap();
                answered.store(revision, Ordering::SeqCst);
            }
        })
    };
    for n in 0..5 {
        let before = answered.load(Ordering::SeqCst);
        let (dir, copied) = (folder.path().join(format!("backup {n}")), folder.path().join(format!("restored {n}")));
        let (from, to) = (Arc::clone(&table), dir.clone());
        tokio::task::spawn_blocking(move || from.backup_to(&to)).await.unwrap().unwrap();
        let after = answered.load(Ordering::SeqCst) + 1;
        assert_eq!(fs::read_dir(&dir).unwrap().count(), 1, "one file, and nothing beside it");
        restore(&dir, &copied).unwrap();
        assert_eq!(fs::read_dir(&copied).unwrap().count(), 1, "one file, and nothing beside it");
        let restored = Embedded::open(&copied, clock()).unwrap();
        assert!((before..=after).contains(&revision_of_pair(&restored).await));
        assert_eq!(restored.scan(None, 5_000).await.unwrap().0.len(), 3_002);
        restored.transact(create("goes on")).await.unwrap();
    }
    stop.store(true, Ordering::SeqCst);
    writing.await.unwrap();
}

#[tokio::test]
async fn nothing_is_ever_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let (data, backup) = (folder.path().join("data"), folder.path().join("backup"));
    let table = Embedded::open(&data, clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    table.backup_to(&backup).unwrap();
    table.transact(create("B")).await.unwrap();
    assert!(matches!(table.backup_to(&backup), Err(BackupError::Occupied(_))), "a backup is there");
    assert!(matches!(table.backup_to(&data), Err(BackupError::Occupied(_))), "into itself");
    assert!(matches!(restore(&backup, &data), Err(BackupError::Occupied(_))), "over a store in use");
    drop(table);
    assert!(matches!(restore(&backup, &data), Err(BackupError::Occupied(_))), "over a store");
    // What a crash may leave: a log whose file somebody has removed. It belongs to another file.
    let stray = folder.path().join("stray");
    fs::create_dir(&stray).unwrap();
    fs::write(stray.join("table.sqlite-wal"), "log").unwrap();
    assert!(matches!(restore(&backup, &stray), Err(BackupError::Occupied(_))));
    let table = Embedded::open(&data, clock()).unwrap();
    assert!(table.get(&Key::own("B")).await.unwrap().is_some());
}

#[tokio::test]
async fn the_folder_of_a_store_in_use_is_no_backup() {
    let folder = tempfile::tempdir().unwrap();
    let table = Embedded::open(&folder.path().join("data"), clock()).unwrap();
    table.transact(create("A")).await.unwrap();
    let answer = restore(&folder.path().join("data"), &folder.path().join("copy"));
    assert!(matches!(answer, Err(BackupError::NoBackup(_))), "{answer:?}");
    let answer = restore(&folder.path().join("nowhere"), &folder.path().join("copy"));
    assert!(matches!(answer, Err(BackupError::Nothing(_))), "{answer:?}");
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_leaves_no_store() {
    let folder = tempfile::tempdir().unwrap();
    let table = Embedded::open(&folder.path().join("data"), clock()).unwrap();
    table.load((0..2_000).map(|n| row(&format!("{n}"))).collect()).await.unwrap();
    table.backup_to(&folder.path().join("good")).unwrap();
    let good = fs::read(folder.path().join("good").join(FILE)).unwrap();
    let mut torn = good.clone();
    torn.truncate(good.len() / 2);
    let mut scratched = good.clone();
    scratched[40_960..45_056].fill(0x55);
    let newer: Vec<u8> = [&good[..60], &9_u32.to_be_bytes()[..], &good[64..]].concat();
    for (name, bytes) in [("torn", torn), ("scratched", scratched), ("empty", Vec::new()), ("newer", newer)] {
        let (dir, to) = (folder.path().join(name), folder.path().join(format!("{name} restored")));
        fs::create_dir(&dir).unwrap();
        fs::write(dir.join(FILE), bytes).unwrap();
        let error = restore(&dir, &to).unwrap_err();
        let expected = match name {
            "newer" => matches!(error, BackupError::Refused(OpenError::Newer { found: 9, .. })),
            _ => matches!(error, BackupError::Damaged(_)),
        };
        assert!(expected, "{name}: {error:?}");
        assert!(!to.join(FILE).exists(), "{name}");
    }
    // What an interrupted attempt has left does not stand in the way of the next.
    let to = folder.path().join("torn restored");
    assert!(to.join("table.sqlite.partial").exists());
    restore(&folder.path().join("good"), &to).unwrap();
    assert!(!to.join("table.sqlite.partial").exists());
    assert_eq!(Embedded::open(&to, clock()).unwrap().scan(None, 5_000).await.unwrap().0.len(), 2_000);
}
