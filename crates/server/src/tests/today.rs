//! Today is the day in the programme's zone: what a day that is not named means, resource by resource, where it is another day than in UTC.

use http::Method;
use serde_json::{Value, json};
use sister_cities_api::programme::CreateProgramme;
use sister_cities_api::{EncodedBody, NoParameters};
use sister_cities_domain::access::Scope;

use super::site::{Sent, Site};
use super::story::{body, chicago};

/// An office where it is another day than in UTC, with a partnership of 1993 and a visit of 2024 that is followed up.
struct OfficeElsewhere {
    site: Site,
    /// The day it is there.
    today: &'static str,
    url: String,
    host: Value,
    partnership: Value,
    visit: Value,
}

impl OfficeElsewhere {
    /// One office ahead of UTC and one behind it.
    async fn both() -> [Self; 2] {
        let auckland = json!({ "name": "Auckland", "currency": "NZD",
            "host": { "names": [{ "text": "Auckland", "role": "official" }], "country": "NZ", "zone": "Pacific/Auckland" } });
        // The zone of a host that says none is that of the gazetteer.
        let mut of_chicago = chicago();
        of_chicago["host"]["zone"] = Value::Null;
        [
            Self::open(&auckland, "2026-11-23T12:00:00Z", "2026-11-24").await,
            Self::open(&of_chicago, "2026-11-23T04:00:00Z", "2026-11-22").await,
        ]
    }

    async fn open(programme: &Value, now: &str, today: &'static str) -> Self {
        let site = Site::new().await;
        site.clock.set(now.parse().expect("an instant"));
        let made = site.ask::<CreateProgramme>(&NoParameters, &NoParameters, &body(programme)).await;
        let url = format!("/v1/programmes/{}", made.id);
        let (host, none) = (json!(made.host), Value::Null);
        let mut office = Self { site, today, url, host, partnership: none.clone(), visit: none };
        let twin = json!({ "names": [{ "text": "Birmingham", "role": "official" }] });
        let twin = office.post("/places", &twin).await["id"].clone();
        let new = json!({ "members": [office.host, twin], "episode": {
            "kind": "sister-city", "began": [{ "date": "1993", "source": "Minutes" }] } });
        office.partnership = office.post("/partnerships", &new).await["id"].clone();
        let visit = json!({ "partnership": office.partnership, "title": "A visit", "foci": ["culture"],
            "direction": "inbound", "start": "2024-01-10", "end": "2024-01-12", "follow_up": true });
        office.visit = office.post("/engagements", &visit).await["id"].clone();
        office
    }

    async fn sent(&self, method: Method, path: &str, tag: Option<&str>, body: Option<&Value>) -> Value {
        let body = body.map(|body| EncodedBody {
            media_type: "application/json",
            bytes: serde_json::to_vec(body).expect("JSON"),
        });
        let url = format!("{}{path}", self.url);
        let sent = Sent { endpoint: "any", method, url, if_match: tag.map(str::to_owned), key: None, body };
        let got = self.site.send(&sent).await;
        assert!((200..300).contains(&got.status), "{path}: {}", got.text());
        serde_json::from_slice(&got.bytes).expect("JSON")
    }

    async fn get(&self, path: &str) -> Value {
        self.sent(Method::GET, path, None, None).await
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.sent(Method::POST, path, None, Some(body)).await
    }

    /// Changes a record at its first revision.
    async fn step(&self, path: &str, body: &Value) -> Value {
        self.sent(Method::POST, path, Some("\"r1\""), Some(body)).await
    }
}

#[tokio::test]
async fn counts_vitality_due_work_and_handovers_are_of_the_day_at_the_host() {
    for office in OfficeElsewhere::both().await {
        let bond = office.partnership.as_str().expect("an id").to_owned();
        for path in [
            "/counts".to_owned(),
            format!("/partnerships/{bond}/vitality"),
            format!("/partnerships/{bond}/handover"),
            "/outcomes/totals".to_owned(),
        ] {
            assert_eq!(office.get(&path).await["as_of"], office.today, "{path}");
        }
        let listed = office.get("/vitality").await;
        assert_eq!(listed["items"][0]["as_of"], office.today);
        let asked =
            office.post("/places", &json!({ "names": [{ "text": "Pune", "role": "official" }] })).await;
        let asked = json!({ "members": [office.host, asked["id"]],
            "decisions": [{ "decision": "enquire", "on": "2001" }] });
        office.post("/partnerships", &asked).await;
        let due = office.get("/due?kind=request_unanswered").await;
        let item = due["items"][0]["id"].as_str().expect("something is due").to_owned();
        let done = office.post(&format!("/due/{item}/done"), &json!({})).await;
        assert_eq!(done["done_on"], office.today);
    }
}

