//! `GET /livez`.

use sister_cities_api::system::{Livez, LivezReply};

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// Answers `GET /livez`.
pub(crate) async fn handle(_: Call<Livez>) -> ApiResult<Answer<LivezReply>> {
    Ok(Answer::plain(LivezReply { status: "live".to_owned() }))
}
