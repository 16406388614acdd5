//! The channel: connections to a mail server, kept while they are used, each with a time within which it has to answer.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use governor::{DefaultDirectRateLimiter, Quota, RateLimiter};
use lettre::Address;
use lettre::message::Message;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, AsyncTokioStream, Certificate, TlsParameters};
use lettre::transport::smtp::extension::{ClientId, Extension};
use rustls::pki_types::ServerName;
use secrecy::ExposeSecret as _;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;

use super::answer::{Phase, quoted, send_error, unreachable, untrusted};
use super::config::{InvalidSmtpConfig, SmtpConfig, SmtpSecurity};
use super::stream::{Bounded, Budget, tls_connector};
use super::{Mail, mime};
use crate::{Channel, Receipt, SendError, SendFuture, Sending};

/// After how long without use a connection is closed: servers do it after some minutes, and some without a word.
const IDLE_AT_MOST: Duration = Duration::from_secs(30);
/// After how long without use a connection is asked whether it is still there.
const ASKED_AFTER: Duration = Duration::from_secs(1);

/// Gives mails to a mail server, over connections that are kept for the next.
///
/// `Ok` means that the server took the mail over; whether it arrives is between that server and the recipient's. A refused login or
/// a certificate that is not trusted is [`SendError::Temporary`]: it says nothing about the mail, and an operator mends it.
pub struct SmtpChannel {
    config: SmtpConfig,
    security: Security,
    hello: ClientId,
    idle: Mutex<Vec<Connection>>,
    connections: Semaphore,
    pace: DefaultDirectRateLimiter,
}

/// A connection, and when it was last used.
struct Connection {
    smtp: AsyncSmtpConnection,
    budget: Budget,
    since: Instant,
}

/// How the way is kept secret, with what that takes.
enum Security {
    Tls(TlsConnector, ServerName<'static>),
    StartTls(TlsParameters),
    Nothing,
}

impl fmt::Debug for SmtpChannel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpChannel").field("config", &self.config).finish_non_exhaustive()
    }
}

impl SmtpChannel {
    /// A channel. Nothing is connected yet.
    ///
    /// # Errors
    ///
    /// [`InvalidSmtpConfig`] if a password would be sent in clear, or an authority's certificate is none.
    pub fn new(config: SmtpConfig) -> Result<Self, InvalidSmtpConfig> {
        let host = config.server.host().to_owned();
        let security = match config.server.security() {
            SmtpSecurity::Tls => {
                let name = ServerName::try_from(host)
                    .map_err(|error| InvalidSmtpConfig::Tls { detail: error.to_string() })?;
                Security::Tls(tls_connector(&config.authorities)?, name)
            }
            SmtpSecurity::StartTls => Security::StartTls(tls_parameters(&config)?),
            SmtpSecurity::Nothing if config.login.is_some() => {
                return Err(InvalidSmtpConfig::LoginInClear { host });
            }
            SmtpSecurity::Nothing => Security::Nothing,
        };
        Ok(Self {
            security,
            hello: ClientId::default(),
            idle: Mutex::new(Vec::new()),
            connections: Semaphore::new(config.connections.max(1)),
            pace: RateLimiter::direct(Quota::per_second(config.per_second)),
            config,
        })
    }

    async fn send_within_limits(&self, sending: Sending<Mail>) -> Result<Receipt, SendError> {
        let message = mime::message(&sending.message, sending.delivery, sending.at, &self.config.from)
            .map_err(|error| SendError::Permanent { detail: error.to_string(), status: None })?;
        // Whatever is waited for is dropped when the time is over, and a connection with it.
        timeout(self.config.session_timeout, self.converse(&message)).await.unwrap_or_else(|_| {
            let seconds = self.config.session_timeout.as_secs();
            let detail = format!("the mail server did not answer within {seconds} s");
            Err(SendError::Temporary { detail, status: None, retry_after: None })
        })
    }

