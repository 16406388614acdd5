//! The threads of a store.

use std::thread::{self, JoinHandle};

use super::OpenError;

/// Starts a thread of that name.
pub(super) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    let thread = thread::Builder::new().name(name.to_owned()).spawn(work);
    thread.map_err(|error| OpenError::Database(error.to_string()))
}

/// Waits for its end.
pub(super) fn finish(thread: JoinHandle<()>) {
    if thread.join().is_err() {
        tracing::error!("a database thread panicked");
    }
}
