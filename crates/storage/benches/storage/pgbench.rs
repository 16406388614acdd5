//! What `pgbench` reaches with the statements that the store sends: they are taken from what the server heard.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use sister_cities_storage::testing::program;
use tokio_postgres::config::Host;
use tokio_postgres::{Config, NoTls};

use crate::Outcome;

/// A statement that the server heard, and what was bound to it.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub(crate) sql: String,
    pub(crate) values: Vec<String>,
}

/// Scripts in the language of pgbench, and the variables that they use. Each transaction is one of the scripts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Script {
    texts: Vec<String>,
    variables: Vec<(String, String)>,
}

/// Makes the server say what it hears from `role`, does `work`, and answers what it heard meanwhile.
pub(crate) async fn listen<T>(
    admin_url: &str,
    role: &str,
    log: &Path,
    work: impl AsyncFnOnce() -> Outcome<T>,
) -> Outcome<Vec<Heard>> {
    let (client, connection) = tokio_postgres::connect(admin_url, NoTls).await?;
    let conversation = tokio::spawn(connection);
    let before = std::fs::read_to_string(log)?.len();
    client.batch_execute(&format!("ALTER ROLE {role} SET log_statement = 'all'")).await?;
    work().await?;
    client.batch_execute(&format!("ALTER ROLE {role} RESET log_statement")).await?;
    drop(client);
    conversation.await??;
    Ok(parse(&std::fs::read_to_string(log)?[before..]))
}

fn parse(log: &str) -> Vec<Heard> {
    let mut heard: Vec<Heard> = Vec::new();
    for line in log.lines() {
        if let Some(sql) = line.strip_prefix("LOG:  statement: ") {
            heard.push(Heard { sql: sql.to_owned(), values: Vec::new() });
        } else if let Some((_, sql)) =
            line.strip_prefix("LOG:  execute ").and_then(|rest| rest.split_once(": "))
        {
            heard.push(Heard { sql: sql.to_owned(), values: Vec::new() });
        } else if let (Some(values), Some(last)) =
            (line.strip_prefix("DETAIL:  parameters: "), heard.last_mut())
        {
            last.values = self::values(values);
        }
    }
    heard
}

/// Reads `$1 = 'a', $2 = NULL`.
fn values(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text;
    while let Some((_, value)) = rest.split_once(" = ") {
        let Some(quoted) = value.strip_prefix('\'') else {
            values.push("NULL".to_owned());
            rest = value;
            continue;
        };
        let mut read = String::new();
        let mut letters = quoted.char_indices().peekable();
        let mut end = quoted.len();
        while let Some((place, letter)) = letters.next() {
            if letter != '\'' {
                read.push(letter);
            } else if letters.next_if(|(_, next)| *next == '\'').is_some() {
                read.push('\'');
            } else {
                end = place + 1;
                break;
            }
        }
        values.push(read);
        rest = &quoted[end..];
    }
    values
}

impl Script {
    /// Adds a transaction of those statements. A value is what `replaced` says, by statement and number, or else a variable.
    pub(crate) fn transaction(
        &mut self,
        before: &str,
        statements: &[Heard],
        replaced: impl Fn(&Heard, usize) -> Option<String>,
    ) {
        let mut text = before.to_owned();
        for heard in statements {
            let mut sql = heard.sql.clone();
            // From the end, as `$1` begins `$12` too.
            for number in (1..=heard.values.len()).rev() {
                let place = format!("${number}");
                let value = replaced(heard, number)
                    .unwrap_or_else(|| format!(":{}", self.variable(&heard.values[number - 1])));
                sql = sql.replace(&place, &value);
            }
            text.push_str(&sql);
            text.push_str(if heard.sql.contains("INTO head ") { " \\gset\n" } else { ";\n" });
        }
        self.texts.push(text);
    }

    fn variable(&mut self, value: &str) -> String {
        if let Some((name, _)) = self.variables.iter().find(|(_, known)| known == value) {
            return name.clone();
        }
        let name = format!("v{}", self.variables.len());
        self.variables.push((name.clone(), value.to_owned()));
        name
    }

    /// Transactions in a second by that many clients.
    pub(crate) fn run(&self, url: &str, clients: usize, length: Duration) -> Outcome<f64> {
        let folder = crate::folder()?;
        let config: Config = url.parse()?;
        let mut command = Command::new(program("pgbench").ok_or("there is no pgbench")?);
        command.args(["-n", "-M", "prepared", "-j", "1", "-c", &clients.to_string()]);
        command.args(["-T", &length.as_secs().max(1).to_string()]);
        for (number, text) in self.texts.iter().enumerate() {
            let path = folder.path().join(format!("{number}.sql"));
            std::fs::write(&path, text)?;
            command.arg("-f").arg(path);
        }
        for (name, value) in &self.variables {
            command.arg("-D").arg(format!("{name}={value}"));
        }
        if let Some(Host::Unix(host)) = config.get_hosts().first() {
            command.env("PGHOST", host);
        }
        command.env("PGUSER", config.get_user().unwrap_or("postgres"));
        command
            .env("PGPASSWORD", String::from_utf8_lossy(config.get_password().unwrap_or_default()).as_ref());
        command.env("PGDATABASE", config.get_dbname().unwrap_or("postgres"));
        command.env("PGOPTIONS", "-c search_path=sister_cities");
        let output = command.output()?;
        let (said, complained) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
        let refused = !output.status.success() || !complained.is_empty();
        tps.filter(|_| !refused).ok_or_else(|| format!("pgbench: {said}{complained}").into())
    }
}
