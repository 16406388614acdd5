//! Links to another programme and what is shared with it.

use serde_json::json;

use super::partnerships::Pair;
use super::records::{self, Programme};
use super::walk::{Change, Rest, Walk};

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme, pair: &Pair) {
    let peer = records::new_programme(walk, "The other side").await;
    let city = peer.new_place(walk, "Bonn, as we call it").await;
    let body = json!({ "members": [peer.host, city], "episode": { "kind": "sister-city", "began": [] } });
    let theirs = walk.send("create_partnership", &format!("{}/partnerships", peer.url), None, &body).await;
    let link = json!({ "peer": programme.id, "partnership": theirs["id"] });
    walk.send("make_link", &format!("{}/links", peer.url), None, &link).await;

    let body = json!({ "peer": peer.id, "partnership": pair.partnership });
    let link = walk.send("make_link", &format!("{}/links", programme.url), None, &body).await;
    let view = walk.read(&programme.record("links", &link)).await;
    walk.compare("make_link", &body, &[("", &view, "")]);

    let visit =
        json!({ "partnership": pair.partnership, "title": "x", "foci": ["culture"], "direction": "joint" });
    let visit = walk.send("create_engagement", &format!("{}/engagements", programme.url), None, &visit).await;
    let url =
        format!("{}/partnerships/{}/agreements", programme.url, pair.partnership.as_str().expect("an id"));
    let text = walk.send("create_agreement", &url, None, &json!({ "title": "A text" })).await;
    let shares = format!("{}/shares", programme.url);
    let body = json!({ "link": link["id"], "agreement": text["id"] });
    let made = walk.send("share_record", &shares, None, &body).await;
    let view = walk.read(&programme.record("shares", &made)).await;
    walk.compare("share_record", &body, &[("", &view, ""), ("/agreement", &view, "/record")]);
    let body = json!({ "link": link["id"], "engagement": visit["id"], "title": "A visit" });
    let made = walk.send("share_record", &shares, None, &body).await;
    let address = programme.record("shares", &made);
    let view = walk.read(&address).await;
    walk.compare(
        "share_record",
        &body,
        &[("", &view, ""), ("/engagement", &view, "/record"), ("/title", &view, "/engagement/title")],
    );
    let at = ("", "/engagement");
    let change = Change { operation: "renew_share", url: &address, read: &address, rest: Rest::Repeated, at };
    walk.one_by_one(change, &json!({ "title": "A concert" }), &json!({ "title": "A match" })).await;
}
