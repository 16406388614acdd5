//! From the name of a host to the addresses that are dialled: those the guard allows, and no others.

use std::fmt::Debug;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::guard::{Guard, Refused};

/// The addresses of a host, when they are known.
pub type LookupFuture<'a> = BoxFuture<'a, io::Result<Vec<IpAddr>>>;

/// Finds the addresses of hosts. What it answers is not trusted.
pub trait HostLookup: Send + Sync + Debug {
    /// The addresses of a host.
    ///
    /// # Errors
    ///
    /// If there are none, or nobody who knows was reached.
    fn addresses<'a>(&'a self, host: &'a str) -> LookupFuture<'a>;
}

/// Asks the system, as every program does.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to it")]
pub struct SystemLookup;

impl HostLookup for SystemLookup {
    fn addresses<'a>(&'a self, host: &'a str) -> LookupFuture<'a> {
        let lookup = async move {
            let found = tokio::net::lookup_host((host, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        };
        lookup.boxed()
    }
}

/// Lets through what the guard allows. The connection is made to the addresses that come out here, without asking again.
#[derive(Clone, Debug)]
pub(super) struct GuardedResolver {
    pub(super) guard: Arc<Guard>,
    pub(super) lookup: Arc<dyn HostLookup>,
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let Self { guard, lookup } = self.clone();
        let resolved = async move {
            let found = lookup.addresses(name.as_str()).await?;
            let none = found.is_empty();
            // Port 0 stands for that of the address which was asked for.
            let allowed = found.into_iter().filter(|address| guard.address(*address).is_ok());
            let allowed: Vec<SocketAddr> = allowed.map(|address| SocketAddr::new(address, 0)).collect();
            if allowed.is_empty() && !none {
                return Err(Refused::Internal.into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        };
        resolved.boxed()
    }
}
