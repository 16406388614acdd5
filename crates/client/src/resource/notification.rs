//! Who is told of what, what they were told, and what was sent.

use std::convert::identity;

use sister_cities_api::domain::id::{CalendarFeedId, DeliveryId, PersonId, ProgrammeId, SubscriptionId};
use sister_cities_api::{Endpoint, MailUpload, calendar_feed, delivery, notification, subscription};

use crate::{Call, Client, List, Tagged, Versioned};

resource! {
    /// The subscriptions of one programme: who is told of what, and how often.
    Subscriptions {
        /// Lists subscriptions, in the order of creation.
        list(query: subscription::ListSubscriptionsQuery) -> List<subscription::ListSubscriptions>;
        /// Makes a subscription.
        create(body: subscription::SubscriptionBody) -> Call<subscription::CreateSubscription, Tagged>;
        /// Reads one subscription.
        get[subscription: SubscriptionId]() -> Call<subscription::GetSubscription, Tagged>;
        /// Replaces a subscription.
        replace[&subscription::SubscriptionView => subscription](body: subscription::SubscriptionBody)
            -> Call<subscription::ReplaceSubscription, Tagged>;
        /// Removes a subscription.
        delete[&subscription::SubscriptionView => subscription]() -> Call<subscription::DeleteSubscription>;
    }
}

resource! {
    /// The deliveries of one programme: what was sent to whom, and what became of it.
    Deliveries {
        /// Lists deliveries, the latest first.
        list(query: delivery::ListDeliveriesQuery) -> List<delivery::ListDeliveries>;
        /// Reads one delivery with its attempts and what it told.
        get[delivery: DeliveryId]() -> Call<delivery::GetDelivery>;
        /// Sends a delivery again.
        resend_delivery[delivery: DeliveryId]() -> Call<delivery::ResendDelivery>;
        /// Sends again what was given up for one recipient, or all since some time.
        resend(body: delivery::ResendBody) -> Call<delivery::ResendDeliveries>;
        /// Has a mail sent to a person that only shows that mail arrives.
        test(body: delivery::TestDeliveryBody) -> Call<delivery::TestDelivery>;
        /// Takes a mail that came to the address from which people are told, and says what was done with it.
        receive_mail(body: MailUpload) -> Call<delivery::ReceiveMail>;
    }
}

resource! {
    /// What the people of one programme were told.
    Notifications {
        /// Lists what a person was told, the latest first.
        list[person: PersonId](query: notification::ListNotificationsQuery) -> List<notification::ListNotifications>;
        /// Lists what people were told of an event or by a rule, the latest first.
        list_told(query: notification::ListToldQuery) -> List<notification::ListToldNotifications>;
        /// Counts what a person has not read.
        count_unread[person: PersonId]() -> Call<notification::CountUnreadNotifications>;
        /// Marks what a person was told as read.
        mark_read[person: PersonId](body: notification::MarkReadBody)
            -> Call<notification::MarkNotificationsRead>;
    }
}

resource! {
    /// The calendar feeds of one programme: what calendar programs fetch by a private link.
    CalendarFeeds {
        /// Lists calendar feeds, in the order of creation.
        list(query: calendar_feed::ListCalendarFeedsQuery) -> List<calendar_feed::ListCalendarFeeds>;
        /// Sets up a calendar feed.
        create(body: calendar_feed::CalendarFeedBody) -> Call<calendar_feed::CreateCalendarFeed, Tagged>;
        /// Reads one calendar feed.
        get[feed: CalendarFeedId]() -> Call<calendar_feed::GetCalendarFeed, Tagged>;
        /// Gives a calendar feed a new link.
        link[&calendar_feed::CalendarFeedView => feed]() -> Call<calendar_feed::LinkCalendarFeed, Tagged>;
        /// Removes a calendar feed.
        delete[&calendar_feed::CalendarFeedView => feed]() -> Call<calendar_feed::DeleteCalendarFeed>;
    }
}
