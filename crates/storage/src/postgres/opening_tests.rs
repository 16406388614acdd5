//! What is refused at the start, and what is said then: each refusal is mended by what it says.

use std::time::Duration;

use tokio_postgres::Client;

use super::{OpenError, PostgresOptions, PostgresStore, migrate};
use crate::conformance::sample::World;
use crate::testing::{PoolMode, Pooler, TestDatabase, bare_database, database};
use crate::{Database, ReadError, Risk, Unavailable};

/// What was found, and what mends it; none if it opens.
pub(super) async fn refused(database: &TestDatabase) -> Option<(String, String)> {
    match PostgresStore::open(&database.options()).await {
        Ok(_) => None,
        Err(OpenError::Rights { found, mend } | OpenError::RowLevelSecurity { found, mend }) => {
            Some((found, mend))
        }
        Err(other) => panic!("another refusal: {other}"),
    }
}

/// What is refused still when the owner has done what each refusal says, so many times at most.
pub(super) async fn mended(
    database: &TestDatabase,
    owner: &Client,
    mut mend: String,
    most: usize,
) -> Option<(String, String)> {
    for _ in 1..most {
        owner.batch_execute(&mend).await.unwrap_or_else(|error| panic!("{mend}: {error}"));
        (_, mend) = refused(database).await?;
    }
    owner.batch_execute(&mend).await.unwrap_or_else(|error| panic!("{mend}: {error}"));
    refused(database).await
}

/// Whoever may write to the journal past the program, or to what guards it, would be believed.
#[tokio::test]
async fn rights_guards_and_functions_that_were_changed_are_named_and_mended_by_what_the_refusal_says() {
    let Some(database) = database().await else { return };
    assert_eq!(refused(&database).await, None);
    let owner = database.connect(&database.owner_url()).await;
    let app = "sister_cities_test_app";
    let only_added_to = "CREATE OR REPLACE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS \
        $$ BEGIN RETURN new; END $$";
    let present = "CREATE OR REPLACE FUNCTION present_programme() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS \
        $$ SELECT '00000000-0000-7000-8000-000000000001'::uuid $$";
    for (done, found) in [
        (
            format!("GRANT ALL ON journal TO {app}"),
            "has UPDATE on sister_cities.journal, which the server does not need",
        ),
        (format!("GRANT DELETE ON history TO {app}"), "has DELETE on sister_cities.history"),
        (format!("GRANT UPDATE (hash) ON journal TO {app}"), "has UPDATE (hash) on sister_cities.journal"),
        ("GRANT TRUNCATE ON place TO PUBLIC".to_owned(), "has TRUNCATE on sister_cities.place"),
        (format!("GRANT UPDATE ON schema_state TO {app}"), "has UPDATE on sister_cities.schema_state"),
        (format!("GRANT CREATE ON SCHEMA sister_cities TO {app}"), "may make tables and functions"),
        (format!("REVOKE INSERT ON place FROM {app}"), "lacks INSERT on sister_cities.place"),
        (
            format!("REVOKE UPDATE (body) ON history FROM {app}"),
            "lacks UPDATE (body) on sister_cities.history",
        ),
        (
            "ALTER TABLE journal DISABLE TRIGGER journal_is_only_added_to".to_owned(),
            "the trigger journal_is_only_added_to on sister_cities.journal is disabled",
        ),
        ("ALTER TABLE history DISABLE TRIGGER ALL".to_owned(), "is disabled"),
        (
            "DROP TRIGGER change_is_only_added_to ON change".to_owned(),
            "the trigger change_is_only_added_to on sister_cities.change is missing",
        ),
        (only_added_to.to_owned(), "the function sister_cities.only_added_to is another"),
        (present.to_owned(), "the function sister_cities.present_programme is another"),
    ] {
        owner.batch_execute(&format!("SET search_path = sister_cities; {done}")).await.expect(&done);
        let (said, mend) = refused(&database).await.unwrap_or_else(|| panic!("opened in spite of: {done}"));
        assert!(said.contains(found), "{done}: {said}");
        // `ALL` is more than one right, or trigger: each refusal mends one.
        assert_eq!(mended(&database, &owner, mend, 8).await, None, "{done}");
    }
}

