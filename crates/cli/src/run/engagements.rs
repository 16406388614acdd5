//! The log of engagements.

use sister_cities_client::api::engagement::{
    CareBody, EngagementBody, EngagementView, InviteBody, OrganisationBody, OutcomeAnswerBody,
    ParticipantsBody,
};
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::{Moment, RecordQuery};

use super::session::Session;
use crate::args::{
    AnswerArgs, BehindArg, CareArgs, EngagementAdd, EngagementEdit, EngagementsCommand, ParticipantsArg,
};
use crate::failure::Failure;
use crate::resource::editing::Cleared;
use crate::resource::{organisation, person};
use crate::show::responsible::Names;
use crate::show::wording::by_id;
use crate::show::{details, lists};

/// Lists, shows and adds engagements.
pub(super) async fn engagements(session: &Session, command: EngagementsCommand) -> Result<(), Failure> {
    match command {
        EngagementsCommand::List(list) => {
            let query = session.query(list).await?;
            let recorded = RecordQuery { as_of: None, recorded_at: query.recorded_at };
            let found = session.programme.engagements().list(query).all().await?;
            let partnerships = by_id(session.partnerships_as_of(&recorded).await?);
            let partner = |it: &EngagementView| partner(session, partnerships.get(&it.partnership));
            let rows: Vec<_> = found.iter().map(|it| (it.clone(), partner(it))).collect();
            session.output.print(&found, |out| lists::engagements(&rows, out))
        }
        EngagementsCommand::Show { engagement, times } => {
            let times = times.query()?;
            let it = session.engagement(&engagement, &times).await?;
            show(session, &it, times.recorded_at).await
        }
        EngagementsCommand::Add(add) => {
            let body = body(session, add).await?;
            let added = session.programme.engagements().create(body).await?;
            show(session, &added, None).await
        }
        EngagementsCommand::Edit(edit) => self::edit(session, *edit).await,
        EngagementsCommand::Invite { engagement, persons } => {
            let it = session.engagement(&engagement, &RecordQuery::default()).await?;
            let mut named = Vec::with_capacity(persons.len());
            for wanted in persons {
                named.push(person::find(session, &wanted).await?);
            }
            let engagements = session.programme.engagements();
            let body = InviteBody { persons: (!named.is_empty()).then_some(named) };
            let invited = engagements.invite_to_engagement(&engagements.get(it.id).await?, body).await?;
            show(session, &invited, None).await
        }
        EngagementsCommand::Care(args) => care(session, args).await,
        EngagementsCommand::Questions { engagement, times } => {
            let it = session.engagement(&engagement, &RecordQuery::default()).await?;
            let found = session.programme.engagements().get_outcome_questions(it.id, times.query()?).await?;
            session.output.print(&found, |out| details::follow_up(&it, &found, out))
        }
        EngagementsCommand::Answer(args) => {
            let AnswerArgs { engagement, side, after, said, outcome, on } = args;
            let it = session.engagement(&engagement, &RecordQuery::default()).await?;
            let engagements = session.programme.engagements();
            let body = OutcomeAnswerBody { side, after, said, outcome, on };
            let answered = engagements.answer_outcome_question(&engagements.get(it.id).await?, body).await?;
            show(session, &answered, None).await
        }
    }
}

/// Shows what those who take part need, or says it.
async fn care(session: &Session, args: CareArgs) -> Result<(), Failure> {
    let CareArgs { engagement, set, clear } = args;
    let it = session.engagement(&engagement, &RecordQuery::default()).await?;
    let engagements = session.programme.engagements();
    let found = if set.is_some() || clear {
        let read = engagements.get(it.id).await?;
        engagements.set_care(&read, CareBody { care: set }).await?
    } else {
        engagements.read_care(it.id).await?
    };
    session.output.print(&found.value, |out| details::care(&it, &found.value, out))
}

fn partner(session: &Session, partnership: Option<&PartnershipView>) -> String {
    partnership
        .map_or_else(|| "–".to_owned(), |partnership| session.perspective.partners(&partnership.members))
}

