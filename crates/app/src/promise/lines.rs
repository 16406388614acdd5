//! The decisions and to-dos of a meeting, which come in as a list of lines: each becomes a point of a plan.

use std::collections::BTreeMap;

use sister_cities_domain::access::{Caller, Scope};
use sister_cities_domain::id::{
    ActionPlanId, ActionPointId, CommitteeId, OrganisationId, PersonId, ProgrammeId,
};
use sister_cities_domain::promise::{ActionPlan, ActionPoint, Course, PointNumber, PointOwner, Publicity};
use sister_cities_domain::responsible::Responsible;
use sister_cities_domain::value::{FreeText, InvalidValue, Name, Title};
use sister_cities_storage::ProgrammeStore;

use super::PointFacts;
use super::point::{point, points_of};
use crate::error::FieldError;
use crate::responsible::unknown;
use crate::{App, AppError, CommandOutcome, IdempotentReply};

/// One line of the minutes of a meeting, as somebody wrote it. Every field is text, so that all that is wrong in a list is told at
/// once. A field that holds nothing visible is one that is not said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanLine {
    /// What is promised, in a line.
    pub title: String,
    /// What is promised, in full.
    pub text: Option<String>,
    /// Whose promise it is; of both cities if not said.
    pub promised_by: Option<String>,
    /// Who is to see to it at home: the id of a person, a committee or an organisation, or an office in words.
    pub host: Option<String>,
    /// Who is to see to it in the other city, said in the same way.
    pub counterpart: Option<String>,
    /// Until when it is due.
    pub due: Option<String>,
}

/// What is to become of a list of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "lines are entered or they are not")]
pub enum LinesIntent {
    /// Only to say what each would become.
    Try,
    /// To enter all of them, or none if anything is wrong.
    Enter,
}

/// What came of a list of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanLines {
    /// Whether their points were entered, or only might be.
    pub intent: LinesIntent,
    /// What each line becomes, in their order: a point, or what is wrong with the line.
    pub lines: Vec<Result<ActionPoint, Vec<FieldError>>>,
}

impl App {
    /// Enters the lines of a meeting as points of a plan, numbered after those that it has; or only says what each would become. All
    /// of them are entered, or none. A line that has the title of another point of the plan is refused, so that the minutes of a
    /// meeting do not come in twice.
    ///
    /// # Errors
    ///
    /// [`AppError::Invalid`] if there is no line, or more than the plan can take; with [`LinesIntent::Enter`] also whatever is wrong
    /// in any line, each by its pointer such as `/lines/2/due`; [`AppError::Conflict`] if somebody entered a point meanwhile;
    /// [`AppError::NotFound`] without that plan; [`AppError::Forbidden`] without `promise:write`.
    pub async fn add_action_plan_lines(
        &self,
        caller: &Caller,
        (programme, plan): (ProgrammeId, ActionPlanId),
        lines: Vec<PlanLine>,
        intent: LinesIntent,
        reply: IdempotentReply<'_, PlanLines>,
    ) -> Result<CommandOutcome<PlanLines>, AppError> {
        let mut command = self.command(caller, Scope::PromiseWrite, programme)?;
        let plan = command.load::<ActionPlan>(plan).await?.value;
        let standing = points_of(&command.store, plan.id).await?;
        room_for(lines.len(), standing.len())?;
        let mut reader = LineReader::new(standing.into_iter().map(|point| point.value));
        let mut becomes = Vec::with_capacity(lines.len());
        for (index, line) in lines.into_iter().enumerate() {
            let mut read = reader.read(index, line, plan.id);
            if let Ok((_, facts)) = &read {
                let problems = nobody_there(&command.store, index, facts).await?;
                if !problems.is_empty() {
                    read = Err(problems);
                }
            }
            becomes.push(read.map(|(number, facts)| {
                point(ActionPointId::next(self.ids()), &plan, number, facts, Course::default())
            }));
        }
        let read = PlanLines { intent, lines: becomes };
        match intent {
            LinesIntent::Try => return Ok(CommandOutcome::Executed(read)),
            LinesIntent::Enter => {}
        }
        let problems: Vec<FieldError> =
            read.lines.iter().filter_map(|line| line.as_ref().err()).flatten().cloned().collect();
        if !problems.is_empty() {
            return Err(AppError::Invalid(problems));
        }
        for point in read.lines.iter().flatten() {
            command.create(point.clone(), point.entered());
        }
        command.commit(read, reply).await
    }
}

