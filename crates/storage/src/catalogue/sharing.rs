//! The kinds of record by which programmes share: the only ones that another programme may read, the one they name.

use sister_cities_domain::id::RecordKind;

use super::kinds::{column, reference, unique};
use super::{Column, ColumnType, Constraint, DataClass, KindDescription, Presence, fields, search};

/// A link to another programme.
pub const LINK: KindDescription = KindDescription {
    kind: RecordKind::Link,
    table: "peer_link",
    columns: &[
        // The other programme, which may read this. No reference: it would tell whether there is such a programme.
        unique("peer", ColumnType::Id, Presence::Required, Constraint::UniqueInProgramme).filtered(&["peer"]),
        reference("partnership", RecordKind::Partnership, Presence::Required)
            .filtered(&["partnership"])
            .index_orders(&["id"]),
    ],
    sets: &[],
    body: DataClass::Internal,
    fields: fields::LINK,
    event_fields: fields::LINK_EVENT,
    search: search::UNSEARCHED,
};

/// What is shared with another programme.
pub const SHARE: KindDescription = KindDescription {
    kind: RecordKind::Share,
    table: "shared_record",
    columns: &[
        // The other programme, which may read this.
        column("peer", ColumnType::Id, Presence::Required, DataClass::Internal)
            .filtered(&["peer"])
            .index_orders(&["id"]),
        reference("link", RecordKind::Link, Presence::Required).filtered(&["link"]).index_orders(&["id"]),
        // The record that is shared: one of these.
        reference("engagement", RecordKind::Engagement, Presence::Optional)
            .filtered(&["engagement"])
            .index_orders(&["id"]),
        reference("agreement", RecordKind::Agreement, Presence::Optional)
            .filtered(&["agreement"])
            .index_orders(&["id"]),
        // The link and the record: each record is shared over a link once.
        unique("told", ColumnType::Text, Presence::Required, Constraint::UniqueInProgramme),
    ],
    sets: &[],
    // The title that somebody chose for it may name people.
    body: DataClass::Personal,
    fields: fields::SHARE,
    event_fields: fields::SHARE_EVENT,
    search: search::UNSEARCHED,
};

/// The column that names the one other programme which may read the records of that kind; none where no other may.
#[must_use]
pub fn audience_column(kind: RecordKind) -> Option<&'static Column> {
    match kind {
        RecordKind::Link => Some(&LINK.columns[0]),
        RecordKind::Share => Some(&SHARE.columns[0]),
        RecordKind::Programme
        | RecordKind::Place
        | RecordKind::Partnership
        | RecordKind::Agreement
        | RecordKind::Engagement
        | RecordKind::Import
        | RecordKind::Token
        | _ => None,
    }
}
