//! Mail through a real server, with TLS and a login. That there is none is said at the end of the run.

use super::*;
use crate::testing::postfix::{self, Postfix};
use crate::{Channel as _, SendError};

struct Office {
    server: Postfix,
    mailbox: EmailAddress,
    _folder: tempfile::TempDir,
}

fn office() -> Option<Office> {
    let mailbox: EmailAddress = "lukasz@example.pl".parse().expect("an address");
    let folder = tempfile::tempdir().expect("a folder");
    postfix::is_there().then(|| {
        let server = Postfix::start(folder.path(), std::slice::from_ref(&mailbox)).expect("a mail server");
        Office { server, mailbox, _folder: folder }
    })
}

fn config(office: &Office, security: SmtpSecurity) -> SmtpConfig {
    let mut config = SmtpConfig::new(office.server.server(security), desk());
    config.login = Some(office.server.login());
    config.authorities = vec![office.server.authority()];
    config
}

/// P20 and the first thing of issue 9 to show: what arrives is what was written, with the headers by which programs know it.
#[tokio::test]
async fn a_mail_arrives_over_tls_with_a_login() {
    let Some(office) = office() else { return };
    let composed = crate::words::Catalogues::embedded().compose(
        &crate::message::Letter {
            message: crate::message::Message::Test(crate::message::TestFacts::Sent {
                sent_at: Utc.with_ymd_and_hms(2026, 11, 30, 8, 0, 0).single().expect("a time"),
            }),
            reason: crate::message::Reason::Asked {},
            programme: Name::new("Chicago Sister Cities").expect("a name"),
            open: None,
            unsubscribe: None,
        },
        &crate::message::Reader {
            name: Some(Name::new("Łukasz Żak").expect("a name")),
            languages: vec!["pl".parse().expect("a language")],
            zone: chrono_tz::Europe::Warsaw,
        },
        None,
        &"https://twinning.example.org".parse().expect("an address"),
    );
    for (number, security) in [SmtpSecurity::StartTls, SmtpSecurity::Tls].into_iter().enumerate() {
        let channel = SmtpChannel::new(config(&office, security)).expect("a channel");
        let mail = Mail::new(mailbox(office.mailbox.as_str(), Some("Łukasz Żak")), composed.clone());
        let receipt = channel.send(sending(mail.about(agreement()))).await.expect("taken over");
        assert_eq!(receipt.status, Some(250));
        let mails = office.server.mails(&office.mailbox, number + 1).expect("it arrived");
        let mail = mails.last().expect("a mail");
        for line in [
            "Message-ID: <dlv_01h455vb4pex5vsknk084sn02r@twinning.example.org>",
            "References: <agr_01h455vb4pex5vsknk084sn02q@twinning.example.org>",
            "Auto-Submitted: auto-generated",
            "Content-Language: pl",
            "Date: Mon, 30 Nov 2026 08:00:00 +0000",
        ] {
            assert!(mail.contains(line), "{line} is missing:\n{mail}");
        }
        assert!(mail.contains("with ESMTPSA"), "the server notes TLS and the login:\n{mail}");
        assert!(mail.contains("using TLSv1."), "{mail}");
    }
}

#[tokio::test]
async fn an_unknown_mailbox_is_gone_and_a_mail_that_is_too_big_is_refused() {
    let Some(office) = office() else { return };
    let channel = SmtpChannel::new(config(&office, SmtpSecurity::StartTls)).expect("a channel");
    let nobody = channel.send(sending(mail("nobody@example.pl"))).await.expect_err("nobody is there");
    assert!(matches!(nobody, SendError::Gone { status: Some(550), .. }), "{nobody:?}");
    assert!(!nobody.to_string().contains('@'), "{nobody}");
    let huge = Mail { text: "Dzień dobry. ".repeat(50_000), ..mail(office.mailbox.as_str()) };
    let refused = channel.send(sending(huge)).await.expect_err("too big");
    assert!(matches!(refused, SendError::Permanent { .. }), "{refused:?}");
}

#[tokio::test]
async fn a_wrong_password_or_an_unknown_authority_is_the_operators_to_mend() {
    let Some(office) = office() else { return };
    let mut wrong = config(&office, SmtpSecurity::StartTls);
    wrong.login = Some(Login { user: office.server.login().user, password: "wrong".to_owned().into() });
    let mut unknown = config(&office, SmtpSecurity::Tls);
    unknown.authorities = Vec::new();
    for (config, said) in [(wrong, "lets nobody in: 535"), (unknown, "is not trusted")] {
        let channel = SmtpChannel::new(config).expect("a channel");
        let refused = channel.send(sending(mail(office.mailbox.as_str()))).await.expect_err("not let in");
        assert!(matches!(refused, SendError::Temporary { .. }), "{refused:?}");
        assert!(refused.to_string().contains(said), "{refused}");
    }
}
