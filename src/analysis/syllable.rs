//! Vietnamese syllables: initial, rhyme and tone.
//!
//! The inventory is derived from the rules of Vietnamese spelling (initials × rhymes, and final stops taking only
//! the tones sắc and nặng), not from a word list. Some combinations it allows do not occur; none that occurs in
//! current native spelling is missing.

use super::fold::{Glyph, Shape, Tone, glyph};

/// Initials as written, longest first so that the first that fits is right; `gi` and `qu` are handled apart.
const INITIALS: [&str; 24] = [
    "ngh", "ch", "gh", "kh", "ng", "nh", "ph", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n", "p", "r", "s",
    "t", "v", "x",
];

/// Rhymes with the shapes of their letters that begin with a letter, between spaces.
fn rhymes(first: char) -> &'static str {
    match first {
        'a' => " a ac ach ai am an ang anh ao ap at au ay ",
        'ă' => " ăc ăm ăn ăng ăp ăt ",
        'â' => " âc âm ân âng âp ât âu ây ",
        'e' => " e ec em en eng eo ep et ",
        'ê' => " ê êc êch êm ên êng ênh êp êt êu ",
        'i' => " i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu ",
        'o' => {
            " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeng oeo oet oi om on ong ooc oong op ot "
        }
        'ô' => " ô ôc ôi ôm ôn ông ôp ôt ",
        'ơ' => " ơ ơi ơm ơn ơp ơt ",
        'u' => {
            " u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uêt uêu uơ uôc uôi uôm uôn uông uôp uôt uy uya uych uyêc uyên uyêt uyn uynh uyp uyt uyu "
        }
        'ư' => " ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu ",
        'y' => " y yêm yên yêng yêt yêu ynh ych yt yn yp yu ",
        _ => "",
    }
}

/// The same without marks. A rhyme that is only ever written with a shape (`uong`) is here and not above.
fn folded_only(first: char) -> &'static str {
    match first {
        'i' => " iec iem ien ieng iep iet ieu ",
        'u' => " uoc uoi uom uon uong uop uot uou ue uech uen uenh uet ueu uo uan uang uat uay uyec uyen uyet ",
        'y' => " yem yen yeng yet yeu ",
        'o' => " oac oam oan oang oat ",
        'e' => " eu ech enh ",
        _ => "",
    }
}

/// What a word is as Vietnamese spelling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// A syllable as written.
    Syllable,
    /// A syllable whose marks were dropped: with some marks it is one, as written it is none (`duong`, `hoc`).
    MarksDropped,
    /// Neither.
    Foreign,
}

/// Judges a word by its folded letters, the shapes of its letters and its tones.
///
/// `shapes` gives the position (in letters) and shape of each shaped letter, ascending; `tones` all tone marks.
#[must_use]
pub fn spelling(letters: &str, shapes: &[(usize, Shape)], tones: &[Tone]) -> Spelling {
    if !letters.is_ascii() || letters.len() > 7 || tones.len() > 1 {
        return Spelling::Foreign;
    }
    let stroke = matches!(shapes.first(), Some((0, Shape::Stroke)));
    let Some(rest) = split_initial(letters) else { return Spelling::Foreign };
    if stroke && !letters.starts_with('d') {
        return Spelling::Foreign;
    }
    let start = letters.len() - rest.len();
    let mut rhyme = [0u8; 16];
    let Some(length) = shaped(rest, start, shapes, &mut rhyme) else { return Spelling::Foreign };
    let Ok(rhyme) = std::str::from_utf8(&rhyme[..length]) else { return Spelling::Foreign };
    let stopped = rest.ends_with(['c', 'p', 't']) || rest.ends_with("ch");
    if listed(rhymes, rhyme) {
        return match (stopped, tones.first()) {
            (true, None) => Spelling::MarksDropped,
            (true, Some(Tone::Grave | Tone::Hook | Tone::Tilde)) => Spelling::Foreign,
            _ => Spelling::Syllable,
        };
    }
    if listed(folded_only, rest) && (tones.is_empty() || rhyme == rest) {
        return Spelling::MarksDropped;
    }
    Spelling::Foreign
}

/// What follows the initial; `None` when the letters cannot begin a syllable.
fn split_initial(letters: &str) -> Option<&str> {
    if let Some(rest) = letters.strip_prefix("qu") {
        return (!rest.is_empty()).then_some(rest);
    }
    // `gi` before a vowel is the initial; in gì, gìn, giếc the i is (also) the rhyme's.
    if let Some(rest) = letters.strip_prefix("gi")
        && rest.starts_with(['a', 'e', 'o', 'u', 'i', 'y'])
    {
        return Some(rest);
    }
    let rest = INITIALS.iter().find_map(|initial| letters.strip_prefix(initial)).unwrap_or(letters);
    rest.starts_with(['a', 'e', 'i', 'o', 'u', 'y']).then_some(rest)
}

/// Writes the rhyme with its shapes; the number of bytes, or `None` when a shape sits on a letter that cannot have it.
fn shaped(rest: &str, start: usize, shapes: &[(usize, Shape)], out: &mut [u8; 16]) -> Option<usize> {
    let mut length = 0;
    for (at, letter) in rest.bytes().enumerate() {
        let shape = shapes.iter().find(|(position, _)| *position == start + at).map(|(_, shape)| *shape);
        let c = match (letter, shape) {
            (_, None) => char::from(letter),
            (b'a', Some(Shape::Circumflex)) => 'â',
            (b'a', Some(Shape::Breve)) => 'ă',
            (b'e', Some(Shape::Circumflex)) => 'ê',
            (b'o', Some(Shape::Circumflex)) => 'ô',
            (b'o', Some(Shape::Horn)) => 'ơ',
            (b'u', Some(Shape::Horn)) => 'ư',
            _ => return None,
        };
        length += c.encode_utf8(out.get_mut(length..)?.get_mut(..c.len_utf8())?).len();
    }
    Some(length)
}

