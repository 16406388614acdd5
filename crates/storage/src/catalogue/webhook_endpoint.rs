//! Webhook endpoints: where events of a programme are told.

use sister_cities_domain::id::{PartnershipId, PersonId, RecordKind, WebhookEndpointId};
use sister_cities_domain::webhook::{WebhookEndpoint, WebhookFormat, WebhookState};

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// The one partnership that it is told of, if it is told of one.
pub const PARTNERSHIP: ColumnOf<WebhookEndpoint, Option<PartnershipId>> =
    ColumnOf::new("partnership", |endpoint: &WebhookEndpoint| endpoint.partnership)
        .filtered("partnership")
        .index_orders(&["id"]);

/// Who is told when nothing arrives there.
pub const OWNER: ColumnOf<WebhookEndpoint, Option<PersonId>> =
    ColumnOf::new("owner", |endpoint: &WebhookEndpoint| endpoint.owner)
        .filtered("owner")
        .index_orders(&["id"]);

/// Whether it is told anything.
pub const STATE: ColumnOf<WebhookEndpoint, WebhookState> =
    ColumnOf::new("state", WebhookEndpoint::state).filtered("state").index_orders(&["id"]);

/// In which form.
pub const FORMAT: ColumnOf<WebhookEndpoint, WebhookFormat> =
    ColumnOf::new("format", |endpoint: &WebhookEndpoint| endpoint.format)
        .filtered("format")
        .index_orders(&["id"]);

impl Record for WebhookEndpoint {
    const KIND: RecordKind = RecordKind::WebhookEndpoint;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![PARTNERSHIP, OWNER, STATE, FORMAT];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("webhook_endpoint")
    };
    type Id = WebhookEndpointId;

    fn id(&self) -> WebhookEndpointId {
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
    "/host" Internal,
    "/url" Sensitive,
    "/token" Sensitive,
    "/format" Internal,
    "/events/*" Internal,
    "/partnership" Internal,
    "/payload_version" Internal,
    "/description" Prose,
    "/owner" Internal,
    "/secrets/current" Sensitive,
    "/secrets/previous/secret" Sensitive,
    "/secrets/previous/until" Internal,
    "/disabled/*" Internal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/host" Internal,
    "/format" Internal,
    "/fields/*" Internal,
    "/why" Internal,
    "/failing_since" Internal,
};

#[cfg(test)]
mod tests {
    use super::super::samples::{body, event, golden, golden_events};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        let stored = sister_cities_domain::stored_forms::WEBHOOK_ENDPOINT;
        body::<WebhookEndpoint>(&golden::<WebhookEndpoint>(stored));
        let told = sister_cities_domain::webhook::WebhookEndpointEvent::NAMES;
        golden_events(told).iter().for_each(event::<WebhookEndpoint>);
    }
}
