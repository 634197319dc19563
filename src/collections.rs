//! Small collections: one sorted vector instead of trees, one sort instead of one per type.
//!
//! In the browser every kilobyte of code is fetched before the first search. The standard library's sorts and trees
//! are compiled anew for each type they are used with, some 3 KB each; these are shared.

use std::borrow::Borrow;
use std::cmp::Ordering;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A map kept as a sorted vector: lookups take log n steps, insertions move what comes after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortedMap<K, V> {
    entries: Vec<(K, V)>,
}

impl<K, V> Default for SortedMap<K, V> {
    fn default() -> Self {
        SortedMap { entries: Vec::new() }
    }
}

impl<K: Ord, V> SortedMap<K, V> {
    fn position<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.entries.binary_search_by(|(known, _)| known.borrow().cmp(key))
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.position(key).ok().map(|at| &self.entries[at].1)
    }

    /// The value of a key, to be changed.
    pub fn get_mut<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
    {
        self.position(key).ok().map(|at| &mut self.entries[at].1)
    }

    /// Sets the value of a key; gives what it was.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match self.position(&key) {
            Ok(at) => Some(std::mem::replace(&mut self.entries[at].1, value)),
            Err(at) => {
                self.entries.insert(at, (key, value));
                None
            }
        }
    }

    /// Removes a key; gives its value.
    pub fn remove<Q: Ord + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.position(key).ok().map(|at| self.entries.remove(at).1)
    }

    /// The entries with a key up to and including this one, the greatest first.
    pub fn up_to_mut(&mut self, key: &K) -> impl Iterator<Item = (&K, &mut V)> {
        let end = self.position(key).map_or_else(|at| at, |at| at + 1);
        self.entries[..end].iter_mut().rev().map(|(key, value)| (&*key, value))
    }

    /// Keeps the entries a test accepts.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }

    /// All entries by ascending key.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&K, &V)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// All values by ascending key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.entries.iter().map(|(_, value)| value)
    }

    /// All values, to be changed.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut V> {
        self.entries.iter_mut().map(|(_, value)| value)
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Removes all.
    pub fn clear(&mut self) {
        self.entries.clear();
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for SortedMap<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = SortedMap::default();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V, const N: usize> From<[(K, V); N]> for SortedMap<K, V> {
    fn from(entries: [(K, V); N]) -> Self {
        entries.into_iter().collect()
    }
}

impl<K: Serialize, V: Serialize> Serialize for SortedMap<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.entries.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de, K: Ord + Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for SortedMap<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = std::collections::BTreeMap::<K, V>::deserialize(deserializer)?;
        Ok(SortedMap { entries: map.into_iter().collect() })
    }
}

/// Sorts items; equal ones keep their order.
///
/// ```
/// let mut words = vec!["tập", "học", "bác"];
/// timdoc::collections::sort_by(&mut words, |a, b| a.cmp(b));
/// assert_eq!(words, ["bác", "học", "tập"]);
/// ```
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut order: Vec<usize> = (0..items.len()).collect();
    merge_sort(&mut order, &|a, b| compare(&items[a], &items[b]));
    let mut slots: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| slots[at].take()));
}

/// Merges runs of 1, 2, 4, … until one is left.
fn merge_sort(order: &mut Vec<usize>, compare: &dyn Fn(usize, usize) -> Ordering) {
    let mut other = order.clone();
    let mut run = 1;
    while run < order.len() {
        for start in (0..order.len()).step_by(run * 2) {
            let middle = (start + run).min(order.len());
            let end = (start + run * 2).min(order.len());
            let (mut left, mut right) = (start, middle);
            for slot in &mut other[start..end] {
                let take_left =
                    left < middle && (right >= end || compare(order[left], order[right]) != Ordering::Greater);
                let from = if take_left { &mut left } else { &mut right };
                *slot = order[*from];
                *from += 1;
            }
        }
        std::mem::swap(order, &mut other);
        run *= 2;
    }
}

/// The `count` items that come first, in order. Far cheaper than sorting all when few are wanted.
pub fn first_by<T>(items: Vec<T>, count: usize, compare: impl Fn(&T, &T) -> Ordering) -> Vec<T> {
    let mut best: Vec<T> = Vec::with_capacity(count.min(items.len()) + 1);
    for item in items {
        if best.len() == count && best.last().is_none_or(|last| compare(&item, last) != Ordering::Less) {
            continue;
        }
        let at = best.partition_point(|other| compare(other, &item) != Ordering::Greater);
        best.insert(at, item);
        best.truncate(count);
    }
    best
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorting_is_that_of_the_standard_library(items in proptest::collection::vec((0u8..20, any::<u8>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items.clone());
            sort_by(&mut ours, |a, b| a.0.cmp(&b.0));
            theirs.sort_by_key(|item| item.0);
            prop_assert_eq!(&ours, &theirs);
            for count in [0, 1, 5, 500] {
                let first = first_by(items.clone(), count, |a, b| a.0.cmp(&b.0));
                prop_assert_eq!(&first[..], &theirs[..count.min(theirs.len())]);
            }
        }

        #[test]
        fn a_sorted_map_is_a_map(entries in proptest::collection::vec((0u8..30, any::<u8>()), 0..100)) {
            let ours: SortedMap<u8, u8> = entries.iter().copied().collect();
            let theirs: std::collections::BTreeMap<u8, u8> = entries.into_iter().collect();
            prop_assert!(ours.iter().eq(theirs.iter()));
            for key in 0..30 {
                prop_assert_eq!(ours.get(&key), theirs.get(&key));
            }
        }
    }
}
