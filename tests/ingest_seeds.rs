//! The articles of the seed folder, when it lies beside the project: five real pages of portals as plain text.
#![cfg(feature = "native")]

#[path = "support/golden.rs"]
mod golden;

use std::path::Path;

#[test]
fn the_seeds_are_read_as_a_careful_reader_does() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (seeds, expected) = (shared.join("seeds"), shared.join("golden/seeds.json"));
    if !seeds.is_dir() || !expected.is_file() {
        println!("skipped: {} is not there", seeds.display());
        return;
    }
    let (compared, wrong) = golden::differences(&seeds, &expected);
    assert!(wrong.is_empty() && compared > 0, "{} of {compared} wrong:\n{}", wrong.len(), wrong.join("\n"));
}
