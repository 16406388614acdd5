//! How a partnership with its places is shown.

use sister_cities_api::partnership::PartnershipView;
use sister_cities_app::partnership::PartnershipWithPlaces;

use crate::call::Answer;

/// The view of a partnership with its places.
pub(super) fn view(found: &PartnershipWithPlaces) -> PartnershipView {
    PartnershipView::of(&found.partnership.value, found.partnership.revision.number(), &found.places)
}

/// The answer that shows a partnership at its revision.
pub(super) fn answer(found: &PartnershipWithPlaces) -> Answer<PartnershipView> {
    Answer::versioned(view(found), found.partnership.revision)
}