    async fn converse(&self, message: &Message) -> Result<Receipt, SendError> {
        // The semaphore is never closed.
        let _permit = self.connections.acquire().await;
        self.pace.until_ready().await;
        let mut connection = match self.kept().await {
            Some(connection) => connection,
            None => self.open().await?,
        };
        let is_ascii = |address: &Address| AsRef::<str>::as_ref(address).is_ascii();
        let needs_other_scripts = !message.envelope().to().iter().all(is_ascii);
        if needs_other_scripts && !connection.smtp.server_info().supports_feature(Extension::SmtpUtfEight) {
            self.keep(connection);
            let detail =
                "the mail server takes no address with letters other than Latin (SMTPUTF8)".to_owned();
            return Err(SendError::Permanent { detail, status: None });
        }
        let answer = connection
            .smtp
            .send(message.envelope(), &message.formatted())
            .await
            .map_err(|error| send_error(Phase::Mail, &error))?;
        self.keep(connection);
        Ok(Receipt {
            status: Some(answer.code().into()),
            answer: answer.first_line().map(quoted).filter(|line| !line.is_empty()),
        })
    }

    async fn open(&self) -> Result<Connection, SendError> {
        let server = &self.config.server;
        let budget = Budget::new();
        let address = (server.host(), server.port());
        let connected = timeout(self.config.connect_timeout, TcpStream::connect(address)).await;
        let Ok(Ok(socket)) = connected else { return Err(unreachable()) };
        // A mail is written in several pieces: the last must not wait until the server has acknowledged those before.
        socket.set_nodelay(true).map_err(|_| unreachable())?;
        let peer = socket.peer_addr().map_err(|_| unreachable())?;
        let stream: Box<dyn AsyncTokioStream> = match &self.security {
            Security::Tls(connector, name) => {
                let secret = connector.connect(name.clone(), socket).await.map_err(|_| untrusted())?;
                Box::new(Bounded::new(secret, peer, budget.clone()))
            }
            Security::StartTls(_) | Security::Nothing => Box::new(Bounded::new(socket, peer, budget.clone())),
        };
        let opening = |error| send_error(Phase::Opening, &error);
        let mut smtp =
            AsyncSmtpConnection::connect_with_transport(stream, &self.hello).await.map_err(opening)?;
        if let Security::StartTls(tls) = &self.security {
            smtp.starttls(tls.clone(), &self.hello).await.map_err(opening)?;
        }
        if let Some(login) = &self.config.login {
            let credentials = Credentials::new(login.user.clone(), login.password.expose_secret().to_owned());
            smtp.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(opening)?;
        }
        Ok(Connection { smtp, budget, since: Instant::now() })
    }

    /// A connection that is still there.
    async fn kept(&self) -> Option<Connection> {
        loop {
            let mut connection = self.lock().pop()?;
            connection.budget.refill();
            let unused = connection.since.elapsed();
            if unused < ASKED_AFTER || (unused < IDLE_AT_MOST && connection.smtp.test_connected().await) {
                return Some(connection);
            }
        }
    }

    fn keep(&self, connection: Connection) {
        if !connection.smtp.has_broken() {
            self.lock().push(Connection { since: Instant::now(), ..connection });
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tls_parameters(config: &SmtpConfig) -> Result<TlsParameters, InvalidSmtpConfig> {
    let refused =
        |error: lettre::transport::smtp::Error| InvalidSmtpConfig::Tls { detail: error.to_string() };
    let mut builder = TlsParameters::builder(config.server.host().to_owned());
    for authority in &config.authorities {
        builder = builder.add_root_certificate(Certificate::from_pem(authority).map_err(refused)?);
    }
    builder.build().map_err(refused)
}

impl Channel for SmtpChannel {
    type Message = Mail;

    fn send(&self, sending: Sending<Mail>) -> SendFuture<'_> {
        self.send_within_limits(sending).boxed()
    }
}
