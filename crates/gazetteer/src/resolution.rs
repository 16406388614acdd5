//! The gazetteer's answers: a winner, several, or none, each with its reasons.

use std::fmt;

use chrono_tz::Tz;
use sister_cities_domain::value::{Country, GeoPoint};

use crate::country::CountryMatch;

/// How many candidates an answer lists at most; the best come first.
pub const MAX_CANDIDATES: usize = 10;

/// The answer to "which place is meant?".
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Resolution {
    /// One place is meant beyond reasonable doubt; see the crate's page for the rule.
    Winner(Candidate),
    /// It may be one of these, best first: a person decides. Holds at least one and at most [`MAX_CANDIDATES`].
    Several(Vec<Candidate>),
    /// No place of that name is known.
    None {
        /// Why not.
        reason: NoPlace,
    },
}

impl Resolution {
    /// The place, where one is meant beyond reasonable doubt.
    #[must_use]
    pub const fn winner(&self) -> Option<&Candidate> {
        match self {
            Self::Winner(candidate) => Some(candidate),
            Self::Several(_) | Self::None { .. } => None,
        }
    }

    /// Everything proposed, best first: the winner alone, the several, or nothing.
    #[must_use]
    pub fn candidates(&self) -> &[Candidate] {
        match self {
            Self::Winner(candidate) => std::slice::from_ref(candidate),
            Self::Several(candidates) => candidates,
            Self::None { .. } => &[],
        }
    }
}

/// Why no place is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NoPlace {
    /// The name holds no letter or digit, or is longer than any name.
    NoName,
    /// No place of 5,000 people or more in these countries bears the name, nor one that differs by a letter.
    NotInCountry {
        /// Where it was sought.
        countries: Vec<Country>,
        /// The largest place elsewhere that has the name, or one of whose readings it is, as its official one.
        elsewhere: Option<Homonym>,
        /// Places there whose names differ by a letter, but are as likely other places.
        similar: Vec<Homonym>,
    },
    /// No place of 5,000 people or more anywhere bears the name.
    NotKnown,
    /// The country was given, but is neither a country nor a region of one where a place bears the name.
    CountryNotKnown {
        /// The country as it was written.
        label: String,
    },
}

impl fmt::Display for NoPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => f.write_str("there is no name to look for"),
            Self::NotInCountry { countries, elsewhere, similar } => {
                f.write_str("no place of that name and of 5,000 people or more is known in ")?;
                for (at, country) in countries.iter().enumerate() {
                    write!(f, "{}{}", if at == 0 { "" } else { " or " }, country.english_name())?;
                }
                for like in similar {
                    write!(f, "; {} is written much like it (geonames:{})", like.name, like.geonames_id)?;
                }
                elsewhere.as_ref().map_or(Ok(()), |homonym| write!(f, "; {homonym}"))
            }
            Self::NotKnown => f.write_str("no place of that name and of 5,000 people or more is known"),
            Self::CountryNotKnown { label } => write!(f, "\"{label}\" is not known as a country"),
        }
    }
}

/// A place that may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// What the gazetteer knows of it.
    pub place: PlaceFacts,
    /// The words of the question that are its name, without those beside it and without its designation: `Springfield` of
    /// `Springfield (Illinois)`, `Milano` of `Comune di Milano`.
    pub called: String,
    /// How well it fits, 0 to 100. Good for ranking the candidates of one answer; not a probability.
    pub score: u8,
    /// What speaks for it, and against, in the order in which it was found.
    pub reasons: Vec<Reason>,
}

impl Candidate {
    /// The larger place of the same name in another country, if there is one: worth a warning to whoever knows only that one.
    #[must_use]
    pub fn bigger_homonym(&self) -> Option<&Homonym> {
        self.reasons
            .iter()
            .find_map(|reason| if let Reason::BiggerHomonym(homonym) = reason { Some(homonym) } else { None })
    }
}

