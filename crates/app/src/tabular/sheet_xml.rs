//! What the parts of a workbook say beside the values of cells: hidden rows, merged ranges, formulas without a value, formats.
//!
//! `calamine` gives values; these it does not tell. The parts are scanned for a handful of tags, without building anything of them:
//! what is not understood is passed over, as the values are read by the real reader.

use std::collections::{BTreeMap, BTreeSet};

/// What is known of a sheet beside its values. Rows and columns count from 0.
#[derive(Debug, Default)]
pub(super) struct SheetExtras {
    /// Rows that are hidden.
    pub(super) hidden_rows: BTreeSet<u32>,
    /// Merged ranges: first row and column, last row and column.
    pub(super) merged: Vec<[u32; 4]>,
    /// Cells with a formula and no value.
    pub(super) valueless: BTreeSet<(u32, u32)>,
    /// Columns that are hidden.
    pub(super) hidden_columns: BTreeSet<usize>,
    /// Cells in a format that shows only a part of a date and time.
    pub(super) shown: BTreeMap<(u32, u32), ShownAs>,
}

/// How exactly a format shows a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ShownAs {
    Year,
    Month,
    /// The time of day, and no day.
    Time,
}

/// More columns than a list has, hidden or not.
const MOST_COLUMNS: u32 = 1000;
/// More merged ranges than a list has.
const MOST_MERGED: usize = 10_000;

/// The most rows of a sheet, as spreadsheets have them.
const MOST_ROWS: u32 = 1_048_576;
/// The most letters by which a column is named: `XFD` is the last one.
const MOST_LETTERS: usize = 3;

/// What no spreadsheet writes.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum SheetFault {
    /// Two sheets are one part of the workbook: a small file could be read a thousand times so.
    #[error("sheet {sheet:?} is the same part as another; save it anew in your spreadsheet program")]
    SharedPart {
        /// The second of the names.
        sheet: String,
    },
    /// A cell or a row outside of any sheet, whose number the reader would take for another one.
    #[error(
        "sheet {sheet:?} names {place:?}, and a sheet ends with XFD1048576; save it anew in your spreadsheet program"
    )]
    Outside {
        /// The sheet.
        sheet: String,
        /// Where the cell would be.
        place: String,
    },
}

/// Reads the parts of a workbook, each once: of each sheet, by its name.
///
/// # Errors
///
/// [`SheetFault`].
pub(super) fn extras(
    part: &dyn Fn(&str) -> Option<String>,
) -> Result<BTreeMap<String, SheetExtras>, SheetFault> {
    let (mut all, mut read) = (BTreeMap::new(), BTreeSet::new());
    let (Some(workbook), Some(relations)) = (part("xl/workbook.xml"), part("xl/_rels/workbook.xml.rels"))
    else {
        return Ok(all);
    };
    let formats = part("xl/styles.xml").map(|styles| formats(&styles)).unwrap_or_default();
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    for tag in tags(&relations).filter(|tag| tag.name == "Relationship") {
        if let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target")) {
            targets.insert(id, target);
        }
    }
    for tag in tags(&workbook).filter(|tag| tag.name == "sheet") {
        let target = tag.attribute("r:id").and_then(|id| targets.get(&id));
        if let (Some(name), Some(target)) = (tag.attribute("name"), target) {
            // As calamine finds it.
            let path = target.strip_prefix('/').unwrap_or(target);
            let path = if path.starts_with("xl/") { path.to_owned() } else { format!("xl/{path}") };
            if !read.insert(path.clone()) {
                return Err(SheetFault::SharedPart { sheet: unescaped(&name) });
            }
            if let Some(xml) = part(&path) {
                let sheet = unescaped(&name);
                if let Some(place) = outside(&xml) {
                    return Err(SheetFault::Outside { sheet, place });
                }
                all.insert(sheet, sheet_extras(&xml, &formats));
            }
        }
    }
    Ok(all)
}

/// A row, a cell or a range that lies outside of any sheet, if one is named.
fn outside(xml: &str) -> Option<String> {
    let is_outside = |place: &String| {
        place.split(':').any(|end| {
            let letters =
                end.len() - end.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).len();
            let row = &end[letters..];
            let is_number = !row.is_empty() && row.bytes().all(|byte| byte.is_ascii_digit());
            letters > MOST_LETTERS || (is_number && row.parse().map_or(true, |row: u32| row > MOST_ROWS))
        })
    };
    tags(xml).filter_map(|tag| tag.attribute("r").or_else(|| tag.attribute("ref"))).find(is_outside)
}

