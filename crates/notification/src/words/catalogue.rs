//! The catalogues: every sentence in every language, as embedded, and as an office replaces them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use sister_cities_domain::value::LanguageTag;
use unic_langid::LanguageIdentifier;

use super::check::{self, Problem};
use super::direction::{Direction, END_OF_ISOLATE, ISOLATE};
use super::number;
use crate::message::Part;

/// The language that has every sentence: what others lack is said in it.
const SOURCE: &str = "en";

macro_rules! embedded {
    ($($language:literal),+) => {
        /// The files of the embedded catalogues, by language.
        pub(super) const EMBEDDED: &[(&str, &[(&str, &str)])] = &[$((
            $language,
            &[
                ("due.ftl", include_str!(concat!("../../locales/", $language, "/due.ftl"))),
                ("changes.ftl", include_str!(concat!("../../locales/", $language, "/changes.ftl"))),
                ("phrases.ftl", include_str!(concat!("../../locales/", $language, "/phrases.ftl"))),
            ],
        )),+];
    };
}
embedded!("en", "fr", "de", "es", "pl", "ja", "ar", "he");

/// Every sentence in one language.
pub(super) struct Catalogue {
    pub(super) language: LanguageTag,
    pub(super) direction: Direction,
    bundle: FluentBundle<FluentResource>,
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("language", &self.language).finish_non_exhaustive()
    }
}

impl Catalogue {
    fn new(language: LanguageTag) -> Self {
        let identifier: LanguageIdentifier = language.to_string().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // Names are marked by us, and dates and numbers need no marks.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(number::format));
        Self { direction: Direction::of(&language), language, bundle }
    }

    /// A part of a sentence; `None` if this catalogue lacks it.
    pub(super) fn format(&self, key: &str, part: Part, arguments: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(key)?;
        let pattern = match part.attribute() {
            Some(attribute) => message.get_attribute(attribute)?.value(),
            None => message.value()?,
        };
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(arguments), &mut errors).into_owned();
        for error in errors {
            tracing::warn!(%error, key, language = %self.language, "a sentence of a catalogue is not filled as it wants");
        }
        Some(said)
    }
}

/// Why the catalogues of an office are refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogueError {
    /// The folder or one of its files cannot be read.
    #[error("cannot read {path}")]
    Read {
        /// Which.
        path: String,
        /// Why not.
        source: std::io::Error,
    },
    /// A file or folder is not called as a language is.
    #[error(
        "{name} is not called as a language; expected a BCP 47 tag such as fr or pt-BR, with .ftl for a file"
    )]
    Language {
        /// What it is called.
        name: String,
    },
    /// What stands in the files is not right.
    #[error("the catalogues are not right:{}", lines(problems))]
    Problems {
        /// What is wrong, and where.
        problems: Vec<Problem>,
    },
}

fn lines(problems: &[Problem]) -> String {
    let mut lines = String::new();
    for problem in problems {
        lines.push_str("\n  ");
        lines.push_str(&problem.to_string());
    }
    lines
}

/// Every sentence in every language.
#[derive(Debug)]
pub struct Catalogues {
    languages: BTreeMap<LanguageTag, Catalogue>,
    source: LanguageTag,
}

