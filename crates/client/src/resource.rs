//! Typed calls, grouped by what they are about: `client.programme(id).partnerships().list(..)`.
//!
//! Each method is one endpoint of the API and nothing more; what it does is documented at the endpoint, which its
//! result names. It is called as the endpoint is, but for what its group says already: `create_place` is
//! `places().create`. Reads and changes of one record answer with [`Versioned`], and a change is made *from* what was
//! read. A read as of another day is the same call with another query: `places().get(id).with_query(times)`.

mod events;
#[cfg(test)]
mod tests;

use std::convert::identity;

use sister_cities_api::domain::id::{
    AgreementId, EngagementId, ImportId, LinkId, PartnershipId, PlaceId, ProgrammeId, RecordRef, ShareId,
};
use sister_cities_api::{
    Endpoint, FileUpload, NoParameters, TextUpload, agreement, count, engagement, handover, import, journal,
    partnership, place, practice, programme, promise, search, sharing, vitality,
};

use crate::{Call, Client, List, Tagged, Versioned};

pub use notification::{CalendarFeeds, Deliveries, Notifications, Subscriptions};
pub use people::{Committees, Organisations, Persons, Roles};
pub use results::{
    ActionPlans, ActionPoints, Adoptions, Due, Indicators, Outcomes, Practices, ValuationRates,
};
pub use webhooks::Webhooks;

