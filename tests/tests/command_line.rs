//! The command line as its users type it: results on standard output, words on standard error, and an exit status that
//! a script can trust.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "all of this is a test")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::json;
use tests::http::Ask;
use tests::program::{Server, command, result_of, run};

const ORGANISATION: [&str; 6] = ["organisation", "create", "--slug", "club", "--name", "The Club"];
const INVITE: [&str; 8] =
    ["staff", "invite", "--organisation", "club", "--email", "ana@example.org", "--role", "owner"];
const TOKEN: [&str; 6] = ["token", "create", "--organisation", "club", "--role", "owner"];

/// Exit status, standard output and standard error.
fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// It does nothing, says so to people with all of these words, and ends with this status.
#[track_caller]
fn refused(output: &Output, status: i32, words: &[&str]) {
    let (code, results, said) = told(output);
    assert_eq!((code, &*results), (status, ""), "{said}");
    for word in words {
        assert!(said.contains(word), "{word:?} is not in {said:?}");
    }
    assert!(!said.contains(".rs"), "the source is nobody's business: {said}");
}

/// A store with an organisation and an event, and its owner's token.
async fn with_an_event(data: &Path, log: &Path) -> String {
    result_of(&ORGANISATION, data);
    let token = result_of(&TOKEN, data);
    let server = Server::start(data, &[], log).await;
    let event = json!({
        "slug": "ball", "title": "The Ball", "starts_at": "2090-05-05T18:00:00Z", "ends_at": "2090-05-06T18:00:00Z",
        "status": "live",
    });
    let ask = Ask::post("/api/v1/organisations/club/events", &event).by(&token);
    server.client().send(&ask).await.expect(201);
    server.tell_to_stop();
    assert!(server.ended().await.success());
    token
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    (folder, data)
}

