//! Stories of the pipeline, from the records to the mail.

mod office;
mod reminders;
mod subscriptions;
