//! Links to other programmes, what is shared over them, and what is received.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::api::domain::value::Name;
use sister_cities_client::api::practice::OriginInWordsView;
use sister_cities_client::api::sharing::LinkState;
use sister_cities_client::api::sharing::{
    LinkView, LinksView, ReceivedView, ShareView, SharedAdoptionView, SharedAgreementView,
    SharedEngagementView, SharedPracticeView,
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
        let (when, what) = told(Told {
            engagement: share.engagement.as_ref(),
            agreement: share.agreement.as_ref(),
            practice: share.practice.as_ref(),
            adoption: share.adoption.as_ref(),
        });
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
        let (when, what) = told(Told {
            engagement: share.engagement.as_ref(),
            agreement: share.agreement.as_ref(),
            practice: share.practice.as_ref(),
            adoption: share.adoption.as_ref(),
        });
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

/// What is told: one of them.
#[derive(Clone, Copy)]
struct Told<'a> {
    engagement: Option<&'a SharedEngagementView>,
    agreement: Option<&'a SharedAgreementView>,
    practice: Option<&'a SharedPracticeView>,
    adoption: Option<&'a SharedAdoptionView>,
}

/// When it was and what, in a line.
fn told(told: Told<'_>) -> (String, String) {
    match told {
        Told { engagement: Some(visit), .. } => {
            let foci: Vec<String> = visit.foci.iter().map(|focus| words(&focus.to_string())).collect();
            let what = visit.title.as_ref().map_or_else(|| foci.join(", "), ToString::to_string);
            (date(visit.start.as_ref()), what)
        }
        Told { agreement: Some(agreement), .. } => {
            (date(agreement.signed_on.as_ref()), agreement.title.to_string())
        }
        // Seen elsewhere it keeps its origin.
        Told { practice: Some(practice), .. } => {
            let what = format!("Practice of {}: {}", in_words(&practice.origin), practice.title);
            (date(practice.since.as_ref()), what)
        }
        Told { adoption: Some(adoption), .. } => {
            let SharedAdoptionView { title, origin, by, topics: _, offered_on, steps } = adoption;
            let last = steps.last();
            let state =
                last.map_or("offered", |last| last.verdict.as_ref().map_or(last.step.as_str(), Word::as_str));
            let what = format!("{} from {}: {title} ({})", in_words(by), in_words(origin), words(state));
            (date(last.and_then(|last| last.on.as_ref()).or(offered_on.as_ref())), what)
        }
        Told { engagement: None, agreement: None, practice: None, adoption: None } => Default::default(),
    }
}

fn in_words(origin: &OriginInWordsView) -> String {
    let OriginInWordsView { place, country: _, organisation } = origin;
    let all: Vec<&str> = [organisation, place].into_iter().flatten().map(Name::as_str).collect();
    if all.is_empty() { "–".to_owned() } else { all.join(", ") }
}
