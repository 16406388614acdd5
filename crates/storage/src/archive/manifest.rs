//! The table of contents of an archive: what it holds, how much, and the SHA-256 of each part.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sister_cities_domain::id::ProgrammeId;
use sister_cities_domain::value::ContentHash;

use super::ArchiveError;
use crate::Realm;
use crate::audit::Head;

/// Its name in the archive.
pub(super) const FILE: &str = "manifest.json";
/// By which an archive is recognised.
pub(super) const FORMAT: &str = "sister-cities archive";
/// Raised with every change that an older reader would not understand.
pub(super) const VERSION: u32 = 1;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Manifest {
    /// `sister-cities archive`.
    pub format: String,
    /// The version of the format.
    pub version: u32,
    /// Whether it is one programme, or a backup of all.
    pub holds: Holds,
    /// When a backup was begun: it holds every write acknowledged before. An export of a programme says nothing of the time,
    /// so that the same content is the same file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_at: Option<DateTime<Utc>>,
    /// Which key opens the data keys.
    pub keys: KeyWrapping,
    /// What it holds of each realm.
    pub realms: Vec<RealmContent>,
}

/// How much an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "one or all")]
pub enum Holds {
    /// One programme.
    Programme,
    /// All programmes, and what belongs to none.
    Installation,
}

impl Holds {
    /// In words.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Programme => "one programme",
            Self::Installation => "a backup of an installation",
        }
    }
}

/// Which key opens the data keys of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(clippy::exhaustive_enums, reason = "either of the two")]
pub enum KeyWrapping {
    /// The master key of the installation it was taken from.
    MasterKey,
    /// A key made for this transfer.
    TransferKey,
}

/// What an archive holds of one realm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RealmContent {
    /// Which programme; none for what belongs to no programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<ProgrammeId>,
    /// The folder of its files in the archive.
    pub folder: String,
    /// Where its journal ends, and the hash that vouches for all of it.
    pub journal: Head,
    /// Its files. One of nothing is left out.
    pub parts: Vec<PartContent>,
}

/// What is said of a file in an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PartContent {
    /// Its name in the folder of the realm.
    pub file: String,
    /// How many lines it has.
    pub lines: u64,
    /// The SHA-256 of its bytes, unpacked.
    pub sha256: ContentHash,
}

impl RealmContent {
    /// Whose it is.
    #[must_use]
    pub fn realm(&self) -> Realm {
        self.programme.into()
    }

    /// How many lines a file has; 0 for one that is not there.
    #[must_use]
    pub fn lines(&self, file: &str) -> u64 {
        self.parts.iter().find(|part| part.file == file).map_or(0, |part| part.lines)
    }

    /// How many records there are of all kinds.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.parts.iter().filter(|part| part.file.starts_with("records/")).map(|part| part.lines).sum()
    }
}

/// The folder of a realm.
pub(super) fn folder(realm: Realm) -> String {
    match realm {
        Realm::Programme(programme) => format!("programmes/{programme}"),
        Realm::Installation => "installation".to_owned(),
    }
}

impl Manifest {
    /// Reads it, the version first, as nothing else of another version may be understood.
    pub(super) fn from_json(json: &[u8]) -> Result<Self, ArchiveError> {
        #[derive(Deserialize)]
        struct Label {
            format: String,
            version: u64,
        }
        let not_whole = |error: serde_json::Error| ArchiveError::NotWhole(format!("{FILE}: {error}"));
        let label: Label = serde_json::from_slice(json).map_err(not_whole)?;
        if label.format != FORMAT {
            return Err(ArchiveError::NotWhole(format!("{FILE} is of the format {:?}", label.format)));
        }
        if label.version != u64::from(VERSION) {
            return Err(ArchiveError::Version { found: label.version, known: VERSION });
        }
        let manifest: Self = serde_json::from_slice(json).map_err(not_whole)?;
        manifest.check()?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), ArchiveError> {
        let wrong = |what: String| Err(ArchiveError::NotWhole(format!("{FILE}: {what}")));
        let mut seen = std::collections::BTreeSet::new();
        for content in &self.realms {
            if content.folder != folder(content.realm()) {
                return wrong(format!(
                    "expected the folder {}, found {}",
                    folder(content.realm()),
                    content.folder
                ));
            }
            if !seen.insert(content.realm()) {
                return wrong(format!("{} is there twice", content.folder));
            }
        }
        match self.holds {
            Holds::Programme if self.realms.len() != 1 || seen.contains(&Realm::Installation) => {
                wrong("an export holds one programme".to_owned())
            }
            Holds::Programme | Holds::Installation => Ok(()),
        }
    }
}
