//! A mail server to test with: Postfix as the distribution ships it, with TLS and a login, in a folder of its own.
//!
//! It delivers to mailboxes in that folder and nowhere else. Postfix is started by root alone; it ends with the value, and
//! with the process if that is killed.

use std::fs;
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use sister_cities_domain::value::EmailAddress;

use crate::email::{Login, SmtpSecurity, SmtpServer};

/// What to tell whoever has no Postfix.
pub const HOW_TO: &str = "no Postfix was found, or it was not root who looked, so no mail was sent through a real server. To test it \
    too, install it (Debian and Ubuntu: `apt-get install postfix libsasl2-modules sasl2-bin`) and run the tests as root.";

/// The user that is let in, and the password.
const USER: &str = "desk@sister-cities";
const PASSWORD: &str = "only-for-tests";

/// Ends the server once nobody uses it: its process was killed.
const WATCHER: &str =
    r#"while kill -0 "$1" 2>/dev/null; do sleep 2; done; "$2" -c "$3/etc" abort; rm -rf "$3""#;

/// How often, and how long in between, it is looked whether something happened that will.
const MOST_POLLS: u32 = 400;
const BETWEEN_POLLS: Duration = Duration::from_millis(50);

/// A mail server that runs until this is dropped.
#[derive(Debug)]
pub struct Postfix {
    folder: PathBuf,
    authority: String,
    start_tls: u16,
    tls: u16,
}

/// Whether there is a Postfix to test with, and somebody who may start it.
#[must_use]
pub fn is_there() -> bool {
    let programs = ["postfix", "saslpasswd2"].iter().all(|name| program(name).is_some());
    programs && postfix_user().is_some() && is_root()
}

impl Postfix {
    /// Starts one in a new folder below `base`, with a mailbox for each of the addresses. Nobody else has one there.
    ///
    /// # Errors
    ///
    /// If there is no Postfix, or it does not start.
    pub fn start(base: &Path, mailboxes: &[EmailAddress]) -> io::Result<Self> {
        let missing = || io::Error::other(HOW_TO);
        let postfix = program("postfix").ok_or_else(missing)?;
        let (user, group) = postfix_user().filter(|_| is_there()).ok_or_else(missing)?;
        let folder = base.join("postfix");
        // The server's own user has to get into all folders above.
        fs::set_permissions(base, fs::Permissions::from_mode(0o755))?;
        for name in ["etc/sasl", "queue", "data", "mail"] {
            fs::create_dir_all(folder.join(name))?;
        }
        let authority = certificate(&folder.join("etc"))?;
        let (start_tls, tls) = (free_port()?, free_port()?);
        fs::write(folder.join("etc/main.cf"), main_settings(&folder, (user, group), mailboxes))?;
        fs::write(folder.join("etc/master.cf"), services(start_tls, tls))?;
        let passwords = folder.join("data/sasldb2");
        let login = format!(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {}\n",
            passwords.display()
        );
        fs::write(folder.join("etc/sasl/smtpd.conf"), login)?;
        set_password(&passwords)?;
        for name in ["data", "data/sasldb2", "mail"] {
            chown(folder.join(name), Some(user), Some(group))?;
        }
        done(command(&postfix).arg("-c").arg(folder.join("etc")).arg("start"))?;
        let mut watcher = command(Path::new("/bin/sh"));
        watcher.args(["-c", WATCHER, "sister-cities-postfix", &std::process::id().to_string()]);
        // A group of its own, so that it outlives what is sent to ours.
        watcher.arg(&postfix).arg(&folder).process_group(0).spawn()?;
        let server = Self { folder, authority, start_tls, tls };
        until(|| {
            Ok([start_tls, tls]
                .iter()
                .all(|port| TcpStream::connect(("127.0.0.1", *port)).is_ok())
                .then_some(()))
        })?;
        Ok(server)
    }

    /// Its address, for TLS from the first byte or from `STARTTLS` on.
    ///
    /// # Panics
    ///
    /// Never: the address is one.
    #[must_use]
    pub fn server(&self, security: SmtpSecurity) -> SmtpServer {
        let address = match security {
            SmtpSecurity::Tls => format!("smtps://localhost:{}", self.tls),
            SmtpSecurity::StartTls => format!("smtp://localhost:{}", self.start_tls),
            SmtpSecurity::Nothing => format!("smtp://localhost:{}?tls=none", self.start_tls),
        };
        address.parse().expect("an address of a server on this machine")
    }

    /// Who is let in.
    #[must_use]
    pub fn login(&self) -> Login {
        Login { user: USER.to_owned(), password: PASSWORD.to_owned().into() }
    }

