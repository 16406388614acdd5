//! The path of one agreement.

use sister_cities_domain::id::{AgreementId, ProgrammeId};

crate::parameters! {
    /// Names an agreement in a path.
    pub struct AgreementPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The agreement.
        pub agreement: AgreementId,
    }
}

crate::parameters! {
    /// Names a version of an agreement in a path.
    pub struct VersionPath {
        /// The programme.
        pub programme: ProgrammeId,
        /// The agreement.
        pub agreement: AgreementId,
        /// The number of the version.
        pub version: u32,
    }
}
