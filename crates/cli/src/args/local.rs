//! Commands that act on the database itself: serving, the demo, tokens, backups, moving programmes.

use std::net::SocketAddr;

use clap::{Args, Subcommand};
use sister_cities_client::api::Scope;
use sister_cities_client::api::domain::id::{PersonId, TokenId};
use sister_cities_client::api::domain::value::Name;

use super::{FilePath, ServeSettingArgs, WorkerSettingArgs, parameter};

#[derive(Args, Debug)]
pub(crate) struct ServeArgs {
    /// A file with settings (TOML), which give way to those of the environment and the command line
    #[arg(long, env = "SISTER_CITIES_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<FilePath>,
    /// Leave telling people and programs to `sister-cities worker`
    #[arg(long)]
    pub(crate) no_worker: bool,
    #[command(flatten)]
    pub(crate) settings: ServeSettingArgs,
}

#[derive(Args, Debug)]
pub(crate) struct WorkerArgs {
    /// A file with settings (TOML), which give way to those of the environment and the command line
    #[arg(long, env = "SISTER_CITIES_CONFIG", value_name = "FILE")]
    pub(crate) config: Option<FilePath>,
    #[command(flatten)]
    pub(crate) settings: WorkerSettingArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// Print what holds and where each comes from, or all that is wrong; reads files that are named, and touches no database
    Check {
        /// The file with settings (TOML); without one, what the environment says alone
        #[arg(env = "SISTER_CITIES_CONFIG")]
        file: Option<FilePath>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct DemoArgs {
    /// Print the overview and end
    #[arg(long)]
    pub(crate) no_serve: bool,
    /// Address and port to listen on; port 0 takes any free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS", conflicts_with = "no_serve")]
    pub(crate) listen: SocketAddr,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditCommand {
    /// Walk every journal and find what was changed, dropped or swapped; exit code 1 if anything was
    Verify,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KeysCommand {
    /// Make a new data key for every programme; what is stored follows while a server runs
    Rotate,
    /// Change the master key: have all data keys opened by the new one, given with the old ones
    Rewrap,
}

#[derive(Debug, Subcommand)]
pub(crate) enum EraseCommand {
    /// Put a pseudonym wherever a person is named: records, their past, journal, replies, uploads
    Person {
        /// The person's exact name; case does not matter
        #[arg(long, value_parser = parameter::<Name>, required_unless_present = "record")]
        name: Option<Name>,
        /// The person's record, per_…: everything in it, and what of it stands elsewhere in its programme
        #[arg(long, value_name = "ID", value_parser = parameter::<PersonId>, conflicts_with = "name")]
        record: Option<PersonId>,
        /// Say where and how often, and change nothing
        #[arg(long)]
        dry_run: bool,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TokenCommand {
    /// Make a token and print it, this once
    Create(TokenCreate),
    /// List the tokens, without their secrets
    List,
    /// Revoke a token: from now on it opens nothing
    Revoke {
        /// Its id, tok_…
        #[arg(value_parser = parameter::<TokenId>)]
        id: TokenId,
    },
}

#[derive(Args, Debug)]
pub(crate) struct TokenCreate {
    /// Whose it is or what it is for
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) name: Name,
    /// What it may do; give it several times
    #[arg(long = "scope", required = true, value_name = "SCOPE", value_parser = scope)]
    pub(crate) scopes: Vec<Scope>,
    /// Days until it ends
    #[arg(long, default_value_t = 90, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) days: u32,
}

#[derive(Debug, Subcommand)]
pub(crate) enum MoveCommand {
    /// Take a programme out of a database into a file, with its past, journal and documents
    Export {
        /// Its id, or a part of its name
        #[arg(value_name = "PROGRAMME")]
        moved: String,
        /// The file to write; it must not be there yet
        file: FilePath,
        #[command(flatten)]
        transfer: Transfer,
    },
    /// Put the programme of such a file into a database where it is not: all of it, or nothing
    Import {
        /// The file
        file: FilePath,
        /// Let the access tokens that come along be good here too; without it they are revoked
        #[arg(long)]
        with_tokens: bool,
        #[command(flatten)]
        transfer: Transfer,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Transfer {
    /// A file with 64 random hexadecimal digits that both ends are given, for a target with another master key
    #[arg(long, value_name = "FILE")]
    pub(crate) transfer_key_file: Option<FilePath>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BackupCommand {
    /// Take a backup of everything into a file, while the server goes on
    Create {
        /// The file to write; it must not be there yet
        file: FilePath,
    },
    /// Restore a backup to a scratch place, examine it there, and read it back; needs no database
    Verify {
        /// The file
        file: FilePath,
    },
    /// Restore a backup to a database that holds nothing
    Restore {
        /// The file
        file: FilePath,
        /// Do the work that waits in it: only if no server has run since the backup was taken
        #[arg(long)]
        resume_work: bool,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    let known = Scope::ALL.map(Scope::as_str);
    let found = Scope::ALL.into_iter().find(|scope| scope.as_str() == text);
    found.ok_or_else(|| format!("expected one of {}", known.join(", ")))
}
