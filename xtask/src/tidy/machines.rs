//! Every state machine that is a table stands in the registry, so that the documentation and the one test over all of them know it.

use std::path::Path;

/// Where they are listed.
const REGISTRY: &str = "crates/domain/src/state_machine/registry.rs";

/// Lists the machines of `files` that are not in the registry.
pub(super) fn check(root: &Path, files: &[String]) -> anyhow::Result<Vec<String>> {
    let registry = std::fs::read_to_string(root.join(REGISTRY))?;
    let mut untidy = Vec::new();
    let is_source =
        |path: &&String| path.contains("/src/") && Path::new(path).extension().is_some_and(|e| e == "rs");
    for path in files.iter().filter(is_source) {
        let source = std::fs::read_to_string(root.join(path))?;
        let missing = machines(&source).filter(|name| !is_listed(&registry, name));
        untidy.extend(missing.map(|name| format!("{path}: the state machine `{name}` is not in {REGISTRY}")));
    }
    Ok(untidy)
}

/// The machines that a source has, but for those of its tests, which stand indented in a module.
fn machines(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| line.strip_prefix("impl StateMachine for ")?.split(' ').next())
}

fn is_listed(registry: &str, name: &str) -> bool {
    let list = registry.split("machines! {").last().unwrap_or_default();
    list.lines().any(|line| line.trim().trim_end_matches(',').rsplit("::").next() == Some(name))
}

#[cfg(test)]
mod tests {
    use super::{is_listed, machines};

    #[test]
    fn a_machine_is_listed_or_told_of() {
        let source = "impl StateMachine for Door {}\n    impl StateMachine for Tested {}\nimpl StateMachine for Gate {\n";
        assert_eq!(machines(source).collect::<Vec<_>>(), ["Door", "Gate"]);
        let registry = "macro_rules! machines { () => {} }\nmachines! {\n    crate::house::Door,\n}\n";
        assert!(is_listed(registry, "Door"));
        assert!(!is_listed(registry, "Gate") && !is_listed(registry, "Doo"));
    }
}
