//! Changing and removing a committee.

use std::num::NonZeroU32;

use clap::Args;
use sister_cities_client::api::committee::CommitteeBody;
use sister_cities_client::api::domain::engagement::Focus;
use sister_cities_client::api::domain::role::RoleFunction;
use sister_cities_client::api::domain::value::{FreeText, Name, PartialDate, Source};

use crate::args::parameter;
use crate::failure::Failure;
use crate::resource::editing::Cleared;
use crate::run::session::Session;

#[derive(Args, Debug)]
pub(crate) struct CommitteeEdit {
    /// Its id, cmt_…, or a part of its name
    pub(super) committee: String,
    /// What it is called
    #[arg(long, value_parser = parameter::<Name>)]
    name: Option<Name>,
    /// The bond that it sees to, in place of a theme: its id, or the name of the partner city
    #[arg(long, conflicts_with = "theme")]
    partnership: Option<String>,
    /// The theme that it sees to across all bonds, in place of a bond
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
    /// Which functions it must have, in place of those known; give it several times
    #[arg(long = "function", value_parser = parameter::<RoleFunction>)]
    functions: Vec<RoleFunction>,
    /// Since when it exists: 1993, 1993-09 or 1993-09-20
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    from: Option<PartialDate>,
    /// Until when it existed
    #[arg(long, value_name = "DATE", value_parser = parameter::<PartialDate>)]
    to: Option<PartialDate>,
    /// Where the fact comes from
    #[arg(long, value_parser = parameter::<Source>)]
    source: Option<Source>,
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
    let CommitteeEdit {
        committee: _,
        name,
        partnership,
        theme,
        place,
        appointed_by,
        seats,
        term_months,
        functions,
        from,
        to,
        source,
        note,
        clear,
    } = edit;
    let cleared = Cleared(clear);
    let place = session.place_if_named(place.as_deref()).await?;
    let (partnership, theme) = match (partnership, theme) {
        (Some(named), _) => (Some(session.partnership(&named).await?.id), None),
        (None, Some(theme)) => (None, Some(theme)),
        (None, None) => (before.partnership, before.theme),
    };
    Ok(CommitteeBody {
        name: name.unwrap_or(before.name),
        partnership,
        theme,
        place: cleared.fact("place", place, before.place),
        appointed_by: cleared.fact("appointed-by", appointed_by, before.appointed_by),
        seats: cleared.fact("seats", seats, before.seats),
        term_months: cleared.fact("term-months", term_months, before.term_months),
        functions: cleared.facts("function", functions, before.functions),
        from: cleared.fact("from", from, before.from),
        to: cleared.fact("to", to, before.to),
        source: cleared.fact("source", source, before.source),
        notes: cleared.notes(note, before.notes),
    })
}
