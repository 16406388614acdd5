//! Vitality: how alive a partnership is, why, and when it will be called cooling or dormant if nothing happens.
//!
//! [`assess`] is a pure function from a partnership, its log and a policy to a score of 0 to 100 with its reasons, a
//! [`Standing`], a [`Forecast`] and every input with its present weight. [`VitalityState`] is the part of it that can be
//! carried forward contact by contact. This page is the formula, its constants, and what it cannot say.
//!
//! # What counts
//!
//! A [`Contact`] is something that happened between the cities: an engagement of the log, or the signing of an
//! agreement, unless a signing of the same date is in the log already. It weighs 1, shared evenly among its focus
//! areas. It is *mutual* if both cities took part and *one-sided* if only one side's part is known
//! ([`Mutuality`](crate::engagement::Mutuality)). What stayed local, was called off or has no date is listed and adds
//! nothing. A visit of ten days counts once, on its first day.
//!
//! # Energy
//!
//! For each focus area *f* there are two stores, `M_f` of mutual contacts and `T_f` of all contacts:
//!
//! ```text
//! between contacts   X(t) = X(t₀) · 2^(−(t − t₀)/H)              half is left after H days
//! a contact adds     X′   = X + w·(1 − X/C)                      a full store takes less, never more than C
//! sums               M = Σ M_f     T = Σ T_f
//! energy             A = min( M + u·(T − M),  2·M )              one-sided contact: the share u, at most M again
//! score              s = 100 · A / (A + A₅₀)                     A₅₀ makes 50 points
//! ```
//!
//! *T − M* is what the one-sided contacts would add if both cities had taken part. (A store of one-sided contacts alone
//! would be emptier than the mutual one, and the same visit could then count for *more* as one-sided.) The parts of the
//! score are `contact` = s(N), where *N* is one store into which all mutual contacts go whatever they were about;
//! `breadth` = s(M) − s(N); and `one_sided` = s(A) − s(M). As M ≥ N, all are positive, and they add up to the score.
//!
//! ```
//! use chrono::NaiveDate;
//! use sister_cities_domain::engagement::{Foci, Focus, Mutuality};
//! use sister_cities_domain::vitality::{Contact, Snapshot, VitalityPolicy};
//!
//! let day = NaiveDate::from_ymd_opt(2026, 5, 4).unwrap();
//! let points = |contacts: &[(Focus, Mutuality)]| {
//!     let contacts: Vec<Contact> = contacts
//!         .iter()
//!         .map(|(focus, mutuality)| Contact::on(day, Foci::one(focus.clone()), *mutuality).unwrap())
//!         .collect();
//!     Snapshot::of(VitalityPolicy::default(), &contacts, day).score.points()
//! };
//! let (visit, letter) = ((Focus::Culture, Mutuality::Mutual), (Focus::Culture, Mutuality::OneSided));
//! assert_eq!(points(&[visit.clone()]), 40); // A = 1: 100 / 2.5
//! assert_eq!(points(&[visit.clone(), visit.clone()]), 50); // the second into a store half full: A = 1.5
//! assert_eq!(points(&[visit.clone(), (Focus::Medicine, Mutuality::Mutual)]), 57); // into another store: A = 2
//! assert_eq!(points(&[visit, letter.clone()]), 43); // A = 1 + 0.25 · 0.5
//! assert_eq!(points(&[letter.clone(), letter]), 0); // nothing of both cities, so nothing
//! ```
//!
//! # Ladder
//!
//! The typical score puts the partnership on a [`Rung`], judged each evening from the rung of the evening before:
//!
//! | from | to | when the score |
//! |---|---|---|
//! | active | cooling | falls below `cooling_below` = 25 |
//! | active, cooling | dormant | falls below `dormant_below` = 10 |
//! | dormant | cooling | reaches `reviving_at` = 20 |
//! | cooling, dormant | active | reaches `active_at` = 40 |
//!
//! Before the first contact a partnership is dormant. Scores within 10⁻⁹ of a threshold have reached it.
//!
//! # Forecast
//!
//! In silence all stores decay alike, so the energy does: *A(t₀ + n) = A(t₀)·2^(−n/H)*. It falls below a threshold of
//! *θ* points, *A\* = A₅₀·θ/(100 − θ)*, on the first day *n > H·log₂(A(t₀)/A\*)*. That day is computed, not searched, and
//! set right by at most a day with the comparison the ladder uses: on the day forecast the rung is the new one, on the
//! day before the old one.
//!
//! # Dates known only roughly
//!
//! "1991" is 365 days. Every contact is read three times: as *early* as can be, and not at all while it may still lie in
//! the future; in the *middle*; and as *late* as can be. As a later contact never counts less, the three give
//! `low ≤ typical ≤ high` in [`Score`] and `earliest ≤ likely ≤ latest` in [`DateRange`]. The [`RungRange`] spans the
//! rungs of the three readings.
//!
//! # Silence and gaps of the record
//!
//! "Cooling" and "dormant" say that nothing happened, so they are claimed only where the record would show it. Let *g* be
//! the first day of the unbroken stretch of [`Record`](crate::partnership::Record) around the day asked about, or that
//! day itself if it is not covered. What is missing may have left the partnership with the energy `lively_energy` = *L* on *g*
//! and on the rung active. The highest rung it can be on now comes from climbing the ladder from *g* with the energy of
//! the late reading in which *M* and *T* are raised by *L·2^(−(t − g)/H)*: as contact of both cities, what is missing
//! could also let one-sided contact count. If that is the recorded rung, or the recorded one is active, the standing is
//! [`Standing::Rated`], else [`Standing::NotKnown`]. Nothing is missing if the record is complete from the beginning of
//! the partnership, which must then be known, and from its first contact. By the standard policy a record that begins in
//! the middle must show five years and two months of silence before it can prove dormancy.
//!
//! ```
//! # use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId, SeededIds};
//! # use sister_cities_domain::partnership::{Episode, Members, Partnership, Record, RecordCoverage};
//! # use sister_cities_domain::value::{KindKey, Period, Source};
//! # use sister_cities_domain::vitality::{VitalityInputs, VitalityPolicy, assess};
//! # let ids = SeededIds::new(1);
//! # let (id, programme) = (PartnershipId::next(&ids), ProgrammeId::next(&ids));
//! # let members = Members::new([PlaceId::next(&ids), PlaceId::next(&ids)])?;
//! # let source = Source::new("CSCI History of Exchange")?;
//! # let episode = Episode::new(KindKey::new("sister-city")?).began_on("1982".parse()?, source.clone());
//! # let (casablanca, _) = Partnership::agreed(id, programme, members, episode, None)?;
//! // Signed in 1982; the log has been read from 1982 to 1995 and shows nothing else before 1991.
//! let period = Period::new(Some("1982".parse()?), Some("1995".parse()?))?;
//! let record = Record::new(vec![RecordCoverage::new(period, source)]);
//! let (casablanca, _) = casablanca.state_record(record);
//! let inputs = VitalityInputs::new(&casablanca, [], VitalityPolicy::default());
//! assert_eq!(assess(&inputs, "1988-06-01".parse()?).standing.as_str(), "dormant");
//! assert_eq!(assess(&inputs, "1999-06-01".parse()?).standing.as_str(), "not_known");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Constants
//!
//! All are a design decision of this project ([`PolicyNumbers`]); a programme sets its own.
//!
//! | | standard | unit | what follows from it |
//! |---|---|---|---|
//! | *H* `half_life_days` | 365 | days | after one signing or visit: cooling on the 366th day, dormant on the 944th |
//! | *C* `capacity` | 2 | contacts | one area alone never makes more than 57 points |
//! | *u* `one_sided_factor` | 0.25 | of a mutual contact | four letters at most like one visit |
//! | *A₅₀* `half_score_energy` | 1.5 | contacts | one fresh contact of both cities makes 40 points |
//! | thresholds | 40, 25, 20, 10 | points | one contact makes a partnership active; a year later it is on the edge |
//! | *L* `lively_energy` | 6 | contacts | 80 points: the liveliest we suppose where the record is silent |
//!
//! # One more contact
//!
//! The state after one more contact follows from the state before in a time that does not depend on the number of
//! contacts ([`VitalityState::advance`]), and equals reckoning from all contacts but for rounding. A contact that may lie
//! before one already counted is refused as [`OutOfOrder`]; reckon anew then.
//!
//! # What always holds
//!
//! For any valid policy, tested with made-up partnerships: one more contact never lowers energy, score or rung on any day; the
//! same contact of both cities counts for more than of one, and later for no less than earlier; the same contacts over two
//! areas count for no less than in one; the order of the input is of no account; a suspended partnership has no score.
//!
//! # What it cannot say
//!
//! - It counts contacts, not what came of them or how many took part. One congress weighs as much as one phone call
//!   of both mayors, so what is entered as one engagement is a convention an office should keep to.
//! - It sees only what is logged. A partnership kept by families and schools looks dormant if nobody writes it down.
//! - It compares a partnership with itself over time better than one partnership with another whose log is kept differently.
//! - Naming a second area for the *same* contact shares its weight, it does not add to it: beside a fresh area, an area
//!   that is already full makes it count slightly less.
//! - A signing or reaffirmation is an area like culture or business, as in the logs it comes from.
//! - A programme of many years counts on its first day; log its meetings.
//! - The range of rungs comes from three readings of all dates together, not from every way they could lie.
//! - `lively_energy` is an assumption: a partnership livelier than that before a gap could outlast what we call known.
//! - The forecast says what this formula will say in silence. It does not predict what people will do.

mod assess;
mod component;
mod contact;
mod descent;
mod energy;
mod forecast;
mod input;
mod ladder;
mod policy;
mod score;
mod sentences;
mod share;
mod standing;
mod state;
mod stored;
mod timeline;
mod track;
mod waning;

pub use assess::{LastMutual, Vitality, assess};
pub use component::{Component, ComponentKind};
pub use contact::{Contact, InvalidContact};
pub use descent::{Descent, StepDown, descent};
pub use energy::Energy;
pub use forecast::{DateRange, Footing, Forecast};
pub use input::{Input, Origin, Reason, VitalityInputs, Weight};
pub use ladder::{Rung, RungRange};
pub use policy::{InvalidPolicy, PolicyNumbers, VitalityPolicy};
pub use score::Score;
pub use standing::{Standing, StandingKind};
pub use state::{OutOfOrder, Snapshot, TooEarly, VitalityState};
pub use stored::InvalidState;
pub use timeline::{MOST_POINTS, TimelinePoint, TimelineStep, TooManyPoints, timeline};
pub use waning::waning;
