//! What is stored today is read for ever: each stored form is held against a file that is never changed, only added to.
//!
//! A test that fails here says that the stored form has changed. Then do not change the file: raise the version of the record,
//! read the old form still, and add a file of the new one.

use std::collections::BTreeSet;
use std::fmt::Debug;

use chrono::TimeZone as _;
use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use sister_cities_domain::access::{AccessToken, Actor, Scope, TokenHash};
use sister_cities_domain::calendar_feed::{CalendarFeed, FeedLink, FeedSubject};
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::due::{DueDone, DueKind, DueResponse};
use sister_cities_domain::engagement::{
    AskedSide, Cost, Direction, Engagement, EngagementDates, Foci, Focus, FollowUp, Happening, Organisation,
    OtherSideEvidence, OutcomeAnswer, ParticipantGroup, ParticipantRole, Side, WhatCame,
};
use sister_cities_domain::event::{Event, EventBody};
use sister_cities_domain::id::{
    ActionPlanId, ActionPointId, AdoptionId, AgreementId, CalendarFeedId, CommitteeId, DueId, EngagementId,
    EventId, IndicatorId, LinkId, OrganisationId, OutcomeId, PartnershipId, PersonId, PlaceId, PracticeId,
    ProgrammeId, RoleId, SeededIds, ShareId, SubscriptionId, TokenId, ValuationRateId, WebhookEndpointId,
};
use sister_cities_domain::indicator::{
    Baseline, Better, Indicator, IndicatorMeasure, IndicatorPeriod, Measured, ResultType,
};
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_domain::organisation::{self, OrganisationKind, RegisterId, RegisterScheme};
use sister_cities_domain::outcome::{
    Attribution, EvidenceChange, EvidenceStep, Outcome, OutcomeKind, SameOutcome,
};
use sister_cities_domain::person::{
    Absorbed, Affiliation, Audience, Consent, Email, Entry, Given, Person, PersonFact, Phone, Post, Reading,
};
use sister_cities_domain::place::{
    ExternalIds, NameRole, Place, PlaceIdentity, PlaceLevel, PlaceName, Population,
};
use sister_cities_domain::practice::{
    AdoptedPractice, Adoption, AdoptionCourse, Origin, OriginInWords, Practice, PracticeCost, StepAct,
    StepTaken, Topic, Verdict,
};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::promise::{
    Acceptance, ActionPlan, ActionPlanKind, ActionPoint, CheckRhythm, PlanCheck, PointAct, PointNumber,
    PointOwner, PromisedBy, Publicity,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::sharing::{
    Link, Share, SharedAdoption, SharedAgreement, SharedContent, SharedEngagement, SharedPractice,
    SharedVersion,
};
use sister_cities_domain::valuation::{ValidDays, ValuationKind, ValuationRate};
use sister_cities_domain::value::{
    Claims, ContentHash, FreeText, GeoPoint, Name, Note, Period, SecretText, Source, Title, ZonedTime,
};
use sister_cities_domain::webhook::{
    PayloadVersion, PreviousSecret, SigningSecrets, WebhookDisabled, WebhookDisabledWhy, WebhookEndpoint,
    WebhookFormat,
};

/// Holds a value against its file, both ways.
fn holds<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T, file: &str) {
    let now: serde_json::Value = serde_json::to_value(value).expect("serialises");
    let shown = serde_json::to_string_pretty(&now).expect("serialises");
    let stored: serde_json::Value = serde_json::from_str(file).expect("the file is JSON");
    assert_eq!(now, stored, "the stored form has changed; it is now:\n{shown}");
    assert_eq!(&serde_json::from_str::<T>(file).expect("the file is read"), value);
    let forgotten: Vec<_> = fields_of::<T>().iter().filter(|field| stored.get(**field).is_none()).collect();
    assert!(forgotten.is_empty(), "the file does not show how these fields are stored: {forgotten:?}");
}

/// The names of the fields that a record is read from; none if it is read through another type.
fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    struct Listed<'a>(&'a mut &'static [&'static str]);

    impl<'de> Deserializer<'de> for Listed<'_> {
        type Error = serde::de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
            Err(Self::Error::custom("there is nothing to read"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Self::Error> {
            *self.0 = fields;
            self.deserialize_any(visitor)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map enum identifier ignored_any
        }
    }

    let mut fields: &'static [&'static str] = &[];
    // It fails, as there is nothing to read; by then it has said what it would read.
    let _ = T::deserialize(Listed(&mut fields));
    fields
}

fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

fn source(text: &str) -> Source {
    Source::new(text).expect(text)
}

fn birmingham() -> Place {
    let ids = SeededIds::new(1);
    let english =
        PlaceName::in_language(name("Birmingham"), NameRole::Official, "en".parse().expect("English"));
    let mut place = Place::new(PlaceId::next(&ids), ProgrammeId::next(&ids), PlaceLevel::City, english);
    place.add_name(PlaceName {
        script: "Latn".parse().ok(),
        period: Period::new("1086".parse().ok(), "1800".parse().ok()).ok(),
        ..PlaceName::new(name("Bermingeham"), NameRole::Former)
    });
    place.country = "GB".parse().ok();
    place.admin1 = Some(name("England"));
    place.point = GeoPoint::new(52.481_42, -1.899_83).ok();
    place.zone = "Europe/London".parse().ok();
    place.population =
        vec![Population { people: 1_144_900, year: Some(2021), source: source("ONS, Census 2021") }];
    place.external = ExternalIds {
        geonames: Some(2_655_603),
        wikidata: "Q2256".parse().ok(),
        unlocode: "GBBHM".parse().ok(),
    };
    place.identity = PlaceIdentity::Resolved;
    place
}

#[test]
fn a_place_is_stored_as_it_was_in_version_1() {
    holds(&birmingham(), include_str!("golden/place.v1.json"));
}

#[test]
fn a_programme_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(2);
    let programme = Programme {
        id: ProgrammeId::next(&ids),
        name: name("Chicago Sister Cities"),
        host: PlaceId::next(&ids),
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: "en".parse().expect("English"),
        currency: "USD".parse().expect("dollars"),
    };
    holds(&programme, include_str!("golden/programme.v1.json"));
}

#[test]
fn an_engagement_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(3);
    let engagement = Engagement {
        id: EngagementId::next(&ids),
        programme: ProgrammeId::next(&ids),
        partnership: PartnershipId::next(&ids),
        title: Title::new("Joint Workforce Best Practice Session").expect("a title"),
        foci: Foci::new([Focus::Business, "workforce".parse().expect("a focus of their own")]).expect("foci"),
        direction: Direction::Inbound,
        dates: EngagementDates::new("2008-06-02".parse().ok(), "2008-06".parse().ok()).expect("dates"),
        happening: Happening::Held,
        participants: vec![ParticipantGroup {
            side: Side::Counterpart,
            role: ParticipantRole::Delegate,
            people: 12,
        }],
        organisations: vec![Organisation {
            name: name("Jobcentre Plus"),
            side: Side::Counterpart,
            representatives: vec![name("A. Delegate")],
            organisation: Some(OrganisationId::next(&SeededIds::new(31))),
            represented_by: vec![PersonId::next(&SeededIds::new(32))],
        }],
        costs: vec![Cost {
            party: name("City of Chicago"),
            amount: "25000.00 USD".parse().expect("an amount"),
        }],
        outcomes: vec![FreeText::new("A five-point action plan,\nagreed and signed").expect("text")],
        follow_up: true,
        outcome_answers: vec![
            OutcomeAnswer {
                side: AskedSide::Host,
                after: FollowUp::ThreeMonths,
                on: "2008-10-01".parse().expect("a day"),
                came: WhatCame::NothingYet,
            },
            OutcomeAnswer {
                side: AskedSide::Counterpart,
                after: FollowUp::TwentyFourMonths,
                on: "2010-07-01".parse().expect("a day"),
                came: WhatCame::Outcome { outcome: OutcomeId::next(&ids) },
            },
        ],
        invitations: serde_json::from_value(serde_json::json!({
            "sequence": 2,
            "answered_from": 1,
            "invited": [{
                "person": PersonId::next(&SeededIds::new(32)),
                "answer": { "said": "accepted", "sequence": 1, "at": "2008-05-02T09:00:00Z" },
            }],
        }))
        .expect("invitations"),
        evidence: OtherSideEvidence::TookPart,
        source: Some(source("Birmingham Post, June 2008")),
        notes: vec![Note { text: FreeText::new("Followed up in 2009").expect("text"), source: None }],
        care: Some(FreeText::new("One guest is allergic to nuts.").expect("text")),
    };
    holds(&engagement, include_str!("golden/engagement.v1.json"));
}