async fn show(session: &Session, it: &EngagementView, recorded_at: Option<Moment>) -> Result<(), Failure> {
    let recorded = RecordQuery { as_of: None, recorded_at };
    let partnership = session.programme.partnerships().get(it.partnership).with_query(recorded).await?;
    let partner = session.perspective.partners_in_full(&partnership.members);
    let persons = it.organisations.iter().flat_map(|behind| behind.represented_by.iter().copied());
    let persons = persons.chain(it.invited.iter().map(|invited| invited.person));
    let organisations = it.organisations.iter().filter_map(|behind| behind.organisation);
    let names = Names::of_records(session, persons, organisations).await;
    session.output.print(it, |out| details::engagement(&partner, &names, it, out))
}

async fn body(session: &Session, add: EngagementAdd) -> Result<EngagementBody, Failure> {
    let EngagementAdd { partnership, title, foci, direction, start, end, organisations, follow_up, source } =
        add;
    let behind = behind(session, organisations).await?;
    Ok(EngagementBody {
        partnership: session.partnership(&partnership).await?.id,
        title,
        foci,
        direction,
        start,
        end,
        participants: Vec::new(),
        organisations: behind,
        costs: Vec::new(),
        outcomes: Vec::new(),
        follow_up: follow_up.then_some(true),
        evidence: None,
        source,
        happening: None,
        notes: Vec::new(),
    })
}

/// The organisations behind an engagement, each with its record.
async fn behind(session: &Session, named: Vec<BehindArg>) -> Result<Vec<OrganisationBody>, Failure> {
    let mut behind = Vec::with_capacity(named.len());
    for BehindArg { side, organisation, persons } in named {
        let organisation = organisation::find(session, &organisation).await?;
        let mut represented_by = Vec::with_capacity(persons.len());
        for wanted in persons {
            represented_by.push(person::find(session, &wanted).await?);
        }
        behind.push(OrganisationBody {
            name: organisation.name,
            side: side.into(),
            representatives: Vec::new(),
            organisation: Some(organisation.id),
            represented_by,
        });
    }
    Ok(behind)
}

/// Changes what was given, and nothing else.
async fn edit(session: &Session, edit: EngagementEdit) -> Result<(), Failure> {
    let EngagementEdit {
        engagement,
        partnership,
        title,
        foci,
        direction,
        start,
        end,
        participants,
        organisations,
        outcomes,
        evidence,
        happening,
        follow_up,
        source,
        note,
        clear,
    } = edit;
    let cleared = Cleared(clear);
    let id = session.engagement(&engagement, &RecordQuery::default()).await?.id;
    let engagements = session.programme.engagements();
    let read = engagements.get(id).await?;
    let before = EngagementBody::try_from(read.value.clone())?;
    let partnership = match partnership {
        Some(named) => session.partnership(&named).await?.id,
        None => before.partnership,
    };
    let group = |ParticipantsArg { side, role, people }| ParticipantsBody { side: side.into(), role, people };
    let participants = participants.into_iter().map(group).collect();
    let mut came = cleared.facts("outcome", Vec::new(), before.outcomes);
    came.extend(outcomes);
    let body = EngagementBody {
        partnership,
        title: title.unwrap_or(before.title),
        foci: cleared.facts("focus", foci, before.foci),
        direction: direction.unwrap_or(before.direction),
        start: cleared.fact("start", start, before.start),
        end: cleared.fact("end", end, before.end),
        participants: cleared.facts("people", participants, before.participants),
        organisations: cleared.facts(
            "organisation",
            behind(session, organisations).await?,
            before.organisations,
        ),
        costs: before.costs,
        outcomes: came,
        follow_up: follow_up.or(before.follow_up),
        evidence: evidence.or(before.evidence),
        source: cleared.fact("source", source, before.source),
        happening: happening.or(before.happening),
        notes: cleared.notes(note, before.notes),
    };
    show(session, &engagements.replace(&read, body).await?.value, None).await
}
