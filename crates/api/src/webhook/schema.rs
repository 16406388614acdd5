//! The JSON Schemas of what webhooks tell: one for each class of events, from the declarations of the events.

use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use sister_cities_domain::event::EventBody;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::value::{NamedEnum as _, TextForm as _};
use sister_cities_domain::webhook::PayloadVersion;

use super::payload::WebhookEvent;

/// The class of the events that can happen to a record of any kind.
const OF_ANY_RECORD: &str = "privacy";

/// The events that webhooks can tell, in classes by what they happen to.
fn classes() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    EventBody::NAMES.iter().map(|names| {
        let mut words = names.iter().map(|name| name.split_once('.').map_or(*name, |(word, _)| word));
        let first = words.next().unwrap_or(OF_ANY_RECORD);
        (if words.all(|word| word == first) { first } else { OF_ANY_RECORD }, *names)
    })
}

/// The JSON Schema (2020-12) of what is told of each class of events, by the name of the class and the version.
#[must_use]
pub fn webhook_schemas() -> BTreeMap<(&'static str, PayloadVersion), Value> {
    let version = PayloadVersion::V1;
    classes().map(|(class, names)| ((class, version), schema(class, names, version))).collect()
}

fn schema(class: &str, names: &[&str], version: PayloadVersion) -> Value {
    let generator = SchemaSettings::draft2020_12().with(|settings| settings.inline_subschemas = true);
    let mut schema = generator.into_generator().into_root_schema_for::<WebhookEvent>().to_value();
    schema["$id"] = json!(format!("urn:sister-cities:webhook:{class}:{version}"));
    schema["title"] = json!(format!("What a webhook tells of {class}, version {version}"));
    schema["properties"]["type"]["enum"] = json!(names);
    schema["properties"]["version"]["const"] = json!(version);
    let shape = RecordRef::SHAPE.schema();
    let subject = &mut schema["properties"]["data"]["properties"]["subject"];
    if let Some(kind) = RecordKind::from_name(class) {
        // That of any record, which begins with the prefixes of all kinds in brackets.
        let any = shape.get("pattern").and_then(Value::as_str).unwrap_or_default();
        let rest = any.split_once(')').map_or(any, |(_, rest)| rest);
        subject["pattern"] = json!(format!("^{}{rest}", kind.prefix()));
        if let Some(subject) = subject.as_object_mut() {
            subject.remove("examples");
        }
    }
    schema
}

