//! Plans a year for a partnership: where it stands today, when it would wane, and what each plan would change.
#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use sister_cities_domain::engagement::{Direction, Engagement, EngagementDates, Foci};
use sister_cities_domain::id::{EngagementId, PartnershipId, PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::partnership::{Episode, Members, Partnership, Record, RecordCoverage};
use sister_cities_domain::value::{KindKey, Period, Source, Title};
use sister_cities_domain::vitality::{VitalityInputs, VitalityPolicy, assess};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let today = "2026-11-20".parse()?;
    // Ids, like time, are parameters: a service takes them from its own source.
    let ids = SeededIds::new(2026);
    let (programme, id) = (ProgrammeId::next(&ids), PartnershipId::next(&ids));
    let members = Members::new([PlaceId::next(&ids), PlaceId::next(&ids)])?;
    let source = || Source::new("the office's own file");
    let agreed = Episode::new(KindKey::new("sister-city")?).began_on("1993-09".parse()?, source()?);
    let (partnership, _) = Partnership::agreed(id, programme, members, agreed, None)?;
    let complete = RecordCoverage::new(Period::ALWAYS, source()?);
    let (partnership, _) = partnership.state_record(Record::new(vec![complete]));

    let engagement = |date: &str, direction, foci: &str, title| -> Result<_, Box<dyn std::error::Error>> {
        let foci = Foci::new(foci.split(' ').map(str::parse).collect::<Result<Vec<_>, _>>()?)?;
        let dates = EngagementDates::on(date.parse()?);
        Ok(Engagement::held(
            EngagementId::next(&ids),
            (programme, id),
            Title::new(title)?,
            foci,
            direction,
            dates,
        ))
    };
    let log = vec![
        engagement("2024-06", Direction::Inbound, "business government", "Delegation at the festival")?,
        engagement("2025-09-12", Direction::Outbound, "culture youth", "Youth orchestra on tour")?,
        engagement("2026-03", Direction::Unknown, "social_service", "Letter about a joint project")?,
    ];
    let policy = VitalityPolicy::default();
    let now = assess(&VitalityInputs::new(&partnership, &log, policy), today);
    println!("{}\n", now.sentences().join("\n"));

    let video =
        || engagement("2027-02-10", Direction::Virtual, "social_service", "Social workers' video day");
    let visit = || engagement("2027-06-05", Direction::Outbound, "business environment", "Mayor's visit");
    for (name, plan) in [("Video day", vec![video()?]), ("Video day, then visit", vec![video()?, visit()?])] {
        let log = [log.clone(), plan].concat();
        let then = assess(&VitalityInputs::new(&partnership, &log, policy), "2027-12-31".parse()?);
        println!("{name}: {}\n{}\n", then.headline(), then.outlook().unwrap_or_default());
    }
    Ok(())
}
