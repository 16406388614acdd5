//! The lines of a meeting from a file: each says what is promised, by whom on each side, and until when.

use std::path::Path;

use sister_cities_client::api::domain::id::ActionPlanId;
use sister_cities_client::api::promise::{
    PlanLineBody, PlanLineView, PlanLinesBody, PlanLinesView, PointOwnerBody,
};
use sister_cities_client::api::{FieldError, ResponsibleBody};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::run::imports;
use crate::run::questions::rows;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::date;

/// The columns, in the order in which a file without titles has the first four.
const COLUMNS: [&str; 6] = ["title", "host", "counterpart", "due", "promised_by", "text"];
/// So many of them are read where no titles stand above.
const USUAL: usize = 4;

/// A line of a file, with its number there.
#[derive(Debug, PartialEq)]
pub(super) struct FileLine {
    number: usize,
    body: PlanLineBody,
}

/// Reads a file of lines.
pub(super) async fn read(file: &Path) -> Result<Vec<FileLine>, Failure> {
    let bytes = imports::read(file).await?;
    let refuse = |what: &str| Failure::new(Exit::Refused, format!("{}: {what}", file.display()));
    let text = std::str::from_utf8(&bytes)
        .map_err(|_| refuse("is not text in UTF-8").hint("save it as text or CSV in UTF-8"))?;
    lines_of(text).map_err(|what| refuse(&what))
}

/// Shows what each line becomes, and enters them if nothing is wrong and it is wanted.
pub(super) async fn enter(
    session: &Session,
    plan: ActionPlanId,
    lines: Vec<FileLine>,
    dry_run: bool,
) -> Result<(), Failure> {
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).collect();
    let lines: Vec<PlanLineBody> = lines.into_iter().map(|line| line.body).collect();
    let plans = session.programme.action_plans();
    let tried = plans.add_lines(plan, PlanLinesBody { lines: lines.clone(), dry_run: true }).await?;
    let wrong = tried.lines.iter().filter(|line| !line.problems.is_empty()).count();
    let shown = if dry_run || wrong > 0 {
        tried
    } else {
        plans.add_lines(plan, PlanLinesBody { lines, dry_run: false }).await?
    };
    let names = Names::of(session, owners(&shown.lines)).await;
    session.output.print(&shown, |out| table(&shown, &numbers, &names, out))?;
    if wrong == 0 || dry_run {
        return Ok(());
    }
    let message = format!("nothing was entered: {wrong} of {} lines cannot be", numbers.len());
    Err(Failure::new(Exit::Refused, message).hint("mend the file and enter it again"))
}

/// All who are to see to what the lines become, on either side.
fn owners(lines: &[PlanLineView]) -> impl Iterator<Item = &ResponsibleBody> {
    let both = lines.iter().flat_map(|line| [&line.host, &line.counterpart]);
    both.flatten().map(|owner| &owner.responsible)
}

/// What the lines of a text say, or why it is no list of lines.
fn lines_of(text: &str) -> Result<Vec<FileLine>, String> {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let titled = ['\t', ';', ','].into_iter().find_map(|separator| {
        let titles: Option<Vec<usize>> = first.split(separator).map(column).collect();
        Some((separator, titles.filter(|titles| titles.contains(&0))?))
    });
    let lines = if let Some((separator, titles)) = titled {
        let rows = (1..).zip(rows(text, separator)).skip(1);
        rows.map(|(number, cells)| line(number, &titles, cells.iter().map(String::as_str))).collect()
    } else {
        let separator = if text.contains('\t') { '\t' } else { ';' };
        let usual: Vec<usize> = (0..USUAL).collect();
        let rows = (1..).zip(text.lines());
        rows.map(|(number, row)| line(number, &usual, row.split(separator))).collect::<Result<Vec<_>, _>>()
    }?;
    let lines: Vec<FileLine> = lines.into_iter().flatten().collect();
    if lines.is_empty() { Err("has no line".to_owned()) } else { Ok(lines) }
}

/// Which column a title names.
fn column(title: &str) -> Option<usize> {
    let title = title.trim().trim_matches('"').to_lowercase().replace([' ', '-'], "_");
    COLUMNS.iter().position(|column| *column == title)
}

