//! A whole small library with one piece replaced and every checksum and name put right again: it is verified, opened,
//! searched and read. When `verify` finds nothing wrong, no call may fail.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;
#[cfg(fuzzing)]
#[path = "../library.rs"]
mod library;

#[cfg(fuzzing)]
#[path = "../../support/memory.rs"]
mod memory;

use timdoc::engine::Request;

use crate::kit::{Input, chosen};
use crate::library::Library;
use crate::memory::{Host, write_folder};

/// Which piece, then its bytes.
pub fn seeds() -> Vec<Vec<u8>> {
    let library = Library::fixture();
    (0..library.pieces()).map(|piece| chosen(piece, &library.piece(piece))).collect()
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let mut library = Library::fixture();
    library.replace(input.choice(library.pieces()), input.0.to_vec());
    let files = library.files();
    let folder = tempfile::tempdir().unwrap();
    write_folder(&files, folder.path());
    let is_whole = timdoc::bundle::verify::verify(folder.path()).is_ok_and(|verified| verified.wrong.is_empty());
    let mut host = match Host::open(files) {
        Ok(host) => host,
        Err(error) => return assert!(!is_whole, "verify finds nothing wrong, and it cannot be opened: {error}"),
    };
    for text in ["học", "hoc tap", "\"đồng chí\"", "12-KL/ĐU", "rac -duong", "th"] {
        let request = Request { text: text.into(), prefix: true, facets: vec!["tag".into()], ..Request::default() };
        let answer = host.search(&request).map(|_| ());
        assert!(answer.is_ok() || !is_whole, "verify finds nothing wrong, and {text} fails: {answer:?}");
    }
    for id in ["hop-to-dan-pho", "duong-bo-ke"] {
        let answer = host.article(id).map(|_| ());
        let gone = answer.as_ref().is_err_and(|error| error.code() == "not_found");
        assert!(answer.is_ok() || gone || !is_whole, "verify finds nothing wrong, and {id} fails: {answer:?}");
    }
    let _ = host.drive(|engine| engine.suggest("hoc t", 5));
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("bundle", &seeds()), |input: &[u8]| run(input));
