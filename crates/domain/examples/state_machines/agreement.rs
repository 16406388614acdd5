//! Versions of an agreement: drafted, approved, signed, in force, over.

use std::error::Error;

use chrono::{Days, NaiveDate};
use sister_cities_domain::agreement::{
    Agreement, AgreementHead, Approval, Base, Notice, NoticePeriod, Signature, Term, Terms, VersionState,
    VersionStateKind, VersionText,
};
use sister_cities_domain::id::{AgreementId, PartnershipId, PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::partnership::Members;
use sister_cities_domain::value::{Name, Title};

use crate::explore::{Explored, Tried, explore};

/// A version, and the day on which it is looked at.
#[derive(Clone)]
struct Sample {
    agreement: Agreement,
    day: NaiveDate,
}

/// What is done, or that time passes.
#[derive(Clone, Copy)]
enum Step {
    Propose,
    ApproveOurs,
    ApproveTheirs,
    SignOurs,
    SignTheirs,
    Withdraw,
    ComesIntoForce,
    AmendSigned,
    SupersedeSigned,
    GiveNotice,
    NoticeEnds,
    TermRunsOut,
}

const STEPS: [(Step, &str); 12] = [
    (Step::Propose, "propose"),
    (Step::ApproveOurs, "approve (our side)"),
    (Step::ApproveTheirs, "approve (their side)"),
    (Step::SignOurs, "sign (one side)"),
    (Step::SignTheirs, "sign (one side)"),
    (Step::Withdraw, "withdraw"),
    (Step::ComesIntoForce, "its day comes"),
    (Step::AmendSigned, "an amendment of it is in force"),
    (Step::SupersedeSigned, "another in its place is in force"),
    (Step::GiveNotice, "give notice"),
    (Step::NoticeEnds, "the notice period ends"),
    (Step::TermRunsOut, "its term runs out"),
];

impl Sample {
    fn us(&self) -> Option<PlaceId> {
        self.agreement.parties().iter().next()
    }

    fn them(&self) -> Option<PlaceId> {
        self.agreement.parties().iter().nth(1)
    }

    /// Where version 1 stands; the days are such that it is certain.
    fn standing(&self) -> Option<VersionStateKind> {
        let states = self.agreement.state_on(1, self.day, self.us()?);
        states.first().map(VersionState::kind)
    }

    /// With a second version on the base of the first, signed by all and in force.
    fn replaced(&self, base: Base) -> Option<Agreement> {
        let text = VersionText::Hashed { hash: "b".repeat(64).parse().ok()? };
        let (agreement, _) = self.agreement.clone().amend(base, text, terms()?).ok()?;
        let (mut agreement, _) = agreement.propose(2, None).ok()?;
        for by in [self.us()?, self.them()?] {
            agreement = agreement.approve(2, approval(by)?).ok()?.0;
        }
        for by in [self.us()?, self.them()?] {
            agreement = agreement.sign(2, signature(by)?).ok()?.0;
        }
        Some(agreement)
    }
}

fn approval(by: PlaceId) -> Option<Approval> {
    Some(Approval::resolved(by, Name::new("City Council").ok()?))
}

fn signature(by: PlaceId) -> Option<Signature> {
    Some(Signature::of(by).on("2000-06-01".parse().ok()?))
}

/// From 2001 up to 2020, to be ended by notice of half a year.
fn terms() -> Option<Terms> {
    let fixed = Term::Fixed { ends_on: "2020-12-31".parse().ok()? };
    let notice = NoticePeriod::from_months(6).ok()?;
    Some(Terms { in_force_from: "2001-01-01".parse().ok(), ..Terms::lasting(fixed).with_notice(notice) })
}

struct Versions;

impl Tried for Versions {
    type Sample = Sample;
    type Step = (Step, &'static str);

    fn states() -> Vec<String> {
        VersionStateKind::ALL.map(|state| state.to_string()).to_vec()
    }

    fn steps() -> Vec<Self::Step> {
        STEPS.to_vec()
    }

    fn step_name((_, name): Self::Step) -> String {
        name.to_owned()
    }

    fn state(sample: &Sample) -> String {
        sample.standing().map_or_else(String::new, |state| state.to_string())
    }

    /// Which side has signed.
    fn key(sample: &Sample) -> String {
        let version = sample.agreement.version(1);
        let signed = version
            .map(|version| version.signatures().iter().map(|one| one.by.to_string()).collect::<Vec<_>>());
        format!("{} {signed:?} {}", Self::state(sample), sample.agreement.versions().len())
    }

    fn take(sample: &Sample, (step, _): Self::Step) -> Option<Sample> {
        let Sample { agreement, day } = sample.clone();
        let (us, them) = (sample.us()?, sample.them()?);
        let later = |to: &str| -> Option<Sample> {
            let to: NaiveDate = to.parse().ok()?;
            let after = Sample { agreement: agreement.clone(), day: to };
            // Time that changes nothing is no step.
            (day < to && after.standing() != sample.standing()).then_some(after)
        };
        let now = VersionStateKind::Signed;
        let changed = match step {
            Step::Propose => agreement.propose(1, None).ok()?.0,
            Step::ApproveOurs => agreement.approve(1, approval(us)?).ok()?.0,
            Step::ApproveTheirs => agreement.approve(1, approval(them)?).ok()?.0,
            Step::SignOurs => agreement.sign(1, signature(us)?).ok()?.0,
            Step::SignTheirs => agreement.sign(1, signature(them)?).ok()?.0,
            Step::Withdraw => agreement.withdraw(1, None, None).ok()?.0,
            Step::ComesIntoForce if sample.standing() == Some(now) => return later("2009-01-01"),
            Step::AmendSigned if sample.standing() == Some(VersionStateKind::InForce) => {
                sample.replaced(Base::Amends { of: 1 })?
            }
            Step::SupersedeSigned if sample.standing() == Some(VersionStateKind::InForce) => {
                sample.replaced(Base::Supersedes { of: 1 })?
            }
            Step::GiveNotice if sample.standing() != Some(now) => {
                let notice = Notice {
                    by: vec![us],
                    on: day.try_into().ok()?,
                    authority: Name::new("City Council").ok()?,
                    reason: None,
                    source: None,
                };
                let changed = agreement.give_notice(notice).ok()?.0;
                // Looked at between the notice and its end.
                return Some(Sample { agreement: changed, day: day.checked_add_days(Days::new(60))? });
            }
            Step::NoticeEnds if sample.standing() == Some(VersionStateKind::NoticeGiven) => {
                return later("2010-01-01");
            }
            Step::TermRunsOut if sample.standing() == Some(VersionStateKind::InForce) => {
                return later("2021-01-01");
            }
            Step::ComesIntoForce
            | Step::AmendSigned
            | Step::SupersedeSigned
            | Step::GiveNotice
            | Step::NoticeEnds
            | Step::TermRunsOut => return None,
        };
        Some(Sample { agreement: changed, day })
    }
}

pub(crate) fn explored() -> Result<Explored, Box<dyn Error>> {
    let ids = SeededIds::new(2);
    let head = AgreementHead {
        id: AgreementId::next(&ids),
        programme: ProgrammeId::next(&ids),
        partnership: PartnershipId::next(&ids),
        parent: None,
        title: Title::new("Sister City Agreement")?,
        parties: Members::new([PlaceId::next(&ids), PlaceId::next(&ids)])?,
    };
    let text = VersionText::Hashed { hash: "a".repeat(64).parse()? };
    let (draft, _) = Agreement::draft(head, text, terms().ok_or("no terms")?)?;
    let begin = Sample { agreement: draft, day: "2000-12-01".parse()? };
    let about = "\
Found by trying every step with a version of an agreement of two sides that has a first day, a fixed term and a notice period, and by
letting time pass. What is in force, expired or ended follows from the day. The amendment and the version that takes its place are
versions with states of their own; notice is given of the agreement, with the version that is in force.";
    explore::<Versions>("version of an agreement", about, vec![begin])
}