fn five_points() -> ActionPlan {
    let ids = SeededIds::new(7);
    ActionPlan {
        id: ActionPlanId::next(&ids),
        programme: ProgrammeId::next(&ids),
        partnership: PartnershipId::next(&ids),
        agreement: Some(AgreementId::next(&ids)),
        title: Title::new("Best Practice action plan").expect("a title"),
        kind: ActionPlanKind::ActionPlan,
        runs: Period::new("2008-06".parse().ok(), "2013".parse().ok()).expect("a period"),
        check: CheckRhythm::new(3, "2008-06-30".parse().expect("a day")).ok(),
        last_check: Some(PlanCheck {
            on: "2008-09-30".parse().expect("a day"),
            remark: FreeText::new("Two of five are under way.").ok(),
        }),
        source: Some(source("Birmingham Post, June 2008")),
        notes: vec![Note { text: FreeText::new("Signed in both cities").expect("text"), source: None }],
    }
}

#[test]
fn an_action_plan_is_stored_as_it_was_in_version_1() {
    holds(&five_points(), include_str!("golden/action_plan.v1.json"));
}

#[test]
fn an_action_point_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(8);
    let (plan, number) = (five_points(), PointNumber::new(5).expect("a number"));
    let title = Title::new("Share what works in getting people into work").expect("a title");
    let due = "2009-06".parse().ok();
    let promised = ActionPoint::promised(ActionPointId::next(&ids), &plan, number, title, due);
    let responsible = Responsible::new(
        Some(PersonId::next(&ids)),
        Some(name("Mayor's Office of Workforce Development")),
        Some(CommitteeId::next(&ids)),
        Some(OrganisationId::next(&ids)),
    );
    let point = ActionPoint {
        text: FreeText::new("Both cities tell each other what they tried and what came of it.").ok(),
        promised_by: PromisedBy::Both,
        host: responsible.ok().map(PointOwner::named),
        counterpart: Some(PointOwner {
            responsible: Responsible::office_alone(name("Director of Jobcentre Plus")),
            acceptance: Acceptance::Accepted { on: "2008-06-04".parse().ok() },
        }),
        public_status: Title::new("The joint report is published.").ok(),
        publicity: Publicity::Public,
        ..promised
    };
    let steps = [
        (PointAct::Accept { side: Some(PromisedBy::Host) }, "2008-06-10"),
        (PointAct::Start, "2008-09"),
        (PointAct::Stall, "2008-12"),
        (PointAct::GoOn, "2009"),
        (PointAct::Complete { evidence: FreeText::new("The joint report").expect("text") }, "2009-06-01"),
    ];
    let done = steps.into_iter().fold(point, |point, (act, on)| {
        let remark = FreeText::new("As the minutes have it").ok();
        point.take(act, on.parse().expect(on), remark).expect("a step").0
    });
    holds(&done, include_str!("golden/action_point.v1.json"));
}

#[test]
fn a_token_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(4);
    let hour = |hour| chrono::Utc.with_ymd_and_hms(2026, 1, 1, hour, 0, 0).single().expect("an hour");
    let token = AccessToken {
        id: TokenId::next(&ids),
        programme: Some(ProgrammeId::next(&ids)),
        name: name("dashboard"),
        hash: TokenHash::from_bytes([0xab; 32]),
        scopes: BTreeSet::from(Scope::ALL),
        created_at: hour(1),
        expires_at: Some(hour(2)),
        revoked_at: Some(hour(3)),
    };
    holds(&token, include_str!("golden/token.v1.json"));
}