/// Declares a group of methods, one in each row, in the form of its signature:
///
/// ```text
/// method[ids of the path](query: Type, body: Type) -> Call<Endpoint, Tagged>;
/// ```
///
/// The id of the programme is always there. A change has `[&View => id]` instead of an id: it takes what was read,
/// which gives the id and the revision that the change starts from. A query or body that is left out is empty.
macro_rules! resource {
    (
        $(#[$doc:meta])*
        $group:ident {
            $(
                $(#[$method_doc:meta])*
                $method:ident
                $([ $(& $($view:ident)::+ $(=> $view_id:ident)?)? $(,)? $($id:ident: $id_type:ty),* ])?
                ($(query: $($query:ident)::+)? $(,)? $(body: $($body:ident)::+)?)
                -> $result:ident<$endpoint:path $(, $mode:ident)?>;
            )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        pub struct $group {
            client: Client,
            programme: ProgrammeId,
        }

        impl $group {
            pub(crate) fn new(client: &Client, programme: ProgrammeId) -> Self {
                Self { client: client.clone(), programme }
            }

            $(
                $(#[$method_doc])*
                pub fn $method(
                    &self
                    $($(, from: &Versioned<$($view)::+>)? $(, $id: $id_type)*)?
                    $(, query: $($query)::+)?
                    $(, body: $($body)::+)?
                ) -> $result<$endpoint $(, $mode)?> {
                    // `identity` names the type, without which a part of a row cannot be repeated or left out.
                    type Path = <$endpoint as Endpoint>::Path;
                    let path = Path { programme: self.programme $($($(, $view_id: from.id)?)? $(, $id)*)? };
                    let query = or_default!($(identity::<$($query)::+>(query))?);
                    let body = or_default!($(identity::<$($body)::+>(body))?);
                    $result::new(self.client.clone(), path, query, body)
                        $($(.with_if_match(&identity::<&Versioned<$($view)::+>>(from).etag))?)?
                }
            )*
        }

        #[cfg(test)]
        impl $group {
            /// The rows, for the test that walks the endpoints.
            pub(crate) const ROWS: &'static [$crate::resource::tests::Row] = &[$(
                $crate::resource::tests::Row::of::<$endpoint>(stringify!($method), stringify!($($(&$($view)::+)?)? $result $($mode)?)),
            )*];
        }
    };
}

/// The value given, or the empty one where none is.
macro_rules! or_default {
    () => {
        Default::default()
    };
    ($given:expr) => {
        $given
    };
}

mod notification;
mod people;
mod results;
mod webhooks;

resource! {
    /// One programme: the tenant in which everything else lies.
    Programme {
        /// Reads the programme itself.
        get() -> Call<programme::GetProgramme, Tagged>;
        /// Changes what is given and leaves the rest.
        change[&programme::ProgrammeView](body: programme::ChangeProgrammeBody)
            -> Call<programme::ChangeProgramme, Tagged>;
        /// The vitality of all its partnerships on a day, without the inputs.
        list_vitality(query: vitality::ListVitalityQuery) -> List<vitality::ListVitality>;
        /// Finds records by the words of their names, titles and notes.
        search(query: search::SearchQuery) -> List<search::SearchProgramme>;
        /// Who learned what from whom, how far they are and whether it worked.
        list_learning(query: practice::ListAdoptionsQuery) -> List<practice::ListLearning>;
        /// On which topics places have practices or adopted some.
        list_topics() -> Call<practice::ListTopics>;
        /// How many partnerships there were on a day.
        count_partnerships(query: count::CountQuery) -> Call<count::CountPartnerships>;
        /// The partnerships behind that number.
        list_counted_partnerships(query: count::ListCountedPartnershipsQuery)
            -> List<count::ListCountedPartnerships>;
        /// How many exchanges there were in a year, in and out, and how many people made them.
        count_exchanges(query: count::CountExchangesQuery) -> Call<count::CountExchanges>;
        /// The engagements behind the counts of exchanges, each as it is counted.
        list_counted_engagements(query: count::ListCountedEngagementsQuery)
            -> List<count::ListCountedEngagements>;
    }
}

resource! {
    /// The places of one programme.
    Places {
        /// Lists the places, by name.
        list(query: place::ListPlacesQuery) -> List<place::ListPlaces>;
        /// Adds a place.
        create(body: place::PlaceBody) -> Call<place::CreatePlace, Tagged>;
        /// Reads one place.
        get[place: PlaceId]() -> Call<place::GetPlace, Tagged>;
        /// Replaces what is known of a place.
        replace[&place::PlaceView => place](body: place::PlaceBody) -> Call<place::ReplacePlace, Tagged>;
    }
}

resource! {
    /// The partnerships of one programme, what was decided about them, and how alive they are.
    Partnerships {
        /// Lists the partnerships.
        list(query: partnership::ListPartnershipsQuery) -> List<partnership::ListPartnerships>;
        /// Enters a partnership.
        create(body: partnership::CreatePartnershipBody) -> Call<partnership::CreatePartnership, Tagged>;
        /// Reads one partnership.
        get[partnership: PartnershipId]() -> Call<partnership::GetPartnership, Tagged>;
        /// Adds to what is recorded, or chooses among the sources.
        change[&partnership::PartnershipView => partnership](body: partnership::ChangePartnershipBody)
            -> Call<partnership::ChangePartnership, Tagged>;
        /// Records a decision: suspend, resume, reaffirm, conclude …
        decide[&partnership::PartnershipView => partnership](body: partnership::DecisionBody)
            -> Call<partnership::DecidePartnership, Tagged>;
        /// States for which periods the log is believed complete; replaces what was stated before.
        set_record[&partnership::PartnershipView => partnership](body: partnership::RecordBody)
            -> Call<partnership::SetRecord, Tagged>;
        /// Enters the plan by which a partnership comes back to life, with its points.
        reawaken[partnership: PartnershipId](body: promise::ReawakeningBody)
            -> Call<promise::ReawakenPartnership, Tagged>;
        /// Lists the agreements of one partnership.
        list_agreements[partnership: PartnershipId](query: agreement::ListPartnershipAgreementsQuery)
            -> List<agreement::ListPartnershipAgreements>;
        /// How alive a partnership is on a day, why, and when it will cool.
        get_vitality[partnership: PartnershipId](query: vitality::VitalityQuery) -> Call<vitality::GetVitality>;
        /// What whoever takes over a partnership has to know.
        get_handover[partnership: PartnershipId](query: handover::HandoverQuery)
            -> Call<handover::GetPartnershipHandover>;
        /// How alive a partnership was over time.
        get_vitality_timeline[partnership: PartnershipId](query: vitality::TimelineQuery)
            -> Call<vitality::GetVitalityTimeline>;
    }
}

resource! {
    /// The agreements of one programme: what was put in writing, version by version.
    Agreements {
        /// Lists the agreements; the query can ask for those of one partnership.
        list(query: agreement::ListAgreementsQuery) -> List<agreement::ListAgreements>;
        /// Enters an agreement of a partnership: a draft, or one that was signed before.
        create[partnership: PartnershipId](body: agreement::CreateAgreementBody)
            -> Call<agreement::CreateAgreement, Tagged>;
        /// Reads one agreement.
        get[agreement: AgreementId]() -> Call<agreement::GetAgreement, Tagged>;
        /// Drafts a version that amends or supersedes a fully signed one.
        add_version[&agreement::AgreementView => agreement](body: agreement::AddVersionBody)
            -> Call<agreement::AddVersion, Tagged>;
        /// Fixes the text of a draft, for all sides to approve.
        propose_version[&agreement::AgreementView => agreement](body: agreement::ProposalBody)
            -> Call<agreement::ProposeVersion, Tagged>;
        /// Records the approval of a version by one side.
        approve_version[&agreement::AgreementView => agreement](body: agreement::ApprovalBody)
            -> Call<agreement::ApproveVersion, Tagged>;
        /// Records the signature of a version for one side.
        sign_version[&agreement::AgreementView => agreement](body: agreement::SignatureBody)
            -> Call<agreement::SignVersion, Tagged>;
        /// Gives up a version that nobody has approved.
        withdraw_version[&agreement::AgreementView => agreement](body: agreement::WithdrawalBody)
            -> Call<agreement::WithdrawVersion, Tagged>;
        /// Records that notice was given.
        give_notice[&agreement::AgreementView => agreement](body: agreement::NoticeBody)
            -> Call<agreement::GiveNotice, Tagged>;
        /// Stores the text of a version, which must be the one that the version names by its SHA-256.
        put_version_text[agreement: AgreementId, version: u32](body: TextUpload)
            -> Call<agreement::PutVersionText>;
        /// Gives a version its text that was not at hand when it was entered; once.
        attach_version_text[&agreement::AgreementView => agreement, version: u32](body: TextUpload)
            -> Call<agreement::AttachVersionText, Tagged>;
        /// Reads the text of a version, if it is stored.
        get_version_text[agreement: AgreementId, version: u32]() -> Call<agreement::GetVersionText>;
    }
}

resource! {
    /// The log of one programme: what the cities did with each other.
    Engagements {
        /// Lists engagements, the latest first.
        list(query: engagement::ListEngagementsQuery) -> List<engagement::ListEngagements>;
        /// Logs an engagement.
        create(body: engagement::EngagementBody) -> Call<engagement::CreateEngagement, Tagged>;
        /// Reads one engagement.
        get[engagement: EngagementId]() -> Call<engagement::GetEngagement, Tagged>;
        /// Replaces what is known of an engagement.
        replace[&engagement::EngagementView => engagement](body: engagement::EngagementBody)
            -> Call<engagement::ReplaceEngagement, Tagged>;
        /// Reads what those who take part need. The journal tells who did.
        read_care[engagement: EngagementId]() -> Call<engagement::ReadCare, Tagged>;
        /// Asks which questions on what came of it are open, and which will be.
        get_outcome_questions[engagement: EngagementId](query: engagement::OutcomeQuestionsQuery)
            -> Call<engagement::GetOutcomeQuestions>;
        /// Says for one side what came of it: nothing yet, nothing ever, or an outcome.
        answer_outcome_question[&engagement::EngagementView => engagement](body: engagement::OutcomeAnswerBody)
            -> Call<engagement::AnswerOutcomeQuestion, Tagged>;
        /// Invites people who stand for an organisation in it, all of them if none are named.
        invite_to_engagement[&engagement::EngagementView => engagement](body: engagement::InviteBody)
            -> Call<engagement::InviteToEngagement, Tagged>;
        /// Says what those who take part need, or that nothing is needed any more.
        set_care[&engagement::EngagementView => engagement](body: engagement::CareBody)
            -> Call<engagement::SetCare, Tagged>;
    }
}

resource! {
    /// The imports of one programme: a file, a dry run, a person's answers, then all of it or nothing.
    Imports {
        /// Lists the imports, the latest first.
        list(query: import::ListImportsQuery) -> List<import::ListImports>;
        /// Uploads a file; nothing is written but the file.
        upload(query: import::UploadImportQuery, body: FileUpload) -> Call<import::UploadImport, Tagged>;
        /// Reads one import, with the progress of the work at hand.
        get[import: ImportId]() -> Call<import::GetImport, Tagged>;
        /// Says for each line what applying would do, and writes nothing.
        dry_run[import: ImportId](body: import::DryRunBody) -> Call<import::DryRunImport, Tagged>;
        /// Lists the lines with what each comes to, in the order of the file.
        list_lines[import: ImportId](query: import::ListImportLinesQuery) -> List<import::ListImportLines>;
        /// Says how the file was read, so that nothing in it is lost silently.
        get_report[import: ImportId]() -> Call<import::GetImportReport>;
        /// Writes the import, all of it or nothing.
        apply[import: ImportId](body: import::ApplyBody) -> Call<import::ApplyImport, Tagged>;
        /// Takes the import back; what somebody has touched since is kept and listed.
        undo[import: ImportId]() -> Call<import::UndoImport, Tagged>;
        /// Takes an import out, with its file and what was said of its lines.
        delete[&import::ImportView => import]() -> Call<import::DeleteImport>;
        /// Says how much the programme keeps of files, and how much it may.
        get_kept_bytes() -> Call<import::GetKeptBytes>;
    }
}

resource! {
    /// The journal of one programme: every change, as an event.
    Journal {
        /// Reads a stretch of the journal, oldest event first.
        read(query: journal::JournalQuery) -> Call<journal::ReadJournal>;
        /// The history of one record of any kind: each revision, the oldest first, with what it changed.
        read_history[record: RecordRef](query: journal::HistoryQuery) -> List<journal::ReadHistory>;
    }
}

resource! {
    /// The links of one programme to others, and what is shared over them.
    Sharing {
        /// Lists the links, and who offers one.
        list_links(query: sharing::ListLinksQuery) -> Call<sharing::ListLinks>;
        /// Says that another programme keeps the same partnership.
        make_link(body: sharing::LinkBody) -> Call<sharing::MakeLink, Tagged>;
        /// Reads one link.
        get_link[link: LinkId]() -> Call<sharing::GetLink, Tagged>;
        /// Takes a link back, and all that was shared over it.
        withdraw_link[&sharing::LinkView => link]() -> Call<sharing::WithdrawLink>;
        /// Lists what the programme at the other end of a link shares.
        list_received[link: LinkId](query: sharing::ListReceivedQuery) -> List<sharing::ListReceived>;
        /// Lists what is shared.
        list_shares(query: sharing::ListSharesQuery) -> List<sharing::ListShares>;
        /// Tells the other programme what a record says now.
        share_record(body: sharing::ShareBody) -> Call<sharing::ShareRecord, Tagged>;
        /// Reads what is shared of one record.
        get_share[share: ShareId]() -> Call<sharing::GetShare, Tagged>;
        /// Tells anew what a shared record says now.
        renew_share[&sharing::ShareView => share](body: sharing::RenewBody) -> Call<sharing::RenewShare, Tagged>;
        /// Takes back what was shared.
        withdraw_share[&sharing::ShareView => share]() -> Call<sharing::WithdrawShare>;
    }
}

/// The programmes that the token may see.
#[derive(Clone, Debug)]
pub struct Programmes {
    client: Client,
}

impl Programmes {
    pub(crate) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }

    /// Lists the programmes, oldest first.
    pub fn list(&self, query: programme::ListProgrammesQuery) -> List<programme::ListProgrammes> {
        self.client.list(NoParameters, query)
    }

    /// Creates a programme together with its host place.
    pub fn create(&self, body: programme::CreateProgrammeBody) -> Call<programme::CreateProgramme, Tagged> {
        self.client.call_versioned(NoParameters, NoParameters, body)
    }
}

/// The ways from a programme to what it holds.
macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident: $group:ident;)*) => {
        impl Programme {
            $(
                $(#[$doc])*
                #[must_use]
                pub fn $part(&self) -> $group {
                    $group::new(&self.client, self.programme)
                }
            )*
        }
    };
}