/// The `webhooks` of the OpenAPI document: what the server sends, and what it makes of an answer.
pub(crate) fn openapi_webhooks() -> Value {
    let described = |((class, version), mut schema): ((&str, PayloadVersion), Value)| {
        if let Some(members) = schema.as_object_mut() {
            members.remove("$schema");
        }
        let text = |description: &str| json!({ "description": description });
        let header = |name: &str, description: &str| json!({ "name": name, "in": "header", "required": true, "description": description, "schema": { "type": "string" } });
        let post = json!({
            "operationId": format!("told_of_{class}"),
            "summary": format!("Tells what happened: {class}."),
            "description": format!(
                "Version {version}. Signed by the Standard Webhooks specification; sent at least once, in no promised order. \
                 Ids and links only: read the record with a token of your own."
            ),
            "tags": ["webhook"],
            "security": [],
            "parameters": [
                header("webhook-id", "The id of the delivery, the same at each attempt: drop what you have already."),
                header("webhook-timestamp", "When the attempt was made, in seconds since 1970; refuse what is five minutes off."),
                header("webhook-signature", "`v1,` and the signature in base64; two of them, with a space between, while a secret is rotated."),
            ],
            "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } },
            "responses": {
                "2XX": text("Taken. It is not sent again."),
                "410": text("Never send anything here again: the endpoint is disabled."),
                "429": text("Later: a Retry-After is heeded."),
                "4XX": text("Refused: it is not sent again by itself."),
                "5XX": text("It is sent again by the published schedule."),
            },
        });
        (class.to_owned(), json!({ "post": post }))
    };
    Value::Object(webhook_schemas().into_iter().map(described).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use sister_cities_domain::access::Actor;
    use sister_cities_domain::event::Event;
    use sister_cities_domain::id::{EventId, ProgrammeId, SeededIds};
    use sister_cities_domain::value::Name;

    use super::*;

    const BASE: &str = "https://desk.example";

    /// One event of every name, with all its facts: names of people, prose, amounts.
    fn all_events() -> Vec<(Value, EventBody)> {
        let golden = sister_cities_domain::stored_forms::EVENT_BODIES;
        let told: Vec<Value> = serde_json::from_str(golden).expect("events");
        let read = |body: &Value| {
            serde_json::from_value(body.clone()).unwrap_or_else(|error| panic!("{error}: {body}"))
        };
        told.into_iter().map(|body| (body.clone(), read(&body))).collect()
    }

    fn texts(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            Value::Object(members) => members.values().for_each(|member| texts(member, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn members(value: &Value, at: &str, found: &mut Vec<String>) {
        if let Value::Object(members_of) = value {
            for (name, member) in members_of {
                let here = format!("{at}/{name}");
                members(member, &here, found);
                found.push(here);
            }
        }
    }

    /// R23: whatever an event holds, of it only its name is told; the rest are ids, the time, and links made of ids.
    #[test]
    fn r23_no_event_can_put_anything_of_a_person_into_a_payload() {
        let ids = SeededIds::new(1);
        let (programme, at): (_, DateTime<Utc>) =
            (ProgrammeId::next(&ids), "2026-11-30T09:00:00Z".parse().expect("a time"));
        let subject: RecordRef = "per_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
        let actor = Actor::Person { name: Name::new("Iwanna Muster").expect("a name") };
        let allowed = [
            "/type",
            "/timestamp",
            "/version",
            "/data",
            "/data/id",
            "/data/programme",
            "/data/subject",
            "/data/links",
            "/data/links/subject",
            "/data/links/history",
        ];
        let mut seen = std::collections::BTreeSet::new();
        for (told, body) in all_events() {
            let name = body.name();
            let event = Event {
                id: EventId::next(&ids),
                programme: Some(programme),
                at,
                actor: actor.clone(),
                subject,
                body,
            };
            let payload = WebhookEvent::of(&event, BASE).expect("of a programme");
            let json = serde_json::to_value(&payload).expect("JSON");
            let mut pointers = Vec::new();
            members(&json, "", &mut pointers);
            assert!(pointers.iter().all(|pointer| allowed.contains(&pointer.as_str())), "{pointers:?}");
            let known = [
                name.to_owned(),
                "1".to_owned(),
                programme.to_string(),
                subject.to_string(),
                event.id.to_string(),
                "2026-11-30T09:00:00Z".to_owned(),
            ];
            let mut said = Vec::new();
            texts(&json, &mut said);
            let link = |text: &String| {
                text.strip_prefix(BASE).is_some_and(|path| {
                    path.split('/').all(|part| {
                        known.iter().any(|id| id == part)
                            || ["", "v1", "programmes", "persons", "history"].contains(&part)
                    })
                })
            };
            assert!(said.iter().all(|text| known.contains(text) || link(text)), "{told}: {json}");
            assert!(payload.to_body().len() < super::super::PAYLOAD_LIMIT);
            seen.insert(name);
        }
        let all: std::collections::BTreeSet<&str> =
            EventBody::NAMES.iter().flat_map(|names| names.iter().copied()).collect();
        assert_eq!(seen, all, "an event without a sample");
    }

    #[test]
    fn every_event_stands_in_the_schema_of_its_class_alone() {
        let schemas = webhook_schemas();
        for name in EventBody::NAMES.iter().flat_map(|names| names.iter()) {
            let holds = |schema: &&Value| {
                schema["properties"]["type"]["enum"]
                    .as_array()
                    .is_some_and(|names| names.contains(&json!(name)))
            };
            assert_eq!(schemas.values().filter(holds).count(), 1, "{name}");
        }
        assert_eq!(schemas.len(), EventBody::NAMES.len(), "two classes of one name");
        let partnership = &schemas[&("partnership", PayloadVersion::V1)];
        assert_eq!(
            partnership["properties"]["data"]["properties"]["subject"]["pattern"],
            "^prt_[0-7][0-9a-hjkmnp-tv-z]{25}$"
        );
        assert_eq!(partnership["properties"]["version"]["const"], "1");
    }
}