#[test]
fn what_is_shared_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(6);
    let link = Link {
        id: LinkId::next(&ids),
        programme: ProgrammeId::next(&ids),
        peer: ProgrammeId::next(&ids),
        partnership: PartnershipId::next(&ids),
        name: name("Chicago Sister Cities"),
    };
    let share = |subject, content| Share {
        id: ShareId::next(&ids),
        programme: link.programme,
        peer: link.peer,
        link: link.id,
        subject,
        revision: 3,
        content,
    };
    let visit = SharedEngagement {
        title: Title::new("A concert").ok(),
        foci: Foci::new([Focus::Culture]).expect("a focus"),
        direction: Direction::Outbound,
        dates: EngagementDates::new("2008-06".parse().ok(), None).expect("dates"),
        happening: Happening::Held,
        participants: vec![ParticipantGroup { side: Side::Host, role: ParticipantRole::Artist, people: 6 }],
        evidence: OtherSideEvidence::TookPart,
    };
    let text = SharedAgreement {
        title: Title::new("Sister City Agreement").expect("a title"),
        signed_on: "1993-05-22".parse().ok(),
        in_force_from: "1993-05-22".parse().ok(),
        versions: vec![SharedVersion {
            number: 1,
            hash: Some(ContentHash::from_bytes([0xcd; 32])),
            approved: 2,
            signed: 2,
        }],
    };
    let visit = share(EngagementId::next(&ids).into(), SharedContent::Engagement(visit));
    let text = share(AgreementId::next(&ids).into(), SharedContent::Agreement(text));
    let told = [EventBody::from(link.made()), link.withdrawn().into(), visit.made().into()];
    let told = (told, [EventBody::from(visit.renewed()), visit.withdrawn().into()]);
    holds(&(link, visit, text, told), include_str!("golden/sharing.v1.json"));
}

fn practice(ids: &SeededIds) -> Practice {
    let place = PlaceId::next(ids);
    Practice {
        id: PracticeId::next(ids),
        programme: ProgrammeId::next(ids),
        title: Title::new("One door for job seekers").expect("a title"),
        problem: FreeText::new("Five offices send people from one to the next").ok(),
        approach: FreeText::new("All five sit in one house").ok(),
        evidence: FreeText::new("1,000 found work in two years").ok(),
        cost: PracticeCost {
            amount: "250000.00 GBP".parse().ok(),
            words: FreeText::new("a year, for one house").ok(),
        },
        contact: Some(Responsible::office_alone(name("Head of Employment"))),
        origin: Origin::new(Some(place), Some(OrganisationId::next(ids))).expect("an origin"),
        topics: BTreeSet::from([Topic::Workforce, "reentry".parse().expect("a topic of their own")]),
        since: "2004".parse().ok(),
        sources: vec![source("Birmingham Post, June 2008")],
        notes: vec![Note { text: FreeText::new("Seen in 2008").expect("text"), source: None }],
    }
}

#[test]
fn a_practice_is_stored_as_it_was_in_version_1() {
    holds(&practice(&SeededIds::new(7)), include_str!("golden/practice.v1.json"));
}

#[test]
fn adoptions_are_stored_as_they_were_in_version_1() {
    let ids = SeededIds::new(8);
    let adoption = Adoption {
        id: AdoptionId::next(&ids),
        programme: ProgrammeId::next(&ids),
        practice: AdoptedPractice::Own { practice: PracticeId::next(&ids) },
        by: PlaceId::next(&ids),
        organisation: Some(OrganisationId::next(&ids)),
        partnership: Some(PartnershipId::next(&ids)),
        learnt_from: Some(Origin::of_place(PlaceId::next(&ids))),
        topics: BTreeSet::from([Topic::Workforce]),
        course: AdoptionCourse::offered("2008-06".parse().ok()),
        sources: vec![source("The joint report")],
        notes: vec![Note { text: FreeText::new("For one ward first").expect("text"), source: None }],
    };
    let text = |words| FreeText::new(words).expect("text");
    let acts = [
        StepAct::Understand { evidence: Some(text("The visit of 2008")) },
        StepAct::Adapt { evidence: None },
        StepAct::PutToUse { evidence: Some(text("Opened by the mayor")) },
        StepAct::Evaluate { verdict: Verdict::Worked, evidence: text("A study of 2011") },
    ];
    let evaluated = acts.into_iter().fold(adoption.clone(), |adoption, act| {
        let step = StepTaken { act, on: "2009".parse().ok(), remark: FreeText::new("As planned").ok() };
        adoption.take(step).expect("a step").0
    });
    let given_up = StepTaken { act: StepAct::Abandon { reason: text("No money") }, on: None, remark: None };
    let shared = AdoptedPractice::Shared {
        share: ShareId::next(&ids),
        peer: ProgrammeId::next(&ids),
        shared_by: name("Birmingham International"),
        title: Title::new("One door for job seekers").expect("a title"),
        origin: OriginInWords {
            place: Some(name("Birmingham")),
            country: "GB".parse().ok(),
            organisation: Some(name("Jobcentre Plus")),
        },
        since: "2004".parse().ok(),
    };
    let abandoned = Adoption { practice: shared, ..adoption.take(given_up).expect("a step").0 };
    holds(&evaluated, include_str!("golden/adoption.v1.json"));
    holds(&abandoned, include_str!("golden/adoption_of_shared.v1.json"));
}

