//! The catalogue is whole and consistent.

use std::collections::BTreeSet;

use super::*;

#[test]
fn every_kind_of_the_domain_is_described_once() {
    let described: Vec<_> = ALL.iter().map(|description| description.kind).collect();
    assert_eq!(described.len(), RecordKind::ALL.len());
    for kind in RecordKind::ALL {
        assert_eq!(describe(kind).kind, kind);
    }
}

#[test]
fn names_are_plain_and_no_table_is_used_twice() {
    let plain =
        |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let mut tables = BTreeSet::new();
    for KindDescription { table, columns, sets, .. } in ALL {
        assert!(plain(table) && tables.insert(table), "{table}");
        let mut names = BTreeSet::from(["programme", "id", "revision", "change", "version", "body"]);
        for column in *columns {
            assert!(plain(column.name) && names.insert(column.name), "{table} {}", column.name);
        }
        for set in *sets {
            assert!(plain(set.table) && tables.insert(&set.table), "{table} {}", set.table);
            assert!(plain(set.owner) && plain(set.value.name) && set.owner != set.value.name);
            assert_eq!(set.value.presence, Presence::Required);
        }
    }
}

#[test]
fn references_are_ids_and_no_column_is_more_private_than_the_body() {
    for description in ALL {
        let KindDescription { table, columns, sets, body, .. } = description;
        for column in columns.iter().chain(sets.iter().map(|set| &set.value)) {
            let refers = matches!(column.constraint, Constraint::References(_));
            // Another programme is named without a reference, which would tell whether there is one.
            let names = audience_column(description.kind) == Some(column);
            assert_eq!(refers || names, column.holds == ColumnType::Id, "{table} {}", column.name);
            assert!(column.class <= *body, "{table} {}", column.name);
        }
    }
}

#[test]
fn what_lists_sort_by_is_there_for_every_record() {
    for KindDescription { table, columns, .. } in ALL {
        for column in columns.iter().filter(|column| column.name.ends_with("_key")) {
            assert_eq!(column.presence, Presence::Required, "{table} {}", column.name);
        }
    }
}

#[test]
fn what_search_finds_is_classified_and_never_sensitive() {
    for description in ALL {
        for field in description.search.fields {
            let nature = fields::nature_of(description.fields, field.path);
            let class = nature.unwrap_or_else(|| panic!("{} {}", description.table, field.path)).class;
            assert!(class < DataClass::Sensitive, "{} {}", description.table, field.path);
        }
        if let Some(through) = &description.search.through {
            assert!(description.sets.contains(through.set), "{}", description.table);
            assert!(fields::nature_of(description.fields, through.path).is_some(), "{}", through.path);
            let Constraint::References(kind) = through.set.value.constraint else {
                panic!("{} refers to nothing", through.set.table);
            };
            assert!(describe(kind).is_searched());
        }
    }
}

/// A sensitive value is encrypted with the key of its programme, which no other has; and what is told to others is no secret.
#[test]
fn what_another_programme_may_read_holds_nothing_sensitive() {
    let readable: Vec<_> =
        ALL.iter().filter(|description| audience_column(description.kind).is_some()).collect();
    assert_eq!(
        readable.iter().map(|description| description.table).collect::<Vec<_>>(),
        ["peer_link", "shared_record"]
    );
    for description in readable {
        assert!(description.body < DataClass::Sensitive, "{}", description.table);
        let column = audience_column(description.kind).expect("a column");
        assert_eq!(description.position(column), Some(0));
        assert_eq!((column.holds, column.presence), (ColumnType::Id, Presence::Required));
    }
}
