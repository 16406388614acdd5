//! Cells whose text is what a spreadsheet shows or writes instead of a value: `#REF!`, `#BEZUG!`, `=1970+3`.
//!
//! Text files have them where they were saved from a workbook with errors, and workbooks where somebody pasted such a text.

use super::table::RowFault;

/// The errors of spreadsheet programs, in the languages of the place lists.
const ERRORS: &[&str] = &[
    "#N/A",
    "#NV",
    "#N/D",
    "#N/D!",
    "#N/DISP",
    "#REF!",
    "#BEZUG!",
    "#RIF!",
    "#REF",
    "#ADR!",
    "#REFERENS!",
    "#VERW!",
    "#VALUE!",
    "#WERT!",
    "#VALEUR!",
    "#VALOR!",
    "#VALORE!",
    "#ARG!",
    "#WAARDE!",
    "#DIV/0!",
    "#DZIEL/0!",
    "#DEEL/0!",
    "#NAME?",
    "#NOM?",
    "#NOME?",
    "#NAZWA?",
    "#NUM!",
    "#ZAHL!",
    "#NOMBRE!",
    "#NULL!",
    "#NUL!",
    "#SPILL!",
    "#CALC!",
    "#ERROR!",
    "#FIELD!",
    "#####",
];

/// The text without what protects it from a spreadsheet, as in `="0123"`, and its fault, if it stands for a value that is not there.
pub(super) fn of_cell(text: String, cell: usize) -> (String, Option<RowFault>) {
    if let Some(formula) = text.strip_prefix('=') {
        let inner = formula.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        return match inner.filter(|inner| !inner.contains('"')) {
            Some(inner) => (inner.trim().to_owned(), None),
            None if !calculates(formula) => (text, None),
            None => (text, Some(RowFault::FormulaWithoutValue { cell })),
        };
    }
    let is_error = text.starts_with('#')
        && ERRORS
            .iter()
            .any(|error| text.eq_ignore_ascii_case(error) || *error == "#####" && is_cut_off(&text));
    let fault = is_error.then(|| RowFault::SpreadsheetError { cell, shown: text.clone() });
    (text, fault)
}

/// Whether it calculates, with a function, an operator or a cell: a name that begins with the sign does not.
fn calculates(formula: &str) -> bool {
    let plain = formula.replace('$', "");
    let letters = plain.len() - plain.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let (column, row) = plain.split_at(letters);
    let is_cell =
        (1..=3).contains(&column.len()) && !row.is_empty() && row.bytes().all(|b| b.is_ascii_digit());
    is_cell || formula.contains(['(', '+', '*', '/', '&', '^'])
}

/// What a column shows that is too narrow for its value.
fn is_cut_off(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'#')
}

#[cfg(test)]
mod tests {
    use super::of_cell;

    #[test]
    fn a_text_that_stands_for_a_missing_value_is_a_fault() {
        for text in ["#REF!", "#bezug!", "#N/A", "########", "=1970+3", "=A2&\"x\"", "=$B$7"] {
            assert!(of_cell(text.to_owned(), 1).1.is_some(), "{text}");
        }
        for (text, meant) in [
            ("=\"0123\"", "0123"),
            ("#1", "#1"),
            ("Osaka", "Osaka"),
            ("=", "="),
            ("=Ravi", "=Ravi"),
            ("", ""),
        ] {
            assert_eq!(of_cell(text.to_owned(), 1), (meant.to_owned(), None), "{text}");
        }
    }
}
