//! Agreements: asking for them, entering them, and what becomes of each version.

use std::str::FromStr;

use clap::{Args, Subcommand};
use sister_cities_client::api::RecordQuery;
use sister_cities_client::api::agreement::ListAgreementsQuery;
use sister_cities_client::api::domain::agreement::{ApprovalBasisKind, OfficeRank};
use sister_cities_client::api::domain::id::AgreementId;
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source, Title};

use super::{FilePath, QueryArgs, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum AgreementsCommand {
    /// List the agreements
    List(QueryArgs<ListAgreementsQuery>),
    /// Store the text of a version: the one whose SHA-256 the version names
    PutText {
        /// Its id, agr_…
        #[arg(value_parser = parameter::<AgreementId>)]
        id: AgreementId,
        /// The document: PDF, plain text, DOCX or ODT
        file: FilePath,
        /// The number of the version
        #[arg(long, default_value_t = 1)]
        version: u32,
        /// The version names no text yet: this is it, for good
        #[arg(long)]
        attach: bool,
    },
    /// Write the text of a version to a file
    GetText {
        /// Its id, agr_…
        #[arg(value_parser = parameter::<AgreementId>)]
        id: AgreementId,
        /// The file to write; it must not be there yet
        file: FilePath,
        /// The number of the version
        #[arg(long, default_value_t = 1)]
        version: u32,
    },
    /// Enter an agreement: a draft, or with --signature one that was signed before
    Add(AgreementAdd),
    /// Draft a version that amends or supersedes a signed one
    AddVersion(VersionAdd),
    /// Fix the text of a draft and put it to the sides
    Propose {
        /// Its id, agr_…
        #[arg(value_parser = parameter::<AgreementId>)]
        id: AgreementId,
        /// The number of the version; the latest unless given
        #[arg(long)]
        version: Option<u32>,
        /// When: 2008, 2008-06 or 2008-06-04
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        on: Option<PartialDate>,
    },
    /// Record the approval of a version by one side
    Approve(ApproveArgs),
    /// Give up a version that nobody has approved
    Withdraw {
        /// Its id, agr_…
        #[arg(value_parser = parameter::<AgreementId>)]
        id: AgreementId,
        /// The number of the version; the latest unless given
        #[arg(long)]
        version: Option<u32>,
        /// When: 2008, 2008-06 or 2008-06-04
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        on: Option<PartialDate>,
        /// Why
        #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
        reason: Option<FreeText>,
    },
    /// Record that notice was given: when it ends follows from the notice period
    GiveNotice(NoticeArgs),
    /// Record the signature of a version for one side
    Sign(SignArgs),
    /// Show an agreement with its versions
    Show {
        /// Its id, agr_…
        #[arg(value_parser = parameter::<AgreementId>)]
        id: AgreementId,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
}

/// A signature for one side.
#[derive(Args, Debug)]
pub(crate) struct SignArgs {
    /// The agreement, agr_…
    #[arg(value_parser = parameter::<AgreementId>)]
    pub(crate) id: AgreementId,
    /// The number of the version
    #[arg(long, default_value_t = 1)]
    pub(crate) version: u32,
    /// For whom it was given: the id of a place, or a name of it
    #[arg(long, value_name = "PLACE")]
    pub(crate) by: String,
    /// Who signed, by name
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) person: Option<Name>,
    /// The record of whoever signed: the id, or a part of the name
    #[arg(long, value_name = "PERSON")]
    pub(crate) signatory: Option<String>,
    /// The office held on that day
    #[arg(long, requires = "rank", value_parser = parameter::<Name>)]
    pub(crate) office: Option<Name>,
    #[arg(long, help = "What rank that office has", value_parser = parameter::<OfficeRank>)]
    pub(crate) rank: Option<OfficeRank>,
    /// When: 2008, 2008-06 or 2008-06-04
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) on: Option<PartialDate>,
    /// Where it was signed
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) at: Option<Name>,
    /// Where that can be read
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

