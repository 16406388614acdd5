//! The path of one engagement.

use sister_cities_domain::id::{EngagementId, ProgrammeId};

crate::parameters! {
    /// Names an engagement in a path.
    pub struct EngagementPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The engagement.
        pub engagement: EngagementId,
    }
}
