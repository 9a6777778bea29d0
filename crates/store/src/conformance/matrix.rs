//! Every kind of write, with every expectation, on every state of a row.

use super::{Case, Suite, add, assert_refused, assert_same, put, run_cases};
use crate::table::{Expect, Why, Write};

pub(super) async fn run(suite: &Suite<'_>) {
    run_cases![suite;
        every_expectation_meets_every_state,
        a_row_comes_back_as_it_was_put,
        a_replacement_replaces_everything,
        a_deleted_row_is_gone_and_can_come_again,
        a_check_changes_nothing,
        keys_are_compared_as_bytes_and_not_as_words,
    ];
}

/// What is under the key before.
#[derive(Debug, Clone, Copy)]
enum State {
    Nothing,
    /// With revision 3.
    There,
    /// With revision 3, past its `ttl`.
    Expired,
}

#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// With this revision.
    Put(u64),
    Delete,
    Check,
}

async fn every_expectation_meets_every_state(case: &Case) {
    use Expect::{Absent, Revision};
    use State::{Expired, Nothing, There};
    use Wanted::{Check, Delete, Put};
    let mut n = 0;
    for wanted in [Put(4), Delete, Check] {
        for (state, expect, verdict) in [
            (Nothing, Absent, Ok(())),
            (Nothing, Revision(3), Err(Why::Missing)),
            (There, Absent, Err(Why::Present)),
            (There, Revision(3), Ok(())),
            (There, Revision(2), Err(Why::Revision)),
            (There, Revision(4), Err(Why::Revision)),
            (Expired, Absent, Ok(())),
            (Expired, Revision(3), Err(Why::Missing)),
            (Expired, Revision(2), Err(Why::Missing)),
        ] {
            n += 1;
            meets(case, &format!("{n}"), state, (wanted, expect), verdict).await;
        }
    }
    for not_greater in [3, 2, 1] {
        n += 1;
        meets(case, &format!("{n}"), There, (Put(not_greater), Revision(3)), Err(Why::Revision)).await;
    }
    // A revision may leap.
    meets(case, "leap", There, (Put(4_000), Revision(3)), Ok(())).await;
    meets(case, "begin", Nothing, (Put(7), Absent), Ok(())).await;
}

async fn meets(case: &Case, name: &str, state: State, wanted: (Wanted, Expect), verdict: Result<(), Why>) {
    let (key, (wanted, expect)) = (case.key(name), wanted);
    let mut row = case.row(name);
    row.revision = 3;
    match state {
        State::Nothing => {}
        State::There => case.table.load(vec![row.clone()]).await.unwrap(),
        State::Expired => {
            row.ttl = Some(case.now());
            case.table.load(vec![row.clone()]).await.unwrap();
            row.ttl = None;
        }
    }
    let write = match wanted {
        Wanted::Put(revision) => {
            row.revision = revision;
            put(&row, expect)
        }
        Wanted::Delete => Write::Delete { key: key.clone(), expect },
        Wanted::Check => Write::Check { key: key.clone(), expect },
    };
    let answer = case.transact(vec![write]).await;
    let before = matches!(state, State::There).then_some(3);
    let after = match (verdict, wanted) {
        (Ok(()), Wanted::Put(revision)) => Some(revision),
        (Ok(()), Wanted::Delete) => None,
        (Ok(()), Wanted::Check) | (Err(_), _) => before,
    };
    match verdict {
        Ok(()) => answer.unwrap_or_else(|error| panic!("{state:?} {wanted:?} {expect:?}: {error}")),
        Err(why) => assert_refused(answer, &[(0, why)]),
    }
    assert_eq!(case.revision(&key).await, after, "{state:?} {wanted:?} {expect:?}");
}

async fn a_row_comes_back_as_it_was_put(case: &Case) {
    let mut row = case.row("A");
    row.gsi1 = Some(case.key("list"));
    row.gsi2 = Some(case.key("other"));
    row.revision = 9_007_199_254_740_993; // not a whole number of a float
    row.ttl = Some(case.now() + 60);
    row.document =
        r#"{"empty":"","deep":{"list":[1,-2,3.5,true,null,"ü"]},"large":9007199254740993,"quote":"\"\\\n"}"#.to_owned();
    case.create(&row).await;
    assert_same(case.get(&row.key).await.as_ref(), &row);
    let mut bare = case.row("B");
    bare.document = "{}".to_owned();
    case.create(&bare).await;
    assert_same(case.get(&bare.key).await.as_ref(), &bare);
}

async fn a_replacement_replaces_everything(case: &Case) {
    let mut row = case.row("A");
    row.gsi1 = Some(case.key("list"));
    row.ttl = Some(case.now() + 60);
    case.create(&row).await;
    let mut other = case.row("A");
    other.revision = 2;
    other.entity = "OTHER".to_owned();
    other.gsi2 = Some(case.key("other"));
    other.updated_at = "2026-01-02T00:00:00Z".to_owned();
    other.document = r#"{"name":"other"}"#.to_owned();
    case.transact(vec![put(&other, Expect::Revision(1))]).await.unwrap();
    assert_same(case.get(&row.key).await.as_ref(), &other);
}

async fn a_deleted_row_is_gone_and_can_come_again(case: &Case) {
    let row = case.row("A");
    case.create(&row).await;
    let delete = Write::Delete { key: row.key.clone(), expect: Expect::Revision(1) };
    case.transact(vec![delete.clone()]).await.unwrap();
    assert_eq!(case.get(&row.key).await, None);
    assert_refused(case.transact(vec![delete]).await, &[(0, Why::Missing)]);
    case.create(&row).await;
    assert_same(case.get(&row.key).await.as_ref(), &row);
}

async fn a_check_changes_nothing(case: &Case) {
    let row = case.row("A");
    case.create(&row).await;
    let check = |key, expect| Write::Check { key, expect };
    case.transact(vec![check(row.key.clone(), Expect::Revision(1)), check(case.key("B"), Expect::Absent)])
        .await
        .unwrap();
    assert_same(case.get(&row.key).await.as_ref(), &row);
    assert_eq!(case.get(&case.key("B")).await, None);
    assert_refused(case.transact(vec![add(&case.key("B"), 1)]).await, &[(0, Why::Missing)]);
}

async fn keys_are_compared_as_bytes_and_not_as_words(case: &Case) {
    // Upper and lower case, composed and not, trailing spaces: all of them are different keys.
    let names = ["Zoë", "Zoe\u{308}", "zoë", "ZOË", "Zoë ", "Zoë#", "Zo", "日本", "💃"];
    for (n, name) in names.iter().enumerate() {
        let mut row = case.row(name);
        row.document = format!("{{\"n\":{n}}}");
        case.create(&row).await;
    }
    for (n, name) in names.iter().enumerate() {
        let found = case.get(&case.key(name)).await.expect("a row");
        assert_eq!((found.key, found.document), (case.key(name), format!("{{\"n\":{n}}}")));
    }
}
