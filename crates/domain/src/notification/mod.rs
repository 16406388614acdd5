//! Who is told what, why, by which way and how far that is: values without words and without addresses.
//!
//! A [`Notification`] is what one person is told, and stands in their inbox. A [`Delivery`] is one message to one recipient by one channel: the mail
//! that carries a notification or a digest of several, or the call of a webhook. Both have an id that follows from what they are, so that the same cause
//! is told to the same recipient once however often it is reckoned.
//!
//! Neither holds anything of a person but their id: words, addresses and what the reader may see are looked up when a message is sent.

mod cause;
mod delivery;
mod holders;
mod reading_hours;
mod refusal;
mod reminder;
mod subscription;

pub use cause::{Cause, Notification, Rhythm, Why};
pub use delivery::{AttemptResult, ChannelKind, Delivery, DeliveryAttempt, DeliveryContent, DeliveryState};
pub use holders::RoleHolders;
pub use reading_hours::{InvalidReadingHours, ReadingHours};
pub use refusal::{RefusableKind, Refusal};
pub use reminder::{Reminder, ReminderStage, reminders};
pub use subscription::{CauseFacts, Subscription, SubscriptionEvent, rhythm_told, wants};
