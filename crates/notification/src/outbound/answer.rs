//! What an answer means: done, later, never, or nobody there any more.

use chrono::{DateTime, TimeDelta, Utc};
use reqwest::StatusCode;
use reqwest::header::{HeaderMap, RETRY_AFTER};

use crate::{Receipt, SendError};

/// The most bytes of an answer that are kept.
const KEPT: usize = 16 * 1_024;

/// How long the receiver wants to be left alone, if it says so: in seconds, or until a date.
pub(super) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match text.parse::<u32>() {
        Ok(seconds) => TimeDelta::seconds(i64::from(seconds)),
        Err(_) => DateTime::<Utc>::from(httpdate::parse_http_date(text).ok()?) - now,
    };
    Some(wait.max(TimeDelta::zero()))
}

/// The first part of an answer as text for a log: no control characters, none of the secrets.
pub(super) fn shown(answer: &[u8], secrets: &[String]) -> Option<String> {
    let mut text = String::from_utf8_lossy(answer).into_owned();
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        text = text.replace(secret, "***");
    }
    let plain = |letter: char| if letter.is_control() && letter != '\n' { ' ' } else { letter };
    text = text.chars().map(plain).collect();
    let end = (0..=KEPT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.truncate(end);
    (!text.is_empty()).then_some(text)
}

/// What the status says to do next.
pub(super) fn judged(
    status: StatusCode,
    retry_after: Option<TimeDelta>,
    answer: Option<String>,
) -> Result<Receipt, SendError> {
    let code = Some(status.as_u16());
    if status.is_success() {
        return Ok(Receipt { status: code, answer });
    }
    let said = answer.map(|answer| format!(": {answer}")).unwrap_or_default();
    let detail = if status.is_redirection() {
        format!("answered {status}: redirects are not followed, give the address they lead to{said}")
    } else {
        format!("answered {status}{said}")
    };
    Err(match status {
        StatusCode::GONE => SendError::Gone { detail, status: code },
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            SendError::Temporary { detail, status: code, retry_after }
        }
        refused if refused.is_client_error() => SendError::Permanent { detail, status: code },
        _ => SendError::Temporary { detail, status: code, retry_after },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(text: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(RETRY_AFTER, text.parse().expect("a header"))])
    }

    #[test]
    fn a_receiver_says_how_long_to_wait_in_seconds_or_by_date() {
        let now = "2026-11-30T09:00:00Z".parse().expect("a time");
        for (text, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Mon, 30 Nov 2026 09:01:40 GMT", Some(100)),
            ("Mon, 30 Nov 2026 08:00:00 GMT", Some(0)),
            ("4294967295", Some(4_294_967_295)),
            ("99999999999", None),
            ("-5", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            assert_eq!(retry_after(&headers(text), now).map(|wait| wait.num_seconds()), seconds, "{text}");
        }
    }

    /// R23: a 4xx is never retried, except where it says "later" by its meaning. P18: 410 says that the endpoint is gone.
    #[test]
    fn r23_the_status_says_whether_to_try_again() {
        for code in 200..600 {
            let status = StatusCode::from_u16(code).expect("a status");
            let outcome = judged(status, None, None);
            let expected = match code {
                200..=299 => "done",
                410 => "gone",
                408 | 425 | 429 | 300..=399 | 500..=599 => "later",
                _ => "never",
            };
            let found = match &outcome {
                Ok(receipt) => {
                    assert_eq!(receipt.status, Some(code));
                    "done"
                }
                Err(SendError::Gone { .. }) => "gone",
                Err(SendError::Temporary { .. }) => "later",
                Err(SendError::Permanent { .. }) => "never",
            };
            assert_eq!(found, expected, "{code}");
        }
        let moved = judged(StatusCode::FOUND, None, None).expect_err("not followed").to_string();
        assert_eq!(moved, "answered 302 Found: redirects are not followed, give the address they lead to");
    }

    #[test]
    fn an_answer_is_kept_short_plain_and_without_secrets() {
        let secret = vec!["T0KEN".to_owned(), String::new()];
        assert_eq!(shown(b"no \x1b[31mT0KEN\x07\nhere", &secret).as_deref(), Some("no  [31m*** \nhere"));
        assert_eq!(shown(b"", &secret), None);
        let long = shown("é".repeat(20_000).as_bytes(), &[]).expect("something");
        assert!(long.len() <= KEPT && long.len() > KEPT - 4);
        assert!(shown(&[0xff; 10], &[]).is_some());
    }
}
