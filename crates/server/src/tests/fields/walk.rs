//! Sends bodies, reads records and remembers which fields were seen to survive.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use http::Method;
use serde_json::{Map, Value};
use sister_cities_api::EncodedBody;
use sister_cities_measure::allocations::counted_while;

use super::growth::{Growth, Longer};
use super::schema::{self, Operation};
use crate::tests::site::{Got, Sent, Site};

pub(super) struct Walk<'a> {
    site: &'a Site,
    operations: BTreeMap<String, Operation>,
    /// The fields that were sent and looked for, by the name of the operation.
    seen: BTreeMap<&'static str, BTreeSet<String>>,
    /// What did not survive, each once.
    lost: BTreeSet<String>,
    /// Where each list of a body is sent longer and longer too, to see what that costs.
    growth: Option<Mutex<Growth>>,
}

/// Where the fields under a pointer of a body are shown: in which view, and under which pointer there.
pub(super) type Shown<'v> = (&'static str, &'v Value, &'static str);

/// What a request that changes a record says of the fields that are to stay.
#[derive(Clone, Copy)]
pub(super) enum Rest {
    /// It says all of them again.
    Repeated,
    /// It is silent about other fields than the one under the first name of the pointer.
    LeftOut,
}

/// A request that changes a record, and where it is read.
#[derive(Clone, Copy)]
pub(super) struct Change<'u> {
    pub(super) operation: &'static str,
    pub(super) url: &'u str,
    pub(super) read: &'u str,
    pub(super) rest: Rest,
    /// Under which pointer of the body, and of the view, the fields are.
    pub(super) at: (&'static str, &'static str),
}

impl<'a> Walk<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let (operations, seen, lost) = (schema::operations(), BTreeMap::new(), BTreeSet::new());
        Self { site, operations, seen, lost, growth: None }
    }

    /// A walk on which each list of a body is sent longer and longer too.
    pub(super) fn growing(site: &'a Site) -> Self {
        Self { growth: Some(Mutex::default()), ..Self::new(site) }
    }

    /// Which lists cost more than their length, and how many were looked at.
    pub(super) fn grown(self) -> Growth {
        self.growth.expect("a growing walk").into_inner().expect("no panic")
    }

    /// The server, for requests whose body is no JSON.
    pub(super) fn site(&self) -> &'a Site {
        self.site
    }

    /// Sends a body that must be taken, and gives the reply.
    pub(super) async fn send(
        &self,
        operation: &'static str,
        url: &str,
        revision: Option<u64>,
        body: &Value,
    ) -> Value {
        let got = self.request(operation, url, revision, body).await;
        assert!((200..300).contains(&got.status), "{operation}: {}: {body}", got.text());
        // A record that is at a revision is at another one afterwards, and would refuse the next.
        if revision.is_none() {
            self.grow(operation, url, body).await;
        }
        serde_json::from_slice(&got.bytes).expect("JSON")
    }

    /// Sends the body with longer lists, and notes what that costs.
    async fn grow(&self, operation: &'static str, url: &str, body: &Value) {
        let Some(growth) = &self.growth else { return };
        let lists = growth.lock().expect("no panic").of(operation, body);
        for Longer { name, bodies } in lists {
            let (mut costs, mut taken) = ([0; 3], [false; 3]);
            for (at, body) in bodies.iter().enumerate() {
                let (got, cost) = counted_while(self.request(operation, url, None, body)).await;
                assert!(got.status < 500, "{name}: {}", got.text());
                (costs[at], taken[at]) = (cost, got.status < 300);
            }
            growth.lock().expect("no panic").saw(name, costs, taken);
        }
    }

    async fn request(&self, operation: &'static str, url: &str, revision: Option<u64>, body: &Value) -> Got {
        let declared =
            self.operations.get(operation).unwrap_or_else(|| panic!("no {operation} with a JSON body"));
        let bytes = serde_json::to_vec(body).expect("JSON");
        let sent = Sent {
            endpoint: operation,
            method: Method::from_bytes(declared.method.as_bytes()).expect("a method"),
            url: url.to_owned(),
            if_match: revision.map(|revision| format!("\"r{revision}\"")),
            key: None,
            body: Some(EncodedBody { media_type: "application/json", bytes }),
        };
        self.site.send(&sent).await
    }

    /// Sends a body to a record at the revision it is at.
    pub(super) async fn change(
        &self,
        operation: &'static str,
        url: &str,
        record: &str,
        body: &Value,
    ) -> Value {
        let revision = revision(&self.read(record).await);
        self.send(operation, url, Some(revision), body).await
    }

    /// Reads what stands there.
    pub(super) async fn read(&self, url: &str) -> Value {
        let (method, url) = (Method::GET, url.to_owned());
        let sent = Sent { endpoint: "read", method, url, if_match: None, key: None, body: None };
        let got = self.site.send(&sent).await;
        assert_eq!(got.status, 200, "{}: {}", sent.url, got.text());
        serde_json::from_slice(&got.bytes).expect("JSON")
    }

    /// Looks for each field of a body in the views in which it is shown; the longest pointer that fits decides in which.
    pub(super) fn compare(&mut self, operation: &'static str, body: &Value, shown: &[Shown<'_>]) {
        for (pointer, sent) in leaves(body) {
            let under = |under: &str| {
                pointer.strip_prefix(under).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let place = shown.iter().filter(|(from, ..)| under(from)).max_by_key(|(from, ..)| from.len());
            let (from, view, to) = place.unwrap_or_else(|| panic!("{operation}: where is {pointer} shown?"));
            let at = format!("{to}{}", &pointer[from.len()..]);
            let found = view.pointer(&at);
            let survives = found == Some(&sent);
            self.saw(operation, &pointer, survives, &format!("{sent} was sent, at {at} stands {found:?}"));
        }
    }

    /// Notes that a field was sent and whether it had its effect.
    pub(super) fn saw(&mut self, operation: &'static str, pointer: &str, survives: bool, otherwise: &str) {
        self.seen.entry(operation).or_default().insert(pattern(pointer));
        if !survives {
            self.lost.insert(format!("{operation} {pointer}: {otherwise}"));
        }
    }

    /// Changes each field alone, from what `base` says to what `other` says; then leaves out each that may be.
    pub(super) async fn one_by_one(&mut self, change: Change<'_>, base: &Value, other: &Value) {
        let Change { operation, url, read, rest, at: (from, to) } = change;
        for (pointer, value) in leaves(base) {
            let Some(instead) = other.pointer(&pointer).filter(|instead| **instead != value) else {
                self.saw(operation, &pointer, false, "there is no other sample of it");
                continue;
            };
            let mut body = base.clone();
            *body.pointer_mut(&pointer).expect("a field") = instead.clone();
            let body = rest.of(&body, &pointer);
            self.change(operation, url, read, base).await;
            let before = self.read(read).await;
            self.change(operation, url, read, &body).await;
            let after = self.read(read).await;
            self.compare(operation, &body, &[(from, &after, to)]);
            let noticed = revision(&after) > revision(&before);
            self.saw(operation, &pointer, noticed, "changed alone, it leaves the record at its revision");
        }
        for pointer in keys(base) {
            let optional = self.operations[operation]
                .fields
                .get(&pattern(&pointer))
                .is_some_and(|field| !field.required);
            let whole = matches!(rest, Rest::LeftOut) && pointer.matches('/').count() == 1;
            if !optional || whole {
                continue;
            }
            let mut body = base.clone();
            let value = remove(&mut body, &pointer);
            let body = rest.of(&body, &pointer);
            self.change(operation, url, read, base).await;
            let before = revision(&self.read(read).await);
            let got = self.request(operation, url, Some(before), &body).await;
            // What may not be left out after all is asked for by its name.
            let asked_for = got.status == 422
                && got.problem().errors.iter().any(|error| error.pointer.as_deref() == Some(&*pointer));
            assert!(got.status == 200 || asked_for, "{operation} without {pointer}: {}", got.text());
            let after = self.read(read).await;
            let stands = after.pointer(&format!("{to}{}", &pointer[from.len()..]));
            let gone = asked_for || stands != Some(&value);
            self.saw(operation, &pointer, gone, "left out, it stays as it was");
        }
    }

    /// Fails if a field was lost, or never sent.
    pub(super) fn finish(self) {
        let mut lost = self.lost;
        for (operation, declared) in &self.operations {
            let seen = self.seen.get(operation.as_str());
            for (pointer, _) in declared.fields.iter().filter(|(_, field)| field.leaf) {
                let inside = format!("{pointer}/");
                let met = |one: &String| one == pointer || one.starts_with(&inside);
                if !seen.is_some_and(|seen| seen.iter().any(met)) {
                    lost.insert(format!("{operation} {pointer}: no sample of it is sent"));
                }
            }
        }
        let lost: Vec<String> = lost.into_iter().collect();
        assert!(lost.is_empty(), "fields are lost:\n{}", lost.join("\n"));
    }
}

