//! What the server's role may do: what it needs, and no more. Granted by whoever migrates, verified before anything is asked.

use std::fmt::Write as _;

use tokio_postgres::Client;

use super::migrate::SCHEMA;
use super::rls::SchemaFault;
use crate::catalogue;

/// The tables of the machinery that change.
const CHANGING: [&str; 16] = [
    "head",
    "reply",
    "work",
    "data_key",
    "cursor_key",
    "search",
    "search_scope",
    "search_word",
    "due_unit",
    "due_item",
    "notification_position",
    "notification",
    "delivery",
    "delivery_attempt",
    "delivery_lane",
    "refused_address",
];

/// What a role can be given on a table.
const PRIVILEGES: [&str; 7] = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"];

/// Each table of ours with what the role of the session may do to it, and the columns that it may update.
const PRESENT: &str = "SELECT c.relname::text, \
    array(SELECT p FROM unnest($1::text[]) p WHERE has_table_privilege(c.oid, p)), \
    array(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 \
        AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'UPDATE')) \
    FROM pg_catalog.pg_class c WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind IN ('r', 'p') \
    ORDER BY c.relname";

/// Whether the role of the session may make tables and functions beside ours.
const MAY_CREATE: &str = "SELECT has_schema_privilege('sister_cities', 'CREATE')";

/// What the server's role may do with one table.
struct TableRights {
    table: &'static str,
    privileges: &'static [&'static str],
    /// The columns that it may update where it may not update all.
    updates: &'static [&'static str],
}

/// Nothing to the schema; nothing but adding to the journal and the history, and replacing in them what is personal.
fn needed() -> Vec<TableRights> {
    let only_read = ["refinery_schema_history", "schema_state"].map(|table| TableRights {
        table,
        privileges: &["SELECT"],
        updates: &[],
    });
    let only_added_to: [(&str, &[&str], &[&str]); 4] = [
        ("change", &["SELECT", "INSERT"], &["actor"]),
        ("journal", &["SELECT", "INSERT"], &["body", "changes", "seals"]),
        ("history", &["SELECT", "INSERT"], &["body"]),
        ("document", &["SELECT", "INSERT", "DELETE"], &["bytes"]),
    ];
    let only_added_to =
        only_added_to.map(|(table, privileges, updates)| TableRights { table, privileges, updates });
    let records = catalogue::ALL
        .iter()
        .flat_map(|kind| std::iter::once(kind.table).chain(kind.sets.iter().map(|set| set.table)));
    let changing = records.chain(CHANGING).map(|table| TableRights {
        table,
        privileges: &["SELECT", "INSERT", "UPDATE", "DELETE"],
        updates: &[],
    });
    only_read.into_iter().chain(only_added_to).chain(changing).collect()
}

/// The tables that hold no records.
#[cfg(test)]
pub(super) fn machinery() -> impl Iterator<Item = &'static str> {
    let of_records = |table: &str| {
        let mut kinds = catalogue::ALL.iter();
        kinds.any(|kind| kind.table == table || kind.sets.iter().any(|set| set.table == table))
    };
    needed().into_iter().map(|rights| rights.table).filter(move |table| !of_records(table))
}

/// The statements that give a role what it needs.
pub(super) fn grants(role: &str) -> String {
    let role = quoted(role);
    let mut all = format!("GRANT USAGE ON SCHEMA {SCHEMA} TO {role}");
    for TableRights { table, privileges, updates } in needed() {
        // Writing to a `String` cannot fail.
        let _ = write!(all, "; GRANT {} ON {SCHEMA}.{table} TO {role}", privileges.join(", "));
        if !updates.is_empty() {
            let _ = write!(all, "; GRANT UPDATE ({}) ON {SCHEMA}.{table} TO {role}", updates.join(", "));
        }
    }
    all
}

/// The first right that is missing or too much. Tables that only a newer program knows are its own affair.
pub(super) async fn verify(
    client: &Client,
    role: &str,
) -> Result<Option<SchemaFault>, tokio_postgres::Error> {
    let role_name = quoted(role);
    if client.query_one(MAY_CREATE, &[]).await?.get(0) {
        return Ok(Some(SchemaFault {
            found: format!(
                "the role {role} may make tables and functions in the schema {SCHEMA}, which the server does not need"
            ),
            mend: format!("REVOKE CREATE ON SCHEMA {SCHEMA} FROM {role_name}, PUBLIC"),
        }));
    }
    let rows = client.query(PRESENT, &[&PRIVILEGES.as_slice()]).await?;
    let needed = needed();
    for row in &rows {
        let (table, present, updates): (String, Vec<String>, Vec<String>) =
            (row.get(0), row.get(1), row.get(2));
        let Some(needed) = needed.iter().find(|needed| needed.table == table) else { continue };
        let lacking = needed.privileges.iter().find(|privilege| !has(&present, privilege));
        let lacking = lacking.map(|privilege| (*privilege).to_owned()).or_else(|| {
            let column = needed.updates.iter().find(|column| !has(&updates, column))?;
            Some(format!("UPDATE ({column})"))
        });
        if let Some(lacking) = lacking {
            return Ok(Some(SchemaFault {
                found: format!("the role {role} lacks {lacking} on {SCHEMA}.{table}"),
                mend: format!("GRANT {lacking} ON {SCHEMA}.{table} TO {role_name}"),
            }));
        }
        let beyond =
            present.iter().find(|privilege| !needed.privileges.contains(&privilege.as_str())).cloned();
        let beyond = beyond.or_else(|| {
            let may_update = |column: &&String| {
                !needed.privileges.contains(&"UPDATE") && !needed.updates.contains(&column.as_str())
            };
            updates.iter().find(may_update).map(|column| format!("UPDATE ({column})"))
        });
        if let Some(beyond) = beyond {
            return Ok(Some(SchemaFault {
                found: format!(
                    "the role {role} has {beyond} on {SCHEMA}.{table}, which the server does not need"
                ),
                mend: format!(
                    "REVOKE {beyond} ON {SCHEMA}.{table} FROM {role_name}, PUBLIC; {}",
                    grants(role)
                ),
            }));
        }
    }
    Ok(None)
}

fn has(all: &[String], one: &str) -> bool {
    all.iter().any(|present| present == one)
}

/// A name as it stands in a statement.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
