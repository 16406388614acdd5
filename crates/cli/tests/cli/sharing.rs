//! Chicago and Birmingham of the demo, partners of each other, share from the command line.

use crate::program::Demo;

/// The id of the programme of that name.
fn programme(demo: &Demo, name: &str) -> String {
    let all = demo.json(&["programmes"]);
    let all = all.as_array().expect("a list");
    let found = all.iter().find(|one| one["name"].as_str().is_some_and(|text| text.contains(name)));
    found.expect("it is in the demo")["id"].as_str().expect("an id").to_owned()
}

#[test]
fn two_programmes_link_share_and_take_back_and_each_sees_its_own_side_and_no_more() {
    let demo = Demo::build();
    let (chicago, birmingham) = (programme(&demo, "Chicago"), programme(&demo, "Birmingham"));
    let there = |arguments: &[&str]| demo.shows(&[&["--programme", &birmingham], arguments].concat());

    let alone = demo.shows(&["share", "links"]);
    assert!(alone.contains("No links.") && alone.contains(&chicago), "{alone}");
    let offered = demo.shows(&["share", "link", &birmingham, "--partnership", "Birmingham"]);
    assert!(offered.contains("not linked back"), "{offered}");
    let asked = there(&["share", "links"]);
    assert!(asked.contains("offers a link"), "{asked}");
    let mutual = there(&["share", "link", &chicago, "--partnership", "Chicago"]);
    assert!(mutual.contains("mutual"), "{mutual}");

    let visits = demo.json(&["engagements", "list", "--partnership", "Birmingham"]);
    let visit = visits[0]["id"].as_str().expect("an engagement");
    let shared = demo.shows(&["share", "add", visit, "--title", "What we did together"]);
    assert!(shared.contains("What we did together"), "{shared}");
    let seen = there(&["share", "received"]);
    assert!(seen.contains("What we did together"), "{seen}");
    assert!(there(&["share", "list"]).contains("Nothing is shared."));
    let own = demo.run(&["--programme", &birmingham, "engagements", "show", visit]);
    assert_eq!(own.exit, 3, "an id of the other programme is no id here: {own:?}");

    let share = demo.json(&["share", "list"])[0]["id"].as_str().expect("an id").to_owned();
    assert!(demo.shows(&["share", "list", "--engagement", visit]).contains("What we did together"));
    assert!(demo.shows(&["share", "list", "--peer", &chicago]).contains("Nothing is shared."));
    assert!(demo.shows(&["share", "links", "--partnership", "Birmingham"]).contains("mutual"));
    assert!(demo.shows(&["share", "links", "--state", "offered"]).contains("No links."));
    demo.shows(&["share", "renew", &share, "--title", "What we both did"]);
    assert!(there(&["share", "received"]).contains("What we both did"));
    demo.shows(&["share", "withdraw", &share]);
    assert!(there(&["share", "received"]).contains("Nothing is shared by them."));
    demo.shows(&["share", "add", visit]);
    let link = demo.json(&["share", "links"])["items"][0]["id"].as_str().expect("an id").to_owned();
    demo.shows(&["share", "unlink", &link]);
    assert!(there(&["share", "received"]).contains("Nothing is shared by them."));
    assert!(there(&["share", "links"]).contains("not linked back"));

    // Who shared what, when.
    let journal = demo.json(&["journal", "--limit", "100000"]);
    let told: Vec<&str> = journal
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|event| event["name"].as_str())
        .filter(|name| name.starts_with("link.") || name.starts_with("share."))
        .collect();
    let all = [
        "link.made",
        "share.made",
        "share.renewed",
        "share.withdrawn",
        "share.made",
        "share.withdrawn",
        "link.withdrawn",
    ];
    assert_eq!(told, all);
    demo.shows(&["audit", "verify"]);
}

#[test]
fn what_cannot_be_shared_is_refused_with_the_way_out() {
    let demo = Demo::build();
    let birmingham = programme(&demo, "Birmingham");
    let early = demo.run(&["share", "received"]);
    assert_eq!(early.exit, 3, "{early:?}");
    assert!(early.stderr.contains("share link PROGRAMME"), "{early:?}");
    demo.shows(&["share", "link", &birmingham, "--partnership", "Birmingham"]);
    let visits = demo.json(&["engagements", "list", "--partnership", "Birmingham"]);
    let visit = visits[0]["id"].as_str().expect("an engagement");
    let early = demo.run(&["share", "add", visit]);
    assert_eq!(early.exit, 4, "{early:?}");
    assert!(early.stderr.contains("has not linked back"), "{early:?}");
    let wrong = demo.run(&["share", "add", "Milan"]);
    assert_eq!(wrong.exit, 4, "{wrong:?}");
    assert!(wrong.stderr.contains("no id of an engagement, agreement, practice or adoption"), "{wrong:?}");
}
