//! Which units of administration are there, and what became of them? Two versions: the 63 provinces with their
//! districts and communes as they were until 30 June 2025, and the 34 provinces with 3,321 communes since.
//!
//! Data: `gazetteer.tsv`, made from PyPI `vietnamadminunits` 1.0.4 (MIT, `LICENSE-vietnamadminunits`) by `tests/tools/gazetteer.py`, which says how
//! it lies. Units that were merged before 2024 are not in it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::PlaceKind;

const DATA: &str = include_str!("gazetteer.tsv");

/// A unit's number in the gazetteer.
pub(super) type UnitId = u32;

/// A unit of administration.
#[derive(Debug)]
pub(super) struct Unit {
    /// Its name without the type's word.
    pub name: &'static str,
    /// Its type: `T t q h c x p r m k`, as in the data.
    pub code: char,
    /// Whether it is of the version since 1 July 2025.
    pub new: bool,
    /// The unit it lies in: a commune's district (province since 2025), a district's province.
    pub parent: Option<UnitId>,
    /// For old units of the lowest level and provinces: the units of today that hold its area.
    becomes: Vec<UnitId>,
    /// Its own communes, for districts.
    children: Vec<UnitId>,
}

/// All units.
pub(super) struct Gazetteer {
    units: Vec<Unit>,
    by_name: FxHashMap<String, Vec<UnitId>>,
    /// First words of provinces' names.
    province_words: FxHashSet<String>,
}

/// Names that provinces also go by.
const ALIASES: [(&str, &str); 8] = [
    ("hcm", "hồ chí minh"),
    ("thừa thiên huế", "huế"),
    ("đắc lắc", "đắk lắk"),
    ("đăk lăk", "đắk lắk"),
    ("đắk nông", "đắk nông"),
    ("đăk nông", "đắk nông"),
    ("đắc nông", "đắk nông"),
    ("bắc cạn", "bắc kạn"),
];

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::read);

/// The gazetteer; it is read once.
pub(super) fn gazetteer() -> &'static Gazetteer {
    &GAZETTEER
}

impl Gazetteer {
    fn read() -> Self {
        let mut all =
            Gazetteer { units: Vec::new(), by_name: FxHashMap::default(), province_words: FxHashSet::default() };
        // Numbers of provinces of now, and the first commune of each.
        let mut now: Vec<(UnitId, UnitId)> = Vec::new();
        let (mut province, mut communes) = (None, 0);
        for line in DATA.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split('\t');
            match fields.next() {
                Some("N") => {
                    let unit = fields.next().map(|name| all.add(name, true, None, Vec::new()));
                    let Some(unit) = unit else { continue };
                    now.push((unit, unit + 1));
                    fields.for_each(|name| {
                        all.add(name, true, Some(unit), Vec::new());
                    });
                }
                Some("O") => {
                    let name = fields.next().unwrap_or_default();
                    let of_now = fields.next().and_then(|n| n.parse().ok()).and_then(|n: usize| now.get(n)).copied();
                    communes = of_now.map_or(0, |(_, first)| first);
                    province = Some(all.add(name, false, None, of_now.map(|(unit, _)| unit).into_iter().collect()));
                }
                Some(name) => {
                    let district = all.add(name, false, province, Vec::new());
                    for commune in fields {
                        let (name, numbers) = commune.split_once(':').unwrap_or((commune, ""));
                        let becomes = numbers.split(',').filter_map(|n| n.parse::<u32>().ok()).map(|n| communes + n);
                        all.add(name, false, Some(district), becomes.collect());
                    }
                }
                None => {}
            }
        }
        for (alias, name) in ALIASES {
            let units = all.by_name.get(name).cloned().unwrap_or_default();
            let provinces: Vec<UnitId> = units.into_iter().filter(|u| all.kind(*u) == PlaceKind::Province).collect();
            all.by_name.entry(alias.to_owned()).or_default().extend(provinces);
        }
        let provinces =
            all.by_name.iter().filter(|(_, units)| units.iter().any(|u| all.kind(*u) == PlaceKind::Province));
        all.province_words = provinces.filter_map(|(name, _)| name.split(' ').next()).map(str::to_owned).collect();
        all
    }

    fn add(&mut self, field: &'static str, new: bool, parent: Option<UnitId>, becomes: Vec<UnitId>) -> UnitId {
        let id = self.units.len() as UnitId;
        let code = field.chars().next().unwrap_or('r');
        let name = field.get(2..).unwrap_or_default();
        self.units.push(Unit { name, code, new, parent, becomes, children: Vec::new() });
        self.by_name.entry(key(name)).or_default().push(id);
        if let Some(parent) = parent.and_then(|parent| self.units.get_mut(parent as usize)) {
            parent.children.push(id);
        }
        id
    }

    /// A unit.
    pub(super) fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(id as usize)
    }

    /// The units of a name, given in small letters with single spaces for all separators.
    pub(super) fn named(&self, name: &str) -> &[UnitId] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// Whether a province's name begins with this word.
    pub(super) fn begins_province(&self, word: &str) -> bool {
        self.province_words.contains(word)
    }

    /// A unit's level.
    pub(super) fn kind(&self, id: UnitId) -> PlaceKind {
        self.unit(id).map_or(PlaceKind::Commune, |unit| level(unit.code))
    }

    /// A unit's code, `r` for none.
    pub(super) fn code(&self, id: UnitId) -> char {
        self.unit(id).map_or('r', |unit| unit.code)
    }

    /// The units a unit lies in, the nearest first.
    pub(super) fn above(&self, id: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        let parent = move |id: &UnitId| self.unit(*id).and_then(|unit| unit.parent);
        std::iter::successors(parent(&id), parent)
    }

    /// A unit's province, itself if it is one.
    pub(super) fn province(&self, id: UnitId) -> UnitId {
        self.above(id).last().unwrap_or(id)
    }

    /// A unit's name with its type's word: "quận Bình Tân", "Quận 11".
    pub(super) fn full_name(&self, id: UnitId) -> String {
        self.unit(id).map_or_else(String::new, |unit| with_type(unit.code, unit.name))
    }

    /// The units of today that hold a unit's area: those of its name first, then those that hold more of its communes.
    pub(super) fn today(&self, id: UnitId) -> Vec<UnitId> {
        let Some(unit) = self.unit(id) else { return Vec::new() };
        if unit.new {
            return vec![id];
        }
        if !unit.becomes.is_empty() {
            return unit.becomes.clone();
        }
        let mut counts: Vec<(UnitId, usize)> = Vec::new();
        for of_child in unit.children.iter().filter_map(|child| self.unit(*child)).flat_map(|child| &child.becomes) {
            match counts.iter_mut().find(|(known, _)| known == of_child) {
                Some((_, count)) => *count += 1,
                None => counts.push((*of_child, 1)),
            }
        }
        let same_name = |id: UnitId| self.unit(id).is_some_and(|now| now.name == unit.name);
        counts.sort_by_key(|(id, count)| (!same_name(*id), std::cmp::Reverse(*count)));
        counts.into_iter().map(|(id, _)| id).collect()
    }
}

