#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

pub mod analysis;
pub mod article;
pub mod bundle;
mod error;
pub mod facts;
pub mod index;
#[cfg(feature = "native")]
pub mod ingest;
pub mod query;
pub mod rank;

pub use error::{Error, Result};
