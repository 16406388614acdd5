//! Checks the catalogues and writes `docs/messages.md`, which lists what they say; with `--check` only compares. Run by `cargo xtask
//! codegen messages`.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use sister_cities_notification::message::{Declared, Part};
use sister_cities_notification::words::{Catalogues, declared, problems};

/// The languages whose catalogue a native speaker has read.
const READ_BY_A_NATIVE_SPEAKER: &[&str] = &["en"];

fn main() -> Result<(), Box<dyn Error>> {
    let found = problems();
    if !found.is_empty() {
        let lines: String = found.iter().fold(String::new(), |mut lines, problem| {
            // A text takes whatever is written to it.
            let _ = write!(lines, "\n  {problem}");
            lines
        });
        return Err(format!("the catalogues in crates/notification/locales are not right:{lines}").into());
    }
    let text = page()?;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/messages.md");
    match std::env::args().nth(1).as_deref() {
        None => {
            std::fs::write(&path, text)?;
            writeln!(std::io::stdout(), "wrote docs/messages.md")?;
            Ok(())
        }
        Some("--check") if std::fs::read_to_string(&path).is_ok_and(|found| found == text) => Ok(()),
        Some("--check") => Err("docs/messages.md is not current: run `cargo xtask codegen messages`".into()),
        Some(other) => Err(format!("{other} is not --check").into()),
    }
}

fn page() -> Result<String, std::fmt::Error> {
    let mut page = String::from(
        "# Messages\n\nWhat people are told, sentence by sentence: the keys of the catalogues in `crates/notification/locales`, with the \
         arguments that each is\ngiven. Written by `cargo xtask codegen messages` from the code, which also holds every catalogue \
         against this list.\n\nAn office replaces a sentence, or adds a language, with files of its own: a folder with `fr.ftl`, or \
         `fr/` with any `.ftl` files, in the\nform of [Fluent](https://projectfluent.org). What they do not say stays as it is; what a new \
         language lacks is said in English. A file with a\nsentence, part or argument that is not listed here is refused, with its \
         name and what would be right.\n\n## Languages\n\n| language | read by a native speaker |\n|---|---|\n",
    );
    let catalogues = Catalogues::embedded();
    for language in catalogues.languages() {
        let tag = language.to_string();
        let read = if READ_BY_A_NATIVE_SPEAKER.contains(&tag.as_str()) { "yes" } else { "not yet" };
        writeln!(page, "| {tag} | {read} |")?;
    }
    let groups = [
        ("Reminders of what is due", "due-"),
        ("Changes", "change-"),
        ("Digests", "digest-"),
        ("Webhook endpoints", "endpoint-"),
        ("Tries", "test-"),
        ("Invitations", "invitation-"),
        ("Why somebody is told", "reason-"),
    ];
    let is_message = |declared: &Declared, prefix: &str| {
        declared.key.starts_with(prefix) && (declared.parts.contains(&Part::Subject) || prefix == "reason-")
    };
    for (title, prefix) in groups {
        section(&mut page, title, declared().filter(|declared| is_message(declared, prefix)))?;
    }
    let around = declared().filter(|declared| !groups.iter().any(|(_, prefix)| is_message(declared, prefix)));
    section(&mut page, "What stands around a message", around)?;
    Ok(page)
}

fn section(
    page: &mut String,
    title: &str,
    sentences: impl Iterator<Item = &'static Declared>,
) -> std::fmt::Result {
    write!(page, "\n## {title}\n\n| key | when it is said | parts | arguments |\n|---|---|---|---|\n")?;
    for sentence in sentences {
        let parts: Vec<String> = sentence
            .parts
            .iter()
            .filter_map(|part| part.attribute())
            .map(|attribute| format!("`.{attribute}`"))
            .collect();
        let arguments: Vec<String> = sentence
            .arguments
            .iter()
            .map(|argument| {
                let doc = argument.doc.trim().trim_end_matches('.');
                format!("`${}` ({}): {doc}", argument.name, argument.of)
            })
            .collect();
        writeln!(
            page,
            "| `{}` | {} | {} | {} |",
            sentence.key,
            sentence.doc.trim(),
            parts.join(" "),
            arguments.join("; ")
        )?;
    }
    Ok(())
}
