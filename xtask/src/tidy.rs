//! Rules no compiler checks. Each rule collects what breaks it; all are shown at once.

mod citations;
mod columns;
mod crates;
mod dependencies;
mod files;
mod machines;
mod modules;
mod tokens;
mod usage;
mod words;

use anyhow::bail;
use xshell::{Shell, cmd};

use crate::release::prepare;

/// Runs all rules; fails with the list of what is untidy.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let root = sh.current_dir();
    let mut untidy = crates::check(&root, sh)?;
    untidy.extend(dependencies::check(&root)?);
    let files = listed(sh)?;
    untidy.extend(files::check(&root, &files)?);
    untidy.extend(citations::check(&root, &files)?);
    untidy.extend(machines::check(&root, &files)?);
    untidy.extend(modules::check(&root)?);
    if let Err(error) = prepare::changes(sh) {
        untidy.push(format!("{}: {error}", prepare::CHANGES));
    }
    if untidy.is_empty() {
        println!("tidy: the workspace keeps its rules");
        return Ok(());
    }
    for line in &untidy {
        println!("untidy: {line}");
    }
    bail!("{} rule(s) broken", untidy.len())
}

/// The files of the repository, and those that will be if they are added, as paths from its root.
fn listed(sh: &Shell) -> anyhow::Result<Vec<String>> {
    let listed = cmd!(sh, "git ls-files --cached --others --exclude-standard").quiet().read()?;
    let is_there = |path: &&str| sh.path_exists(path);
    Ok(listed.lines().filter(is_there).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_workspace_is_tidy() {
        let sh = xshell::Shell::new().unwrap();
        sh.change_dir(crate::workspace_root().unwrap());
        super::run(&sh).unwrap();
    }
}
