//! The conversation with a server: the client, and the programme and partnerships that are meant.

use std::future::{Future, IntoFuture as _};
use std::str::FromStr;

use chrono::NaiveDate;
use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::committee::{CommitteeView, ListCommitteesQuery};
use sister_cities_client::api::count::CountQuery;
use sister_cities_client::api::domain::id::{CommitteeId, EngagementId, PartnershipId, PlaceId, ProgrammeId};
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::engagement::{EngagementView, ListEngagementsQuery};
use sister_cities_client::api::partnership::{ListPartnershipsQuery, PartnershipView};
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::programme::{ListProgrammesQuery, ProgrammeView};
use sister_cities_client::api::search::{HitKind, SearchQuery, SearchText};
use sister_cities_client::api::{Moment, PageLimit, Parameters, RecordQuery, TextForm as _};
use sister_cities_client::resource::Programme;
use sister_cities_client::{Client, Error, Versioned};

use crate::args::{QueryArgs, Referent};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::names::{Named, find_named, mentions};
use crate::output::Output;
use crate::resource::person;
use crate::show::wording::{Perspective, date, in_full};

/// So many records are looked through for a name, at most: looking one up does not grow with the programme.
const LOOKED_THROUGH: usize = 1000;

/// One programme, chosen, and where answers go.
pub(crate) struct Session {
    pub(crate) programme: Programme,
    pub(crate) perspective: Perspective,
    pub(crate) output: Output,
}

/// All programmes the token may see.
pub(crate) async fn programmes(client: &Client) -> Result<Vec<ProgrammeView>, Failure> {
    let query = ListProgrammesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    Ok(client.programmes().list(query).all().await?)
}

impl Session {
    /// The programme that `wanted` names, or the only one there is.
    pub(crate) async fn open(client: &Client, wanted: Option<&str>, output: Output) -> Result<Self, Failure> {
        let view = match wanted.map(|text| (text, text.parse::<ProgrammeId>())) {
            Some((_, Ok(id))) => client.programme(id).get().await?.value,
            Some((text, Err(_))) => {
                let all = programmes(client).await?.into_iter().map(|programme| Named {
                    title: format!("{}  {}", programme.id, programme.name),
                    names: vec![programme.name.to_string()],
                    item: programme,
                });
                find_named("programme", text, all.collect())?
            }
            None => only(programmes(client).await?)?,
        };
        let programme = client.programme(view.id);
        Ok(Self { programme, perspective: Perspective { programme: view }, output })
    }

    /// All partnerships of the programme as of some times.
    pub(crate) async fn partnerships_as_of(
        &self,
        times: &RecordQuery,
    ) -> Result<Vec<PartnershipView>, Failure> {
        Ok(self.programme.partnerships().list(every_partnership(times)).all().await?)
    }

    /// The day that is asked about; if none is, the day it is in the programme's zone, which the server knows.
    pub(crate) async fn day_or_today(&self, day: Option<NaiveDate>) -> Result<NaiveDate, Failure> {
        match day {
            Some(day) => Ok(day),
            None => Ok(self.programme.count_partnerships(CountQuery::default()).await?.as_of),
        }
    }

    /// The query that the options ask for; a place, partnership, committee or person that is named there is looked up.
    pub(crate) async fn query<Q: Parameters>(&self, mut args: QueryArgs<Q>) -> Result<Q, Failure> {
        let recorded_at = args.value("recorded_at").and_then(|text| Moment::parse(text).ok());
        let recorded = RecordQuery { as_of: None, recorded_at };
        for (referent, text) in args.names() {
            *text = match referent {
                Referent::Partnership => self.partnership_as_of(text, &recorded).await?.id.to_string(),
                Referent::Place => self.place(text).await?.to_string(),
                Referent::Committee => self.committee(text).await?.id.to_string(),
                Referent::Person => person::find(self, text).await?.to_string(),
            };
        }
        args.query()
    }

    /// The partnership that `wanted` names: its id, or the name of the partner city.
    pub(crate) async fn partnership(&self, wanted: &str) -> Result<PartnershipView, Failure> {
        self.partnership_as_of(wanted, &RecordQuery::default()).await
    }

