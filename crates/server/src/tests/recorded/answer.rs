//! Compares an answer with the one before, but for what a server makes up.

use std::collections::BTreeMap;

use serde_json::Value;

/// What a server made up then, and what this one made up in its place.
#[derive(Debug, Default)]
pub(super) struct MadeUp(BTreeMap<String, String>);

/// Fields and headers whose value a server makes up.
const MADE_UP: [&str; 3] = ["next_cursor", "secret", "path"];

impl MadeUp {
    /// The text, with what this server made up in place of what was made up then.
    pub(super) fn now(&self, text: &str) -> String {
        let mut now = text.to_owned();
        // The longest first, as a link holds ids.
        let mut known: Vec<_> = self.0.iter().collect();
        known.sort_by_key(|(then, _)| std::cmp::Reverse(then.len()));
        for (then, made) in known {
            if now.contains(then.as_str()) {
                now = now.replace(then.as_str(), made);
            }
        }
        now
    }

    /// Compares a value of that name, and learns what was made up.
    ///
    /// What is there now and was not before is new, and no difference.
    pub(super) fn compare(&mut self, name: &str, before: &Value, now: &Value) -> Result<(), String> {
        let differs = || Err(format!("{name}: {before} became {now}"));
        match (before, now) {
            (Value::Object(before), Value::Object(now)) => {
                // A problem is told by its type; its words are not promised.
                let is_problem =
                    before.get("type").and_then(Value::as_str).is_some_and(|it| it.starts_with("urn:"));
                for (name, before) in before {
                    if !is_problem || name == "type" || name == "status" {
                        self.compare(name, before, now.get(name).unwrap_or(&Value::Null))?;
                    }
                }
                Ok(())
            }
            (Value::Array(before), Value::Array(now)) if before.len() == now.len() => {
                before.iter().zip(now).try_for_each(|(before, now)| self.compare(name, before, now))
            }
            (Value::String(before), Value::String(now)) => {
                if self.now(before) == *now {
                    Ok(())
                } else if (is_id(before) && is_id(now))
                    || (is_hash(before) && is_hash(now))
                    || MADE_UP.contains(&name)
                {
                    self.0.insert(before.clone(), now.clone());
                    Ok(())
                } else {
                    differs()
                }
            }
            _ if before == now => Ok(()),
            _ => differs(),
        }
    }
}

/// Whether a text is an id: its kind in three letters, and 26 letters and digits.
fn is_id(text: &str) -> bool {
    text.split_once('_').is_some_and(|(kind, rest)| {
        kind.len() == 3 && rest.len() == 26 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether a text is a SHA-256 in hexadecimal, as of the form in which a record is stored.
fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn more_may_be_said_but_nothing_else() {
    let mut made_up = MadeUp::default();
    let before = serde_json::json!({ "id": "eng_01m8rxrk26e02ra98tq6hebhfh", "title": "A visit", "next_cursor": "WzE9" });
    let mut now = serde_json::json!({ "id": "eng_01m8rxrk26e02ra98tq6hebhfj", "title": "A visit", "next_cursor": "WzI9", "new": 1 });
    assert_eq!(made_up.compare("", &before, &now), Ok(()));
    assert_eq!(
        made_up.now("/x/eng_01m8rxrk26e02ra98tq6hebhfh?cursor=WzE9"),
        "/x/eng_01m8rxrk26e02ra98tq6hebhfj?cursor=WzI9"
    );
    now["title"] = "Another".into();
    assert_eq!(made_up.compare("", &before, &now), Err(r#"title: "A visit" became "Another""#.to_owned()));
    now["title"].take();
    assert!(made_up.compare("", &before, &now).is_err());
    let other = serde_json::json!({ "id": "eng_01m8rxrk26e02ra98tq6hebhfk", "title": "A visit" });
    assert!(made_up.compare("", &before, &other).is_err(), "it was another record");
}
