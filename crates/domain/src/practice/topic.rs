//! What practices are about, and who works on the same: the challenges that places share.

use std::collections::{BTreeMap, BTreeSet};

use super::{Adoption, Practice};
use crate::id::PlaceId;
use crate::value::open_catalogue;

open_catalogue! {
    /// What a practice is about. An office extends the list by using a key of its own.
    Topic ("a topic such as workforce, policing or health", "workforce") {
        /// Finding work and workers, training for it.
        Workforce = "workforce",
        /// Care for those in need, of any age.
        SocialWork = "social_work",
        /// Police and safety.
        Policing = "policing",
        /// Land use, housing, streets.
        Planning = "planning",
        /// Health and medicine.
        Health = "health",
        /// Climate, water, waste, green.
        Environment = "environment",
        /// Young people.
        Youth = "youth",
        /// Arts, heritage, festivals.
        Culture = "culture",
        /// Trade, investment, firms.
        Business = "business",
        /// Schools, universities, learning.
        Education = "education",
        /// How a city is run, and how it hears its citizens.
        Government = "government",
    }
}

/// Who works on one topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicCount {
    /// The topic.
    pub topic: Topic,
    /// The places that have a practice of it or adopted one; those with the most first. More than one: they share the challenge.
    pub places: Vec<PlaceOnTopic>,
    /// Practices of an organisation of which the place is not said.
    pub without_place: u32,
}

/// What one place has on one topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceOnTopic {
    /// The place.
    pub place: PlaceId,
    /// Practices that are its own.
    pub practices: u32,
    /// Practices of others that it adopted, whatever became of them.
    pub adoptions: u32,
}

/// Counts practices and adoptions by topic and place; the topics that the most places share come first.
#[must_use]
pub fn count_by_topic<'a>(
    practices: impl IntoIterator<Item = &'a Practice>,
    adoptions: impl IntoIterator<Item = &'a Adoption>,
) -> Vec<TopicCount> {
    let mut topics: BTreeMap<&Topic, (BTreeMap<PlaceId, PlaceOnTopic>, u32)> = BTreeMap::new();
    let mut count = |of: &'a BTreeSet<Topic>, place: Option<PlaceId>, one: [u32; 2]| {
        for topic in of {
            let (places, without_place) = topics.entry(topic).or_default();
            let Some(place) = place else {
                *without_place += 1;
                continue;
            };
            let none = PlaceOnTopic { place, practices: 0, adoptions: 0 };
            let counted = places.entry(place).or_insert(none);
            counted.practices += one[0];
            counted.adoptions += one[1];
        }
    };
    for practice in practices {
        count(&practice.topics, practice.origin.place(), [1, 0]);
    }
    for adoption in adoptions {
        count(&adoption.topics, Some(adoption.by), [0, 1]);
    }
    let counted = topics.into_iter().map(|(topic, (places, without_place))| {
        let mut places: Vec<_> = places.into_values().collect();
        places.sort_by_key(|one| std::cmp::Reverse(one.practices + one.adoptions));
        TopicCount { topic: topic.clone(), places, without_place }
    });
    let mut all: Vec<TopicCount> = counted.collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.places.len()));
    all
}
