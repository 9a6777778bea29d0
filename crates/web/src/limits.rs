//! How much an address may send: so many public POSTs a minute, all at once or spread.
//!
//! Knows addresses and numbers; which requests count is decided where they are served.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use engine::Engine;
use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

/// Every so many checks, addresses that were quiet are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// Who has sent how much.
pub struct Limits {
    public_posts: RateLimiter<IpAddr, DashMapStateStore<IpAddr>, EngineClock, NoOpMiddleware<Duration>>,
    clock: EngineClock,
    checks: AtomicU32,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limits").field("addresses", &self.public_posts.len()).finish_non_exhaustive()
    }
}

/// The engine's clock, as the library asks it: time since the epoch.
#[derive(Clone)]
struct EngineClock(Arc<Engine>);

impl Clock for EngineClock {
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.now().as_millisecond()).unwrap_or_default())
    }
}

impl Limits {
    /// So many a minute.
    pub fn new(a_minute: NonZeroU32, engine: Arc<Engine>) -> Self {
        let clock = EngineClock(engine);
        let public_posts = RateLimiter::new(Quota::per_minute(a_minute), DashMapStateStore::default(), clock.clone());
        Self { public_posts, clock, checks: AtomicU32::new(0) }
    }

    /// May this address send one more? If not: in how many seconds.
    pub fn check(&self, address: IpAddr) -> Result<(), u32> {
        if self.checks.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.public_posts.retain_recent();
        }
        self.public_posts.check_key(&subscriber(address)).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1)
        })
    }
}

/// One subscriber of the network: an IPv4 address, or the 64 bits of an IPv6 address that name the network.
fn subscriber(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & (u128::MAX << 64);
            Ipv6Addr::from(network).into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::testing::house;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn an_address_may_send_so_many_a_minute_and_is_told_how_long_to_wait() {
        let house = house();
        let limits = Limits::new(NonZeroU32::new(60).unwrap(), Arc::clone(&house.engine));
        for _ in 0..60 {
            assert_eq!(limits.check(address("192.0.2.1")), Ok(()));
        }
        let wait = limits.check(address("192.0.2.1")).unwrap_err();
        assert!((1..=2).contains(&wait), "{wait}");
        assert_eq!(limits.check(address("192.0.2.2")), Ok(()));
        house.clock.advance(2_000);
        assert_eq!(limits.check(address("192.0.2.1")), Ok(()));
    }

    #[test]
    fn one_subscriber_has_one_limit_however_many_addresses_they_have() {
        assert_eq!(subscriber(address("2001:db8:1:2:3::1")), subscriber(address("2001:db8:1:2:ffff::9")));
        assert_ne!(subscriber(address("2001:db8:1:2::1")), subscriber(address("2001:db8:1:3::1")));
        assert_eq!(subscriber(address("::ffff:192.0.2.1")), address("192.0.2.1"));
    }
}
