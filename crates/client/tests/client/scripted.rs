//! The fake server in the words of these tests: scripts as constants, and what was sent, by number.

use sister_cities_client::test_util::{Answer, FakeServer};
use sister_cities_client::transport::Phase;
use sister_cities_client::{Client, ClientBuilder};

pub(crate) enum Step {
    Answer(u16, &'static [(&'static str, &'static str)], &'static str),
    Fail(Phase),
    Hang,
}

pub(crate) struct Script(FakeServer);

impl Script {
    pub(crate) fn of(steps: impl IntoIterator<Item = Step>) -> Self {
        Self(FakeServer::answering(steps.into_iter().map(Answer::from)))
    }

    pub(crate) fn client(&self) -> Client {
        self.0.client()
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        self.0.builder()
    }

    pub(crate) fn sent(&self) -> usize {
        self.0.requests().len()
    }

    pub(crate) fn header(&self, request: usize, name: &str) -> Option<String> {
        let value = self.0.requests()[request].headers().get(name).cloned();
        value.map(|value| value.to_str().expect("text").to_owned())
    }

    pub(crate) fn method(&self, request: usize) -> String {
        self.0.requests()[request].method().to_string()
    }

    pub(crate) fn uri(&self, request: usize) -> String {
        self.0.requests()[request].uri().to_string()
    }
}

impl From<Step> for Answer {
    fn from(step: Step) -> Self {
        match step {
            Step::Answer(status, headers, body) => headers
                .iter()
                .fold(Self::status(status), |answer, (name, value)| answer.with_header(name, value))
                .with_body(body),
            Step::Fail(phase) => Self::lost(phase),
            Step::Hang => Self::never(),
        }
    }
}
