//! The path of one partnership.

use sister_cities_domain::id::{PartnershipId, ProgrammeId};

crate::parameters! {
    /// Names a partnership in a path.
    pub struct PartnershipPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The partnership.
        pub partnership: PartnershipId,
    }
}
