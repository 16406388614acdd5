//! What a line of a list of partners says: the kind, when it was signed, where it stands, by which source.

use sister_cities_domain::value::{FreeText, KindKey, Name, Note, PartialDate, Precision, Source};

use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::draft::Draft;
use crate::import::line::{DateCell, Line};
use crate::import::report::Proposal;

/// The key by which a person says that a further kind of bond stands beside the one that is known.
pub(crate) const FURTHER: &str = "further:";

/// What a line says about a bond.
pub(crate) struct Facts {
    pub(crate) kind: KindKey,
    /// The office's own word for the kind.
    pub(crate) label: Option<Name>,
    pub(crate) signed: Option<PartialDate>,
    pub(crate) source: Source,
    pub(crate) status: StatusFacts,
    pub(crate) notes: Vec<Note>,
}

/// Where the bond stands, as far as a line says.
pub(crate) enum StatusFacts {
    /// Nothing that decides it; a list names what there is, so it stands as agreed.
    Unsaid,
    InForce,
    Suspended {
        on: PartialDate,
        authority: Option<Name>,
        condition: Option<FreeText>,
        source: Source,
    },
    Ended {
        on: Option<PartialDate>,
        reason: Option<FreeText>,
        authority: Option<Name>,
        source: Source,
    },
}

/// The bond in words, for the report.
pub(crate) fn what(facts: &Facts) -> String {
    let signed =
        facts.signed.map_or_else(|| "no date given".to_owned(), |date| format!("signed {}", date.in_words()));
    let status = match &facts.status {
        StatusFacts::Unsaid | StatusFacts::InForce => String::new(),
        StatusFacts::Suspended { on, .. } => format!(", suspended {}", on.in_words()),
        StatusFacts::Ended { on: Some(on), .. } => format!(", ended {}", on.in_words()),
        StatusFacts::Ended { on: None, .. } => ", ended".to_owned(),
    };
    format!("{}, {signed}{status}", facts.kind)
}

/// Reads the cells; none if something is wrong or open.
pub(crate) fn facts(line: &mut Line<'_>, draft: &Draft<'_>) -> Option<Facts> {
    let kind = kind(line, draft);
    let source = line.source();
    let signed = signed(line);
    let status = status(line, &source);
    let own = line.value(Field::Notes, FreeText::new).map(|text| Note { text, source: None });
    let kept = line.findings.kept.drain(..).map(|text| Note { text, source: Some(source.clone()) });
    let notes: Vec<Note> = own.into_iter().chain(kept).collect();
    let (kind, label) = kind?;
    let Signed::Known(signed) = signed else { return None };
    Some(Facts { kind, label, signed, source, status: status?, notes })
}

fn kind(line: &mut Line<'_>, draft: &Draft<'_>) -> Option<(KindKey, Option<Name>)> {
    let kinds = &draft.programme.kinds;
    if let Some(key) = line.taken(Field::Kind) {
        let key = key.strip_prefix(FURTHER).unwrap_or(key);
        let known = KindKey::new(key).ok().filter(|key| kinds.get(key).is_some());
        if known.is_none() {
            line.problem(
                Field::Kind,
                format_args!("the answer takes {key:?}, which is no kind of this programme"),
                "the key of a kind, such as sister-city",
            );
        }
        return known.map(|key| (key, None));
    }
    let text = line.cell(Field::Kind);
    if let Some(found) = kinds.recognise(&text).filter(|_| !text.is_empty()) {
        let label = if text == found.key.as_str() { None } else { Name::new(&text).ok() };
        return Some((found.key.clone(), label));
    }
    let asks = if text.is_empty() {
        "the line does not say what kind of bond it is; which is it?".to_owned()
    } else {
        format!("{text:?} is no kind of bond this programme knows; which is meant?")
    };
    let folded = fold(&text);
    let mut proposals: Vec<(bool, Proposal)> = kinds
        .iter()
        .map(|kind| {
            let near = !folded.is_empty()
                && std::iter::once(kind.key.as_str())
                    .chain(kind.names.iter().map(|(_, name)| name.as_str()))
                    .chain(kind.wordings.iter().map(String::as_str))
                    .any(|wording| crate::import::cells::near::one_edit(&fold(wording), &folded));
            let reasons = if near { vec!["differs by one letter".to_owned()] } else { Vec::new() };
            let text = kind.name(&draft.programme.language).to_owned();
            (!near, Proposal { key: kind.key.to_string(), text, reasons })
        })
        .collect();
    proposals.sort_by_key(|(far, _)| *far);
    line.ask(Field::Kind, asks, proposals.into_iter().map(|(_, proposal)| proposal).collect());
    None
}

/// When it was signed, as far as a line says.
enum Signed {
    /// A blank that stays blank, or a date.
    Known(Option<PartialDate>),
    /// Asked about or wrong.
    Open,
}

