//! The engine in WebAssembly, in Node: `./build.sh test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/in_wasm.rs"]
mod in_wasm;
