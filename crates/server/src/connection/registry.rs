//! Knows which connections there are and which goes first when there is no room for another.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use super::state::ConnectionState;
use crate::config::TrustedProxies;
use crate::settings::Limits;

/// Connections beyond the limits, kept for those that ask whether the server lives and for telling others that it is full.
const RESERVE: usize = 64;
/// Of these, how many one address may have.
const RESERVE_PER_ADDRESS: usize = 8;

/// The connections that there are, in all and by address.
#[derive(Clone)]
pub(super) struct ConnectionRegistry {
    open: Arc<Mutex<Open>>,
    most: usize,
    most_per_address: usize,
    proxies: TrustedProxies,
}

#[derive(Default)]
struct Open {
    next: u64,
    served: Room,
    reserve: Room,
}

/// Connections of one sort.
#[derive(Default)]
struct Room {
    connections: HashMap<u64, Arc<ConnectionState>>,
    by_address: HashMap<IpAddr, usize>,
}

/// What becomes of a connection that was accepted.
pub(super) enum Admission {
    /// It is served.
    Served(Permit),
    /// There is no room: it may ask whether the server lives, and is told that there is no room.
    Reserve(Permit),
    /// Not even that.
    Refused,
}

/// The right to one connection, given back when dropped.
pub(super) struct Permit {
    open: Arc<Mutex<Open>>,
    id: u64,
    reserve: bool,
    /// What is known of the connection.
    pub(super) state: Arc<ConnectionState>,
}

impl ConnectionRegistry {
    /// As many as the limits say. A trusted proxy speaks for many clients, so it may have all of them.
    pub(super) fn new(limits: &Limits, proxies: TrustedProxies) -> Self {
        Self {
            open: Arc::default(),
            most: limits.connections,
            most_per_address: limits.connections_per_address,
            proxies,
        }
    }

    /// Takes in a connection. Where there is no room, the one whose client has been waited for longest makes way.
    pub(super) fn admit(&self, peer: SocketAddr) -> Admission {
        let address = peer.ip().to_canonical();
        let most_here = if self.proxies.contains(address) { self.most } else { self.most_per_address };
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let reserve = !open.served.has_room(address, self.most, most_here)
            && !open.served.evict(address, self.most, most_here);
        if reserve && !open.reserve.has_room(address, RESERVE, RESERVE_PER_ADDRESS) {
            return Admission::Refused;
        }
        let id = open.next;
        open.next += 1;
        let state = Arc::new(ConnectionState::new(peer));
        let room = if reserve { &mut open.reserve } else { &mut open.served };
        room.add(id, address, state.clone());
        drop(open);
        let permit = Permit { open: self.open.clone(), id, reserve, state };
        if reserve { Admission::Reserve(permit) } else { Admission::Served(permit) }
    }
}

impl Room {
    fn has_room(&self, address: IpAddr, most: usize, most_here: usize) -> bool {
        self.connections.len() < most && self.here(address) < most_here
    }

    fn here(&self, address: IpAddr) -> usize {
        self.by_address.get(&address).copied().unwrap_or_default()
    }

    /// Ends the connection whose client has been waited for longest, of the same address if that has too many.
    fn evict(&mut self, address: IpAddr, most: usize, most_here: usize) -> bool {
        let same_address = self.here(address) >= most_here;
        let longest = self
            .connections
            .iter()
            .filter(|(_, state)| !same_address || state.peer.ip().to_canonical() == address)
            .filter_map(|(id, state)| state.waiting_since().map(|since| (since, *id)))
            .min();
        if let Some((_, id)) = longest
            && let Some(state) = self.remove(id)
        {
            state.evicted.cancel();
        }
        self.has_room(address, most, most_here)
    }

    fn add(&mut self, id: u64, address: IpAddr, state: Arc<ConnectionState>) {
        self.connections.insert(id, state);
        *self.by_address.entry(address).or_default() += 1;
    }

