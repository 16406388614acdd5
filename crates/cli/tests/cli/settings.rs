//! Settings from a file, the environment and the command line; and what `config check` says of them.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::program::{command, run, write_private};

#[test]
fn config_check_says_what_holds_and_from_where() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "trusted_proxies = ['127.0.0.1']\n[limits]\nrequest = '1 min'\nconnections = 100\n";
    std::fs::write(folder.path().join("office.toml"), file).expect("written");
    let environment = [("SISTER_CITIES_LIMITS_CONNECTIONS", "200"), ("SISTER_CITIES_TOKEN", "scp_s3cret")];
    let checked = run(folder.path(), &environment, &["config", "check", "office.toml"]);
    assert_eq!((checked.exit, checked.stderr.as_str()), (0, ""), "{checked:?}");
    let words = checked.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for line in [
        "listen 127.0.0.1:8080 (default)",
        "trusted_proxies 127.0.0.1/32 (file, line 1)",
        "limits.request 1 min (file, line 3)",
        "limits.connections 200 (environment, SISTER_CITIES_LIMITS_CONNECTIONS)",
        "smtp - (default)",
    ] {
        assert!(words.contains(line), "{line}: {}", checked.stdout);
    }
    let json = run(folder.path(), &environment, &["config", "check", "office.toml", "--json"]);
    let held: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    let first = serde_json::json!({ "key": "listen", "value": "127.0.0.1:8080", "from": "default" });
    assert_eq!(held[0], first);
    assert!(!checked.stdout.contains("s3cret") && !json.stdout.contains("s3cret"));
}

#[test]
fn wrong_settings_end_with_2_and_say_all_that_is_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "lisen = '127.0.0.1:1'\nsmtp = 'smtp://u:s3cret@mail.example'\n[limits]\nrequest = 30\n";
    std::fs::write(folder.path().join("office.toml"), file).expect("written");
    for arguments in [
        &["config", "check", "office.toml"][..],
        &["serve", "--config", "office.toml", "--database", "sqlite:x.db"],
        &["worker", "--config", "office.toml", "--database", "sqlite:x.db"],
    ] {
        let refused = run(folder.path(), &[], arguments);
        assert_eq!((refused.exit, refused.stdout.as_str()), (2, ""), "{refused:?}");
        for said in [
            "lisen (file, line 1); did you mean listen?",
            "smtp (file, line 2)",
            "limits.request (file, line 4)",
        ] {
            assert!(refused.stderr.contains(said), "{said}: {}", refused.stderr);
        }
        assert!(!refused.stderr.contains("s3cret"), "{}", refused.stderr);
    }
    assert!(!folder.path().join("x.db").exists(), "nothing is begun with wrong settings");
    let typo = run(folder.path(), &[("SISTER_CITIES_LISTN", "127.0.0.1:1")], &["config", "check"]);
    assert_eq!(typo.exit, 2);
    assert!(typo.stderr.contains("did you mean SISTER_CITIES_LISTEN?"), "{}", typo.stderr);
    let filter = run(folder.path(), &[("SISTER_CITIES_LOG_FILTER", "a=b=c")], &["config", "check"]);
    assert_eq!(filter.exit, 2, "{filter:?}");
    assert_eq!(run(folder.path(), &[], &["config", "check", "none.toml"]).exit, 3);
}

/// What a server says on standard error up to a line that says this; then it is ended.
fn says(folder: &Path, arguments: &[&str], until: &str) -> Vec<String> {
    let arguments = [&["serve", "--no-worker", "--database", "sqlite:office.db"], arguments].concat();
    let mut server = command(folder, &[], &arguments)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut said = Vec::new();
    for line in BufReader::new(server.stderr.take().expect("stderr")).lines() {
        said.push(line.expect("a line"));
        if said.last().is_some_and(|line| line.contains(until)) {
            break;
        }
    }
    server.kill().expect("ended");
    server.wait().expect("its end");
    said
}

