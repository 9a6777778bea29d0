//! The form of the code: what a lint cannot see. Each failure says what is wrong, where, and why it matters.
//!
//! An exception is a line in one of the lists below, with its reason.

#![allow(clippy::expect_used, reason = "whatever fails here is a failed test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file: what is longer has two meanings.
const LONGEST_FILE: usize = 400;

/// Files that may be longer, and why.
const LONG_FILES: &[(&str, &str)] = &[("crates/store/src/keys.rs", "every key in one place is the point of it")];

/// Who may know whom. A crate that is not listed may know nobody here.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("store-dynamodb", &["domain", "store"]),
    ("integrations", &["domain"]),
    ("engine", &["domain", "store", "integrations"]),
    ("web", &["domain", "engine"]),
    ("dance-engine", &["domain", "store", "store-dynamodb", "integrations", "engine", "web"]),
    ("on-lambda", &["dance-engine"]),
    ("on-vercel", &["dance-engine"]),
];

/// Names that say nothing: what is in such a folder could be anywhere.
const EMPTY_NAMES: &[&str] = &["utils", "util", "helpers", "helper", "common", "manager", "service", "misc", "shared"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace").to_owned()
}

/// All files below a folder with one of these endings, without what was made or brought.
fn files(below: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["target", "node_modules", "dist", ".git", "data", "screenshots"].contains(&&*name) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let shown = path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
                found.push((shown, fs::read_to_string(&path).expect("readable")));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "nothing was found below {below}");
    found
}

/// A file that is only tests of the one above it.
fn is_test(path: &str) -> bool {
    path.contains("/tests/")
        || path.contains("/conformance/")
        || path.contains("/examples/")
        || path.ends_with("tests.rs")
        || path.ends_with("testing.rs")
        || path.ends_with("desk.rs")
}

#[test]
fn no_file_is_longer_than_one_meaning() {
    let allowed: BTreeSet<&str> = LONG_FILES.iter().map(|(path, _)| *path).collect();
    let long: Vec<String> = files("crates", &[".rs", ".ts"])
        .into_iter()
        .filter(|(path, text)| text.lines().count() > LONGEST_FILE && !allowed.contains(&**path) && !is_test(path))
        .map(|(path, text)| format!("{path}: {} lines", text.lines().count()))
        .collect();
    assert!(long.is_empty(), "split these, each has grown a second meaning: {long:#?}");
}

#[test]
fn every_exception_is_still_needed() {
    for (path, reason) in LONG_FILES {
        let text = fs::read_to_string(root().join(path)).expect("an exception for a file that is gone");
        assert!(text.lines().count() > LONGEST_FILE, "{path} is short now: take it off the list ({reason})");
    }
}

#[test]
fn crates_know_only_whom_they_may() {
    for (name, may_know) in ARROWS {
        let manifest = root().join("crates").join(name).join("Cargo.toml");
        let Ok(manifest) = fs::read_to_string(manifest) else { continue };
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        for (other, _) in ARROWS {
            let knows = dependencies
                .lines()
                .any(|line| line.split(['.', ' ', '=']).next().is_some_and(|dependency| dependency == *other));
            assert!(
                !knows || may_know.contains(other),
                "{name} may not know {other}: see the arrows in ARCHITECTURE.md; move the line, not the arrow"
            );
        }
    }
}

#[test]
fn only_keys_rs_writes_a_key() {
    let prefixes =
        ["EVENT#", "PASS#", "ITEM#", "TICKET#", "ORDER#", "CUSTOMER#", "PERSON#", "STOCK#", "WORK#", "SCAN#"];
    for (path, text) in files("crates", &[".rs"]) {
        if path.ends_with("store/src/keys.rs") || is_test(&path) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let is_code = !line.trim_start().starts_with("//");
            let writes = prefixes.iter().any(|prefix| line.contains(&format!("\"{prefix}")));
            assert!(
                !(is_code && writes),
                "{path}:{}: a key is written outside store/src/keys.rs, where nobody will find it",
                number + 1
            );
        }
    }
}

#[test]
fn no_folder_or_file_has_an_empty_name() {
    for (path, _) in files("crates", &[".rs", ".ts"]) {
        for part in path.split(['/', '.']) {
            assert!(!EMPTY_NAMES.contains(&part), "{path}: {part:?} says nothing; name it by what it knows");
        }
    }
}

#[test]
fn every_module_says_what_it_knows() {
    for (path, text) in files("crates", &[".rs"]).into_iter().filter(|(path, _)| !is_test(path)) {
        assert!(text.trim_start().starts_with("//!"), "{path} begins without saying what it knows (//!)");
    }
}

#[test]
fn nothing_is_left_for_later() {
    let words =
        ["TO".to_owned() + "DO", "FIX".to_owned() + "ME", "unimplemented".to_owned() + "!(", "todo".to_owned() + "!("];
    for (path, text) in files(".", &[".rs", ".ts", ".css", ".toml", ".yml"]) {
        for word in &words {
            assert!(!text.contains(word.as_str()), "{path} has a {word}: finish it, or take it out");
        }
    }
}

#[test]
fn web_cannot_see_the_store() {
    for (path, text) in files("crates/web", &[".rs"]) {
        assert!(!text.contains("use store::"), "{path}: a page asks the engine, never a table");
    }
}
