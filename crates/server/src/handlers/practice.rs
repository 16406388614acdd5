//! Practices, adoptions, and who learned what from whom.

use sister_cities_api::practice::{
    AdoptionBody, AdoptionPath, AdoptionStepBody, AdoptionView, CreateAdoption, CreatePractice,
    DeleteAdoption, DeletePractice, ENDPOINTS, GetAdoption, GetPractice, LearningView, ListAdoptions,
    ListLearning, ListPractices, ListTopics, OriginBody, PracticeBody, PracticePath, PracticeView,
    ReplaceAdoption, ReplacePractice, TakeAdoptionStep, TopicView, TopicsView,
};
use sister_cities_api::{Moment, NoContent, Page};
use sister_cities_app::practice::{NewAdoption, PracticeToAdopt};
use sister_cities_domain::id::{PracticeId, ProgrammeId};
use sister_cities_domain::practice::{
    AdoptedPractice, Adoption, AdoptionStep, Origin, Practice, PracticeCost, StepAct, StepTaken,
};
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{needed, refused};
use crate::heavy::Weight;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_practices),
        serve(create_practice),
        serve(get_practice),
        serve(replace_practice),
        serve(delete_practice),
        serve(list_adoptions),
        serve(create_adoption),
        serve(get_adoption),
        serve(replace_adoption),
        serve(delete_adoption),
        serve(take_adoption_step),
        serve(list_learning).weighing(Weight::Report),
        serve(list_topics).weighing(Weight::Report),
    ]
}

async fn list_practices(call: Call<ListPractices>) -> ApiResult<Answer<Page<PracticeView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), practice_view)
}

async fn create_practice(call: Call<CreatePractice>) -> ApiResult<Answer<PracticeView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(practice_view));
    let practice = practice(call.body, PracticeId::next(call.app.ids()), programme)?;
    let outcome = call.app.create_practice(&call.caller, practice, reply).await?;
    let path = |made: &Versioned<Practice>| PracticePath { programme, practice: made.value.id };
    Ok(Answer::created::<GetPractice, _>(outcome, practice_view, path))
}

async fn get_practice(call: Call<GetPractice>) -> ApiResult<Answer<PracticeView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.practice);
    let found = call.app.get::<Practice>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, practice_view))
}

async fn replace_practice(call: Call<ReplacePractice>) -> ApiResult<Answer<PracticeView>> {
    let revision = call.based_on()?;
    let practice = practice(call.body, call.path.practice, call.path.programme)?;
    let now = call.app.replace_practice(&call.caller, practice, revision).await?;
    Ok(Answer::shown(&now, practice_view))
}

async fn delete_practice(call: Call<DeletePractice>) -> ApiResult<Answer<NoContent>> {
    let revision = call.based_on()?;
    call.app.delete_practice(&call.caller, call.path.programme, call.path.practice, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn list_adoptions(call: Call<ListAdoptions>) -> ApiResult<Answer<Page<AdoptionView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), adoption_view)
}

async fn create_adoption(call: Call<CreateAdoption>) -> ApiResult<Answer<AdoptionView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(adoption_view));
    let adoption = adoption(call.body)?;
    let outcome = call.app.create_adoption(&call.caller, programme, adoption, reply).await?;
    let path = |made: &Versioned<Adoption>| AdoptionPath { programme, adoption: made.value.id };
    Ok(Answer::created::<GetAdoption, _>(outcome, adoption_view, path))
}

async fn get_adoption(call: Call<GetAdoption>) -> ApiResult<Answer<AdoptionView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.adoption);
    let found = call.app.get::<Adoption>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, adoption_view))
}

async fn replace_adoption(call: Call<ReplaceAdoption>) -> ApiResult<Answer<AdoptionView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.adoption));
    let now = call.app.replace_adoption(&call.caller, path, adoption(call.body)?, revision).await?;
    Ok(Answer::shown(&now, adoption_view))
}

async fn delete_adoption(call: Call<DeleteAdoption>) -> ApiResult<Answer<NoContent>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.adoption));
    call.app.delete_adoption(&call.caller, path, revision).await?;
    Ok(Answer::plain(NoContent))
}

async fn take_adoption_step(call: Call<TakeAdoptionStep>) -> ApiResult<Answer<AdoptionView>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.adoption));
    let reply = call.idempotent_reply(adoption_view);
    let step = step(call.body)?;
    let outcome = call.app.take_adoption_step(&call.caller, path, step, revision, reply).await?;
    Ok(Answer::changed(outcome, adoption_view))
}

