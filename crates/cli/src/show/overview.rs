//! All partnerships at a glance: which live, which wane, when they will cool, and where the record says nothing.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::vitality::Rung;
use sister_cities_client::api::domain::vitality::StandingKind;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use sister_cities_client::api::due::NextTouchView;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::practice::LearningView;
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::{ForecastView, VitalityView};

use crate::resource::adoptions::some_learned;
use crate::resource::due::touch_table;

use super::responsible::Names;
use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style, clip};
use super::timeline::Standing;
use super::wording::{Perspective, coverage, date, forecast_day, present_kind, score, standing};

/// What the overview is made of; with `--json`, just this.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    pub(crate) as_of: NaiveDate,
    pub(crate) programme: ProgrammeView,
    pub(crate) partnerships: Vec<PartnershipView>,
    pub(crate) vitality: Vec<VitalityView>,
    /// The next touch of each, the earliest first; none as of another day than today.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) touches: Vec<NextTouchView>,
    /// Who learned what from whom, the latest step first; none as of another day than today.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) learning: Vec<LearningView>,
    /// What those who do it are called.
    #[serde(skip)]
    pub(crate) names: Names,
}

struct Entry<'a> {
    name: String,
    kind: (usize, String),
    partnership: &'a PartnershipView,
    vitality: &'a VitalityView,
}

impl Overview {
    pub(crate) fn render(&self, out: &mut Renderer) {
        let perspective = Perspective { programme: self.programme.clone() };
        let entries = self.entries(&perspective);
        out.heading(&format!("{} as of {}", self.programme.name.as_str(), self.as_of));
        out.paragraph(0, Style::Plain, &tally(&entries));
        for group in entries.chunk_by(|a, b| a.kind == b.kind) {
            out.end_line();
            let kind = group.first().map_or("", |entry| entry.kind.1.as_str());
            out.heading(&format!("{} ({})", capital(kind), group.len()));
            table(group).render(out);
        }
        next_touches(out, &perspective, self);
        some_learned(&self.learning, LEARNED, out);
        reasons(out, &entries);
        log_says(out, &entries, self.as_of);
        records(out, &entries);
    }

    fn entries(&self, perspective: &Perspective) -> Vec<Entry<'_>> {
        let vitality: BTreeMap<_, _> = self.vitality.iter().map(|v| (v.partnership, v)).collect();
        let mut entries: Vec<Entry<'_>> = self
            .partnerships
            .iter()
            .filter_map(|partnership| {
                let kind = present_kind(partnership)?;
                Some(Entry {
                    name: perspective.partners(&partnership.members),
                    kind: (perspective.rank(kind), perspective.kind(kind).to_owned()),
                    partnership,
                    vitality: vitality.get(&partnership.id)?,
                })
            })
            .filter(|entry| entry.vitality.standing.standing != StandingKind::NotInForce)
            .collect();
        entries.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        entries
    }
}

