//! Entering partnerships, adding to what is recorded of them, and noting decisions of any kind.

use sister_cities_client::api::domain::id::PlaceId;
use sister_cities_client::api::domain::partnership::ActKind;
use sister_cities_client::api::domain::value::{KindKey, Name, PartialDate, Source};
use sister_cities_client::api::partnership::{
    ChangePartnershipBody, CreatePartnershipBody, DateClaimBody, DecisionBody, EpisodeBody,
    EpisodeChangeBody, LabelBody, PartnershipView,
};
use sister_cities_client::api::place::{ListPlacesQuery, PlaceView};
use sister_cities_client::api::{AsText, NoteBody, PageLimit, TextForm as _};

use super::{decision, show};
use crate::args::{DecideArgs, PartnershipAdd, PartnershipChange};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::names::is_called;
use crate::run::gazetteer::{NamedCity, place_body};
use crate::run::session::Session;

pub(super) async fn add(session: &Session, add: PartnershipAdd) -> Result<(), Failure> {
    let PartnershipAdd { partners, country, geonames, kind, since, enquired_on, source, note } = add;
    let mut members = vec![session.perspective.programme.host];
    for partner in &partners {
        members.push(partner_place(session, partner, country.as_deref(), geonames).await?);
    }
    let decisions = match kind {
        Some(_) => Vec::new(),
        None => vec![DecisionBody { on: enquired_on, source: source.clone(), ..decision(ActKind::Enquire) }],
    };
    let body = CreatePartnershipBody {
        members,
        episode: kind.map(|kind| episode(kind, since, source)),
        decisions: decisions.into(),
        record: Vec::new(),
        notes: note.map(|text| NoteBody { text, source: None }).into_iter().collect(),
    };
    show(session, &session.programme.partnerships().create(body).await?.value).await
}

/// A stretch of time that begins on a day, as the source says.
fn episode(kind: KindKey, since: Option<PartialDate>, source: Option<Source>) -> EpisodeBody {
    let began =
        since.zip(source.clone()).map(|(date, source)| DateClaimBody { date, source, standing: None });
    EpisodeBody {
        kind,
        labels: Vec::new(),
        sources: if began.is_some() { Vec::new() } else { source.into_iter().collect() },
        began: began.into_iter().collect(),
        ended: Vec::new(),
        end: None,
    }
}

/// The place of a partner: one of the programme, by its id or its whole name; where the country is told, the city that the gazetteer
/// knows, which is entered if the programme has no place of it.
async fn partner_place(
    session: &Session,
    wanted: &str,
    country: Option<&str>,
    geonames: Option<u32>,
) -> Result<PlaceId, Failure> {
    if let Ok(id) = wanted.parse::<PlaceId>() {
        return Ok(id);
    }
    let name = Name::parse(wanted).map_err(|wrong| {
        Failure::new(Exit::Usage, format!("\"{wanted}\" {wrong}; expected {}", Name::SHAPE.expected))
    })?;
    let called = places(session, ListPlacesQuery { name: Some(name.clone()), ..Default::default() }).await?;
    let called =
        called.into_iter().filter(|place| place.names.iter().any(|one| is_called(one.text.as_str(), wanted)));
    let mut called: Vec<PlaceView> = called.collect();
    let Some(country) = country else {
        if called.len() > 1 {
            let failure = Failure::new(Exit::NeedsPerson, format!("several places are called {wanted:?}"));
            let line = |place: &PlaceView| format!("  {}  {}", place.id, place.display_name);
            return Err(called.iter().fold(failure.hint("say which by its id:"), |f, one| f.hint(line(one))));
        }
        return called.pop().map(|place| place.id).ok_or_else(|| {
            Failure::new(Exit::NotFound, format!("the programme has no place that is called {wanted:?}"))
                .hint("give --country, and it is looked up in the gazetteer and entered,")
                .hint("or enter it by `places add`")
        });
    };
    let city = NamedCity { name: &name, country, geonames }.find()?;
    let query = ListPlacesQuery { geonames: Some(city.geonames_id), ..Default::default() };
    let known = places(session, query).await?.pop();
    let known = known.or_else(|| called.into_iter().find(|place| place.country == Some(city.country)));
    match known {
        Some(place) => Ok(place.id),
        None => Ok(session.programme.places().create(place_body(&city, &name)?).await?.id),
    }
}

