//! Row-level security, verified before anything is asked: each table with rows of programmes has it forced, with the policies of this program.

use std::collections::BTreeSet;

use tokio_postgres::Client;

use super::migrate::SCHEMA;

/// Tables with rows of programmes, by the programme or the number of a scope of one, and whether row-level security is on and forced.
const TABLES: &str = "SELECT c.relname::text, c.relrowsecurity, c.relforcerowsecurity, a.attname = 'scope' FROM pg_catalog.pg_class c \
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('programme', 'scope') AND NOT a.attisdropped \
    WHERE c.relnamespace = 'sister_cities'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname";

/// The policies on our tables: for which command, under which condition, and whether another may be written than is seen.
const POLICIES: &str = "SELECT tablename::text, policyname::text, cmd, coalesce(qual, ''), \
    permissive = 'PERMISSIVE' AND roles = '{public}' AND coalesce(with_check, qual) IS NOT DISTINCT FROM qual \
    FROM pg_catalog.pg_policies WHERE schemaname = 'sister_cities' ORDER BY 1, 2";

/// The policy that each of the tables has.
const OWN: &str = "own_programme";
const OWN_CONDITION: &str = "programme = (SELECT present_programme())";
/// The same where a row names a scope. Of these only the own ones are seen.
const OWN_SCOPE_CONDITION: &str = "scope IN (SELECT search_scope.number FROM search_scope)";

/// What may be seen beside the own programme: table, policy, command, condition.
const EXTRA_POLICIES: &[(&str, &str, &str, &str)] = &[
    ("programme", "list_of_programmes", "SELECT", "(SELECT present_errand()) = 'programmes'"),
    ("access_token", "token_that_was_shown", "SELECT", "hash = (SELECT present_token())"),
    ("reply", "replies_to_forget", "SELECT", "(SELECT present_errand()) = 'replies'"),
    ("reply", "forgetting_replies", "DELETE", "(SELECT present_errand()) = 'replies'"),
    ("work", "doing_work", "ALL", "(SELECT present_errand()) = 'work'"),
    ("notification", "doing_work", "ALL", "(SELECT present_errand()) = 'work'"),
    ("delivery", "doing_work", "ALL", "(SELECT present_errand()) = 'work'"),
    ("delivery_attempt", "doing_work", "ALL", "(SELECT present_errand()) = 'work'"),
    ("due_item", "doing_work", "SELECT", "(SELECT present_errand()) = 'work'"),
    ("due_unit", "doing_work", "SELECT", "(SELECT present_errand()) = 'work'"),
    ("peer_link", "shown_to_peer", "SELECT", "peer = (SELECT present_programme())"),
    ("shared_record", "shown_to_peer", "SELECT", "peer = (SELECT present_programme())"),
];

/// What is wrong with the schema, and what mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SchemaFault {
    /// What was found, with the name of the table.
    pub(super) found: String,
    /// The statements that mend it.
    pub(super) mend: String,
}

/// A policy as it is there.
struct Policy {
    table: String,
    name: String,
    command: String,
    condition: String,
    /// For everybody, and nothing else may be written than is seen.
    plain: bool,
}

/// The first fault found. A schema that is newer than this program may have tables and policies that it does not know.
pub(super) async fn verify_policies(
    client: &Client,
    is_newer: bool,
) -> Result<Option<SchemaFault>, tokio_postgres::Error> {
    let tables: Vec<(String, bool, bool, bool)> = {
        let rows = client.query(TABLES, &[]).await?;
        rows.iter().map(|row| (row.get(0), row.get(1), row.get(2), row.get(3))).collect()
    };
    let rows = client.query(POLICIES, &[]).await?;
    let policies: Vec<Policy> = rows
        .iter()
        .map(|row| Policy {
            table: row.get(0),
            name: row.get(1),
            command: row.get(2),
            condition: row.get(3),
            plain: row.get(4),
        })
        .collect();
    for (table, on, forced, _) in &tables {
        if !(*on && *forced) {
            let how = if *on { "not forced on" } else { "off for" };
            return Ok(Some(SchemaFault {
                found: format!("row-level security is {how} {SCHEMA}.{table}"),
                mend: format!(
                    "ALTER TABLE {SCHEMA}.{table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
                ),
            }));
        }
    }
    let own = tables.iter().map(|(table, .., by_scope)| {
        let condition = if *by_scope { OWN_SCOPE_CONDITION } else { OWN_CONDITION };
        (table.as_str(), OWN, "ALL", condition)
    });
    let expected: Vec<_> = own.chain(EXTRA_POLICIES.iter().copied()).collect();
    for wanted in &expected {
        if let Some(fault) = missing_or_changed(wanted, &policies) {
            return Ok(Some(fault));
        }
    }
    let known: BTreeSet<(&str, &str)> = expected.iter().map(|(table, name, ..)| (*table, *name)).collect();
    let stranger = policies.iter().find(|one| !known.contains(&(one.table.as_str(), one.name.as_str())));
    Ok(stranger.filter(|_| !is_newer).map(|Policy { table, name, .. }| SchemaFault {
        found: format!("the table {SCHEMA}.{table} has a policy that is not of this program, {name}"),
        mend: format!("DROP POLICY {name:?} ON {SCHEMA}.{table}"),
    }))
}

