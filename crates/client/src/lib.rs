//! The typed, retrying, streaming client for integrators.
