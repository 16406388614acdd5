//! Every crate as whoever fetches it from the registry finds it: its package, alone.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use cargo_metadata::Package;
use xshell::{Shell, cmd};

use super::packages::{faults, in_publish_order};

/// The registry takes 10 MiB.
const MOST_BYTES: u64 = 10 << 20;
/// What every package holds.
const EVERYWHERE: [&str; 5] = ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE-APACHE", "LICENSE-MIT"];

pub(super) fn run(sh: &Shell, only: &[String]) -> anyhow::Result<()> {
    println!(
        "release check: packages every crate of the last commit, then builds and tests each from its package alone; an hour at most"
    );
    let folder = tempfile::tempdir()?;
    let clone = folder.path().join("clone");
    let root = sh.current_dir();
    cmd!(sh, "git clone --quiet {root} {clone}").run()?;
    let packages = in_publish_order(&clone)?;
    let faults: Vec<String> = packages.iter().flat_map(faults).collect();
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    for name in only {
        ensure!(packages.iter().any(|package| package.name.as_str() == name), "no crate {name} is published");
    }

    // Outside of any workspace, or cargo would take them for members of it.
    let apart = folder.path().join("packages");
    let folders = package(sh, &clone, &apart, &packages)?;
    let target = root.join("target/release-check");
    let _target = sh.push_env("CARGO_TARGET_DIR", &target);
    // Each crate is compiled for itself: nothing is kept for the next time, and what debuggers want would take 40 GB.
    let _incremental = sh.push_env("CARGO_INCREMENTAL", "0");
    let _debug = sh.push_env("CARGO_PROFILE_DEV_DEBUG", "none");
    let siblings: Vec<String> = packages
        .iter()
        .zip(&folders)
        .map(|(package, folder)| {
            format!("patch.crates-io.{}.path={:?}", package.name, folder.display().to_string())
        })
        .collect();
    let siblings: Vec<&str> = siblings.iter().flat_map(|sibling| ["--config", sibling.as_str()]).collect();
    let siblings = &siblings;
    let mut tested = 0;
    for (package, folder) in packages.iter().zip(&folders) {
        if !only.is_empty() && !only.iter().any(|name| package.name.as_str() == name) {
            continue;
        }
        println!("\n== {} {}", package.name, package.version);
        let _here = sh.push_dir(folder);
        cmd!(sh, "cargo test --quiet --all-features {siblings...}")
            .quiet()
            .run()
            .with_context(|| format!("{} does not pass its tests outside of the workspace", package.name))?;
        let _deny = sh.push_env("RUSTDOCFLAGS", "-D warnings");
        cmd!(sh, "cargo doc --quiet --all-features --no-deps {siblings...}")
            .quiet()
            .run()
            .with_context(|| format!("{} is not documented as the docs site would", package.name))?;
        tested += 1;
    }
    println!(
        "\nrelease check: {} crates package, {tested} of them built, tested and documented from the package alone",
        packages.len()
    );
    Ok(())
}

/// Packages all crates and unpacks them; answers where each lies.
fn package(sh: &Shell, clone: &Path, apart: &Path, packages: &[Package]) -> anyhow::Result<Vec<PathBuf>> {
    let names: Vec<&str> = packages.iter().flat_map(|package| ["-p", package.name.as_str()]).collect();
    {
        let _here = sh.push_dir(clone);
        // Verified further on, with the tests.
        cmd!(sh, "cargo package --quiet --no-verify {names...}").run()?;
    }
    fs::create_dir_all(apart)?;
    let mut folders = Vec::new();
    for package in packages {
        let name = format!("{}-{}", package.name, package.version);
        let file = clone.join("target/package").join(format!("{name}.crate"));
        let bytes = fs::metadata(&file).with_context(|| format!("{name} was not packaged"))?.len();
        println!("{name}: {} KiB", bytes / 1024);
        ensure!(bytes < MOST_BYTES, "{name} is larger than the registry takes");
        cmd!(sh, "tar -xzf {file} -C {apart}").quiet().run()?;
        let folder = apart.join(&name);
        for file in EVERYWHERE {
            if !folder.join(file).is_file() {
                bail!("the package {name} lacks {file}");
            }
        }
        folders.push(folder);
    }
    Ok(folders)
}