parts! {
    /// Its places.
    places: Places;
    /// Its partnerships.
    partnerships: Partnerships;
    /// Its action plans.
    action_plans: ActionPlans;
    /// The points of its action plans.
    action_points: ActionPoints;
    /// Its agreements.
    agreements: Agreements;
    /// Its log of engagements.
    engagements: Engagements;
    /// Its outcomes.
    outcomes: Outcomes;
    /// What cities may learn from each other.
    practices: Practices;
    /// Who learned it.
    adoptions: Adoptions;
    /// Its indicators.
    indicators: Indicators;
    /// Its valuation rates.
    valuation_rates: ValuationRates;
    /// Its imports.
    imports: Imports;
    /// Its journal of changes.
    journal: Journal;
    /// What is due in it.
    due: Due;
    /// What it shares with other programmes, and they with it.
    sharing: Sharing;
    /// Its committees.
    committees: Committees;
    /// Who is what in it.
    roles: Roles;
    /// The organisations that it works with.
    organisations: Organisations;
    /// The people that it knows.
    persons: Persons;
    /// Who is told of its events by webhooks.
    webhooks: Webhooks;
    /// Who is told of what in it, and how often.
    subscriptions: Subscriptions;
    /// What was sent from it, and what became of that.
    deliveries: Deliveries;
    /// What people were told.
    notifications: Notifications;
    /// What calendar programs fetch by a private link.
    calendar_feeds: CalendarFeeds;
}
