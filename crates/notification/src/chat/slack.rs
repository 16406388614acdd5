//! The incoming webhook of Slack, which Mattermost, Rocket.Chat, Zulip and others take too.

use serde_json::{Value, json};

use super::ChatText;

/// The most blocks' text that Slack takes: 3,000 characters.
const MOST: usize = 3_000;

/// The message, with the whole text beside the blocks for what shows no blocks: notifications, and Mattermost.
pub(super) fn message(told: &ChatText) -> Value {
    let title = format!("*{}*", plain(&told.title));
    let lines = told.lines.iter().map(|line| plain(line));
    let link =
        told.link.iter().map(|(label, url)| format!("<{}|{}>", address(url), plain(label).replace('|', "¦")));
    let text: Vec<String> = std::iter::once(title).chain(lines).chain(link).collect();
    let text: String = text.join("\n").chars().take(MOST).collect();
    let section = json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } });
    json!({ "text": text, "blocks": [section] })
}

/// Text in which nothing formats, links or notifies: `<!channel>` stays what it is, letter by letter.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            // A zero-width space before what would begin a format, or a mention in Mattermost.
            '*' | '_' | '~' | '`' | '@' | '#' | '[' | '!' => plain.extend(['\u{200b}', letter]),
            letter => plain.push(letter),
        }
    }
    plain
}

fn address(url: &str) -> String {
    url.replace('&', "&amp;").replace('<', "%3C").replace('>', "%3E").replace('|', "%7C")
}
