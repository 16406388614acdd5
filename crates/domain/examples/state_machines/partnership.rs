//! Partnerships: where they stand by decision.

use std::error::Error;

use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId, SeededIds};
use sister_cities_domain::partnership::{
    Act, ActKind, Decision, Episode, Measure, Members, Partnership, Status, StatusKind,
};
use sister_cities_domain::value::{KindKey, Source};

use crate::explore::{AS_IT_WAS, Explored, Tried, explore};

struct Partnerships;

impl Tried for Partnerships {
    type Sample = Partnership;
    type Step = ActKind;

    fn states() -> Vec<String> {
        StatusKind::ALL.map(|status| status.to_string()).to_vec()
    }

    fn steps() -> Vec<ActKind> {
        ActKind::ALL.to_vec()
    }

    fn step_name(step: ActKind) -> String {
        step.to_string()
    }

    fn state(sample: &Partnership) -> String {
        sample.status().kind().to_string()
    }

    /// What is suspended comes back as what it was.
    fn key(sample: &Partnership) -> String {
        let status = sample.status();
        if let Status::Suspended(suspension) = &status {
            return format!("suspended {}", suspension.suspended.kind());
        }
        status.kind().to_string()
    }

    fn led_to(step: ActKind, before: &Partnership, after: &Partnership) -> String {
        let (before, after) = (Self::state(before), Self::state(after));
        if step == ActKind::Resume {
            "what was suspended".to_owned()
        } else if before == after {
            AS_IT_WAS.to_owned()
        } else {
            after
        }
    }

    fn take(sample: &Partnership, step: ActKind) -> Option<Partnership> {
        // Each step a year after the one before.
        let year = 1990 + sample.decisions().len();
        let on = year.to_string().parse().ok()?;
        let act = match step {
            ActKind::Enquire => Act::Enquire,
            ActKind::Assess => Act::Assess,
            ActKind::Explore => Act::Explore,
            ActKind::Agree => {
                let kind = KindKey::new(&format!("kind-{year}")).ok()?;
                let source = Source::new("minutes").ok()?;
                let agreed = sample.clone().agree(Episode::new(kind).began_on(on, source), None);
                return agreed.ok().map(|(after, _)| after);
            }
            ActKind::Decline => Act::Decline { reason: None },
            ActKind::Review => Act::Review { deadline: "2100-01-01".parse().ok()? },
            ActKind::Reawaken => Act::Reawaken { plan: None },
            ActKind::Reawakened => Act::Reawakened,
            ActKind::Suspend => Act::Suspend { condition: None },
            ActKind::Resume => Act::Resume { grounds: None },
            ActKind::Conclude => Act::Conclude { reason: None },
            ActKind::Honour => Act::Honour,
            ActKind::Reaffirm => Act::Reaffirm { statement: None },
            ActKind::Measure => Act::Measure { measure: Measure::ReturnGifts, note: None },
            _ => return None,
        };
        sample.clone().decide(Decision::new(act).on(on)).ok().map(|(after, _)| after)
    }
}

pub(crate) fn explored() -> Result<Explored, Box<dyn Error>> {
    let ids = SeededIds::new(1);
    let (id, programme) = (PartnershipId::next(&ids), ProgrammeId::next(&ids));
    let members = Members::new([PlaceId::next(&ids), PlaceId::next(&ids)])?;
    let on = "1989".parse()?;
    let enquiry = Decision::new(Act::Enquire).on(on);
    let (enquired, _) = Partnership::enquired(id, programme, members.clone(), enquiry)?;
    let episode = Episode::new(KindKey::new("sister-city")?).began_on(on, Source::new("minutes")?);
    let (agreed, _) = Partnership::agreed(id, programme, members, episode, None)?;
    let about = "\
Found by trying every decision from every status. Whether one that stands is active, cooling or dormant is computed from contact and is
no state. Another agreement adds a kind to one that stands.";
    explore::<Partnerships>("partnership", about, vec![enquired, agreed])
}
