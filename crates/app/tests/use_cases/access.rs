//! Every use case, asked by those who may not.

use std::num::NonZeroU32;

use sister_cities_app::agreement::{AgreementQuestion, AgreementStep, AgreementText, NewAgreement, Origin};
use sister_cities_app::engagement::EngagementQuestion;
use sister_cities_app::partnership::{
    Beginning, NewDecision, NewPartnership, PartnershipAddition, PartnershipQuestion,
};
use sister_cities_app::place::{PlaceFacts, PlaceQuestion};
use sister_cities_app::programme::ProgrammeChange;
use sister_cities_app::token::NewToken;
use sister_cities_app::vitality::{TimelineQuestion, VitalityQuestion};
use sister_cities_app::{AppError, HistoryQuestion, JournalQuestion, Keep};
use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::agreement::{Terms, VersionText};
use sister_cities_domain::count::CountQuery;
use sister_cities_domain::id::{AgreementId, EngagementId, SeededIds, TokenId};
use sister_cities_domain::partnership::{Act, Decision, Record};
use sister_cities_domain::value::Title;
use sister_cities_domain::vitality::TimelineStep;
use sister_cities_storage::{Revision, Sequence};

use crate::harness::{Office, caller, chicago, day, episode, name, official, system, visit};
use crate::stories;

stories! {
    whoever_lacks_the_scope_is_told_which_it_takes_whatever_is_asked;
    whoever_is_of_another_programme_is_told_that_there_is_nothing;
}

/// Asks for everything about a programme, and says what it took and what the answer was.
async fn everything(office: &Office, caller: &Caller) -> Vec<(&'static str, Scope, Option<AppError>)> {
    use Scope::{
        Admin, AgreementWrite, CareRead, CareWrite, EngagementWrite, JournalRead, PartnershipWrite,
        PlaceWrite, ProgrammeRead,
    };
    let (app, programme, first) = (&office.app, office.programme, Revision::FIRST);
    let ids = SeededIds::new(77);
    let bond = office.sister("Milan", "1973").await.partnership.value.id();
    let (agreement, engagement) = (AgreementId::next(&ids), EngagementId::next(&ids));
    let facts = || PlaceFacts::city(official("Osaka"));
    let today = day("2008-06-04");
    let mut answers = Vec::new();
    macro_rules! ask {
        ($($needs:ident: $name:ident($($argument:expr),*);)+) => {
            $(answers.push((stringify!($name), $needs, app.$name(caller, $($argument),*).await.err()));)+
        };
    }
    let step = TimelineStep::Months(NonZeroU32::MIN);
    let create = NewPartnership {
        members: vec![office.chicago],
        beginning: Beginning::Agreed { episode: episode("sister-city", ""), authority: None },
        decisions: Vec::new(),
        record: Record::default(),
        notes: Vec::new(),
    };
    let draft = NewAgreement {
        partnership: bond,
        parent: None,
        title: Title::new("Agreement").expect("a title"),
        parties: Vec::new(),
        text: AgreementText::Known(VersionText::NotAtHand),
        terms: Terms::default(),
        origin: Origin::Draft,
    };
    let propose = AgreementStep::Propose { version: 1, on: None };
    let token = NewToken {
        programme: Some(programme),
        name: name("t"),
        scopes: [ProgrammeRead].into(),
        expires_at: None,
    };
    let history = HistoryQuestion { record: bond.into(), after: None, limit: 1 };
    let journal = JournalQuestion { after: Sequence::START, subject: None, limit: 1 };
    let reaffirm = NewDecision::Other(Decision::new(Act::Reaffirm { statement: None }));
    ask! {
        ProgrammeRead: programme(programme);
        Admin: change_programme(programme, first, ProgrammeChange::default(), Keep::NOTHING);
        ProgrammeRead: place(programme, office.chicago);
        ProgrammeRead: places(programme, PlaceQuestion::default());
        PlaceWrite: create_place(programme, facts(), Keep::NOTHING);
        PlaceWrite: change_place(programme, office.chicago, first, facts(), Keep::NOTHING);
        ProgrammeRead: partnership(programme, bond);
        ProgrammeRead: partnership_advice(programme, bond);
        ProgrammeRead: partnerships(programme, PartnershipQuestion::default());
        PartnershipWrite: create_partnership(programme, create, Keep::NOTHING);
        PartnershipWrite: add_to_partnership(programme, bond, first, PartnershipAddition::default(), Keep::NOTHING);
        PartnershipWrite: decide_partnership(programme, bond, first, reaffirm, Keep::NOTHING);
        PartnershipWrite: state_record(programme, bond, first, Record::default(), Keep::NOTHING);
        ProgrammeRead: agreement(programme, agreement);
        ProgrammeRead: agreements(programme, AgreementQuestion::default());
        ProgrammeRead: agreement_document(programme, agreement, 1);
        AgreementWrite: create_agreement(programme, draft, Keep::NOTHING);
        AgreementWrite: step_agreement(programme, agreement, first, propose, Keep::NOTHING);
        ProgrammeRead: engagement(programme, engagement);
        ProgrammeRead: engagements(programme, EngagementQuestion::default());
        EngagementWrite: create_engagement(programme, visit(bond, "2008"), Keep::NOTHING);
        EngagementWrite: change_engagement(programme, engagement, first, visit(bond, "2008"), Keep::NOTHING);
        EngagementWrite: delete_engagement(programme, engagement, first, Keep::NOTHING);
        ProgrammeRead: count_partnerships(programme, &CountQuery::headline(today));
        ProgrammeRead: count_exchanges(programme, None, today..=today);
        ProgrammeRead: vitality(programme, bond, None);
        ProgrammeRead: vitality_of_all(programme, VitalityQuestion::default());
        ProgrammeRead: vitality_timeline(programme, bond, TimelineQuestion { from: today, to: today, step });
        CareRead: reveal_care(programme, engagement);
        CareWrite: set_care(programme, engagement, first, None);
        JournalRead: journal(programme, journal);
        JournalRead: history(programme, history);
        Admin: tokens(Some(programme));
        Admin: create_token(token);
        Admin: revoke_token(Some(programme), TokenId::next(&ids));
    }
    answers
}

async fn whoever_lacks_the_scope_is_told_which_it_takes_whatever_is_asked(office: Office) {
    let nobody = office.caller(&[]);
    for (asked, needed, answer) in everything(&office, &nobody).await {
        assert_eq!(answer, Some(AppError::Forbidden { needed }), "{asked}");
    }
    let create = office.app.create_programme(&nobody, chicago(), Keep::NOTHING).await;
    assert_eq!(create.err(), Some(AppError::Forbidden { needed: Scope::Admin }));
    let list = office.app.programmes(&nobody, None, 10).await;
    assert_eq!(list.err(), Some(AppError::Forbidden { needed: Scope::ProgrammeRead }));
}

async fn whoever_is_of_another_programme_is_told_that_there_is_nothing(office: Office) {
    let created = office.app.create_programme(&system(), chicago(), Keep::NOTHING).await.expect("a second");
    let other = created.fresh().expect("fresh").programme.value.id;
    let stranger = caller(Some(other), &Scope::ALL);
    for (asked, _, answer) in everything(&office, &stranger).await {
        assert_eq!(answer, Some(AppError::NotFound(office.programme.into())), "{asked}");
    }
}
