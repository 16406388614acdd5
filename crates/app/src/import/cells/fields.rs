//! The fields of each kind of file, and the ways offices title their columns.

use std::fmt;

use sister_cities_domain::import_run::ImportContent;

use super::fold::fold;
use super::wordings::wordings;
use crate::tabular::HeaderWords;

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
    of(&folded).or_else(|| of(&without_brackets))
}

/// The column titles of one kind of file, and those that a mapping names besides.
pub(crate) struct Titles<'a> {
    pub(crate) content: ImportContent,
    pub(crate) mapped: &'a std::collections::BTreeMap<String, String>,
}

impl HeaderWords for Titles<'_> {
    fn knows(&self, title: &str) -> bool {
        recognise(self.content, title).is_some() || self.mapped.contains_key(title.trim())
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
