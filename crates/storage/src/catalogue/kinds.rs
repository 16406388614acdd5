//! The description of each kind of record.

use sister_cities_domain::id::RecordKind;

use super::{Column, ColumnType, Constraint, DataClass, KindDescription, Presence, ValueSet};
use super::{fields, search};

pub(super) const fn column(
    name: &'static str,
    holds: ColumnType,
    presence: Presence,
    class: DataClass,
) -> Column {
    Column {
        name,
        holds,
        presence,
        constraint: Constraint::Free,
        class,
        filters: &[],
        order: None,
        index_orders: &[],
    }
}

pub(super) const fn reference(name: &'static str, to: RecordKind, presence: Presence) -> Column {
    Column {
        name,
        holds: ColumnType::Id,
        presence,
        constraint: Constraint::References(to),
        class: DataClass::Internal,
        filters: &[],
        order: None,
        index_orders: &[],
    }
}

pub(super) const fn unique(
    name: &'static str,
    holds: ColumnType,
    presence: Presence,
    constraint: Constraint,
) -> Column {
    Column {
        name,
        holds,
        presence,
        constraint,
        class: DataClass::Internal,
        filters: &[],
        order: None,
        index_orders: &[],
    }
}

/// A programme: the tenant. Its id is the programme of all its records, itself included.
pub const PROGRAMME: KindDescription = KindDescription {
    kind: RecordKind::Programme,
    table: "programme",
    columns: &[
        // The name, folded for sorting.
        column("name_key", ColumnType::Text, Presence::Required, DataClass::Public),
        // The place whose programme it is.
        reference("host", RecordKind::Place, Presence::Required),
    ],
    sets: &[],
    body: DataClass::Internal,
    fields: fields::PROGRAMME,
    event_fields: fields::PROGRAMME_EVENT,
    search: search::UNSEARCHED,
};

/// A place as one programme knows it.
pub const PLACE: KindDescription = KindDescription {
    kind: RecordKind::Place,
    table: "place",
    columns: &[
        // The name shown, folded for sorting.
        column("name_key", ColumnType::Text, Presence::Required, DataClass::Public).ordered("name"),
        // ISO 3166-1 alpha-2.
        column("country", ColumnType::Text, Presence::Optional, DataClass::Public)
            .filtered(&["country"])
            .index_orders(&["name_key"]),
        // One place of the world is one record of a programme.
        Column {
            name: "geonames",
            holds: ColumnType::Integer,
            presence: Presence::Optional,
            constraint: Constraint::UniqueInProgramme,
            class: DataClass::Public,
            filters: &["geonames"],
            order: None,
            index_orders: &[],
        },
        // Whether we know which place of the world it is, as in `unresolved`.
        column("identity", ColumnType::Text, Presence::Required, DataClass::Public)
            .filtered(&["identity"])
            .index_orders(&["name_key"]),
    ],
    sets: &[ValueSet {
        table: "place_name",
        owner: "place",
        // Every name it has or had, folded.
        value: column("name_key", ColumnType::Text, Presence::Required, DataClass::Public)
            .filtered(&["name"]),
        denormalised_key: None,
    }],
    body: DataClass::Public,
    fields: fields::PLACE,
    event_fields: fields::PLACE_EVENT,
    search: search::PLACE_TEXT,
};

/// The places that a bond joins.
pub(super) const PARTNERSHIP_MEMBER: ValueSet = ValueSet {
    table: "partnership_member",
    owner: "partnership",
    value: reference("place", RecordKind::Place, Presence::Required).filtered(&["place"]),
    denormalised_key: None,
};

/// A bond between places.
pub const PARTNERSHIP: KindDescription = KindDescription {
    kind: RecordKind::Partnership,
    table: "partnership",
    columns: &[
        // The decided status of today, as in `agreed`.
        column("status", ColumnType::Text, Presence::Required, DataClass::Public)
            .filtered(&["status"])
            .index_orders(&["began_key"]),
        // The key of the kind of its latest episode.
        column("kind", ColumnType::Text, Presence::Optional, DataClass::Public)
            .filtered(&["kind"])
            .index_orders(&["began_key"]),
        // When the first episode began, as text that sorts; empty when nobody knows.
        column("began_key", ColumnType::Text, Presence::Required, DataClass::Public).ordered("began"),
        // The sorted ids of its members while it is not over: one open bond per set of places (R1).
        unique("open_pair", ColumnType::Text, Presence::Optional, Constraint::UniqueInProgramme),
    ],
    sets: &[PARTNERSHIP_MEMBER],
    // Notes, sources and grounds may name people.
    body: DataClass::Personal,
    fields: fields::PARTNERSHIP,
    event_fields: fields::PARTNERSHIP_EVENT,
    search: search::PARTNERSHIP_TEXT,
};