/// Refuses a list without lines, and one that has more than the plan can take.
fn room_for(lines: usize, standing: usize) -> Result<(), AppError> {
    let free = (ActionPlan::MOST_POINTS as usize).saturating_sub(standing);
    if lines == 0 {
        return Err(AppError::invalid("/lines", "is empty", "at least one line"));
    }
    if lines > free {
        let problem = format!("has {lines} lines, and the plan has {standing} points already");
        return Err(AppError::invalid("/lines", problem, format!("at most {free} lines")));
    }
    Ok(())
}

/// Who is named in a line and is not there.
async fn nobody_there(
    store: &ProgrammeStore,
    line: usize,
    facts: &PointFacts,
) -> Result<Vec<FieldError>, AppError> {
    let mut problems = Vec::new();
    for (side, owner) in [("host", &facts.host), ("counterpart", &facts.counterpart)] {
        let Some(owner) = owner else { continue };
        for (_, absent) in unknown(store, &owner.responsible).await? {
            problems.push(FieldError::missing(format!("/lines/{line}/{side}"), absent));
        }
    }
    Ok(problems)
}

/// Reads lines one after another, with what the plan and the lines before have taken already.
struct LineReader {
    /// The titles that are taken, each with where it stands.
    titles: BTreeMap<Title, String>,
    /// The greatest number that is taken.
    last: Option<PointNumber>,
}

impl LineReader {
    fn new(standing: impl IntoIterator<Item = ActionPoint>) -> Self {
        let mut reader = Self { titles: BTreeMap::new(), last: None };
        for point in standing {
            reader.last = reader.last.max(Some(point.number));
            reader.titles.insert(point.title, format!("is that of point {} already", point.number));
        }
        reader
    }

    /// What a line says, with the number that its point gets; or all that is wrong with it.
    fn read(
        &mut self,
        index: usize,
        line: PlanLine,
        plan: ActionPlanId,
    ) -> Result<(PointNumber, PointFacts), Vec<FieldError>> {
        let PlanLine { title, text, promised_by, host, counterpart, due } = line;
        let mut fields = LineFields { line: index, problems: Vec::new() };
        let text = fields.said("text", text, FreeText::new);
        let promised_by = fields.said("promised_by", promised_by, str::parse);
        let host = fields.said("host", host, owner);
        let counterpart = fields.said("counterpart", counterpart, owner);
        let due = fields.said("due", due, str::parse);
        let number = PointNumber::after(self.last).map_err(|error| fields.wrong("title", &error));
        let title = Title::new(&title).map_err(|error| fields.wrong("title", &error));
        let (Ok(title), Ok(number)) = (title, number) else { return Err(fields.problems) };
        if let Some(problem) = self.titles.get(&title) {
            let expected = "a title that no other point of the plan has".to_owned();
            fields.problems.push(FieldError {
                path: fields.pointer("title"),
                problem: problem.clone(),
                expected,
            });
        }
        self.titles.entry(title.clone()).or_insert_with(|| format!("is that of line {} already", index + 1));
        if !fields.problems.is_empty() {
            return Err(fields.problems);
        }
        self.last = Some(number);
        let facts = PointFacts {
            plan,
            number: Some(number),
            title,
            text,
            promised_by: promised_by.unwrap_or_default(),
            host,
            counterpart,
            due,
            public_status: None,
            publicity: Publicity::default(),
        };
        Ok((number, facts))
    }
}

/// The fields of one line, as far as they are read, and what is wrong with them.
struct LineFields {
    line: usize,
    problems: Vec<FieldError>,
}

impl LineFields {
    fn pointer(&self, field: &str) -> String {
        format!("/lines/{}/{field}", self.line)
    }

    fn wrong(&mut self, field: &str, error: &InvalidValue) {
        self.problems.push(FieldError::refused(self.pointer(field), error));
    }

