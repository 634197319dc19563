#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod analysis;
pub mod article;
#[cfg(target_arch = "wasm32")]
pub mod bindings;
pub mod bundle;
pub mod collections;
pub mod engine;
mod error;
pub mod facts;
pub mod index;
#[cfg(feature = "native")]
pub mod ingest;
#[cfg(feature = "native")]
pub mod library;
pub mod query;
pub mod rank;
pub mod result;

pub use error::{Error, Result};