/// What the gazetteer knows of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceFacts {
    /// Its id at GeoNames.
    pub geonames_id: u32,
    /// Its name as GeoNames has it: `Kyiv`, `Petaẖ Tiqva`.
    pub name: String,
    /// The country or territory.
    pub country: Country,
    /// The first-order division: state, province, constituent country. Absent in places that have none.
    pub admin1: Option<Admin1>,
    /// Where it lies.
    pub point: GeoPoint,
    /// How many people live there; absent where GeoNames does not say.
    pub population: Option<u64>,
    /// Its time zone; absent should the time-zone database not know the name.
    pub zone: Option<Tz>,
}

/// A first-order division of a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admin1 {
    /// GeoNames' code within the country: `IL`, `ENG`, `78`.
    pub code: &'static str,
    /// Its name: `Illinois`, `England`, `Mazovia`. The code again where GeoNames has none.
    pub name: &'static str,
}

/// A place of the same name in another country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homonym {
    /// Its id at GeoNames.
    pub geonames_id: u32,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Country,
    /// How many people live there.
    pub population: u64,
}

impl fmt::Display for Homonym {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {} has {} people", self.name, self.country.english_name(), self.population)
    }
}

/// What speaks for a candidate, or against it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Reason {
    /// The name is its official one, letter for letter.
    OfficialName,
    /// The name is its official one but for accents, case or punctuation.
    Folded,
    /// The name is one of its other names: in another language or script, of old, or for short.
    AlternateName,
    /// The name is only a code of it, such as that of an airport: weak.
    Code,
    /// The name was read otherwise, as here: without the words in brackets, `St` written out, `City` left off.
    ReadAs(String),
    /// The name fits after it was put into Latin letters, as here.
    TransliteratedName(String),
    /// The name fits after one letter was changed, left out, added or swapped with its neighbour.
    OneEdit {
        /// As it was typed.
        typed: String,
        /// The name that differs by one letter.
        meant: String,
    },
    /// Only the hinted GeoNames id speaks for it; the name does not.
    NameDiffers,
    /// The country was read from this label.
    CountryFromLabel {
        /// As it was written.
        label: String,
        /// How it was read.
        read: CountryMatch,
    },
    /// It lies in a territory of the country asked for, which has a code of its own.
    InTerritoryOf(Country),
    /// It lies in the division asked for.
    AdminMatches(&'static str),
    /// It lies in this first-order division, and another was asked for.
    AdminDiffers(&'static str),
    /// A hint fits.
    HintMatches(MatchedHint),
    /// It is the most populous place of that name in the country, by this factor before the next.
    MostPopulous {
        /// How many times as populous as the next, rounded down.
        times: u64,
    },
    /// It is the only place of that name in the country.
    OnlyOne,
    /// A larger place of that name lies in another country.
    BiggerHomonym(Homonym),
    /// The name was written with letters that none of its known names has: `Kömlő` for Komló.
    OtherLetters,
    /// What stood beside the name, and how it fits.
    Beside {
        /// The words, as written.
        words: String,
        /// How they fit.
        fit: BesideFit,
    },
    /// Why it is not taken without asking, although no other place known is called so.
    Doubt(Doubt),
}

/// How words beside a name fit a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BesideFit {
    /// They are the first-order division it lies in.
    Region(&'static str),
    /// They are the second-order division it lies in: a department, a province, a county.
    District(&'static str),
    /// They are its country.
    Country(Country),
    /// They are another name of it: `Bolzano/Bozen`.
    OtherName,
    /// With the name they are its whole name: `Frankfurt/Main`.
    PartOfName,
    /// They do not fit: another region, a second town, or something that is not known here.
    Nothing,
}

/// Why a place of a name is not taken without asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// Other places of the country have the name within longer ones, and this one is small.
    SharesName,
    /// It is small and some of its names tell it apart from others.
    ToldApart,
    /// It may be a part of a city.
    MayBePart,
    /// It is small, and a larger place of that name lies elsewhere.
    LessKnown,
    /// It is small, and only a letter tells its name from another one.
    OneSpelling,
    /// It is no city, and the name is nothing like its own: an old one, or that of a part.
    OldName,
    /// A division of the country has the name, and it does not lie there.
    Division,
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SharesName => "other places of the country have the name within theirs",
            Self::ToldApart => "it is often written with words that tell it from others of the name",
            Self::MayBePart => "it may be a part of a city close by",
            Self::LessKnown => "it is small, and a larger place elsewhere has the name",
            Self::OneSpelling => "it is small, and a letter tells it from others",
            Self::Division => "a division of the country has the name, and it does not lie there",
            Self::OldName => "the name is nothing like its own, and a smaller place may bear it",
        })
    }
}

