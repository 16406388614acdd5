//! What of a file is here already, as the same command is repeated.

use std::collections::BTreeSet;

use sister_cities_client::api::domain::id::ImportId;
use sister_cities_client::api::domain::import_run::ImportStateKind;
use sister_cities_client::api::import::{ImportLineView, ImportView, ListImportsQuery, Verdict};
use sister_cities_client::resource::Imports;

use super::imports::lines;
use crate::exit::Exit;
use crate::failure::Failure;

/// The lines that are known already.
pub(super) async fn known_already(imports: &Imports, id: ImportId) -> Result<BTreeSet<u32>, Failure> {
    let known = lines(imports, id, vec![Verdict::Same, Verdict::Merge, Verdict::Skipped]).await?;
    Ok(known.into_iter().map(|line| line.line).collect())
}

/// The import of the same file that was applied, where nothing in the file is new or wants a person any more, and nothing is said beside its lines.
pub(super) async fn applied_before(
    imports: &Imports,
    id: ImportId,
    lines: &[ImportLineView],
) -> Result<Option<ImportId>, Failure> {
    let brings_nothing = |line: &ImportLineView| {
        [Verdict::Same, Verdict::Skipped, Verdict::Later].iter().any(|nothing| line.verdict == *nothing)
    };
    if !lines.iter().all(brings_nothing) {
        return Ok(None);
    }
    let import = imports.get(id).await?.value;
    if import.mapping.complete_for.is_some() {
        return Ok(None);
    }
    let query = ListImportsQuery {
        state: Some(ImportStateKind::Applied),
        file: Some(import.file_sha256.parse().map_err(|error| Failure::caused(Exit::Failed, &error))?),
        ..Default::default()
    };
    let before: Vec<ImportView> = imports.list(query).all().await?;
    let before = before.into_iter().filter(|before| before.kind == import.kind && before.id != id);
    Ok(before.map(|before| before.id).next())
}
