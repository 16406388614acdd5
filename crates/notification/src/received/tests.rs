//! Reports as mail servers write them, answers as calendar programs do, and bytes that are neither.

use proptest::prelude::*;
use sister_cities_domain::id::DeliveryId;

use super::*;
use crate::calendar::Attendance;

const ID: &str = "dlv_01h455vb4pex5vsknk084sn02r";

fn id() -> DeliveryId {
    ID.parse().expect("an id")
}

/// The lines as a mail has them.
fn mail(lines: &str) -> Vec<u8> {
    lines.trim_start().lines().flat_map(|line| [line.trim_end(), "\r\n"]).collect::<String>().into_bytes()
}

/// A report in three parts: words, fields, and what is returned.
fn report(head: &str, fields: &str, returned: &str) -> Vec<u8> {
    mail(&format!(
        "From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: desk@twinning.example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary=\"9B7C41F2.1764500000/mx.example.org\"
{head}
This is a MIME-encapsulated message.

--9B7C41F2.1764500000/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--9B7C41F2.1764500000/mx.example.org
Content-Description: Delivery report
Content-Type: message/delivery-status

{fields}
--9B7C41F2.1764500000/mx.example.org
{returned}
--9B7C41F2.1764500000/mx.example.org--
"
    ))
}

fn headers() -> String {
    format!(
        "Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

Message-ID: <{ID}@twinning.example.org>
Date: Mon, 30 Nov 2026 08:00:00 +0000
From: Biuro <desk@twinning.example.org>
To: Anna =?utf-8?B?xbthaw==?= <anna@example.org>
Subject: Umowa
"
    )
}

fn whole() -> String {
    format!(
        "Content-Description: Undelivered Message
Content-Type: message/rfc822

Return-Path: <desk@twinning.example.org>
Message-ID: <{ID}@twinning.example.org>
Date: Mon, 30 Nov 2026 08:00:00 +0000
From: Biuro <desk@twinning.example.org>
To: anna@example.org
Subject: Umowa
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=\"part_of_x\"

--part_of_x
Content-Type: text/plain

Dzie
--part_of_x--
"
    )
}

const POSTFIX: &str = "Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: 9B7C41F2
X-Postfix-Sender: rfc822; desk@twinning.example.org
Arrival-Date: Mon, 30 Nov 2026 08:00:00 +0000 (UTC)

Final-Recipient: rfc822; anna@example.org
Original-Recipient: rfc822;anna@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <anna@example.org>: Recipient address
    rejected: User unknown in local recipient table
";

/// What a report says, in a line.
fn said(bytes: &[u8]) -> String {
    match read_mail(bytes) {
        ReceivedMail::Returned(returned) => {
            assert_eq!(returned.delivery, id());
            let gone = if returned.is_gone { " gone" } else { "" };
            let mut to: Vec<&str> = returned.addresses.iter().map(EmailAddress::as_str).collect();
            to.sort_unstable();
            to.dedup();
            format!("{:?} {}{gone} {}", returned.action, returned.status, to.join(" "))
        }
        ReceivedMail::Answer(answer) => format!("{answer:?}"),
        ReceivedMail::Other(why) => why.to_string(),
    }
}

#[test]
fn postfix_says_that_there_is_no_such_user() {
    for returned in [headers(), whole()] {
        assert_eq!(said(&report("", POSTFIX, &returned)), "Failed 5.1.1 gone anna@example.org");
    }
}

#[test]
fn postfix_warns_of_a_mail_that_waits() {
    let waits = POSTFIX.replace("failed", "delayed").replace("5.1.1", "4.4.1");
    assert_eq!(said(&report("", &waits, &headers())), "Delayed 4.4.1 anna@example.org");
}

#[test]
fn a_mail_that_was_tried_for_days_has_failed_and_the_address_may_be_right() {
    let expired = POSTFIX.replace("5.1.1", "4.4.2");
    assert_eq!(said(&report("", &expired, &headers())), "Failed 4.4.2 anna@example.org");
}

#[test]
fn exchange_returns_the_mail_and_says_more_than_it_must() {
    let fields = "Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.com
Received-From-MTA: dns;AM0PR01MB9999.eurprd01.prod.exchangelabs.com
Arrival-Date: Mon, 30 Nov 2026 08:00:00 +0000

Final-Recipient: rfc822;anna@example.org
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: Anna
";
    assert_eq!(said(&report("", fields, &whole())), "Failed 5.1.10 gone anna@example.org");
}

