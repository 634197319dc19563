//! `verify` tells a whole bundle from a damaged one, and says which file it is.
#![cfg(feature = "native")]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may: this is not compiled into anything else

#[path = "support/disguise.rs"]
mod disguise;
#[path = "fuzz/kit.rs"]
mod kit;
#[path = "fuzz/library.rs"]
mod library;
#[path = "support/many.rs"]
mod many;
#[path = "support/memory.rs"]
mod memory;
#[path = "support/tiny.rs"]
mod tiny;

use disguise::disguised;
use memory::{Files, MANIFEST, build, files, write_folder};
use serde_json::Value;
use timdoc::Error;
use timdoc::bundle::stored::Stored;
use timdoc::bundle::verify::verify;

fn bundle() -> Files {
    files(&build(tiny::articles()))
}

/// What `verify` says of a bundle: its lines, or the error.
fn verified(bundle: &Files) -> Result<Vec<String>, Error> {
    let folder = tempfile::tempdir().unwrap();
    write_folder(bundle, folder.path());
    verify(folder.path()).map(|verified| verified.wrong)
}

#[test]
fn verify_finds_nothing_wrong_with_a_whole_bundle() {
    let (small, large) = (bundle(), files(&build(many::articles(700, 70))));
    for (bundle, articles) in [(small, 6), (large, 700)] {
        let folder = tempfile::tempdir().unwrap();
        write_folder(&bundle, folder.path());
        let verified = verify(folder.path()).unwrap();
        assert_eq!((verified.wrong, verified.articles, verified.files), (Vec::<String>::new(), articles, bundle.len()));
        assert_eq!(verified.bytes, bundle.values().map(|content| content.len() as u64).sum::<u64>());
    }
}

#[test]
fn verify_names_the_file_of_each_kind_of_damage() {
    let bundle = bundle();
    for name in bundle.keys().filter(|name| *name != MANIFEST) {
        let middle = bundle[name].len() / 2;
        for what in ["flipped", "cut", "longer", "empty", "missing"] {
            let mut damaged = bundle.clone();
            let mut content = damaged.remove(name).unwrap();
            match what {
                "flipped" => content[middle] ^= 4,
                "cut" => content.truncate(middle),
                "longer" => content.push(0),
                _ => content.clear(),
            }
            if what != "missing" {
                damaged.insert(name.clone(), content);
            }
            let lines = verified(&damaged).unwrap();
            assert!(lines.iter().any(|line| line.contains(name.as_str())), "{name} {what}: {lines:?}");
        }
    }
}

#[test]
fn verify_finds_a_manifest_that_states_what_is_not_so() {
    let bundle = bundle();
    let changed = |change: &dyn Fn(&mut Value)| {
        let mut manifest: Value = serde_json::from_slice(&bundle[MANIFEST]).unwrap();
        change(&mut manifest);
        let mut bundle = bundle.clone();
        bundle.insert(MANIFEST.into(), serde_json::to_vec(&manifest).unwrap());
        verified(&bundle)
    };
    let is_wrong = |found: Result<Vec<String>, Error>| found.map_or(true, |lines| !lines.is_empty());
    let plus_one = |value: &mut Value| *value = (value.as_u64().unwrap() + 1).into();
    assert!(is_wrong(changed(&|manifest| plus_one(&mut manifest["segments"][0]["articles"]))), "articles");
    assert!(is_wrong(changed(&|manifest| plus_one(&mut manifest["segments"][0]["bytes"]))), "bytes of a segment");
    assert!(is_wrong(changed(&|manifest| plus_one(&mut manifest["segments"][0]["head"]["bytes"]))), "bytes of a head");
    assert!(
        is_wrong(changed(&|manifest| plus_one(&mut manifest["segments"][0]["dictionary"]["bytes"]))),
        "bytes of the dictionary"
    );
    assert!(
        is_wrong(changed(&|manifest| manifest["segments"][0]["dictionary"]["file"] = "dictionary-0.bin".into())),
        "a name"
    );
    assert!(is_wrong(changed(&|manifest| manifest["segments"][0]["head"]["file"] = "../head.bin".into())), "a path");
    assert!(is_wrong(changed(&|manifest| manifest["format"] = "khác".into())), "format");
    assert!(is_wrong(changed(&|manifest| manifest["version"] = 99.into())), "version");
    assert!(!is_wrong(changed(&|_| ())), "nothing");
}

#[test]
fn verify_finds_damage_that_the_names_do_not_show() {
    let bundle = bundle();
    assert_eq!(verified(&disguised(&bundle, "terms-", |_| ())).unwrap(), [""; 0], "nothing was changed");
    for kind in ["terms-", "articles-"] {
        let length = bundle.iter().find(|(name, _)| name.starts_with(kind)).unwrap().1.len();
        for at in (0..length).step_by(length / 50) {
            let damaged = disguised(&bundle, kind, |content| content[at] ^= 1);
            assert!(!verified(&damaged).unwrap().is_empty(), "{kind} at {at}");
        }
    }
}

#[test]
fn verify_says_when_an_article_has_another_id_than_the_library_finds_it_by() {
    let mut library = library::Library::fixture();
    let last = library.pieces() - 1;
    let mut stored = Stored::read(&library.piece(last)).unwrap();
    stored.article.id.push('x');
    library.replace(last, stored.write());
    let lines = verified(&library.files()).unwrap();
    assert!(lines.len() == 1 && lines[0].contains("its id is another's"), "{lines:?}");
}
