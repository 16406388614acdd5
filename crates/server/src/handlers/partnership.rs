//! Partnerships and the decisions about them.

use chrono::NaiveDate;
use sister_cities_api::partnership::{
    ChangePartnership, ChangePartnershipBody, ClaimStanding, CoverageBody, CreatePartnership,
    CreatePartnershipBody, DateClaimBody, DecidePartnership, DecisionBody, ENDPOINTS, EpisodeBody,
    EpisodeChangeBody, GetPartnership, LabelBody, ListPartnerships, PartnershipPath, PartnershipSort,
    PartnershipView, SetRecord,
};
use sister_cities_api::{FieldError, OrderWord, Page, Parameters as _, ProblemKind, Word};
use sister_cities_app::partnership::{
    Beginning, EpisodeAddition, NewDecision, NewPartnership, PartnershipAddition, PartnershipWithPlaces,
};
use sister_cities_domain::partnership::{
    Act, ActKind, Decision, Episode, EpisodeEnd, EpisodeEndKind, Measure, Partnership, Record,
    RecordCoverage, SideLabel,
};
use sister_cities_domain::value::{Claim, Claims, PartialDate, Period};

use sister_cities_storage::Direction;

use crate::call::{Answer, Call, listing, times};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::{known, needed, refused};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_partnerships),
        serve(create_partnership),
        serve(get_partnership),
        serve(change_partnership),
        serve(decide_partnership),
        serve(set_record),
    ]
}

async fn list_partnerships(call: Call<ListPartnerships>) -> ApiResult<Answer<Page<PartnershipView>>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    if call.query.sort == Some(PartnershipSort::NextTouch) {
        return by_next_touch(&call).await;
    }
    let page = call.app.list_partnerships(&call.caller, call.path.programme, call.listing()?, times).await?;
    call.page(&page.items, page.next.as_ref(), |found| view_on(found, times.as_of))
}

