//! The connections that read. A short read is done by whoever asks for it, on the spot: to hand it to another thread and wait for the
//! answer takes several times as long as the read. What turns out to be long, or finds every connection busy, goes to threads; it is broken off
//! when nobody waits for it any more.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{mpsc, oneshot};

use super::threads::{finish, spawn};
use super::{OpenError, settings};
use crate::Unavailable;

/// How many connections read, each with a thread.
const READERS: usize = 4;
/// How many reads may wait for a thread before those who ask for more wait themselves.
const QUEUE: usize = 1_024;
/// An inline read is charged one tick for so many instructions of SQLite's machine.
const TICK_INSTRUCTIONS: i32 = 1_000;
/// At that many ticks it is broken off: after about half a millisecond, and ten times what a page of 50 takes.
const MAX_TICKS: u32 = 10;

/// A read, and whether whoever asked for it is gone.
struct Job {
    read: Box<dyn FnOnce(&Connection) + Send>,
    is_given_up: Arc<AtomicBool>,
}

/// Gives a read up when it is dropped: after the answer nobody asks any more.
struct Asker(Arc<AtomicBool>);

impl Drop for Asker {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// All connections that read, and their threads. Dropping it finishes what waits.
#[derive(Debug)]
pub(super) struct Readers {
    connections: Arc<[Mutex<Reader>]>,
    // An option, so that `drop` can close the queue before it waits for the threads.
    jobs: Option<mpsc::Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

/// A connection, how many ticks are left until what it does is broken off, and whether that is given up.
#[derive(Debug)]
struct Reader {
    connection: Connection,
    budget: Arc<AtomicU32>,
    is_given_up: Arc<Mutex<Arc<AtomicBool>>>,
}

impl Readers {
    /// Opens the connections to the migrated database at `path`.
    pub(super) fn open(path: &Path) -> Result<Self, OpenError> {
        let connections = (0..READERS).map(|_| Reader::open(path).map(Mutex::new));
        let connections: Arc<[_]> = connections.collect::<Result<Vec<_>, _>>()?.into();
        let (jobs, to_do) = mpsc::channel(QUEUE);
        let to_do = Arc::new(Mutex::new(to_do));
        let mut readers = Self { connections, jobs: Some(jobs), threads: Vec::new() };
        for own in 0..READERS {
            let (connections, to_do) = (Arc::clone(&readers.connections), Arc::clone(&to_do));
            let thread = spawn("sqlite-reader", move || run(&connections[own], &to_do))?;
            readers.threads.push(thread);
        }
        Ok(readers)
    }

    /// Does the work on the spot, if a connection is free and it is short.
    pub(super) fn run_inline<T>(
        &self,
        work: impl Fn(&Connection) -> Result<T, rusqlite::Error>,
    ) -> Option<Result<T, rusqlite::Error>> {
        let reader = self.connections.iter().find_map(|reader| reader.try_lock().ok())?;
        match reader.with_budget(MAX_TICKS, work) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => None,
            answer => Some(answer),
        }
    }

    /// Has a thread do the work.
    pub(super) async fn in_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, rusqlite::Error> + Send + 'static,
    ) -> Result<Result<T, rusqlite::Error>, Unavailable> {
        let (answer, answered) = oneshot::channel();
        let is_given_up = Arc::new(AtomicBool::new(false));
        let _asker = Asker(Arc::clone(&is_given_up));
        // Whoever asked may be gone.
        let read = Box::new(move |connection: &Connection| drop(answer.send(work(connection))));
        let job = Job { read, is_given_up };
        let jobs = self.jobs.as_ref().ok_or(Unavailable::Closed)?;
        jobs.send(job).await.map_err(|_| Unavailable::Closed)?;
        answered.await.map_err(|_| Unavailable::Closed)
    }
}

