//! The words of a log of exchanges: directions, focus areas, numbers of people, organisations.

use sister_cities_domain::engagement::{Direction, Focus, Happening};

use super::fold::fold;
use super::near::one_edit;

/// The direction a word means; a blank one is unknown.
pub(crate) fn direction(text: &str) -> Option<Direction> {
    Some(match fold(text).as_str() {
        "inbound" | "in" | "incoming" | "to us" | "visit to us" | "received" | "herein" | "eingehend"
        | "nach hier" | "hierher" | "besuch bei uns" | "entrant" | "accueil" | "chez nous" | "entrante"
        | "recibida" | "recibido" | "przyjazd" => Direction::Inbound,
        "outbound" | "out" | "outgoing" | "to them" | "visit to them" | "sent" | "hinaus" | "ausgehend"
        | "dorthin" | "besuch dort" | "sortant" | "envoi" | "chez eux" | "saliente" | "enviada"
        | "enviado" | "wyjazd" => Direction::Outbound,
        "joint" | "both" | "mutual" | "together" | "both ways" | "two way" | "gemeinsam" | "beidseitig"
        | "commun" | "conjoint" | "mutuel" | "conjunta" | "conjunto" | "wspolne" => Direction::Joint,
        "virtual" | "online" | "remote" | "video" | "virtuell" | "digital" | "virtuel" | "en ligne"
        | "distance" | "en linea" => Direction::Virtual,
        "local" | "at home" | "local only" | "lokal" | "vor ort" | "sur place" => Direction::Local,
        "" | "unknown" | "not known" | "n a" | "na" | "unbekannt" | "inconnu" | "inconnue"
        | "desconocido" | "desconocida" => Direction::Unknown,
        _ => return None,
    })
}

/// Whether it took place; a blank word says that it did, as a log lists what was done.
pub(crate) fn happening(text: &str) -> Option<Happening> {
    Some(match fold(text).as_str() {
        "" | "held" | "yes" | "took place" | "done" | "ja" | "oui" | "si" | "stattgefunden" => {
            Happening::Held
        }
        "announced" | "announced only" | "planned" | "billed" | "angekundigt" | "geplant" | "annonce"
        | "anunciado" => Happening::AnnouncedOnly,
        "called off" | "cancelled" | "canceled" | "no" | "abgesagt" | "annule" | "cancelado"
        | "did not take place" => Happening::CalledOff,
        _ => return None,
    })
}

/// The word for it in reports.
pub(crate) fn happened(happening: Happening) -> &'static str {
    match happening {
        Happening::AnnouncedOnly => "announced only",
        Happening::CalledOff => "called off",
        Happening::Held | _ => "held",
    }
}

const FOCI: &[(&str, &[&str])] = &[
    (
        "signing_agreement",
        &[
            "signing agreement",
            "signing",
            "agreement",
            "agreement signing",
            "signature",
            "unterzeichnung",
            "firma",
        ],
    ),
    (
        "reaffirmation",
        &[
            "reaffirmation",
            "reaffirmation of agreement",
            "renewal",
            "reaffirmed",
            "bekraftigung",
            "reaffirmacion",
            "renouvellement",
        ],
    ),
    (
        "culture",
        &[
            "culture",
            "cultural",
            "arts",
            "art",
            "arts and culture",
            "music",
            "kultur",
            "kunst",
            "cultura",
            "kultura",
        ],
    ),
    (
        "education",
        &[
            "education",
            "educational",
            "schools",
            "school",
            "university",
            "bildung",
            "schule",
            "enseignement",
            "educacion",
            "edukacja",
        ],
    ),
    (
        "business",
        &[
            "business",
            "trade",
            "economy",
            "economic development",
            "economic",
            "commerce",
            "wirtschaft",
            "handel",
            "economie",
            "economia",
            "negocios",
            "gospodarka",
        ],
    ),
    (
        "government",
        &[
            "government",
            "municipal",
            "politics",
            "city hall",
            "verwaltung",
            "politik",
            "gouvernement",
            "administration",
            "gobierno",
            "administracja",
        ],
    ),
    (
        "environment",
        &[
            "environment",
            "environmental",
            "climate",
            "umwelt",
            "klima",
            "environnement",
            "climat",
            "medio ambiente",
            "srodowisko",
        ],
    ),
    (
        "medicine",
        &[
            "medicine",
            "medical",
            "health",
            "healthcare",
            "gesundheit",
            "medizin",
            "sante",
            "medecine",
            "salud",
            "medicina",
            "zdrowie",
        ],
    ),
    ("sports", &["sports", "sport", "athletics", "deporte", "deportes"]),
    (
        "social_service",
        &[
            "social service",
            "social services",
            "social work",
            "social",
            "soziales",
            "sozialarbeit",
            "servicios sociales",
            "action sociale",
        ],
    ),
    ("youth", &["youth", "young people", "jugend", "jeunesse", "juventud", "mlodziez"]),
    (
        "humanitarian",
        &["humanitarian", "relief", "aid", "humanitar", "hilfe", "humanitaire", "humanitario", "ayuda"],
    ),
];

/// The focus a word means: one that is listed, by one of its wordings.
pub(crate) fn focus(text: &str) -> Option<Focus> {
    let folded = fold(text);
    let key = FOCI.iter().find(|(_, wordings)| wordings.contains(&folded.as_str())).map(|(key, _)| *key)?;
    key.parse().ok()
}

