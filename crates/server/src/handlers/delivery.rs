//! Deliveries, and sending them again.

use sister_cities_api::Page;
use sister_cities_api::delivery::{
    DeliveryEvidenceView, DeliveryView, ENDPOINTS, GetDelivery, ListDeliveries, ResendBody, ResendDeliveries,
    ResendDelivery, ResentView, TestDelivery,
};
use sister_cities_storage::Sequence;
use sister_cities_storage::notification::{DeliveryQuery, Resend};

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_deliveries),
        serve(get_delivery),
        serve(resend_delivery),
        serve(resend_deliveries),
        serve(test_delivery),
    ]
}

async fn list_deliveries(call: Call<ListDeliveries>) -> ApiResult<Answer<Page<DeliveryView>>> {
    let query = DeliveryQuery {
        recipient: call.query.recipient,
        state: call.query.state,
        event: call.query.event.map(Sequence),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let found = call.app.list_deliveries(&call.caller, call.path.programme, query).await?;
    call.page(&found.items, found.next.as_ref(), DeliveryView::of)
}

async fn get_delivery(call: Call<GetDelivery>) -> ApiResult<Answer<DeliveryEvidenceView>> {
    let (programme, id) = (call.path.programme, call.path.delivery);
    let found = call.app.get_delivery(&call.caller, programme, id).await?;
    let found = found.ok_or_else(ApiError::not_found)?;
    Ok(Answer::plain(DeliveryEvidenceView::of(programme, &found.delivery, &found.attempts, &found.told)))
}

async fn resend_delivery(call: Call<ResendDelivery>) -> ApiResult<Answer<ResentView>> {
    let what = Resend::Delivery(call.path.delivery);
    let resent = call.app.resend_deliveries(&call.caller, call.path.programme, what).await?;
    Ok(Answer::plain(ResentView { resent: resent.ok_or_else(ApiError::not_found)? }))
}

async fn resend_deliveries(call: Call<ResendDeliveries>) -> ApiResult<Answer<ResentView>> {
    let ResendBody { recipient, since } = call.body;
    let what = since.map_or(Resend::DeadTo(recipient), |since| Resend::MadeSince(recipient, since));
    let resent = call.app.resend_deliveries(&call.caller, call.path.programme, what).await?;
    Ok(Answer::plain(ResentView { resent: resent.unwrap_or_default() }))
}

async fn test_delivery(call: Call<TestDelivery>) -> ApiResult<Answer<DeliveryView>> {
    let made = call.app.test_delivery(&call.caller, call.path.programme, call.body.recipient).await?;
    Ok(Answer::plain(DeliveryView::of(&made)))
}
