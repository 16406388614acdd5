//! Lines in rooms of chats, by incoming webhook: Slack and what takes its messages, Matrix, Microsoft Teams.
//!
//! What is told is the same everywhere: a title, some lines, a link. Each room's form makes of it what the room shows, with everything that
//! would format or notify in it spelled out.

mod channel;
mod matrix;
mod slack;
mod teams;

pub use channel::{ChatChannel, ChatMessage, ChatRoom};

/// What is told in a room.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the worker and embedders make it")]
pub struct ChatText {
    /// What it is about, in a line.
    pub title: String,
    /// What there is to say, a line each.
    pub lines: Vec<String>,
    /// Where to read on: its label and its address.
    pub link: Option<(String, String)>,
}

#[cfg(test)]
mod tests;
