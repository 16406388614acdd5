//! The questions of an import, asked once for all lines that share them: as a command that answers them, as a file to fill in, and the
//! answers that come back.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use sister_cities_client::api::domain::import_run::ChoiceKind;
use sister_cities_client::api::import::{
    AnswerBody, ImportLineView, ProposalView, QuestionView, SharedQuestionView,
};

use crate::args::{Choice, Then, Undecided, Wrong};
use crate::exit::Exit;
use crate::failure::Failure;

/// A question, the lines that ask it, and how the command line answers it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SharedQuestion {
    #[serde(flatten)]
    pub(crate) asked: SharedQuestionView,
    /// The option of the command line that takes the first proposal.
    pub(crate) option: String,
}

/// The words that are answers to any question.
const SKIP: &str = "skip";
const LATER: &str = "later";
const KEEP_BY_NAME: &str = "keep-by-name";
const BLANK: &str = "blank";

/// The questions of these lines, each once, in the order in which they come up.
pub(crate) fn shared(lines: &[ImportLineView]) -> Vec<SharedQuestion> {
    let several =
        |line: u32| lines.iter().any(|one| one.line == line && one.questions.len() + one.faults.len() > 1);
    let with_option = |asked: SharedQuestionView| {
        let is_one_of_several = asked.lines.iter().any(|line| several(*line));
        SharedQuestion { option: option(&asked, is_one_of_several), asked }
    };
    SharedQuestionView::of(lines).into_iter().map(with_option).collect()
}

/// The option that takes the first proposal, or keeps the line where there is none.
fn option(question: &SharedQuestionView, is_one_of_several: bool) -> String {
    // A proposal that something on the line speaks against is not taken unseen.
    let speaks_against =
        |proposal: &&ProposalView| proposal.reasons.iter().any(|reason| reason.ends_with("does not fit it"));
    let first =
        question.proposals.first().filter(|first| !speaks_against(first)).map(|first| first.key.as_str());
    match (question.about.as_str(), first) {
        ("kind", Some(key)) if question.question.starts_with("the line does not say") => {
            format!("--default kind={key}")
        }
        ("kind", Some(key)) if question.question.starts_with('"') && !key.starts_with("further:") => {
            let written = question.question.trim_start_matches('"').split("\" ").next().unwrap_or_default();
            format!("--kind {}", quoted(&format!("{written}={key}")))
        }
        ("encoding", Some(key)) => format!("--encoding {key}"),
        (about, key) => {
            let answer = key.unwrap_or(match about {
                "place" => KEEP_BY_NAME,
                _ => LATER,
            });
            let lines: Vec<String> = question.lines.iter().map(ToString::to_string).collect();
            let field = if is_one_of_several { format!(":{about}") } else { String::new() };
            format!("--choose {}", quoted(&format!("{}{field}={answer}", lines.join(","))))
        }
    }
}

/// A word of a command as a shell takes it.
pub(crate) fn quoted(word: &str) -> String {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '=' | ':' | ',' | '.' | '/' | '+' | '@')
    };
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// An answer to each open question and each mistake: by a choice, else as is said of all that are undecided.
pub(crate) fn answers(
    open: &[ImportLineView],
    choices: &[Choice],
    then: &Then,
    used: &mut Vec<bool>,
) -> Vec<AnswerBody> {
    used.resize(choices.len(), false);
    let mut answers = Vec::new();
    for line in open {
        let abouts = line.questions.iter().map(|question| (question.about.as_str(), Some(question)));
        let abouts = abouts.chain(line.faults.iter().map(|fault| (fault.field.as_str(), None)));
        let asked = line.questions.len() + line.faults.len();
        for (about, question) in abouts {
            let found = choices.iter().position(|choice| {
                choice.lines.contains(&line.line)
                    && match &choice.field {
                        Some(field) => field == about,
                        None => is_answer(&choice.answer, about, question, asked),
                    }
            });
            let body = match found {
                Some(at) => {
                    used[at] = true;
                    Some(answer(line.line, about, &choices[at].answer))
                }
                None => undecided(question.is_some(), then).map(|word| answer(line.line, about, word)),
            };
            answers.extend(body);
        }
    }
    // What is said of a cell counts also where the cell asked nothing.
    for (at, choice) in choices.iter().enumerate().filter(|(_, choice)| choice.field.is_some()) {
        if !used[at] {
            used[at] = true;
            let field = choice.field.clone().unwrap_or_default();
            answers.extend(choice.lines.iter().map(|line| answer(*line, &field, &choice.answer)));
        }
    }
    answers
}