#[test]
fn exchange_refuses_what_it_takes_for_spam_which_says_nothing_of_the_address() {
    let fields = "Reporting-MTA: dns;mail.example.org

Final-recipient: RFC822; anna@example.org
Action: failed
Status: 5.7.1
Diagnostic-Code: smtp;550 5.7.1 Message rejected as spam by Content Filtering.
";
    assert_eq!(said(&report("", fields, &headers())), "Failed 5.7.1 anna@example.org");
}

#[test]
fn gmail_says_that_the_account_does_not_exist() {
    let fields = "Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; desk@twinning.example.org
Arrival-Date: Mon, 30 Nov 2026 00:00:01 -0800 (PST)
X-Original-Message-ID: <other@twinning.example.org>

Final-Recipient: rfc822; anna@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (2a00:1450:4025:c03::1a, the server for the domain example.org.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550 5.1.1 unnecessary spaces. - gsmtp
Last-Attempt-Date: Mon, 30 Nov 2026 00:00:02 -0800 (PST)
";
    assert_eq!(said(&report("", fields, &whole())), "Failed 5.1.1 gone anna@example.org");
}

#[test]
fn gmail_returns_nothing_and_refers_to_the_mail() {
    let head = format!("In-Reply-To: <{ID}@twinning.example.org>\nReferences: <{ID}@twinning.example.org>\n");
    let fields = "Reporting-MTA: dns; googlemail.com

Final-Recipient: rfc822; anna@example.org
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552-5.2.2 The email account that you tried to reach is over quota.
";
    let image =
        "Content-Type: image/png; name=\"icon.png\"\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=";
    assert_eq!(said(&report(&head, fields, image)), "Failed 5.2.2 anna@example.org");
}

#[test]
fn sendmail_brings_a_status_in_words_and_capitals() {
    let fields = "Reporting-MTA: dns; relay.example.org
Arrival-Date: Mon, 30 Nov 2026 09:00:00 +0100

Final-Recipient: RFC822; ANNA@example.org
ACTION: Failed
STATUS: 5.1.2 (bad destination system: no such domain)
Diagnostic-Code: X-Unix; 68
";
    assert_eq!(said(&report("", fields, &headers())), "Failed 5.1.2 gone ANNA@example.org anna@example.org");
}

#[test]
fn exim_knows_no_status_and_says_it_in_words() {
    let fields = "Reporting-MTA: dns; exim.example.org

Action: failed
Final-Recipient: rfc822;anna@example.org
Status: 5.0.0
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 Unknown user anna
";
    assert_eq!(said(&report("", fields, &headers())), "Failed 5.0.0 gone anna@example.org");
    let unsaid = fields.replace("Unknown user anna", "Administrative prohibition");
    assert_eq!(said(&report("", &unsaid, &headers())), "Failed 5.0.0 anna@example.org");
}

#[test]
fn an_address_that_forwards_is_known_by_the_mail_that_is_returned() {
    let forwarded = POSTFIX.replace("Original-Recipient: rfc822;anna@example.org\n", "");
    let forwarded = forwarded.replace("rfc822; anna@example.org", "rfc822; anna.zak@elsewhere.example");
    assert_eq!(
        said(&report("", &forwarded, &headers())),
        "Failed 5.1.1 gone anna.zak@elsewhere.example anna@example.org"
    );
}

#[test]
fn of_several_recipients_the_one_that_failed_counts() {
    let fields = "Reporting-MTA: dns; list.example.org

Final-Recipient: rfc822; bogdan@example.org
Action: relayed
Status: 2.0.0

Final-Recipient: rfc822; celina@example.org
Action: delayed
Status: 4.7.0

Final-Recipient: rfc822; anna@example.org
Action: failed
Status: 5.2.1
";
    assert_eq!(said(&report("", fields, &headers())), "Failed 5.2.1 gone anna@example.org");
}

#[test]
fn an_international_report_is_read_as_any_other() {
    let report = String::from_utf8(report("", POSTFIX, &headers())).expect("a text");
    let report = report.replace("message/delivery-status", "message/global-delivery-status");
    let report = report.replace("text/rfc822-headers", "message/global-headers");
    assert_eq!(said(report.as_bytes()), "Failed 5.1.1 gone anna@example.org");
}

#[test]
fn a_report_that_a_mail_arrived_or_about_none_of_ours_is_said_to_be_so() {
    let arrived = POSTFIX.replace("failed", "delivered").replace("5.1.1", "2.0.0");
    assert_eq!(said(&report("", &arrived, &headers())), NotUnderstood::NoFailure.to_string());
    let theirs = headers().replace(ID, "20261130080000.1234@elsewhere");
    assert_eq!(said(&report("", POSTFIX, &theirs)), NotUnderstood::OfUnknownMail.to_string());
    let nonsense = POSTFIX.replace("5.1.1", "broken");
    assert_eq!(said(&report("", &nonsense, &headers())), NotUnderstood::NoFailure.to_string());
}

/// There is no part that a program could read.
#[test]
fn what_qmail_says_in_words_alone_is_not_understood() {
    let words = format!(
        "From: MAILER-DAEMON@qmail.example.org
To: desk@twinning.example.org
Subject: failure notice

Hi. This is the qmail-send program at qmail.example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<anna@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Message-ID: <{ID}@twinning.example.org>
"
    );
    assert_eq!(said(&mail(&words)), NotUnderstood::Neither.to_string());
    assert_eq!(
        said(&mail("Subject: Out of office\nAuto-Submitted: auto-replied\n\nBack on Monday.\n")),
        NotUnderstood::Neither.to_string()
    );
}

fn reply(from: &str, calendar: &str) -> Vec<u8> {
    mail(&format!(
        "From: {from}
To: desk@twinning.example.org
Subject: Accepted: Signing
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary=\"000abc\"

--000abc
Content-Type: text/plain; charset=\"UTF-8\"

Anna has accepted this invitation.

--000abc
Content-Type: text/calendar; charset=\"UTF-8\"; method=REPLY

{calendar}
--000abc--
"
    ))
}

const ACCEPTED: &str = "BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270503
DTEND;VALUE=DATE:20270504
DTSTAMP:20261201T100000Z
ORGANIZER;CN=Biuro:mailto:desk@twinning.example.org
UID:eng_01h455vb4pex5vsknk084sn02q
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=anna@
 example.org;X-NUM-GUESTS=0:mailto:anna@example.org
SEQUENCE:2
SUMMARY:Signing
END:VEVENT
END:VCALENDAR
";

#[test]
fn an_answer_says_who_what_and_to_which_state() {
    let ReceivedMail::Answer(answer) = read_mail(&reply("Anna Zak <anna@example.org>", ACCEPTED)) else {
        panic!("no answer")
    };
    assert_eq!(answer.from.as_str(), "anna@example.org");
    assert_eq!(answer.reply.who.address.as_str(), "anna@example.org");
    assert_eq!((answer.reply.said, answer.reply.sequence), (Attendance::Accepted, 2));
    assert_eq!(answer.reply.uid, "eng_01h455vb4pex5vsknk084sn02q");
}

#[test]
fn a_calendar_that_is_no_answer_and_an_answer_from_nobody_are_said_to_be_so() {
    let asks = ACCEPTED.replace("METHOD:REPLY", "METHOD:REQUEST");
    assert_eq!(said(&reply("anna@example.org", &asks)), NotUnderstood::NoAnswer.to_string());
    let counters = ACCEPTED.replace("METHOD:REPLY", "METHOD:COUNTER");
    assert_eq!(said(&reply("anna@example.org", &counters)), NotUnderstood::NoAnswer.to_string());
    for from in ["", "a@example.org, b@example.org", "undisclosed-recipients:;"] {
        assert_eq!(said(&reply(from, ACCEPTED)), NotUnderstood::NoSender.to_string(), "{from:?}");
    }
}

#[test]
fn an_empty_text_is_no_mail() {
    assert_eq!(said(b""), NotUnderstood::NoMail.to_string());
}

proptest! {
    #[test]
    fn any_bytes_come_to_something(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_mail(&bytes);
    }

    /// A report in which anything was broken is read or said to be none, and never about another mail.
    #[test]
    fn a_report_that_was_broken_anywhere_comes_to_something(
        at in 0.0_f64..1.0,
        length in 0_usize..60,
        put in proptest::collection::vec(any::<u8>(), 0..40),
        is_reply in any::<bool>(),
    ) {
        let mut bytes =
            if is_reply { reply("anna@example.org", ACCEPTED) } else { report("", POSTFIX, &whole()) };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let from = ((bytes.len() as f64) * at) as usize;
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, put);
        if let ReceivedMail::Returned(returned) = read_mail(&bytes) {
            prop_assert!(returned.addresses.len() <= 10);
        }
    }
}
