//! One programme from its first day on, through every endpoint of the API: each file tells of one resource, with what it needs.

mod agreement;
mod calendar;
mod committee;
pub(super) mod delivery;
mod due;
mod engagement;
mod import;
mod invitation;
mod outcome;
mod partnership;
mod people;
mod place;
mod practice;
mod programme;
mod promise;
mod questions;
mod subscription;
mod webhook;

use sister_cities_api::journal::{HistoryPath, HistoryQuery, JournalQuery, ReadHistory, ReadJournal};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::system::{Livez, Readyz};
use sister_cities_api::{Endpoint, NoBody, NoParameters, RequestBody};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::site::{Got, Sent, Site, request};
use super::walls::Intruder;
pub(super) use programme::chicago;

/// A programme and every request that was made of it.
pub(super) struct Story {
    pub(super) programme: ProgrammeId,
    pub(super) host: PlaceId,
    pub(super) birmingham: PlaceId,
    pub(super) partnership: PartnershipId,
    pub(super) sent: Vec<Sent>,
}

/// A body from JSON, as a caller writes it.
pub(super) fn body<B: RequestBody>(json: &serde_json::Value) -> B {
    let text = serde_json::to_vec(json).expect("JSON");
    B::decode(Some("application/json"), text).unwrap_or_else(|fault| panic!("{fault}: {fault:?}: {json}"))
}

pub(super) struct Teller<'a> {
    pub(super) site: &'a Site,
    sent: Vec<Sent>,
    /// Who tries each request in another way before it is sent.
    intruder: Option<&'a Intruder<'a>>,
}

impl Teller<'_> {
    /// Sends a request that must succeed, and remembers it.
    async fn tell(&mut self, success: u16, request: Sent) -> Got {
        if let Some(intruder) = self.intruder {
            intruder.try_before(self.site, &request, self.sent.len()).await;
        }
        let got = self.site.send(&request).await;
        assert_eq!(got.status, success, "{}: {}", request.endpoint, got.text());
        self.sent.push(request);
        got
    }

    pub(super) async fn say<E: Endpoint>(
        &mut self,
        path: &E::Path,
        query: &E::Query,
        body: &E::Body,
    ) -> (E::Reply, Got) {
        let got = self.tell(E::SUCCESS, request::<E>(path, query, body)).await;
        (got.reply::<E>(), got)
    }

    pub(super) async fn change<E: Endpoint<Query = NoParameters>>(
        &mut self,
        path: &E::Path,
        tag: String,
        body: &E::Body,
    ) -> Got {
        self.tell(E::SUCCESS, request::<E>(path, &NoParameters, body).if_match(tag)).await
    }
}

/// Tells the whole story.
pub(super) async fn tell(site: &Site) -> Story {
    tell_watched(site, None).await
}

/// Tells the whole story while somebody tries each request in another way before it is sent.
pub(super) async fn tell_watched(site: &Site, intruder: Option<&Intruder<'_>>) -> Story {
    let mut teller = Teller { site, sent: Vec::new(), intruder };
    teller.say::<Livez>(&NoParameters, &NoParameters, &NoBody).await;
    teller.say::<Readyz>(&NoParameters, &NoParameters, &NoBody).await;
    let (programme, host) = programme::programme(&mut teller).await;
    let birmingham = place::place(&mut teller, programme).await;
    let partnership = partnership::partnership(&mut teller, programme, host, birmingham).await;
    let visit = engagement::engagement(&mut teller, programme, partnership).await;
    outcome::outcome(&mut teller, programme, partnership, visit).await;
    outcome::indicator(&mut teller, programme, partnership).await;
    outcome::valuation(&mut teller, programme).await;
    practice::practice(&mut teller, programme, partnership, (host, birmingham)).await;
    agreement::agreement(&mut teller, programme, partnership, (host, birmingham)).await;
    committee::committee(&mut teller, programme, partnership, birmingham).await;
    webhook::webhook(&mut teller, programme, partnership).await;
    promise::promises(&mut teller, programme, partnership).await;
    questions::questions(&mut teller, programme, partnership).await;
    people::people(&mut teller, programme, birmingham).await;
    due::due(&mut teller, programme, host).await;
    let iwanna = subscription::subscription(&mut teller, programme, partnership).await;
    calendar::calendar(&mut teller, programme, partnership, iwanna).await;
    delivery::delivery(&mut teller, programme, iwanna).await;
    invitation::invitation(&mut teller, programme, partnership).await;
    import::import(&mut teller, programme).await;
    super::sharing::tell(&mut teller, programme, partnership).await;
    teller.say::<ReadJournal>(&ProgrammePath { programme }, &JournalQuery::default(), &NoBody).await;
    let path = HistoryPath { programme, record: birmingham.into() };
    let (history, _) = teller.say::<ReadHistory>(&path, &HistoryQuery::default(), &NoBody).await;
    assert_eq!(history.items.len(), 2);
    Story { programme, host, birmingham, partnership, sent: teller.sent }
}