#[test]
fn what_is_shared_of_practices_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(9);
    let practice = practice(&ids);
    let step = StepTaken {
        act: StepAct::Abandon { reason: FreeText::new("No money").expect("text") },
        on: "2009".parse().ok(),
        remark: None,
    };
    let called = |place| OriginInWords { place: Some(name(place)), ..OriginInWords::default() };
    let adoption = Adoption {
        id: AdoptionId::next(&ids),
        programme: practice.programme,
        practice: AdoptedPractice::Own { practice: practice.id },
        by: PlaceId::next(&ids),
        organisation: None,
        partnership: None,
        learnt_from: None,
        topics: practice.topics.clone(),
        course: AdoptionCourse::offered("2008-06".parse().ok()),
        sources: Vec::new(),
        notes: Vec::new(),
    };
    let adoption = adoption.take(step).expect("a step").0;
    let told = (practice.title.clone(), called("Birmingham"));
    let told = SharedAdoption::of(&adoption, told, called("Chicago"));
    let practice = SharedPractice::of(&practice, called("Birmingham"), name("Birmingham International"));
    let told = [SharedContent::Practice(practice), SharedContent::Adoption(told)];
    holds(&told, include_str!("golden/sharing_of_practices.v1.json"));
}

#[test]
fn a_committee_and_a_role_are_stored_as_they_were_in_version_1() {
    let ids = SeededIds::new(7);
    let committee = Committee {
        id: CommitteeId::next(&ids),
        programme: ProgrammeId::next(&ids),
        name: name("Birmingham Committee"),
        task: CommitteeTask::Partnership(PartnershipId::next(&ids)),
        place: Some(PlaceId::next(&ids)),
        appointed_by: Some(name("Mayor of Chicago")),
        seats: std::num::NonZeroU32::new(12),
        term_months: std::num::NonZeroU32::new(36),
        functions: RequiredFunctions::new([RoleFunction::Chair, RoleFunction::BusinessCoChair])
            .expect("a chair"),
        existed: Period::new("1993".parse().ok(), "2030-12-31".parse().ok()).expect("a period"),
        source: Some(source("Illinois Sister Cities")),
        notes: vec![Note { text: FreeText::new("Met monthly").expect("text"), source: None }],
    };
    let role = Role {
        id: RoleId::next(&ids),
        programme: committee.programme,
        person: Some(PersonId::next(&ids)),
        held_in: HeldIn::Committee(committee.id),
        function: RoleFunction::Chair,
        office: Some(name("Chair of the Birmingham Committee")),
        tenure: Tenure::new("2005".parse().ok(), "2008-06".parse().ok(), "2008-12-31".parse().ok())
            .expect("days"),
        appointed_by: Some(name("Mayor of Chicago")),
        fills_term_of: Some(RoleId::next(&ids)),
        successor: Some(RoleId::next(&ids)),
        orphaned: Some(FreeText::new("Nobody was found").expect("text")),
        source: Some(source("Minutes, June 2008")),
        notes: vec![Note { text: FreeText::new("Also a delegate").expect("text"), source: None }],
    };
    let theme = CommitteeTask::Theme(Focus::Medicine);
    let held = [HeldIn::Organisation(OrganisationId::next(&ids)), HeldIn::Place(PlaceId::next(&ids))];
    holds(&(theme, held), include_str!("golden/committee_values.v1.json"));
    holds(&committee, include_str!("golden/committee.v1.json"));
    holds(&role, include_str!("golden/role.v1.json"));
}

