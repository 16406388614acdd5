//! Holding catalogues against what the program says: each sentence, each part, each argument, each form of a plural.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser::ParserError;
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

use super::catalogue::EMBEDDED;
use super::direction::{END_OF_ISOLATE, ISOLATE};
use crate::message::{Declared, Part};

/// The numbers by which the forms of a plural are found that a language uses for what is counted here.
const COUNTED: std::ops::RangeInclusive<u32> = 0..=200;

/// Something in a catalogue that is not right.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Problem {
    /// The file, seen from the folder of the catalogues.
    pub file: String,
    /// The sentence, with its part: `due-vacancy.todo`; empty if the file cannot be read at all.
    pub sentence: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file)?;
        if !self.sentence.is_empty() {
            write!(f, "{}: ", self.sentence)?;
        }
        f.write_str(&self.what)
    }
}

/// What a part of a sentence is made with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Used {
    arguments: BTreeSet<String>,
    /// For each argument by which it is chosen between forms: the forms.
    forms: Vec<(String, BTreeSet<String>)>,
    /// Why it cannot be held against anything.
    strange: Vec<String>,
}

/// What is wrong with the embedded catalogues; nothing, or a test fails.
#[must_use]
pub fn problems() -> Vec<Problem> {
    problems_in(EMBEDDED)
}

/// What is wrong with catalogues of which the first is the source, by language and file.
pub(super) fn problems_in(catalogues: &[(&str, &[(&str, &str)])]) -> Vec<Problem> {
    let mut source = BTreeMap::new();
    let mut problems = Vec::new();
    for (language, files) in catalogues {
        let mut parts = BTreeMap::new();
        let mut file_of = BTreeMap::new();
        for (file, text) in *files {
            let file = format!("{language}/{file}");
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partly, errors)| {
                problems.extend(errors.iter().map(|error| unreadable(&file, text, error)));
                partly
            });
            problems.extend(strange(&file, &resource));
            for (sentence, used) in used_in(&resource) {
                if file_of.insert(sentence.clone(), file.clone()).is_some() {
                    problems.push(problem(
                        &file,
                        &name(&sentence),
                        "stands in the catalogue twice".to_owned(),
                    ));
                }
                parts.insert(sentence, used);
            }
        }
        if source.is_empty() {
            source = parts.clone();
        }
        for declared in super::declared() {
            problems.extend(missing(language, declared, &parts, &source));
        }
        for ((key, part), used) in &parts {
            let file = file_of.get(&(key.clone(), *part)).map_or(*language, String::as_str);
            problems.extend(superfluous(file, key, *part, used));
            problems.extend(plurals(file, language, key, *part, used));
        }
    }
    problems
}

/// What is wrong with a catalogue that replaces some sentences.
pub(super) fn replaced(file: &str, resource: &FluentResource) -> Vec<Problem> {
    let mut problems = strange(file, resource);
    for ((key, part), used) in used_in(resource) {
        problems.extend(superfluous(file, &key, part, &used));
    }
    problems
}

/// That a file cannot be read, with the line.
pub(super) fn unreadable(file: &str, text: &str, error: &ParserError) -> Problem {
    let line = text.get(..error.pos.start).map_or(0, |before| before.matches('\n').count()) + 1;
    problem(file, "", format!("line {line}: {error}"))
}

fn problem(file: &str, sentence: &str, what: String) -> Problem {
    Problem { file: file.to_owned(), sentence: sentence.to_owned(), what }
}

fn name((key, part): &(String, Part)) -> String {
    part.attribute().map_or_else(|| key.clone(), |attribute| format!("{key}.{attribute}"))
}

/// What a catalogue lacks of a sentence: a part, an argument, or a word of a vocabulary.
fn missing(
    language: &str,
    declared: &Declared,
    parts: &BTreeMap<(String, Part), Used>,
    source: &BTreeMap<(String, Part), Used>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut said = BTreeSet::new();
    for part in declared.parts {
        let sentence = (declared.key.to_owned(), *part);
        let Some(used) = parts.get(&sentence) else {
            problems.push(problem(
                language,
                &name(&sentence),
                format!("is missing: {}", declared.doc.trim()),
            ));
            continue;
        };
        said.extend(used.arguments.iter().cloned());
        let Some(in_source) = source.get(&sentence) else { continue };
        for argument in in_source.arguments.difference(&used.arguments) {
            problems.push(problem(
                language,
                &name(&sentence),
                format!("does not say ${argument}, as English does"),
            ));
        }
        for argument in used.arguments.difference(&in_source.arguments) {
            problems.push(problem(
                language,
                &name(&sentence),
                format!("says ${argument}, which English does not"),
            ));
        }
        let is_word = |argument: &str| {
            declared.arguments.iter().any(|declared| declared.name == argument && declared.of == "word")
        };
        for (argument, forms) in in_source.forms.iter().filter(|(argument, _)| is_word(argument)) {
            let here = used.forms.iter().find(|(here, _)| here == argument).map(|(_, forms)| forms);
            if here != Some(forms) {
                let what = format!("does not choose by ${argument} between {}", list(forms));
                problems.push(problem(language, &name(&sentence), what));
            }
        }
    }
    for argument in declared.arguments.iter().filter(|argument| !said.contains(argument.name)) {
        problems.push(problem(
            language,
            declared.key,
            format!("says ${} in none of its parts", argument.name),
        ));
    }
    problems
}

