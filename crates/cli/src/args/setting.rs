//! Options for settings, from their declarations.

use std::collections::BTreeMap;

use clap::builder::Str;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};
use sister_cities_server::settings::{Setting, SettingGroup};

/// What was said of settings on the command line, by key.
pub(crate) type TypedSettings = BTreeMap<&'static str, String>;

/// The options of a server: all settings.
#[derive(Debug)]
pub(crate) struct ServeSettingArgs(pub(crate) TypedSettings);

/// The options of a worker: how people and programs are told, and the log.
#[derive(Debug)]
pub(crate) struct WorkerSettingArgs(pub(crate) TypedSettings);

fn of_a_server(_: &Setting) -> bool {
    true
}

fn of_a_worker(setting: &Setting) -> bool {
    matches!(setting.group(), SettingGroup::Messages | SettingGroup::Log)
}

macro_rules! setting_args {
    ($type:ident, $which:ident) => {
        impl Args for $type {
            fn augment_args(command: Command) -> Command {
                command.args(Setting::all().filter($which).map(option))
            }

            fn augment_args_for_update(command: Command) -> Command {
                Self::augment_args(command)
            }
        }

        impl FromArgMatches for $type {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                Ok(Self(typed(matches, $which)))
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                self.0 = typed(matches, $which);
                Ok(())
            }
        }
    };
}

setting_args!(ServeSettingArgs, of_a_server);
setting_args!(WorkerSettingArgs, of_a_worker);

fn option(setting: Setting) -> Arg {
    let says = setting.says();
    let says = says.strip_suffix('.').unwrap_or(&says).to_owned();
    let option = Arg::new(setting.key())
        .long(Str::from(setting.option()))
        .env(Str::from(setting.environment()))
        .hide_env_values(true)
        .value_name(if setting.is_switch() { "true|false" } else { "VALUE" })
        .help(says);
    let option = if setting.is_switch() {
        option.num_args(0..=1).require_equals(true).default_missing_value("true")
    } else {
        option
    };
    let option = if setting.is_list() { option.action(ArgAction::Append) } else { option };
    match setting.group() {
        SettingGroup::Limits => option.help_heading("Limits").hide_short_help(true),
        SettingGroup::Log => option.help_heading("Log"),
        SettingGroup::Serve | SettingGroup::Messages | _ => option,
    }
}

/// What stands on the command line; the environment is read with the rest of the settings.
fn typed(matches: &ArgMatches, which: fn(&Setting) -> bool) -> TypedSettings {
    let mut typed = TypedSettings::new();
    for setting in Setting::all().filter(which) {
        let key = setting.key();
        if matches.value_source(key) == Some(ValueSource::CommandLine)
            && let Some(values) = matches.get_many::<String>(key)
        {
            typed.insert(key, values.map(String::as_str).collect::<Vec<_>>().join(","));
        }
    }
    typed
}
