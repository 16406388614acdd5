//! The way to a server: what its URL says of encryption, and which servers are trusted.
//!
//! The driver reads all of a URL but `sslmode`, `sslrootcert` and `service`, which are read here. There is no encryption without knowing
//! whom one speaks to: `require` means what `verify-full` means.

use std::sync::Arc;

use deadpool_postgres::{Manager, ManagerConfig, RecyclingMethod};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::OpenError;
use super::libpq::Surroundings;
use crate::error::with_causes;

const MODES: &str = "disable, require or verify-full";

/// A conversation that was just begun, and what carries it.
pub(super) type Begun = (Client, Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>);

/// How a server is reached.
#[derive(Clone)]
pub(super) struct Address {
    /// All but the encryption.
    pub(super) config: Config,
    tls: MakeRustlsConnect,
}

/// What a URL says of encryption.
#[derive(Debug, Default, PartialEq, Eq)]
struct Demand {
    mode: Option<String>,
    roots: Option<String>,
    service: Option<String>,
}

impl Address {
    /// Reads a URL, and what PostgreSQL's own clients read besides.
    #[expect(clippy::disallowed_methods, reason = "PostgreSQL's own clients read the same variables")]
    pub(super) fn of(url: &str) -> Result<Self, OpenError> {
        Self::within(url, &Surroundings { variable: &|name| std::env::var(name).ok() })
    }

    /// The same, where these are the environment and the files.
    pub(super) fn within(url: &str, surroundings: &Surroundings<'_>) -> Result<Self, OpenError> {
        let (url, demand) = Demand::taken_from(url);
        let mut config: Config = url.parse().map_err(|error| OpenError::Url(with_causes(&error)))?;
        let given = surroundings.read(demand.service.as_deref())?;
        given.complete(&mut config)?;
        if config.get_password().is_none()
            && let Some(password) = surroundings.password(&config)
        {
            config.password(password);
        }
        let encrypted = match demand.mode.as_deref().or_else(|| given.of("sslmode")) {
            // The driver prefers encryption if nothing is said, which promises nothing: it is demanded or it is not.
            None => config.get_ssl_mode() == SslMode::Require,
            Some("disable") => false,
            Some("require" | "verify-full") => true,
            Some(other) => {
                return Err(OpenError::Encryption(format!("sslmode is {other:?}, expected {MODES}")));
            }
        };
        if !encrypted && demand.roots.is_some() {
            let needed = "sslrootcert is of no use without sslmode=verify-full";
            return Err(OpenError::Encryption(needed.to_owned()));
        }
        let roots = if encrypted {
            roots(demand.roots.as_deref().or_else(|| given.of("sslrootcert")))?
        } else {
            RootCertStore::empty()
        };
        config.ssl_mode(if encrypted { SslMode::Require } else { SslMode::Disable });
        Ok(Self { config, tls: MakeRustlsConnect::new(trusting(roots)?) })
    }

    /// Begins a conversation.
    pub(super) async fn connect(&self) -> Result<Begun, tokio_postgres::Error> {
        self.config.connect(self.tls.clone()).await
    }

    /// What makes the connections of a pool.
    pub(super) fn manager(&self) -> Manager {
        let config = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        Manager::from_config(self.config.clone(), self.tls.clone(), config)
    }
}

impl Demand {
    /// What the URL says, and the URL without it.
    fn taken_from(url: &str) -> (String, Self) {
        let mut demand = Self::default();
        let Some((place, params)) = url.split_once('?') else { return (url.to_owned(), demand) };
        let mut others = Vec::new();
        for param in params.split('&') {
            match param.split_once('=') {
                Some(("sslmode", mode)) => demand.mode = Some(decoded(mode)),
                Some(("sslrootcert", file)) => demand.roots = Some(decoded(file)),
                Some(("service", name)) => demand.service = Some(decoded(name)),
                Some(_) | None => others.push(param),
            }
        }
        let mark = if others.is_empty() { "" } else { "?" };
        (format!("{place}{mark}{}", others.join("&")), demand)
    }
}

/// A value of a URL: `%2F` is `/`.
fn decoded(value: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, digit(after.first()), digit(after.get(1))) {
            (b'%', Some(high), Some(low)) => {
                // Two digits of 16 are less than 256.
                bytes.push(u8::try_from(high * 16 + low).unwrap_or(b'%'));
                rest = &after[2..];
            }
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The certificates in a file, or those that this machine trusts.
fn roots(file: Option<&str>) -> Result<RootCertStore, OpenError> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        let (added, ignored) =
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        tracing::debug!(added, ignored, "root certificates of this machine");
        return if added > 0 {
            Ok(roots)
        } else {
            let nobody = "this machine trusts no certificate: name a file with some by sslrootcert=FILE";
            Err(OpenError::Encryption(nobody.to_owned()))
        };
    };
    let unusable = |problem: String| OpenError::Encryption(format!("sslrootcert {file:?}: {problem}"));
    let found = CertificateDer::pem_file_iter(file).map_err(|error| unusable(error.to_string()))?;
    for certificate in found {
        let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
        roots.add(certificate).map_err(|error| unusable(error.to_string()))?;
    }
    if roots.is_empty() {
        return Err(unusable("there is no certificate in it, expected PEM".to_owned()));
    }
    Ok(roots)
}

fn trusting(roots: RootCertStore) -> Result<ClientConfig, OpenError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(|error| OpenError::Encryption(error.to_string()))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}
