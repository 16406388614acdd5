//! Counts with the lists behind them.

use std::fmt::Write as _;

use sister_cities_client::api::count::{
    CountView, CountedEngagementView, CountedPartnershipView, ExchangeCountsView, FlowView, UncountedView,
};
use sister_cities_client::api::domain::engagement::Uncounted;

use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{Perspective, date, status, status_style, words};

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

fn section(
    perspective: &Perspective,
    title: &str,
    partnerships: &[CountedPartnershipView],
    out: &mut Renderer,
) {
    if partnerships.is_empty() {
        return;
    }
    out.end_line();
    out.heading(&format!("{title} ({})", partnerships.len()));
    list(perspective, partnerships, out);
}

fn list(perspective: &Perspective, partnerships: &[CountedPartnershipView], out: &mut Renderer) {
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

/// The exchanges of several years, the latest first.
pub(crate) fn exchanges(all: &[ExchangeCountsView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Year"),
        Column::number("In"),
        Column::number("People in"),
        Column::number("Out"),
        Column::number("People out"),
        Column::number("Not counted"),
    ]);
    for counts in all {
        let ExchangeCountsView { year, inbound, outbound, uncounted, undated: _, earlier: _ } = counts;
        let of =
            |why: Uncounted| uncounted.iter().find(|one| one.reason == why).map_or(0, |one| one.engagements);
        table.row([
            year.map_or_else(Cell::none, |year| year.to_string().into()),
            inbound.exchanges.to_string().into(),
            people(inbound).into(),
            outbound.exchanges.to_string().into(),
            people(outbound).into(),
            (of(Uncounted::CalledOff) + of(Uncounted::NeitherInNorOut)).to_string().into(),
        ]);
    }
    table.render_or("None.", out);
    let undated = all.first().map_or(0, |counts| counts.undated);
    let note = format!(
        "+ more people than that travelled: of some exchanges no source gives a number, or not who travelled. Not counted: \
         joint, virtual, local, of unknown direction, or called off. {undated} engagements have no date and are of no year."
    );
    out.paragraph(0, Style::Faint, &note);
}

/// People known to have travelled; a plus says that there were more.
fn people(flow: &FlowView) -> String {
    let more = if flow.people_unclear + flow.without_number > 0 { "+" } else { "" };
    format!("{}{more}", flow.people)
}

/// The exchanges of a year, with the list behind the numbers.
pub(crate) fn exchanges_of_year(
    counts: &ExchangeCountsView,
    list: &[CountedEngagementView],
    out: &mut Renderer,
) {
    let ExchangeCountsView { year, inbound, outbound, uncounted, undated, earlier: _ } = counts;
    out.heading(&format!(
        "Exchanges of {}",
        year.map_or_else(|| "no year".to_owned(), |year| year.to_string())
    ));
    for (name, flow) in [("in", inbound), ("out", outbound)] {
        let FlowView { exchanges, people, people_unclear, without_number } = flow;
        let mut text = format!("{exchanges} exchanges, {people} people");
        if *people_unclear > 0 {
            let _ = write!(text, "; {people_unclear} more may have travelled or been guests");
        }
        if *without_number > 0 {
            let _ = write!(text, "; {without_number} exchanges without a number of people");
        }
        out.fact(name, &text);
    }
    for UncountedView { reason, engagements } in uncounted {
        out.fact("", &format!("{engagements} {}", words(reason.as_str())));
    }
    if *undated > 0 {
        out.fact("", &format!("{undated} without a date, of no year"));
    }
    out.end_line();
    let mut table = Table::new([
        Column::fixed("When"),
        Column::fixed("Way"),
        Column::number("People"),
        Column::words("What", 20),
        Column::words("", 12),
    ]);
    for one in list {
        let why: Vec<String> = one.uncounted.iter().map(|reason| words(reason.as_str())).collect();
        let style = if one.adds.exchanges > 0 { Style::Plain } else { Style::Faint };
        table.row([
            date(one.date.as_ref()).into(),
            one.direction.as_str().into(),
            if one.adds.people > 0 { one.adds.people.to_string().into() } else { Cell::none() },
            Cell::styled(style, one.title.as_str()),
            Cell::styled(Style::Faint, why.join(", ")),
        ]);
    }
    table.render_or("None.", out);
}