impl Reader {
    fn open(path: &Path) -> Result<Self, OpenError> {
        let mut connection = settings::open_reader(path)?;
        let budget = Arc::new(AtomicU32::new(u32::MAX));
        let is_given_up = Arc::new(Mutex::new(Arc::default()));
        let (left, current) = (Arc::clone(&budget), Arc::clone(&is_given_up));
        let is_enough = move || left.fetch_sub(1, Ordering::Relaxed) == 0 || is_set(&current);
        connection.progress_handler(TICK_INSTRUCTIONS, Some(is_enough))?;
        Ok(Self { connection, budget, is_given_up })
    }

    /// Does a read to its end, or until it is given up.
    fn finish(&self, job: Job) {
        if job.is_given_up.load(Ordering::Relaxed) {
            return;
        }
        *self.is_given_up.lock().unwrap_or_else(PoisonError::into_inner) = job.is_given_up;
        self.with_budget(u32::MAX, job.read);
        *self.is_given_up.lock().unwrap_or_else(PoisonError::into_inner) = Arc::default();
    }

    fn with_budget<T>(&self, ticks: u32, work: impl FnOnce(&Connection) -> T) -> T {
        self.budget.store(ticks, Ordering::Relaxed);
        work(&self.connection)
    }
}

fn is_set(flag: &Mutex<Arc<AtomicBool>>) -> bool {
    flag.lock().unwrap_or_else(PoisonError::into_inner).load(Ordering::Relaxed)
}

/// Does one job after the other; the threads take turns at the queue.
fn run(own: &Mutex<Reader>, jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let job = jobs.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(job) = job else { return };
        let reader: MutexGuard<'_, Reader> = own.lock().unwrap_or_else(PoisonError::into_inner);
        reader.finish(job);
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.jobs = None;
        self.threads.drain(..).for_each(finish);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) \
        SELECT count(*) FROM n";

    fn count(connection: &Connection, sql: &str) -> Result<i64, rusqlite::Error> {
        connection.prepare_cached(sql)?.query_row([], |row| row.get(0))
    }

    fn readers() -> (Readers, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("test.db");
        drop(settings::open_writer(&path).expect("a database"));
        (Readers::open(&path).expect("readers"), folder)
    }

    #[tokio::test]
    async fn a_long_read_is_broken_off_on_the_spot_and_finished_by_a_thread() {
        let (readers, _folder) = readers();
        assert!(readers.run_inline(|connection| count(connection, LONG)).is_none());
        let counted = readers.in_a_thread(|connection| count(connection, LONG)).await;
        assert_eq!(counted, Ok(Ok(100_000)));
    }

    #[tokio::test]
    async fn a_read_that_nobody_waits_for_any_more_is_broken_off() {
        const ENDLESS: &str =
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        let (readers, _folder) = readers();
        // As many as there are threads: were one not broken off, the next would find none.
        for _ in 0..READERS {
            let (begun, has_begun) = oneshot::channel();
            let mut asked = std::pin::pin!(readers.in_a_thread(move |connection| {
                let _ = begun.send(());
                count(connection, ENDLESS)
            }));
            tokio::select! {
                answer = &mut asked => panic!("it ended: {answer:?}"),
                begun = has_begun => begun.expect("it has begun"),
            }
        }
        let counted = readers.in_a_thread(|connection| count(connection, "SELECT 1")).await;
        assert_eq!(counted, Ok(Ok(1)));
    }

    #[test]
    fn a_short_read_is_answered_on_the_spot_however_often_it_is_asked() {
        let (readers, _folder) = readers();
        for _ in 0..5_000 {
            let read = readers.run_inline(|connection| count(connection, "SELECT count(*) FROM programme"));
            assert_eq!(read, Some(Ok(0)));
        }
    }

    #[tokio::test]
    async fn a_read_that_finds_every_connection_busy_waits_for_a_thread() {
        let (readers, _folder) = readers();
        let busy: Vec<_> = readers.connections.iter().map(|reader| reader.lock().expect("free")).collect();
        assert!(readers.run_inline(|connection| count(connection, "SELECT 1")).is_none());
        let waiting = readers.in_a_thread(|connection| count(connection, "SELECT 1"));
        drop(busy);
        assert_eq!(waiting.await, Ok(Ok(1)));
    }
}
