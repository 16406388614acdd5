//! Partnerships, what was decided about them and what is said of their record.

use serde_json::{Value, json};

use super::records::Programme;
use super::walk::{Change, Rest, Walk};

/// The partnerships that other records belong to.
pub(super) struct Pair {
    /// Of the host and the other place.
    pub(super) partnership: Value,
    pub(super) other_partnership: Value,
    pub(super) other_place: Value,
}

pub(super) async fn all(walk: &mut Walk<'_>, programme: &Programme) -> Pair {
    let other_place = programme.new_place(walk, "Tel Aviv").await;
    let partnership = agreed(walk, programme, &other_place).await;
    let other_partnership = decided(walk, programme).await;
    added(walk, programme, &partnership, &other_place).await;
    recorded(walk, programme, &partnership).await;
    Pair {
        partnership: partnership["id"].clone(),
        other_partnership: other_partnership["id"].clone(),
        other_place,
    }
}

fn url(programme: &Programme) -> String {
    format!("{}/partnerships", programme.url)
}

fn episode(place: &Value) -> Value {
    json!({
        "kind": "sister-city",
        "began": [
            { "date": "1983", "source": "The treaty", "standing": "chosen" },
            { "date": "1984-05", "source": "A list", "standing": "kept" },
        ],
        "end": "ended",
        "ended": [
            { "date": "2001", "source": "The minutes", "standing": "chosen" },
            { "date": "2002", "source": "A list", "standing": "kept" },
        ],
        "labels": [{ "place": place, "label": "Partnerstadt", "source": "The town sign" }],
        "sources": ["The chronicle"],
    })
}

/// One that begins with an episode.
async fn agreed(walk: &mut Walk<'_>, programme: &Programme, place: &Value) -> Value {
    let desk = programme.new_person(walk, "Anna of the desk").await;
    let body = json!({
        "members": [programme.host, place],
        "episode": episode(place),
        "record": [{ "from": "1983", "to": "1999", "source": "The log", "stated_by": "The desk",
                     "stated_by_person": desk }],
        "notes": [{ "text": "Signed twice", "source": "The archive" }],
    });
    let made = walk.send("create_partnership", &url(programme), None, &body).await;
    let view = walk.read(&programme.record("partnerships", &made)).await;
    let shown = [("", &view, ""), ("/episode", &view, "/episodes/0"), ("/members", &members(&view), "")];
    walk.compare("create_partnership", &body, &shown);
    made
}

/// The places of a partnership, of which a view tells more than their ids.
fn members(view: &Value) -> Value {
    view["members"].as_array().expect("a list").iter().map(|one| one["place"].clone()).collect()
}

/// One that begins with decisions, and every sort of further decision.
async fn decided(walk: &mut Walk<'_>, programme: &Programme) -> Value {
    let place = programme.new_place(walk, "Bukhara").await;
    let fact = |mut body: Value| {
        body["authority"] = json!("The council");
        body["source"] = json!("The minutes");
        body
    };
    let decisions = json!([
        fact(json!({ "decision": "enquire", "on": "1980" })),
        fact(json!({ "decision": "assess", "on": "1981" })),
        fact(json!({ "decision": "explore", "on": "1982" })),
        { "decision": "agree", "authority": "The council", "episode": episode(&place) },
        fact(json!({ "decision": "review", "on": "1990", "deadline": "1991-01-01" })),
        fact(json!({ "decision": "reawaken", "on": "1991", "note": "A plan" })),
        fact(json!({ "decision": "measure", "on": "1992", "measure": "return_gifts", "note": "All of them" })),
    ]);
    let body = json!({ "members": [programme.host, place], "decisions": decisions });
    let made = walk.send("create_partnership", &url(programme), None, &body).await;
    let address = programme.record("partnerships", &made);
    let view = walk.read(&address).await;
    let members = members(&view);
    let shown = [
        ("/decisions", &view, "/decisions"),
        ("/decisions/3/episode", &view, "/episodes/0"),
        ("/members", &members, ""),
    ];
    walk.compare("create_partnership", &body, &shown);
    let decide = format!("{address}/decisions");
    let further = [
        fact(json!({ "decision": "reaffirm", "on": "1993", "note": "We stand by it" })),
        fact(
            json!({ "decision": "measure", "on": "1994", "measure": "disband_committee", "note": "At once" }),
        ),
        fact(json!({ "decision": "reawakened", "on": "1995" })),
        fact(json!({ "decision": "review", "on": "1996", "deadline": "1997-01-01" })),
    ];
    for body in further {
        walk.change("decide_partnership", &decide, &address, &body).await;
        let view = walk.read(&address).await;
        let last = view["decisions"].as_array().and_then(|all| all.last()).expect("a decision");
        walk.compare("decide_partnership", &body, &[("", last, "")]);
    }
    let mut second = episode(&place);
    second["kind"] = json!("project");
    let body = json!({ "decision": "agree", "authority": "The board", "episode": second });
    walk.change("decide_partnership", &decide, &address, &body).await;
    let view = walk.read(&address).await;
    let is_second = |one: &&Value| one["episode"] == json!(1);
    let decision =
        view["decisions"].as_array().and_then(|all| all.iter().find(is_second)).expect("a decision");
    walk.compare("decide_partnership", &body, &[("", decision, ""), ("/episode", &view, "/episodes/1")]);
    made
}

