//! The path of one place.

use sister_cities_domain::id::{PlaceId, ProgrammeId};

crate::parameters! {
    /// Names a place in a path.
    pub struct PlacePath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The place.
        pub place: PlaceId,
    }
}
