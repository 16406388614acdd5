//! Partnerships: asking for them, entering them, and noting what was decided.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::RecordQuery;
use sister_cities_client::api::domain::partnership::ActKind;
use sister_cities_client::api::domain::value::{FreeText, KindKey, Name, PartialDate, Source};
use sister_cities_client::api::partnership::ListPartnershipsQuery;

use super::{QueryArgs, parameter};

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
    /// Enter a partnership: an enquiry, or with --kind one that is agreed
    Add(PartnershipAdd),
    /// Add to what is recorded: dates, what a side calls it, sources, a note; nothing is taken away
    Change(PartnershipChange),
    /// Note any decision: assess, explore, agree, decline, review, conclude, honour, measure …
    Decide(DecideArgs),
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

/// A partnership to enter.
#[derive(Args, Debug)]
pub(crate) struct PartnershipAdd {
    /// The partner city, or several: the id of a place, its whole name in the programme, or with --country as the gazetteer knows it
    #[arg(required = true, value_name = "CITY")]
    pub(crate) partners: Vec<String>,
    /// The country of a partner that the programme has no place of yet: a name or a code
    #[arg(long)]
    pub(crate) country: Option<String>,
    /// The partner's number at GeoNames, where several cities have the name
    #[arg(long, value_name = "ID", requires = "country")]
    pub(crate) geonames: Option<u32>,
    /// The kind of bond, such as sister-city: it is agreed; without one it is an enquiry
    #[arg(long, value_parser = parameter::<KindKey>)]
    pub(crate) kind: Option<KindKey>,
    /// Since when it is agreed: 1993, 1993-05 or 1993-05-17
    #[arg(long, value_name = "DATE", requires_all = ["kind", "source"], value_parser = parameter::<PartialDate>)]
    pub(crate) since: Option<PartialDate>,
    /// When the enquiry came
    #[arg(long, value_name = "DATE", conflicts_with = "kind", value_parser = parameter::<PartialDate>)]
    pub(crate) enquired_on: Option<PartialDate>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
    /// A remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) note: Option<FreeText>,
}

/// What to add to a partnership.
#[derive(Args, Debug)]
pub(crate) struct PartnershipChange {
    /// Its id, or the name of the partner city
    pub(crate) partnership: String,
    /// Which episode, from 1, as they are shown; the latest unless given
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) episode: Option<u32>,
    /// When it began, as another source says
    #[arg(long, value_name = "DATE", requires = "source", value_parser = parameter::<PartialDate>)]
    pub(crate) began: Option<PartialDate>,
    /// Which of the dates of its beginning to show
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) choose: Option<PartialDate>,
    /// When the episode ended, while another goes on
    #[arg(long, value_name = "DATE", requires = "source", value_parser = parameter::<PartialDate>)]
    pub(crate) ended: Option<PartialDate>,
    /// What a side calls it
    #[arg(long, value_name = "WORD", requires_all = ["label_by", "source"], value_parser = parameter::<Name>)]
    pub(crate) label: Option<Name>,
    /// Which side: the id of a place, or a name of it
    #[arg(long, value_name = "PLACE", requires = "label")]
    pub(crate) label_by: Option<String>,
    /// Where this is from; by itself, where the episode is attested
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
    /// A remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) note: Option<FreeText>,
}

/// A decision about a partnership.
#[derive(Args, Debug)]
pub(crate) struct DecideArgs {
    /// Its id, or the name of the partner city
    pub(crate) partnership: String,
    #[arg(help = DECISIONS, value_parser = parameter::<ActKind>)]
    pub(crate) decision: ActKind,
    /// From when it holds: 2022, 2022-03 or 2022-03-01
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    pub(crate) on: Option<PartialDate>,
    /// Who decided: a council, a mayor, a board
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) authority: Option<Name>,
    /// Where it can be read
    #[arg(long, value_parser = parameter::<Source>)]
    pub(crate) source: Option<Source>,
    /// The reason, condition, plan, grounds or statement
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    pub(crate) note: Option<FreeText>,
    /// For agree: the kind of bond, such as sister-city
    #[arg(long, value_parser = parameter::<KindKey>)]
    pub(crate) kind: Option<KindKey>,
    /// For review: the day by which to decide
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    pub(crate) deadline: Option<NaiveDate>,
    #[arg(long, help = "For measure: which, such as return_gifts or disband_committee")]
    pub(crate) measure: Option<String>,
}

/// What can be decided, as the interface calls it.
const DECISIONS: &str = "What was decided: assess, explore, agree, decline, review, reawaken, reawakened, suspend, resume, conclude, honour, reaffirm or measure";
