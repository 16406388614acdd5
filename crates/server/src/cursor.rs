//! Knows how a position in a list is given to a caller: sealed, so that it is good for the same list and filters only and
//! says nothing about what is inside.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use sister_cities_api::{Cursor, Endpoint, Parameters as _};

use crate::error::{ApiError, ApiResult};

const MAC_BYTES: usize = 16;

/// Seals and opens cursors.
#[derive(Clone)]
pub(crate) struct CursorSeal {
    key: [u8; 32],
}

/// What a cursor is bound to: the endpoint, its path and its query without the page.
#[derive(Clone, Debug)]
pub(crate) struct CursorScope(Vec<u8>);

impl CursorScope {
    /// The scope of a request.
    pub(crate) fn of<E: Endpoint>(path: &E::Path, query: &E::Query) -> Self {
        let paging = |name: &str| name == "cursor" || name == "limit";
        let pairs =
            path.pairs().into_iter().chain(query.pairs().into_iter().filter(|(name, _)| !paging(name)));
        let mut bytes = E::NAME.as_bytes().to_vec();
        for (name, value) in pairs {
            for part in [name, &value] {
                bytes.extend_from_slice(&part.len().to_be_bytes());
                bytes.extend_from_slice(part.as_bytes());
            }
        }
        Self(bytes)
    }
}

impl CursorSeal {
    /// A seal with this key.
    pub(crate) const fn new(key: [u8; 32]) -> Self {
        Self { key }
    }

    /// Seals a position in the list of `scope`.
    pub(crate) fn seal(&self, scope: &CursorScope, position: &impl Serialize) -> ApiResult<Cursor> {
        let payload = serde_json::to_vec(position).map_err(ApiError::internal)?;
        let mut bytes = self.mac(scope, &payload)?.finalize().into_bytes()[..MAC_BYTES].to_vec();
        bytes.extend_from_slice(&payload);
        Ok(Cursor(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Opens a cursor of the list of `scope`.
    ///
    /// Forged, cut, foreign: 400, and no difference is told.
    pub(crate) fn open<T: DeserializeOwned>(&self, scope: &CursorScope, cursor: &Cursor) -> ApiResult<T> {
        let refused = || {
            let expected = "the next_cursor of the page before, for the same list and filters";
            ApiError::parameter("cursor", "is not a cursor of this list", expected)
        };
        let bytes = URL_SAFE_NO_PAD.decode(&cursor.0).map_err(|_| refused())?;
        let (mac, payload) = bytes.split_at_checked(MAC_BYTES).ok_or_else(refused)?;
        self.mac(scope, payload)?.verify_truncated_left(mac).map_err(|_| refused())?;
        serde_json::from_slice(payload).map_err(|_| refused())
    }

    fn mac(&self, scope: &CursorScope, payload: &[u8]) -> ApiResult<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).map_err(ApiError::internal)?;
        mac.update(&scope.0.len().to_be_bytes());
        mac.update(&scope.0);
        mac.update(payload);
        Ok(mac)
    }
}
