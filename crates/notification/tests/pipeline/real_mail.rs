//! The whole story through a real mail server, with TLS and a login, and a real receiver of webhooks (the first thing of issue 9 to show). That there is
//! no mail server is said at the end of the run.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use mail_parser::{MessageParser, MessagePart, MimeHeaders as _};
use sister_cities_app::IdempotentReply;
use sister_cities_app::clock::Clock as _;
use sister_cities_app::due::ListDueQuery;
use sister_cities_domain::access::Caller;
use sister_cities_domain::due::DueKind;
use sister_cities_domain::engagement::Happening;
use sister_cities_domain::id::WebhookEndpointId;
use sister_cities_domain::value::{EmailAddress, Name, SecretText};
use sister_cities_domain::webhook::{PayloadVersion, SigningSecrets, WebhookEndpoint, WebhookFormat};
use sister_cities_notification::calendar::{ReadSettings, read_calendar};
use sister_cities_notification::chat::ChatChannel;
use sister_cities_notification::email::{Mailbox, SmtpChannel, SmtpConfig, SmtpSecurity};
use sister_cities_notification::outbound::{OutboundClient, OutboundPolicy};
use sister_cities_notification::pipeline::{MailLanes, Now, Pipeline, WebhookLanes};
use sister_cities_notification::testing::postfix::{self, Postfix};
use sister_cities_notification::webhook::WebhookChannel;
use sister_cities_notification::words::Catalogues;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::Mutex;

use crate::office::{Office, instant};

const URL: &str = "https://partner.um.warszawa.example";
const SECRET: &str = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
const HOUR: TimeDelta = TimeDelta::hours(1);

fn address(text: &str) -> EmailAddress {
    text.parse().expect("an address")
}

/// A receiver on this machine, and the requests that it got.
async fn receiver() -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    let got = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&got);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !is_whole(&request) && stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
            kept.lock().await.push(String::from_utf8_lossy(&request).into_owned());
            let _ = stream.write_all(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n").await;
        }
    });
    (url, got)
}

fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
    body.len() >= length.unwrap_or(0)
}

/// The office with real channels in place of those that remember.
async fn with_channels(office: &mut Office, server: &Postfix, hook: &str) {
    let from = Mailbox { address: address("desk@um.warszawa.example"), name: Name::new("Biuro").ok() };
    let mut smtp = SmtpConfig::new(server.server(SmtpSecurity::StartTls), from);
    smtp.login = Some(server.login());
    smtp.authorities = vec![server.authority()];
    let mails = SmtpChannel::new(smtp).expect("a channel");
    let network = "127.0.0.1/32".parse().expect("a network");
    let policy = OutboundPolicy::default().with_http().with_network(network);
    let client = OutboundClient::new(policy).expect("a client");
    let database = office.app.database().clone();
    let catalogues = Arc::new(Catalogues::embedded());
    let mails = MailLanes::new(database.clone(), mails, catalogues, URL.parse().expect("an address"));
    let mails = mails.with_organizer(address("desk@um.warszawa.example"));
    let (webhooks, chats) = (WebhookChannel::new(client.clone()), ChatChannel::new(client));
    let clock = Arc::clone(&office.clock);
    let now = Now::new(move || clock.now());
    office.pipeline = Pipeline::new(database.clone(), now, "worker 1")
        .with_channel(mails)
        .with_channel(WebhookLanes::new(database, webhooks, chats, URL));
    let secret = SecretText::new(SECRET).expect("a secret");
    let endpoint = WebhookEndpoint {
        id: WebhookEndpointId::next(office.app.ids()),
        programme: office.programme,
        host: hook.split('/').nth(2).expect("a host").to_owned(),
        url: SecretText::new(hook).expect("an address"),
        token: None,
        format: WebhookFormat::Standard,
        events: ["agreement.*".parse().expect("a pattern")].into(),
        partnership: None,
        payload_version: PayloadVersion::V1,
        description: None,
        owner: None,
        secrets: Some(SigningSecrets::first(secret)),
        disabled: None,
    };
    let made = office.app.create_webhook_endpoint(&Caller::system(), endpoint, IdempotentReply::NONE).await;
    made.expect("an endpoint");
    office.pipeline.tell().await.expect("told");
}

