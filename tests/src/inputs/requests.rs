//! Requests to a server: whatever they say, it answers, and never that it has a mistake.

use std::sync::LazyLock;
use std::time::Duration;

use sister_cities_client::api::{
    BodyClass, EndpointInfo, JSON_MEDIA_TYPE, PROBLEM_MEDIA_TYPE, percent_encode, registry,
};
use sister_cities_domain::access::Scope;
use sister_cities_domain::partnership::Partnership;
use sister_cities_server::{Limits, ServerConfig};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::{Cursor, Database, Listing};
use tokio::runtime::Runtime;

use crate::{World, json};

/// A server, an office's programme in it, and what one needs to speak to it.
struct Office {
    runtime: Runtime,
    world: World,
    database: Database,
    http: reqwest::Client,
    token: String,
    programme: String,
    partnership: String,
    /// Where the second page of the partnerships begins.
    cursor: String,
    endpoints: Vec<EndpointInfo>,
}

static OFFICE: LazyLock<Office> = LazyLock::new(Office::open);

/// The name of an operation and, below, a JSON body.
pub(super) fn take_body(bytes: &[u8]) {
    let (name, body) = first_line(bytes);
    let endpoint = OFFICE.endpoint(name, |endpoint| endpoint.body_class == BodyClass::Json);
    OFFICE.send(endpoint, "", Some(body));
}

/// The name of an operation and, below, a query.
pub(super) fn take_query(bytes: &[u8]) {
    let (name, query) = first_line(bytes);
    let endpoint = OFFICE.endpoint(name, |endpoint| endpoint.method == "GET");
    OFFICE.send(endpoint, &escaped(query, b"&=+%"), None);
}

/// A cursor: as it is given, as changes of one that the server gave, and as what is sealed inside.
pub(super) fn take_cursor(bytes: &[u8]) {
    let endpoint = OFFICE.endpoint(b"list_partnerships", |_| true);
    let given = escaped(bytes, b"");
    let status = OFFICE.send(endpoint, &format!("limit=1&cursor={given}"), None);
    assert!(status == 400 || given == OFFICE.cursor, "a cursor that nobody gave is taken: {given}");
    let mut changed = OFFICE.cursor.clone().into_bytes();
    for (place, byte) in changed.iter_mut().zip(bytes) {
        *place ^= byte & 1;
    }
    let changed = escaped(&changed, b"");
    let status = OFFICE.send(endpoint, &format!("limit=1&cursor={changed}"), None);
    assert!(status == 400 || changed == OFFICE.cursor, "a changed cursor is taken: {changed}");
    if let Ok(cursor) = serde_json::from_slice::<Cursor>(bytes) {
        let programme = OFFICE.programme.parse().expect("an id");
        let partnerships = OFFICE.database.programme(programme);
        let listing = Listing::<Partnership>::by_default(1).after(Some(cursor));
        // A position of another list is refused, or leads to the end.
        let _ = OFFICE.runtime.block_on(partnerships.list(&listing));
    }
}

fn first_line(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    (&bytes[..end], bytes.get(end + 1..).unwrap_or_default())
}

