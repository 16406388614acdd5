//! What PostgreSQL's own clients read besides a URL: the environment (`PGHOST`, `PGSSLMODE`, …), a service file and a password file. What the URL
//! says goes first, then the service, then the environment, as there.
//!
//! <https://www.postgresql.org/docs/15/libpq-envars.html>, `libpq-pgservice.html`, `libpq-pgpass.html`.

use std::path::{Path, PathBuf};

use tokio_postgres::Config;
use tokio_postgres::config::Host;

use super::OpenError;

/// The words of a service file, and the variable of the environment that says the same.
const WORDS: [(&str, &str); 10] = [
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("port", "PGPORT"),
    ("dbname", "PGDATABASE"),
    ("user", "PGUSER"),
    ("password", "PGPASSWORD"),
    ("options", "PGOPTIONS"),
    ("application_name", "PGAPPNAME"),
    ("sslmode", "PGSSLMODE"),
    ("sslrootcert", "PGSSLROOTCERT"),
];

/// Where PostgreSQL's clients look besides.
pub(super) struct Surroundings<'a> {
    /// A variable of the environment.
    pub(super) variable: &'a dyn Fn(&str) -> Option<String>,
}

/// What was found there, the first to count first.
pub(super) struct Given(Vec<(&'static str, String)>);

impl Surroundings<'_> {
    /// Reads a service, if one is named, and the environment.
    pub(super) fn read(&self, service: Option<&str>) -> Result<Given, OpenError> {
        let mut given = Vec::new();
        let named = service.map(str::to_owned).or_else(|| self.of("PGSERVICE"));
        if let Some(service) = named {
            given.extend(self.service(&service)?);
        }
        let said = WORDS.iter().filter_map(|(word, variable)| Some((*word, self.of(variable)?)));
        given.extend(said);
        Ok(Given(given))
    }

    fn of(&self, variable: &str) -> Option<String> {
        (self.variable)(variable).filter(|value| !value.is_empty())
    }

    fn at_home(&self, file: &str) -> Option<PathBuf> {
        Some(Path::new(&self.of("HOME")?).join(file))
    }

    /// The section of a service: that of the user first, then that of the machine.
    fn service(&self, service: &str) -> Result<Vec<(&'static str, String)>, OpenError> {
        let own = self.of("PGSERVICEFILE").map(PathBuf::from).or_else(|| self.at_home(".pg_service.conf"));
        let machine = self.of("PGSYSCONFDIR").map(|folder| Path::new(&folder).join("pg_service.conf"));
        let files: Vec<PathBuf> = own.into_iter().chain(machine).collect();
        for file in &files {
            let Ok(text) = std::fs::read_to_string(file) else { continue };
            if let Some(found) = section(&text, service) {
                return Ok(found);
            }
        }
        let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        Err(OpenError::Url(format!(
            "the service {service:?} is in none of the service files: {}",
            files.join(", ")
        )))
    }

    /// The password of the first line of the password file that fits. One that others may read is passed over, as PostgreSQL's clients do.
    pub(super) fn password(&self, config: &Config) -> Option<String> {
        let file = self.of("PGPASSFILE").map(PathBuf::from).or_else(|| self.at_home(".pgpass"))?;
        let text = std::fs::read_to_string(&file).ok()?;
        if !is_private(&file) {
            tracing::warn!(
                file = %file.display(),
                "the password file is passed over, as others may read it: its rights should be 0600"
            );
            return None;
        }
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(host)) => host.clone(),
            #[cfg(unix)]
            Some(Host::Unix(_)) => "localhost".to_owned(),
            None => config.get_hostaddrs().first().map(ToString::to_string)?,
        };
        let port = config.get_ports().first().copied().unwrap_or(5432).to_string();
        let user = config.get_user()?;
        let wanted = [&host, &port, config.get_dbname().unwrap_or(user), user];
        text.lines().filter(|line| !line.starts_with('#')).find_map(|line| {
            let fields = fields(line);
            let [host, port, database, user, password] = fields.as_slice() else { return None };
            let fits = [host, port, database, user]
                .iter()
                .zip(wanted)
                .all(|(is, wanted)| *is == "*" || *is == wanted);
            fits.then(|| password.clone())
        })
    }
}

impl Given {
    /// What is said of a word.
    pub(super) fn of(&self, word: &str) -> Option<&str> {
        self.0.iter().find(|(said, _)| *said == word).map(|(_, value)| value.as_str())
    }

    /// Says what the URL did not.
    pub(super) fn complete(&self, config: &mut Config) -> Result<(), OpenError> {
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            if let Some(hosts) = self.of("host") {
                for host in hosts.split(',') {
                    config.host(host);
                }
            }
            if let Some(addresses) = self.of("hostaddr") {
                for address in addresses.split(',') {
                    let expected =
                        || OpenError::Url(format!("hostaddr is {address:?}, expected an IP address"));
                    config.hostaddr(address.parse().map_err(|_| expected())?);
                }
            }
        }
        if config.get_ports().is_empty()
            && let Some(ports) = self.of("port")
        {
            for port in ports.split(',') {
                let expected = || OpenError::Url(format!("port is {port:?}, expected a number up to 65535"));
                config.port(port.parse().map_err(|_| expected())?);
            }
        }
        let complete = |word: &str, is_said: bool| if is_said { None } else { self.of(word) };
        if let Some(name) = complete("dbname", config.get_dbname().is_some()) {
            config.dbname(name);
        }
        if let Some(user) = complete("user", config.get_user().is_some()) {
            config.user(user);
        }
        if let Some(password) = complete("password", config.get_password().is_some()) {
            config.password(password);
        }
        if let Some(options) = complete("options", config.get_options().is_some()) {
            config.options(options);
        }
        if let Some(name) = complete("application_name", config.get_application_name().is_some()) {
            config.application_name(name);
        }
        Ok(())
    }
}