/// Expand, migrate, contract: a program works beside the next one until that has changed what it rests on.
#[tokio::test]
async fn a_newer_schema_is_worked_with_while_it_only_adds_and_refused_from_then_on() {
    let Some(database) = database().await else { return };
    let owner = database.connect(&database.owner_url()).await;
    let (known, next) = (migrate::newest(), migrate::newest() + 1);
    let expand = format!(
        "SET search_path = sister_cities; \
         INSERT INTO refinery_schema_history (version, name, applied_on, checksum) VALUES ({next}, 'next', '', '0'); \
         ALTER TABLE place ADD COLUMN motto text; CREATE TABLE twin (programme uuid PRIMARY KEY, body text); \
         ALTER TABLE twin ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
         CREATE POLICY own_programme ON twin USING (programme = (SELECT present_programme()))"
    );
    owner.batch_execute(&expand).await.expect("a schema that has more");
    let store = PostgresStore::open(&database.options()).await.expect("it works beside the next");
    let world = World::new(&Database::new(store)).await;
    // Whoever migrates leaves it to the newer program.
    let migrating = database.options().owner(database.owner_url());
    drop(PostgresStore::open(&migrating).await.expect("nothing is undone"));

    let contract = format!("UPDATE sister_cities.schema_state SET oldest_program = {next}");
    owner.batch_execute(&contract).await.expect("a schema that is another");
    for options in [database.options(), migrating] {
        let error = PostgresStore::open(&options).await.expect_err("it would write wrongly");
        assert_eq!(error, OpenError::Ahead { found: next, oldest: next, known });
        let said = error.to_string();
        assert!(
            said.contains("install the newer program, or restore a backup from before the upgrade"),
            "{said}"
        );
    }
    drop(world);
}

/// A session is lost in a pooler that gives each transaction another connection, and nothing would say so.
#[tokio::test]
async fn a_pooler_of_transactions_or_statements_is_refused_before_anything_is_changed() {
    let Some(database) = bare_database().await else { return };
    for mode in [PoolMode::Transaction, PoolMode::Statement] {
        let Some(pooler) = Pooler::start(&database.url(), mode) else { return };
        let options = PostgresOptions::new(pooler.through(&database.url()))
            .owner(pooler.through(&database.owner_url()))
            .accept(Risk::NoFsync);
        let error = PostgresStore::open(&options).await.err();
        assert_eq!(error, Some(OpenError::TransactionPooling), "{mode:?}");
    }
    let admin = database.connect(&database.admin_url()).await;
    let has_schema = "SELECT to_regnamespace('sister_cities') IS NOT NULL";
    assert!(
        !admin.query_one(has_schema, &[]).await.expect("an answer").get::<_, bool>(0),
        "nothing was migrated"
    );
}

#[tokio::test]
async fn a_pooler_of_sessions_is_as_good_as_none() {
    let Some(database) = bare_database().await else { return };
    let Some(pooler) = Pooler::start(&database.url(), PoolMode::Session) else { return };
    let options = PostgresOptions::new(pooler.through(&database.url()))
        .owner(pooler.through(&database.owner_url()))
        .accept(Risk::NoFsync);
    let store = PostgresStore::open(&options).await.expect("it opens");
    super::tests::has_its_limits(&store).await;
}

#[tokio::test]
async fn the_owner_of_another_database_is_refused() {
    let (Some(own), Some(other)) = (database().await, database().await) else { return };
    let error = PostgresStore::open(&own.options().owner(other.owner_url())).await.err();
    assert!(matches!(&error, Some(OpenError::OtherDatabase { owners, own }) if owners != own), "{error:?}");
}

#[tokio::test]
async fn a_role_that_is_not_let_in_is_told_so_and_not_that_nobody_answers() {
    let Some(database) = database().await else { return };
    let url = database.url().replace("user=sister_cities_test_app", "user=sister_cities_test_nobody");
    let error = PostgresStore::open(&PostgresOptions::new(url)).await.err();
    assert!(matches!(&error, Some(OpenError::Login(why)) if why.contains("does not exist")), "{error:?}");
}

/// All of what a URL may go wrong by; nothing of the password may be told.
#[tokio::test]
async fn nothing_of_a_password_is_told_however_the_url_is_wrong() {
    for url in [
        "postgres://app:s3cret@127.0.0.1:notaport/city",
        "postgres://app:s3@cret@127.0.0.1:1/city",
        "postgres://app:s3/cret@127.0.0.1:1/city",
        "postgres://app:s3?cret@127.0.0.1:1/city",
        "postgres://app:s3#cret@127.0.0.1:1/city",
        "postgres://app:%zzs3cret@127.0.0.1:1/city",
        "postgres://127.0.0.1:1/city?user=app&password=s3cret&passwort=s3cret",
        "postgres://app:s3cret@127.0.0.1:1/city?connect_timeout=s3cret",
        "postgres://app:s3cret@[::1/city",
    ] {
        let error = PostgresStore::open(&PostgresOptions::new(url)).await.expect_err("nobody is there");
        let said = format!("{error} {error:?}");
        for part in ["s3cret", "cret", "s3"] {
            assert!(!said.contains(part), "{url}: {said}");
        }
    }
}

