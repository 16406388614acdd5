//! Two servers on one PostgreSQL behind a reverse proxy, Debian's nginx, as an office has them: `docs/operations/tls.md` without the certificates.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use secrecy::ExposeSecret as _;
use serde_json::Value as Json;
use sister_cities_client::api::place::PlaceBody;
use sister_cities_domain::access::Scope;
use sister_cities_server::{Limits, ServerConfig};
use sister_cities_storage::Database;
use sister_cities_storage::testing::database;
use sister_cities_tests::{World, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

const PLACES: usize = 12;
const NGINX: &str = "/usr/sbin/nginx";

/// A proxy that goes when this does.
struct Proxy {
    process: Child,
    address: SocketAddr,
    _folder: tempfile::TempDir,
}

impl Proxy {
    /// Begins to pass requests on to these servers, in turns.
    fn before(servers: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let free = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = free.local_addr().expect("an address").port();
        drop(free);
        let servers: Vec<String> =
            servers.iter().map(|at| format!("server {};", at.trim_start_matches("http://"))).collect();
        let servers = servers.concat();
        let here = folder.path().display();
        let settings = format!(
            "daemon off; master_process off; pid {here}/pid; error_log {here}/error.log;
             events {{ worker_connections 64; }}
             http {{
                 access_log off;
                 client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fastcgi;
                 uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
                 client_max_body_size 6m;
                 upstream sister_cities {{ {servers} }}
                 server {{
                     listen 127.0.0.1:{port};
                     location / {{
                         proxy_pass http://sister_cities;
                         proxy_http_version 1.1;
                         proxy_set_header Connection \"\";
                         proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                         # A server that is being started anew is passed by.
                         proxy_next_upstream error timeout;
                     }}
                 }}
             }}"
        );
        std::fs::write(folder.path().join("nginx.conf"), settings).expect("written");
        let process = Command::new(NGINX)
            .args(["-p", &here.to_string(), "-c", "nginx.conf", "-e", "error.log"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it runs");
        let proxy = Self { process, address: SocketAddr::from(([127, 0, 0, 1], port)), _folder: folder };
        while std::net::TcpStream::connect(proxy.address).is_err() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        proxy
    }

    /// What is answered to somebody at that address of this machine: the status, and the JSON.
    async fn answer(&self, from: &str, token: &str, path: &str) -> (u16, Json) {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::new(from.parse().expect("an address"), 0)).expect("bound");
        let mut stream = socket.connect(self.address).await.expect("connected");
        // The older version, so that the answer ends with the connection.
        let head = format!("GET {path} HTTP/1.0\r\nHost: office\r\nAuthorization: Bearer {token}\r\n\r\n");
        stream.write_all(head.as_bytes()).await.expect("written");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("an answer");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, serde_json::from_str(body).expect("JSON"))
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// P25, P26: what holds for one server holds for two behind a proxy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_a_proxy_two_servers_are_one_and_know_their_clients_through_a_restart() {
    if !Path::new(NGINX).exists() {
        eprintln!("there is no nginx here: nothing was shown");
        return;
    }
    let Some(found) = database().await else { return };
    let config = || {
        let mut limits = Limits::default();
        limits.failed_logins = 3.try_into().expect("not zero");
        ServerConfig::loopback().with_limits(limits).with_proxies("127.0.0.1".parse().expect("a proxy"))
    };
    let day = "2026-11-20";
    let mut first = World::set_up(Database::new(found.open().await), day, 1956, config()).await;
    let second = World::set_up(Database::new(found.open().await), day, 1960, config()).await;
    let proxy = Proxy::before(&[first.base_url(), second.base_url()]);
    let programme = first.programme("Chicago", "US", 4_887_398).await.id;
    let token = first.token(None, [Scope::Admin]).await;
    let office = first.client_by(token.clone());
    for number in 0..PLACES {
        let city = serde_json::json!({ "text": format!("City {number:02}"), "role": "official" });
        let body: PlaceBody = json(&serde_json::json!({ "names": [city], "country": "NO" }));
        office.programme(programme).places().create(body).await.expect("a place");
    }
    let token = token.expose_secret();

    // Each page from the next server, and one of them is started anew in the middle.
    let list = format!("/v1/programmes/{programme}/places?limit=2");
    let (mut names, mut pages, mut next) = (Vec::new(), 0, list.clone());
    loop {
        let (status, page) = proxy.answer("127.0.0.2", token, &next).await;
        assert_eq!(status, 200, "{page}");
        let items = page["items"].as_array().expect("items");
        names.extend(items.iter().map(|place| place["display_name"].as_str().expect("a name").to_owned()));
        pages += 1;
        if pages == 3 {
            first.restart_in_place().await;
        }
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        next = format!("{list}&cursor={cursor}");
    }
    let all: Vec<String> =
        std::iter::once("Chicago".to_owned()).chain((0..PLACES).map(|n| format!("City {n:02}"))).collect();
    assert_eq!((names, pages), (all, 7));

    // Who tries tokens is braked at both servers, and nobody else is.
    let path = format!("/v1/programmes/{programme}");
    let mut statuses = Vec::new();
    for _ in 0..20 {
        statuses.push(proxy.answer("127.0.0.3", "scp_wrong", &path).await.0);
    }
    assert_eq!(statuses[..6], [401; 6], "three at each server: {statuses:?}");
    assert!(statuses.contains(&429) && statuses.iter().all(|one| [401, 429].contains(one)), "{statuses:?}");
    assert_eq!(proxy.answer("127.0.0.4", "scp_wrong", &path).await.0, 401, "another address is not braked");
    assert_eq!(proxy.answer("127.0.0.3", token, &path).await.0, 200, "nor is a right token");
}
