//! From a text to the words it is found by, the same for what is stored and for what is asked.
//!
//! Case, accents, points and compatibility forms are folded; letters that Unicode does not take apart get their usual plain form
//! (`ß` is `ss`, `ł` is `l`). Greek, Cyrillic, Armenian and Georgian are spelled in Latin letters, so that `Москва` and `moskva`
//! find each other. Arabic, Hebrew and Indic scripts stay as they are, without points. Chinese, Japanese, Korean, Thai and
//! others that write without spaces become pairs of neighbouring characters, so that 大阪 finds 大阪市; the last character of a
//! run stands alone too, so that one character finds it. An apostrophe parts a word and joins it: `L'Aquila` is found by
//! `aquila` and by `laquila`.

use std::ops::Range;

use deunicode::deunicode_char;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut, in characters.
const LONGEST: usize = 40;

/// What a text is taken apart for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be found.
    Index,
    /// To find.
    Query,
}

/// A word as it is compared, and where it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) text: String,
    /// In bytes.
    pub(super) span: Range<usize>,
    /// The number of the run of letters that it is part of.
    pub(super) run: usize,
    pub(super) form: Form,
}

/// How much of what its reader calls a word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// All of it, in a script with spaces.
    Whole,
    /// Two neighbouring characters, in a script without.
    Pair,
    /// One character, in a script without.
    Single,
}

/// How a character takes part in words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Of a script with spaces between words.
    Spaced,
    /// Of a script without.
    Unspaced,
    Apostrophe,
    Gap,
}

/// The words of a text, in their order.
pub(super) fn words(text: &str, purpose: Purpose) -> Vec<Word> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    let mut run = 0;
    while let Some((start, first)) = characters.next() {
        let class = class_of(first);
        if !matches!(class, Class::Spaced | Class::Unspaced) {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some((at, next)) = characters.next_if(|(_, next)| {
            let of = class_of(*next);
            of == class || (of == Class::Apostrophe && class == Class::Spaced)
        }) {
            end = at + next.len_utf8();
        }
        match class {
            Class::Unspaced => pairs(text, start..end, run, purpose, &mut found),
            Class::Spaced | Class::Apostrophe | Class::Gap => {
                spelled(text, start..end, run, purpose, &mut found);
            }
        }
        run += 1;
    }
    found
}

/// A word of letters, with the parts between its apostrophes.
fn spelled(text: &str, span: Range<usize>, run: usize, purpose: Purpose, found: &mut Vec<Word>) {
    let mut add = |span: Range<usize>| {
        let folded = fold(&text[span.clone()]);
        if !folded.is_empty() {
            found.push(Word { text: folded, span, run, form: Form::Whole });
        }
    };
    let run_text = &text[span.clone()];
    let trimmed = run_text.trim_end_matches(|letter| class_of(letter) == Class::Apostrophe);
    let end = span.start + trimmed.len();
    if purpose == Purpose::Index && trimmed.contains(|letter| class_of(letter) == Class::Apostrophe) {
        let mut begin = span.start;
        for part in trimmed.split(|letter| class_of(letter) == Class::Apostrophe) {
            add(begin..begin + part.len());
            let behind = begin + part.len();
            begin = behind + text[behind..].chars().next().map_or(0, char::len_utf8);
        }
    }
    add(span.start..end);
}

/// Neighbouring characters of a run, two by two.
fn pairs(text: &str, span: Range<usize>, run: usize, purpose: Purpose, found: &mut Vec<Word>) {
    let mut characters: Vec<(char, Range<usize>)> = Vec::new();
    for (at, character) in text[span.clone()].char_indices() {
        let begin = span.start + at;
        for plain in std::iter::once(character).nfkc() {
            characters.push((hiragana(plain), begin..begin + character.len_utf8()));
        }
    }
    for pair in characters.windows(2) {
        let text = [pair[0].0, pair[1].0].into_iter().collect();
        found.push(Word { text, span: pair[0].1.start..pair[1].1.end, run, form: Form::Pair });
    }
    let last = characters.len().checked_sub(1).map(|last| characters.swap_remove(last));
    if let Some((character, span)) = last
        && (purpose == Purpose::Index || characters.is_empty())
    {
        found.push(Word { text: character.to_string(), span, run, form: Form::Single });
    }
}

/// The syllables of katakana as those of hiragana.
fn hiragana(character: char) -> char {
    match character {
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(character) - 0x60).unwrap_or(character),
        _ => character,
    }
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    if word.is_ascii() {
        let letters = word.chars().filter(char::is_ascii_alphanumeric).take(LONGEST);
        folded.extend(letters.map(|letter| letter.to_ascii_lowercase()));
        return folded;
    }
    for letter in word.nfkd().flat_map(char::to_lowercase).nfkd().take(4 * LONGEST) {
        match letter {
            'a'..='z' | '0'..='9' => folded.push(letter),
            _ if is_silent(letter) || class_of(letter) == Class::Apostrophe => {}
            _ => match plain(letter) {
                Some(plain) => folded.push_str(plain),
                None if is_spelled(letter) => {
                    let latin = deunicode_char(letter).unwrap_or_default().chars();
                    folded
                        .extend(latin.filter(char::is_ascii_alphanumeric).map(|it| it.to_ascii_lowercase()));
                }
                None if letter.is_alphanumeric() || is_combining_mark(letter) => folded.push(letter),
                None => {}
            },
        }
    }
    let folded = if folded.is_ascii() { folded } else { folded.nfc().collect() };
    match folded.char_indices().nth(LONGEST) {
        Some((end, _)) => folded[..end].to_owned(),
        None => folded,
    }
}

