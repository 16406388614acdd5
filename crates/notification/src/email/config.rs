//! By which mail server mails are sent, as whom, and within which limits.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

use secrecy::SecretString;
use url::{Host, Url};

use super::Mailbox;

/// How the way to a mail server is kept secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "SMTP knows these ways")]
pub enum SmtpSecurity {
    /// From the first byte.
    Tls,
    /// From the `STARTTLS` on, without which nothing is sent.
    StartTls,
    /// Not at all: for a server on the same machine.
    Nothing,
}

/// A mail server: `smtps://mail.example.org` (TLS, port 465), `smtp://mail.example.org` (STARTTLS, port 587) or
/// `smtp://localhost:25?tls=none`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpServer {
    host: String,
    port: u16,
    security: SmtpSecurity,
}

/// Why the settings of a mail server are refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidSmtpConfig {
    /// It is no mail server.
    #[error(
        "no mail server is named by this; expected smtps://HOST for TLS, smtp://HOST for STARTTLS or smtp://HOST?tls=none, each \
         with a :PORT if it is not 465, 587 or 25"
    )]
    Server,
    /// It holds a user or a password.
    #[error("a user and a password stand beside the address of a mail server, not in it")]
    LoginInServer,
    /// A password would be sent in clear.
    #[error("a password is not sent to {host} without TLS; expected smtps:// or smtp:// without tls=none")]
    LoginInClear {
        /// The mail server.
        host: String,
    },
    /// What TLS needs is not to be had.
    #[error("TLS cannot be set up: {detail}")]
    Tls {
        /// Why not.
        detail: String,
    },
}

impl SmtpServer {
    /// Its name or number.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// How the way to it is kept secret.
    #[must_use]
    pub const fn security(&self) -> SmtpSecurity {
        self.security
    }
}

/// As it is read, with its port.
impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, query) = match self.security {
            SmtpSecurity::Tls => ("smtps", ""),
            SmtpSecurity::StartTls => ("smtp", ""),
            SmtpSecurity::Nothing => ("smtp", "?tls=none"),
        };
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        write!(f, "{scheme}://{host}:{}{query}", self.port)
    }
}

impl FromStr for SmtpServer {
    type Err = InvalidSmtpConfig;

    fn from_str(text: &str) -> Result<Self, InvalidSmtpConfig> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidSmtpConfig::Server)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidSmtpConfig::LoginInServer);
        }
        let (security, port) = match (url.scheme(), url.query()) {
            ("smtps", None) => (SmtpSecurity::Tls, 465),
            ("smtp", None) => (SmtpSecurity::StartTls, 587),
            ("smtp", Some("tls=none")) => (SmtpSecurity::Nothing, 25),
            _ => return Err(InvalidSmtpConfig::Server),
        };
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(InvalidSmtpConfig::Server);
        }
        let host = match Host::parse(url.host_str().unwrap_or_default()) {
            Ok(Host::Ipv6(address)) => address.to_string(),
            Ok(host) => host.to_string(),
            Err(_) => return Err(InvalidSmtpConfig::Server),
        };
        Ok(Self { host, port: url.port().unwrap_or(port), security })
    }
}

/// As whom one is let in.
#[derive(Clone)]
#[expect(clippy::exhaustive_structs, reason = "a user and a password are all there is to it")]
pub struct Login {
    /// The user.
    pub user: String,
    /// The password.
    pub password: SecretString,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login").field("user", &self.user).field("password", &"***").finish()
    }
}

/// By which mail server mails are sent, as whom, and within which limits.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SmtpConfig {
    /// The mail server.
    pub server: SmtpServer,
    /// As whom it lets us in, if it asks.
    pub login: Option<Login>,
    /// Who sends. The domain of the address stands in each `Message-ID`.
    pub from: Mailbox,
    /// Certificates of authorities, in PEM, that are trusted besides those of the machine: that of an office's own server.
    pub authorities: Vec<Vec<u8>>,
    /// The most connections at once. Each takes one mail at a time.
    pub connections: usize,
    /// The most mails in a second.
    pub per_second: NonZeroU32,
    /// The longest that a connection may take to be made.
    pub connect_timeout: Duration,
    /// The longest that a mail may take, from waiting for a connection to the server's answer.
    pub session_timeout: Duration,
}

impl SmtpConfig {
    /// The mails in a second that most servers take from one sender without asking back.
    const PER_SECOND: NonZeroU32 = NonZeroU32::new(5).expect("it is not zero");

    /// A server and a sender, with the limits that most servers are content with: four connections, five mails a second, ten
    /// seconds to connect, a minute for a mail.
    #[must_use]
    pub const fn new(server: SmtpServer, from: Mailbox) -> Self {
        Self {
            server,
            login: None,
            from,
            authorities: Vec::new(),
            connections: 4,
            per_second: Self::PER_SECOND,
            connect_timeout: Duration::from_secs(10),
            session_timeout: Duration::from_mins(1),
        }
    }
}
