//! The root of the term dictionary: which block holds a key. An FST as the crate `fst` 0.4 writes it (its version 3), read
//! once into a list of its keys, every address and length checked: that crate trusts its bytes, and panics or runs for
//! ever on others, which a checksum does not keep from a file that was made to do so.
//!
//! ```text
//! 0   8  version, 3
//! 8   8  type
//! ..     nodes: each from its last byte, its address, downwards; those it leads to lie before it
//! -20 8  number of keys
//! -12 8  address of the first node
//! -4  4  checksum; the section of the head has its own
//! node   11cccccc  one transition, to the node that ends before this one; c: its letter, or 0: [letter]
//!        10cccccc  one transition: [letter] sizes target output
//!        0fnnnnnn  f: a key ends here; n transitions, or 0: [count, 1 meaning 256]; sizes, over 32 transitions an index of
//!                  256 bytes, letters, targets, outputs, [output of the key that ends here]
//! sizes  half a byte for the bytes of a target, which is a distance from this node's first byte; half for those of an output
//! ```

use crate::{Error, Result};

const PLACE: &str = "the root dictionary";
const VERSION: u64 = 3;
const HEADER: usize = 16;
const FOOTER: usize = 20;
/// From so many transitions on, a node has an index of them.
const INDEXED: usize = 33;
/// Most bytes of all keys, about a million blocks: an FST of few bytes can spell very many keys.
const MOST_BYTES: usize = 64 << 20;
/// Letters that have a number in a node's first byte, from 1.
const LETTERS: &[u8; 63] = b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// The keys, ascending; the number of each is its block's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Root {
    keys: Vec<u8>,
    /// Where each key ends.
    ends: Vec<u32>,
    /// Bytes of the FST.
    size: usize,
}

impl Root {
    /// Reads an FST of keys that are numbered from 0 in their order.
    ///
    /// # Errors
    /// `damaged` when it is none, or has more than `most` keys.
    pub fn read(bytes: &[u8], most: usize) -> Result<Self> {
        let wrong = || Error::damaged(PLACE, "it cannot be read");
        let nodes = bytes.len().checked_sub(FOOTER).filter(|end| *end >= HEADER).ok_or_else(wrong)?;
        let footer = |at: usize| number(bytes, nodes + at, 8).ok_or_else(wrong);
        let (stated, first) = (footer(0)?, footer(8)?);
        if number(bytes, 0, 8) != Some(VERSION) {
            return Err(wrong());
        }
        let mut root = Root { size: bytes.len(), ..Root::default() };
        let graph = Graph(&bytes[..nodes]);
        root.spell(&graph, usize::try_from(first).map_err(|_| wrong())?, most).ok_or_else(wrong)?;
        if root.len() as u64 == stated { Ok(root) } else { Err(wrong()) }
    }

    /// Walks all paths in their order and keeps what they spell. `None` when the graph is not right.
    fn spell(&mut self, graph: &Graph<'_>, first: usize, most: usize) -> Option<()> {
        let mut key = Vec::new();
        let mut path = vec![(graph.node(first)?, 0, 0u64)];
        self.end_key(&key, &path[0].0, 0, most)?;
        while let Some((node, next, output)) = path.last_mut() {
            if *next == node.count {
                path.pop();
                key.pop();
                continue;
            }
            let step = graph.transition(node, *next)?;
            let ascends = *next == 0 || graph.transition(node, *next - 1)?.letter < step.letter;
            *next += 1;
            let output = output.checked_add(step.output)?;
            let target = graph.node(step.target).filter(|target| ascends && (target.is_final || target.count > 0))?;
            key.push(step.letter);
            self.end_key(&key, &target, output, most)?;
            path.push((target, 0, output));
        }
        Some(())
    }

    /// Keeps a key if one ends at a node.
    fn end_key(&mut self, key: &[u8], node: &Node, output: u64, most: usize) -> Option<()> {
        if !node.is_final {
            return Some(());
        }
        let is_next = output.checked_add(node.output)? == self.ends.len() as u64;
        if !is_next || self.ends.len() >= most || self.keys.len() + key.len() > MOST_BYTES {
            return None;
        }
        self.keys.extend_from_slice(key);
        self.ends.push(self.keys.len() as u32);
        Some(())
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no key.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of the FST it was read from.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The number of the first key that is not before another; `None` when all are.
    #[must_use]
    pub fn first_from(&self, key: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.key(middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.ends.len()).then_some(low)
    }

    fn key(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.keys[start..self.ends[number] as usize]
    }
}

/// A number of up to 8 bytes, the lowest first.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?).filter(|bytes| bytes.len() <= 8)?;
    Some(bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte)))
}

/// The header and the nodes.
struct Graph<'a>(&'a [u8]);

/// A node, taken apart.
struct Node {
    is_final: bool,
    /// What the key that ends here adds.
    output: u64,
    /// Its transitions.
    count: usize,
    /// The letter of a node with one transition.
    letter: Option<u8>,
    /// Where its letters end, and bytes of each target and each output.
    letters: usize,
    sizes: Option<(usize, usize)>,
    /// Its first byte.
    start: usize,
}

struct Transition {
    letter: u8,
    output: u64,
    target: usize,
}

