//! What is around every answer: links to read on, packing, browsers of other origins, and the pages for who builds against the API.

use std::io::Read as _;
use std::net::SocketAddr;

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};
use sister_cities_api::place::{CreatePlace, ListPlaces, ListPlacesQuery};
use sister_cities_api::programme::{CreateProgramme, ProgrammePath};
use sister_cities_api::{NoBody, NoParameters, PageLimit, ProblemKind, registry};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::site::{Site, request};
use super::story::{body, chicago};
use crate::config::ServerConfig;
use crate::server::Server;

async fn with_places(site: &Site, count: usize) -> ProgrammePath {
    let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    let path = ProgrammePath { programme: made.id };
    for number in 0..count {
        let place = json!({ "names": [{ "text": format!("Place {number:02}"), "role": "official" }], "country": "NO" });
        site.ask::<CreatePlace>(&path, &NoParameters, &body(&place)).await;
    }
    path
}

#[tokio::test]
async fn a_page_links_to_the_next_one_with_the_same_filters_until_there_is_none() {
    let site = Site::new().await;
    let path = with_places(&site, 4).await;
    let query = ListPlacesQuery {
        limit: PageLimit::new(3),
        country: "NO".parse().ok(),
        ..ListPlacesQuery::default()
    };
    let mut asked = request::<ListPlaces>(&path, &query, &NoBody);
    let first = site.send(&asked).await;
    let link = first.header("link").expect("a link");
    asked.url =
        link.strip_prefix('<').and_then(|rest| rest.strip_suffix(">; rel=\"next\"")).expect(link).to_owned();
    assert!(asked.url.contains("country=NO") && asked.url.contains("limit=3"), "{}", asked.url);
    let second = site.send(&asked).await;
    assert_eq!(second.reply::<ListPlaces>().items.len(), 1);
    assert_eq!(second.header("link"), None);
}

#[tokio::test]
async fn what_is_long_is_packed_for_who_takes_it_and_what_has_a_tag_never() {
    let site = Site::new().await;
    let path = with_places(&site, 20).await;
    let get = async |url: &str, accepts: &str| {
        let request = Request::builder().uri(url).header("accept-encoding", accepts);
        let request = request.header("authorization", format!("Bearer {}", site.admin));
        site.raw(request.body(Body::empty()).expect("a request")).await
    };
    let url = request::<ListPlaces>(&path, &ListPlacesQuery::default(), &NoBody).url;
    let (plain, packed) = (get(&url, "identity").await, get(&url, "gzip").await);
    assert_eq!((plain.header("content-encoding"), packed.header("content-encoding")), (None, Some("gzip")));
    assert!(
        packed
            .headers
            .get_all("vary")
            .iter()
            .any(|vary| vary.as_bytes().eq_ignore_ascii_case(b"accept-encoding"))
    );
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(&packed.bytes[..]).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(unpacked, plain.bytes);
    assert!(packed.bytes.len() * 4 < plain.bytes.len(), "{} of {}", packed.bytes.len(), plain.bytes.len());
    let tagged = get(&format!("/v1/programmes/{}", path.programme), "gzip").await;
    assert!(tagged.header("etag").is_some() && tagged.header("content-encoding").is_none());
}

#[tokio::test]
async fn a_browser_of_an_allowed_origin_is_answered_and_no_other() {
    let config = ServerConfig::loopback()
        .with_limits(Site::generous())
        .with_cross_origin(vec!["https://map.example.org".parse().expect("an origin")]);
    let site = Site::with_config(&config).await;
    let ask = async |method: Method, origin: &str| {
        let request = Request::builder().method(method).uri("/v1/programmes").header("origin", origin);
        let request = request.header("access-control-request-method", "GET");
        site.raw(request.body(Body::empty()).expect("a request")).await
    };
    let allowed = ask(Method::OPTIONS, "https://map.example.org").await;
    assert_eq!(allowed.status, 200, "without a token, as browsers ask");
    assert_eq!(allowed.header("access-control-allow-origin"), Some("https://map.example.org"));
    assert!(
        allowed.header("access-control-allow-headers").is_some_and(|headers| headers.contains("if-match"))
    );
    let answered = ask(Method::GET, "https://map.example.org").await;
    assert_eq!(answered.status, 401);
    assert!(answered.header("access-control-expose-headers").is_some_and(|headers| headers.contains("etag")));
    let foreign = ask(Method::OPTIONS, "https://elsewhere.example").await;
    assert_eq!(foreign.header("access-control-allow-origin"), None);
    let nobody = Site::new().await.open("/v1/programmes", None).await;
    assert_eq!(nobody.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn the_pages_name_every_operation_and_every_problem_and_need_nothing_from_elsewhere() {
    let site = Site::new().await;
    let document = site.open("/openapi.json", None).await;
    let document: Value = serde_json::from_slice(&document.bytes).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    let (operations, problems) = (site.open("/docs", None).await, site.open("/problems", None).await);
    for endpoint in registry() {
        assert!(
            operations.text().contains(&format!("<details id=\"{}\">", endpoint.name)),
            "{}",
            endpoint.name
        );
    }
    for kind in ProblemKind::ALL {
        assert!(problems.text().contains(kind.uri()), "{}", kind.uri());
    }
    for page in [operations, problems] {
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        for foreign in ["http://", "<script", "`"] {
            assert!(!page.text().contains(foreign), "{foreign}");
        }
    }
    let refused = site.open("/v1/programmes", None).await;
    assert_eq!(refused.header("link"), Some("</problems#unauthenticated>; rel=\"help\""));
}

#[tokio::test]
async fn metrics_with_an_address_of_their_own_are_answered_there_and_nowhere_else() {
    let app = Site::new().await.app;
    let anywhere = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = ServerConfig::new(anywhere).with_metrics_address(Some(anywhere));
    let server = Server::bind(config, app).await.expect("free ports");
    let (api, metrics) = (server.address(), server.metrics_address().expect("an address"));
    let stop = CancellationToken::new();
    let serving = tokio::spawn(server.serve(stop.clone().cancelled_owned()));
    let status = async |address: SocketAddr, path: &str| {
        let mut stream = TcpStream::connect(address).await.expect("a connection");
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        answer.split(' ').nth(1).map(str::to_owned)
    };
    assert_eq!(status(metrics, "/metrics").await.as_deref(), Some("200"));
    assert_eq!(status(metrics, "/livez").await.as_deref(), Some("404"), "the API is not there");
    assert_eq!(status(api, "/metrics").await.as_deref(), Some("404"));
    assert_eq!(status(api, "/livez").await.as_deref(), Some("200"));
    stop.cancel();
    serving.await.expect("it ends in peace");
}