/// What a row says; nothing if it is blank.
fn line<'a>(
    number: usize,
    columns: &[usize],
    cells: impl Iterator<Item = &'a str>,
) -> Result<Option<FileLine>, String> {
    let cells: Vec<&str> = cells.map(str::trim).collect();
    if cells.iter().all(|cell| cell.is_empty()) {
        return Ok(None);
    }
    if let Some(more) = cells.get(columns.len()..).filter(|rest| rest.iter().any(|cell| !cell.is_empty())) {
        let most = columns.len();
        return Err(format!("line {number} has {} cells, {most} at most are read", most + more.len()));
    }
    let cell = |column: usize| {
        let at = columns.iter().position(|at| *at == column)?;
        cells.get(at).filter(|cell| !cell.is_empty()).map(|cell| (*cell).to_owned())
    };
    let body = PlanLineBody {
        title: cell(0).unwrap_or_default(),
        host: cell(1),
        counterpart: cell(2),
        due: cell(3),
        promised_by: cell(4),
        text: cell(5),
    };
    Ok(Some(FileLine { number, body }))
}

fn table(shown: &PlanLinesView, numbers: &[usize], names: &Names, out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Line"),
        Column::fixed("Point"),
        Column::words("What", 20),
        Column::words("Host", 10),
        Column::words("Counterpart", 10),
        Column::fixed("Due"),
    ]);
    let who =
        |owner: &Option<PointOwnerBody>| names.responsible(owner.as_ref().map(|owner| &owner.responsible));
    for (line, number) in shown.lines.iter().zip(numbers) {
        // Each field is named: one that is added must be shown, or be left out on purpose.
        let PlanLineView {
            line: _,
            point: _,
            number: in_plan,
            title,
            text: _,
            promised_by: _,
            host,
            counterpart,
            due,
            problems,
        } = line;
        if !problems.is_empty() {
            continue;
        }
        table.row([
            number.to_string().into(),
            in_plan.map_or_else(String::new, |number| number.to_string()).into(),
            title.as_ref().map_or("", |title| title.as_str()).into(),
            who(host).into(),
            who(counterpart).into(),
            date(due.as_ref()).into(),
        ]);
    }
    table.render_or("No line can be entered.", out);
    for (line, number) in shown.lines.iter().zip(numbers) {
        for FieldError { pointer, detail, expected, .. } in &line.problems {
            let field = pointer.as_deref().and_then(|pointer| pointer.rsplit('/').next()).unwrap_or_default();
            let right = expected.as_ref().map_or_else(String::new, |right| format!("; expected {right}"));
            out.hanging(
                (Style::Bad, &format!("line {number}  ")),
                Style::Plain,
                &format!("{field} {detail}{right}"),
            );
        }
    }
    if !shown.entered {
        out.hanging((Style::Plain, ""), Style::Faint, "Nothing was entered.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let lines = lines_of(text).expect("lines");
        let cell = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
        let show = |FileLine { number, body }: FileLine| {
            let PlanLineBody { title, text, promised_by, host, counterpart, due } = body;
            let rest = [host, counterpart, due, promised_by, text].map(cell);
            format!("{number}: {title} | {}", rest.join(" | "))
        };
        lines.into_iter().map(show).collect()
    }

    #[test]
    fn plain_lines_are_titles_and_may_name_who_and_when() {
        let minutes = "Share what works, in both cities\n\nSend 5\" disks; Port Office; ; 2009-06\n";
        assert_eq!(
            said(minutes),
            [
                "1: Share what works, in both cities | - | - | - | - | -",
                "3: Send 5\" disks | Port Office | - | 2009-06 | - | -",
            ]
        );
        assert_eq!(said("Write;to\tMayor's Office\n"), ["1: Write;to | Mayor's Office | - | - | - | -"]);
    }

    #[test]
    fn titles_above_give_another_order_and_quotes() {
        let csv = "\u{feff}Due,Title,Promised by\r\n2009,\"Share, and tell\",host\r\n";
        assert_eq!(said(csv), ["2: Share, and tell | - | - | 2009 | host | -"]);
    }

    #[test]
    fn what_is_no_list_of_lines_is_refused() {
        assert_eq!(lines_of("\n \n"), Err("has no line".to_owned()));
        let more = lines_of("a;b;c;2009;e");
        assert_eq!(more, Err("line 1 has 5 cells, 4 at most are read".to_owned()));
    }
}
