//! Questions to a programme, and the few changes an office makes by hand.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use sister_cities_client::api::count::{CountQuery, Year};
use sister_cities_client::api::domain::id::{LinkId, ProgrammeId, ShareId};
use sister_cities_client::api::domain::value::Title;
use sister_cities_client::api::journal::JournalQuery;
use sister_cities_client::api::search::HitKind;
use sister_cities_client::api::sharing::{ListLinksQuery, ListSharesQuery};
use sister_cities_client::api::vitality::VitalityQuery;

use super::{QueryArgs, parameter};

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
