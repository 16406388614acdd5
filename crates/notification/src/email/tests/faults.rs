//! What becomes of a mail at a server that answers badly, late or not at all.

use super::scripted::{Does, Script, ScriptedServer};
use super::*;
use crate::{Channel as _, Receipt, SendError};

async fn sent(script: Script) -> (Result<Receipt, SendError>, ScriptedServer) {
    let server = ScriptedServer::start(script).await;
    let channel = server.channel();
    let result = channel.send(sending(mail("lukasz@example.pl"))).await;
    (result, server)
}

fn recipient(answer: &'static str) -> Script {
    Script { to_recipient: Does::Answers(answer), ..Script::default() }
}

fn content(does: Does) -> Script {
    Script { to_content: does, ..Script::default() }
}

#[tokio::test]
async fn a_mail_that_is_taken_over_leaves_the_servers_word_as_evidence() {
    let (result, server) = sent(Script::default()).await;
    let receipt = result.expect("taken over");
    assert_eq!(receipt.status, Some(250));
    assert_eq!(receipt.answer.as_deref(), Some("2.0.0 queued as 4711"));
    let mail = server.mails().pop().expect("a mail");
    assert!(mail.contains("Message-ID: <dlv_01h455vb4pex5vsknk084sn02r@twinning.example.org>"), "{mail}");
}

/// P20: what a server refuses for good ends, what it puts off is sent again.
#[tokio::test]
async fn an_answer_says_whether_to_send_again() {
    for (answer, expected) in [
        ("450 4.2.1 busy", "temporary"),
        ("452 4.3.1 no room", "temporary"),
        ("421 4.7.0 too many", "temporary"),
        ("552 5.3.4 too big", "permanent"),
        ("550 5.7.1 rejected as spam", "permanent"),
        ("550 5.1.1 <lukasz@example.pl>: user unknown", "gone"),
        ("550 5.1.10 takes no mail", "gone"),
        ("553 5.1.3 bad address", "gone"),
        ("550 No such user here", "gone"),
        ("550 no", "permanent"),
    ] {
        let (result, _server) = sent(recipient(answer)).await;
        let error = result.expect_err(answer);
        let called = match &error {
            SendError::Temporary { .. } => "temporary",
            SendError::Permanent { .. } => "permanent",
            SendError::Gone { .. } => "gone",
        };
        assert_eq!(called, expected, "{answer}");
        assert_eq!(error.status(), answer.get(..3).and_then(|code| code.parse().ok()));
        // P34: the log of deliveries holds no address.
        assert!(!error.to_string().contains('@'), "{error}");
    }
    let (result, _server) = sent(recipient("550 5.1.1 <lukasz@example.pl>: user unknown")).await;
    let said = result.expect_err("nobody is there").to_string();
    assert_eq!(said, "the mail server answered 550 5.1.1 (address) user unknown");
}

