//! Values of settings: read from text and shown as text, the same wherever they come from.

use std::fmt::Debug;
use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use sister_cities_domain::value::{EmailAddress, Name};
use sister_cities_notification::email::SmtpServer;
use sister_cities_notification::message::ProductAddress;

use super::declare::Shape;
use super::declared::LogFormat;
use crate::config::TrustedProxies;
use crate::cross_origin::AllowedOrigin;

/// A text is no value of this setting. It is not repeated, as it may hold a secret at the wrong place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoValue;

/// A value that can be set by text.
pub(super) trait SettingValue: Debug {
    /// Reads it.
    fn read(&mut self, text: &str, shape: Shape) -> Result<(), NoValue>;
    /// Shows it as it would be read; nothing where it is not set.
    fn show(&self, shape: Shape) -> Option<String>;
}

impl SettingValue for Duration {
    fn read(&mut self, text: &str, shape: Shape) -> Result<(), NoValue> {
        let Shape::Time { least, most } = shape else { return Err(NoValue) };
        *self = read_time(text).filter(|time| (least..=most).contains(time)).ok_or(NoValue)?;
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        Some(show_time(*self))
    }
}

macro_rules! whole_number {
    ($($type:ty),+) => {$(
        impl SettingValue for $type {
            fn read(&mut self, text: &str, shape: Shape) -> Result<(), NoValue> {
                *self = read_whole(text, shape).and_then(|number| number.try_into().ok()).ok_or(NoValue)?;
                Ok(())
            }

            fn show(&self, shape: Shape) -> Option<String> {
                let number = u64::try_from(*self).unwrap_or(u64::MAX);
                Some(if let Shape::Bytes { .. } = shape { show_bytes(number) } else { number.to_string() })
            }
        }
    )+};
}

whole_number!(usize, u32, u64);

impl SettingValue for NonZeroU32 {
    fn read(&mut self, text: &str, shape: Shape) -> Result<(), NoValue> {
        let number = read_whole(text, shape).and_then(|number| u32::try_from(number).ok());
        *self = number.and_then(Self::new).ok_or(NoValue)?;
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        Some(self.to_string())
    }
}

impl SettingValue for bool {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        *self = match text {
            "true" | "yes" | "on" | "1" => true,
            "false" | "no" | "off" | "0" => false,
            _ => return Err(NoValue),
        };
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        Some(self.to_string())
    }
}

impl SettingValue for String {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        text.clone_into(self);
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        Some(self.clone())
    }
}

impl SettingValue for LogFormat {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        *self = match text {
            "text" => Self::Text,
            "json" => Self::Json,
            _ => return Err(NoValue),
        };
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        let name = match self {
            Self::Text => "text",
            Self::Json => "json",
        };
        Some(name.to_owned())
    }
}

impl SettingValue for Option<PathBuf> {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        *self = Some(PathBuf::from(text));
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        self.as_ref().map(|path| path.display().to_string())
    }
}

/// Lists: between commas, or as a list of the file.
macro_rules! lists {
    ($($type:ty),+) => {$(
impl SettingValue for Vec<$type> {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        *self = parts.map(|part| part.parse().map_err(|_| NoValue)).collect::<Result<_, _>>()?;
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        let all: Vec<_> = self.iter().map(ToString::to_string).collect();
        (!all.is_empty()).then(|| all.join(", "))
    }
}
    )+};
}

lists!(IpNet, AllowedOrigin);

impl SettingValue for TrustedProxies {
    fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
        *self = text.parse().map_err(|_| NoValue)?;
        Ok(())
    }

    fn show(&self, _: Shape) -> Option<String> {
        (!self.is_empty()).then(|| self.to_string())
    }
}

/// Values that are written as they are shown.
macro_rules! as_it_is_shown {
    ($($type:ty),+) => {$(
        impl SettingValue for $type {
            fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
                *self = text.parse().map_err(|_| NoValue)?;
                Ok(())
            }

            fn show(&self, _: Shape) -> Option<String> {
                Some(self.to_string())
            }
        }
    )+};
}

as_it_is_shown!(SocketAddr, ProductAddress);

/// The same, where there may be none.
macro_rules! as_it_is_shown_if_set {
    ($($type:ty),+) => {$(
        impl SettingValue for Option<$type> {
            fn read(&mut self, text: &str, _: Shape) -> Result<(), NoValue> {
                *self = Some(text.parse().map_err(|_| NoValue)?);
                Ok(())
            }

            fn show(&self, _: Shape) -> Option<String> {
                self.as_ref().map(ToString::to_string)
            }
        }
    )+};
}

