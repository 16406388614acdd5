//! What the office enters in the stories of events: decisions, engagements, plans, and what is shared with another programme.

use sister_cities_app::IdempotentReply;
use sister_cities_app::partnership::NewDecision;
use sister_cities_app::promise::PointFacts;
use sister_cities_app::sharing::{NewLink, NewShare, ToShare};
use sister_cities_domain::access::Caller;
use sister_cities_domain::committee::{Committee, CommitteeTask, RequiredFunctions};
use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci, Focus};
use sister_cities_domain::id::{
    ActionPlanId, CommitteeId, EngagementId, LinkId, PartnershipId, PersonId, ProgrammeId, RoleId, ShareId,
    SubscriptionId,
};
use sister_cities_domain::notification::{Rhythm, Subscription};
use sister_cities_domain::partnership::{Act, Decision, Partnership};
use sister_cities_domain::person::{Audience, Consent, Person, PersonFact};
use sister_cities_domain::place::Place;
use sister_cities_domain::promise::{ActionPlan, ActionPlanKind, PointOwner, PromisedBy, Publicity};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::value::{FreeText, Period, Source, Title};

use crate::office::{Office, bond, city, name, person_of, programme};

pub(crate) fn title(text: &str) -> Title {
    Title::new(text).expect(text)
}

impl Office {
    /// Somebody of this programme asks to be told of such events.
    pub(crate) async fn asks(&self, person: PersonId, events: &[&str], rhythm: Rhythm) -> SubscriptionId {
        self.asks_in(self.programme, person, events, rhythm).await
    }

    /// Somebody of that programme does.
    pub(crate) async fn asks_in(
        &self,
        programme: ProgrammeId,
        person: PersonId,
        events: &[&str],
        rhythm: Rhythm,
    ) -> SubscriptionId {
        let id = SubscriptionId::next(self.app.ids());
        let subscription = Subscription {
            id,
            programme,
            person,
            events: events.iter().map(|event| event.parse().expect(event)).collect(),
            reminders: [].into(),
            partnership: None,
            committee: None,
            rhythm,
            remark: None,
        };
        let made = self.app.create_subscription(&Caller::system(), subscription, IdempotentReply::NONE).await;
        made.expect("a subscription");
        id
    }

    /// Somebody holds a role there.
    pub(crate) async fn holds(&self, programme: ProgrammeId, person: PersonId, held_in: HeldIn) {
        let role = Role {
            id: RoleId::next(self.app.ids()),
            programme,
            person: Some(person),
            held_in,
            function: RoleFunction::Officer,
            office: Some(name("International Relations")),
            tenure: Tenure::default(),
            appointed_by: None,
            fills_term_of: None,
            successor: None,
            orphaned: None,
            source: None,
            notes: Vec::new(),
        };
        self.app.create_role(&Caller::system(), role, IdempotentReply::NONE).await.expect("a role");
    }

    /// Somebody whose name members may see, and agreed to that.
    pub(crate) async fn person_shown_to_members(&self, id: PersonId, called: &str) {
        let (audiences, facts) = ([Audience::Members].into(), [PersonFact::Name].into());
        let (given, source) = ("2020".parse().expect("a date"), Source::new("a form").expect("a source"));
        let consent = Consent::new(audiences, facts, name("The list of members"), (given, None), source);
        let person = Person {
            shown_to: [Audience::Members].into(),
            consents: vec![consent.expect("a consent")],
            ..Person::new(id, self.programme, name(called))
        };
        self.app.create_person(&Caller::system(), person, IdempotentReply::NONE).await.expect("a person");
    }

    /// A committee.
    pub(crate) async fn committee(&self, called: &str) -> CommitteeId {
        let id = CommitteeId::next(self.app.ids());
        let committee = Committee {
            id,
            programme: self.programme,
            name: name(called),
            task: CommitteeTask::Theme(Focus::Culture),
            place: Some(self.warsaw),
            appointed_by: None,
            seats: None,
            term_months: None,
            functions: RequiredFunctions::default(),
            existed: Period::ALWAYS,
            source: None,
            notes: Vec::new(),
        };
        let made = self.app.create_committee(&Caller::system(), committee, IdempotentReply::NONE).await;
        made.expect("a committee");
        id
    }

    /// Both sides say again that they stand by a partnership.
    pub(crate) async fn reaffirm(&self, partnership: PartnershipId) {
        self.decide(partnership, Act::Reaffirm { statement: None }).await;
    }

    /// The partnership is set aside.
    pub(crate) async fn suspend(&self, partnership: PartnershipId) {
        self.decide(partnership, Act::Suspend { condition: None }).await;
    }

    async fn decide(&self, partnership: PartnershipId, act: Act) {
        let (app, caller) = (&self.app, Caller::system());
        let found = app.get::<Partnership>(&caller, self.programme, partnership, None).await;
        let revision = found.expect("a partnership").revision;
        let on = "2026-05".parse().ok();
        let decision = NewDecision::Other(Decision { act, on, authority: None, source: None });
        let none = IdempotentReply::NONE;
        let decided =
            app.decide_partnership(&caller, self.programme, partnership, revision, decision, none).await;
        decided.expect("decided");
    }

