//! Cuts text into tokens for the two grammars: digits, codes and words, with what stands between them.

use crate::analysis::fold::{Glyph, Shape, glyph};

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: the first token, or letters right after digits (`01kl`).
    None,
    /// Spaces only.
    Space,
    /// One dash, slash or ampersand without spaces.
    Tight(char),
    /// One dash or slash with spaces.
    Loose(char),
    /// Anything else.
    Break,
}

impl Gap {
    /// The separator as a number shows it, if there is one.
    pub(super) fn separator(self) -> Option<char> {
        match self {
            Gap::Tight(c) | Gap::Loose(c) => Some(c),
            _ => None,
        }
    }
}

/// A run of digits, or a run of letters (with later digits: `QH15`).
#[derive(Debug, Clone)]
pub(super) struct Token<'a> {
    /// What stands between the token before and this one.
    pub gap: Gap,
    /// Byte offset of its first byte in the text.
    pub start: usize,
    /// Byte offset after its last byte.
    pub end: usize,
    /// As written.
    pub text: &'a str,
    /// Lower-case ASCII without marks.
    pub folded: String,
    /// How many capital letters it has.
    pub upper: usize,
    /// How many small letters it has.
    pub lower: usize,
}

impl Token<'_> {
    /// True when it is digits only.
    pub(super) fn is_number(&self) -> bool {
        self.upper + self.lower == 0
    }

    /// True for a plausible year of a document.
    pub(super) fn is_year(&self) -> bool {
        self.is_number() && self.folded.len() == 4 && ("1945".."2100").contains(&self.folded.as_str())
    }
}

impl Token<'_> {
    /// The code as keys have it: TƯ (Trung ương) as TW, not as TU (Tỉnh ủy), as which it would fold.
    pub(super) fn code(&self) -> String {
        let mut code = self.folded.clone();
        let mut at = 0;
        let mut letters = self.text.chars().filter(|c| !is_silent(*c) || is_horn(*c)).peekable();
        while let Some(letter) = letters.next() {
            if is_horn(letter) {
                continue;
            }
            let horned = matches!(glyph(letter), Glyph::Letter { shape: Some(Shape::Horn), .. })
                || letters.peek().copied().is_some_and(is_horn);
            let after_t = at > 0 && code.as_bytes().get(at - 1) == Some(&b't');
            if horned && after_t && code.as_bytes().get(at) == Some(&b'u') {
                code.replace_range(at..=at, "w");
            }
            at += usize::from(fold_char(letter).is_some());
        }
        code
    }

    /// True for units of the police and others that go by a letter and a number: `C46`, `P12`.
    pub(super) fn is_unit(&self) -> bool {
        let figures = self.folded.get(1..).unwrap_or_default();
        self.upper == 1
            && self.lower == 0
            && (2..=3).contains(&figures.len())
            && figures.bytes().all(|b| b.is_ascii_digit())
    }
}

fn is_horn(c: char) -> bool {
    matches!(glyph(c), Glyph::Combining { shape: Some(Shape::Horn), .. })
}

/// Brings the term of the National Assembly together that spaces or a hyphen part: `30/2009/QH 12`, `QH-14`.
pub(super) fn with_terms_joined<'a>(text: &'a str, mut tokens: Vec<Token<'a>>) -> Vec<Token<'a>> {
    let parted = |pair: &[Token<'_>]| {
        matches!(pair, [name, term] if matches!(name.gap, Gap::Tight('/' | '-')) && name.folded.ends_with("qh")
            && term.is_number() && term.folded.len() <= 2 && matches!(term.gap, Gap::Space | Gap::Tight('-')))
    };
    let Some(at) = tokens.windows(2).position(parted) else { return tokens };
    let term = tokens.remove(at + 1);
    if let Some(name) = tokens.get_mut(at) {
        name.folded += &term.folded;
        name.end = term.end;
        name.text = text.get(name.start..term.end).unwrap_or(name.text);
    }
    tokens
}

