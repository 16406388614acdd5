//! How the server is called: with connections of the pool, by queries that are one statement, and by transactions whose statements
//! are pipelined.

use std::borrow::Cow;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::{Object, Pool};
use futures_util::FutureExt as _;
use futures_util::future::{MaybeDone, maybe_done};
use tokio::time::{Instant, sleep};
use tokio_postgres::Row;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

use super::failure::Failure;
use super::open::ACQUIRE_TIMEOUT;
use super::statements;
use super::value::Param;

/// Whoever asks is told after so long at the latest that there is no answer.
pub(super) const TIMEOUT: Duration = Duration::from_millis(4_500);
/// Between two tries where the database has no connection left to give.
const BETWEEN_ACQUIRES: Duration = Duration::from_millis(50);
/// How often something is tried that two transactions in each other's way, or a lost connection, prevented.
const TRIES: u32 = 5;

/// What a statement may see, by row-level security.
#[derive(Clone, Copy, Debug)]
pub(super) enum RlsContext {
    /// The rows of the programme that is the first parameter; of the installation itself for the nil UUID.
    Programme,
    /// What the maintenance task of that name is about, of every programme. (The schema calls it an errand.)
    Maintenance(&'static str),
    /// The access token with the hash that is the first parameter.
    Token,
    /// Nothing of anybody.
    Nothing,
}

/// A statement and what is bound to it.
pub(super) struct Step<'a> {
    sql: &'static str,
    params: Vec<Param<'a>>,
}

impl<'a> Step<'a> {
    pub(super) fn new(sql: &'static str, params: Vec<Param<'a>>) -> Self {
        Self { sql, params }
    }

    /// The statement that lets the transaction see one programme.
    pub(super) fn enter_programme(programme: Uuid) -> Self {
        Self::new(statements::ENTER_PROGRAMME, vec![Box::new(programme)])
    }

    /// The statement that opens to the transaction what a maintenance task is about.
    pub(super) fn enter_maintenance(task: &'static str) -> Self {
        Self::new(statements::ENTER_MAINTENANCE, vec![Box::new(task)])
    }
}

