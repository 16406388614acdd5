//! What the health answer and the metrics tell of what waits to be told.

use chrono::TimeDelta;
use serde_json::{Value, json};
use sister_cities_api::delivery::{TestDelivery, TestDeliveryBody};
use sister_cities_api::person::CreatePerson;
use sister_cities_api::programme::{CreateProgramme, ListProgrammes, ListProgrammesQuery, ProgrammePath};
use sister_cities_api::{NoBody, NoParameters};

use super::site::{Site, request};
use super::story::{body, chicago};

#[tokio::test]
async fn what_waits_and_how_late_it_is_stands_in_the_health_answer_and_the_metrics() {
    let site = Site::new().await;
    let programme = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await.id;
    let of = ProgrammePath { programme };
    let iwanna = json!({ "name": "Iwanna", "emails": [{ "address": "iwanna@desk.example.org" }] });
    let recipient = site.ask::<CreatePerson>(&of, &NoParameters, &body(&iwanna)).await.id;
    site.ask::<TestDelivery>(&of, &NoParameters, &TestDeliveryBody { recipient }).await;
    let now = site.app.clock().now();
    site.clock.set(now + TimeDelta::seconds(90));
    let ready = site.open("/readyz", None).await;
    let told: Value = serde_json::from_slice(&ready.bytes).expect("JSON");
    let email = json!({ "channel": "email", "waiting": 1, "attempts": 0, "late_seconds": 90, "dead": 0 });
    assert_eq!((ready.status, &told["deliveries"][0]), (200, &email), "{told}");
    let metrics = site.open("/metrics", None).await;
    assert_eq!(metrics.header("content-type"), Some("text/plain; version=0.0.4; charset=utf-8"));
    for line in [
        "# TYPE sister_cities_deliveries_waiting gauge",
        "sister_cities_deliveries_waiting{channel=\"email\"} 1",
        "sister_cities_deliveries_late_seconds{channel=\"email\"} 90",
        "sister_cities_deliveries_dead{channel=\"webhook\"} 0",
    ] {
        assert!(metrics.text().lines().any(|told| told == line), "{line}: {}", metrics.text());
    }
    assert!(!metrics.text().contains("Iwanna") && !metrics.text().contains("prg_"));
}

#[tokio::test]
async fn requests_with_a_token_that_is_none_are_counted_in_the_metrics() {
    let site = Site::new().await;
    let list = request::<ListProgrammes>(&NoParameters, &ListProgrammesQuery::default(), &NoBody);
    for token in [None, Some("scp_wrong"), Some("scp_wrong_again")] {
        assert_eq!(site.send_as(&list, token).await.status, 401);
    }
    let answer = site.open("/metrics", None).await;
    let metrics = answer.text();
    let line = "sister_cities_failed_logins_total 2";
    assert!(metrics.lines().any(|told| told == line), "a request without a token tries none: {metrics}");
    assert!(metrics.lines().any(|told| told == "sister_cities_failed_logins_braked_total 0"), "{metrics}");
}

#[tokio::test]
async fn requests_and_what_the_database_failed_by_are_counted_in_the_metrics() {
    let site = Site::new().await;
    site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(&chicago())).await;
    assert_eq!(site.open("/v1/none", None).await.status, 404);
    let answer = site.open("/metrics", None).await;
    let metrics = answer.text();
    for line in [
        "# TYPE sister_cities_requests_total counter",
        "sister_cities_requests_total{status=\"2xx\"} 1",
        "sister_cities_requests_total{status=\"4xx\"} 1",
        "sister_cities_requests_total{status=\"5xx\"} 0",
        "sister_cities_database_up 1",
        "sister_cities_heavy_requests{weight=\"report\"} 0",
        "# TYPE sister_cities_database_failures_total counter",
    ] {
        assert!(metrics.lines().any(|told| told == line), "{line}: {metrics}");
    }
    assert!(!metrics.contains("sister_cities_database_connections"), "there are none to a file: {metrics}");
}
