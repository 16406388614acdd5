//! Questions to a programme, and the few changes an office makes by hand.

use std::str::FromStr;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::RecordQuery;
use sister_cities_client::api::agreement::ListAgreementsQuery;
use sister_cities_client::api::count::{CountQuery, Year};
use sister_cities_client::api::domain::agreement::OfficeRank;
use sister_cities_client::api::domain::engagement::{
    AskedSide, Direction, Focus, FollowUp, Side, WhatCameKind,
};
use sister_cities_client::api::domain::id::{AgreementId, LinkId, OutcomeId, ProgrammeId, ShareId};
use sister_cities_client::api::domain::value::{
    Currency, FreeText, LanguageTag, Name, PartialDate, Source, Title,
};
use sister_cities_client::api::engagement::{ListEngagementsQuery, OutcomeQuestionsQuery};
use sister_cities_client::api::journal::JournalQuery;
use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::api::search::HitKind;
use sister_cities_client::api::sharing::{ListLinksQuery, ListSharesQuery};
use sister_cities_client::api::vitality::VitalityQuery;

use super::{FilePath, MoveCommand, QueryArgs, parameter};

#[derive(Debug, Subcommand)]
pub(crate) enum ProgrammesCommand {
    /// List the programmes
    List,
    /// Set up the programme of a city
    Create(NewProgramme),
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

#[derive(Debug, Subcommand)]
pub(crate) enum PartnershipsCommand {
    /// List the partnerships
    List(QueryArgs<ListPartnershipsQuery>),
    /// Show one partnership, with its history
    Show {
        /// Its id, or the name of the partner city
        partnership: String,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// Suspend a partnership; nothing is deleted
    Suspend(Suspend),
    /// Take up a suspended partnership again
    Resume {
        /// Its id, or the name of the partner city
        partnership: String,
        /// Since when: 2024, 2024-05 or 2024-05-17
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        on: PartialDate,
        /// Who decided it
        #[arg(long, value_parser = parameter::<Name>)]
        authority: Name,
    },
    /// Note that both cities restated their bond
    Reaffirm {
        /// Its id, or the name of the partner city
        partnership: String,
        /// When: 2024, 2024-05 or 2024-05-17
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        on: PartialDate,
        /// Where the fact comes from
        #[arg(long, value_parser = parameter::<Source>)]
        source: Source,
    },
    /// State for which time the log of a partnership, or of all of them, is believed complete
    Record {
        /// Its id, or the name of the partner city
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        partnership: Option<String>,
        /// All partnerships that stand: one answer for the whole log
        #[arg(long)]
        all: bool,
        /// From here on: 1985, 1985-04 or 1985-04-12
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        from: Option<PartialDate>,
        /// Up to here
        #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
        to: Option<PartialDate>,
        /// How that is known
        #[arg(long, value_parser = parameter::<Source>)]
        source: Source,
        /// Who says so, if it is somebody with a record: the id, or a part of the name
        #[arg(long, value_name = "PERSON")]
        stated_by: Option<String>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Suspend {
    /// Its id, or the name of the partner city
    pub(crate) partnership: String,
    /// Since when: 2022, 2022-03 or 2022-03-01
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) on: PartialDate,
    /// Who decided it
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) authority: Name,
    /// What must be so before it is taken up again
    #[arg(long, value_parser = parameter::<FreeText>)]
    pub(crate) condition: Option<FreeText>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

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

#[derive(Debug, Subcommand)]
pub(crate) enum EngagementsCommand {
    /// List the engagements, the latest first
    List(QueryArgs<ListEngagementsQuery>),
    /// Show an engagement
    Show {
        /// Its id, eng_…, or a part of its title
        engagement: String,
        #[command(flatten)]
        times: QueryArgs<RecordQuery>,
    },
    /// Add an engagement
    Add(EngagementAdd),
    /// Show which questions on what came of an engagement are open, and which will be
    Questions {
        /// Its id, eng_…, or a part of its title
        engagement: String,
        #[command(flatten)]
        times: QueryArgs<OutcomeQuestionsQuery>,
    },
    /// Say for one side what came of an engagement
    Answer(AnswerArgs),
    /// Invite people to an engagement that is still to come: by mail, with the day for their calendar, and again when it changes
    Invite {
        /// Its id, eng_…, or a part of its title
        engagement: String,
        /// Whom, by an id or a part of the name, of those who stand for an organisation in it; give it several times; all unless given
        #[arg(long = "person", value_name = "PERSON")]
        persons: Vec<String>,
    },
    /// Show or say what those who take part need: diet, health, access; the journal tells who looked
    Care(CareArgs),
}

/// How many partnerships there were on a day; or how many exchanges in a year.
#[derive(Args, Debug)]
pub(crate) struct CountArgs {
    #[command(flatten)]
    pub(crate) partnerships: QueryArgs<CountQuery>,
    /// Count exchanges instead: visits in and out, and the people who made them, year by year
    #[arg(long, conflicts_with_all = ["as_of", "recorded_at", "kind", "status"])]
    pub(crate) exchanges: bool,
    /// The exchanges of this year alone, with the list behind the numbers
    #[arg(long, requires = "exchanges", value_parser = parameter::<Year>)]
    pub(crate) year: Option<Year>,
    /// The exchanges of one partnership: its id, or the name of the partner city
    #[arg(long, requires = "exchanges")]
    pub(crate) partnership: Option<String>,
}

/// What a side says came of an engagement.
#[derive(Args, Debug)]
pub(crate) struct AnswerArgs {
    /// The engagement: its id, eng_…, or a part of its title
    pub(crate) engagement: String,
    /// Which side says so: host or counterpart
    #[arg(long, value_parser = parameter::<AskedSide>)]
    pub(crate) side: AskedSide,
    #[arg(long, help = "Which question is answered: 3_months, 6_months, 12_months or 24_months", value_parser = parameter::<FollowUp>)]
    pub(crate) after: FollowUp,
    #[arg(help = "What it says: nothing_yet, nothing_will or outcome", value_parser = parameter::<WhatCameKind>)]
    pub(crate) said: WhatCameKind,
    /// The outcome that came of it, out_…
    #[arg(long, value_parser = parameter::<OutcomeId>)]
    pub(crate) outcome: Option<OutcomeId>,
    /// On which day it was said; today unless given
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    pub(crate) on: Option<NaiveDate>,
}

/// What those who take part in an engagement need.
#[derive(Args, Debug)]
pub(crate) struct CareArgs {
    /// The engagement: its id, eng_…, or a part of its title
    pub(crate) engagement: String,
    /// Say what they need, in place of what is said now
    #[arg(long, value_name = "TEXT", conflicts_with = "clear", value_parser = parameter::<FreeText>)]
    pub(crate) set: Option<FreeText>,
    /// Say that they need nothing any more
    #[arg(long)]
    pub(crate) clear: bool,
}

/// An organisation behind an engagement, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BehindArg {
    pub(crate) side: Side,
    /// Its id, or a part of its name.
    pub(crate) organisation: String,
    /// Who spoke for it: ids, or parts of names.
    pub(crate) persons: Vec<String>,
}

impl FromStr for BehindArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let expected =
            || "expected a side and an organisation, such as counterpart:Aston University".to_owned();
        let (side, rest) = text.split_once(':').ok_or_else(expected)?;
        let side = parameter::<Side>(side.trim())?;
        let (organisation, persons) = rest.split_once('=').unwrap_or((rest, ""));
        let organisation = organisation.trim();
        if organisation.is_empty() {
            return Err(expected());
        }
        let persons = persons.split(',').map(str::trim).filter(|person| !person.is_empty());
        Ok(Self {
            side,
            organisation: organisation.to_owned(),
            persons: persons.map(str::to_owned).collect(),
        })
    }
}

