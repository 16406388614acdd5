//! Questions: what they are made of and where they end.

use super::{BadWords, LONGEST_QUESTION, MOST_WORDS, Words};

fn terms(question: &str) -> Vec<(String, bool)> {
    let words = Words::new(question).expect("words");
    words.terms().iter().map(|term| (term.text.clone(), term.is_beginning)).collect()
}

#[test]
fn the_last_word_may_go_on_and_the_others_are_whole() {
    assert_eq!(
        terms("Jazz FESTIVAL jazz"),
        [("festival".to_owned(), false), ("jazz".to_owned(), false), ("jazz".to_owned(), true)]
    );
    assert_eq!(terms("大阪市"), [("大阪".to_owned(), false), ("阪市".to_owned(), false)]);
    assert_eq!(terms("阪 x"), [("x".to_owned(), true), ("阪".to_owned(), true)]);
}

#[test]
fn signs_of_query_languages_are_gaps() {
    assert_eq!(terms("\"a\" OR (b* -c):d^2 & e | !f <-> g' %_"), {
        let mut words: Vec<_> = ["a", "or", "b", "c", "d", "2", "e", "f", "g"].map(str::to_owned).into();
        words.sort();
        words.into_iter().map(|word| (word.clone(), word == "g")).collect::<Vec<_>>()
    });
}

#[test]
fn what_is_no_question_is_refused_with_its_reason() {
    assert_eq!(Words::new(" — !"), Err(BadWords::Nothing));
    assert_eq!(Words::new(&"a".repeat(LONGEST_QUESTION + 1)), Err(BadWords::TooLong(201)));
    let many: Vec<String> = (0..=MOST_WORDS).map(|number| format!("w{number}")).collect();
    assert_eq!(Words::new(&many.join(" ")), Err(BadWords::TooMany(17)));
    assert!(Words::new(&"a ".repeat(LONGEST_QUESTION / 2)).is_ok(), "a word again is no other word");
}
