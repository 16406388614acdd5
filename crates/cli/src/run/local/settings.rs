//! What a server or a worker is set up with, from command line, environment and file.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;

use clap::CommandFactory as _;
use secrecy::SecretString;
use serde::Serialize;
use sister_cities_server::email::{Login, Mailbox, SmtpConfig};
use sister_cities_server::local::{CursorKey, Local};
use sister_cities_server::outbound::OutboundPolicy;
use sister_cities_server::settings::{
    ENVIRONMENT_PREFIX, LogFormat, LogSettings, MessageSettings, Resolved, SettingFault, SettingLayers,
    Settings,
};
use sister_cities_server::{ServerConfig, Worker, WorkerConfig};
use tracing_subscriber::EnvFilter;

use crate::args::{Cli, TypedSettings};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::text::{Renderer, Style};
use crate::target::read_secret;

/// Settings that hold, with the files that they name read.
pub(super) struct Prepared {
    pub(super) server: ServerConfig,
    pub(super) worker: WorkerConfig,
    pub(super) log: Log,
    pub(super) database_connections: usize,
}

/// Reads settings, and the files that they name.
pub(super) fn prepare(file: Option<&Path>, typed: TypedSettings) -> Result<Prepared, Failure> {
    prepared(resolve(file, typed)?.settings)
}

/// A worker that is set up so.
pub(super) fn worker(local: &Local, config: &WorkerConfig) -> Result<Worker, Failure> {
    local.worker(config).map_err(|error| Failure::caused(Exit::Usage, &error))
}

/// Prints what holds and where each comes from.
pub(in crate::run) fn check(file: Option<&Path>, output: Output) -> Result<(), Failure> {
    let resolved = resolve(file, TypedSettings::new())?;
    let Prepared { server: _, worker: _, log: _, database_connections: _ } =
        prepared(resolved.settings.clone())?;
    let held: Vec<Held> = resolved
        .origins
        .iter()
        .map(|(setting, origin)| Held {
            key: setting.key(),
            value: setting.shown(&resolved.settings),
            from: origin.to_string(),
        })
        .collect();
    output.print(&held, |out| render(&held, out))
}

/// A setting as it is shown.
#[derive(Debug, Serialize)]
struct Held {
    key: &'static str,
    value: Option<String>,
    from: String,
}

fn render(held: &[Held], out: &mut Renderer) {
    for Held { key, value, from } in held {
        let value = value.as_deref().unwrap_or("-");
        out.hanging((Style::Faint, &format!("{key:<32} ")), Style::Plain, &format!("{value}  ({from})"));
    }
}

fn resolve(file: Option<&Path>, typed: TypedSettings) -> Result<Resolved, Failure> {
    let text = file.map(|file| {
        std::fs::read_to_string(file).map_err(|error| {
            let what = format!("the settings in {} cannot be read: {error}", file.display());
            Failure::new(Exit::NotFound, what)
        })
    });
    // The one place that reads settings from the environment.
    let environment = std::env::vars_os();
    let environment = environment
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.to_string_lossy().into_owned())))
        .filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX) || name == "RUST_LOG")
        .collect();
    let layers = SettingLayers { typed, environment, other_names: other_names(), file: text.transpose()? };
    layers.resolve().map_err(|faults| wrong(&faults))
}

/// The names in the environment by which other options are given.
fn other_names() -> BTreeSet<String> {
    fn gather(command: &clap::Command, names: &mut BTreeSet<String>) {
        let own = command.get_arguments().filter_map(clap::Arg::get_env);
        names.extend(own.filter_map(|name| name.to_str().map(str::to_owned)));
        command.get_subcommands().for_each(|below| gather(below, names));
    }
    let mut names = BTreeSet::new();
    gather(&Cli::command(), &mut names);
    names
}

