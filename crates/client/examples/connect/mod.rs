//! Where the programme is, and by which token it is read: out of the environment.

use std::env;
use std::error::Error;

use sister_cities_client::Client;
use sister_cities_client::resource::Programme;

/// The programme of `SISTER_CITIES_PROGRAMME`, at the server of `SISTER_CITIES_URL`, with the token of `SISTER_CITIES_TOKEN`.
pub(crate) fn programme() -> Result<Programme, Box<dyn Error>> {
    let client = Client::builder(variable("SISTER_CITIES_URL")?)
        .token(variable("SISTER_CITIES_TOKEN")?)
        .user_agent(env!("CARGO_CRATE_NAME"))
        .build()?;
    Ok(client.programme(variable("SISTER_CITIES_PROGRAMME")?.parse()?))
}

/// A variable of the environment, which has to be there.
#[expect(clippy::disallowed_methods, reason = "an example has no settings of its own")]
pub(crate) fn variable(name: &str) -> Result<String, Box<dyn Error>> {
    env::var(name).map_err(|e| format!("{name}: {e}").into())
}
