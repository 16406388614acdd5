//! Prints the first draft of the migrations for a new kind of record, from its declaration: to be read, completed with what each
//! column means, and committed. Nothing runs it by itself, and a kind that is stored already has its migrations.

use std::fmt::Write as _;

use sister_cities_domain::id::RecordKind;
use sister_cities_storage::catalogue::{
    Column, ColumnType, Constraint, KindDescription, Presence, ValueSet, describe,
};

/// A database, and how it writes what the other writes differently.
#[derive(Clone, Copy, PartialEq)]
enum Dialect {
    Sqlite,
    Postgres,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let kind: RecordKind = std::env::args().nth(1).ok_or("which kind of record?")?.parse()?;
    let mut out = String::new();
    for (dialect, file) in [(Dialect::Sqlite, "sqlite"), (Dialect::Postgres, "postgres")] {
        writeln!(out, "-- crates/storage/src/{file}/migrations/V…__{kind}.sql\n")?;
        dialect.kind(&mut out, describe(kind))?;
    }
    std::io::Write::write_all(&mut std::io::stdout(), out.as_bytes())?;
    Ok(())
}

impl Dialect {
    fn kind(self, out: &mut String, kind: &KindDescription) -> std::fmt::Result {
        let KindDescription { table, columns, sets, audience_column, .. } = kind;
        let [id, number, version, text] = match self {
            Self::Sqlite => ["BLOB", "INTEGER", "INTEGER", "TEXT"],
            Self::Postgres => ["uuid", "bigint", "integer", "text"],
        };
        writeln!(out, "CREATE TABLE {table} (")?;
        writeln!(
            out,
            "    programme {id} NOT NULL REFERENCES programme (id) DEFERRABLE INITIALLY DEFERRED,"
        )?;
        writeln!(
            out,
            "    id {id} NOT NULL,\n    revision {number} NOT NULL,\n    change {number} NOT NULL,"
        )?;
        writeln!(out, "    version {version} NOT NULL,\n    body {text} NOT NULL,")?;
        for column in *columns {
            writeln!(out, "    {},", self.column(column))?;
        }
        write!(out, "    PRIMARY KEY (programme, id)")?;
        let mut indexes = String::new();
        for column in *columns {
            let name = column.name;
            match (column.constraint, self) {
                (Constraint::References(to), _) => write!(out, ",\n    {}", reference(name, to))?,
                (Constraint::UniqueInProgramme, Self::Postgres) => write!(
                    out,
                    ",\n    CONSTRAINT {table}_by_{name} UNIQUE (programme, {name}) DEFERRABLE INITIALLY DEFERRED"
                )?,
                (Constraint::UniqueInProgramme, Self::Sqlite) => {
                    writeln!(
                        indexes,
                        "CREATE UNIQUE INDEX {table}_by_{name} ON {table} (programme, {name});"
                    )?;
                }
                (Constraint::UniqueInInstallation, _) => {
                    writeln!(indexes, "CREATE UNIQUE INDEX {table}_by_{name} ON {table} ({name});")?;
                }
                (Constraint::Free, _) => {}
            }
            for order in column.index_orders {
                let (suffix, tie) = if *order == "id" {
                    (String::new(), "id".to_owned())
                } else {
                    (format!("_{order}"), format!("{order}, id"))
                };
                writeln!(
                    indexes,
                    "CREATE INDEX {table}_by_{name}{suffix} ON {table} (programme, {name}, {tie});"
                )?;
            }
            if column.order.is_some() {
                writeln!(indexes, "CREATE INDEX {table}_by_{name} ON {table} (programme, {name}, id);")?;
            }
        }
        writeln!(out, "\n){};", if self == Self::Sqlite { " STRICT" } else { "" })?;
        if let Some(audience) = audience_column {
            writeln!(indexes, "CREATE INDEX {table}_shown ON {table} ({}, id);", audience.name)?;
        }
        writeln!(out, "{indexes}")?;
        for set in *sets {
            self.set(out, table, set)?;
        }
        for own in
            std::iter::once(*table).chain(sets.iter().map(|set| set.table)).filter(|_| self == Self::Postgres)
        {
            writeln!(out, "ALTER TABLE {own} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")?;
            writeln!(
                out,
                "CREATE POLICY own_programme ON {own} USING (programme = (SELECT present_programme()));\n"
            )?;
        }
        if let (Some(audience), Self::Postgres) = (audience_column, self) {
            let (name, peer) = (audience.name, "(SELECT present_programme())");
            writeln!(out, "CREATE POLICY shown_to_peer ON {table} FOR SELECT USING ({name} = {peer});\n")?;
        }
        Ok(())
    }

    fn set(self, out: &mut String, of: &str, set: &ValueSet) -> std::fmt::Result {
        let ValueSet { table, owner, value, denormalised_key } = set;
        let id = self.sql_type(ColumnType::Id);
        writeln!(out, "CREATE TABLE {table} (\n    programme {id} NOT NULL,\n    {owner} {id} NOT NULL,")?;
        writeln!(out, "    {},", self.column(value))?;
        if let Some(key) = denormalised_key {
            writeln!(out, "    {},", self.column(key))?;
        }
        writeln!(out, "    PRIMARY KEY (programme, {owner}, {}),", value.name)?;
        writeln!(out, "    FOREIGN KEY (programme, {owner}) REFERENCES {of} (programme, id)")?;
        write!(out, "        ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED")?;
        if let Constraint::References(to) = value.constraint {
            write!(out, ",\n    {}", reference(value.name, to))?;
        }
        writeln!(out, "\n){};", if self == Self::Sqlite { " STRICT, WITHOUT ROWID" } else { "" })?;
        let key = denormalised_key.map(|key| format!("{}, ", key.name)).unwrap_or_default();
        writeln!(out, "CREATE INDEX {table}_by_{0} ON {table} (programme, {0}, {key}{owner});\n", value.name)
    }

    fn column(self, column: &Column) -> String {
        let needed = if column.presence == Presence::Required { " NOT NULL" } else { "" };
        let bytewise =
            if self == Self::Postgres && column.holds == ColumnType::Text { " COLLATE \"C\"" } else { "" };
        format!("{} {}{needed}{bytewise}", column.name, self.sql_type(column.holds))
    }

    const fn sql_type(self, holds: ColumnType) -> &'static str {
        match (self, holds) {
            (Self::Sqlite, ColumnType::Integer) => "INTEGER",
            (Self::Sqlite, ColumnType::Text | ColumnType::Day) => "TEXT",
            (Self::Sqlite, ColumnType::Bytes | ColumnType::Id) => "BLOB",
            (Self::Postgres, ColumnType::Integer) => "bigint",
            (Self::Postgres, ColumnType::Text) => "text",
            (Self::Postgres, ColumnType::Bytes) => "bytea",
            (Self::Postgres, ColumnType::Id) => "uuid",
            (Self::Postgres, ColumnType::Day) => "date",
        }
    }
}

fn reference(name: &str, to: RecordKind) -> String {
    let target = describe(to).table;
    format!(
        "FOREIGN KEY (programme, {name}) REFERENCES {target} (programme, id) DEFERRABLE INITIALLY DEFERRED"
    )
}
