//! What the demo knows of Birmingham and Chicago beyond their lists: who took part, what was promised, what was learnt and what came of
//! it. One file of facts, entered in both programmes, each from its own side.
//!
//! The sources name few people and many offices, so roles are held by nobody in particular. What no source tells is said to be put
//! together for the demo.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use sister_cities_domain::access::Caller;
use sister_cities_domain::engagement::Engagement;
use sister_cities_domain::id::{
    ActionPlanId, EngagementId, OrganisationId, OutcomeId, PartnershipId, PlaceId, PracticeId, ProgrammeId,
    RoleId,
};
use sister_cities_domain::organisation::{Organisation, OrganisationKind};
use sister_cities_domain::outcome::{
    Attribution, EvidenceChange, EvidenceStep, Outcome, OutcomeKind, OutcomeValue, SameOutcome,
};
use sister_cities_domain::practice::{Origin, Practice, PracticeCost, StepTaken, Topic};
use sister_cities_domain::promise::{
    ActionPlan, ActionPlanKind, CheckRhythm, PlanCheck, PointAct, PointOwner, PromisedBy, Publicity,
};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::value::{FreeText, Name, Note, PartialDate, Period, Source, Title};
use sister_cities_storage::Versioned;
use sister_cities_storage::catalogue::engagement;

use super::{Demo, DemoError};
use crate::practice::{NewAdoption, PracticeToAdopt};
use crate::promise::{PointFacts, PointStep};
use crate::{App, AppError, IdempotentReply};

