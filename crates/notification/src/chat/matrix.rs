//! A message of the client-server API of Matrix, sent as `PUT …/send/m.room.message/{txnId}`: the transaction is the delivery, so a second
//! attempt is the same message.

use serde_json::{Value, json};
use sister_cities_domain::id::DeliveryId;

use super::ChatText;

/// The content of `m.room.message`: a notice, which no bot answers.
pub(super) fn message(told: &ChatText) -> Value {
    let mut plain = vec![told.title.clone()];
    plain.extend(told.lines.iter().cloned());
    plain.extend(told.link.iter().map(|(label, url)| format!("{label}: {url}")));
    let mut html = vec![format!("<strong>{}</strong>", escaped(&told.title))];
    html.extend(told.lines.iter().map(|line| escaped(line)));
    html.extend(
        told.link.iter().map(|(label, url)| format!("<a href=\"{}\">{}</a>", escaped(url), escaped(label))),
    );
    json!({
        "msgtype": "m.notice",
        "body": plain.join("\n"),
        "format": "org.matrix.custom.html",
        "formatted_body": html.join("<br>"),
        // Nobody is notified by a name that stands in the text.
        "m.mentions": {},
    })
}

/// Where the message is put: below the address of the room, `https://…/_matrix/client/v3/rooms/!…`.
pub(super) fn address(room: &str, delivery: DeliveryId) -> String {
    format!("{}/send/m.room.message/{delivery}", room.trim_end_matches('/'))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            letter => escaped.push(letter),
        }
    }
    escaped
}
