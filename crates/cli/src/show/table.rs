//! Tables that fit the width: the columns that may give way are cut with an ellipsis, the others never.

use super::text::{Renderer, Style, clip, safe, width};

/// How a column behaves when the table is too wide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shrink {
    /// Never cut: numbers, dates, ids.
    Never,
    /// May be cut down to so many columns.
    DownTo(usize),
}

/// On which side the cells of a column are flush.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A column: its head and how it behaves.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    head: &'static str,
    shrink: Shrink,
    align: Align,
}

impl Column {
    /// A column of words, which may be cut down to `least`.
    pub(crate) const fn words(head: &'static str, least: usize) -> Self {
        Self { head, shrink: Shrink::DownTo(least), align: Align::Left }
    }

    /// A column that is never cut.
    pub(crate) const fn fixed(head: &'static str) -> Self {
        Self { head, shrink: Shrink::Never, align: Align::Left }
    }

    /// A column of numbers, flush right, never cut.
    pub(crate) const fn number(head: &'static str) -> Self {
        Self { head, shrink: Shrink::Never, align: Align::Right }
    }
}

/// A cell: its text, made safe, and its style.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    pub(crate) fn new(text: impl AsRef<str>) -> Self {
        Self::styled(Style::Plain, text)
    }

    pub(crate) fn styled(style: Style, text: impl AsRef<str>) -> Self {
        Self { text: safe(text.as_ref()).into_owned(), style }
    }

    /// A cell for what is not known or does not apply.
    pub(crate) fn none() -> Self {
        Self::styled(Style::Faint, "–")
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text)
    }
}

/// A table under construction.
#[derive(Clone, Debug)]
pub(crate) struct Table<const N: usize> {
    columns: [Column; N],
    rows: Vec<[Cell; N]>,
    indent: usize,
}

const GAP: usize = 2;

impl<const N: usize> Table<N> {
    pub(crate) fn new(columns: [Column; N]) -> Self {
        Self { columns, rows: Vec::new(), indent: 0 }
    }

    pub(crate) fn indented(mut self, by: usize) -> Self {
        self.indent = by;
        self
    }

    pub(crate) fn row(&mut self, cells: [Cell; N]) {
        self.rows.push(cells);
    }

    /// Appends the table, or says by `none` that there is nothing in it.
    pub(crate) fn render_or(&self, none: &str, out: &mut Renderer) {
        if self.rows.is_empty() {
            out.paragraph(0, Style::Faint, none);
        } else {
            self.render(out);
        }
    }

    /// Whether there is no row yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Appends the table. Columns whose every cell and head is empty are left out.
    pub(crate) fn render(&self, out: &mut Renderer) {
        let widths = self.widths(out.width.saturating_sub(self.indent));
        let heads = self.columns.map(|c| Cell::styled(Style::Faint, c.head));
        if self.columns.iter().any(|c| !c.head.is_empty()) {
            self.line(out, &widths, &heads);
        }
        for row in &self.rows {
            self.line(out, &widths, row);
        }
    }

    fn line(&self, out: &mut Renderer, widths: &[usize; N], cells: &[Cell; N]) {
        let last = widths.iter().rposition(|w| *w > 0).unwrap_or(0);
        let last = (0..=last).rev().find(|i| !cells[*i].text.is_empty()).unwrap_or(0);
        out.blanks(self.indent);
        for (i, cell) in cells.iter().enumerate().take(last + 1) {
            if widths[i] == 0 {
                continue;
            }
            let text = clip(&cell.text, widths[i]);
            let fill = widths[i].saturating_sub(width(&text));
            if self.columns[i].align == Align::Right {
                out.blanks(fill);
            }
            out.paint(cell.style, &text);
            if i == last {
                break;
            }
            if self.columns[i].align == Align::Left {
                out.blanks(fill);
            }
            out.blanks(GAP);
        }
        out.end_line();
    }

    fn widths(&self, room: usize) -> [usize; N] {
        let mut widths = [0; N];
        for (i, w) in widths.iter_mut().enumerate() {
            let widest = self.rows.iter().map(|r| width(&r[i].text)).max().unwrap_or(0);
            *w = if widest == 0 && !self.rows.is_empty() {
                0
            } else {
                widest.max(width(self.columns[i].head))
            };
        }
        // The widest of those that can give gives first, one column at a time: what remains is as even as can be.
        while total(&widths) > room {
            let giving = (0..N)
                .filter(|i| match self.columns[*i].shrink {
                    Shrink::Never => false,
                    Shrink::DownTo(least) => widths[*i] > least,
                })
                .max_by_key(|i| widths[*i]);
            let Some(i) = giving else { break };
            widths[i] -= 1;
        }
        widths
    }
}

fn total(widths: &[usize]) -> usize {
    let shown = widths.iter().filter(|w| **w > 0).count();
    widths.iter().sum::<usize>() + GAP * shown.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table<3> {
        let mut t = Table::new([Column::words("City", 6), Column::number("Score"), Column::words("Why", 8)]);
        t.row([
            "Casablanca".into(),
            "61".into(),
            "last both sides met on 19 March 2014, on water and trade".into(),
        ]);
        t.row(["Frankfurt am Main".into(), "7".into(), "東京 delegation".into()]);
        t
    }

    #[test]
    fn a_table_fits_its_canvas_and_cuts_the_widest_first() {
        let mut out = Renderer { width: 40, ..Renderer::PLAIN };
        table().render(&mut out);
        insta::assert_snapshot!(out.text, @r"
        City              Score  Why
        Casablanca           61  last both side…
        Frankfurt am Ma…      7  東京 delegation
        ");
        assert!(out.text.lines().all(|l| width(l) <= 40));
    }

    #[test]
    fn an_empty_column_takes_no_room() {
        let mut t = Table::new([Column::words("City", 6), Column::words("Note", 4), Column::fixed("Since")]);
        t.row(["Lyon".into(), "".into(), "1951".into()]);
        let mut out = Renderer::PLAIN;
        t.render(&mut out);
        assert_eq!(out.text, "City  Since\nLyon  1951\n");
    }
}
