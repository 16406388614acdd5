//! The catalogue is whole and consistent.

use std::collections::BTreeSet;

use serde_json::json;

use super::*;

#[test]
fn every_kind_of_the_domain_is_described_once() {
    let described: BTreeSet<_> = ALL.iter().map(|description| description.kind).collect();
    assert_eq!(described.len(), ALL.len(), "each once");
    assert_eq!(described, BTreeSet::from(RecordKind::ALL));
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
        let KindDescription { table, columns, sets, .. } = description;
        let body = description.body_class();
        for column in columns.iter().chain(sets.iter().map(|set| &set.value)) {
            let refers = matches!(column.constraint, Constraint::References(_));
            // Another programme is named without a reference, which would tell whether there is one.
            let names = description.audience_column == Some(column);
            // What was answered to a due item holds nothing up.
            let names = names || description.kind == RecordKind::DueResponse;
            assert_eq!(refers || names, column.holds == ColumnType::Id, "{table} {}", column.name);
            assert!(column.class <= body, "{table} {}", column.name);
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
    let readable: Vec<_> = ALL.iter().filter(|description| description.audience_column.is_some()).collect();
    assert_eq!(
        readable.iter().map(|description| description.table).collect::<Vec<_>>(),
        ["peer_link", "shared_record"]
    );
    for description in readable {
        assert!(description.body_class() < DataClass::Sensitive, "{}", description.table);
        let column = description.audience_column.expect("a column");
        assert_eq!(description.position(column), Some(0));
        assert_eq!((column.holds, column.presence), (ColumnType::Id, Presence::Required));
    }
}

#[test]
fn what_nobody_classified_is_found_and_counts_as_personal() {
    let place = describe(RecordKind::Place);
    let body = json!({"id": "x", "invented": {"list": [1, {"deep": "x"}]}});
    assert_eq!(place.unclassified_in_body(&body), ["/invented/list/0", "/invented/list/1/deep"]);
    assert_eq!(place.nature_in_body("/invented/list/0").class, DataClass::Personal);
}

/// A column can be searched, so it is never encrypted; and what erasure must reach is in the body, from which columns are made.
#[test]
fn no_column_is_sensitive() {
    for kind in ALL {
        for column in kind.columns.iter().chain(kind.sets.iter().map(|set| &set.value)) {
            assert_ne!(column.class, DataClass::Sensitive, "{} {}", kind.table, column.name);
        }
    }
}

/// As they are encrypted as texts; and no event tells of one, as events go to others.
#[test]
fn sensitive_fields_are_texts_and_in_no_event() {
    for kind in ALL {
        assert!(
            kind.event_fields
                .iter()
                .flat_map(|group| group.fields)
                .all(|field| field.class != DataClass::Sensitive),
            "{}",
            kind.table
        );
        for field in kind.body_fields().filter(|field| field.class == DataClass::Sensitive) {
            assert!(!field.path.ends_with("**"), "{} {}: say which", kind.table, field.path);
        }
    }
}

#[test]
fn every_field_of_what_every_record_may_be_told_is_classified() {
    for kind in ALL {
        for told in [
            json!({"name": "person.erased", "pseudonym": "x", "values": 1, "journal": 1}),
            json!({"name": "key.rotated", "key": 1}),
            json!({"name": "sensitive.read", "fields": ["/care"]}),
        ] {
            assert_eq!(kind.unclassified_in_event(&told), Vec::<String>::new(), "{} {told}", kind.table);
        }
    }
}

/// So says the text of each kind's file.
#[test]
fn every_kind_tests_its_fields() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/catalogue");
    let mut kinds = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let source = std::fs::read_to_string(&path).expect("a source");
        if source.lines().any(|line| line.starts_with("impl Record for ")) {
            kinds += 1;
            assert!(source.contains("fn every_field_is_classified"), "{}", path.display());
        }
    }
    assert_eq!(kinds, ALL.len());
}
