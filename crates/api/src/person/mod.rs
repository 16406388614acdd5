//! People: what they are called, how to reach them, and who may see it.

mod body;
mod view;

pub use body::{
    AffiliationBody, ConsentBody, EmailBody, KeepApartBody, MergeBody, PersonBody, PhoneBody, PostBody,
    ReadingBody, UnmergeBody,
};
pub use view::{DuplicateView, PersonView};

use sister_cities_domain::id::{OrganisationId, PersonId};
use sister_cities_domain::named_enum;
use sister_cities_domain::person::{
    Audience, DuplicateCertainty, DuplicateReason, PersonFact, PersonStanding,
};
use sister_cities_domain::value::Name;

use crate::programme::ProgrammePath;
use crate::{Moment, OrderWord, Page};

crate::endpoints! {
    /// Lists the people of a programme, by name.
    ///
    /// With `person:read` as the desk knows them; without it, those whom members may see, and what members may see of them.
    GET "/v1/programmes/{programme}/persons" for ProgrammeRead
    list_persons: ListPersons(ProgrammePath, query: ListPersonsQuery) -> Page<PersonView>;

    /// Enters a person.
    ///
    /// Nothing of them is shown to anybody but the desk, unless it is marked so and a consent that is in force says so.
    POST "/v1/programmes/{programme}/persons" for PersonWrite
    create_person: CreatePerson(ProgrammePath, body: PersonBody) -> 201 PersonView | Conflict, ETag;

    /// Reads one person.
    ///
    /// With `person:read` as the desk knows them; without it, what members may see. A person of whom members may see nothing is not
    /// found then. With `audience`, the desk looks with the eyes of others. Of a record that was
    /// merged into another, the answer is 308 with the address of the other, for ever.
    GET "/v1/programmes/{programme}/persons/{person}" for ProgrammeRead
    get_person: GetPerson(PersonPath, query: PersonQuery) -> PersonView | Moved, ETag;

    /// Replaces what is known of a person.
    ///
    /// It takes `person:read` besides, as who does not see everything would overwrite it. What would be shown to somebody new without
    /// a consent in force is refused, with the place.
    PUT "/v1/programmes/{programme}/persons/{person}" for PersonWrite
    replace_person: ReplacePerson(PersonPath, body: PersonBody) -> PersonView | Conflict, IfMatch;

    /// Merges another record of the same person into this one, which stands for both from then on.
    ///
    /// Nothing is lost: the other keeps all it says, and its id leads here. Nobody sees more than before. It takes `person:read` besides.
    POST "/v1/programmes/{programme}/persons/{person}/merge" for PersonWrite
    merge_person: MergePerson(PersonPath, body: MergeBody) -> PersonView | Conflict, IfMatch;

    /// Takes a record that was merged into this one out of it again, exactly; what was changed since stays here.
    ///
    /// It takes `person:read` besides.
    POST "/v1/programmes/{programme}/persons/{person}/unmerge" for PersonWrite
    unmerge_person: UnmergePerson(PersonPath, body: UnmergeBody) -> PersonView | Conflict, IfMatch;

    /// Says that another record that looks alike is of somebody else, so that the two are not listed as duplicates again.
    ///
    /// It takes `person:read` besides. They can still be merged, if it turns out otherwise.
    POST "/v1/programmes/{programme}/persons/{person}/keep-apart" for PersonWrite
    keep_persons_apart: KeepPersonsApart(PersonPath, body: KeepApartBody) -> PersonView | Conflict, IfMatch;

    /// Lists pairs of records that may be of one person, with the reasons, the surest first.
    ///
    /// Those of which somebody said that they are two people are left out.
    GET "/v1/programmes/{programme}/duplicate-persons" for PersonRead
    list_duplicate_persons: ListDuplicatePersons(ProgrammePath, query: ListDuplicatePersonsQuery) -> Page<DuplicateView>;
}

crate::parameters! {
    /// Names a person in a path.
    pub struct PersonPath in programme {
        /// The person.
        pub person: PersonId,
    }

    /// Whose eyes a person is seen with, and as of when.
    #[derive(Default)]
    pub struct PersonQuery {
        /// As this audience sees them; another than `members` takes `person:read`.
        pub audience: Option<Audience>,
        /// What had been recorded at this moment, corrections since then left out, which takes `person:read`; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Which people to list.
    #[derive(Default)]
    pub struct ListPersonsQuery in pages {
        /// Only people with a name of which a word begins like this, and goes on like this; accents and case do not matter.
        pub name: Option<Name>,
        /// Only people who work with this organisation.
        pub organisation: Option<OrganisationId>,
        /// Only records that stand for themselves, or only those merged into another; the former if not given.
        pub standing: Option<PersonStanding>,
        /// Only records merged into this one.
        pub merged_into: Option<PersonId>,
        /// The order.
        pub sort: Option<PersonSort>,
        /// From which end; ascending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out, which takes `person:read`; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

crate::parameters! {
    /// Which pairs to list.
    #[derive(Default)]
    pub struct ListDuplicatePersonsQuery in pages {
        /// Only pairs of this person with another.
        pub person: Option<PersonId>,
        /// Only pairs that are so sure.
        pub certainty: Option<DuplicateCertainty>,
    }
}

named_enum! {
    /// The order of a list of people.
    #[non_exhaustive]
    pub enum PersonSort ("an order") {
        /// By name; the default.
        Name = "name",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// For whom something of a person is shown.
    AudienceWord = Audience;
    /// What of a person a consent is about.
    PersonFactWord = PersonFact;
    /// Why two records may be of one person.
    DuplicateReasonWord = DuplicateReason;
    /// How sure it is that two records are of one person.
    DuplicateCertaintyWord = DuplicateCertainty;
}
