//! How a partnership with its places is shown.

use chrono::NaiveDate;
use sister_cities_api::partnership::PartnershipView;
use sister_cities_app::partnership::PartnershipWithPlaces;

use crate::call::Answer;

/// The view of a partnership with its places.
pub(super) fn view(found: &PartnershipWithPlaces) -> PartnershipView {
    view_on(found, None)
}

/// The view of a partnership as of a day.
pub(super) fn view_on(found: &PartnershipWithPlaces, day: Option<NaiveDate>) -> PartnershipView {
    let revision = found.partnership.revision.number();
    PartnershipView::on(&found.partnership.value, revision, &found.places, day)
}

/// The answer that shows a partnership at its revision.
pub(super) fn answer(found: &PartnershipWithPlaces) -> Answer<PartnershipView> {
    Answer::versioned(view(found), found.partnership.revision)
}