/// The bytes as they may stand in the target of a request, those of `kept` as they are.
fn escaped(bytes: &[u8], kept: &[u8]) -> String {
    let escape = |byte: &u8| match *byte {
        byte if kept.contains(&byte) || byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    bytes.iter().map(escape).collect()
}

impl Office {
    fn open() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let database =
            Database::new(SqliteStore::open(&folder.path().join("office.db")).expect("a database"));
        // As long as the process; the system clears its folder of temporary files.
        let _ = folder.keep();
        let mut limits = Limits::default();
        limits.burst = std::num::NonZeroU32::MAX;
        limits.requests_per_second = std::num::NonZeroU32::MAX;
        limits.requests_per_connection = u32::MAX;
        limits.connection_life = Duration::from_hours(24);
        let config = ServerConfig::loopback().with_limits(limits);
        let (world, programme, partnership, token) = runtime.block_on(async {
            let world = World::set_up(database.clone(), "2008-06-04", 1960, config).await;
            let programme = world.programme("Chicago", "US", 4_887_398).await;
            let chicago = world.admin().await.programme(programme.id);
            let mut last = None;
            for (city, country) in [("Birmingham", "GB"), ("Hamburg", "DE")] {
                let place = serde_json::json!({
                    "names": [{ "text": city, "role": "official" }],
                    "country": country,
                });
                let place = chicago.places().create(json(&place)).await.expect("a place");
                let bond = serde_json::json!({
                    "members": [programme.host, place.id],
                    "episode": {
                        "kind": "sister-city",
                        "began": [{ "date": "1993-09", "source": "Chicago Tribune 1993-09-20" }],
                    },
                });
                let bond = chicago.partnerships().create(json(&bond)).await.expect("a partnership");
                last = Some(bond.id);
            }
            let token = world.token(Some(programme.id), [Scope::Admin]).await;
            (world, programme.id, last.expect("two partnerships"), token)
        });
        let mut office = Self {
            runtime,
            world,
            database,
            http: reqwest::Client::builder().timeout(Duration::from_mins(1)).build().expect("a client"),
            token: secrecy::ExposeSecret::expose_secret(&token).to_owned(),
            programme: programme.to_string(),
            partnership: partnership.to_string(),
            cursor: String::new(),
            endpoints: registry(),
        };
        office.cursor = office.second_page();
        office
    }

    /// The cursor of the second of two partnerships.
    fn second_page(&self) -> String {
        let url = format!("{}/v1/programmes/{}/partnerships?limit=1", self.world.base_url(), self.programme);
        let page = self.runtime.block_on(async {
            let answer = self.http.get(url).bearer_auth(&self.token).send().await.expect("an answer");
            answer.json::<serde_json::Value>().await.expect("a page")
        });
        page["next_cursor"].as_str().expect("a second page").to_owned()
    }

    /// The operation of that name, or one that the name leads to by its bytes.
    fn endpoint(&self, name: &[u8], fits: impl Fn(&EndpointInfo) -> bool) -> &EndpointInfo {
        let fitting: Vec<&EndpointInfo> = self.endpoints.iter().filter(|endpoint| fits(endpoint)).collect();
        let sum: usize = name.iter().map(|byte| usize::from(*byte)).sum();
        let named = fitting.iter().find(|endpoint| endpoint.name.as_bytes() == name);
        named.copied().unwrap_or(fitting[sum % fitting.len()])
    }

    /// Sends a request and gives the status of the answer.
    fn send(&self, endpoint: &EndpointInfo, query: &str, body: Option<&[u8]>) -> u16 {
        let mut path = String::new();
        for part in endpoint.path.split_inclusive('}') {
            let (before, parameter) = part.split_once('{').unwrap_or((part, ""));
            path.push_str(before);
            path.push_str(&percent_encode(match parameter.trim_end_matches('}') {
                "" => "",
                "programme" => &self.programme,
                // Most of them are there under no id; a body is looked at before that is found out.
                _ => &self.partnership,
            }));
        }
        let url = format!("{}{path}?{query}", self.world.base_url());
        let mut request = self
            .http
            .request(endpoint.method.clone(), url)
            .bearer_auth(&self.token)
            .header("if-match", "\"r1\"");
        if let Some(body) = body {
            request = request.header("content-type", JSON_MEDIA_TYPE).body(body.to_vec());
        }
        let name = endpoint.name;
        self.runtime.block_on(async {
            let answer = request.send().await.expect("an answer");
            let status = answer.status();
            assert!(!status.is_server_error(), "{name} answers {status}");
            if status.is_client_error() {
                let media_type = answer.headers().get("content-type").and_then(|value| value.to_str().ok());
                assert_eq!(media_type, Some(PROBLEM_MEDIA_TYPE), "{name} answers {status}");
            }
            answer.bytes().await.expect("the whole answer");
            status.as_u16()
        })
    }
}
