//! Real randomness: the only place that asks the operating system for it.

use engine::random::Random;

/// The operating system's generator.
#[derive(Debug)]
pub struct SystemRandom;

impl Random for SystemRandom {
    #[allow(clippy::disallowed_methods, reason = "this is the program's one source of randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        // A machine without randomness cannot sell tickets: a guessable secret would be worse than none.
        if getrandom::fill(bytes).is_err() {
            std::process::abort();
        }
    }
}
