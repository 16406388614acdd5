//! The kinds of bond that a programme knows.

use sister_cities_client::api::domain::programme::{Headline, OpenEnd, Requirement};
use sister_cities_client::api::programme::{ChangeProgrammeBody, KindBody, KindView, LocalisedName};

use crate::args::{KindSet, KindsCommand, NameArg};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::resource::editing::Cleared;
use crate::run::session::Session;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::Renderer;
use crate::show::wording::words;

pub(super) async fn run(session: &Session, command: KindsCommand) -> Result<(), Failure> {
    if let KindsCommand::List = command {
        let kinds = &session.perspective.programme.kinds;
        return session.output.print(kinds, |out| table(kinds, out));
    }
    let read = session.programme.get().await?;
    let mut kinds = read.kinds.iter().cloned().map(KindBody::try_from).collect::<Result<Vec<_>, _>>()?;
    match command {
        KindsCommand::List => {}
        KindsCommand::Set(set) => match kinds.iter_mut().find(|kind| kind.key == set.key) {
            Some(known) => *known = set.onto(known.clone()),
            None => kinds.push(set.new_kind()?),
        },
        KindsCommand::Remove { key } => {
            let before = kinds.len();
            kinds.retain(|kind| kind.key != key);
            if kinds.len() == before {
                let failure =
                    Failure::new(Exit::NotFound, format!("there is no kind {key}")).hint("there is:");
                return Err(kinds
                    .iter()
                    .fold(failure, |failure, kind| failure.hint(format!("  {}", kind.key))));
            }
        }
    }
    let change = ChangeProgrammeBody { kinds: Some(kinds), ..Default::default() };
    let now = session.programme.change(&read, change).await?.value.kinds;
    session.output.print(&now, |out| table(&now, out))
}

impl KindSet {
    /// A kind that the programme does not know yet.
    fn new_kind(self) -> Result<KindBody, Failure> {
        if self.names.is_empty() {
            return Err(Failure::new(Exit::Usage, format!("{} is a new kind and has no name", self.key))
                .hint("give it by --name \"en=sister city\""));
        }
        let bare = KindBody {
            key: self.key.clone(),
            names: Vec::new(),
            wordings: Vec::new(),
            signed_agreement: Requirement::NotRequired,
            max_term_months: None,
            open_ended: OpenEnd::Allowed,
            headline: Headline::Counted,
            vitality: None,
            source: None,
        };
        Ok(self.onto(bare))
    }

    /// With what was known before.
    fn onto(self, before: KindBody) -> KindBody {
        let Self {
            key: _,
            names: given,
            wordings,
            signed_agreement,
            max_term_months,
            open_ended,
            headline,
            source,
            clear,
        } = self;
        let cleared = Cleared(clear);
        let mut names = before.names;
        for NameArg(LocalisedName { language, name }) in given {
            names.retain(|known| known.language != language);
            names.push(LocalisedName { language, name });
        }
        KindBody {
            key: before.key,
            names,
            wordings: cleared.facts("wording", wordings, before.wordings),
            signed_agreement: signed_agreement.unwrap_or(before.signed_agreement),
            max_term_months: cleared.fact("max-term-months", max_term_months, before.max_term_months),
            open_ended: open_ended.unwrap_or(before.open_ended),
            headline: headline.unwrap_or(before.headline),
            vitality: before.vitality,
            source: cleared.fact("source", source, before.source),
        }
    }
}

pub(super) fn table(kinds: &[KindView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Kind", 12),
        Column::words("Name", 12),
        Column::fixed("Agreement"),
        Column::number("Longest"),
        Column::fixed("Open end"),
        Column::fixed("Headline"),
    ]);
    for kind in kinds {
        let names: Vec<&str> = kind.names.iter().map(|name| name.name.as_str()).collect();
        let months = |months: u32| Cell::new(format!("{months} months"));
        table.row([
            kind.key.as_str().into(),
            names.join(", ").into(),
            words(kind.signed_agreement.as_str()).into(),
            kind.max_term_months.map_or_else(Cell::none, months),
            words(kind.open_ended.as_str()).into(),
            words(kind.headline.as_str()).into(),
        ]);
    }
    table.render_or("None.", out);
}