/// The hint that fits a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum MatchedHint {
    /// The GeoNames id is its own.
    GeonamesId,
    /// The point lies near.
    Near {
        /// How far off, in kilometres.
        km: f64,
    },
    /// The population differs by less than a factor of two.
    Population,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OfficialName => f.write_str("the name is its official one"),
            Self::Folded => f.write_str("the name is its official one but for accents, case or punctuation"),
            Self::AlternateName => f.write_str("the name is one of its other names"),
            Self::Code => f.write_str("the name is only a code of it"),
            Self::ReadAs(name) => write!(f, "the name was read as \"{name}\""),
            Self::TransliteratedName(name) => write!(f, "the name in Latin letters is \"{name}\""),
            Self::OneEdit { typed, meant } => write!(f, "\"{typed}\" differs by one letter from \"{meant}\""),
            Self::NameDiffers => f.write_str("the GeoNames id fits, the name does not"),
            Self::CountryFromLabel { label, read } => write!(f, "\"{label}\" was read as {read}"),
            Self::InTerritoryOf(country) => write!(f, "it lies in a territory of {}", country.english_name()),
            Self::AdminMatches(region) => write!(f, "it lies in {region}, as asked"),
            Self::AdminDiffers(region) => write!(f, "it lies in {region}, which was not asked for"),
            Self::HintMatches(MatchedHint::GeonamesId) => f.write_str("the GeoNames id fits"),
            Self::HintMatches(MatchedHint::Near { km }) => {
                write!(f, "it lies {km:.0} km from the point given")
            }
            Self::HintMatches(MatchedHint::Population) => {
                f.write_str("the population is about the one given")
            }
            Self::MostPopulous { times } if *times > 1 => {
                write!(
                    f,
                    "it is at least {times} times as populous as the next place of that name in the country"
                )
            }
            Self::MostPopulous { .. } => {
                f.write_str("it is the most populous place of that name in the country")
            }
            Self::OnlyOne => f.write_str("it is the only place of that name in the country"),
            Self::BiggerHomonym(homonym) => write!(f, "a larger place of that name: {homonym}"),
            Self::OtherLetters => f.write_str("the name is written with other letters than any of its names"),
            Self::Beside { words, fit: BesideFit::Region(region) } => {
                write!(f, "\"{words}\" is {region}, where it lies")
            }
            Self::Beside { words, fit: BesideFit::District(district) } => {
                write!(f, "\"{words}\" is {district}, where it lies")
            }
            Self::Beside { words, fit: BesideFit::Country(country) } => {
                write!(f, "\"{words}\" is {}, where it lies", country.english_name())
            }
            Self::Beside { words, fit: BesideFit::OtherName } => {
                write!(f, "\"{words}\" is another name of it")
            }
            Self::Beside { words, fit: BesideFit::PartOfName } => {
                write!(f, "\"{words}\" is part of its name")
            }
            Self::Beside { words, fit: BesideFit::Nothing } => {
                write!(f, "\"{words}\" beside the name does not fit it")
            }
            Self::Doubt(doubt) => doubt.fmt(f),
        }
    }
}