    /// The partnership that `wanted` names, as of some times.
    pub(crate) async fn partnership_as_of(
        &self,
        wanted: &str,
        times: &RecordQuery,
    ) -> Result<PartnershipView, Failure> {
        let partnerships = self.programme.partnerships();
        if let Ok(id) = wanted.parse::<PartnershipId>() {
            return Ok(partnerships.get(id).with_query(times.clone()).await?.value);
        }
        // A country, or a further city, is no part of what is searched.
        let city = wanted.split(',').next().and_then(|name| name.split(" and ").next()).unwrap_or(wanted);
        let ids = self.hits::<PartnershipId>(HitKind::Partnership, city).await?;
        let read = ids.into_iter().map(|id| partnerships.get(id).with_query(times.clone()).into_future());
        let found = there(read).await?.into_iter().map(|one| self.named(one)).collect();
        find("partnership", wanted, found, async {
            let all = partnerships.list(every_partnership(times)).stream().take(LOOKED_THROUGH);
            Ok(all.map_ok(|one| self.named(one)).try_collect().await?)
        })
        .await
    }

    /// A partnership with the names of its other sides.
    fn named(&self, partnership: PartnershipView) -> Named<PartnershipView> {
        let full = self.perspective.partners_in_full(&partnership.members);
        let mut names = vec![self.perspective.partners(&partnership.members), full.clone()];
        let host = self.perspective.programme.host;
        names.extend(partnership.members.iter().filter(|member| member.place != host).flat_map(|member| {
            let code = member.country.map(|country| format!("{}, {country}", member.name));
            [Some(member.name.clone()), Some(in_full(member)), code].into_iter().flatten()
        }));
        Named { title: format!("{}  {full}", partnership.id), names, item: partnership }
    }

    /// The place that `wanted` names: its id, or a name of it as it is shown.
    pub(crate) async fn place(&self, wanted: &str) -> Result<PlaceId, Failure> {
        if let Ok(id) = wanted.parse::<PlaceId>() {
            return Ok(id);
        }
        let places = async |name: Option<Name>| {
            let query = ListPlacesQuery { name, limit: Some(PageLimit::MOST), ..Default::default() };
            let all = self.programme.places().list(query).stream().take(LOOKED_THROUGH);
            Ok::<Vec<_>, Failure>(all.map_ok(|place| named_place(&place)).try_collect().await?)
        };
        let found = match Name::new(wanted) {
            Ok(beginning) => places(Some(beginning)).await?,
            Err(_) => Vec::new(),
        };
        find("place", wanted, found, places(None)).await
    }

    /// The same, where a place may be named and need not.
    pub(crate) async fn place_if_named(&self, wanted: Option<&str>) -> Result<Option<PlaceId>, Failure> {
        match wanted {
            Some(wanted) => Ok(Some(self.place(wanted).await?)),
            None => Ok(None),
        }
    }

    /// The partnership that is named, if one is.
    pub(crate) async fn partnership_if_named(
        &self,
        wanted: Option<&str>,
    ) -> Result<Option<PartnershipId>, Failure> {
        match wanted {
            Some(wanted) => Ok(Some(self.partnership(wanted).await?.id)),
            None => Ok(None),
        }
    }

    /// The committee that is named, if one is.
    pub(crate) async fn committee_if_named(
        &self,
        wanted: Option<&str>,
    ) -> Result<Option<CommitteeId>, Failure> {
        match wanted {
            Some(wanted) => Ok(Some(self.committee(wanted).await?.id)),
            None => Ok(None),
        }
    }

    /// The engagement that `wanted` names, by its id or a part of its title, as of some times.
    pub(crate) async fn engagement(
        &self,
        wanted: &str,
        times: &RecordQuery,
    ) -> Result<EngagementView, Failure> {
        let engagements = self.programme.engagements();
        if let Ok(id) = wanted.parse::<EngagementId>() {
            return Ok(engagements.get(id).with_query(times.clone()).await?.value);
        }
        let ids = self.hits::<EngagementId>(HitKind::Engagement, wanted).await?;
        let read = ids.into_iter().map(|id| engagements.get(id).with_query(times.clone()).into_future());
        let found = there(read).await?.into_iter().map(named_engagement).collect();
        find("engagement", wanted, found, async {
            let RecordQuery { as_of, recorded_at } = times.clone();
            let limit = Some(PageLimit::MOST);
            let query = ListEngagementsQuery { as_of, recorded_at, limit, ..Default::default() };
            let all = engagements.list(query).stream().take(LOOKED_THROUGH);
            Ok(all.map_ok(named_engagement).try_collect().await?)
        })
        .await
    }