fn sheet_extras(xml: &str, formats: &[Option<ShownAs>]) -> SheetExtras {
    let mut extras = SheetExtras::default();
    // The cell that is being read: whether it has a formula and a value.
    let mut cell: Option<(u32, u32)> = None;
    let (mut has_formula, mut has_value) = (false, false);
    // A formula may give a text of no letters.
    let mut is_text = false;
    for tag in tags(xml) {
        match (tag.name, tag.is_end) {
            ("row", false) if tag.is_hidden() => {
                if let Some(row) = tag.number("r") {
                    extras.hidden_rows.insert(row.saturating_sub(1));
                }
            }
            ("col", false) if tag.is_hidden() => {
                if let (Some(first), Some(last)) = (tag.number("min"), tag.number("max")) {
                    let all = first.saturating_sub(1)..last.min(MOST_COLUMNS);
                    extras.hidden_columns.extend(all.filter_map(|column| usize::try_from(column).ok()));
                }
            }
            ("c", false) => {
                (has_formula, has_value) = (false, false);
                is_text = tag.attribute("t").as_deref() == Some("str");
                cell = tag.attribute("r").and_then(|at| reference(&at));
                let format = tag
                    .number("s")
                    .and_then(|style| usize::try_from(style).ok())
                    .and_then(|style| formats.get(style));
                if let (Some(at), Some(Some(shown))) = (cell, format) {
                    extras.shown.insert(at, *shown);
                }
            }
            ("f", false) => has_formula = true,
            ("v" | "t", false) => has_value |= is_text || !tag.is_empty && !tag.text.trim().is_empty(),
            ("c", true) => {
                if let (Some(at), true, false) = (cell.take(), has_formula, has_value) {
                    extras.valueless.insert(at);
                }
            }
            ("mergeCell", false) if extras.merged.len() < MOST_MERGED => {
                let range = tag.attribute("ref").unwrap_or_default();
                if let Some((first, last)) = range.split_once(':')
                    && let (Some((top, left)), Some((bottom, right))) = (reference(first), reference(last))
                {
                    extras.merged.push([top, left, bottom, right]);
                }
            }
            _ => {}
        }
    }
    extras
}

/// How exactly each style of a workbook shows a date.
fn formats(styles: &str) -> Vec<Option<ShownAs>> {
    let mut own: BTreeMap<u32, String> = BTreeMap::new();
    let mut all = Vec::new();
    let mut in_cells = false;
    for tag in tags(styles) {
        match (tag.name, tag.is_end) {
            ("numFmt", false) => {
                if let (Some(id), Some(code)) = (tag.number("numFmtId"), tag.attribute("formatCode")) {
                    own.insert(id, unescaped(&code));
                }
            }
            ("cellXfs", is_end) => in_cells = !is_end,
            ("xf", false) if in_cells => {
                let id = tag.number("numFmtId").unwrap_or_default();
                all.push(match own.get(&id) {
                    Some(code) => shown_as(code),
                    // `mmm-yy`
                    None if id == 17 => Some(ShownAs::Month),
                    // `h:mm AM/PM` to `h:mm:ss`, and `mm:ss`
                    None if matches!(id, 18..=21 | 45 | 47) => Some(ShownAs::Time),
                    None => None,
                });
            }
            _ => {}
        }
    }
    all
}

fn shown_as(code: &str) -> Option<ShownAs> {
    let mut plain = String::new();
    let mut inside = None;
    for c in code.split(';').next().unwrap_or_default().chars() {
        match (inside, c) {
            (None, '"') => inside = Some('"'),
            (None, '[') => inside = Some(']'),
            (Some(end), c) if c == end => inside = None,
            (Some(_), _) => {}
            (None, c) => plain.push(c.to_ascii_lowercase()),
        }
    }
    let has = |c: char| plain.contains(c);
    match (has('y'), has('m'), has('d'), has('h') || has('s')) {
        (true, false, false, false) => Some(ShownAs::Year),
        (true, true, false, false) => Some(ShownAs::Month),
        (false, _, false, true) => Some(ShownAs::Time),
        _ => None,
    }
}

/// A tag, and the text behind it up to the next.
struct Tag<'x> {
    name: &'x str,
    attributes: &'x str,
    text: &'x str,
    is_end: bool,
    /// `<v/>`
    is_empty: bool,
}

