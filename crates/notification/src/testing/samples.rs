//! One message of each kind, as an office would send it: for previews, and for tests that go through all of them.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sister_cities_domain::promise::ActionPointState;
use sister_cities_domain::value::{LanguageTag, Name, PartialDate, Title, ZonedTime};

use crate::message::{
    AddressFacts, Begins, Change, ChangeFacts, Digest, DigestGroup, DigestRhythm, DueFacts, EndpointFacts,
    Invitation, InvitationFacts, Letter, Message, ProductAddress, ProductPath, Reader, Reason, Reminder,
    ReminderStage, TestFacts,
};

/// A message with the name of its preview.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sample {
    /// The name: that of its first sentence, and what is special about it.
    pub name: &'static str,
    /// The message.
    pub letter: Letter,
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn title(text: &str) -> Title {
    Title::new(text).expect("a title")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn date(text: &str) -> PartialDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn path(text: &str) -> ProductPath {
    text.parse().expect("a path")
}

fn birmingham() -> Name {
    name("Birmingham")
}

fn plan() -> Title {
    title("Best Practice Action Plan")
}

/// Where the product of the samples is.
///
/// # Panics
///
/// Never: the address is one.
#[must_use]
pub fn address() -> ProductAddress {
    "https://twinning.example.org".parse().expect("an address")
}

/// Who reads the samples, in a language.
#[must_use]
pub fn reader(language: LanguageTag) -> Reader {
    Reader { name: Some(name("Anna Żak")), languages: vec![language], zone: Tz::Europe__Warsaw }
}

/// One message of each kind.
#[must_use]
pub fn samples() -> Vec<Sample> {
    let mut samples = reminders();
    samples.extend(decisions());
    samples.extend(changes());
    samples.extend(others());
    samples
}

fn sample(name: &'static str, message: Message, reason: Reason) -> Sample {
    let letter = Letter {
        message,
        reason,
        programme: self::name("Chicago Sister Cities"),
        open: Some(path("/partnerships/prt_01h455vb4pex5vsknk084sn02q")),
        unsubscribe: Some(path("/unsubscribe/01h455vb4pex5vsknk084sn02q")),
    };
    Sample { name, letter }
}

fn due(facts: DueFacts, due_on: &str, stage: ReminderStage) -> Reminder {
    Reminder { facts, due_on: day(due_on), today: day("2026-11-30"), stage }
}

fn reminders() -> Vec<Sample> {
    let partner = birmingham;
    let agreement = || title("Sister City Agreement");
    let committee = || name("Birmingham Committee");
    let reminded = |name, facts, due_on| {
        sample(name, Message::Reminder(due(facts, due_on, ReminderStage::Reminded)), Reason::Owner {})
    };
    let ending =
        || DueFacts::AgreementEnding { agreement: agreement(), partner: partner(), ends: day("2027-03-31") };
    let escalated = ReminderStage::Escalated { owner: Some(name("Bea O’Neill")), days: 7 };
    let orphaned = ReminderStage::Escalated { owner: None, days: 2 };
    let handed = ReminderStage::Handed { by: Some(name("Bea O’Neill")) };
    vec![
        reminded("due-agreement-ending", ending(), "2026-12-11"),
        sample(
            "due-agreement-ending-escalated",
            Message::Reminder(due(ending(), "2026-11-25", escalated)),
            Reason::Escalation {},
        ),
        sample(
            "due-agreement-ending-orphaned",
            Message::Reminder(due(ending(), "2026-11-30", orphaned)),
            Reason::Desk { programme: name("Chicago Sister Cities") },
        ),
        sample(
            "due-agreement-ending-handed",
            Message::Reminder(due(ending(), "2026-12-01", handed)),
            Reason::Owner {},
        ),
        reminded(
            "due-agreement-pending",
            DueFacts::AgreementPending { agreement: agreement(), partner: name("大阪市") },
            "2026-12-02",
        ),
        reminded("due-anniversary", DueFacts::Anniversary { partner: partner(), years: 35 }, "2028-05-04"),
        reminded(
            "due-partnership-fading",
            DueFacts::PartnershipFading { partner: name("الدار البيضاء") },
            "2026-12-05",
        ),
        reminded(
            "due-partnership-stepped-down",
            DueFacts::PartnershipSteppedDown { partner: partner() },
            "2026-12-21",
        ),
        reminded(
            "due-request-unanswered",
            DueFacts::RequestUnanswered { partner: name("Kraków") },
            "2026-11-29",
        ),
        reminded("due-review-deadline", DueFacts::ReviewDeadline { partner: partner() }, "2027-06-30"),
        reminded("due-suspension-check", DueFacts::SuspensionCheck { partner: name("Москва") }, "2026-12-01"),
        reminded("due-reawakening-result", DueFacts::ReawakeningResult { partner: partner() }, "2026-12-04"),
        reminded("due-no-chair", DueFacts::NoChair { committee: committee() }, "2026-10-01"),
        reminded("due-vacancy", DueFacts::Vacancy { committee: committee() }, "2026-12-15"),
        reminded(
            "due-role-expiring",
            DueFacts::RoleExpiring { office: name("Co-chair for culture"), committee: committee() },
            "2026-12-31",
        ),
        reminded(
            "due-promise-due",
            DueFacts::PromiseDue {
                promise: title("Joint session on workforce practice"),
                partner: partner(),
            },
            "2026-11-20",
        ),
        reminded(
            "due-outcome-question",
            DueFacts::OutcomeQuestion {
                engagement: title("Joint session on workforce practice"),
                partner: partner(),
            },
            "2026-12-10",
        ),
        reminded("due-plan-check", DueFacts::PlanCheck { plan: plan(), partner: partner() }, "2026-11-30"),
    ]
}

/// That something changed, as it is told to whoever follows the partnership.
fn changed(name: &'static str, facts: ChangeFacts, on: Option<PartialDate>) -> Sample {
    let message = Message::Change(Change { facts, on, by: Some(self::name("Bea O’Neill")) });
    sample(name, message, Reason::FollowsPartnership { partner: birmingham() })
}

fn decisions() -> Vec<Sample> {
    let partner = birmingham;
    let agreement = || title("Sister City Agreement");
    vec![
        changed(
            "change-agreement-signed",
            ChangeFacts::AgreementSigned { agreement: agreement(), partner: partner() },
            Some(date("2026-11-27")),
        ),
        changed(
            "change-agreement-notice-given",
            ChangeFacts::AgreementNoticeGiven {
                agreement: agreement(),
                partner: partner(),
                ends: day("2027-05-01"),
            },
            Some(date("2026-11")),
        ),
        changed("change-partnership-enquired", ChangeFacts::PartnershipEnquired { partner: partner() }, None),
        changed(
            "change-partnership-agreed",
            ChangeFacts::PartnershipAgreed { partner: partner() },
            Some(date("1993")),
        ),
        changed("change-partnership-declined", ChangeFacts::PartnershipDeclined { partner: partner() }, None),
        changed(
            "change-partnership-review-opened",
            ChangeFacts::PartnershipReviewOpened { partner: partner() },
            None,
        ),
        changed(
            "change-partnership-reawakening",
            ChangeFacts::PartnershipReawakening { partner: partner() },
            None,
        ),
        changed(
            "change-partnership-reawakened",
            ChangeFacts::PartnershipReawakened { partner: partner() },
            None,
        ),
        changed(
            "change-partnership-suspended",
            ChangeFacts::PartnershipSuspended { partner: name("Москва") },
            Some(date("2022-03-01")),
        ),
        changed("change-partnership-resumed", ChangeFacts::PartnershipResumed { partner: partner() }, None),
        changed(
            "change-partnership-concluded",
            ChangeFacts::PartnershipConcluded { partner: partner() },
            None,
        ),
        changed(
            "change-partnership-reaffirmed",
            ChangeFacts::PartnershipReaffirmed { partner: partner() },
            None,
        ),
    ]
}

fn changes() -> Vec<Sample> {
    let partner = birmingham;
    let engagement = || title("Birmingham Day at the International Festival");
    let promise = || title("Joint session on workforce practice");
    let outcome = || title("14 apprenticeships for young people");
    let (person, office, committee) =
        (|| name("李小龍"), || name("Co-chair for culture"), || name("Birmingham Committee"));
    vec![
        changed(
            "change-engagement-recorded",
            ChangeFacts::EngagementRecorded { engagement: engagement(), partner: partner() },
            Some(date("2027-08-14")),
        ),
        changed(
            "change-engagement-changed",
            ChangeFacts::EngagementChanged { engagement: engagement(), partner: partner() },
            None,
        ),
        changed(
            "change-engagement-deleted",
            ChangeFacts::EngagementDeleted { engagement: engagement(), partner: partner() },
            None,
        ),
        changed(
            "change-action-point-promised",
            ChangeFacts::ActionPointPromised { promise: promise(), partner: partner() },
            None,
        ),
        changed(
            "change-action-point-step-taken",
            ChangeFacts::ActionPointStepTaken {
                promise: promise(),
                partner: partner(),
                state: ActionPointState::InProgress,
            },
            None,
        ),
        changed(
            "change-outcome-verified",
            ChangeFacts::OutcomeVerified { outcome: outcome(), partner: partner() },
            None,
        ),
        changed(
            "change-outcome-disputed",
            ChangeFacts::OutcomeDisputed { outcome: outcome(), partner: partner() },
            None,
        ),
        changed(
            "change-role-created",
            ChangeFacts::RoleCreated { person: person(), office: office(), committee: committee() },
            None,
        ),
        changed(
            "change-role-ended",
            ChangeFacts::RoleEnded { person: person(), office: office(), committee: committee() },
            None,
        ),
        changed(
            "change-share-made",
            ChangeFacts::ShareMade { record: engagement(), partner: partner() },
            None,
        ),
        changed(
            "change-share-renewed",
            ChangeFacts::ShareRenewed { record: engagement(), partner: partner() },
            None,
        ),
    ]
}

fn others() -> Vec<Sample> {
    let local = day("2026-12-04").and_hms_opt(10, 0, 0).expect("a time");
    let begins = Begins::Time(ZonedTime::new(local, Tz::America__Chicago).expect("no change of clocks"));
    let meeting = || title("Signing of the Best Practice Action Plan");
    let endpoint = || name("Intranet");
    let (since, disabled_at) = (instant("2026-11-29T07:30:00Z"), instant("2026-12-04T07:30:00Z"));
    let invited = |name, facts| {
        let invitation = Invitation { facts, place: Some(self::name("City Hall, Chicago")) };
        sample(
            name,
            Message::Invitation(invitation),
            Reason::Invited { organiser: self::name("Bea O’Neill") },
        )
    };
    let owner = || Reason::EndpointOwner { endpoint: endpoint() };
    let digest = |name, rhythm| {
        let message = Message::Digest(Digest { rhythm, day: day("2026-11-30"), groups: groups() });
        sample(name, message, Reason::Digest { programme: self::name("Chicago Sister Cities") })
    };
    vec![
        digest("digest-daily", DigestRhythm::Daily),
        digest("digest-weekly", DigestRhythm::Weekly),
        sample(
            "endpoint-failing",
            Message::Endpoint(EndpointFacts::Failing { endpoint: endpoint(), since, disabled_at }),
            owner(),
        ),
        sample(
            "endpoint-disabled",
            Message::Endpoint(EndpointFacts::Disabled { endpoint: endpoint(), since }),
            owner(),
        ),
        sample(
            "address-refused",
            Message::Address(AddressFacts::Refused { person: name("Bea O’Neill") }),
            Reason::Desk { programme: name("Chicago Sister Cities") },
        ),
        sample("test-sent", Message::Test(TestFacts::Sent { sent_at: since }), Reason::Asked {}),
        invited("invitation-asked", InvitationFacts::Asked { title: meeting(), begins }),
        invited("invitation-changed", InvitationFacts::Changed { title: meeting(), begins }),
        invited("invitation-cancelled", InvitationFacts::Cancelled { title: meeting(), begins }),
    ]
}

fn groups() -> Vec<DigestGroup> {
    let promise =
        DueFacts::PromiseDue { promise: title("Joint session on workforce practice"), partner: birmingham() };
    let fading = DueFacts::PartnershipFading { partner: name("الدار البيضاء") };
    let escalated = ReminderStage::Escalated { owner: Some(name("Bea O’Neill")), days: 7 };
    vec![
        DigestGroup {
            name: Some(birmingham()),
            open: Some(path("/partnerships/prt_01h455vb4pex5vsknk084sn02q")),
            due: vec![
                due(promise, "2026-11-20", escalated),
                due(
                    DueFacts::PlanCheck { plan: plan(), partner: birmingham() },
                    "2026-12-04",
                    ReminderStage::Reminded,
                ),
            ],
            changes: vec![Change {
                facts: ChangeFacts::EngagementRecorded {
                    engagement: title("Birmingham Day at the International Festival"),
                    partner: birmingham(),
                },
                on: Some(date("2027-08-14")),
                by: None,
            }],
        },
        DigestGroup {
            name: Some(name("الدار البيضاء")),
            open: Some(path("/partnerships/prt_01h455vb4pex5vsknk084sn02r")),
            due: vec![due(fading, "2026-12-05", ReminderStage::Reminded)],
            changes: Vec::new(),
        },
        DigestGroup {
            name: None,
            open: None,
            due: vec![due(
                DueFacts::NoChair { committee: name("Culture") },
                "2026-12-01",
                ReminderStage::Reminded,
            )],
            changes: Vec::new(),
        },
    ]
}
