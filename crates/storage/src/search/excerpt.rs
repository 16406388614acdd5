//! The part of a text in which something was found, with what was found marked.

use std::ops::Range;

use super::Words;
use super::words::{Purpose, words};

/// How many characters an excerpt has, about.
const LENGTH: usize = 120;
/// How many of them stand before the first word that was found.
const BEFORE: usize = 30;

/// A piece of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its text.
    pub text: String,
    /// Whether it is what was asked for.
    pub is_match: bool,
}

/// Where in a text the words occur that are asked for, without overlaps, and how many different ones do.
fn matches(text: &str, asked: &Words) -> (Vec<Range<usize>>, usize) {
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut met = vec![false; asked.terms().len()];
    for word in words(text, Purpose::Index) {
        let mut is_met = false;
        for (term, met) in asked.terms().iter().zip(&mut met) {
            if term.is_met_by(&word.text) {
                *met = true;
                is_met = true;
            }
        }
        if is_met {
            spans.push(word.span);
        }
    }
    spans.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            Some(_) | None => apart.push(span),
        }
    }
    (apart, met.into_iter().filter(|met| *met).count())
}

/// The part of the text that holds the most of the words; of several the first. The beginning of the first text if none does.
pub(super) fn excerpt<'a>(texts: impl Iterator<Item = &'a str>, asked: &Words) -> Vec<Piece> {
    let mut best: Option<(usize, &str, Vec<Range<usize>>)> = None;
    for text in texts {
        let (spans, met) = matches(text, asked);
        if best.as_ref().is_none_or(|(most, ..)| met > *most) {
            best = Some((met, text, spans));
        }
    }
    best.map(|(_, text, spans)| cut(text, &spans)).unwrap_or_default()
}

/// How many of the words occur in any of the texts.
pub(super) fn occurring<'a>(texts: impl Iterator<Item = &'a str>, asked: &Words) -> usize {
    texts.map(|text| matches(text, asked).1).max().unwrap_or_default()
}

fn cut(text: &str, spans: &[Range<usize>]) -> Vec<Piece> {
    let first = spans.first().map_or(0, |span| span.start);
    let begin = back(text, first, BEFORE);
    let end =
        text[begin..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| word_end(text, begin + at));
    let mut pieces = Vec::new();
    let mut add = |part: &str, is_match| {
        // Line breaks have no place in a line.
        let part: String =
            part.chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
        if !part.is_empty() {
            pieces.push(Piece { text: part, is_match });
        }
    };
    if begin > 0 {
        add("… ", false);
    }
    let mut at = begin;
    for span in spans.iter().filter(|span| span.start < end) {
        add(&text[at..span.start], false);
        at = span.end.min(end);
        add(&text[span.start..at], true);
    }
    add(&text[at..end], false);
    if end < text.len() {
        add(" …", false);
    }
    pieces
}

/// The beginning of a word at most so many characters before.
fn back(text: &str, from: usize, most: usize) -> usize {
    let before = &text[..from];
    let Some((least, _)) = before.char_indices().rev().nth(most) else { return 0 };
    let gap = before[least..].find(char::is_whitespace);
    // A text without spaces is cut where it has to be.
    gap.map_or(least, |gap| {
        let gap = least + gap;
        gap + text[gap..].chars().next().map_or(0, char::len_utf8)
    })
}

/// The end of the word that runs over this place, unless it is far.
fn word_end(text: &str, from: usize) -> usize {
    text[from..]
        .char_indices()
        .take(20)
        .find(|(_, letter)| letter.is_whitespace())
        .map_or(from, |(at, _)| from + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Piece, excerpt};
    use crate::search::Words;

    fn shown(texts: &[&str], asked: &str) -> String {
        let words = Words::new(asked).expect("words");
        let piece = |piece: Piece| if piece.is_match { format!("[{}]", piece.text) } else { piece.text };
        excerpt(texts.iter().copied(), &words).into_iter().map(piece).collect()
    }

    #[test]
    fn what_was_found_is_marked_as_it_is_written() {
        assert_eq!(shown(&["Chicago", "Jazz in Łódź, twice"], "lodz jazz"), "[Jazz] in [Łódź], twice");
        assert_eq!(shown(&["Osaka", "大阪市立大学"], "大阪市"), "[大阪市]立大学");
        assert_eq!(shown(&["L’Aquila"], "aquila"), "L’[Aquila]");
        assert_eq!(shown(&["Moskau", "Москва"], "mosk"), "[Moskau]");
    }

    #[test]
    fn of_a_long_text_the_part_around_it_is_shown() {
        let long = format!("{} festival\nof lights {}", "before ".repeat(40), "after ".repeat(40));
        let shown = shown(&[&long], "festival");
        assert!(shown.starts_with("… before") && shown.ends_with("after …"), "{shown}");
        assert!(shown.contains("[festival] of lights") && shown.chars().count() < 150, "{shown}");
    }

    proptest! {
        #[test]
        fn any_text_can_be_cut(text in any::<String>(), asked in "[a-z大阪]{1,3}") {
            let words = Words::new(&asked).expect("words");
            let pieces = excerpt(std::iter::once(text.as_str()), &words);
            prop_assert!(pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>() <= 260);
        }
    }
}
