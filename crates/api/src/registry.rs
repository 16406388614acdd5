//! Knows every endpoint there is. What is not listed here is not routed, not documented and not tested.

use crate::EndpointInfo;

/// Calls a macro with the list of all endpoint types, by their full paths.
#[macro_export]
macro_rules! for_each_endpoint {
    ($callback:ident) => {
        $callback! {
            $crate::system::Livez,
            $crate::system::Readyz,
            $crate::programme::ListProgrammes,
            $crate::programme::CreateProgramme,
            $crate::programme::GetProgramme,
            $crate::programme::ChangeProgramme,
            $crate::place::ListPlaces,
            $crate::place::CreatePlace,
            $crate::place::GetPlace,
            $crate::place::ReplacePlace,
            $crate::partnership::ListPartnerships,
            $crate::partnership::CreatePartnership,
            $crate::partnership::GetPartnership,
            $crate::partnership::ChangePartnership,
            $crate::partnership::DecidePartnership,
            $crate::partnership::SetRecord,
            $crate::agreement::ListAgreements,
            $crate::agreement::ListPartnershipAgreements,
            $crate::agreement::CreateAgreement,
            $crate::agreement::GetAgreement,
            $crate::agreement::PutVersionText,
            $crate::agreement::AttachVersionText,
            $crate::agreement::GetVersionText,
            $crate::agreement::AddVersion,
            $crate::agreement::ProposeVersion,
            $crate::agreement::WithdrawVersion,
            $crate::agreement::ApproveVersion,
            $crate::agreement::SignVersion,
            $crate::agreement::GiveNotice,
            $crate::engagement::ListEngagements,
            $crate::engagement::CreateEngagement,
            $crate::engagement::GetEngagement,
            $crate::engagement::ReplaceEngagement,
            $crate::engagement::ReadCare,
            $crate::engagement::SetCare,
            $crate::vitality::ListVitality,
            $crate::vitality::GetVitality,
            $crate::vitality::GetVitalityTimeline,
            $crate::count::CountPartnerships,
            $crate::search::SearchProgramme,
            $crate::import::ListImports,
            $crate::import::UploadImport,
            $crate::import::GetImport,
            $crate::import::DryRunImport,
            $crate::import::ListImportLines,
            $crate::import::GetImportReport,
            $crate::import::ApplyImport,
            $crate::import::UndoImport,
            $crate::journal::ReadJournal,
            $crate::journal::ReadHistory,
            $crate::sharing::ListLinks,
            $crate::sharing::MakeLink,
            $crate::sharing::GetLink,
            $crate::sharing::WithdrawLink,
            $crate::sharing::ListReceived,
            $crate::sharing::ListShares,
            $crate::sharing::ShareRecord,
            $crate::sharing::GetShare,
            $crate::sharing::RenewShare,
            $crate::sharing::WithdrawShare,
        }
    };
}

/// Every endpoint, in the order of the documentation.
#[must_use]
pub fn registry() -> Vec<EndpointInfo> {
    macro_rules! describe {
        ($($endpoint:ty),+ $(,)?) => { vec![$(EndpointInfo::of::<$endpoint>()),+] };
    }
    for_each_endpoint!(describe)
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
