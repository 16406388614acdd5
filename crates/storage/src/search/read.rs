//! The typed read: hits with what a person recognises them by.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::place::Place;
use uuid::Uuid;

use super::excerpt::{excerpt, occurring};
use super::text::{lenders, texts};
use super::{Hit, Hits, MOST_HITS, RawHits, RawSearch, Search, SearchCursor, Words};
use crate::catalogue::{self, KindDescription, SearchRole, describe};
use crate::{ProgrammeStore, RawBody, ReadError, Record as _};

/// Bodies by id.
type Bodies = BTreeMap<Uuid, RawBody>;

impl ProgrammeStore {
    /// Searches the names, titles and notes of the programme.
    ///
    /// # Errors
    ///
    /// [`ReadError`]; of those, [`ReadError::Cursor`] for a cursor that belongs to another search.
    pub async fn search(&self, search: &Search) -> Result<Hits, ReadError> {
        let wanted = |kind: &&&KindDescription| {
            kind.is_searched() && (search.kinds.is_empty() || search.kinds.contains(&kind.kind))
        };
        let mut kinds = catalogue::ALL.iter().filter(wanted).peekable();
        let mut after = None;
        if let Some(cursor) = &search.after {
            while kinds.next_if(|kind| kind.kind != cursor.kind).is_some() {}
            if kinds.peek().is_none() {
                return Err(ReadError::Cursor);
            }
            after.clone_from(&cursor.after);
        }
        let most = search.limit.clamp(1, MOST_HITS) as usize;
        let mut found = Hits { hits: Vec::new(), next: None };
        let mut room = most;
        for kind in kinds {
            let limit = u32::try_from(room.max(1)).unwrap_or(MOST_HITS);
            let raw = RawSearch { kind: kind.kind, words: search.words.clone(), after: after.take(), limit };
            let RawHits { ids, next } = self.store().search(self.realm(), raw).await?;
            if room == 0 {
                // The page is full; whether there is another depends on whether anything is left.
                if !ids.is_empty() {
                    found.next = Some(SearchCursor { kind: kind.kind, after: None });
                    break;
                }
                continue;
            }
            room = room.saturating_sub(ids.len());
            found.hits.extend(self.hits(kind, &ids, &search.words).await?);
            if next.is_some() {
                found.next = Some(SearchCursor { kind: kind.kind, after: next });
                break;
            }
        }
        Ok(found)
    }

    /// What was found, without what is gone meanwhile.
    async fn hits(
        &self,
        description: &KindDescription,
        ids: &[Uuid],
        asked: &Words,
    ) -> Result<Vec<Hit>, ReadError> {
        let bodies = self.bodies(description.kind, ids.to_vec()).await?;
        let parsed: BTreeMap<Uuid, Json> = bodies.iter().map(|(id, body)| (*id, parse(body))).collect();
        let mut others: BTreeMap<RecordKind, Vec<Uuid>> = BTreeMap::new();
        for lender in parsed.values().flat_map(|body| lenders(description, body)) {
            others.entry(lender.kind).or_default().push(lender.id);
        }
        let mut lent: BTreeMap<RecordRef, RawBody> = BTreeMap::new();
        for (kind, mut ids) in others {
            ids.sort_unstable();
            ids.dedup();
            let bodies = self.bodies(kind, ids).await?;
            lent.extend(bodies.into_iter().map(|(id, body)| (RecordRef { kind, id }, body)));
        }
        let hit = |id: &Uuid| {
            let record = RecordRef { kind: description.kind, id: *id };
            let (raw, body) = (bodies.get(id)?, parsed.get(id)?);
            let lenders: Vec<(RecordRef, &RawBody)> = lenders(description, body)
                .into_iter()
                .filter_map(|lender| Some((lender, lent.get(&lender)?)))
                .collect();
            let mut title = title(record, raw, body);
            if title.is_empty() {
                let titles = lenders.iter().map(|(lender, raw)| self::title(*lender, raw, &parse(raw)));
                title = titles.collect::<Vec<_>>().join(" – ");
            }
            Some(Hit { record, title, excerpt: best_excerpt(description, body, &lenders, asked) })
        };
        Ok(ids.iter().filter_map(hit).collect())
    }

    async fn bodies(&self, kind: RecordKind, ids: Vec<Uuid>) -> Result<Bodies, ReadError> {
        let stored = self.store().get_many(self.realm(), kind, ids).await?;
        Ok(stored.into_iter().map(|stored| (stored.id, stored.body)).collect())
    }
}

fn best_excerpt(
    description: &KindDescription,
    body: &Json,
    lenders: &[(RecordRef, &RawBody)],
    asked: &Words,
) -> Vec<super::Piece> {
    let own = texts(description, body);
    let own = || own.iter().map(|(_, text)| *text);
    let lent: Vec<(&KindDescription, Json)> =
        lenders.iter().map(|(lender, raw)| (describe(lender.kind), parse(raw))).collect();
    let lent: Vec<&str> =
        lent.iter().flat_map(|(description, body)| texts(description, body)).map(|(_, text)| text).collect();
    if occurring(lent.iter().copied(), asked) > occurring(own(), asked) {
        excerpt(lent.into_iter(), asked)
    } else {
        excerpt(own(), asked)
    }
}

/// What a record is called; empty if it has no name of its own.
fn title(record: RecordRef, raw: &RawBody, body: &Json) -> String {
    if record.kind == RecordKind::Place
        && let Ok(place) = Place::from_body(raw)
    {
        return place.display_name().as_str().to_owned();
    }
    let texts = texts(describe(record.kind), body);
    let name = texts.iter().find(|(role, _)| *role == SearchRole::Name);
    name.map(|(_, text)| (*text).to_owned()).unwrap_or_default()
}

fn parse(body: &RawBody) -> Json {
    serde_json::from_str(&body.json).unwrap_or_default()
}
