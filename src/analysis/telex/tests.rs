use proptest::prelude::*;

use super::*;
use crate::analysis::tokenize::{Word, word};

/// English words, names and abbreviations a portal's readers may type.
const ENGLISH: &str = "\
    a able about account action add address admin after again agency agree air album all also amazon and android \
    any app apple area army art as asia ask asset at auto award away baby back bad bag ball band bank banner bar \
    base basic bass be beach beef been beer bees best bet better big bill bitcoin black block blog blue board \
    body bonus book boom boost boots born boss bot both bow box boy brand bring brown browser budget bug build \
    bus business but buy by bye cafe call camera can canada cap car card care career case cash cat center ceo \
    chair chat cheap check cheer chef child china choose chrome city class clear click clip close cloud club \
    coach code coffee coins cold college come compass computer contact cook cool copy corn corner cost count \
    course court cover covid cows credit crisis css cup customer dad daily dance data date dawn day days ddos \
    deal deeds deep deer design desk did digital discount do doc doctor dog doji dojo domain door down download \
    downs draw dress drive drop duck dust early ease east easy ebay edge editor email end english enjoy error \
    euro event every excel exit express face facebook fan farm fast fax feed feel few file film find first fish \
    fix flash floor flow fly food foot football for form forum free friend from fun fund game gas gift girl give \
    glass go goal gold golf good google goose gps great green group guide had hair haji half hall hand happy \
    hard has have he head health hear heart hello help her here hers high his home honda host hot hotel hour \
    hours house how html huawei hub huw ice idea if image in index info input intel internet invest iphone is \
    japan java jazz jeans job join json just keep keeps key keys kid kids kill king know kpop lamp land laptop \
    last late law lawn lead learn led left lens less let level library life light like line link linux list live \
    loans local login logo long look loops loss lost lots love low lows mail major mama man manager many map \
    market mass master match max may me media meet meets memory men menu mess message meta methods microsoft \
    miss mobile mode model mojo momo money moon moons more most motor mouse move movie music my name names need \
    net never new news next nice night nike nissan no none noon nor not note notes now ocean of off office oil \
    old on one online oops open oppo or order other our out own owns page pages paint panel papa paper park part \
    party pass past pay pdf people pepsi per phone photo pieces pin pizza place plan play plus pms point pool \
    poor pop port post power premium press price print pro problem product program project proof pub public push \
    queen queens queues quick quiz radio rain raj ram rank rate read real red rest review rich right ring road \
    robot rock role roof room rooms root roots rows run russia safe sale sales same samsung save saw say school \
    search seat see seem seems seen sees self sell send seo series server service set seven sex share she shop \
    short show sign sim site six size sky sms so social soft solar some son song songs sony soon sort sound soup \
    space spam sport spring star start state status stay steam steel still stop store story stream street \
    student studio style sum sun super support sure swan switch sworn system table tablet take talk tax taxi tea \
    team tech teen teens tell ten term tesla test text than thanks that the their them then there these they \
    thief things this three thus tie tiktok time tip to today tomorrow too tools top topic total tour tours tow \
    town towns toy toyota trade train transfer travel tree trees trip trojan truck true trump trust try turn \
    twin twitter two type uber ubnd unit up update us usa usb usd user value van versus very vest via video \
    viettel view vip virus visa visit vow vows wall want war was watch water wave way web week well west what \
    when who wifi will win window windows with word work world worm worn wow wto www yahoo yamaha year yes yoga \
    you young your youtube zalo zero zoo zoom";

/// Abbreviations and names with digits, and words with a number glued to them.
const NUMBERED: &str = "\
    covid19 h5n1 b52 f0 f1 vtv1 htv9 g7 u23 u20 u17 u19 a80 tv5 mp3 co2 pm25 so2 q9 q1 t4 thu2 thu7 \
    lop6 lop12 khoi7 khoi12 quy1 quy4 nam2 nam2025 bai1 tuan5 thang6 thang12 ngay6 phuong7 phuong17 quan1 quan12 \
    to7 i5 i7 o7 a1 e6 cap3 h2o qh15 n95 web3 win10 win7 4g 5g 3d mi8 s7 a6 d9 m4a ps5 doi6 toan8 top10 k12";

/// Those whose letters are keys too or reach into the rhyme, and some others.
const INITIALS: &str = "c d đ g gi h m ngh ph qu r s th tr x";