const FACTS: &str = include_str!("../../facts/chicago_birmingham_story.json");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    organisations: Vec<OrganisationFacts>,
    roles: Vec<RoleFacts>,
    plan: PlanFacts,
    practices: Vec<PracticeFacts>,
    outcomes: Vec<OutcomeFacts>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganisationFacts {
    key: String,
    city: City,
    name: Name,
    kind: OrganisationKind,
    source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFacts {
    organisation: String,
    function: RoleFunction,
    office: Name,
    /// When the source found them in office; since when and until when it does not tell.
    in_office: PartialDate,
    source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanFacts {
    title: Title,
    from: PartialDate,
    to: PartialDate,
    check_from: NaiveDate,
    checked_on: NaiveDate,
    check_remark: FreeText,
    source: Source,
    note: FreeText,
    points: Vec<PointOfStory>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PointOfStory {
    title: Title,
    due: PartialDate,
    owners: BTreeMap<City, String>,
    public_status: Option<Title>,
    steps: Vec<StepOfStory>,
}

#[derive(Deserialize)]
struct StepOfStory {
    #[serde(flatten)]
    act: PointAct,
    on: PartialDate,
    remark: Option<FreeText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PracticeFacts {
    key: String,
    title: Title,
    problem: Option<FreeText>,
    approach: FreeText,
    evidence: Option<FreeText>,
    of: City,
    topics: Vec<Topic>,
    source: Source,
    adoption: AdoptionFacts,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AdoptionFacts {
    by: City,
    organisation: String,
    offered_on: PartialDate,
    steps: Vec<StepTaken>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutcomeFacts {
    key: String,
    kind: OutcomeKind,
    title: Title,
    value: Option<OutcomeValue>,
    date: PartialDate,
    attribution: Attribution,
    /// The title of the engagement that it came of.
    engagement: String,
    practice: Option<String>,
    documented_on: NaiveDate,
    source: Source,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
enum City {
    Chicago,
    Birmingham,
}

/// Tells the story in both programmes. An outcome of Birmingham's says which of Chicago's it is the same as, so that it counts once.
pub(super) async fn tell(app: &App, caller: &Caller, demo: &Demo) -> Result<(), DemoError> {
    let story: Story = serde_json::from_str(FACTS).map_err(|error| DemoError::Story(error.to_string()))?;
    let chicago = Office::find(app, caller, demo.chicago, City::Chicago).await?;
    let told = chicago.tell(&story, &BTreeMap::new()).await?;
    let birmingham = Office::find(app, caller, demo.birmingham, City::Birmingham).await?;
    let same = told.into_iter().map(|(key, outcome)| (key, SameOutcome { programme: demo.chicago, outcome }));
    birmingham.tell(&story, &same.collect()).await?;
    Ok(())
}

/// One of the two offices, with what it has on record of the other city.
struct Office<'a> {
    app: &'a App,
    caller: &'a Caller,
    programme: ProgrammeId,
    city: City,
    partnership: PartnershipId,
    host: PlaceId,
    partner: PlaceId,
    engagements: BTreeMap<String, EngagementId>,
}

impl<'a> Office<'a> {
    async fn find(
        app: &'a App,
        caller: &'a Caller,
        programme: ProgrammeId,
        city: City,
    ) -> Result<Self, DemoError> {
        let (own, other) = match city {
            City::Chicago => ("Chicago", "Birmingham"),
            City::Birmingham => ("Birmingham", "Chicago"),
        };
        let host = super::city(app, programme, own).await?;
        let partner = super::city(app, programme, other).await?;
        let partnership = super::partnership_with(app, programme, other).await?;
        let log = app.database().programme(programme).all([engagement::PARTNERSHIP.is(partnership)]).await;
        let log = log.map_err(AppError::from)?.into_iter();
        let engagements = log.map(|it| (it.value.title.to_string(), it.value.id)).collect();
        Ok(Self { app, caller, programme, city, partnership, host, partner, engagements })
    }

    fn place(&self, city: City) -> PlaceId {
        if city == self.city { self.host } else { self.partner }
    }

    async fn tell(
        &self,
        story: &Story,
        same: &BTreeMap<String, SameOutcome>,
    ) -> Result<BTreeMap<String, OutcomeId>, DemoError> {
        let organisations = self.organisations(story).await?;
        self.link_log(story, &organisations).await?;
        self.roles(story, &organisations).await?;
        self.plan(&story.plan, &organisations).await?;
        let practices = self.practices(story, &organisations).await?;
        self.outcomes(story, &practices, same).await
    }

    async fn organisations(&self, story: &Story) -> Result<BTreeMap<String, OrganisationId>, DemoError> {
        let mut made = BTreeMap::new();
        for facts in &story.organisations {
            let id = OrganisationId::next(self.app.ids());
            let mut it = Organisation::new(id, self.programme, facts.name.clone(), facts.kind.clone());
            it.place = Some(self.place(facts.city));
            it.source = Some(facts.source.clone());
            self.app.create_organisation(self.caller, it, IdempotentReply::NONE).await?.executed()?;
            made.insert(facts.key.clone(), id);
        }
        Ok(made)
    }

    /// Leads the names of the organisations in the log to their records.
    async fn link_log(
        &self,
        story: &Story,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<(), DemoError> {
        let log = self.app.database().programme(self.programme);
        let log = log.all::<Engagement>([engagement::PARTNERSHIP.is(self.partnership)]).await;
        for Versioned { value: mut logged, revision } in log.map_err(AppError::from)? {
            for behind in &mut logged.organisations {
                let facts = story.organisations.iter().find(|facts| facts.name == behind.name);
                behind.organisation = facts.map(|facts| named(organisations, &facts.key)).transpose()?;
            }
            // What changes nothing is not written.
            self.app.replace_engagement(self.caller, logged, revision).await?;
        }
        Ok(())
    }

    async fn roles(
        &self,
        story: &Story,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<(), DemoError> {
        for facts in &story.roles {
            let role = Role {
                id: RoleId::next(self.app.ids()),
                programme: self.programme,
                person: None,
                held_in: HeldIn::Organisation(named(organisations, &facts.organisation)?),
                function: facts.function.clone(),
                office: Some(facts.office.clone()),
                tenure: Tenure::new(Some(facts.in_office), Some(facts.in_office), None)?,
                appointed_by: None,
                fills_term_of: None,
                successor: None,
                orphaned: None,
                source: Some(facts.source.clone()),
                notes: vec![note(FreeText::new("In office then; since when and until when is not told.")?)],
            };
            self.app.create_role(self.caller, role, IdempotentReply::NONE).await?.executed()?;
        }
        Ok(())
    }

    async fn plan(
        &self,
        facts: &PlanFacts,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<(), DemoError> {
        let plan = ActionPlan {
            id: ActionPlanId::next(self.app.ids()),
            programme: self.programme,
            partnership: self.partnership,
            agreement: None,
            title: facts.title.clone(),
            kind: ActionPlanKind::ActionPlan,
            runs: Period::new(Some(facts.from), Some(facts.to))?,
            check: Some(CheckRhythm::new(CheckRhythm::QUARTERLY, facts.check_from)?),
            last_check: None,
            source: Some(facts.source.clone()),
            notes: vec![note(facts.note.clone())],
        };
        let made = self.app.create_action_plan(self.caller, plan, IdempotentReply::NONE).await?.executed()?;
        let id = made.value.id;
        for point in &facts.points {
            self.point(id, point, organisations).await?;
        }
        let check = PlanCheck { on: facts.checked_on, remark: Some(facts.check_remark.clone()) };
        let plan = (self.programme, id);
        self.app
            .check_action_plan(self.caller, plan, made.revision, check, IdempotentReply::NONE)
            .await?
            .executed()?;
        Ok(())
    }

    async fn point(
        &self,
        plan: ActionPlanId,
        facts: &PointOfStory,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<(), DemoError> {
        let owner = |home: bool| {
            let theirs = facts.owners.iter().find(|(city, _)| (**city == self.city) == home);
            let organisation = theirs.map(|(_, key)| named(organisations, key)).transpose()?;
            let owner = organisation.map(|it| Responsible::new(None, None, None, Some(it))).transpose()?;
            Ok::<_, DemoError>(owner.map(PointOwner::named))
        };
        let point = PointFacts {
            plan,
            number: None,
            title: facts.title.clone(),
            text: None,
            promised_by: PromisedBy::Both,
            host: owner(true)?,
            counterpart: owner(false)?,
            due: Some(facts.due),
            public_status: facts.public_status.clone(),
            publicity: Publicity::Internal,
        };
        let mut at = self
            .app
            .create_action_point(self.caller, self.programme, point, IdempotentReply::NONE)
            .await?
            .executed()?;
        for StepOfStory { act, on, remark } in &facts.steps {
            let step = PointStep { act: act.clone(), on: Some(*on), remark: remark.clone() };
            let point = (self.programme, at.value.id);
            at = self
                .app
                .step_action_point(self.caller, point, at.revision, step, IdempotentReply::NONE)
                .await?
                .executed()?;
        }
        Ok(())
    }

    async fn practices(
        &self,
        story: &Story,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<BTreeMap<String, PracticeId>, DemoError> {
        let mut made = BTreeMap::new();
        for facts in &story.practices {
            let practice = Practice {
                id: PracticeId::next(self.app.ids()),
                programme: self.programme,
                title: facts.title.clone(),
                problem: facts.problem.clone(),
                approach: Some(facts.approach.clone()),
                evidence: facts.evidence.clone(),
                cost: PracticeCost::default(),
                contact: None,
                origin: Origin::of_place(self.place(facts.of)),
                topics: facts.topics.iter().cloned().collect(),
                since: None,
                sources: vec![facts.source.clone()],
                notes: Vec::new(),
            };
            let id = practice.id;
            self.app.create_practice(self.caller, practice, IdempotentReply::NONE).await?.executed()?;
            self.adoption(id, facts, organisations).await?;
            made.insert(facts.key.clone(), id);
        }
        Ok(made)
    }

    async fn adoption(
        &self,
        practice: PracticeId,
        facts: &PracticeFacts,
        organisations: &BTreeMap<String, OrganisationId>,
    ) -> Result<(), DemoError> {
        let AdoptionFacts { by, organisation, offered_on, steps } = &facts.adoption;
        let adoption = NewAdoption {
            practice: PracticeToAdopt::Own(practice),
            by: self.place(*by),
            organisation: Some(named(organisations, organisation)?),
            partnership: Some(self.partnership),
            learnt_from: None,
            topics: BTreeSet::new(),
            offered_on: Some(*offered_on),
            sources: vec![facts.source.clone()],
            notes: Vec::new(),
        };
        let mut at = self
            .app
            .create_adoption(self.caller, self.programme, adoption, IdempotentReply::NONE)
            .await?
            .executed()?;
        for step in steps {
            let adoption = (self.programme, at.value.id);
            at = self
                .app
                .take_adoption_step(self.caller, adoption, step.clone(), at.revision, IdempotentReply::NONE)
                .await?
                .executed()?;
        }
        Ok(())
    }

    async fn outcomes(
        &self,
        story: &Story,
        practices: &BTreeMap<String, PracticeId>,
        same: &BTreeMap<String, SameOutcome>,
    ) -> Result<BTreeMap<String, OutcomeId>, DemoError> {
        let mut made = BTreeMap::new();
        for facts in &story.outcomes {
            let id = OutcomeId::next(self.app.ids());
            let mut it = Outcome::claimed(id, self.programme, facts.kind.clone(), facts.title.clone());
            it.value = facts.value.clone();
            it.date = Some(facts.date);
            it.attribution = facts.attribution;
            it.partnerships = BTreeSet::from([self.partnership]);
            it.engagements = BTreeSet::from([named(&self.engagements, &facts.engagement)?]);
            it.practices =
                facts.practice.iter().map(|key| named(practices, key)).collect::<Result<_, _>>()?;
            it.same_as = same.get(&facts.key).copied();
            it.source = Some(facts.source.clone());
            let claimed =
                self.app.create_outcome(self.caller, it, IdempotentReply::NONE).await?.executed()?;
            let documented = EvidenceChange {
                step: EvidenceStep::Document,
                on: facts.documented_on,
                remark: None,
                evidence: Some(facts.source.clone()),
            };
            let outcome = (self.programme, id);
            self.app
                .grade_outcome(self.caller, outcome, claimed.revision, documented, IdempotentReply::NONE)
                .await?
                .executed()?;
            made.insert(facts.key.clone(), id);
        }
        Ok(made)
    }
}

/// What goes by that name in the story.
fn named<T: Copy>(known: &BTreeMap<String, T>, key: &str) -> Result<T, DemoError> {
    known.get(key).copied().ok_or_else(|| DemoError::Story(format!("nothing is called {key}")))
}

const fn note(text: FreeText) -> Note {
    Note { text, source: None }
}