#[test]
fn results_are_alone_on_standard_output() {
    let (_folder, data) = folder();
    assert_eq!(
        told(&run(&ORGANISATION, &data)),
        (0, "club\n".to_owned(), "made the organisation The Club\n".to_owned())
    );
    let (code, token, said) = told(&run(&TOKEN, &data));
    assert!(code == 0 && token.starts_with("de_") && token.lines().count() == 1 && said.is_empty(), "{token}{said}");
    let (code, link, _) = told(&run(&INVITE, &data));
    assert!(code == 0 && link.starts_with("http://127.0.0.1:8080/sign-in/") && link.lines().count() == 1, "{link}");
    let (code, link, _) = told(&run(&["admin", "invite", "--email", "root@example.org"], &data));
    assert!(code == 0 && link.starts_with("http://127.0.0.1:8080/sign-in/"), "{link}");
    let (code, token, _) = told(&run(&["token", "create", "--platform"], &data));
    assert!(code == 0 && token.starts_with("de_"), "{token}");
    let (code, results, said) = told(&run(&["check"], &data));
    assert_eq!((code, &*results), (0, ""));
    assert!(said.ends_with(" rows read, 0 things broken\n"), "{said}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&data), mode(&data.join("secret"))), (0o700, 0o600), "for nobody else's eyes");
}

#[test]
fn arguments_that_are_wrong_end_with_2_and_say_what_is() {
    let (_folder, data) = folder();
    for (words, said) in [
        (vec!["organisation", "create", "--slug", "No Slug", "--name", "X"], "small letters, digits"),
        (vec!["organisation", "create", "--slug", "x", "--name", ""], "--name"),
        (
            vec!["organisation", "create", "--slug", "x", "--name", "X", "--currency", "EURO"],
            "not an ISO 4217 currency",
        ),
        (vec!["organisation", "create", "--slug", "x", "--name", "X", "--time-zone", "Mars"], "not a time zone"),
        (vec!["organisation", "create", "--slug", "x"], "--name <NAME>"),
        (
            vec!["staff", "invite", "--organisation", "x", "--email", "nobody", "--role", "door"],
            "not an e-mail address",
        ),
        (vec!["staff", "invite", "--organisation", "x", "--email", "a@b.org", "--role", "king"], "owner, manager"),
        (vec!["admin", "invite", "--email", ""], "--email"),
        (vec!["token", "create", "--platform", "--role", "door"], "cannot be used with"),
        (vec!["token", "create", "--platform", "--organisation", "x"], "cannot be used with"),
        (vec!["token", "create", "--organisation", "x"], "--role <ROLE>"),
        (vec!["check", "--smtp", "smtp://localhost"], "unexpected argument"),
        (vec!["check", "--public-url", "example.org"], "a scheme and a host are needed"),
        (vec!["check", "--secret", "abc"], "64 hexadecimal digits"),
        (vec!["serve", "--listen", "nonsense"], "such as 127.0.0.1:8080"),
        (vec!["serve", "--smtp", "nonsense"], "--smtp: not a mail server's address"),
        (vec!["serve", "--mail-from", "nonsense"], "Club <tickets@example.org>"),
        (vec!["serve", "--rate-limit", "0"], "--rate-limit"),
        (vec!["serve", "--mail-worker", "perhaps"], "--mail-worker"),
        (
            vec!["table", "policy", "--dynamodb-table", "tickets", "--account", "12345678901O"],
            "an AWS account has 12 digits",
        ),
        (vec!["dance"], "unrecognized subcommand"),
    ] {
        refused(&run(&words, &data), 2, &[said]);
    }
    assert!(!data.exists(), "nothing is made");
}

#[test]
fn a_policy_is_for_the_region_that_is_set_and_the_account_that_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("config");
    fs::write(&profile, "[default]\nregion = us-gov-west-1\n").unwrap();
    let table_in = |words: &[&str], region: Option<&str>, profile: &Path| {
        let mut policy = command(&["table", "policy", "--dynamodb-table", "tickets"]);
        policy.args(words).env_remove("AWS_DEFAULT_REGION").env_remove("AWS_PROFILE").env_remove("AWS_REGION");
        policy.env("AWS_CONFIG_FILE", profile).envs(region.map(|region| ("AWS_REGION", region)));
        let (code, results, said) = told(&policy.output().unwrap());
        assert_eq!((code, &*said), (0, ""));
        let policy: serde_json::Value = serde_json::from_str(&results).unwrap();
        policy["Statement"][0]["Resource"][0].as_str().unwrap().to_owned()
    };
    let nowhere = folder.path().join("nothing");
    let account = ["--account", "123456789012"];
    let table = table_in(&account, Some("eu-west-2"), &profile);
    assert_eq!(table, "arn:aws:dynamodb:eu-west-2:123456789012:table/tickets");
    assert_eq!(table_in(&[], None, &profile), "arn:aws-us-gov:dynamodb:us-gov-west-1:*:table/tickets");
    assert_eq!(table_in(&[], None, &nowhere), "arn:aws:dynamodb:*:*:table/tickets");
}

#[test]
fn what_cannot_be_done_ends_with_1_and_says_why() {
    let (folder, data) = folder();
    let missing = data.display().to_string();
    for words in [&["check"][..], &["export", "--output", "x"], &["backup", "--output", "x"], &INVITE, &TOKEN] {
        refused(&run(words, &data), 1, &["there is no store in", &missing]);
    }
    refused(&run(&["import", "--input", "nothing.jsonl"], &data), 1, &["nothing.jsonl is no file"]);
    refused(&run(&["restore", "--input", "nothing"], &data), 1, &["nothing is no backup"]);
    assert!(!data.exists(), "a folder that was typed wrong is not made");

    result_of(&ORGANISATION, &data);
    refused(&run(&ORGANISATION, &data), 1, &["organisation club: that name is in use already"]);
    let reserved = ["organisation", "create", "--slug", "api", "--name", "X"];
    refused(&run(&reserved, &data), 1, &["This name is reserved"]);
    let elsewhere = ["token", "create", "--organisation", "nobody", "--role", "door"];
    refused(&run(&elsewhere, &data), 1, &["there is no organisation nobody"]);
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    refused(&run(&ORGANISATION, &file), 1, &["the data folder", "not a directory"]);
}

