//! The bytes of a mail.

use super::*;

fn bytes(mail: Mail) -> String {
    let Sending { delivery, at, message, .. } = sending(mail);
    String::from_utf8(message.to_bytes(delivery, at, &desk()).expect("a mail")).expect("ASCII")
}

#[test]
fn a_mail_has_the_headers_by_which_it_is_known_threaded_refused_and_not_answered() {
    insta::assert_snapshot!(bytes(mail("lukasz@example.pl")).replace("\r\n", "\n"));
}

#[test]
fn a_second_attempt_is_the_same_mail_but_for_its_date() {
    let first = sending(mail("lukasz@example.pl"));
    let at = first.at + chrono::TimeDelta::minutes(5);
    let second = Sending { attempt: 2, at, ..first.clone() };
    let without_date = |sending: &Sending<Mail>| {
        let Sending { delivery, at, message, .. } = sending.clone();
        let text =
            String::from_utf8(message.to_bytes(delivery, at, &desk()).expect("a mail")).expect("ASCII");
        text.lines().filter(|line| !line.starts_with("Date:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(without_date(&first), without_date(&second));
}

#[test]
fn an_invitation_goes_beside_text_and_html() {
    let calendar = CalendarPart {
        method: CalendarMethod::Request,
        text: "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n".to_owned(),
    };
    let mail = bytes(mail("lukasz@example.pl").with_calendar(calendar));
    assert!(mail.contains("Content-Type: text/calendar; method=REQUEST; charset=utf-8"), "{mail}");
    assert!(mail.contains("METHOD:REQUEST"), "{mail}");
}

#[test]
fn a_link_that_anybody_can_read_along_is_no_list_unsubscribe() {
    let address: crate::message::ProductAddress = "http://localhost:8080".parse().expect("an address");
    let link = address.link(&"/unsubscribe/abc".parse().expect("a path"));
    let mail = bytes(Mail { unsubscribe: Some(link), ..mail("lukasz@example.pl") });
    assert!(!mail.contains("List-Unsubscribe"), "RFC 8058 wants https: {mail}");
}

/// P32: there is no way to write a line break into what becomes a header, and nothing else becomes one.
#[test]
fn no_header_can_be_forged() {
    let injected = "Umowa\r\nBcc: everybody@example.org";
    assert!(Title::new(injected).is_err() && Name::new(injected).is_err());
    assert!("a@example.org\r\nBcc: b@example.org".parse::<EmailAddress>().is_err());
    assert!("a@example.org>\r\nRCPT TO:<b".parse::<EmailAddress>().is_err());
    let hostile = Mail {
        to: mailbox("lukasz@example.pl", Some("Bcc: b@example.org, <c@example.org>")),
        subject: Title::new("=?utf-8?q?a?= Bcc: b@example.org").expect("a title"),
        text: "\r\n.\r\nRSET\r\nMAIL FROM:<x@example.org>\r\n".to_owned(),
        ..mail("lukasz@example.pl")
    };
    let Sending { delivery, at, message, .. } = sending(hostile.clone());
    let made = crate::email::mime::message(&message, delivery, at, &desk()).expect("a mail");
    assert_eq!(made.envelope().to().len(), 1, "{:?}", made.envelope());
    let text = bytes(hostile);
    let headers = text.split("\r\n\r\n").next().expect("headers");
    assert!(!headers.lines().any(|line| line.starts_with("Bcc")), "{headers}");
}

#[test]
fn a_domain_in_other_letters_is_written_as_servers_know_it() {
    let mail = bytes(mail("info@münchen.example"));
    assert!(mail.contains("info@xn--mnchen-3ya.example"), "{mail}");
}
