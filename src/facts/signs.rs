//! Which rules may begin at a word? One look-up a word tells, so that not every rule looks at every word.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::people::heads;
use super::{awards, models, places};

/// A post or profession, as a bit.
pub(super) const HEAD: u8 = 1;
/// What may come before a post.
pub(super) const BEFORE_HEAD: u8 = 2;
/// A body's name.
pub(super) const BODY: u8 = 4;
/// The type's word of a unit of administration.
pub(super) const TYPE: u8 = 8;
/// What models are called.
pub(super) const MODEL: u8 = 16;
/// A number in words.
pub(super) const NUMBER: u8 = 32;

/// What may begin at a word in small letters: a bit for each.
static SIGNS: LazyLock<FxHashMap<&'static str, u8>> = LazyLock::new(|| {
    let mut signs: FxHashMap<&'static str, u8> = FxHashMap::default();
    let mut add = |bit: u8, phrases: &mut dyn Iterator<Item = &'static str>| {
        for word in phrases.filter_map(|phrase| phrase.split(' ').next()) {
            *signs.entry(word).or_default() |= bit;
        }
    };
    add(HEAD, &mut heads::posts());
    add(BEFORE_HEAD, &mut heads::BEFORE.into_iter());
    add(BODY, &mut heads::bodies());
    add(TYPE, &mut places::type_words());
    add(MODEL, &mut models::KINDS.into_iter());
    add(NUMBER, &mut awards::NUMBERS.into_iter());
    signs
});

/// What may begin at a word in small letters.
pub(super) fn signs_of(low: &str) -> u8 {
    SIGNS.get(low).copied().unwrap_or(0)
}

/// Words that a list holds between spaces.
pub(super) type List = LazyLock<FxHashSet<&'static str>>;

/// The words of a list.
pub(super) fn words_of(list: &'static str) -> FxHashSet<&'static str> {
    list.split_whitespace().collect()
}
