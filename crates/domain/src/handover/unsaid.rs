//! What the file does not say, while there is still somebody to ask.

use chrono::NaiveDate;

use super::{HandoverFile, told_from};
use crate::agreement::VersionText;
use crate::committee::vacancies;
use crate::engagement::Engagement;
use crate::id::RecordRef;
use crate::named_enum;
use crate::partnership::{ActKind, Partnership};
use crate::promise::ActionPoint;
use crate::role::HeldIn;

named_enum! {
    /// What sort of thing a file does not say.
    #[non_exhaustive]
    pub enum UnsaidKind ("a kind of gap in the file") {
        /// Why this city was chosen.
        WhyThisCity = "why_this_city",
        /// Since when the partnership exists.
        SinceWhen = "since_when",
        /// What was agreed: no agreement is on file.
        Agreement = "agreement",
        /// The words of an agreement that was signed.
        AgreementText = "agreement_text",
        /// Whether the log of the last twelve months is complete.
        Coverage = "coverage",
        /// Whether anything took place in the last twelve months.
        Contact = "contact",
        /// What came of an engagement.
        Outcome = "outcome",
        /// Who sees to it: there is no committee.
        Committee = "committee",
        /// Who leads the committee.
        Chair = "chair",
        /// To whom one writes on the other side.
        OtherSide = "other_side",
        /// Who holds a role that is known.
        Holder = "holder",
        /// Who is to keep a promise.
        Owner = "owner",
        /// Until when a promise is to be kept.
        DueDate = "due_date",
    }
}

/// Something that the file does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// What sort of thing.
    pub kind: UnsaidKind,
    /// The record that lacks it.
    pub about: RecordRef,
    /// What is lacking, in a sentence.
    pub sentence: String,
}

pub(super) fn unsaid(
    file: &HandoverFile<'_>,
    promises: &[&ActionPoint],
    engagements: &[&Engagement],
    day: NaiveDate,
) -> Vec<Unsaid> {
    let mut found = Gaps(Vec::new());
    if let Some(partnership) = file.partnership {
        found.of_partnership(partnership, file, day);
        found.of_log(partnership, engagements, day);
        found.of_people(partnership, file, day);
    }
    found.of_committees(file, day);
    found.of_promises(promises);
    found.0
}

struct Gaps(Vec<Unsaid>);

impl Gaps {
    fn say(&mut self, kind: UnsaidKind, about: impl Into<RecordRef>, sentence: impl Into<String>) {
        self.0.push(Unsaid { kind, about: about.into(), sentence: sentence.into() });
    }

    fn of_partnership(&mut self, partnership: &Partnership, file: &HandoverFile<'_>, day: NaiveDate) {
        let id = partnership.id();
        let why = |kind| matches!(kind, ActKind::Enquire | ActKind::Assess | ActKind::Explore);
        let told = partnership.decisions().iter().any(|decision| why(decision.act.kind()));
        if !told && partnership.notes().is_empty() {
            self.say(UnsaidKind::WhyThisCity, id, "Nothing says why this city was chosen.");
        }
        if partnership.since().is_none() {
            self.say(UnsaidKind::SinceWhen, id, "Nobody has noted since when the cities are partners.");
        }
        if file.agreements.is_empty() {
            self.say(UnsaidKind::Agreement, id, "No agreement is on file.");
        }
        for agreement in file.agreements {
            let signed = agreement.versions().iter().filter(|version| !version.signatures().is_empty());
            if signed.filter(|version| *version.text() == VersionText::NotAtHand).count() > 0 {
                let sentence = format!("Of \"{}\" the signed text is not at hand.", agreement.title());
                self.say(UnsaidKind::AgreementText, agreement.id(), sentence);
            }
        }
        let gaps = partnership.record().gaps_between(told_from(day), day);
        if !gaps.is_empty() {
            let sentence = "Nobody has stated that the log of the last twelve months is complete.";
            self.say(UnsaidKind::Coverage, id, sentence);
        }
    }

    fn of_log(&mut self, partnership: &Partnership, engagements: &[&Engagement], day: NaiveDate) {
        if engagements.is_empty() {
            let sentence = format!("Nothing is logged since {}.", in_words(told_from(day)));
            self.say(UnsaidKind::Contact, partnership.id(), sentence);
        }
        for engagement in engagements.iter().filter(|one| one.outcomes.is_empty()) {
            let sentence = format!("What came of \"{}\" is not told.", engagement.title);
            self.say(UnsaidKind::Outcome, engagement.id, sentence);
        }
    }

    fn of_people(&mut self, partnership: &Partnership, file: &HandoverFile<'_>, day: NaiveDate) {
        let held = || file.roles.iter().filter(|role| role.tenure.is_held_on(day).is_possible());
        let their_committees = || {
            let committees = file.committees.iter();
            committees.filter(|committee| committee.place.is_some_and(|place| place != file.host))
        };
        let there = |role: &&crate::role::Role| match role.held_in {
            HeldIn::Place(place) => place != file.host,
            HeldIn::Committee(id) => their_committees().any(|committee| committee.id == id),
            HeldIn::Organisation(_) => false,
        };
        if held().find(there).is_none() {
            let sentence = "On the other side nobody holds a role that is on record.";
            self.say(UnsaidKind::OtherSide, partnership.id(), sentence);
        }
        for role in held().filter(|role| role.person.is_none()) {
            let called = match &role.office {
                Some(office) => office.to_string(),
                None => format!("the {}", role.function.in_words()),
            };
            self.say(UnsaidKind::Holder, role.id, format!("Who is {called} is not told."));
        }
    }

    fn of_committees(&mut self, file: &HandoverFile<'_>, day: NaiveDate) {
        if let (Some(partnership), []) = (file.partnership, file.committees) {
            self.say(UnsaidKind::Committee, partnership.id(), "No committee sees to it.");
        }
        for committee in file.committees {
            let vacancies = vacancies(committee, file.roles, day);
            if let Some(chair) = vacancies.chair() {
                let since = chair.since.map_or_else(String::new, |day| format!(" since {}", in_words(day)));
                let sentence = format!("{} has no chair on record{since}.", committee.name);
                self.say(UnsaidKind::Chair, committee.id, sentence);
            }
        }
    }

    fn of_promises(&mut self, promises: &[&ActionPoint]) {
        for point in promises {
            let here = point.promised_by.includes_host() && point.host.is_none();
            let there = point.promised_by.includes_counterpart() && point.counterpart.is_none();
            let side = match (here, there) {
                (true, true) => "on either side",
                (true, false) => "on our side",
                (false, true) => "on theirs",
                (false, false) => "",
            };
            if !side.is_empty() {
                let sentence = format!("Who is to see to \"{}\" {side} is not told.", point.title);
                self.say(UnsaidKind::Owner, point.id, sentence);
            }
            if point.due.is_none() {
                let sentence = format!("Until when \"{}\" is due is not told.", point.title);
                self.say(UnsaidKind::DueDate, point.id, sentence);
            }
        }
    }
}

fn in_words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
