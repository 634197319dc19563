//! The same tests as tests/wasm.rs in a browser: `./build.sh test wasm`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/in_wasm.rs"]
mod in_wasm;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
