//! What is refused says what would be right, on stderr, with the exit code that `--help` documents.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::program::{Demo, Run, command, run};

fn refused(run: &Run, exit: i32, says: &[&str]) {
    assert_eq!(run.exit, exit, "{run:?}");
    assert_eq!(run.stdout, "", "nothing on stdout: {run:?}");
    for text in says {
        assert!(run.stderr.contains(text), "{text}: {}", run.stderr);
    }
}

#[test]
fn a_wrong_command_line_is_2_and_says_what_was_expected() {
    let here = Path::new(".");
    refused(&run(here, &[], &["count", "--as-of", "June 2008"]), 2, &["2008-06-04"]);
    refused(&run(here, &[], &["overview"]), 2, &["--url", "--database", "SISTER_CITIES_URL"]);
    refused(
        &run(here, &[], &["overview", "--url", "http://a.example", "--database", "sqlite:x"]),
        2,
        &["two targets"],
    );
    refused(&run(here, &[], &["overview", "--database", "x.db"]), 2, &["sqlite:PATH"]);
    refused(&run(here, &[], &["overview", "--url", "nonsense"]), 2, &["https://"]);
    refused(&run(here, &[], &["migrate", "--url", "http://a.example"]), 2, &["--database"]);
}

#[test]
fn what_is_not_there_is_3_and_lists_what_is() {
    let demo = Demo::build();
    refused(&demo.run(&["vitality", "Atlantis"]), 3, &["Atlantis", "Casablanca, Morocco"]);
    refused(&demo.run(&["count", "-p", "Gotham"]), 3, &["Gotham", "Birmingham"]);
    refused(&demo.run(&["imports", "show", "imp_01h455vb4pex5vsknk084sn02q"]), 3, &[]);
    refused(&demo.run(&["import", "partnerships", "no-such.csv"]), 3, &["no-such.csv"]);
    refused(
        &run(Path::new("."), &[], &["overview", "--database", "sqlite:no-such.db"]),
        3,
        &["no-such.db", "migrate"],
    );
}

#[test]
fn an_ambiguous_name_is_5_and_lists_whom_it_may_mean() {
    let demo = Demo::build();
    refused(&demo.run(&["vitality", "sh"]), 5, &["Shanghai", "Shenyang"]);
    let both = run(
        Path::new("."),
        &[("SISTER_CITIES_DATABASE", &format!("sqlite:{}", demo.path("demo.db").display()))],
        &["overview"],
    );
    refused(&both, 5, &["--programme", "Chicago", "Birmingham"]);
}

#[test]
fn where_json_is_asked_for_a_failure_is_json_too_with_what_a_person_may_choose_among() {
    let demo = Demo::build();
    let asked = demo.run(&["vitality", "sh", "--json"]);
    assert_eq!((asked.exit, asked.stdout.as_str()), (5, ""), "{asked:?}");
    let told: serde_json::Value = serde_json::from_str(&asked.stderr).expect("JSON");
    assert_eq!(told["exit"], 5);
    let hints: Vec<&str> =
        told["hints"].as_array().expect("hints").iter().filter_map(|hint| hint.as_str()).collect();
    assert!(hints.iter().any(|hint| hint.starts_with("prt_") && hint.contains("Shanghai")), "{hints:?}");
    assert!(demo.json(&["migrate"])["database"].as_str().is_some_and(|place| place.starts_with("sqlite:")));
}

#[test]
fn a_demo_never_touches_a_database_that_is_there() {
    let demo = Demo::build();
    refused(&demo.run(&["demo", "--no-serve"]), 4, &["already", "not there yet"]);
}

#[test]
fn a_server_that_is_not_there_is_6_and_a_token_that_is_not_accepted_4() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", gone.local_addr().expect("an address"));
    drop(gone);
    refused(&run(Path::new("."), &[], &["programmes", "--url", &url]), 6, &["is the server running"]);

    // The demo serves until it is stopped, and prints its address and a token.
    let directory = tempfile::tempdir().expect("a directory");
    let mut serving = command(directory.path(), &[], &["demo", "--listen", "127.0.0.1:0", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut text = String::new();
    let mut lines = BufReader::new(serving.stdout.take().expect("its output"));
    while !text.ends_with("\n}\n") && lines.read_line(&mut text).expect("readable") > 0 {}
    let shown: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let (url, token) = (
        shown["server"]["url"].as_str().expect("a URL"),
        shown["server"]["token"].as_str().expect("a token"),
    );

    let asked = run(Path::new("."), &[("SISTER_CITIES_TOKEN", token)], &["programmes", "--url", url]);
    let counted = run(
        Path::new("."),
        &[("SISTER_CITIES_URL", url), ("SISTER_CITIES_TOKEN", token)],
        &["count", "-p", "chicago", "--as-of", "2008-06-04", "--json"],
    );
    let stranger = run(Path::new("."), &[], &["programmes", "--url", url]);
    let process = rustix::process::Pid::from_child(&serving);
    rustix::process::kill_process(process, rustix::process::Signal::TERM).expect("told to stop");
    assert!(serving.wait().expect("ended").success(), "SIGTERM ends it well");

    assert_eq!(asked.exit, 0, "{asked:?}");
    assert!(asked.stdout.contains("Chicago Sister Cities"));
    let counted: serde_json::Value = serde_json::from_str(&counted.stdout).expect("JSON");
    assert_eq!(counted["number"], 27);
    refused(&stranger, 4, &["token"]);
}
