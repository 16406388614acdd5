//! An application with a fixed clock and seeded ids, an office in it, and short ways to import.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, TimeZone as _, Utc};
use sister_cities_app::clock::FixedClock;
use sister_cities_app::import::{ImportError, LineQuery, NewImport, Report, ReportSummary, Silent, Trial};
use sister_cities_app::{App, IdempotentReply};
use sister_cities_domain::access::Caller;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{ImportId, PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::import_run::{Answer, Choice, ImportContent, ImportEvent, ImportRun, Mapping};
use sister_cities_domain::partnership::Partnership;
use sister_cities_domain::place::{ExternalIds, NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::value::Name;
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{ChangeSet, Database, ProgrammeStore, record_ref};

/// The typed facts that ship with the product.
pub(crate) const CHICAGO: &str = include_str!("../../facts/chicago_partnerships.csv");
pub(crate) const CHICAGO_LOG: &str = include_str!("../../facts/chicago_engagements.csv");
pub(crate) const BIRMINGHAM: &str = include_str!("../../facts/birmingham_partnerships.csv");

/// An empty application on 23 November 2026.
pub(crate) fn app() -> App {
    app_at(Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap())
}

fn app_at(now: DateTime<Utc>) -> App {
    let database = Database::new(SqliteStore::temporary().expect("a database"));
    App::new(database, Arc::new(FixedClock::at(now)), Arc::new(SeededIds::new(7)))
}

/// An office with its programme, and nothing in it yet.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) programme: ProgrammeId,
    pub(crate) caller: Caller,
}

impl Office {
    pub(crate) async fn of_chicago() -> Self {
        Self::new("Chicago", 4_887_398).await
    }

    pub(crate) async fn of_birmingham() -> Self {
        Self::new("Birmingham", 2_655_603).await
    }

    /// At 16:00 UTC, when it is tomorrow there.
    pub(crate) async fn of_osaka() -> Self {
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 16, 0, 0).unwrap();
        Self::in_app(app_at(now), "Osaka", 1_853_909).await
    }

    async fn new(host: &str, geonames: u32) -> Self {
        Self::in_app(app(), host, geonames).await
    }

    async fn in_app(app: App, host: &str, geonames: u32) -> Self {
        let caller = Caller::system();
        let id = ProgrammeId::next(app.ids());
        let name = PlaceName::new(Name::new(host).unwrap(), NameRole::Official);
        let mut host = Place::new(PlaceId::next(app.ids()), id, PlaceLevel::City, name);
        host.external = ExternalIds { geonames: Some(geonames), ..ExternalIds::default() };
        let programme = Programme {
            id,
            name: Name::new("The office").unwrap(),
            host: host.id,
            kinds: KindCatalogue::standard(),
            policies: Policies::default(),
            language: "en".parse().unwrap(),
            currency: "USD".parse().unwrap(),
        };
        app.create_programme(&caller, programme, host, IdempotentReply::NONE).await.unwrap();
        Self { app, programme: id, caller }
    }

    pub(crate) async fn upload(&self, content: ImportContent, file: &[u8], mapping: Mapping) -> ImportId {
        self.try_upload(content, file, mapping).await.unwrap()
    }

    pub(crate) async fn try_upload(
        &self,
        content: ImportContent,
        file: &[u8],
        mapping: Mapping,
    ) -> Result<ImportId, ImportError> {
        let request =
            NewImport { content, file: file.to_vec(), file_name: Name::new("list.csv").ok(), mapping };
        let done =
            self.app.upload_import(&self.caller, self.programme, request, IdempotentReply::NONE).await?;
        Ok(done.executed().unwrap().value.id)
    }

    pub(crate) async fn dry_run(&self, import: ImportId) -> Report {
        self.try_dry_run(import).await.unwrap()
    }

    pub(crate) async fn try_dry_run(&self, import: ImportId) -> Result<Report, ImportError> {
        let (trial, progress) = (Trial::default(), Arc::new(Silent));
        self.app
            .dry_run_import(&self.caller, self.programme, import, trial, progress, IdempotentReply::NONE)
            .await?;
        self.report(import).await
    }

    /// The report of a dry run with these answers.
    pub(crate) async fn dry_run_with(&self, import: ImportId, answers: Vec<Answer>) -> Report {
        let (trial, progress) = (Trial { mapping: None, answers }, Arc::new(Silent));
        let reply = IdempotentReply::NONE;
        self.app.dry_run_import(&self.caller, self.programme, import, trial, progress, reply).await.unwrap();
        self.report(import).await.unwrap()
    }

    /// The report of an import, page by page.
    pub(crate) async fn report(&self, import: ImportId) -> Result<Report, ImportError> {
        let ReportSummary { file, tally } =
            self.app.get_import_report(&self.caller, self.programme, import).await?;
        let (mut lines, mut query) = (Vec::new(), LineQuery { limit: 7, ..LineQuery::default() });
        loop {
            let page =
                self.app.list_import_lines(&self.caller, self.programme, import, query.clone()).await?;
            lines.extend(page.items);
            query.after = page.next;
            if query.after.is_none() {
                return Ok(Report { file, lines, tally });
            }
        }
    }

    pub(crate) async fn apply(
        &self,
        import: ImportId,
        answers: Vec<Answer>,
    ) -> Result<ImportRun, ImportError> {
        let done = self
            .app
            .apply_import(
                &self.caller,
                self.programme,
                import,
                answers,
                Arc::new(Silent),
                IdempotentReply::NONE,
            )
            .await?;
        Ok(done.executed().unwrap().value)
    }

    pub(crate) async fn undo(&self, import: ImportId) -> ImportRun {
        let done =
            self.app.undo_import(&self.caller, self.programme, import, IdempotentReply::NONE).await.unwrap();
        done.executed().unwrap().value
    }

    /// Deletes a run, so that a dump shows what else there is.
    pub(crate) async fn forget(&self, import: ImportId) {
        let read = self.store().get::<ImportRun>(import).await.unwrap().unwrap();
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 9, 0, 0).unwrap();
        let mut changes = ChangeSet::new(self.programme, &self.caller.actor, now);
        changes.delete::<ImportRun>(import, read.revision);
        let event = ImportEvent::Undone { kept: 0 };
        changes.event(event, record_ref::<ImportRun>(import));
        self.app.database().commit(changes).await.unwrap();
    }

    /// Uploads, tries and applies.
    pub(crate) async fn import(
        &self,
        content: ImportContent,
        file: &str,
        mapping: Mapping,
    ) -> (ImportId, Report) {
        let import = self.upload(content, file.as_bytes(), mapping).await;
        self.dry_run(import).await;
        self.apply(import, Vec::new()).await.unwrap();
        (import, self.report(import).await.unwrap())
    }

    pub(crate) fn store(&self) -> ProgrammeStore {
        self.app.database().programme(self.programme)
    }

    /// Everything in the programme but the runs of the import themselves.
    pub(crate) async fn dump(&self) -> String {
        let dump = self.store().dump().await.unwrap();
        dump.lines().filter(|line| !line.starts_with("imp_")).collect::<Vec<_>>().join("\n")
    }

    pub(crate) async fn places(&self) -> Vec<Place> {
        self.store().all::<Place>(vec![]).await.unwrap().into_iter().map(|found| found.value).collect()
    }

    pub(crate) async fn partnerships(&self) -> Vec<Partnership> {
        self.store().all::<Partnership>(vec![]).await.unwrap().into_iter().map(|found| found.value).collect()
    }

    pub(crate) async fn engagements(&self) -> Vec<Engagement> {
        self.store().all::<Engagement>(vec![]).await.unwrap().into_iter().map(|found| found.value).collect()
    }

    /// The place of that name, and the bond with it.
    pub(crate) async fn bond(&self, name: &str) -> Partnership {
        let places = self.places().await;
        let place = places.iter().find(|place| place.display_name().as_str() == name).unwrap();
        let bonds = self.partnerships().await;
        bonds.into_iter().find(|bond| bond.members().contains(place.id)).unwrap()
    }
}

