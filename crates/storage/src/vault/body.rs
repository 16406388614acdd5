//! Sensitive fields inside bodies: found by the catalogue, encrypted and decrypted one by one.
//!
//! An encrypted field is a text: `sealed:1:`, the number of the data key, `:`, nonce and ciphertext in hexadecimal digits. It is
//! bound to its programme, its record and its place in the record, so that it cannot be moved.

use serde_json::Value as Json;
use sister_cities_domain::id::{RecordKind, RecordRef};
use sister_cities_domain::privacy::DataClass;

use super::key::{CannotSeal, DataKey, NONCE_BYTES, from_hex};
use crate::Realm;
use crate::catalogue::{Field, KindDescription, describe};

/// Is given where a sensitive text stands and what it is; answers what to replace it by.
type Visit<'a> = dyn FnMut(&str, &str) -> Result<Option<String>, CannotSeal> + 'a;

/// How long an encrypted text is at least, in bytes: nonce and tag.
const LEAST: usize = NONCE_BYTES + 16;
/// What an encrypted field begins with.
const PREFIX: &str = "sealed:1:";

/// Whether bodies of that kind can have sensitive fields.
pub(crate) fn has_sensitive(kind: &KindDescription) -> bool {
    kind.body_fields().any(|field| field.class == DataClass::Sensitive)
}

/// Whether such a body may hold a sensitive value; a cheap look before the body is read.
fn may_hold(kind: &KindDescription, json: &str) -> bool {
    let names = |field: &&Field| {
        let name = field.path.rsplit('/').find(|step| !step.starts_with('*')).unwrap_or_default();
        json.contains(&format!("\"{name}\""))
    };
    kind.body_fields().filter(|field| field.class == DataClass::Sensitive).any(|field| names(&field))
}

/// The first sensitive value of a body that is not encrypted, by where it is.
pub(crate) fn first_plain(record: RecordRef, json: &str) -> Option<String> {
    let kind = describe(record.kind);
    if !may_hold(kind, json) {
        return None;
    }
    let mut value: Json = serde_json::from_str(json).ok()?;
    let mut plain = None;
    let look = &mut |pointer: &str, text: &str| -> Result<Option<String>, CannotSeal> {
        if envelope(text).is_none_or(|(_, sealed)| sealed.len() < LEAST) {
            plain.get_or_insert(pointer.to_owned());
        }
        Ok(None)
    };
    let looked = each(kind, &mut value, &mut String::new(), look);
    looked.ok().and(plain)
}

/// Whether a body holds a sensitive value, encrypted or not.
pub(super) fn holds_any(record: RecordRef, json: &str) -> bool {
    let mut found = false;
    let looked = change(record, json, &mut |_, _| {
        found = true;
        Ok(None)
    });
    looked.is_ok() && found
}

/// The numbers of the keys under which values of a body are encrypted.
pub(super) fn keys_used(record: RecordRef, json: &str) -> Vec<u32> {
    let kind = describe(record.kind);
    let mut numbers = Vec::new();
    if may_hold(kind, json)
        && let Ok(mut value) = serde_json::from_str::<Json>(json)
    {
        let look = &mut |_: &str, text: &str| -> Result<Option<String>, CannotSeal> {
            numbers.extend(envelope(text).map(|(number, _)| number));
            Ok(None)
        };
        // Looking fails at nothing.
        let _ = each(kind, &mut value, &mut String::new(), look);
    }
    numbers
}

/// Encrypts the sensitive values of a body; none if it has none.
pub(super) fn seal(
    realm: Realm,
    record: RecordRef,
    json: &str,
    key: (u32, &DataKey),
) -> Result<Option<String>, CannotSeal> {
    change(record, json, &mut |pointer, text| {
        let sealed = key.1.seal(text, &place(realm, record, pointer))?;
        let digits: String =
            sealed.iter().fold(String::new(), |digits, byte| digits + &format!("{byte:02x}"));
        Ok(Some(format!("{PREFIX}{}:{digits}", key.0)))
    })
}

/// A body with a word in the place of each sensitive value, encrypted or not, for who needs the rest.
pub(crate) fn without_sensitive(kind: RecordKind, json: &str) -> Result<String, String> {
    let kind = describe(kind);
    if !may_hold(kind, json) {
        return Ok(json.to_owned());
    }
    let mut value: Json = serde_json::from_str(json).map_err(|error| error.to_string())?;
    // Leaving out fails at nothing.
    let _ = each(kind, &mut value, &mut String::new(), &mut |_, _| Ok(Some("sealed".to_owned())));
    Ok(value.to_string())
}

