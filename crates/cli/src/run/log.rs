//! The log of engagements, the places, the journal.

use futures_util::{StreamExt as _, TryStreamExt as _};
use sister_cities_client::api::PageLimit;
use sister_cities_client::api::domain::id::EngagementId;
use sister_cities_client::api::engagement::{EngagementBody, EngagementView, ListEngagementsQuery};
use sister_cities_client::api::journal::EventView;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};

use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Office;
use crate::args::{EngagementAdd, EngagementsCommand, JournalArgs};
use crate::failure::Failure;
use crate::names::{Named, meant};
use crate::show::bond::{by_id, date};
use crate::show::text::Ink;
use crate::show::{details, lists};

/// The places of the programme.
pub(super) async fn places(office: &Office) -> Result<(), Failure> {
    let query = ListPlacesQuery { limit: Some(PageLimit::MOST), ..Default::default() };
    let all: Vec<PlaceView> = office.programme.places().list(query).all().await?;
    office.output.answer(&all, |canvas, out| {
        lists::places(&all, canvas, out);
        canvas.paragraph(out, 0, Ink::Faint, GAZETTEER_ATTRIBUTION);
    })
}

/// What was changed, when and by whom.
pub(super) async fn journal(office: &Office, args: JournalArgs) -> Result<(), Failure> {
    let events = office.programme.journal().after(args.after).take(args.limit);
    let all: Vec<EventView> = events.try_collect().await?;
    office.output.answer(&all, |canvas, out| lists::journal(&all, canvas, out))
}

/// Lists, shows and adds engagements.
pub(super) async fn engagements(office: &Office, command: EngagementsCommand) -> Result<(), Failure> {
    match command {
        EngagementsCommand::List { partnership, focus, from, to } => {
            let bond = match &partnership {
                Some(wanted) => Some(office.bond(wanted).await?.id),
                None => None,
            };
            let query = ListEngagementsQuery { partnership: bond, focus, from, to, ..all_of_them() };
            let found = office.programme.engagements().list(query).all().await?;
            let bonds = by_id(office.bonds().await?);
            let partner = |it: &EngagementView| partner(office, bonds.get(&it.partnership));
            let rows: Vec<_> = found.iter().map(|it| (it.clone(), partner(it))).collect();
            office.output.answer(&found, |canvas, out| lists::engagements(&rows, canvas, out))
        }
        EngagementsCommand::Show { engagement } => {
            let it = find(office, &engagement).await?;
            show(office, &it).await
        }
        EngagementsCommand::Add(add) => {
            let body = body(office, add).await?;
            let added = office.programme.engagements().create(body).await?;
            show(office, &added).await
        }
    }
}

fn all_of_them() -> ListEngagementsQuery {
    ListEngagementsQuery { limit: Some(PageLimit::MOST), ..Default::default() }
}

fn partner(office: &Office, bond: Option<&PartnershipView>) -> String {
    bond.map_or_else(|| "–".to_owned(), |bond| office.lens.partners(&bond.members))
}

async fn show(office: &Office, it: &EngagementView) -> Result<(), Failure> {
    let bond = office.programme.partnerships().get(it.partnership).await?;
    let partner = office.lens.partners_in_full(&bond.members);
    office.output.answer(it, |canvas, out| details::engagement(&partner, it, canvas, out))
}

async fn find(office: &Office, wanted: &str) -> Result<EngagementView, Failure> {
    if let Ok(id) = wanted.parse::<EngagementId>() {
        return Ok(office.programme.engagements().get(id).await?.value);
    }
    let all = office.programme.engagements().list(all_of_them()).all().await?;
    let named = all.into_iter().map(|it| Named {
        title: format!("{}  {:<10}  {}", it.id, date(it.start.as_ref()), it.title),
        names: vec![it.title.to_string()],
        item: it,
    });
    meant("engagement", wanted, named.collect())
}

async fn body(office: &Office, add: EngagementAdd) -> Result<EngagementBody, Failure> {
    let EngagementAdd { partnership, title, foci, direction, start, end, source } = add;
    Ok(EngagementBody {
        partnership: office.bond(&partnership).await?.id,
        title,
        foci,
        direction,
        start,
        end,
        participants: Vec::new(),
        organisations: Vec::new(),
        costs: Vec::new(),
        outcomes: Vec::new(),
        evidence: None,
        source,
        happening: None,
        notes: Vec::new(),
    })
}
