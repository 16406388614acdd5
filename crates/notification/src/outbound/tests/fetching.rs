//! Files that are fetched from addresses of users: each address is judged, also those that one leads to (P30).

use std::sync::Arc;

use super::local;
use super::receiver::{Behaviour, Receiver};
use crate::outbound::{FetchError, OutboundClient, OutboundPolicy, Refused, SystemLookup};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

fn answer(status: &str, headers: &str, body: &str) -> Behaviour {
    let length = body.len();
    Behaviour::Answer(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"))
}

fn client() -> OutboundClient {
    local("127.0.0.1/32", Arc::new(SystemLookup))
}

async fn fetched(behaviour: Behaviour, most: usize) -> Result<Vec<u8>, FetchError> {
    let receiver = Receiver::start("127.0.0.1:0", behaviour).await;
    client().fetch(&format!("http://{}/calendar.ics?token=S3CRET", receiver.address), most).await
}

#[tokio::test]
async fn a_calendar_is_fetched_up_to_the_length_that_it_may_have() {
    let whole = fetched(answer("200 OK", "", CALENDAR), CALENDAR.len()).await;
    assert_eq!(whole, Ok(CALENDAR.as_bytes().to_vec()));
    let most = CALENDAR.len() - 1;
    assert_eq!(fetched(answer("200 OK", "", CALENDAR), most).await, Err(FetchError::TooLong { most }));
}

#[tokio::test]
async fn what_is_no_file_is_said_without_the_address() {
    assert_eq!(fetched(answer("404 Not Found", "", ""), 100).await, Err(FetchError::Status(404)));
    let broken = fetched(Behaviour::Reset, 100).await.expect_err("it broke off");
    assert!(!broken.to_string().contains("S3CRET"), "{broken}");
}

#[tokio::test]
async fn a_redirect_is_followed_to_where_the_first_might_have_gone_and_nowhere_else() {
    let there = Receiver::start("127.0.0.1:0", answer("200 OK", "", CALENDAR)).await;
    let to = |location: &str| answer("302 Found", &format!("Location: {location}\r\n"), "");
    let led = fetched(to(&format!("http://{}/moved", there.address)), 100).await;
    assert_eq!(led, Ok(CALENDAR.as_bytes().to_vec()));
    for inside in ["http://169.254.169.254:8080/latest", "http://127.0.0.2:8080/", "http://[::1]:8080/"] {
        assert_eq!(fetched(to(inside), 100).await, Err(FetchError::Refused(Refused::Internal)), "{inside}");
    }
    assert_eq!(
        fetched(to("file:///etc/passwd"), 100)
            .await
            .map_err(|error| error.to_string().contains("not allowed")),
        Err(true)
    );
    assert_eq!(fetched(to("/again"), 100).await, Err(FetchError::TooManyRedirects));
}

#[tokio::test]
async fn an_address_inside_is_not_reached_whatever_it_is_called() {
    let receiver = Receiver::start("127.0.0.1:0", answer("200 OK", "", CALENDAR)).await;
    let client = OutboundClient::new(OutboundPolicy::default()).expect("a client");
    let port = receiver.address.port();
    for address in [
        format!("webcal://127.0.0.1:{port}/"),
        format!("WEBCAL://[::1]:{port}/"),
        format!("https://localhost:{port}/"),
    ] {
        let refused = client.fetch(&address, 100).await.expect_err("refused");
        assert!(refused.to_string().contains("the address is not allowed"), "{address}: {refused}");
    }
    assert_eq!(client.fetch("http://example.org/", 100).await, Err(FetchError::Refused(Refused::Scheme)));
    assert_eq!(receiver.connections(), 0);
}
