//! A text of all that a programme holds, to compare two states of it.

use std::fmt::Write as _;

use crate::{Order, ProgrammeStore, Query, ReadError, catalogue};

const PAGE: u32 = 1_000;

impl ProgrammeStore {
    /// Writes every record as one line, in the order of the catalogue and of ids: id, version of the body, body.
    ///
    /// Revisions, history and journal are left out: two dumps are equal if and only if the records are.
    ///
    /// # Errors
    ///
    /// [`ReadError`].
    pub async fn dump(&self) -> Result<String, ReadError> {
        let mut text = String::new();
        for description in catalogue::ALL {
            let mut query = Query { order: Order::CREATION, ..Query::all(description.kind, PAGE) };
            loop {
                let page = self.store().query(self.realm(), query.clone()).await?;
                for stored in &page.records {
                    let record =
                        sister_cities_domain::id::RecordRef { kind: description.kind, id: stored.id };
                    // Writing into a `String` cannot fail.
                    let _ = writeln!(text, "{record} v{} {}", stored.body.version, stored.body.json);
                }
                match page.next {
                    Some(cursor) => query.after = Some(cursor),
                    None => break,
                }
            }
        }
        Ok(text)
    }
}
