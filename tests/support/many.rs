//! Articles by the thousand, made of syllables: for what only large libraries have.
#![allow(dead_code)] // each file of tests uses its part

use timdoc::article::{Article, Block, BlockKind, Date, Day};

/// Pseudo-random numbers (Marsaglia 2003, xorshift), the same everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    /// The next number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    /// A shuffled list.
    pub fn shuffled<T>(&mut self, mut items: Vec<T>) -> Vec<T> {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
        items
    }
}

const INITIALS: [&str; 16] = ["b", "c", "ch", "d", "đ", "g", "h", "kh", "l", "m", "n", "nh", "ph", "t", "th", "v"];
const RHYMES: [&str; 24] = [
    "a", "á", "ài", "ạn", "ăng", "ắc", "ân", "ấp", "em", "ẻo", "ê", "ện", "in", "ình", "iêu", "o", "òng", "ông", "ốt",
    "ơi", "u", "ùng", "ương", "ước",
];

/// A syllable, the earlier ones far more often than the later ones.
pub fn syllable(numbers: &mut Numbers) -> String {
    let most = INITIALS.len() * RHYMES.len();
    let at = numbers.below(most).min(numbers.below(most)).min(numbers.below(most));
    format!("{}{}", INITIALS[at % INITIALS.len()], RHYMES[at / INITIALS.len()])
}

/// So many articles of so many words.
pub fn articles(count: usize, words: usize) -> Vec<Article> {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut text = |words: usize| (0..words).map(|_| syllable(&mut numbers)).collect::<Vec<_>>().join(" ");
    (0..count)
        .map(|number| Article {
            id: format!("bai-{number:05}"),
            title: text(6),
            published: (number % 9 != 0).then(|| Date::of_day("", Day(18_000 + number as i32 / 4))),
            lead: Some(text(12)),
            category: Some(format!("Mục {}", number % 7)),
            tags: vec![format!("thẻ {}", number % 131), format!("thẻ riêng {number}")],
            blocks: vec![Block::new(BlockKind::Paragraph, text(words.saturating_sub(18)))],
            ..Article::default()
        })
        .collect()
}
