//! The path of one programme.

use sister_cities_domain::id::ProgrammeId;

crate::parameters! {
    /// Names a programme in a path.
    pub struct ProgrammePath {
        /// The programme.
        pub programme: ProgrammeId,
    }
}