/// Whatever else takes the connections that the database allows: a moment is waited for, and then it is said.
#[tokio::test]
async fn a_connection_that_the_database_has_not_is_waited_for_and_its_absence_told() {
    let Some(found) = database().await else { return };
    let database = Database::new(found.open().await);
    let world = World::new(&database).await;
    let admin = found.connect(&found.admin_url()).await;
    let (name, end): (String, &str) = (
        admin.query_one("SELECT current_database()::text", &[]).await.expect("a name").get(0),
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
            WHERE datname = current_database() AND usename = 'sister_cities_test_app'",
    );
    let allow = |connections: i32| format!("ALTER DATABASE {name} CONNECTION LIMIT {connections}");
    // What the store has, listening too, goes; and no more than one comes, which another has.
    admin.batch_execute(&allow(0)).await.expect("a limit");
    admin.query_one(end, &[]).await.expect("they end");
    let reading = database.store().get(world.realm(), world.bond());
    tokio::pin!(reading);
    let waited = tokio::time::timeout(Duration::from_millis(500), &mut reading).await;
    assert!(waited.is_err(), "it was told at once: {waited:?}");
    admin.batch_execute(&allow(-1)).await.expect("no limit");
    assert!(reading.await.expect("there is one now").is_some());

    admin.batch_execute(&allow(0)).await.expect("a limit");
    admin.query_one(end, &[]).await.expect("they end");
    let told = database.store().get(world.realm(), world.bond()).await;
    let Err(ReadError::Unavailable(Unavailable::Busy(cause))) = &told else { panic!("{told:?}") };
    assert!(cause.contains("too many connections"), "{cause}");
}

#[tokio::test]
async fn every_column_of_a_record_has_a_comment() {
    let Some(database) = database().await else { return };
    let owner = database.connect(&database.owner_url()).await;
    for description in crate::catalogue::ALL {
        let sql = "SELECT coalesce(string_agg(a.attname, ', '), '') FROM pg_attribute a WHERE a.attrelid = $1::text::regclass \
            AND a.attnum > 0 AND col_description(a.attrelid, a.attnum) IS NULL";
        let table = format!("sister_cities.{}", description.table);
        let bare: String = owner.query_one(sql, &[&table]).await.expect("columns").get(0);
        assert_eq!(bare, "", "{table}");
    }
}

/// Whoever notes something at the table of words had them all split anew at the next start.
#[tokio::test]
async fn a_comment_on_a_table_does_not_index_everything_anew() {
    let Some(database) = database().await else { return };
    let world = World::new(&Database::new(database.open().await)).await;
    let owner = database.connect(&database.owner_url()).await;
    let within = format!(
        "SET sister_cities.programme = '{}'; SET search_path = sister_cities",
        world.programme.uuid()
    );
    owner.batch_execute(&within).await.expect("a programme");
    let forget = "COMMENT ON TABLE search IS 'ours'; DELETE FROM search_word; DELETE FROM search";
    owner.batch_execute(forget).await.expect("no words");
    drop(PostgresStore::open(&database.options().owner(database.owner_url())).await.expect("it opens"));
    let words: i64 = owner.query_one("SELECT count(*) FROM search", &[]).await.expect("a count").get(0);
    assert_eq!(words, 0, "nothing was indexed anew");
}

#[tokio::test]
async fn a_search_begins_with_the_word_that_the_fewest_records_have() {
    let Some(database) = database().await else { return };
    let store = database.open().await;
    let programme = uuid::Uuid::from_u128(7);
    let owner = database.connect(&database.owner_url()).await;
    owner
        .batch_execute(&format!(
            "SET sister_cities.programme = '{programme}'; \
             SET search_path = sister_cities; SELECT scope_of('{programme}', 'place'); \
             INSERT INTO search_word (scope, word, id) SELECT scope_of('{programme}', 'place'), w.word, gen_random_uuid() \
             FROM (VALUES ('delegation', 30), ('ball', 2), ('city', 30)) w (word, often), generate_series(1, w.often)"
        ))
        .await
        .expect("words");
    let kinds = vec!["place"];
    for (asked, rarest) in [
        ([("delegation", "delegation"), ("ball", "ball"), ("city", "city")].as_slice(), 1),
        (&[("delegation", "delegation"), ("city", "city")], 0),
        (&[("delegation", "delegation"), ("nowhere", "nowhere")], 1),
        (&[("delegation", "delegation"), ("ba", "ba~")], 1),
        (&[("ball", "ball"), ("d", "d~")], 0),
    ] {
        let (words, ends): (Vec<&str>, Vec<&str>) = asked.iter().copied().unzip();
        let params: Vec<super::Param<'static>> = vec![
            Box::new(programme),
            Box::new(kinds.clone()),
            Box::new(words),
            Box::new(ends),
            Box::new(1_000_i64),
        ];
        let found = store.read(super::search::RAREST, params, |rows| Ok(rows[0].try_get::<_, i64>(0)?));
        assert_eq!(found.await, Ok(rarest), "{asked:?}");
    }
}
