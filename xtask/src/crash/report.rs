//! The table that a run ends with.

use std::fmt::Write as _;

use super::compare::Found;

/// What became of one drill.
#[derive(Debug)]
pub(super) struct Row {
    drill: String,
    kills: u32,
    cuts: u32,
    found: Option<Found>,
    verdict: Verdict,
    note: String,
}

/// Whether a drill proved what it is for.
#[derive(Debug)]
pub(super) enum Verdict {
    Passed,
    Failed(String),
    /// Something it needs is not on this machine; the reason.
    NotRun(String),
}

impl Row {
    pub(super) fn new(drill: impl Into<String>) -> Self {
        let verdict = Verdict::Passed;
        Self { drill: drill.into(), kills: 0, cuts: 0, found: None, verdict, note: String::new() }
    }

    pub(super) fn kills(self, kills: u32) -> Self {
        Self { kills, ..self }
    }

    pub(super) fn cuts(self, cuts: u32) -> Self {
        Self { cuts, ..self }
    }

    pub(super) fn note(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }

    pub(super) fn verdict(self, verdict: Verdict) -> Self {
        Self { verdict, ..self }
    }

    /// What was found where nothing may be lost.
    pub(super) fn safe(self, found: Found) -> Self {
        let verdict = if found.is_sound() {
            Verdict::Passed
        } else {
            let numbers = format!("{} lost, {} doubled", found.lost, found.doubled);
            Verdict::Failed([&[numbers][..], &found.disagreements].concat().join("; "))
        };
        Self { found: Some(found), verdict, ..self }
    }

    /// It proves something only if so many writes were acknowledged.
    pub(super) fn at_least(self, least: usize) -> Self {
        let acknowledged = self.found.as_ref().map_or(0, |found| found.acknowledged);
        if self.has_passed() && acknowledged < least {
            let few = format!("too few writes were acknowledged to say anything: {least} are needed");
            return self.verdict(Verdict::Failed(few));
        }
        self
    }

    /// What was found where something has to be lost, or the drill proves nothing.
    pub(super) fn control(self, found: Found) -> Self {
        let verdict = if found.lost > 0 {
            Verdict::Passed
        } else {
            Verdict::Failed("the control lost nothing: its drill proves nothing".to_owned())
        };
        let note = format!("must lose: lost in {} of {} cuts", found.losing_strikes, self.cuts);
        Self { found: Some(found), verdict, note, ..self }
    }

    pub(super) fn has_passed(&self) -> bool {
        matches!(self.verdict, Verdict::Passed)
    }

    fn cells(&self) -> [String; 9] {
        let strikes = |number: u32| if number == 0 { "-".to_owned() } else { number.to_string() };
        let number = |of: fn(&Found) -> usize| {
            self.found.as_ref().map_or_else(|| "-".to_owned(), |found| of(found).to_string())
        };
        let verdict = match &self.verdict {
            Verdict::Passed => "passed",
            Verdict::Failed(_) => "FAILED",
            Verdict::NotRun(_) => "NOT RUN",
        };
        [
            self.drill.clone(),
            strikes(self.kills),
            strikes(self.cuts),
            number(|found| found.acknowledged),
            number(|found| found.repeated),
            number(|found| found.were_there),
            number(|found| found.lost),
            number(|found| found.doubled),
            verdict.to_owned(),
        ]
    }

    fn remark(&self) -> String {
        let reason = match &self.verdict {
            Verdict::Passed => "",
            Verdict::Failed(reason) | Verdict::NotRun(reason) => reason,
        };
        [reason, &self.note].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// The table, one line for each drill.
pub(super) fn table(rows: &[Row]) -> String {
    let head =
        ["drill", "kills", "cuts", "acknowledged", "repeated", "was there", "lost", "doubled", "verdict"];
    let lines: Vec<[String; 9]> =
        std::iter::once(head.map(str::to_owned)).chain(rows.iter().map(Row::cells)).collect();
    let mut widths = [0; 9];
    for line in &lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let remarks = std::iter::once(String::new()).chain(rows.iter().map(Row::remark));
    let mut table = String::new();
    for (line, remark) in lines.iter().zip(remarks) {
        let mut written = String::new();
        for (column, (cell, width)) in line.iter().zip(widths).enumerate() {
            // Writing to a string cannot fail.
            let _ = match column {
                0 | 8 => write!(written, "{cell:<width$}  "),
                _ => write!(written, "{cell:>width$}  "),
            };
        }
        table.push_str(format!("{written}{remark}").trim_end());
        table.push('\n');
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(lost: usize) -> Found {
        Found { acknowledged: 10, lost, ..Found::default() }
    }

    #[test]
    fn a_drill_that_lost_something_has_failed_and_a_control_that_lost_nothing_too() {
        assert!(Row::new("x").safe(found(0)).has_passed());
        assert!(!Row::new("x").safe(found(1)).has_passed());
        assert!(Row::new("x").safe(found(0)).at_least(10).has_passed());
        assert!(!Row::new("x").safe(found(0)).at_least(11).has_passed());
        assert!(!Row::new("x").safe(Found { doubled: 1, ..found(0) }).has_passed());
        let disagree = Found { disagreements: vec!["1 record without an event".to_owned()], ..found(0) };
        assert!(!Row::new("x").safe(disagree).has_passed());
        assert!(Row::new("x").cuts(5).control(found(3)).has_passed());
        assert!(!Row::new("x").cuts(5).control(found(0)).has_passed());
        assert!(!Row::new("x").verdict(Verdict::NotRun("not root".to_owned())).has_passed());
    }

    #[test]
    fn the_table_says_why_a_drill_did_not_pass() {
        let rows = [
            Row::new("sqlite-kill").kills(200).safe(found(0)),
            Row::new("sqlite-cut").verdict(Verdict::NotRun("not root".to_owned())),
        ];
        let table = table(&rows);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(
            lines[0],
            "drill        kills  cuts  acknowledged  repeated  was there  lost  doubled  verdict"
        );
        assert_eq!(
            lines[1],
            "sqlite-kill    200     -            10         0          0     0        0  passed"
        );
        assert_eq!(
            lines[2],
            "sqlite-cut       -     -             -         -          -     -        -  NOT RUN  not root"
        );
    }
}
