//! Whom to ask is said once, in a file.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::Path;

use crate::program::{Demo, Run, run, write_private};

/// Writes the file in its usual place, and runs the program with it there.
fn with_profiles(demo: &Demo, text: &str, environment: &[(&str, &str)], arguments: &[&str]) -> Run {
    let folder = demo.path("config/sister-cities");
    std::fs::create_dir_all(&folder).expect("a folder");
    write_private(&folder.join("profiles.toml"), text);
    let config = demo.path("config").display().to_string();
    run(Path::new("."), &[&[("XDG_CONFIG_HOME", config.as_str())], environment].concat(), arguments)
}

fn two_cities(demo: &Demo) -> String {
    let database = demo.path("demo.db").display().to_string();
    format!(
        "profile = \"chicago\"\n[profiles.chicago]\ndatabase = \"sqlite:{database}\"\nprogramme = \"Chicago\"\n\
         [profiles.birmingham]\ndatabase = \"sqlite:{database}\"\nprogramme = \"Birmingham\"\n"
    )
}

#[test]
fn a_profile_says_whom_to_ask_and_what_is_typed_goes_before_the_environment_and_that_before_it() {
    let demo = Demo::build();
    let profiles = two_cities(&demo);
    let asks = |environment: &[(&str, &str)], arguments: &[&str]| {
        let found =
            with_profiles(&demo, &profiles, environment, &[arguments, &["programmes", "show"]].concat());
        assert_eq!(found.exit, 0, "{arguments:?}: {found:?}");
        found.stdout.lines().next().unwrap_or_default().to_owned()
    };
    assert!(asks(&[], &[]).contains("Chicago"));
    assert!(asks(&[], &["--profile", "birmingham"]).contains("Birmingham"));
    assert!(asks(&[("SISTER_CITIES_PROFILE", "birmingham")], &[]).contains("Birmingham"));
    assert!(asks(&[("SISTER_CITIES_PROGRAMME", "Birmingham")], &[]).contains("Birmingham"));
    assert!(
        asks(&[("SISTER_CITIES_PROGRAMME", "Birmingham")], &["--profile", "chicago"]).contains("Chicago")
    );
    assert!(asks(&[], &["--profile", "chicago", "-p", "Birmingham"]).contains("Birmingham"));

    let elsewhere = [("SISTER_CITIES_DATABASE", "sqlite:no-such.db")];
    let environment = with_profiles(&demo, &profiles, &elsewhere, &["programmes"]);
    assert_eq!(environment.exit, 3, "the environment goes before a profile: {environment:?}");
    assert!(asks(&elsewhere, &["--profile", "chicago"]).contains("Chicago"));
    let both = with_profiles(
        &demo,
        &profiles,
        &[],
        &["programmes", "--profile", "chicago", "--database", "sqlite:x"],
    );
    assert_eq!(both.exit, 2, "{both:?}");
    let unknown = with_profiles(&demo, &profiles, &[], &["programmes", "--profile", "gotham"]);
    assert_eq!(unknown.exit, 3, "{unknown:?}");
    assert!(unknown.stderr.contains("birmingham"), "it says what there is: {unknown:?}");
}

#[test]
fn profiles_are_listed_and_shown_without_secrets_and_a_wrong_file_says_what_is_expected() {
    let demo = Demo::build();
    let profiles = format!(
        "{}[profiles.far]\nurl = \"https://far.example\"\ntoken = \"scp_secret\"\n",
        two_cities(&demo)
    );
    let list = with_profiles(&demo, &profiles, &[], &["profiles", "list"]);
    assert!(list.stdout.contains("https://far.example") && list.stdout.contains("holds"), "{list:?}");
    let shown = with_profiles(&demo, &profiles, &[], &["profiles", "show", "far", "--json"]);
    assert!(shown.stdout.contains("in the profile") && !shown.stdout.contains("scp_secret"), "{shown:?}");
    let wrong = with_profiles(&demo, "[profiles.a]\nurll = \"x\"\n", &[], &["profiles", "list"]);
    assert_eq!(wrong.exit, 2, "{wrong:?}");
    assert!(wrong.stderr.contains("expected url, token"), "{wrong:?}");
    let nothing = run(Path::new("."), &[], &["profiles", "list"]);
    assert_eq!(nothing.exit, 3, "{nothing:?}");
    assert!(nothing.stderr.contains("/nonexistent/sister-cities/profiles.toml"), "{nothing:?}");
}

#[test]
fn a_file_with_a_token_that_others_may_read_is_refused() {
    let demo = Demo::build();
    let file = demo.path("profiles.toml");
    write_private(
        &file,
        "profile = \"far\"\n[profiles.far]\nurl = \"https://far.example\"\ntoken = \"scp_secret\"\n",
    );
    std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).expect("opened");
    let file = file.display().to_string();
    let refused = run(Path::new("."), &[("SISTER_CITIES_PROFILES_FILE", &file)], &["programmes"]);
    assert_eq!(refused.exit, 2, "{refused:?}");
    assert!(refused.stderr.contains("chmod o-rwx") && !refused.stderr.contains("scp_secret"), "{refused:?}");
}

/// Answers one request with 401, and tells what was asked.
fn asked_once(listener: TcpListener) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let mut request = [0; 4096];
        let read = stream.read(&mut request).expect("readable");
        let answer = b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream.write_all(answer).expect("answered");
        String::from_utf8_lossy(&request[..read]).to_lowercase()
    })
}

#[test]
fn the_token_of_a_profile_goes_to_its_server_and_to_no_other() {
    let demo = Demo::build();
    write_private(&demo.path("far.token"), "scp_secret\n");
    let token = demo.path("far.token").display().to_string();
    for (is_named, expected) in [(true, false), (false, true)] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let asked = asked_once(listener);
        let profile = if is_named { "https://far.example" } else { url.as_str() };
        let text =
            format!("profile = \"far\"\n[profiles.far]\nurl = \"{profile}\"\ntoken_file = \"{token}\"\n");
        let typed: &[&str] = if is_named { &["programmes", "--url", &url] } else { &["programmes"] };
        let answered = with_profiles(&demo, &text, &[], typed);
        assert_eq!(answered.exit, 4, "{answered:?}");
        let request = asked.join().expect("asked");
        assert_eq!(request.contains("bearer scp_secret"), expected, "{request}");
    }
}
