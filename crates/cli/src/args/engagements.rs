//! Engagements: asking for them, logging them, and what is asked and said about each.

use std::str::FromStr;

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::RecordQuery;
use sister_cities_client::api::domain::engagement::{
    AskedSide, Direction, Focus, FollowUp, Happening, OtherSideEvidence, ParticipantRole, Side, WhatCameKind,
};
use sister_cities_client::api::domain::id::OutcomeId;
use sister_cities_client::api::domain::value::{FreeText, PartialDate, Source, Title};
use sister_cities_client::api::engagement::{ListEngagementsQuery, OutcomeQuestionsQuery};

use super::{QueryArgs, parameter};

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
    /// Change what is known of an engagement; what is not given stays
    Edit(Box<EngagementEdit>),
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

/// What to change of an engagement.
#[derive(Args, Debug)]
pub(crate) struct EngagementEdit {
    /// Its id, eng_…, or a part of its title
    pub(crate) engagement: String,
    /// The partnership it belongs to: its id, or the name of the partner city
    #[arg(long)]
    pub(crate) partnership: Option<String>,
    /// What it was, in a line
    #[arg(long, value_parser = parameter::<Title>)]
    pub(crate) title: Option<Title>,
    /// What it was about, in place of what is known; give it several times
    #[arg(long = "focus", value_parser = parameter::<Focus>)]
    pub(crate) foci: Vec<Focus>,
    /// inbound, outbound, joint, virtual, local or unknown, seen from the programme's city
    #[arg(long, value_parser = parameter::<Direction>)]
    pub(crate) direction: Option<Direction>,
    /// When it began: 2024, 2024-05 or 2024-05-17
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) start: Option<PartialDate>,
    /// When it ended
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) end: Option<PartialDate>,
    /// Who took part, in place of what is known, such as counterpart:delegate=4; give it several times
    #[arg(long = "people", value_name = "SIDE:ROLE=N")]
    pub(crate) participants: Vec<ParticipantsArg>,
    /// An organisation behind it, in place of those known: "counterpart:Aston University=Nowak,Smith"; give it several times
    #[arg(long = "organisation", value_name = "SIDE:ORGANISATION[=PERSON,…]")]
    pub(crate) organisations: Vec<BehindArg>,
    /// What came of it, besides what is known; give it several times
    #[arg(long = "outcome", value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) outcomes: Vec<FreeText>,
    #[arg(long, help = "What is known of the other side's part: took_part, only_one_side, local_only or unstated", value_parser = parameter::<OtherSideEvidence>)]
    pub(crate) evidence: Option<OtherSideEvidence>,
    #[arg(long, help = "Whether it took place: held, announced_only or called_off", value_parser = parameter::<Happening>)]
    pub(crate) happening: Option<Happening>,
    /// Whether both sides are asked what came of it
    #[arg(long, value_name = "true|false")]
    pub(crate) follow_up: Option<bool>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["start", "end", "people", "organisation", "outcome", "source", "note"])]
    pub(crate) clear: Vec<String>,
}

/// A group of people who took part, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ParticipantsArg {
    pub(crate) side: Side,
    pub(crate) role: ParticipantRole,
    pub(crate) people: u32,
}

impl FromStr for ParticipantsArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once(':').and_then(|(side, rest)| Some((side, rest.split_once('=')?)));
        let (side, (role, people)) = parts.ok_or_else(|| {
            "expected a side, a role and a number, such as counterpart:delegate=4".to_owned()
        })?;
        let people = people.trim().parse().map_err(|_| format!("{people:?} is not a number of people"))?;
        Ok(Self {
            side: parameter::<Side>(side.trim())?,
            role: parameter::<ParticipantRole>(role.trim())?,
            people,
        })
    }
}