/// Decrypts the encrypted values of a body; none if it has none. What cannot be decrypted is an error; what is no encrypted value,
/// as what was removed, stays as it is.
pub(super) fn open<'a>(
    realm: Realm,
    record: RecordRef,
    json: &str,
    key: &dyn Fn(u32) -> Option<&'a DataKey>,
) -> Result<Option<String>, CannotSeal> {
    change(record, json, &mut |pointer, text| {
        let Some((number, sealed)) = envelope(text) else { return Ok(None) };
        let opened = key(number).and_then(|key| key.open(&sealed, &place(realm, record, pointer)));
        opened.map(Some).ok_or(CannotSeal)
    })
}

/// Replaces sensitive values; none if nothing was replaced.
fn change(record: RecordRef, json: &str, replace: &mut Visit<'_>) -> Result<Option<String>, CannotSeal> {
    let kind = describe(record.kind);
    if !may_hold(kind, json) {
        return Ok(None);
    }
    let Ok(mut value) = serde_json::from_str::<Json>(json) else { return Ok(None) };
    let changed = each(kind, &mut value, &mut String::new(), replace)?;
    Ok(changed.then(|| value.to_string()))
}

/// Visits each sensitive text; says whether any was replaced.
fn each(
    kind: &KindDescription,
    value: &mut Json,
    pointer: &mut String,
    visit: &mut Visit<'_>,
) -> Result<bool, CannotSeal> {
    let length = pointer.len();
    let mut changed = false;
    match value {
        Json::String(text) => {
            if kind.nature_in_body(pointer).class == DataClass::Sensitive
                && let Some(new) = visit(pointer, text)?
            {
                *text = new;
                changed = true;
            }
        }
        Json::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                pointer.push('/');
                pointer.push_str(&place.to_string());
                changed |= each(kind, item, pointer, visit)?;
                pointer.truncate(length);
            }
        }
        Json::Object(fields) => {
            for (name, item) in fields {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                changed |= each(kind, item, pointer, visit)?;
                pointer.truncate(length);
            }
        }
        // Sensitive fields are texts; a test holds the catalogue to it.
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
    Ok(changed)
}

/// The key number and the bytes of an encrypted field.
fn envelope(text: &str) -> Option<(u32, Vec<u8>)> {
    let (number, digits) = text.strip_prefix(PREFIX)?.split_once(':')?;
    Some((number.parse().ok()?, from_hex(digits)?))
}

fn place(realm: Realm, record: RecordRef, pointer: &str) -> Vec<u8> {
    [
        realm.uuid().as_bytes().as_slice(),
        record.kind.as_str().as_bytes(),
        b"\0",
        record.id.as_bytes(),
        pointer.as_bytes(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn record(id: u128) -> RecordRef {
        RecordRef { kind: RecordKind::Engagement, id: Uuid::from_u128(id) }
    }

    proptest! {
        #[test]
        fn what_was_encrypted_is_read_back_and_only_in_its_place(text in ".{1,40}", other in 2..9_u128) {
            let (key, realm) = (DataKey::random().expect("a key"), Realm::Installation);
            let body = serde_json::json!({"care": text, "title": "plain"}).to_string();
            let sealed = seal(realm, record(1), &body, (3, &key)).expect("sealed").expect("a sensitive field");
            prop_assert!(sealed.contains("sealed:1:3:") && sealed.contains("plain"));
            prop_assert_eq!(first_plain(record(1), &sealed), None);
            prop_assert_eq!(first_plain(record(1), &body), Some("/care".to_owned()));
            prop_assert_eq!(keys_used(record(1), &sealed), vec![3]);
            let keys = |number| (number == 3).then_some(&key);
            let opened = open(realm, record(1), &sealed, &keys).expect("opened").expect("a sensitive field");
            prop_assert_eq!(serde_json::from_str::<Json>(&opened).ok(), serde_json::from_str::<Json>(&body).ok());
            prop_assert_eq!(open(realm, record(other), &sealed, &keys), Err(CannotSeal), "moved to another record");
            prop_assert_eq!(open(realm, record(1), &sealed, &|_| None), Err(CannotSeal), "the key is gone");
            let again = seal(realm, record(1), &body, (3, &key)).expect("sealed");
            prop_assert_eq!(again, Some(sealed), "the same once more, so that a difference is one");
        }
    }

    #[test]
    fn no_change_of_an_encrypted_value_goes_unnoticed() {
        let (key, realm) = (DataKey::random().expect("a key"), Realm::Installation);
        let body = serde_json::json!({"care": "no nuts"}).to_string();
        let sealed = seal(realm, record(1), &body, (1, &key)).expect("sealed").expect("a sensitive field");
        let from = sealed.find("sealed:1:1:").expect("the field") + "sealed:1:1:".len();
        for at in from..sealed.len() - 2 {
            let digit = if &sealed[at..=at] == "0" { "1" } else { "0" };
            let mut forged = sealed.clone();
            forged.replace_range(at..=at, digit);
            assert_eq!(open(realm, record(1), &forged, &|_| Some(&key)), Err(CannotSeal), "{at}");
        }
    }
}
