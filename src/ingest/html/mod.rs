//! What is the article of a web page, and what is the page around it?

pub(in crate::ingest) mod blocks;

pub(in crate::ingest) mod address;
mod pieces;
mod tag;
mod tree;
