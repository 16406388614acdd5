//! What can be asked on the command line.

mod agreements;
mod engagements;
mod examples;
mod import;
mod local;
mod partnerships;
mod programmes;
mod query;
mod remote;
mod setting;

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, CommandFactory as _, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use secrecy::SecretString;
use sister_cities_client::api::TextForm;
use sister_cities_client::api::domain::id::RecordRef;
use sister_cities_client::api::practice::ListAdoptionsQuery;
use sister_cities_server::local::Risk;

use crate::exit::Exit;
use crate::resource::adoptions::AdoptionsCommand;
use crate::resource::calendars::CalendarsCommand;
use crate::resource::committees::CommitteesCommand;
use crate::resource::deliveries::DeliveriesCommand;
use crate::resource::due::DueArgs;
use crate::resource::handover::HandoverArgs;
use crate::resource::indicators::IndicatorsCommand;
use crate::resource::mail::MailCommand;
use crate::resource::notifications::NotificationsCommand;
use crate::resource::organisation::OrganisationsCommand;
use crate::resource::outcomes::OutcomesCommand;
use crate::resource::person::PersonsCommand;
use crate::resource::places::PlacesCommand;
use crate::resource::plans::PlansCommand;
use crate::resource::practices::PracticesCommand;
use crate::resource::rates::RatesCommand;
use crate::resource::roles::RolesCommand;
use crate::resource::subscriptions::SubscriptionsCommand;
use crate::resource::webhooks::WebhooksCommand;

pub(crate) use agreements::{
    AgreementAdd, AgreementsCommand, ApproveArgs, NoticeArgs, SignArgs, SignatureArg, TermsArgs, VersionAdd,
};
pub(crate) use engagements::{
    AnswerArgs, BehindArg, CareArgs, EngagementAdd, EngagementEdit, EngagementsCommand, ParticipantsArg,
};
pub(crate) use import::{
    CalendarImport, Choice, DayOrderArg, FileCommand, FileImport, ImportCommand, ImportsCommand, MapColumn,
    Then, Undecided, Wrong,
};
pub(crate) use local::{
    AuditCommand, BackupCommand, ConfigCommand, DemoArgs, EraseCommand, KeysCommand, MoveCommand, ServeArgs,
    TokenCommand, TokenCreate, Transfer, WorkerArgs,
};
pub(crate) use partnerships::{DecideArgs, PartnershipAdd, PartnershipChange, PartnershipsCommand, Suspend};
pub(crate) use programmes::{
    KindSet, KindsCommand, NameArg, NewProgramme, NumberArg, PoliciesCommand, ProgrammeSet, ProgrammesCommand,
};
pub(crate) use query::{QueryArgs, Referent};
pub(crate) use remote::{CountArgs, JournalArgs, SearchArgs, ShareAdd, ShareCommand, VitalityArgs};
pub(crate) use setting::{ServeSettingArgs, TypedSettings, WorkerSettingArgs};

/// The platform on which a city runs its sister-city programme.
#[derive(Debug, Parser)]
#[command(name = "sister-cities", version, after_long_help = Exit::help(), max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The program as people meet it: each command's help begins with an example, and what all have in common is listed once.
pub(crate) fn command() -> clap::Command {
    examples::with_common_options_once(documented())
}

/// The program as its reference says it, which has a place of its own for what all commands have in common.
pub(crate) fn documented() -> clap::Command {
    examples::with_examples(Cli::command())
}

/// The heading over the options that every command has.
const EVERYWHERE: &str = "Options of every command";

