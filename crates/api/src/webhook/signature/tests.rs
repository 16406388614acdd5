//! What is signed is verified; what was changed, is old, or is another's is not.

use http::HeaderValue;

use super::*;

const ID: &str = "dlv_01h455vb4pex5vsknk084sn02q";

fn now() -> DateTime<Utc> {
    "2026-11-30T09:00:00Z".parse().expect("a time")
}

fn secret(byte: u8) -> SigningSecret {
    SigningSecret::new([byte; 32])
}

fn body() -> Vec<u8> {
    let data = serde_json::json!({
        "id": "evt_01h455vb4pex5vsknk084sn02q",
        "programme": "prg_01h455vb4pex5vsknk084sn02q",
        "subject": "prt_01h455vb4pex5vsknk084sn02q",
        "a field of tomorrow": true,
    });
    let told = serde_json::json!({
        "type": "partnership.suspended", "timestamp": "2026-11-30T08:59:58Z", "version": "1", "data": data,
    });
    told.to_string().into_bytes()
}

fn headers(at: DateTime<Utc>, signatures: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(WEBHOOK_ID, HeaderValue::from_static(ID));
    headers.insert(WEBHOOK_TIMESTAMP, HeaderValue::from(at.timestamp()));
    headers.insert(WEBHOOK_SIGNATURE, signatures.parse().expect("a header"));
    headers
}

/// The vector of the specification.
#[test]
fn a_signature_is_what_the_specification_says() {
    let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().expect("a secret");
    let at = DateTime::from_timestamp(1_614_265_330, 0).expect("a time");
    let made = sign(&[secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", at, br#"{"test": 2432232314}"#);
    assert_eq!(made, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

/// P21: during a rotation a receiver verifies with either secret, before and after it changed its own.
#[test]
fn a_message_is_verified_with_either_secret_of_a_rotation() {
    let made = sign(&[secret(2), secret(1)], ID, now(), &body());
    assert_eq!(made.split(' ').count(), 2);
    for known in [vec![secret(1)], vec![secret(2)], vec![secret(3), secret(1)]] {
        let event = verify(&known, &headers(now(), &made), &body(), now()).expect("ours");
        assert_eq!(event.name, "partnership.suspended");
    }
    let foreign = verify(&[secret(3)], &headers(now(), &made), &body(), now());
    assert!(matches!(foreign, Err(VerifyError::Signature)), "{foreign:?}");
}

#[test]
fn a_message_that_was_changed_in_anything_is_not_ours() {
    let made = sign(&[secret(1)], ID, now(), &body());
    let mut altered = body();
    altered[10] ^= 1;
    assert!(verify(&[secret(1)], &headers(now(), &made), &altered, now()).is_err());
    let later = now() + TimeDelta::seconds(1);
    assert!(verify(&[secret(1)], &headers(later, &made), &body(), now()).is_err());
    let mut renamed = headers(now(), &made);
    renamed.insert(WEBHOOK_ID, HeaderValue::from_static("dlv_01h455vb4pex5vsknk084sn02r"));
    assert!(verify(&[secret(1)], &renamed, &body(), now()).is_err());
    for signature in ["", "v1", "v1,", "v1,AAAA", "v2,", "v1a,AAAA", &made.replace("v1", "v2"), &made[..20]] {
        let refused = verify(&[secret(1)], &headers(now(), signature), &body(), now());
        assert!(matches!(refused, Err(VerifyError::Signature)), "{signature}: {refused:?}");
    }
    assert!(verify(&[], &headers(now(), &made), &body(), now()).is_err(), "no secret, no message");
}

#[test]
fn a_message_of_more_than_five_minutes_ago_or_ahead_is_refused() {
    for (seconds, taken) in [(300, true), (301, false), (-300, true), (-301, false)] {
        let at = now() + TimeDelta::seconds(seconds);
        let made = sign(&[secret(1)], ID, at, &body());
        let verified = verify(&[secret(1)], &headers(at, &made), &body(), now());
        assert_eq!(verified.is_ok(), taken, "{seconds} s: {verified:?}");
    }
    for timestamp in ["", "soon", "1e9", "99999999999999999999", "-9223372036854775808"] {
        let mut odd = headers(now(), "v1,AAAA");
        odd.insert(WEBHOOK_TIMESTAMP, timestamp.parse().expect("a header"));
        assert!(verify(&[secret(1)], &odd, &body(), now()).is_err(), "{timestamp}");
    }
}

#[test]
fn a_header_that_is_missing_or_stands_twice_is_named() {
    let made = sign(&[secret(1)], ID, now(), &body());
    for name in [WEBHOOK_ID, WEBHOOK_TIMESTAMP, WEBHOOK_SIGNATURE] {
        let mut without = headers(now(), &made);
        without.remove(name);
        let mut twice = headers(now(), &made);
        twice.append(name, HeaderValue::from_static("1"));
        for odd in [without, twice] {
            let refused = verify(&[secret(1)], &odd, &body(), now());
            assert!(matches!(refused, Err(VerifyError::Header(named)) if named == name), "{refused:?}");
        }
    }
}

#[test]
fn what_is_signed_and_no_event_says_so() {
    let made = sign(&[secret(1)], ID, now(), b"[]");
    let refused = verify(&[secret(1)], &headers(now(), &made), b"[]", now());
    assert!(matches!(refused, Err(VerifyError::Body(_))), "{refused:?}");
}
