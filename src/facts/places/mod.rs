//! Which units of administration does an article name, and which are those it reports from?
//!
//! | file | answers |
//! | --- | --- |
//! | `find` | where does a text name a unit? |
//! | `teams` | which provinces are teams in an article on football? |
//! | `gazetteer` | which units are there, and what became of them? |
//!
//! # Which unit is meant
//!
//! Names repeat: there are twenty-two communes *Tân Bình*. A name means the unit whose district or province the article
//! names too, of the version in force on the day it was published; where that leaves more than one, the place stays
//! without province and without units of today.
//!
//! # Which places the article is about
//!
//! [`PlaceRole::Subject`] are the units named in the title, the lead, the source before it, or a paragraph that opens
//! a report with a day (where these name none: by the first words that name one); those named at least three times and
//! half as often as any; those that lie in one of them, and those that hold one of them. A unit named only inside a post ("cơ quan thường trực tại thành phố …") or
//! as the body that issued a document is [`PlaceRole::Mentioned`], as is all else.

mod find;
mod gazetteer;
mod teams;

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::article::{Article, Day};

use super::signs;
use super::words::{Gap, Words};
use super::{Mention, Part, Place, PlaceKind, PlaceRole};
use find::Found;
pub(super) use find::type_words;
use gazetteer::{Gazetteer, UnitId, gazetteer, level, with_type};

/// Whether a name, in small letters with single spaces, is that of a province.
pub(super) fn is_province(name: &str) -> bool {
    let all = gazetteer();
    all.named(name).iter().any(|unit| all.kind(*unit) == PlaceKind::Province)
}

/// The first day of the units of today, 1 July 2025, as days since 1970.
const REFORM: Day = Day(20_270);

/// How far an opening without a lead goes on after the first unit it names, in bytes.
const OPENING: usize = 300;

/// How often a unit is named that an article is about.
const OFTEN: usize = 3;

/// The most units that are told apart in one article.
const MOST_PLACES: usize = 1000;

/// Units found in the texts of an article, before it is clear what they are to it.
pub(super) struct Found0 {
    groups: Vec<Group>,
}

/// One unit's mentions.
struct Group {
    codes: &'static str,
    name: String,
    units: Vec<UnitId>,
    typed: bool,
    /// Text and words.
    mentions: Vec<(usize, Range<usize>)>,
}

