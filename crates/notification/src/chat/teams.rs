//! The incoming webhook of a workflow of Microsoft Teams: an Adaptive Card. The connectors of Office 365 are gone.

use serde_json::{Value, json};

use super::ChatText;

/// The message with one card.
pub(super) fn message(told: &ChatText) -> Value {
    let block = |text: &str| json!({ "type": "TextBlock", "text": plain(text), "wrap": true });
    let mut title = block(&told.title);
    title["weight"] = json!("Bolder");
    title["size"] = json!("Medium");
    let body: Vec<Value> = std::iter::once(title).chain(told.lines.iter().map(|line| block(line))).collect();
    let open =
        |(label, url): &(String, String)| json!({ "type": "Action.OpenUrl", "title": label, "url": url });
    let actions: Vec<Value> = told.link.iter().map(open).collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "body": body,
                "actions": actions,
            },
        }],
    })
}

/// Text in which nothing formats or links: a card reads a part of Markdown.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        if "\\*_[]()#+-!`<>".contains(letter) {
            plain.push('\\');
        }
        plain.push(letter);
    }
    plain
}