/// What is added to a partnership later.
async fn added(walk: &mut Walk<'_>, programme: &Programme, partnership: &Value, place: &Value) {
    let address = programme.record("partnerships", partnership);
    let mut second = episode(place);
    second["kind"] = json!("project");
    let agree = json!({ "decision": "agree", "episode": second });
    walk.change("decide_partnership", &format!("{address}/decisions"), &address, &agree).await;
    let body = json!({
        "episodes": [{
            "episode": 1,
            "began": [{ "date": "1985", "source": "A third list", "standing": "kept" }],
            "ended": { "date": "1990", "source": "The treasurer", "standing": "kept" },
            "labels": [{ "place": programme.host, "label": "A project", "source": "The budget" }],
            "sources": ["The photographs"],
        }],
        "notes": [{ "text": "Found in the cellar", "source": "The caretaker" }],
    });
    walk.change("change_partnership", &address, &address, &body).await;
    let view = walk.read(&address).await;
    let mut told = body;
    let selected = told["episodes"][0].as_object_mut().and_then(|episode| episode.remove("episode"));
    walk.compare(
        "change_partnership",
        &told,
        &[
            ("/episodes/0", &view, "/episodes/1"),
            ("/episodes/0/began/0", &view, "/episodes/1/began/2"),
            ("/episodes/0/ended", &view, "/episodes/1/ended/2"),
            ("/episodes/0/labels/0", &view, "/episodes/1/labels/1"),
            ("/episodes/0/sources/0", &view, "/episodes/1/sources/1"),
            ("/notes/0", &view, "/notes/1"),
        ],
    );
    walk.saw("change_partnership", "/episodes/0/episode", selected == Some(json!(1)), "it is the second");
    let choose = json!({ "episodes": [{ "episode": 1, "choose_beginning": 1 }] });
    walk.change("change_partnership", &address, &address, &choose).await;
    let view = walk.read(&address).await;
    let chosen = view["episodes"][1]["began"]
        .as_array()
        .and_then(|all| all.iter().find(|one| one["standing"] == "chosen"));
    let chosen = chosen.map(|claim| claim["date"].clone());
    walk.saw(
        "change_partnership",
        "/episodes/0/choose_beginning",
        chosen == Some(json!("1984-05")),
        &format!("{chosen:?}"),
    );
}

/// For which periods the log is believed complete.
async fn recorded(walk: &mut Walk<'_>, programme: &Programme, partnership: &Value) {
    let address = programme.record("partnerships", partnership);
    let url = format!("{address}/record");
    let at = ("/periods", "/record");
    let change = Change { operation: "set_record", url: &url, read: &address, rest: Rest::Repeated, at };
    let archivist = programme.new_person(walk, "Anna of the archive").await;
    let mayor = programme.new_person(walk, "Otto the mayor").await;
    let base = json!({ "periods": [{ "from": "1984", "to": "2000", "source": "The new log",
                                     "stated_by": "The archive", "stated_by_person": archivist }] });
    let other = json!({ "periods": [{ "from": "1985", "to": "2001", "source": "The old log",
                                      "stated_by": "The mayor", "stated_by_person": mayor }] });
    walk.one_by_one(change, &base, &other).await;
}
