//! How much of a text is another: the harmonic mean of precision and recall of its words, as bags.

use std::collections::HashMap;

/// 1.0 for texts of the same words, 0.0 for texts with none in common.
pub fn token_f1(found: &str, wanted: &str) -> f64 {
    let words = |text: &str| {
        let mut counts: HashMap<String, usize> = HashMap::new();
        let folded = text.to_lowercase();
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
        counts
    };
    let (found, wanted) = (words(found), words(wanted));
    let common: usize = found.iter().map(|(word, n)| wanted.get(word).map_or(0, |m| *n.min(m))).sum();
    let (all_found, all_wanted): (usize, usize) = (found.values().sum(), wanted.values().sum());
    if common == 0 { 0.0 } else { 2.0 * common as f64 / (all_found + all_wanted) as f64 }
}
