//! Stops the build with one sentence when the browser's files are not there. It never makes them itself:
//! a Rust build that runs npm surprises whoever has no network.

use std::path::Path;

const MANIFEST: &str = "browser/dist/.vite/manifest.json";

fn main() {
    println!("cargo::rerun-if-changed={MANIFEST}");
    // Message files are embedded too, and a new one must be noticed.
    println!("cargo::rerun-if-changed=locales");
    if !Path::new(MANIFEST).exists() {
        println!("cargo::error=crates/web/{MANIFEST} is missing: run `make assets` first (it needs Node 20 and npm).");
    }
}
