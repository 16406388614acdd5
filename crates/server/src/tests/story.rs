//! One programme from its first day on, through every endpoint of the API.

use serde_json::json;
use sister_cities_api::agreement::{
    AddVersion, AgreementPath, ApproveVersion, AttachVersionText, CreateAgreement, GetAgreement,
    GetVersionText, GiveNotice, ListAgreements, ListAgreementsQuery, ListPartnershipAgreements,
    ListPartnershipAgreementsQuery, ProposeVersion, PutVersionText, SignVersion, VersionPath,
    WithdrawVersion,
};
use sister_cities_api::count::{CountPartnerships, CountQuery};
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, ListEngagements, ListEngagementsQuery, ReadCare,
    ReplaceEngagement, SetCare,
};
use sister_cities_api::import::{
    ApplyImport, DryRunImport, GetImport, GetImportReport, ImportKind, ImportPath, ListImportLines,
    ListImportLinesQuery, ListImports, ListImportsQuery, UndoImport, UploadImport, UploadImportQuery,
};
use sister_cities_api::journal::{HistoryPath, HistoryQuery, JournalQuery, ReadHistory, ReadJournal};
use sister_cities_api::partnership::{
    ChangePartnership, CreatePartnership, DecidePartnership, GetPartnership, ListPartnerships,
    ListPartnershipsQuery, PartnershipPath, SetRecord,
};
use sister_cities_api::place::{CreatePlace, GetPlace, ListPlaces, ListPlacesQuery, PlacePath, ReplacePlace};
use sister_cities_api::programme::{
    ChangeProgramme, CreateProgramme, GetProgramme, ListProgrammes, ListProgrammesQuery, ProgrammePath,
};
use sister_cities_api::search::{SearchProgramme, SearchQuery, SearchText};
use sister_cities_api::system::{Livez, Readyz};
use sister_cities_api::vitality::{
    GetVitality, GetVitalityTimeline, ListVitality, ListVitalityQuery, StepWord, TimelineQuery, VitalityQuery,
};
use sister_cities_api::{
    Endpoint, FileFormat, FileUpload, NoBody, NoParameters, Parameter as _, ProblemKind, RecordQuery,
    RecordedQuery, RequestBody, TextFormat, TextUpload,
};
use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId};

use super::site::{Got, Sent, Site, request};
use super::walls::Intruder;

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
    let (programme, host) = programme(&mut teller).await;
    let birmingham = place(&mut teller, programme).await;
    let partnership = partnership(&mut teller, programme, host, birmingham).await;
    engagement(&mut teller, programme, partnership).await;
    agreement(&mut teller, programme, partnership, (host, birmingham)).await;
    questions(&mut teller, programme, partnership).await;
    import(&mut teller, programme).await;
    super::sharing::tell(&mut teller, programme, partnership).await;
    teller.say::<ReadJournal>(&ProgrammePath { programme }, &JournalQuery::default(), &NoBody).await;
    let path = HistoryPath { programme, record: birmingham.into() };
    let (history, _) = teller.say::<ReadHistory>(&path, &HistoryQuery::default(), &NoBody).await;
    assert_eq!(history.items.len(), 2);
    Story { programme, host, birmingham, partnership, sent: teller.sent }
}

/// Chicago's programme.
pub(super) fn chicago() -> serde_json::Value {
    json!({
        "name": "Chicago Sister Cities",
        "host": { "names": [{ "text": "Chicago", "role": "official" }], "country": "US",
                  "zone": "America/Chicago", "external_ids": { "geonames": 4_887_398 } },
        "currency": "USD",
    })
}

async fn programme(teller: &mut Teller<'_>) -> (ProgrammeId, PlaceId) {
    let (made, got) = teller.say::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let path = ProgrammePath { programme: made.id };
    assert_eq!(got.header("location"), Some(format!("/v1/programmes/{}", made.id).as_str()));
    teller.say::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody).await;
    let (_, got) = teller.say::<GetProgramme>(&path, &RecordedQuery::default(), &NoBody).await;
    teller
        .change::<ChangeProgramme>(&path, got.etag(), &body(&json!({ "name": "Sister Cities of Chicago" })))
        .await;
    (made.id, made.host)
}

