//! Knows how the endpoints are written as an OpenAPI 3.1 document: everything is taken from their declarations.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use http::Method;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use crate::endpoint::DeclaredEndpoint;
use crate::import::MappingBody;
use crate::media::{JSON_MEDIA_TYPE, PROBLEM_MEDIA_TYPE};
use crate::parameter::{Occurs, ParameterInfo};
use crate::problem::{FieldError, Problem, ProblemKind};
use crate::registry::declared;
use crate::webhook::openapi_webhooks;
use crate::{
    Access, BodyClass, Concurrency, EndpointInfo, IDEMPOTENCY_KEY, REQUEST_ID, Scope, TextForm as _,
};

/// The OpenAPI 3.1 document of the whole API.
#[must_use]
pub fn openapi() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        settings.transforms.push(Box::new(RecursiveTransform(describe_times)));
    });
    let mut generator = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for endpoint in declared() {
        let declared = operation(&endpoint, &mut generator);
        paths
            .entry(endpoint.info.path)
            .or_default()
            .insert(endpoint.info.method.as_str().to_lowercase(), declared);
    }
    generator.subschema_for::<Problem>();
    let scopes: Vec<String> = Scope::ALL.iter().map(|scope| format!("`{scope}`")).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sister Cities",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The platform on which a city runs its sister-city programme.",
            "description": DESCRIPTION,
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": "/", "description": "The server that was asked for this document." }],
        "security": [{ "token": [] }],
        "paths": paths,
        "webhooks": openapi_webhooks(),
        "components": {
            "schemas": generator.take_definitions(true),
            "responses": problem_responses(),
            "headers": {
                "ETag": header("The revision of the record, such as `\"r7\"`.", "^\"r[1-9][0-9]*\"$"),
                "Location": header("The path of the record that was created.", "^/v1/"),
                "Link": header("The next page, unless this is the last: `</v1/…?cursor=…>; rel=\"next\"` (RFC 8288).", "^<.*>; rel=\"next\"$"),
                "RateLimit": header("Requests that are left of what the token may make at once (`r`), and in how many seconds all are back (`t`).", "^\"token\";r=[0-9]+;t=[0-9]+$"),
                "RateLimit-Policy": header("How many requests a token may make at once (`q`), and over how many seconds (`w`).", "^\"token\";q=[0-9]+;w=[0-9]+$"),
                "X-Request-Id": header("The id of the request: the caller's own, or a new one.", "^[A-Za-z0-9_-]{1,64}$"),
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": format!("An access token, `scp_…`, with one or more scopes: {}.", scopes.join(", ")),
                },
            },
        },
    })
}

const DESCRIPTION: &str = "JSON is snake_case. Lists are read in pages by an opaque cursor. A change needs If-Match with \
the ETag that was read (428 without, 412 if somebody was faster). A POST may carry an Idempotency-Key; the same request \
under the same key has one effect for 24 hours. Every error is a problem (RFC 9457) that names the field, what was wrong \
with it, and what would be right. Unknown query parameters and unknown fields are refused; clients must ignore fields \
that they do not know in replies.";

/// Days and instants are types of another crate, whose schemas say no more than the format.
fn describe_times(schema: &mut Schema) {
    let shape = match schema.get("format").and_then(Value::as_str) {
        Some("date") => NaiveDate::SHAPE,
        Some("date-time") => <DateTime<Utc>>::SHAPE,
        _ => return,
    };
    for (name, value) in shape.schema().ensure_object().clone() {
        schema.ensure_object().entry(name).or_insert(value);
    }
}

fn operation(endpoint: &DeclaredEndpoint, generator: &mut SchemaGenerator) -> Value {
    let info = &endpoint.info;
    let mut parameters: Vec<Value> = Vec::new();
    parameters.extend(info.path_parameters.iter().map(|parameter| described(parameter, "path")));
    parameters.extend(info.query_parameters.iter().map(|parameter| described(parameter, "query")));
    for mapping in parameters.iter_mut().filter(|parameter| parameter["name"] == "mapping") {
        // JSON in a parameter: its schema is that of the body which it stands for.
        let schema = generator.subschema_for::<MappingBody>();
        mapping["content"] = json!({ JSON_MEDIA_TYPE: { "schema": schema } });
        if let Some(mapping) = mapping.as_object_mut() {
            mapping.remove("schema");
        }
    }
    parameters.extend(header_parameters(info));

    let mut description = info.description.to_owned();
    if let Access::Scope(scope) = info.access {
        if !description.is_empty() {
            description.push_str("\n\n");
        }
        description = format!("{description}Needs the scope `{scope}`.");
    }
    let mut operation = json!({
        "operationId": info.name,
        "summary": info.summary,
        "description": description,
        "tags": [info.resource],
        "parameters": parameters,
        "responses": responses(endpoint, generator),
    });
    if let Some(body) = request_body(endpoint, generator) {
        operation["requestBody"] = body;
    }
    if info.access == Access::Public {
        operation["security"] = json!([]);
    }
    operation
}

