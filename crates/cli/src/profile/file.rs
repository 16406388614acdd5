//! Reads a file with profiles, and says all that it holds but secrets.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use toml::de::{DeTable, DeValue};

use super::usual_place;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::target::is_open_to_others;

/// The profiles of a file.
#[derive(Debug)]
pub(crate) struct ProfileFile {
    pub(crate) path: PathBuf,
    /// Which holds if none is named.
    pub(crate) usual: Option<String>,
    pub(crate) profiles: BTreeMap<String, Profile>,
}

/// Whom to ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Profile {
    pub(crate) url: Option<String>,
    pub(crate) programme: Option<String>,
    pub(crate) token: Option<ProfileToken>,
    /// As it is written; it may hold a password, so it is shown as a location only.
    pub(crate) database: Option<String>,
    pub(crate) master_key_file: Option<PathBuf>,
}

/// Where the token is.
#[derive(Clone, Debug)]
pub(crate) enum ProfileToken {
    /// In the profile itself.
    Written(SecretString),
    /// In a file of its own.
    InFile(PathBuf),
}

impl ProfileFile {
    /// Reads the file that is named, or the one in the usual place if there is one.
    pub(crate) fn find(named: Option<&Path>) -> Result<Option<Self>, Failure> {
        let Some(path) = named.map(Path::to_owned).or_else(|| usual_place().filter(|path| path.exists()))
        else {
            return Ok(None);
        };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new(
                Exit::NotFound,
                format!("the profiles in {} cannot be read: {error}", path.display()),
            )
        })?;
        let (usual, profiles) = read(&text).map_err(|wrong| {
            Failure::new(Exit::Usage, format!("the profiles in {} are wrong: {wrong}", path.display()))
        })?;
        let has_secret = |profile: &Profile| {
            matches!(profile.token, Some(ProfileToken::Written(_)))
                || profile.database.as_ref().is_some_and(|database| database.contains('@'))
        };
        if profiles.values().any(has_secret) && is_open_to_others(&path) {
            let what = format!("the profiles in {} hold a secret, and others may read it", path.display());
            return Err(Failure::new(Exit::Usage, what).hint("take that away: chmod o-rwx"));
        }
        Ok(Some(Self { path, usual, profiles }))
    }

    /// The profile of that name, else the one that holds if none is named.
    pub(crate) fn chosen(&self, named: Option<&str>) -> Result<Option<Profile>, Failure> {
        let Some(name) = named.or(self.usual.as_deref()) else { return Ok(None) };
        if let Some(profile) = self.profiles.get(name) {
            return Ok(Some(profile.clone()));
        }
        let what = format!("there is no profile {name:?} in {}", self.path.display());
        let failure = Failure::new(Exit::NotFound, what).hint("there is:");
        Err(self.profiles.keys().fold(failure, |failure, known| failure.hint(format!("  {known}"))))
    }

    /// From where the files are named that a profile names.
    pub(crate) fn folder(&self) -> PathBuf {
        self.path.parent().map(Path::to_owned).unwrap_or_default()
    }
}

type Read = (Option<String>, BTreeMap<String, Profile>);

fn read(text: &str) -> Result<Read, String> {
    let table = DeTable::parse(text).map_err(|error| error.message().to_owned())?;
    let (mut usual, mut profiles) = (None, BTreeMap::new());
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("profile", DeValue::String(name)) => usual = Some(name.to_string()),
            ("profiles", DeValue::Table(all)) => {
                for (name, profile) in all {
                    let name = name.get_ref().as_ref();
                    let DeValue::Table(profile) = profile.get_ref() else {
                        return Err(format!("{name} is no table; expected [profiles.{name}]"));
                    };
                    let profile = one(profile).map_err(|wrong| format!("[profiles.{name}]: {wrong}"))?;
                    profiles.insert(name.to_owned(), profile);
                }
            }
            (other, _) => {
                return Err(format!(
                    "{other:?} is not known; expected profile = \"NAME\" and [profiles.NAME]"
                ));
            }
        }
    }
    Ok((usual, profiles))
}

fn one(table: &DeTable<'_>) -> Result<Profile, String> {
    let mut profile = Profile::default();
    let mut tokens = Vec::new();
    for (key, value) in table {
        let key = key.get_ref().as_ref();
        let DeValue::String(text) = value.get_ref() else {
            return Err(format!("{key} is no text in quotes"));
        };
        let text = text.to_string();
        match key {
            "url" => profile.url = Some(text),
            "programme" => profile.programme = Some(text),
            "database" => profile.database = Some(text),
            "master_key_file" => profile.master_key_file = Some(text.into()),
            "token" => tokens.push(ProfileToken::Written(text.into())),
            "token_file" => tokens.push(ProfileToken::InFile(text.into())),
            other => {
                return Err(format!(
                    "{other:?} is not known; expected url, token, token_file, programme, database or master_key_file"
                ));
            }
        }
    }
    if tokens.len() > 1 {
        return Err("token and token_file are both there; keep one".to_owned());
    }
    profile.token = tokens.pop();
    match (&profile.url, &profile.database) {
        (Some(_), Some(_)) => Err("url and database name two targets; keep one".to_owned()),
        (None, None) => Err("it names nobody to ask; give url or database".to_owned()),
        (None, Some(_)) if profile.token.is_some() => Err("a database needs no token".to_owned()),
        (Some(_), None) | (None, Some(_)) => Ok(profile),
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_is_wrong_in_a_profile_is_named_with_what_is_expected() {
        for (text, says) in [
            ("profil = 'a'", "expected profile = \"NAME\""),
            ("[profiles.a]\nurl = 'https://a.example'\ntokn = 'x'", "[profiles.a]: \"tokn\" is not known"),
            ("[profiles.a]\nurl = 1", "url is no text in quotes"),
            ("[profiles.a]\nprogramme = 'Chicago'", "it names nobody to ask"),
            ("[profiles.a]\nurl = 'https://a.example'\ndatabase = 'sqlite:a.db'", "two targets"),
            ("[profiles.a]\nurl = 'https://a.example'\ntoken = 'x'\ntoken_file = 'y'", "keep one"),
            ("profiles = 3", "expected profile"),
        ] {
            let wrong = read(text).expect_err(text);
            assert!(wrong.contains(says), "{text}: {wrong}");
        }
    }
}
