//! Links to other programmes, what is shared over them, and what is received.

use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::api::sharing::{
    LinkStateWord, LinkView, LinksView, ReceivedView, ShareView, SharedAgreementView, SharedEngagementView,
};

use super::bond::{date, words};
use super::table::{Cell, Column, Table};
use super::text::{Canvas, Ink};

/// All links, who offers one, and by which id to be linked to.
pub(crate) fn links(own: ProgrammeId, all: &LinksView, canvas: Canvas, out: &mut String) {
    if all.items.is_empty() {
        canvas.paragraph(out, 0, Ink::Faint, "No links.");
    } else {
        table(&all.items).render(canvas, out);
    }
    for offer in &all.offers {
        let text = format!("{} ({}) offers a link: link back to share.", offer.peer_name, offer.peer);
        canvas.paragraph(out, 0, Ink::Watch, &text);
    }
    let note = format!("To be linked to, tell the other office this id: {own}");
    canvas.paragraph(out, 0, Ink::Faint, &note);
}

/// One link.
pub(crate) fn link(link: &LinkView, canvas: Canvas, out: &mut String) {
    table(std::slice::from_ref(link)).render(canvas, out);
}

fn table(links: &[LinkView]) -> Table<3> {
    let mut table = Table::new([Column::firm("Id"), Column::words("With", 12), Column::firm("State")]);
    for link in links {
        let (state, ink) = match &link.state {
            LinkStateWord::Mutual => ("mutual", Ink::Plain),
            LinkStateWord::Offered => ("not linked back", Ink::Watch),
            other @ (LinkStateWord::Unrecognised(_) | _) => (other.as_str(), Ink::Faint),
        };
        let name = link.peer_name.as_ref().map_or_else(|| link.peer.to_string(), ToString::to_string);
        table.row([link.id.to_string().into(), name.into(), Cell::inked(ink, state)]);
    }
    table
}

/// What is shared.
pub(crate) fn shares(all: &[ShareView], canvas: Canvas, out: &mut String) {
    if all.is_empty() {
        canvas.paragraph(out, 0, Ink::Faint, "Nothing is shared.");
        return;
    }
    let mut table = Table::new([
        Column::firm("Id"),
        Column::firm("When"),
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
            Cell::inked(Ink::Watch, if newer { "changed since: renew to tell" } else { "" }),
        ]);
    }
    table.render(canvas, out);
}

/// What another programme shares.
pub(crate) fn received(all: &[ReceivedView], canvas: Canvas, out: &mut String) {
    if all.is_empty() {
        canvas.paragraph(out, 0, Ink::Faint, "Nothing is shared by them.");
        return;
    }
    let mut table = Table::new([
        Column::firm("When"),
        Column::words("What they tell", 20),
        Column::firm("Way, seen from them"),
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
    table.render(canvas, out);
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