/// The units in the texts of an article.
pub(super) fn find(article: &Article, texts: &[Words<'_>]) -> Found0 {
    let all = gazetteer();
    let mut groups: Vec<Group> = Vec::new();
    let mut by_name: FxHashMap<(char, String), usize> = FxHashMap::default();
    let mut open = Vec::new();
    let mut by_text = Vec::with_capacity(texts.len());
    for (text, words) in texts.iter().enumerate() {
        let (found, lacking) = find::find(words, all);
        by_text.push(found);
        open.extend(lacking.into_iter().map(|found| (text, found)));
    }
    teams::leave_out(texts, &mut by_text, all);
    for (text, found) in by_text.into_iter().enumerate() {
        found.into_iter().for_each(|found| add(&mut groups, &mut by_name, text, found, all));
    }
    // What the gazetteer lacks counts when the article elsewhere says what it belongs to.
    for (text, found) in open {
        if by_name.contains_key(&(found.codes.chars().last().unwrap_or('r'), found.key.clone())) {
            add(&mut groups, &mut by_name, text, found, all);
        }
    }
    resolve(article, &mut groups, all);
    Found0 { groups }
}

fn add(
    groups: &mut Vec<Group>,
    by_name: &mut FxHashMap<(char, String), usize>,
    text: usize,
    found: Found,
    all: &Gazetteer,
) {
    let Found { words, codes, key, name, units, typed } = found;
    // A province and a town may share a name and the word "thành phố": they stay apart by what is typed.
    let province = units.iter().any(|unit| all.kind(*unit) == PlaceKind::Province);
    let code = if province { 'P' } else { codes.chars().last().unwrap_or('r') };
    let at = *by_name.entry((code, key)).or_insert(groups.len());
    if at == groups.len() {
        if groups.len() < MOST_PLACES {
            groups.push(Group { codes, name, units, typed, mentions: vec![(text, words)] });
        }
    } else if let Some(group) = groups.get_mut(at) {
        group.mentions.push((text, words));
        if typed && !group.typed {
            (group.typed, group.codes) = (true, codes);
        }
    }
}

/// Leaves each group the unit it means, or several when it is not clear.
fn resolve(article: &Article, groups: &mut [Group], all: &Gazetteer) {
    let day = article.published.as_ref().or(article.event.as_ref()).map(|date| date.day);
    let is_new = day.is_some_and(|day| day >= REFORM);
    // All that is named: what lies in one of these is preferred.
    let mut named: Vec<UnitId> = groups
        .iter()
        .filter(|g| level(first(g.codes)) != PlaceKind::Commune)
        .flat_map(|g| g.units.iter().copied())
        .collect();
    named.sort_unstable();
    let score = |unit: UnitId| {
        let above: i32 = all
            .above(unit)
            .map(|up| {
                i32::from(named.binary_search(&up).is_ok()) * if all.kind(up) == PlaceKind::District { 3 } else { 2 }
            })
            .sum();
        let version = i32::from(all.unit(unit).is_some_and(|u| u.new == is_new));
        above * 2 + version
    };
    for group in groups {
        let Some(best) = group.units.iter().map(|unit| score(*unit)).max() else { continue };
        let province = group.units.iter().any(|unit| all.kind(*unit) == PlaceKind::Province);
        // "thành phố Huế" of 2016 was a town; "thành phố Hải Phòng" is one unit in both versions.
        group.units.retain(|unit| score(*unit) == best && (!province || all.kind(*unit) == PlaceKind::Province));
        let has_context = best >= 4;
        // Without any context a commune of a name borne once may still be another, older one of that name.
        if group.units.len() > 1 && !has_context && level(first(group.codes)) == PlaceKind::Commune {
            group.units.clear();
        }
    }
}

fn first(codes: &str) -> char {
    codes.chars().next().unwrap_or('r')
}

impl Found0 {
    /// For each text the words that places take, ascending.
    pub(super) fn taken(&self, texts: usize) -> Vec<Vec<Range<usize>>> {
        let mut taken = vec![Vec::new(); texts];
        for (text, words) in self.groups.iter().flat_map(|group| &group.mentions) {
            if let Some(list) = taken.get_mut(*text) {
                list.push(words.clone());
            }
        }
        taken.iter_mut().for_each(|list: &mut Vec<Range<usize>>| list.sort_by_key(|words| words.start));
        taken
    }

    /// The places, with what they are to the article. `aside` holds, for each text, the words of posts and of bodies
    /// that issued documents.
    pub(super) fn places(self, texts: &[Words<'_>], aside: &[Vec<Range<usize>>]) -> Vec<Place> {
        let all = gazetteer();
        let is_aside = |(text, words): &(usize, Range<usize>)| {
            aside
                .get(*text)
                .is_some_and(|posts| posts.iter().any(|post| post.start <= words.start && words.start < post.end))
        };
        let front = front(texts);
        let fronts: Vec<bool> = self
            .groups
            .iter()
            .map(|group| group.mentions.iter().any(|mention| !is_aside(mention) && front(mention)))
            .collect();
        let mut subject: Vec<bool> = fronts.clone();
        let own = |group: &Group| group.mentions.iter().filter(|mention| !is_aside(mention)).count();
        if !subject.contains(&true) {
            // Nothing in front: the first words that name a unit tell.
            let start = |(text, words): &(usize, Range<usize>)| {
                (*text, texts.get(*text).map_or(0, |t| t.span(words.clone()).start))
            };
            let stated = self.groups.iter().flat_map(|group| &group.mentions).filter(|mention| !is_aside(mention));
            let earliest = stated.map(start).min().unwrap_or_default();
            for (group, subject) in self.groups.iter().zip(&mut subject) {
                let mut starts = group.mentions.iter().filter(|mention| !is_aside(mention)).map(start);
                *subject = starts.any(|(text, at)| text == earliest.0 && at <= earliest.1 + OPENING);
            }
        }
        // What is named again and again is what it is about.
        let most = self.groups.iter().map(own).max().unwrap_or(0);
        for (group, subject) in self.groups.iter().zip(&mut subject) {
            *subject |= own(group) >= OFTEN && own(group) * 2 >= most;
        }
        let units = |chosen: &[bool]| -> Vec<UnitId> {
            let groups = self.groups.iter().zip(chosen).filter(|(_, chosen)| **chosen);
            groups.flat_map(|(group, _)| group.units.iter().copied()).collect()
        };
        let mut core = units(&subject);
        core.sort_unstable();
        let mut above_core: Vec<UnitId> = core.iter().flat_map(|unit| all.above(*unit)).collect();
        above_core.sort_unstable();
        let says_type = types_said(texts);
        let mut places = Vec::new();
        for (group, subject) in self.groups.iter().zip(subject) {
            let passing = group.mentions.iter().all(is_aside);
            let related = |unit: &UnitId| {
                above_core.binary_search(unit).is_ok() || all.above(*unit).any(|up| core.binary_search(&up).is_ok())
            };
            let is_subject = subject || !passing && group.units.iter().any(related);
            let role = if is_subject { PlaceRole::Subject } else { PlaceRole::Mentioned };
            places.push(group.place(texts, role, all, &says_type));
        }
        places.sort_by_key(|place| place.mentions.first().map(|mention| (mention.part, mention.span.start)));
        places
    }
}

/// Whether a mention stands in front: in the title, the lead, its source, or a paragraph that opens a report.
fn front<'t>(texts: &'t [Words<'_>]) -> impl Fn(&(usize, Range<usize>)) -> bool + 't {
    let opens: Vec<bool> = texts.iter().map(|words| opens_report(words)).collect();
    move |(text, words)| {
        let Some(read) = texts.get(*text) else { return false };
        match read.part {
            Part::Title => true,
            Part::Lead => read.list.get(words.start).is_some_and(|word| word.span.start < 700),
            Part::Block(_) => opens.get(*text) == Some(&true) && read.sentence_start(words.start) == 0,
        }
    }
}

/// "* Sáng 16/5, …", "Cùng ngày, …": a paragraph that opens a report.
fn opens_report(words: &Words<'_>) -> bool {
    let star = words.text.trim_start().starts_with('*');
    let day = matches!(words.low(0), "sáng" | "chiều" | "tối" | "ngày")
        && words.low(1).starts_with(|c: char| c.is_ascii_digit())
        || words.has(0, "cùng ngày");
    star || day
}

/// Which types' words the article uses alone: "tỉnh ủy", "địa bàn tỉnh".
fn types_said(texts: &[Words<'_>]) -> [bool; 2] {
    let mut says = [false; 2];
    for words in texts {
        for at in (0..words.len()).filter(|at| words.may_begin(*at, signs::TYPE)) {
            let alone = |next: usize| !words.is_capital(next) || words.gap(next) != Gap::Space;
            match words.low(at) {
                "tỉnh" if alone(at + 1) || words.low(at + 1) == "ủy" => says[0] = true,
                "thành" if words.has(at, "thành phố") && alone(at + 2) || words.has(at, "thành ủy") => {
                    says[1] = true
                }
                _ => {}
            }
        }
    }
    says
}

impl Group {
    fn place(&self, texts: &[Words<'_>], role: PlaceRole, all: &Gazetteer, says_type: &[bool; 2]) -> Place {
        let clear = match self.units.as_slice() {
            [one] => Some(*one),
            // The same unit in both versions, a province mostly.
            [a, b] if all.today(*a).contains(b) => Some(*a),
            [a, b] if all.today(*b).contains(a) => Some(*b),
            _ => None,
        };
        let code = clear.or(self.units.first().copied()).map_or(first(self.codes), |unit| all.code(unit));
        let code = if self.name == find::FORMER { 't' } else { code };
        let code = if self.typed && self.codes.len() == 1 { first(self.codes) } else { code };
        let unit = with_type(code, &self.name);
        let says = match code {
            't' => says_type[0],
            'T' => says_type[1],
            _ => true,
        };
        let name = if self.typed || says && role == PlaceRole::Subject { unit.clone() } else { self.name.clone() };
        let mut ordered = self.mentions.clone();
        ordered.sort_by_key(|(text, words)| (*text, words.start));
        let mention = |(text, words): &(usize, Range<usize>)| {
            let read = texts.get(*text)?;
            Some(Mention { part: read.part, span: read.span(words.clone()) })
        };
        let province = clear.map(|unit| all.province(unit)).filter(|province| Some(*province) != clear);
        Place {
            name,
            unit,
            kind: level(code),
            role,
            province: province.map(|unit| all.full_name(unit)),
            today: clear
                .map_or_else(Vec::new, |unit| all.today(unit).into_iter().map(|id| all.full_name(id)).collect()),
            mentions: ordered.iter().filter_map(mention).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