/// What holds for every command.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// Whom to ask, by the name of a profile; `sister-cities profiles` lists them
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_PROFILE", value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The file with the profiles; `profiles.toml` in `~/.config/sister-cities` unless given
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_PROFILES_FILE", value_name = "FILE")]
    pub(crate) profiles_file: Option<PathBuf>,
    /// Address of a server, such as <https://sister.example.org>
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_URL", value_name = "URL")]
    pub(crate) url: Option<String>,
    /// Token to authenticate by; better given in the environment than on the command line
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(crate) token: Option<SecretString>,
    /// Work on a database without a server: <sqlite:PATH> or <postgres://ROLE:PASSWORD@HOST/DATABASE>
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_DATABASE", hide_env_values = true, value_name = "DATABASE")]
    pub(crate) database: Option<SecretString>,
    /// The same database for the role that owns its tables and brings them up to date; PostgreSQL only
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_OWNER_DATABASE", hide_env_values = true, value_name = "DATABASE")]
    pub(crate) owner_database: Option<SecretString>,
    /// Open a database in spite of a risk it is refused for: privileged-role, no-fsync, late-commits
    #[arg(long = "accept-risk", help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_ACCEPT_RISK", value_delimiter = ',', value_name = "RISK")]
    pub(crate) accepted_risks: Vec<Risk>,
    /// The file with the master key, 64 hexadecimal digits, without which nothing sensitive is stored or read
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_MASTER_KEY_FILE", value_name = "FILE")]
    pub(crate) master_key_file: Option<PathBuf>,
    /// The file with an earlier master key, which still opens what it encrypted; may be repeated
    #[arg(long, help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_OLD_MASTER_KEY_FILE", value_delimiter = ',', value_name = "FILE")]
    pub(crate) old_master_key_file: Vec<PathBuf>,
    /// The programme: its id or a part of its name; not needed where there is only one
    #[arg(long, short = 'p', help_heading = EVERYWHERE, global = true, env = "SISTER_CITIES_PROGRAMME", value_name = "PROGRAMME")]
    pub(crate) programme: Option<String>,
    /// Print what the server said as JSON, for programs; a failure too, on stderr
    #[arg(long, help_heading = EVERYWHERE, global = true)]
    pub(crate) json: bool,
    /// When to use colours; `NO_COLOR` in the environment means never unless this says otherwise
    #[arg(long, help_heading = EVERYWHERE, global = true, value_enum, default_value_t = ColourChoice::Auto, value_name = "WHEN")]
    pub(crate) color: ColourChoice,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ColourChoice {
    /// On a terminal
    Auto,
    /// In pipes and files too
    Always,
    /// Not at all
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one, as long as the program runs")]
pub(crate) enum Command {
    #[command(flatten)]
    Local(LocalCommand),
    /// Read in a file as an office keeps it
    #[command(subcommand)]
    Import(ImportCommand),
    #[command(flatten)]
    RemoteCommand(RemoteCommand),
    /// Look at the settings of a server
    #[command(subcommand)]
    Config(ConfigCommand),
    /// List and show the profiles that say whom to ask, so that nothing need be exported
    #[command(subcommand, after_help = PROFILES)]
    Profiles(ProfilesCommand),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write the manual pages into a folder, for a package of the program
    #[command(hide = true)]
    ManPages {
        /// The folder, which is there
        folder: PathBuf,
    },
    /// Print the reference of the command line, in Markdown
    #[command(hide = true)]
    Reference,
}

/// What a file with profiles looks like.
const PROFILES: &str = r#"A file with profiles, which only its owner may read if a secret stands in it:

  profile = "chicago"              # the one that holds if none is named

  [profiles.chicago]
  url = "https://sister.example.org"
  programme = "Chicago"
  token_file = "chicago.token"     # beside this file; or token = "scp_…"

  [profiles.desk]
  database = "sqlite:/srv/sister-cities/office.db"
  master_key_file = "office.key"

What is typed goes before the environment, the environment before a profile that is not typed. Where another server or database is named, a profile does not hold: its token is sent nowhere else."#;

#[derive(Debug, Subcommand)]
pub(crate) enum ProfilesCommand {
    /// List the profiles, and say which holds
    List,
    /// Show a profile without its secrets
    Show {
        /// Its name; the one that holds unless given
        name: Option<String>,
    },
}

impl Command {
    /// Whether it asks neither a server nor a database, so that it goes without a profile.
    pub(crate) fn asks_nobody(&self) -> bool {
        match self {
            Self::Profiles(_)
            | Self::Config(_)
            | Self::Completions { .. }
            | Self::ManPages { .. }
            | Self::Reference => true,
            Self::Local(_) | Self::Import(_) | Self::RemoteCommand(_) => false,
        }
    }
}

/// What acts on the database itself.
#[derive(Debug, Subcommand)]
pub(crate) enum LocalCommand {
    /// Serve the API on a database until stopped
    Serve(ServeArgs),
    /// Tell people and programs what happened and what is due, beside other workers and servers, until stopped
    Worker(WorkerArgs),
    /// Build the programmes of Chicago and Birmingham from shipped facts, show them and serve them
    Demo(DemoArgs),
    /// Create the database, or bring it to this version
    Migrate,
    /// Make, list and revoke access tokens
    #[command(subcommand)]
    Token(TokenCommand),
    /// Prove that the journals are as they were committed
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Rotate the keys that encrypt sensitive values
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Erase personal data
    #[command(subcommand)]
    Erase(EraseCommand),
    /// Take, verify and restore backups
    #[command(subcommand)]
    Backup(BackupCommand),
}

/// What is asked of a server.
#[derive(Debug, Subcommand)]
pub(crate) enum RemoteCommand {
    /// The programmes this token may see; set one up, and change what it goes by
    Programmes {
        #[command(subcommand)]
        command: Option<ProgrammesCommand>,
    },
    /// Take a mail that came to the address from which people are told
    #[command(subcommand)]
    Mail(MailCommand),
    /// A question to one programme.
    #[command(flatten)]
    Programme(ProgrammeCommand),
}

/// What is asked of one programme.
#[derive(Debug, Subcommand)]
pub(crate) enum ProgrammeCommand {
    /// Look at imports, apply them, undo them
    #[command(subcommand)]
    Imports(ImportsCommand),
    /// All bonds at a glance: which live, which wane, and why
    Overview {
        /// The day to look at; today unless given
        #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
        as_of: Option<NaiveDate>,
    },
    /// What is due: overdue, this week, this month, later; who does it, and why
    Due(DueArgs),
    /// List, show, add and change places
    #[command(subcommand)]
    Places(PlacesCommand),
    /// List, show, enter and change partnerships, and note what was decided
    #[command(subcommand)]
    Partnerships(PartnershipsCommand),
    /// List, show, enter and sign agreements, and give notice
    #[command(subcommand)]
    Agreements(AgreementsCommand),
    /// Action plans: what the cities promised each other, and how far it is
    #[command(subcommand)]
    Plans(PlansCommand),
    /// List, show, add and change engagements
    #[command(subcommand)]
    Engagements(EngagementsCommand),
    /// Committees: who sees to a bond or a theme, and what is vacant
    #[command(subcommand)]
    Committees(CommitteesCommand),
    /// Roles: who is what in a committee, an organisation or an administration
    #[command(subcommand)]
    Roles(RolesCommand),
    /// What came of it all: list, add and grade outcomes, and total them
    #[command(subcommand)]
    Outcomes(OutcomesCommand),
    /// List, show and add organisations
    #[command(subcommand)]
    Organisations(OrganisationsCommand),
    /// List, show and add people
    #[command(subcommand)]
    Persons(PersonsCommand),
    /// List, show and add practices that cities may learn from each other
    #[command(subcommand)]
    Practices(PracticesCommand),
    /// List, show and add adoptions of practices, and take their steps
    #[command(subcommand)]
    Adoptions(AdoptionsCommand),
    /// Who learned what from whom, and did it work
    Learning(QueryArgs<ListAdoptionsQuery>),
    /// Which cities work on the same, by practices and adoptions
    Topics,
    /// What whoever takes over a bond or a role has to know, on one document
    Handover(HandoverArgs),
    /// What is aimed at and reached: list, add, report and export indicators
    #[command(subcommand)]
    Indicators(IndicatorsCommand),
    /// What an hour, a day or a gift is worth: list and add rates, and value by them
    #[command(subcommand)]
    Rates(RatesCommand),
    /// Which programs and rooms of chats are told what happens: list, add, try and remove webhooks
    #[command(subcommand)]
    Webhooks(WebhooksCommand),
    /// Who is told of what, and how often: list, add and remove subscriptions
    #[command(subcommand)]
    Subscriptions(SubscriptionsCommand),
    /// Calendars that programs fetch by a private link: list, add, link and remove
    #[command(subcommand)]
    Calendars(CalendarsCommand),
    /// What people were told, and whether they have read it
    #[command(subcommand)]
    Notifications(NotificationsCommand),
    /// What was sent and what became of it: list, show and send again
    #[command(subcommand)]
    Deliveries(DeliveriesCommand),
    /// How many partnerships there were on a day, and which
    #[command(alias = "counts")]
    Count(CountArgs),
    /// How alive a bond is, why, and when it will cool if nothing happens
    Vitality(VitalityArgs),
    /// Find records by words in their names, titles and notes
    Search(SearchArgs),
    /// What was changed, when and by whom
    Journal(JournalArgs),
    /// What became of one record: each revision, who made it and what it changed
    History {
        /// Its id, such as prt_…; of a deleted record too
        #[arg(value_parser = parameter::<RecordRef>)]
        record: RecordRef,
    },
    /// Share engagements, agreements, practices and adoptions with another programme that keeps the same bond
    #[command(subcommand)]
    Share(ShareCommand),
}

/// Reads a value as the API reads it, and says as the API does what would be right.
pub(crate) fn parameter<T: TextForm>(text: &str) -> Result<T, String> {
    T::parse(text).map_err(|wrong| format!("{wrong}; expected {}", T::SHAPE.expected))
}

/// A file that must be named.
pub(crate) type FilePath = PathBuf;

#[cfg(test)]
mod tests;
