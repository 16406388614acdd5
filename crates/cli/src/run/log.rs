//! The log of engagements, and the places.

use sister_cities_client::api::domain::id::EngagementId;
use sister_cities_client::api::engagement::{CareBody, EngagementBody, EngagementView, ListEngagementsQuery};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::{Moment, PageLimit, RecordQuery};

use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Office;
use crate::args::{CareArgs, EngagementAdd, EngagementsCommand, EngagementsList, PlacesArgs};
use crate::failure::Failure;
use crate::names::{Named, meant};
use crate::show::bond::{by_id, date};
use crate::show::text::Ink;
use crate::show::{details, lists};

/// The places of the programme.
pub(super) async fn places(office: &Office, args: PlacesArgs) -> Result<(), Failure> {
    let PlacesArgs { country, identity, geonames, name, sort, order, times } = args;
    let RecordQuery { as_of, recorded_at } = times.query();
    let limit = Some(PageLimit::MOST);
    let query = ListPlacesQuery {
        country,
        identity,
        geonames,
        name,
        sort,
        order,
        as_of,
        recorded_at,
        limit,
        cursor: None,
    };
    let all: Vec<PlaceView> = office.programme.places().list(query).all().await?;
    office.output.answer(&all, |canvas, out| {
        lists::places(&all, canvas, out);
        canvas.paragraph(out, 0, Ink::Faint, GAZETTEER_ATTRIBUTION);
    })
}

/// Lists, shows and adds engagements.
pub(super) async fn engagements(office: &Office, command: EngagementsCommand) -> Result<(), Failure> {
    match command {
        EngagementsCommand::List(list) => {
            let EngagementsList { partnership, focus, direction, from, to, sort, order, times } = list;
            let RecordQuery { as_of, recorded_at } = times.query();
            let recorded = RecordQuery { as_of: None, recorded_at };
            let partnership = match &partnership {
                Some(wanted) => Some(office.bond_as_of(wanted, &recorded).await?.id),
                None => None,
            };
            let query = ListEngagementsQuery {
                partnership,
                focus,
                direction,
                from,
                to,
                sort,
                order,
                as_of,
                ..all_of_them(recorded_at)
            };
            let found = office.programme.engagements().list(query).all().await?;
            let bonds = by_id(office.bonds_as_of(&recorded).await?);
            let partner = |it: &EngagementView| partner(office, bonds.get(&it.partnership));
            let rows: Vec<_> = found.iter().map(|it| (it.clone(), partner(it))).collect();
            office.output.answer(&found, |canvas, out| lists::engagements(&rows, canvas, out))
        }
        EngagementsCommand::Show { engagement, times } => {
            let times = times.query();
            let it = find(office, &engagement, &times).await?;
            show(office, &it, times.recorded_at).await
        }
        EngagementsCommand::Add(add) => {
            let body = body(office, add).await?;
            let added = office.programme.engagements().create(body).await?;
            show(office, &added, None).await
        }
        EngagementsCommand::Care(args) => care(office, args).await,
    }
}

fn all_of_them(recorded_at: Option<Moment>) -> ListEngagementsQuery {
    ListEngagementsQuery { recorded_at, limit: Some(PageLimit::MOST), ..Default::default() }
}

/// Shows what those who take part need, or says it.
async fn care(office: &Office, args: CareArgs) -> Result<(), Failure> {
    let CareArgs { engagement, set, clear } = args;
    let it = find(office, &engagement, &RecordQuery::default()).await?;
    let engagements = office.programme.engagements();
    let found = if set.is_some() || clear {
        let read = engagements.get(it.id).await?;
        engagements.set_care(&read, CareBody { care: set }).await?
    } else {
        engagements.care(it.id).await?
    };
    office.output.answer(&found.value, |canvas, out| details::care(&it, &found.value, canvas, out))
}

fn partner(office: &Office, bond: Option<&PartnershipView>) -> String {
    bond.map_or_else(|| "–".to_owned(), |bond| office.lens.partners(&bond.members))
}

async fn show(office: &Office, it: &EngagementView, recorded_at: Option<Moment>) -> Result<(), Failure> {
    let recorded = RecordQuery { as_of: None, recorded_at };
    let bond = office.programme.partnerships().get_as_of(it.partnership, recorded).await?;
    let partner = office.lens.partners_in_full(&bond.members);
    office.output.answer(it, |canvas, out| details::engagement(&partner, it, canvas, out))
}

async fn find(office: &Office, wanted: &str, times: &RecordQuery) -> Result<EngagementView, Failure> {
    if let Ok(id) = wanted.parse::<EngagementId>() {
        return Ok(office.programme.engagements().get_as_of(id, times.clone()).await?.value);
    }
    let query = ListEngagementsQuery { as_of: times.as_of, ..all_of_them(times.recorded_at) };
    let all = office.programme.engagements().list(query).all().await?;
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
