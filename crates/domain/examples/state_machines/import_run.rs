//! Runs of the import.

use std::error::Error;

use sister_cities_domain::id::{ImportId, ProgrammeId, SeededIds};
use sister_cities_domain::import_run::{ImportContent, ImportRun, ImportStateKind, Mapping, Tally};
use sister_cities_domain::value::ContentHash;

use crate::explore::{Explored, Tried, explore};

struct Runs;

impl Tried for Runs {
    type Sample = ImportRun;
    type Step = &'static str;

    fn states() -> Vec<String> {
        ImportStateKind::ALL.map(|state| state.to_string()).to_vec()
    }

    fn steps() -> Vec<&'static str> {
        vec!["map", "dry run", "approve", "apply", "undo"]
    }

    fn step_name(step: &'static str) -> String {
        step.to_owned()
    }

    fn state(sample: &ImportRun) -> String {
        sample.state.kind().to_string()
    }

    fn take(sample: &ImportRun, step: &'static str) -> Option<ImportRun> {
        let (run, report, tally) = (sample.clone(), ContentHash::from_bytes([1; 32]), Tally::default());
        let taken = match step {
            "map" => run.map(Mapping::default()),
            "dry run" => run.dry_run(report, tally),
            "approve" => run.approve(Vec::new(), tally),
            "apply" => run.apply(report, tally, Vec::new()),
            _ => run.undo(Vec::new()),
        };
        taken.ok().map(|(after, _)| after)
    }
}

pub(crate) fn explored() -> Result<Explored, Box<dyn Error>> {
    let ids = SeededIds::new(3);
    let (id, programme) = (ImportId::next(&ids), ProgrammeId::next(&ids));
    let file = ContentHash::from_bytes([2; 32]);
    let (run, _) = ImportRun::upload(id, programme, ImportContent::Partnerships, file, None);
    let about = "\
Found by trying every step from every state. It is approved when no line waits for a person; an undo keeps, and lists, what somebody has
touched since.";
    explore::<Runs>("import", about, vec![run])
}
