//! What holds, of what file, environment and command line say, and where each comes from; or all that is wrong with it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{ENVIRONMENT_PREFIX, Setting, Settings};

/// The name that other programs too set the log by.
const RUST_LOG: &str = "RUST_LOG";
/// How many letters a name may differ by from the one that is proposed for it.
const NEAR: usize = 3;

/// What was said, and where.
#[derive(Clone, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "a source more is a decision for whoever gives them")]
pub struct SettingLayers {
    /// On the command line, by key.
    pub typed: BTreeMap<&'static str, String>,
    /// In the environment: the names that begin with `SISTER_CITIES_`, and `RUST_LOG`.
    pub environment: BTreeMap<String, String>,
    /// Names in the environment that mean something else of this program.
    pub other_names: BTreeSet<String>,
    /// In a file: its text.
    pub file: Option<String>,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The file.
    File {
        /// The line, from 1.
        line: usize,
    },
    /// The environment.
    Environment {
        /// The name.
        name: String,
    },
    /// The command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { line } => write!(f, "file, line {line}"),
            Self::Environment { name } => write!(f, "environment, {name}"),
            Self::CommandLine => f.write_str("command line"),
        }
    }
}

/// What holds, and where each comes from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Resolved {
    /// What holds.
    pub settings: Settings,
    /// Every setting and where it comes from, in the order in which they are documented.
    pub origins: Vec<(Setting, Origin)>,
}

/// Something that was said is wrong. What was written is not repeated: it may be a secret at the wrong place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SettingFault {
    /// The file is no TOML.
    #[error("line {line} of the file is no TOML: {detail}")]
    NotToml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        detail: String,
    },
    /// There is no such setting.
    #[error("there is no setting {name} ({origin}){}", did_you_mean(.nearest.as_deref()))]
    Unknown {
        /// What was written.
        name: String,
        /// Where.
        origin: Origin,
        /// The setting that is called most like it.
        nearest: Option<String>,
    },
    /// A value that the setting cannot have.
    #[error("{key} ({origin}) cannot be that; expected {expected}")]
    Value {
        /// The key.
        key: &'static str,
        /// Where it was said.
        origin: Origin,
        /// What would be right.
        expected: String,
    },
    /// One setting needs another.
    #[error("{key} is set, and {needs} is not")]
    Needs {
        /// The one.
        key: &'static str,
        /// The other.
        needs: &'static str,
    },
    /// A part is more than the whole.
    #[error("{part} is more than {whole}")]
    PartOverWhole {
        /// The part.
        part: &'static str,
        /// The whole.
        whole: &'static str,
    },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!("; did you mean {name}?"))
}

/// A value as it was said.
struct Said {
    text: String,
    origin: Origin,
}

impl SettingLayers {
    /// What holds.
    ///
    /// # Errors
    ///
    /// All that is wrong, at least one.
    pub fn resolve(self) -> Result<Resolved, Vec<SettingFault>> {
        let mut faults = Vec::new();
        let mut said = self.file.as_deref().map(|text| in_file(text, &mut faults)).unwrap_or_default();
        self.add_environment(&mut said, &mut faults);
        let typed = self.typed.into_iter();
        said.extend(typed.map(|(key, text)| (key.to_owned(), Said { text, origin: Origin::CommandLine })));

        let mut settings = Settings::default();
        let mut origins = Vec::new();
        for setting in Setting::all() {
            let Some(Said { text, origin }) = said.remove(setting.key()) else {
                origins.push((setting, Origin::Default));
                continue;
            };
            if setting.set(&mut settings, &text).is_err() {
                let (key, expected) = (setting.key(), setting.shape().expected());
                faults.push(SettingFault::Value { key, origin: origin.clone(), expected });
            }
            origins.push((setting, origin));
        }
        let unknown = said.into_iter().map(|(name, Said { origin, .. })| {
            let nearest = nearest(&name, Setting::all().map(|setting| setting.key().to_owned()));
            SettingFault::Unknown { name, origin, nearest }
        });
        faults.extend(unknown);
        faults.extend(together(&settings));
        if faults.is_empty() { Ok(Resolved { settings, origins }) } else { Err(faults) }
    }

    fn add_environment(&self, said: &mut BTreeMap<String, Said>, faults: &mut Vec<SettingFault>) {
        let names: BTreeMap<String, &str> =
            Setting::all().map(|setting| (setting.environment(), setting.key())).collect();
        let known = |name: &String| {
            if name == RUST_LOG { Some("log.filter") } else { names.get(name).copied() }
        };
        // `RUST_LOG` stands before the names of our own in the order of the map, so that these go before it.
        for (name, text) in self.environment.iter().filter(|(_, text)| !text.is_empty()) {
            let origin = Origin::Environment { name: name.clone() };
            if let Some(key) = known(name) {
                said.insert(key.to_owned(), Said { text: text.clone(), origin });
            } else if name.starts_with(ENVIRONMENT_PREFIX) && !self.other_names.contains(name) {
                let others = self.other_names.iter().cloned();
                let nearest = nearest(name, names.keys().cloned().chain(others));
                faults.push(SettingFault::Unknown { name: name.clone(), origin, nearest });
            }
        }
    }
}

