use crate::instance::Instance;
use crate::module::Load;
use crate::{Error, ErrorKind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// After how many calls an instance is replaced.
const MAX_CALLS: u32 = 10_000;

/// A fixed number of places for instances. Who finds a place empty starts an
/// instance there, so that a till that asks one thing at a time pays for one only.
pub(crate) struct Pool {
    pub load: Load,
    places: Mutex<Places>,
    changed: Condvar,
}

struct Places {
    idle: Vec<Instance>,
    /// How many more calls can begin.
    free: usize,
    /// How many are under way.
    lent: usize,
    closed: bool,
}

impl Pool {
    /// Starts the first instance, which shows whether the module runs at all.
    pub fn open(load: Load, size: usize) -> Result<Self, Error> {
        let until = after(load.deadline.saturating_mul(10));
        let first = Instance::start(&load, until).map_err(|e| match e.kind {
            ErrorKind::ModuleFailed | ErrorKind::Deadline => {
                Error::wrong_module(format_args!("it does not start: {}", e.detail))
            }
            _ => e,
        })?;
        let places = Places { idle: vec![first], free: size.max(1), lent: 0, closed: false };
        Ok(Self { load, places: Mutex::new(places), changed: Condvar::new() })
    }

    /// Lends an instance, or starts one.
    pub fn take(&self, until: Instant) -> Result<Taken<'_>, Error> {
        let mut places = self.lock();
        loop {
            if places.closed {
                return Err(Error::failed("asking the module", "the engine is closed"));
            }
            if places.free > 0 {
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Error::new(ErrorKind::Deadline, "waiting for an instance took too long"));
            }
            places = self.changed.wait_timeout(places, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        places.free -= 1;
        places.lent += 1;
        let idle = places.idle.pop();
        drop(places);
        // From here on the place comes back in any case: see Drop.
        let mut taken = Taken { pool: self, instance: idle, good: false };
        if taken.instance.is_none() {
            taken.instance = Some(Instance::start(&self.load, until)?);
        }
        Ok(taken)
    }

    /// Refuses further calls, waits for those under way, and frees every instance.
    pub fn close(&self) {
        let mut places = self.lock();
        places.closed = true;
        self.changed.notify_all();
        while places.lent > 0 {
            places = self.changed.wait(places).unwrap_or_else(PoisonError::into_inner);
        }
        places.idle.clear();
    }

    /// Nothing is done under the lock that can leave it half done.
    fn lock(&self) -> MutexGuard<'_, Places> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// When a time is up. What is more than a day is a day.
pub(crate) fn after(time: Duration) -> Instant {
    Instant::now() + time.min(Duration::from_secs(86_400))
}

/// An instance that is lent to one call. It goes back only after success, and
/// only until it has served its number of calls; else it is dropped.
pub(crate) struct Taken<'a> {
    pool: &'a Pool,
    instance: Option<Instance>,
    good: bool,
}

impl Taken<'_> {
    pub fn instance(&mut self) -> &mut Instance {
        self.instance.as_mut().expect("an instance was put there when it was taken")
    }

    /// Says that all went well.
    pub fn keep(mut self) {
        self.good = true;
    }
}

impl Drop for Taken<'_> {
    fn drop(&mut self) {
        let good = self.good;
        let back = self.instance.take().filter(|instance| good && instance.calls < MAX_CALLS);
        let mut places = self.pool.lock();
        places.idle.extend(back);
        places.free += 1;
        places.lent -= 1;
        self.pool.changed.notify_all();
    }
}