const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em \
    en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oa oac \
    oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm \
    ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uôc uôi uôm uôn \
    uông uôt uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y \
    yêm yên yêng yêt yêu";

/// A way of typing.
#[derive(Debug, Clone, Copy)]
struct Habit {
    vni: bool,
    /// One `w` or `7` for ươ.
    one_horn: bool,
    /// All shapes at the end, before the tone.
    late_shapes: bool,
    /// The tone right after the vowels, not at the end.
    early_tone: bool,
}

fn habits() -> impl Iterator<Item = Habit> {
    (0..16).map(|bits| Habit {
        vni: bits & 1 != 0,
        one_horn: bits & 2 != 0,
        late_shapes: bits & 4 != 0,
        early_tone: bits & 8 != 0,
    })
}

fn strike(word: &Word, tone: Option<Tone>, habit: Habit) -> String {
    let letters = word.letters.as_bytes();
    let tone_key = tone.map_or("", |tone| {
        let at = (tone as usize - 1) * 2 + usize::from(habit.vni);
        &"f2s1r3x4j5"[at..=at]
    });
    let initial = if word.letters.starts_with("qu") { 2 } else { 0 };
    let vowels = |b: &u8| b"aeiouy".contains(b);
    let from = letters.iter().skip(initial).position(vowels).unwrap() + initial;
    let tone_at = from + letters[from..].iter().take_while(|b| vowels(b)).count();
    let (mut keys, mut late) = (String::new(), String::new());
    for (at, letter) in word.letters.char_indices() {
        if habit.early_tone && !habit.late_shapes && at == tone_at {
            keys.push_str(tone_key);
        }
        keys.push(letter);
        let shape = word.shapes.iter().find(|(position, _)| *position == at).map(|(_, shape)| *shape);
        let pair = (habit.one_horn || habit.late_shapes) && word.letters[at..].starts_with("uo");
        let key = match (shape, habit.vni) {
            (None, _) => continue,
            (Some(Shape::Horn), _) if pair => continue,
            (Some(Shape::Circumflex | Shape::Stroke), false) => letter,
            (_, false) => 'w',
            (Some(Shape::Circumflex), _) => '6',
            (Some(Shape::Horn), _) => '7',
            (Some(Shape::Breve), _) => '8',
            (Some(Shape::Stroke), _) => '9',
        };
        if habit.late_shapes { late.push(key) } else { keys.push(key) }
    }
    if habit.late_shapes || !habit.early_tone || tone_at == letters.len() {
        return keys + &late + tone_key;
    }
    keys + &late
}

fn text(typed: &str) -> Option<String> {
    decode(typed).map(|decoded| decoded.text)
}

fn check(cases: &str) {
    for (typed, expected) in cases.split_whitespace().filter_map(|case| case.split_once('=')) {
        assert_eq!(text(typed).as_deref(), (expected != "-").then_some(expected), "{typed}");
    }
}

fn strong(words: &str) -> Vec<&str> {
    words.split_whitespace().filter(|typed| decode(typed).is_some_and(|decoded| decoded.strong)).collect()
}

#[test]
fn telex_spells_syllables() {
    check("hocj=học taapj=tập nghieengs=nghiếng nguwowif=người dduwowngf=đường nawm=năm toans=toán lamf=làm");
    check("vieetj=việt nuwowcs=nước tuw=tư gif=gì quoocs=quốc quaanf=quần quowf=quờ giuwx=giữ yeeu=yêu");
}

#[test]
fn vni_spells_syllables() {
    check("hoc5=học tap65=tập nghieng6=nghiêng d9u7o7ng2=đường nga4=ngã nu7o7c1=nước na8m=năm d9o6ng=đông");
}

#[test]
fn marks_may_come_late() {
    check("tapaj=tập vietej=việt dangd=đang duongw=dương duongwfd=đường hojc=học ngafy=ngày hocoj=hộc");
    check("ho5c=học ta65p=tập ta6p5=tập tap56=tập d9uong72=đường duong792=đường duong279=đường tienesg=tiếng");
}

#[test]
fn one_horn_is_enough_for_both() {
    check("duongw=dương duowng=dương duwong=dương duwowng=dương d9uo7ng=đương cuu7=cưu huouw=hươu");
}

#[test]
fn an_open_uo_has_its_horn_on_the_o() {
    check("thuowr=thuở thuwowr=thuở thuo73=thuở huow=huơ");
}