    /// The certificate to trust, in PEM.
    #[must_use]
    pub fn authority(&self) -> Vec<u8> {
        self.authority.clone().into_bytes()
    }

    /// The mails in a mailbox, once there are as many.
    ///
    /// # Errors
    ///
    /// If there are not after a while; with what the server wrote into its log.
    pub fn mails(&self, mailbox: &EmailAddress, count: usize) -> io::Result<Vec<String>> {
        let folder = self.folder.join("mail").join(mailbox.as_str()).join("new");
        let found = until(|| {
            let mut paths = match fs::read_dir(&folder) {
                Ok(entries) => {
                    entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                Err(error) => return Err(error),
            };
            paths.sort();
            Ok((paths.len() >= count).then_some(paths))
        });
        let paths = found.map_err(|error| {
            let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            io::Error::other(format!("{error}: {count} mails for {mailbox}\n{log}"))
        })?;
        paths.iter().map(fs::read_to_string).collect()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let Some(postfix) = program("postfix") else { return };
        if let Err(error) = done(command(&postfix).arg("-c").arg(self.folder.join("etc")).arg("abort")) {
            tracing::warn!(%error, "a mail server was left running");
        }
    }
}

fn main_settings(folder: &Path, (user, group): (u32, u32), mailboxes: &[EmailAddress]) -> String {
    let folder = folder.display();
    let domains: Vec<&str> = mailboxes
        .iter()
        .filter_map(|mailbox| mailbox.as_str().rsplit_once('@'))
        .map(|(_, domain)| domain)
        .collect();
    let domains = domains.join(" ");
    let mut boxes = String::new();
    for mailbox in mailboxes {
        boxes.extend(["{", mailbox.as_str(), " = ", mailbox.as_str(), "/} "]);
    }
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.sister-cities.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_tls_cert_file = {folder}/etc/certificate.pem
smtpd_tls_key_file = {folder}/etc/key.pem
smtpd_tls_security_level = encrypt
smtpd_tls_auth_only = yes
smtpd_tls_received_header = yes
smtpd_sasl_auth_enable = yes
cyrus_sasl_config_path = {folder}/etc/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_client_connection_rate_limit = 0
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {boxes}}}
virtual_uid_maps = static:{user}
virtual_gid_maps = static:{group}
virtual_minimum_uid = 1
default_transport = error:nothing leaves this machine
message_size_limit = 200000
"
    )
}

/// The programs that Postfix is made of, as its documentation lists them, without those that reach other machines.
fn services(start_tls: u16, tls: u16) -> String {
    format!(
        "127.0.0.1:{start_tls} inet n - n - - smtpd
127.0.0.1:{tls} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"
    )
}

/// Writes a key and a certificate for `localhost`, and says the certificate.
fn certificate(folder: &Path) -> io::Result<String> {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).map_err(io::Error::other)?;
    let certificate = made.cert.pem();
    fs::write(folder.join("certificate.pem"), &certificate)?;
    fs::write(folder.join("key.pem"), made.signing_key.serialize_pem())?;
    fs::set_permissions(folder.join("key.pem"), fs::Permissions::from_mode(0o600))?;
    Ok(certificate)
}

fn set_password(file: &Path) -> io::Result<()> {
    let program = program("saslpasswd2").ok_or_else(|| io::Error::other(HOW_TO))?;
    let (user, realm) = USER.split_once('@').unwrap_or((USER, ""));
    let mut set = command(&program);
    let mut running =
        set.args(["-p", "-c", "-u", realm, "-f"]).arg(file).arg(user).stdin(Stdio::piped()).spawn()?;
    if let Some(mut input) = running.stdin.take() {
        input.write_all(PASSWORD.as_bytes())?;
    }
    let status = running.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("saslpasswd2: {status}"))) }
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn done(command: &mut Command) -> io::Result<()> {
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{command:?}: {status}"))) }
}

/// Waits for something that will happen.
fn until<T>(mut happened: impl FnMut() -> io::Result<Option<T>>) -> io::Result<T> {
    for _ in 0..MOST_POLLS {
        if let Some(value) = happened()? {
            return Ok(value);
        }
        std::thread::sleep(BETWEEN_POLLS);
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "did not happen"))
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn program(name: &str) -> Option<PathBuf> {
    ["/usr/sbin", "/usr/local/sbin", "/sbin", "/usr/bin"]
        .iter()
        .map(|folder| Path::new(folder).join(name))
        .find(|program| program.is_file())
}

/// The numbers of the user that Postfix runs as, and of its group.
fn postfix_user() -> Option<(u32, u32)> {
    let users = fs::read_to_string("/etc/passwd").ok()?;
    let mut fields = users.lines().find(|line| line.starts_with("postfix:"))?.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
