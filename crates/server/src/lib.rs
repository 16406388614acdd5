//! HTTP: routes, authentication and limits.
