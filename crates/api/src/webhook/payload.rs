//! What a webhook tells: which event happened to which record, and where to read about it. Ids and links, nothing of a person (R23).

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::event::Event;
use sister_cities_domain::id::{EventId, ProgrammeId, RecordKind, RecordRef};
use sister_cities_domain::webhook::PayloadVersion;

use crate::journal::ReadHistory;
use crate::{Endpoint as _, EndpointInfo, registry};

/// A payload has at most this many bytes.
pub const PAYLOAD_LIMIT: usize = 20_000;

/// What happened: the body of a webhook. Whoever wants to know more reads the record with a token of theirs, and sees what that may see.
///
/// Receivers must ignore fields that they do not know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WebhookEvent {
    /// The name of the event, such as `partnership.suspended`; `webhook_endpoint.pinged` tries whether messages arrive.
    #[serde(rename = "type")]
    pub name: String,
    /// When it was committed, not when it was sent.
    pub timestamp: DateTime<Utc>,
    /// The version of the payload, which the endpoint asked for: `1`.
    pub version: String,
    /// Which record it happened to.
    pub data: WebhookData,
}

/// Which record an event happened to. Ids and links, nothing else.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WebhookData {
    /// The id that the journal gave the event.
    pub id: EventId,
    /// In which programme it happened.
    pub programme: ProgrammeId,
    /// The record that it happened to.
    pub subject: RecordRef,
    /// Where to read about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<WebhookLinks>,
}

/// Where to read about an event. Reading needs a token.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct WebhookLinks {
    /// The record as it is now; absent for kinds that cannot be read one by one.
    pub subject: Option<String>,
    /// All that happened to the record.
    pub history: String,
}

impl WebhookEvent {
    /// What is told of an event; `None` for one of no programme. Links begin with `base_url`, the configured address of the server.
    #[must_use]
    pub fn of(event: &Event, base_url: &str) -> Option<Self> {
        // The body of the event holds what was said: prose, names of people. All that is taken of it is its name.
        let Event { id, programme, at, actor: _, subject, body } = event;
        let programme = (*programme)?;
        Some(Self::told(body.name(), *at, *id, programme, *subject, base_url))
    }

    fn told(
        name: &str,
        timestamp: DateTime<Utc>,
        id: EventId,
        programme: ProgrammeId,
        subject: RecordRef,
        base_url: &str,
    ) -> Self {
        let links = Some(WebhookLinks::to(base_url, programme, subject));
        let version = PayloadVersion::V1.to_string();
        Self {
            name: name.to_owned(),
            timestamp,
            version,
            data: WebhookData { id, programme, subject, links },
        }
    }

    /// The bytes that are signed and sent.
    ///
    /// # Panics
    ///
    /// Never: names, times and ids are written as JSON whatever they are.
    #[must_use]
    pub fn to_body(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("names, numbers and text are JSON")
    }
}

impl WebhookLinks {
    pub(crate) fn to(base_url: &str, programme: ProgrammeId, subject: RecordRef) -> Self {
        let base = base_url.trim_end_matches('/');
        let filled = |path: &str| {
            let path = path.replace("{programme}", &programme.to_string());
            match path.split_once('{') {
                Some((before, _)) => format!("{base}{before}{subject}"),
                None => format!("{base}{path}"),
            }
        };
        let record = record_path(subject.kind).map(&filled);
        Self { subject: record, history: filled(ReadHistory::PATH) }
    }
}

/// The path under which records of a kind are read one by one: that of the endpoint whose last parameter is such an id.
fn record_path(kind: RecordKind) -> Option<&'static str> {
    static PATHS: LazyLock<Vec<(RecordKind, &'static str)>> = LazyLock::new(|| {
        let endpoints = registry();
        let path_of = |kind: RecordKind| {
            let prefix = format!("{}_", kind.prefix());
            let reads = |endpoint: &&EndpointInfo| {
                let last = endpoint.path_parameters.last();
                endpoint.method == http::Method::GET
                    && endpoint.path.ends_with('}')
                    && endpoint.path_parameters.first().is_some_and(|first| first.name == "programme")
                    && last.is_some_and(|last| last.shape.example.starts_with(&prefix))
                    && endpoint.path != ReadHistory::PATH
            };
            endpoints.iter().find(reads).map(|endpoint| (kind, endpoint.path))
        };
        RecordKind::ALL.into_iter().filter_map(path_of).collect()
    });
    PATHS.iter().find(|(known, _)| *known == kind).map(|(_, path)| *path)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ids and links only: whatever a payload says is one of its own few fields (R23).
    #[test]
    fn r23_a_payload_holds_ids_and_links_and_links_lead_to_the_record() {
        let programme = "prg_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
        let id: EventId = "evt_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
        let at = "2026-11-30T09:00:00Z".parse().expect("a time");
        let subject: RecordRef = "prt_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
        let told =
            WebhookEvent::told("partnership.suspended", at, id, programme, subject, "https://desk.example/");
        let body: serde_json::Value = serde_json::from_slice(&told.to_body()).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({
                "type": "partnership.suspended",
                "timestamp": "2026-11-30T09:00:00Z",
                "version": "1",
                "data": {
                    "id": id,
                    "programme": programme,
                    "subject": subject,
                    "links": {
                        "subject": format!("https://desk.example/v1/programmes/{programme}/partnerships/{subject}"),
                        "history": format!("https://desk.example/v1/programmes/{programme}/history/{subject}"),
                    },
                },
            })
        );
        assert!(told.to_body().len() < PAYLOAD_LIMIT);
        assert_eq!(record_path(RecordKind::Programme), Some("/v1/programmes/{programme}"));
        assert_eq!(record_path(RecordKind::DueResponse), None, "due items are only listed");
        let unread: Vec<_> =
            RecordKind::ALL.into_iter().filter(|kind| record_path(*kind).is_none()).collect();
        assert_eq!(unread, [RecordKind::Token, RecordKind::DueResponse]);
    }
}