/// What a catalogue has too much: a sentence or part that is never said, an argument that is never given.
fn superfluous(file: &str, key: &str, part: Part, used: &Used) -> Vec<Problem> {
    let sentence = name(&(key.to_owned(), part));
    let Some(declared) = super::declared().find(|declared| declared.key == key) else {
        return vec![problem(file, &sentence, "is never said; docs/messages.md lists what is".to_owned())];
    };
    if !declared.parts.contains(&part) {
        let parts: BTreeSet<String> =
            declared.parts.iter().map(|part| name(&(key.to_owned(), *part))).collect();
        return vec![problem(file, &sentence, format!("is never said; this sentence has {}", list(&parts)))];
    }
    let given: BTreeSet<String> =
        declared.arguments.iter().map(|argument| format!("${}", argument.name)).collect();
    let unknown =
        used.arguments.iter().map(|argument| format!("${argument}")).filter(|used| !given.contains(used));
    unknown
        .map(|unknown| problem(file, &sentence, format!("{unknown} is not given; there is {}", list(&given))))
        .collect()
}

/// Plurals that lack a form that the language has.
fn plurals(file: &str, language: &str, key: &str, part: Part, used: &Used) -> Vec<Problem> {
    let identifier: Option<LanguageIdentifier> = language.parse().ok();
    let rules = identifier.and_then(|language| PluralRules::create(language, PluralRuleType::CARDINAL).ok());
    let Some(rules) = rules else { return Vec::new() };
    let needed: BTreeSet<String> = COUNTED
        .filter_map(|number| rules.select(number).ok())
        .map(|form| category(&form).to_owned())
        .collect();
    let is_number = |argument: &str| {
        super::declared().filter(|declared| declared.key == key).any(|declared| {
            declared.arguments.iter().any(|declared| declared.name == argument && declared.of == "number")
        })
    };
    let lacking = used.forms.iter().filter(|(argument, forms)| {
        // Forms by number alone are names, such as those of the months, and no plurals.
        let counts = forms.iter().any(|form| needed.contains(form) && form != "other");
        is_number(argument) && counts && !needed.is_subset(forms)
    });
    lacking
        .map(|(argument, forms)| {
            let lacks: BTreeSet<String> = needed.difference(forms).cloned().collect();
            let what = format!("chooses by ${argument} without {}, which {language} has", list(&lacks));
            problem(file, &name(&(key.to_owned(), part)), what)
        })
        .collect()
}

const fn category(form: &PluralCategory) -> &'static str {
    match form {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    }
}

fn list(of: &BTreeSet<String>) -> String {
    if of.is_empty() { "nothing".to_owned() } else { of.iter().cloned().collect::<Vec<_>>().join(", ") }
}

/// Every part of every sentence of a catalogue, with what it is made with.
fn used_in(resource: &FluentResource) -> Vec<((String, Part), Used)> {
    let mut found = Vec::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let key = message.id.name;
            found.extend(message.value.as_ref().map(|value| ((key.to_owned(), Part::Value), used(value))));
            for attribute in &message.attributes {
                if let Some(part) = part_of(attribute.id.name) {
                    found.push(((key.to_owned(), part), used(&attribute.value)));
                }
            }
        }
    }
    found
}

/// What a catalogue holds that no sentence can have: attributes of other names, functions, marks around names.
fn strange(file: &str, resource: &FluentResource) -> Vec<Problem> {
    let mut problems = Vec::new();
    for entry in resource.entries() {
        if let Entry::Message(message) = entry {
            let key = message.id.name;
            for attribute in
                message.attributes.iter().filter(|attribute| part_of(attribute.id.name).is_none())
            {
                let sentence = format!("{key}.{}", attribute.id.name);
                problems.push(problem(
                    file,
                    &sentence,
                    "is never said; expected .subject, .text or .todo".to_owned(),
                ));
            }
            let patterns =
                message.value.iter().chain(message.attributes.iter().map(|attribute| &attribute.value));
            for what in patterns.flat_map(|pattern| used(pattern).strange) {
                problems.push(problem(file, key, what));
            }
        }
    }
    if resource.source().contains([ISOLATE, END_OF_ISOLATE]) {
        let what = "holds a mark of direction (U+2068, U+2069); names get theirs by themselves".to_owned();
        problems.push(problem(file, "", what));
    }
    problems
}

fn part_of(attribute: &str) -> Option<Part> {
    [Part::Subject, Part::Text, Part::ToDo].into_iter().find(|part| part.attribute() == Some(attribute))
}

fn used(pattern: &Pattern<&str>) -> Used {
    let mut found = Used::default();
    walk(pattern, &mut found);
    found
}

fn walk(pattern: &Pattern<&str>, found: &mut Used) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => walk_expression(expression, found),
        }
    }
}

fn walk_expression(expression: &Expression<&str>, found: &mut Used) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, found),
        Expression::Select { selector, variants } => {
            walk_inline(selector, found);
            if let InlineExpression::VariableReference { id } = selector {
                let forms = variants.iter().map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                });
                found.forms.push((id.name.to_owned(), forms.collect()));
            }
            for variant in variants {
                walk(&variant.value, found);
            }
        }
    }
}

fn walk_inline(inline: &InlineExpression<&str>, found: &mut Used) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.arguments.insert(id.name.to_owned());
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, found),
        InlineExpression::FunctionReference { id, .. } => {
            found.strange.push(format!("calls {}(), and there are no functions", id.name));
        }
        InlineExpression::MessageReference { id, .. } => {
            found.strange.push(format!("refers to {}; sentences stand for themselves", id.name));
        }
        InlineExpression::TermReference { arguments, .. } => {
            let Some(CallArguments { positional, named }) = arguments else { return };
            positional
                .iter()
                .chain(named.iter().map(|named| &named.value))
                .for_each(|inline| walk_inline(inline, found));
        }
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
    }
}
