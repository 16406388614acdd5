//! What a trace shows of a call: enough to find it, nothing that is secret.

use std::sync::{Arc, Mutex};

use sister_cities_client::api::{Cursor, NoParameters};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::scripted::{Script, Step};
use crate::things::{ListThings, ThingQuery};

/// Notes the fields of all spans, as `span.field=value`.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

struct Note<'a>(&'a Notes);

impl Visit for Note<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.0.0.lock().expect("not poisoned").push(format!("{}={value:?}", field.name()));
    }
}

impl<S: tracing::Subscriber> Layer<S> for Notes {
    fn on_new_span(&self, attributes: &Attributes<'_>, _: &Id, _: Context<'_, S>) {
        self.0.lock().expect("not poisoned").push(attributes.metadata().name().to_owned());
        attributes.record(&mut Note(self));
    }

    fn on_record(&self, _: &Id, values: &Record<'_>, _: Context<'_, S>) {
        values.record(&mut Note(self));
    }

    fn on_event(&self, event: &tracing::Event<'_>, _: Context<'_, S>) {
        event.record(&mut Note(self));
    }
}

fn listen(notes: &Notes) -> DefaultGuard {
    tracing::subscriber::set_default(tracing_subscriber::registry().with(notes.clone()))
}

#[tokio::test(start_paused = true)]
async fn a_call_is_one_span_with_route_status_and_attempt_and_without_secrets() {
    let notes = Notes::default();
    let _listening = listen(&notes);
    let script = Script::of([Step::Answer(503, &[], ""), Step::Answer(200, &[], r#"{"items":[]}"#)]);
    let list = script.client().list::<ListThings>(NoParameters, ThingQuery::default());
    list.starting_at(Cursor("c-secret".to_owned())).page().await.expect("the second try");

    let trace = notes.0.lock().expect("not poisoned").clone();
    let spans = trace.iter().filter(|note| *note == "client.request").count();
    assert_eq!(spans, 1, "{trace:?}");
    for expected in
        ["method=GET", "route=\"/v1/things\"", "attempt=1", "status=503", "attempt=2", "status=200"]
    {
        assert!(trace.iter().any(|note| note == expected), "{expected}: {trace:?}");
    }
    assert!(!trace.iter().any(|note| note.contains("secret")), "{trace:?}");
}
