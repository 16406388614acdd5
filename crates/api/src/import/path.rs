//! The path of one import.

use sister_cities_domain::id::{ImportId, ProgrammeId};

crate::parameters! {
    /// Names an import in a path.
    pub struct ImportPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The import.
        pub import: ImportId,
    }
}
