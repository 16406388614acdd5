//! Who learned what from whom, and did it work; and which places work on the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{OrganisationId, PlaceId, PracticeId, ProgrammeId};
use sister_cities_domain::organisation::Organisation;
use sister_cities_domain::place::Place;
use sister_cities_domain::practice::{
    AdoptedPractice, Adoption, Origin, Practice, TopicCount, count_by_topic,
};
use sister_cities_storage::{Cursor, Listing, ProgrammeStore, Versioned};

use crate::{App, AppError};

/// Adoptions over all partnerships, with what each is of and the places of those who taught and learned.
#[derive(Clone, Debug, PartialEq)]
pub struct Learning {
    /// The adoptions.
    pub items: Vec<Versioned<Adoption>>,
    /// The practices of the programme among those adopted.
    pub practices: BTreeMap<PracticeId, Practice>,
    /// The places of whoever adopted, taught or has one of them.
    pub places: BTreeMap<PlaceId, Place>,
    /// The organisations of whoever adopted, taught or has one of them.
    pub organisations: BTreeMap<OrganisationId, Organisation>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
}

/// Who works on which topic, with the places.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicsWithPlaces {
    /// The topics; those that the most places share first.
    pub topics: Vec<TopicCount>,
    /// The places that are counted.
    pub places: BTreeMap<PlaceId, Place>,
}

impl App {
    /// Lists who learned what from whom, how far they are and whether it worked, over all partnerships. A page costs four reads.
    ///
    /// # Errors
    ///
    /// [`AppError::Cursor`]; [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_learning(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
        listing: Listing<Adoption>,
        recorded_at: Option<DateTime<Utc>>,
    ) -> Result<Learning, AppError> {
        let (needed, after) = (Scope::ProgrammeRead, listing.after.as_ref());
        let store = self.authorize_as_recorded(caller, needed, programme, recorded_at, after).await?.store;
        let page = store.list(&listing).await?;
        let own = |one: &Versioned<Adoption>| match one.value.practice {
            AdoptedPractice::Own { practice } => Some(practice),
            AdoptedPractice::Shared { .. } | _ => None,
        };
        let wanted: Vec<_> = page.items.iter().filter_map(own).collect::<BTreeSet<_>>().into_iter().collect();
        let practices = store.get_many::<Practice>(&wanted).await?;
        let practices: BTreeMap<_, _> = practices.into_iter().map(|one| (one.value.id, one.value)).collect();
        let taught = page.items.iter().filter_map(|one| one.value.learnt_from.as_ref());
        let origins: Vec<&Origin> = taught.chain(practices.values().map(|one| &one.origin)).collect();
        let learners = page.items.iter().map(|one| &one.value);
        let of_places = origins.iter().filter_map(|one| one.place());
        let places = places(&store, of_places.chain(learners.clone().map(|one| one.by)).collect()).await?;
        let of_organisations = origins.iter().filter_map(|one| one.organisation());
        let named: BTreeSet<_> =
            of_organisations.chain(learners.filter_map(|one| one.organisation)).collect();
        let named: Vec<_> = named.into_iter().collect();
        let organisations = store.get_many::<Organisation>(&named).await?.into_iter();
        let organisations = organisations.map(|one| (one.value.id, one.value)).collect();
        Ok(Learning { items: page.items, practices, places, organisations, next: page.next })
    }

    /// Says on which topics places have practices or adopted some, so that those who share a challenge find each other. Reads all
    /// practices and adoptions of the programme.
    ///
    /// # Errors
    ///
    /// [`AppError::Forbidden`] without `programme:read`.
    pub async fn list_topics(
        &self,
        caller: &Caller,
        programme: ProgrammeId,
    ) -> Result<TopicsWithPlaces, AppError> {
        let store = self.authorize(caller, Scope::ProgrammeRead, programme).await?.store;
        let practices = store.all::<Practice>([]).await?;
        let adoptions = store.all::<Adoption>([]).await?;
        let topics = count_by_topic(
            practices.iter().map(|practice| &practice.value),
            adoptions.iter().map(|adoption| &adoption.value),
        );
        let counted: BTreeSet<PlaceId> =
            topics.iter().flat_map(|topic| &topic.places).map(|on| on.place).collect();
        let places = places(&store, counted).await?;
        Ok(TopicsWithPlaces { topics, places })
    }
}

async fn places(
    store: &ProgrammeStore,
    wanted: BTreeSet<PlaceId>,
) -> Result<BTreeMap<PlaceId, Place>, AppError> {
    let wanted: Vec<_> = wanted.into_iter().collect();
    let found = store.get_many::<Place>(&wanted).await?;
    Ok(found.into_iter().map(|place| (place.value.id, place.value)).collect())
}
