//! The passage that shows best why an article answers.

use std::ops::Range;

use super::Piece;
use super::highlight::{Found, Meant, cut};
use crate::article::Article;

/// About how many bytes a snippet has: some 200 letters.
const LENGTH: usize = 260;
/// Between two passages.
const GAP: &str = " … ";

/// The snippet of an article: one passage, or two when they show more of what was asked. `found` is what was meant in
/// each of its [`texts`].
#[must_use]
pub fn snippet(article: &Article, found: &[Vec<Found>], meant: &Meant) -> Vec<Piece> {
    let texts: Vec<&str> = texts(article).collect();
    let mut passages: Vec<Passage<'_>> = Vec::new();
    for (at, found) in found.iter().enumerate() {
        passages.extend(best_window(found, meant, &[]).map(|window| Passage { at, window, found }));
    }
    let best = passages.iter().max_by(|a, b| a.window.score.total_cmp(&b.window.score).then(b.at.cmp(&a.at)));
    let Some(best) = best else {
        return texts.first().map(|text| show(text, start(text), &[])).unwrap_or_default();
    };
    let seen: Vec<usize> = best.window.words.clone();
    let more = passages
        .iter()
        .filter(|passage| passage.at != best.at)
        .filter_map(|passage| Some((passage, best_window(passage.found, meant, &seen)?)))
        .max_by(|a, b| a.1.score.total_cmp(&b.1.score).then(b.0.at.cmp(&a.0.at)));
    let half = if more.is_some() { LENGTH / 2 } else { LENGTH };
    let mut first = show_window(texts[best.at], &best.window, best.found, half);
    let Some((second, window)) = more else { return first };
    let mut second_pieces = show_window(texts[second.at], &window, second.found, half);
    let (mut pieces, mut rest) = if best.at < second.at {
        (first, second_pieces)
    } else {
        (std::mem::take(&mut second_pieces), std::mem::take(&mut first))
    };
    let joined = |pieces: &[Piece]| pieces.last().is_some_and(|piece| piece.text.ends_with('…'));
    if !joined(&pieces) {
        pieces.push(Piece { text: GAP.to_owned(), hit: false });
    } else {
        pieces.push(Piece { text: " ".to_owned(), hit: false });
    }
    if let Some(piece) = rest.first_mut().filter(|piece| !piece.hit) {
        piece.text = piece.text.trim_start_matches('…').to_owned();
    }
    // Of a passage that begins with a found word only the ellipsis stood before it.
    pieces.extend(rest.into_iter().filter(|piece| !piece.text.is_empty()));
    pieces
}

/// The texts of an article a reader sees, the lead first.
pub fn texts(article: &Article) -> impl Iterator<Item = &str> {
    article.lead.as_deref().into_iter().chain(article.blocks.iter().map(|block| block.text.as_str()))
}

struct Passage<'f> {
    at: usize,
    window: Window,
    found: &'f [Found],
}

/// Found words that lie near each other.
struct Window {
    span: Range<usize>,
    words: Vec<usize>,
    score: f32,
}

/// The window of [`LENGTH`] bytes with the most of what was meant, words already `seen` not counted.
fn best_window(found: &[Found], meant: &Meant, seen: &[usize]) -> Option<Window> {
    let mut best: Option<Window> = None;
    for (first, from) in found.iter().enumerate() {
        let mut words: Vec<usize> = Vec::new();
        let (mut score, mut end, mut last_end) = (0.0, from.span.end, usize::MAX);
        for next in found[first..].iter().take_while(|next| next.span.end - from.span.start <= LENGTH / 2 * 3 / 2) {
            let weight = meant.weight(next.word);
            if !words.contains(&next.word) && !seen.contains(&next.word) {
                score += weight;
                words.push(next.word);
            }
            // Words side by side are what was meant more likely than the same words apart.
            if last_end != usize::MAX && next.span.start <= last_end + 2 {
                score += weight * 0.5;
            }
            last_end = next.span.end;
            end = next.span.end;
        }
        let new = words.iter().any(|word| !seen.contains(word));
        if new && best.as_ref().is_none_or(|best| score > best.score) {
            best = Some(Window { span: from.span.start..end, words, score });
        }
    }
    best
}

fn show_window(text: &str, window: &Window, found: &[Found], length: usize) -> Vec<Piece> {
    let room = length.saturating_sub(window.span.len());
    let start = start_before(text, window.span.start, room / 3);
    let end = end_after(text, window.span.end, (start + length).max(window.span.end) - window.span.end);
    show(text, start..end, found)
}

