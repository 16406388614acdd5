//! What rooms are shown, and that nothing in it formats, links or notifies.

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::{ChatChannel, ChatMessage, ChatRoom, ChatText, matrix, slack, teams};
use crate::outbound::{OutboundClient, OutboundPolicy};
use crate::{Channel as _, Receipt, SendError, Sending};

fn told() -> ChatText {
    ChatText {
        title: "Birmingham and Chicago: suspended".to_owned(),
        lines: vec!["Since 1 March 2026.".to_owned(), "Recorded by the desk.".to_owned()],
        link: Some(("Read on".to_owned(), "https://desk.example/partnerships/prt_1?a=1&b=2".to_owned())),
    }
}

fn nasty() -> ChatText {
    ChatText {
        title: "<!channel> *bold* @here".to_owned(),
        lines: vec![
            "<script>alert(1)</script> [x](https://evil.example) `y`".to_owned(),
            "a\r\n\u{7}b".to_owned(),
        ],
        link: None,
    }
}

#[test]
fn slack_shows_a_title_lines_and_a_link() {
    insta::assert_json_snapshot!(slack::message(&told()));
    insta::assert_json_snapshot!(slack::message(&nasty()));
}

#[test]
fn matrix_shows_a_title_lines_and_a_link() {
    insta::assert_json_snapshot!(matrix::message(&told()));
    insta::assert_json_snapshot!(matrix::message(&nasty()));
}

#[test]
fn teams_shows_a_title_lines_and_a_link() {
    insta::assert_json_snapshot!(teams::message(&told()));
    insta::assert_json_snapshot!(teams::message(&nasty()));
}

/// P32: whatever is said, it stays one message of the form, and what formats or notifies is spelled out.
#[test]
fn p32_nothing_that_is_said_formats_links_or_notifies() {
    let slack = slack::message(&nasty())["text"].to_string();
    assert!(!slack.contains("<!channel>") && !slack.contains("<script>"), "{slack}");
    let matrix = matrix::message(&nasty());
    assert!(!matrix["formatted_body"].to_string().contains("<script>"), "{matrix}");
    assert_eq!(matrix["m.mentions"], serde_json::json!({}));
    let teams = teams::message(&nasty())["attachments"][0]["content"]["body"][1]["text"].to_string();
    assert!(!teams.contains("[x](https"), "{teams}");
}

/// What a room on this machine is sent, and what became of it when the room answers so.
async fn sent(
    room: impl FnOnce(String) -> ChatRoom,
    answer: &'static str,
) -> (String, Result<Receipt, SendError>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/services/T0KEN", listener.local_addr().expect("an address"));
    let receiving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("somebody");
        let mut request = Vec::new();
        while !complete(&request) {
            assert_ne!(stream.read_buf(&mut request).await.expect("more"), 0, "cut short");
        }
        stream.write_all(answer.as_bytes()).await.expect("answered");
        String::from_utf8(request).expect("text")
    });
    let local =
        OutboundPolicy::default().with_http().with_network("127.0.0.1/32".parse().expect("a network"));
    let channel = ChatChannel::new(OutboundClient::new(local).expect("a client"));
    let message = ChatMessage { room: room(url), text: told() };
    assert!(!format!("{message:?}").contains("T0KEN"));
    let delivery = "dlv_01h455vb4pex5vsknk084sn02q".parse().expect("an id");
    let at = "2026-11-30T09:00:00Z".parse().expect("a time");
    let outcome = channel.send(Sending { delivery, attempt: 1, at, message }).await;
    (receiving.await.expect("received"), outcome)
}

fn complete(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    text.split_once("\r\n\r\n").is_some_and(|(_, body)| serde_json::from_str::<Value>(body).is_ok())
}

/// P15: a second attempt is the same message to Matrix, by the id of the delivery.
#[tokio::test]
async fn a_message_to_matrix_is_put_under_the_id_of_the_delivery() {
    let room = |url| ChatRoom::Matrix { url, token: "syt_1".to_owned() };
    let (request, outcome) = sent(room, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    assert!(
        request.starts_with(
            "PUT /services/T0KEN/send/m.room.message/dlv_01h455vb4pex5vsknk084sn02q HTTP/1.1\r\n"
        ),
        "{request}"
    );
    assert!(request.contains("authorization: Bearer syt_1\r\n"), "{request}");
    assert_eq!(outcome.map(|receipt| receipt.status), Ok(Some(200)));
}

#[tokio::test]
async fn what_a_room_answers_is_logged_without_its_secrets() {
    let room = |url| ChatRoom::Slack { url };
    let answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 25\r\n\r\nno_service services/T0KEN";
    let (request, outcome) = sent(room, answer).await;
    assert!(request.starts_with("POST /services/T0KEN HTTP/1.1\r\n"), "{request}");
    assert_eq!(outcome.expect_err("refused").to_string(), "answered 404 Not Found: no_service ***");
}
