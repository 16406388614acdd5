//! Stories of the pipeline, from the records to the mail.

mod kills;
mod office;
mod reminders;
mod subscriptions;
mod webhooks;
