//! Somebody is invited to a visit that is still to come, answers by mail, and a mail to them comes back.

use serde_json::json;
use sister_cities_api::delivery::ReceiveMail;
use sister_cities_api::engagement::{
    CreateEngagement, EngagementPath, GetEngagement, InviteBody, InviteToEngagement,
};
use sister_cities_api::person::CreatePerson;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::{MailUpload, NoBody, NoParameters, RecordQuery, Word};
use sister_cities_domain::id::{DeliveryId, EngagementId, PartnershipId, ProgrammeId};

use super::super::site::request;
use super::{Teller, body};

/// A mail of these lines.
fn mail(lines: &str) -> MailUpload {
    MailUpload { bytes: lines.lines().flat_map(|line| [line, "\r\n"]).collect::<String>().into_bytes() }
}

fn accepted(engagement: EngagementId, from: &str) -> MailUpload {
    mail(&format!(
        "From: {from}
To: desk@example.org
MIME-Version: 1.0
Content-Type: text/calendar; method=REPLY; charset=utf-8

BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Example//EN
METHOD:REPLY
BEGIN:VEVENT
UID:{engagement}
SEQUENCE:0
DTSTAMP:20981201T100000Z
ATTENDEE;PARTSTAT=ACCEPTED:mailto:olena@example.org
END:VEVENT
END:VCALENDAR"
    ))
}

pub(super) async fn invitation(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let of = ProgrammePath { programme };
    let card = json!({ "name": "Olena Guest", "emails": [{ "address": "olena@example.org" }] });
    let olena = teller.site.ask::<CreatePerson>(&of, &NoParameters, &body(&card)).await.id;
    let visit = json!({ "partnership": partnership, "title": "Signing", "foci": ["culture"], "direction": "inbound",
                        "start": "2099-05-03",
                        "organisations": [{ "name": "A choir", "side": "counterpart", "represented_by": [olena] }] });
    let visit = teller.site.ask::<CreateEngagement>(&of, &NoParameters, &body(&visit)).await.id;
    let path = EngagementPath { programme, engagement: visit };
    let whom = InviteBody { persons: Some(vec![olena]) };
    let got = teller.change::<InviteToEngagement>(&path, "\"r1\"".to_owned(), &whom).await;
    let invited = got.reply::<InviteToEngagement>().invited;
    assert_eq!(
        invited.iter().map(|one| (one.person, one.said.is_some())).collect::<Vec<_>>(),
        [(olena, false)]
    );
    let stranger =
        InviteBody { persons: Some(vec![sister_cities_domain::id::PersonId::from_uuid(uuid::Uuid::nil())]) };
    let refused = request::<InviteToEngagement>(&path, &NoParameters, &stranger).if_match(got.etag());
    assert_eq!(teller.site.send(&refused).await.status, 409, "who is not named in it is not invited");

    let forged = accepted(visit, "mallory@example.org");
    let (nothing, _) = teller.say::<ReceiveMail>(&of, &NoParameters, &forged).await;
    assert_eq!(
        (nothing.taken.as_str(), nothing.because.as_str()),
        ("nothing", "the answer is not from whom the mail is")
    );
    let (taken, _) =
        teller.say::<ReceiveMail>(&of, &NoParameters, &accepted(visit, "Olena <olena@example.org>")).await;
    assert_eq!(
        (taken.taken.as_str(), taken.engagement, taken.person),
        ("answered", Some(visit), Some(olena))
    );
    let (again, _) =
        teller.say::<ReceiveMail>(&of, &NoParameters, &accepted(visit, "olena@example.org")).await;
    assert_eq!(again.taken.as_str(), "nothing", "{again:?}");
    let (read, _) = teller.say::<GetEngagement>(&path, &RecordQuery::default(), &NoBody).await;
    let said = &read.invited[0];
    assert_eq!((said.said.as_ref().map(Word::as_str), said.counts), (Some("accepted"), Some(true)));

    let (other, _) =
        teller.say::<ReceiveMail>(&of, &NoParameters, &mail("Subject: Lunch?\n\nAt noon?")).await;
    assert!(other.because.starts_with("it is neither a report"), "{}", other.because);
    let unknown = DeliveryId::from_uuid(uuid::Uuid::nil());
    let report = mail(&format!(
        "Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; olena@example.org
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: <{unknown}@example.org>

--b--"
    ));
    let (forged, _) = teller.say::<ReceiveMail>(&of, &NoParameters, &report).await;
    assert_eq!(forged.because, format!("{unknown} is no mail of this programme"));
}
