//! What the private link of a calendar feed answers, on every back end.

use serde_json::{Value, json};
use sister_cities_api::calendar_feed::{
    CalendarFeedPath, CreateCalendarFeed, GetCalendarFeed, LinkCalendarFeed,
};
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, ListEngagements, ListEngagementsQuery, ReplaceEngagement,
};
use sister_cities_api::import::{
    ApplyBody, ApplyImport, DryRunBody, DryRunImport, GetImportReport, ImportPath, UndoImport, UploadImport,
    UploadImportQuery,
};
use sister_cities_api::partnership::CreatePartnership;
use sister_cities_api::place::CreatePlace;
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::{FileFormat, FileUpload, NoBody, NoParameters, RecordQuery, RecordedQuery};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};
use sister_cities_domain::import_run::ImportContent;
use sister_cities_storage::Database;
use sister_cities_storage::sqlite::SqliteStore;

use super::site::{Site, request};
use super::story::{body, chicago};

#[tokio::test]
async fn on_sqlite_a_calendar_program_is_told_what_is_so_and_only_when_it_changed() {
    told(Database::new(SqliteStore::temporary().expect("a database"))).await;
}

#[cfg(unix)]
#[tokio::test]
async fn on_postgresql_a_calendar_program_is_told_what_is_so_and_only_when_it_changed() {
    let Some(found) = sister_cities_storage::testing::database().await else { return };
    told(Database::new(found.open().await)).await;
}

async fn partnership(site: &Site) -> (ProgrammeId, PartnershipId) {
    let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let of = ProgrammePath { programme: made.id };
    let twin = json!({ "names": [{ "text": "Birmingham", "role": "official" }] });
    let twin = site.ask::<CreatePlace>(&of, &NoParameters, &body(&twin)).await.id;
    let new = json!({ "members": [made.host, twin], "episode": {
        "kind": "sister-city", "began": [{ "date": "1993", "source": "Minutes" }] } });
    (made.id, site.ask::<CreatePartnership>(&of, &NoParameters, &body(&new)).await.id)
}

/// The link of a new feed.
async fn link(site: &Site, programme: ProgrammeId, feed: &Value) -> String {
    let of = ProgrammePath { programme };
    let made = site.ask::<CreateCalendarFeed>(&of, &NoParameters, &body(feed)).await;
    let path = CalendarFeedPath { programme, feed: made.id };
    let tag = site.send(&request::<GetCalendarFeed>(&path, &RecordedQuery::default(), &NoBody)).await.etag();
    let linked = site.send(&request::<LinkCalendarFeed>(&path, &NoParameters, &NoBody).if_match(tag)).await;
    linked.reply::<LinkCalendarFeed>().path
}

async fn told(database: Database) {
    let site = Site::on(database).await;
    let (programme, bond) = partnership(&site).await;
    let visit = json!({ "partnership": bond, "title": "Visit of the choir; \"Młodzież\"", "foci": ["culture"],
        "direction": "inbound", "start": "2027-05-03", "end": "2027-05-07",
        "costs": [{ "party": "The Lions", "amount": "7777.00 USD" }],
        "organisations": [{ "name": "The choir", "side": "host", "representatives": ["Iwanna Muster"] }],
        "notes": [{ "text": "Sings off key" }] });
    let of = ProgrammePath { programme };
    let made = site.ask::<CreateEngagement>(&of, &NoParameters, &body(&visit)).await;
    let undated = json!({ "partnership": bond, "title": "Some year", "foci": ["culture"],
        "direction": "inbound", "start": "2027" });
    site.ask::<CreateEngagement>(&of, &NoParameters, &body(&undated)).await;
    let feed = json!({ "subject": "partnership", "partnership": bond, "name": "Birmingham" });
    let link = link(&site, programme, &feed).await;

    let first = site.open(&link, None).await;
    assert_eq!((first.status, first.header("cache-control")), (200, Some("private, no-cache")));
    assert_eq!(first.header("x-robots-tag"), Some("noindex"));
    let text = first.text().replace("\r\n ", "");
    for line in [
        "X-WR-CALNAME:Birmingham",
        &format!("UID:{}", made.id),
        "SEQUENCE:0",
        "DTSTART;VALUE=DATE:20270503",
        "DTEND;VALUE=DATE:20270508",
        "SUMMARY:Visit of the choir\\; \"Młodzież\"",
        "DESCRIPTION:Birmingham",
        "STATUS:CONFIRMED",
    ] {
        assert!(text.lines().any(|known| known == line), "{line} is not in {text}");
    }
    for private in ["Iwanna", "Lions", "7777", "off key"] {
        assert!(!text.contains(private), "{private} is in {text}");
    }
    assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "what has no day is not there: {text}");
    let tag = first.etag();
    assert!(tag.starts_with('"'), "it is strong: {tag}");
    for known in [tag.clone(), format!("\"x\", W/{tag}")] {
        let again = site.open(&link, Some(&known)).await;
        assert_eq!((again.status, again.bytes.len(), again.etag()), (304, 0, tag.clone()));
    }
    assert_eq!(site.open(&link, None).await.bytes, first.bytes, "the same tag, the same bytes");

    let path = EngagementPath { programme, engagement: made.id };
    let revision = site.send(&request::<GetEngagement>(&path, &RecordQuery::default(), &NoBody)).await.etag();
    let mut off = visit.clone();
    off["happening"] = json!("called_off");
    let change = request::<ReplaceEngagement>(&path, &NoParameters, &body(&off)).if_match(revision);
    assert_eq!(site.send(&change).await.status, 200);
    let after = site.open(&link, Some(&tag)).await;
    assert_eq!(after.status, 200);
    assert_ne!(after.etag(), tag);
    let text = after.text();
    assert!(text.contains("STATUS:CANCELLED") && text.contains("SEQUENCE:1"), "{text}");
    nowhere_else(&site, programme, &link).await;
}

