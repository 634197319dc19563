//! The manifest: what passes its check is written back the same, and its sums do not overflow.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::bundle::manifest::Manifest;

use crate::kit::file;

pub fn seeds() -> Vec<Vec<u8>> {
    let entry =
        r#"{"head":{"file":"head-0.bin","bytes":9},"dictionary":{"file":"d.bin","bytes":1},"articles":9,"bytes":99"#;
    let two = format!(r#"{{"format":"timdoc","version":1,"segments":[{entry}}},{entry},"deleted":[1,8]}}]}}"#);
    vec![file("tests/fixtures/bundle-v1/manifest.json"), two.into_bytes()]
}

pub fn run(input: &[u8]) {
    let Ok(manifest) = serde_json::from_slice::<Manifest>(input) else { return };
    if manifest.check().is_err() {
        return;
    }
    let _ = (manifest.bytes(), manifest.articles(), manifest.dictionaries());
    let written = serde_json::to_vec(&manifest).unwrap();
    assert_eq!(serde_json::from_slice::<Manifest>(&written).unwrap(), manifest);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("manifest", &seeds()), |input: &[u8]| run(input));
