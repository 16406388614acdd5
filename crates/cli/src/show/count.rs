//! A count with the list behind it.

use sister_cities_client::api::count::{CountView, CountedView};

use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{Perspective, date, status, status_style};

/// A partnership that stood aside on the day, and why.
#[derive(Debug)]
pub(crate) struct Aside {
    pub(crate) name: String,
    pub(crate) since: String,
    pub(crate) reason: String,
}

/// Renders a count; `aside` lists what was suspended on that day and so not counted.
pub(crate) fn render(perspective: &Perspective, count: &CountView, aside: &[Aside], out: &mut Renderer) {
    let kinds: Vec<&str> = count.kinds.iter().map(|kind| perspective.kind(kind)).collect();
    let statuses: Vec<String> = count.statuses.iter().map(status).collect();
    out.heading(&format!("{} on {}", count.number, count.as_of));
    let asked = format!("Counted: {}; {}.", kinds.join(", "), statuses.join(", "));
    out.paragraph(0, Style::Faint, &asked);
    list(perspective, &count.counted, out);
    section(perspective, "Perhaps: their dates are too coarse to tell", &count.possible, out);
    section(perspective, "Perhaps: no source gives a date", &count.undated, out);
    if !aside.is_empty() {
        out.end_line();
        out.heading(&format!("Suspended on that day, not counted ({})", aside.len()));
        for partnership in aside {
            let text = format!("{}, since {}: {}", partnership.name, partnership.since, partnership.reason);
            out.paragraph(2, Style::Note, &text);
        }
    }
}

fn section(perspective: &Perspective, title: &str, partnerships: &[CountedView], out: &mut Renderer) {
    if partnerships.is_empty() {
        return;
    }
    out.end_line();
    out.heading(&format!("{title} ({})", partnerships.len()));
    list(perspective, partnerships, out);
}

fn list(perspective: &Perspective, partnerships: &[CountedView], out: &mut Renderer) {
    if partnerships.is_empty() {
        return;
    }
    let mut table = Table::new([
        Column::number("#"),
        Column::words("City", 12),
        Column::words("Kind", 8),
        Column::fixed("Since"),
        Column::fixed("Status"),
    ])
    .indented(2);
    for (at, partnership) in partnerships.iter().enumerate() {
        table.row([
            (at + 1).to_string().into(),
            perspective.partners_in_full(&partnership.members).into(),
            perspective.kind(&partnership.kind).into(),
            date(partnership.since.as_ref()).into(),
            Cell::styled(status_style(&partnership.status), status(&partnership.status)),
        ]);
    }
    table.render(out);
}
