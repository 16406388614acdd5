//! The years of a partnership as a line of cells, in which dormancy and a gap of the record look different even without
//! colour.

use chrono::{Datelike, NaiveDate};

use super::text::{Renderer, Style, clip, safe, width};

/// How a partnership stands on a day, as far as a cell can show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    Active,
    Cooling,
    Dormant,
    /// The record does not reach so far: silence there proves nothing.
    NotKnown,
    Suspended,
    /// There was no partnership, or none any more.
    NotInForce,
}

impl Standing {
    const LEGEND: [Self; 5] = [Self::Active, Self::Cooling, Self::Dormant, Self::NotKnown, Self::Suspended];

    pub(crate) fn glyph(self) -> char {
        match self {
            Self::Active => '█',
            Self::Cooling => '▒',
            Self::Dormant => '·',
            Self::NotKnown => '?',
            Self::Suspended => 'S',
            Self::NotInForce => ' ',
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Cooling => "cooling",
            Self::Dormant => "dormant",
            Self::NotKnown => "not known",
            Self::Suspended => "suspended",
            Self::NotInForce => "not in force",
        }
    }

    pub(crate) fn style(self) -> Style {
        match self {
            Self::Active => Style::Good,
            Self::Cooling => Style::Watch,
            Self::Dormant => Style::Bad,
            Self::NotKnown => Style::Faint,
            Self::Suspended => Style::Note,
            Self::NotInForce => Style::Plain,
        }
    }
}

/// One partnership's line: how it stood at the end of each step, in order.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) steps: Vec<(NaiveDate, Standing)>,
}

/// Draws the lines, a scale of years above them and a legend below.
pub(crate) fn draw(out: &mut Renderer, rows: &[Row], from: NaiveDate, to: NaiveDate) {
    let labels = if rows.len() == 1 { 0 } else { label_width(rows) };
    let room = out.width.saturating_sub(labels).max(1);
    let scale = Scale::fitting(from, to, room);
    scale.axis(out, labels);
    for row in rows {
        if labels > 0 {
            let label = safe(&row.label);
            let label = clip(&label, labels - 1);
            out.text.push_str(&label);
            out.blanks(labels - width(&label));
        }
        scale.line(out, row);
    }
    legend(out, scale);
}

fn label_width(rows: &[Row]) -> usize {
    const MOST: usize = 16;
    rows.iter().map(|r| width(&safe(&r.label)) + 1).max().unwrap_or(0).min(MOST)
}

fn legend(out: &mut Renderer, scale: Scale) {
    let mut used = 0;
    for standing in Standing::LEGEND {
        let word = match standing {
            Standing::NotKnown => "not known: a gap of the record",
            Standing::Active
            | Standing::Cooling
            | Standing::Dormant
            | Standing::Suspended
            | Standing::NotInForce => standing.word(),
        };
        let gap = if used == 0 { 0 } else { 2 };
        out.blanks(gap);
        out.paint(standing.style(), &standing.glyph().to_string());
        out.text.push(' ');
        out.text.push_str(word);
        used += gap + 2 + width(word);
    }
    out.end_line();
    out.paragraph(
        0,
        Style::Faint,
        &format!("One cell is {}, shown as its end was; blank: no bond in force.", scale.cell_words()),
    );
}

/// How much time a cell stands for.
#[derive(Clone, Copy, Debug)]
struct Scale {
    first_year: i32,
    cells: usize,
    months_per_cell: i32,
}

impl Scale {
    /// The finest scale of whole parts or multiples of a year that fits.
    fn fitting(from: NaiveDate, to: NaiveDate, room: usize) -> Self {
        let years = usize::try_from((to.year() - from.year()).max(0)).unwrap_or(0) + 1;
        let first_year = from.year();
        for months in [1_i32, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600, 1200] {
            let cells = (years * 12).div_ceil(usize::try_from(months).unwrap_or(1));
            if cells <= room {
                return Self { first_year, cells, months_per_cell: months };
            }
        }
        Self { first_year, cells: room, months_per_cell: 12_000 }
    }

    fn cell_words(self) -> String {
        match self.months_per_cell {
            1 => "a month".to_owned(),
            12 => "a year".to_owned(),
            m if m < 12 => format!("{m} months"),
            m => format!("{} years", m / 12),
        }
    }

    /// The cell a day falls into, if it lies on the line.
    fn cell(self, day: NaiveDate) -> Option<usize> {
        let months = (day.year() - self.first_year) * 12 + i32::try_from(day.month0()).unwrap_or(0);
        usize::try_from(months / self.months_per_cell).ok().filter(|c| months >= 0 && *c < self.cells)
    }

