//! The fields of each kind of file, and the ways offices title their columns.

use std::fmt;

use sister_cities_domain::import_run::ImportContent;
use sister_cities_gazetteer::{Candidate, CountryResolution, Gazetteer, Query, Reason};

use super::fold::fold;
use super::wordings::wordings;
use crate::tabular::{HeaderWords, Row, Table};

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Field {
    /// The partner place, alone or with its country behind a comma.
    Place,
    /// The country's name.
    Country,
    /// The country's ISO code.
    CountryCode,
    /// The place's id in GeoNames.
    GeonamesId,
    /// The kind of bond.
    Kind,
    /// When it was signed, as well as is known.
    Signed,
    /// The exact date of signing, beside a column with the year.
    SignedOn,
    /// How exact the date is.
    Precision,
    /// Where the bond stands today.
    Status,
    /// Since when it stands there.
    StatusSince,
    /// Who decided so.
    StatusAuthority,
    /// On what condition.
    StatusCondition,
    /// Where that can be read.
    StatusSource,
    /// Where the line's facts are from.
    Sources,
    /// Remarks.
    Notes,
    /// When it took place, or its first day.
    Date,
    /// Its last day.
    EndDate,
    /// Who went where.
    Direction,
    /// What it was about.
    Focus,
    /// What it was, in a line.
    Title,
    /// How many took part.
    Participants,
    /// Which organisations.
    Organisations,
    /// What came of it.
    Outcome,
    /// What it cost.
    Cost,
    /// Whether it took place.
    Happening,
    /// The first day for which the log is complete.
    From,
    /// The last day for which it is.
    To,
    /// What a person is called.
    Name,
    /// The given names of a person, where the family name has a column of its own.
    GivenName,
    /// The family name of a person.
    FamilyName,
    /// The name in Latin letters.
    LatinName,
    /// What else a person is called.
    OtherNames,
    /// How the name is said.
    Pronunciation,
    /// How a person is addressed.
    FormOfAddress,
    /// E-mail addresses.
    Email,
    /// Telephone numbers.
    Phone,
    /// Addresses for letters, or a line of one.
    Post,
    /// What a person is in an organisation.
    Position,
    /// The languages of a person.
    Languages,
    /// The time zone of a person.
    Zone,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 40] = [
        Self::Place,
        Self::Country,
        Self::CountryCode,
        Self::GeonamesId,
        Self::Kind,
        Self::Signed,
        Self::SignedOn,
        Self::Precision,
        Self::Status,
        Self::StatusSince,
        Self::StatusAuthority,
        Self::StatusCondition,
        Self::StatusSource,
        Self::Sources,
        Self::Notes,
        Self::Date,
        Self::EndDate,
        Self::Direction,
        Self::Focus,
        Self::Title,
        Self::Participants,
        Self::Organisations,
        Self::Outcome,
        Self::Cost,
        Self::Happening,
        Self::From,
        Self::To,
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::LatinName,
        Self::OtherNames,
        Self::Pronunciation,
        Self::FormOfAddress,
        Self::Email,
        Self::Phone,
        Self::Post,
        Self::Position,
        Self::Languages,
        Self::Zone,
    ];

    /// The name of the field in mappings, reports and answers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Country => "country",
            Self::CountryCode => "country_code",
            Self::GeonamesId => "geonameid",
            Self::Kind => "kind",
            Self::Signed => "signed",
            Self::SignedOn => "signed_on",
            Self::Precision => "date_precision",
            Self::Status => "status",
            Self::StatusSince => "status_since",
            Self::StatusAuthority => "status_authority",
            Self::StatusCondition => "status_condition",
            Self::StatusSource => "status_source",
            Self::Sources => "sources",
            Self::Notes => "notes",
            Self::Date => "date",
            Self::EndDate => "end_date",
            Self::Direction => "direction",
            Self::Focus => "focus",
            Self::Title => "title",
            Self::Participants => "participants",
            Self::Organisations => "organisations",
            Self::Outcome => "outcome",
            Self::Cost => "cost",
            Self::Happening => "happening",
            Self::From => "from",
            Self::To => "to",
            Self::Name => "name",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::LatinName => "latin_name",
            Self::OtherNames => "other_names",
            Self::Pronunciation => "pronunciation",
            Self::FormOfAddress => "form_of_address",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Post => "post",
            Self::Position => "position",
            Self::Languages => "languages",
            Self::Zone => "zone",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Whether an answer to a question about it is what the cell should say. Answers about places and kinds are keys, and those about
    /// dates are read where the date is.
    #[must_use]
    pub(crate) const fn is_corrected_as_text(self) -> bool {
        !matches!(
            self,
            Self::Place
                | Self::Name
                | Self::Kind
                | Self::Status
                | Self::Signed
                | Self::SignedOn
                | Self::StatusSince
                | Self::Date
                | Self::EndDate
                | Self::From
                | Self::To
        )
    }

    /// Whether several columns may hold it; their texts are then joined.
    #[must_use]
    pub(crate) const fn may_repeat(self) -> bool {
        matches!(
            self,
            Self::Sources
                | Self::Notes
                | Self::Outcome
                | Self::Organisations
                | Self::OtherNames
                | Self::Email
                | Self::Phone
                | Self::Post
        )
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The field that a column of that title holds, in a file of that content.
#[must_use]
pub fn recognise(content: ImportContent, title: &str) -> Option<Field> {
    let folded = fold(title);
    let without_brackets = title.split(['(', '[']).next().map(fold).unwrap_or_default();
    let of = |title: &str| {
        let means = |words: &&str| !title.is_empty() && words.split(" | ").any(|word| word == title);
        wordings(content).iter().find(|(_, words)| means(words)).map(|(field, _)| *field)
    };
    of(&folded).or_else(|| of(&without_brackets)).or_else(|| by_words(content, title))
}

/// Words for a city at the other end of a bond, as they begin: `Partnerkommune`, `Ville jumelée`, `Ciudad hermana`.
const PARTNER: [&str; 14] = [
    "partner",
    "jumel",
    "twin",
    "sister",
    "herman",
    "gemell",
    "siostrz",
    "zaprzyjazn",
    "geminad",
    "irma",
    "zuster",
    "kardes",
    "vanort",
    "pobratim",
];
const PLACES: [&str; 22] = [
    "city",
    "cities",
    "town",
    "towns",
    "stadt",
    "stadte",
    "gemeinde",
    "kommune",
    "ort",
    "ville",
    "villes",
    "commune",
    "ciudad",
    "ciudades",
    "municipio",
    "citta",
    "comune",
    "miasto",
    "gmina",
    "gemeente",
    "cidade",
    "place",
];
const DATES: [&str; 17] = [
    "date", "datum", "data", "fecha", "jahr", "year", "annee", "ano", "anno", "rok", "since", "seit",
    "depuis", "desde", "jaar", "tarih", "dato",
];
const SIGNINGS: [&str; 22] = [
    "sign",
    "jumelage",
    "podpis",
    "firm",
    "hermanamiento",
    "gemellaggio",
    "unterzeichn",
    "vertrag",
    "partnerschaft",
    "agreement",
    "accord",
    "acuerdo",
    "umow",
    "porozumien",
    "twinning",
    "establish",
    "abschluss",
    "beginn",
    "grundung",
    "nawiaz",
    "zawarc",
    "charte",
];

/// A title of several words, or of one that is put together, by what its words say.
fn by_words(content: ImportContent, title: &str) -> Option<Field> {
    let folded = fold(&spaced(title));
    let words: Vec<&str> = folded.split(' ').collect();
    let begins = |of: &[&str]| words.iter().any(|word| of.iter().any(|begin| word.starts_with(begin)));
    let has = |of: &[&str]| words.iter().any(|word| of.contains(word));
    // `Partnerkommune`, `Partnerstädte`.
    let compound = words.iter().any(|word| {
        let rest = PARTNER.iter().find_map(|begin| word.strip_prefix(begin));
        rest.is_some_and(|rest| PLACES.iter().any(|place| rest.ends_with(place)))
    });
    if compound || begins(&PARTNER) && has(&PLACES) && !has(&DATES) {
        return Some(Field::Place);
    }
    let is_list = matches!(content, ImportContent::Partnerships);
    (is_list && has(&DATES) && begins(&SIGNINGS)).then_some(Field::Signed)
}

/// `CityName` as two words.
fn spaced(title: &str) -> String {
    let mut out = String::with_capacity(title.len() + 4);
    let mut was_small = false;
    for c in title.chars() {
        if c.is_uppercase() && was_small {
            out.push(' ');
        }
        was_small = c.is_lowercase();
        out.push(c);
    }
    out
}

/// Whether a title says that the column holds the other city of a bond, and not just a city.
pub(crate) fn names_the_partner(title: &str) -> bool {
    let folded = fold(&spaced(title));
    folded.split(' ').any(|word| PARTNER.iter().any(|begin| word.starts_with(begin)) || word == "counterpart")
}

/// The column titles of one kind of file, and those that a mapping names besides.
pub(crate) struct Titles<'a> {
    pub(crate) content: ImportContent,
    pub(crate) mapped: &'a std::collections::BTreeMap<String, String>,
    /// Knows the names of places, by which an encoding is told from others.
    pub(crate) gazetteer: Option<&'a Gazetteer>,
}

