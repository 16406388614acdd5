//! Knows the numbers by which an installation is watched, in the text form that Prometheus reads (`GET /metrics`): what waits to be told, how late it is,
//! what was given up, and who tries tokens that are none.
//!
//! Numbers alone, and nothing of any programme, so it takes no token; it is no endpoint of the tables, as it answers no JSON.

use std::fmt::Write as _;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use sister_cities_api::delivery::ChannelHealthView;

use crate::handlers::system::health;
use crate::route::Shared;

/// A number of each channel: what it is called, what it says, and where it is found.
type Gauge = (&'static str, &'static str, fn(&ChannelHealthView) -> u64);

const GAUGES: [Gauge; 4] = [
    ("sister_cities_deliveries_waiting", "Deliveries that are to be sent.", |it| it.waiting),
    ("sister_cities_deliveries_waiting_attempts", "How often those were tried already.", |it| it.attempts),
    ("sister_cities_deliveries_late_seconds", "How long the one that is due longest has been.", |it| {
        it.late_seconds
    }),
    ("sister_cities_deliveries_dead", "Deliveries that were given up.", |it| it.dead),
];

/// Routes the numbers.
pub(crate) fn route(router: Router, shared: &Shared) -> Router {
    let (app, failed_logins) = (shared.app.clone(), shared.failed_logins.clone());
    let answer = move || {
        let (app, failed_logins) = (app.clone(), failed_logins.clone());
        async move {
            match health(&app).await {
                Ok(channels) => told(&channels, failed_logins.counted()),
                Err(error) => error.into_response(),
            }
        }
    };
    router.route("/metrics", get(answer))
}

fn told(channels: &[ChannelHealthView], (failed, braked): (u64, u64)) -> Response {
    let mut text = String::new();
    for (name, help, value) in GAUGES {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} gauge");
        for channel in channels {
            let _ = writeln!(text, "{name}{{channel=\"{}\"}} {}", channel.channel.as_str(), value(channel));
        }
    }
    for (name, help, value) in [
        (
            "sister_cities_failed_logins_total",
            "Requests with a token that is none, since the server began.",
            failed,
        ),
        ("sister_cities_failed_logins_braked_total", "Of these, those that were told to come later.", braked),
    ] {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} counter\n{name} {value}");
    }
    let mut response = text.into_response();
    let form = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, form);
    response
}
