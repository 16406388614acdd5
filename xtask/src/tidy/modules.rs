//! The modules of the domain, which the architecture page lists: each is there once, and nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context as _;

const CRATE: &str = "crates/domain/src/lib.rs";
const PAGE: &str = "docs/ARCHITECTURE.md";
/// The list stands between these two.
const BEGINS: &str = "Inside `domain`";
const ENDS: &str = "`cargo xtask tidy` holds this list";

/// What is wrong with the list.
pub(super) fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    let read = |file: &str| std::fs::read_to_string(root.join(file)).with_context(|| file.to_owned());
    Ok(differences(&read(CRATE)?, &read(PAGE)?))
}

fn differences(source: &str, page: &str) -> Vec<String> {
    let Some(list) = page.split_once(BEGINS).and_then(|(_, rest)| Some(rest.split_once(ENDS)?.0)) else {
        return vec![format!(
            "{PAGE}: the list of the modules of the domain is not between \"{BEGINS}\" and \"{ENDS}\""
        )];
    };
    let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
    for name in list.split('`').skip(1).step_by(2) {
        *listed.entry(name).or_default() += 1;
    }
    let modules: Vec<&str> =
        source.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let missing = modules.iter().filter(|module| !listed.contains_key(**module));
    let missing = missing.map(|module| format!("{PAGE}: the module `{module}` of the domain is not listed"));
    let twice = listed.iter().filter(|(_, times)| **times > 1);
    let twice = twice.map(|(name, _)| format!("{PAGE}: `{name}` is listed twice"));
    let gone = listed.keys().filter(|name| !modules.contains(name));
    let gone = gone.map(|name| format!("{PAGE}: the domain has no module `{name}`"));
    missing.chain(twice).chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_listed_once_and_nothing_else_is() {
        let page = |list: &str| format!("Inside `domain`, one file each: {list}.\n\n{ENDS}.");
        let source = "pub mod due;\nmod hidden;\npub mod role;\n";
        assert_eq!(differences(source, &page("`role`, `due` (what is next)")), Vec::<String>::new());
        let told = differences(source, &page("`due`, `due`, `bond`"));
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("`role`") && told[1].contains("`due`") && told[2].contains("`bond`"));
        assert_eq!(differences(source, "").len(), 1);
    }
}
