//! Knows who may call an endpoint: everybody, or the bearer of a token with a scope.

pub use sister_cities_domain::access::Scope;

/// Who may call an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody, without a token.
    Public,
    /// The bearer of a token that holds this scope.
    Scope(Scope),
}
