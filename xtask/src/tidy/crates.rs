//! The crate table of `docs/ARCHITECTURE.md`, held against `cargo metadata`.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Context as _;
use cargo_metadata::{DependencyKind, MetadataCommand};
use xshell::{Shell, cmd};

/// Which of our crates each of our crates may use (development dependencies excepted).
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("gazetteer", &["domain"]),
    ("api", &["domain"]),
    ("storage", &["domain"]),
    ("app", &["domain", "gazetteer", "storage"]),
    ("notification", &["domain", "storage", "api"]),
    ("server", &["domain", "gazetteer", "api", "storage", "app", "notification"]),
    ("client", &["api"]),
    ("measure", &[]),
    ("cli", &["client", "server"]),
    ("tests", &["domain", "gazetteer", "api", "storage", "app", "notification", "server", "client"]),
    ("xtask", &[]),
];

/// Outside crates that only the crates named may use directly.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("rusqlite", &["storage"]),
    ("refinery", &["storage"]),
    ("tokio-postgres", &["storage"]),
    ("deadpool-postgres", &["storage"]),
    ("axum", &["server"]),
    ("hyper", &["server"]),
    ("reqwest", &["client", "notification", "tests"]),
    ("lettre", &["notification"]),
    ("clap", &["cli", "xtask"]),
];

/// What an embedder gets with the domain crate, directly: nothing else may appear in its public interface.
const DOMAIN_MAY_DEPEND_ON: &[&str] = &[
    "serde",
    "thiserror",
    "uuid",
    "chrono",
    "chrono-tz",
    "unic-langid",
    "unicode-normalization",
    "schemars",
];

/// The most crates an embedder of the domain crate has to build, the crate itself not counted.
const DOMAIN_TREE_LIMIT: usize = 30;

/// Crates that speak to an operating system, a socket or a native library, and so do not fit wasm32.
const NOT_FOR_WASM32: &[&str] = &[
    "aws-lc-sys",
    "getrandom",
    "hyper",
    "iana-time-zone",
    "libc",
    "libsqlite3-sys",
    "mio",
    "openssl-sys",
    "reqwest",
    "ring",
    "rusqlite",
    "rustix",
    "socket2",
    "tokio",
    "wasm-bindgen",
    "windows-sys",
];

/// Lists what breaks the table.
pub(super) fn check(root: &Path, sh: &Shell) -> anyhow::Result<Vec<String>> {
    let metadata = MetadataCommand::new()
        .current_dir(root)
        .no_deps()
        .other_options(["--locked".to_owned()])
        .exec()
        .context("cargo metadata")?;
    let mut untidy = Vec::new();
    for package in metadata.workspace_packages() {
        let name = short(&package.name);
        let Some((_, may_use)) = MAY_USE.iter().find(|(known, _)| *known == name) else {
            untidy.push(format!("crate `{name}` is not in the crate table (xtask/src/tidy/crates.rs)"));
            continue;
        };
        for dependency in package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development) {
            let used = dependency.name.as_str();
            if used.starts_with("sister-cities-") && !may_use.contains(&short(used)) {
                untidy.push(format!("`{name}` may not use `{}`", short(used)));
            }
            if let Some((_, only)) = ONLY_IN.iter().find(|(outside, _)| *outside == used)
                && !only.contains(&name)
            {
                untidy.push(format!("`{used}` may be used in {only:?} only, not in `{name}`"));
            }
            if name == "domain" && !DOMAIN_MAY_DEPEND_ON.contains(&used) {
                untidy.push(format!("`domain` may not depend on `{used}`"));
            }
        }
        untidy.extend(versions_outside_the_workspace_table(name, package.manifest_path.as_std_path())?);
    }
    untidy.extend(domain_tree(sh)?);
    Ok(untidy)
}

/// The domain's tree as an embedder for wasm32 resolves it: small, and free of anything that needs a system.
///
/// `cargo tree -p` resolves the features of that crate alone, as an embedder sees it; `cargo metadata` would unite
/// them over the workspace.
fn domain_tree(sh: &Shell) -> anyhow::Result<Vec<String>> {
    let package = "sister-cities-domain";
    let target = "wasm32-unknown-unknown";
    let listed = cmd!(sh, "cargo tree --locked -p {package} --target {target} -e normal,build --prefix none")
        .quiet()
        .read()?;
    let tree: BTreeSet<&str> =
        listed.lines().filter_map(|line| line.split(' ').next()).filter(|&name| name != package).collect();
    let mut untidy = Vec::new();
    for name in NOT_FOR_WASM32.iter().filter(|name| tree.contains(*name)) {
        untidy.push(format!("`domain` pulls in `{name}`, which is not fit for {target}"));
    }
    if tree.len() > DOMAIN_TREE_LIMIT {
        untidy.push(format!(
            "`domain` has {} crates in its tree, at most {DOMAIN_TREE_LIMIT} are promised",
            tree.len()
        ));
    }
    println!("tidy: domain's tree for {target} holds {} crates, none bound to a system", tree.len());
    Ok(untidy)
}

/// `[workspace.dependencies]` is the only place with versions.
fn versions_outside_the_workspace_table(name: &str, manifest: &Path) -> anyhow::Result<Vec<String>> {
    let text = std::fs::read_to_string(manifest)?;
    let mut in_dependencies = false;
    let mut untidy = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            in_dependencies = section.contains("dependencies]");
        } else if in_dependencies
            && line.contains('=')
            && !line.starts_with('#')
            && !line.contains("workspace = true")
        {
            untidy.push(format!("`{name}` names a version of its own: `{line}`"));
        }
    }
    Ok(untidy)
}

/// `sister-cities-domain` → `domain`.
fn short(package: &str) -> &str {
    package.strip_prefix("sister-cities-").unwrap_or(package)
}
