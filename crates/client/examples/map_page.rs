//! Writes a map of the partnerships as `GeoJSON`, which any map on a web page shows.
//!
//! Needs `programme:read`. `map_page partners.geojson`

mod connect;

use std::collections::BTreeMap;
use std::error::Error;
use std::{env, fs};

use serde_json::{Value, json};
use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::api::place::ListPlacesQuery;
use sister_cities_client::resource::Programme;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let file = env::args().nth(1).ok_or("give the file to write")?;
    fs::write(file, serde_json::to_vec(&map(&programme).await?)?)?;
    Ok(())
}

/// A point for each place whose position is known, and a line for each partnership between two of them.
pub(crate) async fn map(programme: &Programme) -> Result<Value, Box<dyn Error>> {
    let places = programme.places().list(ListPlacesQuery::default()).all().await?;
    let mut positions = BTreeMap::new();
    let mut features = Vec::new();
    for place in &places {
        let Some(point) = &place.point else { continue };
        let position = json!([point.longitude, point.latitude]);
        features.push(feature("Point", &position, place.display_name.as_str()));
        positions.insert(place.id, position);
    }
    for partnership in programme.partnerships().list(ListPartnershipsQuery::default()).all().await? {
        let ends: Vec<_> = partnership.members.iter().filter_map(|m| positions.get(&m.place)).collect();
        let names: Vec<_> = partnership.members.iter().map(|member| member.name.as_str()).collect();
        if ends.len() == 2 {
            features.push(feature("LineString", &json!(ends), &names.join(" and ")));
        }
    }
    Ok(json!({ "type": "FeatureCollection", "features": features }))
}

fn feature(shape: &str, coordinates: &Value, name: &str) -> Value {
    json!({
        "type": "Feature",
        "geometry": { "type": shape, "coordinates": coordinates },
        "properties": { "name": name },
    })
}
