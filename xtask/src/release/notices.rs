//! Whose work the program holds, and under which licences: each text once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use cargo_metadata::{CargoOpt, DependencyKind, MetadataCommand, Package, PackageId};

/// The notices of everything that is compiled into the program.
pub(super) fn of_program(root: &Path) -> anyhow::Result<String> {
    let metadata = MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(vec!["--locked".to_owned(), "--filter-platform".to_owned(), host()?])
        .exec()?;
    let packages: BTreeMap<&PackageId, &Package> =
        metadata.packages.iter().map(|package| (&package.id, package)).collect();
    let nodes: BTreeMap<_, _> = metadata
        .resolve
        .as_ref()
        .context("cargo resolves")?
        .nodes
        .iter()
        .map(|node| (&node.id, node))
        .collect();
    let program = metadata.packages.iter().find(|package| package.name.as_str() == "sister-cities-cli");
    let mut waiting = VecDeque::from([&program.context("the program is a member")?.id]);
    let mut found: BTreeSet<&PackageId> = BTreeSet::new();
    while let Some(id) = waiting.pop_front() {
        if !found.insert(id) {
            continue;
        }
        // What only builds or tests it is not in it.
        let compiled_in = nodes[id]
            .deps
            .iter()
            .filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        waiting.extend(compiled_in.map(|dependency| &dependency.pkg));
    }
    let mut others: Vec<&Package> =
        found.iter().map(|id| packages[id]).filter(|package| package.source.is_some()).collect();
    others.sort_by(|left, right| (&left.name, &left.version).cmp(&(&right.name, &right.version)));

    let mut text = format!("The program holds the work of others: {} packages.\n\n", others.len());
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in others {
        let name = format!("{} {}", package.name, package.version);
        let license = package.license.as_deref().unwrap_or("see its files");
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "{name}: {license}");
        for notice in notices(package)? {
            texts.entry(notice).or_default().push(name.clone());
        }
    }
    for (notice, of) in texts {
        let _ = write!(text, "\n{}\n{}\n\n{}\n", "-".repeat(80), of.join(", "), notice.trim_end());
    }
    Ok(text)
}

fn host() -> anyhow::Result<String> {
    let version = std::process::Command::new("rustc").arg("-vV").output()?.stdout;
    let version = String::from_utf8(version)?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc says its host")?.to_owned())
}

/// The licences and notices that lie beside a package.
fn notices(package: &Package) -> anyhow::Result<Vec<String>> {
    let folder = package.manifest_path.parent().context("a manifest lies in a folder")?;
    let mut files: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::file_name);
    let mut all = Vec::new();
    for file in files {
        let name = file.file_name().to_string_lossy().to_uppercase();
        let is_notice = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT", "UNLICENSE"]
            .iter()
            .any(|begins| name.starts_with(begins));
        if is_notice && file.file_type()?.is_file() {
            all.push(String::from_utf8_lossy(&std::fs::read(file.path())?).replace('\r', ""));
        }
    }
    Ok(all)
}
