//! Changing and removing a committee.

use std::num::NonZeroU32;

use clap::{ArgGroup, Args};
use sister_cities_client::api::committee::CommitteeBody;
use sister_cities_client::api::domain::engagement::Focus;
use sister_cities_client::api::domain::role::RoleFunction;
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source};

use crate::args::parameter;
use crate::failure::Failure;
use crate::resource::editing::Cleared;
use crate::run::session::Session;

/// What may be known of a committee.
#[derive(Args, Debug)]
#[group(skip)]
pub(super) struct CommitteeFacts {
    /// The bond that it sees to: its id, or the name of the partner city
    #[arg(long)]
    partnership: Option<String>,
    /// The theme that it sees to across all bonds, such as medicine
    #[arg(long, value_parser = parameter::<Focus>)]
    theme: Option<Focus>,
    /// The city whose committee it is: its id, or a name of it
    #[arg(long)]
    place: Option<String>,
    /// Who appoints its members
    #[arg(long, value_parser = parameter::<Name>)]
    appointed_by: Option<Name>,
    /// How many seats it has
    #[arg(long, value_name = "N")]
    seats: Option<NonZeroU32>,
    /// For how many months its members are appointed
    #[arg(long, value_name = "N")]
    term_months: Option<NonZeroU32>,
    /// Which functions it must have, chair among them, in place of those known; chair alone if it never had any; give it several times
    #[arg(long = "function", value_parser = parameter::<RoleFunction>)]
    functions: Vec<RoleFunction>,
    /// Since when it exists: 1993, 1993-09 or 1993-09-20
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    from: Option<PartialDate>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
}

#[derive(Args, Debug)]
#[group(skip)]
#[command(group = ArgGroup::new("sees_to").args(["partnership", "theme"]))]
pub(crate) struct CommitteeEdit {
    /// Its id, cmt_…, or a part of its name
    pub(super) committee: String,
    /// What it is called
    #[arg(long, value_parser = parameter::<Name>)]
    name: Option<Name>,
    #[command(flatten)]
    facts: CommitteeFacts,
    /// Until when it existed
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    to: Option<PartialDate>,
    /// A further remark
    #[arg(long, value_name = "TEXT", value_parser = parameter::<FreeText>)]
    note: Option<FreeText>,
    /// Know this no more; give it several times
    #[arg(long, value_name = "FACT", value_parser = ["place", "appointed-by", "seats", "term-months", "from", "to", "source", "note"])]
    clear: Vec<String>,
}

/// The committee with what is given.
pub(super) async fn edited(
    session: &Session,
    edit: CommitteeEdit,
    before: CommitteeBody,
) -> Result<CommitteeBody, Failure> {
    let CommitteeEdit { committee: _, name, facts, to, note, clear } = edit;
    let cleared = Cleared(clear);
    let body = facts.onto(session, &cleared, before).await?;
    Ok(CommitteeBody {
        name: name.unwrap_or(body.name),
        to: cleared.fact("to", to, body.to),
        notes: cleared.notes(note, body.notes),
        ..body
    })
}

impl CommitteeFacts {
    /// The committee with what is given. It sees to a bond or to a theme: the one that is given is in place of what was known.
    pub(super) async fn onto(
        self,
        session: &Session,
        cleared: &Cleared,
        before: CommitteeBody,
    ) -> Result<CommitteeBody, Failure> {
        let sees_to = (session.partnership_if_named(self.partnership.as_deref()).await?, self.theme);
        let (partnership, theme) = match sees_to {
            (None, None) => (before.partnership, before.theme),
            other => other,
        };
        let place = session.place_if_named(self.place.as_deref()).await?;
        Ok(CommitteeBody {
            partnership,
            theme,
            place: cleared.fact("place", place, before.place),
            appointed_by: cleared.fact("appointed-by", self.appointed_by, before.appointed_by),
            seats: cleared.fact("seats", self.seats, before.seats),
            term_months: cleared.fact("term-months", self.term_months, before.term_months),
            functions: cleared.facts("function", self.functions, before.functions),
            from: cleared.fact("from", self.from, before.from),
            source: cleared.fact("source", self.source, before.source),
            ..before
        })
    }
}