/// P20: nobody knows whether a mail arrived whose answer did not; it is sent again, under the same id.
#[tokio::test]
async fn a_connection_lost_after_the_mail_is_sent_again_under_the_same_id() {
    let (result, server) = sent(content(Does::Drops)).await;
    assert!(matches!(result, Err(SendError::Temporary { status: None, .. })), "{result:?}");
    let channel = server.channel();
    let again = channel.send(Sending { attempt: 2, ..sending(mail("lukasz@example.pl")) }).await;
    assert!(again.is_err());
    let ids: Vec<String> = server
        .mails()
        .iter()
        .flat_map(|mail| {
            mail.lines().filter(|line| line.starts_with("Message-ID")).map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids.first(), ids.last());
    let (result, _server) = sent(content(Does::Answers("451 4.3.0 try later"))).await;
    assert!(matches!(result, Err(SendError::Temporary { status: Some(451), .. })), "{result:?}");
    let (result, _server) = sent(content(Does::Answers("554 5.6.0 not like this"))).await;
    assert!(matches!(result, Err(SendError::Permanent { status: Some(554), .. })), "{result:?}");
}

/// P19: a server that says nothing, or says it without end, costs no more than the time for one mail.
#[tokio::test]
async fn a_server_that_hangs_or_drips_is_left_in_time() {
    for does in [Does::Hangs, Does::Drips] {
        for script in [content(does), Script { greeting: does, ..Script::default() }] {
            let (result, _server) = sent(script).await;
            let error = result.expect_err("no answer");
            assert!(matches!(error, SendError::Temporary { status: None, .. }), "{does:?}: {error:?}");
            assert!(error.to_string().contains("did not answer within"), "{error}");
        }
    }
}

/// P19: of a server that never stops, no more is read than an answer may be long.
#[tokio::test]
async fn a_server_that_says_too_much_is_not_listened_to() {
    for script in [content(Does::Floods), Script { greeting: Does::Floods, ..Script::default() }] {
        let (result, _server) = sent(script).await;
        let error = result.expect_err("no answer");
        assert!(matches!(error, SendError::Temporary { status: None, .. }), "{error:?}");
        assert!(!error.to_string().contains("did not answer within"), "it was left before its time: {error}");
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_or_lets_nobody_in_says_nothing_about_the_mail() {
    for greeting in [Does::Answers("554 5.7.1 not you"), Does::Answers("421 4.3.2 going down"), Does::Drops] {
        let (result, _server) = sent(Script { greeting, ..Script::default() }).await;
        assert!(matches!(result, Err(SendError::Temporary { .. })), "{greeting:?}: {result:?}");
    }
    let channel = {
        let server = ScriptedServer::start(Script::default()).await;
        server.channel()
    };
    let result = channel.send(sending(mail("lukasz@example.pl"))).await;
    assert!(matches!(result, Err(SendError::Temporary { .. })), "{result:?}");
}

#[tokio::test]
async fn a_connection_is_used_for_the_next_mail_unless_it_broke() {
    let server = ScriptedServer::start(Script::default()).await;
    let channel = server.channel();
    for _ in 0..5 {
        channel.send(sending(mail("lukasz@example.pl"))).await.expect("taken over");
    }
    assert_eq!((server.mails().len(), server.connections()), (5, 1));

    let server = ScriptedServer::start(recipient("450 4.2.1 busy")).await;
    let channel = server.channel();
    for _ in 0..3 {
        assert!(channel.send(sending(mail("lukasz@example.pl"))).await.is_err());
    }
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn an_address_in_other_letters_wants_a_server_that_knows_of_them() {
    let server = ScriptedServer::start(Script::default()).await;
    let channel = server.channel();
    let result = channel.send(sending(mail("θσερ@example.gr"))).await;
    let error = result.expect_err("the server has no SMTPUTF8");
    assert!(matches!(error, SendError::Permanent { .. }), "{error:?}");
    assert!(error.to_string().contains("SMTPUTF8"), "{error}");
    channel.send(sending(mail("info@münchen.example"))).await.expect("a domain alone needs nothing");
}

#[test]
fn settings_that_would_give_something_away_are_refused() {
    let server = |text: &str| text.parse::<SmtpServer>();
    let right = |text: &str| {
        let server = server(text).expect(text);
        (server.host().to_owned(), server.port(), server.security())
    };
    assert_eq!(right("smtps://mail.example.org"), ("mail.example.org".to_owned(), 465, SmtpSecurity::Tls));
    assert_eq!(
        right("smtp://mail.example.org"),
        ("mail.example.org".to_owned(), 587, SmtpSecurity::StartTls)
    );
    assert_eq!(right("smtp://[::1]:2525?tls=none"), ("::1".to_owned(), 2525, SmtpSecurity::Nothing));
    for bad in [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://h/path",
        "smtp://h?tls=maybe",
        "smtps://h?tls=none",
    ] {
        assert_eq!(server(bad), Err(InvalidSmtpConfig::Server), "{bad}");
    }
    assert_eq!(server("smtps://user:pass@mail.example.org"), Err(InvalidSmtpConfig::LoginInServer));
    let mut config = SmtpConfig::new(server("smtp://mail.example.org?tls=none").expect("a server"), desk());
    config.login = Some(Login { user: "desk".to_owned(), password: "hunter2".to_owned().into() });
    assert!(!format!("{config:?}").contains("hunter2"));
    let refused = SmtpChannel::new(config).expect_err("in clear");
    assert_eq!(
        refused.to_string(),
        "a password is not sent to mail.example.org without TLS; expected smtps:// or smtp:// without tls=none"
    );
}