    fn line(self, out: &mut Renderer, row: &Row) {
        let mut cells = vec![Standing::NotInForce; self.cells];
        for (day, standing) in &row.steps {
            if let Some(cell) = self.cell(*day) {
                cells[cell] = *standing;
            }
        }
        let end = cells.iter().rposition(|s| *s != Standing::NotInForce).map_or(0, |i| i + 1);
        for run in cells[..end].chunk_by(|a, b| a == b) {
            let text: String = run.iter().map(|s| s.glyph()).collect();
            out.paint(run[0].style(), &text);
        }
        out.end_line();
    }

    /// Years above the cells, as many as fit without touching.
    fn axis(self, out: &mut Renderer, labels: usize) {
        const LABEL: usize = 4;
        let cells_a_year = f64::from(12) / f64::from(self.months_per_cell);
        let every = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]
            .into_iter()
            .find(|every| f64::from(*every) * cells_a_year >= 6.0)
            .unwrap_or(1000);
        let mut line = vec![' '; labels + self.cells];
        let mut year = self.first_year;
        while let Some(cell) = NaiveDate::from_ymd_opt(year, 1, 1).and_then(|day| self.cell(day)) {
            let at = labels + cell;
            if at + LABEL <= line.len() {
                for (offset, c) in format!("{year:04}").chars().enumerate() {
                    line[at + offset] = c;
                }
            }
            year = (year.div_euclid(every) + 1) * every;
        }
        // A round year too close to the first one gives way.
        if let Some(second) = (labels + 1..=labels + LABEL)
            .find(|i| line.get(*i + LABEL - 1).is_some_and(|c| *c != ' ') && line[*i - 1] == ' ')
        {
            line[second..second + LABEL].fill(' ');
        }
        let text: String = line.into_iter().collect();
        out.paint(Style::Faint, text.trim_end());
        out.end_line();
    }
}

/// The stretches of a row: how the partnership stood from when to when, to the step's precision.
pub(crate) fn stretches(row: &Row) -> Vec<(NaiveDate, NaiveDate, Standing)> {
    row.steps.chunk_by(|a, b| a.1 == b.1).map(|run| (run[0].0, run[run.len() - 1].0, run[0].1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(from: i32, to: i32, standing: impl Fn(i32, u32) -> Standing) -> Vec<(NaiveDate, Standing)> {
        (from..=to)
            .flat_map(|y| (1..=12).map(move |m| (y, m)))
            .filter_map(|(y, m)| NaiveDate::from_ymd_opt(y, m, 1).map(|d| (d, standing(y, m))))
            .collect()
    }

    fn day(y: i32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, 1, 1).expect("a year")
    }

    #[test]
    fn dormancy_and_a_gap_of_the_record_look_different_without_colour() {
        let steps = months(1982, 2012, |y, _| match y {
            1984..=1990 => Standing::Dormant,
            1996..=2002 => Standing::NotKnown,
            1982 | 1991..=1995 | 2003..=2008 => Standing::Active,
            2009 => Standing::Suspended,
            _ => Standing::Cooling,
        });
        let row = Row { label: "Casablanca".to_owned(), steps };
        let mut out = Renderer::PLAIN;
        draw(&mut out, &[row], day(1982), day(2012));
        insta::assert_snapshot!("casablanca_years", out.text);
        assert!(out.text.lines().all(|l| width(l) <= 80));
    }

    #[test]
    fn many_partnerships_share_one_scale() {
        let rows: Vec<Row> = ["Warsaw", "Frankfurt am Main (a long label)"]
            .into_iter()
            .map(|label| Row {
                label: label.to_owned(),
                steps: months(1960, 2026, |y, _| if y < 2000 { Standing::Dormant } else { Standing::Active }),
            })
            .collect();
        let mut out = Renderer::PLAIN;
        draw(&mut out, &rows, day(1960), day(2026));
        insta::assert_snapshot!("many_partnerships", out.text);
        assert!(out.text.lines().all(|l| width(l) <= 80));
    }

    #[test]
    fn stretches_name_where_the_standing_changes() {
        let row =
            Row {
                label: String::new(),
                steps: months(1990, 1991, |y, m| {
                    if y == 1990 || m < 8 { Standing::Dormant } else { Standing::Active }
                }),
            };
        let found: Vec<String> =
            stretches(&row).into_iter().map(|(a, b, s)| format!("{a} {b} {}", s.word())).collect();
        assert_eq!(found, ["1990-01-01 1991-07-01 dormant", "1991-08-01 1991-12-01 active"]);
    }
}
