//! What a line of a log of exchanges says.

use sister_cities_domain::engagement::{
    Cost, Direction, EngagementDates, Foci, Happening, Organisation, Side,
};
use sister_cities_domain::value::{FreeText, Name, Note, PartialDate, Precision, Source, Title};

use crate::import::cells::fields::Field;
use crate::import::cells::fold::fold;
use crate::import::cells::money::{self, Amount};
use crate::import::cells::words;
use crate::import::line::{DateCell, Line};
use crate::import::report::Proposal;

/// What a line says about an engagement.
pub(crate) struct Facts {
    pub(crate) title: Title,
    pub(crate) foci: Foci,
    pub(crate) direction: Direction,
    pub(crate) dates: EngagementDates,
    pub(crate) happening: Happening,
    pub(crate) people: Option<u32>,
    pub(crate) organisations: Vec<Organisation>,
    pub(crate) costs: Vec<Cost>,
    pub(crate) outcome: Option<FreeText>,
    pub(crate) source: Source,
    pub(crate) notes: Vec<Note>,
}

/// Reads the cells; none if something is wrong or open.
pub(crate) fn facts(line: &mut Line<'_>) -> Option<Facts> {
    let title = line.value(Field::Title, Title::new);
    if title.is_none() && line.cell(Field::Title).is_empty() {
        line.problem(Field::Title, "is empty", "what was done, in a line");
    }
    let foci = foci(line);
    let direction = direction(line);
    let dates = dates(line);
    let happening = happening(line);
    let people = people(line);
    let organisations = organisations(line);
    let costs = costs(line);
    let outcome = line.value(Field::Outcome, FreeText::new);
    let own = line.value(Field::Notes, FreeText::new);
    let notes =
        own.into_iter().chain(line.findings.kept.drain(..)).map(|text| Note { text, source: None }).collect();
    let source = line.source();
    Some(Facts {
        title: title?,
        foci: foci?,
        direction: direction?,
        dates: dates?,
        happening: happening?,
        people,
        organisations,
        costs,
        outcome,
        source,
        notes,
    })
}

fn foci(line: &mut Line<'_>) -> Option<Foci> {
    let text = line.taken(Field::Focus).map_or_else(|| line.cell(Field::Focus), str::to_owned);
    let mut found = Vec::new();
    for word in text.split([';', ',', '/', '|', '&', '\n']).map(str::trim).filter(|word| !word.is_empty()) {
        let Some(focus) = words::focus(word) else {
            let asks = format!("{word:?} is not known as a focus; which is meant?");
            line.ask(Field::Focus, asks, proposals(words::foci_like(word)));
            return None;
        };
        found.push(focus);
    }
    if let Ok(foci) = Foci::new(found) {
        return Some(foci);
    }
    line.ask(
        Field::Focus,
        "the line does not say what it was about; which focus is it?",
        proposals(words::foci_like("")),
    );
    None
}

pub(crate) fn proposals(words: Vec<String>) -> Vec<Proposal> {
    words
        .into_iter()
        .map(|word| Proposal { text: word.replace('_', " "), key: word, reasons: Vec::new() })
        .collect()
}

fn direction(line: &mut Line<'_>) -> Option<Direction> {
    let text = line.taken(Field::Direction).map_or_else(|| line.cell(Field::Direction), str::to_owned);
    let found = words::direction(&text);
    if found.is_none() {
        let all = Direction::ALL.map(|direction| direction.as_str().to_owned()).to_vec();
        line.ask(
            Field::Direction,
            format!("{text:?} is not known as a direction; which is meant?"),
            proposals(all),
        );
    }
    found
}

fn happening(line: &mut Line<'_>) -> Option<Happening> {
    let text = line.taken(Field::Happening).map_or_else(|| line.cell(Field::Happening), str::to_owned);
    let found = words::happening(&text);
    if found.is_none() {
        let all = ["held", "announced only", "called off"].map(str::to_owned).to_vec();
        line.ask(Field::Happening, format!("does {text:?} mean that it took place?"), proposals(all));
    }
    found
}

/// First and last day. `None` if something is wrong or open; an undated line is no mistake.
fn dates(line: &mut Line<'_>) -> Option<EngagementDates> {
    let (start, mut end) = match line.date(Field::Date) {
        DateCell::Blank => (None, None),
        DateCell::Date(date) => (Some(date), None),
        DateCell::Span(from, to) => (Some(from), Some(to)),
        DateCell::Open => return None,
    };
    match line.single_date(Field::EndDate) {
        DateCell::Blank => {}
        DateCell::Date(date) => end = Some(date),
        DateCell::Open | DateCell::Span(..) => return None,
    }
    if !precision_fits(line, start) {
        return None;
    }
    match EngagementDates::new(start, end) {
        Ok(dates) => Some(dates),
        Err(error) => {
            line.problem(Field::EndDate, &error, error.expected());
            None
        }
    }
}

fn precision_fits(line: &mut Line<'_>, date: Option<PartialDate>) -> bool {
    let stated = fold(&line.cell(Field::Precision));
    let found = date.map(|date| match date.precision() {
        Precision::Year => "year",
        Precision::Month => "month",
        Precision::Day => "day",
    });
    let known = ["year", "month", "day"].contains(&stated.as_str());
    if !known || found == Some(stated.as_str()) || line.taken(Field::Date).is_some() {
        return true;
    }
    let found = found.map_or_else(|| "there is no date".to_owned(), |found| format!("the date is a {found}"));
    line.problem(
        Field::Precision,
        format_args!("says {stated}, but {found}"),
        "the precision that the date has",
    );
    false
}

fn people(line: &mut Line<'_>) -> Option<u32> {
    let text = line.taken(Field::Participants).map_or_else(|| line.cell(Field::Participants), str::to_owned);
    match words::people(&text) {
        words::People::Blank => None,
        words::People::Exactly(people) => Some(people),
        words::People::About(people) => {
            line.findings.keep(format!("participants: written {text:?}, taken as {people}"));
            Some(people)
        }
        words::People::Unreadable => {
            line.problem(
                Field::Participants,
                format_args!("{text:?} is no number of people"),
                "a whole number such as 22, or nothing",
            );
            None
        }
    }
}

fn organisations(line: &mut Line<'_>) -> Vec<Organisation> {
    let text = line.cell(Field::Organisations);
    let mut found = Vec::new();
    for (name, people) in words::organisations(&text) {
        let checked = Name::new(&name).and_then(|name| {
            let representatives = people.iter().map(|person| Name::new(person)).collect::<Result<_, _>>()?;
            Ok(Organisation { representatives, ..Organisation::named(name, Side::Unstated) })
        });
        match checked {
            Ok(organisation) => found.push(organisation),
            Err(error) => line.problem(Field::Organisations, &error, error.expected()),
        }
    }
    found
}

fn costs(line: &mut Line<'_>) -> Vec<Cost> {
    let text = line.cell(Field::Cost);
    let mut found = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        match money::amount(part, line.context.decimal_sign) {
            Amount::Is(cost) => found.push(cost),
            Amount::Either(costs) => {
                let proposals = costs.map(|cost| Proposal {
                    key: format!("{}: {}", cost.party, cost.amount),
                    text: cost.amount.to_string(),
                    reasons: Vec::new(),
                });
                line.ask(Field::Cost, format!("how much is {part:?}?"), proposals.into());
            }
            Amount::Unreadable => line.problem(
                Field::Cost,
                format_args!("{part:?} cannot be read"),
                "who paid and how much, such as City of Chicago: 25000.00 USD",
            ),
        }
    }
    found
}