    /// An engagement is entered.
    pub(crate) async fn engagement(&self, partnership: PartnershipId, called: &str) -> EngagementId {
        let id = EngagementId::next(self.app.ids());
        let dates = EngagementDates::on("2026-06-20".parse().expect("a date"));
        let (foci, direction) = (Foci::one(Focus::Culture), Direction::Inbound);
        let of = (self.programme, partnership);
        let engagement = Engagement::held(id, of, title(called), foci, direction, dates);
        let made = self.app.create_engagement(&Caller::system(), engagement, IdempotentReply::NONE).await;
        made.expect("an engagement");
        id
    }

    /// A point of a plan that both sides promised in June 2008, each through a person.
    pub(crate) async fn point(&self, partnership: PartnershipId, due: &str, owners: [PersonId; 2]) {
        let (app, caller) = (&self.app, Caller::system());
        let plan = ActionPlan {
            id: ActionPlanId::next(app.ids()),
            programme: self.programme,
            partnership,
            agreement: None,
            title: title("Best Practice Action Plan"),
            kind: ActionPlanKind::ActionPlan,
            runs: Period::since("2008-06".parse().expect("a date")),
            check: None,
            last_check: None,
            source: None,
            notes: Vec::new(),
        };
        let id = plan.id;
        app.create_action_plan(&caller, plan, IdempotentReply::NONE).await.expect("a plan");
        let [host, counterpart] =
            owners.map(|owner| Some(PointOwner::named(Responsible::person_alone(owner))));
        let facts = PointFacts {
            plan: id,
            number: None,
            title: title("Share what works in finding work"),
            text: Some(FreeText::new("The desk doubts that it comes to anything.").expect("text")),
            promised_by: PromisedBy::Both,
            host,
            counterpart,
            due: Some(due.parse().expect("a date")),
            public_status: None,
            publicity: Publicity::Internal,
        };
        let made = app.create_action_point(&caller, self.programme, facts, IdempotentReply::NONE).await;
        made.expect("a point");
    }

    /// Links a partnership with that of another programme, both ways; answers the link of this one.
    pub(crate) async fn link(
        &self,
        partnership: PartnershipId,
        (peer, theirs): (ProgrammeId, PartnershipId),
    ) -> LinkId {
        let (app, caller) = (&self.app, Caller::system());
        let back = NewLink { peer: self.programme, partnership: theirs };
        app.make_link(&caller, peer, back, IdempotentReply::NONE).await.expect("a link");
        let there = NewLink { peer, partnership };
        let made = app.make_link(&caller, self.programme, there, IdempotentReply::NONE).await;
        made.expect("a link").executed().expect("fresh").value.id
    }

    /// Shares an engagement in these words.
    pub(crate) async fn share(&self, link: LinkId, engagement: EngagementId, called: &str) -> ShareId {
        let record = ToShare::Engagement(engagement, Some(title(called)));
        let (app, system) = (&self.app, Caller::system());
        let share = NewShare { link, record };
        let made = app.share_record(&system, self.programme, share, IdempotentReply::NONE).await;
        made.expect("a share").executed().expect("fresh").value.id
    }

    /// Takes back what was shared.
    pub(crate) async fn take_back(&self, share: ShareId) {
        let (app, system) = (&self.app, Caller::system());
        let found = app.get_share(&system, self.programme, share).await.expect("a share");
        app.withdraw_share(&system, self.programme, share, found.share.revision).await.expect("taken back");
    }

    /// The programme of the other city in the same installation, with an officer who is told of what is shared with it.
    pub(crate) async fn other_programme(&self, called: &str) -> OtherProgramme {
        let ids = self.app.ids();
        let id = ProgrammeId::next(ids);
        let zone = Some(chrono_tz::America::Chicago);
        let host = Place { zone, ..city(ids, id, called) };
        let warsaw = city(ids, id, "Warsaw");
        let kept = programme(id, &format!("{called} Sister Cities"), host.id, "en");
        let (host_id, warsaw_id) = (host.id, warsaw.id);
        let (app, system) = (&self.app, Caller::system());
        app.create_programme(&system, kept, host, IdempotentReply::NONE).await.expect("a programme");
        app.create_place(&system, warsaw, IdempotentReply::NONE).await.expect("a place");
        let partnership = bond(app, id, [host_id, warsaw_id]).await;
        let officer = PersonId::next(ids);
        person_of(app, id, (officer, "Olivia Officer"), &["en"], zone).await;
        self.holds(id, officer, HeldIn::Place(host_id)).await;
        OtherProgramme { id, partnership, officer }
    }
}

/// A programme of a sister city.
pub(crate) struct OtherProgramme {
    pub(crate) id: ProgrammeId,
    /// That with Warsaw.
    pub(crate) partnership: PartnershipId,
    /// Who runs its office.
    pub(crate) officer: PersonId,
}
