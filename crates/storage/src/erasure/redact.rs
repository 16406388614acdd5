//! Replacing parts of stored values, whatever they hold, and counting where.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sister_cities_domain::id::RecordRef;

use crate::audit::{RecordChange, Seal, document_of};
use crate::catalogue::{DataClass, Holds, Nature, describe, nature_in_actor};
use crate::{Content, EntryContent, InPlaceUpdate, StoredValue, StoredValueKey};

/// A text inside a stored value.
#[derive(Debug)]
pub(super) struct Leaf<'a> {
    /// How private it is.
    pub(super) class: DataClass,
    /// Whether it is a value or a text.
    pub(super) holds: Holds,
    /// The record whose body it is part of, now or in the past, or that the event is about; none if it is part of none.
    pub(super) record: Option<RecordRef>,
    /// The text.
    pub(super) text: &'a str,
}

impl<'a> Leaf<'a> {
    fn new(nature: Nature, record: Option<RecordRef>, text: &'a str) -> Self {
        Self { class: nature.class, holds: nature.holds, record, text }
    }

    /// A text of which only is known that it may say anything.
    fn unknown(text: &'a str) -> Self {
        let nature = Nature { class: DataClass::Personal, holds: Holds::Prose };
        Self::new(nature, None, text)
    }
}

/// Says what a text is to be replaced by, if it is.
pub(super) type Redaction<'a> = dyn Fn(&Leaf<'_>) -> Option<String> + Sync + 'a;

/// How often something was found, by a description of where: `agreement /versions/*/signatures/*/person`.
pub type Places = BTreeMap<String, u64>;

/// What replacing did.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// Values of records, replies and documents.
    pub(super) values: u32,
    /// Sealed values of the journal.
    pub(super) journal: u32,
    /// Where.
    pub(super) places: Places,
}

impl Count {
    fn found_all(&mut self, place: &str, paths: &[String]) {
        self.values += times(paths);
        for path in paths {
            self.found(format!("{place} {path}"), 1);
        }
    }

    fn found(&mut self, place: String, times: u32) {
        *self.places.entry(place).or_default() += u64::from(times);
    }
}

/// The update of a stored value, if anything in it is to be replaced. Documents in other formats than text are left to the caller.
pub(super) fn redact(
    stored_value: &StoredValue,
    redaction: &Redaction<'_>,
    count: &mut Count,
) -> Option<InPlaceUpdate> {
    let new = match (&stored_value.key, &stored_value.content) {
        (StoredValueKey::Record(record, _), Content::Text(body)) => {
            body_of(*record, body, record.kind.as_str(), redaction, count)
        }
        (StoredValueKey::Past(record, _), Content::Text(body)) => {
            body_of(*record, body, &format!("history of {}", record.kind), redaction, count)
        }
        (StoredValueKey::Change(_), Content::Text(actor)) => {
            let mut value: Json = serde_json::from_str(actor).ok()?;
            let leaf = |path: &str, text: &str| redaction(&Leaf::new(nature_in_actor(path), None, text));
            let places = replace(&mut value, &leaf);
            if places.is_empty() {
                return None;
            }
            count.found_all("who made a change", &places);
            Some(Content::Text(value.to_string()))
        }
        (StoredValueKey::Entry(_), Content::Entry(entry)) => {
            entry_of(entry, redaction, count).map(Content::Entry)
        }
        (StoredValueKey::Reply(_), Content::Bytes(bytes)) => {
            text_of(bytes, "stored replies", redaction, count).map(Content::Bytes)
        }
        (StoredValueKey::Document(_), Content::Bytes(bytes)) => {
            text_of(bytes, "documents", redaction, count).map(Content::Bytes)
        }
        (StoredValueKey::Work(_), Content::Text(text)) => {
            let new = text_of(text.as_bytes(), "what went wrong in doing work", redaction, count);
            new.and_then(|bytes| String::from_utf8(bytes).ok()).map(Content::Text)
        }
        // No back end makes such a stored value.
        (_, Content::Text(_) | Content::Bytes(_) | Content::Entry(_)) => None,
    };
    new.map(|new| InPlaceUpdate { key: stored_value.key.clone(), old: stored_value.content.clone(), new })
}

fn body_of(
    record: RecordRef,
    body: &str,
    place: &str,
    redaction: &Redaction<'_>,
    count: &mut Count,
) -> Option<Content> {
    let mut value: Json = serde_json::from_str(body).ok()?;
    let kind = describe(record.kind);
    let leaf = |path: &str, text: &str| redaction(&Leaf::new(kind.nature_in_body(path), Some(record), text));
    let places = replace(&mut value, &leaf);
    if places.is_empty() {
        return None;
    }
    count.found_all(place, &places);
    Some(Content::Text(value.to_string()))
}

