//! Deliveries, sending them again, and the mails that come of them.

use sister_cities_api::Page;
use sister_cities_api::delivery::{
    DeliveryEvidenceView, DeliveryView, ENDPOINTS, GetDelivery, ListDeliveries, MailTaken, ReceiveMail,
    ReceivedMailView, ResendBody, ResendDeliveries, ResendDelivery, ResentView, TestDelivery,
};
use sister_cities_app::AppError;
use sister_cities_app::engagement::InvitationAnswered;
use sister_cities_domain::access::Scope;
use sister_cities_domain::engagement::InvitationReply;
use sister_cities_domain::id::EngagementId;
use sister_cities_notification::calendar::Attendance;
use sister_cities_notification::pipeline::{ReportTaken, ReturnedMails, ZoneOfPlace};
use sister_cities_notification::received::{MailedAnswer, ReceivedMail, ReturnedMail, read_mail};
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
        serve(receive_mail),
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

async fn receive_mail(call: Call<ReceiveMail>) -> ApiResult<Answer<ReceivedMailView>> {
    call.app.authorize(&call.caller, Scope::NotificationWrite, call.path.programme).await?;
    let bytes = call.body.bytes.clone();
    // The calendar in a mail may be long.
    let read = tokio::task::spawn_blocking(move || read_mail(&bytes)).await.map_err(ApiError::internal)?;
    Ok(Answer::plain(match read {
        ReceivedMail::Returned(report) => returned(&call, &report).await?,
        ReceivedMail::Answer(answer) => answered(&call, answer).await?,
        ReceivedMail::Other(why) => nothing(why.to_string()),
    }))
}

async fn returned(call: &Call<ReceiveMail>, report: &ReturnedMail) -> ApiResult<ReceivedMailView> {
    let known = call.app.clone();
    let mails = ReturnedMails::new(call.app.database().clone());
    let mails = mails.with_zones(ZoneOfPlace::new(move |place| known.zone_of(place)));
    let taken = mails.take(call.path.programme, report, call.app.clock().now()).await;
    Ok(match taken.map_err(AppError::from)? {
        ReportTaken::NotOurs => nothing(format!("{} is no mail of this programme", report.delivery)),
        ReportTaken::NothingNew(delivery) => ReceivedMailView {
            delivery: Some(delivery),
            ..nothing("the mail was not sent yet, or that is known already".to_owned())
        },
        ReportTaken::Kept { delivery, person, state, is_refused } => {
            let more = if is_refused { "; nothing more is sent to that address" } else { "" };
            ReceivedMailView {
                taken: MailTaken::Returned.into(),
                delivery: Some(delivery),
                state: Some(state.into()),
                person: Some(person),
                ..nothing(format!("{}{more}", report.detail()))
            }
        }
    })
}

async fn answered(call: &Call<ReceiveMail>, answer: MailedAnswer) -> ApiResult<ReceivedMailView> {
    const NOT_THEIRS: &str =
        "nobody is invited to that in this programme who answers from the address of the mail";
    let MailedAnswer { from, reply } = answer;
    let Ok(engagement) = reply.uid.parse::<EngagementId>() else {
        return Ok(nothing("it answers an invitation that is none of ours".to_owned()));
    };
    if reply.who.address.folded() != from.folded() {
        return Ok(nothing("the answer is not from whom the mail is".to_owned()));
    }
    let said = match reply.said {
        Attendance::Accepted => InvitationReply::Accepted,
        Attendance::Declined => InvitationReply::Declined,
        Attendance::Tentative => InvitationReply::Tentative,
        Attendance::Delegated => InvitationReply::Delegated,
        Attendance::NeedsAction | _ => return Ok(nothing("it says neither yes nor no".to_owned())),
    };
    let which = (call.path.programme, engagement);
    let taken = call.app.answer_invitation(&call.caller, which, &from, (said, reply.sequence)).await;
    Ok(match taken {
        Ok(None) => nothing(NOT_THEIRS.to_owned()),
        Ok(Some(InvitationAnswered { person, is_new })) => ReceivedMailView {
            taken: if is_new { MailTaken::Answered } else { MailTaken::Nothing }.into(),
            engagement: Some(engagement),
            person: Some(person),
            said: Some(said.into()),
            ..nothing(
                if is_new {
                    "it is kept with the engagement"
                } else {
                    "they said so already, or something newer"
                }
                .to_owned(),
            )
        },
        Err(AppError::Refused(refusal)) => nothing(refusal.to_string()),
        Err(error) => return Err(error.into()),
    })
}

/// Nothing was done, and why.
fn nothing(because: String) -> ReceivedMailView {
    ReceivedMailView {
        taken: MailTaken::Nothing.into(),
        because,
        delivery: None,
        state: None,
        engagement: None,
        person: None,
        said: None,
    }
}
