//! Warsaw's office, with a clock that stands still until it is moved, and a channel that remembers every mail.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use sister_cities_app::agreement::{AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_app::clock::{Clock as _, FixedClock};
use sister_cities_app::partnership::{Beginning, NewPartnership};
use sister_cities_app::{App, IdempotentReply};
use sister_cities_domain::access::Caller;
use sister_cities_domain::agreement::{
    Agreement, Approval, NoticePeriod, Signature, Term, Terms, VersionText,
};
use sister_cities_domain::due::{DuePolicy, EscalationStep, Span};
use sister_cities_domain::id::{
    AgreementId, IdSource, PartnershipId, PersonId, PlaceId, ProgrammeId, RoleId, SeededIds,
};
use sister_cities_domain::partnership::{Episode, Record};
use sister_cities_domain::person::{Email, Entry, Person};
use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
use sister_cities_domain::privacy::Erasable;
use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::role::{HeldIn, Role, RoleFunction, Tenure};
use sister_cities_domain::value::{KindKey, Name, Source, Title};
use sister_cities_notification::email::Mail;
use sister_cities_notification::pipeline::{MailLanes, Now, Pipeline};
use sister_cities_notification::testing::RecordingChannel;
use sister_cities_notification::words::Catalogues;
use sister_cities_notification::{Channel, Sending};
use sister_cities_storage::sqlite::SqliteStore;
use sister_cities_storage::testing::TestDatabase;
use sister_cities_storage::vault::MasterKey;
use sister_cities_storage::{Database, Versioned};

/// A master key, for tests.
const KEY: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00123456789abcdeffedcba9876543210";

/// The office.
pub(crate) struct Office {
    pub(crate) app: App,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) pipeline: Pipeline,
    pub(crate) mails: Arc<RecordingChannel<Mail>>,
    pub(crate) programme: ProgrammeId,
    pub(crate) warsaw: PlaceId,
    ids: SeededIds,
    /// Gone with the office, if it is not in a file.
    _server: Option<TestDatabase>,
}

impl Office {
    /// At that time, with nobody in it; whoever nobody owns is the person of that id.
    pub(crate) async fn at(now: &str) -> (Self, PersonId) {
        Self::on(Database::new(SqliteStore::temporary().expect("a database")), now, None).await
    }

    /// The same on PostgreSQL; none if there is none, which is then said.
    pub(crate) async fn on_postgresql(now: &str) -> Option<(Self, PersonId)> {
        let server = sister_cities_storage::testing::database().await?;
        Some(Self::on(Database::new(server.open().await), now, Some(server)).await)
    }

    async fn on(database: Database, now: &str, server: Option<TestDatabase>) -> (Self, PersonId) {
        let clock = Arc::new(FixedClock::at(instant(now)));
        let key = MasterKey::from_text(KEY).expect("a key");
        let database = database.sealed_by(key);
        let app = App::new(database.clone(), Arc::clone(&clock) as _, Arc::new(SeededIds::new(2026)));
        let ids = SeededIds::new(11);
        let owner = PersonId::next(&ids);
        let id = ProgrammeId::next(&ids);
        let host = Place { zone: Some(chrono_tz::Europe::Warsaw), ..city(&ids, id, "Warszawa") };
        let due = DuePolicy {
            owner: Some(Responsible::person_alone(owner)),
            escalation: vec![EscalationStep {
                after: Span::Days(7),
                to: Responsible::office_alone(name("Dyrektor biura")),
            }],
            ..DuePolicy::default()
        };
        let kept = programme(id, "Warszawa: miasta partnerskie", host.id, "pl");
        let programme = Programme { policies: Policies { due, ..Policies::default() }, ..kept };
        let warsaw = host.id;
        app.create_programme(&Caller::system(), programme, host, IdempotentReply::NONE)
            .await
            .expect("a programme");
        let mails = Arc::new(RecordingChannel::default());
        let pipeline = pipeline(database, &clock, Arc::clone(&mails));
        (Self { app, clock, pipeline, mails, programme: id, warsaw, ids, _server: server }, owner)
    }