/// The mails about the agreement in a mailbox, by when they were sent on Warsaw's clock.
fn about(server: &Postfix, mailbox: &str) -> Vec<(String, String)> {
    let mut mails = server.mails(&address(mailbox), 0).expect("a mailbox");
    // What a line of quoted-printable breaks off goes on in the next.
    mails.retain(|mail| mail.replace("=\r\n", "").replace("=\n", "").contains("Umowa o partnerstwie"));
    let mut told: Vec<(DateTime<Utc>, String)> = mails
        .into_iter()
        .map(|mail| {
            let date = mail.lines().find_map(|line| line.strip_prefix("Date: ")).expect("a date").to_owned();
            (DateTime::parse_from_rfc2822(&date).expect("a date").to_utc(), mail)
        })
        .collect();
    told.sort();
    let shown =
        |at: DateTime<Utc>| at.with_timezone(&chrono_tz::Europe::Warsaw).format("%a %F %R").to_string();
    told.into_iter().map(|(at, mail)| (shown(at), mail)).collect()
}

fn times(mails: &[(String, String)]) -> Vec<&str> {
    mails.iter().map(|(at, _)| at.as_str()).collect()
}

/// Waits for as many mails about the agreement in a mailbox as there will be.
async fn arrived(server: &Postfix, mailbox: &str, number: usize) -> Vec<(String, String)> {
    for _ in 0..200 {
        let mails = about(server, mailbox);
        if mails.len() >= number {
            return mails;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    about(server, mailbox)
}

/// P22. The notice of an agreement can be given until 30 November, a Monday.
#[tokio::test]
async fn through_a_real_mail_server_an_owner_is_reminded_in_polish_at_nine_and_escalated_until_they_answer() {
    if !postfix::is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (anna, bogdan) = ("anna@example.org", "bogdan@example.org");
    let server = Postfix::start(folder.path(), &[address(anna), address(bogdan)]).expect("a mail server");
    let (hook, got) = receiver().await;
    let (mut office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    with_channels(&mut office, &server, &hook).await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    office.official("Bogdan Kos", "Dyrektor biura").await;
    let berlin = office.sister("Berlin").await;
    office.agreement(berlin, "2027-05-31").await;

    office.until("2026-06-05T00:00:00Z", HOUR).await;
    let first = arrived(&server, anna, 1).await;
    assert_eq!(times(&first), ["Mon 2026-06-01 09:00"], "{:?}", server.mails(&address(anna), 0));
    let mail = &first[0].1;
    for line in ["Content-Language: pl", "with ESMTPSA", "using TLSv1."] {
        assert!(mail.contains(line), "{line} is missing:\n{mail}");
    }
    office.clock.set(instant("2026-11-20T12:00:00Z"));
    office.until("2026-12-04T12:00:00Z", HOUR).await;
    let told = arrived(&server, anna, 3).await;
    assert_eq!(times(&told), ["Mon 2026-06-01 09:00", "Mon 2026-11-23 09:00", "Mon 2026-11-30 09:00"]);
    assert_eq!(times(&about(&server, bogdan)), Vec::<&str>::new(), "nobody else yet");
    office.until("2026-12-09T12:00:00Z", HOUR).await;
    assert_eq!(times(&arrived(&server, bogdan, 1).await), ["Mon 2026-12-07 09:00"]);

    let query = ListDueQuery { kind: Some(DueKind::AgreementEnding), limit: 10, ..ListDueQuery::default() };
    let listed = office.app.list_due(&Caller::system(), office.programme, query).await.expect("a list");
    let (id, none) = (listed.items[0].item.id, IdempotentReply::NONE);
    office.app.finish_due_item(&Caller::system(), office.programme, id, None, none).await.expect("answered");
    office.pipeline.tell().await.expect("told");
    office.until("2027-03-01T12:00:00Z", TimeDelta::hours(6)).await;
    let (of_anna, of_bogdan) = (about(&server, anna), about(&server, bogdan));
    assert_eq!((of_anna.len(), of_bogdan.len()), (3, 1), "{:?} {:?}", times(&of_anna), times(&of_bogdan));

    let calls = got.lock().await;
    assert!(calls.iter().any(|call| call.contains("agreement.signed")), "{calls:?}");
    assert!(calls.iter().all(|call| call.contains("webhook-signature: v1,")), "each is signed");
    assert!(!calls.iter().any(|call| call.contains("Anna") || call.contains("Umowa")), "ids and links alone");
}

/// What a program takes from a mail that arrived: the calendar that stands among its texts, and the same as a file.
fn calendar(mail: &str) -> String {
    let read = MessageParser::default().parse(mail.as_bytes()).expect("a mail");
    let is = |part: &MessagePart<'_>, of: &str, subtype: &str| {
        part.content_type().is_some_and(|it| it.ctype() == of && it.subtype() == Some(subtype))
    };
    assert!(
        is(&read.parts[0], "multipart", "mixed") && is(&read.parts[1], "multipart", "alternative"),
        "{mail}"
    );
    let text = read.parts.iter().find(|part| is(part, "text", "calendar")).expect("a calendar");
    let method = text.content_type().and_then(|of| of.attribute("method")).expect("a method").to_owned();
    let file = read.parts.iter().find(|part| is(part, "application", "ics")).expect("a file");
    assert_eq!(file.attachment_name(), Some("invite.ics"));
    // A mailbox has line ends of its own.
    let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let text = lines(text.contents());
    assert_eq!(text, lines(file.contents()), "it says the same");
    assert!(text.contains(&format!("METHOD:{method}\n")), "{text}");
    text
}

/// What Python's icalendar shows of it; none where it is not installed, which the tests of calendars say.
fn in_python(calendar: &str) -> Option<String> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("../../target/public-libraries/python/bin/python");
    let program = if own.is_file() { own } else { "python3".into() };
    let mut running = Command::new(program)
        .arg(root.join("tests/calendar_readers/read.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let line = serde_json::json!(calendar).to_string();
    let _ = running.stdin.take()?.write_all(line.as_bytes());
    let done = running.wait_with_output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// P22.
#[tokio::test]
async fn through_a_real_mail_server_an_invitation_arrives_moves_and_is_called_off() {
    if !postfix::is_there() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let anna = address("anna@example.org");
    let server = Postfix::start(folder.path(), std::slice::from_ref(&anna)).expect("a mail server");
    let (hook, _got) = receiver().await;
    let (mut office, owner) = Office::at("2026-05-29T10:00:00Z").await;
    with_channels(&mut office, &server, &hook).await;
    office.person(owner, "Anna Żak", &["pl"], None).await;
    let visit = office.visit("2026-06-20", &[owner]).await;
    office.invites(visit).await.expect("invited");
    let mut seen = Vec::new();
    for step in 0..3 {
        match step {
            0 => {}
            1 => office.moves(visit, "2026-06-27").await,
            _ => office.changes(visit, |visit| visit.happening = Happening::CalledOff).await,
        }
        office.work().await;
        let mut mails = Vec::new();
        for _ in 0..200 {
            mails = server.mails(&anna, 0).expect("a mailbox");
            mails.retain(|mail| mail.contains("text/calendar") && !seen.contains(mail));
            if !mails.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let [mail] = &mails[..] else { panic!("{} mails of step {step}", mails.len()) };
        let text = calendar(mail);
        let read = read_calendar(text.as_bytes(), &ReadSettings::new(chrono_tz::UTC)).expect("a calendar");
        let entry = &read.events[0].entry;
        let (first, method) = (entry.span.days().0.to_string(), read.method.as_deref());
        let expected =
            [("REQUEST", 0, "2026-06-20"), ("REQUEST", 1, "2026-06-27"), ("CANCEL", 2, "2026-06-27")];
        let (expected_method, sequence, day) = expected[step];
        assert_eq!(
            (method, entry.sequence, first.as_str()),
            (Some(expected_method), sequence, day),
            "{text}"
        );
        if let Some(shown) = in_python(&text) {
            let after: chrono::NaiveDate = day.parse().expect("a day");
            let after = after.succ_opt().expect("a day");
            let stands = format!("[[\"{visit}\", {sequence}, \"{day}\", \"{after}\", \"Podpisanie\"]]");
            assert_eq!(shown, if step == 2 { "[]".to_owned() } else { stands });
        }
        seen.push(mail.clone());
    }
}
