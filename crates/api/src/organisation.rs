//! Organisations: the offices, schools, companies and associations that a programme works with.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;
use sister_cities_domain::id::{OrganisationId, PlaceId};
use sister_cities_domain::named_enum;
use sister_cities_domain::organisation::{Organisation, OrganisationKind, RegisterId, RegisterScheme};
use sister_cities_domain::value::{Name, Source, WebAddress};

use crate::note::NoteBody;
use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists the organisations of a programme, by name.
    GET "/v1/programmes/{programme}/organisations" for ProgrammeRead
    list_organisations: ListOrganisations(ProgrammePath, query: ListOrganisationsQuery) -> Page<OrganisationView>;

    /// Enters an organisation.
    POST "/v1/programmes/{programme}/organisations" for PersonWrite
    create_organisation: CreateOrganisation(ProgrammePath, body: OrganisationBody) -> 201 OrganisationView | Conflict, ETag;

    /// Reads one organisation.
    GET "/v1/programmes/{programme}/organisations/{organisation}" for ProgrammeRead
    get_organisation: GetOrganisation(OrganisationPath, query: RecordedQuery) -> OrganisationView, ETag;

    /// Replaces what is known of an organisation.
    PUT "/v1/programmes/{programme}/organisations/{organisation}" for PersonWrite
    replace_organisation: ReplaceOrganisation(OrganisationPath, body: OrganisationBody) -> OrganisationView | Conflict, IfMatch;
}

crate::parameters! {
    /// Names an organisation in a path.
    pub struct OrganisationPath in programme {
        /// The organisation.
        pub organisation: OrganisationId,
    }

    /// Which organisations to list.
    #[derive(Default)]
    pub struct ListOrganisationsQuery in pages {
        /// Only organisations with a name that begins like this; accents and case do not matter.
        pub name: Option<Name>,
        /// Only organisations of this sort, such as `school`.
        pub kind: Option<OrganisationKind>,
        /// Only organisations with their seat there.
        pub place: Option<PlaceId>,
        /// Only parts of this organisation.
        pub parent: Option<OrganisationId>,
        /// The order.
        pub sort: Option<OrganisationSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of organisations.
    #[non_exhaustive]
    pub enum OrganisationSort ("an order") {
        /// By name; the default.
        Name = "name",
        /// As they were entered.
        Entered = "entered",
    }
}

/// An organisation, as created or replaced.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganisationBody {
    /// What it calls itself, in its own script.
    pub name: Name,
    /// The same in Latin letters, where they are others.
    pub latin_name: Option<Name>,
    /// What sort of organisation it is: `municipality`, `school`, `company` …
    pub kind: OrganisationKind,
    /// Where it has its seat.
    pub place: Option<PlaceId>,
    /// The organisation that it is part of.
    pub parent: Option<OrganisationId>,
    /// By what public registers know it, each register once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub register_ids: Vec<RegisterIdBody>,
    /// Its own page.
    pub website: Option<WebAddress>,
    /// Remarks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<NoteBody>,
    /// Where all this is from.
    pub source: Option<Source>,
}

/// By what a public register knows an organisation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterIdBody {
    /// The register: `wikidata`, `gb-chc` … (org-id.guide).
    pub scheme: RegisterScheme,
    /// The id there.
    pub value: Name,
}

/// An organisation of a programme.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OrganisationView {
    /// Its id.
    pub id: OrganisationId,
    /// The revision to name in `If-Match` when changing it.
    pub revision: u32,
    /// What it calls itself, in its own script.
    pub name: Name,
    /// The same in Latin letters, where they are others.
    pub latin_name: Option<Name>,
    /// What sort of organisation it is.
    pub kind: OrganisationKind,
    /// Where it has its seat.
    pub place: Option<PlaceId>,
    /// The organisation that it is part of.
    pub parent: Option<OrganisationId>,
    /// By what public registers know it.
    #[serde(default)]
    pub register_ids: Vec<RegisterIdBody>,
    /// Its own page.
    pub website: Option<WebAddress>,
    /// Remarks.
    #[serde(default)]
    pub notes: Vec<NoteBody>,
    /// Where all this is from.
    pub source: Option<Source>,
}

impl OrganisationView {
    /// Shows an organisation at a revision.
    #[must_use]
    pub fn of(organisation: &Organisation, revision: u32) -> Self {
        let Organisation {
            id,
            name,
            latin_name,
            kind,
            place,
            parent,
            register_ids,
            website,
            notes,
            source,
            programme: _,
        } = organisation.clone();
        let register_id =
            |id: &RegisterId| RegisterIdBody { scheme: id.scheme().clone(), value: id.value().clone() };
        Self {
            id,
            revision,
            name,
            latin_name,
            kind,
            place,
            parent,
            register_ids: register_ids.iter().map(register_id).collect(),
            website,
            notes: notes.iter().map(NoteBody::of).collect(),
            source,
        }
    }
}

/// The organisation as a body that changes nothing: what is to be changed is changed in it.
impl From<OrganisationView> for OrganisationBody {
    fn from(view: OrganisationView) -> Self {
        let OrganisationView {
            id: _,
            revision: _,
            name,
            latin_name,
            kind,
            place,
            parent,
            register_ids,
            website,
            notes,
            source,
        } = view;
        Self { name, latin_name, kind, place, parent, register_ids, website, notes, source }
    }
}
