//! Knows the numbers by which an installation is watched, in the text form that Prometheus reads (`GET /metrics`): requests and how long they took, what the
//! database failed by, connections to it, heavy work, what waits to be told and how late it is, what was given up, and who tries tokens that are none.
//!
//! Numbers alone, and nothing of any programme, so it takes no token; it is no endpoint of the tables, as it answers no JSON.

use std::fmt::{self, Write as _};

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use sister_cities_api::delivery::ChannelHealthView;
use sister_cities_storage::Connections;

use crate::handlers::system::health;
use crate::request_counts::CLASSES;
use crate::route::Shared;

/// A number: what it is called, what it says, and where it is found.
type Number<T, V> = (&'static str, &'static str, fn(&T) -> V);

/// Of each channel.
const OF_CHANNELS: [Number<ChannelHealthView, u64>; 4] = [
    ("deliveries_waiting", "Deliveries that are to be sent.", |it| it.waiting),
    ("deliveries_waiting_attempts", "How often those were tried already.", |it| it.attempts),
    ("deliveries_late_seconds", "How long the one that is due longest has been.", |it| it.late_seconds),
    ("deliveries_dead", "Deliveries that were given up.", |it| it.dead),
];

/// Of the connections to a server of databases.
const OF_CONNECTIONS: [Number<Connections, usize>; 4] = [
    ("database_connections_max", "Connections to the database that there may be.", |it| it.most),
    ("database_connections_open", "Connections to the database.", |it| it.open),
    ("database_connections_in_use", "Of these, those in use.", |it| it.in_use),
    ("database_connections_waiting", "Calls that wait for one.", |it| it.waiting),
];

/// Routes the numbers.
pub(crate) fn route(router: Router, shared: &Shared) -> Router {
    let shared = shared.clone();
    router.route("/metrics", get(move || answer(shared.clone())))
}

async fn answer(shared: Shared) -> Response {
    // Where the database does not answer, all else is told.
    let deliveries = health(&shared.app).await.ok();
    let mut told = Exposition::default();
    let is_up = u64::from(deliveries.is_some());
    told.number(GAUGE, "database_up", "Whether the database answers: 1 if it does.", is_up);
    of_requests(&shared, &mut told);
    if let Some(connections) = shared.app.database().store().connections() {
        for (name, help, value) in OF_CONNECTIONS {
            told.number(GAUGE, name, help, value(&connections));
        }
    }
    for (name, help, value) in OF_CHANNELS {
        told.rows(
            GAUGE,
            name,
            help,
            "channel",
            deliveries.iter().flatten().map(|it| (it.channel.as_str(), value(it))),
        );
    }
    let mut response = told.0.into_response();
    let form = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, form);
    response
}

fn of_requests(shared: &Shared, told: &mut Exposition) {
    let counts = &shared.counts;
    let by_class = CLASSES.into_iter().zip(counts.by_class());
    told.rows(
        COUNTER,
        "requests_total",
        "Requests that were answered, by class of status.",
        "status",
        by_class,
    );
    let seconds = counts.took().as_secs_f64();
    told.number(COUNTER, "request_seconds_total", "How long all requests together took.", seconds);
    let help = "Requests that failed because the database did, by kind.";
    told.rows(COUNTER, "database_failures_total", help, "kind", counts.database_failures());
    let places = shared.heavy.places();
    let in_use = places.map(|(weight, _, in_use)| (weight, in_use));
    told.rows(
        GAUGE,
        "heavy_requests",
        "Requests that are worked on beside those that are light.",
        "weight",
        in_use,
    );
    let most = places.map(|(weight, most, _)| (weight, most));
    told.rows(GAUGE, "heavy_requests_max", "How many of them there may be.", "weight", most);
    let (failed, braked) = shared.failed_logins.counted();
    told.number(
        COUNTER,
        "failed_logins_total",
        "Requests with a token that is none, since the server began.",
        failed,
    );
    let help = "Of these, those that were told to come later.";
    told.number(COUNTER, "failed_logins_braked_total", help, braked);
}

/// A number that goes up and down.
const GAUGE: &str = "gauge";
/// A number that only grows, since the server began.
const COUNTER: &str = "counter";

/// The text, as far as it is written.
#[derive(Default)]
struct Exposition(String);

/// Writing to a `String` cannot fail.
impl Exposition {
    fn head(&mut self, kind: &str, name: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP sister_cities_{name} {help}\n# TYPE sister_cities_{name} {kind}");
    }

    /// One number.
    fn number(&mut self, kind: &str, name: &str, help: &str, value: impl fmt::Display) {
        self.head(kind, name, help);
        let _ = writeln!(self.0, "sister_cities_{name} {value}");
    }

    /// A number for each value of a label.
    fn rows<'a, V: fmt::Display>(
        &mut self,
        kind: &str,
        name: &str,
        help: &str,
        label: &str,
        rows: impl IntoIterator<Item = (&'a str, V)>,
    ) {
        self.head(kind, name, help);
        for (of, value) in rows {
            let _ = writeln!(self.0, "sister_cities_{name}{{{label}=\"{of}\"}} {value}");
        }
    }
}
