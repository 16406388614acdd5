//! The table, and what is promised.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

use super::good::Suffered;

/// 99 of 100 good requests are answered within this.
const P99: Duration = Duration::from_millis(250);
/// `/livez` is always answered within this.
const LIVEZ: Duration = Duration::from_millis(100);
/// The server's memory stays below this.
const MEBIBYTES: u64 = 300;
/// So many of 100 good requests of quiet times are answered.
const GOODPUT: usize = 80;

/// What attackers were told: a status, or how it ended otherwise, and how often.
pub(super) type Told = BTreeMap<String, u64>;

/// One attack.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) attack: &'static str,
    pub(super) suffered: Suffered,
    /// How many good requests are answered when all is quiet.
    pub(super) usual: usize,
    pub(super) told: Told,
}

impl Row {
    fn goodput(&self) -> usize {
        100 * self.suffered.answered / self.usual.max(1)
    }

    pub(super) fn has_held(&self) -> bool {
        let Suffered { p99, livez, mebibytes, .. } = self.suffered;
        p99 < P99 && livez < LIVEZ && mebibytes < MEBIBYTES && self.goodput() >= GOODPUT
    }
}

pub(super) fn table(rows: &[Row]) -> String {
    let mut text = String::from(
        "| attack | good requests: median | p99 (< 250 ms) | answered (≥ 80 %) | `/livez`, longest (< 100 ms) | memory (< 300 MiB) | \
         held | attackers were told |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in rows {
        let Suffered { median, p99, livez, mebibytes, failed, .. } = row.suffered;
        let told: Vec<String> = row.told.iter().map(|(what, often)| format!("{what} × {often}")).collect();
        let refused = if failed == 0 { String::new() } else { format!(", {failed} not") };
        let held = if row.has_held() { "yes" } else { "**no**" };
        // Writing into a `String` cannot fail.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} %{refused} | {} | {mebibytes} MiB | {held} | {} |",
            row.attack,
            milliseconds(median),
            milliseconds(p99),
            row.goodput(),
            milliseconds(livez),
            told.join(", "),
        );
    }
    text
}

fn milliseconds(time: Duration) -> String {
    if time == Duration::MAX { "never".to_owned() } else { format!("{:.1} ms", 1_000.0 * time.as_secs_f64()) }
}