fn described(parameter: &ParameterInfo, place: &str) -> Value {
    let value = parameter.shape.schema();
    let schema = match parameter.occurs {
        Occurs::Once | Occurs::AtMostOnce => json!(value),
        Occurs::Repeated => json!({ "type": "array", "items": value, "maxItems": 100 }),
    };
    let mut described = json!({
        "name": parameter.name,
        "in": place,
        "description": parameter.doc,
        "required": parameter.occurs == Occurs::Once,
        "schema": schema,
    });
    if parameter.occurs == Occurs::Repeated {
        described["style"] = json!("form");
        described["explode"] = json!(true);
    }
    described
}

fn header_parameters(info: &EndpointInfo) -> Vec<Value> {
    let mut headers = Vec::new();
    if info.concurrency == Concurrency::IfMatch {
        headers.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The ETag of the record as it was read.",
            "schema": { "type": "string", "pattern": "^\"r[1-9][0-9]*\"$", "examples": ["\"r7\""] },
        }));
    }
    if info.concurrency == Concurrency::ETag && info.method == Method::GET {
        headers.push(json!({
            "name": "If-None-Match", "in": "header", "required": false,
            "description": "Answers 304 without a body if the record is still at this ETag.",
            "schema": { "type": "string", "examples": ["\"r7\""] },
        }));
    }
    if info.method == Method::POST {
        headers.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Makes a request that is sent again have one effect; good for 24 hours.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$",
                        "examples": ["0198b2d6-8c5e-7b43-b86c-2d1f6a3e9c55"] },
        }));
    }
    debug_assert!(
        IDEMPOTENCY_KEY.eq_ignore_ascii_case("Idempotency-Key")
            && REQUEST_ID.eq_ignore_ascii_case("X-Request-Id")
    );
    headers
}

fn request_body(endpoint: &DeclaredEndpoint, generator: &mut SchemaGenerator) -> Option<Value> {
    match endpoint.info.body_class {
        BodyClass::Empty => None,
        BodyClass::Json => {
            let schema = (endpoint.body_schema)(generator)?;
            Some(json!({ "required": true, "content": { JSON_MEDIA_TYPE: { "schema": schema } } }))
        }
        BodyClass::File => {
            let binary = || json!({ "schema": { "type": "string", "format": "binary", "minLength": 1 } });
            let media_types = endpoint.info.body_media_types.iter();
            let content: Map<String, Value> =
                media_types.map(|media_type| ((*media_type).to_owned(), binary())).collect();
            Some(
                json!({ "required": true, "description": "The bytes of the file, at most 5 MiB.", "content": content }),
            )
        }
    }
}

fn responses(endpoint: &DeclaredEndpoint, generator: &mut SchemaGenerator) -> Value {
    let info = &endpoint.info;
    let reply = if info.success == 204 { json!(null) } else { json!((endpoint.reply_schema)(generator)) };
    let reference = |name: &str| json!({ "$ref": format!("#/components/headers/{name}") });
    let mut headers = Map::new();
    headers.insert("X-Request-Id".into(), reference("X-Request-Id"));
    match info.concurrency {
        Concurrency::Unversioned => {}
        Concurrency::ETag | Concurrency::ETagForIfMatch | Concurrency::IfMatch => {
            headers.insert("ETag".into(), reference("ETag"));
        }
    }
    if info.success == 201 && info.concurrency == Concurrency::ETag {
        headers.insert("Location".into(), reference("Location"));
    }
    if info.access != Access::Public {
        headers.insert("RateLimit".into(), reference("RateLimit"));
        headers.insert("RateLimit-Policy".into(), reference("RateLimit-Policy"));
    }
    if info.query_parameters.iter().any(|parameter| parameter.name == "cursor") {
        headers.insert("Link".into(), reference("Link"));
    }
    let mut responses = Map::new();
    if info.success == 204 {
        headers.remove("ETag");
    }
    let mut success = json!({ "description": "Done.", "headers": headers });
    if info.success != 204 {
        success["content"] = json!({ JSON_MEDIA_TYPE: { "schema": reply } });
    }
    responses.insert(info.success.to_string(), success);
    if info.concurrency == Concurrency::ETag && info.method == Method::GET {
        responses
            .insert("304".into(), json!({ "description": "The record is still at the revision named." }));
    }
    for kind in &info.problems {
        let status = kind.status();
        responses
            .insert(status.to_string(), json!({ "$ref": format!("#/components/responses/Problem{status}") }));
    }
    Value::Object(responses)
}

