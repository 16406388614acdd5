//! Whose work the program holds, and under which licences: each text once.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context as _;
use cargo_metadata::{CargoOpt, DependencyKind, MetadataCommand, Package, PackageId};
use serde_json::{Value, json};

/// The package that is the program.
const PROGRAM: &str = "sister-cities-cli";

/// What is compiled into the program: the packages, and which of them needs which.
pub(super) struct Contents {
    /// Ours and those of others, by name and version.
    packages: Vec<Package>,
    needs: BTreeMap<PackageId, Vec<PackageId>>,
}

impl Contents {
    /// As cargo resolves them for the machine that this is.
    pub(super) fn of_program(root: &Path) -> anyhow::Result<Self> {
        let metadata = MetadataCommand::new()
            .manifest_path(root.join("Cargo.toml"))
            .features(CargoOpt::AllFeatures)
            .other_options(vec!["--locked".to_owned(), "--filter-platform".to_owned(), host()?])
            .exec()?;
        let program = metadata.packages.iter().find(|package| package.name.as_str() == PROGRAM);
        let mut waiting = VecDeque::from([program.context("the program is a member")?.id.clone()]);
        let nodes = metadata.resolve.context("cargo resolves")?.nodes;
        let nodes: BTreeMap<_, _> = nodes.into_iter().map(|node| (node.id.clone(), node)).collect();
        let mut needs = BTreeMap::new();
        while let Some(id) = waiting.pop_front() {
            if needs.contains_key(&id) {
                continue;
            }
            let node = nodes.get(&id).context("cargo resolves every package")?;
            // What only builds or tests it is not in it.
            let compiled_in = node.deps.iter().filter(|dependency| {
                dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
            });
            let compiled_in: Vec<PackageId> = compiled_in.map(|dependency| dependency.pkg.clone()).collect();
            waiting.extend(compiled_in.iter().cloned());
            needs.insert(id, compiled_in);
        }
        let mut packages: Vec<Package> =
            metadata.packages.into_iter().filter(|package| needs.contains_key(&package.id)).collect();
        packages.sort_by(|left, right| (&left.name, &left.version).cmp(&(&right.name, &right.version)));
        Ok(Self { packages, needs })
    }

    /// The notices of others, each text once.
    pub(super) fn notices(&self) -> anyhow::Result<String> {
        let others: Vec<&Package> = self.packages.iter().filter(|package| package.source.is_some()).collect();
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

    /// The same as a bill of materials: `CycloneDX` 1.5, without anything that differs from build to build.
    pub(super) fn bill_of_materials(&self) -> Value {
        let address = |package: &Package| format!("pkg:cargo/{}@{}", package.name, package.version);
        let by_id: BTreeMap<&PackageId, String> =
            self.packages.iter().map(|package| (&package.id, address(package))).collect();
        let component = |package: &Package| {
            let is_program = package.name.as_str() == PROGRAM;
            let mut component = json!({
                "type": if is_program { "application" } else { "library" },
                "bom-ref": address(package),
                "name": package.name.as_str(),
                "version": package.version.to_string(),
                "purl": address(package),
            });
            if let Some(license) = &package.license {
                // Cargo takes a slash for `OR`, SPDX does not.
                component["licenses"] = json!([{ "expression": license.replace('/', " OR ") }]);
            }
            component
        };
        let program = self.packages.iter().find(|package| package.name.as_str() == PROGRAM).map(component);
        let others = self.packages.iter().filter(|package| package.name.as_str() != PROGRAM);
        let needs = self.packages.iter().map(|package| {
            let needs = self.needs.get(&package.id).into_iter().flatten();
            let mut needs: Vec<&String> = needs.filter_map(|id| by_id.get(id)).collect();
            needs.sort();
            needs.dedup();
            json!({ "ref": address(package), "dependsOn": needs })
        });
        json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "version": 1,
            "metadata": { "component": program },
            "components": others.map(component).collect::<Vec<_>>(),
            "dependencies": needs.collect::<Vec<_>>(),
        })
    }
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
