//! What is put before people: the program with its papers, in an archive and in a Debian package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use xshell::{Shell, cmd};

use super::notices::Contents;
use super::packages::in_publish_order;

/// The files of the package, by where they lie.
const PACKAGING: &str = "crates/cli/packaging";
/// Where the address of the repository is not decided.
const UNDECIDED: &str = "https://example.org/";

pub(super) fn run(sh: &Shell, is_dry: bool) -> anyhow::Result<()> {
    println!(
        "release publish: builds the program and its packages from the last commit into target/release-publish{}",
        if is_dry { "; publishes nothing" } else { "" }
    );
    let uncommitted = cmd!(sh, "git status --porcelain").read()?;
    ensure!(uncommitted.is_empty(), "commit or put away what you are at first:\n{uncommitted}");
    let packages = in_publish_order(&sh.current_dir())?;
    let version = packages.last().context("something is published")?.version.to_string();
    if !is_dry {
        refuse_unless_ready(sh, &packages)?;
    }
    let out = sh.current_dir().join("target/release-publish");
    sh.remove_path(&out)?;
    let stage = stage(sh, &out, &version)?;
    archive(sh, &out, &stage, &version)?;
    debian(sh, &out, &stage, &version)?;
    {
        let _here = sh.push_dir(&out);
        let mut sums = String::new();
        for file in sh.read_dir(&out)?.into_iter().filter(|file| file.is_file()) {
            let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
            sums += &cmd!(sh, "sha256sum {name}").quiet().read()?;
            sums.push('\n');
        }
        sh.write_file("SHA256SUMS", &sums)?;
        print!("{sums}");
    }
    println!(
        "\nIn this order to the registry, then the tag v{version}, then the files in target/release-publish:"
    );
    for package in &packages {
        println!("  cargo publish -p {}", package.name);
        if !is_dry {
            let name = package.name.as_str();
            cmd!(sh, "cargo publish -p {name}").run()?;
        }
    }
    if !is_dry {
        cmd!(sh, "git tag -a v{version} -m 'Version {version}'").run()?;
    }
    println!(
        "release publish: {}",
        if is_dry {
            "nothing was published; without --dry-run it takes --yes-publish and a token"
        } else {
            "done; push the tag and upload the files"
        }
    );
    Ok(())
}

fn refuse_unless_ready(sh: &Shell, packages: &[cargo_metadata::Package]) -> anyhow::Result<()> {
    ensure!(sh.var("CI").is_err(), "a release is published by a person, not by CI");
    ensure!(sh.var("CARGO_REGISTRY_TOKEN").is_ok(), "publishing needs a token: CARGO_REGISTRY_TOKEN");
    for package in packages {
        if package.repository.as_deref().is_none_or(|address| address.starts_with(UNDECIDED)) {
            bail!("{} does not say where its repository is: set `repository` in Cargo.toml", package.name);
        }
    }
    Ok(())
}

/// Builds the program and lays everything out as it is installed.
fn stage(sh: &Shell, out: &Path, version: &str) -> anyhow::Result<PathBuf> {
    let root = sh.current_dir();
    let epoch = cmd!(sh, "git log -1 --format=%ct").read()?;
    let home = sh.var("CARGO_HOME").or_else(|_| sh.var("HOME").map(|home| format!("{home}/.cargo")))?;
    // Neither where it was built nor when is in the program.
    let flags = format!("--remap-path-prefix={}=/build --remap-path-prefix={home}=/cargo", root.display());
    let c_flags = format!("-ffile-prefix-map={}=/build -ffile-prefix-map={home}=/cargo", root.display());
    {
        let _flags = sh.push_env("RUSTFLAGS", flags);
        let _c_flags = sh.push_env("CFLAGS", c_flags);
        let _epoch = sh.push_env("SOURCE_DATE_EPOCH", &epoch);
        let _target = sh.push_env("CARGO_TARGET_DIR", root.join("target/release-build"));
        cmd!(sh, "cargo build --release --locked -p sister-cities-cli --all-features").run()?;
    }
    let stage = out.join(format!("sister-cities-{version}"));
    let place = |from: &Path, to: &str, mode: u32| -> anyhow::Result<()> {
        let to = stage.join(to);
        fs::create_dir_all(to.parent().context("a folder")?)?;
        fs::copy(from, &to).with_context(|| from.display().to_string())?;
        set_mode(&to, mode)
    };
    let program = root.join("target/release-build/release/sister-cities");
    place(&program, "usr/bin/sister-cities", 0o755)?;
    let packaging = root.join(PACKAGING);
    place(&packaging.join("sister-cities.service"), "usr/lib/systemd/system/sister-cities.service", 0o644)?;
    place(&packaging.join("environment"), "etc/sister-cities/environment", 0o640)?;
    place(&packaging.join("sister-cities.toml"), "etc/sister-cities/sister-cities.toml", 0o640)?;
    for paper in [
        "README.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "docs/CHANGELOG.md",
        "docs/stability.md",
        "docs/operations/settings.md",
    ] {
        let name = Path::new(paper).file_name().context("a name")?.to_string_lossy();
        place(&root.join(paper), &format!("usr/share/doc/sister-cities/{name}"), 0o644)?;
    }
    let contents = Contents::of_program(&root)?;
    let papers = stage.join("usr/share/doc/sister-cities");
    sh.write_file(papers.join("THIRD-PARTY-NOTICES.txt"), contents.notices()?)?;
    let bill = serde_json::to_string_pretty(&contents.bill_of_materials())?;
    sh.write_file(papers.join("sister-cities.cdx.json"), format!("{bill}\n"))?;

    let man = stage.join("usr/share/man/man1");
    fs::create_dir_all(&man)?;
    cmd!(sh, "{program} man-pages {man}").run()?;
    for (shell, file) in [
        ("bash", "bash-completion/completions/sister-cities"),
        ("zsh", "zsh/vendor-completions/_sister-cities"),
        ("fish", "fish/vendor_completions.d/sister-cities.fish"),
    ] {
        let script = cmd!(sh, "{program} completions {shell}").quiet().read()?;
        sh.write_file(stage.join("usr/share").join(file), format!("{script}\n"))?;
    }
    for page in sh.read_dir(&man)? {
        cmd!(sh, "gzip -9n {page}").run()?;
    }
    all_of(sh, &stage, &epoch)?;
    Ok(stage)
}

