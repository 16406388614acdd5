//! Dependencies that nothing names, and those of the product that only tests name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context as _;
use cargo_metadata::{Dependency, DependencyKind, MetadataCommand, Package, TargetKind};

use super::usage::Usage;

/// Dependencies kept although no source names them: the crate, the dependency, why.
const KEPT: &[(&str, &str, &str)] = &[];

/// Lists dependencies of the workspace at `root` that are not needed, or not where they are declared.
pub(super) fn check(root: &Path) -> anyhow::Result<Vec<String>> {
    check_but(root, KEPT)
}

fn check_but(root: &Path, kept: &[(&str, &str, &str)]) -> anyhow::Result<Vec<String>> {
    let metadata = MetadataCommand::new().current_dir(root).no_deps().exec().context("cargo metadata")?;
    let packages = metadata.workspace_packages();
    let mut untidy = Vec::new();
    let mut excepted = BTreeSet::new();
    for package in &packages {
        for (name, fault) in faults_of(package)? {
            let of = package.name.as_str();
            match kept.iter().find(|(kept_of, kept_name, _)| *kept_of == of && *kept_name == name) {
                Some(exception) => drop(excepted.insert(*exception)),
                None => untidy.push(format!("`{of}`: the dependency `{name}` {fault}")),
            }
        }
    }
    for (of, name, _) in kept.iter().filter(|exception| !excepted.contains(*exception)) {
        untidy.push(format!("`{of}` needs no exception for `{name}` (xtask/src/tidy/dependencies.rs)"));
    }
    let declared: BTreeSet<&str> =
        packages.iter().flat_map(|package| &package.dependencies).map(|d| d.name.as_str()).collect();
    let table = std::fs::read_to_string(root.join("Cargo.toml"))?;
    for name in versioned(&table).filter(|name| !declared.contains(name)) {
        untidy.push(format!("Cargo.toml: no crate of the workspace depends on `{name}`"));
    }
    Ok(untidy)
}

/// What is wrong with the dependencies of one package, by name.
fn faults_of(package: &Package) -> anyhow::Result<Vec<(String, &'static str)>> {
    let mut usage = Usage::default();
    let mut in_build = Usage::default();
    for target in &package.targets {
        let is = |kinds: &[TargetKind]| target.kind.iter().any(|kind| kinds.contains(kind));
        let root = target.src_path.as_std_path();
        if is(&[TargetKind::CustomBuild]) {
            in_build.add_target(root, false)?;
        } else {
            usage.add_target(root, is(&[TargetKind::Test, TargetKind::Bench, TargetKind::Example]))?;
        }
    }
    let mut by_name: BTreeMap<&str, Vec<&Dependency>> = BTreeMap::new();
    for dependency in &package.dependencies {
        let name = dependency.rename.as_deref().unwrap_or(&dependency.name);
        by_name.entry(name).or_default().push(dependency);
    }
    let mut faults = Vec::new();
    for (name, declared) in by_name {
        let path = name.replace('-', "_");
        let (in_product, in_tests) = (usage.product.contains(&path), usage.tests.contains(&path));
        let is_normal = declared.iter().any(|d| d.kind == DependencyKind::Normal);
        for dependency in declared {
            let is_used = match dependency.kind {
                DependencyKind::Build => in_build.product.contains(&path),
                // Declared once more for tests, it gives them features.
                DependencyKind::Development => in_tests || is_normal,
                DependencyKind::Normal | DependencyKind::Unknown => in_product || in_tests,
            };
            // A development dependency cannot be optional, so what an example needs with a feature is a normal one.
            let only_for_tests =
                dependency.kind == DependencyKind::Normal && !in_product && !dependency.optional;
            let fault = if !is_used {
                Some("is not used")
            } else if only_for_tests {
                Some("should be a dev-dependency: only tests use it")
            } else {
                None
            };
            faults.extend(fault.map(|fault| (name.to_owned(), fault)));
        }
    }
    Ok(faults)
}

