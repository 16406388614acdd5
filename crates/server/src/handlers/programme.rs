//! Programmes.

use std::collections::BTreeMap;

use sister_cities_api::due::{DuePolicyBody, DueRuleBody, EscalationStepBody};
use sister_cities_api::programme::{
    ChangeProgramme, ChangeProgrammeBody, CreateProgramme, CreateProgrammeBody, ENDPOINTS, GetProgramme,
    KindBody, ListProgrammes, LocalisedName, ProgrammePath, ProgrammeView, RetentionBody, VitalityPolicyBody,
};
use sister_cities_api::{Moment, Page};
use sister_cities_app::programme::{ProgrammeChange, ProgrammeWithHost};
use sister_cities_domain::due::{DuePolicy, DueRule, EscalationStep};
use sister_cities_domain::id::{IdSource, PlaceId, ProgrammeId};
use sister_cities_domain::place::Place;
use sister_cities_domain::programme::{KindCatalogue, KindDefinition, Policies, Programme};
use sister_cities_domain::value::{Currency, LanguageTag};
use sister_cities_domain::vitality::VitalityPolicy;
use sister_cities_storage::Versioned;

use super::due::responsible;
use super::place::place;
use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::field::refused;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(list_programmes), serve(create_programme), serve(get_programme), serve(change_programme)]
}

async fn list_programmes(call: Call<ListProgrammes>) -> ApiResult<Answer<Page<ProgrammeView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let size = page_size(call.query.limit);
    let page = call.app.list_programmes(&call.caller, after, size, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_programme(call: Call<CreateProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let view = |made: &ProgrammeWithHost| view(&made.programme);
    let reply = call.idempotent_reply(view);
    let (programme, host) = new_programme(call.body, call.app.ids())?;
    let outcome = call.app.create_programme(&call.caller, programme, host, reply).await?;
    let path = |made: &ProgrammeWithHost| ProgrammePath { programme: made.programme.value.id };
    Ok(Answer::created::<GetProgramme, _>(outcome, view, path))
}

async fn get_programme(call: Call<GetProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let found = call.app.get_programme(&call.caller, call.path.programme, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn change_programme(call: Call<ChangeProgramme>) -> ApiResult<Answer<ProgrammeView>> {
    let revision = call.based_on()?;
    let change = programme_change(call.body)?;
    let now = call.app.change_programme(&call.caller, call.path.programme, revision, change).await?;
    Ok(Answer::shown(&now, view))
}

fn view(programme: &Versioned<Programme>) -> ProgrammeView {
    ProgrammeView::of(&programme.value, programme.revision.number())
}

/// A new programme and its host place.
fn new_programme(body: CreateProgrammeBody, ids: &dyn IdSource) -> ApiResult<(Programme, Place)> {
    let CreateProgrammeBody { name, host, language, currency } = body;
    let id = ProgrammeId::next(ids);
    let host = place(host, PlaceId::next(ids), id, "/host")?;
    let language = match language {
        Some(language) => language,
        None => "en".parse::<LanguageTag>().map_err(ApiError::internal)?,
    };
    let currency = match currency {
        Some(currency) => currency,
        None => "EUR".parse::<Currency>().map_err(ApiError::internal)?,
    };
    let (kinds, policies) = (KindCatalogue::standard(), Policies::default());
    Ok((Programme { id, name, host: host.id, kinds, policies, language, currency }, host))
}

/// What to change of a programme.
fn programme_change(body: ChangeProgrammeBody) -> ApiResult<ProgrammeChange> {
    let ChangeProgrammeBody {
        name,
        language,
        currency,
        vitality: numbers,
        kinds: kind_bodies,
        one_per_country,
        retention,
        due,
    } = body;
    Ok(ProgrammeChange {
        name,
        kinds: kind_bodies.map(kinds).transpose()?,
        vitality: numbers.map(|numbers| vitality(&numbers, "/vitality")).transpose()?,
        one_per_country,
        retention: retention.map(RetentionBody::policy),
        due: due.map(due_policy).transpose()?,
        language,
        currency,
    })
}

fn due_policy(body: DuePolicyBody) -> ApiResult<DuePolicy> {
    let DuePolicyBody { owner, rules, escalation, anniversary_every_months, touch_every_months } = body;
    let mut own = BTreeMap::new();
    for (at, rule) in rules.into_iter().enumerate() {
        let DueRuleBody { kind, lead, allowed } = rule;
        if own.insert(kind, DueRule { lead, allowed }).is_some() {
            let detail = format!("names {kind} a second time");
            return Err(ApiError::field(&format!("/due/rules/{at}/kind"), detail, "each rule once"));
        }
    }
    let steps = escalation.into_iter().enumerate().map(|(at, step)| {
        let EscalationStepBody { after, to } = step;
        Ok(EscalationStep { after, to: responsible(to, &format!("/due/escalation/{at}/to"))? })
    });
    Ok(DuePolicy {
        owner: owner.map(|owner| responsible(owner, "/due/owner")).transpose()?,
        escalation: steps.collect::<ApiResult<_>>()?,
        rules: own,
        anniversary_every_months,
        touch_every_months,
    })
}

fn kinds(bodies: Vec<KindBody>) -> ApiResult<KindCatalogue> {
    let kinds = bodies.into_iter().enumerate().map(|(at, body)| kind(body, &format!("/kinds/{at}")));
    KindCatalogue::new(kinds.collect::<ApiResult<_>>()?).map_err(|error| refused("/kinds", &error))
}

fn kind(body: KindBody, pointer: &str) -> ApiResult<KindDefinition> {
    let at = |field: &str| format!("{pointer}/{field}");
    let KindBody {
        key,
        names,
        wordings,
        signed_agreement,
        max_term_months,
        open_ended,
        headline,
        vitality: numbers,
        source,
    } = body;
    Ok(KindDefinition {
        key,
        names: names.into_iter().map(|LocalisedName { language, name }| (language, name)).collect(),
        wordings,
        needs_signed_agreement: signed_agreement,
        max_term_months,
        open_ended,
        in_headline: headline,
        vitality: numbers.map(|numbers| vitality(&numbers, &at("vitality"))).transpose()?,
        source,
    })
}

fn vitality(body: &VitalityPolicyBody, pointer: &str) -> ApiResult<VitalityPolicy> {
    VitalityPolicy::new(body.numbers())
        .map_err(|error| ApiError::field(pointer, error.to_string(), "numbers that fit together"))
}
