//! Due work: what is to be done next, by whom, by when and why, from the records alone.
//!
//! [`due`] is a pure function of a [`DueState`] and an instant. Each [`DueItem`] has an id that follows from the rule, the record
//! and the day, so that it is the same between runs, and whatever was said to it ([`DueResponse`]) finds it again. Lead times,
//! terms and escalation are data ([`DuePolicy`]).
//!
//! The work falls into units that do not know of each other: a partnership with all that hangs on it, its committee among it, and a
//! committee that sees to a theme. [`reckon`] reckons one, and
//! says until which day the answer holds; so a change or a new day costs no more than the units that it touches. [`DueList`] keeps
//! that book in memory, and a store can keep it in a table.
//!
//! | rule | due on | listed before |
//! |---|---|---|
//! | [`AgreementEnding`](DueKind::AgreementEnding) | the last day for notice; without a notice period 3 months before the end | 6 months |
//! | [`AgreementPending`](DueKind::AgreementPending) | 90 days after it was put to the sides | 60 days |
//! | [`Anniversary`](DueKind::Anniversary) | the day, as it begins at either side, every 5 years | 18 months |
//! | [`PartnershipFading`](DueKind::PartnershipFading) | the day on which it will be called less | 90 days |
//! | [`PartnershipSteppedDown`](DueKind::PartnershipSteppedDown) | 30 days after the step (R37) | at once |
//! | [`RequestUnanswered`](DueKind::RequestUnanswered) | 30 days after it came, or was taken up | at once |
//! | [`ReviewDeadline`](DueKind::ReviewDeadline) | the deadline | 90 days |
//! | [`SuspensionCheck`](DueKind::SuspensionCheck) | every 6 months | 30 days |
//! | [`ReawakeningResult`](DueKind::ReawakeningResult) | a year after the plan was taken up | 3 months |
//! | [`NoChair`](DueKind::NoChair) | 60 days after the last chair left (R24) | 30 days |
//! | [`Vacancy`](DueKind::Vacancy) | 90 days after it arose | 30 days |
//! | [`RoleExpiring`](DueKind::RoleExpiring) | the last day of the term | 3 months |
//! | [`PromiseDue`](DueKind::PromiseDue) | the last day on which it is in time | 30 days |
//! | [`PlanCheck`](DueKind::PlanCheck) | the day that the plan's rhythm gives | 14 days |
//! | [`OutcomeQuestion`](DueKind::OutcomeQuestion) | 3, 6, 12 and 24 months after an engagement that is marked so | on that day |
//!
//! What has no date cannot be late: a request or a proposal that nobody knows the day of is not listed. Where the record of a
//! partnership has gaps, it is not called cooling or dormant, and so no task says it is; its [`NextTouch`] is there all the same.
//!
//! An embedder needs no storage:
//!
//! ```
//! use sister_cities_domain::due::{DueState, due};
//! use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId, SeededIds};
//! use sister_cities_domain::partnership::{Episode, Members, Partnership};
//! use sister_cities_domain::place::{NameRole, Place, PlaceLevel, PlaceName};
//! use sister_cities_domain::programme::{KindCatalogue, Policies, Programme};
//! use sister_cities_domain::value::{KindKey, Name, Source};
//!
//! let ids = SeededIds::new(1);
//! let (programme, chicago, osaka) = (ProgrammeId::next(&ids), PlaceId::next(&ids), PlaceId::next(&ids));
//! let place = |id, name: &str, zone: &str| -> Result<Place, Box<dyn std::error::Error>> {
//!     let name = PlaceName::new(Name::new(name)?, NameRole::Official);
//!     Ok(Place { zone: Some(zone.parse()?), ..Place::new(id, programme, PlaceLevel::City, name) })
//! };
//! let office = Programme {
//!     id: programme,
//!     name: Name::new("Chicago Sister Cities")?,
//!     host: chicago,
//!     kinds: KindCatalogue::standard(),
//!     policies: Policies::default(),
//!     language: "en".parse()?,
//!     currency: "USD".parse()?,
//! };
//! let since = Episode::new(KindKey::new("sister-city")?).began_on("1973-10-10".parse()?, Source::new("a list")?);
//! let members = Members::new([chicago, osaka])?;
//! let (bond, _) = Partnership::agreed(PartnershipId::next(&ids), programme, members, since, None)?;
//! let state = DueState::new(office)
//!     .with([place(chicago, "Chicago", "America/Chicago")?, place(osaka, "Osaka", "Asia/Tokyo")?])
//!     .with([bond]);
//!
//! let items = due(&state, "2022-06-01T12:00:00Z".parse()?);
//! assert_eq!(items[0].due_on.to_string(), "2023-10-09", "the 10th begins in Osaka when it is the 9th in Chicago");
//! assert!(items[0].reason.starts_with("On 10 October 2023 the partnership with Osaka is 50 years old."));
//! assert_eq!(items[0].owner, None, "nobody was named");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod event;
mod item;
mod list;
mod policy;
mod reckon;
mod response;
mod rules;
mod state;
mod touch;

pub use event::{DueAbout, DueResponseEvent};
pub use item::{DueItem, DueKind, DueWhen};
pub use list::DueList;
pub use policy::{DuePolicy, DueRule, EscalationStep, Span};
pub use reckon::{Reckoning, due, due_on, reckon};
pub use response::{DueDone, DueRefusal, DueResponse, DueStage, DueStep};
pub use state::{DueRecord, DueState};
pub use touch::{NextTouch, TouchReason};