    /// The committee that `wanted` names, by its id or a part of its name.
    pub(crate) async fn committee(&self, wanted: &str) -> Result<CommitteeView, Failure> {
        let committees = self.programme.committees();
        if let Ok(id) = wanted.parse::<CommitteeId>() {
            return Ok(committees.get(id).await?.value);
        }
        let ids = self.hits::<CommitteeId>(HitKind::Committee, wanted).await?;
        let read = ids.into_iter().map(|id| committees.get(id).into_future());
        let found = there(read).await?.into_iter().map(named_committee).collect();
        find("committee", wanted, found, async {
            let query = ListCommitteesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
            let all = committees.list(query).stream().take(LOOKED_THROUGH);
            Ok(all.map_ok(named_committee).try_collect().await?)
        })
        .await
    }

    /// The records of a kind with `part` in what they are called: as many as a person might choose among.
    async fn hits<I: FromStr>(&self, kind: HitKind, part: &str) -> Result<Vec<I>, Failure> {
        const MOST: usize = 40;
        let Ok(words) = SearchText::parse(part) else { return Ok(Vec::new()) };
        let query = SearchQuery { kind: vec![kind], limit: Some(PageLimit::MOST), ..SearchQuery::new(words) };
        let hits = self.programme.search(query).stream().take(LOOKED_THROUGH);
        let called = hits.try_filter(|hit| std::future::ready(mentions(&hit.title, part)));
        let ids = called.try_filter_map(|hit| std::future::ready(Ok(hit.id.parse().ok())));
        Ok(ids.take(MOST).try_collect().await?)
    }
}

fn every_partnership(times: &RecordQuery) -> ListPartnershipsQuery {
    let RecordQuery { as_of, recorded_at } = times.clone();
    ListPartnershipsQuery { as_of, recorded_at, limit: Some(PageLimit::MOST), ..Default::default() }
}

fn named_place(place: &PlaceView) -> Named<PlaceId> {
    let names = place.names.iter().map(|name| name.text.to_string()).collect();
    Named { title: format!("{}  {}", place.id, place.display_name), names, item: place.id }
}

fn named_committee(it: CommitteeView) -> Named<CommitteeView> {
    Named { title: format!("{}  {}", it.id, it.name), names: vec![it.name.to_string()], item: it }
}

fn named_engagement(it: EngagementView) -> Named<EngagementView> {
    let title = format!("{}  {:<10}  {}", it.id, date(it.start.as_ref()), it.title);
    Named { title, names: vec![it.title.to_string()], item: it }
}

/// What was there at the times that were asked for.
async fn there<T>(
    reads: impl IntoIterator<Item = impl Future<Output = Result<Versioned<T>, Error>>>,
) -> Result<Vec<T>, Failure> {
    const AT_ONCE: usize = 8;
    let mut read = futures_util::stream::iter(reads).buffered(AT_ONCE);
    let mut all = Vec::new();
    while let Some(one) = read.next().await {
        match one {
            Ok(one) => all.push(one.value),
            Err(error) if error.is_not_found() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(all)
}

/// The one that is meant among those found, else among the first of all: a part within a word is not searched for.
async fn find<T>(
    what: &str,
    wanted: &str,
    found: Vec<Named<T>>,
    first: impl Future<Output = Result<Vec<Named<T>>, Failure>>,
) -> Result<T, Failure> {
    match find_named(what, wanted, found) {
        Err(failure) if failure.exit == Exit::NotFound => find_named(what, wanted, first.await?),
        outcome => outcome,
    }
}

fn only(mut all: Vec<ProgrammeView>) -> Result<ProgrammeView, Failure> {
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(Failure::new(Exit::NotFound, "there is no programme yet")
            .hint("`sister-cities programmes create` sets one up; `sister-cities demo` builds two")),
        (Some(last), false) => {
            all.push(last);
            let failure = Failure::new(Exit::NeedsPerson, "there are several programmes")
                .hint("say which by --programme and its id or a part of its name:");
            Err(all.iter().fold(failure, |f, p| f.hint(format!("  {}  {}", p.id, p.name))))
        }
    }
}