async fn list_learning(call: Call<ListLearning>) -> ApiResult<Answer<Page<LearningView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, listing) = (call.path.programme, call.listing()?);
    let found = call.app.list_learning(&call.caller, programme, listing, recorded_at).await?;
    call.page(&found.items, found.next.as_ref(), |one| {
        let own = match &one.value.practice {
            AdoptedPractice::Own { practice } => found.practices.get(practice),
            AdoptedPractice::Shared { .. } | _ => None,
        };
        let (place, organisation) = (|id| found.places.get(&id), |id| found.organisations.get(&id));
        LearningView::of(&one.value, own, place, organisation)
    })
}

async fn list_topics(call: Call<ListTopics>) -> ApiResult<Answer<TopicsView>> {
    let found = call.app.list_topics(&call.caller, call.path.programme).await?;
    let view = |topic| TopicView::of(topic, |place| found.places.get(&place));
    Ok(Answer::plain(TopicsView { items: found.topics.iter().map(view).collect() }))
}

fn practice_view(practice: &Versioned<Practice>) -> PracticeView {
    PracticeView::of(&practice.value, practice.revision.number())
}

fn adoption_view(adoption: &Versioned<Adoption>) -> AdoptionView {
    AdoptionView::of(&adoption.value, adoption.revision.number())
}

fn practice(body: PracticeBody, id: PracticeId, programme: ProgrammeId) -> ApiResult<Practice> {
    let PracticeBody {
        title,
        problem,
        approach,
        evidence,
        cost,
        contact,
        origin,
        topics,
        since,
        sources,
        notes,
    } = body;
    let cost = cost.unwrap_or_default();
    Ok(Practice {
        id,
        programme,
        title,
        problem,
        approach,
        evidence,
        cost: PracticeCost { amount: cost.amount.map(|amount| amount.0), words: cost.words },
        contact: contact.map(TryInto::try_into).transpose().map_err(|error| refused("/contact", &error))?,
        origin: self::origin(&origin, "/origin")?,
        topics: topics.into_iter().collect(),
        since,
        sources,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}

fn origin(body: &OriginBody, pointer: &str) -> ApiResult<Origin> {
    Origin::new(body.place, body.organisation).map_err(|error| refused(pointer, &error))
}

fn adoption(body: AdoptionBody) -> ApiResult<NewAdoption> {
    let AdoptionBody {
        practice,
        share,
        by,
        organisation,
        partnership,
        learnt_from,
        topics,
        offered_on,
        sources,
        notes,
    } = body;
    let expected = "either a practice of the programme or what another shares of one of its own";
    let practice = match (practice, share) {
        (Some(own), None) => PracticeToAdopt::Own(own),
        (None, Some(share)) => PracticeToAdopt::Shared(share),
        (None, None) => return Err(ApiError::field("/practice", "no practice is named", expected)),
        (Some(_), Some(_)) => return Err(ApiError::field("/share", "two practices are named", expected)),
    };
    Ok(NewAdoption {
        practice,
        by,
        organisation,
        partnership,
        learnt_from: learnt_from.map(|body| origin(&body, "/learnt_from")).transpose()?,
        topics: topics.into_iter().collect(),
        offered_on,
        sources,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}

fn step(body: AdoptionStepBody) -> ApiResult<StepTaken> {
    let AdoptionStepBody { step, on, remark, evidence, verdict, reason } = body;
    let superfluous = [
        ("/verdict", verdict.is_some() && step != AdoptionStep::Evaluate),
        ("/reason", reason.is_some() && step != AdoptionStep::Abandon),
        ("/evidence", evidence.is_some() && step == AdoptionStep::Abandon),
    ];
    if let Some((field, _)) = superfluous.into_iter().find(|(_, given)| *given) {
        let expected = "a verdict with evaluate, a reason with abandon, and evidence with all but abandon";
        return Err(ApiError::field(field, format!("does not go with {step}"), expected));
    }
    let act = match step {
        AdoptionStep::Understand => StepAct::Understand { evidence },
        AdoptionStep::Adapt => StepAct::Adapt { evidence },
        AdoptionStep::PutToUse => StepAct::PutToUse { evidence },
        AdoptionStep::Evaluate => StepAct::Evaluate {
            verdict: needed(
                verdict,
                "/verdict",
                "whether it worked: worked, worked_in_part or did_not_work",
            )?,
            evidence: needed(evidence, "/evidence", "how it is known whether it worked")?,
        },
        AdoptionStep::Abandon => {
            StepAct::Abandon { reason: needed(reason, "/reason", "why it was given up")? }
        }
        other => return Err(ApiError::internal(format!("no act is known for {other}"))),
    };
    Ok(StepTaken { act, on, remark })
}
