//! Who is who: committees, roles, organisations and people.

use std::convert::identity;

use sister_cities_api::domain::id::{CommitteeId, OrganisationId, PersonId, ProgrammeId, RoleId};
use sister_cities_api::{Endpoint, RecordQuery, committee, handover, organisation, person, role};

use crate::{Call, Client, List, Tagged, Versioned};

resource! {
    /// The committees of one programme.
    Committees {
        /// Lists the committees, by name.
        list(query: committee::ListCommitteesQuery) -> List<committee::ListCommittees>;
        /// Enters a committee.
        create(body: committee::CommitteeBody) -> Call<committee::CreateCommittee, Tagged>;
        /// Reads one committee.
        get[committee: CommitteeId]() -> Call<committee::GetCommittee, Tagged>;
        /// Replaces what is known of a committee.
        replace[&committee::CommitteeView => committee](body: committee::CommitteeBody)
            -> Call<committee::ReplaceCommittee, Tagged>;
        /// Deletes a committee that was entered by mistake.
        delete[&committee::CommitteeView => committee]() -> Call<committee::DeleteCommittee>;
        /// What is vacant in a committee on a day.
        get_vacancies[committee: CommitteeId](query: RecordQuery) -> Call<committee::GetVacancies>;
    }
}

resource! {
    /// The roles of one programme: who is what, where and when.
    Roles {
        /// Lists roles, those that began last first.
        list(query: role::ListRolesQuery) -> List<role::ListRoles>;
        /// Enters a role.
        create(body: role::RoleBody) -> Call<role::CreateRole, Tagged>;
        /// Reads one role.
        get[role: RoleId]() -> Call<role::GetRole, Tagged>;
        /// Replaces what is known of a role.
        replace[&role::RoleView => role](body: role::RoleBody) -> Call<role::ReplaceRole, Tagged>;
        /// Deletes a role that was entered by mistake.
        delete[&role::RoleView => role]() -> Call<role::DeleteRole>;
        /// What whoever takes over a role has to know.
        get_handover[role: RoleId](query: handover::HandoverQuery) -> Call<handover::GetRoleHandover>;
        /// Ends a role, and says who takes over.
        end[&role::RoleView => role](body: role::EndRoleBody) -> Call<role::EndRole, Tagged>;
    }
}

resource! {
    /// The organisations that one programme works with.
    Organisations {
        /// Lists the organisations, by name.
        list(query: organisation::ListOrganisationsQuery) -> List<organisation::ListOrganisations>;
        /// Enters an organisation.
        create(body: organisation::OrganisationBody) -> Call<organisation::CreateOrganisation, Tagged>;
        /// Reads one organisation.
        get[organisation: OrganisationId]() -> Call<organisation::GetOrganisation, Tagged>;
        /// Replaces what is known of an organisation.
        replace[&organisation::OrganisationView => organisation](body: organisation::OrganisationBody)
            -> Call<organisation::ReplaceOrganisation, Tagged>;
    }
}

resource! {
    /// The people that one programme knows, as the token may see them.
    Persons {
        /// Lists the people, by name.
        list(query: person::ListPersonsQuery) -> List<person::ListPersons>;
        /// Enters a person.
        create(body: person::PersonBody) -> Call<person::CreatePerson, Tagged>;
        /// Reads one person.
        get[person: PersonId]() -> Call<person::GetPerson, Tagged>;
        /// Replaces what is known of a person.
        replace[&person::PersonView => person](body: person::PersonBody) -> Call<person::ReplacePerson, Tagged>;
        /// Merges another record of the same person into this one.
        merge[&person::PersonView => person](body: person::MergeBody) -> Call<person::MergePerson, Tagged>;
        /// Says that another record that looks alike is of somebody else.
        keep_apart[&person::PersonView => person](body: person::KeepApartBody) -> Call<person::KeepPersonsApart, Tagged>;
        /// Takes a record out again that was merged into this one.
        unmerge[&person::PersonView => person](body: person::UnmergeBody) -> Call<person::UnmergePerson, Tagged>;
        /// Lists pairs of records that may be of one person, the surest first.
        list_duplicates(query: person::ListDuplicatePersonsQuery) -> List<person::ListDuplicatePersons>;
    }
}
