//! The functions and triggers of the schema, verified before anything is asked: those that a migration made must be there, be on, and say
//! what it made them say. What is right is read from the migrations themselves.

use std::sync::LazyLock;

use tokio_postgres::Client;

use super::migrate::{self, SCHEMA};
use super::rls::SchemaFault;

/// What a migration made.
#[derive(Debug)]
struct Made {
    /// Of a trigger with its table, as in `journal.journal_is_only_added_to`.
    name: String,
    /// The text between the dollars of a function; the whole statement of a trigger.
    text: &'static str,
    /// What makes it again.
    statement: &'static str,
}

static FUNCTIONS: LazyLock<Vec<Made>> = LazyLock::new(|| made("CREATE FUNCTION ", function));
static TRIGGERS: LazyLock<Vec<Made>> = LazyLock::new(|| made("CREATE TRIGGER ", trigger));

/// Each function with its text.
const PRESENT_FUNCTIONS: &str = "SELECT p.proname::text, p.prosrc FROM pg_catalog.pg_proc p \
    WHERE p.pronamespace = 'sister_cities'::regnamespace";
/// Each trigger with its table and whether it fires, whatever the session is set to.
const PRESENT_TRIGGERS: &str = "SELECT c.relname || '.' || t.tgname, t.tgenabled IN ('O', 'A') \
    FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid \
    WHERE c.relnamespace = 'sister_cities'::regnamespace AND NOT t.tgisinternal ORDER BY 1";

/// What all migrations made of one sort, the last of each name.
fn made(begins: &str, read: fn(&'static str) -> Option<Made>) -> Vec<Made> {
    let mut all: Vec<Made> = Vec::new();
    for (_, sql) in migrate::MIGRATIONS {
        for (at, _) in sql.match_indices(begins) {
            let Some(made) = read(&sql[at..]) else { continue };
            all.retain(|before| before.name != made.name);
            all.push(made);
        }
    }
    all
}

/// `CREATE FUNCTION name(…) … AS $$ text $$;`
fn function(sql: &'static str) -> Option<Made> {
    let name = sql.strip_prefix("CREATE FUNCTION ")?.split('(').next()?.trim().to_owned();
    let (_, body) = sql.split_once("$$")?;
    let (text, _) = body.split_once("$$")?;
    let end = sql.find(text)? + text.len();
    let end = end + sql[end..].find(';')?;
    Some(Made { name, text, statement: &sql[..end] })
}

/// `CREATE TRIGGER name BEFORE UPDATE ON table …;`
fn trigger(sql: &'static str) -> Option<Made> {
    let (statement, _) = sql.split_once(';')?;
    let mut words = statement.split_whitespace();
    let name = words.nth(2)?;
    let table = words.skip_while(|word| *word != "ON").nth(1)?;
    Some(Made { name: format!("{table}.{name}"), text: statement, statement })
}

/// The first that is missing, off or another. A newer program may have made others of the same name.
pub(super) async fn verify(
    client: &Client,
    is_newer: bool,
) -> Result<Option<SchemaFault>, tokio_postgres::Error> {
    let rows = client.query(PRESENT_TRIGGERS, &[]).await?;
    let present: Vec<(String, bool)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    if let Some((name, _)) = present.iter().find(|(_, fires)| !fires) {
        let (table, trigger) = name.split_once('.').unwrap_or_default();
        return Ok(Some(SchemaFault {
            found: format!("the trigger {trigger} on {SCHEMA}.{table} is disabled"),
            mend: format!("ALTER TABLE {SCHEMA}.{table} ENABLE TRIGGER {trigger}"),
        }));
    }
    if is_newer {
        return Ok(None);
    }
    if let Some(missing) = TRIGGERS.iter().find(|made| !present.iter().any(|(name, _)| *name == made.name)) {
        let (table, trigger) = missing.name.split_once('.').unwrap_or_default();
        return Ok(Some(SchemaFault {
            found: format!("the trigger {trigger} on {SCHEMA}.{table} is missing"),
            mend: format!("SET search_path = {SCHEMA}; {}", missing.statement),
        }));
    }
    let rows = client.query(PRESENT_FUNCTIONS, &[]).await?;
    let present: Vec<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let fault = FUNCTIONS.iter().find_map(|made| {
        let found = present.iter().find(|(name, _)| *name == made.name);
        let is = match found {
            Some((_, text)) if text == made.text => return None,
            Some(_) => "another than the one that the program has made",
            None => "missing",
        };
        let again = made.statement.replacen("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1);
        Some(SchemaFault {
            found: format!("the function {SCHEMA}.{} is {is}", made.name),
            mend: format!("SET search_path = {SCHEMA}; {again}"),
        })
    });
    Ok(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_triggers_are_read_from_the_migrations() {
        let named = |all: &[Made], name: &str| all.iter().any(|made| made.name == name);
        assert!(named(&FUNCTIONS, "present_programme") && named(&FUNCTIONS, "only_added_to"));
        for table in ["change", "journal", "history"] {
            assert!(named(&TRIGGERS, &format!("{table}.{table}_is_only_added_to")), "{table}");
        }
        for made in FUNCTIONS.iter() {
            assert!(made.statement.ends_with("$$") && made.statement.contains(made.text), "{made:?}");
        }
        let written = |begins: &str| {
            migrate::MIGRATIONS.iter().map(|(_, sql)| sql.matches(begins).count()).sum::<usize>()
        };
        // A migration that replaces or drops one of them has to be read differently; but for a function that is made anew.
        for other in ["OR REPLACE FUNCTION", "DROP TRIGGER", "OR REPLACE TRIGGER"] {
            assert_eq!(written(other), 0, "{other}");
        }
        assert_eq!(written("CREATE FUNCTION "), FUNCTIONS.len() + written("DROP FUNCTION "));
        assert_eq!(written("CREATE TRIGGER "), TRIGGERS.len());
    }
}
