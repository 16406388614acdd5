//! Access tokens, stored as their hashes. One belongs to a programme or to the installation.

use sister_cities_domain::access::{AccessToken, TokenHash};
use sister_cities_domain::id::{RecordKind, TokenId};

use super::column::stored;
use super::fields::fields;
use super::{ColumnOf, Constraint, FieldGroup, KindDescription, Stored};
use crate::{Realm, Record};

/// SHA-256 of the token, which is random: nothing to guess from it.
pub const HASH: ColumnOf<AccessToken, TokenHash> =
    ColumnOf::new("hash", |token: &AccessToken| token.hash).constrained(Constraint::UniqueInInstallation);

impl Record for AccessToken {
    const KIND: RecordKind = RecordKind::Token;
    const VERSION: u16 = 1;
    const STORED: Stored<Self> = stored![HASH];
    const DESCRIPTION: KindDescription = KindDescription {
        fields: FIELDS,
        event_fields: EVENT_FIELDS,
        ..KindDescription::of::<Self>("access_token")
    };
    type Id = TokenId;

    fn id(&self) -> TokenId {
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
    "/name" Personal,
    "/hash" Internal,
    "/scopes/*" Internal,
    "/created_at" Internal,
    "/expires_at" Internal,
    "/revoked_at" Internal,
};

const EVENT_FIELDS: &[FieldGroup] = fields! {
    "/name" Public,
    "/called" Personal,
    "/scopes/*" Internal,
};

#[cfg(test)]
mod tests {
    use serde_json::json;
    use sister_cities_domain::access::TokenEvent;

    use super::super::samples::{body, event, golden, of};
    use super::*;

    #[test]
    fn every_field_is_classified() {
        body::<AccessToken>(&golden::<AccessToken>(sister_cities_domain::stored_forms::TOKEN));
        let created = json!({"name": "token.created", "called": "x", "scopes": ["admin"]});
        event::<AccessToken>(&of::<TokenEvent>(&created));
        event::<AccessToken>(&of::<TokenEvent>(&json!({"name": "token.revoked", "called": "x"})));
    }
}
