//! What people were told: their inbox.

use clap::{Args, Subcommand};
use sister_cities_client::api::domain::id::NotificationId;
use sister_cities_client::api::notification::{
    CauseKind, ListNotificationsQuery, ListToldQuery, MarkReadBody, NotificationPart, NotificationView,
    ToldView, WhyKind,
};
use sister_cities_client::api::{PageLimit, Word};

use super::person;
use crate::args::{QueryArgs, parameter};
use crate::failure::Failure;
use crate::run::session::Session;
use crate::show::text::{Renderer, Style};
use crate::show::wording::words;

#[derive(Debug, Subcommand)]
pub(crate) enum NotificationsCommand {
    /// List what somebody was told, the latest first
    List {
        /// Who: their id, per_…, or a part of their name
        #[arg(long)]
        person: String,
        /// Only what they have not read
        #[arg(long)]
        unread: bool,
    },
    /// List who was told of an event of the journal or by a rule, and by which message
    Told(QueryArgs<ListToldQuery>),
    /// Mark what somebody was told as read: those that are named, or all
    Read(Read),
    /// Send a real message that only shows that messages arrive, and say what happened
    Test(Test),
}

#[derive(Args, Debug)]
pub(crate) struct Test {
    /// By which channel
    #[arg(value_enum)]
    channel: TestedChannel,
    /// To whom: a person by their id or a part of their name; a webhook or a room of a chat by its id, whe_…
    #[arg(long)]
    to: String,
    /// How long to wait for what becomes of it, in seconds
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=600))]
    wait: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum TestedChannel {
    /// Mail to a person
    Email,
    /// A call of a program
    Webhook,
    /// A line in a room of a chat
    Chat,
}

#[derive(Args, Debug)]
pub(crate) struct Read {
    /// Which, ntf_…; all if none is named
    #[arg(value_parser = parameter::<NotificationId>)]
    notifications: Vec<NotificationId>,
    /// Who was told: their id, per_…, or a part of their name
    #[arg(long)]
    person: String,
}

/// Lists what somebody was told, and marks it as read.
pub(crate) async fn notifications(session: &Session, command: NotificationsCommand) -> Result<(), Failure> {
    let notifications = session.programme.notifications();
    match command {
        NotificationsCommand::List { person, unread } => {
            let person = person::find(session, &person).await?;
            let part = unread.then_some(NotificationPart::Unread);
            let query = ListNotificationsQuery { part, limit: Some(PageLimit::MOST), ..Default::default() };
            let found = notifications.list(person, query).all().await?;
            session.output.print(&found, |out| inbox(&found, out))
        }
        NotificationsCommand::Told(query) => {
            let found = notifications.list_told(query.query()?).all().await?;
            session.output.print(&found, |out| told(&found, out))
        }
        NotificationsCommand::Test(test) => {
            super::channel_test::test(session, test.channel, &test.to, test.wait).await
        }
        NotificationsCommand::Read(Read { notifications: named, person }) => {
            let person = person::find(session, &person).await?;
            let named = (!named.is_empty()).then_some(named);
            let marked = notifications.mark_read(person, MarkReadBody { notifications: named }).await?;
            session.output.print(&marked, |out| {
                out.heading(&format!("{} marked as read, {} unread.", marked.marked, marked.unread));
            })
        }
    }
}

fn inbox(all: &[NotificationView], out: &mut Renderer) {
    let unread = all.iter().filter(|one| one.read_at.is_none()).count();
    out.heading(&format!("{} notifications, {unread} unread", all.len()));
    for one in all {
        let style = if one.read_at.is_none() { Style::Strong } else { Style::Plain };
        let made = one.made_at.format("  %Y-%m-%d %H:%M  ").to_string();
        out.hanging((Style::Faint, &made), style, &what(one));
        out.hanging((Style::Faint, "                    "), Style::Faint, &one.id.to_string());
    }
}

fn told(all: &[ToldView], out: &mut Renderer) {
    out.heading(&format!("{} notifications", all.len()));
    for ToldView { person, delivery, notification } in all {
        let made = notification.made_at.format("  %Y-%m-%d %H:%M  ").to_string();
        out.hanging((Style::Faint, &made), Style::Plain, &format!("{person}: {}", what(notification)));
        let by = delivery.map_or_else(|| "in their inbox alone".to_owned(), |delivery| delivery.to_string());
        out.hanging((Style::Faint, "                    "), Style::Faint, &by);
    }
}

/// What somebody was told, and by which rule they are.
pub(crate) fn what(one: &NotificationView) -> String {
    let cause = &one.cause;
    let told = match (&cause.event, &cause.rule, &cause.since) {
        (Some(event), _, _) => {
            let sequence = cause.sequence.unwrap_or_default();
            format!("{event} of {}, number {sequence} of the journal", cause.subject)
        }
        (_, Some(rule), _) => {
            let due = cause.due_on.map(|day| format!(", due on {day}")).unwrap_or_default();
            let stage = cause.stage.map(|stage| words(&stage.to_string())).unwrap_or_default();
            format!("{} of {}{due} (reminder: {stage})", words(rule.as_str()), cause.subject)
        }
        (_, _, Some(since)) if one.cause.kind == CauseKind::AddressRefused => {
            let since = since.format("%Y-%m-%d %H:%M UTC");
            format!("an address of {} takes no mail, since {since}", cause.subject)
        }
        (_, _, Some(since)) => {
            let state = if cause.disabled == Some(true) { "was disabled" } else { "does not answer" };
            format!("{} {state}, since {}", cause.subject, since.format("%Y-%m-%d %H:%M UTC"))
        }
        _ => cause.subject.to_string(),
    };
    format!("{told}; {}", why(one))
}

fn why(one: &NotificationView) -> String {
    match &one.why {
        Word::Known(WhyKind::Owner) => "it is theirs to do".to_owned(),
        Word::Known(WhyKind::Holder) => "they hold a role in what is to do it".to_owned(),
        Word::Known(WhyKind::Desk) => "nobody else could be told, and they are the desk".to_owned(),
        Word::Known(WhyKind::Escalation) => "it stayed undone, and the policy tells them then".to_owned(),
        Word::Known(WhyKind::Subscription) => {
            let by = one.subscription.map(|id| format!(" by {id}")).unwrap_or_default();
            format!("they asked for it{by}")
        }
        Word::Known(WhyKind::Invited) => "they are invited to it".to_owned(),
        other @ (Word::Known(_) | Word::Unrecognised(_)) => words(other.as_str()),
    }
}
