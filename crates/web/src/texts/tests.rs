//! Holds the message files together: the same keys in each language, each key once, each key that is asked for there.

use super::*;
use std::{collections::BTreeMap, fs, path::Path};

/// Keys of a language with the names of their places, read from the files themselves; panics on a broken file.
fn keys(lang: Lang) -> BTreeMap<String, Vec<String>> {
    let mut keys = BTreeMap::new();
    for path in Files::iter().filter(|path| folder(path) == lang.tag()) {
        let source = String::from_utf8(Files::get(&path).unwrap().data.into_owned()).unwrap();
        let resource =
            FluentResource::try_new(source.clone()).unwrap_or_else(|(_, faults)| panic!("{path}: {faults:?}"));
        assert!(resource.entries().count() > 0, "{path} is empty");
        let mut current = String::new();
        for line in source.lines() {
            let key = line.split(" =").next().unwrap_or_default();
            if line.contains(" =") && line.starts_with(|first: char| first.is_ascii_lowercase()) {
                current = key.to_owned();
                assert!(keys.insert(current.clone(), Vec::new()).is_none(), "{path}: {key} is there twice");
            }
            let places = line.split('$').skip(1).map(|rest| {
                rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).collect::<String>()
            });
            if let Some(known) = keys.get_mut(&current) {
                known.extend(places);
                known.sort();
                known.dedup();
            }
        }
    }
    keys
}

/// Keys asked for by name in the Rust source below a folder.
fn asked_for(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            asked_for(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("texts/tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            for call in [".say(", ".say_with("] {
                for rest in source.split(call).skip(1) {
                    let Some(literal) = rest.trim_start().strip_prefix('"') else { continue };
                    found.push((literal.split('"').next().unwrap().to_owned(), path.display().to_string()));
                }
            }
        }
    }
}

#[test]
fn every_message_is_in_every_language_with_the_same_places() {
    let english = keys(Lang::En);
    assert!(english.len() > 50);
    for lang in Lang::ALL {
        let other = keys(lang);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let extra: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang:?}: missing {missing:?}, extra {extra:?}");
        for (key, places) in &english {
            assert_eq!(Some(places), other.get(key), "the places of {key} in {lang:?}");
        }
    }
}

#[test]
fn every_message_that_a_page_asks_for_by_name_exists() {
    let english = keys(Lang::En);
    let mut found = Vec::new();
    asked_for(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let missing: Vec<_> =
        found.iter().filter(|(key, _)| key != "no-such-message" && !english.contains_key(key)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn a_message_fills_its_places_and_counts_in_the_readers_language() {
    let said = |lang, n: i32| Texts::of(lang).say_with("table-rows", &[("n", n.into())]);
    assert_eq!(said(Lang::En, 1), "1 row");
    assert_eq!(said(Lang::En, 12), "12 rows");
    assert_eq!(said(Lang::Es, 1), "1 fila");
}

#[test]
fn a_message_that_does_not_exist_is_answered_as_its_key() {
    assert_eq!(Texts::default().say("no-such-message"), "no-such-message");
}

#[test]
fn a_readers_language_is_taken_from_what_the_browser_accepts() {
    assert_eq!(Lang::accepted("es-MX,es;q=0.9,en;q=0.8"), Lang::Es);
    assert_eq!(Lang::accepted("de, en;q=0.5, es;q=0.7"), Lang::Es);
    assert_eq!(Lang::accepted("de,fr;q=0.9"), Lang::En);
    assert_eq!(Lang::accepted(""), Lang::En);
    assert_eq!(Lang::accepted(";q=;q=x,,es;q=0"), Lang::En);
    assert_eq!(Lang::parse("ES_ar"), Some(Lang::Es));
}