fn class_of(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Spaced,
        '\'' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '‘' | '’' | '‛' | '′' | '״' | '׳' => {
            Class::Apostrophe
        }
        _ if character.is_ascii() => Class::Gap,
        _ if character.is_alphanumeric() || is_combining_mark(character) || is_silent(character) => {
            if is_unspaced(character) {
                Class::Unspaced
            } else {
                Class::Spaced
            }
        }
        _ => Class::Gap,
    }
}

/// Accents, points and vowel marks of Hebrew and Arabic, and what nobody sees.
fn is_silent(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{0591}'..='\u{05bd}' | '\u{05bf}'..='\u{05c7}'
        | '\u{0610}'..='\u{061a}' | '\u{0640}' | '\u{064b}'..='\u{065f}' | '\u{0670}' | '\u{06d6}'..='\u{06dc}'
        | '\u{06df}'..='\u{06e4}' | '\u{06e7}'..='\u{06e8}' | '\u{06ea}'..='\u{06ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Scripts that are written without spaces between words, and Korean, which glues its particles to them.
fn is_unspaced(character: char) -> bool {
    matches!(u32::from(character),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1100..=0x11ff | 0x1780..=0x17ff
        | 0x3005..=0x3007 | 0x3040..=0x30ff | 0x3105..=0x318e | 0x31a0..=0x31bf | 0x31f0..=0x31ff
        | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xa960..=0xa97c | 0xac00..=0xd7ff | 0xf900..=0xfaff
        | 0xff66..=0xffdc | 0x2_0000..=0x3_ffff)
}

/// Alphabets that are spelled in Latin letters: Latin itself, Greek, Cyrillic, Armenian, Georgian.
fn is_spelled(letter: char) -> bool {
    matches!(u32::from(letter),
        0x00aa..=0x02b8 | 0x0370..=0x03ff | 0x0400..=0x052f | 0x0531..=0x0588 | 0x10a0..=0x10ff
        | 0x1c80..=0x1cbf | 0x1d00..=0x1dbf | 0x1e00..=0x1fff | 0x2d00..=0x2d2d | 0xa640..=0xa69f
        | 0xa720..=0xa7ff | 0xab30..=0xab6f)
}

/// Letters that readers write otherwise than a table of sounds would.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' | 'ɔ' => "o",
        'ł' => "l",
        'đ' | 'ð' | 'ɖ' | 'ɗ' => "d",
        'ħ' => "h",
        'ı' | 'ɨ' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' | 'ǝ' | 'ɛ' => "e",
        // Hard and soft signs have no sound of their own.
        'ъ' | 'ь' => "",
        // Persian and Urdu forms of Arabic letters, and endings that are written both ways.
        'ک' => "ك",
        'ی' | 'ى' => "ي",
        'ة' | 'ہ' => "ه",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Purpose, words};

    fn of(text: &str) -> Vec<String> {
        words(text, Purpose::Index).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn spellings_of_one_word_are_one_word() {
        for (one, other) in [
            ("Łódź", "LODZ"),
            ("São", "sao"),
            ("Weißenfels", "WEISSENFELS"),
            ("İstanbul", "ıstanbul"),
            ("Ａｋｒａ", "akra"),
            ("ΑΘΗΝΑΣ", "αθηνας"),
            ("Москва", "moskva"),
            ("КИЇВ", "київ"),
            ("ひろしま", "ヒロシマ"),
            ("ﾋﾛｼﾏ", "ヒロシマ"),
            ("القاهِرة", "القاهره"),
        ] {
            assert_eq!(of(one), of(other), "{one} and {other}");
        }
    }

    #[test]
    fn a_text_is_parted_where_its_readers_part_it() {
        assert_eq!(of("Saint-Étienne (Loire), 1960!"), ["saint", "etienne", "loire", "1960"]);
        assert_eq!(of("L’Aquila's"), ["l", "aquila", "s", "laquilas"]);
        assert_eq!(of("大阪市"), ["大阪", "阪市", "市"]);
        assert_eq!(of("大阪・Osaka"), ["大阪", "阪", "osaka"]);
        assert_eq!(of("서울시"), ["서울", "울시", "시"]);
        assert_eq!(of("が"), ["が"]);
        assert_eq!(of("— … !"), Vec::<String>::new());
        let asked: Vec<_> =
            words("大阪 Xi'an 市", Purpose::Query).into_iter().map(|word| word.text).collect();
        assert_eq!(asked, ["大阪", "xian", "市"]);
    }

    proptest! {
        #[test]
        fn words_stand_where_they_say_and_hold_nothing_but_letters(text in any::<String>()) {
            for word in words(&text, Purpose::Index) {
                prop_assert!(text.get(word.span).is_some());
                prop_assert!(!word.text.is_empty() && word.text.chars().count() <= 80);
                prop_assert!(!word.text.contains(|c: char| c.is_whitespace() || c.is_ascii_punctuation() || c.is_control()));
            }
        }

        #[test]
        fn a_text_is_found_by_each_of_its_words(text in "\\PC{0,30}") {
            let indexed = of(&text);
            for asked in words(&text, Purpose::Query) {
                prop_assert!(indexed.contains(&asked.text), "{:?} in {:?}", asked, indexed);
            }
        }
    }
}
