//! Links to other programmes, what is shared over them, and what is received.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::api::sharing::LinkState;
use sister_cities_client::api::sharing::{
    LinkView, LinksView, ReceivedView, ShareView, SharedAgreementView, SharedEngagementView,
};

use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{date, words};

/// All links, who offers one, and by which id to be linked to.
pub(crate) fn links(own: ProgrammeId, all: &LinksView, out: &mut Renderer) {
    table(&all.items).render_or("No links.", out);
    for offer in &all.offers {
        let text = format!("{} ({}) offers a link: link back to share.", offer.peer_name, offer.peer);
        out.paragraph(0, Style::Watch, &text);
    }
    let note = format!("To be linked to, tell the other office this id: {own}");
    out.paragraph(0, Style::Faint, &note);
}

/// One link.
pub(crate) fn link(link: &LinkView, out: &mut Renderer) {
    table(std::slice::from_ref(link)).render(out);
}

fn table(links: &[LinkView]) -> Table<3> {
    let mut table = Table::new([Column::fixed("Id"), Column::words("With", 12), Column::fixed("State")]);
    for link in links {
        let (state, style) = match &link.state {
            Word::Known(LinkState::Mutual) => ("mutual", Style::Plain),
            Word::Known(LinkState::Offered) => ("not linked back", Style::Watch),
            other @ (Word::Known(_) | Word::Unrecognised(_)) => (other.as_str(), Style::Faint),
        };
        let name = link.peer_name.as_ref().map_or_else(|| link.peer.to_string(), ToString::to_string);
        table.row([link.id.to_string().into(), name.into(), Cell::styled(style, state)]);
    }
    table
}

/// What is shared.
pub(crate) fn shares(all: &[ShareView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Id"),
        Column::fixed("When"),
        Column::words("What is told", 16),
        Column::words("", 8),
    ]);
    for share in all {
        let (when, what) = told(share.engagement.as_ref(), share.agreement.as_ref());
        let newer = share.record_revision > share.told_revision;
        table.row([
            share.id.to_string().into(),
            when.into(),
            what.into(),
            Cell::styled(Style::Watch, if newer { "changed since: renew to tell" } else { "" }),
        ]);
    }
    table.render_or("Nothing is shared.", out);
}

/// What another programme shares.
pub(crate) fn received(all: &[ReceivedView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("When"),
        Column::words("What they tell", 20),
        Column::fixed("Way, seen from them"),
        Column::number("People"),
    ]);
    for share in all {
        let (when, what) = told(share.engagement.as_ref(), share.agreement.as_ref());
        let way = share.engagement.as_ref().map_or("–", |visit| visit.direction.as_str()).to_owned();
        let people: u64 = share
            .engagement
            .iter()
            .flat_map(|visit| &visit.participants)
            .map(|group| u64::from(group.people))
            .sum();
        let people = if people == 0 { Cell::none() } else { people.to_string().into() };
        table.row([when.into(), what.into(), way.into(), people]);
    }
    table.render_or("Nothing is shared by them.", out);
}

/// When it was and what, in a line.
fn told(
    engagement: Option<&SharedEngagementView>,
    agreement: Option<&SharedAgreementView>,
) -> (String, String) {
    if let Some(visit) = engagement {
        let foci: Vec<String> = visit.foci.iter().map(|focus| words(&focus.to_string())).collect();
        let what = visit.title.as_ref().map_or_else(|| foci.join(", "), ToString::to_string);
        return (date(visit.start.as_ref()), what);
    }
    agreement.map_or_else(Default::default, |agreement| {
        (date(agreement.signed_on.as_ref()), agreement.title.to_string())
    })
}
