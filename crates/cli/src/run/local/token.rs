//! Access tokens: made, listed and revoked on the database itself.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use sister_cities_client::api::Scope;
use sister_cities_client::api::domain::id::{ProgrammeId, TokenId};
use sister_cities_client::api::domain::value::Name;
use sister_cities_server::local::{AccessToken, Local, NewToken, Opening};

use super::super::now;
use super::super::session::Session;
use crate::args::{TokenCommand, TokenCreate};
use crate::failure::Failure;
use crate::output::Output;
use crate::show::table::{Cell, Column, Table};
use crate::show::text::{Renderer, Style};
use crate::target::Connection;

/// A token as it is listed: everything but the token.
#[derive(Debug, Serialize)]
struct TokenView {
    id: TokenId,
    name: Name,
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<ProgrammeId>,
    scopes: BTreeSet<Scope>,
    created_at: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<DateTime<Utc>>,
}

/// A token just made, with its text, which is never to be had again.
#[derive(Debug, Serialize)]
struct MadeToken {
    token: String,
    #[serde(flatten)]
    view: TokenView,
}

/// Makes, lists or revokes tokens: of the programme named by `--programme`, or of the whole installation.
pub(super) async fn token(
    command: TokenCommand,
    programme: Option<&str>,
    database: Opening,
    output: Output,
) -> Result<(), Failure> {
    let local = Local::open(&database).await?;
    let programme = programme_id(&local, programme, output).await?;
    match command {
        TokenCommand::Create(TokenCreate { name, scopes, days }) => {
            let scopes = scopes.into_iter().collect();
            let expires_at = Some(now() + TimeDelta::days(i64::from(days)));
            let made = local.create_token(NewToken { programme, name, scopes, expires_at }).await?;
            let made = MadeToken { token: made.text.reveal().to_owned(), view: view(made.token.value) };
            output.print(&made, |out| {
                out.text.push_str(&made.token);
                out.end_line();
                let advice = "Keep it now: only its hash is stored, so it cannot be shown again.";
                out.paragraph(0, Style::Faint, advice);
            })
        }
        TokenCommand::List => {
            let all: Vec<TokenView> = local.tokens(programme).await?.into_iter().map(view).collect();
            output.print(&all, |out| list(&all, out))
        }
        TokenCommand::Revoke { id } => {
            let revoked = view(local.revoke_token(programme, id).await?);
            output.print(&revoked, |out| list(std::slice::from_ref(&revoked), out))
        }
    }
}

/// The programme that is named, by its id or a part of its name.
pub(super) async fn programme_id(
    local: &Local,
    wanted: Option<&str>,
    output: Output,
) -> Result<Option<ProgrammeId>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let connection = Connection::on(local).await?;
    let session = Session::open(&connection.client, Some(wanted), output).await;
    connection.close().await;
    Ok(Some(session?.perspective.programme.id))
}

fn view(token: AccessToken) -> TokenView {
    let AccessToken { id, programme, name, scopes, created_at, expires_at, revoked_at, .. } = token;
    TokenView { id, name, programme, scopes, created_at, expires_at, revoked_at }
}

fn list(all: &[TokenView], out: &mut Renderer) {
    let mut table = Table::new([
        Column::fixed("Id"),
        Column::words("Name", 8),
        Column::words("May", 10),
        Column::fixed("Until"),
    ]);
    for token in all {
        let scopes: Vec<&str> = token.scopes.iter().map(|scope| scope.as_str()).collect();
        let until = match (token.revoked_at, token.expires_at) {
            (Some(_), _) => Cell::styled(Style::Bad, "revoked"),
            (None, Some(end)) => end.format("%Y-%m-%d").to_string().into(),
            (None, None) => "–".into(),
        };
        table.row([token.id.to_string().into(), token.name.as_str().into(), scopes.join(" ").into(), until]);
    }
    table.render_or("None.", out);
}
