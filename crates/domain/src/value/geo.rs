//! Points on the globe, and how far apart they are.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::InvalidValue;

/// The IUGG mean radius R₁ of the Earth, in kilometres.
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// A point by latitude and longitude in decimal degrees, WGS 84, north and east positive.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RawPoint", into = "RawPoint")]
pub struct GeoPoint {
    latitude: f64,
    longitude: f64,
}

#[derive(Serialize, Deserialize)]
struct RawPoint {
    latitude: f64,
    longitude: f64,
}

impl GeoPoint {
    /// A point; latitude first.
    ///
    /// # Errors
    ///
    /// [`InvalidValue::OutOfRange`] if the latitude lies outside ±90°, the longitude outside ±180°, or either is not a number.
    pub fn new(latitude: f64, longitude: f64) -> Result<Self, InvalidValue> {
        if !(-90.0..=90.0).contains(&latitude) {
            return Err(InvalidValue::out_of_range(&latitude, "a latitude from -90 to 90 degrees"));
        }
        if !(-180.0..=180.0).contains(&longitude) {
            return Err(InvalidValue::out_of_range(&longitude, "a longitude from -180 to 180 degrees"));
        }
        // -0.0 would print a sign and compare equal to 0.0 only sometimes.
        Ok(Self { latitude: latitude + 0.0, longitude: longitude + 0.0 })
    }

    /// The latitude in decimal degrees, north positive: -90 to 90.
    #[must_use]
    pub const fn latitude(&self) -> f64 {
        self.latitude
    }

    /// The longitude in decimal degrees, east positive: -180 to 180.
    #[must_use]
    pub const fn longitude(&self) -> f64 {
        self.longitude
    }

    /// The great-circle distance to another point, in kilometres.
    ///
    /// Haversine on a sphere of radius 6371.0088 km (the IUGG mean radius R₁): within 0.6 % of the WGS 84 geodesic, good for
    /// "how far apart are our twins", not for surveying.
    ///
    /// Source: R. W. Sinnott, "Virtues of the Haversine", *Sky & Telescope* 68(2), 1984.
    #[must_use]
    pub fn distance_km(&self, other: &Self) -> f64 {
        let half_sine_squared = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
        let across = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let haversine = half_sine_squared(other.latitude - self.latitude)
            + across * half_sine_squared(other.longitude - self.longitude);
        2.0 * EARTH_RADIUS_KM * haversine.clamp(0.0, 1.0).sqrt().asin()
    }
}

impl fmt::Display for GeoPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.latitude, self.longitude)
    }
}

impl TryFrom<RawPoint> for GeoPoint {
    type Error = InvalidValue;

    fn try_from(raw: RawPoint) -> Result<Self, InvalidValue> {
        Self::new(raw.latitude, raw.longitude)
    }
}

impl From<GeoPoint> for RawPoint {
    fn from(point: GeoPoint) -> Self {
        Self { latitude: point.latitude, longitude: point.longitude }
    }
}
