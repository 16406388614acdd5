//! Words beside a name that say what it is: `Comune di Milano`, `大阪市`, `Landkreis Karlsruhe`.
//!
//! A town without the word for it is the same town. A county, a region or a part of a city without the word may be something
//! else, so that name is only proposed.

/// What the words say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Designation {
    /// A city, town, village or municipality.
    Town,
    /// A county, district, region, province or another area that is no town.
    Area,
    /// A part of a city: a borough, a ward, an arrondissement.
    CityPart,
}

/// Words before a name, folded, with the space behind them.
const BEFORE: &[(Designation, &[&str])] = &[
    (
        Designation::Town,
        &[
            "city of ",
            "the city of ",
            "town of ",
            "the town of ",
            "village of ",
            "municipality of ",
            "township of ",
            "ville de ",
            "ville d ",
            "ville du ",
            "commune de ",
            "commune d ",
            "commune du ",
            "mairie de ",
            "comune di ",
            "citta di ",
            "citta d ",
            "municipio di ",
            "ayuntamiento de ",
            "ajuntament de ",
            "ajuntament d ",
            "concello de ",
            "municipio de ",
            "municipio do ",
            "municipio da ",
            "ciudad de ",
            "villa de ",
            "cidade de ",
            "prefeitura de ",
            "prefeitura municipal de ",
            "camara municipal de ",
            "municipalidad de ",
            "stadt ",
            "kreisfreie stadt ",
            "statutarni mesto ",
            "miasto stoleczne ",
            "miasto na prawach powiatu ",
            "kommune ",
            "landeshauptstadt ",
            "bundeshauptstadt ",
            "hansestadt ",
            "freie und hansestadt ",
            "freie hansestadt ",
            "universitatsstadt ",
            "kreisstadt ",
            "grosse kreisstadt ",
            "lutherstadt ",
            "gemeinde ",
            "markt ",
            "marktgemeinde ",
            "stadtgemeinde ",
            "einwohnergemeinde ",
            "verbandsgemeinde ",
            "samtgemeinde ",
            "gemeente ",
            "stad ",
            "gmina ",
            "gmina miejska ",
            "miasto ",
            "m st ",
            "urzad miasta ",
            "obec ",
            "mesto ",
            "mestys ",
            "hlavni mesto ",
            "grad ",
            "opcina ",
            "opstina ",
            "obcina ",
            "comuna ",
            "orasul ",
            "municipiul ",
            "dimos ",
            "δημοσ ",
            "г ",
            "город ",
            "м ",
            "місто ",
            "gorod ",
            "misto ",
            "the ",
        ],
    ),
    (
        Designation::Area,
        &[
            "county of ",
            "county ",
            "district of ",
            "province of ",
            "provincia di ",
            "provincia de ",
            "provincia d ",
            "region of ",
            "region ",
            "region de ",
            "regione ",
            "departement de ",
            "departement du ",
            "departement d ",
            "conseil general de ",
            "landkreis ",
            "kreis ",
            "bezirk ",
            "kanton ",
            "canton de ",
            "canton of ",
            "powiat ",
            "rejon ",
            "wojewodztwo ",
            "oblast ",
            "kraj ",
            "comunidad de ",
            "comunidad autonoma de ",
            "greater ",
            "grand ",
            "metro ",
            "metropolitan city of ",
            "citta metropolitana di ",
            "area metropolitana de ",
            "distrito de ",
            "state of ",
            "estado de ",
            "prefecture of ",
            "provinz ",
            "land ",
            "raion ",
            "rayon ",
            "judetul ",
            "zupanija ",
            "nomos ",
        ],
    ),
    (
        Designation::CityPart,
        &[
            "borough of ",
            "alcaldia de ",
            "london borough of ",
            "royal borough of ",
            "the royal borough of ",
            "the london borough of ",
            "dzielnica ",
            "stadtbezirk ",
            "bezirksamt ",
        ],
    ),
];

