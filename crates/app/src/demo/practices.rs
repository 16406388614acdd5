//! What the demo's cities learned from each other, as far as the sources tell it.

use std::collections::BTreeSet;

use sister_cities_domain::access::Caller;
use sister_cities_domain::id::{PartnershipId, PlaceId, PracticeId, ProgrammeId};
use sister_cities_domain::practice::{Origin, Practice, PracticeCost, StepAct, StepTaken, Topic};
use sister_cities_domain::value::{FreeText, InvalidValue, PartialDate, Source, Title};

use super::DemoError;
use crate::practice::{NewAdoption, PracticeToAdopt};
use crate::{App, IdempotentReply};

const CRAINS: &str = "Crain's Chicago Business 2006-09-30";
const POST: &str = "Birmingham Post, Jon Perks from Chicago, June 2008 (article 3958541)";

/// Two cities with a partnership, as one programme keeps them: whose the practice is, and who learned it.
struct Pair {
    programme: ProgrammeId,
    teacher: PlaceId,
    learner: PlaceId,
    partnership: PartnershipId,
}

/// Enters what Belgrade and Birmingham saw in Chicago; the latter from both sides.
pub(super) async fn enter(
    app: &App,
    caller: &Caller,
    chicago: ProgrammeId,
    birmingham: ProgrammeId,
) -> Result<(), DemoError> {
    let belgrade = pair(app, chicago, ["Chicago", "Belgrade"], "Belgrade").await?;
    let hotline = Practice {
        approach: text("One call centre takes every request to the city that is no emergency.")?,
        ..practice(app, &belgrade, "311: one number for every request", Topic::Government, CRAINS)?
    };
    let steps = [
        (StepAct::Understand { evidence: text("Belgrade's officials saw the call centre.")? }, Some("2005")),
        (StepAct::Adapt { evidence: text("Belgrade decided to set up a similar service.")? }, None),
    ];
    learn(app, caller, &belgrade, hotline, "2005", steps).await?;

    for (programme, other) in [(chicago, "Birmingham"), (birmingham, "Chicago")] {
        let both = pair(app, programme, ["Chicago", "Birmingham"], other).await?;
        let enterprise = Practice {
            problem: text("Who comes out of prison finds no work.")?,
            approach: text("A social enterprise hires ex-offenders and places them.")?,
            evidence: text("More than 1,000 ex-offenders were placed.")?,
            ..practice(app, &both, "A social enterprise that places ex-offenders", Topic::Workforce, POST)?
        };
        let seen = "The delegation saw it at the joint Workforce Best Practice Session.";
        let seen = (StepAct::Understand { evidence: text(seen)? }, Some("2008-06"));
        learn(app, caller, &both, enterprise, "2008-06", [seen]).await?;
    }
    Ok(())
}

/// The two cities of those names, and the partnership of the programme with `other`.
async fn pair(
    app: &App,
    programme: ProgrammeId,
    [teacher, learner]: [&str; 2],
    other: &str,
) -> Result<Pair, DemoError> {
    Ok(Pair {
        programme,
        teacher: super::city(app, programme, teacher).await?,
        learner: super::city(app, programme, learner).await?,
        partnership: super::partnership_with(app, programme, other).await?,
    })
}

fn practice(
    app: &App,
    pair: &Pair,
    title: &str,
    topic: Topic,
    source: &str,
) -> Result<Practice, InvalidValue> {
    Ok(Practice {
        id: PracticeId::next(app.ids()),
        programme: pair.programme,
        title: Title::new(title)?,
        problem: None,
        approach: None,
        evidence: None,
        cost: PracticeCost::default(),
        contact: None,
        origin: Origin::of_place(pair.teacher),
        topics: BTreeSet::from([topic]),
        since: None,
        sources: vec![Source::new(source)?],
        notes: Vec::new(),
    })
}

/// Enters a practice, that it was offered, and the steps that are told.
async fn learn(
    app: &App,
    caller: &Caller,
    pair: &Pair,
    practice: Practice,
    offered_on: &str,
    steps: impl IntoIterator<Item = (StepAct, Option<&'static str>)>,
) -> Result<(), DemoError> {
    let sources = practice.sources.clone();
    let practice = app.create_practice(caller, practice, IdempotentReply::NONE).await?.executed()?.value.id;
    let offered = NewAdoption {
        practice: PracticeToAdopt::Own(practice),
        by: pair.learner,
        organisation: None,
        partnership: Some(pair.partnership),
        learnt_from: None,
        topics: BTreeSet::new(),
        offered_on: Some(offered_on.parse()?),
        sources,
        notes: Vec::new(),
    };
    let made = app.create_adoption(caller, pair.programme, offered, IdempotentReply::NONE).await?;
    let mut adoption = made.executed()?;
    for (act, on) in steps {
        let on = on.map(str::parse::<PartialDate>).transpose()?;
        let (path, revision) = ((pair.programme, adoption.value.id), adoption.revision);
        let step = StepTaken { act, on, remark: None };
        let taken = app.take_adoption_step(caller, path, step, revision, IdempotentReply::NONE).await?;
        adoption = taken.executed()?;
    }
    Ok(())
}

fn text(words: &str) -> Result<Option<FreeText>, InvalidValue> {
    FreeText::new(words).map(Some)
}