impl Tag<'_> {
    fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, next) = after[1..].split_once(quote)?;
            if name.trim() == wanted {
                return Some(value.to_owned());
            }
            rest = next;
        }
        None
    }

    fn is_hidden(&self) -> bool {
        self.attribute("hidden").is_some_and(|hidden| hidden != "0" && hidden != "false")
    }

    fn number(&self, wanted: &str) -> Option<u32> {
        self.attribute(wanted)?.parse().ok()
    }
}

fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = xml;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once('<')?;
        let (inner, behind) = after.split_once('>')?;
        rest = behind;
        let text = behind.split('<').next().unwrap_or_default();
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let (is_empty, inner) = inner.strip_suffix('/').map_or((false, inner), |inner| (true, inner));
        let (name, attributes) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        // A prefix of a namespace says nothing here.
        let name = name.rsplit_once(':').map_or(name, |(_, name)| name);
        Some(Tag { name, attributes, text, is_end, is_empty })
    })
}

/// Row and column of `C7`.
fn reference(at: &str) -> Option<(u32, u32)> {
    let letters = at.len() - at.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
    let (column, row) = at.split_at(letters);
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column_number(column)?))
}

/// The number, from 0, of a column by its letters: `A` is 0, `AA` is 26.
pub(crate) fn column_number(letters: &str) -> Option<u32> {
    if letters.is_empty() || letters.len() > 3 || !letters.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Some(letters.bytes().fold(0, |number, byte| number * 26 + u32::from(byte - b'A') + 1) - 1)
}

/// The letters of a column by its number, from 0; the counterpart of [`column_number`].
pub(super) fn column_letters(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(number % 26).unwrap_or_default()));
        match (number / 26).checked_sub(1) {
            Some(next) => number = next,
            None => return letters.iter().rev().collect(),
        }
    }
}

fn unescaped(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (entity, letter)| text.replace(entity, letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_rows_merged_ranges_and_formulas_without_a_value_are_seen() {
        let xml = r#"<sheetData><row r="2" hidden="1"><c r="A2" s="1"><v>3</v></c></row>
            <row r="3"><c r="C3"><f>1970+3</f><v/></c><c r="D3"><f>A2</f><v>7</v></c><c r="E3"><f>1</f></c>
            <c r="F3" t="str"><f>IF(1,"","")</f><v></v></c><c r="G3" t="str"><f>A2</f></c></row></sheetData>
            <mergeCells><mergeCell ref="B2:B4"/></mergeCells>"#;
        let extras = sheet_extras(xml, &[None, Some(ShownAs::Year)]);
        assert!(extras.hidden_rows.contains(&1));
        assert_eq!(extras.merged, [[1, 1, 3, 1]]);
        assert_eq!(extras.valueless.into_iter().collect::<Vec<_>>(), [(2, 2), (2, 4), (2, 6)]);
        assert_eq!(extras.shown.get(&(1, 0)), Some(&ShownAs::Year));
    }

    #[test]
    fn a_cell_outside_of_any_sheet_is_not_taken_for_another() {
        for place in ["A4294967298", "A1048577", "AAAA1", "B2:C99999999999"] {
            for xml in [format!("<c r='{place}'>"), format!("<x:mergeCell ref=\"{place}\"/>")] {
                assert_eq!(outside(&xml).as_deref(), Some(place), "{xml}");
            }
        }
        assert_eq!(outside("<row r='4294967298'>").as_deref(), Some("4294967298"));
        assert_eq!(outside("<row r='1048576'><c r='XFD1048576'><f ref='A1:B2'>"), None);
    }

    #[test]
    fn a_format_tells_how_exact_a_date_is() {
        for (code, shown) in [
            ("yyyy", Some(ShownAs::Year)),
            ("mm/yyyy", Some(ShownAs::Month)),
            ("[$-407]mmmm yyyy", Some(ShownAs::Month)),
            ("dd.mm.yyyy", None),
            ("General", None),
            ("h:mm", Some(ShownAs::Time)),
            ("dd.mm.yyyy h:mm", None),
        ] {
            assert_eq!(shown_as(code), shown, "{code}");
        }
        assert_eq!((column_number("A"), column_number("AA"), column_number("a")), (Some(0), Some(26), None));
        for letters in ["A", "Z", "AA", "AZ", "BA", "ZZ"] {
            let number = column_number(letters).and_then(|number| usize::try_from(number).ok()).unwrap();
            assert_eq!(column_letters(number), letters);
        }
    }
}
