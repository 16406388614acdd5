//! Profiles: the file of a person that says whom to ask, so that nothing need be exported.
//!
//! What is typed goes before the environment, and the environment before a profile. A profile holds as a whole: where another server
//! or database is named, its token is not sent there, and its programme is not asked for.

mod file;

use std::path::{Path, PathBuf};

use clap::ArgMatches;
use secrecy::SecretString;

use crate::args::Global;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::target::{is_typed, read_secret};

pub(crate) use file::{Profile, ProfileFile, ProfileToken};

impl Global {
    /// The same, with what the profile says where nothing else does.
    ///
    /// # Errors
    ///
    /// [`Exit::NotFound`] where the profile is not there, [`Exit::Usage`] where it is wrong or does not go with what is typed.
    pub(crate) fn with_profile(self, matches: &ArgMatches) -> Result<Self, Failure> {
        let is_typed = |name: &str| is_typed(matches, name);
        if is_typed("url") || is_typed("database") {
            if is_typed("profile") {
                return Err(Failure::new(
                    Exit::Usage,
                    "--profile names a target, and so does another option",
                )
                .hint("give one of --profile, --url and --database"));
            }
            return Ok(self);
        }
        let is_target_in_environment = self.url.is_some() || self.database.is_some();
        if is_target_in_environment && !is_typed("profile") {
            return Ok(self);
        }
        let Some(file) = ProfileFile::find(self.profiles_file.as_deref())? else {
            return match &self.profile {
                Some(name) => Err(Failure::new(Exit::NotFound, format!("there is no profile {name:?}"))
                    .hint(
                        "no file with profiles is named or in its place; `profiles list` says where that is",
                    )),
                None => Ok(self),
            };
        };
        let Some(Profile { url, programme, token, database, master_key_file }) =
            file.chosen(self.profile.as_deref())?
        else {
            return Ok(self);
        };
        // What is not typed is of the environment, which gives way to a profile that is typed.
        let before = |name: &str| is_typed(name) || !is_typed("profile");
        let token = match self.token.filter(|_| before("token")) {
            Some(token) => Some(token),
            None => token.map(|token| token.read(&file.folder())).transpose()?,
        };
        Ok(Self {
            url,
            token,
            database: database.map(SecretString::from),
            programme: self.programme.filter(|_| before("programme")).or(programme),
            master_key_file: self.master_key_file.or(master_key_file.map(|path| file.folder().join(path))),
            ..self
        })
    }
}

impl ProfileToken {
    /// The token itself. A file is named from the folder in which the profiles are.
    fn read(self, folder: &Path) -> Result<SecretString, Failure> {
        match self {
            Self::Written(token) => Ok(token),
            Self::InFile(path) => {
                let text = read_secret("token", &folder.join(path))?;
                Ok(SecretString::from(text.trim()))
            }
        }
    }
}

/// Where the file is looked for if it is not named: beside those of other programs.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads where a person's files are, which is no option of ours"
)]
pub(crate) fn usual_place() -> Option<PathBuf> {
    let named = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    // As the XDG Base Directory Specification has it: one that is not absolute is not heeded.
    let config = named("XDG_CONFIG_HOME").filter(|path| path.is_absolute());
    let config = config.or_else(|| named("HOME").map(|home| home.join(".config")));
    config.map(|config| config.join("sister-cities").join("profiles.toml"))
}
