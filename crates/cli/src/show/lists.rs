//! Lists of records, one line each.

use sister_cities_client::api::engagement::{EngagementView, MutualityWord};
use sister_cities_client::api::import::ImportView;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::place::{IdentityWord, PlaceView};
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::VitalityView;

use super::bond::{Lens, date, forecast_day, present_kind, score, stand, status, status_ink, words};
use super::table::{Cell, Column, Table};
use super::text::{Canvas, Ink};

/// Says that a list is empty, where it is.
pub(super) fn or_none<const N: usize>(table: &Table<N>, canvas: Canvas, out: &mut String) {
    if table.is_empty() {
        canvas.paragraph(out, 0, Ink::Faint, "None.");
    } else {
        table.render(canvas, out);
    }
}

pub(crate) fn programmes(all: &[ProgrammeView], canvas: Canvas, out: &mut String) {
    let mut table =
        Table::new([Column::words("Programme", 12), Column::firm("Id"), Column::firm("Language")]);
    for programme in all {
        table.row([
            programme.name.as_str().into(),
            programme.id.to_string().into(),
            programme.language.to_string().into(),
        ]);
    }
    or_none(&table, canvas, out);
}

pub(crate) fn places(all: &[PlaceView], canvas: Canvas, out: &mut String) {
    let mut table = Table::new([
        Column::words("Place", 12),
        Column::words("Country", 8),
        Column::words("Part of", 6),
        Column::number("People"),
        Column::number("GeoNames"),
        Column::words("", 6),
    ]);
    for place in all {
        let people = place.population.last().map_or_else(Cell::none, |p| thousands(p.people).into());
        let geonames = place.external_ids.geonames.map_or_else(Cell::none, |id| id.to_string().into());
        let unresolved = place.identity != IdentityWord::Resolved;
        table.row([
            place.display_name.as_str().into(),
            place.country.map_or("–", |c| c.english_name()).into(),
            place.admin1.as_ref().map_or("", |a| a.as_str()).into(),
            people,
            geonames,
            Cell::inked(Ink::Watch, if unresolved { "by name only" } else { "" }),
        ]);
    }
    or_none(&table, canvas, out);
}

pub(crate) fn partnerships(lens: &Lens, all: &[PartnershipView], canvas: Canvas, out: &mut String) {
    let mut table = Table::new([
        Column::words("City", 12),
        Column::words("Kind", 8),
        Column::firm("Since"),
        Column::firm("Status"),
        Column::firm("Status since"),
    ]);
    for bond in all {
        table.row([
            lens.partners_in_full(&bond.members).into(),
            present_kind(bond).map_or("–", |kind| lens.kind(kind)).into(),
            date(bond.since.as_ref()).into(),
            Cell::inked(status_ink(&bond.status.status), status(&bond.status.status)),
            date(bond.status.since.as_ref()).into(),
        ]);
    }
    or_none(&table, canvas, out);
}

pub(crate) fn vitality(lens: &Lens, all: &[VitalityView], canvas: Canvas, out: &mut String) {
    let mut table = Table::new([
        Column::words("City", 8),
        Column::firm("Standing"),
        Column::number("Score"),
        Column::firm("Last met"),
        Column::firm("Cooling on"),
        Column::firm("Dormant on"),
    ]);
    for bond in all {
        let stand = stand(&bond.standing);
        let falls = bond.forecast.as_ref();
        table.row([
            lens.partners(&bond.members).into(),
            Cell::inked(stand.ink(), stand.word()),
            bond.score.as_ref().map_or_else(Cell::none, |s| score(s).into()),
            date(bond.last_mutual.as_ref().map(|c| &c.date)).into(),
            falls.and_then(|f| f.cooling_on.as_ref()).map_or_else(Cell::none, |d| forecast_day(d).into()),
            falls.and_then(|f| f.dormant_on.as_ref()).map_or_else(Cell::none, |d| forecast_day(d).into()),
        ]);
    }
    or_none(&table, canvas, out);
    let note =
        "The days are reckoned from the contacts on record, if nothing happens; ~ marks uncertain dates.";
    canvas.paragraph(out, 0, Ink::Faint, note);
}

/// Engagements with the name of their partner.
pub(crate) fn engagements(all: &[(EngagementView, String)], canvas: Canvas, out: &mut String) {
    let mut table = Table::new([
        Column::firm("When"),
        Column::words("City", 8),
        Column::firm("Way"),
        Column::words("Focus", 10),
        Column::words("What", 20),
    ]);
    for (engagement, partner) in all {
        let foci: Vec<String> = engagement.foci.iter().map(|f| words(&f.to_string())).collect();
        let ink = match engagement.mutuality {
            MutualityWord::Mutual => Ink::Plain,
            MutualityWord::OneSided | MutualityWord::None | MutualityWord::Unrecognised(_) | _ => Ink::Faint,
        };
        table.row([
            date(engagement.start.as_ref()).into(),
            partner.into(),
            engagement.direction.as_str().into(),
            foci.join(", ").into(),
            Cell::inked(ink, engagement.title.as_str()),
        ]);
    }
    or_none(&table, canvas, out);
}

pub(crate) fn imports(all: &[ImportView], canvas: Canvas, out: &mut String) {
    let mut table = Table::new([
        Column::firm("Id"),
        Column::words("What", 8),
        Column::firm("State"),
        Column::number("Lines"),
        Column::words("File", 8),
    ]);
    for import in all {
        table.row([
            import.id.to_string().into(),
            import.kind.as_str().into(),
            words(import.state.as_str()).into(),
            import.tally.map_or_else(Cell::none, |t| t.total.to_string().into()),
            import.file_name.as_ref().map_or("–", |n| n.as_str()).into(),
        ]);
    }
    or_none(&table, canvas, out);
}

/// A whole number in groups of three.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_numbers_are_grouped() {
        assert_eq!([0, 12, 999, 1_000, 2_746_388].map(thousands), ["0", "12", "999", "1,000", "2,746,388"]);
    }
}
