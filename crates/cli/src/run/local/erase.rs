//! Erasing a person.

use std::collections::BTreeMap;

use serde::Serialize;
use sister_cities_client::api::domain::id::PersonId;
use sister_cities_client::api::domain::value::Name;
use sister_cities_server::local::{Due, ErasureReport, ErasureRun, Local, Opening, Refusal, Traces};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};

/// What an erasure came to, or would; without the name.
#[derive(Debug, Serialize)]
struct ErasureView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pseudonym: Option<String>,
    places: BTreeMap<String, u64>,
    stays: BTreeMap<String, u64>,
    refused: Vec<String>,
    /// What is still to be done, so that no old version of a row holds the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_be_done: Option<String>,
}

/// Erases a person, or says what that would replace. A duty to keep the name refuses it.
pub(super) async fn person(
    database: &Opening,
    (name, record): (Option<Name>, Option<PersonId>),
    run: ErasureRun,
    output: Output,
) -> Result<(), Failure> {
    let local = Local::open(database).await?;
    let report = match (name, record) {
        (_, Some(id)) => local.erase_recorded_person(id, run).await?,
        (Some(name), None) => local.erase_person(&name, run).await?,
        (None, None) => return Err(Failure::new(Exit::Usage, "say who: --name or --record")),
    };
    let refused: Vec<String> = report.refusals.iter().map(refusal).collect();
    let found = report.survey.total() > 0;
    let view = view(report, refused);
    output.print(&view, |out| render(&view, run, out))?;
    if !view.refused.is_empty() {
        let failure = Failure::new(Exit::Refused, "the person cannot be erased yet; nothing was changed");
        return Err(view.refused.iter().fold(failure, Failure::hint));
    }
    if found || view.pseudonym.is_some() {
        Ok(())
    } else {
        let failure = Failure::new(Exit::NotFound, "nobody of that name is recorded")
            .hint("give the whole name as it is written in the records");
        Err(match (run, &view.to_be_done) {
            (ErasureRun::Real, None) => {
                failure.hint("what an earlier erasure that broke off had still to clear is cleared now")
            }
            (ErasureRun::Real, Some(_)) | (ErasureRun::Dry, _) => failure,
        })
    }
}

fn view(report: ErasureReport, refused: Vec<String>) -> ErasureView {
    let ErasureReport { pseudonym, survey, traces, .. } = report;
    let mut stays = survey.not_personal;
    let others = [
        ("signed texts that name the person", survey.untouched.len() as u64),
        ("uploads of a format that cannot be read here", survey.unread_documents),
    ];
    stays.extend(
        others.into_iter().filter(|(_, count)| *count > 0).map(|(place, count)| (place.to_owned(), count)),
    );
    ErasureView {
        pseudonym: pseudonym.map(|pseudonym| pseudonym.to_string()),
        places: survey.places,
        stays,
        refused,
        to_be_done: match traces {
            Traces::Gone => None,
            Traces::Left { reason } => Some(reason),
        },
    }
}

fn refusal(refusal: &Refusal) -> String {
    let Refusal { agreement, title, until, .. } = refusal;
    let when = match until {
        Due::From(day) | Due::Since(day) => format!("possible from {day} on"),
        Due::Kept => "possible once the agreement has an end and its time is over".to_owned(),
    };
    format!("{title} ({agreement}): it must be known who signed; {when}")
}

fn render(view: &ErasureView, run: ErasureRun, out: &mut Renderer) {
    let replaced = match (run, &view.pseudonym) {
        (ErasureRun::Real, Some(_)) => "Replaced in",
        (ErasureRun::Real | ErasureRun::Dry, _) => "Would replace in",
    };
    if !view.places.is_empty() {
        list(replaced, &view.places, out);
    }
    if !view.stays.is_empty() {
        list("Stays in", &view.stays, out);
    }
    if let Some(pseudonym) = &view.pseudonym {
        out.paragraph(0, Style::Plain, &format!("In its place stands: {pseudonym}"));
    }
    if let Some(what) = &view.to_be_done {
        out.paragraph(0, Style::Bad, &format!("Still to be done: {what}"));
    }
}

fn list(title: &'static str, places: &BTreeMap<String, u64>, out: &mut Renderer) {
    let mut table = Table::new([Column::words(title, 30), Column::fixed("Times")]);
    for (place, times) in places {
        table.row([place.clone().into(), times.to_string().into()]);
    }
    table.render(out);
}