/// Runs one query in a transaction of its own, again if the connection was lost.
pub(super) async fn query(
    pool: &Pool,
    context: RlsContext,
    sql: &str,
    params: &[Param<'_>],
) -> Result<Vec<Row>, Failure> {
    let sql = match context {
        RlsContext::Programme => Cow::Owned(statements::in_context(statements::SET_PROGRAMME, sql)),
        RlsContext::Token => Cow::Owned(statements::in_context(statements::SET_TOKEN, sql)),
        RlsContext::Maintenance(_) | RlsContext::Nothing => Cow::Borrowed(sql),
    };
    let asking = async {
        let mut tries = 1;
        loop {
            let answer = match context {
                RlsContext::Maintenance(task) => {
                    transact(pool, statements::BEGIN_READ, &Step::enter_maintenance(task), &sql, params).await
                }
                RlsContext::Programme | RlsContext::Token | RlsContext::Nothing => {
                    alone(pool, &sql, params).await
                }
            };
            match answer {
                Err(failure) if tries < TRIES && failure.is_worth_another_try() => tries += 1,
                answer => return answer,
            }
        }
    };
    tokio::time::timeout(TIMEOUT, asking).await.unwrap_or(Err(Failure::TimedOut))
}

/// Writes by one statement in a transaction of its own, after the step that gives it its context.
pub(super) async fn write(
    pool: &Pool,
    enter: &Step<'_>,
    sql: &str,
    params: &[Param<'_>],
) -> Result<Vec<Row>, Failure> {
    let writing = async {
        let mut tries = 1;
        loop {
            let answer = transact(pool, statements::BEGIN, enter, sql, params).await;
            match answer {
                Err(failure) if tries < TRIES && failure.is_undone() => tries += 1,
                answer => return answer,
            }
        }
    };
    tokio::time::timeout(TIMEOUT, writing).await.unwrap_or(Err(Failure::TimedOut))
}

/// A connection of the pool. Where the database has none left to give, one is waited for like one of the pool.
pub(super) async fn acquire(pool: &Pool) -> Result<Object, Failure> {
    let given_up = Instant::now() + ACQUIRE_TIMEOUT;
    loop {
        match pool.get().await.map_err(Failure::from) {
            Err(failure) if failure.is_out_of_connections() && Instant::now() < given_up => {
                sleep(BETWEEN_ACQUIRES).await;
            }
            answer => return answer,
        }
    }
}

/// One statement that is a transaction by itself.
async fn alone(pool: &Pool, sql: &str, params: &[Param<'_>]) -> Result<Vec<Row>, Failure> {
    let client = acquire(pool).await?;
    let asking = client.prepare_cached(sql).await?;
    Ok(client.query(&asking, &borrowed(params)).await?)
}

/// All in one go: one way to the server and one back, once the statements are prepared.
async fn transact(
    pool: &Pool,
    begin: &'static str,
    enter: &Step<'_>,
    sql: &str,
    params: &[Param<'_>],
) -> Result<Vec<Row>, Failure> {
    let client = acquire(pool).await?;
    let (entering, asking) = (client.prepare_cached(enter.sql).await?, client.prepare_cached(sql).await?);
    let (enter, params) = (borrowed(&enter.params), borrowed(params));
    let all = vec![
        simple(&client, begin),
        async { Ok(client.query(&entering, &enter).await?) }.boxed(),
        async { Ok(client.query(&asking, &params).await?) }.boxed(),
        simple(&client, statements::COMMIT),
    ];
    let mut answers = settle(&client, pipeline(all).await)?;
    Ok(answers.swap_remove(2))
}

/// Sends steps of a transaction all at once, after `begin` and before `end` where they are given. Answers the rows of each step.
pub(super) async fn run(
    client: &Object,
    begin: Option<&'static str>,
    steps: &[Step<'_>],
    end: Option<&'static str>,
) -> Result<Vec<Vec<Row>>, Failure> {
    let mut prepared = Vec::with_capacity(steps.len());
    for step in steps {
        prepared.push((client.prepare_cached(step.sql).await?, borrowed(&step.params)));
    }
    let mut all = Vec::with_capacity(steps.len() + 2);
    all.extend(begin.map(|begin| simple(client, begin)));
    all.extend(
        prepared
            .iter()
            .map(|(statement, params)| async move { Ok(client.query(statement, params).await?) }.boxed()),
    );
    all.extend(end.map(|end| simple(client, end)));
    let mut answers = settle(client, pipeline(all).await)?;
    if begin.is_some() {
        answers.remove(0);
    }
    answers.truncate(steps.len());
    Ok(answers)
}

/// Runs steps as one transaction, which is theirs alone. It is not tried again.
pub(super) async fn together(pool: &Pool, steps: &[Step<'_>]) -> Result<Vec<Vec<Row>>, Failure> {
    let writing = async {
        let client = acquire(pool).await?;
        match run(&client, Some(statements::BEGIN), steps, Some(statements::COMMIT)).await {
            Ok(answers) => Ok(answers),
            Err(failure) => {
                // A connection with a broken transaction is thrown away.
                drop(Object::take(client));
                Err(failure)
            }
        }
    };
    tokio::time::timeout(TIMEOUT, writing).await.unwrap_or(Err(Failure::TimedOut))
}

type Asking<'a> = Pin<Box<dyn Future<Output = Result<Vec<Row>, Failure>> + Send + 'a>>;

fn simple<'a>(client: &'a Object, sql: &'static str) -> Asking<'a> {
    async move { client.batch_execute(sql).await.map(|()| Vec::new()).map_err(Failure::from) }.boxed()
}

/// Polls all in order, which sends them in order at once. Nothing is half sent if the caller goes away while waiting.
async fn pipeline(all: Vec<Asking<'_>>) -> Vec<Result<Vec<Row>, Failure>> {
    let mut all: Vec<MaybeDone<Asking<'_>>> = all.into_iter().map(maybe_done).collect();
    // Each time all of them, as an answer nobody takes would hold up those behind it.
    std::future::poll_fn(|context| {
        let waiting =
            all.iter_mut().filter_map(|one| one.poll_unpin(context).is_pending().then_some(())).count();
        if waiting == 0 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    all.iter_mut().filter_map(|one| Pin::new(one).take_output()).collect()
}

/// The first failure is the cause; those after it only say that the transaction has failed.
fn settle(client: &Object, answers: Vec<Result<Vec<Row>, Failure>>) -> Result<Vec<Vec<Row>>, Failure> {
    let answers: Result<Vec<_>, _> = answers.into_iter().collect();
    if let Err(failure) = &answers {
        tracing::debug!(%failure, closed = client.is_closed(), "transaction failed");
    }
    answers
}

fn borrowed<'a>(params: &'a [Param<'_>]) -> Vec<&'a (dyn ToSql + Sync)> {
    params.iter().map(|param| param.as_ref() as &(dyn ToSql + Sync)).collect()
}