#[derive(Args, Debug)]
pub(crate) struct EngagementAdd {
    /// The partnership: its id, or the name of the partner city
    pub(crate) partnership: String,
    /// What it was, in a line
    #[arg(long, value_parser = parameter::<Title>)]
    pub(crate) title: Title,
    /// What it was about, such as culture; give it several times
    #[arg(long = "focus", required = true, value_parser = parameter::<Focus>)]
    pub(crate) foci: Vec<Focus>,
    /// inbound, outbound, joint, virtual, local or unknown, seen from the programme's city
    #[arg(long, value_parser = parameter::<Direction>)]
    pub(crate) direction: Direction,
    /// When it began: 2024, 2024-05 or 2024-05-17; leave it out if not known
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) start: Option<PartialDate>,
    /// When it ended
    #[arg(long, value_name = "DATE", requires = "start", value_parser = parameter::<PartialDate>)]
    pub(crate) end: Option<PartialDate>,
    /// An organisation behind it that has a record, its side, and who spoke for it: "counterpart:Aston University=Nowak,Smith"; give it
    /// several times
    #[arg(long = "organisation", value_name = "SIDE:ORGANISATION[=PERSON,…]")]
    pub(crate) organisations: Vec<BehindArg>,
    /// Ask both sides what came of it, 3, 6, 12 and 24 months after it
    #[arg(long)]
    pub(crate) follow_up: bool,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
}

