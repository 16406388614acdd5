//! Inputs that were found to be, or could be, more than the product can take.

use std::collections::BTreeSet;
use std::path::Path;

use sister_cities_tests::inputs::TARGETS;

#[test]
fn every_kept_input_is_taken_or_refused_but_nothing_breaks() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/inputs");
    let kept: BTreeSet<String> = names(&folder);
    assert_eq!(
        kept,
        TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        "a folder for each target"
    );
    for (target, take) in TARGETS {
        let folder = folder.join(target);
        let inputs = names(&folder);
        assert!(!inputs.is_empty(), "{target} has no input to begin with");
        for input in inputs {
            // The last line tells which it was, if this one breaks.
            println!("{target}/{input}");
            take(&std::fs::read(folder.join(input)).unwrap());
        }
    }
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
