//! How an agreement is shown: as it stands today or stood on a day, seen from the programme's host.

use chrono::NaiveDate;
use sister_cities_api::Endpoint;
use sister_cities_api::agreement::{AgreementPath, AgreementView};
use sister_cities_app::agreement::AgreementStep;
use sister_cities_domain::agreement::Agreement;
use sister_cities_domain::id::{PlaceId, ProgrammeId};
use sister_cities_storage::{Revision, Versioned};

use crate::call::{Answer, Call};
use crate::error::ApiResult;

/// From where and when agreements are looked at.
#[derive(Clone, Copy)]
pub(super) struct Viewpoint {
    today: NaiveDate,
    as_of: Option<NaiveDate>,
    us: PlaceId,
}

impl Viewpoint {
    /// Today, from the host of the programme.
    pub(super) async fn of<E: Endpoint>(call: &Call<E>, programme: ProgrammeId) -> ApiResult<Self> {
        let host = call.app.get_programme(&call.caller, programme, None).await;
        // Who may write agreements need not be allowed to read the programme; then every side is "them".
        let us =
            host.map_or_else(|_| PlaceId::from_uuid(uuid::Uuid::nil()), |programme| programme.value.host);
        Ok(Self { today: call.app.clock().today(), as_of: None, us })
    }

    /// On that day, if one is asked about.
    pub(super) const fn on(self, as_of: Option<NaiveDate>) -> Self {
        Self { as_of, ..self }
    }

    /// The view of an agreement.
    pub(super) fn view(self, found: &Versioned<Agreement>) -> AgreementView {
        let day = self.as_of.unwrap_or(self.today);
        let view = AgreementView::of(&found.value, found.revision.number(), day, self.us);
        AgreementView { as_of: self.as_of, ..view }
    }
}

/// Takes an agreement a step further.
pub(super) async fn step<E>(
    call: Call<E>,
    path: AgreementPath,
    revision: Revision,
    step: AgreementStep,
) -> ApiResult<Answer<AgreementView>>
where
    E: Endpoint,
{
    let from = Viewpoint::of(&call, path.programme).await?;
    let reply = call.idempotent_reply(move |now: &Versioned<Agreement>| from.view(now));
    let done =
        call.app.step_agreement(&call.caller, path.programme, path.agreement, revision, step, reply).await?;
    Ok(Answer::done(done, |now| Answer::versioned(from.view(&now), now.revision)))
}
