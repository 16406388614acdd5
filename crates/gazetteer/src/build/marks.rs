//! Marks the places about which a name alone raises a doubt, and the capitals, about which it does not.

use std::collections::{BTreeMap, HashMap};

use super::names::is_machine_made;
use super::places::Place;
use crate::fold::fold;
use crate::letters::{letters, written_within};
use crate::places::{
    CAPITAL, DEGREE, MAY_BE_PART, ONE_SPELLING, SHARES_NAME, SHARES_NAME_WIDELY, TOLD_APART,
};

/// The least population of a city that places close by may be parts of, and how many times as populous it is.
const CITY: u32 = 300_000;
const TIMES: u32 = 5;
/// How close, in kilometres.
const CLOSE_KM: f64 = 15.0;
/// Places this near to each other, in kilometres, are named after one another: Signa and Lastra a Signa.
const NEIGHBOUR_KM: f64 = 25.0;
/// From so many longer names on, a name is shared widely.
const WIDELY: usize = 4;
/// Where an umlaut is no way to write the letter without it.
const UMLAUT_COUNTRIES: &[&str] = &["DE", "AT", "CH", "LI"];

/// The marks of each place.
pub(super) fn all(places: &[Place], capitals: &BTreeMap<String, String>) -> Vec<u32> {
    let titles: Vec<String> = places.iter().map(|place| fold(&place.name)).collect();
    let mut by_word: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for (at, title) in titles.iter().enumerate() {
        for word in title.split(' ') {
            let with = by_word.entry((places[at].country(), word)).or_default();
            if with.last() != Some(&at) {
                with.push(at);
            }
        }
    }
    let mut cities: HashMap<(i32, i32), Vec<usize>> = HashMap::new();
    for (at, place) in places.iter().enumerate().filter(|(_, place)| place.population >= CITY) {
        cities.entry(cell(place)).or_default().push(at);
    }
    let mut marks = Vec::with_capacity(places.len());
    for (at, place) in places.iter().enumerate() {
        let mut mark = 0;
        let words = titles[at].split(' ').filter_map(|word| by_word.get(&(place.country(), word)));
        let rarest = words.min_by_key(|with| with.len()).map_or(&[][..], Vec::as_slice);
        let within = |other: &&usize| {
            **other != at
                && titles[**other] != titles[at]
                && format!(" {} ", titles[**other]).contains(&format!(" {} ", titles[at]))
                && km(degrees(place), degrees(&places[**other])) > NEIGHBOUR_KM
        };
        let shared = rarest.iter().filter(within).count();
        if shared > 0 {
            mark |= SHARES_NAME;
        }
        if shared >= WIDELY {
            mark |= SHARES_NAME_WIDELY;
        }
        let apart = |name: &&String| {
            name.contains(['(', '/'])
                && fold(name).strip_prefix(titles[at].as_str()).is_some_and(|rest| rest.starts_with(' '))
        };
        if place.alternates.iter().any(|name| apart(&name)) {
            mark |= TOLD_APART;
        }
        let has_no_other = place.alternates.iter().all(|name| fold(name) == titles[at]);
        if has_no_other && is_close_to_a_city(place, places, &cities) {
            mark |= MAY_BE_PART;
        }
        if has_one_spelling(place, &titles[at]) {
            mark |= ONE_SPELLING;
        }
        let is_called = |capital: &String| place.names().any(|name| fold(name) == *capital);
        if capitals.get(place.country()).is_some_and(is_called)
            && !has_larger_namesake(place, places, &titles[at], &by_word)
        {
            mark |= CAPITAL;
        }
        marks.push(mark);
    }
    marks
}

/// Whether another place of the country and the name is larger.
fn has_larger_namesake(
    place: &Place,
    places: &[Place],
    title: &str,
    by_word: &HashMap<(&str, &str), Vec<usize>>,
) -> bool {
    let word = title.split(' ').next().unwrap_or_default();
    let others = by_word.get(&(place.country(), word)).map_or(&[][..], Vec::as_slice);
    others
        .iter()
        .map(|&at| &places[at])
        .any(|other| fold(&other.name) == title && other.population > place.population)
}

fn has_one_spelling(place: &Place, title: &str) -> bool {
    UMLAUT_COUNTRIES.contains(&place.country())
        && place.name.contains(['ä', 'ö', 'ü', 'Ä', 'Ö', 'Ü'])
        && !place.alternates.iter().any(|name| {
            !is_machine_made(name) && fold(name) == title && written_within(&letters(name), title)
        })
}

fn cell(place: &Place) -> (i32, i32) {
    let [latitude, longitude] = degrees(place);
    #[expect(clippy::cast_possible_truncation, reason = "degrees are few")]
    let cell = (latitude.floor() as i32, longitude.floor() as i32);
    cell
}

fn degrees(place: &Place) -> [f64; 2] {
    [f64::from(place.latitude) / DEGREE - 90.0, f64::from(place.longitude) / DEGREE - 180.0]
}

fn is_close_to_a_city(place: &Place, places: &[Place], cities: &HashMap<(i32, i32), Vec<usize>>) -> bool {
    let (row, column) = cell(place);
    (-1..=1).any(|up| {
        (-1..=1).any(|right| {
            let there = cities.get(&(row + up, column + right)).map_or(&[][..], Vec::as_slice);
            there.iter().map(|&at| &places[at]).any(|city| {
                city.country() == place.country()
                    && city.population / TIMES > place.population
                    && km(degrees(city), degrees(place)) < CLOSE_KM
            })
        })
    })
}

/// The distance on a sphere.
fn km([latitude, longitude]: [f64; 2], [other_latitude, other_longitude]: [f64; 2]) -> f64 {
    let (one, other) = (latitude.to_radians(), other_latitude.to_radians());
    let across = (longitude - other_longitude).to_radians();
    let half = ((one - other) / 2.0).sin().powi(2) + one.cos() * other.cos() * (across / 2.0).sin().powi(2);
    12_742.0 * half.sqrt().min(1.0).asin()
}
