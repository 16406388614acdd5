//! All bonds at a glance: which live, which wane, when they will cool, and where the record says nothing.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::{ForecastView, RungWord, StandingWord, VitalityView};

use super::bond::{Lens, coverage, date, forecast_day, present_kind, score, stand};
use super::table::{Cell, Column, Table};
use super::text::{Canvas, Ink, clip, safe};
use super::timeline::Stand;

/// What the overview is made of; with `--json`, just this.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    pub(crate) as_of: NaiveDate,
    pub(crate) programme: ProgrammeView,
    pub(crate) partnerships: Vec<PartnershipView>,
    pub(crate) vitality: Vec<VitalityView>,
}

struct Bond<'a> {
    name: String,
    kind: (usize, String),
    partnership: &'a PartnershipView,
    vitality: &'a VitalityView,
}

impl Overview {
    pub(crate) fn render(&self, canvas: Canvas, out: &mut String) {
        let lens = Lens { programme: self.programme.clone() };
        let bonds = self.bonds(&lens);
        canvas.heading(out, &format!("{} as of {}", safe(self.programme.name.as_str()), self.as_of));
        canvas.paragraph(out, 0, Ink::Plain, &tally(&bonds));
        for group in bonds.chunk_by(|a, b| a.kind == b.kind) {
            out.push('\n');
            let kind = group.first().map_or("", |bond| bond.kind.1.as_str());
            canvas.heading(out, &format!("{} ({})", capital(&safe(kind)), group.len()));
            table(group).render(canvas, out);
        }
        reasons(canvas, &bonds, out);
        records(canvas, &bonds, out);
    }

    fn bonds(&self, lens: &Lens) -> Vec<Bond<'_>> {
        let vitality: BTreeMap<_, _> = self.vitality.iter().map(|v| (v.partnership, v)).collect();
        let mut bonds: Vec<Bond<'_>> = self
            .partnerships
            .iter()
            .filter_map(|partnership| {
                let kind = present_kind(partnership)?;
                Some(Bond {
                    name: lens.partners(&partnership.members),
                    kind: (lens.rank(kind), lens.kind(kind).to_owned()),
                    partnership,
                    vitality: vitality.get(&partnership.id)?,
                })
            })
            .filter(|bond| bond.vitality.standing.standing != StandingWord::NotInForce)
            .collect();
        bonds.sort_by(|a, b| (&a.kind, &a.name).cmp(&(&b.kind, &b.name)));
        bonds
    }
}

fn tally(bonds: &[Bond<'_>]) -> String {
    let of = |wanted: Stand| bonds.iter().filter(|b| stand(&b.vitality.standing) == wanted).count();
    let parts: Vec<String> =
        [Stand::Active, Stand::Cooling, Stand::Dormant, Stand::NotKnown, Stand::Suspended]
            .into_iter()
            .map(|stand| (of(stand), stand.word()))
            .filter(|(number, _)| *number > 0)
            .map(|(number, word)| format!("{number} {word}"))
            .collect();
    match parts.as_slice() {
        [] => "No bonds.".to_owned(),
        parts => format!("{} bonds: {}.", bonds.len(), parts.join(", ")),
    }
}

fn table(bonds: &[Bond<'_>]) -> Table<6> {
    let mut table = Table::new([
        Column::words("City", 8),
        Column::firm("Since"),
        Column::firm("Standing"),
        Column::number("Score"),
        Column::firm("Last met"),
        Column::words("Outlook", 12),
    ]);
    for bond in bonds {
        let stand = stand(&bond.vitality.standing);
        table.row([
            Cell::new(&bond.name),
            date(bond.partnership.since.as_ref()).into(),
            Cell::inked(stand.ink(), stand.word()),
            bond.vitality.score.as_ref().map_or_else(Cell::none, |s| score(s).into()),
            date(bond.vitality.last_mutual.as_ref().map(|c| &c.date)).into(),
            outlook(stand, bond.vitality),
        ]);
    }
    table
}

/// What is to come, in three words.
fn outlook(stand: Stand, vitality: &VitalityView) -> Cell {
    match stand {
        Stand::Active | Stand::Cooling => {
            vitality.forecast.as_ref().and_then(next_fall).map_or_else(Cell::none, Cell::new)
        }
        Stand::Dormant => Cell::inked(Ink::Faint, "needs a contact"),
        Stand::NotKnown => {
            // What is missing from the record can only keep it alive for longer.
            let dormant = vitality.forecast.as_ref().and_then(|forecast| forecast.dormant_on.as_ref());
            let outlook = match (&vitality.standing.at_worst, dormant) {
                (_, Some(day)) => format!("not dormant before {}", day.earliest.format("%Y-%m")),
                (Some(RungWord::Cooling), None) => "at worst cooling".to_owned(),
                (_, None) => "log incomplete".to_owned(),
            };
            Cell::inked(Ink::Faint, outlook)
        }
        Stand::Suspended => match &vitality.standing.since {
            Some(since) => Cell::inked(Ink::Faint, format!("since {since}")),
            None => Cell::none(),
        },
        Stand::NotInForce => Cell::none(),
    }
}

fn next_fall(forecast: &ForecastView) -> Option<String> {
    let cooling = forecast.cooling_on.as_ref().map(|day| format!("cooling {}", forecast_day(day)));
    cooling.or_else(|| forecast.dormant_on.as_ref().map(|day| format!("dormant {}", forecast_day(day))))
}

/// Why the bonds that are on nobody's good side are there.
fn reasons(canvas: Canvas, bonds: &[Bond<'_>], out: &mut String) {
    let telling = |bond: &&Bond<'_>| {
        matches!(stand(&bond.vitality.standing), Stand::Cooling | Stand::Dormant | Stand::Suspended)
    };
    let told: Vec<&Bond<'_>> = bonds.iter().filter(telling).collect();
    if told.is_empty() {
        return;
    }
    out.push('\n');
    canvas.heading(out, "Why");
    for bond in told {
        let head = format!("  {}: ", safe(&bond.name));
        let mut text = safe(&bond.vitality.standing.sentence).into_owned();
        if stand(&bond.vitality.standing) == Stand::Suspended {
            for fact in [
                bond.partnership.status.authority.as_ref().map(|a| format!("By {a}.")),
                bond.partnership.status.note.as_ref().map(|note| format!("Condition or reason: {note}")),
            ]
            .into_iter()
            .flatten()
            {
                text.push(' ');
                text.push_str(&safe(&fact));
            }
        }
        canvas.hanging(out, (Ink::Strong, &clip(&head, 30)), Ink::Plain, &text);
    }
}

/// For which time which logs are believed complete.
fn records(canvas: Canvas, bonds: &[Bond<'_>], out: &mut String) {
    let mut groups: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut unstated: Vec<&str> = Vec::new();
    for bond in bonds {
        if bond.partnership.record.is_empty() {
            unstated.push(&bond.name);
        } else {
            groups.entry(coverage(&bond.partnership.record)).or_default().push(&bond.name);
        }
    }
    out.push('\n');
    canvas.heading(out, "The record");
    canvas.paragraph(
        out,
        2,
        Ink::Faint,
        "Where the log is not believed complete, silence proves nothing: the standing is \"not known\", never \"dormant\".",
    );
    for (span, names) in groups {
        canvas.paragraph(out, 2, Ink::Plain, &format!("Complete {span}: {}.", safe(&names.join(", "))));
    }
    if !unstated.is_empty() {
        canvas.paragraph(out, 2, Ink::Plain, &format!("Not stated: {}.", safe(&unstated.join(", "))));
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