/// One response for each status that a problem can have, with an example of each kind.
fn problem_responses() -> Value {
    let mut by_status: BTreeMap<u16, Vec<&ProblemKind>> = BTreeMap::new();
    for kind in ProblemKind::ALL {
        by_status.entry(kind.status()).or_default().push(kind);
    }
    let response = |(status, kinds): (u16, Vec<&ProblemKind>)| {
        let titles: Vec<String> = kinds.iter().map(|kind| format!("{}.", kind.title())).collect();
        let examples: Map<String, Value> =
            kinds.iter().map(|kind| (kind.name().to_owned(), json!({ "value": example(kind) }))).collect();
        let mut body = json!({
            "description": titles.join(" "),
            "content": { PROBLEM_MEDIA_TYPE: {
                "schema": { "$ref": "#/components/schemas/Problem" },
                "examples": examples,
            } },
        });
        if status == 401 {
            body["headers"] = json!({ "WWW-Authenticate": { "schema": { "type": "string" } } });
        }
        if [429, 503, 507].contains(&status) {
            body["headers"] = json!({ "Retry-After": {
                "description": "When to come again, in seconds.", "schema": { "type": "integer", "minimum": 1 } } });
        }
        (format!("Problem{status}"), body)
    };
    Value::Object(by_status.into_iter().map(response).collect())
}

fn example(kind: &ProblemKind) -> Problem {
    let mut problem = Problem::new(kind.clone());
    problem.request_id = Some("5f2d6c1e8a9b4c7d".to_owned());
    let at_fault = [
        (
            ProblemKind::InvalidParameter,
            FieldError::at_parameter("limit", "is not a page size").expecting("a whole number from 1 to 100"),
        ),
        (
            ProblemKind::Unauthenticated,
            FieldError::at_header("Authorization", "is missing")
                .expecting("Bearer followed by an access token"),
        ),
        (
            ProblemKind::NotAcceptable,
            FieldError::at_header("Accept", "excludes what there is").expecting(JSON_MEDIA_TYPE),
        ),
        (
            ProblemKind::Stale,
            FieldError::at_header("If-Match", "names revision \"r3\", but the record is at \"r4\" now")
                .expecting("the ETag of the record as it is now"),
        ),
        (
            ProblemKind::UnsupportedMediaType,
            FieldError::at_header("Content-Type", "is missing").expecting(JSON_MEDIA_TYPE),
        ),
        (
            ProblemKind::Invalid,
            FieldError::at_pointer("/members/1", "is given twice").expecting("two or more places, each once"),
        ),
        (
            ProblemKind::PreconditionRequired,
            FieldError::at_header("If-Match", "is missing")
                .expecting("the ETag of the record as it was read"),
        ),
    ];
    let error = at_fault.into_iter().find(|(whose, _)| whose == kind).map(|(_, error)| error);
    problem.with_errors(error)
}

fn header(description: &str, pattern: &str) -> Value {
    json!({ "description": description, "schema": { "type": "string", "pattern": pattern } })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asserts of a schema, and of all that it refers to, that an object with named fields takes no others.
    fn refuses_unknown_fields(document: &Value, schema: &Value, whose: &str) {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = document.pointer(reference.trim_start_matches('#')).expect("a schema");
            return refuses_unknown_fields(document, target, whose);
        }
        if schema.get("properties").is_some() {
            assert_eq!(schema.get("additionalProperties"), Some(&json!(false)), "{whose}: {schema}");
        }
        let parts = schema.as_object().into_iter().flat_map(Map::values);
        let parts = parts.flat_map(|part| part.as_array().into_iter().flatten().chain([part]));
        for part in parts.filter(|part| part.is_object()) {
            refuses_unknown_fields(document, part, whose);
        }
    }

    /// Two vocabularies under one name would be described by one of them, for both.
    #[test]
    fn no_two_vocabularies_share_a_schema() {
        let document = openapi();
        let words = |name: &str| document["components"]["schemas"][name]["enum"].to_string();
        assert!(
            words("LineVerdictWord").contains("needs_person")
                && words("VerdictWord").contains("did_not_work")
        );
    }

    #[test]
    fn a_json_body_refuses_unknown_fields_at_every_depth() {
        let document = openapi();
        let operations = document["paths"].as_object().into_iter().flat_map(Map::values);
        let mut bodies = 0;
        for operation in operations.filter_map(Value::as_object).flat_map(Map::values) {
            let body = operation.pointer("/requestBody/content/application~1json/schema");
            if let Some(schema) = body {
                bodies += 1;
                refuses_unknown_fields(&document, schema, &operation["operationId"].to_string());
            }
        }
        assert!(bodies >= 20, "{bodies}");
    }
}
