//! What lists can be filtered and sorted by, and the two times of a read: the same names as in the API.

use chrono::NaiveDate;
use clap::Args;
use sister_cities_client::api::agreement::AgreementSort;
use sister_cities_client::api::domain::engagement::Focus;
use sister_cities_client::api::domain::id::AgreementId;
use sister_cities_client::api::domain::value::{ContentHash, Country, KindKey, Name};
use sister_cities_client::api::engagement::{DirectionWord, EngagementSort};
use sister_cities_client::api::import::{ImportKind, ImportStateWord};
use sister_cities_client::api::partnership::{PartnershipSort, StatusWord};
use sister_cities_client::api::place::{IdentityWord, PlaceSort};
use sister_cities_client::api::{Moment, OrderWord, RecordQuery};

use super::parameter;

/// As of which times to look.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct TimesArgs {
    /// What was true on this day, by what is known; as the records stand unless given
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    pub(crate) as_of: Option<NaiveDate>,
    #[command(flatten)]
    pub(crate) recorded: RecordedArgs,
}

/// As of which state of the records to look.
#[derive(Args, Clone, Copy, Debug, Default)]
pub(crate) struct RecordedArgs {
    /// What had been recorded by then, a day or an instant; a day means its end in UTC; now unless given
    #[arg(long, value_name = "TIME", value_parser = parameter::<Moment>)]
    pub(crate) recorded_at: Option<Moment>,
}

impl TimesArgs {
    /// As the API takes them.
    pub(crate) fn query(self) -> RecordQuery {
        RecordQuery { as_of: self.as_of, recorded_at: self.recorded.recorded_at }
    }
}

#[derive(Args, Debug)]
pub(crate) struct PlacesArgs {
    /// Only those of this country, such as PL
    #[arg(long, value_name = "CODE", value_parser = parameter::<Country>)]
    pub(crate) country: Option<Country>,
    /// resolved or unresolved: only those of which we know which place of the world they are, or do not
    #[arg(long, value_parser = parameter::<IdentityWord>)]
    pub(crate) identity: Option<IdentityWord>,
    /// Only the one with this number at GeoNames
    #[arg(long, value_name = "ID")]
    pub(crate) geonames: Option<u32>,
    /// Only those with a name that begins like this
    #[arg(long, value_parser = parameter::<Name>)]
    pub(crate) name: Option<Name>,
    /// name or entered; name unless given
    #[arg(long, value_parser = parameter::<PlaceSort>)]
    pub(crate) sort: Option<PlaceSort>,
    /// ascending or descending; ascending unless given
    #[arg(long, value_parser = parameter::<OrderWord>)]
    pub(crate) order: Option<OrderWord>,
    #[command(flatten)]
    pub(crate) times: TimesArgs,
}

#[derive(Args, Debug)]
pub(crate) struct PartnershipsList {
    /// Only this kind, such as sister-city
    #[arg(long, value_parser = parameter::<KindKey>)]
    pub(crate) kind: Option<KindKey>,
    /// Only in this standing, such as suspended
    #[arg(long, value_parser = parameter::<StatusWord>)]
    pub(crate) status: Option<StatusWord>,
    /// Only those that join this place with others: its id, or a name of it
    #[arg(long)]
    pub(crate) place: Option<String>,
    /// entered or began; by the name of the partner city unless given
    #[arg(long, value_parser = parameter::<PartnershipSort>)]
    pub(crate) sort: Option<PartnershipSort>,
    /// ascending or descending; ascending unless given
    #[arg(long, value_parser = parameter::<OrderWord>)]
    pub(crate) order: Option<OrderWord>,
    #[command(flatten)]
    pub(crate) times: TimesArgs,
}

#[derive(Args, Debug)]
pub(crate) struct AgreementsList {
    /// Only those of this partnership: its id, or the name of the partner city
    #[arg(long)]
    pub(crate) partnership: Option<String>,
    /// Only those that hang under this one, agr_…
    #[arg(long, value_name = "ID", value_parser = parameter::<AgreementId>)]
    pub(crate) parent: Option<AgreementId>,
    /// Only those with this place among the parties: its id, or a name of it
    #[arg(long, value_name = "PLACE")]
    pub(crate) party: Option<String>,
    /// entered, signed or title; entered unless given
    #[arg(long, value_parser = parameter::<AgreementSort>)]
    pub(crate) sort: Option<AgreementSort>,
    /// ascending or descending; ascending unless given
    #[arg(long, value_parser = parameter::<OrderWord>)]
    pub(crate) order: Option<OrderWord>,
    #[command(flatten)]
    pub(crate) times: TimesArgs,
}

#[derive(Args, Debug)]
pub(crate) struct EngagementsList {
    /// Only those of this partnership: its id, or the name of the partner city
    #[arg(long)]
    pub(crate) partnership: Option<String>,
    /// Only those with this focus, such as culture
    #[arg(long, value_parser = parameter::<Focus>)]
    pub(crate) focus: Option<Focus>,
    /// Only those that went this way: inbound, outbound, joint, virtual, local or unknown
    #[arg(long, value_parser = parameter::<DirectionWord>)]
    pub(crate) direction: Option<DirectionWord>,
    /// Only from this day on
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    pub(crate) from: Option<NaiveDate>,
    /// Only up to this day
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    pub(crate) to: Option<NaiveDate>,
    /// began or entered; began unless given
    #[arg(long, value_parser = parameter::<EngagementSort>)]
    pub(crate) sort: Option<EngagementSort>,
    /// ascending or descending; descending unless given
    #[arg(long, value_parser = parameter::<OrderWord>)]
    pub(crate) order: Option<OrderWord>,
    #[command(flatten)]
    pub(crate) times: TimesArgs,
}

#[derive(Args, Debug)]
pub(crate) struct ImportsList {
    /// Only those that are so far: uploaded, mapped, `dry_run`, approved, applied or undone
    #[arg(long, value_parser = parameter::<ImportStateWord>)]
    pub(crate) state: Option<ImportStateWord>,
    /// Only those that bring in this: partnerships, engagements or coverage
    #[arg(long, value_parser = parameter::<ImportKind>)]
    pub(crate) content: Option<ImportKind>,
    /// Only those of the file with this SHA-256
    #[arg(long, value_name = "SHA256", value_parser = parameter::<ContentHash>)]
    pub(crate) file: Option<ContentHash>,
    /// ascending or descending; descending unless given
    #[arg(long, value_parser = parameter::<OrderWord>)]
    pub(crate) order: Option<OrderWord>,
    #[command(flatten)]
    pub(crate) recorded: RecordedArgs,
}
