//! Webhooks: which programs and rooms of chats are told of events, and with what messages are signed.

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::{PersonId, WebhookEndpointId};
use sister_cities_client::api::domain::value::FreeText;
use sister_cities_client::api::domain::webhook::{EventPattern, WebhookFormat, WebhookStep};
use sister_cities_client::api::webhook::{
    ListWebhookEndpointsQuery, WebhookCredentialsView, WebhookEndpointBody, WebhookEndpointView,
    WebhookStepBody,
};

use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum WebhooksCommand {
    /// List who is told
    List(QueryArgs<ListWebhookEndpointsQuery>),
    /// Show a webhook
    Show(OneWebhook),
    /// Tell a program, or a room of a chat, what happens
    Add(WebhookAdd),
    /// Show its address and the secret that messages are signed with; the journal tells that you did
    Secret(OneWebhook),
    /// Make another secret; for a day messages are signed with the present one too
    Rotate(OneWebhook),
    /// Tell it no more
    Disable(OneWebhook),
    /// Tell it again
    Enable(OneWebhook),
    /// Send it an event that only tries whether messages arrive
    Ping(OneWebhook),
    /// Remove it
    Remove(OneWebhook),
}

#[derive(Args, Debug)]
pub(crate) struct OneWebhook {
    /// Its id, whe_…
    #[arg(value_parser = parameter::<WebhookEndpointId>)]
    webhook: WebhookEndpointId,
}

#[derive(Args, Debug)]
pub(crate) struct WebhookAdd {
    #[arg(value_name = "URL", help = "The address to tell, such as https://hooks.example.org/sister-cities")]
    receiver: String,
    #[arg(long, help = "In which form: standard (a signed message for a program), slack, matrix, teams", value_parser = parameter::<WebhookFormat>)]
    format: Option<WebhookFormat>,
    /// The access token of a room of Matrix
    #[arg(long)]
    room_token: Option<String>,
    /// An event such as partnership.suspended, or all of a kind: partnership.*; may be given several times; all events if never
    #[arg(long = "event", value_name = "EVENT", value_parser = parameter::<EventPattern>)]
    events: Vec<EventPattern>,
    /// Only what belongs to this partnership: its id, or a place of it
    #[arg(long)]
    partnership: Option<String>,
    /// What it is for
    #[arg(long, value_parser = parameter::<FreeText>)]
    description: Option<FreeText>,
    /// Who is told when nothing arrives there, per_…
    #[arg(long, value_name = "PERSON", value_parser = parameter::<PersonId>)]
    owner: Option<PersonId>,
}

/// Lists, shows, adds, changes and removes webhooks.
pub(crate) async fn webhooks(session: &Session, command: WebhooksCommand) -> Result<(), Failure> {
    let webhooks = session.programme.webhooks();
    let step = async |OneWebhook { webhook }: OneWebhook, step: WebhookStep| {
        let read = webhooks.get(webhook).await?;
        let now = webhooks.step(&read, WebhookStepBody { step }).await?.value;
        session.output.print(&now, |out| render(&now, out))
    };
    match command {
        WebhooksCommand::List(list) => {
            let found = webhooks.list(session.query(list).await?).all().await?;
            session.output.print(&found, |out| table(&found, out))
        }
        WebhooksCommand::Show(OneWebhook { webhook }) => {
            let found = webhooks.get(webhook).await?.value;
            session.output.print(&found, |out| render(&found, out))
        }
        WebhooksCommand::Add(add) => {
            let made = webhooks.create(body(session, add).await?).await?.value;
            session.output.print(&made, |out| {
                render(&made, out);
                if made.format.known() == Some(WebhookFormat::Standard) {
                    let hint = format!(
                        "webhooks secret {} shows the secret that its messages are signed with.",
                        made.id
                    );
                    out.paragraph(0, Style::Faint, &hint);
                }
            })
        }
        WebhooksCommand::Secret(OneWebhook { webhook }) => {
            let found = webhooks.read_credentials(webhook).await?.value;
            session.output.print(&found, |out| credentials(&found, out))
        }
        WebhooksCommand::Rotate(OneWebhook { webhook }) => {
            let read = webhooks.get(webhook).await?;
            webhooks.rotate_secret(&read).await?;
            let found = webhooks.read_credentials(webhook).await?.value;
            session.output.print(&found, |out| credentials(&found, out))
        }
        WebhooksCommand::Disable(one) => step(one, WebhookStep::Disable).await,
        WebhooksCommand::Enable(one) => step(one, WebhookStep::Enable).await,
        WebhooksCommand::Ping(one) => step(one, WebhookStep::Ping).await,
        WebhooksCommand::Remove(OneWebhook { webhook }) => {
            let read = webhooks.get(webhook).await?;
            webhooks.delete(&read).await?;
            session
                .output
                .print(&read.value, |out| out.heading(&format!("{} is told nothing more.", read.value.host)))
        }
    }
}

async fn body(session: &Session, add: WebhookAdd) -> Result<WebhookEndpointBody, Failure> {
    let WebhookAdd { receiver, format, room_token, events, partnership, description, owner } = add;
    let partnership = session.partnership_if_named(partnership.as_deref()).await?;
    Ok(WebhookEndpointBody {
        url: receiver,
        token: room_token,
        format,
        events,
        partnership,
        payload_version: None,
        description,
        owner,
    })
}

fn asked_for(endpoint: &WebhookEndpointView) -> String {
    if endpoint.events.is_empty() {
        return "all events".to_owned();
    }
    endpoint.events.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn state(endpoint: &WebhookEndpointView) -> String {
    let state = words(endpoint.state.as_str());
    match &endpoint.disabled {
        Some(disabled) => {
            format!("{state} on {}: {}", disabled.at.date_naive(), words(disabled.why.as_str()))
        }
        None => state,
    }
}

fn table(all: &[WebhookEndpointView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Id"),
        Column::words("Who is told", 12),
        Column::fixed("Form"),
        Column::words("Of what", 12),
        Column::words("State", 8),
    ]);
    for endpoint in all {
        table.row([
            Cell::new(endpoint.id.to_string()),
            endpoint.host.as_str().into(),
            words(endpoint.format.as_str()).into(),
            asked_for(endpoint).into(),
            state(endpoint).into(),
        ]);
    }
    table.render_or("Nobody.", out);
}

fn render(endpoint: &WebhookEndpointView, out: &mut Renderer) {
    out.heading(&format!("{} · {}", endpoint.host, endpoint.id));
    let mut say = |label: &str, text: &str| out.paragraph(2, Style::Plain, &format!("{label}: {text}"));
    say("Form", &words(endpoint.format.as_str()));
    say("Told of", &asked_for(endpoint));
    if let Some(partnership) = endpoint.partnership {
        say("Only of the partnership", &partnership.to_string());
    }
    say("State", &state(endpoint));
    if let Some(owner) = endpoint.owner {
        say("Told of failures", &owner.to_string());
    }
    if let Some(description) = &endpoint.description {
        say("For", description.as_str());
    }
}

fn credentials(found: &WebhookCredentialsView, out: &mut Renderer) {
    let mut say = |label: &str, text: &str| out.paragraph(0, Style::Plain, &format!("{label}: {text}"));
    say("Address", &found.url);
    if let Some(token) = &found.token {
        say("Token", token);
    }
    if let Some(secret) = &found.secret {
        say("Secret", secret);
    }
    if let (Some(previous), Some(until)) = (&found.previous_secret, found.previous_secret_until) {
        say(&format!("Signed with too until {}", until.format("%Y-%m-%d %H:%M UTC")), previous);
    }
}