/// Whether an answer that names no field is one to this question.
fn is_answer(answer: &str, about: &str, question: Option<&QuestionView>, asked: usize) -> bool {
    let proposed =
        question.is_some_and(|question| question.proposals.iter().any(|proposal| proposal.key == answer));
    let any_place = about == "place" && (answer.starts_with("geonames:") || answer == KEEP_BY_NAME);
    proposed || any_place || matches!(answer, SKIP | LATER) || asked == 1
}

fn undecided(is_question: bool, then: &Then) -> Option<&'static str> {
    if is_question {
        match then.undecided {
            Undecided::Refuse => None,
            Undecided::KeepByName => Some(KEEP_BY_NAME),
            Undecided::Skip => Some(SKIP),
            Undecided::Later => Some(LATER),
        }
    } else {
        match then.wrong {
            Wrong::Refuse => None,
            Wrong::Skip => Some(SKIP),
            Wrong::Later => Some(LATER),
        }
    }
}

fn answer(line: u32, about: &str, word: &str) -> AnswerBody {
    let (choice, take) = match word {
        SKIP => (ChoiceKind::Skip, None),
        LATER => (ChoiceKind::Later, None),
        KEEP_BY_NAME => (ChoiceKind::KeepByName, None),
        BLANK => (ChoiceKind::LeaveBlank, None),
        other => (ChoiceKind::Take, Some(other.to_owned())),
    };
    AnswerBody { line, about: about.to_owned(), choice: choice.into(), take }
}

const COLUMNS: [&str; 5] = ["lines", "about", "question", "proposals", "answer"];

/// The questions as a table that a person fills in.
pub(crate) fn as_table(questions: &[SharedQuestion]) -> String {
    let mut out = format!("\u{feff}{}\n", COLUMNS.join(","));
    for question in questions {
        let lines: Vec<String> = question.asked.lines.iter().map(ToString::to_string).collect();
        let proposals: Vec<String> = question
            .asked
            .proposals
            .iter()
            .map(|proposal| format!("{} = {}", proposal.key, proposal.label))
            .collect();
        let cells = [
            lines.join(" "),
            question.asked.about.clone(),
            question.asked.question.clone(),
            proposals.join(" | "),
            String::new(),
        ];
        let cells: Vec<String> =
            cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// The answers of a table that a person filled in.
pub(crate) fn from_table(path: &Path, bytes: &[u8]) -> Result<Vec<Choice>, Failure> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let separator = [',', ';', '\t'].into_iter().max_by_key(|c| first.matches(*c).count()).unwrap_or(',');
    let rows = rows(text, separator);
    let refuse = |what: String| Failure::new(Exit::Refused, format!("{}: {what}", path.display()));
    let header = rows.first().ok_or_else(|| refuse("is empty".to_owned()))?;
    let column = |title: &str| {
        let at = header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(title));
        at.ok_or_else(|| refuse(format!("has no column {title:?}; expected the file that --questions wrote")))
    };
    let (lines, about, answer) = (column("lines")?, column("about")?, column("answer")?);
    let mut choices = Vec::new();
    for row in &rows[1..] {
        let cell = |at: usize| row.get(at).map(|cell| cell.trim()).unwrap_or_default();
        if cell(answer).is_empty() {
            continue;
        }
        let numbers: Option<Vec<u32>> =
            cell(lines).split([' ', ',']).filter(|n| !n.is_empty()).map(|n| n.parse().ok()).collect();
        let numbers = numbers.ok_or_else(|| refuse(format!("{:?} are no numbers of lines", cell(lines))))?;
        // `geonames:703448 = Kyiv` is the proposal as it stands in the table.
        let answer = cell(answer).split(" = ").next().unwrap_or_default().trim().to_owned();
        choices.push(Choice { lines: numbers, field: Some(cell(about).to_owned()), answer });
    }
    Ok(choices)
}

