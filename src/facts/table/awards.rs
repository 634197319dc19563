//! Which reports are of one commendation?
//!
//! Two things are asked. *May* two reports be of one: the numbers are equal (or one tells the sum that the other splits),
//! giver, form and place do not contradict each other, they are of two articles, published within 14 days. And does
//! enough *speak for it*: equal giver and place, or numbers that are not met by chance, both published on known days.
//!
//! An article that was published again under its old title, as portals do when they move, counts by its first day.
//!
//! "May be" is not transitive: a report without a giver may be of one by the Prime Minister or of one by a society, and
//! these two are not one. So a commendation is a group in which each *may be* one with all others and something speaks
//! for it with some other. Reports that say most are grouped first; one that says little joins where it agrees best.
//! That order is of what they say, so the order of the articles does not matter.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::same::{body, fullest, is_part_of, is_same_place};
use super::{AwardRow, AwardTotals, Report, Rows, Stated, by_day};
use crate::analysis::fold::fold;
use crate::article::Day;
use crate::facts::Award;

/// Days between the first and the last report of one commendation.
const DAYS: u32 = 14;
/// Letters and digits of a title by which an article that is published again is known.
const TITLE: usize = 30;
/// Numbers of this sum or less are met by chance: they need a giver and a place that are equal.
const FEW: u64 = 5;

/// A report of a commendation.
struct Told<'a> {
    report: Report,
    award: &'a Award,
    /// Giver, form and place as they are compared; empty when not stated.
    giver: String,
    form: String,
    place: String,
    /// The article's title, letters and digits only.
    title: String,
    /// When it was published, or when an article of that title first told these numbers.
    day: Option<Day>,
    sum: u64,
    /// How many of giver, form and place are stated.
    known: usize,
}

/// The commendations that articles, in the order of their ids, tell.
pub(super) fn awards(articles: &[&Stated]) -> Rows<AwardRow, AwardTotals> {
    // Only those of one sum can be one, and few people only when giver and place are equal too.
    let mut alike: BTreeMap<(u64, String), Vec<Told<'_>>> = BTreeMap::new();
    for article in articles {
        for (at, award) in article.facts.awards.iter().enumerate() {
            let told = Told::new(article, at, award);
            let apart = match (told.sum > FEW, told.giver.is_empty() || told.place.is_empty()) {
                (true, _) => String::new(),
                (false, false) => format!("{}|{}", told.giver, told.place),
                (false, true) => format!("|{}|{at}", article.id),
            };
            alike.entry((told.sum, apart)).or_default().push(told);
        }
    }
    let groups = alike.into_values().flat_map(commendations);
    let mut rows: Vec<AwardRow> = groups.map(|group| row(&group)).collect();
    rows.sort_by_cached_key(|row| {
        let first = row.reports.first().map(|report| (report.article.clone(), report.at));
        (Reverse(row.day.clone()), Reverse(sum(row.collectives, row.individuals, row.together)), first)
    });
    let total = |of: fn(&AwardRow) -> Option<u32>| rows.iter().filter_map(of).map(u64::from).sum();
    let totals = AwardTotals {
        commendations: rows.len(),
        collectives: total(|row| row.collectives),
        individuals: total(|row| row.individuals),
        together: total(|row| row.together),
    };
    Rows { rows, totals }
}

