//! A list is imported, line by line, and taken back.

use serde_json::json;
use sister_cities_api::import::{
    ApplyImport, DeleteImport, DryRunImport, GetImport, GetImportReport, GetKeptBytes, ImportPath,
    ListImportLines, ListImportLinesQuery, ListImports, ListImportsQuery, UndoImport, UploadImport,
    UploadImportQuery,
};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{FileFormat, FileUpload, NoBody, NoParameters, RecordedQuery};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::import_run::ImportContent;

use super::{Teller, body};

pub(super) async fn import(teller: &mut Teller<'_>, programme: ProgrammeId) {
    let of_programme = ProgrammePath { programme };
    let query = UploadImportQuery::of(ImportContent::Partnerships);
    let bytes = b"City,Country,Year\nMilan,Italy,1973\nNowhere-on-Sea,Italy,1999\n".to_vec();
    let file = FileUpload::new(FileFormat::Csv, bytes);
    let (made, _) = teller.say::<UploadImport>(&of_programme, &query, &file).await;
    let path = ImportPath { programme, import: made.id };
    let (tried, _) = teller.say::<DryRunImport>(&path, &NoParameters, &body(&json!({}))).await;
    assert_eq!(tried.tally.map(|tally| tally.total), Some(2), "{tried:?}");
    let (lines, _) = teller.say::<ListImportLines>(&path, &ListImportLinesQuery::default(), &NoBody).await;
    assert_eq!(lines.items.len(), 2);
    let (report, _) = teller.say::<GetImportReport>(&path, &NoParameters, &NoBody).await;
    // A question that both lines ask is told once.
    let asked: Vec<(&str, &[u32])> = report
        .questions
        .iter()
        .map(|question| (question.about.as_str(), question.lines.as_slice()))
        .collect();
    assert_eq!(asked, [("kind", [2, 3].as_slice())]);
    // The dry run has told it already.
    assert_eq!(tried.questions, report.questions);
    log(teller, programme).await;
    let answers = json!({ "answers": lines.items.iter().flat_map(|line| {
        line.questions.iter().map(|question| json!({ "line": line.line, "about": question.about, "choice": "skip" }))
    }).collect::<Vec<_>>() });
    teller.say::<ApplyImport>(&path, &NoParameters, &body(&answers)).await;
    teller.say::<UndoImport>(&path, &NoParameters, &NoBody).await;
    let (read, got) = teller.say::<GetImport>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!(read.state.as_str(), "undone");
    teller.say::<ListImports>(&of_programme, &ListImportsQuery::default(), &NoBody).await;
    let (before, _) = teller.say::<GetKeptBytes>(&of_programme, &NoParameters, &NoBody).await;
    teller.change::<DeleteImport>(&path, got.etag(), &NoBody).await;
    let (after, _) = teller.say::<GetKeptBytes>(&of_programme, &NoParameters, &NoBody).await;
    assert!(after.kept < before.kept && after.most == before.most, "{before:?} {after:?}");
}

/// A log is tried: until somebody says for which time it is complete, that is asked of it as a whole.
async fn log(teller: &mut Teller<'_>, programme: ProgrammeId) {
    let of_programme = ProgrammePath { programme };
    let query = UploadImportQuery::of(ImportContent::Engagements);
    let bytes = b"City,Country,Date,Title,Focus,Direction\nBirmingham,UK,2019,A visit,culture,in\n".to_vec();
    let file = FileUpload::new(FileFormat::Csv, bytes);
    let (made, _) = teller.say::<UploadImport>(&of_programme, &query, &file).await;
    let path = ImportPath { programme, import: made.id };
    let mut asked = Vec::new();
    for mapping in [json!({}), json!({ "mapping": { "complete_for": { "from": "1993", "to": "2020" } } })] {
        let (tried, _) = teller.say::<DryRunImport>(&path, &NoParameters, &body(&mapping)).await;
        let (report, _) = teller.say::<GetImportReport>(&path, &NoParameters, &NoBody).await;
        assert_eq!(tried.questions, report.questions);
        let whole = report.questions.iter().filter(|question| question.lines.is_empty());
        asked.push(whole.map(|question| question.about.clone()).collect::<Vec<_>>());
    }
    assert_eq!(asked, [vec!["complete_for".to_owned()], vec![]]);
}
