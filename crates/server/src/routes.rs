//! Knows which handler answers which endpoint.

use axum::Router;
use sister_cities_api as api;

use crate::handlers;
use crate::route::{Shared, route};

/// Routes every endpoint of the API. A test compares this list with the API's registry.
pub(crate) fn all(shared: &Shared) -> Router {
    let mut router = Router::new();
    macro_rules! routes {
        ($($endpoint:path => $handler:path,)+) => {
            $( router = route::<$endpoint, _, _>(router, shared, $handler); )+
        };
    }
    routes! {
        api::system::Livez => handlers::system::livez::handle,
        api::system::Readyz => handlers::system::readyz::handle,
        api::programme::ListProgrammes => handlers::programme::list::handle,
        api::programme::CreateProgramme => handlers::programme::create::handle,
        api::programme::GetProgramme => handlers::programme::get::handle,
        api::programme::ChangeProgramme => handlers::programme::change::handle,
        api::place::ListPlaces => handlers::place::list::handle,
        api::place::CreatePlace => handlers::place::create::handle,
        api::place::GetPlace => handlers::place::get::handle,
        api::place::ReplacePlace => handlers::place::replace::handle,
        api::partnership::ListPartnerships => handlers::partnership::list::handle,
        api::partnership::CreatePartnership => handlers::partnership::create::handle,
        api::partnership::GetPartnership => handlers::partnership::get::handle,
        api::partnership::ChangePartnership => handlers::partnership::change::handle,
        api::partnership::DecidePartnership => handlers::partnership::decide::handle,
        api::partnership::SetRecord => handlers::partnership::set_record::handle,
        api::agreement::ListAgreements => handlers::agreement::list::handle,
        api::agreement::ListPartnershipAgreements => handlers::agreement::list_of_partnership::handle,
        api::agreement::CreateAgreement => handlers::agreement::create::handle,
        api::agreement::GetAgreement => handlers::agreement::get::handle,
        api::agreement::PutVersionText => handlers::agreement::put_text::handle,
        api::agreement::AttachVersionText => handlers::agreement::attach_text::handle,
        api::agreement::GetVersionText => handlers::agreement::get_text::handle,
        api::agreement::AddVersion => handlers::agreement::add_version::handle,
        api::agreement::ProposeVersion => handlers::agreement::propose::handle,
        api::agreement::WithdrawVersion => handlers::agreement::withdraw::handle,
        api::agreement::ApproveVersion => handlers::agreement::approve::handle,
        api::agreement::SignVersion => handlers::agreement::sign::handle,
        api::agreement::GiveNotice => handlers::agreement::give_notice::handle,
        api::engagement::ListEngagements => handlers::engagement::list::handle,
        api::engagement::CreateEngagement => handlers::engagement::create::handle,
        api::engagement::GetEngagement => handlers::engagement::get::handle,
        api::engagement::ReplaceEngagement => handlers::engagement::replace::handle,
        api::engagement::ReadCare => handlers::engagement::care::read,
        api::engagement::SetCare => handlers::engagement::care::set,
        api::vitality::ListVitality => handlers::vitality::list::handle,
        api::vitality::GetVitality => handlers::vitality::get::handle,
        api::vitality::GetVitalityTimeline => handlers::vitality::timeline::handle,
        api::count::CountPartnerships => handlers::count::ask::handle,
        api::search::SearchProgramme => handlers::search::ask::handle,
        api::import::ListImports => handlers::import::list::handle,
        api::import::UploadImport => handlers::import::upload::handle,
        api::import::GetImport => handlers::import::get::handle,
        api::import::DryRunImport => handlers::import::dry_run::handle,
        api::import::ListImportLines => handlers::import::lines::handle,
        api::import::GetImportReport => handlers::import::report::handle,
        api::import::ApplyImport => handlers::import::apply::handle,
        api::import::UndoImport => handlers::import::undo::handle,
        api::journal::ReadJournal => handlers::journal::read::handle,
        api::journal::ReadHistory => handlers::journal::history::handle,
        api::sharing::ListLinks => handlers::sharing::links::list,
        api::sharing::MakeLink => handlers::sharing::links::make,
        api::sharing::GetLink => handlers::sharing::links::get,
        api::sharing::WithdrawLink => handlers::sharing::links::withdraw,
        api::sharing::ListReceived => handlers::sharing::received::list,
        api::sharing::ListShares => handlers::sharing::shares::list,
        api::sharing::ShareRecord => handlers::sharing::shares::share,
        api::sharing::GetShare => handlers::sharing::shares::get,
        api::sharing::RenewShare => handlers::sharing::shares::renew,
        api::sharing::WithdrawShare => handlers::sharing::shares::withdraw,
    }
    router
}
