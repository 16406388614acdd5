//! The fields of each kind of file, and the ways offices title their columns.

use std::fmt;

use sister_cities_domain::import_run::ImportContent;

use super::fold::fold;
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
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 27] = [
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
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Whether several columns may hold it; their texts are then joined.
    #[must_use]
    pub(super) const fn may_repeat(self) -> bool {
        matches!(self, Self::Sources | Self::Notes | Self::Outcome | Self::Organisations)
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
    let of = |words: &str| {
        wordings(content)
            .iter()
            .find(|(_, known)| !words.is_empty() && known.contains(&words))
            .map(|(field, _)| *field)
    };
    of(&folded).or_else(|| of(&without_brackets))
}

/// The column titles of one kind of file, and those that a mapping names besides.
pub(super) struct Titles<'a> {
    pub(super) content: ImportContent,
    pub(super) mapped: &'a std::collections::BTreeMap<String, String>,
}

impl HeaderWords for Titles<'_> {
    fn knows(&self, title: &str) -> bool {
        recognise(self.content, title).is_some() || self.mapped.contains_key(title.trim())
    }
}

type Wordings = &'static [(Field, &'static [&'static str])];

fn wordings(content: ImportContent) -> Wordings {
    match content {
        ImportContent::Engagements => ENGAGEMENTS,
        ImportContent::Coverage => COVERAGE,
        // Content added later reads like a list of partners until it says otherwise.
        ImportContent::Partnerships | _ => PARTNERSHIPS,
    }
}

const PLACE: &[&str] = &[
    "place",
    "city",
    "name",
    "town",
    "municipality",
    "partner",
    "partner city",
    "partner place",
    "partner town",
    "sister city",
    "sister",
    "twin",
    "twin town",
    "twin city",
    "twinned with",
    "city name",
    "name of city",
    "city and country",
    "city country",
    "counterpart",
    "cities",
    "stadt",
    "ort",
    "gemeinde",
    "kommune",
    "partnerstadt",
    "partnergemeinde",
    "name der stadt",
    "stadt land",
    "ville",
    "commune",
    "ville jumelee",
    "ville jumelle",
    "ville partenaire",
    "collectivite",
    "partenaire",
    "nom",
    "ciudad",
    "municipio",
    "ciudad hermana",
    "ciudad hermanada",
    "localidad",
    "nombre",
    "citta",
    "comune",
    "citta gemellata",
    "miasto",
    "miasto partnerskie",
    "miasto siostrzane",
];
const COUNTRY: &[&str] = &[
    "country",
    "nation",
    "state country",
    "country name",
    "land",
    "staat",
    "pays",
    "pais",
    "paese",
    "stato",
    "kraj",
    "panstwo",
];
const COUNTRY_CODE: &[&str] = &[
    "country code",
    "countrycode",
    "iso",
    "iso code",
    "iso 3166",
    "iso country",
    "cc",
    "landercode",
    "landerkennung",
    "landerkurzel",
    "landeskennzeichen",
    "code pays",
    "codigo pais",
    "codigo de pais",
    "iso2",
    "alpha 2",
    "cca2",
];
const GEONAMES: &[&str] =
    &["geonameid", "geonames", "geonames id", "geoname id", "geonamesid", "geo id", "geonames number"];
const SOURCES: &[&str] = &[
    "source",
    "sources",
    "reference",
    "references",
    "evidence",
    "url",
    "link",
    "quelle",
    "quellen",
    "beleg",
    "nachweis",
    "fuente",
    "fuentes",
    "fonte",
    "fonti",
    "zrodlo",
    "zrodla",
];
const NOTES: &[&str] = &[
    "note",
    "notes",
    "remark",
    "remarks",
    "comment",
    "comments",
    "anmerkung",
    "anmerkungen",
    "bemerkung",
    "bemerkungen",
    "kommentar",
    "remarque",
    "remarques",
    "commentaire",
    "nota",
    "notas",
    "observaciones",
    "uwagi",
];
const PRECISION: &[&str] = &["date precision", "precision", "genauigkeit", "exactitude"];

const PARTNERSHIPS: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (
        Field::Kind,
        &[
            "kind",
            "type",
            "agreement type",
            "type of agreement",
            "agreement",
            "relationship",
            "relationship type",
            "kind of link",
            "link type",
            "status of link",
            "category",
            "form",
            "art",
            "art der partnerschaft",
            "art der beziehung",
            "typ",
            "form der partnerschaft",
            "kategorie",
            "type d accord",
            "type de lien",
            "nature",
            "categorie",
            "tipo",
            "tipo de acuerdo",
            "clase",
            "categoria",
            "rodzaj",
        ],
    ),
    (
        Field::Signed,
        &[
            "signed",
            "year",
            "year signed",
            "since",
            "since year",
            "established",
            "est",
            "date",
            "year established",
            "date established",
            "agreement year",
            "agreement date",
            "start",
            "start year",
            "start date",
            "founded",
            "joined",
            "twinned since",
            "twinned",
            "year of signing",
            "year twinned",
            "partner since",
            "signing year",
            "jahr",
            "seit",
            "beginn",
            "abschluss",
            "grundung",
            "partnerschaft seit",
            "unterzeichnet",
            "datum",
            "vertragsjahr",
            "jahr der unterzeichnung",
            "annee",
            "depuis",
            "date de signature annee",
            "annee de signature",
            "signe en",
            "annee de jumelage",
            "ano",
            "desde",
            "ano de firma",
            "fecha",
            "anno",
            "dal",
            "rok",
            "od",
        ],
    ),
    (
        Field::SignedOn,
        &[
            "date signed",
            "signed on",
            "signing date",
            "date of signing",
            "date of agreement",
            "exact date",
            "signature date",
            "unterzeichnet am",
            "datum der unterzeichnung",
            "vertragsdatum",
            "date de signature",
            "signe le",
            "fecha de firma",
            "fecha firma",
            "data firma",
        ],
    ),
    (Field::Precision, PRECISION),
    (
        Field::Status,
        &[
            "status",
            "status today",
            "current status",
            "state",
            "zustand",
            "aktueller status",
            "statut",
            "etat",
            "estado",
            "situacion",
            "stan",
        ],
    ),
    (
        Field::StatusSince,
        &[
            "status since",
            "since status",
            "status date",
            "date of status",
            "status seit",
            "statut depuis",
            "estado desde",
        ],
    ),
    (
        Field::StatusAuthority,
        &[
            "status authority",
            "authority",
            "decided by",
            "suspended by",
            "beschlossen von",
            "decide par",
            "decidido por",
        ],
    ),
    (Field::StatusCondition, &["status condition", "condition", "until", "bedingung", "condicion"]),
    (Field::StatusSource, &["status source", "source of status", "quelle zum status"]),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

const ENGAGEMENTS: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (
        Field::Date,
        &[
            "date",
            "when",
            "start",
            "start date",
            "from",
            "begin",
            "begins",
            "first day",
            "date from",
            "day",
            "month",
            "year",
            "datum",
            "beginn",
            "von",
            "wann",
            "jahr",
            "debut",
            "du",
            "date de debut",
            "annee",
            "fecha",
            "inicio",
            "fecha de inicio",
            "desde",
            "data",
            "kiedy",
        ],
    ),
    (
        Field::EndDate,
        &[
            "end date",
            "end",
            "to",
            "until",
            "last day",
            "date to",
            "ends",
            "ende",
            "bis",
            "fin",
            "au",
            "date de fin",
            "fecha de fin",
            "hasta",
            "do",
        ],
    ),
    (Field::Precision, PRECISION),
    (
        Field::Direction,
        &[
            "direction",
            "in out",
            "inbound outbound",
            "way",
            "richtung",
            "sens",
            "direccion",
            "sentido",
            "kierunek",
        ],
    ),
    (
        Field::Focus,
        &[
            "focus",
            "foci",
            "focus area",
            "focus areas",
            "field",
            "theme",
            "themes",
            "topic",
            "area",
            "category",
            "sector",
            "thema",
            "themen",
            "bereich",
            "schwerpunkt",
            "theme principal",
            "domaine",
            "domaines",
            "tema",
            "temas",
            "ambito",
            "temat",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "activity",
            "event",
            "what",
            "description",
            "exchange",
            "subject",
            "engagement",
            "summary",
            "titel",
            "aktivitat",
            "veranstaltung",
            "beschreibung",
            "massnahme",
            "titre",
            "activite",
            "evenement",
            "intitule",
            "titulo",
            "actividad",
            "evento",
            "descripcion",
            "tytul",
        ],
    ),
    (
        Field::Participants,
        &[
            "participants",
            "people",
            "number of participants",
            "attendance",
            "attendees",
            "delegates",
            "number",
            "teilnehmer",
            "teilnehmerzahl",
            "personen",
            "teilnehmende",
            "nombre de participants",
            "personnes",
            "participantes",
            "asistentes",
            "uczestnicy",
        ],
    ),
    (
        Field::Organisations,
        &[
            "organisations",
            "organizations",
            "organisation",
            "organization",
            "partners",
            "participating organisations",
            "organiser",
            "organizer",
            "hosts",
            "organisationen",
            "veranstalter",
            "beteiligte",
            "organismes",
            "organisateur",
            "organizaciones",
            "entidades",
            "organizacje",
        ],
    ),
    (
        Field::Outcome,
        &[
            "outcome",
            "outcomes",
            "result",
            "results",
            "ergebnis",
            "ergebnisse",
            "resultat",
            "resultats",
            "resultado",
            "resultados",
        ],
    ),
    (
        Field::Cost,
        &[
            "cost", "costs", "budget", "amount", "kosten", "betrag", "cout", "couts", "montant", "coste",
            "costo", "importe",
        ],
    ),
    (Field::Happening, &["happening", "held", "took place", "stattgefunden", "realise", "realizado"]),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

const COVERAGE: Wordings = &[
    (Field::Place, PLACE),
    (Field::Country, COUNTRY),
    (Field::CountryCode, COUNTRY_CODE),
    (Field::GeonamesId, GEONAMES),
    (
        Field::From,
        &["from", "complete from", "since", "start", "von", "seit", "de", "du", "depuis", "desde", "od"],
    ),
    (Field::To, &["to", "complete to", "until", "end", "bis", "au", "jusqu a", "jusqu au", "hasta", "do"]),
    (Field::Sources, SOURCES),
    (Field::Notes, NOTES),
];

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
        for content in [ImportContent::Partnerships, ImportContent::Engagements, ImportContent::Coverage] {
            let mut seen = std::collections::BTreeMap::new();
            for (field, words) in wordings(content) {
                for word in *words {
                    assert_eq!(*word, fold(word));
                    assert_eq!(seen.insert(*word, *field), None, "{word} in {content:?}");
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
