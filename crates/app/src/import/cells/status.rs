//! The words of offices for where a bond stands: `suspended since March 2022`, `gekündigt`, `ruht`, `Terminated 2018`.

use sister_cities_domain::value::PartialDate;

use super::dates::{self, Reading};
use super::fold::fold;

/// What a word says of a bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StatusWord {
    /// It stands.
    InForce,
    /// Nobody knows.
    Unknown,
    /// It stands, but nothing comes of it: reckoned from contacts, not taken from a list.
    Dormant,
    Suspended,
    Ended,
    /// Suspended or dormant, as people use the word: `ruht`.
    AtRest,
    /// Not agreed yet.
    Coming,
}

const WORDS: &[(StatusWord, &str)] = &[
    (
        StatusWord::InForce,
        "active | in force | agreed | current | live | yes | ok | valid | ongoing | existing | aktiv | in kraft | bestehend | laufend \
         | actif | active en | en vigueur | en cours | activo | activa | vigente | en vigor | attivo | attiva | in vigore | aktywne | aktywna \
         | obowiazuje | trwa | aktivni | platna | ativo | ativa | em vigor | actief | aktif | yururlukte | aktiivinen | resumed | reactivated \
         | reinstated | renewed | wieder aufgenommen | erneuert | renouvele | wznowione | 有効",
    ),
    (StatusWord::Unknown, "unknown | unbekannt | inconnu | desconocido | na | n a | nieznany | sconosciuto"),
    (
        StatusWord::Dormant,
        "dormant | inactive | cooling | sleeping | inaktiv | en sommeil | inactif | inactivo | inactiva | inattivo | inattiva \
         | nieaktywne | nieaktywna | uspione | neaktivni | inactief | pasif | keine aktivitaten | no activity",
    ),
    (
        StatusWord::Suspended,
        "suspended | paused | on hold | frozen | ausgesetzt | suspendiert | eingefroren | suspendu | suspendue | gele | gelee \
         | suspendida | suspendido | congelado | sospeso | sospesa | zawieszone | zawieszona | zawieszony | pozastaveno | pozastavena \
         | opgeschort | askiya alindi | keskeytetty | suspensa | suspenso | zawieszono | w zawieszeniu | wstrzymane \
         | wstrzymana | wstrzymano | призупинено | приостановлено | 休止",
    ),
    (
        StatusWord::Ended,
        "ended | concluded | terminated | dissolved | former | cancelled | canceled | revoked | withdrawn | abandoned | expired | lapsed \
         | discontinued | severed | rescinded | annulled | ceased | defunct | broken off | beendet | aufgelost | ehemalig | gekundigt | erloschen \
         | abgelaufen | widerrufen | eingestellt | termine | terminee | rompu | rompue | dissous | dissoute | resilie | resiliee | expire | expiree \
         | abandonne | abandonnee | terminado | terminada | finalizado | finalizada | cancelado | cancelada | revocado | revocada | caducado \
         | cessato | cessata | concluso | conclusa | revocato | sciolto | scaduto | zakonczone | zakonczona | rozwiazane | rozwiazana \
         | wypowiedziane | wypowiedziana | wygaslo | wygasle | ukonceno | ukoncena | zruseno | zrusena | encerrado | encerrada | beeindigd \
         | opgezegd | sona erdi | feshedildi | paattynyt | avslutad | oppsagt | ophort | zakonczono | rozwiazano | vencido \
         | vencida | extinta | extinto | rescindido | rescindida | not renewed | nicht verlangert | non renouvele | non renouvelee \
         | nieprzedluzone | nieprzedluzona | расторгнуто | розірвано | 解消 | 終了",
    ),
    (
        StatusWord::AtRest,
        "ruht | ruhend | ruhen | at rest | vilande | in ruhe | stillgelegt | no longer active | not active | nicht mehr aktiv | nicht aktiv \
         | plus actif | no contact | kein kontakt | keine kontakte | sans contact | sin contacto | bez kontaktu | 休止中",
    ),
    (
        StatusWord::Coming,
        "pending | proposed | planned | in preparation | in negotiation | under negotiation | geplant | in vorbereitung | beantragt \
         | en projet | propose | en preparation | en negociation | propuesto | propuesta | en tramite | proposto | in preparazione | planowane \
         | w przygotowaniu | proponowane | planovano",
    ),
];

/// What a text says of a bond: one word of the list, and the date beside it. More than that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum StatusText {
    Blank,
    Says(StatusWord, Option<PartialDate>),
    /// Words that are not known, or several that contradict each other; the first that is known, and the date.
    Unclear(Option<(StatusWord, Option<PartialDate>)>),
}