/// An agreement to enter.
#[derive(Args, Debug)]
pub(crate) struct AgreementAdd {
    /// The partnership: its id, or the name of the partner city
    pub(crate) partnership: String,
    /// What it is called
    #[arg(long, value_parser = parameter::<Title>)]
    pub(crate) title: Title,
    /// The agreement it hangs under, agr_…
    #[arg(long, value_name = "AGREEMENT", value_parser = parameter::<AgreementId>)]
    pub(crate) parent: Option<AgreementId>,
    /// Who makes it, by the id or a name of a place; the members of the partnership unless given; give it several times
    #[arg(long = "party", value_name = "PLACE")]
    pub(crate) parties: Vec<String>,
    #[command(flatten)]
    pub(crate) terms: TermsArgs,
    #[arg(long = "signature", help = SIGNED, value_name = "PLACE[=PERSON[;OFFICE;RANK]]")]
    pub(crate) signatures: Vec<SignatureArg>,
    /// When it was signed: 2008, 2008-06 or 2008-06-04
    #[arg(long, value_name = "DATE", requires = "signatures", value_parser = parameter::<PartialDate>)]
    pub(crate) signed_on: Option<PartialDate>,
    /// Where it was signed
    #[arg(long, value_name = "WHERE", requires = "signatures", value_parser = parameter::<Name>)]
    pub(crate) signed_at: Option<Name>,
    /// Where that can be read
    #[arg(long, requires = "signatures", value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

/// How a signature that was given before is typed.
const SIGNED: &str = "It was signed before, for this place and by whom: Chicago, \"Chicago=Richard M. Daley\" or \"Chicago=Richard M. Daley;Mayor;highest_elected\"; give it for each side";

/// A version to draft.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("base").required(true).args(["amends", "supersedes"]))]
pub(crate) struct VersionAdd {
    /// The agreement, agr_…
    #[arg(value_parser = parameter::<AgreementId>)]
    pub(crate) id: AgreementId,
    /// The number of the version that it amends
    #[arg(long, value_name = "VERSION")]
    pub(crate) amends: Option<u32>,
    /// The number of the version that it is in place of
    #[arg(long, value_name = "VERSION")]
    pub(crate) supersedes: Option<u32>,
    #[command(flatten)]
    pub(crate) terms: TermsArgs,
}

/// What a version states, and the document in which it does.
#[derive(Args, Debug)]
pub(crate) struct TermsArgs {
    /// The document: PDF, plain text, DOCX or ODT
    #[arg(long, value_name = "FILE")]
    pub(crate) text: Option<FilePath>,
    /// It runs without an end
    #[arg(long, conflicts_with = "ends_on")]
    pub(crate) open_ended: bool,
    /// Its last day
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) ends_on: Option<PartialDate>,
    /// The notice period in months
    #[arg(long, value_name = "N")]
    pub(crate) notice_months: Option<u32>,
    /// The day from which it is in force; that of the last signature unless given
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) in_force_from: Option<PartialDate>,
}

/// An approval by one side.
#[derive(Args, Debug)]
pub(crate) struct ApproveArgs {
    /// The agreement, agr_…
    #[arg(value_parser = parameter::<AgreementId>)]
    pub(crate) id: AgreementId,
    /// The number of the version; the latest unless given
    #[arg(long)]
    pub(crate) version: Option<u32>,
    /// Whose approval it is: the id of a place, or a name of it
    #[arg(long, value_name = "PLACE")]
    pub(crate) by: String,
    #[arg(long, help = "On what it rests: resolved, overridden or not_at_hand", value_parser = parameter::<ApprovalBasisKind>)]
    pub(crate) basis: ApprovalBasisKind,
    /// For resolved: the body that resolved it, such as "City Council"
    #[arg(long, value_name = "NAME", value_parser = parameter::<Name>)]
    pub(crate) body: Option<Name>,
    /// For resolved: the number of the resolution
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) reference: Option<Name>,
    /// For overridden: why there is no resolution
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) reason: Option<FreeText>,
    /// For overridden: who decided that
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) authority: Option<Name>,
    /// When: 2008, 2008-06 or 2008-06-04
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) on: Option<PartialDate>,
    /// Where it can be read
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

/// A notice.
#[derive(Args, Debug)]
pub(crate) struct NoticeArgs {
    /// The agreement, agr_…
    #[arg(value_parser = parameter::<AgreementId>)]
    pub(crate) id: AgreementId,
    /// Who gives it: the id of a place, or a name of it; give it for each if they end it together
    #[arg(long, required = true, value_name = "PLACE")]
    pub(crate) by: Vec<String>,
    /// When: 2008, 2008-06 or 2008-06-04
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) on: PartialDate,
    /// Who decided it
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) authority: Name,
    /// Why
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) reason: Option<FreeText>,
    /// Where it can be read
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

/// A signature that was given before, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SignatureArg {
    /// For whom: the id of a place, or a name of it.
    pub(crate) by: String,
    pub(crate) person: Option<Name>,
    pub(crate) office: Option<(Name, OfficeRank)>,
}

impl FromStr for SignatureArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (by, rest) = text.split_once('=').map_or((text, None), |(by, rest)| (by, Some(rest)));
        let by = by.trim().to_owned();
        let parts: Vec<&str> = rest.map(|rest| rest.split(';').map(str::trim).collect()).unwrap_or_default();
        let (person, office) = match parts.as_slice() {
            [] => (None, None),
            [person] => (Some(parameter::<Name>(person)?), None),
            [person, office, rank] => {
                let office = (parameter::<Name>(office)?, parameter::<OfficeRank>(rank)?);
                (Some(parameter::<Name>(person)?), Some(office))
            }
            [..] => return Err("expected PLACE=PERSON;OFFICE;RANK".to_owned()),
        };
        if by.is_empty() {
            return Err("expected a place, such as Chicago=Richard M. Daley".to_owned());
        }
        Ok(Self { by, person, office })
    }
}