/// A mapping of values of one field.
pub(crate) fn meaning(field: &str, written: &str, meant: &str) -> Mapping {
    let table = BTreeMap::from([(written.to_owned(), meant.to_owned())]);
    Mapping { values: BTreeMap::from([(field.to_owned(), table)]), ..Mapping::default() }
}

/// How the list that only Wikipedia has is decided.
pub(crate) fn contact() -> Mapping {
    meaning("kind", "listed by Wikipedia only", "contact")
}

pub(crate) fn take(line: u32, about: &str, key: &str) -> Answer {
    Answer { line, about: about.to_owned(), choice: Choice::Take(key.to_owned()) }
}

/// A CSV text without the columns of these titles.
pub(crate) fn without(text: &str, titles: &[&str]) -> String {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let kept: Vec<usize> = (0..header.len()).filter(|at| !titles.contains(&&header[*at])).collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let cut = |record: &csv::StringRecord| kept.iter().map(|at| record[*at].to_owned()).collect::<Vec<_>>();
    writer.write_record(cut(&header)).unwrap();
    for record in reader.records() {
        writer.write_record(cut(&record.unwrap())).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

/// The column of that title.
pub(crate) fn column(text: &str, title: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|found| found == title).unwrap();
    reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
}

/// Compares two dumps and shows only the lines that differ.
#[track_caller]
pub(crate) fn assert_same(now: &str, before: &str) {
    if now == before {
        return;
    }
    let differing: Vec<&str> = now
        .lines()
        .filter(|line| !before.contains(line))
        .chain(before.lines().filter(|line| !now.contains(line)))
        .map(|line| &line[..line.floor_char_boundary(400)])
        .collect();
    panic!("{} lines differ, such as {:#?}", differing.len(), differing.first());
}
