//! Whatever is sent, the answer is a 4xx problem, never a 5xx, and nothing is stored.

use axum::body::Body;
use http::{HeaderValue, Request};
use sister_cities_domain::id::ProgrammeId;

use super::site::{Got, Site};
use super::story;

/// A header: its name, and the bytes of its value.
type Header = (&'static str, &'static [u8]);

async fn send(site: &Site, method: &str, url: &str, headers: &[(&str, &[u8])], body: Vec<u8>) -> Got {
    let mut request = Request::builder().method(method).uri(url).body(Body::from(body)).expect("a request");
    let token = format!("Bearer {}", site.admin);
    request.headers_mut().insert("authorization", token.parse().expect("a header"));
    for (name, value) in headers {
        let name: http::HeaderName = name.parse().expect("a name");
        request.headers_mut().append(name, HeaderValue::from_bytes(value).expect("a header value"));
    }
    site.raw(request).await
}

/// Everything that is stored of the programme, in numbers.
async fn stored(site: &Site, programme: ProgrammeId) -> String {
    let store = site.app.database().programme(programme);
    format!("{:?} {:?}", store.counts().await.expect("counts"), store.journal_end().await.expect("an end"))
}

fn refuses(cases: &[(&str, u16, Got)]) {
    for (what, expected, got) in cases {
        assert_eq!(got.status, *expected, "{what}: {}", got.text());
        let problem = got.problem();
        assert_eq!(problem.status, *expected, "{what}");
        let says_something = problem.detail.is_some() || !problem.errors.is_empty();
        assert!(says_something, "{what}: {}", got.text());
        for leak in ["panicked", "src/", "SELECT", "sqlite", "RUST", "0.1.0"] {
            assert!(!got.text().contains(leak), "{what} leaks {leak}: {}", got.text());
        }
    }
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table, a case a line")]
async fn bad_json_bodies_are_refused() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let before = stored(&site, story.programme).await;
    let url = format!("/v1/programmes/{}/places", story.programme);
    let deep =
        |open: &str, close: &str, n: usize| format!("{{\"names\":{}{}}}", open.repeat(n), close.repeat(n));
    let name = |text: &str| format!(r#"{{"names":[{{"text":{text},"role":"official"}}]}}"#);
    let good = r#""names":[{"text":"Oslo","role":"official"}]"#;
    let long_text = format!("\"{}\"", "x".repeat(201));
    let marks = format!("\"o{}\"", "\u{301}".repeat(200));
    let bodies: Vec<(&str, u16, Vec<u8>)> = vec![
        ("nothing", 400, Vec::new()),
        ("blank", 400, b"   \n".to_vec()),
        ("cut short", 400, b"{\"names\":[{\"text\":\"Os".to_vec()),
        ("null", 422, b"null".to_vec()),
        ("a number", 422, b"1".to_vec()),
        ("a text", 422, b"\"names\"".to_vec()),
        ("an array", 422, b"[]".to_vec()),
        ("two documents", 400, format!("{{{good}}} {{{good}}}").into_bytes()),
        ("trailing comma", 400, format!("{{{good},}}").into_bytes()),
        ("single quotes", 400, b"{'names':[]}".to_vec()),
        ("a comment", 400, format!("{{/* c */{good}}}").into_bytes()),
        ("NaN", 400, format!("{{{good},\"point\":{{\"latitude\":NaN,\"longitude\":0}}}}").into_bytes()),
        (
            "infinity",
            400,
            format!("{{{good},\"point\":{{\"latitude\":1e999,\"longitude\":0}}}}").into_bytes(),
        ),
        ("a duplicate key", 422, format!("{{{good},{good}}}").into_bytes()),
        ("an unknown key", 422, format!("{{{good},\"id\":\"plc_x\"}}").into_bytes()),
        ("a tenant smuggled in", 422, format!("{{{good},\"programme\":\"prg_x\"}}").into_bytes()),
        ("UTF-16", 400, "{}".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("a byte order mark", 400, [b"\xef\xbb\xbf".to_vec(), format!("{{{good}}}").into_bytes()].concat()),
        ("Latin-1", 400, b"{\"names\":[{\"text\":\"M\xfcnchen\",\"role\":\"official\"}]}".to_vec()),
        ("overlong UTF-8", 400, b"{\"names\":[{\"text\":\"\xc0\xaf\",\"role\":\"official\"}]}".to_vec()),
        ("a lone surrogate", 400, name(r#""\ud800""#).into_bytes()),
        ("NUL in a name", 422, name(r#""Os\u0000lo""#).into_bytes()),
        ("a raw control character", 400, name("\"Os\u{1}lo\"").into_bytes()),
        ("a line break in a name", 422, name(r#""Os\nlo""#).into_bytes()),
        ("a direction override", 422, name(r#""Os\u202elo""#).into_bytes()),
        ("only blanks", 422, name("\"   \"").into_bytes()),
        ("an empty name", 422, name("\"\"").into_bytes()),
        ("201 characters", 422, name(&long_text).into_bytes()),
        ("200 combining marks", 422, name(&marks).into_bytes()),
        ("65 levels of arrays", 400, deep("[", "]", 65).into_bytes()),
        ("100,000 levels", 400, "[".repeat(100_000).into_bytes()),
        ("60 levels", 422, deep("[", "]", 60).into_bytes()),
        ("20,000 members", 400, format!("{{\"names\":[{}0]}}", "0,".repeat(20_000)).into_bytes()),
        ("a number for a name", 422, name("5").into_bytes()),
        ("an object for a name", 422, name("{}").into_bytes()),
        ("null for a name", 422, name("null").into_bytes()),
        ("a country of three letters", 422, format!("{{{good},\"country\":\"NOR\"}}").into_bytes()),
        ("a country that is none", 422, format!("{{{good},\"country\":\"XX\"}}").into_bytes()),
        ("a zone of Windows", 422, format!("{{{good},\"zone\":\"W. Europe Standard Time\"}}").into_bytes()),
        (
            "a latitude past the pole",
            422,
            format!("{{{good},\"point\":{{\"latitude\":90.1,\"longitude\":0}}}}").into_bytes(),
        ),
        (
            "people below zero",
            422,
            format!("{{{good},\"population\":[{{\"people\":-1,\"source\":\"x\"}}]}}").into_bytes(),
        ),
        (
            "people in parts",
            422,
            format!("{{{good},\"population\":[{{\"people\":1.5,\"source\":\"x\"}}]}}").into_bytes(),
        ),
        (
            "people past 2^64",
            422,
            format!("{{{good},\"population\":[{{\"people\":1e30,\"source\":\"x\"}}]}}").into_bytes(),
        ),
        (
            "a geonames id past 2^32",
            422,
            format!("{{{good},\"external_ids\":{{\"geonames\":4294967296}}}}").into_bytes(),
        ),
        (
            "an item of Wikidata without Q",
            422,
            format!("{{{good},\"external_ids\":{{\"wikidata\":\"1297\"}}}}").into_bytes(),
        ),
        ("a month 13", 422, r#"{"names":[{"text":"Oslo","role":"official","from":"1991-13"}]}"#.into()),
        (
            "a 29 February that was not",
            422,
            r#"{"names":[{"text":"Oslo","role":"official","from":"1900-02-29"}]}"#.into(),
        ),
        ("a year of two digits", 422, r#"{"names":[{"text":"Oslo","role":"official","from":"91"}]}"#.into()),
        ("a year 0", 422, r#"{"names":[{"text":"Oslo","role":"official","from":"0000"}]}"#.into()),
        (
            "a period that ends before it begins",
            422,
            r#"{"names":[{"text":"Oslo","role":"official","from":"1999","to":"1998"}]}"#.into(),
        ),
        ("a word of another case", 422, r#"{"names":[{"text":"Oslo","role":"Official"}]}"#.into()),
    ];
    assert!(bodies.len() >= 40);
    let mut cases = Vec::new();
    for (what, status, body) in bodies {
        let got = send(&site, "POST", &url, &[("content-type", b"application/json")], body).await;
        cases.push((what, status, got));
    }
    refuses(&cases);
    assert_eq!(stored(&site, story.programme).await, before, "nothing is stored of what was refused");
}

#[tokio::test]
async fn bad_dates_money_and_references_are_refused() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let before = stored(&site, story.programme).await;
    let url = format!("/v1/programmes/{}/engagements", story.programme);
    let with = |field: &str, value: &str| {
        let mut fields = vec![
            ("partnership", format!("\"{}\"", story.partnership)),
            ("title", "\"Visit\"".to_owned()),
            ("foci", "[\"culture\"]".to_owned()),
            ("direction", "\"inbound\"".to_owned()),
        ];
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value.to_owned()));
        let fields: Vec<String> = fields.iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
        format!("{{{}}}", fields.join(","))
    };
    let cost = |amount: &str| with("costs", &format!("[{{\"party\":\"City\",\"amount\":\"{amount}\"}}]"));
    let bodies = [
        ("yen with decimals", cost("100.50 JPY")),
        ("dollars with three decimals", cost("1.001 USD")),
        ("a currency that is none", cost("1.00 ZZZ")),
        ("a comma", cost("1,00 EUR")),
        ("an amount past 2^63", cost("99999999999999999999.00 USD")),
        ("no currency", cost("100")),
        ("no focus", with("foci", "[]")),
        ("a focus with blanks", with("foci", "[\"Culture & Arts\"]")),
        ("a day that was not", with("start", "\"2023-02-30\"")),
        ("an instant for a date", with("start", "\"2023-02-03T00:00:00Z\"")),
        ("a week date", with("start", "\"2023-W05\"")),
        ("a German date", with("start", "\"03.02.2023\"")),
        ("an id of another kind", with("partnership", &format!("\"{}\"", story.host))),
        (
            "an id in capitals",
            with("partnership", &format!("\"{}\"", story.partnership.to_string().to_uppercase())),
        ),
        ("a partnership that is not there", with("partnership", "\"prt_01h455vb4pex5vsknk084sn02q\"")),
        ("301 characters of title", with("title", &format!("\"{}\"", "x".repeat(301)))),
        ("10,001 characters of outcome", with("outcomes", &format!("[\"{}\"]", "x".repeat(10_001)))),
        ("a direction that is none", with("direction", "\"sideways\"")),
    ];
    let mut cases = Vec::new();
    for (what, body) in bodies {
        let got =
            send(&site, "POST", &url, &[("content-type", b"application/json")], body.into_bytes()).await;
        cases.push((what, 422, got));
    }
    refuses(&cases);
    assert!(cases.iter().all(|(_, _, got)| !got.problem().errors.is_empty()), "each names its field");
    assert_eq!(stored(&site, story.programme).await, before);
}

#[tokio::test]
async fn bad_paths_and_list_parameters_are_refused() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let programme = format!("/v1/programmes/{}", story.programme);
    let urls: Vec<(u16, String)> = vec![
        (400, format!("{programme}/places?limit=0")),
        (400, format!("{programme}/places?limit=101")),
        (400, format!("{programme}/places?limit=-1")),
        (400, format!("{programme}/places?limit=1e1")),
        (400, format!("{programme}/places?limit=%2B5")),
        (400, format!("{programme}/places?limit=")),
        (400, format!("{programme}/places?limit=99999999999999999999")),
        (400, format!("{programme}/places?limit=5;drop")),
        (400, format!("{programme}/places?cursor=")),
        (400, format!("{programme}/places?cursor=../../etc/passwd")),
        (400, format!("{programme}/places?cursor={}", "A".repeat(3_000))),
        (400, format!("{programme}/places?Limit=5")),
        (400, format!("{programme}/places?limit[]=5")),
        (400, format!("{programme}/places?country=Norway")),
        (400, format!("{programme}/places?country=%00%00")),
        (400, format!("{programme}/places?country=%ff%fe")),
        (400, format!("{programme}/places?country=%")),
        (400, format!("{programme}/places?geonames=1.0")),
        (400, format!("{programme}/places?geonames=4294967296")),
        (400, format!("{programme}/places?identity=maybe")),
        (400, format!("{programme}/places?%6eam=x")),
        (400, format!("{programme}/partnerships?status=active")),
        (400, format!("{programme}/partnerships?sort=name;--")),
        (400, format!("{programme}/partnerships?place={}", story.partnership)),
        (400, format!("{programme}/engagements?from=2008-6-4")),
        (400, format!("{programme}/engagements?from=10000-01-01")),
        (400, format!("{programme}/engagements?from=0000-01-01")),
        (400, format!("{programme}/engagements?to=2008-02-30")),
        (400, format!("{programme}/engagements?to=%2B008-02-03")),
        (400, format!("{programme}/engagements?focus=%27%20OR%201=1")),
        (400, format!("{programme}/counts?as_of=tomorrow")),
        (400, format!("{programme}/counts?kind=no-such-kind")),
        (400, format!("{programme}/counts?{}", "kind=a&".repeat(101))),
        (400, format!("{programme}/counts?status=")),
        (400, format!("{programme}/vitality?as_of=2008")),
        (400, format!("{programme}/search")),
        (400, format!("{programme}/search?q=")),
        (400, format!("{programme}/search?q=%20%2A%20%22")),
        (400, format!("{programme}/search?q={}", "a".repeat(201))),
        (400, format!("{programme}/search?q=a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q")),
        (400, format!("{programme}/search?q=x&kind=token")),
        (400, format!("{programme}/search?q=x&cursor=AAAA")),
        (400, format!("{programme}/journal?after=-1")),
        (400, format!("{programme}/journal?after=0x10")),
        (400, format!("{programme}/partnerships/{}/vitality/timeline", story.partnership)),
        (
            400,
            format!(
                "{programme}/partnerships/{}/vitality/timeline?from=2008-01-01&to=2007-01-01",
                story.partnership
            ),
        ),
        (
            400,
            format!(
                "{programme}/partnerships/{}/vitality/timeline?from=0001-01-01&to=9999-12-31&step=month",
                story.partnership
            ),
        ),
        (400, "/v1/programmes/prg_".to_owned()),
        (400, "/v1/programmes/1".to_owned()),
        (400, format!("/v1/programmes/{}%00", story.programme)),
        (400, "/v1/programmes/%2e%2e".to_owned()),
        (400, "/v1/programmes/%ff".to_owned()),
        (400, format!("{programme}/places/{}", story.partnership)),
        (404, format!("{programme}/")),
        (404, format!("{programme}/places/{}/", story.host)),
        (404, format!("//v1/programmes/{}", story.programme)),
        (404, "/V1/programmes".to_owned()),
        (404, "/".to_owned()),
    ];
    assert!(urls.len() >= 40);
    for (expected, url) in urls {
        let got = send(&site, "GET", &url, &[], Vec::new()).await;
        refuses(&[(url.as_str(), expected, got)]);
    }
}

#[tokio::test]
async fn odd_headers_are_refused_or_carried_unharmed() {
    let site = Site::new().await;
    let story = story::tell(&site).await;
    let places = format!("/v1/programmes/{}/places", story.programme);
    let json: Header = ("content-type", b"application/json");
    let body = br#"{"names":[{"text":"Oslo","role":"official"}]}"#.to_vec();
    let cases: [(&str, u16, &[Header]); 16] = [
        ("no media type", 415, &[]),
        ("another media type", 415, &[("content-type", b"text/json")]),
        ("UTF-16 for JSON", 415, &[("content-type", b"application/json; charset=UTF-16")]),
        ("Latin-1 for JSON", 415, &[("content-type", b"application/json;charset=\"iso-8859-1\"")]),
        ("a charset nobody knows", 415, &[("content-type", b"application/json; charset=x")]),
        ("bytes for a media type", 415, &[("content-type", b"\xff\xfe")]),
        ("a packed body", 415, &[json, ("content-encoding", b"gzip")]),
        ("an empty key", 400, &[json, ("idempotency-key", b"")]),
        ("two keys", 400, &[json, ("idempotency-key", b"a"), ("idempotency-key", b"b")]),
        ("a key in UTF-8", 400, &[json, ("idempotency-key", "ключ".as_bytes())]),
        ("two tokens", 401, &[json, ("authorization", b"Bearer x")]),
        ("nothing acceptable", 406, &[json, ("accept", b"image/*;q=1, application/json;q=0")]),
        ("a parameter in the media type", 201, &[("content-type", b"application/json; charset=utf-8")]),
        ("UTF-8 in quotes", 201, &[("content-type", b"Application/JSON; Charset=\"UTF8\"")]),
        ("anything acceptable", 201, &[json, ("accept", b"text/html, */*;q=0.1")]),
        ("bytes in a header nobody reads", 201, &[json, ("x-anything", b"\xff\xfe")]),
    ];
    for (what, expected, headers) in cases {
        let got = send(&site, "POST", &places, headers, body.clone()).await;
        assert_eq!(got.status, expected, "{what}: {}", got.text());
        if expected >= 400 {
            assert_eq!(got.problem().status, expected, "{what}");
        }
    }
}
