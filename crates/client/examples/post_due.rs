//! A bot: writes what is due as a message for a chat. Run it every morning.
//!
//! Needs `programme:read`. `post_due | your-chat-program`

mod connect;

use std::error::Error;
use std::fmt::Write as _;

use sister_cities_client::api::due::ListDueQuery;
use sister_cities_client::resource::Programme;

#[expect(clippy::print_stdout, reason = "the message goes to the chat program")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let programme = connect::programme()?;
    print!("{}", message(&programme).await?);
    Ok(())
}

/// A line for each item, by day.
pub(crate) async fn message(programme: &Programme) -> Result<String, Box<dyn Error>> {
    let due = programme.due().list(ListDueQuery::default()).all().await?;
    if due.is_empty() {
        return Ok("Nothing is due.\n".to_owned());
    }
    let mut message = String::from("Due:\n");
    for item in due {
        writeln!(message, "- {}: {} ({})", item.due_on, item.what_to_do, item.reason)?;
    }
    Ok(message)
}
