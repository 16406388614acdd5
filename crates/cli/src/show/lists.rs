//! Lists of records, one line each.

use sister_cities_client::api::Word;
use sister_cities_client::api::domain::engagement::Mutuality;
use sister_cities_client::api::domain::place::PlaceIdentity;
use sister_cities_client::api::engagement::EngagementView;
use sister_cities_client::api::import::ImportView;
use sister_cities_client::api::partnership::PartnershipView;
use sister_cities_client::api::place::PlaceView;
use sister_cities_client::api::programme::ProgrammeView;
use sister_cities_client::api::vitality::VitalityView;

use super::table::{Cell, Column, Table};
use super::text::{Renderer, Style};
use super::wording::{
    Perspective, date, forecast_day, grouped, present_kind, score, standing, status, status_style, words,
};

pub(crate) fn programmes(all: &[ProgrammeView], out: &mut Renderer) {
    let mut table =
        Table::new([Column::words("Programme", 12), Column::fixed("Id"), Column::fixed("Language")]);
    for programme in all {
        table.row([
            programme.name.as_str().into(),
            programme.id.to_string().into(),
            programme.language.to_string().into(),
        ]);
    }
    table.render_or("None.", out);
}

pub(crate) fn places(all: &[PlaceView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("Place", 12),
        Column::words("Country", 8),
        Column::words("Part of", 6),
        Column::number("People"),
        Column::number("GeoNames"),
        Column::words("", 6),
    ]);
    for place in all {
        let people =
            place.population.last().map_or_else(Cell::none, |p| grouped(&p.people.to_string()).into());
        let geonames = place.external_ids.geonames.map_or_else(Cell::none, |id| id.to_string().into());
        let unresolved = place.identity != PlaceIdentity::Resolved;
        table.row([
            place.display_name.as_str().into(),
            place.country.map_or("–", |c| c.english_name()).into(),
            place.admin1.as_ref().map_or("", |a| a.as_str()).into(),
            people,
            geonames,
            Cell::styled(Style::Watch, if unresolved { "by name only" } else { "" }),
        ]);
    }
    table.render_or("None.", out);
}

pub(crate) fn partnerships(perspective: &Perspective, all: &[PartnershipView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("City", 12),
        Column::words("Kind", 8),
        Column::fixed("Since"),
        Column::fixed("Status"),
        Column::fixed("Status since"),
    ]);
    for partnership in all {
        table.row([
            perspective.partners_in_full(&partnership.members).into(),
            present_kind(partnership).map_or("–", |kind| perspective.kind(kind)).into(),
            date(partnership.since.as_ref()).into(),
            Cell::styled(status_style(&partnership.status.status), status(&partnership.status.status)),
            date(partnership.status.since.as_ref()).into(),
        ]);
    }
    table.render_or("None.", out);
}

pub(crate) fn vitality(perspective: &Perspective, all: &[VitalityView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::words("City", 8),
        Column::fixed("Standing"),
        Column::number("Score"),
        Column::fixed("Last met"),
        Column::fixed("Cooling on"),
        Column::fixed("Dormant on"),
    ]);
    for partnership in all {
        let standing = standing(&partnership.standing);
        let falls = partnership.forecast.as_ref();
        table.row([
            perspective.partners(&partnership.members).into(),
            Cell::styled(standing.style(), standing.word()),
            partnership.score.as_ref().map_or_else(Cell::none, |s| score(s).into()),
            date(partnership.last_mutual.as_ref().map(|c| &c.date)).into(),
            falls.and_then(|f| f.cooling_on.as_ref()).map_or_else(Cell::none, |d| forecast_day(d).into()),
            falls.and_then(|f| f.dormant_on.as_ref()).map_or_else(Cell::none, |d| forecast_day(d).into()),
        ]);
    }
    table.render_or("None.", out);
    let note =
        "The days are reckoned from the contacts on record, if nothing happens; ~ marks uncertain dates.";
    out.paragraph(0, Style::Faint, note);
}

/// Engagements with the name of their partner.
pub(crate) fn engagements(all: &[(EngagementView, String)], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("When"),
        Column::words("City", 8),
        Column::fixed("Way"),
        Column::words("Focus", 10),
        Column::words("What", 20),
    ]);
    for (engagement, partner) in all {
        let foci: Vec<String> = engagement.foci.iter().map(|f| words(&f.to_string())).collect();
        let style = match engagement.mutuality {
            Word::Known(Mutuality::Mutual) => Style::Plain,
            Word::Known(Mutuality::OneSided | Mutuality::None | _) | Word::Unrecognised(_) => Style::Faint,
        };
        table.row([
            date(engagement.start.as_ref()).into(),
            partner.into(),
            engagement.direction.as_str().into(),
            foci.join(", ").into(),
            Cell::styled(style, engagement.title.as_str()),
        ]);
    }
    table.render_or("None.", out);
}

pub(crate) fn imports(all: &[ImportView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Id"),
        Column::words("What", 8),
        Column::fixed("State"),
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
    table.render_or("None.", out);
}
