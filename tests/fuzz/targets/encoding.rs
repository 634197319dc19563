//! Texts in any encoding: plain, and as markup that declares its own.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use crate::kit::{Input, chosen, ingest};

const NAMES: [&str; 3] = ["tin.txt", "tin.html", "tin.jsonl"];

pub fn seeds() -> Vec<Vec<u8>> {
    let vietnamese = "Sáng nay, phường Mai Hạ tổ chức hội nghị sơ kết phong trào học tập.";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(vietnamese.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let windows_1258 = b"S\xe1ng nay, ph\xfd\xf2ng Mai Ha\xf2 h\xf4\xf2i nghi\xf2 ho\xf2c t\xe2\xf2p".to_vec();
    // Their bytes as the letters of Latin-1.
    let bytes = |letters: &str| letters.chars().map(|letter| letter as u32 as u8).collect::<Vec<u8>>();
    let tcvn3 = bytes("S¸ng nay, ph\u{ad}êng Mai H¹ tæ chøc héi nghÞ s¬ kÕt phong trµo häc tËp");
    let vni = bytes("Saùng nay, phöôøng Mai Haï toå chöùc hoäi nghò sô keát phong traøo hoïc taäp");
    let mojibake: String = vietnamese.bytes().map(char::from).collect();
    let meta = b"<meta charset=windows-1258><title>H\xf4\xf2i nghi\xf2</title><p>S\xe1ng nay</p>".to_vec();
    let texts = [vietnamese.as_bytes().to_vec(), utf16, windows_1258, tcvn3, vni, mojibake.into_bytes()];
    texts.iter().map(|text| chosen(0, text)).chain([chosen(1, &meta)]).collect()
}

pub fn run(input: &[u8]) {
    let mut input = Input(input);
    ingest(NAMES[input.choice(NAMES.len())], input.0);
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("encoding", &seeds()), |input: &[u8]| run(input));
