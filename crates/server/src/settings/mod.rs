//! Settings: declared once each, set by file, environment and command line.
//!
//! A row in `declared` says a setting's key, meaning, default and bounds; its name in the environment (`SISTER_CITIES_LIMITS_CONNECTIONS`), its option
//! (`--limits-connections`) and its row in `docs/operations/settings.md` follow. What stands on the command line goes before the environment, that
//! before the file, that before the default.

mod declare;
mod declared;
mod page;
mod resolve;
mod value;

pub use declared::{Limits, LogFormat, LogSettings, MessageSettings, ServeSettings};
pub use page::page;
pub use resolve::{Origin, Resolved, SettingFault, SettingLayers};

use declare::{Declared, Shape};
use value::{NoValue, SettingValue};

/// What every name in the environment begins with.
pub const ENVIRONMENT_PREFIX: &str = "SISTER_CITIES_";

/// All settings of a server and its worker.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// How the server is reached.
    pub serve: ServeSettings,
    /// How people and programs are told.
    pub messages: MessageSettings,
    /// What is logged, and how.
    pub log: LogSettings,
    /// What a caller may use up.
    pub limits: Limits,
}

/// One setting: what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Setting(Of);

/// Whose it is.
#[derive(Clone, Copy, Debug)]
enum Of {
    Serve(&'static Declared<ServeSettings>),
    Messages(&'static Declared<MessageSettings>),
    Log(&'static Declared<LogSettings>),
    Limits(&'static Declared<Limits>),
}

/// The settings that belong together, for the help and the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SettingGroup {
    /// How the server is reached.
    Serve,
    /// How people and programs are told.
    Messages,
    /// What is logged, and how.
    Log,
    /// What a caller may use up.
    Limits,
}

impl Setting {
    /// All of them, in the order in which they are documented.
    pub fn all() -> impl Iterator<Item = Self> {
        let serve = ServeSettings::DECLARED.iter().map(Of::Serve);
        let messages = MessageSettings::DECLARED.iter().map(Of::Messages);
        let log = LogSettings::DECLARED.iter().map(Of::Log);
        serve.chain(messages).chain(log).chain(Limits::DECLARED.iter().map(Of::Limits)).map(Self)
    }

    /// Its key in a file, with the section: `limits.connections`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self.0 {
            Of::Serve(it) => it.key,
            Of::Messages(it) => it.key,
            Of::Log(it) => it.key,
            Of::Limits(it) => it.key,
        }
    }

    /// Its name in the environment.
    #[must_use]
    pub fn environment(self) -> String {
        format!("{ENVIRONMENT_PREFIX}{}", self.key().replace('.', "_").to_ascii_uppercase())
    }

    /// Its option on the command line, without the dashes in front.
    #[must_use]
    pub fn option(self) -> String {
        self.key().replace(['.', '_'], "-")
    }

    /// What it means, in sentences.
    #[must_use]
    pub fn says(self) -> String {
        let lines = match self.0 {
            Of::Serve(it) => it.says,
            Of::Messages(it) => it.says,
            Of::Log(it) => it.says,
            Of::Limits(it) => it.says,
        };
        lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
    }

    /// Which it belongs with.
    #[must_use]
    pub const fn group(self) -> SettingGroup {
        match self.0 {
            Of::Serve(_) => SettingGroup::Serve,
            Of::Messages(_) => SettingGroup::Messages,
            Of::Log(_) => SettingGroup::Log,
            Of::Limits(_) => SettingGroup::Limits,
        }
    }

    /// What its value may be.
    #[must_use]
    pub fn bounds(self) -> String {
        self.shape().bounds()
    }

    /// Whether it is on or off.
    #[must_use]
    pub const fn is_switch(self) -> bool {
        matches!(self.shape(), Shape::Switch)
    }

    /// Whether it may have several values.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(self.shape(), Shape::List(_))
    }

    /// What it is in these settings; nothing where it is not set.
    #[must_use]
    pub fn shown(self, settings: &Settings) -> Option<String> {
        // Its place is found for writing; a copy is written to by nobody.
        self.value(&mut settings.clone()).show(self.shape())
    }

    fn set(self, settings: &mut Settings, text: &str) -> Result<(), NoValue> {
        self.value(settings).read(text.trim(), self.shape())
    }

    const fn shape(self) -> Shape {
        match self.0 {
            Of::Serve(it) => it.shape,
            Of::Messages(it) => it.shape,
            Of::Log(it) => it.shape,
            Of::Limits(it) => it.shape,
        }
    }

    fn value(self, settings: &mut Settings) -> &mut dyn SettingValue {
        match self.0 {
            Of::Serve(it) => (it.value)(&mut settings.serve),
            Of::Messages(it) => (it.value)(&mut settings.messages),
            Of::Log(it) => (it.value)(&mut settings.log),
            Of::Limits(it) => (it.value)(&mut settings.limits),
        }
    }
}
