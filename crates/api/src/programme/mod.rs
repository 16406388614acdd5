//! Programmes: the tenants, each with its host place, its catalogue of kinds and its policies.

mod body;
mod kind;
mod view;

pub use body::{ChangeProgrammeBody, CreateProgrammeBody, RetentionBody, VitalityPolicyBody};
pub use kind::{KindBody, KindView, LocalisedName};
pub use view::ProgrammeView;

use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::programme::{Headline, OnePerCountry, OpenEnd, Requirement};

use crate::{Moment, NoParameters, Page, RecordedQuery};

crate::endpoints! {
    /// Lists the programmes that the token may see, oldest first.
    GET "/v1/programmes" for ProgrammeRead
    list_programmes: ListProgrammes(NoParameters, query: ListProgrammesQuery) -> Page<ProgrammeView>;

    /// Creates a programme together with its host place, with the standard catalogue of kinds.
    POST "/v1/programmes" for Admin
    create_programme: CreateProgramme(NoParameters, body: CreateProgrammeBody) -> 201 ProgrammeView | Conflict, ETag;

    /// Reads one programme.
    GET "/v1/programmes/{programme}" for ProgrammeRead
    get_programme: GetProgramme(ProgrammePath, query: RecordedQuery) -> ProgrammeView, ETag;

    /// Changes what is given of a programme and leaves the rest.
    PATCH "/v1/programmes/{programme}" for Admin
    change_programme: ChangeProgramme(ProgrammePath, body: ChangeProgrammeBody) -> ProgrammeView, IfMatch;
}

crate::parameters! {
    /// Names a programme in a path.
    pub struct ProgrammePath {
        /// The programme.
        pub programme: ProgrammeId,
    }

    /// Where to read a list of programmes.
    #[derive(Default)]
    pub struct ListProgrammesQuery in pages {
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::words! {
    /// Whether a kind of bond needs a signed agreement.
    RequirementWord = Requirement;
    /// Whether a kind of bond may run without an end.
    OpenEndWord = OpenEnd;
    /// Whether a kind of bond is part of the headline count.
    HeadlineWord = Headline;
    /// Whether a programme wants to be warned of a second bond with a country.
    OnePerCountryWord = OnePerCountry;
}
