//! The conversation with a server: the client, and the programme and partnerships that are meant.

use futures_util::TryStreamExt as _;
use sister_cities_client::Client;
use sister_cities_client::api::domain::id::{PartnershipId, PlaceId, ProgrammeId};
use sister_cities_client::api::partnership::{ListPartnershipsQuery, PartnershipView};
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::programme::{ListProgrammesQuery, ProgrammeView};
use sister_cities_client::api::{PageLimit, RecordQuery};
use sister_cities_client::resource::Programme;

use crate::failure::{Exit, Failure};
use crate::names::{Named, find_named};
use crate::output::Output;
use crate::show::wording::{Perspective, in_full};

/// One programme, chosen, and where answers go.
pub(super) struct Session {
    pub(super) programme: Programme,
    pub(super) perspective: Perspective,
    pub(super) output: Output,
}

/// All programmes the token may see.
pub(super) async fn programmes(client: &Client) -> Result<Vec<ProgrammeView>, Failure> {
    let query = ListProgrammesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    Ok(client.programmes().list(query).all().await?)
}

impl Session {
    /// The programme that `wanted` names, or the only one there is.
    pub(super) async fn open(client: &Client, wanted: Option<&str>, output: Output) -> Result<Self, Failure> {
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

    /// All partnerships of the programme.
    pub(super) async fn partnerships(&self) -> Result<Vec<PartnershipView>, Failure> {
        self.partnerships_as_of(&RecordQuery::default()).await
    }

    /// All partnerships of the programme as of some times.
    pub(super) async fn partnerships_as_of(
        &self,
        times: &RecordQuery,
    ) -> Result<Vec<PartnershipView>, Failure> {
        let RecordQuery { as_of, recorded_at } = times.clone();
        let limit = Some(PageLimit::MOST);
        let query = ListPartnershipsQuery { as_of, recorded_at, limit, ..Default::default() };
        Ok(self.programme.partnerships().list(query).stream().try_collect().await?)
    }

    /// The partnership that `wanted` names: its id, or the name of the partner city.
    pub(super) async fn partnership(&self, wanted: &str) -> Result<PartnershipView, Failure> {
        self.partnership_as_of(wanted, &RecordQuery::default()).await
    }

    /// The partnership that `wanted` names, as of some times.
    pub(super) async fn partnership_as_of(
        &self,
        wanted: &str,
        times: &RecordQuery,
    ) -> Result<PartnershipView, Failure> {
        if let Ok(id) = wanted.parse::<PartnershipId>() {
            return Ok(self.programme.partnerships().get(id).with_query(times.clone()).await?.value);
        }
        let named = self.partnerships_as_of(times).await?.into_iter().map(|partnership| {
            let full = self.perspective.partners_in_full(&partnership.members);
            let mut names = vec![self.perspective.partners(&partnership.members), full.clone()];
            names.extend(
                partnership.members.iter().filter(|m| m.place != self.perspective.programme.host).flat_map(
                    |m| {
                        let code = m.country.map(|country| format!("{}, {country}", m.name));
                        [Some(m.name.clone()), Some(in_full(m)), code].into_iter().flatten()
                    },
                ),
            );
            Named { title: format!("{}  {full}", partnership.id), names, item: partnership }
        });
        find_named("partnership", wanted, named.collect())
    }
}

impl Session {
    /// The place that `wanted` names: its id, or a name of it as it is shown.
    pub(super) async fn place(&self, wanted: &str) -> Result<PlaceId, Failure> {
        if let Ok(id) = wanted.parse::<PlaceId>() {
            return Ok(id);
        }
        let query = ListPlacesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
        let all: Vec<PlaceView> = self.programme.places().list(query).stream().try_collect().await?;
        let named = all.into_iter().map(|place| Named {
            title: format!("{}  {}", place.id, place.display_name),
            names: place.names.iter().map(|name| name.text.to_string()).collect(),
            item: place.id,
        });
        find_named("place", wanted, named.collect())
    }
}

fn only(mut all: Vec<ProgrammeView>) -> Result<ProgrammeView, Failure> {
    match (all.pop(), all.is_empty()) {
        (Some(one), true) => Ok(one),
        (None, _) => Err(Failure::new(Exit::NotFound, "there is no programme yet")
            .hint("`sister-cities demo` builds two; the API creates one by POST /v1/programmes")),
        (Some(last), false) => {
            all.push(last);
            let failure = Failure::new(Exit::NeedsPerson, "there are several programmes")
                .hint("say which by --programme and its id or a part of its name:");
            Err(all.iter().fold(failure, |f, p| f.hint(format!("  {}  {}", p.id, p.name))))
        }
    }
}