#[test]
fn a_server_listens_and_logs_as_the_file_says_and_the_command_line_goes_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "listen = '127.0.0.2:0'\nlog.format = 'json'\n";
    std::fs::write(folder.path().join("office.toml"), file).expect("written");
    let said = says(folder.path(), &["--config", "office.toml"], "listening");
    let last: serde_json::Value = serde_json::from_str(said.last().expect("a line")).expect("JSON");
    assert!(last["fields"]["address"].as_str().is_some_and(|at| at.starts_with("127.0.0.2:")), "{said:#?}");
    let typed = ["--config", "office.toml", "--listen", "127.0.0.3:0"];
    let said = says(folder.path(), &typed, "listening").concat();
    assert!(said.contains("http://127.0.0.3:") && !said.contains("127.0.0.2"), "{said}");
}

#[test]
fn a_server_that_other_machines_reach_without_tls_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = says(folder.path(), &["--listen", "0.0.0.0:0"], "without TLS").concat();
    assert!(said.contains("WARN") && said.contains("trusted_proxies"), "{said}");
}

#[test]
fn whoever_asks_another_machine_without_tls_is_warned() {
    let folder = tempfile::tempdir().expect("a folder");
    // An address that is kept for documentation: nobody is there.
    let asked = run(
        folder.path(),
        &[("HTTP_PROXY", "http://127.0.0.1:9")],
        &["programmes", "--url", "http://192.0.2.1"],
    );
    assert_eq!(asked.exit, 6, "{asked:?}");
    assert_eq!(asked.stderr.matches("without TLS").count(), 1, "{}", asked.stderr);
}

const KEY: &str = "3f9a0c11d27be48867aa50c93e1f7d04b6c85e2290fd13a7714cd9e80b6235ef";

/// As `docs/operations/files.md` says.
#[test]
fn a_key_that_others_may_read_and_a_device_are_refused_and_a_pipe_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let key = folder.path().join("cursor.key");
    write_private(&key, KEY);
    std::fs::write(folder.path().join("office.toml"), "cursor_key_file = 'cursor.key'\n").expect("written");
    let check = || run(folder.path(), &[], &["config", "check", "office.toml"]);
    assert_eq!(check().exit, 0, "{:?}", check());
    std::fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o604))
        .expect("opened to all");
    let refused = check();
    assert_eq!(refused.exit, 2, "{refused:?}");
    assert!(
        refused.stderr.contains("others may read it") && refused.stderr.contains("chmod o-rwx"),
        "{refused:?}"
    );
    for device in ["/dev/zero", "/dev/full", "/"] {
        let arguments = ["migrate", "--database", "sqlite:office.db", "--master-key-file", device];
        let refused = run(folder.path(), &[], &arguments);
        assert_eq!(refused.exit, 2, "{refused:?}");
        assert!(refused.stderr.contains("it is no file"), "{device}: {}", refused.stderr);
    }
    assert!(!folder.path().join("office.db").exists());
    // By a pipe, as a shell gives what another program prints.
    let script = format!("{} config check --json", env!("CARGO_BIN_EXE_sister-cities"));
    let script =
        format!("mkfifo pipe && (echo {KEY} > pipe &) && SISTER_CITIES_CURSOR_KEY_FILE=pipe {script}");
    let shell = std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output();
    let shell = shell.expect("it runs");
    assert!(shell.status.success(), "{shell:?}");
}

#[test]
fn the_password_of_a_mistyped_database_is_not_printed() {
    for address in [
        "postgre://u:s3cret@db.example/x",
        "u:s3cret@db.example",
        "postgres:/u:s3cret@db.example/x",
        "sqlite:",
    ] {
        for arguments in [
            &["migrate", "--database", address][..],
            &["migrate", "--database", "sqlite:x.db", "--owner-database", address],
        ] {
            let refused = run(Path::new("."), &[], arguments);
            assert_eq!(refused.exit, 2, "{address}: {refused:?}");
            assert!(
                !refused.stderr.contains("s3cret") && refused.stderr.contains("sqlite:PATH"),
                "{refused:?}"
            );
        }
        let refused = run(Path::new("."), &[("SISTER_CITIES_DATABASE", address)], &["migrate"]);
        assert_eq!(refused.exit, 2, "{refused:?}");
        assert!(!refused.stderr.contains("s3cret"), "{refused:?}");
    }
}
