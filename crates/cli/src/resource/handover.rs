//! Handover: one document that tells whoever takes over what they have to know, for the terminal or as a page that prints.

mod document;
mod html;

use std::fs::File;
use std::io::Write as _;

use chrono::NaiveDate;
use clap::Args;
use sister_cities_client::api::domain::id::RoleId;
use sister_cities_client::api::handover::{HandoverQuery, HandoverView};

use crate::args::{FilePath, parameter};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::text::Style;
use document::Document;

#[derive(Args, Debug)]
pub(crate) struct HandoverArgs {
    /// What is handed over: a bond, by its id or the name of the partner city; or a role, rol_…
    of: String,
    /// As of this day; today unless given
    #[arg(long, value_name = "DAY", value_parser = parameter::<NaiveDate>)]
    as_of: Option<NaiveDate>,
    /// Write it as a page that prints; the file must not be there yet
    #[arg(long, value_name = "FILE")]
    html: Option<FilePath>,
}

/// Shows what whoever takes over has to know, or writes it to a file.
pub(crate) async fn handover(session: &Session, args: HandoverArgs) -> Result<(), Failure> {
    let HandoverArgs { of, as_of, html } = args;
    let query = HandoverQuery { as_of };
    let handover: HandoverView = if let Ok(role) = of.parse::<RoleId>() {
        session.programme.roles().get_handover(role, query).await?
    } else {
        let partnership = session.partnership(&of).await?.id;
        session.programme.partnerships().get_handover(partnership, query).await?
    };
    let document = Document::of(&session.perspective, &handover);
    let Some(file) = html else {
        return session.output.print(&handover, |out| document.render(out));
    };
    let written =
        File::create_new(&file).and_then(|mut fresh| fresh.write_all(html::page(&document).as_bytes()));
    written.map_err(|error| {
        Failure::new(Exit::Refused, format!("{} cannot be written: {error}", file.display()))
    })?;
    session.output.print(&handover, |out| {
        out.paragraph(0, Style::Plain, &format!("Written to {}.", file.display()));
    })
}

#[cfg(test)]
mod tests;