/// Reads a cell of status.
pub(crate) fn read(text: &str) -> StatusText {
    let folded = fold(text);
    if text.trim().is_empty() || folded.is_empty() && !text.contains('?') {
        return StatusText::Blank;
    }
    if let Some(word) = named(&folded) {
        return if text.contains('?') {
            StatusText::Unclear(Some((word, None)))
        } else {
            StatusText::Says(word, None)
        };
    }
    let found = within(&folded);
    match found.as_slice() {
        [(word, rest)] => {
            let date = date_of(rest);
            let is_all = rest.trim().is_empty() || date.is_some();
            let found = (*word, date);
            if is_all && !text.contains('?') {
                StatusText::Says(found.0, found.1)
            } else {
                StatusText::Unclear(Some(found))
            }
        }
        [] => StatusText::Unclear(None),
        [(word, _), ..] => StatusText::Unclear(Some((*word, None))),
    }
}

/// What a remark says of the status of a bond, if it says that it is over or set aside: `REVOKED 2018`.
pub(crate) fn in_remark(text: &str) -> Option<(StatusWord, Option<PartialDate>)> {
    let tells = |word: StatusWord| {
        matches!(word, StatusWord::Suspended | StatusWord::Ended | StatusWord::AtRest | StatusWord::Coming)
    };
    let folded = fold(text);
    if let Some(word) = named(&folded) {
        return tells(word).then_some((word, None));
    }
    within(&folded).into_iter().find(|(word, _)| tells(*word)).map(|(word, rest)| (word, date_of(&rest)))
}

fn named(folded: &str) -> Option<StatusWord> {
    let is_it = |words: &&str| words.split(" | ").any(|word| word.trim() == folded);
    WORDS.iter().find(|(_, words)| is_it(words)).map(|(word, _)| *word)
}

/// Words that say it only where they stand alone: `the former mayor`.
const ALONE: &[&str] = &[
    "former", "ehemalig", "current", "live", "termine", "propose", "planned", "geplant", "renewed", "valid",
    "existing",
];

/// The known words within a text, each with the text around it.
fn within(folded: &str) -> Vec<(StatusWord, String)> {
    let padded = format!(" {folded} ");
    let mut found: Vec<(StatusWord, String)> = Vec::new();
    for (status, words) in WORDS {
        let longest = words
            .split(" | ")
            .map(str::trim)
            .filter(|word| (word.len() > 3 || !word.is_ascii()) && !ALONE.contains(word))
            .filter(|word| padded.contains(&format!(" {word} ")))
            .max_by_key(|word| word.len());
        if let Some(word) = longest {
            found.push((*status, padded.replacen(&format!(" {word} "), " ", 1)));
        }
    }
    found
}

/// The date in the words around a status.
fn date_of(rest: &str) -> Option<PartialDate> {
    match dates::read(rest, None) {
        Reading::Date { date, .. } => Some(date),
        Reading::Blank
        | Reading::Span { .. }
        | Reading::Doubtful(_)
        | Reading::Vague
        | Reading::Unreadable => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_with_the_date_beside_them() {
        let date = |text: &str| Some(text.parse().expect("a date"));
        for (text, word, on) in [
            ("suspended", StatusWord::Suspended, None),
            ("Suspended (2022)", StatusWord::Suspended, date("2022")),
            ("suspended since March 2022", StatusWord::Suspended, date("2022-03")),
            ("terminated 2022", StatusWord::Ended, date("2022")),
            ("gekündigt", StatusWord::Ended, None),
            ("zawieszone", StatusWord::Suspended, None),
            ("en sommeil", StatusWord::Dormant, None),
            ("ruht", StatusWord::AtRest, None),
            ("resumed 2013", StatusWord::InForce, date("2013")),
            ("休止", StatusWord::Suspended, None),
            ("in force", StatusWord::InForce, None),
        ] {
            assert_eq!(read(text), StatusText::Says(word, on), "{text}");
        }
        for text in ["?", "Emeritus", "terminated 1989, reactivated 1991", "active?"] {
            assert!(matches!(read(text), StatusText::Unclear(_)), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_remark_tells_of_an_end_only_if_it_says_so() {
        assert_eq!(in_remark("REVOKED 2018"), Some((StatusWord::Ended, "2018".parse().ok())));
        assert_eq!(in_remark("(suspended)"), Some((StatusWord::Suspended, None)));
        assert_eq!(in_remark("confirmé en 2012"), None);
        assert_eq!(in_remark("the former mayor signed"), None);
        assert_eq!(in_remark("twinned with the harbour"), None);
    }

    #[test]
    fn no_word_means_two_things() {
        let mut seen = std::collections::BTreeMap::new();
        for (status, words) in WORDS {
            for word in words.split(" | ").map(str::trim) {
                assert_eq!(word, fold(word));
                assert_eq!(*seen.entry(word).or_insert(*status), *status, "{word}");
            }
        }
    }
}
