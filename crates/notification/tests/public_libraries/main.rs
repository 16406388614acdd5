//! What we sign verifies with the public libraries for Python and JavaScript, also while a secret is rotated (P21).
//!
//! `.ci/run` installs them below `target/public-libraries`. Where one is missing the test says so and passes; `cargo xtask test` says so
//! in its last lines, and `cargo xtask ci` fails.

#![expect(clippy::print_stderr, reason = "a test that cannot run says so")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sister_cities_api::webhook::{SigningSecret, sign};

const ID: &str = "dlv_01h455vb4pex5vsknk084sn02q";
const BODY: &str = r#"{"type":"partnership.suspended","version":"1","data":{"note":"ü 東京 \" \\ \u0000"}}"#;

/// What the library of a language makes of webhooks; none if it is not installed.
fn verdicts(program: &Path, script: &str, told: &[Value]) -> Option<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut running = Command::new(program)
        .arg(root.join("tests/public_libraries").join(script))
        .env("NODE_PATH", libraries().join("node_modules"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let lines: Vec<String> = told.iter().map(ToString::to_string).collect();
    // Whoever lacks the library is gone by now and reads nothing.
    let _ = running.stdin.take()?.write_all(lines.join("\n").as_bytes());
    let done = running.wait_with_output().ok()?;
    let said = String::from_utf8(done.stdout).ok()?;
    done.status.success().then(|| said.lines().map(ToOwned::to_owned).collect())
}

fn libraries() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/public-libraries")
}

#[expect(clippy::disallowed_methods, reason = "the public libraries read the clock by themselves")]
fn now() -> DateTime<Utc> {
    Utc::now()
}

fn told(secret: &SigningSecret, signature: &str, at: DateTime<Utc>, body: &str) -> Value {
    json!({
        "secret": secret.expose(),
        "headers": { "webhook-id": ID, "webhook-timestamp": at.timestamp().to_string(), "webhook-signature": signature },
        "body": body,
    })
}

/// Each case with what every library is to say of it.
fn cases() -> Vec<(Value, &'static str)> {
    let (old, new, foreign) =
        (SigningSecret::new([7; 32]), SigningSecret::new([8; 32]), SigningSecret::new([9; 32]));
    let at = now();
    let alone = sign(std::slice::from_ref(&new), ID, at, BODY.as_bytes());
    let both = sign(&[new.clone(), old.clone()], ID, at, BODY.as_bytes());
    let long_ago = at - TimeDelta::minutes(6);
    let stale = sign(std::slice::from_ref(&new), ID, long_ago, BODY.as_bytes());
    vec![
        (told(&new, &alone, at, BODY), "verified"),
        (told(&new, &both, at, BODY), "verified"),
        (told(&old, &both, at, BODY), "verified"),
        (told(&old, &alone, at, BODY), "refused"),
        (told(&foreign, &both, at, BODY), "refused"),
        (told(&new, &both, at, &BODY.replace("suspended", "renewed")), "refused"),
        (told(&new, &both, at + TimeDelta::seconds(1), BODY), "refused"),
        (told(&new, &stale, long_ago, BODY), "refused"),
    ]
}

/// P21: with the secret in use, during a rotation with the one before it too; and with no other.
fn check(language: &str, program: &Path, script: &str) {
    let cases = cases();
    let all: Vec<Value> = cases.iter().map(|(told, _)| told.clone()).collect();
    match verdicts(program, script, &all) {
        Some(said) => {
            let expected: Vec<&str> = cases.iter().map(|(_, verdict)| *verdict).collect();
            assert_eq!(said, expected, "{language}");
        }
        None => eprintln!(
            "no standardwebhooks for {language} was found, so nothing was verified with it: see .ci/run"
        ),
    }
}

#[test]
fn p21_what_we_sign_verifies_with_the_public_library_for_python() {
    let own = libraries().join("python/bin/python");
    check("Python", if own.is_file() { &own } else { Path::new("python3") }, "verify.py");
}

#[test]
fn p21_what_we_sign_verifies_with_the_public_library_for_javascript() {
    check("JavaScript", Path::new("node"), "verify.js");
}