fn tally(entries: &[Entry<'_>]) -> String {
    let of = |wanted: Standing| entries.iter().filter(|b| standing(&b.vitality.standing) == wanted).count();
    let parts: Vec<String> =
        [Standing::Active, Standing::Cooling, Standing::Dormant, Standing::NotKnown, Standing::Suspended]
            .into_iter()
            .map(|standing| (of(standing), standing.word()))
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
    match parts.as_slice() {
        [] => "No bonds.".to_owned(),
        parts => format!("{} bonds: {}.", entries.len(), parts.join(", ")),
    }
}

fn table(entries: &[Entry<'_>]) -> Table<6> {
    let mut table = Table::new([
        Column::words("City", 8),
        Column::fixed("Since"),
        Column::fixed("Standing"),
        Column::number("Score"),
        Column::fixed("Last met"),
        Column::words("Outlook", 12),
    ]);
    for entry in entries {
        let standing = standing(&entry.vitality.standing);
        table.row([
            Cell::new(&entry.name),
            date(entry.partnership.since.as_ref()).into(),
            Cell::styled(standing.style(), standing.word()),
            entry.vitality.score.as_ref().map_or_else(Cell::none, |s| score(s).into()),
            date(entry.vitality.last_mutual.as_ref().map(|c| &c.date)).into(),
            outlook(standing, entry.vitality),
        ]);
    }
    table
}

/// What is to come, in three words.
fn outlook(standing: Standing, vitality: &VitalityView) -> Cell {
    match standing {
        Standing::Active | Standing::Cooling => {
            vitality.forecast.as_ref().and_then(next_fall).map_or_else(Cell::none, Cell::new)
        }
        Standing::Dormant => Cell::styled(Style::Faint, "needs a contact"),
        Standing::NotKnown => {
            // What is missing from the record can only keep it alive for longer.
            let dormant = vitality.forecast.as_ref().and_then(|forecast| forecast.dormant_on.as_ref());
            let outlook = match (&vitality.standing.at_worst, dormant) {
                (_, Some(day)) => format!("holds until {}", day.earliest.format("%Y-%m")),
                (Some(Word::Known(Rung::Cooling)), None) => "at worst cooling".to_owned(),
                (_, None) => "log incomplete".to_owned(),
            };
            Cell::styled(Style::Faint, outlook)
        }
        Standing::Suspended => match &vitality.standing.since {
            Some(since) => Cell::styled(Style::Faint, format!("since {since}")),
            None => Cell::none(),
        },
        Standing::NotInForce => Cell::none(),
    }
}

fn next_fall(forecast: &ForecastView) -> Option<String> {
    let cooling = forecast.cooling_on.as_ref().map(|day| format!("cooling {}", forecast_day(day)));
    cooling.or_else(|| forecast.dormant_on.as_ref().map(|day| format!("dormant {}", forecast_day(day))))
}

/// So much of what was learnt is shown.
const LEARNED: usize = 3;
/// So many of the next touches are shown; the rest by a command of its own.
const TOUCHES: usize = 10;

/// What comes next, and who does it.
fn next_touches(out: &mut Renderer, perspective: &Perspective, Overview { touches, names, .. }: &Overview) {
    if touches.is_empty() {
        return;
    }
    out.end_line();
    out.heading("Next");
    touch_table(perspective, touches.get(..TOUCHES).unwrap_or(touches), names).render(out);
    if touches.len() > TOUCHES {
        let more = format!("And {} more: `sister-cities due touches`.", touches.len() - TOUCHES);
        out.paragraph(2, Style::Faint, &more);
    }
}

/// Why the partnerships that are on nobody's good side are there.
fn reasons(out: &mut Renderer, entries: &[Entry<'_>]) {
    let telling = |entry: &&Entry<'_>| {
        matches!(
            standing(&entry.vitality.standing),
            Standing::Cooling | Standing::Dormant | Standing::Suspended
        )
    };
    let told: Vec<&Entry<'_>> = entries.iter().filter(telling).collect();
    if told.is_empty() {
        return;
    }
    out.end_line();
    out.heading("Why");
    for entry in told {
        let head = format!("  {}: ", entry.name);
        let mut text = entry.vitality.standing.sentence.clone();
        if standing(&entry.vitality.standing) == Standing::Suspended {
            for fact in [
                entry.partnership.status.authority.as_ref().map(|a| format!("By {a}.")),
                entry.partnership.status.note.as_ref().map(|note| format!("Condition or reason: {note}")),
            ]
            .into_iter()
            .flatten()
            {
                text.push(' ');
                text.push_str(&fact);
            }
        }
        out.hanging((Style::Strong, &clip(&head, 30)), Style::Plain, &text);
    }
}

/// After so many years without a contact a bond is asked about as cooling, and as dormant: a question, not a claim.
const COOLING_YEARS: i32 = 3;
const DORMANT_YEARS: i32 = 5;

/// What the log itself says of those whose standing is not known, as nobody said for which time it is complete: by need, the longest
/// silent first. A question mark is not a claim.
fn log_says(out: &mut Renderer, entries: &[Entry<'_>], as_of: NaiveDate) {
    let unknown = |entry: &&Entry<'_>| standing(&entry.vitality.standing) == Standing::NotKnown;
    let mut open: Vec<&Entry<'_>> = entries.iter().filter(unknown).collect();
    if open.is_empty() {
        return;
    }
    let last = |entry: &Entry<'_>| entry.vitality.last_mutual.as_ref().map(|contact| contact.date);
    open.sort_by_key(|entry| (last(entry).map(|date| date.latest()), entry.name.clone()));
    out.end_line();
    out.heading("By the log itself, not proved");
    for entry in open {
        let head = format!("  {}: ", clip(&entry.name, 26));
        let text = match last(entry) {
            None => "no contact in the log".to_owned(),
            Some(date) => {
                let years = as_of
                    .years_since(date.latest())
                    .map_or(0, |years| i32::try_from(years).unwrap_or(i32::MAX));
                let silent = format!("last met {}, silent for {years} years", date.in_words());
                match years {
                    DORMANT_YEARS.. => format!("dormant? {silent}"),
                    COOLING_YEARS.. => format!("cooling? {silent}"),
                    _ => format!("last met {}", date.in_words()),
                }
            }
        };
        out.hanging((Style::Strong, &head), Style::Plain, &text);
    }
    out.paragraph(2, Style::Watch, "For which time is the log complete? One answer holds for all of it:");
    out.paragraph(2, Style::Plain, "sister-cities partnerships record --all --from YEAR --source WHO");
}

/// For which time which logs are believed complete.
fn records(out: &mut Renderer, entries: &[Entry<'_>]) {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut unstated: Vec<&str> = Vec::new();
    for entry in entries {
        if entry.partnership.record.is_empty() {
            unstated.push(&entry.name);
        } else {
            groups.entry(coverage(&entry.partnership.record)).or_default().push(&entry.name);
        }
    }
    out.end_line();
    out.heading("The record");
    out.paragraph(2,
        Style::Faint,
        "Where the log is not believed complete, silence proves nothing: the standing is \"not known\", never \"dormant\".",
    );
    for (span, names) in groups {
        out.paragraph(2, Style::Plain, &format!("Complete {span}: {}.", names.join(", ")));
    }
    if !unstated.is_empty() {
        out.paragraph(2, Style::Plain, &format!("Not stated: {}.", unstated.join(", ")));
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
