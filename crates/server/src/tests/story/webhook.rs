//! A program and a room of a chat are told what happens: set up, tried, disabled, given another secret, and removed.

use serde_json::json;
use sister_cities_api::programme::ProgrammePath;
use sister_cities_api::webhook::{
    CreateWebhookEndpoint, DeleteWebhookEndpoint, GetWebhookEndpoint, ListWebhookEndpoints,
    ListWebhookEndpointsQuery, ReadWebhookCredentials, ReplaceWebhookEndpoint, RotateWebhookSecret,
    SetWebhookAddress, SigningSecret, StepWebhookEndpoint, WebhookPath,
};
use sister_cities_api::{
    EncodedBody, Endpoint as _, NoBody, NoParameters, ProblemKind, RecordedQuery, path_and_query,
};
use sister_cities_domain::id::{PartnershipId, ProgrammeId};

use super::super::site::{Sent, request};
use super::{Teller, body};

pub(super) async fn webhook(teller: &mut Teller<'_>, programme: ProgrammeId, partnership: PartnershipId) {
    let of_programme = ProgrammePath { programme };
    let asked = json!({ "url": "https://hooks.example.org/in?key=T0KEN", "events": ["partnership.*"] });
    let (made, got) = teller.say::<CreateWebhookEndpoint>(&of_programme, &NoParameters, &body(&asked)).await;
    assert_eq!((made.host.as_str(), made.state.as_str()), ("hooks.example.org", "enabled"));
    assert!(!got.text().contains("T0KEN"), "an address can hold a secret");
    let path = WebhookPath { programme, webhook: made.id };

    let wanted = json!({ "events": ["partnership.suspended", "agreement.*"], "partnership": partnership });
    let tag = teller.change::<ReplaceWebhookEndpoint>(&path, got.etag(), &body(&wanted)).await.etag();
    let (first, _) = teller.say::<ReadWebhookCredentials>(&path, &NoParameters, &NoBody).await;
    assert_eq!(first.url, "https://hooks.example.org/in?key=T0KEN");
    let secret = first.secret.expect("it is signed");
    assert!(secret.parse::<SigningSecret>().is_ok());

    let tag = teller.change::<RotateWebhookSecret>(&path, tag, &NoBody).await.etag();
    let (second, _) = teller.say::<ReadWebhookCredentials>(&path, &NoParameters, &NoBody).await;
    assert_eq!(second.previous_secret.as_ref(), Some(&secret), "for a day the old one is good too");
    assert!(second.secret.is_some_and(|now| now != secret));

    let step = |step: &str| body(&json!({ "step": step }));
    let tag = teller.change::<StepWebhookEndpoint>(&path, tag, &step("ping")).await.etag();
    let tag = teller.change::<StepWebhookEndpoint>(&path, tag, &step("disable")).await.etag();
    let twice = request::<StepWebhookEndpoint>(&path, &NoParameters, &step("ping")).if_match(tag.clone());
    let refused = teller.site.send(&twice).await;
    assert_eq!((refused.status, refused.problem().kind), (409, ProblemKind::Conflict));
    let tag = teller.change::<StepWebhookEndpoint>(&path, tag, &step("enable")).await.etag();

    let moved = json!({ "url": "https://hooks.example.org:8443/T0KEN2" });
    let tag = teller.change::<SetWebhookAddress>(&path, tag, &body(&moved)).await.etag();
    let (read, _) = teller.say::<GetWebhookEndpoint>(&path, &RecordedQuery::default(), &NoBody).await;
    assert_eq!((read.host.as_str(), read.events.len()), ("hooks.example.org:8443", 2));
    let all =
        ListWebhookEndpointsQuery { partnership: Some(partnership), ..ListWebhookEndpointsQuery::default() };
    let (list, _) = teller.say::<ListWebhookEndpoints>(&of_programme, &all, &NoBody).await;
    assert_eq!(list.items, [read]);
    teller.change::<DeleteWebhookEndpoint>(&path, tag, &NoBody).await;
    refusals(teller, of_programme).await;
}

/// What could never be sent is refused at once, with the field.
async fn refusals(teller: &Teller<'_>, programme: ProgrammePath) {
    for (asked, pointer) in [
        (json!({ "url": "http://hooks.example.org/" }), "/url"),
        (json!({ "url": "https://169.254.169.254/latest/meta-data/" }), "/url"),
        (json!({ "url": "https://0x7f.1/" }), "/url"),
        (json!({ "url": "https://me:T0KEN@example.org/" }), "/url"),
        (json!({ "url": "" }), "/url"),
        (json!({ "url": "https://example.org/", "token": "T0KEN" }), "/token"),
        (json!({ "url": "https://example.org/", "format": "matrix" }), "/token"),
        (json!({ "url": "https://example.org/", "events": ["partnership.exploded"] }), "/events/0"),
        (
            json!({ "url": "https://example.org/", "partnership": "prt_01h455vb4pex5vsknk084sn02q" }),
            "/partnership",
        ),
        (json!({ "url": "https://example.org/", "owner": "per_01h455vb4pex5vsknk084sn02q" }), "/owner"),
    ] {
        let url = path_and_query::<CreateWebhookEndpoint>(&programme, &NoParameters);
        let bytes = serde_json::to_vec(&asked).expect("JSON");
        let body = Some(EncodedBody { media_type: "application/json", bytes });
        let (endpoint, method) = (CreateWebhookEndpoint::NAME, CreateWebhookEndpoint::METHOD);
        let got = teller.site.send(&Sent { endpoint, method, url, if_match: None, key: None, body }).await;
        let problem = got.problem();
        let named = problem.errors.iter().any(|error| error.pointer.as_deref() == Some(pointer));
        assert!(got.status == 422 && named, "{asked}: {}", got.text());
        assert!(!got.text().contains("T0KEN"), "{}", got.text());
    }
}
