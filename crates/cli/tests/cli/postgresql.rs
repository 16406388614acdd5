//! `docs/operations/postgresql.md`, followed as it is written: its SQL by an administrator of a cluster, its commands in one shell.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sister_cities_storage::testing::{DurableCluster, is_there};

const PAGE: &str = include_str!("../data/postgresql.md");
/// What the shell says when a block is done.
const DONE: &str = "this block is done";
/// How long a server may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// A block of the page that is followed.
enum Block {
    Sql(String),
    Shell(String),
}

/// The blocks of the page, in order. Others than these two say what a file holds.
fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = PAGE.lines();
    while let Some(line) = lines.next() {
        let Some(language) = line.strip_prefix("```") else { continue };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        match language {
            "sql" => blocks.push(Block::Sql(text.join("\n"))),
            "sh" => blocks.push(Block::Shell(text.join("\n"))),
            _ => {}
        }
    }
    blocks
}

/// A shell that ends, with what it began, when this does.
struct Shell {
    process: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Shell {
    fn begin(home: &Path) -> Self {
        let program = Path::new(env!("CARGO_BIN_EXE_sister-cities"));
        let folder = program.parent().expect("a folder").display();
        let mut process = Command::new("bash")
            .current_dir(home)
            .env_clear()
            .env("PATH", format!("{folder}:/usr/local/bin:/usr/bin:/bin"))
            .env("HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let said = BufReader::new(process.stdout.take().expect("it says something"));
        let mut shell = Self { process, said };
        shell.follow("set -eu; exec 2>&1; trap 'kill $(jobs -p) 2>/dev/null' EXIT");
        shell
    }

    /// Runs a block; answers what was said, and by then every command has ended well.
    fn follow(&mut self, block: &str) -> String {
        let input = self.process.stdin.as_mut().expect("it listens");
        writeln!(input, "{block}\necho '{DONE}'").expect("it listens");
        let mut said = String::new();
        loop {
            let mut line = String::new();
            let read = self.said.read_line(&mut line).expect("it says something");
            assert!(read > 0, "the shell ended in:\n{block}\nafter it said:\n{said}");
            if line.trim_end() == DONE {
                return said;
            }
            let _ = write!(said, "{line}");
        }
    }
}

impl Drop for Shell {
    fn drop(&mut self) {
        // The end of its input is its end.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn the_page_on_postgresql_is_followed_as_it_is_written() {
    if !is_there() {
        // That there is none is said at the end of the run.
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    #[cfg(unix)]
    std::fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))
        .expect("open");
    let cluster = DurableCluster::start(folder.path()).expect("a cluster");
    let home = folder.path().join("home");
    std::fs::create_dir(&home).expect("a folder");
    let ports = [0, 1].map(|_| TcpListener::bind("127.0.0.1:0").expect("a port"));
    let addresses = ports.map(|free| free.local_addr().expect("an address").to_string());
    let here = |text: &str| {
        text.replace("db.example", &cluster.host_in_urls())
            .replace("127.0.0.1:8091", &addresses[0])
            .replace("127.0.0.1:8092", &addresses[1])
    };

    let mut shell = Shell::begin(&home);
    let mut said = String::new();
    for block in blocks() {
        match block {
            Block::Sql(sql) => cluster.execute(&sql).await,
            Block::Shell(commands) => said += &shell.follow(&here(&commands)),
        }
    }
    assert!(said.contains("Serving postgres://"), "{said}");
    for address in &addresses {
        let begun = Instant::now();
        while answered(address) != Some(200) {
            assert!(begun.elapsed() < READY_WITHIN, "{address} is not ready: {said}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
    let restored = shell.follow(&here("sister-cities --database \"$restored\" programmes"));
    assert!(restored.contains("Chicago Sister Cities"), "{restored}");
    an_erasure_that_could_not_clear_is_run_again(&mut shell, &here);
}

/// Without the owner's URL old versions of rows stay, which is said; the same command with it clears them, though nobody of that name is
/// recorded any more.
fn an_erasure_that_could_not_clear_is_run_again(shell: &mut Shell, here: &impl Fn(&str) -> String) {
    let erase = "erase person --name 'Kanaria Wróbel'";
    let first = shell.follow(&here(&format!(
        "sister-cities organisations add --kind association 'Kanaria Wróbel'; sister-cities {erase}"
    )));
    assert!(first.contains("Still to be done: old versions of rows stay"), "{first}");
    let owner = "postgres://sister_cities_owner@db.example/sister_cities";
    let again = shell.follow(&here(&format!(
        "sister-cities --owner-database '{owner}' {erase} || echo \"ended with $?\""
    )));
    let is_cleared = again.contains("is cleared now") && again.contains("ended with 3");
    assert!(is_cleared && !again.contains("Still to be done"), "{again}");
}

/// What `/readyz` is answered with, if somebody is there.
fn answered(address: &str) -> Option<u16> {
    let mut stream = std::net::TcpStream::connect(address).ok()?;
    write!(stream, "GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").ok()?;
    let mut status = String::new();
    BufReader::new(stream).read_line(&mut status).ok()?;
    status.split(' ').nth(1)?.parse().ok()
}
