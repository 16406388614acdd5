//! The server in memory that others test their programs against.

use http::Method;
use sister_cities_client::Error;
use sister_cities_client::api::ProblemKind;
use sister_cities_client::api::partnership::ListPartnershipsQuery;
use sister_cities_client::resource::Programme;
use sister_cities_client::test_util::{Answer, FakeServer, partnership};

const PATH: &str = "/v1/programmes/prg_01h455vb4pex5vsknk084sn02q/partnerships";

fn office(server: &FakeServer) -> Programme {
    server.client().programme("prg_01h455vb4pex5vsknk084sn02q".parse().expect("an id"))
}

#[tokio::test(start_paused = true)]
async fn a_path_keeps_its_answer_after_the_script_has_come_to_its_end() {
    let page = Answer::json(&serde_json::json!({ "items": [partnership("Kyiv", "Chicago")] }));
    let refusal = Answer::problem(ProblemKind::Forbidden);
    let server = FakeServer::answering([refusal]).with_route(Method::GET, PATH, page);
    let list = || office(&server).partnerships().list(ListPartnershipsQuery::default());
    let refused = list().all().await.expect_err("as scripted");
    assert!(matches!(refused, Error::Api(ref api) if api.status.as_u16() == 403), "{refused}");
    for _ in 0..2 {
        let found = list().all().await.expect("as routed");
        assert_eq!(found[0].members[0].name, "Kyiv");
    }
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test(start_paused = true)]
#[should_panic(expected = "no answer to GET /v1/programmes/prg_01h455vb4pex5vsknk084sn02q")]
async fn what_nobody_expected_to_be_asked_fails_the_test() {
    let _ = office(&FakeServer::default()).get().await;
}
