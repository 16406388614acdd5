//! Links into the product: nothing but what the operator configured, and paths of our own making.

use std::fmt;
use std::str::FromStr;

/// The most bytes of an address.
const MOST: usize = 2_048;

/// Where people reach the product, as the operator configured it: `https://twinning.example.org`. It is never taken from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductAddress(String);

/// Why an address of the product, or a path below it, is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidLink {
    /// It is no address that links can begin with.
    #[error(
        "{found:?} is no address of the product; expected http:// or https://, a host, and no user, query or fragment, \
         such as https://twinning.example.org"
    )]
    Address {
        /// What was found.
        found: String,
    },
    /// It is no path.
    #[error("{found:?} is no path of the product; expected letters, digits and -._~/?=&% after a slash")]
    Path {
        /// What was found.
        found: String,
    },
}

impl ProductAddress {
    /// The address of a page.
    #[must_use]
    pub fn link(&self, path: &ProductPath) -> ProductLink {
        ProductLink(format!("{}{}", self.0, path.0))
    }
}

impl fmt::Display for ProductAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for ProductAddress {
    type Err = InvalidLink;

    fn from_str(text: &str) -> Result<Self, InvalidLink> {
        let refused = || InvalidLink::Address { found: text.chars().take(200).collect() };
        let text = text.trim().trim_end_matches('/');
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let rest = rest.ok_or_else(refused)?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let is_host_letter = |letter: char| letter.is_ascii_alphanumeric() || "-.:[]".contains(letter);
        let right = text.len() <= MOST
            && authority.starts_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '[')
            && authority.chars().all(is_host_letter)
            && (path.is_empty() || (is_path(path) && !path.contains('?')));
        if right { Ok(Self(text.to_owned())) } else { Err(refused()) }
    }
}

/// A path below the address of the product: `/partnerships/prt_…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductPath(String);

impl FromStr for ProductPath {
    type Err = InvalidLink;

    fn from_str(text: &str) -> Result<Self, InvalidLink> {
        if is_path(text) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidLink::Path { found: text.chars().take(200).collect() })
        }
    }
}

fn is_path(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-._~/?=&%".contains(letter);
    text.len() <= MOST
        && text.starts_with('/')
        && !text.starts_with("//")
        && !text.split(['/', '?']).any(|step| step == "." || step == "..")
        && text.chars().all(is_letter)
}

/// A page of the product, with its whole address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductLink(String);

impl ProductLink {
    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nobody can read along.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for ProductLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
