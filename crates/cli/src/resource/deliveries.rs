//! What was sent to whom, what became of it, and sending it again.

use clap::{Args, Subcommand};
use sister_cities_client::api::Moment;
use sister_cities_client::api::delivery::{
    DeliveryEvidenceView, DeliveryView, ListDeliveriesQuery, ResendBody, ResentView,
};
use sister_cities_client::api::domain::id::{DeliveryId, PersonId, RecordKind, RecordRef};

use super::notifications::what;
use super::person;
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::responsible::Names;
use crate::show::table::{Column, Table};
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum DeliveriesCommand {
    /// List what was sent and what waits to be sent, the latest first
    List(QueryArgs<ListDeliveriesQuery>),
    /// Show one with each attempt to send it, what it told, and by which rule its reader is told
    Show {
        /// Its id, dlv_…
        #[arg(value_parser = parameter::<DeliveryId>)]
        delivery: DeliveryId,
    },
    /// Send one again, or what was given up for somebody
    Resend(Resend),
}

#[derive(Args, Debug)]
pub(crate) struct Resend {
    /// The one to send again, dlv_…
    #[arg(required_unless_present = "to", conflicts_with = "to", value_parser = parameter::<DeliveryId>)]
    delivery: Option<DeliveryId>,
    /// All that was given up for this recipient: a person, by their id or a part of their name, or a webhook by its id
    #[arg(long, value_name = "RECIPIENT")]
    to: Option<String>,
    /// With --to: all that was made for them since this time, also what arrived, such as 2026-11-30T09:00:00Z
    #[arg(long, requires = "to", value_name = "TIME", value_parser = parameter::<Moment>)]
    since: Option<Moment>,
}

/// Lists, shows and sends again.
pub(crate) async fn deliveries(session: &Session, command: DeliveriesCommand) -> Result<(), Failure> {
    let deliveries = session.programme.deliveries();
    match command {
        DeliveriesCommand::List(list) => {
            let found = deliveries.list(session.query(list).await?).all().await?;
            let names = names(session, found.iter().map(|delivery| delivery.recipient)).await;
            session.output.print(&found, |out| table(&found, &names, out))
        }
        DeliveriesCommand::Show { delivery } => {
            let found = deliveries.get(delivery).await?;
            let names = names(session, std::iter::once(found.delivery.recipient)).await;
            session.output.print(&found, |out| evidence(&found, &names, out))
        }
        DeliveriesCommand::Resend(Resend { delivery: Some(delivery), .. }) => {
            let resent = deliveries.resend_delivery(delivery).await?;
            session.output.print(&resent, |out| said(&resent, out))
        }
        DeliveriesCommand::Resend(Resend { delivery: None, to, since }) => {
            let recipient = recipient(session, &to.unwrap_or_default()).await?;
            let since = since.map(Moment::instant);
            let resent = deliveries.resend(ResendBody { recipient, since }).await?;
            session.output.print(&resent, |out| said(&resent, out))
        }
    }
}

async fn recipient(session: &Session, wanted: &str) -> Result<RecordRef, Failure> {
    match wanted.parse() {
        Ok(record) => Ok(record),
        Err(_) => Ok(person::find(session, wanted).await?.into()),
    }
}

async fn names(session: &Session, recipients: impl Iterator<Item = RecordRef>) -> Names {
    let people = recipients.filter(|recipient| recipient.kind == RecordKind::Person);
    Names::of_records(session, people.map(|it| PersonId::from_uuid(it.id)), std::iter::empty()).await
}

fn said(resent: &ResentView, out: &mut Renderer) {
    out.heading(&match resent.resent {
        0 => "There is nothing to send again.".to_owned(),
        1 => "1 message is sent again.".to_owned(),
        number => format!("{number} messages are sent again."),
    });
}

fn table(all: &[DeliveryView], names: &Names, out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Made (UTC)"),
        Column::words("To", 10),
        Column::words("What", 6),
        Column::words("State", 8),
        Column::fixed("Id"),
    ]);
    for delivery in all {
        table.row([
            delivery.made_at.format("%m-%d %H:%M").to_string().into(),
            names.named(&delivery.recipient).into(),
            content(delivery).into(),
            words(delivery.state.as_str()).into(),
            delivery.id.to_string().into(),
        ]);
    }
    table.render_or("Nothing was sent in the last 30 days, and nothing waits.", out);
}

fn content(delivery: &DeliveryView) -> String {
    let kind = words(delivery.content.as_str());
    delivery.day.map_or(kind.clone(), |day| format!("{kind} of {day}"))
}

fn evidence(found: &DeliveryEvidenceView, names: &Names, out: &mut Renderer) {
    let DeliveryEvidenceView { delivery, attempts, told, cause } = found;
    let time = |at: &chrono::DateTime<chrono::Utc>| at.format("%Y-%m-%d %H:%M:%S UTC").to_string();
    out.heading(&format!(
        "{} by {} to {}",
        content(delivery),
        words(delivery.channel.as_str()),
        names.named(&delivery.recipient)
    ));
    out.fact("Made", &time(&delivery.made_at));
    let since = if delivery.state.as_str() == "ready" { "not before" } else { "since" };
    out.fact("State", &format!("{}, {since} {}", words(delivery.state.as_str()), time(&delivery.due_at)));
    if let Some(error) = &delivery.last_error {
        out.fact("Because", error);
    }
    out.fact("Id", &delivery.id.to_string());
    out.heading(&format!("Attempts ({})", attempts.len()));
    for attempt in attempts {
        let status = attempt.status.map(|status| format!(", answered {status}")).unwrap_or_default();
        let became = attempt
            .retry_at
            .map_or_else(|| words(attempt.state.as_str()), |at| format!("tried again at {}", time(&at)));
        let error = attempt.error.as_ref().map(|error| format!(": {error}")).unwrap_or_default();
        let line = format!("{} in {} ms{status}; {became}{error}", time(&attempt.at), attempt.took_ms);
        out.hanging((Style::Faint, &format!("  {:>2}. ", attempt.number)), Style::Plain, &line);
    }
    out.heading("Told");
    for one in told {
        out.paragraph(2, Style::Plain, &what(one));
    }
    if let Some(cause) = cause {
        let event = cause.event.as_deref().unwrap_or_default();
        let sequence = cause.sequence.unwrap_or_default();
        out.paragraph(
            2,
            Style::Plain,
            &format!("{event} of {}, number {sequence} of the journal", cause.subject),
        );
    }
}