impl HeaderWords for Titles<'_> {
    fn knows(&self, title: &str) -> bool {
        recognise(self.content, title).is_some() || self.mapped.contains_key(title.trim())
    }

    /// Places and countries with letters above ASCII that the gazetteer knows: garbled ones are known nowhere.
    fn known_names(&self, table: &Table) -> usize {
        const ROWS: usize = 200;
        let Some(gazetteer) = self.gazetteer else { return 0 };
        let columns: Vec<(Field, usize)> = table
            .columns
            .iter()
            .filter_map(|column| Some((recognise(self.content, &column.title)?, column.index)))
            .filter(|(field, _)| matches!(field, Field::Place | Field::Country))
            .collect();
        let country = columns.iter().find(|(field, _)| *field == Field::Country).map(|(_, at)| *at);
        let known = |row: &Row, field: Field, at: usize| {
            let cell = row.cell(at);
            if cell.is_ascii() {
                return false;
            }
            if field == Field::Country {
                return matches!(gazetteer.country(cell), CountryResolution::Exact(_));
            }
            let query = Query::new(cell);
            let label = country.map(|at| row.cell(at)).filter(|label| !label.is_empty());
            let resolution = gazetteer.resolve(&label.map_or(query, |label| query.in_country(label)));
            let is_known = |candidate: &Candidate| {
                !candidate
                    .reasons
                    .iter()
                    .any(|reason| matches!(reason, Reason::OtherLetters | Reason::OneEdit { .. }))
            };
            resolution.candidates().iter().any(is_known)
        };
        let titles = table
            .columns
            .iter()
            .filter(|column| !column.title.is_ascii() && self.knows(&column.title))
            .count();
        let cells = table
            .rows
            .iter()
            .take(ROWS)
            .flat_map(|row| columns.iter().map(move |(field, at)| (row, *field, *at)));
        titles + cells.filter(|(row, field, at)| known(row, *field, *at)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_recognised_in_the_wordings_of_several_languages() {
        for (title, field) in [
            ("City", Field::Place),
            ("PARTNERSTADT", Field::Place),
            ("Ville jumelée", Field::Place),
            ("Ciudad", Field::Place),
            ("Land", Field::Country),
            ("País", Field::Country),
            ("country_code", Field::CountryCode),
            ("Seit", Field::Signed),
            ("Année", Field::Signed),
            ("Year (signed)", Field::Signed),
            ("Date signed", Field::SignedOn),
            ("agreement_type", Field::Kind),
            ("Quellen", Field::Sources),
        ] {
            assert_eq!(recognise(ImportContent::Partnerships, title), Some(field), "{title}");
        }
        assert_eq!(recognise(ImportContent::Partnerships, "listed_as_of_2010"), None);
        assert_eq!(recognise(ImportContent::Engagements, "Teilnehmerzahl"), Some(Field::Participants));
        assert_eq!(recognise(ImportContent::Partnerships, ""), None);
    }

    #[test]
    fn no_wording_means_two_fields_and_each_is_written_folded() {
        for content in ImportContent::ALL {
            let mut seen = std::collections::BTreeMap::new();
            for (field, words) in wordings(content) {
                for word in words.split(" | ") {
                    assert_eq!(word, fold(word));
                    assert_eq!(seen.insert(word, *field), None, "{word} in {content:?}");
                }
            }
        }
    }

    #[test]
    fn every_field_is_found_by_its_name() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.as_str()), Some(field));
        }
    }
}
