//! What clients of released versions asked, and were answered: asked again here, it must be answered so still.
//!
//! A recording is a file of lines, one request and its answer each, made of the whole story. Ids and whatever else a server makes up differ from run to run, so
//! each is learnt where it first appears in an answer, and put into the requests after it. An answer may say more than it did, and nothing else.
//! `cargo xtask release prepare` keeps the recording of each version in this folder.

mod answer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use axum::body::Body;
use http::Request;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::site::{Got, Site};
use super::story;
use answer::MadeUp;

/// A request and its answer: a line of a recording.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Exchange {
    method: String,
    url: String,
    /// Of the request, without the token.
    headers: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    status: u16,
    /// Of the answer: what a client goes by.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    answer_headers: BTreeMap<String, String>,
    answer: Value,
}

/// The headers of an answer that a client goes by.
const TOLD: [&str; 4] = ["content-type", "etag", "location", "idempotent-replayed"];

/// What has an answer only if a worker was at work, which is none of the requests.
const OF_WORKERS: [&str; 2] = ["/deliver", "/notifications"];

impl Exchange {
    /// Notes a request, and its answer.
    pub(super) fn note(request: &Request<()>, body: &[u8], got: &Got) -> Self {
        let headers = request.headers().iter().filter(|(name, _)| *name != "authorization");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("a story sends text");
        let told = TOLD.iter().filter_map(|name| Some(((*name).to_owned(), got.header(name)?.to_owned())));
        Self {
            method: request.method().to_string(),
            url: request.uri().to_string(),
            headers: headers.map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect(),
            body: (!body.is_empty()).then(|| text(body)),
            status: got.status,
            answer_headers: told.collect(),
            answer: serde_json::from_slice(&got.bytes).unwrap_or_else(|_| Value::String(got.text())),
        }
    }

    fn is_of_workers(&self) -> bool {
        OF_WORKERS.iter().any(|part| self.url.contains(part))
    }

    /// Asks again, and says what is answered otherwise.
    async fn again(&self, site: &Site, made_up: &mut MadeUp) -> Option<String> {
        let mut request = Request::builder().method(self.method.as_str()).uri(made_up.now(&self.url));
        for (name, value) in &self.headers {
            request = request.header(name, made_up.now(value));
        }
        request = request.header("authorization", format!("Bearer {}", site.admin));
        let body = self.body.as_deref().map(|body| made_up.now(body)).unwrap_or_default();
        let got = site.raw(request.body(Body::from(body)).expect("a request")).await;
        let what = format!("{} {}", self.method, self.url);
        if got.status != self.status {
            return Some(format!("{what}: {} became {}: {}", self.status, got.status, got.text()));
        }
        for (name, before) in &self.answer_headers {
            let now = got.header(name).map(|now| Value::String(now.to_owned()));
            let before = Value::String(before.clone());
            if let Err(otherwise) = made_up.compare(name, &before, &now.unwrap_or_default()) {
                return Some(format!("{what}: {otherwise}"));
            }
        }
        let now = serde_json::from_slice(&got.bytes).unwrap_or_else(|_| Value::String(got.text()));
        made_up.compare("", &self.answer, &now).err().map(|otherwise| format!("{what}: {otherwise}"))
    }
}

/// Tells the whole story, and gives what was asked and answered.
async fn recorded() -> Vec<Exchange> {
    let mut site = Site::new().await;
    site.exchanges = Some(Mutex::default());
    story::tell(&site).await;
    site.exchanges.take().expect("a recording").into_inner().expect("no panic")
}

/// Asks a new server all of it, in the same order.
async fn ask_again(recording: &[Exchange]) {
    let (site, mut made_up) = (Site::new().await, MadeUp::default());
    let mut otherwise = Vec::new();
    for exchange in recording.iter().filter(|exchange| !exchange.is_of_workers()) {
        otherwise.extend(exchange.again(&site, &mut made_up).await);
    }
    assert!(otherwise.is_empty(), "{} answers: {otherwise:#?}", otherwise.len());
}

#[tokio::test]
async fn what_this_version_is_asked_it_answers_the_same_when_asked_again() {
    let recording = recorded().await;
    assert!(recording.len() > 150, "{}", recording.len());
    ask_again(&recording).await;
    #[expect(
        clippy::disallowed_methods,
        reason = "`release prepare` says so where the recording is to be kept"
    )]
    if let Some(file) = std::env::var_os("SISTER_CITIES_KEEP_REQUESTS") {
        let lines = recording.iter().map(|exchange| serde_json::to_string(exchange).expect("JSON") + "\n");
        std::fs::write(file, lines.collect::<String>()).expect("a file");
    }
}

#[tokio::test]
async fn what_clients_of_released_versions_asked_is_answered_as_it_was() {
    let mut recordings = recordings();
    recordings.sort();
    assert!(!recordings.is_empty());
    for file in recordings {
        println!("{}", file.display());
        let lines = std::fs::read_to_string(&file).expect("a recording");
        let recording: Vec<Exchange> =
            lines.lines().map(|line| serde_json::from_str(line).expect("an exchange")).collect();
        ask_again(&recording).await;
    }
}

fn recordings() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests/recorded");
    let entries = std::fs::read_dir(folder).expect("the folder of this file");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths.filter(|path| path.extension().is_some_and(|end| end == "jsonl")).collect()
}
