//! Runs of the import.

use sister_cities_domain::id::{ImportId, RecordKind};
use sister_cities_domain::import_run::{ImportContent, ImportRun, ImportStateKind};
use sister_cities_domain::value::ContentHash;

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, Stored};
use crate::{Order, Realm, Record};

/// How far it is, as in `applied`.
pub const STATE: ColumnOf<ImportRun, ImportStateKind> =
    ColumnOf::new("state", |run: &ImportRun| run.state.kind()).filtered("state").index_orders(&["id"]);

/// What it brings in, as in `engagements`.
pub const CONTENT: ColumnOf<ImportRun, ImportContent> =
    ColumnOf::new("content", |run: &ImportRun| run.content).filtered("content").index_orders(&["id"]);

/// SHA-256 of the file, by which the same file is recognised.
pub const FILE_HASH: ColumnOf<ImportRun, ContentHash> =
    ColumnOf::new("file_hash", |run: &ImportRun| run.file).filtered("file").index_orders(&["id"]);

impl Record for ImportRun {
    const KIND: RecordKind = RecordKind::Import;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![STATE, CONTENT, FILE_HASH];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        default_order: Order::CREATION.reversed(),
        ..KindDescription::of::<Self>("import_run")
    };
    type Id = ImportId;

    fn id(&self) -> ImportId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/content" Internal,
    "/file" Internal,
    "/file_name" Prose,
    "/mapping/columns/*" Internal,
    "/mapping/values/*/*" Internal,
    "/mapping/day_order" Internal,
    "/mapping/sheet" Internal,
    "/mapping/source" Prose,
    "/mapping/complete_for/*" Internal,
    "/answers/*/line" Internal,
    "/answers/*/about" Internal,
    "/answers/*/choice" Internal,
    "/answers/*/choice/*" Internal,
    "/state/state" Internal,
    "/state/report" Internal,
    "/state/tally/*" Internal,
    "/state/touched/*/*" Internal,
    "/state/kept/*/*" Internal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/content" Internal,
    "/file" Internal,
    "/state" Internal,
    "/tally/*" Internal,
    "/kept" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::import_run::ImportEvent;

    use super::super::samples::{ENG, body, event, hash, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let (id, programme) = ("imp_01kdvt6g00cevxk7q9gfs0mhpb", "prg_01kdvt6g00cevxk7q9gfs0mhpb");
        let tally = json!({"create": 1, "same": 0, "merge": 0, "needs_person": 0, "kept_unresolved": 0, "invalid": 0, "skipped": 0});
        let states = [
            json!({"state": "uploaded"}),
            json!({"state": "dry_run", "report": hash(), "tally": tally}),
            json!({"state": "approved", "tally": tally}),
            json!({"state": "applied", "report": hash(), "tally": tally, "touched": [{"record": ENG, "before": 1, "after": 2}]}),
            json!({"state": "undone", "report": hash(), "tally": tally, "kept": [{"record": ENG, "because": "touched_since"}]}),
        ];
        for state in states {
            let run = json!({
                "v": "1", "id": id, "programme": programme, "content": "engagements", "file": hash(), "file_name": "x",
                "mapping": {"columns": {"Stadt": "place"}, "values": {"kind": {"Partner": "sister-city"}},
                    "day_order": "day_first", "sheet": "x", "source": "x", "complete_for": {"from": "1960", "to": "1991"}},
                "answers": [{"line": 1, "about": "place", "choice": {"take": "x"}}, {"line": 2, "about": "place", "choice": "skip"}],
                "state": state,
            });
            body::<ImportRun>(&of::<ImportRun>(&run));
        }
        for told in [
            json!({"name": "import.uploaded", "content": "engagements", "file": hash()}),
            json!({"name": "import.prepared", "state": "dry_run"}),
            json!({"name": "import.applied", "tally": tally}),
            json!({"name": "import.undone", "kept": 1}),
        ] {
            event::<ImportRun>(&of::<ImportEvent>(&told));
        }
    }
}
