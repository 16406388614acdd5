//! Mails that come: reports of mails that came back, and answers to invitations.

use std::io::Read as _;

use clap::Subcommand;
use sister_cities_client::api::delivery::{MailTaken, ReceivedMailView};
use sister_cities_client::api::domain::id::ProgrammeId;
use sister_cities_client::{Client, api::MailUpload};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::run::session::{Session, programmes};
use crate::show::text::Renderer;
use crate::show::wording::words;

/// The most bytes of a mail: what a server takes of a file.
const MOST: u64 = 5 * 1024 * 1024;

#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Take one mail from standard input, as a mail server gives it to a program: a report of a mail that came back, or an answer to an
    /// invitation. Without --programme it is taken by whichever programme it is for
    Receive,
}

/// Takes a mail, in the programme that is named or in whichever it is for.
pub(crate) async fn run(
    client: &Client,
    programme: Option<&str>,
    command: MailCommand,
    output: Output,
) -> Result<(), Failure> {
    let MailCommand::Receive = command;
    let bytes =
        tokio::task::spawn_blocking(mail).await.map_err(|error| Failure::caused(Exit::Failed, &error))??;
    let ids: Vec<ProgrammeId> = match programme {
        Some(_) => vec![Session::open(client, programme, output).await?.perspective.programme.id],
        None => programmes(client).await?.into_iter().map(|programme| programme.id).collect(),
    };
    let mut last = None;
    for id in ids {
        let upload = MailUpload { bytes: bytes.clone() };
        let taken = client.programme(id).deliveries().receive_mail(upload).await?;
        // What one programme knows is for no other.
        let is_for_it =
            taken.taken != MailTaken::Nothing || taken.delivery.is_some() || taken.person.is_some();
        last = Some(taken);
        if is_for_it {
            break;
        }
    }
    let Some(taken) = last else {
        return Err(Failure::new(Exit::NotFound, "there is no programme that this token may see"));
    };
    output.print(&taken, |out| said(&taken, out))
}

/// What stands on standard input, up to what a server takes.
fn mail() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Failure::caused(Exit::Failed, &error))?;
    if bytes.len() as u64 > MOST {
        return Err(Failure::new(Exit::Refused, format!("a mail of more than {MOST} bytes is not read")));
    }
    if bytes.is_empty() {
        return Err(Failure::new(Exit::Usage, "there is no mail on standard input")
            .hint("sister-cities mail receive < message.eml"));
    }
    Ok(bytes)
}

fn said(taken: &ReceivedMailView, out: &mut Renderer) {
    let ReceivedMailView { taken: what, because, delivery, state, engagement, person, said } = taken;
    out.heading(match what.as_str() {
        "returned" => "It is kept what became of a mail.",
        "answered" => "An answer to an invitation was taken.",
        _ => "Nothing was done.",
    });
    out.fact("because", because);
    if let Some(said) = said {
        out.fact("answer", &words(said.as_str()));
    }
    if let Some(delivery) = delivery {
        out.fact("delivery", &delivery.to_string());
    }
    if let Some(state) = state {
        out.fact("state", &words(state.as_str()));
    }
    if let Some(engagement) = engagement {
        out.fact("about", &engagement.to_string());
    }
    if let Some(person) = person {
        out.fact("person", &person.to_string());
    }
}