#[tokio::test]
async fn a_port_that_is_taken_is_named_and_nothing_is_made() {
    let (folder, data) = folder();
    let server = Server::start(&data, &[], &folder.path().join("log")).await;
    let other = folder.path().join("other");
    let address = server.address.to_string();
    refused(&run(&["serve", "--listen", &address], &other), 1, &["nothing can listen on", &address, "in use"]);
    assert!(!other.exists());
}

#[test]
fn an_option_is_typed_or_in_the_environment_or_in_the_file_and_is_looked_for_in_that_order() {
    let (folder, data) = folder();
    result_of(&ORGANISATION, &data);
    let link = |more: &[&str], environment: &[(&str, &str)], file: &str| {
        fs::write(folder.path().join("dance-engine.toml"), file).unwrap();
        let words = [&INVITE, more].concat();
        told(command(&words).current_dir(folder.path()).envs(environment.iter().copied()).output().as_ref().unwrap()).1
    };
    let file = format!("data = {data:?}\npublic_url = \"http://file.test\"\n");
    let environment = [("DANCE_ENGINE_PUBLIC_URL", "http://environment.test")];
    assert!(link(&["--public-url", "http://typed.test"], &environment, &file).starts_with("http://typed.test/"));
    assert!(link(&[], &environment, &file).starts_with("http://environment.test/"));
    assert!(link(&[], &[], &file).starts_with("http://file.test/"));
    let file = format!("data = {data:?}\nlisten = \"127.0.0.1:9\"\n");
    assert!(link(&[], &[], &file).starts_with("http://127.0.0.1:9/"));
    assert!(link(&[], &[("DANCE_ENGINE_LISTEN", "127.0.0.1:7")], &file).starts_with("http://127.0.0.1:7/"));
}

#[test]
fn a_line_of_the_file_that_is_no_option_is_named() {
    let (folder, _) = folder();
    let check = |file: &str| {
        fs::write(folder.path().join("dance-engine.toml"), file).unwrap();
        command(&["check"]).current_dir(folder.path()).output().unwrap()
    };
    for (file, said) in [
        ("public-url = \"http://x.test\"\n", "dance-engine.toml: there is no option public-url, but data, "),
        ("rate_limit = 0\n", "dance-engine.toml: rate_limit: "),
        ("mail_worker = \"perhaps\"\n", "dance-engine.toml: mail_worker: "),
        ("listen = \"nonsense\"\n", "such as 127.0.0.1:8080"),
        ("data = \"x\n", "dance-engine.toml: TOML parse error at line 1"),
    ] {
        refused(&check(file), 2, &[said]);
    }
    let below = folder.path().join("below");
    fs::create_dir(&below).unwrap();
    let output = command(&["check"]).current_dir(below).output().unwrap();
    refused(&output, 1, &["there is no store in ./data"]);
}

#[tokio::test]
async fn a_store_opens_with_its_own_secret_only() {
    let (folder, data) = folder();
    let log = folder.path().join("log");
    with_an_event(&data, &log).await;
    let serve = |data: &Path, more: &[&str]| run(&[&["serve", "--listen", "127.0.0.1:0"], more].concat(), data);
    let other = "ab".repeat(32);
    refused(&serve(&data, &["--secret", &other]), 1, &["not the one that the store in", "was made with"]);
    refused(&run(&[&INVITE[..], &["--secret", &other]].concat(), &data), 1, &["not the one that the store"]);

    let (backup, copy) = (folder.path().join("backup"), folder.path().join("copy"));
    result_of(&["backup", "--output", backup.to_str().unwrap()], &data);
    result_of(&["restore", "--input", backup.to_str().unwrap()], &copy);
    assert_eq!(result_of(&["check"], &copy), "", "rows are looked at without a secret");
    refused(&serve(&copy, &[]), 1, &["was made with a secret that is not here", "DANCE_ENGINE_SECRET"]);
    assert!(!copy.join("secret").exists(), "another one would open nothing");
    fs::copy(data.join("secret"), copy.join("secret")).unwrap();
    Server::start(&copy, &[], &log).await;
    fs::set_permissions(copy.join("secret"), fs::Permissions::from_mode(0o640)).unwrap();
    refused(&serve(&copy, &[]), 1, &["must be readable by its owner only"]);

    let new = folder.path().join("new");
    fs::create_dir(&new).unwrap();
    refused(&serve(&new, &["--public-url", "https://x.test"]), 1, &["DANCE_ENGINE_SECRET is needed", "openssl rand"]);
}