/// The values of a file, by key.
fn in_file(text: &str, faults: &mut Vec<SettingFault>) -> BTreeMap<String, Said> {
    let mut said = BTreeMap::new();
    match DeTable::parse(text) {
        Ok(table) => gather(text, "", table.get_ref(), &mut said),
        Err(error) => {
            let line = line_of(text, error.span().map_or(0, |span| span.start));
            faults.push(SettingFault::NotToml { line, detail: error.message().to_owned() });
        }
    }
    said
}

/// The values of a table, each by its key with those of the tables around it.
fn gather(text: &str, section: &str, table: &DeTable<'_>, said: &mut BTreeMap<String, Said>) {
    for (name, value) in table {
        let key = format!("{section}{}", name.get_ref());
        if let DeValue::Table(inner) = value.get_ref() {
            gather(text, &format!("{key}."), inner, said);
            continue;
        }
        let origin = Origin::File { line: line_of(text, name.span().start) };
        said.insert(key, Said { text: as_text(value), origin });
    }
}

/// A value as it would be written in the environment.
fn as_text(value: &Spanned<DeValue<'_>>) -> String {
    match value.get_ref() {
        DeValue::String(text) => text.clone().into_owned(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(switch) => switch.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(values) => values.iter().map(as_text).collect::<Vec<_>>().join(","),
        // Within a list, where no setting has one: it is no value.
        DeValue::Table(_) => "{}".to_owned(),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// The name that is most like this one, if any is near.
fn nearest(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let distance = |known: &String| strsim::damerau_levenshtein(&name.to_lowercase(), &known.to_lowercase());
    let last = |key: &str| key.rsplit('.').next().unwrap_or_default().to_owned();
    known
        // Also where only the section is missing or another.
        .map(|key| (if last(&key) == last(name) { 1 } else { distance(&key) }, key))
        // Of a short name little is left that is like it.
        .filter(|(distance, _)| *distance <= NEAR.min(last(name).len() / 2))
        .min()
        .map(|(_, key)| key)
}

/// What is wrong only beside another setting.
fn together(settings: &Settings) -> Vec<SettingFault> {
    let Settings { serve: _, messages, log: _, limits } = settings;
    let needs = [
        (messages.smtp.is_some(), "smtp", messages.mail_from.is_some(), "mail_from"),
        (
            messages.smtp_user.is_some(),
            "smtp_user",
            messages.smtp_password_file.is_some(),
            "smtp_password_file",
        ),
        (
            messages.smtp_password_file.is_some(),
            "smtp_password_file",
            messages.smtp_user.is_some(),
            "smtp_user",
        ),
    ];
    let needs = needs.into_iter().filter(|(set, _, other, _)| *set && !other);
    let needs = needs.map(|(_, key, _, needs)| SettingFault::Needs { key, needs });
    let parts = [
        (
            limits.connections_per_address,
            "limits.connections_per_address",
            limits.connections,
            "limits.connections",
        ),
        (limits.reports_per_token, "limits.reports_per_token", limits.reports, "limits.reports"),
        (limits.files_per_token, "limits.files_per_token", limits.files, "limits.files"),
        (limits.json_body, "limits.json_body", limits.bodies, "limits.bodies"),
        (limits.file_body, "limits.file_body", limits.bodies, "limits.bodies"),
    ];
    let parts = parts.into_iter().filter(|(part, _, whole, _)| part > whole);
    needs.chain(parts.map(|(_, part, _, whole)| SettingFault::PartOverWhole { part, whole })).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::settings::Limits;

    fn layers(file: &str, environment: &[(&str, &str)], typed: &[(&'static str, &str)]) -> SettingLayers {
        SettingLayers {
            typed: typed.iter().map(|(key, text)| (*key, (*text).to_owned())).collect(),
            environment: environment
                .iter()
                .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
                .collect(),
            other_names: BTreeSet::from(["SISTER_CITIES_TOKEN".to_owned()]),
            file: Some(file.to_owned()),
        }
    }

    fn faults(file: &str) -> Vec<String> {
        let faults = layers(file, &[], &[]).resolve().expect_err("a fault");
        faults.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_command_line_goes_before_the_environment_that_before_the_file_and_that_before_the_default() {
        let file =
            "listen = \"127.0.0.1:1\"\n[limits]\nrequest = \"1 min\"\nconnections = 500\nsend = '40s'\n";
        let environment =
            [("SISTER_CITIES_LIMITS_CONNECTIONS", "600"), ("SISTER_CITIES_LIMITS_REQUEST", "2 min")];
        let resolved =
            layers(file, &environment, &[("limits.request", "3 min")]).resolve().expect("settings");
        let Settings { serve, limits, .. } = &resolved.settings;
        assert_eq!(serve.listen.port(), 1);
        assert_eq!(limits.send, Duration::from_secs(40));
        assert_eq!(limits.connections, 600);
        assert_eq!(limits.request, Duration::from_mins(3));
        assert_eq!(limits.files, Limits::default().files);
        let from = |key: &str| {
            let found = resolved.origins.iter().find(|(setting, _)| setting.key() == key);
            found.expect(key).1.to_string()
        };
        assert_eq!(from("listen"), "file, line 1");
        assert_eq!(from("limits.send"), "file, line 5");
        assert_eq!(from("limits.connections"), "environment, SISTER_CITIES_LIMITS_CONNECTIONS");
        assert_eq!(from("limits.request"), "command line");
        assert_eq!(from("limits.files"), "default");
    }

    #[test]
    fn lists_switches_and_tables_are_written_as_toml_writes_them() {
        let file =
            "trusted_proxies = ['10.0.0.0/8', \"192.0.2.7\"]\nwebhook_http = true\nlog.format = 'json'\n";
        let resolved = layers(file, &[], &[]).resolve().expect("settings");
        assert_eq!(resolved.settings.serve.trusted_proxies.to_string(), "10.0.0.0/8, 192.0.2.7/32");
        assert!(resolved.settings.messages.webhook_http);
        assert_eq!(resolved.settings.log.format, super::super::LogFormat::Json);
    }

    #[test]
    fn a_key_that_there_is_not_is_refused_with_the_nearest_and_its_line() {
        assert_eq!(
            faults(
                "\nlisen = \"127.0.0.1:1\"\nconnections = 3\n[limits]\nconections = 3\nzzz = 1\n[zzz.zzz]\na = 1"
            ),
            [
                "there is no setting connections (file, line 3); did you mean limits.connections?",
                "there is no setting limits.conections (file, line 5); did you mean limits.connections?",
                "there is no setting limits.zzz (file, line 6)",
                "there is no setting lisen (file, line 2); did you mean listen?",
                "there is no setting zzz.zzz.a (file, line 8)",
            ]
        );
        let typo = [("SISTER_CITIES_LISTN", "127.0.0.1:1"), ("SISTER_CITIES_TOKEN", "sct_1"), ("HOME", "/")];
        let faults = layers("", &typo, &[]).resolve().expect_err("a fault");
        assert_eq!(
            faults.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "there is no setting SISTER_CITIES_LISTN (environment, SISTER_CITIES_LISTN); did you mean SISTER_CITIES_LISTEN?"
            ]
        );
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once_without_repeating_what_was_written() {
        let file = "smtp = 'smtp://user:s3cret@mail.example'\npublic_url = 'http://u:s3cret@h'\nsmtp_user = 'u'\n\
            [limits]\nrequest = 30\nfiles = 1\nfiles_per_token = 2\nconnections = 0\n";
        let said = faults(file);
        assert!(!said.concat().contains("s3cret"), "{said:#?}");
        insta::assert_snapshot!(said.join("\n"), @r#"
        public_url (file, line 2) cannot be that; expected http:// or https:// and a host, without user, query and fragment
        smtp (file, line 1) cannot be that; expected smtps://HOST, smtp://HOST (STARTTLS) or smtp://HOST?tls=none, without user and password
        limits.request (file, line 5) cannot be that; expected a time such as "30 s", 1 s to 1 h
        limits.connections (file, line 8) cannot be that; expected a whole number, 16 to 65536
        smtp_user is set, and smtp_password_file is not
        limits.files_per_token is more than limits.files
        "#);
    }

    #[test]
    fn a_file_that_is_no_toml_is_refused_with_its_line() {
        let said = faults("listen = '127.0.0.1:1'\n[limits\n");
        assert!(said[0].starts_with("line 2 of the file is no TOML: "), "{said:?}");
        let twice = faults("listen = '127.0.0.1:1'\nlisten = '127.0.0.1:2'\n");
        assert!(twice[0].starts_with("line 2 of the file is no TOML: "), "{twice:?}");
    }

    #[test]
    fn what_is_empty_in_the_environment_is_not_said_and_rust_log_gives_way_to_our_own_name() {
        let environment = [("RUST_LOG", "debug"), ("SISTER_CITIES_LISTEN", "")];
        let resolved = layers("", &environment, &[]).resolve().expect("settings");
        assert_eq!(resolved.settings.log.filter, "debug");
        let both = [("RUST_LOG", "debug"), ("SISTER_CITIES_LOG_FILTER", "warn")];
        assert_eq!(layers("", &both, &[]).resolve().expect("settings").settings.log.filter, "warn");
    }
}