#[tokio::test]
async fn vacancies_of_a_committee_are_those_of_the_day_at_the_host() {
    for office in OfficeElsewhere::both().await {
        let facts = json!({ "name": "A committee", "partnership": office.partnership, "seats": 1 });
        let committee = office.post("/committees", &facts).await["id"].clone();
        let role = json!({ "committee": committee, "function": "chair", "from": office.today });
        office.post("/roles", &role).await;
        let committee = committee.as_str().expect("an id");
        let vacant = office.get(&format!("/committees/{committee}/vacancies")).await;
        assert_eq!(
            (&vacant["as_of"], &vacant["vacant_seats"]),
            (&json!(office.today), &Value::Null),
            "{vacant}"
        );
    }
}

#[tokio::test]
async fn promises_are_checked_taken_and_reckoned_on_the_day_at_the_host() {
    for office in OfficeElsewhere::both().await {
        let plan = json!({ "partnership": office.partnership, "title": "A plan", "agreed_on": "2008-06" });
        let plan = office.post("/action-plans", &plan).await["id"].clone();
        let path = format!("/action-plans/{}", plan.as_str().expect("an id"));
        let checked = office.step(&format!("{path}/checks"), &json!({})).await;
        assert_eq!(checked["last_check"]["on"], office.today, "{checked}");
        let point = json!({ "plan": plan, "title": "A point" });
        let point = office.post("/action-points", &point).await["id"].clone();
        let point = point.as_str().expect("an id");
        let taken = office
            .step(&format!("/action-points/{point}/steps"), &json!({ "step": "drop", "reason": "No money" }))
            .await;
        assert_eq!(taken["steps"][0]["on"], office.today, "{taken}");
        assert_eq!(office.get(&format!("{path}/progress")).await["on"], office.today);
    }
}

#[tokio::test]
async fn outcomes_are_graded_and_asked_about_on_the_day_at_the_host() {
    for office in OfficeElsewhere::both().await {
        let visit = office.visit.as_str().expect("an id").to_owned();
        let claim = json!({ "kind": "jobs", "title": "Jobs", "value": "12 jobs", "engagements": [visit] });
        let outcome = office.post("/outcomes", &claim).await["id"].clone();
        let paper = json!({ "step": "document", "evidence": "Annual report" });
        let graded =
            office.step(&format!("/outcomes/{}/evidence", outcome.as_str().expect("an id")), &paper).await;
        assert_eq!(graded["steps"][0]["on"], office.today, "{graded}");
        let answer = json!({ "side": "host", "after": "24_months", "said": "nothing_will" });
        let answered = office.step(&format!("/engagements/{visit}/outcome-answers"), &answer).await;
        assert_eq!(answered["outcome_answers"][0]["on"], office.today, "{answered}");
    }
}

#[tokio::test]
async fn a_consent_holds_from_and_until_the_day_at_the_host() {
    for office in OfficeElsewhere::both().await {
        let consent = |withdrawn: Option<&str>| {
            json!({ "audiences": ["members"], "facts": ["name"], "purpose": "The list",
                "given_on": office.today, "withdrawn_on": withdrawn, "source": "A form" })
        };
        let card = json!({ "name": "Iwanna Muster", "shown_to": ["members"], "consents": [consent(None)] });
        let person = office.post("/persons", &card).await["id"].clone();
        let programme = office.url.rsplit('/').next().expect("an id").parse().expect("a programme");
        let member = office.site.token(Some(programme), &[Scope::ProgrammeRead]).await;
        let seen = async || {
            let url = format!("{}/persons/{}", office.url, person.as_str().expect("an id"));
            let sent =
                Sent { endpoint: "any", method: Method::GET, url, if_match: None, key: None, body: None };
            office.site.send_as(&sent, Some(&member)).await.status
        };
        assert_eq!(seen().await, 200, "given today");
        let card =
            json!({ "name": "Iwanna Muster", "shown_to": [], "consents": [consent(Some(office.today))] });
        let path = format!("/persons/{}", person.as_str().expect("an id"));
        office.sent(Method::PUT, &path, Some("\"r1\""), Some(&card)).await;
        assert_eq!(seen().await, 404, "withdrawn today");
    }
}