as_it_is_shown_if_set!(SocketAddr, SmtpServer, EmailAddress, Name, String);

/// The units of time, the greatest first, in milliseconds.
const TIMES: [(&str, u64); 5] =
    [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000), ("ms", 1)];
/// The units of bytes, the greatest first.
const SIZES: [(&str, u64); 4] = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// A time as it is read: in the greatest unit that leaves no fraction.
pub(super) fn show_time(time: Duration) -> String {
    show(u64::try_from(time.as_millis()).unwrap_or(u64::MAX), &TIMES[1..], "s")
}

/// A number of bytes as it is read.
pub(super) fn show_bytes(bytes: u64) -> String {
    show(bytes, &SIZES, "B")
}

fn show(number: u64, units: &[(&str, u64)], of_nothing: &str) -> String {
    let unit = units.iter().find(|(_, size)| number > 0 && number.is_multiple_of(*size));
    unit.map_or_else(|| format!("0 {of_nothing}"), |(name, size)| format!("{} {name}", number / size))
}

/// A time has a unit, so that nobody has to guess.
fn read_time(text: &str) -> Option<Duration> {
    read(text, &TIMES).map(Duration::from_millis)
}

fn read_whole(text: &str, shape: Shape) -> Option<u64> {
    let (number, least, most) = match shape {
        Shape::Bytes { least, most } => (text.parse().ok().or_else(|| read(text, &SIZES)), least, most),
        Shape::Count { least, most } => (text.parse().ok(), least, most),
        Shape::Time { .. } | Shape::Switch | Shape::Text(_) | Shape::List(_) => return None,
    };
    number.filter(|number| (least..=most).contains(number))
}

/// Reads digits and a unit, with or without a space between them.
fn read(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.find(|letter: char| !letter.is_ascii_digit())?;
    let (digits, unit) = text.split_at(end);
    let (_, size) = units.iter().find(|(name, _)| *name == unit.trim_start())?;
    digits.parse::<u64>().ok()?.checked_mul(*size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_their_unit_and_shown_as_they_are_read() {
        for (text, milliseconds) in [("500 ms", 500), ("30 s", 30_000), ("30s", 30_000), ("10 min", 600_000)]
        {
            assert_eq!(read_time(text), Some(Duration::from_millis(milliseconds)), "{text}");
        }
        assert_eq!(read_time("2 d"), read_time("48 h"));
        for wrong in
            ["30", "s", "-1 s", "1.5 s", "30 sec", "99999999999999999999 h", "18446744073709551615 d"]
        {
            assert_eq!(read_time(wrong), None, "{wrong}");
        }
        let shape = Shape::Bytes { least: 0, most: u64::MAX };
        for (text, bytes) in [("512", 512), ("8 KiB", 8_192), ("5MiB", 5 << 20), ("1 GiB", 1 << 30)] {
            assert_eq!(read_whole(text, shape), Some(bytes), "{text}");
        }
        for wrong in ["8 KB", "8 kib", "x", "", "0x10"] {
            assert_eq!(read_whole(wrong, shape), None, "{wrong}");
        }
        for text in ["30 s", "1 h", "24 h", "500 ms", "0 s"] {
            assert_eq!(read_time(text).map(show_time).as_deref(), Some(text));
        }
        for text in ["8 KiB", "5 MiB", "1023 B", "0 B"] {
            assert_eq!(read_whole(text, shape).map(show_bytes).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_no_value_and_changes_nothing() {
        let mut connections = 7_usize;
        let shape = Shape::Count { least: 2, most: 9 };
        for wrong in ["1", "10", "-3", "3.5", "many", ""] {
            assert_eq!(connections.read(wrong, shape), Err(NoValue), "{wrong}");
        }
        assert_eq!(connections, 7);
        assert_eq!(connections.read("9", shape), Ok(()));
        let mut time = Duration::from_secs(1);
        let shape = Shape::Time { least: Duration::from_secs(1), most: Duration::from_secs(9) };
        assert_eq!(time.read("10 s", shape), Err(NoValue));
        assert_eq!(time.read("9000 ms", shape), Ok(()));
        assert_eq!(time.show(shape).as_deref(), Some("9 s"));
    }
}
