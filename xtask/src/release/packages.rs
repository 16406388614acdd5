//! The crates that are published, in an order in which each comes after those that it needs.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, ensure};
use cargo_metadata::{MetadataCommand, Package};

/// What a crate has to say of itself.
pub(super) fn faults(package: &Package) -> Vec<String> {
    let mut faults = Vec::new();
    let mut lacks = |is_there: bool, what: &str| {
        if !is_there {
            faults.push(format!("{}: {what}", package.name));
        }
    };
    lacks(
        package.description.as_ref().is_some_and(|text| text.len() > 20),
        "says nothing of itself in `description`",
    );
    lacks(package.license.is_some(), "has no `license`");
    lacks(package.repository.is_some(), "has no `repository`");
    lacks(package.readme.is_some(), "has no `readme`");
    lacks(package.rust_version.is_some(), "has no `rust-version`");
    lacks(!package.keywords.is_empty() && package.keywords.len() <= 5, "needs one to five `keywords`");
    lacks(!package.categories.is_empty() && package.categories.len() <= 5, "needs one to five `categories`");
    lacks(
        package.metadata.pointer("/docs/rs/all-features").is_some(),
        "does not say with which features the docs site builds it",
    );
    lacks(
        package.dependencies.iter().all(|dependency| dependency.name != package.name.as_str()),
        "depends on itself, so no package of it can be verified",
    );
    faults
}

/// The crates of the workspace that are published, each after those that it needs, also for its tests.
pub(super) fn in_publish_order(root: &Path) -> anyhow::Result<Vec<Package>> {
    let metadata = MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec()?;
    let is_published =
        |package: &Package| package.publish.as_ref().is_none_or(|registries| !registries.is_empty());
    let mut rest: Vec<Package> = metadata.packages.into_iter().filter(is_published).collect();
    ensure!(!rest.is_empty(), "no crate is published");
    let mut ordered: Vec<Package> = Vec::new();
    while !rest.is_empty() {
        let waiting: BTreeSet<String> = rest.iter().map(|package| package.name.to_string()).collect();
        let is_ready = |package: &Package| {
            package.dependencies.iter().all(|dependency| {
                !waiting.contains(&dependency.name) || dependency.name == package.name.as_str()
            })
        };
        let next =
            rest.iter().position(is_ready).with_context(|| format!("these need each other: {waiting:?}"))?;
        ordered.push(rest.remove(next));
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_crate_says_what_it_is_and_comes_after_what_it_needs() {
        let root = crate::workspace_root().unwrap();
        let packages = in_publish_order(&root).unwrap();
        let faults: Vec<String> = packages.iter().flat_map(faults).collect();
        assert_eq!(faults, [""; 0]);
        let names: Vec<&str> = packages.iter().map(|package| package.name.as_str()).collect();
        let place = |name: &str| names.iter().position(|one| *one == name).unwrap();
        assert!(place("sister-cities-domain") < place("sister-cities-storage"), "{names:?}");
        assert!(place("sister-cities-server") < place("sister-cities-cli"), "{names:?}");
        assert!(!names.contains(&"xtask"), "{names:?}");
    }
}