/// The keys of all foci, those whose wordings are one slip away first.
pub(crate) fn foci_like(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut keys: Vec<(bool, &str)> =
        FOCI.iter().map(|(key, wordings)| (!wordings.iter().any(|w| one_edit(w, &folded)), *key)).collect();
    keys.sort_by_key(|(far, _)| *far);
    keys.into_iter().map(|(_, key)| key.to_owned()).collect()
}

/// A number of people as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    Blank,
    Exactly(u32),
    About(u32),
    Unreadable,
}

/// `22`, `1,234`, `about 50`, `100+`, `n/a`.
pub(crate) fn people(text: &str) -> People {
    let text = text.trim();
    let folded = fold(text);
    if ["", "n a", "na", "unknown", "not known", "unbekannt", "inconnu", "desconocido", "none given"]
        .contains(&folded.as_str())
    {
        return People::Blank;
    }
    let rough = [
        "about",
        "around",
        "ca",
        "c",
        "circa",
        "approx",
        "approximately",
        "over",
        "nearly",
        "some",
        "etwa",
        "rund",
        "uber",
        "environ",
        "unos",
        "mas de",
    ];
    let mut rest = text;
    let mut about = false;
    for word in rough {
        let is_word = |text: &str| fold(text.split([' ', '.']).next().unwrap_or("")) == word;
        if is_word(rest) {
            rest = rest.split_once([' ', '.']).map_or("", |(_, after)| after).trim_start_matches(['.', ' ']);
            about = true;
        }
    }
    if let Some(less) = rest.strip_suffix('+') {
        rest = less;
        about = true;
    }
    let words =
        ["people", "persons", "participants", "delegates", "guests", "personen", "personnes", "personas"];
    let rest = rest.trim();
    let rest = rest
        .rsplit_once(' ')
        .filter(|(_, last)| words.contains(&fold(last).as_str()))
        .map_or(rest, |(n, _)| n);
    let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
    let grouped = is_grouped(rest);
    match digits.parse::<u32>() {
        Ok(people) if grouped && about => People::About(people),
        Ok(people) if grouped => People::Exactly(people),
        Ok(_) | Err(_) => People::Unreadable,
    }
}

/// Digits alone, or in threes: `1234`, `1,234`, `1.234`, `1 234`.
fn is_grouped(text: &str) -> bool {
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let Some(mark) = text.chars().find(|c| !c.is_ascii_digit()) else { return false };
    if !matches!(mark, ',' | '.' | ' ' | '\u{a0}' | '\'' | '\u{202f}') {
        return false;
    }
    let mut groups = text.split(mark);
    let plain = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && plain(first))
        && groups.all(|group| group.len() == 3 && plain(group))
}

/// `City Council (Ann Smith, and Bob Jones); Chamber (UK)`: each organisation, with who stands in brackets behind it.
///
/// A bracket of one word belongs to the name: it is an abbreviation or a country as a rule, not a person.
pub(crate) fn organisations(text: &str) -> Vec<(String, Vec<String>)> {
    let mut items = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ';' | '\n' if depth == 0 => {
                items.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    items.push(&text[start..]);
    items.iter().map(|item| item.trim()).filter(|item| !item.is_empty()).map(organisation).collect()
}

fn organisation(item: &str) -> (String, Vec<String>) {
    let inner = item.strip_suffix(')').and_then(|rest| rest.split_once(" ("));
    match inner {
        Some((name, people)) if people.contains(' ') && !people.contains('(') => {
            let people = people.split(", and ").map(|person| person.trim().to_owned()).collect();
            (name.trim().to_owned(), people)
        }
        Some(_) | None => (item.to_owned(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_read_as_written() {
        for (text, people) in [
            ("22", People::Exactly(22)),
            ("1,234", People::Exactly(1234)),
            ("1.234", People::Exactly(1234)),
            ("about 50", People::About(50)),
            ("ca. 50 people", People::About(50)),
            ("100+", People::About(100)),
            ("n/a", People::Blank),
            ("", People::Blank),
            ("20-25", People::Unreadable),
            ("-5", People::Unreadable),
            ("2.5", People::Unreadable),
            ("many", People::Unreadable),
            ("99999999999", People::Unreadable),
        ] {
            assert_eq!(super::people(text), people, "{text}");
        }
    }

    #[test]
    fn delegates_in_brackets_go_with_their_organisation() {
        assert_eq!(
            organisations(
                "Council (Clive Dutton, Director of Planning, and Cllr Neville Summerfield); Jobcentre Plus; ILO (UN)"
            ),
            [
                (
                    "Council".to_owned(),
                    vec![
                        "Clive Dutton, Director of Planning".to_owned(),
                        "Cllr Neville Summerfield".to_owned()
                    ]
                ),
                ("Jobcentre Plus".to_owned(), vec![]),
                ("ILO (UN)".to_owned(), vec![]),
            ]
        );
    }

    #[test]
    fn every_focus_of_the_catalogue_has_wordings() {
        for listed in Focus::LISTED {
            assert_eq!(focus(listed.as_str()).as_ref(), Some(listed));
        }
        assert_eq!(FOCI.len(), Focus::LISTED.len());
        assert_eq!(foci_like("cultur")[0], "culture");
    }
}
