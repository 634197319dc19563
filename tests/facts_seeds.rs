//! Facts of the seed folder, when it lies beside the project, against what a careful reader takes from it.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used)] // a test may: this is not compiled into anything else

#[path = "support/measured.rs"]
mod measured;

use std::path::Path;

use measured::measure;

#[test]
fn the_facts_of_the_seeds_are_those_a_careful_reader_takes() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let (seeds, golden) = (shared.join("seeds"), shared.join("golden/seeds.json"));
    if !seeds.is_dir() || !golden.is_file() {
        println!("skipped: {} is not there", seeds.display());
        return;
    }
    let fields = measure(&[seeds.as_path()], "--gold", &golden);
    let least = [
        ("documents", 1.0),
        ("document_dates", 1.0),
        ("event", 1.0),
        ("awards", 1.0),
        ("award giver", 1.0),
        ("award form", 1.0),
        ("award place", 1.0),
        ("not_awards", 1.0),
        ("people", 0.95),
        ("roles", 0.95),
        ("places", 0.95),
        ("models", 0.95),
    ];
    for (name, least) in least {
        let field = fields.iter().find(|field| field.field == name).unwrap_or_else(|| panic!("{name} is not measured"));
        assert!(field.precision >= least && field.recall >= least, "{name}: {field:?}");
        assert!(field.expected > 0 || name == "not_awards", "{name} expects nothing");
    }
}