/// A link with anything in it that is otherwise leads nowhere, and it is not said why.
async fn nowhere_else(site: &Site, programme: ProgrammeId, link: &str) {
    let (theirs, bond) = partnership(site).await;
    let feed = json!({ "subject": "partnership", "partnership": bond, "name": "Theirs" });
    let their_link = self::link(site, theirs, &feed).await;
    let (ours, secret) = link.rsplit_once('/').expect("a path");
    let (their_start, their_secret) = their_link.rsplit_once('/').expect("a path");
    for wrong in [
        link.replace(&programme.to_string(), &theirs.to_string()),
        format!("{ours}/{their_secret}"),
        format!("{their_start}/{secret}"),
        link.replace(".ics", ""),
        link.replace(".ics", ".html"),
        format!("{ours}/.ics"),
        format!("/v1/calendars/x/y/{secret}"),
    ] {
        let got = site.open(&wrong, None).await;
        assert_eq!(got.status, 404, "{wrong}: {}", got.text());
        assert!(!got.text().contains("feed"), "{}", got.text());
    }
}

const CHOIR: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:choir@example.org\r\n\
    DTSTART;TZID=Europe/London:20240105T190000\r\nDURATION:PT2H\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n\
    SUMMARY:Choir\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:visit@example.org\r\nDTSTART;VALUE=DATE:20240601\r\n\
    DTEND;VALUE=DATE:20240605\r\nSUMMARY:Visit\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:when@example.org\r\nSUMMARY:Some day\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

#[tokio::test]
async fn a_calendar_is_read_in_as_engagements_and_taken_back() {
    let site = Site::new().await;
    let (programme, bond) = partnership(&site).await;
    let of = ProgrammePath { programme };
    let query = UploadImportQuery {
        partnership: Some(bond),
        focus: Some("culture".parse().expect("a focus")),
        ..UploadImportQuery::of(ImportContent::Engagements)
    };
    let file = FileUpload::new(FileFormat::Icalendar, CHOIR.as_bytes().to_vec());
    let import = site.ask::<UploadImport>(&of, &query, &file).await.id;
    let path = ImportPath { programme, import };
    let tried = site.ask::<DryRunImport>(&path, &NoParameters, &DryRunBody::default()).await;
    assert_eq!(tried.tally.map(|tally| tally.create), Some(4), "{tried:?}");
    let report = site.ask::<GetImportReport>(&path, &NoParameters, &NoBody).await;
    assert!(format!("{report:?}").contains("when@example.org"), "what was left out is told: {report:?}");
    site.ask::<ApplyImport>(&path, &NoParameters, &ApplyBody::default()).await;
    let all = ListEngagementsQuery { partnership: Some(bond), ..ListEngagementsQuery::default() };
    let found = site.ask::<ListEngagements>(&of, &all, &NoBody).await.items;
    let told: Vec<String> = found
        .iter()
        .map(|it| serde_json::to_value(it).expect("JSON"))
        .map(|it| format!("{} {} {}", it["title"], it["start"], it["happening"]))
        .collect();
    assert_eq!(
        told,
        [
            r#""Visit" "2024-06-01" "called_off""#,
            r#""Choir" "2024-01-19" "held""#,
            r#""Choir" "2024-01-12" "held""#,
            r#""Choir" "2024-01-05" "held""#,
        ]
    );
    site.ask::<UndoImport>(&path, &NoParameters, &NoBody).await;
    assert!(site.ask::<ListEngagements>(&of, &all, &NoBody).await.items.is_empty());

    for (query, format, parameter) in [
        (UploadImportQuery::of(ImportContent::Engagements), FileFormat::Icalendar, "partnership"),
        (UploadImportQuery { kind: ImportContent::Persons, ..query.clone() }, FileFormat::Icalendar, "kind"),
        (query.clone(), FileFormat::Csv, "partnership"),
        (UploadImportQuery { partnership: None, ..query.clone() }, FileFormat::Csv, "focus"),
    ] {
        let file = FileUpload::new(format, CHOIR.as_bytes().to_vec());
        let refused = site.send(&request::<UploadImport>(&of, &query, &file)).await;
        let named =
            refused.problem().errors.iter().any(|error| error.parameter.as_deref() == Some(parameter));
        assert!(refused.status == 400 && named, "{parameter}: {}", refused.text());
    }
}
