//! What a line of a list of partners says: the kind, when it was signed, where it stands, by which source.

use sister_cities_domain::import_run::Choice;
use sister_cities_domain::value::{FreeText, KindKey, Name, Note, PartialDate, Precision, Source};

use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::cells::status::{self, StatusText, StatusWord};
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
    let written = line.written(Field::Kind);
    // `Partnerschaft (ruht)`: what stands in brackets may be a status, which is asked about on its own.
    let text = match written.split_once(" (") {
        Some((kind, rest)) if kinds.recognise(&written).is_none() && status::in_remark(rest).is_some() => {
            kind.trim().to_owned()
        }
        Some(_) | None => written,
    };
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

/// The keys by which a person says where a bond stands.
const IN_FORCE: &str = "active";
const SUSPENDED: &str = "suspended";
const ENDED: &str = "ended";

/// What is said of where the bond stands: a word, the date beside it, and where the word stands.
struct Said {
    word: StatusWord,
    on: Option<PartialDate>,
}

fn status(line: &mut Line<'_>, source: &Source) -> Option<StatusFacts> {
    let written = line.written(Field::Status);
    let since = line.single_date(Field::StatusSince);
    let authority = line.value(Field::StatusAuthority, Name::new);
    let condition = line.value(Field::StatusCondition, FreeText::new);
    let source = line.value(Field::StatusSource, Source::new).unwrap_or_else(|| source.clone());
    let said = said(line, &written)?;
    let Some(Said { word, on }) = said else { return Some(StatusFacts::Unsaid) };
    let since = match since {
        DateCell::Date(date) => Some(date),
        DateCell::Blank => on,
        DateCell::Span(..) | DateCell::Open => return None,
    };
    match word {
        StatusWord::InForce => {
            if let Some(on) = on {
                line.findings.keep(format!("status: {written:?}, {}", on.in_words()));
            }
            Some(StatusFacts::InForce)
        }
        StatusWord::Unknown => {
            line.findings
                .keep("status: the list does not know; taken as agreed, as nothing else is told".to_owned());
            Some(StatusFacts::Unsaid)
        }
        StatusWord::Dormant => {
            line.findings.keep(format!(
                "status: the list says {written:?}; whether a bond is alive is reckoned from its contacts"
            ));
            Some(StatusFacts::Unsaid)
        }
        StatusWord::Suspended => {
            let Some(on) = since else {
                let asks = "the list says that it is suspended, but not since when; since when is it? \
                    (or say that it is in force, and the word stays as a note)";
                line.ask(Field::StatusSince, asks, Vec::new());
                return None;
            };
            Some(StatusFacts::Suspended { on, authority, condition, source })
        }
        StatusWord::Ended => Some(StatusFacts::Ended { on: since, reason: condition, authority, source }),
        StatusWord::AtRest | StatusWord::Coming => None,
    }
}

/// What a line says of the status, by its cell, a person's answer, or a remark that says that it is over. None if it was asked.
#[expect(clippy::option_option, reason = "asked, or told that nothing is said, or told what")]
fn said(line: &mut Line<'_>, written: &str) -> Option<Option<Said>> {
    let (found, whole) = match status::read(written) {
        StatusText::Blank => match in_remarks(line) {
            Some((found, text)) => (StatusText::Unclear(Some(found)), text),
            None => return Some(None),
        },
        found @ (StatusText::Says(..) | StatusText::Unclear(_)) => (found, written.to_owned()),
    };
    let (known, on) = match &found {
        StatusText::Says(word, on) | StatusText::Unclear(Some((word, on))) => (Some(*word), *on),
        StatusText::Blank | StatusText::Unclear(None) => (None, None),
    };
    let keeps = |line: &mut Line<'_>| line.findings.keep(format!("status: the list says {whole:?}"));
    match (line.answer(Field::Status), &found) {
        (Some(Choice::LeaveBlank), _) => {
            keeps(line);
            return Some(None);
        }
        (Some(Choice::Take(key)), _) => {
            let word = match key.as_str() {
                IN_FORCE => StatusWord::InForce,
                SUSPENDED => StatusWord::Suspended,
                ENDED => StatusWord::Ended,
                other => match status::read(other) {
                    StatusText::Says(word, said) => return Some(Some(Said { word, on: said.or(on) })),
                    StatusText::Blank | StatusText::Unclear(_) => {
                        line.problem(
                            Field::Status,
                            format_args!("the answer takes {other:?}, which is no status"),
                            "active, suspended or ended",
                        );
                        return None;
                    }
                },
            };
            if word == StatusWord::InForce && !written.is_empty() && known != Some(word) {
                keeps(line);
                return Some(Some(Said { word, on: None }));
            }
            return Some(Some(Said { word, on }));
        }
        (_, StatusText::Says(word, on)) if !matches!(word, StatusWord::AtRest | StatusWord::Coming) => {
            return Some(Some(Said { word: *word, on: *on }));
        }
        (_, _) => {}
    }
    let date = on.map(|on| format!(", {}", on.in_words())).unwrap_or_default();
    let mut proposals =
        vec![(IN_FORCE, format!("in force; {whole:?} stays as a note")), (ENDED, format!("ended{date}"))];
    // A suspension without a date cannot be taken.
    if on.is_some() || !line.written(Field::StatusSince).is_empty() {
        proposals.push((SUSPENDED, format!("suspended{date}")));
    }
    let first = match known {
        Some(StatusWord::Ended) => ENDED,
        Some(StatusWord::Suspended | StatusWord::AtRest) => SUSPENDED,
        Some(StatusWord::InForce | StatusWord::Unknown | StatusWord::Dormant | StatusWord::Coming) | None => {
            IN_FORCE
        }
    };
    proposals.sort_by_key(|(key, _)| *key != first);
    let proposals = proposals
        .into_iter()
        .map(|(key, text)| Proposal { key: key.to_owned(), text, reasons: Vec::new() })
        .collect();
    let asks = match known {
        None => format!("{whole:?} is not known as a status; which is meant?"),
        Some(_) if written.is_empty() => {
            format!("the line says {whole:?} and gives no status; where does the bond stand?")
        }
        Some(_) => format!("the list says {whole:?}; where does the bond stand?"),
    };
    line.ask(Field::Status, asks, proposals);
    None
}

/// A remark that says that the bond is over or set aside, where the line gives no status: in the notes, beside the kind or the place.
fn in_remarks(line: &Line<'_>) -> Option<((StatusWord, Option<PartialDate>), String)> {
    let beside = |text: &str| text.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').to_owned());
    let texts = [
        Some(line.written(Field::Notes)),
        beside(&line.written(Field::Kind)),
        beside(&line.written(Field::Place)),
        line.written(Field::Place).split_once(" - ").map(|(_, rest)| rest.to_owned()),
    ];
    texts.into_iter().flatten().find_map(|text| status::in_remark(&text).map(|found| (found, text)))
}
