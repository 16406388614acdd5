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
