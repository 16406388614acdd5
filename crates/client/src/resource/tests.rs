//! Every endpoint has its method, named and guarded as the endpoint is.

use sister_cities_api::{Concurrency, Endpoint, EndpointInfo, registry};

use super::{
    ActionPlans, ActionPoints, Adoptions, Agreements, CalendarFeeds, Committees, Deliveries, Due,
    Engagements, Imports, Indicators, Journal, Notifications, Organisations, Outcomes, Partnerships, Persons,
    Places, Practices, Programme, Roles, Sharing, Subscriptions, ValuationRates, Webhooks,
};

/// A row of a table: the method, its endpoint, and what it takes and answers with.
pub(crate) struct Row {
    method: &'static str,
    endpoint: fn() -> EndpointInfo,
    signature: &'static str,
}

impl Row {
    pub(crate) const fn of<E: Endpoint>(method: &'static str, signature: &'static str) -> Self {
        Self { method, endpoint: EndpointInfo::of::<E>, signature }
    }
}

/// The groups, with what their names say of an endpoint's name.
const GROUPS: [(&[&str], &[Row]); 25] = [
    (&["_programme"], Programme::ROWS),
    (&["_places", "_place"], Places::ROWS),
    (&["_partnerships", "_partnership"], Partnerships::ROWS),
    (&["_agreements", "_agreement"], Agreements::ROWS),
    (&["_engagements", "_engagement"], Engagements::ROWS),
    (&["_outcomes", "_outcome"], Outcomes::ROWS),
    (&["_action_plans", "_action_plan"], ActionPlans::ROWS),
    (&["_action_points", "_action_point"], ActionPoints::ROWS),
    (&["_practices", "_practice"], Practices::ROWS),
    (&["_adoptions", "_adoption"], Adoptions::ROWS),
    (&["_indicators", "_indicator"], Indicators::ROWS),
    (&["_valuation_rates", "_valuation_rate"], ValuationRates::ROWS),
    (&["_imports", "_import"], Imports::ROWS),
    (&["_journal"], Journal::ROWS),
    (&["_due", "_due_item"], Due::ROWS),
    (&[], Sharing::ROWS),
    (&["_committees", "_committee"], Committees::ROWS),
    (&["_roles", "_role"], Roles::ROWS),
    (&["_organisations", "_organisation"], Organisations::ROWS),
    (&["_persons", "_person"], Persons::ROWS),
    (&["_webhook_endpoints", "_webhook_endpoint", "_webhook"], Webhooks::ROWS),
    (&["_subscriptions", "_subscription"], Subscriptions::ROWS),
    (&["_deliveries", "_delivery"], Deliveries::ROWS),
    (&["_notifications"], Notifications::ROWS),
    (&["_calendar_feeds", "_calendar_feed"], CalendarFeeds::ROWS),
];

/// What has a method that is written by hand.
const BY_HAND: [&str; 4] = ["livez", "readyz", "list_programmes", "create_programme"];

#[test]
fn every_endpoint_has_one_method() {
    let rows = GROUPS.iter().flat_map(|(_, rows)| rows.iter().map(|row| (row.endpoint)().name));
    let called: Vec<&str> = rows.chain(BY_HAND).collect();
    for endpoint in registry() {
        let methods = called.iter().filter(|name| **name == endpoint.name).count();
        assert_eq!(methods, 1, "{} has {methods} methods", endpoint.name);
    }
}

#[test]
fn a_method_is_called_as_its_endpoint_but_for_what_its_group_says() {
    for (said, rows) in GROUPS {
        for row in rows {
            let endpoint = (row.endpoint)().name;
            let shortened = said.iter().map(|word| endpoint.replacen(word, "", 1));
            let mut names = shortened.chain([endpoint.to_owned()]);
            assert!(names.any(|name| name == row.method), "{} calls {endpoint}", row.method);
        }
    }
}

#[test]
fn a_guarded_endpoint_is_called_from_what_was_read_and_an_etag_is_handed_over() {
    for row in GROUPS.iter().flat_map(|(_, rows)| *rows) {
        let endpoint = (row.endpoint)();
        let guarded = endpoint.concurrency == Concurrency::IfMatch;
        assert_eq!(row.signature.starts_with('&'), guarded, "{}", endpoint.name);
        let tagged = endpoint.concurrency != Concurrency::Unversioned && endpoint.success != 204;
        assert_eq!(row.signature.ends_with("Tagged"), tagged, "{}", endpoint.name);
    }
}