#[derive(Args, Debug)]
pub(crate) struct VitalityArgs {
    /// The partnership: its id, or the name of the partner city; all unless given
    pub(crate) city: Option<String>,
    #[command(flatten)]
    pub(crate) times: QueryArgs<VitalityQuery>,
    /// Draw the years as a line
    #[arg(long, conflicts_with_all = ["as_of", "recorded_at"])]
    pub(crate) timeline: bool,
    /// First year or day of the line; the founding unless given
    #[arg(long, value_name = "DATE", requires = "timeline", value_parser = first_day)]
    pub(crate) from: Option<NaiveDate>,
    /// Last year or day of the line; today unless given
    #[arg(long, value_name = "DATE", requires = "timeline", value_parser = last_day)]
    pub(crate) to: Option<NaiveDate>,
}

#[derive(Args, Debug)]
pub(crate) struct SearchArgs {
    /// The words: all must occur in a record, and the last may be the beginning of one
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    /// Only records of this kind: place, partnership, agreement, engagement, committee, practice; give it several times
    #[arg(long = "kind", value_name = "KIND", value_parser = parameter::<HitKind>)]
    pub(crate) kinds: Vec<HitKind>,
    /// At most so many, from 1 to 1000
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) limit: u16,
}

#[derive(Args, Debug)]
pub(crate) struct JournalArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs<JournalQuery>,
    /// At most so many
    #[arg(long, default_value_t = 50, value_name = "N")]
    pub(crate) limit: usize,
    /// Show what was changed, field by field, too
    #[arg(long)]
    pub(crate) changes: bool,
}

fn first_day(text: &str) -> Result<NaiveDate, String> {
    day_or_year(text, 1, 1)
}

fn last_day(text: &str) -> Result<NaiveDate, String> {
    day_or_year(text, 12, 31)
}

fn day_or_year(text: &str, month: u32, day: u32) -> Result<NaiveDate, String> {
    let year = (text.len() == 4).then(|| text.parse().ok()).flatten();
    year.and_then(|y| NaiveDate::from_ymd_opt(y, month, day))
        .or_else(|| text.parse().ok())
        .ok_or_else(|| "expected a year or a day, such as 1982 or 1982-04-30".to_owned())
}

#[derive(Debug, Subcommand)]
pub(crate) enum ShareCommand {
    /// List the links to other programmes, and who offers one
    Links(QueryArgs<ListLinksQuery>),
    /// Link to another programme that keeps the same bond; nothing is shared until it links back
    Link {
        /// The other programme: the id that its office has told, prg_…
        #[arg(value_parser = parameter::<ProgrammeId>)]
        peer: ProgrammeId,
        /// The bond that both keep: the id of the partnership, or the name of the partner city
        #[arg(long)]
        partnership: String,
    },
    /// Take a link back, and all that was shared over it
    Unlink {
        /// The link, lnk_…
        #[arg(value_parser = parameter::<LinkId>)]
        link: LinkId,
    },
    /// List what is shared with others
    List(QueryArgs<ListSharesQuery>),
    /// Tell the other programme what an engagement, an agreement, a practice or an adoption says now
    Add(ShareAdd),
    /// Tell anew what a shared record says now
    Renew {
        /// What is shared, shr_…
        #[arg(value_parser = parameter::<ShareId>)]
        share: ShareId,
        /// For an engagement: what it was, in words for the other programme
        #[arg(long, value_parser = parameter::<Title>)]
        title: Option<Title>,
    },
    /// Take back what was shared
    Withdraw {
        /// What is shared, shr_…
        #[arg(value_parser = parameter::<ShareId>)]
        share: ShareId,
    },
    /// List what another programme shares with this one
    Received {
        /// The link, lnk_…; not needed where there is only one
        #[arg(long, value_parser = parameter::<LinkId>)]
        link: Option<LinkId>,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ShareAdd {
    /// The id of what to share: eng_…, agr_…, prc_… or ado_…
    pub(crate) record: String,
    /// The link, lnk_…; not needed where there is only one
    #[arg(long, value_parser = parameter::<LinkId>)]
    pub(crate) link: Option<LinkId>,
    /// For an engagement: what it was, in words for the other programme; its own title may name people and is not shared
    #[arg(long, value_parser = parameter::<Title>)]
    pub(crate) title: Option<Title>,
}