impl Graph<'_> {
    /// The node at an address.
    fn node(&self, address: usize) -> Option<Node> {
        let end = Node { is_final: true, output: 0, count: 0, letter: None, letters: 0, sizes: None, start: 0 };
        if address == 0 {
            return Some(end);
        }
        let state = *self.0.get(address)?;
        let low = usize::from(state & 63);
        let mut at = address;
        let mut down = |by: usize| {
            at = at.checked_sub(by).filter(|at| *at >= HEADER)?;
            Some(at)
        };
        down(0)?;
        let (is_final, count, letter) = match state >> 6 {
            0b10 | 0b11 if low == 0 => (false, 1, Some(*self.0.get(down(1)?)?)),
            0b10 | 0b11 => (false, 1, LETTERS.get(low - 1).copied()),
            is_final => match low {
                0 => match *self.0.get(down(1)?)? {
                    1 => (is_final == 1, 256, None),
                    count => (is_final == 1, usize::from(count), None),
                },
                count => (is_final == 1, count, None),
            },
        };
        if state >> 6 == 0b11 {
            let start = down(0)?;
            return Some(Node { is_final, count, letter, letters: start, start, ..end });
        }
        let sizes = usize::from(*self.0.get(down(1)?)?);
        let (targets, outputs) = (sizes >> 4, sizes & 15);
        let index = if count >= INDEXED { 256 } else { 0 };
        let letters = down(index)?;
        let own_letters = if letter.is_some() { 0 } else { count };
        let start = down(own_letters + count * (targets + outputs))?;
        let (output, start) = match (is_final, down(if is_final { outputs } else { 0 })) {
            (true, Some(at)) => (number(self.0, at, outputs)?, at),
            _ => (0, start),
        };
        Some(Node { is_final, output, count, letter, letters, sizes: Some((targets, outputs)), start })
    }

    /// A transition of a node, from 0 in the order of their letters.
    fn transition(&self, node: &Node, number_of: usize) -> Option<Transition> {
        let Some((targets, outputs)) = node.sizes else {
            return Some(Transition { letter: node.letter?, output: 0, target: node.start.checked_sub(1)? });
        };
        let letter = match node.letter {
            Some(letter) => letter,
            None => *self.0.get(node.letters.checked_sub(number_of + 1)?)?,
        };
        let below = if node.letter.is_some() { node.letters } else { node.letters.checked_sub(node.count)? };
        let distance = number(self.0, below.checked_sub((number_of + 1) * targets)?, targets)?;
        let all_targets = below.checked_sub(node.count * targets)?;
        let output = number(self.0, all_targets.checked_sub((number_of + 1) * outputs)?, outputs)?;
        let target = match usize::try_from(distance).ok()? {
            0 => 0,
            distance => node.start.checked_sub(distance)?,
        };
        Some(Transition { letter, output, target })
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An FST of keys with numbers from 0.
    fn written<K: AsRef<[u8]>>(keys: impl IntoIterator<Item = K>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        keys.into_iter().zip(0..).for_each(|(key, number)| builder.insert(key, number).unwrap());
        builder.into_inner().unwrap()
    }

    #[test]
    fn no_keys_and_one_key_are_read() {
        assert_eq!(Root::read(&written::<&str>([]), 9).map(|root| root.len()), Ok(0));
        let one = Root::read(&written(["hoc"]), 9).unwrap();
        assert_eq!((one.first_from(b"ha"), one.first_from(b"hoc"), one.first_from(b"hod")), (Some(0), Some(0), None));
    }

    #[test]
    fn nodes_of_all_letters_are_read() {
        let keys: Vec<[u8; 2]> = (0..=u8::MAX).flat_map(|a| [[a, 1], [a, 200]]).collect();
        let root = Root::read(&written(&keys), keys.len()).unwrap();
        assert!((0..keys.len()).all(|at| root.key(at) == keys[at]));
        assert!(Root::read(&written(&keys), keys.len() - 1).is_err(), "more keys than there may be");
    }

    #[test]
    fn a_root_that_spells_too_much_is_damage() {
        // Each of 40 nodes leads to the next by two letters: 2^40 keys in 200 bytes.
        let mut bytes = VERSION.to_le_bytes().to_vec();
        bytes.extend([0; 8]);
        let mut target = 0u8;
        for _ in 0..40 {
            bytes.extend([target, target, b'b', b'a', 0x10, 2]);
            target = 1;
        }
        let first = bytes.len() as u64 - 1;
        bytes.extend((1u64 << 40).to_le_bytes());
        bytes.extend(first.to_le_bytes());
        bytes.extend([0; 4]);
        assert!(Root::read(&bytes, 1000).is_err());
    }

    proptest! {
        #[test]
        fn keys_are_found_as_the_writer_numbered_them(
            keys in proptest::collection::btree_set(proptest::collection::vec(any::<u8>(), 0..6), 0..300),
            asked in proptest::collection::vec(any::<u8>(), 0..6),
        ) {
            let root = Root::read(&written(&keys), keys.len()).unwrap();
            prop_assert_eq!(root.len(), keys.len());
            prop_assert_eq!(root.first_from(&asked), keys.iter().position(|key| *key >= asked));
        }

        #[test]
        fn a_changed_byte_is_read_or_refused(
            keys in proptest::collection::btree_set("[a-d]{0,6}", 1..40), at in any::<usize>(), byte in any::<u8>(),
        ) {
            let mut bytes = written(&keys);
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = Root::read(&bytes, 1000);
        }
    }
}
