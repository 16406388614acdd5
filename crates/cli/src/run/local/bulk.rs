//! A file of twin towns from all over the world, outside any programme: resolved and counted.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use sister_cities_server::local::{self, BulkCounts, GAZETTEER_ATTRIBUTION};

use super::super::imports::read;
use super::demo::BarProgress;
use crate::args::MapColumn;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};
use crate::terminal::bar;

/// Resolves the file; what came of each row goes to `rows`, if that is named.
pub(crate) async fn bulk(
    file: &Path,
    map: &[MapColumn],
    rows: Option<&Path>,
    output: Output,
) -> Result<(), Failure> {
    let mapped: BTreeMap<String, String> = map.iter().map(|m| (m.column.clone(), m.field.clone())).collect();
    let bytes = read(file).await?;
    let rows =
        rows.map(|path| File::create(path).map(BufWriter::new)).transpose().map_err(|e| unwritten(&e))?;
    let bar = bar();
    let shows = BarProgress(bar.clone());
    let work = tokio::task::spawn_blocking(move || resolve(&bytes, &mapped, &shows, rows));
    let counts = work.await.map_err(|e| Failure::caused(Exit::Failed, &e))?;
    bar.finish_and_clear();
    let counts = counts?;
    output.print(&counts, |out| render(&counts, out))
}

fn resolve(
    bytes: &[u8],
    mapped: &BTreeMap<String, String>,
    shows: &BarProgress,
    mut rows: Option<BufWriter<File>>,
) -> Result<BulkCounts, Failure> {
    let mut written = Ok(());
    let counts = local::bulk(bytes, mapped, shows, |row| {
        if let (Some(file), Ok(())) = (&mut rows, &written) {
            written = file.write_all(row.to_ndjson().as_bytes());
        }
    })?;
    written.and_then(|()| rows.as_mut().map_or(Ok(()), BufWriter::flush)).map_err(|e| unwritten(&e))?;
    Ok(counts)
}

fn unwritten(error: &io::Error) -> Failure {
    Failure::new(Exit::Failed, format!("cannot write the rows: {error}"))
}

fn render(counts: &BulkCounts, out: &mut Renderer) {
    let mut table = Table::new([Column::words("", 10), Column::number("Rows"), Column::words("", 10)]);
    let lines = [
        ("resolved", counts.resolved, "both places are clear"),
        ("ambiguous", counts.ambiguous, "more than one place could be meant"),
        ("unresolved", counts.unresolved, "a place is not known"),
        ("invalid", counts.invalid, "wrong in itself"),
        ("all", counts.rows, ""),
    ];
    for (word, number, means) in lines {
        table.row([word.into(), number.to_string().into(), means.into()]);
    }
    table.render(out);
    let text = format!(
        "{} different pairs among the resolved; {} different labels looked up.",
        counts.pairs, counts.labels
    );
    out.paragraph(0, Style::Plain, &text);
    out.paragraph(0, Style::Faint, GAZETTEER_ATTRIBUTION);
}
