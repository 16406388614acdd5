//! Rules no compiler checks. Each rule collects what breaks it; all are shown at once.

mod crates;
mod dependencies;
mod files;
mod tokens;
mod usage;

use anyhow::bail;
use xshell::Shell;

/// Runs all rules; fails with the list of what is untidy.
pub(crate) fn run(sh: &Shell) -> anyhow::Result<()> {
    let root = sh.current_dir();
    let mut untidy = crates::check(&root, sh)?;
    untidy.extend(dependencies::check(&root)?);
    untidy.extend(files::check(&root, sh)?);
    if untidy.is_empty() {
        println!("tidy: the workspace keeps its rules");
        return Ok(());
    }
    for line in &untidy {
        println!("untidy: {line}");
    }
    bail!("{} rule(s) broken", untidy.len())
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