/// The names in `[workspace.dependencies]`.
fn versioned(manifest: &str) -> impl Iterator<Item = &str> {
    let table = manifest.lines().skip_while(|line| line.trim() != "[workspace.dependencies]").skip(1);
    let lines = table.take_while(|line| !line.starts_with('[')).filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('=').map(|(name, _)| name.trim()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::check_but;

    /// A workspace made up of the files given; each dependency is a package of its own, so that nothing is fetched.
    fn workspace(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        let outside = ["one", "two-words", "three"];
        let versions = outside.map(|name| format!("{name} = {{ path = \"outside/{name}\" }}\n")).concat();
        let head = "[workspace]\nresolver = \"3\"\nmembers = [\"ours\"]\nexclude = [\"outside\"]\n";
        write("Cargo.toml", &format!("{head}[workspace.dependencies]\n{versions}"));
        for name in outside {
            write(&format!("outside/{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n"));
            write(&format!("outside/{name}/src/lib.rs"), "");
        }
        for (path, text) in files {
            write(path, text);
        }
        folder
    }

    fn manifest(dependencies: &str) -> String {
        format!("[package]\nname = \"ours\"\nedition = \"2024\"\n{dependencies}")
    }

    fn untidy(root: &Path) -> Vec<String> {
        check_but(root, &[]).unwrap()
    }

    const ALL: &str =
        "[dependencies]\none.workspace = true\ntwo-words.workspace = true\nthree.workspace = true\n";

    #[test]
    fn a_dependency_that_no_source_names_is_found() {
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(ALL)),
            (
                "ours/src/lib.rs",
                "//! Speaks of three::X only.\nmod inner;\nfn a() { one::b(); let c = \"three\"; }",
            ),
            ("ours/src/inner.rs", "use two_words::D; // three::E"),
        ]);
        let only = "`ours`: the dependency `three` should be a dev-dependency: only tests use it";
        assert_eq!(untidy(folder.path()), [only], "an example in the documentation counts as a test");
        std::fs::write(folder.path().join("ours/src/lib.rs"), "mod inner; fn a() { one::b() }").unwrap();
        assert_eq!(untidy(folder.path()), ["`ours`: the dependency `three` is not used"]);
    }

    #[test]
    fn what_only_tests_examples_and_benches_name_belongs_to_them() {
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(ALL)),
            ("ours/src/lib.rs", "#[cfg(test)] mod tests { use one::A; }"),
            ("ours/tests/b.rs", "mod c; fn d() { c::e() }"),
            ("ours/tests/c.rs", "pub fn e() { two_words::f() }"),
            ("ours/examples/g.rs", "use three as h;"),
        ]);
        let found = untidy(folder.path());
        assert_eq!(found.len(), 3);
        assert!(found.iter().all(|line| line.ends_with("only tests use it")), "{found:?}");
    }

    #[test]
    fn a_development_dependency_nobody_names_is_found_unless_it_adds_features() {
        let dev = "[dependencies]\none.workspace = true\n[dev-dependencies]\none.workspace = true\n\
                   two-words.workspace = true\nthree.workspace = true\n";
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(dev)),
            ("ours/src/lib.rs", "use one::A;"),
            ("ours/benches/b.rs", "use three::C;"),
        ]);
        assert_eq!(untidy(folder.path()), ["`ours`: the dependency `two-words` is not used"]);
    }

    #[test]
    fn a_build_script_has_dependencies_of_its_own() {
        let build = "[dependencies]\none.workspace = true\ntwo-words.workspace = true\nthree.workspace = true\n\
                     [build-dependencies]\none.workspace = true\nthree.workspace = true\n";
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(build)),
            ("ours/build.rs", "fn main() { one::a() }"),
            ("ours/src/lib.rs", "use three::B; use two_words::C;"),
        ]);
        let unused =
            ["`ours`: the dependency `one` is not used", "`ours`: the dependency `three` is not used"];
        assert_eq!(untidy(folder.path()), unused);
    }

    #[test]
    fn an_optional_dependency_may_serve_an_example_alone() {
        let optional = "[features]\ncodegen = [\"dep:one\"]\n[dependencies]\none = { workspace = true, optional = true }\n\
                        [dev-dependencies]\ntwo-words.workspace = true\nthree.workspace = true\n";
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(optional)),
            ("ours/src/lib.rs", ""),
            ("ours/examples/a.rs", "use {one::B, two_words::C, three::D};"),
        ]);
        assert!(untidy(folder.path()).is_empty());
    }

    #[test]
    fn a_version_that_no_crate_asks_for_is_found() {
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest("[dependencies]\none.workspace = true\nthree.workspace = true\n")),
            ("ours/src/lib.rs", "use {one::A, three::B};"),
        ]);
        assert_eq!(untidy(folder.path()), ["Cargo.toml: no crate of the workspace depends on `two-words`"]);
    }

    #[test]
    fn an_exception_covers_what_it_names_and_must_be_needed() {
        let folder = workspace(&[
            ("ours/Cargo.toml", &manifest(ALL)),
            ("ours/src/lib.rs", "use {one::A, two_words::B};"),
        ]);
        let kept = [("ours", "three", "brings a feature"), ("ours", "one", "used by now")];
        let expected = "`ours` needs no exception for `one` (xtask/src/tidy/dependencies.rs)";
        assert_eq!(check_but(folder.path(), &kept).unwrap(), [expected]);
    }
}