fn missing_or_changed(wanted: &(&str, &str, &str, &str), policies: &[Policy]) -> Option<SchemaFault> {
    let (table, name, command, condition) = *wanted;
    let there = policies.iter().find(|one| one.table == table && one.name == name);
    let create = format!("CREATE POLICY {name} ON {SCHEMA}.{table} FOR {command} USING ({condition})");
    let create = format!("SET search_path = {SCHEMA}; {create}");
    let (how, mend) = match there {
        None => ("missing", create),
        Some(there)
            if !there.plain || there.command != command || bare(&there.condition) != bare(condition) =>
        {
            ("not the one of this program", format!("DROP POLICY {name} ON {SCHEMA}.{table}; {create}"))
        }
        Some(_) => return None,
    };
    Some(SchemaFault { found: format!("the policy {name} of the table {SCHEMA}.{table} is {how}"), mend })
}

/// A condition without what the server adds when it shows one: brackets, spaces, types, and names of columns.
fn bare(condition: &str) -> String {
    let words = condition.replace(['(', ')'], " ").replace("::text", " ").replace("sister_cities.", "");
    let mut kept = Vec::new();
    let mut words = words.split_whitespace();
    while let Some(word) = words.next() {
        if word == "AS" {
            words.next();
        } else {
            kept.push(word);
        }
    }
    kept.join(" ")
}

#[cfg(test)]
mod tests {
    use crate::Risk;
    use crate::postgres::opening_tests::{mended, refused};
    use crate::postgres::{OpenError, PostgresOptions, PostgresStore};
    use crate::testing::database;

    /// P14: whoever owns the tables may drop a policy, and nothing would show it but what programmes then see of each other.
    #[tokio::test]
    async fn a_wall_that_was_taken_down_is_named_and_mended_by_what_the_refusal_says() {
        let Some(database) = database().await else { return };
        assert_eq!(refused(&database).await, None);
        let owner = database.connect(&database.owner_url()).await;
        for (done, table) in [
            ("ALTER TABLE place DISABLE ROW LEVEL SECURITY", "place"),
            ("ALTER POLICY own_programme ON search_word USING (true)", "search_word"),
            ("ALTER TABLE journal NO FORCE ROW LEVEL SECURITY", "journal"),
            ("DROP POLICY own_programme ON data_key", "data_key"),
            ("DROP POLICY token_that_was_shown ON access_token", "access_token"),
            ("ALTER POLICY own_programme ON engagement USING (true)", "engagement"),
            ("ALTER POLICY own_programme ON history WITH CHECK (true)", "history"),
            ("ALTER POLICY own_programme ON document TO pg_monitor", "document"),
            ("ALTER POLICY doing_work ON work USING (present_errand() <> 'work')", "work"),
            ("CREATE POLICY debugging ON agreement FOR SELECT USING (true)", "agreement"),
            ("CREATE TABLE notes (programme uuid NOT NULL)", "notes"),
        ] {
            owner.batch_execute(&format!("SET search_path = sister_cities; {done}")).await.expect(done);
            let (said, mend) =
                refused(&database).await.unwrap_or_else(|| panic!("opened in spite of: {done}"));
            assert!(said.contains(&format!("sister_cities.{table}")), "{done}: {said}");
            // A table of nobody's needs both steps.
            assert_eq!(mended(&database, &owner, mend, 2).await, None, "{done}");
        }
        assert!(PostgresStore::open(&database.options()).await.is_ok());
    }

    #[tokio::test]
    async fn no_accepted_risk_opens_a_database_whose_wall_is_down() {
        let Some(database) = database().await else { return };
        let owner = database.connect(&database.owner_url()).await;
        owner
            .batch_execute("ALTER TABLE sister_cities.place NO FORCE ROW LEVEL SECURITY")
            .await
            .expect("done");
        let options = PostgresOptions::new(database.owner_url());
        let options = Risk::ALL.into_iter().fold(options, PostgresOptions::accept);
        let error = PostgresStore::open(&options).await.err();
        assert!(matches!(&error, Some(OpenError::RowLevelSecurity { .. })), "{error:?}");
        let said = error.map(|error| error.to_string()).unwrap_or_default();
        assert_eq!(
            said,
            "row-level security is not forced on sister_cities.place, so programmes could see each other's rows; let \
             the owner of the tables do this: ALTER TABLE sister_cities.place ENABLE ROW LEVEL SECURITY, FORCE ROW \
             LEVEL SECURITY"
        );
    }

    /// Stepping into another role is all that it takes.
    #[tokio::test]
    async fn a_role_that_may_step_into_one_that_steps_over_the_wall_is_refused() {
        let Some(database) = database().await else { return };
        let admin = database.connect(&database.admin_url()).await;
        let name = format!("sister_cities_test_over_{}", std::process::id());
        for statement in [
            format!("CREATE ROLE {name} NOLOGIN BYPASSRLS"),
            format!("CREATE ROLE {name}_in LOGIN NOINHERIT PASSWORD 'test' IN ROLE {name}"),
            format!("GRANT USAGE ON SCHEMA sister_cities TO {name}_in"),
            format!("GRANT SELECT ON sister_cities.refinery_schema_history TO {name}_in"),
        ] {
            admin.batch_execute(&statement).await.expect("a role");
        }
        let url = database.url().replace("user=sister_cities_test_app", &format!("user={name}_in"));
        let error = PostgresStore::open(&PostgresOptions::new(url).accept(Risk::NoFsync)).await.err();
        let drop = format!("DROP OWNED BY {name}_in; DROP ROLE {name}_in; DROP ROLE {name}");
        admin.batch_execute(&drop).await.expect("no role");
        assert!(
            matches!(&error, Some(OpenError::Unsafe { risk: Risk::PrivilegedRole, detail }) if detail.contains("BYPASSRLS")),
            "{error:?}"
        );
    }
}
