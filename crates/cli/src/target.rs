//! Which server is asked: a remote one, or one started in this process on a database file.

use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use clap::ArgMatches;
use clap::parser::ValueSource;
use secrecy::{ExposeSecret as _, SecretString};
use sister_cities_client::{Client, ClientBuilder, RetryPolicy};
use sister_cities_server::local::{HereServer, Local, Location, LocationError, MasterKey, Opening};

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::write_stderr;

/// What the command line and the environment said to ask.
#[derive(Debug)]
pub(crate) enum Target {
    /// A server by its address.
    Server { url: String, token: Option<SecretString> },
    /// A database, served within this process.
    Database(Opening),
    /// Neither was named.
    Nothing,
}

impl Target {
    /// Reads the two options; what stands on the command line goes before the environment.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] where both are named at the same place.
    pub(crate) fn new(global: &Global, matches: &ArgMatches) -> Result<Self, Failure> {
        let server = |url: &String| Self::Server { url: url.clone(), token: global.token.clone() };
        let master = master_key(global)?;
        let database = location("database", global.database.as_ref())?;
        let owner = location("owner-database", global.owner_database.as_ref())?;
        let opening = |location: &Location| {
            let opening = Opening::new(location.clone()).owner(owner.clone());
            let opening = opening.sealed_by(master.clone());
            global.accepted_risks.iter().fold(opening, |opening, risk| opening.accept(*risk))
        };
        match (&global.url, &database) {
            (None, None) => Ok(Self::Nothing),
            (Some(url), None) => Ok(server(url)),
            (None, Some(database)) => Ok(Self::Database(opening(database))),
            (Some(url), Some(database)) => match (is_typed(matches, "url"), is_typed(matches, "database")) {
                (true, false) => Ok(server(url)),
                (false, true) => Ok(Self::Database(opening(database))),
                (true, true) => Err(Failure::new(Exit::Usage, "--url and --database name two targets")
                    .hint("give one of them")),
                (false, false) => Err(Failure::new(
                    Exit::Usage,
                    "SISTER_CITIES_URL and SISTER_CITIES_DATABASE name two targets",
                )
                .hint("unset one of them, or give --url or --database")),
            },
        }
    }
}

/// Reads where a database is. What was written is not repeated: it may hold a password.
fn location(option: &str, text: Option<&SecretString>) -> Result<Option<Location>, Failure> {
    let read = text.map(|text| text.expose_secret().parse());
    read.transpose().map_err(|error: LocationError| {
        Failure::new(Exit::Usage, format!("--{option} names no database: {error}"))
    })
}

impl Target {
    /// The database to act on; a server is of no use here.
    ///
    /// # Errors
    ///
    /// [`Exit::Usage`] where none is named.
    pub(crate) fn database(self) -> Result<Opening, Failure> {
        match self {
            Self::Database(database) => Ok(database),
            Self::Server { .. } | Self::Nothing => {
                Err(Failure::new(Exit::Usage, "this acts on a database itself, and none is named")
                    .hint("give --database sqlite:PATH, or set SISTER_CITIES_DATABASE"))
            }
        }
    }
}

/// Reads the master key, if one is named, with those before it.
pub(crate) fn master_key(global: &Global) -> Result<Option<MasterKey>, Failure> {
    let Some(file) = &global.master_key_file else {
        if global.old_master_key_file.is_empty() {
            return Ok(None);
        }
        return Err(Failure::new(Exit::Usage, "an old master key is given, and no present one")
            .hint("give --master-key-file too, or SISTER_CITIES_MASTER_KEY_FILE"));
    };
    let mut key = read_key("master key", file)?;
    for file in &global.old_master_key_file {
        key = key.after(read_key("old master key", file)?);
    }
    Ok(Some(key))
}

/// Reads a key. The message never holds what the file does.
pub(crate) fn read_key(what: &str, file: &Path) -> Result<MasterKey, Failure> {
    MasterKey::from_text(&read_secret(what, file)?).map_err(|error| Failure::caused(Exit::Usage, &error))
}

/// The most that a file with a secret has.
const MOST_OF_A_SECRET: u64 = 64 * 1024;