async fn place(teller: &mut Teller<'_>, programme: ProgrammeId) -> PlaceId {
    let facts = json!({
        "names": [{ "text": "Birmingham", "language": "en", "role": "official", "from": "1166" }],
        "country": "GB",
        "admin1": "England",
        "point": { "latitude": 52.48142, "longitude": -1.89983 },
        "population": [{ "people": 1_144_919, "year": 2021, "source": "Census 2021" }],
        "external_ids": { "geonames": 2_655_603, "wikidata": "Q2256", "unlocode": "GBBHM" },
    });
    let (made, got) =
        teller.say::<CreatePlace>(&ProgrammePath { programme }, &NoParameters, &body(&facts)).await;
    let path = PlacePath { programme, place: made.id };
    let mut better = facts;
    better["zone"] = json!("Europe/London");
    teller.change::<ReplacePlace>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetPlace>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.zone.map(chrono_tz::Tz::name), Some("Europe/London"));
    teller.say::<ListPlaces>(&ProgrammePath { programme }, &ListPlacesQuery::default(), &NoBody).await;
    made.id
}

async fn partnership(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    host: PlaceId,
    birmingham: PlaceId,
) -> PartnershipId {
    let new = json!({
        "members": [host, birmingham],
        "episode": { "kind": "sister-city", "began": [{ "date": "1993-05-22", "source": "Council minutes" }] },
        "notes": [{ "text": "The bond of the anchor story." }],
    });
    let of_programme = ProgrammePath { programme };
    let (made, got) = teller.say::<CreatePartnership>(&of_programme, &NoParameters, &body(&new)).await;
    let path = PartnershipPath { programme, partnership: made.id };
    let label = json!({ "episodes": [{ "episode": 0, "labels": [
        { "place": birmingham, "label": "partner city", "source": "Birmingham's own list" }] }] });
    let got = teller.change::<ChangePartnership>(&path, got.etag(), &body(&label)).await;
    let reaffirmed = json!({ "decision": "reaffirm", "on": "2008-06-04", "authority": "Both mayors",
                             "note": "We stand by it." });
    let got = teller.change::<DecidePartnership>(&path, got.etag(), &body(&reaffirmed)).await;
    let record = json!({ "periods": [{ "from": "1993", "source": "The office's own log" }] });
    teller.change::<SetRecord>(&path, got.etag(), &body(&record)).await;
    let (read, _) = teller.say::<GetPartnership>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!((read.decisions.len(), read.revision), (2, 4));
    teller.say::<ListPartnerships>(&of_programme, &ListPartnershipsQuery::default(), &NoBody).await;
    made.id
}

async fn engagement(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let visit = json!({
        "partnership": partnership,
        "title": "Workforce Best Practice Session",
        "foci": ["business", "social_service"],
        "direction": "inbound",
        "start": "2008-06",
        "participants": [{ "side": "counterpart", "role": "delegate", "people": 6 }],
        "organisations": [{ "name": "Aston Pride", "side": "counterpart", "representatives": [] }],
        "costs": [{ "party": "Birmingham City Council", "amount": "25000.00 GBP" }],
        "outcomes": ["A five-point action plan, signed."],
        "source": "Birmingham Post, June 2008",
    });
    let of_programme = ProgrammePath { programme };
    let (made, got) = teller.say::<CreateEngagement>(&of_programme, &NoParameters, &body(&visit)).await;
    let path = EngagementPath { programme, engagement: made.id };
    let mut better = visit;
    better["evidence"] = json!("took_part");
    teller.change::<ReplaceEngagement>(&path, got.etag(), &body(&better)).await;
    let (read, _) = teller.say::<GetEngagement>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.mutuality.as_str(), "mutual");
    let care = json!({ "care": "One guest is allergic to nuts." });
    let got = teller.change::<SetCare>(&path, format!("\"r{}\"", read.revision), &body(&care)).await;
    assert_eq!(got.etag(), format!("\"r{}\"", read.revision + 1));
    let (needed, _) = teller.say::<ReadCare>(&path, &NoParameters, &NoBody).await;
    assert_eq!(needed.care.map(|care| care.to_string()).as_deref(), Some("One guest is allergic to nuts."));
    teller.say::<ListEngagements>(&of_programme, &ListEngagementsQuery::default(), &NoBody).await;
}

