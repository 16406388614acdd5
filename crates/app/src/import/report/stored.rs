//! How a report is stored: a head, and behind it the lines in parts, so that a page of lines reads its own parts only.
//!
//! Each is a document of newline-delimited JSON, compressed, as it repeats the file beside what is said of each line. Its first line
//! says where to read on: for each outcome the next part that has a line of it, so that a list of the lines that need a person skips
//! the parts that have none. The head says also how the file was read. In reports of before there were parts, all lines follow the
//! head in its own document.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::de::Error as _;
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::ImportId;
use sister_cities_domain::import_run::Tally;
use sister_cities_domain::value::ContentHash;

use super::{FileReport, LineReport, Report};

/// The least that a page of lines is usually asked for, so that walking all pages reads each part once.
pub(crate) const LINES_PER_PART: usize = 50;

/// How a file was read, and how many of its lines came to what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSummary {
    /// How the file was read.
    pub file: FileReport,
    /// In numbers.
    pub tally: Tally,
}

/// Where a list of lines was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinePosition {
    /// The last line that was read.
    pub line: u32,
    /// The document that holds what follows; the list is found from its beginning if it is not known.
    #[serde(default)]
    pub part: Option<ContentHash>,
}

/// For each outcome, the next part that has a line of it: its number and its document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Following(BTreeMap<String, (u32, ContentHash)>);

impl Following {
    /// The next part with a line of a wanted outcome.
    fn part(&self, wanted: impl Fn(&str) -> bool) -> Option<ContentHash> {
        let parts = self.0.iter().filter(|(outcome, _)| wanted(outcome)).map(|(_, part)| part);
        parts.min_by_key(|(number, _)| *number).map(|(_, document)| *document)
    }
}

/// The first line of a document.
#[derive(Serialize)]
struct Opening<'a> {
    #[serde(flatten)]
    summary: Option<&'a ReportSummary>,
    /// The import, so that no two imports have a document of a report in common, and one can be forgotten without the other.
    of: ImportId,
    next: &'a Following,
}

/// What is read of it to read on.
#[derive(Deserialize)]
struct OpeningNext {
    #[serde(default)]
    next: Following,
}

/// Stores a report; `document` takes each part of it and finally the head. Returns the hash of the head.
pub(crate) fn store(
    report: &Report,
    of: ImportId,
    mut document: impl FnMut(Vec<u8>) -> ContentHash,
) -> ContentHash {
    let mut next = Following::default();
    // From the end, as each part names those that follow.
    for (number, lines) in
        (0..).zip(report.lines.chunks(LINES_PER_PART)).collect::<Vec<_>>().into_iter().rev()
    {
        let mut bytes = Vec::new();
        add(&mut bytes, &Opening { summary: None, of, next: &next });
        for line in lines {
            add(&mut bytes, line);
        }
        let part = document(compressed(bytes));
        next.0.extend(lines.iter().map(|line| (line.outcome.as_str().to_owned(), (number, part))));
    }
    let mut bytes = Vec::new();
    let summary = ReportSummary { file: report.file.clone(), tally: report.tally };
    add(&mut bytes, &Opening { summary: Some(&summary), of, next: &next });
    document(compressed(bytes))
}

/// The most bytes that are compressed, so that whoever reads them knows how many there may be.
const COMPRESSED_AT_MOST: usize = 1 << 20;
/// How what is compressed begins (RFC 1950, 2.2); JSON does not.
const ZLIB: u8 = 0x78;

/// The document as it is stored.
fn compressed(bytes: Vec<u8>) -> Vec<u8> {
    if bytes.len() > COMPRESSED_AT_MOST {
        return bytes;
    }
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Into memory, which takes everything.
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(compressed) => compressed,
        Err(_) => bytes,
    }
}

/// The document as it was before it was stored, by this version or one before.
fn uncompressed(stored: &[u8]) -> Result<Cow<'_, [u8]>, serde_json::Error> {
    if stored.first() != Some(&ZLIB) {
        return Ok(Cow::Borrowed(stored));
    }
    let mut bytes = Vec::new();
    let mut decoder = ZlibDecoder::new(stored).take(COMPRESSED_AT_MOST as u64 + 1);
    match decoder.read_to_end(&mut bytes) {
        Ok(_) if bytes.len() <= COMPRESSED_AT_MOST => Ok(Cow::Owned(bytes)),
        Ok(_) => Err(serde_json::Error::custom("more is compressed than is ever stored")),
        Err(error) => Err(serde_json::Error::custom(error)),
    }
}

/// Plain data of strings and numbers: `serde_json` cannot fail on it, and a line that were left out would be missed by the tally.
fn add(bytes: &mut Vec<u8>, line: &impl Serialize) {
    if serde_json::to_writer(&mut *bytes, line).is_ok() {
        bytes.push(b'\n');
    }
}

