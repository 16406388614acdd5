//! Whether the server lives, and whether it can work.

use sister_cities_api::delivery::ChannelHealthView;
use sister_cities_api::system::{ENDPOINTS, Livez, LivezReply, Readyz, ReadyzReply};
use sister_cities_app::App;
use sister_cities_domain::notification::ChannelKind;
use sister_cities_storage::notification::DeliveryCounts;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;
use crate::refusal;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [serve(livez), serve(readyz)]
}

async fn livez(_: Call<Livez>) -> ApiResult<Answer<LivezReply>> {
    Ok(Answer::plain(LivezReply { status: "live".to_owned() }))
}

async fn readyz(call: Call<Readyz>) -> ApiResult<Answer<ReadyzReply>> {
    // One cheap read tells whether the store answers.
    call.app.database().programmes(None, 1).await.map_err(refusal::read)?;
    Ok(Answer::plain(ReadyzReply {
        status: "ready".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        tzdb_version: chrono_tz::IANA_TZDB_VERSION.to_owned(),
        attributions: vec![sister_cities_gazetteer::ATTRIBUTION.to_owned()],
        deliveries: health(&call.app).await?,
    }))
}

/// What waits to be told, by channel.
pub(crate) async fn health(app: &App) -> ApiResult<Vec<ChannelHealthView>> {
    let now = app.clock().now();
    let view = |(channel, counts): (ChannelKind, DeliveryCounts)| {
        let late = counts.oldest_due_at.map_or(0, |due| (now - due).num_seconds());
        ChannelHealthView {
            channel: channel.into(),
            waiting: counts.ready,
            attempts: counts.attempts,
            late_seconds: u64::try_from(late).unwrap_or(0),
            dead: counts.dead,
        }
    };
    Ok(app.delivery_health().await?.into_iter().map(view).collect())
}