/// In the order of the next touch, which is reckoned, so that no column holds it.
async fn by_next_touch(call: &Call<ListPartnerships>) -> ApiResult<Answer<Page<PartnershipView>>> {
    for (name, is_given) in
        [("as_of", call.query.as_of.is_some()), ("recorded_at", call.query.recorded_at.is_some())]
    {
        if is_given {
            let error = FieldError::at_parameter(name, "does not go with sort=next_touch, which is of today");
            let error = error.expecting("no such parameter");
            return Err(ApiError::new(ProblemKind::InvalidParameter).errors([error]));
        }
    }
    let listing = listing::<Partnership>(call.query.pairs(), &["sort", "order"])?;
    let listing = listing.after(call.decode_cursor(call.query.cursor.as_ref())?);
    let direction = match call.query.order {
        Some(OrderWord::Descending) => Direction::Descending,
        Some(OrderWord::Ascending | _) | None => Direction::Ascending,
    };
    let programme = call.path.programme;
    let page = call.app.list_by_next_touch(&call.caller, programme, listing, direction).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_partnership(call: Call<CreatePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let request = new_partnership(call.body)?;
    let outcome = call.app.create_partnership(&call.caller, programme, request, reply).await?;
    let path = |made: &PartnershipWithPlaces| PartnershipPath {
        programme,
        partnership: made.partnership.value.id(),
    };
    Ok(Answer::created::<GetPartnership, _>(outcome, view, path))
}

async fn get_partnership(call: Call<GetPartnership>) -> ApiResult<Answer<PartnershipView>> {
    let times = times(call.query.as_of, call.query.recorded_at);
    let (programme, id) = (call.path.programme, call.path.partnership);
    let found = call.app.get_partnership(&call.caller, programme, id, times).await?;
    Ok(Answer::shown(&found, |found| view_on(found, times.as_of)))
}

async fn change_partnership(call: Call<ChangePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let addition = addition(call.body)?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let now = call.app.change_partnership(&call.caller, programme, id, revision, addition).await?;
    Ok(Answer::shown(&now, view))
}

async fn decide_partnership(call: Call<DecidePartnership>) -> ApiResult<Answer<PartnershipView>> {
    let (revision, reply) = (call.based_on()?, call.idempotent_reply(view));
    let decision = decision(call.body, "")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let outcome = call.app.decide_partnership(&call.caller, programme, id, revision, decision, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn set_record(call: Call<SetRecord>) -> ApiResult<Answer<PartnershipView>> {
    let revision = call.based_on()?;
    let record = record(call.body.periods, "/periods")?;
    let (programme, id) = (call.path.programme, call.path.partnership);
    let now = call.app.set_record(&call.caller, programme, id, revision, record).await?;
    Ok(Answer::shown(&now, view))
}

fn view(found: &PartnershipWithPlaces) -> PartnershipView {
    view_on(found, None)
}

/// As the partnership was on a day, if one is asked about.
fn view_on(found: &PartnershipWithPlaces, day: Option<NaiveDate>) -> PartnershipView {
    let revision = found.partnership.revision.number();
    PartnershipView::on(&found.partnership.value, revision, &found.places, day)
}

/// A new partnership.
fn new_partnership(body: CreatePartnershipBody) -> ApiResult<NewPartnership> {
    let CreatePartnershipBody { members, episode: first, decisions, record: periods, notes } = body;
    let mut decisions = decisions.into_items().into_iter().enumerate();
    let beginning = match first {
        Some(body) => Beginning::Agreed { episode: episode(body, "/episode")?, authority: None },
        // Without an episode the first decision begins the history; without any it is a bare enquiry.
        None => match decisions.next() {
            None => Beginning::Enquired(Decision::new(Act::Enquire)),
            Some((at, first)) => match decision(first, &format!("/decisions/{at}"))? {
                NewDecision::Agree { episode, authority } => Beginning::Agreed { episode, authority },
                NewDecision::Other(decision) => Beginning::Enquired(decision),
                other => return Err(ApiError::internal(format!("no beginning is known for {other:?}"))),
            },
        },
    };
    Ok(NewPartnership {
        members,
        beginning,
        decisions: decisions
            .map(|(at, body)| decision(body, &format!("/decisions/{at}")))
            .collect::<ApiResult<_>>()?,
        record: record(periods, "/record")?,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}

/// What to add to a partnership.
fn addition(body: ChangePartnershipBody) -> ApiResult<PartnershipAddition> {
    let ChangePartnershipBody { episodes, notes } = body;
    let episodes = episodes.into_iter().enumerate();
    Ok(PartnershipAddition {
        episodes: episodes
            .map(|(at, body)| episode_addition(body, &format!("/episodes/{at}")))
            .collect::<ApiResult<_>>()?,
        notes: notes.into_iter().map(Into::into).collect(),
    })
}

/// For which periods the log is believed complete, at `pointer` in the body.
fn record(bodies: Vec<CoverageBody>, pointer: &str) -> ApiResult<Record> {
    let coverage = |(at, body): (usize, CoverageBody)| {
        let CoverageBody { from, to, source, stated_by, stated_by_person } = body;
        let period = Period::new(from, to).map_err(|error| refused(&format!("{pointer}/{at}/to"), &error))?;
        Ok(RecordCoverage { period, source, stated_by, stated_by_person })
    };
    Ok(Record::new(bodies.into_iter().enumerate().map(coverage).collect::<ApiResult<_>>()?))
}

/// A decision, at `pointer` in the body.
fn decision(body: DecisionBody, pointer: &str) -> ApiResult<NewDecision> {
    let at = |field: &str| format!("{pointer}/{field}");
    let superfluous = |field: &str, word: ActKind| {
        ApiError::field(&at(field), format!("does not go with {word}"), "no such field for this decision")
    };
    let DecisionBody { decision: word, on, authority, source, episode: begun, deadline, measure, note } =
        body;
    if deadline.is_some() && word != ActKind::Review {
        return Err(superfluous("deadline", word));
    }
    if measure.is_some() && word != ActKind::Measure {
        return Err(superfluous("measure", word));
    }
    if begun.is_some() && word != ActKind::Agree {
        return Err(superfluous("episode", word));
    }
    let wordless = [
        ActKind::Enquire,
        ActKind::Assess,
        ActKind::Explore,
        ActKind::Agree,
        ActKind::Review,
        ActKind::Reawakened,
        ActKind::Honour,
    ];
    if note.is_some() && wordless.contains(&word) {
        return Err(superfluous("note", word));
    }
    let act = match word {
        ActKind::Agree => {
            for (field, given) in [("on", on.is_some()), ("source", source.is_some())] {
                if given {
                    let expected = "date and source in the claims of episode.began";
                    return Err(ApiError::field(&at(field), "does not go with agree", expected));
                }
            }
            let begun = needed(begun, &at("episode"), "the episode that begins")?;
            return Ok(NewDecision::Agree { episode: episode(begun, &at("episode"))?, authority });
        }
        ActKind::Enquire => Act::Enquire,
        ActKind::Assess => Act::Assess,
        ActKind::Explore => Act::Explore,
        ActKind::Decline => Act::Decline { reason: note },
        ActKind::Review => {
            Act::Review { deadline: needed(deadline, &at("deadline"), "the day by which to decide")?.0 }
        }
        ActKind::Reawaken => Act::Reawaken { plan: note },
        ActKind::Reawakened => Act::Reawakened,
        ActKind::Suspend => Act::Suspend { condition: note },
        ActKind::Resume => Act::Resume { grounds: note },
        ActKind::Conclude => Act::Conclude { reason: note },
        ActKind::Honour => Act::Honour,
        ActKind::Reaffirm => Act::Reaffirm { statement: note },
        ActKind::Measure => {
            let measure = needed(measure, &at("measure"), "the measure, such as return_gifts")?;
            let measure = Measure::try_from(measure).map_err(|error| refused(&at("measure"), &error))?;
            Act::Measure { measure, note }
        }
        other => return Err(ApiError::internal(format!("no act is known for {other}"))),
    };
    Ok(NewDecision::Other(Decision { act, on, authority, source }))
}

fn episode(body: EpisodeBody, pointer: &str) -> ApiResult<Episode> {
    let EpisodeBody { kind, labels, began, ended, end, sources } = body;
    let labels = labels.into_iter().map(label).collect();
    let began = claims(began, &format!("{pointer}/began"))?;
    let ended = claims(ended, &format!("{pointer}/ended"))?;
    let end = end.map(|word| known(&word, &format!("{pointer}/end"))).transpose()?;
    let end = match (end, ended) {
        (None | Some(EpisodeEndKind::Ended), Some(claims)) => EpisodeEnd::Ended(claims),
        (None | Some(EpisodeEndKind::WithThePartnership), None) => EpisodeEnd::WithThePartnership,
        (Some(EpisodeEndKind::EndedUndated), None) => EpisodeEnd::EndedUndated,
        (Some(word), ended) => {
            let expected = "`ended` with dates in `ended`, or another word without";
            let what = if ended.is_some() { "with dates" } else { "without a date" };
            return Err(ApiError::field(&format!("{pointer}/end"), format!("{word} {what}"), expected));
        }
    };
    Ok(Episode { kind, labels, began, end, sources })
}

/// Claims of one date; one may be marked as chosen, else the first is.
fn claims(bodies: Vec<DateClaimBody>, pointer: &str) -> ApiResult<Option<Claims<PartialDate>>> {
    for (at, body) in bodies.iter().enumerate() {
        if let Some(word) = &body.standing {
            known(word, &format!("{pointer}/{at}/standing"))?;
        }
    }
    let chosen: Vec<usize> = bodies
        .iter()
        .enumerate()
        .filter(|(_, body)| body.standing == Some(ClaimStanding::Chosen.into()))
        .map(|(at, _)| at)
        .collect();
    if let [_, second, ..] = chosen[..] {
        let pointer = format!("{pointer}/{second}/standing");
        return Err(ApiError::field(&pointer, "is a second chosen claim", "one chosen claim at most"));
    }
    let mut bodies = bodies.into_iter();
    let Some(first) = bodies.next() else { return Ok(None) };
    let mut claims = Claims::new(first.date, first.source);
    bodies.for_each(|body| claims.add(body.date, body.source));
    if let Some(at) = chosen.first() {
        claims.choose(*at).map_err(|error| refused(&format!("{pointer}/{at}"), &error))?;
    }
    Ok(Some(claims))
}

fn episode_addition(body: EpisodeChangeBody, pointer: &str) -> ApiResult<EpisodeAddition> {
    let claim = |body: DateClaimBody, pointer: String| match body.standing {
        None | Some(Word::Known(ClaimStanding::Kept)) => Ok(Claim { value: body.date, source: body.source }),
        Some(_) => {
            let expected = "no standing here: choose_beginning says which claim is shown";
            Err(ApiError::field(&format!("{pointer}/standing"), "does not go with an addition", expected))
        }
    };
    let EpisodeChangeBody { episode, labels, sources, began, ended, choose_beginning } = body;
    let began = began.into_iter().enumerate();
    Ok(EpisodeAddition {
        episode: episode as usize,
        labels: labels.into_iter().map(label).collect(),
        sources,
        began: began
            .map(|(at, body)| claim(body, format!("{pointer}/began/{at}")))
            .collect::<ApiResult<_>>()?,
        ended: ended.map(|body| claim(body, format!("{pointer}/ended"))).transpose()?,
        choose_beginning: choose_beginning.map(|claim| claim as usize),
    })
}

fn label(body: LabelBody) -> SideLabel {
    let LabelBody { place, label, source } = body;
    SideLabel { place, label, source }
}