/// Reads a file that holds a secret. The message never holds what the file does.
///
/// Refused is a device, which may have no end, and a file that others than owner and group may read. A pipe is read.
pub(crate) fn read_secret(what: &str, file: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| {
        Failure::new(Exit::NotFound, format!("the {what} at {} cannot be read: {error}", file.display()))
    };
    let refused =
        |why: &str| Failure::new(Exit::Usage, format!("the {what} at {} is not read: {why}", file.display()));
    let found = std::fs::metadata(file).map_err(failed)?;
    if !(found.is_file() || is_pipe(&found)) {
        return Err(refused("it is no file").hint("name a file that holds it"));
    }
    if found.is_file() && others_may_read(&found) {
        return Err(refused("others may read it").hint("take that away: chmod o-rwx"));
    }
    let mut text = String::new();
    let opened = std::fs::File::open(file).map_err(failed)?;
    opened.take(MOST_OF_A_SECRET).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}

/// Whether others than owner and group may read a file; one that is not there is open to nobody.
pub(crate) fn is_open_to_others(file: &Path) -> bool {
    std::fs::metadata(file).is_ok_and(|found| others_may_read(&found))
}

#[cfg(unix)]
fn is_pipe(found: &std::fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &std::fs::Metadata) -> bool {
    false
}

#[cfg(unix)]
fn others_may_read(found: &std::fs::Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(found) & 0o007 != 0
}

#[cfg(not(unix))]
fn others_may_read(_: &std::fs::Metadata) -> bool {
    false
}

/// Whether an option of every command stands on the command line.
pub(crate) fn is_typed(matches: &ArgMatches, name: &str) -> bool {
    let in_process = matches.value_source(name) == Some(ValueSource::CommandLine);
    in_process || matches.subcommand().is_some_and(|(_, below)| is_typed(below, name))
}

/// A conversation with a server.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) client: Client,
    in_process: Option<HereServer>,
}

impl Connection {
    /// Connects, or starts a server in this process on a database that is there.
    pub(crate) async fn open(target: Target) -> Result<Self, Failure> {
        match target {
            Target::Server { url, token } => {
                let client = client(Client::builder(url), token)?;
                if client.sends_in_clear() {
                    write_stderr(
                        "warning: this server is asked without TLS: what is sent can be read on the way, the token too\n",
                    );
                }
                Ok(Self { client, in_process: None })
            }
            Target::Database(database) => Self::on(&Local::open(&database).await?).await,
            Target::Nothing => {
                Err(Failure::new(Exit::Usage, "it is not said which server or database to ask")
                    .hint("give --url (and --token), or --database sqlite:PATH,")
                    .hint("or set SISTER_CITIES_URL (and SISTER_CITIES_TOKEN), or SISTER_CITIES_DATABASE;")
                    .hint("or write a profile once: `sister-cities profiles --help` shows one"))
            }
        }
    }

    /// Starts a server in this process.
    pub(crate) async fn on(local: &Local) -> Result<Self, Failure> {
        let in_process = local.serve_here().await?;
        let token = SecretString::from(in_process.token().reveal());
        // The server is this process: as long as it works, it answers.
        let builder = Client::builder(in_process.base_url())
            .attempt_timeout(IN_PROCESS_TIMEOUT)
            .total_timeout(IN_PROCESS_TIMEOUT)
            .retry(RetryPolicy::never());
        Ok(Self { client: client(builder, Some(token))?, in_process: Some(in_process) })
    }

    /// Stops the server in this process, if there is one.
    pub(crate) async fn close(self) {
        if let Some(in_process) = self.in_process {
            in_process.stop().await;
        }
    }
}

const IN_PROCESS_TIMEOUT: Duration = Duration::from_mins(10);

fn client(builder: ClientBuilder, token: Option<SecretString>) -> Result<Client, Failure> {
    let builder = builder.user_agent(concat!("sister-cities/", env!("CARGO_PKG_VERSION")));
    let builder = match token {
        Some(token) => builder.token(token),
        None => builder,
    };
    Ok(builder.build()?)
}