#[test]
fn an_outcome_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(7);
    let note = FreeText::new("Told again in 2012").expect("text");
    let claim = Outcome {
        value: "50 jobs".parse().ok(),
        date: "2008-10".parse().ok(),
        attribution: Attribution::Contributed,
        partnerships: [PartnershipId::next(&ids)].into(),
        engagements: [EngagementId::next(&ids), EngagementId::next(&ids)].into(),
        agreements: [AgreementId::next(&ids)].into(),
        action_points: [ActionPointId::next(&ids)].into(),
        practices: [PracticeId::next(&ids)].into(),
        same_as: Some(SameOutcome { programme: ProgrammeId::next(&ids), outcome: OutcomeId::next(&ids) }),
        source: Some(source("Birmingham Post, June 2008")),
        notes: vec![Note { text: note, source: None }],
        ..Outcome::claimed(
            OutcomeId::next(&ids),
            ProgrammeId::next(&ids),
            OutcomeKind::Jobs,
            Title::new("Fifty jobs at the new depot").expect("a title"),
        )
    };
    let step = EvidenceChange {
        step: EvidenceStep::Document,
        on: "2009-01-31".parse().expect("a day"),
        remark: FreeText::new("Found by the archive").ok(),
        evidence: Some(source("Annual report 2009")),
    };
    let (outcome, _) = claim.grade(step).expect("a step");
    holds(&outcome, include_str!("golden/outcome.v1.json"));
}

#[test]
fn an_organisation_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(7);
    let id = OrganisationId::next(&ids);
    let school = OrganisationKind::School;
    let organisation = organisation::Organisation {
        latin_name: Some(name("Gymnasium No. 1")),
        place: Some(PlaceId::next(&ids)),
        parent: Some(OrganisationId::next(&ids)),
        register_ids: vec![RegisterId::new(RegisterScheme::Wikidata, name("Q2256")).expect("an item")],
        website: "https://school.example.org/".parse().ok(),
        notes: vec![Note { text: FreeText::new("Has a choir").expect("text"), source: None }],
        source: Some(source("Its own page, 2026")),
        ..organisation::Organisation::new(id, ProgrammeId::next(&ids), name("Гімназія № 1"), school)
    };
    holds(&organisation, include_str!("golden/organisation.v1.json"));
}

#[test]
fn a_person_is_stored_as_they_were_in_version_1() {
    let ids = SeededIds::new(8);
    let members = BTreeSet::from([Audience::Members]);
    let about = BTreeSet::from([PersonFact::Name, PersonFact::Email]);
    let days = ("2024-05".parse().expect("a month"), "2026-01-31".parse().ok());
    let consent = Consent::new(members.clone(), about, name("The members' list"), days, source("A form"));
    let address = Erasable::Kept("iwanna@example.org".parse().expect("an address"));
    let number = Erasable::Kept("+380441234567".parse().expect("a number"));
    let post = Post::new(vec![name("1 Example Street"), name("01001 Kyiv")], "UA".parse().ok());
    let organisation = Some(OrganisationId::next(&ids));
    let affiliation = Affiliation::new(organisation, Some(name("City Council")), Some(name("Head of desk")));
    let desk =
        |address: &str| Entry::desk_only(Email { address: Erasable::Kept(address.parse().expect(address)) });
    let given = Given {
        other_names: vec![name("Iwanna M.")],
        pronunciation: Some(name("ee-VAH-nah")),
        form_of_address: Some(name("Dr Muster")),
        emails: vec![desk("other@example.org")],
        phones: vec![Entry::desk_only(Phone {
            number: Erasable::Kept("+380441234568".parse().expect("a number")),
        })],
        posts: vec![Entry::desk_only(Post::new(vec![name("2 Example Street")], None).expect("an address"))],
        affiliations: vec![Entry::desk_only(
            Affiliation::new(None, Some(name("The choir")), None).expect("one"),
        )],
        languages: vec!["pl".parse().expect("Polish")],
        zone: "Europe/Warsaw".parse().ok(),
        reading: Some(Reading { rhythm: Some(Rhythm::Weekly), ..Reading::default() }),
        notes: vec![Note { text: FreeText::new("Sings").expect("text"), source: None }],
    };
    let (other, through) = (PersonId::next(&ids), vec![PersonId::next(&ids)]);
    let consent = consent.expect("a consent").given_in_record(Some(other));
    let absorbed = Absorbed { person: other, through, given };
    let person = Person {
        latin_name: Some(name("Iwanna Muster")),
        other_names: vec![name("I. Muster")],
        pronunciation: Some(name("ee-WAH-nah")),
        form_of_address: Some(name("Ms Muster")),
        emails: vec![Entry {
            label: Some(name("office")),
            shown_to: members.clone(),
            ..Entry::desk_only(Email { address })
        }],
        phones: vec![Entry::desk_only(Phone { number })],
        posts: vec![Entry::desk_only(post.expect("an address"))],
        affiliations: vec![Entry::desk_only(affiliation.expect("an affiliation"))],
        languages: ["uk", "en"].map(|tag| tag.parse().expect(tag)).into(),
        zone: "Europe/Kyiv".parse().ok(),
        reading: Some(Reading {
            hours: "Mo-We,Fr 08:30-12:00".parse().ok(),
            rhythm: Some(Rhythm::Daily),
            country: "UA".parse().ok(),
            digests_refused: true,
        }),
        shown_to: members,
        consents: vec![consent],
        notes: vec![Note { text: FreeText::new("Likes tea").expect("text"), source: None }],
        source: Some(source("Her card, 2024")),
        merged_into: Some(PersonId::next(&ids)),
        absorbed: vec![absorbed],
        kept_apart: [PersonId::next(&SeededIds::new(33))].into(),
        ..Person::new(PersonId::next(&ids), ProgrammeId::next(&ids), name("Іванна Мустер"))
    };
    holds(&person, include_str!("golden/person.v1.json"));
}

