//! Receives webhooks as a CGI program behind the web server that you have: the headers come in the environment, the body on
//! standard input.
//!
//! Needs `programme:read`, and the secret of the webhook in `SISTER_CITIES_WEBHOOK_SECRET`.

mod connect;

use std::collections::BTreeSet;
use std::error::Error;
use std::io::Read as _;
use std::time::SystemTime;
use std::{fs, io};

use http::{HeaderMap, HeaderValue};
use sister_cities_client::api::domain::id::PartnershipId;
use sister_cities_client::resource::Programme;
use sister_cities_client::webhook::{SigningSecret, VerifyError, verify};

#[expect(clippy::print_stdout, reason = "a CGI program answers on standard output")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    let secret: SigningSecret = connect::variable("SISTER_CITIES_WEBHOOK_SECRET")?.parse()?;
    let mut headers = HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let variable = format!("HTTP_{}", name.to_uppercase().replace('-', "_"));
        headers.insert(name, HeaderValue::from_str(&connect::variable(&variable)?)?);
    }
    let mut body = Vec::new();
    io::stdin().read_to_end(&mut body)?;
    let known = fs::read_to_string("seen.txt").unwrap_or_default();
    let mut seen: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    let answer = take(&programme, &[secret], (&headers, &body), now(), &mut seen).await;
    fs::write("seen.txt", seen.into_iter().collect::<Vec<_>>().join("\n"))?;
    let status = match answer {
        Ok(_) => "204 No Content",
        Err(e) if e.is::<VerifyError>() => "400 Bad Request",
        Err(_) => "500 Internal Server Error",
    };
    println!("Status: {status}\n");
    Ok(())
}

/// Takes one message: verifies it, drops one that came before, and reads the record with the token of one's own. Answers what
/// is to be told in the office, if anything.
pub(crate) async fn take(
    programme: &Programme,
    secrets: &[SigningSecret],
    (headers, body): (&HeaderMap, &[u8]),
    now: SystemTime,
    seen: &mut BTreeSet<String>,
) -> Result<Option<String>, Box<dyn Error>> {
    let event = verify(secrets, headers, body, now.into())?;
    let id = headers["webhook-id"].to_str()?;
    if seen.contains(id) {
        return Ok(None);
    }
    let told = match event.data.subject.to_string().parse::<PartnershipId>() {
        Ok(partnership) => {
            let partnership = programme.partnerships().get(partnership).await?;
            let names: Vec<_> = partnership.members.iter().map(|member| member.name.as_str()).collect();
            Some(format!("{}: {}", names.join(" and "), event.name))
        }
        Err(_) => None,
    };
    // Only now: what failed comes again.
    seen.insert(id.to_owned());
    Ok(told)
}

#[expect(clippy::disallowed_methods, reason = "a receiver has to know what time it is")]
fn now() -> SystemTime {
    SystemTime::now()
}