/// An agreement under a partnership.
pub const AGREEMENT: KindDescription = KindDescription {
    kind: RecordKind::Agreement,
    table: "agreement",
    columns: &[
        reference("partnership", RecordKind::Partnership, Presence::Required)
            .filtered(&["partnership"])
            .index_orders(&["id"]),
        // The agreement under which this one stands.
        reference("parent", RecordKind::Agreement, Presence::Optional)
            .filtered(&["parent"])
            .index_orders(&["id"]),
        // When all had signed, as text that sorts; empty if they have not, or nobody knows when.
        column("signed_key", ColumnType::Text, Presence::Required, DataClass::Internal).ordered("signed"),
        // The title, folded for sorting.
        column("title_key", ColumnType::Text, Presence::Required, DataClass::Internal).ordered("title"),
    ],
    sets: &[ValueSet {
        table: "agreement_party",
        owner: "agreement",
        value: reference("place", RecordKind::Place, Presence::Required).filtered(&["party"]),
        denormalised_key: None,
    }],
    // Names those who approve and sign.
    body: DataClass::Personal,
    fields: fields::AGREEMENT,
    event_fields: fields::AGREEMENT_EVENT,
    search: search::AGREEMENT_TEXT,
};

/// An entry of the log of exchanges.
pub const ENGAGEMENT: KindDescription = KindDescription {
    kind: RecordKind::Engagement,
    table: "engagement",
    columns: &[
        reference("partnership", RecordKind::Partnership, Presence::Required)
            .filtered(&["partnership"])
            .index_orders(&["began_key", "id"]),
        column("direction", ColumnType::Text, Presence::Required, DataClass::Internal)
            .filtered(&["direction"]),
        // The first day it can have taken place on; none if undated.
        column("first_day", ColumnType::Day, Presence::Optional, DataClass::Internal).filtered(&["to"]),
        // The last day it can have taken place on; none if undated.
        column("last_day", ColumnType::Day, Presence::Optional, DataClass::Internal).filtered(&["from"]),
        // When it began, as text that sorts; empty if undated.
        column("began_key", ColumnType::Text, Presence::Required, DataClass::Internal).ordered("began"),
    ],
    sets: &[ValueSet {
        table: "engagement_focus",
        owner: "engagement",
        value: column("focus", ColumnType::Text, Presence::Required, DataClass::Internal)
            .filtered(&["focus"]),
        // When the engagement began.
        denormalised_key: Some(4),
    }],
    // Notes and organisations may name people; what guests need can be about their health.
    body: DataClass::Sensitive,
    fields: fields::ENGAGEMENT,
    event_fields: fields::ENGAGEMENT_EVENT,
    search: search::ENGAGEMENT_TEXT,
};

/// A run of the import.
pub const IMPORT: KindDescription = KindDescription {
    kind: RecordKind::Import,
    table: "import_run",
    columns: &[
        // How far it is, as in `applied`.
        column("state", ColumnType::Text, Presence::Required, DataClass::Internal)
            .filtered(&["state"])
            .index_orders(&["id"]),
        // What it brings in, as in `engagements`.
        column("content", ColumnType::Text, Presence::Required, DataClass::Internal)
            .filtered(&["content"])
            .index_orders(&["id"]),
        // SHA-256 of the file, by which the same file is recognised.
        column("file_hash", ColumnType::Bytes, Presence::Required, DataClass::Internal)
            .filtered(&["file"])
            .index_orders(&["id"]),
    ],
    sets: &[],
    body: DataClass::Personal,
    fields: fields::IMPORT,
    event_fields: fields::IMPORT_EVENT,
    search: search::UNSEARCHED,
};

/// An access token, stored as its hash. Belongs to a programme or to the installation.
pub const TOKEN: KindDescription = KindDescription {
    kind: RecordKind::Token,
    table: "access_token",
    columns: &[
        // SHA-256 of the token, which is random: nothing to guess from it.
        Column {
            name: "hash",
            holds: ColumnType::Bytes,
            presence: Presence::Required,
            constraint: Constraint::UniqueInInstallation,
            class: DataClass::Internal,
            filters: &[],
            order: None,
            index_orders: &[],
        },
    ],
    sets: &[],
    body: DataClass::Personal,
    fields: fields::TOKEN,
    event_fields: fields::TOKEN_EVENT,
    search: search::UNSEARCHED,
};
