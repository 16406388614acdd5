//! The log of engagements, and the places.

use sister_cities_client::api::domain::id::EngagementId;
use sister_cities_client::api::engagement::{CareBody, EngagementBody, EngagementView, ListEngagementsQuery};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::{Moment, PageLimit, RecordQuery};

use sister_cities_server::local::GAZETTEER_ATTRIBUTION;

use super::session::Session;
use crate::args::{CareArgs, EngagementAdd, EngagementsCommand, EngagementsList, PlacesArgs};
use crate::failure::Failure;
use crate::names::{Named, find_named};
use crate::show::text::Style;
use crate::show::wording::{by_id, date};
use crate::show::{details, lists};

/// The places of the programme.
pub(super) async fn places(session: &Session, args: PlacesArgs) -> Result<(), Failure> {
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
    let all: Vec<PlaceView> = session.programme.places().list(query).all().await?;
    session.output.print(&all, |renderer, out| {
        lists::places(&all, renderer, out);
        renderer.paragraph(out, 0, Style::Faint, GAZETTEER_ATTRIBUTION);
    })
}

/// Lists, shows and adds engagements.
pub(super) async fn engagements(session: &Session, command: EngagementsCommand) -> Result<(), Failure> {
    match command {
        EngagementsCommand::List(list) => {
            let EngagementsList { partnership, focus, direction, from, to, sort, order, times } = list;
            let RecordQuery { as_of, recorded_at } = times.query();
            let recorded = RecordQuery { as_of: None, recorded_at };
            let partnership = match &partnership {
                Some(wanted) => Some(session.partnership_as_of(wanted, &recorded).await?.id),
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
            let found = session.programme.engagements().list(query).all().await?;
            let partnerships = by_id(session.partnerships_as_of(&recorded).await?);
            let partner = |it: &EngagementView| partner(session, partnerships.get(&it.partnership));
            let rows: Vec<_> = found.iter().map(|it| (it.clone(), partner(it))).collect();
            session.output.print(&found, |renderer, out| lists::engagements(&rows, renderer, out))
        }
        EngagementsCommand::Show { engagement, times } => {
            let times = times.query();
            let it = find(session, &engagement, &times).await?;
            show(session, &it, times.recorded_at).await
        }
        EngagementsCommand::Add(add) => {
            let body = body(session, add).await?;
            let added = session.programme.engagements().create(body).await?;
            show(session, &added, None).await
        }
        EngagementsCommand::Care(args) => care(session, args).await,
    }
}

fn all_of_them(recorded_at: Option<Moment>) -> ListEngagementsQuery {
    ListEngagementsQuery { recorded_at, limit: Some(PageLimit::MOST), ..Default::default() }
}

/// Shows what those who take part need, or says it.
async fn care(session: &Session, args: CareArgs) -> Result<(), Failure> {
    let CareArgs { engagement, set, clear } = args;
    let it = find(session, &engagement, &RecordQuery::default()).await?;
    let engagements = session.programme.engagements();
    let found = if set.is_some() || clear {
        let read = engagements.get(it.id).await?;
        engagements.set_care(&read, CareBody { care: set }).await?
    } else {
        engagements.read_care(it.id).await?
    };
    session.output.print(&found.value, |renderer, out| details::care(&it, &found.value, renderer, out))
}

fn partner(session: &Session, partnership: Option<&PartnershipView>) -> String {
    partnership
        .map_or_else(|| "–".to_owned(), |partnership| session.perspective.partners(&partnership.members))
}

async fn show(session: &Session, it: &EngagementView, recorded_at: Option<Moment>) -> Result<(), Failure> {
    let recorded = RecordQuery { as_of: None, recorded_at };
    let partnership = session.programme.partnerships().get(it.partnership).with_query(recorded).await?;
    let partner = session.perspective.partners_in_full(&partnership.members);
    session.output.print(it, |renderer, out| details::engagement(&partner, it, renderer, out))
}

async fn find(session: &Session, wanted: &str, times: &RecordQuery) -> Result<EngagementView, Failure> {
    if let Ok(id) = wanted.parse::<EngagementId>() {
        return Ok(session.programme.engagements().get(id).with_query(times.clone()).await?.value);
    }
    let query = ListEngagementsQuery { as_of: times.as_of, ..all_of_them(times.recorded_at) };
    let all = session.programme.engagements().list(query).all().await?;
    let named = all.into_iter().map(|it| Named {
        title: format!("{}  {:<10}  {}", it.id, date(it.start.as_ref()), it.title),
        names: vec![it.title.to_string()],
        item: it,
    });
    find_named("engagement", wanted, named.collect())
}

async fn body(session: &Session, add: EngagementAdd) -> Result<EngagementBody, Failure> {
    let EngagementAdd { partnership, title, foci, direction, start, end, source } = add;
    Ok(EngagementBody {
        partnership: session.partnership(&partnership).await?.id,
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
