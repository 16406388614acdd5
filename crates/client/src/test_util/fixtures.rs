//! Records as a server shows them, with what every record has and little more. All fields are public: change what matters.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sister_cities_api::partnership::PartnershipView;
use sister_cities_api::place::PlaceView;

/// A city of that name.
///
/// # Panics
///
/// If it is no name: empty, or too long.
#[must_use]
pub fn place(name: &str) -> PlaceView {
    read(json!({
        "id": "plc_01h455vb4pex5vsknk084sn02q", "revision": 1, "display_name": name, "level": "city",
        "names": [{ "text": name, "role": "official" }], "external_ids": {}, "identity": "unresolved",
    }))
}

/// An active partnership of two cities of those names, since 1956.
///
/// # Panics
///
/// Never: any two texts will do.
#[must_use]
pub fn partnership(one: &str, other: &str) -> PartnershipView {
    read(json!({
        "id": "prt_01h455vb4pex5vsknk084sn02q", "revision": 1, "since": "1956",
        "members": [
            { "place": "plc_01h455vb4pex5vsknk084sn02q", "name": one },
            { "place": "plc_01h455vb4pex5vsknk084sn02r", "name": other },
        ],
        "status": { "status": "active" }, "episodes": [], "decisions": [], "record": [],
    }))
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("what a server shows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_what_a_server_shows() {
        assert_eq!(place("Kyiv").names[0].text.as_str(), "Kyiv");
        assert_eq!(partnership("Kyiv", "Chicago").members[1].name, "Chicago");
    }
}
