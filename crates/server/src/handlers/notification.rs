//! What people were told.

use sister_cities_api::Page;
use sister_cities_api::notification::{
    CountUnreadNotifications, ENDPOINTS, ListNotifications, ListToldNotifications, MarkNotificationsRead,
    MarkedView, NotificationPart, NotificationView, ToldView, UnreadView,
};
use sister_cities_app::notification::ListNotificationsQuery;
use sister_cities_storage::Sequence;
use sister_cities_storage::notification::ToldQuery;

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_notifications),
        serve(list_told_notifications),
        serve(count_unread_notifications),
        serve(mark_notifications_read),
    ]
}

async fn list_told_notifications(call: Call<ListToldNotifications>) -> ApiResult<Answer<Page<ToldView>>> {
    let programme = call.path.programme;
    let query = ToldQuery {
        event: call.query.event.map(Sequence),
        rule: call.query.rule.map(|rule| rule.to_string()),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let found = call.app.list_told_notifications(&call.caller, programme, query).await?;
    call.page(&found.items, found.next.as_ref(), |one| {
        ToldView::of(programme, &one.notification, one.delivery)
    })
}

async fn list_notifications(call: Call<ListNotifications>) -> ApiResult<Answer<Page<NotificationView>>> {
    let (programme, person) = (call.path.programme, call.path.person);
    let query = ListNotificationsQuery {
        unread: call.query.part == Some(NotificationPart::Unread),
        after: call.decode_cursor(call.query.cursor.as_ref())?,
        limit: page_size(call.query.limit),
    };
    let found = call.app.list_notifications(&call.caller, programme, person, query).await?;
    call.page(&found.items, found.next.as_ref(), |one| NotificationView::of(programme, one))
}

async fn count_unread_notifications(call: Call<CountUnreadNotifications>) -> ApiResult<Answer<UnreadView>> {
    let (programme, person) = (call.path.programme, call.path.person);
    let unread = call.app.count_unread_notifications(&call.caller, programme, person).await?;
    Ok(Answer::plain(UnreadView { unread }))
}

async fn mark_notifications_read(call: Call<MarkNotificationsRead>) -> ApiResult<Answer<MarkedView>> {
    let (programme, person) = (call.path.programme, call.path.person);
    let which = call.body.notifications;
    let (marked, unread) = call.app.mark_notifications_read(&call.caller, programme, person, which).await?;
    Ok(Answer::plain(MarkedView { marked, unread }))
}
