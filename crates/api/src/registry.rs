//! Knows every endpoint there is: what each resource declares.

use crate::EndpointInfo;
use crate::endpoint::DeclaredEndpoint;

/// Every endpoint, in the order of the documentation.
#[must_use]
pub fn registry() -> Vec<EndpointInfo> {
    declared().map(|endpoint| endpoint.info).collect()
}

/// The same with their schemas.
pub(crate) fn declared() -> impl Iterator<Item = DeclaredEndpoint> {
    [
        crate::system::endpoints(),
        crate::programme::endpoints(),
        crate::place::endpoints(),
        crate::partnership::endpoints(),
        crate::agreement::endpoints(),
        crate::engagement::endpoints(),
        crate::outcome::endpoints(),
        crate::promise::endpoints(),
        crate::practice::endpoints(),
        crate::indicator::endpoints(),
        crate::valuation_rate::endpoints(),
        crate::vitality::endpoints(),
        crate::due::endpoints(),
        crate::count::endpoints(),
        crate::search::endpoints(),
        crate::import::endpoints(),
        crate::journal::endpoints(),
        crate::sharing::endpoints(),
        crate::committee::endpoints(),
        crate::role::endpoints(),
        crate::handover::endpoints(),
        crate::organisation::endpoints(),
        crate::person::endpoints(),
        crate::webhook::endpoints(),
        crate::subscription::endpoints(),
        crate::delivery::endpoints(),
        crate::notification::endpoints(),
        crate::calendar_feed::endpoints(),
    ]
    .into_iter()
    .flatten()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::parameter::Occurs;

    #[test]
    fn names_and_routes_are_unique() {
        let all = registry();
        let names: BTreeSet<_> = all.iter().map(|e| e.name).collect();
        let routes: BTreeSet<_> = all.iter().map(|e| (e.method.as_str().to_owned(), e.path)).collect();
        assert_eq!(names.len(), all.len());
        assert_eq!(routes.len(), all.len());
    }

    #[test]
    fn the_braces_of_a_path_are_its_parameters() {
        for endpoint in registry() {
            let braces: Vec<&str> = endpoint
                .path
                .split('/')
                .filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
                .collect();
            let declared: Vec<&str> = endpoint.path_parameters.iter().map(|p| p.name).collect();
            assert_eq!(braces, declared, "{}", endpoint.name);
            assert!(endpoint.path_parameters.iter().all(|p| p.occurs == Occurs::Once), "{}", endpoint.name);
        }
    }

    #[test]
    fn every_endpoint_says_what_it_does_in_a_sentence() {
        for endpoint in registry() {
            assert!(endpoint.summary.ends_with('.'), "{}", endpoint.name);
            for parameter in endpoint.path_parameters.iter().chain(&endpoint.query_parameters) {
                assert!(!parameter.doc.is_empty(), "{} {}", endpoint.name, parameter.name);
            }
        }
    }
}
