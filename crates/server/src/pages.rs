//! Knows the pages for whoever builds against the API: the OpenAPI document, the operations as a page, and what each kind of problem means.
//!
//! They are part of the program and need nothing from elsewhere. They are no endpoints of the tables, as they say nothing of any programme.

use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Bytes;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderValue;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use sister_cities_api::{Access, EndpointInfo, ParameterInfo, ProblemKind, registry};

/// Where the problems are told of; each has its place there by its name.
pub(crate) const PROBLEMS: &str = "/problems";

/// The document that clients are generated from, as it is kept in the repository.
const OPENAPI: &[u8] = include_bytes!("../openapi.json");

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
code{font:0.9em ui-monospace,monospace;overflow-wrap:anywhere}summary{cursor:pointer;padding:.3rem 0}summary b{display:inline-block;min-width:4.5rem}\
dt{font-weight:600;margin-top:.6rem}dd{margin-left:1.2rem}nav a{margin-right:1rem}\
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#181818}a{color:#8ab4f8}}";

/// Routes the pages.
pub(crate) fn route(router: Router) -> Router {
    router
        .route("/openapi.json", get(|| async { page("application/json", Bytes::from_static(OPENAPI)) }))
        .route("/docs", get(|| async { html(&OPERATIONS) }))
        .route(PROBLEMS, get(|| async { html(&KINDS) }))
}

fn html(page: &'static LazyLock<String>) -> Response {
    self::page("text/html; charset=utf-8", Bytes::from_static(page.as_bytes()))
}

fn page(media_type: &'static str, bytes: Bytes) -> Response {
    let mut response = bytes.into_response();
    for (name, value) in [
        (CONTENT_TYPE, media_type),
        (CACHE_CONTROL, "public, max-age=300"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

static KINDS: LazyLock<String> = LazyLock::new(|| {
    let mut body = String::new();
    for kind in ProblemKind::ALL {
        let (place, title) = (escaped(kind.name()), escaped(kind.title()));
        let _ = write!(
            body,
            "<h2 id=\"{place}\">{title}</h2><p><code>{}</code>, status {}</p><p>{}</p><p>{}</p>",
            escaped(kind.uri()),
            kind.status(),
            worded(kind.meaning()),
            worded(kind.remedy()),
        );
    }
    whole("Problems", &body)
});

static OPERATIONS: LazyLock<String> = LazyLock::new(|| {
    let mut body = String::new();
    let mut resource = "";
    for endpoint in &registry() {
        if endpoint.resource != resource {
            resource = endpoint.resource;
            let _ = write!(body, "<h2>{}</h2>", escaped(&resource.replace('_', " ")));
        }
        operation(&mut body, endpoint);
    }
    whole("Operations", &body)
});

fn operation(body: &mut String, endpoint: &EndpointInfo) {
    let EndpointInfo { name, summary, description, method, path, access, success, .. } = endpoint;
    let path = escaped(path);
    let _ = write!(
        body,
        "<details id=\"{name}\"><summary><b>{method}</b> <code>{path}</code> {}</summary><p>{}</p><dl>",
        worded(summary),
        worded(description)
    );
    let scope = match access {
        Access::Public => "none is needed".to_owned(),
        Access::Scope(scope) => format!("with the scope <code>{scope}</code>"),
    };
    let _ = write!(body, "<dt>Token</dt><dd>{scope}</dd>");
    for parameter in endpoint.path_parameters.iter().chain(&endpoint.query_parameters) {
        let ParameterInfo { name, doc, shape, .. } = parameter;
        let _ = write!(
            body,
            "<dt><code>{name}</code></dt><dd>{} Expected: {}.</dd>",
            worded(doc),
            escaped(shape.expected)
        );
    }
    if !endpoint.body_media_types.is_empty() {
        let _ = write!(
            body,
            "<dt>Body</dt><dd><code>{}</code></dd>",
            escaped(&endpoint.body_media_types.join(", "))
        );
    }
    let _ = write!(body, "<dt>Success</dt><dd>{success}</dd><dt>Problems</dt><dd>");
    for kind in &endpoint.problems {
        let place = escaped(kind.name());
        let _ = write!(body, "<a href=\"{PROBLEMS}#{place}\">{} {place}</a> ", kind.status());
    }
    body.push_str("</dd></dl></details>");
}

fn whole(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{title} – Sister Cities</title><style>{STYLE}</style></head><body><nav><a href=\"/docs\">Operations</a>\
         <a href=\"{PROBLEMS}\">Problems</a><a href=\"/openapi.json\">OpenAPI document</a></nav><h1>{title}</h1>{body}</body></html>"
    )
}

/// Text for people, what stands between backticks set as code.
fn worded(text: &str) -> String {
    let parts = text.split('`').map(escaped).enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { ["<code>", &part, "</code>"].concat() } else { part }).collect()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