/// The SHA-256 of `Article 1`.
const ARTICLE_1: &str = "b9c5a06b7fd34d513067ab069d26c1e97c0428d80da2e1c19cbc9d7615f188e5";

async fn agreement(
    teller: &mut Teller<'_>,
    programme: ProgrammeId,
    partnership: PartnershipId,
    (host, birmingham): (PlaceId, PlaceId),
) {
    let of_partnership = PartnershipPath { programme, partnership };
    let text = TextUpload { format: TextFormat::Plain, bytes: b"Article 1".to_vec() };
    let new = json!({ "title": "Sister City Agreement", "text_sha256": ARTICLE_1,
        "terms": { "term": "open_ended", "notice_months": 12 } });
    let (made, got) = teller.say::<CreateAgreement>(&of_partnership, &NoParameters, &body(&new)).await;
    let path = AgreementPath { programme, agreement: made.id };
    let first = VersionPath { programme, agreement: made.id, version: 1 };
    let (stored, _) = teller.say::<PutVersionText>(&first, &NoParameters, &text).await;
    assert_eq!((stored.sha256.as_str(), stored.bytes), (ARTICLE_1, 9));
    let (read, _) = teller.say::<GetVersionText>(&first, &NoParameters, &NoBody).await;
    assert_eq!((read.media_type.as_str(), read.content.as_str()), ("text/plain", "QXJ0aWNsZSAx"));
    let mut tag = got.etag();
    tag = teller.change::<ProposeVersion>(&path, tag, &body(&json!({ "version": 1 }))).await.etag();
    for by in [host, birmingham] {
        let approval = json!({ "version": 1, "approval": {
            "by": by, "basis": "resolved", "body": "City Council", "on": "1993-03" } });
        tag = teller.change::<ApproveVersion>(&path, tag, &body(&approval)).await.etag();
    }
    for by in [host, birmingham] {
        let signature = json!({ "version": 1, "signature": {
            "by": by, "person": "The Mayor", "office": "Mayor", "rank": "highest_elected", "on": "1993-05-22" } });
        tag = teller.change::<SignVersion>(&path, tag, &body(&signature)).await.etag();
    }
    tag = teller.change::<AddVersion>(&path, tag, &body(&json!({ "base": "amends", "of": 1 }))).await.etag();
    let second = VersionPath { programme, agreement: made.id, version: 2 };
    let text = TextUpload { format: TextFormat::Plain, bytes: b"Article 2".to_vec() };
    let got = teller.change::<AttachVersionText>(&second, tag, &text).await;
    let again = request::<AttachVersionText>(&second, &NoParameters, &text).if_match(got.etag());
    let again = teller.site.send(&again).await;
    assert_eq!((again.status, again.problem().kind), (409, ProblemKind::Conflict), "{}", again.text());
    let attached = got.reply::<AttachVersionText>().versions[1].text_sha256.clone();
    let stored = teller.site.ask::<GetVersionText>(&second, &NoParameters, &NoBody).await;
    assert_eq!(attached, Some(stored.sha256));
    tag = got.etag();
    tag = teller.change::<WithdrawVersion>(&path, tag, &body(&json!({ "version": 2 }))).await.etag();
    let notice = json!({ "by": [birmingham], "on": "2026-10-01", "authority": "City Council" });
    teller.change::<GiveNotice>(&path, tag, &body(&notice)).await;
    let (read, _) = teller.say::<GetAgreement>(&path, &RecordQuery::default(), &NoBody).await;
    assert_eq!(read.effective_end.map(|end| end.latest.to_string()), Some("2027-10-01".to_owned()));
    assert_eq!(read.missing, Vec::<String>::new());
    let all = ListAgreementsQuery::default();
    teller.say::<ListAgreements>(&ProgrammePath { programme }, &all, &NoBody).await;
    let own = ListPartnershipAgreementsQuery::default();
    teller.say::<ListPartnershipAgreements>(&of_partnership, &own, &NoBody).await;
}

