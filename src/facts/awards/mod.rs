//! Which commendations does an article report: how many collectives and individuals, by whom, in which form?
//!
//! A commendation is a number with *tập thể* or *cá nhân* that a word of commending governs: before it in the sentence
//! (`tặng giấy khen cho 56 tập thể và 87 cá nhân`, `biểu dương 32 gương tập thể`) or after it (`05 tập thể được khen
//! thưởng`). Numbers of both kinds that stand together are one award; `3 tập thể, cá nhân` is one number for both.
//! Prizes of contests, gifts, and those who only take part are none. An award told again, in the lead, the body or a
//! caption, is one.
//!
//! The giver is who the form is *of* (`bằng khen của UBND tỉnh`), else the post or body that the verb follows. Forms
//! are those of the Law on Emulation and Commendation (06/2022/QH15), and *biểu dương*, *tuyên dương* and the like.
//!
//! | file | answers |
//! | --- | --- |
//! | `numbers` | where does a text count collectives and individuals? |
//! | `giving` | which words of commending govern a number, and who gives? |

mod giving;
mod numbers;

use std::ops::Range;

use super::people::one_spaced;
use super::words::Words;
use super::{Award, Mention, Place, PlaceRole};
use giving::{FORMS, giving};
use numbers::groups;

/// The most awards that are told apart in one article.
const MOST_AWARDS: usize = 200;

/// The awards an article reports.
pub(super) fn awards(texts: &[Words<'_>], places: &[Place], names: &[Vec<Range<usize>>]) -> Vec<Award> {
    let mut awards: Vec<Award> = Vec::new();
    for (words, names) in texts.iter().zip(names) {
        for group in groups(words) {
            let Some(giving) = giving(words, &group, names) else { continue };
            let span = words.span(group.words.clone());
            let award = Award {
                text: one_spaced(words.slice(group.words.clone())),
                collectives: group.collectives,
                individuals: group.individuals,
                together: group.together,
                giver: giving.giver,
                form: Some(giving.form.to_owned()),
                place: place_at(words, &span, places),
                mentions: vec![Mention { part: words.part, span }],
            };
            let room = awards.len() < MOST_AWARDS;
            match awards.iter_mut().find(|known| is_same(known, &award)) {
                Some(known) => tell_again(known, award),
                None if room => awards.push(award),
                None => {}
            }
        }
    }
    awards
}

/// The subject's place named last before the numbers, in the text or before it.
fn place_at(words: &Words<'_>, span: &Range<usize>, places: &[Place]) -> Option<String> {
    let before = |mention: &&Mention| (mention.part, mention.span.start) <= (words.part, span.start);
    let subjects = places.iter().filter(|place| place.role == PlaceRole::Subject);
    let last = subjects.filter_map(|place| Some((place, place.mentions.iter().rev().find(before)?)));
    last.max_by_key(|(_, mention)| (mention.part, mention.span.start)).map(|(place, _)| place.name.clone())
}

fn is_paper(form: Option<&str>) -> bool {
    form.is_some_and(|form| FORMS.contains(&form))
}

/// Whether two statements tell of one award.
fn is_same(known: &Award, again: &Award) -> bool {
    let numbers = |award: &Award| [award.collectives, award.individuals, award.together];
    let agree = numbers(known).iter().zip(numbers(again)).all(|(a, b)| a.is_none() || b.is_none() || *a == b);
    let equal = numbers(known) == numbers(again);
    let shared = numbers(known).iter().zip(numbers(again)).any(|(a, b)| a.is_some() && *a == b);
    let other_paper = is_paper(known.form.as_deref()) && is_paper(again.form.as_deref()) && known.form != again.form;
    let other_giver = known.form == again.form
        && matches!((&known.giver, &again.giver), (Some(a), Some(b)) if !a.contains(b.as_str()) && !b.contains(a.as_str()));
    let other_text = known.mentions.iter().any(|m| again.mentions.iter().all(|n| m.part != n.part));
    let other_place = known.place.is_some() && again.place.is_some() && known.place != again.place;
    !other_paper
        && (equal && !other_giver && (other_text || !other_place)
            || agree && shared && other_text && !other_giver && !other_place)
}

/// Adds what a further statement of an award says.
fn tell_again(known: &mut Award, again: Award) {
    known.collectives = known.collectives.or(again.collectives);
    known.individuals = known.individuals.or(again.individuals);
    if !is_paper(known.form.as_deref()) && is_paper(again.form.as_deref()) {
        known.form = again.form;
    }
    known.giver = known.giver.take().or(again.giver);
    known.place = known.place.take().or(again.place);
    known.mentions.extend(again.mentions);
}