    /// The same office, whose mails go by that channel.
    pub(crate) fn mailing_by(&mut self, channel: impl Channel<Message = Mail> + 'static) {
        self.pipeline = pipeline(self.app.database().clone(), &self.clock, channel);
    }

    /// Somebody with an address, who reads these languages in that zone.
    pub(crate) async fn person(
        &self,
        id: PersonId,
        called: &str,
        languages: &[&str],
        zone: Option<chrono_tz::Tz>,
    ) {
        person_of(&self.app, self.programme, (id, called), languages, zone).await;
    }

    /// Somebody new who holds an office of the city.
    pub(crate) async fn official(&self, called: &str, office: &str) -> PersonId {
        let person = PersonId::next(&self.ids);
        self.person(person, called, &["pl"], None).await;
        let role = Role {
            id: RoleId::next(&self.ids),
            programme: self.programme,
            person: Some(person),
            held_in: HeldIn::Place(self.warsaw),
            function: RoleFunction::Director,
            office: Some(name(office)),
            tenure: Tenure::default(),
            appointed_by: None,
            fills_term_of: None,
            successor: None,
            orphaned: None,
            source: None,
            notes: Vec::new(),
        };
        self.app.create_role(&Caller::system(), role, IdempotentReply::NONE).await.expect("a role");
        person
    }

    /// A sister city.
    pub(crate) async fn sister(&self, called: &str) -> (PartnershipId, PlaceId) {
        let place = city(&self.ids, self.programme, called);
        let id = place.id;
        self.app.create_place(&Caller::system(), place, IdempotentReply::NONE).await.expect("a place");
        (bond(&self.app, self.programme, [self.warsaw, id]).await, id)
    }

    /// An agreement that both sides signed, up to that day, with half a year of notice.
    pub(crate) async fn agreement(
        &self,
        (partnership, other): (PartnershipId, PlaceId),
        until: &str,
    ) -> AgreementId {
        let (app, caller) = (&self.app, Caller::system());
        let mut agreement = draft(app, self.programme, partnership, until).await;
        let approval = |side| Approval::resolved(side, name("Rada"));
        let signature = |side| Signature::of(side).on("1998".parse().expect("a date"));
        for step in [
            AgreementStep::ProposeVersion { version: 1, on: None },
            AgreementStep::ApproveVersion { version: 1, approval: approval(self.warsaw) },
            AgreementStep::ApproveVersion { version: 1, approval: approval(other) },
            AgreementStep::SignVersion { version: 1, signature: signature(self.warsaw) },
            AgreementStep::SignVersion { version: 1, signature: signature(other) },
        ] {
            let (id, revision) = (agreement.value.id(), agreement.revision);
            let done =
                app.step_agreement(&caller, self.programme, id, revision, step, IdempotentReply::NONE).await;
            agreement = done.expect("a step").executed().expect("fresh");
        }
        Agreement::id(&agreement.value)
    }

    /// An agreement that nobody has signed.
    pub(crate) async fn draft(&self, (partnership, _): (PartnershipId, PlaceId)) -> AgreementId {
        draft(&self.app, self.programme, partnership, "2040-12-31").await.value.id()
    }

    /// Lets the time pass up to then, step by step, with the worker at work; answers the mails that were sent meanwhile.
    pub(crate) async fn until(&self, then: &str, step: TimeDelta) -> Vec<Sending<Mail>> {
        let sent = self.mails.sent().len();
        let then = instant(then);
        loop {
            self.work().await;
            let next = self.clock.now() + step;
            if next > then {
                break;
            }
            self.clock.set(next);
        }
        self.mails.sent().split_off(sent)
    }

    /// Does what the worker does each minute.
    pub(crate) async fn work(&self) {
        self.pipeline.tell().await.expect("told");
        self.pipeline.remind().await.expect("reminded");
        self.pipeline.send().await.expect("sent");
    }
}

