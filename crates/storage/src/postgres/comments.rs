//! What a database administrator reads beside our tables: the comments on those of records, and on their columns, from the catalogue.

use std::fmt::Write as _;

use super::migrate::SCHEMA;
use crate::catalogue::{self, ColumnType, Comparison, KindDescription, ListFilter};

/// The columns that each table of records has.
const EVERYWHERE: [(&str, &str); 6] = [
    ("programme", "The programme whose record it is; row-level security compares it."),
    ("id", "The UUID of the record."),
    ("revision", "How often it was written, from 1; the ETag of the API."),
    ("change", "The commit that wrote it: change.number."),
    ("version", "The version of the form of the body."),
    ("body", "All of the record, as JSON; other columns repeat what lists and references need of it."),
];

/// The statements that comment all tables of records.
pub(super) fn all() -> String {
    let mut all = String::new();
    for description in catalogue::ALL {
        one(&mut all, description);
    }
    all
}

fn one(all: &mut String, description: &KindDescription) {
    let KindDescription { kind, table, columns, sets, .. } = description;
    comment(all, "TABLE", table, &format!("Records of the kind {}, as they are now.", kind.as_str()));
    for (name, says) in EVERYWHERE {
        comment(all, "COLUMN", &format!("{table}.{name}"), says);
    }
    for column in *columns {
        let says = format!("{} ({}).{}", holds(column.holds), column.class.as_str(), filtered(column.filter));
        comment(all, "COLUMN", &format!("{table}.{}", column.name), &says);
    }
    for set in *sets {
        let says = format!(
            "What records of {table} are found by: one row for each value.{}",
            filtered(set.value.filter)
        );
        comment(all, "TABLE", set.table, &says);
    }
}

const fn holds(holds: ColumnType) -> &'static str {
    match holds {
        ColumnType::Integer => "A whole number",
        ColumnType::Text => "A text, compared byte by byte",
        ColumnType::Bytes => "Bytes",
        ColumnType::Id => "The id of a record",
        ColumnType::Day => "A calendar day",
    }
}

fn filtered(filter: Option<ListFilter>) -> String {
    filter.map_or_else(String::new, |ListFilter { name, comparison, .. }| {
        let how = match comparison {
            Comparison::Is => "equals",
            Comparison::AtLeast => "is at least",
            Comparison::AtMost => "is at most",
            Comparison::BeginsWith => "begins with",
        };
        format!(" Lists are filtered by {name}: it {how} what is asked for.")
    })
}

fn comment(all: &mut String, on: &str, name: &str, says: &str) {
    // Writing to a `String` cannot fail.
    let _ = writeln!(all, "COMMENT ON {on} {SCHEMA}.{name} IS '{}';", says.replace('\'', "''"));
}