/// At most `most` tokens from byte `start` of the text on. `start` must be a char boundary, else there are none.
pub(super) fn tokens(text: &str, start: usize, most: usize) -> Vec<Token<'_>> {
    let mut found: Vec<Token<'_>> = Vec::new();
    let mut at = start;
    while found.len() < most {
        let Some(rest) = text.get(at..) else { break };
        let Some(skip) = rest.find(|c| fold_char(c).is_some()) else { break };
        let (between, rest) = rest.split_at_checked(skip).unwrap_or((rest, ""));
        let begin = at + skip;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let length = match digits {
            0 => rest.find(|c| fold_char(c).is_none() && !is_silent(c)).unwrap_or(rest.len()),
            _ => digits,
        };
        let (word, _) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let gap = if found.is_empty() { Gap::None } else { gap(between) };
        let upper = word.chars().filter(|c| is_upper(*c)).count();
        let letters = word.chars().filter(|c| !c.is_ascii_digit() && !is_silent(*c)).count();
        found.push(Token {
            gap,
            start: begin,
            end: begin + length,
            text: word,
            folded: word.chars().filter_map(fold_char).collect(),
            upper,
            lower: letters - upper,
        });
        at = begin + length;
    }
    found
}

fn gap(between: &str) -> Gap {
    let mut separator = None;
    let mut spaces = false;
    for c in between.chars() {
        match plain_separator(c) {
            Some(_) if separator.is_some() => return Gap::Break,
            Some(plain) => separator = Some(plain),
            None if is_space(c) => spaces = true,
            None => return Gap::Break,
        }
    }
    match (separator, spaces) {
        (Some(c), false) => Gap::Tight(c),
        (Some('&'), true) => Gap::Break,
        (Some(c), true) => Gap::Loose(c),
        (None, true) => Gap::Space,
        (None, false) => Gap::None,
    }
}

/// The separators of numbers in one form each: every dash is `-`, every slash `/`.
pub(super) fn plain_separator(c: char) -> Option<char> {
    match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Some('-'),
        '/' | '\u{2044}' | '\u{2215}' | '\u{FF0F}' => Some('/'),
        '&' => Some('&'),
        _ => None,
    }
}

/// Spaces inside one line.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}')
}

/// A digit or a letter with an ASCII base, folded; nothing for other characters.
pub(super) fn fold_char(c: char) -> Option<char> {
    match glyph(c) {
        Glyph::Letter { base, .. } if base.is_ascii() => Some(base),
        Glyph::Digit => Some(c),
        _ => None,
    }
}

/// True for what continues a word without being a letter: combining marks and invisible characters.
pub(super) fn is_silent(c: char) -> bool {
    matches!(glyph(c), Glyph::Combining { .. } | Glyph::Ignored)
}

fn is_upper(c: char) -> bool {
    matches!(glyph(c), Glyph::Letter { upper: true, .. })
}

/// Capitals of the letters that codes are written with.
pub(super) fn to_upper(c: char) -> char {
    match c {
        'đ' | 'ð' => 'Đ',
        'ư' => 'Ư',
        'ơ' => 'Ơ',
        'ô' => 'Ô',
        'ă' => 'Ă',
        'â' => 'Â',
        'ê' => 'Ê',
        _ => c.to_ascii_uppercase(),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn digits_part_from_the_letters_after_them() {
        let found = tokens("01KL – TW QH15", 0, 9);
        let shown: Vec<_> = found.iter().map(|t| (t.folded.as_str(), t.gap)).collect();
        let want = [("01", Gap::None), ("kl", Gap::None), ("tw", Gap::Loose('-')), ("qh15", Gap::Space)];
        assert_eq!(shown, want);
    }

    #[test]
    fn the_party_s_centre_is_no_province_s_committee() {
        let codes = |text: &str| tokens(text, 0, 9).iter().map(Token::code).collect::<Vec<_>>();
        assert_eq!(codes("TƯ TU BTCTƯ T\u{55}\u{31b} tư TƯĐTN"), ["tw", "tu", "btctw", "tw", "tw", "twdtn"]);
    }

    #[test]
    fn a_term_apart_from_its_assembly_is_joined() {
        let joined = |text: &'static str| {
            with_terms_joined(text, tokens(text, 0, 9)).into_iter().map(|t| t.folded).collect::<Vec<_>>()
        };
        assert_eq!(joined("30/2009/QH 12"), ["30", "2009", "qh12"]);
        assert_eq!(joined("1365/NQ-UBTVQH-14"), ["1365", "nq", "ubtvqh14"]);
        assert_eq!(joined("khóa QH 12"), ["khoa", "qh", "12"]);
    }

    #[test]
    fn decomposed_letters_fold_like_composed_ones() {
        assert_eq!(tokens("Ke\u{302}\u{301}t", 0, 1)[0].folded, "ket");
    }
}