/// Only what is sealed can be replaced without breaking the chain, and nothing personal is not.
fn entry_of(entry: &EntryContent, redaction: &Redaction<'_>, count: &mut Count) -> Option<EntryContent> {
    let mut seals: Vec<Seal> = serde_json::from_str(&entry.seals).ok()?;
    let mut document = document_of(&entry.actor, &entry.body, entry.changes.as_deref());
    let changes: Vec<RecordChange> = match &entry.changes {
        Some(changes) => serde_json::from_str(changes).ok()?,
        None => Vec::new(),
    };
    let event = document.pointer("/body/name").and_then(Json::as_str).unwrap_or("event").to_owned();
    let (mut replaced, mut erased) = (0, 0);
    for seal in &mut seals {
        let Some(Json::String(text)) = document.pointer(&seal.at) else { continue };
        let (nature, record, path) = part(entry.subject, &changes, &seal.at);
        let Some(new) = redaction(&Leaf::new(nature, record, text)) else { continue };
        if let Some(place) = document.pointer_mut(&seal.at) {
            *place = Json::String(new);
        }
        // One text may name several people, erased one after the other; its salt goes with the first.
        erased += u32::from(seal.salt.take().is_some());
        replaced += 1;
        let part = match record {
            Some(_) if seal.at.starts_with("/body") => event.clone(),
            Some(record) => format!("changes of {}", record.kind),
            None => "actor".to_owned(),
        };
        count.found(format!("journal: {part} {}", general(&path)), 1);
    }
    if replaced == 0 {
        return None;
    }
    count.journal += erased;
    Some(EntryContent {
        body: document["body"].to_string(),
        changes: entry.changes.as_ref().map(|_| document["changes"].to_string()),
        seals: serde_json::to_string(&seals).ok()?,
        ..entry.clone()
    })
}

/// What a seal's place is part of: the nature of its value, the record, and the path there.
fn part(subject: RecordRef, changes: &[RecordChange], at: &str) -> (Nature, Option<RecordRef>, String) {
    if let Some(path) = at.strip_prefix("/body") {
        return (describe(subject.kind).nature_in_event(path), Some(subject), path.to_owned());
    }
    // `/changes/0/fields/3/new/and/so/on`.
    let steps: Vec<&str> = at.splitn(7, '/').collect();
    let number = |place: usize| steps.get(place).and_then(|step| step.parse::<usize>().ok());
    let change = number(2).and_then(|place| changes.get(place));
    let field = change.and_then(|change| change.fields.get(number(4)?));
    if let (Some(change), Some(field)) = (change, field) {
        let rest = steps.get(6).map(|rest| format!("/{rest}")).unwrap_or_default();
        let path = format!("{}{rest}", field.pointer);
        return (describe(change.record.kind).nature_in_body(&path), Some(change.record), path);
    }
    let path = at.strip_prefix("/actor").unwrap_or(at);
    (nature_in_actor(path), None, path.to_owned())
}

/// A text: JSON, lines of JSON, or anything else, which is one text then. None if there is nothing to replace.
fn text_of(bytes: &[u8], place: &str, redaction: &Redaction<'_>, count: &mut Count) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut found = 0;
    let lines: Vec<String> = text
        .split_inclusive('\n')
        .map(|line| {
            let body = line.trim_end_matches(['\n', '\r']);
            let new = if let Ok(mut value) = serde_json::from_str::<Json>(body) {
                let leaf = |_: &str, text: &str| redaction(&Leaf::unknown(text));
                let places = replace(&mut value, &leaf);
                found += times(&places);
                (!places.is_empty()).then(|| value.to_string())
            } else {
                let new = redaction(&Leaf::unknown(body));
                found += u32::from(new.is_some());
                new
            };
            new.map_or_else(|| line.to_owned(), |new| new + &line[body.len()..])
        })
        .collect();
    (found > 0).then(|| {
        count.values += found;
        count.found(place.to_owned(), found);
        lines.concat().into_bytes()
    })
}

/// Replaces the texts inside a value and says where, with list places as `*`.
fn replace(value: &mut Json, leaf: &dyn Fn(&str, &str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    replace_at(value, &mut String::new(), leaf, &mut found);
    found
}

fn replace_at(
    value: &mut Json,
    pointer: &mut String,
    leaf: &dyn Fn(&str, &str) -> Option<String>,
    found: &mut Vec<String>,
) {
    let length = pointer.len();
    match value {
        Json::String(text) => {
            if let Some(new) = leaf(pointer, text) {
                *text = new;
                found.push(general(pointer));
            }
        }
        Json::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                pointer.push('/');
                pointer.push_str(&place.to_string());
                replace_at(item, pointer, leaf, found);
                pointer.truncate(length);
            }
        }
        Json::Object(fields) => {
            for (name, item) in fields {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                replace_at(item, pointer, leaf, found);
                pointer.truncate(length);
            }
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// The path with `*` for each place in a list.
fn general(path: &str) -> String {
    let steps = path.split('/').map(|step| if step.parse::<usize>().is_ok() { "*" } else { step });
    steps.collect::<Vec<_>>().join("/")
}

fn times(places: &[String]) -> u32 {
    u32::try_from(places.len()).unwrap_or(u32::MAX)
}
