//! Knows whether a record is as a change meant to make it: after the answer was lost, that tells one's own write from another's.

use http::Method;
use schemars::SchemaGenerator;
use serde_json::{Map, Value};
use sister_cities_api::{Endpoint, JSON_MEDIA_TYPE, RequestBody, decode_reply};

/// Whether `record`, read where `E` writes, is what sending `sent` leaves behind. `false` where it cannot be told: there is no
/// body, it is no JSON, or the record is shown in another form than `E` answers with.
pub(crate) fn is_as_sent<E: Endpoint>(record: &[u8], sent: &[u8]) -> bool {
    decode_reply::<E>(record).is_ok() && read_as_body::<E>(record, sent).is_some_and(|same| same)
}

fn read_as_body<E: Endpoint>(record: &[u8], sent: &[u8]) -> Option<bool> {
    let record: Map<String, Value> = serde_json::from_slice(record).ok()?;
    let sent: Map<String, Value> = serde_json::from_slice(sent).ok()?;
    let same = if E::METHOD == Method::PATCH {
        // What is not named stays as it was, and `null` takes away.
        sent.iter().all(|(name, value)| record.get(name).unwrap_or(&Value::Null) == value)
    } else {
        // What is not named is taken away, so fields that were not sent count as well.
        let known = fields::<E::Body>()?;
        let fields = record.into_iter().filter(|(name, _)| known.contains(name));
        written::<E::Body>(&fields.collect())? == Value::Object(sent)
    };
    Some(same)
}

/// The names of the fields that the body may have.
fn fields<B: RequestBody>() -> Option<Vec<String>> {
    let mut generator = SchemaGenerator::default();
    let schema = B::schema(&mut generator)?;
    let referred = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
    let properties = match referred {
        Some(name) => generator.definitions().get(name)?.get("properties")?,
        None => schema.get("properties")?,
    };
    Some(properties.as_object()?.keys().cloned().collect())
}

/// These fields as the body writes them: without those that are empty.
fn written<B: RequestBody>(fields: &Map<String, Value>) -> Option<Value> {
    let body = B::decode(Some(JSON_MEDIA_TYPE), serde_json::to_vec(fields).ok()?).ok()?;
    serde_json::from_slice(&body.encode().ok()??.bytes).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_api::partnership::ChangePartnership;
    use sister_cities_api::place::ReplacePlace;

    use super::*;

    fn record() -> Value {
        json!({
            "id": "plc_01h455vb4pex5vsknk084sn02q", "revision": 8, "display_name": "Kyiv", "level": "city", "country": "UA",
            "names": [{ "text": "Kyiv", "role": "official" }], "external_ids": {}, "identity": "unresolved",
        })
    }

    fn placed(record: &Value, sent: &Value) -> bool {
        is_as_sent::<ReplacePlace>(record.to_string().as_bytes(), sent.to_string().as_bytes())
    }

    #[test]
    fn a_record_that_was_replaced_is_recognised_by_all_the_fields_of_the_body() {
        let sent = json!({
            "names": [{ "text": "Kyiv", "role": "official" }], "level": "city", "country": "UA", "external_ids": {},
            "identity": "unresolved",
        });
        assert!(placed(&record(), &sent));
        let mut named_otherwise = record();
        named_otherwise["names"][0]["text"] = json!("Kyjiw");
        assert!(!placed(&named_otherwise, &sent));
    }

    #[test]
    fn a_field_that_was_not_sent_and_is_there_is_somebody_elses() {
        let sent = json!({
            "names": [{ "text": "Kyiv", "role": "official" }], "level": "city", "country": "UA", "external_ids": {},
            "identity": "unresolved",
        });
        let mut with_a_zone = record();
        with_a_zone["zone"] = json!("Europe/Kyiv");
        assert!(!placed(&with_a_zone, &sent));
    }

    #[cfg(feature = "test-util")]
    #[test]
    fn of_a_record_that_was_changed_only_what_was_sent_counts() {
        let record = serde_json::to_vec(&crate::test_util::partnership("Kyiv", "Chicago")).expect("JSON");
        assert!(is_as_sent::<ChangePartnership>(&record, br#"{"since":"1956","notes":null}"#));
        assert!(!is_as_sent::<ChangePartnership>(&record, br#"{"since":"1957"}"#));
    }

    #[test]
    fn what_is_no_record_is_not_recognised() {
        assert!(!is_as_sent::<ReplacePlace>(b"", b"{}"));
        assert!(!is_as_sent::<ReplacePlace>(b"{\"id\":1}", b"{}"));
        assert!(!is_as_sent::<ChangePartnership>(b"[]", b""));
    }
}
