//! What is refused before it is expanded, in one place.

/// Limits on files from outside. The defaults are the platform's published ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it came.
    pub file_bytes: usize,
    /// Bytes of a workbook's parts in all, unpacked.
    pub inflated_bytes: usize,
    /// How many times larger a part may be unpacked than packed.
    pub inflation_ratio: usize,
    /// Entries in a workbook's archive.
    pub zip_entries: usize,
    /// Sheets of a workbook that are looked into for a table.
    pub sheets: usize,
    /// Rows that are not blank, header and titles included.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Characters in a cell (Excel's own limit).
    pub cell_chars: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 5 * 1024 * 1024,
            inflated_bytes: 50 * 1024 * 1024,
            inflation_ratio: 100,
            zip_entries: 1_000,
            sheets: 100,
            rows: 50_000,
            columns: 100,
            cell_chars: 32_767,
        }
    }
}
