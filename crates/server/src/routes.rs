//! Knows which resources there are.

use axum::Router;

use crate::handlers;
use crate::route::{Shared, route};

/// Routes every endpoint of the API. A test compares them with the API's registry; that no resource lacks the handler of an endpoint
/// its list holds already, by its length.
pub(crate) fn all(shared: &Shared) -> Router {
    let endpoints = handlers::system::endpoints()
        .into_iter()
        .chain(handlers::programme::endpoints())
        .chain(handlers::place::endpoints())
        .chain(handlers::partnership::endpoints())
        .chain(handlers::agreement::endpoints())
        .chain(handlers::engagement::endpoints())
        .chain(handlers::outcome::endpoints())
        .chain(handlers::promise::endpoints())
        .chain(handlers::practice::endpoints())
        .chain(handlers::indicator::endpoints())
        .chain(handlers::valuation_rate::endpoints())
        .chain(handlers::vitality::endpoints())
        .chain(handlers::due::endpoints())
        .chain(handlers::count::endpoints())
        .chain(handlers::search::endpoints())
        .chain(handlers::import::endpoints())
        .chain(handlers::journal::endpoints())
        .chain(handlers::sharing::endpoints())
        .chain(handlers::committee::endpoints())
        .chain(handlers::role::endpoints())
        .chain(handlers::handover::endpoints())
        .chain(handlers::organisation::endpoints())
        .chain(handlers::person::endpoints())
        .chain(handlers::webhook::endpoints())
        .chain(handlers::subscription::endpoints())
        .chain(handlers::delivery::endpoints())
        .chain(handlers::notification::endpoints())
        .chain(handlers::calendar_feed::endpoints());
    let router = endpoints.fold(Router::new(), |router, endpoint| route(router, shared, endpoint));
    crate::pages::route(crate::calendar::route(router, shared))
}
