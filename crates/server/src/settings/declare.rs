//! What a declaration of a setting says, and how one is written.

use std::time::Duration;

use super::value::SettingValue;

/// A setting of the group `G`: everything that is known of it.
#[derive(Debug)]
pub(super) struct Declared<G> {
    /// Its key in a file, with the section: `limits.connections`.
    pub(super) key: &'static str,
    /// What it means: the lines of its documentation.
    pub(super) says: &'static [&'static str],
    /// How its value is written, and within which bounds.
    pub(super) shape: Shape,
    /// Where its value is kept.
    pub(super) value: fn(&mut G) -> &mut dyn SettingValue,
}

/// How a value is written, and within which bounds it is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A time: `500 ms`, `30 s`, `10 min`, `24 h`, `7 d`.
    Time { least: Duration, most: Duration },
    /// A number of bytes: `512`, `8 KiB`, `5 MiB`, `1 GiB`.
    Bytes { least: u64, most: u64 },
    /// How many.
    Count { least: u64, most: u64 },
    /// `true` or `false`.
    Switch,
    /// A text of this form.
    Text(&'static str),
    /// Several texts of this form.
    List(&'static str),
}

/// Declares the settings of a group: the struct that holds them with their documentation, its defaults, and the list from which the key in a file, the
/// name in the environment, the option on the command line, the bounds and the page of the documentation follow.
///
/// A row is a field with its documentation, its default and its shape.
macro_rules! settings {
    (
        $(#[$meta:meta])*
        pub struct $group:ident in $section:literal {
            $( $(#[doc = $says:literal])+ $name:ident: $type:ty = $default:expr, $shape:expr; )+
        }
    ) => {
        $(#[$meta])*
        pub struct $group {
            $(
                $(#[doc = $says])+
                ///
                #[doc = concat!("Unless set: `", stringify!($default), "`.")]
                pub $name: $type,
            )+
        }

        impl Default for $group {
            fn default() -> Self {
                Self { $($name: $default),+ }
            }
        }

        impl $group {
            /// All of them, in the order in which they are documented.
            pub(super) const DECLARED: &[$crate::settings::declare::Declared<Self>] = &[
                $($crate::settings::declare::Declared {
                    key: concat!($section, stringify!($name)),
                    says: &[$($says),+],
                    shape: $shape,
                    value: |group| &mut group.$name,
                }),+
            ];
        }
    };
}
pub(super) use settings;

impl Shape {
    /// What is right, for whoever wrote something else.
    pub(super) fn expected(self) -> String {
        match self {
            Self::Time { .. } => format!("a time such as \"30 s\", {}", self.bounds()),
            Self::Bytes { .. } => format!("a number of bytes such as \"64 KiB\", {}", self.bounds()),
            Self::Count { .. } => format!("a whole number, {}", self.bounds()),
            Self::Switch => "true or false".to_owned(),
            Self::Text(form) => form.to_owned(),
            Self::List(form) => format!("{form}; several in a list, or with commas between them"),
        }
    }

    /// The least and the most it may be; nothing where the form says all.
    pub(super) fn bounds(self) -> String {
        use super::value::{show_bytes, show_time};
        match self {
            Self::Time { least, most } => format!("{} to {}", show_time(least), show_time(most)),
            Self::Bytes { least, most } => format!("{} to {}", show_bytes(least), show_bytes(most)),
            Self::Count { least, most } => format!("{least} to {most}"),
            Self::Switch => "true, false".to_owned(),
            Self::Text(form) | Self::List(form) => form.to_owned(),
        }
    }
}