async fn questions(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let (of_programme, path) = (ProgrammePath { programme }, PartnershipPath { programme, partnership });
    let day = "2008-07-15".parse().expect("a day");
    let at = VitalityQuery { as_of: Some(day), recorded_at: None };
    let (vitality, _) = teller.say::<GetVitality>(&path, &at, &NoBody).await;
    assert!(vitality.score.is_some_and(|score| score.typical > 0.0));
    teller.say::<ListVitality>(&of_programme, &ListVitalityQuery::default(), &NoBody).await;
    let time =
        TimelineQuery { from: "2000-01-01".parse().expect("a day"), to: day, step: Some(StepWord::Quarter) };
    teller.say::<GetVitalityTimeline>(&path, &time, &NoBody).await;
    let (count, _) = teller.say::<CountPartnerships>(&of_programme, &CountQuery::default(), &NoBody).await;
    assert_eq!((count.number, count.counted.len()), (1, 1));
    let words = SearchQuery::new(SearchText::parse("birming").expect("words"));
    let (found, _) = teller.say::<SearchProgramme>(&of_programme, &words, &NoBody).await;
    let kinds: Vec<&str> = found.items.iter().map(|hit| hit.kind.as_str()).collect();
    assert_eq!(kinds, ["place", "partnership"]);
    assert_eq!(found.items[1].id, partnership.to_string());
    assert!(found.items[0].excerpt.iter().any(|piece| piece.is_match && piece.text == "Birmingham"));
}

async fn import(teller: &mut Teller<'_>, programme: ProgrammeId) {
    let of_programme = ProgrammePath { programme };
    let query = UploadImportQuery { kind: ImportKind::Partnerships, file_name: None, mapping: None };
    let bytes = b"City,Country,Year\nMilan,Italy,1973\nNowhere-on-Sea,Italy,1999\n".to_vec();
    let file = FileUpload { format: FileFormat::Csv, bytes };
    let (made, _) = teller.say::<UploadImport>(&of_programme, &query, &file).await;
    let path = ImportPath { programme, import: made.id };
    let (tried, _) = teller.say::<DryRunImport>(&path, &NoParameters, &body(&json!({}))).await;
    assert_eq!(tried.tally.map(|tally| tally.total), Some(2), "{tried:?}");
    let (lines, _) = teller.say::<ListImportLines>(&path, &ListImportLinesQuery::default(), &NoBody).await;
    assert_eq!(lines.items.len(), 2);
    teller.say::<GetImportReport>(&path, &NoParameters, &NoBody).await;
    let answers = json!({ "answers": lines.items.iter().flat_map(|line| {
        line.questions.iter().map(|question| json!({ "line": line.line, "about": question.about, "choice": "skip" }))
    }).collect::<Vec<_>>() });
    teller.say::<ApplyImport>(&path, &NoParameters, &body(&answers)).await;
    teller.say::<UndoImport>(&path, &NoParameters, &NoBody).await;
    let (read, _) = teller.say::<GetImport>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.state.as_str(), "undone");
    teller.say::<ListImports>(&of_programme, &ListImportsQuery::default(), &NoBody).await;
}
