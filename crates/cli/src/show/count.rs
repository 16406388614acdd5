//! A count with the list behind it.

use sister_cities_client::api::count::{CountView, CountedView};

use super::bond::{Lens, date, status, status_ink};
use super::table::{Cell, Column, Table};
use super::text::{Canvas, Ink, safe};

/// A bond that stood aside on the day, and why.
#[derive(Debug)]
pub(crate) struct Aside {
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) reason: String,
}

/// Renders a count; `aside` lists what was suspended on that day and so not counted.
pub(crate) fn render(lens: &Lens, count: &CountView, aside: &[Aside], canvas: Canvas, out: &mut String) {
    let kinds: Vec<&str> = count.kinds.iter().map(|kind| lens.kind(kind)).collect();
    let statuses: Vec<String> = count.statuses.iter().map(status).collect();
    canvas.heading(out, &format!("{} on {}", count.number, count.as_of));
    let asked = format!("Counted: {}; {}.", kinds.join(", "), statuses.join(", "));
    canvas.paragraph(out, 0, Ink::Faint, &safe(&asked));
    list(lens, &count.counted, canvas, out);
    section(lens, "Perhaps: their dates are too coarse to tell", &count.possible, canvas, out);
    section(lens, "Perhaps: no source gives a date", &count.undated, canvas, out);
    if !aside.is_empty() {
        out.push('\n');
        canvas.heading(out, &format!("Suspended on that day, not counted ({})", aside.len()));
        for bond in aside {
            let text = format!("{}, since {}: {}", safe(&bond.name), safe(&bond.since), safe(&bond.reason));
            canvas.paragraph(out, 2, Ink::Note, &text);
        }
    }
}

fn section(lens: &Lens, title: &str, bonds: &[CountedView], canvas: Canvas, out: &mut String) {
    if bonds.is_empty() {
        return;
    }
    out.push('\n');
    canvas.heading(out, &format!("{title} ({})", bonds.len()));
    list(lens, bonds, canvas, out);
}

fn list(lens: &Lens, bonds: &[CountedView], canvas: Canvas, out: &mut String) {
    if bonds.is_empty() {
        return;
    }
    let mut table = Table::new([
        Column::number("#"),
        Column::words("City", 12),
        Column::words("Kind", 8),
        Column::firm("Since"),
        Column::firm("Status"),
    ])
    .indented(2);
    for (at, bond) in bonds.iter().enumerate() {
        table.row([
            (at + 1).to_string().into(),
            lens.partners_in_full(&bond.members).into(),
            lens.kind(&bond.kind).into(),
            date(bond.since.as_ref()).into(),
            Cell::inked(status_ink(&bond.status), status(&bond.status)),
        ]);
    }
    table.render(canvas, out);
}
