//! What programmes share, for whoever is told of it: in the words that were chosen for the other side, as long as it is shared.

use sister_cities_domain::id::{PartnershipId, PlaceId, ProgrammeId, ShareId};
use sister_cities_domain::partnership::Partnership;
#[cfg(feature = "email")]
use sister_cities_domain::sharing::SharedContent;
use sister_cities_domain::sharing::{Link, Share};
#[cfg(feature = "email")]
use sister_cities_domain::value::Title;
use sister_cities_storage::{ProgrammeStore, ReadError};
use uuid::Uuid;

/// A share of this programme, or one that another programme shows it. None if it was taken back.
pub(super) async fn share(store: &ProgrammeStore, id: ShareId) -> Result<Option<Share>, ReadError> {
    if let Some(own) = store.get::<Share>(id).await? {
        return Ok(Some(own.value));
    }
    let before = id.uuid().as_u128().checked_sub(1).map(Uuid::from_u128);
    let found = store.peer_visible::<Share>(None, before, 1).await?.pop();
    Ok(found.map(|found| found.value).filter(|share| share.id == id))
}

/// The partnership over which this programme shares something, or is shown something by another that it links to.
pub(super) async fn partnership_of(
    store: &ProgrammeStore,
    programme: ProgrammeId,
    share: &Share,
) -> Result<Option<PartnershipId>, ReadError> {
    if share.programme == programme {
        return Ok(store.get::<Link>(share.link).await?.map(|link| link.value.partnership));
    }
    let links = store.all::<Link>([]).await?;
    let link = links.into_iter().map(|link| link.value).find(|link| link.peer == share.programme);
    Ok(link.filter(|_| share.peer == programme).map(|link| link.partnership))
}

/// What is shared, in a line; none of an engagement for which no words were chosen.
#[cfg(feature = "email")]
pub(super) fn title(share: &Share) -> Option<&Title> {
    match &share.content {
        SharedContent::Engagement(engagement) => engagement.title.as_ref(),
        SharedContent::Agreement(agreement) => Some(&agreement.title),
        SharedContent::Practice(practice) => Some(&practice.title),
        SharedContent::Adoption(adoption) => Some(&adoption.title),
        _ => None,
    }
}

/// The places of a partnership but the host.
pub(super) async fn other_places(
    store: &ProgrammeStore,
    host: PlaceId,
    partnership: PartnershipId,
) -> Result<Vec<PlaceId>, ReadError> {
    let partnership = store.get::<Partnership>(partnership).await?;
    Ok(partnership.map(|found| found.value.members().others(host).collect()).unwrap_or_default())
}