    fn remove(&mut self, id: u64) -> Option<Arc<ConnectionState>> {
        let state = self.connections.remove(&id)?;
        let address = state.peer.ip().to_canonical();
        if let Some(here) = self.by_address.get_mut(&address) {
            *here -= 1;
            if *here == 0 {
                self.by_address.remove(&address);
            }
        }
        Some(state)
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let room = if self.reserve { &mut open.reserve } else { &mut open.served };
        // It is gone already if it had to make way.
        let _ = room.remove(self.id);
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn from(last: u8) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::new(192, 0, 2, last), 40_000))
    }

    fn registry(connections: usize, connections_per_address: usize) -> ConnectionRegistry {
        let limits = Limits { connections, connections_per_address, ..Limits::default() };
        ConnectionRegistry::new(&limits, TrustedProxies::default())
    }

    fn served(registry: &ConnectionRegistry, peer: SocketAddr) -> Permit {
        match registry.admit(peer) {
            Admission::Served(permit) => permit,
            Admission::Reserve(_) | Admission::Refused => panic!("there is room for {peer}"),
        }
    }

    #[tokio::test]
    async fn a_connection_at_work_makes_way_for_nobody() {
        let registry = registry(3, 2);
        let permits = [served(&registry, from(1)), served(&registry, from(1)), served(&registry, from(2))];
        for permit in &permits {
            permit.state.is_at_work();
        }
        assert!(matches!(registry.admit(from(3)), Admission::Reserve(_)), "three in all are enough");
        drop(permits);
        let _one = served(&registry, from(3));
    }

    #[tokio::test]
    async fn the_client_that_was_waited_for_longest_makes_way() {
        let registry = registry(2, 2);
        let first = served(&registry, from(1));
        let second = served(&registry, from(2));
        first.state.is_at_work();
        let third = served(&registry, from(3));
        assert!(second.state.evicted.is_cancelled(), "the first was at work");
        assert!(!first.state.evicted.is_cancelled() && !third.state.evicted.is_cancelled());
        drop(second);
        third.state.is_at_work();
        assert!(
            matches!(registry.admit(from(4)), Admission::Reserve(_)),
            "who made way is not counted twice"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_before_it_was_answered_makes_way_though_it_is_at_work() {
        let registry = registry(2, 2);
        let early = served(&registry, from(1));
        early.state.is_heard();
        assert!(early.state.takes_up_request().is_none(), "the first comes when it comes");
        assert!(early.state.takes_up_request().is_some(), "nothing came since");
        tokio::time::advance(std::time::Duration::from_secs(1)).await;
        let patient = served(&registry, from(2));
        let third = served(&registry, from(3));
        assert!(early.state.evicted.is_cancelled(), "it was waited for longer than the other");
        assert!(!patient.state.evicted.is_cancelled() && !third.state.evicted.is_cancelled());
        early.state.is_heard();
        assert!(early.state.takes_up_request().is_none(), "it waits for its answers again");
        assert_eq!(early.state.waiting_since(), None);
    }

    #[tokio::test]
    async fn an_address_with_too_many_takes_the_place_of_its_own_and_a_proxy_has_all_places() {
        let limits = Limits { connections: 4, connections_per_address: 1, ..Limits::default() };
        let proxies: TrustedProxies = "192.0.2.9/32".parse().expect("a network");
        let registry = ConnectionRegistry::new(&limits, proxies);
        let other = served(&registry, from(1));
        let first = served(&registry, from(2));
        let second = served(&registry, from(2));
        assert!(first.state.evicted.is_cancelled() && !other.state.evicted.is_cancelled());
        drop((first, second));
        let passed_on = [served(&registry, from(9)), served(&registry, from(9)), served(&registry, from(9))];
        assert!(passed_on.iter().all(|permit| !permit.state.evicted.is_cancelled()));
    }

    #[tokio::test]
    async fn the_reserve_has_an_end_too() {
        let registry = registry(0, 0);
        let held: Vec<Admission> = (0..RESERVE_PER_ADDRESS).map(|_| registry.admit(from(1))).collect();
        assert!(held.iter().all(|admission| matches!(admission, Admission::Reserve(_))));
        assert!(matches!(registry.admit(from(1)), Admission::Refused));
        assert!(matches!(registry.admit(from(2)), Admission::Reserve(_)));
    }
}