#[test]
fn what_was_said_to_a_due_item_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(7);
    let (programme, partnership) = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let day = |text: &str| text.parse().expect("a day");
    let (kind, subject, due_on) = (DueKind::ReviewDeadline, partnership.into(), day("2026-06-30"));
    let response = DueResponse {
        id: DueId::of(kind, subject, due_on),
        programme,
        kind,
        subject,
        partnership: Some(partnership),
        committee: Some(CommitteeId::from_uuid(uuid::Uuid::nil())),
        due_on,
        snoozed_until: Some(day("2026-07-15")),
        handed_to: Some(Responsible::office_alone(name("Desk officer"))),
        done: Some(DueDone { on: day("2026-07-20"), remark: FreeText::new("Answered by letter").ok() }),
    };
    holds(&response, include_str!("golden/due_response.v1.json"));
}

#[test]
fn a_webhook_endpoint_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(9);
    let time = |text: &str| text.parse().expect("a time");
    let secret = |text: &str| SecretText::new(text).expect("a text");
    let endpoint = WebhookEndpoint {
        id: WebhookEndpointId::next(&ids),
        programme: ProgrammeId::next(&ids),
        host: "rooms.example.org".to_owned(),
        url: secret("https://rooms.example.org/!room"),
        token: Some(secret("syt_1")),
        format: WebhookFormat::Matrix,
        events: ["partnership.*", "agreement.signed"].map(|text| text.parse().expect("a pattern")).into(),
        partnership: Some(PartnershipId::next(&ids)),
        payload_version: PayloadVersion::V1,
        description: FreeText::new("The room of the desk").ok(),
        owner: Some(PersonId::next(&ids)),
        secrets: Some(SigningSecrets {
            current: secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            previous: Some(PreviousSecret {
                secret: secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"),
                until: time("2026-12-01T09:00:00Z"),
            }),
        }),
        disabled: Some(WebhookDisabled {
            at: time("2026-11-30T09:00:00Z"),
            why: WebhookDisabledWhy::Failing,
            failing_since: Some(time("2026-11-25T09:00:00Z")),
        }),
    };
    holds(&endpoint, include_str!("golden/webhook_endpoint.v1.json"));
}

#[test]
fn a_subscription_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(10);
    let subscription = Subscription {
        id: SubscriptionId::next(&ids),
        programme: ProgrammeId::next(&ids),
        person: PersonId::next(&ids),
        events: ["partnership.*", "agreement.signed"].map(|text| text.parse().expect("a pattern")).into(),
        reminders: [DueKind::AgreementEnding, DueKind::NoChair].into(),
        partnership: Some(PartnershipId::next(&ids)),
        committee: Some(CommitteeId::next(&ids)),
        rhythm: Rhythm::Weekly,
        remark: FreeText::new("Sees to the archive").ok(),
    };
    holds(&subscription, include_str!("golden/subscription.v1.json"));
}