impl Rest {
    /// What is sent of a whole body in which the field at `pointer` was changed.
    fn of(self, whole: &Value, pointer: &str) -> Value {
        match self {
            Self::Repeated => whole.clone(),
            Self::LeftOut => {
                let name = pointer.split('/').nth(1).expect("a name");
                Value::Object(Map::from_iter([(name.to_owned(), whole[name].clone())]))
            }
        }
    }
}

/// The revision that a view says it is of.
fn revision(view: &Value) -> u64 {
    view["revision"].as_u64().unwrap_or_else(|| panic!("no revision: {view}"))
}

/// The pointer of a field, whatever the position in a list.
pub(super) fn pattern(pointer: &str) -> String {
    let is_position = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> =
        pointer.split('/').map(|part| if is_position(part) { "-" } else { part }).collect();
    let whole = parts.join("/");
    // A list of plain values is one field.
    whole.strip_suffix("/-").unwrap_or(&whole).to_owned()
}

/// The values in a body that hold no others, with their pointers.
fn leaves(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    visit(value, "", &mut |pointer, value| {
        if !value.is_object() && !value.is_array() {
            found.push((pointer.to_owned(), value.clone()));
        }
    });
    found
}

/// The pointers of the fields in a body, those that hold others among them.
fn keys(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(value, "", &mut |pointer, _| {
        if !pattern(pointer).is_empty() && !pointer.ends_with(|last: char| last.is_ascii_digit()) {
            found.push(pointer.to_owned());
        }
    });
    found
}

pub(super) fn visit(value: &Value, pointer: &str, see: &mut dyn FnMut(&str, &Value)) {
    see(pointer, value);
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                visit(value, &format!("{pointer}/{name}"), see);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                visit(value, &format!("{pointer}/{at}"), see);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Takes a field out of a body.
fn remove(body: &mut Value, pointer: &str) -> Value {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut).expect("an object");
    parent.remove(name).expect("a field")
}
