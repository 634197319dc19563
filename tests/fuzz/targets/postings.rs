//! Lists of postings and the codes of their bits: what is read is written and read the same.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;
#[cfg(fuzzing)]
#[path = "../library.rs"]
mod library;

use timdoc::index::bits::{BitReader, BitWriter};

use crate::kit::{Input, chosen};
use crate::library::scheme;

/// The number of articles of the segment and of the list (a byte each), what is read, then the bits.
pub fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = Vec::new();
    for (size, count) in [(0, 2), (1, 40), (2, 200), (3, 255), (3, 90)] {
        for kind in 0..5 {
            let bits: Vec<u8> = (0..400u32).map(|at| (at * 37 % 251) as u8 | 0x11).collect();
            seeds.push(chosen(size, &chosen(count, &chosen(kind, &bits))));
        }
    }
    seeds
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    let scheme = scheme(input.byte());
    let count = scheme.articles * input.byte() / 255;
    let kind = input.choice(5);
    let mut bits = BitReader::new(input.0, 0);
    let mut out = BitWriter::default();
    match kind {
        0 => {
            let Ok(postings) = scheme.read(count, &mut bits) else { return };
            assert!(postings.docs.len() == count && postings.docs.windows(2).all(|two| two[0] < two[1]));
            scheme.write(&postings.docs, &postings.frequencies, &mut out);
            assert_eq!(scheme.read(count, &mut BitReader::new(&out.finish(), 0)), Ok(postings));
        }
        1 => drop(scheme.skip(count, &mut bits)),
        2 | 3 => {
            let Ok(titles) = scheme.read_titles(&mut bits) else { return };
            let Ok(members) = scheme.read_members(count, &titles, &mut bits) else { return };
            scheme.write_members(&members.docs, &members.frequencies, &mut out);
            assert_eq!(scheme.read_members(count, &titles, &mut BitReader::new(&out.finish(), 0)), Ok(members));
        }
        _ => {
            let mut codes = Vec::new();
            while let Ok(gamma) = bits.gamma() {
                let Ok(rice) = bits.rice(gamma % 20) else { break };
                out.gamma(gamma);
                out.rice(rice, gamma % 20);
                codes.push((gamma, rice));
            }
            let written = out.finish();
            let mut again = BitReader::new(&written, 0);
            for (gamma, rice) in codes {
                assert_eq!((again.gamma(), again.rice(gamma % 20)), (Ok(gamma), Ok(rice)));
            }
        }
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("postings", &seeds()), |input: &[u8]| run(input));