#[tokio::test]
async fn an_export_that_is_imported_and_exported_again_is_the_same_file() {
    let (folder, data) = folder();
    with_an_event(&data, &folder.path().join("log")).await;
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    result_of(&["export", "--output", &file("one")], &data);
    assert_eq!(fs::metadata(file("one")).unwrap().permissions().mode() & 0o777, 0o600);
    let copy = folder.path().join("copy");
    result_of(&["import", "--input", &file("one")], &copy);
    result_of(&["export", "--output", &file("two")], &copy);
    let one = fs::read(file("one")).unwrap();
    assert!(one == fs::read(file("two")).unwrap() && !one.is_empty());
    assert_eq!(result_of(&["check"], &copy), "");
    refused(&run(&["import", "--input", &file("one")], &copy), 1, &["the store is not empty"]);

    let broken = folder.path().join("broken");
    fs::write(file("torn"), &one[..one.len() - 30]).unwrap();
    refused(&run(&["import", "--input", &file("torn")], &broken), 1, &["line "]);
    result_of(&["import", "--input", &file("one")], &broken);
    refused(&run(&["export", "--output", "/dev/null"], &data), 1, &["/dev/null cannot be written: it is no file"]);
    refused(&run(&["export", "--output", &file("no/folder")], &data), 1, &["cannot be written"]);
}

#[tokio::test]
async fn a_running_server_carries_commands_out_also_in_a_folder_with_a_long_name() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("x".repeat(120));
    let server = Server::start(&data, &[], &folder.path().join("log")).await;
    result_of(&ORGANISATION, &data);
    let token = result_of(&TOKEN, &data);
    server.client().send(&Ask::get("/api/v1/organisations/club").by(&token)).await.expect(200);
    assert!(result_of(&INVITE, &data).starts_with(&format!("http://{}/sign-in/", server.address)));
    let restore = ["restore", "--input", folder.path().to_str().unwrap()];
    refused(&run(&restore, &data), 1, &["has no backup"]);
}

#[test]
fn help_names_every_option_with_its_environment_variable_and_nothing_that_does_not_belong() {
    let help = |words: &[&str]| told(&command(&[words, &["--help"]].concat()).output().unwrap()).1;
    let all = help(&[]);
    assert!(all.starts_with("Ticketing and events for dance organisers") && all.contains("dance-engine.toml"), "{all}");
    let serve = help(&["serve"]);
    for option in [
        "data",
        "listen",
        "public-url",
        "demo",
        "smtp",
        "mail-from",
        "mail-worker",
        "rate-limit",
        "trusted-proxies",
        "secret",
    ] {
        let variable = format!("DANCE_ENGINE_{}", option.to_uppercase().replace('-', "_"));
        assert!(serve.contains(&format!("--{option}")) && serve.contains(&variable), "{option}: {serve}");
    }
    for words in [
        &["organisation", "create"][..],
        &["staff", "invite"],
        &["admin", "invite"],
        &["token", "create"],
        &["export"],
        &["import"],
        &["backup"],
        &["restore"],
        &["check"],
    ] {
        let shown = help(words);
        assert!(shown.contains("--data <DIR>") && shown.contains("DANCE_ENGINE_DATA"), "{shown}");
        assert!(!shown.contains("--smtp") && !shown.contains("--listen"), "{words:?}: {shown}");
    }
}
