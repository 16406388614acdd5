//! Due work: what is due, what is said to it, and the next touches.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sister_cities_api::due::{
    DueItemView, DueResponseView, ENDPOINTS, FinishDueItem, HandDueItem, ListDue, ListNextTouches,
    NextTouchView, SnoozeDueItem,
};
use sister_cities_api::partnership::MemberView;
use sister_cities_api::{Page, ResponsibleBody};
use sister_cities_app::due::{DueItemNow, ListDueQuery};
use sister_cities_domain::due::DueResponse;
use sister_cities_domain::responsible::Responsible;
use sister_cities_storage::{Cursor, Versioned};

use crate::call::{Answer, Call, page_size};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::{ApiError, ApiResult};
use crate::heavy::Weight;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_due),
        serve(snooze_due_item),
        serve(hand_due_item),
        serve(finish_due_item),
        serve(list_next_touches).weighing(Weight::Report),
    ]
}

/// Where the list was left, and of which day it speaks: its pages speak of one day, also if midnight falls between them.
#[derive(Serialize, Deserialize)]
struct Position {
    as_of: NaiveDate,
    after: Cursor,
}

async fn list_due(call: Call<ListDue>) -> ApiResult<Answer<Page<DueItemView>>> {
    let position: Option<Position> = call.decode_cursor(call.query.cursor.as_ref())?;
    let (as_of, after) =
        position.map_or((call.query.as_of, None), |position| (Some(position.as_of), Some(position.after)));
    let query = ListDueQuery {
        as_of,
        person: call.query.person,
        partnership: call.query.partnership,
        kind: call.query.kind,
        horizon: call.query.horizon.map(|days| days.0),
        after,
        limit: page_size(call.query.limit),
    };
    let found = call.app.list_due(&call.caller, call.path.programme, query).await?;
    let as_of = found.as_of;
    let next = found.next.map(|after| Position { as_of, after });
    call.page(&found.items, next.as_ref(), |DueItemNow { item, escalated }| {
        DueItemView::of(item, escalated.as_ref(), as_of)
    })
}

async fn snooze_due_item(call: Call<SnoozeDueItem>) -> ApiResult<Answer<DueResponseView>> {
    let (programme, item, until) = (call.path.programme, call.path.item, call.body.until);
    let reply = call.idempotent_reply(view);
    let outcome = call.app.snooze_due_item(&call.caller, programme, item, until, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn hand_due_item(call: Call<HandDueItem>) -> ApiResult<Answer<DueResponseView>> {
    let (programme, item) = (call.path.programme, call.path.item);
    let to = responsible(call.body.to.clone(), "/to")?;
    let reply = call.idempotent_reply(view);
    let outcome = call.app.hand_due_item(&call.caller, programme, item, to, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn finish_due_item(call: Call<FinishDueItem>) -> ApiResult<Answer<DueResponseView>> {
    let (programme, item, remark) = (call.path.programme, call.path.item, call.body.remark.clone());
    let reply = call.idempotent_reply(view);
    let outcome = call.app.finish_due_item(&call.caller, programme, item, remark, reply).await?;
    Ok(Answer::changed(outcome, view))
}

async fn list_next_touches(call: Call<ListNextTouches>) -> ApiResult<Answer<Page<NextTouchView>>> {
    let after = call.decode_cursor(call.query.cursor.as_ref())?;
    let limit = page_size(call.query.limit);
    let found = call.app.list_next_touches(&call.caller, call.path.programme, after, limit).await?;
    call.page(&found.items, found.next.as_ref(), |(partnership, touch)| {
        let id = partnership.partnership.value.id();
        NextTouchView::of(id, MemberView::all(&partnership.places), touch)
    })
}

/// Who it is, from what a client says.
pub(crate) fn responsible(body: ResponsibleBody, pointer: &str) -> ApiResult<Responsible> {
    let expected = "a person, an office, a committee or an organisation";
    Responsible::try_from(body).map_err(|_| ApiError::field(pointer, "names nobody".to_owned(), expected))
}

fn view(response: &Versioned<DueResponse>) -> DueResponseView {
    DueResponseView::of(&response.value, response.revision.number())
}