/// The documents that a part or a head names, if it is of that import: those of before they said whose they are may be another's too.
pub(crate) fn following(document: &[u8], import: ImportId) -> Option<Vec<ContentHash>> {
    #[derive(Deserialize)]
    struct Owned {
        #[serde(default)]
        of: Option<ImportId>,
        #[serde(default)]
        next: Following,
    }
    let document = uncompressed(document).ok()?;
    let first = lines_of(&document).next().unwrap_or_default();
    let owned: Owned = serde_json::from_slice(first).ok()?;
    (owned.of == Some(import)).then(|| owned.next.0.into_values().map(|(_, part)| part).collect())
}

/// How a file was read, from the head.
///
/// # Errors
///
/// What is no head.
pub(crate) fn summary(head: &[u8]) -> Result<ReportSummary, serde_json::Error> {
    serde_json::from_slice(lines_of(&uncompressed(head)?).next().unwrap_or_default())
}

/// A page of lines being filled from one document after the other.
pub(crate) struct PageOfLines<'a> {
    /// Which outcomes are listed; all if there is none.
    pub(crate) outcomes: &'a [String],
    /// Only lines that come after this one.
    pub(crate) after: u32,
    /// At most so many.
    pub(crate) limit: usize,
    /// Those found.
    pub(crate) items: Vec<LineReport>,
}

/// What to do after a document was read.
pub(crate) enum Then {
    /// Read on in this one.
    Read(ContentHash),
    /// The page is full; more lines follow from there.
    Full(LinePosition),
    /// That was the last line.
    End,
}

impl PageOfLines<'_> {
    /// Takes the lines of a document.
    ///
    /// # Errors
    ///
    /// What is no part of a report.
    pub(crate) fn take(&mut self, part: ContentHash, bytes: &[u8]) -> Result<Then, serde_json::Error> {
        let bytes = uncompressed(bytes)?;
        let mut lines = lines_of(&bytes);
        let OpeningNext { next } = serde_json::from_slice(lines.next().unwrap_or_default())?;
        let wanted =
            |outcome: &str| self.outcomes.is_empty() || self.outcomes.iter().any(|one| one == outcome);
        let full = |items: &[LineReport], part| {
            Then::Full(LinePosition {
                line: items.last().map_or(self.after, |last| last.line),
                part: Some(part),
            })
        };
        for line in lines {
            let line: LineReport = serde_json::from_slice(line)?;
            if line.line > self.after && wanted(line.outcome.as_str()) {
                if self.items.len() == self.limit {
                    return Ok(full(&self.items, part));
                }
                self.items.push(line);
            }
        }
        Ok(match next.part(wanted) {
            Some(part) if self.items.len() == self.limit => full(&self.items, part),
            Some(part) => Then::Read(part),
            None => Then::End,
        })
    }
}

fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::import::{Outcome, Question};

    /// Lines of which each seventh needs a person.
    fn report(lines: u32) -> Report {
        let outcome = |line: u32| match line % 7 {
            0 => Outcome::NeedsPerson { questions: Vec::<Question>::new() },
            _ => Outcome::Create { what: "a sister city".to_owned() },
        };
        let line = |line| LineReport {
            line,
            about: format!("place {line}"),
            cells: vec!["x".repeat(500)],
            records: Vec::new(),
            outcome: outcome(line),
            remarks: Vec::new(),
        };
        Report {
            file: FileReport::default(),
            lines: (2..lines + 2).map(line).collect(),
            tally: Tally::default(),
        }
    }

    struct Stored {
        documents: BTreeMap<ContentHash, Vec<u8>>,
        head: ContentHash,
        read: u64,
    }

    impl Stored {
        fn new(report: &Report) -> Self {
            let mut documents = BTreeMap::new();
            let head = store(report, "imp_01h455vb4pex5vsknk084sn02q".parse().expect("an id"), |bytes| {
                let hash = sister_cities_storage::content_hash(&bytes);
                documents.insert(hash, bytes);
                hash
            });
            Self { documents, head, read: 0 }
        }

        fn bytes(&self) -> u64 {
            self.documents.values().map(|bytes| bytes.len() as u64).sum()
        }

        fn page(
            &mut self,
            outcomes: &[String],
            after: Option<LinePosition>,
            limit: usize,
        ) -> (Vec<u32>, Option<LinePosition>) {
            let mut next = after.and_then(|after| after.part).unwrap_or(self.head);
            let after = after.map_or(0, |after| after.line);
            let mut page = PageOfLines { outcomes, after, limit, items: Vec::new() };
            let then = loop {
                let bytes = &self.documents[&next];
                self.read += bytes.len() as u64;
                match page.take(next, bytes).expect("a part") {
                    Then::Read(part) => next = part,
                    Then::Full(position) => break Some(position),
                    Then::End => break None,
                }
            };
            (page.items.iter().map(|line| line.line).collect(), then)
        }

        fn walk(&mut self, outcomes: &[String], limit: usize) -> (Vec<u32>, Vec<u64>) {
            let (mut lines, mut costs, mut after) = (Vec::new(), Vec::new(), None);
            loop {
                let before = self.read;
                let (page, next) = self.page(outcomes, after, limit);
                costs.push(self.read - before);
                lines.extend(page);
                after = next;
                if after.is_none() {
                    return (lines, costs);
                }
            }
        }
    }

    #[test]
    fn walking_all_lines_reads_the_report_once_and_a_page_costs_the_same_in_any_report() {
        let mut dearest = Vec::new();
        for lines in [1_000, 50_000] {
            let mut stored = Stored::new(&report(lines));
            for limit in [50, 100] {
                stored.read = 0;
                let (found, costs) = stored.walk(&[], limit);
                assert!(found.into_iter().eq(2..lines + 2));
                assert_eq!(stored.read, stored.bytes(), "{limit} lines a page");
                dearest.extend(costs.into_iter().max());
            }
        }
        // Longer numbers of lines and parts apart.
        assert!(dearest[2] < dearest[0] * 11 / 10 && dearest[3] < dearest[1] * 11 / 10, "{dearest:?}");
    }

    #[test]
    fn pages_of_any_size_and_outcome_hold_each_line_once() {
        for lines in [0, 1, 49, 50, 51, 333] {
            let report = report(lines);
            let mut stored = Stored::new(&report);
            for outcomes in [vec![], vec!["needs_person"], vec!["create", "needs_person"], vec!["skipped"]] {
                let outcomes: Vec<String> = outcomes.into_iter().map(str::to_owned).collect();
                let wanted = |line: &&LineReport| {
                    outcomes.is_empty() || outcomes.iter().any(|one| one == line.outcome.as_str())
                };
                let expected: Vec<u32> = report.lines.iter().filter(wanted).map(|line| line.line).collect();
                for limit in [1, 7, 49, 50, 51, 100, 1_000] {
                    let (found, _) = stored.walk(&outcomes, limit);
                    assert_eq!(found, expected, "{lines} lines, {outcomes:?}, {limit} a page");
                }
            }
        }
    }

    #[test]
    fn lines_of_one_outcome_are_found_without_reading_the_parts_that_have_none() {
        let mut report = report(5_000);
        for line in &mut report.lines {
            line.outcome = Outcome::Skipped;
        }
        report.lines[4_321].outcome = Outcome::Invalid { problems: Vec::new() };
        let mut stored = Stored::new(&report);
        let (found, next) = stored.page(&["invalid".to_owned()], None, 50);
        assert_eq!((found, next), (vec![4_323], None));
        assert!(stored.read < 50_000, "the head and one part: {}", stored.read);
    }

    #[test]
    fn a_report_is_stored_in_less_than_the_lines_it_is_about() {
        let report = report(1_000);
        let lines: usize = report.lines.iter().flat_map(|line| &line.cells).map(String::len).sum();
        assert!(Stored::new(&report).bytes() < lines as u64);
    }

    #[test]
    fn what_would_become_larger_than_anything_stored_is_refused() {
        let bomb = {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&vec![b' '; COMPRESSED_AT_MOST + 1]).expect("into memory");
            encoder.finish().expect("into memory")
        };
        assert!(summary(&bomb).is_err());
        let large = vec![b' '; COMPRESSED_AT_MOST + 1];
        assert_eq!(compressed(large.clone()), large, "it is stored as it is");
    }

    #[test]
    fn a_report_of_before_there_were_parts_is_read() {
        let old = br#"{"file":{"lines":4,"header_line":1,"notes":[],"columns":[],"unread_columns":[],"asides":[],"blank_lines":0},"tally":{"create":2,"same":0,"merge":0,"needs_person":0,"kept_unresolved":0,"invalid":0,"skipped":1}}
{"line":2,"about":"Accra, Ghana","cells":["Accra"],"outcome":"create","what":"a sister city"}
{"line":3,"about":"Osaka, Japan","cells":["Osaka"],"outcome":"skipped"}
{"line":4,"about":"Milan, Italy","cells":["Milan"],"outcome":"create","what":"a sister city"}
"#;
        let head = sister_cities_storage::content_hash(old);
        assert_eq!(summary(old).expect("a head").tally.create, 2);
        let mut stored = Stored { documents: BTreeMap::from([(head, old.to_vec())]), head, read: 0 };
        assert_eq!(stored.walk(&[], 1).0, [2, 3, 4]);
        assert_eq!(stored.walk(&["create".to_owned()], 100).0, [2, 4]);
        // A list that was begun before: its cursor names the line only.
        let begun = Some(LinePosition { line: 2, part: None });
        assert_eq!(stored.page(&[], begun, 100), (vec![3, 4], None));
    }
}
