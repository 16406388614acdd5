//! The texts of a body that the catalogue declares for search.

use serde_json::Value as Json;
use sister_cities_domain::id::RecordRef;

use super::words::{Purpose, words};
use crate::catalogue::{KindDescription, SearchRole};

/// A record is found by so many different words at most: of more, by the first ones.
const MOST_INDEXED: usize = 10_000;

/// The texts of a body and what they are to it, in the order of the catalogue.
pub(super) fn texts<'a>(description: &KindDescription, body: &'a Json) -> Vec<(SearchRole, &'a str)> {
    let mut found = Vec::new();
    for field in description.search.fields {
        at(body, field.path, &mut |text| found.push((field.role, text)));
    }
    found
}

/// The records whose texts this one is found by as well.
pub(super) fn lenders(description: &KindDescription, body: &Json) -> Vec<RecordRef> {
    let mut found = Vec::new();
    if let Some(through) = &description.search.through {
        at(body, through.path, &mut |text| found.extend(text.parse::<RecordRef>()));
    }
    found
}

/// The different words of the texts of a body, sorted.
pub(super) fn words_of(description: &KindDescription, body: &Json) -> Vec<String> {
    let mut found = std::collections::BTreeSet::new();
    for (_, text) in texts(description, body) {
        for word in words(text, Purpose::Index) {
            if found.len() < MOST_INDEXED {
                found.insert(word.text);
            }
        }
    }
    found.into_iter().collect()
}

/// Visits the texts at a JSON pointer in which `*` stands for any one step.
fn at<'a>(value: &'a Json, path: &str, visit: &mut dyn FnMut(&'a str)) {
    let Some(rest) = path.strip_prefix('/') else {
        if let Json::String(text) = value {
            visit(text);
        }
        return;
    };
    let end = rest.find('/').unwrap_or(rest.len());
    let (step, rest) = rest.split_at(end);
    match (value, step) {
        (Json::Array(items), "*") => items.iter().for_each(|item| at(item, rest, visit)),
        (Json::Object(fields), "*") => fields.values().for_each(|item| at(item, rest, visit)),
        (Json::Object(fields), step) => {
            if let Some(item) = fields.get(step) {
                at(item, rest, visit);
            }
        }
        (Json::Array(_) | Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_), _) => {}
    }
}
