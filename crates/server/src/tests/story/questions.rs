//! What is asked about all that: vitality, counts, search.

use sister_cities_api::count::{
    CountExchanges, CountExchangesQuery, CountPartnerships, CountQuery, ListCountedEngagements,
    ListCountedEngagementsQuery, ListCountedPartnerships, ListCountedPartnershipsQuery, Year,
};
use sister_cities_api::partnership::PartnershipPath;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::search::{SearchProgramme, SearchQuery, SearchText};
use sister_cities_api::vitality::{
    GetVitality, GetVitalityTimeline, ListVitality, ListVitalityQuery, StepWord, TimelineQuery, VitalityQuery,
};
use sister_cities_api::{NoBody, TextForm as _};
use sister_cities_domain::count::CountedAs;
use sister_cities_domain::id::{PartnershipId, ProgrammeId};

use super::Teller;

pub(super) async fn questions(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let (of_programme, path) = (ProgrammePath { programme }, PartnershipPath { programme, partnership });
    let day = "2008-07-15".parse().expect("a day");
    let at = VitalityQuery { as_of: Some(day), recorded_at: None };
    let (vitality, _) = teller.say::<GetVitality>(&path, &at, &NoBody).await;
    assert!(vitality.score.is_some_and(|score| score.typical > 0.0));
    teller.say::<ListVitality>(&of_programme, &ListVitalityQuery::default(), &NoBody).await;
    let time =
        TimelineQuery { from: "2000-01-01".parse().expect("a day"), to: day, step: Some(StepWord::Quarter) };
    teller.say::<GetVitalityTimeline>(&path, &time, &NoBody).await;
    let (count, _) = teller.say::<CountPartnerships>(&of_programme, &CountQuery::default(), &NoBody).await;
    let listed = ListCountedPartnershipsQuery::default();
    let (listed, _) = teller.say::<ListCountedPartnerships>(&of_programme, &listed, &NoBody).await;
    assert_eq!((count.number, listed.items.len()), (1, 1));
    assert_eq!(listed.items[0].counted_as, CountedAs::Certain);
    let exchanges = CountExchangesQuery::default();
    let (year, _) = teller.say::<CountExchanges>(&of_programme, &exchanges, &NoBody).await;
    assert_eq!(
        (year.year, year.inbound.exchanges, year.inbound.people, year.earlier),
        (Some(2008), 1, 6, None)
    );
    let listed = ListCountedEngagementsQuery { year: Some(Year(2008)), ..Default::default() };
    let (listed, _) = teller.say::<ListCountedEngagements>(&of_programme, &listed, &NoBody).await;
    assert_eq!(listed.items.iter().map(|one| one.adds.people).sum::<u64>(), year.inbound.people);
    let words = SearchQuery::new(SearchText::parse("birming").expect("words"));
    let (found, _) = teller.say::<SearchProgramme>(&of_programme, &words, &NoBody).await;
    let kinds: Vec<&str> = found.items.iter().map(|hit| hit.kind.as_str()).collect();
    assert_eq!(kinds, ["place", "partnership", "action_plan"]);
    assert_eq!(found.items[1].id, partnership.to_string());
    assert!(found.items[0].excerpt.iter().any(|piece| piece.is_match && piece.text == "Birmingham"));
}