async fn places(session: &Session, query: ListPlacesQuery) -> Result<Vec<PlaceView>, Failure> {
    let query = ListPlacesQuery { limit: Some(PageLimit::MOST), ..query };
    Ok(session.programme.places().list(query).all().await?)
}

pub(super) async fn change(session: &Session, change: PartnershipChange) -> Result<(), Failure> {
    let PartnershipChange { partnership, episode, began, choose, ended, label, label_by, source, note } =
        change;
    let id = session.partnership(&partnership).await?.id;
    let partnerships = session.programme.partnerships();
    let read = partnerships.get(id).await?;
    let label_by = session.place_if_named(label_by.as_deref()).await?;
    let claim =
        |date: PartialDate, source: &Source| DateClaimBody { date, source: source.clone(), standing: None };
    let sourced = source.as_ref();
    let began = began.zip(sourced).map(|(date, source)| claim(date, source));
    let ended = ended.zip(sourced).map(|(date, source)| claim(date, source));
    let label = label.zip(label_by).zip(sourced);
    let label = label.map(|((label, place), source)| LabelBody { place, label, source: source.clone() });
    let is_said_of_something = began.is_some() || ended.is_some() || label.is_some();
    let (place, choose_beginning) = chosen(&read, episode, choose, began.as_ref())?;
    let addition = EpisodeChangeBody {
        episode: place,
        labels: label.into_iter().collect(),
        sources: if is_said_of_something { Vec::new() } else { source.into_iter().collect() },
        began: began.into_iter().collect(),
        ended,
        choose_beginning,
    };
    let says_nothing = !is_said_of_something && addition.sources.is_empty() && choose_beginning.is_none();
    let body = ChangePartnershipBody {
        episodes: if says_nothing { Vec::new() } else { vec![addition] },
        notes: note.map(|text| NoteBody { text, source: None }).into_iter().collect(),
    };
    if body == ChangePartnershipBody::default() {
        return Err(Failure::new(Exit::Usage, "it is not said what to add")
            .hint("give --began, --choose, --ended, --label, --source or --note"));
    }
    show(session, &partnerships.change(&read, body).await?.value).await
}

/// Which episode is meant, from 0, and which of its dates is to be shown, counted with the one that is added.
fn chosen(
    partnership: &PartnershipView,
    episode: Option<u32>,
    choose: Option<PartialDate>,
    added: Option<&DateClaimBody>,
) -> Result<(u32, Option<u32>), Failure> {
    let number = episode.unwrap_or_else(|| u32::try_from(partnership.episodes.len()).unwrap_or_default());
    let place = number.saturating_sub(1);
    let Some(date) = choose else { return Ok((place, None)) };
    let known = usize::try_from(place).ok().and_then(|place| partnership.episodes.get(place));
    let mut dates = known.into_iter().flat_map(|episode| &episode.began).chain(added);
    match dates.position(|claim| claim.date == date).and_then(|at| u32::try_from(at).ok()) {
        Some(at) => Ok((place, Some(at))),
        None => Err(Failure::new(Exit::NotFound, format!("no source says that it began {date}"))
            .hint("give it by --began and --source")),
    }
}

pub(super) async fn decide(session: &Session, args: DecideArgs) -> Result<(), Failure> {
    let DecideArgs { partnership, decision, on, authority, source, note, kind, deadline, measure } = args;
    // Of an agreement, the date and its source are those of the episode that begins.
    let (on, source, begins) = match kind {
        None => (on, source, None),
        Some(_) if on.is_some() && source.is_none() => {
            return Err(
                Failure::new(Exit::Usage, "it is not said where the date is from").hint("give --source")
            );
        }
        Some(kind) => (None, None, Some(episode(kind, on, source))),
    };
    let body = DecisionBody {
        decision,
        on,
        authority,
        source,
        episode: begins,
        deadline: deadline.map(AsText),
        measure,
        note,
    };
    super::decide(session, &partnership, body).await
}