/// The first bytes of a text.
fn start(text: &str) -> Range<usize> {
    0..end_after(text, 0, LENGTH)
}

/// A range in pieces, with an ellipsis where the text goes on.
fn show(text: &str, range: Range<usize>, found: &[Found]) -> Vec<Piece> {
    let mut pieces = cut(text, range.clone(), found);
    let dots = |pieces: &mut Vec<Piece>, at_end: bool| {
        let side = if at_end { pieces.last_mut() } else { pieces.first_mut() };
        match side.filter(|piece| !piece.hit) {
            Some(piece) if at_end => piece.text = [piece.text.trim_end(), "…"].concat(),
            Some(piece) => piece.text = ["…", piece.text.trim_start()].concat(),
            None if at_end => pieces.push(Piece { text: "…".into(), hit: false }),
            None => pieces.insert(0, Piece { text: "…".into(), hit: false }),
        }
    };
    if range.start > 0 {
        dots(&mut pieces, false);
    }
    if range.end < text.trim_end().len() {
        dots(&mut pieces, true);
    }
    pieces
}

/// A place up to `room` bytes before `at` where a sentence or at least a word begins.
fn start_before(text: &str, at: usize, room: usize) -> usize {
    let from = (at.saturating_sub(room)..=at).find(|at| text.is_char_boundary(*at)).unwrap_or(at);
    if from == 0 {
        return 0;
    }
    let before = text.get(from..at).unwrap_or("");
    if let Some(end) = before.as_bytes().windows(2).rposition(|two| two == b". ") {
        return from + end + 2;
    }
    before.find(' ').map_or(at, |space| from + space + 1)
}

/// A place up to `room` bytes after `at` where a word ends.
fn end_after(text: &str, at: usize, room: usize) -> usize {
    let limit = at.saturating_add(room).min(text.len());
    if limit == text.len() {
        return limit;
    }
    let to = (at..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(at);
    let after = text.get(at..to).unwrap_or("");
    after.rfind(' ').map_or(to, |space| at + space)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::article::{Block, BlockKind};
    use crate::query::parse::Query;
    use proptest::prelude::*;

    fn pieces(query: &str, blocks: &[&str]) -> Vec<Piece> {
        let blocks = blocks.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
        let article = Article { blocks, ..Article::default() };
        let mut meant = Meant::new(&Query::parse(query, false).unwrap(), |_| 1.0);
        let found: Vec<Vec<Found>> = texts(&article).map(|text| meant.find(text)).collect();
        snippet(&article, &found, &meant)
    }

    fn show(query: &str, blocks: &[&str]) -> String {
        let piece = |piece: Piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text };
        pieces(query, blocks).into_iter().map(piece).collect()
    }

    #[test]
    fn the_passage_with_most_of_the_query_is_shown() {
        let shown = show("bão lũ", &["Tin đầu nói về bão.", "Tin sau nói về bão lũ ở miền núi."]);
        assert_eq!(shown, "Tin sau nói về [bão lũ] ở miền núi.");
    }

    #[test]
    fn two_passages_are_joined_when_they_show_more() {
        let shown = show("bão sạt", &["Tin đầu nói về bão.", "Tin sau nói về sạt lở."]);
        assert_eq!(shown, "Tin đầu nói về [bão]. … Tin sau nói về [sạt] lở.");
    }

    #[test]
    fn no_piece_is_empty_when_the_second_passage_begins_with_a_found_word() {
        let second = format!("{} sạt lở", "x".repeat(200));
        let pieces = pieces("bão sạt", &["Tin đầu nói về bão.", &second]);
        assert!(pieces.iter().any(|piece| piece.hit && piece.text == "sạt"), "{pieces:?}");
        assert!(pieces.iter().all(|piece| !piece.text.is_empty()), "{pieces:?}");
    }

    #[test]
    fn without_a_word_in_the_text_its_beginning_is_shown() {
        assert_eq!(show("khác", &["Mở đầu của bài."]), "Mở đầu của bài.");
    }

    #[test]
    fn a_long_text_is_cut_at_words() {
        let text = format!("{} mốc {}", "trước ".repeat(100), "sau ".repeat(100));
        let shown = show("mốc", &[&text]);
        assert!(shown.starts_with("…trước") && shown.ends_with("sau…") && shown.contains("[mốc]"), "{shown}");
        assert!(shown.len() < LENGTH + 20);
    }

    proptest! {
        #[test]
        fn any_text_has_a_snippet(text in "\\PC{0,600}", word in "\\PC{1,8}") {
            let _ = show(&word, &[&text, &text]);
        }
    }
}