/// Words after a name, folded, with the space before them.
const AFTER: &[(Designation, &[&str])] = &[
    (
        Designation::Town,
        &[
            " municipality",
            " kommune",
            " kommun",
            " stad",
            " stadt",
            " gemeinde",
            " shi",
            " si",
            " shih",
            " cho",
            " machi",
            " metropolitan city",
            " special city",
            " special metropolitan city",
            " buyuksehir belediyesi",
            " belediyesi",
            " varos",
            " linn",
            " vald",
            " kaupunki",
            " miestas",
            " pilseta",
            " novads",
            " kommuna",
        ],
    ),
    (
        Designation::Area,
        &[
            " county",
            " district",
            " prefecture",
            " province",
            " region",
            " oblast",
            " krai",
            " voivodeship",
            " state",
            " department",
            " governorate",
            " raion",
            " rayon",
            " kreis",
            " landkreis",
            " ken",
            " do",
            " gun",
            " sheng",
            " megye",
            " maakunta",
            " lan",
            " fylke",
            " apskritis",
            " ilce",
            " ili",
            " metropolitan area",
            " canton",
        ],
    ),
    (Designation::CityPart, &[" borough", " ward", " ku", " gu", " qu"]),
];

/// Words after a name that say it is a town, but in the countries where they are as often part of the name are proposals.
const CITY: &[&str] = &[" city", " town"];
/// Where `Union City` is no other way to write Union.
pub(crate) const CITY_IS_NAME: &[&str] = &["US", "GB", "IE", "CA", "AU", "NZ", "PH", "ZA", "JM"];

/// The signs behind a name in Chinese, Japanese and Korean.
const SIGNS: &[(Designation, &[&str])] = &[
    (Designation::Town, &["市", "特别市", "特別市", "광역시", "특별시", "특별자치시", "시", "町"]),
    (Designation::Area, &["省", "県", "县", "縣", "도", "군", "郡", "州"]),
    (Designation::CityPart, &["区", "區", "구"]),
];

/// A folded name without the words that say what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bare {
    pub(crate) name: String,
    pub(crate) designation: Designation,
    /// The words are as often part of a name in some countries.
    pub(crate) is_city: bool,
}

/// The name without its designation; none if it has none.
pub(crate) fn bare(folded: &str) -> Vec<Bare> {
    let mut all: Vec<Bare> = Vec::new();
    let mut add = |name: &str, designation, is_city| {
        let name = name.trim();
        if !name.is_empty() && all.iter().all(|known| known.name != name) {
            all.push(Bare { name: name.to_owned(), designation, is_city });
        }
    };
    // The longest words count: `freie und hansestadt`, not `stadt`.
    let mut before: Vec<(&str, Designation)> = Vec::new();
    for (designation, words) in BEFORE {
        before
            .extend(words.iter().filter(|word| folded.starts_with(**word)).map(|word| (*word, *designation)));
    }
    if let Some((word, designation)) = before.into_iter().max_by_key(|(word, _)| word.len()) {
        add(&folded[word.len()..], designation, false);
    }
    let mut after: Vec<(&str, Designation)> = Vec::new();
    for (designation, words) in AFTER {
        after.extend(words.iter().filter(|word| folded.ends_with(**word)).map(|word| (*word, *designation)));
    }
    match after.into_iter().max_by_key(|(word, _)| word.len()) {
        Some((word, designation)) => add(&folded[..folded.len() - word.len()], designation, false),
        None => {
            if let Some(word) = CITY.iter().find(|word| folded.ends_with(**word)) {
                add(&folded[..folded.len() - word.len()], Designation::Town, true);
            }
        }
    }
    if !folded.is_ascii() {
        let mut signs: Vec<(&str, Designation)> = Vec::new();
        for (designation, words) in SIGNS {
            signs.extend(
                words.iter().filter(|word| folded.ends_with(**word)).map(|word| (*word, *designation)),
            );
        }
        // A name of one sign is rarely more than its designation.
        if let Some((word, designation)) = signs.into_iter().max_by_key(|(word, _)| word.len())
            && folded[..folded.len() - word.len()].chars().count() > 1
        {
            add(&folded[..folded.len() - word.len()], designation, false);
        }
    }
    all
}

