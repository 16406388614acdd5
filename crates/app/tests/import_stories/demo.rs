//! The demo's two programmes.

use std::sync::Arc;

use sister_cities_app::demo;
use sister_cities_app::import::Silent;
use sister_cities_domain::access::Caller;

use crate::support::app;

#[tokio::test]
async fn both_programmes_come_in_through_the_import_with_nothing_left_over() {
    let app = app();
    let demo = demo::build(&app, &Caller::system(), Arc::new(Silent)).await.unwrap();
    let came: Vec<String> = demo
        .imported
        .iter()
        .map(|file| {
            let t = file.tally;
            format!(
                "{}: {} rows, {} create, {} merge, {} same, {} by name",
                file.file,
                t.total(),
                t.create,
                t.merge,
                t.same,
                t.kept_unresolved
            )
        })
        .collect();
    insta::assert_snapshot!(came.join("\n"));
}
