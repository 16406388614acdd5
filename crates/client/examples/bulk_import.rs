//! Imports a list of partner cities, if nothing in it needs a person: a dry run first, then all of it or nothing.
//!
//! Needs `import:write`. `bulk_import partners.csv`

mod connect;

use std::error::Error;
use std::{env, fs};

use sister_cities_client::api::domain::import_run::ImportContent;
use sister_cities_client::api::import::{ApplyBody, DryRunBody, UploadImportQuery};
use sister_cities_client::api::{FileFormat, FileUpload};
use sister_cities_client::resource::Programme;

#[expect(clippy::print_stdout, reason = "what came of it is told")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let file = env::args().nth(1).ok_or("give the list, saved as CSV")?;
    println!("{}", import(&programme, fs::read(file)?).await?);
    Ok(())
}

/// Imports the list, and says what came of it. What needs a person waits in the programme, with its questions.
pub(crate) async fn import(programme: &Programme, list: Vec<u8>) -> Result<String, Box<dyn Error>> {
    let imports = programme.imports();
    let file = FileUpload::new(FileFormat::Csv, list);
    let uploaded = imports.upload(UploadImportQuery::of(ImportContent::Partnerships), file).await?;
    let tried = imports.dry_run(uploaded.id, DryRunBody::default()).await?;
    let tally = tried.tally.unwrap_or_default();
    if tally.needs_person > 0 || tally.invalid > 0 || !tried.questions.is_empty() {
        let questions = tried.questions.iter().map(|asked| format!("\n{}: {}", asked.about, asked.question));
        return Ok(format!("{} waits for answers:{}", tried.id, questions.collect::<String>()));
    }
    imports.apply(tried.id, ApplyBody::default()).await?;
    Ok(format!("{} of {} lines are new", tally.create, tally.total))
}
