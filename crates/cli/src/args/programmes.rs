//! Programmes: setting them up, and changing what they go by.

use std::str::FromStr;

use clap::{Args, Subcommand};
use serde_json::Value;
use sister_cities_client::api::domain::programme::{Headline, OpenEnd, Requirement};
use sister_cities_client::api::domain::value::{Currency, KindKey, LanguageTag, Name, Source};
use sister_cities_client::api::programme::LocalisedName;

use super::{FilePath, MoveCommand, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum ProgrammesCommand {
    /// List the programmes
    List,
    /// Set up the programme of a city
    Create(NewProgramme),
    /// Show a programme: the one that is named by --programme, or the only one
    Show,
    /// Change its name, language or currency; what is not given stays
    Set(ProgrammeSet),
    /// List, set and remove the kinds of bond that it knows
    #[command(subcommand)]
    Kinds(KindsCommand),
    /// Show and set the numbers that it goes by: vitality, due work, how long personal data is kept
    #[command(subcommand)]
    Policies(PoliciesCommand),
    #[command(flatten)]
    Move(MoveCommand),
}

/// A programme to set up.
#[derive(Debug, Args)]
pub(crate) struct NewProgramme {
    /// What it is called, such as "Chicago Sister Cities"
    #[arg(value_parser = parameter::<Name>)]
    pub(crate) name: Name,
    /// The city whose programme it is, as its office writes it
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) city: Name,
    /// The city's country: a name or a code
    #[arg(long)]
    pub(crate) country: String,
    /// The city's number at GeoNames, where several cities have the name
    #[arg(long, value_name = "ID")]
    pub(crate) geonames: Option<u32>,
    /// The language of its texts, such as de-CH; en unless given
    #[arg(long, value_name = "TAG", value_parser = parameter::<LanguageTag>)]
    pub(crate) language: Option<LanguageTag>,
    /// The currency of its accounts (ISO 4217); EUR unless given
    #[arg(long, value_name = "CODE", value_parser = parameter::<Currency>)]
    pub(crate) currency: Option<Currency>,
}

/// What to change of a programme.
#[derive(Args, Debug)]
#[group(required = true, multiple = true)]
pub(crate) struct ProgrammeSet {
    /// What it is called
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) name: Option<Name>,
    /// The language of its texts, such as de-CH
    #[arg(long, value_name = "TAG", value_parser = parameter::<LanguageTag>)]
    pub(crate) language: Option<LanguageTag>,
    /// The currency of its accounts (ISO 4217)
    #[arg(long, value_name = "CODE", value_parser = parameter::<Currency>)]
    pub(crate) currency: Option<Currency>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum KindsCommand {
    /// List the kinds of bond
    List,
    /// Add a kind of bond, or change one; what is not given stays
    Set(KindSet),
    /// Remove a kind that no partnership has or had
    Remove {
        /// Its key, such as sister-city
        #[arg(value_parser = parameter::<KindKey>)]
        key: KindKey,
    },
}

/// A kind of bond.
#[derive(Args, Debug)]
pub(crate) struct KindSet {
    /// Its key, such as sister-city
    #[arg(value_parser = parameter::<KindKey>)]
    pub(crate) key: KindKey,
    /// What it is called, such as "en=sister city"; give it for each language
    #[arg(long = "name", value_name = "LANGUAGE=NAME")]
    pub(crate) names: Vec<NameArg>,
    /// How offices write it in their lists, in place of what is known; give it several times
    #[arg(long = "wording", value_name = "WORDS")]
    pub(crate) wordings: Vec<String>,
    #[arg(long, help = "Whether a signed agreement is part of it: required or not_required", value_parser = parameter::<Requirement>)]
    pub(crate) signed_agreement: Option<Requirement>,
    /// The longest term in months
    #[arg(long, value_name = "N")]
    pub(crate) max_term_months: Option<u32>,
    #[arg(long, help = "Whether it may run without an end: allowed or not_allowed", value_parser = parameter::<OpenEnd>)]
    pub(crate) open_ended: Option<OpenEnd>,
    #[arg(long, help = "Whether it is part of the headline count: counted or not_counted", value_parser = parameter::<Headline>)]
    pub(crate) headline: Option<Headline>,
    /// On what this rests
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["wording", "max-term-months", "source"])]
    pub(crate) clear: Vec<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum PoliciesCommand {
    /// Show the numbers, as `set` takes them
    Show,
    /// Set some of the numbers; the others stay
    Set {
        #[arg(value_name = "NAME=VALUE", required_unless_present = "file", help = NUMBERS)]
        numbers: Vec<NumberArg>,
        /// A file with whole policies, as `policies show --json` prints them; the numbers beside it go before
        #[arg(long)]
        file: Option<FilePath>,
    },
}

/// How a number is typed.
const NUMBERS: &str = "A number by its name, such as vitality.half_life_days=900 or due.touch_every_months=6; with nothing behind the sign it has none any more";

/// A name in a language, as it is typed.
#[derive(Clone, Debug)]
pub(crate) struct NameArg(pub(crate) LocalisedName);

impl FromStr for NameArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (language, name) =
            text.split_once('=').ok_or("expected a language and a name, such as \"en=sister city\"")?;
        let (language, name) = (parameter::<LanguageTag>(language.trim())?, parameter::<Name>(name.trim())?);
        Ok(Self(LocalisedName { language, name }))
    }
}

/// A number of a policy, as it is typed.
#[derive(Clone, Debug)]
pub(crate) struct NumberArg {
    /// Where it stands, from the policy down.
    pub(crate) path: Vec<String>,
    /// What it is; nothing takes it away.
    pub(crate) value: Option<Value>,
}

impl FromStr for NumberArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (path, value) =
            text.split_once('=').ok_or("expected a name and a value, such as due.touch_every_months=6")?;
        let path = path.trim().split('.').map(str::to_owned).collect();
        let value = match value.trim() {
            "" => None,
            value => Some(serde_json::from_str(value).unwrap_or_else(|_| Value::from(value))),
        };
        Ok(Self { path, value })
    }
}
