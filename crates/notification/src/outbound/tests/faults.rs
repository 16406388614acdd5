//! Faults of a receiver, against a real one on this machine: 500, 429, 503, 410, redirect, hang, drip, huge body, reset (P18, P19).

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use super::receiver::{Behaviour, Receiver};
use super::{Receipt, SendError, local, sent};
use crate::outbound::SystemLookup;

async fn outcome(behaviour: Behaviour) -> Result<Receipt, SendError> {
    let receiver = Receiver::start("127.0.0.1:0", behaviour).await;
    let client = local("127.0.0.1/32", Arc::new(SystemLookup));
    sent(&client, &format!("http://{}/hook?token=S3CRET", receiver.address)).await
}

fn answer(status: &str, headers: &str, body: &str) -> Behaviour {
    let length = body.len();
    Behaviour::Answer(format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"))
}

/// What happens when the clock runs on once the receiver has the request.
async fn outcome_in_the_end(behaviour: Behaviour) -> Result<Receipt, SendError> {
    let receiver = Receiver::start("127.0.0.1:0", behaviour).await;
    let client = local("127.0.0.1/32", Arc::new(SystemLookup));
    let url = format!("http://{}/", receiver.address);
    let sending = tokio::spawn(async move { sent(&client, &url).await });
    receiver.was_asked().await;
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(1)).await;
    sending.await.expect("it ends")
}

#[tokio::test]
async fn what_is_taken_is_a_receipt_with_what_the_receiver_said() {
    let receipt = outcome(answer("202 Accepted", "", "queued as 7")).await.expect("taken");
    assert_eq!(receipt, Receipt { status: Some(202), answer: Some("queued as 7".to_owned()) });
}

#[tokio::test]
async fn a_receiver_that_is_busy_is_asked_again_when_it_said() {
    for (status, code) in
        [("429 Too Many Requests", 429), ("503 Service Unavailable", 503), ("500 Oops", 500)]
    {
        let error = outcome(answer(status, "Retry-After: 90\r\n", "")).await.expect_err(status);
        let SendError::Temporary { status, retry_after, .. } = error else { panic!("{error:?}") };
        assert_eq!((status, retry_after), (Some(code), Some(TimeDelta::seconds(90))));
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_says_so() {
    let error = outcome(answer("410 Gone", "", "")).await.expect_err("gone");
    assert!(matches!(error, SendError::Gone { status: Some(410), .. }), "{error:?}");
}

/// What is logged of a failure holds neither the address, which can be a secret, nor a secret that the receiver repeats.
#[tokio::test]
async fn r23_a_refusal_is_final_and_tells_no_secret() {
    let error = outcome(answer("403 Forbidden", "", "wrong token S3CRET")).await.expect_err("refused");
    assert!(matches!(error, SendError::Permanent { status: Some(403), .. }), "{error:?}");
    assert_eq!(error.to_string(), "answered 403 Forbidden: wrong token ***");
}

#[tokio::test]
async fn a_connection_that_is_reset_is_tried_again() {
    let error = outcome(Behaviour::Reset).await.expect_err("nothing said");
    assert!(matches!(error, SendError::Temporary { status: None, retry_after: None, .. }), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with("the connection broke off: ") && !text.contains("127.0.0.1"), "{text}");
}

#[tokio::test]
async fn nobody_there_is_tried_again() {
    let receiver = Receiver::start("127.0.0.1:0", Behaviour::Hang).await;
    let (free, client) = (receiver.address, local("127.0.0.1/32", Arc::new(SystemLookup)));
    // Nothing listens at another address of this machine under the same port.
    let client_of_all = local("127.0.0.0/8", Arc::new(SystemLookup));
    let error = sent(&client_of_all, &format!("http://127.0.0.9:{}/S3CRET", free.port())).await;
    let error = error.expect_err("nobody");
    assert!(matches!(error, SendError::Temporary { status: None, .. }), "{error:?}");
    assert!(
        error.to_string().starts_with("not reached: ") && !error.to_string().contains("S3CRET"),
        "{error}"
    );
    drop(client);
}

#[tokio::test]
async fn a_receiver_that_hangs_is_left_after_15_s() {
    let error = outcome_in_the_end(Behaviour::Hang).await.expect_err("nothing said");
    assert_eq!(error.to_string(), "no answer within 15 s");
}

#[tokio::test]
async fn a_receiver_whose_head_drips_is_left_after_15_s() {
    let error =
        outcome_in_the_end(Behaviour::Drip("HTTP/1.1 200 OK\r\nX-Slow: ")).await.expect_err("no head");
    assert_eq!(error.to_string(), "no answer within 15 s");
}

/// The status says that it was taken; the rest is evidence, and cut.
#[tokio::test]
async fn a_body_that_drips_is_cut_after_15_s_and_the_message_counts_as_taken() {
    let receipt =
        outcome_in_the_end(Behaviour::Drip("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")).await;
    let receipt = receipt.expect("taken");
    assert_eq!(receipt.status, Some(200));
    assert!(receipt.answer.is_some_and(|answer| answer.len() <= 20), "a byte each second");
}

#[tokio::test]
async fn of_a_huge_body_64_kb_are_read_and_16_kept() {
    let huge = "y".repeat(10_000_000);
    let receipt = outcome(answer("200 OK", "", &huge)).await.expect("taken");
    assert_eq!(receipt.answer.map(|answer| answer.len()), Some(16 * 1_024));
    let endless = outcome(Behaviour::Answer(format!("HTTP/1.1 200 OK\r\n\r\n{huge}"))).await.expect("taken");
    assert_eq!(endless.answer.map(|answer| answer.len()), Some(16 * 1_024));
}

#[tokio::test]
async fn what_is_no_http_is_tried_again() {
    for nonsense in ["SSH-2.0-OpenSSH_9.2\r\n", "HTTP/9.9 200 OK\r\n\r\n", "\u{0}\u{1}\r\n\r\n"] {
        let error = outcome(Behaviour::Answer(nonsense.to_owned())).await.expect_err(nonsense);
        assert!(matches!(error, SendError::Temporary { status: None, .. }), "{error:?}");
    }
}