/// The level of a type.
pub(super) fn level(code: char) -> PlaceKind {
    match code {
        'T' | 't' => PlaceKind::Province,
        'q' | 'h' | 'c' | 'x' => PlaceKind::District,
        _ => PlaceKind::Commune,
    }
}

/// A name with its type's word. Before figures the word has a capital (Decree 30/2020/NĐ-CP, appendix II).
pub(super) fn with_type(code: char, name: &str) -> String {
    let figures = name.starts_with(|c: char| c.is_ascii_digit());
    let word = match (code, figures) {
        ('T' | 'c', _) => "thành phố",
        ('t', _) => "tỉnh",
        ('q', false) => "quận",
        ('q', true) => "Quận",
        ('h', _) => "huyện",
        ('x', _) => "thị xã",
        ('p', false) => "phường",
        ('p', true) => "Phường",
        ('m', _) => "thị trấn",
        ('k', _) => "đặc khu",
        _ => "xã",
    };
    format!("{word} {name}")
}

/// A name as it is looked up: small letters, tone marks in their old places, single spaces for separators.
pub(super) fn key(name: &str) -> String {
    let words = crate::facts::words::Words::new(crate::facts::Part::Title, name);
    let list: Vec<&str> = (0..words.len()).map(|at| figures(words.low(at))).collect();
    list.join(" ")
}

/// `05` and `5` are one number; Đăk, Đắc and Đắk one word of the highlands.
pub(super) fn figures(word: &str) -> &str {
    match word {
        "đăk" | "đắc" | "đak" => return "đắk",
        "lăk" | "lắc" => return "lắk",
        _ => {}
    }
    let short = word.trim_start_matches('0');
    if word.starts_with(|c: char| c.is_ascii_digit()) && !short.is_empty() { short } else { word }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(name: &str, code: char, parent: &str) -> UnitId {
        let all = gazetteer();
        let fits = |id: &&UnitId| {
            all.code(**id) == code && all.above(**id).any(|up| all.unit(up).is_some_and(|u| u.name == parent))
        };
        *all.named(name).iter().find(fits).unwrap()
    }

    #[test]
    fn both_versions_are_whole() {
        let all = gazetteer();
        let count = |new, kind| all.units.iter().filter(|u| u.new == new && level(u.code) == kind).count();
        assert_eq!((count(false, PlaceKind::Province), count(true, PlaceKind::Province)), (63, 34));
        assert_eq!((count(false, PlaceKind::District), count(true, PlaceKind::Commune)), (696, 3321));
        assert!(all.units.iter().all(|u| !u.name.is_empty() && "Ttqhcxprmk".contains(u.code)));
    }

    #[test]
    fn every_old_unit_lies_in_one_of_today() {
        let all = gazetteer();
        let ids = || (0..all.units.len() as UnitId).filter(|id| !all.units[*id as usize].new);
        let open = ids().filter(|id| all.today(*id).is_empty()).count();
        assert!(open < 12, "{open}");
        assert!(ids().flat_map(|id| all.today(id)).all(|id| all.units[id as usize].new));
    }

    #[test]
    fn an_old_district_leads_to_the_communes_of_today() {
        let all = gazetteer();
        let names: Vec<String> =
            all.today(find("bình tân", 'q', "Hồ Chí Minh")).into_iter().map(|id| all.full_name(id)).collect();
        assert_eq!(names.first().map(String::as_str), Some("phường Bình Tân"));
        assert!(names.contains(&"phường An Lạc".to_owned()));
    }

    #[test]
    fn names_are_found_in_either_spelling() {
        assert_eq!(key("Khánh Hoà"), key("Khánh Hòa"));
        assert_eq!(key("Bà Rịa - Vũng Tàu"), "bà rịa vũng tàu");
        assert_eq!(gazetteer().named("hcm"), gazetteer().named("hồ chí minh"));
    }
}
