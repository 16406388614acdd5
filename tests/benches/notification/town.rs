//! A programme in whose journal much happens, and endpoints that are told of it.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use sister_cities_app::App;
use sister_cities_app::clock::FixedClock;
use sister_cities_domain::access::{Actor, Caller};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{
    EngagementId, IdSource, PartnershipId, PlaceId, ProgrammeId, SeededIds, WebhookEndpointId,
};
use sister_cities_domain::partnership::{Episode, Members, Partnership};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::{KindKey, Name, PartialDate, SecretText, Source, Title};
use sister_cities_domain::webhook::{
    PayloadVersion, SigningSecrets, WebhookEndpoint, WebhookFormat, host_of,
};
use sister_cities_measure::Outcome;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::vault::MasterKey;
use sister_cities_storage::{ChangeSet, Database};

const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210";
const SECRET: &str = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
/// So many records are stored in one commit.
const TOGETHER: usize = 1_000;

/// An installation with one programme, in a database on disk.
pub(crate) struct Town {
    pub(crate) app: App,
    pub(crate) programme: ProgrammeId,
    pub(crate) at: DateTime<Utc>,
    pub(crate) ids: Arc<dyn IdSource>,
    bond: PartnershipId,
    /// Kept while the database is open.
    _folder: tempfile::TempDir,
}

impl Town {
    pub(crate) async fn new() -> Outcome<Self> {
        let folder = crate::folder()?;
        let at: DateTime<Utc> = "2026-11-30T12:00:00Z".parse()?;
        let ids: Arc<dyn IdSource> = Arc::new(SeededIds::new(9));
        let database = Database::new(SqliteStore::open(&folder.path().join("town.db"))?);
        let database = database.sealed_by(MasterKey::from_text(KEY)?);
        let app = App::new(database, Arc::new(FixedClock::at(at)), Arc::clone(&ids));
        let programme = ProgrammeId::next(&*ids);
        let place = |name: &str| -> Outcome<Place> {
            let name = PlaceName::new(Name::new(name)?, NameRole::Official);
            let place = Place::new(PlaceId::next(&*ids), programme, PlaceLevel::City, name);
            Ok(Place { zone: Some("America/Chicago".parse()?), ..place })
        };
        let (host, sister) = (place("Chicago")?, place("Birmingham")?);
        let of = Programme {
            id: programme,
            name: Name::new("Chicago Sister Cities")?,
            host: host.id,
            kinds: KindCatalogue::standard(),
            policies: Policies::default(),
            language: "en".parse()?,
            currency: "USD".parse()?,
        };
        let episode =
            Episode::new(KindKey::new("sister-city")?).began_on("1993".parse()?, Source::new("Minutes")?);
        let bond = PartnershipId::next(&*ids);
        let (agreed, _) =
            Partnership::agreed(bond, programme, Members::new([host.id, sister.id])?, episode, None)?;
        let mut changes = ChangeSet::new(programme, &Actor::System, at);
        changes.create(&of).create(&host).create(&sister).create(&agreed);
        changes.event(of.created(), programme);
        app.database().commit(changes).await?.committed()?;
        Ok(Self { app, programme, at, ids, bond, _folder: folder })
    }

    /// Engagements, each with its event, as they are stored by an import; the last of them.
    pub(crate) async fn record(&self, number: usize) -> Outcome<Option<EngagementId>> {
        let mut last = None;
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).ok_or("a day")?;
        for lot in (0..number).collect::<Vec<_>>().chunks(TOGETHER) {
            let mut changes = ChangeSet::new(self.programme, &Caller::system().actor, self.at);
            for at in lot {
                let day = first.checked_add_days(Days::new(u64::try_from(at % 9_000)?)).ok_or("a day")?;
                let visit = Engagement::held(
                    EngagementId::next(&*self.ids),
                    (self.programme, self.bond),
                    Title::new("A visit of the youth orchestra, with a concert in the town hall")?,
                    Foci::one(Focus::Culture),
                    Direction::Inbound,
                    EngagementDates::on(PartialDate::from_day(day)?),
                );
                changes.create(&visit).event(visit.recorded(), visit.id);
                last = Some(visit.id);
            }
            self.app.database().commit(changes).await?.committed()?;
        }
        Ok(last)
    }

    /// An endpoint that is told of engagements, at this address.
    pub(crate) async fn endpoint(&self, url: &str) -> Outcome<WebhookEndpoint> {
        let endpoint = WebhookEndpoint {
            id: WebhookEndpointId::next(&*self.ids),
            programme: self.programme,
            host: host_of(&SecretText::new(url)?)?,
            url: SecretText::new(url)?,
            token: None,
            format: WebhookFormat::Standard,
            events: ["engagement.*".parse()?].into(),
            partnership: None,
            payload_version: PayloadVersion::V1,
            description: None,
            owner: None,
            secrets: Some(SigningSecrets::first(SecretText::new(SECRET)?)),
            disabled: None,
        };
        let mut changes = ChangeSet::new(self.programme, &Actor::System, self.at);
        changes.create(&endpoint).event(endpoint.created(), endpoint.id);
        self.app.database().commit(changes).await?.committed()?;
        Ok(endpoint)
    }
}
