//! All settings, each declared once.

use std::net::{Ipv4Addr, SocketAddr};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use sister_cities_domain::value::{EmailAddress, Name};
use sister_cities_notification::email::SmtpServer;
use sister_cities_notification::message::ProductAddress;
use sister_cities_storage::Opening;
use sister_cities_storage::archive::LONGEST_DOCUMENT;

use super::declare::{Shape, settings};
use crate::config::TrustedProxies;
use crate::cross_origin::AllowedOrigin;

const KIB: u64 = 1 << 10;
const MIB: u64 = 1 << 20;
const GIB: u64 = 1 << 30;
const SECOND: Duration = Duration::from_secs(1);
const DAY: Duration = Duration::from_hours(24);

const fn time(least: Duration, most: Duration) -> Shape {
    Shape::Time { least, most }
}

const fn bytes(least: u64, most: u64) -> Shape {
    Shape::Bytes { least, most }
}

const fn count(least: u64, most: u64) -> Shape {
    Shape::Count { least, most }
}

const fn not_zero(number: u32) -> NonZeroU32 {
    NonZeroU32::new(number).expect("the defaults are not zero")
}

const A_FILE: Shape = Shape::Text("a path");

settings! {
    /// How the server is reached.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct ServeSettings in "" {
        /// Address and port to listen on; port 0 takes any free one.
        listen: SocketAddr = SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
            Shape::Text("an IP address and a port, such as 127.0.0.1:8080 or [::1]:8080");
        /// Address and port on which `/metrics` is answered, instead of beside the API where whoever reaches that can read it.
        metrics_listen: Option<SocketAddr> = None, Shape::Text("an IP address and a port, such as 127.0.0.1:9464");
        /// Proxies that are believed when they say whose requests they pass on.
        trusted_proxies: TrustedProxies = TrustedProxies::default(),
            Shape::List("an IP address or a network, such as 127.0.0.1 or 10.0.0.0/8");
        /// Origins whose pages may ask from within a browser (CORS); without one, none may.
        cross_origin: Vec<AllowedOrigin> = Vec::new(), Shape::List("an origin, such as https://map.example.org, or *");
        /// Connections to a database on a server, at most; one more listens. All servers and workers on it together need fewer than its `max_connections`.
        database_connections: usize = Opening::CONNECTIONS, count(1, 1_000);
        /// The file with the key that seals cursors, 64 hexadecimal digits, if it is not to be the one that the database has for all
        /// servers on it.
        cursor_key_file: Option<PathBuf> = None, A_FILE;
    }
}

settings! {
    /// How people and programs are told.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct MessageSettings in "" {
        /// Where people and programs reach the server: what links in messages begin with.
        public_url: ProductAddress = "http://127.0.0.1:8080".parse().expect("an address"),
            Shape::Text("http:// or https:// and a host, without user, query and fragment");
        /// The mail server; without one nobody gets mail.
        smtp: Option<SmtpServer> = None,
            Shape::Text("smtps://HOST, smtp://HOST (STARTTLS) or smtp://HOST?tls=none, without user and password");
        /// The address that mail comes from.
        mail_from: Option<EmailAddress> = None, Shape::Text("an e-mail address");
        /// The name that mail comes from.
        mail_from_name: Option<Name> = None, Shape::Text("a name");
        /// As whom the mail server lets us in.
        smtp_user: Option<String> = None, Shape::Text("a user");
        /// The file with the password for that.
        smtp_password_file: Option<PathBuf> = None, A_FILE;
        /// A file with the certificate (PEM) of an authority that the mail server is trusted by, besides those of the machine.
        smtp_authority_file: Option<PathBuf> = None, A_FILE;
        /// Networks to which webhooks may go although they are none of the open internet.
        webhook_network: Vec<IpNet> = Vec::new(), Shape::List("a network, such as 10.1.0.0/16");
        /// Let webhooks go without TLS too.
        webhook_http: bool = false, Shape::Switch;
        /// A folder with messages in the words of the office: DE/messages.ftl and so on.
        messages: Option<PathBuf> = None, Shape::Text("a path");
    }
}

