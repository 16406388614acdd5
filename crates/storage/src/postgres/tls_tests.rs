//! Encrypted connections: to a server that is known by its certificate, and to none that is not.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::{OpenError, PostgresOptions, PostgresStore};
use crate::conformance::sample::World;
use crate::testing::{Proxy, TestDatabase, database};
use crate::{Database, Risk};

/// What a client sends first that wants encryption: length and code.
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// Who vouches for servers, and its certificate in a file.
struct Authority {
    issuer: CertifiedIssuer<'static, KeyPair>,
    file: PathBuf,
}

impl Authority {
    fn new(folder: &Path, name: &str) -> Self {
        let mut params = CertificateParams::default();
        // Another name for each: of two that have one, the wrong one is told by its signature.
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let issuer =
            CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("a certificate");
        let file = folder.join(name);
        std::fs::write(&file, issuer.pem()).expect("a file");
        Self { issuer, file }
    }

    /// A server that answers to that name.
    fn server(&self, name: &str) -> TlsAcceptor {
        let key = KeyPair::generate().expect("a key");
        let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        let certificate = params.signed_by(&key, &self.issuer).expect("a certificate");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            );
        TlsAcceptor::from(Arc::new(config.expect("a server")))
    }
}

/// A server that encrypts, in front of the one of the tests.
struct Encrypted {
    database: TestDatabase,
    port: u16,
    served: Arc<AtomicUsize>,
    line: Proxy,
}

impl Encrypted {
    async fn new(acceptor: TlsAcceptor) -> Option<Self> {
        let database = database().await?;
        let line = Proxy::to(&database.url()).await;
        let behind = line.port();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let served = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&served);
        tokio::spawn(async move {
            while let Ok((caller, _)) = listener.accept().await {
                tokio::spawn(serve(caller, acceptor.clone(), behind, Arc::clone(&counted)));
            }
        });
        Some(Self { database, port, served, line })
    }

    fn url(&self, params: &str) -> String {
        let url = self.line.url(&self.database.url());
        let plain = format!("host=127.0.0.1&port={}", self.line.port());
        assert!(url.contains(&plain), "{url}");
        url.replace(&plain, &format!("host=localhost&port={}&{params}", self.port))
    }

    async fn open(&self, params: &str) -> Result<PostgresStore, OpenError> {
        PostgresStore::open(&PostgresOptions::new(self.url(params)).accept(Risk::NoFsync)).await
    }
}

/// Who does not ask for encryption is not served.
async fn serve(mut caller: TcpStream, acceptor: TlsAcceptor, behind: u16, served: Arc<AtomicUsize>) {
    let mut asked = [0; 8];
    if caller.read_exact(&mut asked).await.is_err() || asked != SSL_REQUEST {
        return;
    }
    if caller.write_all(b"S").await.is_err() {
        return;
    }
    if let Ok(mut caller) = acceptor.accept(caller).await
        && let Ok(mut server) = TcpStream::connect(("127.0.0.1", behind)).await
    {
        served.fetch_add(1, Ordering::Relaxed);
        // Either end may hang up.
        let _over = copy_bidirectional(&mut caller, &mut server).await;
    }
}

fn trusting(file: &Path) -> String {
    format!("sslrootcert={}", file.display().to_string().replace('/', "%2F"))
}

fn refused(opened: Result<PostgresStore, OpenError>) -> String {
    opened.err().map(|error| error.to_string()).expect("it is refused")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_with_a_certificate_of_a_known_root_is_spoken_to_encrypted() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new(folder.path(), "root.pem");
    let Some(server) = Encrypted::new(authority.server("localhost")).await else { return };
    for mode in ["require", "verify-full"] {
        let before = server.served.load(Ordering::Relaxed);
        let opened = server.open(&format!("sslmode={mode}&{}", trusting(&authority.file))).await;
        let store = Database::new(opened.expect("a database"));
        let world = World::seeded(&store, before as u64).await;
        assert_eq!(world.dump().await.lines().count(), 5, "what was committed is read");
        assert!(server.served.load(Ordering::Relaxed) > before, "by this way");
    }
    // Without a word of encryption nothing is encrypted, which this server does not take.
    assert!(refused(server.open("sslmode=disable").await).contains("cannot be reached"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_not_known_is_refused_with_the_reason() {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, other) =
        (Authority::new(folder.path(), "ours.pem"), Authority::new(folder.path(), "other.pem"));
    let Some(server) = Encrypted::new(ours.server("localhost")).await else { return };
    for mode in ["require", "verify-full"] {
        let wrong_root = refused(server.open(&format!("sslmode={mode}&{}", trusting(&other.file))).await);
        assert!(wrong_root.contains("UnknownIssuer"), "{wrong_root}");
        let machine = refused(server.open(&format!("sslmode={mode}")).await);
        assert!(machine.contains("UnknownIssuer") || machine.contains("trusts no certificate"), "{machine}");
    }
    let Some(elsewhere) = Encrypted::new(ours.server("db.example")).await else { return };
    for mode in ["require", "verify-full"] {
        let wrong_name = refused(elsewhere.open(&format!("sslmode={mode}&{}", trusting(&ours.file))).await);
        assert!(wrong_name.contains("not valid for name"), "{wrong_name}");
    }
    assert_eq!(elsewhere.served.load(Ordering::Relaxed), 0, "nothing was said to it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_encrypt_is_refused_where_the_url_demands_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let authority = Authority::new(folder.path(), "root.pem");
    let Some(found) = database().await else { return };
    let line = Proxy::to(&found.url()).await;
    let url = format!("{}&sslmode=require&{}", line.url(&found.url()), trusting(&authority.file));
    let opened = PostgresStore::open(&PostgresOptions::new(url).accept(Risk::NoFsync)).await;
    let error = refused(opened);
    assert!(error.contains("TLS"), "{error}");
}

#[tokio::test]
async fn what_a_url_says_of_encryption_is_understood_or_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "no certificate").expect("a file");
    for (params, problem) in [
        ("sslmode=prefer", "expected disable, require or verify-full"),
        ("sslmode=verify-ca", "expected disable, require or verify-full"),
        ("sslrootcert=root.pem", "without sslmode=verify-full"),
        ("sslmode=disable&sslrootcert=root.pem", "without sslmode=verify-full"),
        ("sslmode=verify-full&sslrootcert=%2Fnowhere%2Fat.pem", "\"/nowhere/at.pem\""),
        (&format!("sslmode=verify-full&{}", trusting(&empty)), "there is no certificate in it"),
    ] {
        let url = format!("postgres://app@db.example/city?{params}");
        let error = PostgresStore::open(&PostgresOptions::new(url)).await.err();
        let Some(OpenError::Encryption(text)) = error else { panic!("{params}: {error:?}") };
        assert!(text.contains(problem), "{params}: {text}");
    }
}
