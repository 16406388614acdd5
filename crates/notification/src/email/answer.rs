//! What the answer of a mail server means for the mail.

use std::error::Error as _;

use lettre::transport::smtp::Error;

use crate::SendError;

/// The most letters of an answer that are kept.
const MOST: usize = 200;

/// The status codes (RFC 3463) by which a server says that nobody will ever get mail at an address: no such mailbox, no such
/// domain, a bad address, a mailbox that moved or was closed, a domain that takes no mail at all.
const GONE: &[&str] = &["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

/// How far a conversation with a mail server was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// Connecting, greeting, TLS, login: what goes wrong says nothing about the mail.
    Opening,
    /// The mail itself.
    Mail,
}

/// What went wrong, and whether it may go right another time.
pub(super) fn send_error(phase: Phase, error: &Error) -> SendError {
    let status = error.status().map(u16::from);
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    let temporary = |detail: String| SendError::Temporary { detail, status, retry_after: None };
    let Some(code) = status else {
        return match phase {
            Phase::Opening if is_about_tls(error) => untrusted(),
            Phase::Opening if error.is_client() => {
                temporary(format!("the mail server offers no way in: {}", quoted(&said)))
            }
            Phase::Opening => unreachable(),
            Phase::Mail => {
                temporary("the connection to the mail server was lost before it answered".to_owned())
            }
        };
    };
    let detail = match phase {
        Phase::Opening => format!("the mail server lets nobody in: {code} {}", quoted(&said)),
        Phase::Mail => format!("the mail server answered {code} {}", quoted(&said)),
    };
    match phase {
        Phase::Opening => temporary(detail),
        Phase::Mail if !error.is_permanent() => temporary(detail),
        Phase::Mail if is_gone(&said) => SendError::Gone { detail, status },
        Phase::Mail => SendError::Permanent { detail, status },
    }
}

/// That there is no mail server, or none that talks to us.
pub(super) fn unreachable() -> SendError {
    SendError::Temporary {
        detail: "the mail server cannot be reached".to_owned(),
        status: None,
        retry_after: None,
    }
}

/// That the way to it is not secret.
pub(super) fn untrusted() -> SendError {
    let detail = "the mail server's certificate is not trusted, or TLS failed".to_owned();
    SendError::Temporary { detail, status: None, retry_after: None }
}

/// Whether the way could not be made secret. The library says so by kind after `STARTTLS` alone.
fn is_about_tls(error: &Error) -> bool {
    let mut source = error.source();
    let mut said_so = error.is_tls();
    while let Some(cause) = source {
        said_so |= cause.to_string().contains("certificate");
        source = cause.source();
    }
    said_so
}

/// Whether the server says that there is nobody at the address.
fn is_gone(said: &str) -> bool {
    let enhanced = said.split_whitespace().next().unwrap_or_default();
    let has_code = enhanced.split('.').count() == 3
        && enhanced.bytes().all(|byte| byte == b'.' || byte.is_ascii_digit());
    if has_code { GONE.contains(&enhanced) } else { is_gone_in_words(said) }
}

/// The same of a status by itself, and of the words beside it if the status says nothing.
#[cfg(feature = "received-mail")]
pub(crate) fn says_gone(status: &str, words: &str) -> bool {
    /// An undefined status (RFC 3463, 3.1): of servers without such codes.
    const UNDEFINED: &str = "5.0.0";
    GONE.contains(&status) || (status == UNDEFINED && is_gone_in_words(words))
}

/// Servers without such codes say it in words.
fn is_gone_in_words(said: &str) -> bool {
    let said = said.to_lowercase();
    ["user unknown", "unknown user", "no such user", "mailbox not found", "does not exist"]
        .iter()
        .any(|words| said.contains(words))
}

/// What a server said, as a log may hold it: one line, without addresses, cut.
pub(super) fn quoted(said: &str) -> String {
    let mut quoted = String::new();
    for word in said.split_whitespace() {
        let word = if word.contains('@') { "(address)" } else { word };
        if quoted.chars().count() + word.chars().count() >= MOST {
            quoted.push('…');
            break;
        }
        if !quoted.is_empty() {
            quoted.push(' ');
        }
        quoted.extend(word.chars().filter(|letter| !letter.is_control()));
    }
    quoted
}
