//! Cells without what nobody sees: zero-width signs, hard spaces, and the carriage returns that spreadsheets write out.

/// The text of a cell, trimmed. Line breaks stay, as they part items in some columns.
pub(super) fn text(cell: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{180e}');
    if cell.is_ascii() && !cell.contains("_x000") {
        return cell.trim().to_owned();
    }
    let plain = cell.replace("_x000D_", "").replace("_x000d_", "").replace("_x000A_", "\n");
    let spaced = plain.chars().filter(|c| !is_hidden(*c)).map(|c| match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => ' ',
        other => other,
    });
    spaced.collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn what_nobody_sees_is_no_part_of_a_cell() {
        for (cell, seen) in [
            ("Osaka_x000D_\n", "Osaka"),
            ("\u{200b}Milan\u{200b}", "Milan"),
            ("Kansas\u{a0}City", "Kansas City"),
            (" Lyon ", "Lyon"),
            ("ONE\nTWO", "ONE\nTWO"),
        ] {
            assert_eq!(text(cell), seen);
        }
    }
}