/// The cells of a table of text, with quotes.
pub(crate) fn rows(text: &str, separator: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut inside = false;
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        match c {
            '"' if inside && signs.peek() == Some(&'"') => {
                cell.push('"');
                signs.next();
            }
            '"' => inside = !inside,
            c if c == separator && !inside => row.push(std::mem::take(&mut cell)),
            '\r' if !inside => {}
            '\n' if !inside => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// Where each question was asked first, for those who show line by line.
pub(crate) fn first_lines(lines: &[ImportLineView]) -> BTreeMap<(String, String), u32> {
    let mut first = BTreeMap::new();
    for line in lines {
        for question in &line.questions {
            first.entry((question.about.clone(), question.text.clone())).or_insert(line.line);
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use sister_cities_client::api::import::Verdict;

    use super::*;

    fn line(number: u32, asked: &[(&str, &str, &[&str])]) -> ImportLineView {
        let proposal =
            |key: &&str| ProposalView { key: (*key).to_owned(), label: String::new(), reasons: Vec::new() };
        let question = |(about, text, keys): &(&str, &str, &[&str])| QuestionView {
            about: (*about).to_owned(),
            text: (*text).to_owned(),
            proposals: keys.iter().map(proposal).collect(),
        };
        ImportLineView {
            line: number,
            verdict: Verdict::NeedsPerson.into(),
            about: String::new(),
            remarks: Vec::new(),
            cells: Vec::new(),
            summary: String::new(),
            questions: asked.iter().map(question).collect(),
            faults: Vec::new(),
            records: Vec::new(),
        }
    }

    const NO_KIND: (&str, &str, &[&str]) = (
        "kind",
        "the line does not say what kind of bond it is; which is it?",
        &["sister-city", "partner-city"],
    );

    #[test]
    fn a_question_of_many_lines_is_asked_once_and_answered_by_one_option() {
        let lines = [
            line(2, &[NO_KIND]),
            line(3, &[NO_KIND, ("place", "which?", &["geonames:1"])]),
            line(4, &[NO_KIND]),
        ];
        let all = shared(&lines);
        let options: Vec<(&[u32], &str)> =
            all.iter().map(|question| (question.asked.lines.as_slice(), question.option.as_str())).collect();
        assert_eq!(
            options,
            [(&[2, 3, 4][..], "--default kind=sister-city"), (&[3][..], "--choose 3:place=geonames:1")]
        );
        let wording = [line(5, &[("kind", "\"brother town\" is no kind of bond", &["sister-city"])])];
        assert_eq!(shared(&wording)[0].option, "--kind 'brother town=sister-city'");
    }

    #[test]
    fn the_answers_of_a_table_that_was_filled_in_come_back() {
        let lines = [
            line(2, &[NO_KIND]),
            line(4, &[NO_KIND]),
            line(5, &[("place", "which, \"A\"?", &["geonames:1"])]),
        ];
        let table = as_table(&shared(&lines));
        let filled = table.replacen(",\"\"\n", ",\"partner-city\"\n", 1);
        let choices = from_table(Path::new("answers.csv"), filled.as_bytes()).expect("answers");
        let kind = Some("kind".to_owned());
        assert_eq!(choices, [Choice { lines: vec![2, 4], field: kind, answer: "partner-city".to_owned() }]);
        // As another program writes it.
        let german = "lines;about;question;proposals;answer\r\n5;place;x;y;geonames:1 = Kyiv\r\n";
        let choices = from_table(Path::new("answers.csv"), german.as_bytes()).expect("answers");
        assert_eq!(choices[0].answer, "geonames:1");
    }

    #[test]
    fn a_choice_answers_its_lines_and_the_rest_is_as_undecided_says() {
        let open = [line(3, &[("place", "which?", &["geonames:1"])]), line(4, &[("signed", "when?", &[])])];
        let choices: Vec<Choice> =
            ["3=geonames:9", "4=1973"].iter().map(|text| text.parse().expect("a choice")).collect();
        let mut used = Vec::new();
        let given = answers(&open, &choices, &Then::default(), &mut used);
        let said: Vec<_> = given.iter().map(|a| (a.line, a.choice.as_str(), a.take.as_deref())).collect();
        // Any place of the world may be the answer, and any date.
        assert_eq!(said, [(3, "take", Some("geonames:9")), (4, "take", Some("1973"))]);
        assert_eq!(used, [true, true]);
        let later = Then { undecided: Undecided::Later, ..Then::default() };
        let given = answers(&open, &[], &later, &mut Vec::new());
        assert!(given.iter().all(|a| a.choice.as_str() == "later"));
        assert_eq!(answers(&open, &[], &Then::default(), &mut Vec::new()), []);
    }
}
