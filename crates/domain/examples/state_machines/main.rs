//! Writes the tables of all state machines to `docs/state-machines.md`; with `--check` only compares. Run by
//! `cargo xtask codegen state-machines`.
//!
//! Most are tables in the code, and are printed as they stand. Partnerships, agreements and imports decide by more than a table; of
//! these every step is tried from every state that can be reached, and what was possible is printed.
#![expect(clippy::print_stdout, reason = "a program of the maintainers that prints")]

mod agreement;
mod explore;
mod import_run;
mod partnership;

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use explore::{AS_IT_WAS, Explored, Row};
use sister_cities_domain::state_machine::{DescribedMachine, machines};

const HEAD: &str = "\
# State machines

What can be done with what is in which state, and where it leads. Every step that stands in no row is refused, and the refusal says who,
what, from where, and from where it would be possible. Written by `cargo xtask codegen state-machines` from the code.
";

fn main() -> Result<(), Box<dyn Error>> {
    let mut text = HEAD.to_owned();
    for machine in machines() {
        table(&mut text, &of_table(&machine))?;
    }
    for explored in [partnership::explored()?, agreement::explored()?, import_run::explored()?] {
        table(&mut text, &explored)?;
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/state-machines.md");
    match std::env::args().nth(1).as_deref() {
        None => {
            std::fs::write(&path, text)?;
            println!("wrote docs/state-machines.md");
            Ok(())
        }
        Some("--check") if std::fs::read_to_string(&path).is_ok_and(|found| found == text) => Ok(()),
        Some("--check") => {
            Err("docs/state-machines.md is not current: run `cargo xtask codegen state-machines`".into())
        }
        Some(other) => Err(format!("{other} is not --check").into()),
    }
}

/// A machine that is a table in the code.
fn of_table(machine: &DescribedMachine) -> Explored {
    let rows = machine.transitions.iter().map(|(from, step, to)| Row {
        from: vec![(*from).to_owned()],
        step: (*step).to_owned(),
        to: if from == to { AS_IT_WAS.to_owned() } else { (*to).to_owned() },
        needs: (machine.needs)(step),
    });
    Explored {
        subject: machine.subject,
        about: String::new(),
        states: machine.states.iter().map(|state| (*state).to_owned()).collect(),
        initial: machine.initial.iter().map(|state| (*state).to_owned()).collect(),
        rows: rows.collect(),
    }
}

/// One section: where it begins and ends, and a line for each step and where it leads.
fn table(out: &mut String, machine: &Explored) -> std::fmt::Result {
    let Explored { subject, about, states, initial, rows } = machine;
    let mut letters = subject.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    writeln!(out, "\n## {}\n", first.chain(letters).collect::<String>())?;
    if !about.is_empty() {
        writeln!(out, "{about}\n")?;
    }
    let leaves =
        |state: &str| rows.iter().any(|row| row.to != AS_IT_WAS && row.from.iter().any(|from| from == state));
    let last: Vec<&str> = states.iter().map(String::as_str).filter(|state| !leaves(state)).collect();
    write!(out, "Begins {}.", initial.join(" or "))?;
    if last.is_empty() {
        writeln!(out, " Nothing ends it.\n")?;
    } else {
        writeln!(out, " Ends {}.\n", last.join(" or "))?;
    }
    let needs = rows.iter().any(|row| !row.needs.is_empty());
    let (head, line) = if needs { (" it needs |", "---|") } else { ("", "") };
    writeln!(out, "| from | step | to |{head}\n|---|---|---|{line}")?;
    for row in joined(rows) {
        let Row { from, step, to, needs: why } = row;
        write!(out, "| {} | {step} | {to} |", from.join(", "))?;
        writeln!(out, "{}", if needs { format!(" {why} |") } else { String::new() })?;
    }
    Ok(())
}

/// Rows of one step that lead to the same state become one, in the order in which they came.
fn joined(rows: &[Row]) -> Vec<Row> {
    let mut all: Vec<Row> = Vec::new();
    for row in rows {
        match all.iter_mut().find(|known| (&known.step, &known.to) == (&row.step, &row.to)) {
            Some(known) => known.from.extend(
                row.from.iter().filter(|from| !known.from.contains(from)).cloned().collect::<Vec<_>>(),
            ),
            None => all.push(row.clone()),
        }
    }
    all
}