/// The lines `word=value` below `[service]`; words that are not ours are passed over.
fn section(text: &str, service: &str) -> Option<Vec<(&'static str, String)>> {
    let heading = format!("[{service}]");
    let mut lines = text.lines().map(str::trim).skip_while(|line| *line != heading);
    lines.next()?;
    let within = lines.take_while(|line| !line.starts_with('['));
    let pairs = within.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    let known = pairs.filter_map(|(word, value)| {
        let (word, _) = WORDS.iter().find(|(known, _)| *known == word.trim())?;
        Some((*word, value.trim().to_owned()))
    });
    Some(known.collect())
}

/// The parts of a line of a password file: between colons, a backslash before what stands for itself.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field) = (Vec::new(), String::new());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            ':' => fields.push(std::mem::take(&mut field)),
            '\\' => field.extend(characters.next()),
            other => field.push(other),
        }
    }
    fields.push(field);
    fields
}

#[cfg(unix)]
fn is_private(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    const OTHERS: u32 = 0o077;
    std::fs::metadata(file).is_ok_and(|found| found.permissions().mode() & OTHERS == 0)
}

#[cfg(not(unix))]
fn is_private(_: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::postgres::tls::Address;

    const SERVICES: &str = "# of the office\n[other]\nhost=other.example\n\n[city]\nhost=db.example\nport = 5433\nuser=app\n\
        dbname=city\nconnect_timeout=10\n[last]\nhost=last.example\n";
    const PASSWORDS: &str =
        "# a comment\nother.example:*:*:*:wrong\ndb.example:5433:city:app:se\\:cr\\\\et\n*:*:*:*:any\n";

    /// A folder with both files, and an environment that names them.
    fn surroundings(more: &[(&str, &str)]) -> (tempfile::TempDir, HashMap<String, String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let file = folder.path().join(name);
            std::fs::write(&file, text).expect("a file");
            #[cfg(unix)]
            std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o600))
                .expect("rights");
            file.display().to_string()
        };
        let mut variables = HashMap::from([
            ("PGSERVICEFILE".to_owned(), write("services", SERVICES)),
            ("PGPASSFILE".to_owned(), write("passwords", PASSWORDS)),
        ]);
        variables.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        (folder, variables)
    }

    fn read(url: &str, variables: &HashMap<String, String>) -> Result<Config, OpenError> {
        let variable = |name: &str| variables.get(name).cloned();
        Address::within(url, &Surroundings { variable: &variable }).map(|address| address.config)
    }

    #[test]
    fn a_service_names_the_server_and_the_password_file_has_the_password() {
        let (_folder, variables) = surroundings(&[]);
        let config = read("postgres:///?service=city", &variables).expect("an address");
        assert_eq!(config.get_hosts(), [Host::Tcp("db.example".to_owned())]);
        assert_eq!(
            (config.get_ports(), config.get_user(), config.get_dbname()),
            (&[5433][..], Some("app"), Some("city"))
        );
        assert_eq!(config.get_password(), Some(&b"se:cr\\et"[..]));
    }

    #[test]
    fn the_url_goes_before_the_service_and_that_before_the_environment() {
        let (_folder, variables) = surroundings(&[
            ("PGSERVICE", "city"),
            ("PGUSER", "nobody"),
            ("PGAPPNAME", "the office"),
            ("PGPASSWORD", "here"),
        ]);
        let config = read("postgres://own@own.example:1/", &variables).expect("an address");
        assert_eq!(config.get_hosts(), [Host::Tcp("own.example".to_owned())]);
        assert_eq!(
            (config.get_ports(), config.get_user(), config.get_dbname()),
            (&[1][..], Some("own"), Some("city"))
        );
        assert_eq!(config.get_application_name(), Some("the office"));
        assert_eq!(config.get_password(), Some(&b"here"[..]));
        let config = read("postgres://", &variables).expect("an address");
        assert_eq!((config.get_user(), config.get_ports()), (Some("app"), &[5433][..]));
    }

    #[test]
    fn what_the_environment_says_of_encryption_is_heeded() {
        let (_folder, variables) = surroundings(&[("PGSSLMODE", "prefer")]);
        let refused =
            read("postgres://app@db.example/city", &variables).expect_err("it promises nothing").to_string();
        assert!(
            refused.contains("sslmode is \"prefer\", expected disable, require or verify-full"),
            "{refused}"
        );
        assert!(read("postgres://app@db.example/city?sslmode=disable", &variables).is_ok());
    }

    #[test]
    fn a_service_that_is_nowhere_is_told_with_the_files_that_were_read() {
        let (folder, variables) = surroundings(&[]);
        let refused = read("postgres:///?service=none", &variables).expect_err("no such service").to_string();
        let file = folder.path().join("services").display().to_string();
        assert!(
            refused.contains("the service \"none\" is in none of the service files")
                && refused.contains(&file),
            "{refused}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_password_file_that_others_may_read_is_passed_over() {
        let (folder, variables) = surroundings(&[]);
        let file = folder.path().join("passwords");
        std::fs::set_permissions(&file, std::os::unix::fs::PermissionsExt::from_mode(0o644)).expect("rights");
        let config = read("postgres:///?service=city", &variables).expect("an address");
        assert_eq!(config.get_password(), None);
    }
}
