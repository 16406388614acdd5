//! Who is told of events by webhooks.

use std::convert::identity;

use sister_cities_api::domain::id::{ProgrammeId, WebhookEndpointId};
use sister_cities_api::{Endpoint, webhook};

use crate::{Call, Client, List, Tagged, Versioned};

resource! {
    /// The webhook endpoints of one programme: who is told of events.
    Webhooks {
        /// Lists webhook endpoints, in the order of creation.
        list(query: webhook::ListWebhookEndpointsQuery) -> List<webhook::ListWebhookEndpoints>;
        /// Sets up a webhook endpoint.
        create(body: webhook::WebhookEndpointBody) -> Call<webhook::CreateWebhookEndpoint, Tagged>;
        /// Reads one webhook endpoint.
        get[webhook: WebhookEndpointId]() -> Call<webhook::GetWebhookEndpoint, Tagged>;
        /// Replaces what a webhook endpoint asked for.
        replace[&webhook::WebhookEndpointView => webhook](body: webhook::WebhookSettingsBody)
            -> Call<webhook::ReplaceWebhookEndpoint, Tagged>;
        /// Removes a webhook endpoint.
        delete[&webhook::WebhookEndpointView => webhook]() -> Call<webhook::DeleteWebhookEndpoint>;
        /// Reads what is secret of a webhook endpoint.
        read_credentials[webhook: WebhookEndpointId]() -> Call<webhook::ReadWebhookCredentials, Tagged>;
        /// Has a webhook endpoint told at another address.
        set_address[&webhook::WebhookEndpointView => webhook](body: webhook::WebhookAddressBody)
            -> Call<webhook::SetWebhookAddress, Tagged>;
        /// Makes another secret that messages are signed with.
        rotate_secret[&webhook::WebhookEndpointView => webhook]() -> Call<webhook::RotateWebhookSecret, Tagged>;
        /// Enables a webhook endpoint, disables it, or sends it a ping.
        step[&webhook::WebhookEndpointView => webhook](body: webhook::WebhookStepBody)
            -> Call<webhook::StepWebhookEndpoint, Tagged>;
    }
}
