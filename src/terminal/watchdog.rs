//! Ends the process when the main thread does not: stuck, or asked to leave and too slow.

use super::screen;
use std::sync::Once;
use std::time::Duration;

/// Within the 2 s that a lost terminal may cost, with room for a busy machine.
const PATIENCE: Duration = Duration::from_millis(1500);

/// From now on the process has [`PATIENCE`] left to end by itself. Saves taken on before have that
/// long: what is durable by then stays, SQLite sees to the rest.
pub(super) fn arm(exit_code: i32) {
    static ARMED: Once = Once::new();
    ARMED.call_once(|| {
        let thread = std::thread::Builder::new().name("watchdog".to_owned());
        let _ = thread.spawn(move || {
            std::thread::sleep(PATIENCE);
            screen::restore();
            // Runs no exit handlers: those may wait for what main holds.
            signal_hook::low_level::exit(exit_code);
        });
    });
}
