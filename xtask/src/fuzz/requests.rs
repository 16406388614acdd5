//! Requests to begin with, and words to make more of, from the OpenAPI document: so a new operation is tried from its first day.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde_json::{Map, Value};

/// How deep an example goes into a schema that holds itself.
const DEEPEST: u8 = 8;

/// What a target of requests begins with.
pub(super) struct Requests {
    /// By the name of the operation: what follows it.
    requests: Vec<(String, String)>,
    words: BTreeSet<String>,
}

/// The requests of a target, if it is one of requests.
pub(super) fn of_target(root: &Path, target: &str) -> anyhow::Result<Option<Requests>> {
    let of_operation: fn(&Document, &Value) -> Option<String> = match target {
        "json-body" => Document::body,
        "query" => Document::query,
        _ => return Ok(None),
    };
    let path = root.join("docs/api/openapi.json");
    let document: Value =
        serde_json::from_str(&fs::read_to_string(path)?).context("docs/api/openapi.json")?;
    let document = Document(document);
    let mut requests = Vec::new();
    for operation in document.operations() {
        if let (Some(name), Some(request)) =
            (operation["operationId"].as_str(), of_operation(&document, operation))
        {
            requests.push((name.to_owned(), request));
        }
    }
    let mut words = BTreeSet::new();
    collect_words(&document.0, &mut words);
    Ok(Some(Requests { requests, words }))
}

impl Requests {
    /// Writes a file for each request into the folder, and the words where libFuzzer reads them.
    pub(super) fn write(&self, folder: &Path, words: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder)?;
        for (name, request) in &self.requests {
            fs::write(folder.join(name), format!("{name}\n{request}"))?;
        }
        let lines: String = self.words.iter().fold(String::new(), |lines, word| lines + "\"" + word + "\"\n");
        fs::write(words, lines)?;
        Ok(())
    }
}

struct Document(Value);

impl Document {
    fn operations(&self) -> impl Iterator<Item = &Value> {
        let paths = self.0["paths"].as_object().into_iter().flat_map(Map::values);
        paths.filter_map(Value::as_object).flat_map(Map::values).filter(|member| member.is_object())
    }

    /// An example of the body of an operation that takes JSON.
    fn body(&self, operation: &Value) -> Option<String> {
        let schema = operation.pointer("/requestBody/content/application~1json/schema")?;
        Some(self.example(schema, 0).to_string())
    }

    /// A query with every parameter that an operation has.
    fn query(&self, operation: &Value) -> Option<String> {
        let parameters = operation["parameters"].as_array()?;
        let in_query = parameters.iter().filter(|parameter| parameter["in"] == "query");
        let pair = |parameter: &Value| {
            let value = match self.example(&parameter["schema"], 0) {
                Value::String(text) => text,
                Value::Array(values) => {
                    values.first().map(Value::to_string).unwrap_or_default().replace('"', "")
                }
                other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) => {
                    other.to_string()
                }
            };
            format!("{}={value}", parameter["name"].as_str().unwrap_or_default())
        };
        let pairs: Vec<String> = in_query.map(pair).collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }

    /// Something that a schema allows, with all fields.
    fn example(&self, schema: &Value, depth: u8) -> Value {
        if depth > DEEPEST {
            return Value::Null;
        }
        if let Some(reference) = schema["$ref"].as_str() {
            return self
                .0
                .pointer(reference.trim_start_matches('#'))
                .map_or(Value::Null, |named| self.example(named, depth + 1));
        }
        if let Some(given) =
            schema["examples"].get(0).or_else(|| schema.get("const")).or_else(|| schema["enum"].get(0))
        {
            return given.clone();
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            if let Some(first) = schema[several].get(0) {
                return self.example(first, depth + 1);
            }
        }
        let kind = schema["type"].as_str().or_else(|| schema["type"].get(0).and_then(Value::as_str));
        match kind {
            Some("object") => {
                let fields = schema["properties"].as_object().into_iter().flatten();
                fields.map(|(name, field)| (name.clone(), self.example(field, depth + 1))).collect()
            }
            Some("array") => Value::Array(vec![self.example(&schema["items"], depth + 1)]),
            Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| 1.into()),
            Some("boolean") => true.into(),
            Some(_) => "2005-09-03".into(),
            None => Value::Null,
        }
    }
}

/// Names of fields and parameters, and words that are allowed.
fn collect_words(value: &Value, words: &mut BTreeSet<String>) {
    let mut add = |word: &str| {
        let is_word = (1..=40).contains(&word.len())
            && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        if is_word {
            words.insert(word.to_owned());
        }
    };
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("properties", Value::Object(fields)) => fields.keys().for_each(|field| add(field)),
                    ("enum" | "examples", Value::Array(values)) => {
                        values.iter().filter_map(Value::as_str).for_each(&mut add);
                    }
                    ("const" | "operationId" | "name", Value::String(word)) => add(word),
                    _ => {}
                }
            }
            members.values().for_each(|member| collect_words(member, words));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_words(value, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_with_a_body_begins_with_one_of_all_its_fields() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let requests = of_target(root, "json-body").unwrap().expect("a target of requests");
        assert!(requests.requests.len() > 40, "{}", requests.requests.len());
        let (_, body) = requests.requests.iter().find(|(name, _)| name == "create_engagement").unwrap();
        let body: Value = serde_json::from_str(body).unwrap();
        assert!(body["title"].is_string() && body["foci"].is_array(), "{body}");
        assert!(requests.words.contains("foci") && requests.words.contains("create_engagement"));
        assert!(of_target(root, "csv").unwrap().is_none());
    }
}