/// What mails by that channel, by that clock.
fn pipeline(
    database: Database,
    clock: &Arc<FixedClock>,
    channel: impl Channel<Message = Mail> + 'static,
) -> Pipeline {
    let clock = Arc::clone(clock);
    let now = Now::new(move || clock.now());
    let address = "https://partner.um.warszawa.example".parse().expect("an address");
    let lanes = MailLanes::new(database.clone(), channel, Arc::new(Catalogues::embedded()), address);
    let lanes = lanes.with_organizer("partner@um.warszawa.example".parse().expect("an address"));
    Pipeline::new(database, now, "worker 1").with_channel(lanes)
}

/// An agreement up to that day, with half a year of notice.
pub(crate) async fn draft(
    app: &App,
    programme: ProgrammeId,
    partnership: PartnershipId,
    until: &str,
) -> Versioned<Agreement> {
    let request = NewAgreement {
        partnership,
        parent: None,
        title: Title::new("Umowa o partnerstwie").expect("a title"),
        parties: Vec::new(),
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms::lasting(Term::Fixed { ends_on: until.parse().expect("a date") })
            .with_notice(NoticePeriod::from_months(6).expect("half a year")),
        origin: Origin::Draft,
    };
    let created = app.create_agreement(&Caller::system(), programme, request, IdempotentReply::NONE).await;
    created.expect("an agreement").executed().expect("fresh")
}

/// A programme of that name.
pub(crate) fn programme(id: ProgrammeId, called: &str, host: PlaceId, language: &str) -> Programme {
    Programme {
        id,
        name: name(called),
        host,
        kinds: KindCatalogue::standard(),
        policies: Policies::default(),
        language: language.parse().expect("a language"),
        currency: "PLN".parse().expect("złoty"),
    }
}

/// Somebody with an address, who reads these languages in that zone.
pub(crate) async fn person_of(
    app: &App,
    programme: ProgrammeId,
    (id, called): (PersonId, &str),
    languages: &[&str],
    zone: Option<chrono_tz::Tz>,
) {
    let address = format!("{}@example.org", called.split(' ').next().expect("a word").to_lowercase());
    let email = Email { address: Erasable::Kept(address.parse().expect("an address")) };
    let person = Person {
        emails: vec![Entry::desk_only(email)],
        languages: languages.iter().map(|tag| tag.parse().expect("a language")).collect(),
        zone,
        ..Person::new(id, programme, name(called))
    };
    app.create_person(&Caller::system(), person, IdempotentReply::NONE).await.expect("a person");
}

/// A partnership that was agreed in 1998.
pub(crate) async fn bond(app: &App, programme: ProgrammeId, members: [PlaceId; 2]) -> PartnershipId {
    let episode = Episode::new(KindKey::new("sister-city").expect("a kind"))
        .began_on("1998".parse().expect("a date"), Source::new("a list").expect("a source"));
    let request = NewPartnership {
        members: members.into(),
        beginning: Beginning::Agreed { episode, authority: None },
        decisions: Vec::new(),
        record: Record::default(),
        notes: Vec::new(),
    };
    let created = app.create_partnership(&Caller::system(), programme, request, IdempotentReply::NONE).await;
    created.expect("a partnership").executed().expect("fresh").partnership.value.id()
}

/// The text of a mail without the link by which it is refused, which is another each time.
pub(crate) fn without_refusal(mail: &Sending<Mail>) -> String {
    let lines = mail.message.text.lines().filter(|line| !line.contains("/unsubscribe/"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect(text)
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).expect(text)
}

pub(crate) fn city(ids: &dyn IdSource, programme: ProgrammeId, called: &str) -> Place {
    let official = PlaceName::new(name(called), NameRole::Official);
    Place::new(PlaceId::next(ids), programme, PlaceLevel::City, official)
}