impl Catalogues {
    /// The catalogues that come with the product.
    #[must_use]
    pub fn embedded() -> Self {
        let source = embedded_language(SOURCE);
        let mut languages = BTreeMap::new();
        for (language, files) in EMBEDDED {
            let language = embedded_language(language);
            let mut catalogue = Catalogue::new(language.clone());
            for (_, text) in *files {
                // What cannot be read is left out, and found by the test of the catalogues.
                let resource =
                    FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(partly, _)| partly);
                catalogue.bundle.add_resource_overriding(resource);
            }
            languages.insert(language, catalogue);
        }
        Self { languages, source }
    }

    /// The embedded catalogues with those of an office over them, sentence by sentence.
    ///
    /// The folder holds `fr.ftl`, or `fr/` with any files that end in `.ftl`, for each language. A language that is not embedded is
    /// a new one: what it lacks is said in English. What stands in no folder stays as it is.
    ///
    /// # Errors
    ///
    /// [`CatalogueError`] that names each file and sentence that is not right, and says what would be.
    pub fn with_overrides(folder: &Path) -> Result<Self, CatalogueError> {
        let mut catalogues = Self::embedded();
        let mut problems = Vec::new();
        for (language, path) in files_of(folder)? {
            let text = std::fs::read_to_string(&path).map_err(|source| read_error(&path, source))?;
            let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
            let resource = match FluentResource::try_new(text) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    problems.extend(
                        errors.iter().map(|error| check::unreadable(&name, resource.source(), error)),
                    );
                    continue;
                }
            };
            problems.extend(check::replaced(&name, &resource));
            let catalogue =
                catalogues.languages.entry(language.clone()).or_insert_with(|| Catalogue::new(language));
            catalogue.bundle.add_resource_overriding(resource);
        }
        if problems.is_empty() { Ok(catalogues) } else { Err(CatalogueError::Problems { problems }) }
    }

    /// The languages that there are catalogues of.
    pub fn languages(&self) -> impl Iterator<Item = &LanguageTag> {
        self.languages.keys()
    }

    /// The language in which somebody is told: the first of theirs that there is, else that of the programme, else English.
    ///
    /// `fr-CA` is told in `fr` where there is no `fr-CA`; `zh-Hant` is not told in `zh-Hans`, which its readers may not read.
    #[must_use]
    pub fn language_for(&self, reader: &[LanguageTag], programme: Option<&LanguageTag>) -> &LanguageTag {
        &self.catalogue_for(reader, programme).language
    }

    pub(super) fn catalogue_for(
        &self,
        reader: &[LanguageTag],
        programme: Option<&LanguageTag>,
    ) -> &Catalogue {
        reader
            .iter()
            .chain(programme)
            .find_map(|wanted| self.nearest(wanted))
            .unwrap_or_else(|| self.source())
    }

    fn nearest(&self, wanted: &LanguageTag) -> Option<&Catalogue> {
        self.languages.get(wanted).or_else(|| {
            self.languages.values().find(|catalogue| {
                let there = &catalogue.language;
                there.same_language(wanted) && (there.script().is_none() || there.script() == wanted.script())
            })
        })
    }

    /// The catalogue that has every sentence.
    pub(super) fn source(&self) -> &Catalogue {
        self.languages.get(&self.source).expect("the source language is embedded")
    }
}

fn embedded_language(tag: &str) -> LanguageTag {
    tag.parse().expect("a test reads all constants")
}

/// The catalogues in a folder, with their languages, in the order of their names.
fn files_of(folder: &Path) -> Result<Vec<(LanguageTag, std::path::PathBuf)>, CatalogueError> {
    let mut files = Vec::new();
    for path in entries(folder)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        let is_folder = path.is_dir();
        let language = if is_folder { Some(name.as_str()) } else { name.strip_suffix(".ftl") };
        let language = language.and_then(|language| language.parse().ok());
        let language: LanguageTag = language.ok_or(CatalogueError::Language { name })?;
        if is_folder {
            let is_catalogue =
                |path: &std::path::PathBuf| path.extension().is_some_and(|extension| extension == "ftl");
            files.extend(
                entries(&path)?.into_iter().filter(is_catalogue).map(|path| (language.clone(), path)),
            );
        } else {
            files.push((language, path));
        }
    }
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, CatalogueError> {
    let listed = std::fs::read_dir(folder).and_then(|entries| {
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()
    });
    let mut listed = listed.map_err(|source| read_error(folder, source))?;
    listed.sort();
    Ok(listed)
}

fn read_error(path: &Path, source: std::io::Error) -> CatalogueError {
    CatalogueError::Read { path: path.display().to_string(), source }
}

/// A name as it is put into a sentence: between the marks by which it is found again.
pub(super) fn marked(name: &str) -> String {
    format!("{ISOLATE}{name}{END_OF_ISOLATE}")
}
