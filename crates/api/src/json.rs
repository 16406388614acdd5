//! Knows how a JSON body is read: limits first, then the fields, with the place of a fault as a JSON Pointer.

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use crate::body::BodyFault;
use crate::meant::with_hint;
use crate::problem::FieldError;
use crate::strict::Strict;

/// The deepest nesting of arrays and objects that is read.
pub const JSON_DEPTH_LIMIT: usize = 64;
/// The longest array that is read.
pub const JSON_ARRAY_LIMIT: usize = 10_000;

/// Reads a JSON body.
pub(crate) fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, BodyFault> {
    check_limits(bytes)?;
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(Strict(&mut deserializer)).map_err(|error| {
        let path = error.path().clone();
        fault(&path, error.inner())
    })?;
    deserializer.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// Refuses nesting and arrays beyond the limits before anything is built from them. Text that is not JSON passes:
/// the parser says better what is wrong with it.
fn check_limits(bytes: &[u8]) -> Result<(), BodyFault> {
    let mut commas: Vec<usize> = Vec::new();
    let (mut in_text, mut escaped) = (false, false);
    for byte in bytes {
        if in_text {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_text = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_text = true,
            b'[' | b'{' => {
                commas.push(0);
                if commas.len() > JSON_DEPTH_LIMIT {
                    let detail = format!("the JSON is nested deeper than {JSON_DEPTH_LIMIT} levels");
                    return Err(BodyFault::Malformed { detail });
                }
            }
            b']' | b'}' => {
                commas.pop();
            }
            b',' => {
                if let Some(count) = commas.last_mut() {
                    *count += 1;
                    if *count >= JSON_ARRAY_LIMIT {
                        let detail = format!("an array or object holds more than {JSON_ARRAY_LIMIT} members");
                        return Err(BodyFault::Malformed { detail });
                    }
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn fault(path: &Path, error: &serde_json::Error) -> BodyFault {
    match error.classify() {
        Category::Data => BodyFault::Invalid(vec![field_error(path, &message(error))]),
        Category::Io | Category::Syntax | Category::Eof => malformed(error),
    }
}

fn malformed(error: &serde_json::Error) -> BodyFault {
    let detail =
        format!("not valid JSON: {} at line {} column {}", message(error), error.line(), error.column());
    BodyFault::Malformed { detail }
}

/// The error's message without the position that `serde_json` appends.
fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    text.strip_suffix(&position).unwrap_or(&text).to_owned()
}

/// Turns serde's message into place, fault and expectation. serde knows a missing, unknown or doubled field only by
/// its message, and reports it at the object that should hold it.
fn field_error(path: &Path, message: &str) -> FieldError {
    let (detail, expected) = match message.split_once(", expected ") {
        Some((detail, expected)) => (detail, Some(expected)),
        None => (message, None),
    };
    let named = |prefix: &str| detail.strip_prefix(prefix)?.strip_suffix('`');
    let error = if let Some(field) = named("missing field `") {
        FieldError::at_pointer(pointer(path, Some(field)), "is missing")
            .expecting("a value: the field is required")
    } else if let Some(field) = named("unknown field `") {
        // As serde lists them: `title`, `legs` or `arms`.
        let known = expected.unwrap_or_default().split('`').skip(1).step_by(2);
        FieldError::at_pointer(pointer(path, Some(field)), with_hint("there is no such field", field, known))
    } else if let Some(field) = named("duplicate field `") {
        FieldError::at_pointer(pointer(path, Some(field)), "is given more than once")
    } else {
        FieldError::at_pointer(pointer(path, None), detail)
    };
    match expected {
        Some(expected) => error.expecting(plainly(expected).replace('`', "")),
        None => error,
    }
}

/// What was expected, without the names of types of this program.
fn plainly(expected: &str) -> String {
    let word = expected.split(' ').next().unwrap_or_default();
    let is_object = word == "struct" || expected.starts_with("a map") || expected.contains("tagged enum");
    let plain = match word {
        _ if is_object => "an object",
        "enum" | "variant" => "the name of one of its variants",
        "tuple" => "a value",
        "unit" => "null",
        "a" if expected == "a sequence" => "an array",
        _ => return expected.to_owned(),
    };
    plain.to_owned()
}

/// The JSON Pointer (RFC 6901) of a path, with one more member if given.
fn pointer(path: &Path, member: Option<&str>) -> String {
    let escape = |key: &str| key.replace('~', "~0").replace('/', "~1");
    let mut steps: Vec<String> = Vec::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => steps.push(index.to_string()),
            Segment::Map { key } => steps.push(escape(key)),
            Segment::Enum { variant } => steps.push(escape(variant)),
            Segment::Unknown => {}
        }
    }
    // serde reports an unknown field at the field itself, a missing one at its object.
    if let Some(member) = member.map(escape)
        && steps.last() != Some(&member)
    {
        steps.push(member);
    }
    steps.iter().flat_map(|step| ["/", step]).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only the reading is under test")]
    struct Trip {
        title: String,
        legs: Vec<Leg>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Leg {
        people: u32,
    }

    fn invalid(text: &str) -> String {
        match from_slice::<Trip>(text.as_bytes()) {
            Err(BodyFault::Invalid(errors)) => errors.iter().map(ToString::to_string).collect(),
            other => panic!("expected an invalid field, got {other:?}"),
        }
    }

    fn malformed_detail(text: &str) -> String {
        match from_slice::<Trip>(text.as_bytes()) {
            Err(BodyFault::Malformed { detail }) => detail,
            other => panic!("expected malformed JSON, got {other:?}"),
        }
    }

    #[test]
    fn a_fault_names_its_place_what_is_wrong_and_what_would_be_right() {
        assert_eq!(
            invalid(r#"{"title":"x"}"#),
            "/legs: is missing (expected a value: the field is required)"
        );
        assert_eq!(
            invalid(r#"{"title":"x","legs":[],"a/b":1}"#),
            "/a~1b: there is no such field (expected title or legs)"
        );
        assert_eq!(
            invalid(r#"{"titel":"x"}"#),
            "/titel: there is no such field; did you mean title? (expected title or legs)"
        );
        assert_eq!(invalid(r#"{"title":"x","title":"y","legs":[]}"#), "/title: is given more than once");
        assert_eq!(
            invalid(r#"{"title":"x","legs":[{"people":1},{"people":"two"}]}"#),
            "/legs/1/people: invalid type: string \"two\" (expected u32)"
        );
        assert_eq!(
            invalid(r#"{"title":"x","legs":[{}]}"#),
            "/legs/0/people: is missing (expected a value: the field is required)"
        );
    }

    #[test]
    fn a_number_without_a_fraction_is_an_integer_however_it_is_written() {
        for (written, people) in [("1461.0", 1461), ("1.461e3", 1461), ("-0.0", 0), ("7", 7)] {
            let trip: Trip =
                from_slice(format!(r#"{{"title":"x","legs":[{{"people":{written}}}]}}"#).as_bytes())
                    .unwrap_or_else(|fault| panic!("{written}: {fault:?}"));
            assert_eq!(trip.legs[0].people, people, "{written}");
        }
        for written in ["1461.5", "-1.0", "4294967296.0", "1e300"] {
            let said = invalid(&format!(r#"{{"title":"x","legs":[{{"people":{written}}}]}}"#));
            assert!(said.starts_with("/legs/0/people: "), "{written}: {said}");
        }
    }

    #[test]
    fn text_that_is_not_json_says_where() {
        assert_eq!(malformed_detail("{"), "not valid JSON: EOF while parsing an object at line 1 column 1");
        assert!(malformed_detail(r#"{"title":"x","legs":[]} x"#).contains("trailing characters"));
    }

    #[test]
    fn deep_and_long_json_is_refused_before_it_is_built() {
        assert!(malformed_detail(&"[".repeat(65)).contains("deeper than 64"));
        assert!(malformed_detail(&format!("[{}1]", "1,".repeat(10_000))).contains("more than 10000"));
        let brackets_in_text = format!(r#"{{"title":"{}","legs":[]}}"#, "[{\\\"".repeat(200));
        assert!(from_slice::<Trip>(brackets_in_text.as_bytes()).is_ok());
    }

    #[test]
    fn an_array_is_no_object_however_deep() {
        for (body, place) in
            [(r#"["Osaka", []]"#, ""), (r#"{"title": "x", "legs": [["Osaka"]]}"#, "/legs/0"), ("null", "")]
        {
            let Err(BodyFault::Invalid(errors)) = from_slice::<Trip>(body.as_bytes()) else {
                panic!("{body}")
            };
            let said = format!("{:?}", errors[0]);
            assert!(
                said.contains("an object") && !said.contains("struct") && !said.contains("Trip"),
                "{said}"
            );
            assert!(said.contains(place), "{said}");
        }
    }
}
