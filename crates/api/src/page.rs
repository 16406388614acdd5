//! Knows how lists are read: in pages, by an opaque cursor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_with::skip_serializing_none;

use crate::{Endpoint, Parameters, Shape, TextForm};

/// One page of a list.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "PageOf{T}")]
pub struct Page<T> {
    /// The items of this page, in the list's order.
    pub items: Vec<T>,
    /// Send it as `cursor` to read on; absent on the last page.
    pub next_cursor: Option<Cursor>,
}

/// Where a list was left. Opaque, signed by the server, and good only for the same list and filters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Cursor(pub String);

impl TextForm for Cursor {
    const SHAPE: Shape = Shape::pattern(
        "the next_cursor of the page before, for the same list and filters",
        "^[A-Za-z0-9_-]{23,2048}$",
        "",
    );

    fn parse(text: &str) -> Result<Self, String> {
        let is_written_so = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
        if !(23..=2_048).contains(&text.len()) || !text.bytes().all(is_written_so) {
            return Err("is not a cursor of this server".to_owned());
        }
        Ok(Self(text.to_owned()))
    }

    fn render(&self) -> String {
        self.0.clone()
    }
}

/// How many items a page may hold: 1 to 100, 50 if not said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageLimit(u8);

impl PageLimit {
    /// The most items a page may hold.
    pub const MOST: Self = Self(100);

    /// A limit of 1 to 100 items; `None` outside.
    #[must_use]
    pub const fn new(items: u8) -> Option<Self> {
        if items >= 1 && items <= Self::MOST.0 { Some(Self(items)) } else { None }
    }

    /// The number of items.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        Self(50)
    }
}

impl TextForm for PageLimit {
    const SHAPE: Shape = Shape::integer("a whole number from 1 to 100; 50 if not given", 1, 100, "50");

    fn parse(text: &str) -> Result<Self, String> {
        // `u8` would also read "+5": digits only, so that one number has one spelling.
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        text.parse()
            .ok()
            .filter(|_| digits)
            .and_then(Self::new)
            .ok_or_else(|| "is not a page size".to_owned())
    }

    fn render(&self) -> String {
        self.0.to_string()
    }
}

/// Query parameters of a list; lets a client turn pages without knowing which list it is.
pub trait Paged: Parameters + Clone {
    /// The cursor to read on from, if any.
    fn cursor(&self) -> Option<&Cursor>;
    /// The same query from another position.
    #[must_use]
    #[expect(clippy::wrong_self_convention, reason = "the query reads on from there")]
    fn from_cursor(self, cursor: Option<Cursor>) -> Self;
}

/// An endpoint that answers with pages. Every endpoint with a [`Paged`] query and a [`Page`] reply is one.
pub trait ListEndpoint: Endpoint<Query: Paged, Reply = Page<<Self as ListEndpoint>::Item>> {
    /// What is listed.
    type Item;
}

impl<E, T> ListEndpoint for E
where
    E: Endpoint<Reply = Page<T>>,
    E::Query: Paged,
{
    type Item = T;
}