/// Words that say it wherever they stand: `XIe arrondissement de Paris`.
const ANYWHERE: &[(Designation, &[&str])] = &[
    (
        Designation::CityPart,
        &[
            "arrondissement",
            "arrondissements",
            "stadtteil",
            "stadtbezirk",
            "dzielnica",
            "quartier",
            "circoscrizione",
            "freguesia",
            "alcaldia",
            "mahallesi",
        ],
    ),
    (
        Designation::Area,
        &[
            "departement",
            "communaute",
            "metropole",
            "agglomeration",
            "regierungsbezirk",
            "mancomunidad",
            "comarca",
            "euroregion",
            "prefecture",
            "voivodeship",
            "wojewodztwo",
            "landkreis",
            "powiat",
        ],
    ),
];

/// What the words beside a name say it is: `Hyogo Prefecture` is an area.
#[must_use]
pub fn designation(name: &str) -> Option<Designation> {
    let folded = crate::fold::fold(name);
    let anywhere = || {
        let has = |words: &[&str]| folded.split(' ').any(|word| words.contains(&word));
        ANYWHERE.iter().find(|(_, words)| has(words)).map(|(designation, _)| *designation)
    };
    bare(&folded).first().map(|bare| bare.designation).or_else(anywhere)
}

/// What a town's administration is called, folded; no name of a town begins so.
const ADMINISTRATIONS: &[&str] = &[
    "city of ",
    "the city of ",
    "town of ",
    "the town of ",
    "village of ",
    "municipality of ",
    "commune de ",
    "commune d ",
    "commune du ",
    "mairie de ",
    "mairie d ",
    "comune di ",
    "municipio di ",
    "municipio de ",
    "ayuntamiento de ",
    "ajuntament de ",
    "ajuntament d ",
    "concello de ",
    "prefeitura de ",
    "prefeitura municipal de ",
    "camara municipal de ",
    "municipalidad de ",
    "gemeinde ",
    "gemeente ",
    "gmina ",
    "urzad miasta ",
    "obec ",
];

/// The name of a town that was written with the word for its administration: `Bellagio` of `Comune di Bellagio`. None without such a word.
#[must_use]
pub fn town_without_administration(name: &str) -> Option<&str> {
    let folded = crate::fold::fold(name);
    let word =
        ADMINISTRATIONS.iter().filter(|word| folded.starts_with(**word)).max_by_key(|word| word.len())?;
    let rest = &folded[word.len()..];
    let mut starts = name.char_indices().map(|(at, _)| at);
    starts.find(|at| crate::fold::fold(&name[*at..]) == rest).map(|at| name[at..].trim())
}

#[cfg(test)]
mod tests {
    use super::{Designation, bare, designation, town_without_administration};
    use crate::fold::fold;

    #[test]
    fn a_town_is_told_from_an_area_in_the_languages_of_the_lists() {
        for (name, rest, what) in [
            ("Comune di Milano", "milano", Designation::Town),
            ("Freie und Hansestadt Hamburg", "hamburg", Designation::Town),
            ("大阪市", "大阪", Designation::Town),
            ("부산광역시", "부산", Designation::Town),
            ("Osaka-shi", "osaka", Designation::Town),
            ("Aarhus Kommune", "aarhus", Designation::Town),
            ("Landkreis Karlsruhe", "karlsruhe", Designation::Area),
            ("Hyogo Prefecture", "hyogo", Designation::Area),
            ("Powiat Wrocławski", "wroclawski", Designation::Area),
            ("London Borough of Hounslow", "hounslow", Designation::CityPart),
            ("Chuo-ku", "chuo", Designation::CityPart),
        ] {
            let all = bare(&fold(name));
            assert_eq!(
                all.first().map(|bare| (bare.name.as_str(), bare.designation)),
                Some((rest, what)),
                "{name}"
            );
        }
        assert_eq!(designation("Milano"), None);
        assert_eq!(designation("XIe arrondissement de Paris"), Some(Designation::CityPart));
    }

    #[test]
    fn the_word_for_an_administration_is_no_part_of_a_name() {
        for (name, town) in [
            ("Comune di Bellagio", Some("Bellagio")),
            ("Town of Bellagio", Some("Bellagio")),
            ("Mairie de Lyon", Some("Lyon")),
            ("Bellagio", None),
            ("Ville-d'Avray", None),
            ("Markt Schwaben", None),
        ] {
            assert_eq!(town_without_administration(name), town, "{name}");
        }
    }
}
