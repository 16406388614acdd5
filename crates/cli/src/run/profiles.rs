//! The profiles of a person: which there are, and which holds.

use std::path::PathBuf;

use serde::Serialize;
use sister_cities_server::local::Location;

use crate::args::{Global, ProfilesCommand};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::profile::{Profile, ProfileFile, ProfileToken, usual_place};
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};

/// A profile as it is shown: without secrets.
#[derive(Debug, Serialize)]
struct Shown {
    name: String,
    /// Whether it holds where no other is named.
    holds: bool,
    /// The server's address, or where the database is.
    asks: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    master_key_file: Option<PathBuf>,
}

pub(super) fn profiles(command: ProfilesCommand, global: &Global, output: Output) -> Result<(), Failure> {
    let Some(file) = ProfileFile::find(global.profiles_file.as_deref())? else {
        let place = usual_place().map_or_else(
            || "name one by --profiles-file".to_owned(),
            |place| format!("one would be in {}; `profiles --help` says what it holds", place.display()),
        );
        return Err(Failure::new(Exit::NotFound, "there is no file with profiles").hint(place));
    };
    let holds = global.profile.clone().or_else(|| file.usual.clone());
    let mut all: Vec<Shown> =
        file.profiles.iter().map(|(name, profile)| Shown::of(name, profile, holds.as_deref())).collect();
    match command {
        ProfilesCommand::List => output.print(&all, |out| {
            table(&all, out);
            out.paragraph(0, Style::Faint, &format!("In {}.", file.path.display()));
        }),
        ProfilesCommand::Show { name } => {
            let Some(wanted) = name.or(holds) else {
                return Err(Failure::new(Exit::NotFound, "no profile holds")
                    .hint("name one by --profile, or say profile = \"NAME\" at the top of the file"));
            };
            file.chosen(Some(&wanted))?;
            all.retain(|one| one.name == wanted);
            all.iter().try_for_each(|one| output.print(one, |out| details(one, out)))
        }
    }
}

impl Shown {
    fn of(name: &str, profile: &Profile, holds: Option<&str>) -> Self {
        let Profile { url, programme, token, database, master_key_file } = profile;
        let place = |text: &String| {
            let place = text.parse::<Location>();
            place.map_or_else(|_| "a database that cannot be read".to_owned(), |place| place.to_string())
        };
        Self {
            name: name.to_owned(),
            holds: holds == Some(name),
            asks: url.clone().or_else(|| database.as_ref().map(place)).unwrap_or_default(),
            programme: programme.clone(),
            token: token.as_ref().map(|token| match token {
                ProfileToken::Written(_) => "in the profile".to_owned(),
                ProfileToken::InFile(path) => format!("in {}", path.display()),
            }),
            master_key_file: master_key_file.clone(),
        }
    }
}

fn table(all: &[Shown], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Profile"),
        Column::words("Asks", 20),
        Column::words("Programme", 10),
        Column::fixed(""),
    ]);
    for one in all {
        table.row([
            one.name.as_str().into(),
            one.asks.as_str().into(),
            one.programme.as_deref().unwrap_or("–").into(),
            if one.holds { "holds" } else { "" }.into(),
        ]);
    }
    table.render_or("None.", out);
}

fn details(shown: &Shown, out: &mut Renderer) {
    let Shown { name, holds, asks, programme, token, master_key_file } = shown;
    out.heading(name);
    out.fact("holds", if *holds { "yes" } else { "no" });
    out.fact("asks", asks);
    let key = master_key_file.as_ref().map(|path| path.display().to_string());
    for (label, value) in [("programme", programme), ("token", token), ("master key", &key)] {
        if let Some(value) = value {
            out.fact(label, value);
        }
    }
}