#[test]
fn w_alone_is_u_with_a_horn() {
    check("nhwng=nhưng nwowcs=nước twf=từ wowngs=ướng");
}

#[test]
fn w_finds_its_letter() {
    check("cuawr=cửa muaw=mưa luuw=lưu guiwr=gửi xoawn=xoăn hoanwf=hoằn quawng=quăng moiws=mới caaus=cấu");
}

#[test]
fn the_same_vowel_twice_may_be_just_that() {
    check("ngoeof=ngoèo ngoaos=ngoáo ngoeo2=ngoèo");
}

#[test]
fn z_takes_the_tone_away() {
    check("hoaifz=hoai hoaifzs=hoái hocjz=- maz=-");
}

#[test]
fn capitals_are_read_as_small_letters() {
    check("HOCJ=học Dduwowngf=đường TAP65=tập");
}

#[test]
fn without_a_mark_nothing_is_decoded() {
    check("ta=- nguyen=- hoa=- covid=- 19=- 2025=- a=-");
}

#[test]
fn a_mark_typed_again_refuses_the_word() {
    check("hoss=- class=- tass=- www=- toow=- aaa=- u23=- hoc55=- tap665=- dddi=- duoww=-");
}

#[test]
fn final_stops_take_two_tones() {
    check("hocf=- hocr=- hocx=- hoc=- hocs=hóc cachj=cạch mats2=- mat3=- taap=-");
}

#[test]
fn the_two_methods_do_not_mix() {
    check("hoocj=hộc too5=- ddi2=- hocj5=-");
}

#[test]
fn what_is_no_word_of_ascii_letters_and_digits_is_refused() {
    check("họcj=- học=- hoc-5=- nghieengsnghieengs=-");
    for typed in ["", "s", "hoc j", "hocj ", "đi2", "\u{0}1"] {
        assert_eq!(decode(typed), None, "{typed}");
    }
}

#[test]
fn words_of_the_portal_are_left_alone() {
    let words = "facebook class news video album pass boss miss google zoom www ubnd covid19 h5n1 b52 f0 vtv1 \
        htv9 g7 u23 u20 a80 tv5 mp3 pm25 q9 t4";
    for typed in words.split_whitespace() {
        assert_eq!(decode(typed), None, "{typed}");
    }
}

#[test]
fn english_words_are_weak_at_most() {
    assert_eq!(strong(ENGLISH), [""; 0]);
    assert_eq!(strong(NUMBERED), [""; 0]);
}

#[test]
fn keys_no_other_language_strikes_are_strong() {
    let words = "hocj hojc taapj dduwowngf nguwowif tieengs nghieengs vieetj nuwowcs ddaangr ddangr duongwf trowif \
        mowis toois tap65 d9u7o7ng2 d9uong72 d9a8ng";
    assert_eq!(strong(words).join(" "), words);
}

#[test]
fn a_word_of_one_tone_is_weak() {
    assert_eq!(strong("as hos lamf toans nams so2 thu2 hoc5 tan1 uwr raj ddi ddif"), [""; 0]);
}

#[test]
fn every_syllable_comes_back_however_it_is_typed() {
    let mut seen = 0;
    let initials = std::iter::once("").chain(INITIALS.split_whitespace());
    for initial in initials {
        for rhyme in RHYMES.split_whitespace() {
            let word = word(&format!("{initial}{rhyme}")).unwrap();
            for tone in TONES.map(Some).into_iter().chain([None]) {
                if spelling(&word.letters, &word.shapes, tone.as_slice()) != Spelling::Syllable {
                    continue;
                }
                seen += 1;
                let expected = compose(&word.letters, &word.shapes, tone);
                for habit in habits() {
                    let typed = strike(&word, tone, habit);
                    let decoded = text(&typed);
                    let marked = typed != word.letters;
                    assert_eq!(decoded.as_ref(), marked.then_some(&expected), "{typed} {habit:?}");
                }
            }
        }
    }
    assert!(seen > 8_000, "{seen}");
}

proptest! {
    #[test]
    fn what_is_decoded_is_a_syllable(typed in "[a-zA-Z0-9]{0,13}|[aeouwdsfrxjzngthcqi1-9]{2,8}|.{0,12}") {
        if let Some(decoded) = decode(&typed) {
            let word = word(&decoded.text).unwrap();
            prop_assert_eq!(spelling(&word.letters, &word.shapes, &word.tones), Spelling::Syllable);
        }
    }
}