    /// What a field says; `None` if it says nothing, and if it is wrong.
    fn said<T>(
        &mut self,
        field: &str,
        text: Option<String>,
        read: impl FnOnce(&str) -> Result<T, InvalidValue>,
    ) -> Option<T> {
        let text = text.filter(|text| !text.trim().is_empty())?;
        read(text.trim()).map_err(|error| self.wrong(field, &error)).ok()
    }
}

/// Who is meant by a text: a person, a committee or an organisation by its id, and otherwise an office.
fn owner(text: &str) -> Result<PointOwner, InvalidValue> {
    const EXPECTED: &str = "the id of a person, a committee or an organisation, or an office in words";
    let begins_as_id = [PersonId::PREFIX, CommitteeId::PREFIX, OrganisationId::PREFIX]
        .iter()
        .any(|prefix| text.strip_prefix(prefix).is_some_and(|rest| rest.starts_with('_')));
    let responsible = if let Ok(person) = text.parse::<PersonId>() {
        Responsible::person_alone(person)
    } else if let Ok(committee) = text.parse::<CommitteeId>() {
        Responsible::of_committee(committee, None, None)
    } else if let Ok(organisation) = text.parse::<OrganisationId>() {
        Responsible::new(None, None, None, Some(organisation))?
    } else if begins_as_id {
        return Err(InvalidValue::malformed(text, EXPECTED));
    } else {
        Responsible::office_alone(Name::new(text)?)
    };
    Ok(PointOwner::named(responsible))
}

#[cfg(test)]
mod tests {
    use sister_cities_domain::id::SeededIds;
    use sister_cities_domain::promise::PromisedBy;

    use super::*;

    fn line(title: &str) -> PlanLine {
        PlanLine { title: title.to_owned(), ..PlanLine::default() }
    }

    fn plan() -> ActionPlanId {
        ActionPlanId::next(&SeededIds::new(1))
    }

    #[test]
    fn a_line_says_all_that_is_wrong_with_it_at_once() {
        let mut reader = LineReader::new([]);
        let bad = PlanLine {
            title: " ".to_owned(),
            text: Some("\u{202e}".to_owned()),
            promised_by: Some("us".to_owned()),
            host: Some("per_17".to_owned()),
            counterpart: Some("x".repeat(5_000)),
            due: Some("next spring".to_owned()),
        };
        let problems = reader.read(3, bad, plan()).expect_err("wrong in every field");
        let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_str()).collect();
        let wrong =
            ["text", "promised_by", "host", "counterpart", "due", "title"].map(|it| format!("/lines/3/{it}"));
        assert_eq!(paths, wrong);
        assert_eq!(problems[2].problem, "\"per_17\" cannot be read");
        assert!(problems[4].expected.contains("1991"), "{}", problems[4].expected);
    }

    #[test]
    fn what_says_nothing_is_not_said_and_numbers_go_on() {
        let mut reader = LineReader::new([]);
        let (number, facts) = reader.read(0, line("Write to Moscow"), plan()).expect("a point");
        assert_eq!((number.get(), facts.due, facts.promised_by), (1, None, PromisedBy::Both));
        let blank = PlanLine { due: Some("  ".to_owned()), host: Some(String::new()), ..line("Call Milan") };
        let (number, facts) = reader.read(1, blank, plan()).expect("a point");
        assert_eq!((number.get(), facts.due, facts.host), (2, None, None));
        let again = reader.read(2, line(" Write to Moscow "), plan()).expect_err("twice");
        assert_eq!(again[0].problem, "is that of line 1 already");
    }

    #[test]
    fn an_owner_is_an_id_or_an_office_in_words() {
        let person = PersonId::next(&SeededIds::new(9));
        let named = owner(&person.to_string()).expect("a person").responsible;
        assert_eq!((named.person(), named.office()), (Some(person), None));
        let office = owner("Head of the international office").expect("an office").responsible;
        assert_eq!(office.office().map(Name::as_str), Some("Head of the international office"));
        assert!(owner("org_no").is_err(), "a mistyped id is no office");
    }
}
