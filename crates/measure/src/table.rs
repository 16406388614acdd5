//! The table: what was compared with what, what is needed, what was found, and what limits it.

use std::fmt;

use crate::{Outcome, Ratio};

/// A row of the table.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "benches make rows")]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// What it is compared with.
    pub beside: String,
    /// What has to be found.
    pub needed: Needed,
    /// What was found.
    pub found: Ratio,
    /// What keeps it from being faster.
    pub limit: String,
}

/// What has to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Needed {
    /// At least this part of the other side.
    Part(f64),
    /// At least so many times the other side.
    Times(f64),
    /// At most so many mebibytes.
    Mebibytes(f64),
    /// At least so many in a second.
    PerSecond(f64),
    /// At most so many milliseconds, in the median.
    Milliseconds(f64),
    /// Nothing: told for comparison.
    Nothing,
}

impl Row {
    /// A row of these.
    #[must_use]
    pub fn new(what: &str, beside: &str, needed: Needed, found: Ratio, limit: &str) -> Self {
        let [what, beside, limit] = [what, beside, limit].map(str::to_owned);
        Self { what, beside, needed, found, limit }
    }

    fn is_met(&self) -> bool {
        match self.needed {
            Needed::Part(least) | Needed::Times(least) | Needed::PerSecond(least) => {
                self.found.median >= least
            }
            Needed::Mebibytes(most) => self.found.highest <= most,
            Needed::Milliseconds(most) => self.found.median <= most,
            Needed::Nothing => true,
        }
    }

    /// One line for the process that started this one.
    #[must_use]
    pub fn to_line(&self) -> String {
        let Ratio { median, lowest, highest } = self.found;
        let (kind, number) = match self.needed {
            Needed::Part(number) => ("part", number),
            Needed::Times(number) => ("times", number),
            Needed::Mebibytes(number) => ("mebibytes", number),
            Needed::PerSecond(number) => ("per-second", number),
            Needed::Milliseconds(number) => ("milliseconds", number),
            Needed::Nothing => ("nothing", 0.0),
        };
        let Self { what, beside, limit, .. } = self;
        format!("row\t{what}\t{beside}\t{kind}\t{number}\t{median}\t{lowest}\t{highest}\t{limit}")
    }

    /// Reads such a line; none if it is another.
    ///
    /// # Errors
    ///
    /// If a number in it is none.
    pub fn from_line(line: &str) -> Outcome<Option<Self>> {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["row", what, beside, kind, number, median, lowest, highest, limit] = fields[..] else {
            return Ok(None);
        };
        let number: f64 = number.parse()?;
        let needed = match kind {
            "part" => Needed::Part(number),
            "times" => Needed::Times(number),
            "mebibytes" => Needed::Mebibytes(number),
            "per-second" => Needed::PerSecond(number),
            "milliseconds" => Needed::Milliseconds(number),
            _ => Needed::Nothing,
        };
        let found = Ratio { median: median.parse()?, lowest: lowest.parse()?, highest: highest.parse()? };
        Ok(Some(Self::new(what, beside, needed, found, limit)))
    }
}

/// All rows.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    notes: Vec<String>,
}

impl Table {
    /// Adds rows at the end.
    pub fn add(&mut self, rows: Vec<Row>) {
        self.rows.extend(rows);
    }

    /// Adds a line below the table.
    pub fn note(&mut self, note: &str) {
        self.notes.push(note.to_owned());
    }

    /// Whether everything that is needed was found.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.rows.iter().all(Row::is_met)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| What | Beside | Needed | Found (lowest – highest round) | Met | What limits it |")?;
        writeln!(f, "| --- | --- | --- | --- | --- | --- |")?;
        for row in &self.rows {
            let Row { what, beside, found: Ratio { median, lowest, highest }, limit, .. } = row;
            let met = if row.is_met() { "yes" } else { "**no**" };
            let (needed, found) = match row.needed {
                Needed::Part(least) => (
                    format!("≥ {:.0} %", 100.0 * least),
                    format!("**{:.0} %** ({:.0} – {:.0})", 100.0 * median, 100.0 * lowest, 100.0 * highest),
                ),
                Needed::Times(least) => {
                    (format!("≥ {least:.0} ×"), format!("**{median:.1} ×** ({lowest:.1} – {highest:.1})"))
                }
                Needed::Mebibytes(most) => (format!("< {most:.0} MiB"), format!("**{median:.1} MiB**")),
                Needed::PerSecond(least) => {
                    (format!("≥ {least:.0}/s"), format!("**{median:.0}/s** ({lowest:.0} – {highest:.0})"))
                }
                Needed::Milliseconds(most) => {
                    (format!("≤ {most:.0} ms"), format!("**{median:.1} ms** ({lowest:.1} – {highest:.1})"))
                }
                Needed::Nothing => ("–".to_owned(), format!("{median:.1} × ({lowest:.1} – {highest:.1})")),
            };
            let met = if row.needed == Needed::Nothing { "–" } else { met };
            writeln!(f, "| {what} | {beside} | {needed} | {found} | {met} | {limit} |")?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "\n{note}"))
    }
}