/// Reports of one sum as commendations.
fn commendations(mut reports: Vec<Told<'_>>) -> Vec<Vec<Told<'_>>> {
    first_days(&mut reports);
    reports.sort_by_cached_key(|told| {
        let Report { article, at, .. } = &told.report;
        (told.award.together.is_some(), Reverse(told.known), told.day.is_none(), told.day, article.clone(), *at)
    });
    let mut groups: Vec<Vec<Told<'_>>> = Vec::new();
    for told in reports {
        let joined = |group: &[Told<'_>]| {
            group.iter().all(|other| told.may_be_of(other)) && group.iter().any(|other| told.is_backed_by(other))
        };
        let fits = groups.iter().enumerate().filter(|(_, group)| joined(group));
        // The first one of those it fits as well.
        let best = fits.max_by_key(|(at, group)| {
            let exact = group.iter().any(|other| same_numbers(told.award, other.award));
            let agreement = group.iter().map(|other| told.agreement(other)).max();
            let distance = group.iter().map(|other| told.distance(other).unwrap_or(DAYS + 1)).min();
            (exact, agreement, Reverse(distance), Reverse(*at))
        });
        match best.map(|(at, _)| at).and_then(|at| groups.get_mut(at)) {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    groups
}

/// Lets an article that was published again, under its old title, count by its first day.
fn first_days(reports: &mut [Told<'_>]) {
    let mut days: HashMap<String, Day> = HashMap::new();
    for told in reports.iter() {
        if let Some(day) = told.day {
            days.entry(told.title.clone()).and_modify(|first| *first = day.min(*first)).or_insert(day);
        }
    }
    for told in reports.iter_mut().filter(|told| told.title.chars().count() >= TITLE) {
        told.day = days.get(&told.title).copied();
    }
}

impl<'a> Told<'a> {
    fn new(article: &Stated, at: usize, award: &'a Award) -> Self {
        let day = article.day();
        let giver = award.giver.as_deref().map(body).unwrap_or_default();
        let form = award.form.as_deref().map(fold).unwrap_or_default();
        let place = award.place.as_deref().map(body).unwrap_or_default();
        Told {
            award,
            title: fold(&article.title).replace(' ', ""),
            day: day.as_deref().and_then(Day::parse),
            sum: sum(award.collectives, award.individuals, award.together),
            known: [&giver, &form, &place].into_iter().filter(|stated| !stated.is_empty()).count(),
            report: Report { article: article.id.clone(), at, day },
            giver,
            form,
            place,
        }
    }

    /// Whether nothing speaks against both being of one commendation.
    fn may_be_of(&self, other: &Told<'_>) -> bool {
        let open = |a: &str, b: &str| a.is_empty() || b.is_empty();
        let (a, b) = (&self.award, &other.award);
        self.report.article != other.report.article
            && (same_numbers(a, b) || is_sum_of(a, b) || is_sum_of(b, a))
            && (open(&self.form, &other.form) || self.form == other.form)
            && (open(&self.place, &other.place) || is_same_place(&self.place, &other.place))
            && (open(&self.giver, &other.giver)
                || is_part_of(&self.giver, &other.giver)
                || is_part_of(&other.giver, &self.giver))
            && self.distance(other).is_none_or(|days| days <= DAYS)
    }

    /// Whether enough speaks for it.
    fn is_backed_by(&self, other: &Told<'_>) -> bool {
        let same = |a: &str, b: &str| !a.is_empty() && a == b;
        same(&self.giver, &other.giver) && same(&self.place, &other.place)
            || self.sum > FEW && self.distance(other).is_some()
    }

    /// How many of giver, form and place both state alike.
    fn agreement(&self, other: &Told<'_>) -> usize {
        let pairs = [(&self.giver, &other.giver), (&self.form, &other.form), (&self.place, &other.place)];
        pairs.into_iter().filter(|(a, b)| !a.is_empty() && a == b).count()
    }

    /// Days between them; `None` when one is undated.
    fn distance(&self, other: &Told<'_>) -> Option<u32> {
        Some(self.day?.0.abs_diff(other.day?.0))
    }
}

fn same_numbers(a: &Award, b: &Award) -> bool {
    (a.collectives, a.individuals, a.together) == (b.collectives, b.individuals, b.together)
}

/// Whether one tells the number of all, and the other how many of them are collectives and individuals.
fn is_sum_of(all: &Award, split: &Award) -> bool {
    match (all.together, all.collectives.or(all.individuals), split.together, split.collectives, split.individuals) {
        (Some(all), None, None, Some(collectives), Some(individuals)) => {
            u64::from(all) == u64::from(collectives) + u64::from(individuals)
        }
        _ => false,
    }
}

fn sum(collectives: Option<u32>, individuals: Option<u32>, together: Option<u32>) -> u64 {
    [collectives, individuals, together].into_iter().flatten().map(u64::from).sum()
}

/// A group, which begins with the report that says most, as a row.
fn row(group: &[Told<'_>]) -> AwardRow {
    let reports = by_day(group.iter().map(|told| told.report.clone()).collect());
    let Some(main) = group.first() else { return AwardRow::default() };
    let of = |report: &Report| {
        group.iter().find(|told| told.report == *report).filter(|told| same_numbers(told.award, main.award))
    };
    AwardRow {
        collectives: main.award.collectives,
        individuals: main.award.individuals,
        together: main.award.together,
        giver: fullest(group.iter().map(|told| told.award.giver.as_deref())),
        form: fullest(group.iter().map(|told| told.award.form.as_deref())),
        place: fullest(group.iter().map(|told| told.award.place.as_deref())),
        text: reports.iter().find_map(of).map(|told| told.award.text.clone()).unwrap_or_default(),
        day: reports.first().and_then(|report| report.day.clone()),
        reports,
    }
}
