//! Subscriptions.

use sister_cities_api::subscription::{
    CreateSubscription, DeleteSubscription, ENDPOINTS, GetSubscription, ListSubscriptions,
    ReplaceSubscription, SubscriptionBody, SubscriptionPath, SubscriptionView,
};
use sister_cities_api::{Moment, NoContent, Page};
use sister_cities_domain::id::{ProgrammeId, SubscriptionId};
use sister_cities_domain::notification::Subscription;
use sister_cities_storage::Versioned;

use crate::call::{Answer, Call};
use crate::endpoint::{ServedEndpoint, serve};
use crate::error::ApiResult;

pub(crate) fn endpoints() -> [ServedEndpoint; ENDPOINTS] {
    [
        serve(list_subscriptions),
        serve(create_subscription),
        serve(get_subscription),
        serve(replace_subscription),
        serve(delete_subscription),
    ]
}

async fn list_subscriptions(call: Call<ListSubscriptions>) -> ApiResult<Answer<Page<SubscriptionView>>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let page = call.app.list(&call.caller, call.path.programme, call.listing()?, recorded_at).await?;
    call.page(&page.items, page.next.as_ref(), view)
}

async fn create_subscription(call: Call<CreateSubscription>) -> ApiResult<Answer<SubscriptionView>> {
    let (programme, reply) = (call.path.programme, call.idempotent_reply(view));
    let subscription = subscription(call.body, SubscriptionId::next(call.app.ids()), programme);
    let outcome = call.app.create_subscription(&call.caller, subscription, reply).await?;
    let path = |made: &Versioned<Subscription>| SubscriptionPath { programme, subscription: made.value.id };
    Ok(Answer::created::<GetSubscription, _>(outcome, view, path))
}

async fn get_subscription(call: Call<GetSubscription>) -> ApiResult<Answer<SubscriptionView>> {
    let recorded_at = call.query.recorded_at.map(Moment::instant);
    let (programme, id) = (call.path.programme, call.path.subscription);
    let found = call.app.get::<Subscription>(&call.caller, programme, id, recorded_at).await?;
    Ok(Answer::shown(&found, view))
}

async fn replace_subscription(call: Call<ReplaceSubscription>) -> ApiResult<Answer<SubscriptionView>> {
    let revision = call.based_on()?;
    let subscription = subscription(call.body, call.path.subscription, call.path.programme);
    let now = call.app.replace_subscription(&call.caller, subscription, revision).await?;
    Ok(Answer::shown(&now, view))
}

async fn delete_subscription(call: Call<DeleteSubscription>) -> ApiResult<Answer<NoContent>> {
    let (revision, path) = (call.based_on()?, (call.path.programme, call.path.subscription));
    call.app.delete_subscription(&call.caller, path, revision).await?;
    Ok(Answer::plain(NoContent))
}

fn view(subscription: &Versioned<Subscription>) -> SubscriptionView {
    SubscriptionView::of(&subscription.value, subscription.revision.number())
}

fn subscription(body: SubscriptionBody, id: SubscriptionId, programme: ProgrammeId) -> Subscription {
    let SubscriptionBody { person, events, reminders, partnership, committee, rhythm, remark } = body;
    Subscription {
        id,
        programme,
        person,
        events: events.into_iter().collect(),
        reminders: reminders.into_iter().collect(),
        partnership,
        committee,
        rhythm,
        remark,
    }
}
