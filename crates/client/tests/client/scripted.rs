//! A transport that answers by a script and remembers what it was sent. It never touches a socket, so time can be
//! paused: waits then pass at once and are exact.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use sister_cities_client::transport::{Exchange, Phase, Transport, TransportError};
use sister_cities_client::{Client, ClientBuilder};

pub(crate) enum Step {
    Answer(u16, &'static [(&'static str, &'static str)], &'static str),
    Fail(Phase),
    Hang,
}

#[derive(Clone, Default)]
pub(crate) struct Script {
    steps: Arc<Mutex<VecDeque<Step>>>,
    seen: Arc<Mutex<Vec<Request<Bytes>>>>,
}

impl Script {
    pub(crate) fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self { steps: Arc::new(Mutex::new(steps.into_iter().collect())), seen: Arc::default() }
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().expect("a client")
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder("https://sister.example/prefix/").token("scp_secret").with_transport(self.clone())
    }

    pub(crate) fn sent(&self) -> usize {
        self.seen.lock().expect("not poisoned").len()
    }

    pub(crate) fn header(&self, request: usize, name: &str) -> Option<String> {
        let seen = self.seen.lock().expect("not poisoned");
        seen[request].headers().get(name).map(|v| v.to_str().expect("text").to_owned())
    }

    pub(crate) fn method(&self, request: usize) -> String {
        self.seen.lock().expect("not poisoned")[request].method().to_string()
    }

    pub(crate) fn uri(&self, request: usize) -> String {
        self.seen.lock().expect("not poisoned")[request].uri().to_string()
    }
}

impl Transport for Script {
    fn exchange(&self, request: Request<Bytes>) -> Exchange<'_> {
        Box::pin(async move {
            self.seen.lock().expect("not poisoned").push(request);
            let step = self.steps.lock().expect("not poisoned").pop_front();
            match step.expect("the script goes on") {
                Step::Answer(status, headers, body) => {
                    let mut answer = Response::builder().status(status);
                    for (name, value) in headers {
                        answer = answer.header(*name, *value);
                    }
                    Ok(answer.body(Bytes::from_static(body.as_bytes())).expect("an answer"))
                }
                Step::Fail(phase) => Err(TransportError::new(phase, "scripted")),
                Step::Hang => std::future::pending().await,
            }
        })
    }
}
