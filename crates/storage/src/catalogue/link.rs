//! Links to other programmes. Another programme may read those that name it.

use sister_cities_domain::id::{LinkId, PartnershipId, ProgrammeId, RecordKind};
use sister_cities_domain::sharing::Link;

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, Constraint, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// The other programme, which may read this. No reference: it would tell whether there is such a programme.
pub const PEER: ColumnOf<Link, ProgrammeId> = ColumnOf::new("peer", |link: &Link| link.peer)
    .constrained(Constraint::UniqueInProgramme)
    .filtered("peer");

/// The partnership that both keep.
pub const PARTNERSHIP: ColumnOf<Link, PartnershipId> =
    ColumnOf::new("partnership", |link: &Link| link.partnership)
        .filtered("partnership")
        .index_orders(&["id"]);

impl Record for Link {
    const KIND: RecordKind = RecordKind::Link;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PEER, PARTNERSHIP];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        audience_column: Some(&PEER.column),
        ..KindDescription::of::<Self>("peer_link")
    };
    type Id = LinkId;

    fn id(&self) -> LinkId {
        self.id
    }

    fn realm(&self) -> Realm {
        self.programme.into()
    }
}

const FIELDS: &[FieldGroup] = fields! {
    "/v" Internal,
    "/id" Internal,
    "/programme" Internal,
    "/peer" Internal,
    "/partnership" Internal,
    "/name" Public,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/peer" Internal,
    "/partnership" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::sharing::LinkEvent;

    use super::super::samples::{LNK, PEER_PRG, PRG, PRT, body, event, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let link =
            json!({"v": "1", "id": LNK, "programme": PRG, "peer": PEER_PRG, "partnership": PRT, "name": "x"});
        body::<Link>(&of::<Link>(&link));
        for name in ["link.made", "link.withdrawn"] {
            let told = json!({"name": name, "peer": PEER_PRG, "partnership": PRT});
            event::<Link>(&of::<LinkEvent>(&told));
        }
    }
}