fn wrong(faults: &[SettingFault]) -> Failure {
    let failure = Failure::new(Exit::Usage, "the settings are wrong");
    faults.iter().fold(failure, |failure, fault| failure.hint(fault.to_string()))
}

/// What wrong settings end with, where only the program that is set up so can tell.
fn cannot(key: &str, expected: &str) -> Failure {
    Failure::new(Exit::Usage, "the settings are wrong")
        .hint(format!("{key} cannot be that; expected {expected}"))
}

fn prepared(settings: Settings) -> Result<Prepared, Failure> {
    let outbound = receivers(&settings.messages);
    let mut server = ServerConfig::new(settings.serve.listen)
        .with_limits(settings.limits)
        .with_proxies(settings.serve.trusted_proxies)
        .with_cross_origin(settings.serve.cross_origin)
        .with_metrics_address(settings.serve.metrics_listen)
        .with_receivers(outbound.clone());
    if let Some(file) = &settings.serve.cursor_key_file {
        let key = CursorKey::from_text(&read_secret("key for cursors", file)?);
        let key = key.map_err(|error| Failure::caused(Exit::Usage, &error))?;
        server = server.with_cursor_key(*key.bytes());
    }
    Ok(Prepared {
        server,
        worker: told_by(settings.messages, outbound)?,
        log: Log::new(&settings.log)?,
        database_connections: settings.serve.database_connections,
    })
}

fn told_by(messages: MessageSettings, outbound: OutboundPolicy) -> Result<WorkerConfig, Failure> {
    let mut config = WorkerConfig::new(messages.public_url).with_outbound(outbound);
    if let Some((server, address)) = messages.smtp.zip(messages.mail_from) {
        let mut smtp = SmtpConfig::new(server, Mailbox { address, name: messages.mail_from_name });
        if let Some((user, file)) = messages.smtp_user.zip(messages.smtp_password_file) {
            let password = read_secret("password of the mail server", &file)?;
            let password = SecretString::from(password.trim_end_matches(['\r', '\n']).to_owned());
            smtp.login = Some(Login { user, password });
        }
        if let Some(file) = messages.smtp_authority_file {
            let read = std::fs::read(&file).map_err(|error| {
                let what = "the certificate of the authority";
                Failure::new(Exit::NotFound, format!("{what} at {} cannot be read: {error}", file.display()))
            });
            smtp.authorities.push(read?);
        }
        config = config.with_smtp(smtp);
    }
    Ok(match messages.messages {
        Some(folder) => config.with_messages(folder),
        None => config,
    })
}

/// Where webhooks may lead.
fn receivers(messages: &MessageSettings) -> OutboundPolicy {
    let networks = messages.webhook_network.iter().copied();
    let policy = networks.fold(OutboundPolicy::default(), OutboundPolicy::with_network);
    if messages.webhook_http { policy.with_http() } else { policy }
}

/// A log that is ready to begin.
pub(super) struct Log {
    filter: EnvFilter,
    format: LogFormat,
}

impl Log {
    fn new(settings: &LogSettings) -> Result<Self, Failure> {
        let filter = EnvFilter::try_new(&settings.filter);
        let expected = "a level, or PART=LEVEL with commas between them";
        Ok(Self { filter: filter.map_err(|_| cannot("log.filter", expected))?, format: settings.format })
    }

    /// The log of a program without settings of its own: as the environment says.
    pub(super) fn of_environment() -> Result<Self, Failure> {
        Self::new(&resolve(None, TypedSettings::new())?.settings.log)
    }

    /// Logs to standard error from here on.
    pub(super) fn begin(self) {
        let log = tracing_subscriber::fmt()
            .with_env_filter(self.filter)
            .with_writer(std::io::stderr)
            .with_ansi(std::io::stderr().is_terminal());
        // A second subscriber is refused; the first goes on.
        let _ = match self.format {
            LogFormat::Text => log.try_init(),
            LogFormat::Json => log.json().try_init(),
        };
    }
}