/// The date of signing, from one column or two.
fn signed(line: &mut Line<'_>) -> Signed {
    let (year, exact) = (line.single_date(Field::Signed), line.single_date(Field::SignedOn));
    let date = match (year, exact) {
        (DateCell::Open | DateCell::Span(..), _) | (_, DateCell::Open | DateCell::Span(..)) => {
            return Signed::Open;
        }
        (DateCell::Blank, DateCell::Blank) => None,
        (DateCell::Date(date), DateCell::Blank) | (DateCell::Blank, DateCell::Date(date)) => Some(date),
        (DateCell::Date(year), DateCell::Date(exact)) if exact.refines(&year) => Some(exact),
        (DateCell::Date(year), DateCell::Date(exact)) if year.refines(&exact) => Some(year),
        (DateCell::Date(year), DateCell::Date(exact)) => {
            let asks = format!(
                "one column says {}, the other {}; which is right?",
                year.in_words(),
                exact.in_words()
            );
            if line.taken(Field::Signed).is_none() {
                line.ask_date(Field::Signed, asks, &[year, exact]);
                return Signed::Open;
            }
            Some(year)
        }
    };
    if let Some(date) = date
        && date.earliest() > line.context.today
    {
        line.problem(
            Field::Signed,
            format_args!("{} lies in the future", date.in_words()),
            "the date on which it was signed",
        );
        return Signed::Open;
    }
    if precision_fits(line, date) { Signed::Known(date) } else { Signed::Open }
}

fn precision_fits(line: &mut Line<'_>, date: Option<PartialDate>) -> bool {
    let text = fold(&line.cell(Field::Precision));
    let stated = match text.as_str() {
        "" | "unknown" | "none" => return true,
        "year" => Precision::Year,
        "month" => Precision::Month,
        "day" => Precision::Day,
        other => {
            line.findings.keep(format!("date of signing: {other}, as the list says"));
            return true;
        }
    };
    let fits = date.is_some_and(|date| date.precision() == stated);
    if !fits && line.taken(Field::Signed).is_none() {
        let found = date
            .map_or_else(|| "there is no date".to_owned(), |date| format!("the date is {}", date.in_words()));
        line.problem(
            Field::Precision,
            format_args!("says {text}, but {found}"),
            "the precision that the date has",
        );
        return false;
    }
    true
}

fn status(line: &mut Line<'_>, source: &Source) -> Option<StatusFacts> {
    let text = line.cell(Field::Status);
    let since = line.single_date(Field::StatusSince);
    let authority = line.value(Field::StatusAuthority, Name::new);
    let condition = line.value(Field::StatusCondition, FreeText::new);
    let source = line.value(Field::StatusSource, Source::new).unwrap_or_else(|| source.clone());
    let word = line.taken(Field::Status).map_or_else(|| fold(&text), fold);
    match word.as_str() {
        "" => Some(StatusFacts::Unsaid),
        "active" | "in force" | "agreed" | "current" | "live" | "yes" | "ok" | "aktiv" | "in kraft"
        | "actif" | "active en" | "en vigueur" | "activo" | "activa" | "vigente" | "attivo" | "aktywne" => {
            Some(StatusFacts::InForce)
        }
        "unknown" | "unbekannt" | "inconnu" | "desconocido" | "na" | "n a" => {
            line.findings
                .keep("status: the list does not know; taken as agreed, as nothing else is told".to_owned());
            Some(StatusFacts::Unsaid)
        }
        "dormant" | "inactive" | "cooling" | "sleeping" | "ruhend" | "inaktiv" | "en sommeil" | "inactif"
        | "inactivo" => {
            line.findings.keep(format!(
                "status: the list says {text:?}; whether a bond is alive is reckoned from its contacts"
            ));
            Some(StatusFacts::Unsaid)
        }
        "suspended" | "paused" | "on hold" | "ausgesetzt" | "suspendu" | "suspendida" | "suspendido"
        | "sospeso" => match since {
            DateCell::Date(on) => Some(StatusFacts::Suspended { on, authority, condition, source }),
            DateCell::Blank => {
                line.problem(
                    Field::StatusSince,
                    "a suspension has no date",
                    "the day from which it holds, such as 2022-03-01",
                );
                None
            }
            DateCell::Span(..) | DateCell::Open => None,
        },
        "ended" | "concluded" | "terminated" | "dissolved" | "former" | "cancelled" | "beendet"
        | "aufgelost" | "ehemalig" | "termine" | "rompu" | "dissous" | "terminado" | "finalizado"
        | "cessato" => {
            let on = match since {
                DateCell::Date(on) => Some(on),
                DateCell::Blank => None,
                DateCell::Span(..) | DateCell::Open => return None,
            };
            Some(StatusFacts::Ended { on, reason: condition, authority, source })
        }
        _ => {
            let proposals =
                [("active", "in force"), ("suspended", "suspended, with its date"), ("ended", "ended")].map(
                    |(key, text)| Proposal {
                        key: key.to_owned(),
                        text: text.to_owned(),
                        reasons: Vec::new(),
                    },
                );
            line.ask(
                Field::Status,
                format!("{text:?} is not known as a status; which is meant?"),
                proposals.into(),
            );
            None
        }
    }
}
