//! Stories of the pipeline, from the records to the mail.

/// The same stories on both databases. Each begins at `MORNING`.
macro_rules! stories {
    ($($(#[$doc:meta])* $story:ident;)+) => {
        mod on_sqlite {
            $($(#[$doc])* #[tokio::test]
            async fn $story() {
                super::$story(crate::office::Office::at(super::MORNING).await).await;
            })+
        }

        mod on_postgresql {
            $($(#[$doc])* #[tokio::test]
            async fn $story() {
                let Some(office) = crate::office::Office::on_postgresql(super::MORNING).await else { return };
                super::$story(office).await;
            })+
        }
    };
}

mod events;
mod invitations;
mod kills;
mod limits;
mod office;
mod real_mail;
mod records;
mod refusals;
mod reminders;
mod returned;
mod stopping;
mod subscriptions;
mod webhooks;
mod year;