settings! {
    /// What is logged, and how. The log goes to standard error.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct LogSettings in "log." {
        /// Which lines are written: a level, or levels of parts as `tracing` reads them. In the environment `RUST_LOG` says so too.
        filter: String = "info".to_owned(), Shape::Text("error, warn, info, debug or trace, or PART=LEVEL with commas between them");
        /// How a line is written: for people, or as JSON for programs.
        format: LogFormat = LogFormat::Text, Shape::Text("text or json");
    }
}

/// How a line of the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a program that logs has to know all")]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

settings! {
    /// What a caller may use up.
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Limits in "limits." {
        /// How long a connection may take to send the head of a request, and how long it may idle between two.
        header_read: Duration = Duration::from_secs(10), time(SECOND, Duration::from_mins(10));
        /// How long a request may take, its body and the work included.
        request: Duration = Duration::from_secs(30), time(SECOND, Duration::from_hours(1));
        /// How long accepted requests may take to finish once the server is to stop.
        shutdown_grace: Duration = Duration::from_secs(30), time(Duration::ZERO, Duration::from_mins(10));
        /// How long a client may take to read an answer, beside what 16 KiB a second allow.
        send: Duration = Duration::from_secs(30), time(SECOND, Duration::from_mins(10));
        /// How long a connection may stay, whatever goes over it.
        connection_life: Duration = Duration::from_hours(1), time(Duration::from_secs(10), DAY);
        /// Requests over one connection.
        requests_per_connection: u32 = 10_000, count(1, 1_000_000);
        /// Connections at a time.
        connections: usize = 1_024, count(16, 65_536);
        /// Connections at a time from one address.
        connections_per_address: usize = 64, count(1, 65_536);
        /// Bytes of a JSON body.
        json_body: usize = 1 << 20, bytes(KIB, 64 * MIB);
        /// Bytes of an uploaded file.
        file_body: usize = 5 << 20, bytes(KIB, LONGEST_DOCUMENT);
        /// Bytes of the bodies of all requests at once.
        bodies: usize = 32 << 20, bytes(MIB, 4 * GIB);
        /// Bytes of path and query.
        url: usize = 8 << 10, bytes(256, 64 * KIB);
        /// Bytes of a request's head.
        head: usize = 32 << 10, bytes(8 * KIB, 256 * KIB);
        /// Requests that a token may make at once.
        burst: NonZeroU32 = not_zero(100), count(1, 1_000_000);
        /// Requests a second that a token may make in the long run.
        requests_per_second: NonZeroU32 = not_zero(20), count(1, 1_000_000);
        /// Requests worked on at once that reckon with many records.
        reports: usize = 3, count(1, 1_024);
        /// Of these, of one token.
        reports_per_token: usize = 2, count(1, 1_024);
        /// Requests worked on at once that read a file or write many records; the largest takes up to 150 MiB.
        files: usize = 1, count(1, 64);
        /// Of these, of one token.
        files_per_token: usize = 1, count(1, 64);
        /// Requests with a wrong token that an address may make at once; after that, one every three seconds.
        failed_logins: NonZeroU32 = not_zero(20), count(1, 10_000);
        /// Bytes of files that a programme keeps: of imports with what is said of their lines, and of agreements.
        kept_files: u64 = 1 << 30, bytes(10 * MIB, 1_024 * GIB);
        /// How long the reply to an idempotency key is kept.
        idempotency: Duration = DAY, time(Duration::from_mins(1), Duration::from_hours(24 * 30));
    }
}

impl Limits {
    /// The defaults, but for a caller that is this process itself: it need not be held back, and may work long.
    #[must_use]
    pub(crate) fn for_one_process() -> Self {
        Self {
            burst: not_zero(100_000),
            requests_per_second: not_zero(100_000),
            request: Duration::from_mins(10),
            // The other end may be busy with what it read before.
            header_read: Duration::from_mins(10),
            requests_per_connection: u32::MAX,
            connection_life: DAY,
            reports: 64,
            reports_per_token: 64,
            files: 4,
            files_per_token: 4,
            shutdown_grace: Duration::from_secs(5),
            ..Self::default()
        }
    }
}
