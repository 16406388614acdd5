//! Mails: put together and given to a mail server, beside a loop that says the same lines of SMTP with a mail that is put together already.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use sister_cities_domain::id::DeliveryId;
use sister_cities_measure::cores::{Who, pin};
use sister_cities_measure::{Needed, Outcome, Rounds, Row};
use sister_cities_notification::email::{Mail, Mailbox, SmtpChannel, SmtpConfig};
use sister_cities_notification::testing::samples::{address, reader, samples};
use sister_cities_notification::words::Catalogues;
use sister_cities_notification::{Channel as _, Sending};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use crate::sinks::{self, Sink};

/// Connections, on both sides.
const CONNECTIONS: usize = 4;

pub(crate) fn measure(rounds: Rounds) -> Outcome<Vec<Row>> {
    pin(Who::Client);
    let runtime = crate::runtime()?;
    let sink = Sink::start(sinks::SMTP)?;
    let (mail, from) = sample()?;
    let bytes = mail.to_bytes(delivery(), crate::now(), &from)?;
    let channel = channel(sink.port, from)?;
    let found = rounds.compare(
        "mails",
        |length| runtime.block_on(sent(&channel, &mail, length)),
        |length| runtime.block_on(raw(sink.port, &bytes, length)),
    )?;
    let size = bytes.len().div_ceil(1_024);
    Ok(vec![Row::new(
        &format!("mails: put together (MIME, text and HTML, {size} KiB), sent over 4 connections"),
        "a raw SMTP loop with bytes at hand, the same server, the same connections",
        Needed::Part(0.35),
        found,
        "putting the mail together: the encoding of its parts and the folding of its headers",
    )])
}

fn delivery() -> DeliveryId {
    DeliveryId::from_uuid(uuid::Uuid::max())
}

/// A reminder in Polish, as it is sent most.
fn sample() -> Outcome<(Mail, Mailbox)> {
    let letter = samples().into_iter().next().ok_or("there is no message")?.letter;
    let reader = reader("pl".parse()?);
    let composed = Catalogues::embedded().compose(&letter, &reader, None, &address());
    let to = Mailbox { address: "anna@example.pl".parse()?, name: reader.name };
    let from = Mailbox {
        address: "desk@twinning.example.org".parse()?,
        name: Some("Chicago Sister Cities".parse()?),
    };
    Ok((Mail::new(to, composed), from))
}

fn channel(port: u16, from: Mailbox) -> Outcome<SmtpChannel> {
    let mut config = SmtpConfig::new(format!("smtp://127.0.0.1:{port}?tls=none").parse()?, from);
    config.connections = CONNECTIONS;
    config.per_second = NonZeroU32::MAX;
    Ok(SmtpChannel::new(config)?)
}

async fn sent(channel: &SmtpChannel, mail: &Mail, length: Duration) -> Outcome<f64> {
    crate::in_turn(CONNECTIONS, length, async || {
        let at = crate::now();
        channel.send(Sending { delivery: delivery(), attempt: 1, at, message: mail.clone() }).await?;
        Ok(())
    })
    .await
}

#[expect(clippy::future_not_send, reason = "it runs on one thread")]
async fn raw(port: u16, bytes: &[u8], length: Duration) -> Outcome<f64> {
    let began = Instant::now();
    let loops = (0..CONNECTIONS).map(|_| raw_loop(port, bytes, began, length));
    let done = futures_util::future::try_join_all(loops).await?;
    Ok(f64::from(done.into_iter().sum::<u32>()) / began.elapsed().as_secs_f64())
}

async fn raw_loop(port: u16, bytes: &[u8], began: Instant, length: Duration) -> Outcome<u32> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    answer(&mut stream).await?;
    said(&mut stream, b"EHLO bench\r\n").await?;
    let mut done = 0;
    while began.elapsed() < length {
        said(&mut stream, b"MAIL FROM:<desk@twinning.example.org>\r\n").await?;
        said(&mut stream, b"RCPT TO:<anna@example.pl>\r\n").await?;
        said(&mut stream, b"DATA\r\n").await?;
        stream.write_all(bytes).await?;
        said(&mut stream, b"\r\n.\r\n").await?;
        done += 1;
    }
    Ok(done)
}

async fn said(stream: &mut BufReader<TcpStream>, line: &[u8]) -> Outcome<()> {
    stream.write_all(line).await?;
    answer(stream).await
}

/// Reads an answer to its last line.
async fn answer(stream: &mut BufReader<TcpStream>) -> Outcome<()> {
    let mut line = String::new();
    while line.as_bytes().get(3) != Some(&b' ') {
        line.clear();
        if stream.read_line(&mut line).await? == 0 {
            return Err("the mail server is gone".into());
        }
    }
    Ok(())
}
