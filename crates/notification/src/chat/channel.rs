//! Sends a message to a room.

use std::fmt;

use bytes::Bytes;
use futures_util::FutureExt as _;
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use sister_cities_domain::webhook::{WebhookEndpoint, WebhookFormat};

use super::{ChatText, matrix, slack, teams};
use crate::outbound::{OutboundClient, OutboundRequest};
use crate::webhook::readable;
use crate::{Channel, SendError, SendFuture, Sending};

/// A room of a chat, and how it is told.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChatRoom {
    /// Of Slack, or of what takes Slack's messages.
    Slack {
        /// The address of the incoming webhook, a secret.
        url: String,
    },
    /// Of Matrix.
    Matrix {
        /// The address of the room: `https://…/_matrix/client/v3/rooms/!…`.
        url: String,
        /// The access token of the account that speaks there, a secret.
        token: String,
    },
    /// Of Microsoft Teams.
    Teams {
        /// The address of the workflow's webhook, a secret.
        url: String,
    },
}

impl ChatRoom {
    /// The room that an endpoint is; none if it is a program's.
    ///
    /// # Errors
    ///
    /// [`SendError::Temporary`] if what is secret of the endpoint cannot be read, as without the installation's master key.
    pub fn of(endpoint: &WebhookEndpoint) -> Result<Option<Self>, SendError> {
        readable(endpoint)?;
        let url = endpoint.url.expose().to_owned();
        let token = endpoint.token.as_ref().map(|token| token.expose().to_owned());
        Ok(match endpoint.format {
            WebhookFormat::Slack => Some(Self::Slack { url }),
            WebhookFormat::Matrix => token.map(|token| Self::Matrix { url, token }),
            WebhookFormat::Teams => Some(Self::Teams { url }),
            WebhookFormat::Standard | _ => None,
        })
    }
}

impl fmt::Debug for ChatRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slack { .. } => "Slack(***)",
            Self::Matrix { .. } => "Matrix(***)",
            Self::Teams { .. } => "Teams(***)",
        })
    }
}

/// What is told, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "the worker and embedders make it")]
pub struct ChatMessage {
    /// The room.
    pub room: ChatRoom,
    /// What is told.
    pub text: ChatText,
}

/// Sends messages to rooms of chats.
///
/// Matrix takes a message once however often it is sent, by the id of the delivery. The incoming webhooks of Slack and Teams know no such id:
/// a message that was sent twice, after an answer that was lost, stands there twice.
#[derive(Clone, Debug)]
pub struct ChatChannel {
    client: OutboundClient,
}

impl ChatChannel {
    /// Sends by this client.
    #[must_use]
    pub const fn new(client: OutboundClient) -> Self {
        Self { client }
    }
}

impl Channel for ChatChannel {
    type Message = ChatMessage;

    fn send(&self, sending: Sending<ChatMessage>) -> SendFuture<'_> {
        let Sending { delivery, attempt: _, at, message: ChatMessage { room, text } } = sending;
        let mut headers = HeaderMap::new();
        let (method, url, body, mut secrets) = match room {
            ChatRoom::Slack { url } => (Method::POST, url, slack::message(&text), Vec::new()),
            ChatRoom::Teams { url } => (Method::POST, url, teams::message(&text), Vec::new()),
            ChatRoom::Matrix { url, token } => {
                let Ok(mut bearer) = HeaderValue::from_str(&format!("Bearer {token}")) else {
                    let detail = "the token holds what no header can carry".to_owned();
                    return futures_util::future::ready(Err(SendError::Permanent { detail, status: None }))
                        .boxed();
                };
                bearer.set_sensitive(true);
                headers.insert(AUTHORIZATION, bearer);
                (Method::PUT, matrix::address(&url, delivery), matrix::message(&text), vec![token])
            }
        };
        // The path is the secret of a room: https://hooks.slack.example/services/T…/B…/….
        secrets.push(url.clone());
        secrets.extend(url.splitn(4, '/').nth(3).map(ToOwned::to_owned));
        let request = OutboundRequest { method, url, headers, body: Bytes::from(body.to_string()), secrets };
        async move { self.client.send(request, at).await }.boxed()
    }
}
