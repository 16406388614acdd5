//! Knows what becomes of a body that a refused request still brings: it is read and thrown away, for a while.
//!
//! A client that is told no in the middle of sending, and then finds the connection closed, often fails by a broken pipe before it reads
//! what it was told. So it may send to the end first.

use std::time::Duration;

use axum::body::Body;
use http::HeaderMap;
use http::header::EXPECT;
use http_body::Body as _;
use http_body_util::BodyExt as _;

/// How long a client may go on to send what nobody reads.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads what is left of a body and throws it away, ten seconds at most.
pub(crate) async fn discard(headers: &HeaderMap, mut body: Body) {
    // Who asks first whether to send at all is told, and sends nothing.
    if body.is_end_stream() || headers.contains_key(EXPECT) {
        return;
    }
    let reading = async { while let Some(Ok(_)) = body.frame().await {} };
    // Whoever takes longer finds the connection closed.
    let _ = tokio::time::timeout(PATIENCE, reading).await;
}
