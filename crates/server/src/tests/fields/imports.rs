//! How the file of an import is to be read, and what a person answered about its lines.

use serde_json::json;
use sister_cities_api::import::{UploadImport, UploadImportQuery};
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{FileFormat, FileUpload};
use sister_cities_domain::import_run::ImportContent;

use super::records::Programme;
use super::walk::Walk;

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme) {
    let query = UploadImportQuery::of(ImportContent::Partnerships);
    let bytes = b"City,Country,Year\nMilan,Italy,1973\nNowhere-on-Sea,Italy,1999\n".to_vec();
    let file = FileUpload::new(FileFormat::Csv, bytes);
    let path = ProgrammePath { programme: serde_json::from_value(programme.id.clone()).expect("an id") };
    let made = walk.site().ask::<UploadImport>(&path, &query, &file).await;
    let address = format!("{}/imports/{}", programme.url, made.id);
    let answers = |kind: &str| {
        json!([
            { "line": 2, "about": "kind", "choice": "take", "take": kind },
            { "line": 3, "about": "place", "choice": "keep_by_name" },
            { "line": 3, "about": "kind", "choice": "take", "take": kind },
        ])
    };
    let body = json!({
        "mapping": {
            "columns": { "Year": "signed" },
            "values": { "kind": { "twin": "sister-city" } },
            "day_order": "day_first",
            "sheet": "List",
            "encoding": "utf-8",
            "source": "The office's list",
            "complete_for": { "from": "1990", "to": "2000" },
        },
        "answers": answers("sister-city"),
    });
    walk.send("dry_run_import", &format!("{address}/dry-run"), None, &body).await;
    let view = walk.read(&address).await;
    walk.compare("dry_run_import", &body, &[("", &view, "")]);
    let body = json!({ "answers": answers("partner-city") });
    walk.send("apply_import", &format!("{address}/apply"), None, &body).await;
    let view = walk.read(&address).await;
    walk.compare("apply_import", &body, &[("", &view, "")]);
}
