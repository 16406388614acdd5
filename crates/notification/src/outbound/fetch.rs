//! Fetches a file from an address that a user gave: a calendar of another office.

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, LOCATION};
use url::Url;

use super::client::{OutboundClient, broken_off};
use super::guard::Refused;
use crate::SendError;

/// After so many redirects it leads nowhere.
const MOST_REDIRECTS: usize = 5;

/// Why a file was not fetched. The address is not repeated, as it can hold a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FetchError {
    /// The address is not reached, or one that it led to.
    #[error("the address is not allowed: {0}")]
    Refused(#[from] Refused),
    /// It was led from one address to the next, and on.
    #[error("it leads from one address to another more than {MOST_REDIRECTS} times")]
    TooManyRedirects,
    /// The answer is no file.
    #[error("the answer was {0} and no file")]
    Status(u16),
    /// The file is longer than it may be.
    #[error("the file has more than {most} bytes")]
    TooLong {
        /// How long it may be.
        most: usize,
    },
    /// Nobody answered, or the answer broke off.
    #[error("{0}")]
    BrokenOff(String),
}

impl From<SendError> for FetchError {
    fn from(error: SendError) -> Self {
        Self::BrokenOff(error.to_string())
    }
}

impl OutboundClient {
    /// Fetches a file of at most so many bytes. Each address that it is led to is judged as the first is; `webcal` is another word for `https`.
    ///
    /// # Errors
    ///
    /// [`FetchError`].
    pub async fn fetch(&self, address: &str, most: usize) -> Result<Vec<u8>, FetchError> {
        let address = address.trim();
        let address = match address.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("webcal") => format!("https://{rest}"),
            _ => address.to_owned(),
        };
        let mut url: Url = self.guard().url(&address)?;
        for _ in 0..=MOST_REDIRECTS {
            let asked = self.http().get(url.clone()).header(ACCEPT, "text/calendar, */*;q=0.5").send();
            let mut response = asked.await.map_err(broken_off)?;
            let status = response.status();
            if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
                let next = response.headers().get(LOCATION).and_then(|to| to.to_str().ok());
                let next = next.and_then(|to| url.join(to).ok()).ok_or(Refused::NoAddress)?;
                url = self.guard().url(next.as_str())?;
                continue;
            }
            if !status.is_success() {
                return Err(FetchError::Status(status.as_u16()));
            }
            let mut file = Vec::new();
            while let Some(part) = response.chunk().await.map_err(broken_off)? {
                if file.len() + part.len() > most {
                    return Err(FetchError::TooLong { most });
                }
                file.extend_from_slice(&part);
            }
            return Ok(file);
        }
        Err(FetchError::TooManyRedirects)
    }
}