/// Lets everything below a folder be of that time.
fn all_of(sh: &Shell, folder: &Path, epoch: &str) -> anyhow::Result<()> {
    let found = "{}";
    Ok(cmd!(sh, "find {folder} -exec touch -h -d @{epoch} {found} +").run()?)
}

fn archive(sh: &Shell, out: &Path, stage: &Path, version: &str) -> anyhow::Result<()> {
    let epoch = cmd!(sh, "git log -1 --format=%ct").read()?;
    let architecture = cmd!(sh, "uname -m").read()?;
    let name = stage.file_name().context("a name")?;
    let tar = out.join(format!("sister-cities-{version}-{architecture}-linux.tar"));
    cmd!(
        sh,
        "tar --sort=name --mtime=@{epoch} --owner=0 --group=0 --numeric-owner -C {out} -cf {tar} {name}"
    )
    .run()?;
    Ok(cmd!(sh, "gzip -9n {tar}").run()?)
}

fn debian(sh: &Shell, out: &Path, stage: &Path, version: &str) -> anyhow::Result<()> {
    let found = cmd!(sh, "dpkg-deb --version").quiet().ignore_stdout().ignore_stderr().run();
    ensure!(found.is_ok(), "dpkg-deb is missing, which makes the Debian package: apt-get install dpkg");
    let epoch = cmd!(sh, "git log -1 --format=%ct").read()?;
    let root = out.join("debian");
    cmd!(sh, "cp -a {stage} {root}").run()?;
    let control = root.join("DEBIAN");
    fs::create_dir_all(&control)?;
    let packaging = sh.current_dir().join(PACKAGING);
    let architecture = cmd!(sh, "dpkg --print-architecture").read()?;
    let size = cmd!(sh, "du -sk --apparent-size {stage}").read()?;
    let size = size.split_whitespace().next().context("du says a size")?.to_owned();
    let text = sh
        .read_file(packaging.join("control"))?
        .replace("@VERSION@", version)
        .replace("@ARCHITECTURE@", &architecture)
        .replace("@SIZE@", &size);
    sh.write_file(control.join("control"), text)?;
    sh.copy_file(packaging.join("conffiles"), control.join("conffiles"))?;
    for script in ["postinst", "prerm", "postrm"] {
        sh.copy_file(packaging.join(script), control.join(script))?;
        set_mode(&control.join(script), 0o755)?;
    }
    all_of(sh, &root, &epoch)?;
    let file = out.join(format!("sister-cities_{version}_{architecture}.deb"));
    let _epoch = sh.push_env("SOURCE_DATE_EPOCH", &epoch);
    cmd!(sh, "dpkg-deb --root-owner-group -Zxz --build {root} {file}").quiet().run()?;
    sh.remove_path(&root)?;
    Ok(())
}

#[cfg(unix)]
fn set_mode(file: &Path, mode: u32) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(fs::set_permissions(file, fs::Permissions::from_mode(mode))?)
}

#[cfg(not(unix))]
fn set_mode(_: &Path, _: u32) -> anyhow::Result<()> {
    bail!("packages are made on Linux")
}