fn listed(list: fn(char) -> &'static str, rhyme: &str) -> bool {
    let list = rhyme.chars().next().map_or("", list);
    let (list, rhyme) = (list.as_bytes(), rhyme.as_bytes());
    list.windows(rhyme.len() + 2).any(|w| w[0] == b' ' && w[w.len() - 1] == b' ' && &w[1..w.len() - 1] == rhyme)
}

/// Whether two spellings of a whole syllable differ only in i and y (kĩ and kỹ): after h k l m t, and qu.
#[must_use]
pub fn y_means_i(letters: &str) -> bool {
    letters.len() < 4 && matches!(letters, "hy" | "ky" | "ly" | "my" | "ty" | "quy")
}

/// Writes a syllable from its folded letters, shapes and tone, the tone on the letter where today's spelling puts it.
///
/// Source of the rule: VIETNAMESE.md, section 2 (`hòa`, `thúy`: the older placement, which most portals write).
///
/// ```
/// use timdoc::analysis::fold::{Shape, Tone};
/// use timdoc::analysis::syllable::compose;
/// assert_eq!(compose("duong", &[(0, Shape::Stroke), (1, Shape::Horn), (2, Shape::Horn)], Some(Tone::Grave)), "đường");
/// assert_eq!(compose("hoa", &[], Some(Tone::Grave)), "hòa");
/// ```
#[must_use]
pub fn compose(letters: &str, shapes: &[(usize, Shape)], tone: Option<Tone>) -> String {
    let carrier = tone.map(|_| tone_position(letters, shapes));
    let mut out = String::with_capacity(letters.len() * 3);
    for (at, base) in letters.chars().enumerate() {
        let shape = shapes.iter().find(|(position, _)| *position == at).map(|(_, shape)| *shape);
        let tone = if carrier == Some(at) { tone } else { None };
        out.push(compose_char(base, shape, tone));
    }
    out
}

/// The letter that carries the tone.
fn tone_position(letters: &str, shapes: &[(usize, Shape)]) -> usize {
    if let Some((at, _)) = shapes.iter().rev().find(|(_, shape)| *shape != Shape::Stroke) {
        return *at;
    }
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let start = match split_initial(letters) {
        Some(rest) => letters.len() - rest.len(),
        None => letters.bytes().position(vowel).unwrap_or(0),
    };
    let vowels = letters.bytes().skip(start).take_while(|b| vowel(*b)).count();
    let closed = start + vowels < letters.len();
    match (vowels, closed) {
        (0 | 1, _) | (2, false) => start,
        _ => start + 1,
    }
}

/// The composed character of a letter, a shape and a tone; the letter alone when there is no such character.
fn compose_char(base: char, shape: Option<Shape>, tone: Option<Tone>) -> char {
    if shape.is_none() && tone.is_none() {
        return base;
    }
    let wanted = Glyph::Letter { base, shape, tone, upper: false };
    // ð reads like đ but is not how đ is written.
    ('\u{e0}'..='\u{1b0}').chain('\u{1ea1}'..='\u{1ef9}').find(|c| *c != 'ð' && glyph(*c) == wanted).unwrap_or(base)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::analysis::tokenize::word;

    fn judge(text: &str) -> Spelling {
        let word = word(text).unwrap();
        spelling(&word.letters, &word.shapes, &word.tones)
    }

    #[test]
    fn syllables_of_all_shapes_are_known() {
        let syllables = "học tập và làm theo tư tưởng đạo đức phong cách nghiêng khuya quốc quyết giếng gì giữa \
            thuở khuỷu ngoằn loằng xoong uỷ yêu hoà thuý quý ý a ơi đường nghỉ tuyên truyền người ương luật";
        for text in syllables.split_whitespace() {
            assert_eq!(judge(text), Spelling::Syllable, "{text}");
        }
    }

    #[test]
    fn dropped_marks_are_seen_where_spelling_shows_them() {
        for text in ["hoc", "tap", "duong", "tâp", "quyet", "nguyen", "cach", "viet"] {
            assert_eq!(judge(text), Spelling::MarksDropped, "{text}");
        }
    }

    #[test]
    fn foreign_words_are_no_syllables() {
        for text in ["facebook", "you", "phone", "covid", "zalo1", "trump", "wto", "học2", "câfê"] {
            assert_eq!(judge(text), Spelling::Foreign, "{text}");
        }
    }

    #[test]
    fn stops_take_only_two_tones() {
        assert_eq!(judge("cạch"), Spelling::Syllable);
        assert_eq!(judge("càch"), Spelling::Foreign);
        assert_eq!(judge("mảt"), Spelling::Foreign);
    }

    #[test]
    fn composing_gives_back_what_was_taken_apart() {
        let words = "học tập đường nghiêng quyết giếng của hòa thúy khuỷu người tuyên truyền quý già thuở khỏe mùa cười \
            khuya hoàn toàn tiếng bìa ngoáy ủy gì";
        for text in words.split_whitespace() {
            let word = word(text).unwrap();
            assert_eq!(compose(&word.letters, &word.shapes, word.tones.first().copied()), text);
        }
    }
}