#[test]
fn a_calendar_feed_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(11);
    let feed = CalendarFeed {
        id: CalendarFeedId::next(&ids),
        programme: ProgrammeId::next(&ids),
        subject: FeedSubject::Partnership(PartnershipId::next(&ids)),
        name: name("Birmingham"),
        link: Some(FeedLink {
            hash: TokenHash::from_bytes([7; 32]),
            made_at: "2026-11-30T09:00:00Z".parse().expect("a moment"),
        }),
    };
    holds(&feed, include_str!("golden/calendar_feed.v1.json"));
}

#[test]
fn an_indicator_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(8);
    let measured = |value: &str, comment: &str| Measured {
        value: value.parse().ok(),
        comment: FreeText::new(comment).ok(),
    };
    let indicator = Indicator {
        id: IndicatorId::next(&ids),
        programme: ProgrammeId::next(&ids),
        partnership: Some(PartnershipId::next(&ids)),
        plan: Some(ActionPlanId::next(&ids)),
        result: Title::new("People find work").expect("a title"),
        result_type: ResultType::Outcome,
        title: Title::new("Jobs found through the exchange").expect("a title"),
        description: FreeText::new("Counted by both job centres").ok(),
        measure: IndicatorMeasure::Unit,
        better: Better::Higher,
        baseline: Some(Baseline { year: 2008, measured: measured("0", "Before the plan") }),
        periods: vec![IndicatorPeriod {
            start: "2009-01-01".parse().expect("a day"),
            end: "2009-12-31".parse().expect("a day"),
            target: Some(measured("100", "As signed")),
            actual: Some(measured("87.5", "Half posts count half")),
        }],
        source: Some(source("Both job centres")),
    };
    holds(&indicator, include_str!("golden/indicator.v1.json"));
}

#[test]
fn a_valuation_rate_is_stored_as_it_was_in_version_1() {
    let ids = SeededIds::new(9);
    let day = |text: &str| text.parse().expect(text);
    let rate = ValuationRate {
        id: ValuationRateId::next(&ids),
        programme: ProgrammeId::next(&ids),
        kind: ValuationKind::VolunteerHour,
        country: "US".parse().ok(),
        place: Some(PlaceId::next(&ids)),
        amount: "23.07 USD".parse().expect("an amount"),
        valid: ValidDays::new(day("2014-01-01"), Some(day("2014-12-31"))).expect("days"),
        source: source("Independent Sector, 2015"),
        notes: vec![Note { text: FreeText::new("For Illinois").expect("text"), source: None }],
    };
    holds(&rate, include_str!("golden/valuation_rate.v1.json"));
}

#[test]
fn events_are_stored_as_they_were_in_version_1() {
    let ids = SeededIds::new(5);
    let place = birmingham();
    let mut moved = place.clone();
    moved.point = None;
    let bodies: [EventBody; 3] = [
        place.created().into(),
        moved.changed_from(&place).expect("a change").into(),
        place.deleted().into(),
    ];
    let actors = [
        Actor::System,
        Actor::Person { name: name("Desk officer") },
        Actor::Token { id: TokenId::next(&ids), name: name("dashboard") },
    ];
    let at = chrono::Utc.with_ymd_and_hms(2026, 1, 1, 9, 30, 0).single().expect("a time");
    let events: Vec<Event> = bodies
        .into_iter()
        .zip(actors)
        .map(|(body, actor)| Event {
            id: EventId::next(&ids),
            programme: Some(place.programme),
            at,
            actor,
            subject: place.id.into(),
            body,
        })
        .collect();
    holds(&events, include_str!("golden/events.v1.json"));
}

#[test]
fn every_event_is_stored_as_it_was_in_version_1() {
    let file = include_str!("golden/event_bodies.v1.json");
    let bodies: Vec<EventBody> = serde_json::from_str(file).expect("events");
    holds(&bodies, file);
    let shown: Vec<&str> = bodies.iter().map(EventBody::name).collect();
    assert_eq!(shown, EventBody::NAMES.concat(), "the file has one event of each name");
}

#[test]
fn values_with_several_fields_are_stored_as_they_were_in_version_1() {
    let mut since = Claims::new("1993".parse().expect("a year"), source("City Council"));
    since.add(
        "1983".parse::<sister_cities_domain::value::PartialDate>().expect("a year"),
        source("a page of 2013"),
    );
    let local = "2008-06-04T10:00:00".parse().expect("a local time");
    let time = ZonedTime::new(local, chrono_tz::Europe::London).expect("a time");
    holds(&(since, time), include_str!("golden/values.v1.json"));
}
