//! The sample articles of the demonstration page: text and Markdown with the traps of real portals.
#![cfg(feature = "native")]

#[path = "support/golden.rs"]
mod golden;

use std::path::Path;

#[test]
fn the_sample_is_read_as_a_careful_reader_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (compared, wrong) =
        golden::differences(&root.join("www/sample"), &root.join("tests/fixtures/sample_expected.json"));
    assert!(wrong.is_empty() && compared > 0, "{} of {compared} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
