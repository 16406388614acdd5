//! Practices that cities learn from each other, the adoptions of them, and what is asked about both.

mod body;
mod view;

pub use body::{AdoptionBody, AdoptionStepBody, OriginBody, PracticeBody, PracticeCostBody};
pub use view::{
    AdoptionView, AdoptionViewOfShared, LearningView, OriginInWordsView, PartyView, PlaceOnTopicView,
    PracticeView, StepTakenView, TopicView, TopicsView,
};

use sister_cities_domain::id::{AdoptionId, PartnershipId, PlaceId, PracticeId};
use sister_cities_domain::named_enum;
use sister_cities_domain::practice::{AdoptionState, AdoptionStep, Topic, Verdict};

use crate::programme::ProgrammePath;
use crate::{Moment, NoContent, OrderWord, Page, RecordedQuery};

crate::endpoints! {
    /// Lists practices, those done since the latest date first.
    GET "/v1/programmes/{programme}/practices" for ProgrammeRead
    list_practices: ListPractices(ProgrammePath, query: ListPracticesQuery) -> Page<PracticeView>;

    /// Enters a practice.
    POST "/v1/programmes/{programme}/practices" for PracticeWrite
    create_practice: CreatePractice(ProgrammePath, body: PracticeBody) -> 201 PracticeView | Conflict, ETag;

    /// Reads one practice.
    GET "/v1/programmes/{programme}/practices/{practice}" for ProgrammeRead
    get_practice: GetPractice(PracticePath, query: RecordedQuery) -> PracticeView, ETag;

    /// Replaces what is known of a practice.
    PUT "/v1/programmes/{programme}/practices/{practice}" for PracticeWrite
    replace_practice: ReplacePractice(PracticePath, body: PracticeBody) -> PracticeView | Conflict, IfMatch;

    /// Removes a practice that nobody has adopted.
    DELETE "/v1/programmes/{programme}/practices/{practice}" for PracticeWrite
    delete_practice: DeletePractice(PracticePath) -> 204 NoContent | Conflict, IfMatch;

    /// Lists adoptions, those with the latest step first.
    GET "/v1/programmes/{programme}/adoptions" for ProgrammeRead
    list_adoptions: ListAdoptions(ProgrammePath, query: ListAdoptionsQuery) -> Page<AdoptionView>;

    /// Enters that a practice was offered to a place.
    ///
    /// The practice is one of the programme, or one that another programme shares with it. Of a shared one is kept
    /// what is told now, with its origin: whose it is, since when, and who shared it.
    POST "/v1/programmes/{programme}/adoptions" for PracticeWrite
    create_adoption: CreateAdoption(ProgrammePath, body: AdoptionBody) -> 201 AdoptionView | Conflict, ETag;

    /// Reads one adoption with its steps.
    GET "/v1/programmes/{programme}/adoptions/{adoption}" for ProgrammeRead
    get_adoption: GetAdoption(AdoptionPath, query: RecordedQuery) -> AdoptionView, ETag;

    /// Replaces what is known of an adoption, but for its steps.
    PUT "/v1/programmes/{programme}/adoptions/{adoption}" for PracticeWrite
    replace_adoption: ReplaceAdoption(AdoptionPath, body: AdoptionBody) -> AdoptionView | Conflict, IfMatch;

    /// Removes the record of an adoption.
    DELETE "/v1/programmes/{programme}/adoptions/{adoption}" for PracticeWrite
    delete_adoption: DeleteAdoption(AdoptionPath) -> 204 NoContent | Conflict, IfMatch;

    /// Takes a step of an adoption.
    ///
    /// From offered to understood, adapting, in use and evaluated, one after the other; until it is evaluated it may
    /// be abandoned. A step that is not possible from where it is gets refused with 409.
    POST "/v1/programmes/{programme}/adoptions/{adoption}/steps" for PracticeWrite
    take_adoption_step: TakeAdoptionStep(AdoptionPath, body: AdoptionStepBody) -> 201 AdoptionView | Conflict, IfMatch;

    /// Lists who learned what from whom, how far they are and whether it worked, over all partnerships.
    ///
    /// These are the adoptions with the names of everybody and everything in them, those with the latest step first.
    GET "/v1/programmes/{programme}/learning" for ProgrammeRead
    list_learning: ListLearning(ProgrammePath, query: ListAdoptionsQuery) -> Page<LearningView>;

    /// Lists the topics on which places have practices or adopted some, the most shared first.
    ///
    /// Where several places work on the same topic, they share a challenge.
    GET "/v1/programmes/{programme}/topics" for ProgrammeRead
    list_topics: ListTopics(ProgrammePath) -> TopicsView;
}

crate::parameters! {
    /// Names a practice in a path.
    pub struct PracticePath in programme {
        /// The practice.
        pub practice: PracticeId,
    }

    /// Names an adoption in a path.
    pub struct AdoptionPath in programme {
        /// The adoption.
        pub adoption: AdoptionId,
    }

    /// Which practices to list.
    #[derive(Default)]
    pub struct ListPracticesQuery in pages {
        /// Only those about this topic, such as `workforce`.
        pub topic: Option<Topic>,
        /// Only those of this place.
        pub place: Option<PlaceId>,
        /// The order.
        pub sort: Option<PracticeSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }

    /// Which adoptions to list.
    #[derive(Default)]
    pub struct ListAdoptionsQuery in pages {
        /// Only those of this practice.
        pub practice: Option<PracticeId>,
        /// Only those about this topic, such as `workforce`.
        pub topic: Option<Topic>,
        /// Only those in which this place learned, or others learned from it.
        pub place: Option<PlaceId>,
        /// Only those that came through this partnership.
        pub partnership: Option<PartnershipId>,
        /// Only those that are so far.
        pub state: Option<AdoptionState>,
        /// Only those that were judged so.
        pub verdict: Option<Verdict>,
        /// The order.
        pub sort: Option<AdoptionSort>,
        /// From which end; descending if not given.
        pub order: Option<OrderWord>,
        /// What had been recorded at this moment, corrections since then left out; now if not given.
        pub recorded_at: Option<Moment>,
    }
}

named_enum! {
    /// The order of a list of practices.
    #[non_exhaustive]
    pub enum PracticeSort ("an order") {
        /// By since when they are done; the default.
        Since = "since",
        /// As they were entered.
        Entered = "entered",
    }
}

named_enum! {
    /// The order of a list of adoptions.
    #[non_exhaustive]
    pub enum AdoptionSort ("an order") {
        /// By the last date on record; the default.
        LastStep = "last_step",
        /// As they were entered.
        Entered = "entered",
    }
}

crate::words! {
    /// How far the adoption of a practice is.
    AdoptionStateWord = AdoptionState;
    /// A step of an adoption.
    AdoptionStepWord = AdoptionStep;
    /// Whether an adopted practice worked.
    VerdictWord = Verdict;
}
