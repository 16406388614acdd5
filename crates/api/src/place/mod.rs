//! Places: the cities, counties and streets of a programme's bonds.

mod body;
mod create;
mod get;
mod list;
mod of_domain;
mod path;
mod replace;
mod view;

pub use body::{
    ExternalIdsBody, IdentityWord, LevelWord, NameRoleWord, PlaceBody, PlaceNameBody, PointBody,
    PopulationBody,
};
pub use create::CreatePlace;
pub use get::GetPlace;
pub use list::{ListPlaces, ListPlacesQuery, PlaceSort};
pub use path::PlacePath;
pub use replace::ReplacePlace;
pub use view::PlaceView;
