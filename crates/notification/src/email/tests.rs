//! What a mail is made of, and what becomes of it: at servers that answer badly, late or not at all.

mod faults;
mod mime;
#[cfg(all(unix, feature = "testing"))]
mod real;
mod scripted;

use chrono::TimeZone as _;
use sister_cities_domain::id::AgreementId;

use super::*;
use crate::Sending;

fn mailbox(address: &str, name: Option<&str>) -> Mailbox {
    Mailbox {
        address: address.parse().expect("an address"),
        name: name.map(|name| Name::new(name).expect("a name")),
    }
}

fn desk() -> Mailbox {
    mailbox("desk@twinning.example.org", Some("Chicago Sister Cities"))
}

fn mail(to: &str) -> Mail {
    let link = |path: &str| {
        let address: crate::message::ProductAddress =
            "https://twinning.example.org".parse().expect("an address");
        address.link(&path.parse().expect("a path"))
    };
    Mail {
        to: mailbox(to, Some("Łukasz \"Ł\" Żak, Warsaw")),
        language: "pl".parse().expect("a language"),
        subject: Title::new("Umowa dobiega końca").expect("a title"),
        text: "Dzień dobry\n.kropka na początku\n".to_owned(),
        html: "<p>Dzień dobry</p>".to_owned(),
        thread: Some(agreement().into()),
        unsubscribe: Some(link("/unsubscribe/abc")),
        calendar: None,
    }
}

fn agreement() -> AgreementId {
    "agr_01h455vb4pex5vsknk084sn02q".parse().expect("an id")
}

fn delivery() -> DeliveryId {
    "dlv_01h455vb4pex5vsknk084sn02r".parse().expect("an id")
}

fn sending(mail: Mail) -> Sending<Mail> {
    let at = Utc.with_ymd_and_hms(2026, 11, 30, 8, 0, 0).single().expect("a time");
    Sending { delivery: delivery(), attempt: 1, at, message: mail }
}
