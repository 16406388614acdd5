//! Partnerships: the bonds themselves, their episodes, and the decisions taken about them.

mod body;
mod view;

pub use body::{
    ChangePartnershipBody, CoverageBody, CreatePartnershipBody, DateClaimBody, DecisionBody, EpisodeBody,
    EpisodeChangeBody, LabelBody, RecordBody,
};
pub use view::{DecisionView, MemberView, PartnershipView, StatusView};

use chrono::NaiveDate;
use sister_cities_domain::id::{PartnershipId, PlaceId};
use sister_cities_domain::named_enum;
use sister_cities_domain::partnership::{ActKind, EpisodeEndKind, StatusKind};
use sister_cities_domain::value::KindKey;

use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordQuery};

crate::endpoints! {
    /// Lists the partnerships of a programme.
    GET "/v1/programmes/{programme}/partnerships" for ProgrammeRead
    list_partnerships: ListPartnerships(ProgrammePath, query: ListPartnershipsQuery) -> Page<PartnershipView>;

    /// Enters a partnership.
    ///
    /// With an episode it is agreed; without one it is an enquiry. Decisions follow in the order given.
    POST "/v1/programmes/{programme}/partnerships" for PartnershipWrite
    create_partnership: CreatePartnership(ProgrammePath, body: CreatePartnershipBody) -> 201 PartnershipView | Conflict, ETag;

    /// Reads one partnership.
    ///
    /// As of a day, it is shown by what is known now of how it stood then: the status, and what else it may
    /// have been, the episodes and decisions that had or may have begun. It is not found if it surely had not
    /// begun.
    GET "/v1/programmes/{programme}/partnerships/{partnership}" for ProgrammeRead
    get_partnership: GetPartnership(PartnershipPath, query: RecordQuery) -> PartnershipView, ETag;

    /// Adds to what is recorded of a partnership, or chooses among its sources.
    ///
    /// Nothing is taken away: conflicting dates are kept side by side, and one is chosen. Decisions have an
    /// operation of their own.
    PATCH "/v1/programmes/{programme}/partnerships/{partnership}" for PartnershipWrite
    change_partnership: ChangePartnership(PartnershipPath, body: ChangePartnershipBody) -> PartnershipView | Conflict, IfMatch;

    /// Records a decision, such as to suspend, resume, reaffirm or conclude.
    ///
    /// A decision that the present status does not allow answers 409 and says which are possible.
    POST "/v1/programmes/{programme}/partnerships/{partnership}/decisions" for PartnershipWrite
    decide_partnership: DecidePartnership(PartnershipPath, body: DecisionBody) -> 201 PartnershipView | Conflict, IfMatch;

    /// States for which periods the log of a partnership is believed complete.
    ///
    /// Outside them silence means nothing: the vitality is not known, never dormant.
    PUT "/v1/programmes/{programme}/partnerships/{partnership}/record" for PartnershipWrite
    set_record: SetRecord(PartnershipPath, body: RecordBody) -> PartnershipView, IfMatch;
}

crate::parameters! {
    /// Names a partnership in a path.
    pub struct PartnershipPath in programme {
        /// The partnership.
        pub partnership: PartnershipId,
    }

    /// Which partnerships to list.
    #[derive(Default)]
    pub struct ListPartnershipsQuery in pages {
        /// Only those whose latest episode is of this kind; as of a day, those that were or may have been of it then.
        pub kind: Option<KindKey>,
        /// Only those that stand so today; as of a day, those that stood or may have stood so then.
        pub status: Option<StatusKind>,
        /// Only those that bind this place.
        pub place: Option<PlaceId>,
        /// The order.
        pub sort: Option<PartnershipSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// How they stood on this day, by what is known; those that surely had not begun are left out.
        pub as_of: Option<NaiveDate>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of partnerships.
    #[non_exhaustive]
    pub enum PartnershipSort ("an order") {
        /// As they were entered; the default.
        Entered = "entered",
        /// By the day the first episode began.
        Began = "began",
        /// By the day on which something is due with the partner next; those that are over come behind. Only as of now.
        NextTouch = "next_touch",
    }
}

named_enum! {
    /// Whether a claim is the one shown.
    #[non_exhaustive]
    pub enum ClaimStanding ("a standing of a claim") {
        /// It is shown.
        Chosen = "chosen",
        /// It is kept beside the one shown.
        Kept = "kept",
    }
}

crate::words! {
    /// Whether an episode has an end of its own.
    EndWord = EpisodeEndKind;
    /// Whether a claim is the one shown.
    ClaimWord = ClaimStanding;
    /// Where a partnership stands by decision.
    StatusWord = StatusKind;
    /// What was decided about a partnership.
    DecisionWord = ActKind;
}
