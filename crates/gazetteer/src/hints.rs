//! Weighing what is known beside the name: id, point, population, region.

use crate::fold::fold;
use crate::query::NEAR_KM;
use crate::ranking::{Bearer, Evidence, PointFit, RegionFit};
use crate::region::is_written;
use crate::resolve::{Asked, Scope};
use crate::search::Found;

impl Asked<'_> {
    /// Marks which hints fit which bearer; adds the place of a hinted id that does not bear the name.
    pub(crate) fn weigh_hints(&self, found: &mut Found) {
        let places = &self.gazetteer.places;
        if let Some(id) = self.hint.geonames
            && let Some(place) = places.by_id(id)
        {
            match found.bearers.iter_mut().find(|bearer| bearer.place == place) {
                Some(known) => known.has_hinted_id = true,
                None => found.bearers.push(Bearer {
                    has_hinted_id: true,
                    ..Bearer::new(place, places.record(place), Evidence::None)
                }),
            }
        }
        if let Some(point) = self.hint.point {
            for bearer in &mut found.bearers {
                let km = bearer.record.point().map(|here| here.distance_km(&point));
                bearer.point = match km {
                    Some(km) if km <= NEAR_KM => PointFit::Near { km },
                    Some(_) | None => PointFit::Far,
                };
            }
        }
        if let Some(people) = self.hint.population.filter(|&people| people > 0) {
            for bearer in &mut found.bearers {
                let here = u64::from(bearer.record.population);
                bearer.population_fits = here < people.saturating_mul(2) && people < here * 2;
            }
        }
        if let Some(written) = self.hint.admin1
            && !fold(written).is_empty()
        {
            self.weigh_region(written, &mut found.bearers);
        }
    }

    fn weigh_region(&self, written: &str, bearers: &mut [Bearer]) {
        let places = &self.gazetteer.places;
        let asked = fold(written);
        let mut known: Vec<(u32, bool)> = Vec::new();
        for bearer in bearers.iter_mut() {
            let region = bearer.record.region;
            let before = known.iter().find(|(one, _)| *one == region).map(|(_, matches)| *matches);
            let matches = before.unwrap_or_else(|| {
                let matches = places
                    .admin1(region)
                    .is_some_and(|admin1| is_written(admin1, places.country_code(region), &asked));
                known.push((region, matches));
                matches
            });
            let lies_there = || self.gazetteer.districts.of(bearer.place).filter(|it| it.is_written(written));
            if matches {
                bearer.region = RegionFit::Matches;
            } else if let Some(district) = lies_there() {
                bearer.district = Some(district.name);
                bearer.region = RegionFit::Matches;
            }
        }
        // A region that the country does not know is a contradiction too: it may tell places apart.
        let is_asked = matches!(self.scope, Scope::In(_));
        if is_asked || bearers.iter().any(|bearer| bearer.region == RegionFit::Matches) {
            let others = bearers.iter_mut().filter(|bearer| bearer.region != RegionFit::Matches);
            others.for_each(|bearer| bearer.region = RegionFit::Differs);
        }
    }
}
