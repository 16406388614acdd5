//! Work that nobody waits for any more ends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sister_cities_app::IdempotentReply;
use sister_cities_app::import::{NewImport, Progress, Trial};
use sister_cities_domain::import_run::{ImportContent, Mapping};
use tokio::sync::oneshot;

use crate::harness::{Office, system};

/// Says when the first line is reached, and then waits until it may go on.
struct Gate {
    reached: Mutex<Option<oneshot::Sender<()>>>,
    may_go_on: Mutex<std::sync::mpsc::Receiver<()>>,
    told: AtomicUsize,
}

impl Progress for Gate {
    fn at(&self, _done: u64, _total: u64) {
        self.told.fetch_add(1, Ordering::SeqCst);
        if let Some(reached) = self.reached.lock().expect("no panic").take() {
            reached.send(()).expect("somebody waits");
            self.may_go_on.lock().expect("no panic").recv().expect("it may");
        }
    }
}

/// A dry run once went on for minutes after its request had been given up.
#[tokio::test]
async fn a_dry_run_that_is_given_up_stops_at_the_line_where_it_is() {
    let office = Office::open().await;
    let rows: Vec<String> = (0..1_000).map(|line| format!("Nowhere {line:03},Poland\n")).collect();
    let request = NewImport {
        content: ImportContent::Partnerships,
        file: format!("City,Country\n{}", rows.concat()).into_bytes(),
        file_name: None,
        mapping: Mapping::default(),
    };
    let (app, programme, reply) = (office.app.clone(), office.programme, IdempotentReply::NONE);
    let run = app.upload_import(&system(), programme, request, reply).await.expect("an import");
    let import = run.executed().expect("fresh").value.id;
    let ((reached, has_reached), (go_on, may_go_on)) = (oneshot::channel(), std::sync::mpsc::channel());
    let gate = Arc::new(Gate {
        reached: Mutex::new(Some(reached)),
        may_go_on: Mutex::new(may_go_on),
        told: AtomicUsize::new(0),
    });
    let progress = Arc::clone(&gate);
    let trying = tokio::spawn(async move {
        app.dry_run_import(&system(), programme, import, Trial::default(), progress, IdempotentReply::NONE)
            .await
    });
    has_reached.await.expect("it has begun");
    trying.abort();
    assert!(trying.await.expect_err("it is given up").is_cancelled());
    go_on.send(()).expect("it waits");
    // The work holds the gate until it has ended.
    while Arc::strong_count(&gate) > 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(gate.told.load(Ordering::SeqCst), 1, "it went on");
}
