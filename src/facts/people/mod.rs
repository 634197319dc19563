//! Which people does an article name, and which posts do they hold?
//!
//! Rules, by file:
//!
//! | file | answers |
//! | --- | --- |
//! | `find` | where does a text name a person? |
//! | `heads` | where does a post begin, and what belongs to it? |
//! | `roles` | whose post is it? |
//!
//! Names of one person are brought together: the full name, and "đồng chí Điệp" where one person of the article alone
//! is called so. Sources: how portals and newspapers write (Decree 30/2020/NĐ-CP, appendix II for capitals).

mod find;
pub(super) mod heads;
mod roles;

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::Article;

use super::names::{introduction, is_thing};
use super::words::{Case, Gap, Words};
use super::{Mention, Part, Person};

/// The people of an article and where posts stand.
pub(super) struct People {
    /// The people.
    pub people: Vec<Person>,
    /// For each text the words of posts.
    pub posts: Vec<Vec<Range<usize>>>,
    /// For each text the words of names.
    pub names: Vec<Vec<Range<usize>>>,
}

/// The most people that are told apart in one article.
const MOST_PEOPLE: usize = 500;

/// The people of an article. `places` holds, for each text, the words that places take.
pub(super) fn people(article: &Article, texts: &[Words<'_>], places: &[Vec<Range<usize>>]) -> People {
    let none = Vec::new();
    let mut named: Vec<Named> = Vec::new();
    let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
    let mut things: FxHashSet<String> = FxHashSet::default();
    let (mut posts, mut all_names) = (Vec::new(), Vec::new());
    for (at, words) in texts.iter().enumerate() {
        let (names, named_things) = find::find(words, places.get(at).unwrap_or(&none));
        things.extend(named_things.into_iter().map(|thing| words_of(words, thing)));
        let roles::Posts { held, all } = roles::posts(words, &names);
        posts.push(all);
        all_names.push(names.iter().map(|name| name.words.clone()).collect());
        for (name, roles) in names.iter().zip(held) {
            let key = words_of(words, name.words.clone());
            let entry = match by_name.get(&key) {
                Some(entry) => *entry,
                None if named.len() < MOST_PEOPLE => {
                    by_name.insert(key.clone(), named.len());
                    named.push(Named {
                        key,
                        person: Person { name: one_spaced(words.slice(name.words.clone())), ..Person::default() },
                        sure: false,
                        introduced: false,
                    });
                    named.len() - 1
                }
                None => continue,
            };
            let Some(Named { person, sure, introduced, .. }) = named.get_mut(entry) else { continue };
            *sure |= name.sure || !roles.is_empty();
            *introduced |= name.introduced.is_some() || !roles.is_empty();
            person.mentions.push(Mention { part: words.part, span: words.span(name.words.clone()) });
            roles.into_iter().for_each(|role| add_role(person, &one_spaced(words.slice(role))));
        }
    }
    // A street's name elsewhere in the article is a street's here too, unless someone is introduced by it.
    named
        .retain(|entry| entry.sure && !is_byline(article, entry) && (entry.introduced || !things.contains(&entry.key)));
    cut_glued(&mut named);
    merge_short(&mut named);
    whole_names(texts, places, &mut named);
    later_mentions(texts, &mut named);
    let mut people: Vec<Person> = named.into_iter().map(|entry| entry.person).collect();
    for person in &mut people {
        person.mentions.sort_by_key(|mention| (mention.part, mention.span.start));
    }
    people.sort_by_key(|person| person.mentions.first().map(|mention| (mention.part, mention.span.start)));
    People { people, posts, names: all_names }
}

struct Named {
    key: String,
    person: Person,
    sure: bool,
    introduced: bool,
}

/// Words in small letters with single spaces.
fn words_of(words: &Words<'_>, range: Range<usize>) -> String {
    range.map(|at| words.low(at)).collect::<Vec<_>>().join(" ")
}

/// "Hồ Ngọc Hà Sao" where a full stop is missing: a name met once that another begins is that one.
fn cut_glued(named: &mut Vec<Named>) {
    let by_key: FxHashMap<String, usize> =
        named.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
    let mut gone = Vec::new();
    for at in 0..named.len() {
        let Some(Named { key, person, introduced, .. }) = named.get(at) else { continue };
        let shorter = key.rsplit_once(' ').and_then(|(start, _)| by_key.get(start)).copied();
        let once = person.mentions.len() == 1 && !introduced && person.roles.is_empty();
        let Some(shorter) = shorter.filter(|_| once) else { continue };
        let mentions = person.mentions.clone();
        if let Some(Named { person, .. }) = named.get_mut(shorter) {
            person.mentions.extend(mentions);
            gone.push(at);
        }
    }
    for at in gone.into_iter().rev() {
        named.remove(at);
    }
}

/// Who wrote the article is none of its people, unless it states a post.
fn is_byline(article: &Article, entry: &Named) -> bool {
    let signed = |byline: &str| {
        byline.split([',', '-', '–', '&', '/']).any(|name| {
            Words::new(Part::Lead, name).len() > 0
                && crate::analysis::fold::fold(name) == crate::analysis::fold::fold(&entry.person.name)
        })
    };
    entry.person.roles.is_empty() && article.byline.as_deref().is_some_and(signed)
}

/// Adds a post that is not there yet; of two of which one begins the other, the longer stays.
fn add_role(person: &mut Person, role: &str) {
    let low = role.to_lowercase();
    if matches!(low.as_str(), "trưởng" | "lãnh đạo" | "nhà lãnh đạo" | "đại diện" | "giám sát" | "thư ký")
    {
        return; // of what is not said
    }
    if person.roles.iter().any(|known| known.to_lowercase().starts_with(&low)) {
        return;
    }
    match person.roles.iter_mut().find(|known| low.starts_with(&known.to_lowercase())) {
        Some(known) if low.get(known.to_lowercase().len()..).is_some_and(|rest| rest.starts_with(' ')) => {
            *known = role.to_owned()
        }
        _ => person.roles.push(role.to_owned()),
    }
}

/// "bà Thanh Hà" is Nguyễn Thanh Hà, if one person alone is so called.
fn merge_short(named: &mut Vec<Named>) {
    let mut at = 0;
    while at < named.len() {
        let longer = named.get(at).and_then(|short| {
            let suffix = format!(" {}", short.key);
            let ends = |other: &Named| other.key.ends_with(&suffix);
            let mut fits = (0..named.len()).filter(|other| named.get(*other).is_some_and(&ends));
            fits.next().filter(|_| fits.next().is_none())
        });
        let Some(longer) = longer else {
            at += 1;
            continue;
        };
        let short = named.remove(at).person;
        let longer = if longer > at { longer - 1 } else { longer };
        if let Some(Named { person, .. }) = named.get_mut(longer) {
            person.mentions.extend(short.mentions);
            short.roles.iter().for_each(|role| add_role(person, role));
        }
    }
}

/// A name that counts in one place counts where it stands without any introduction too.
fn whole_names(texts: &[Words<'_>], places: &[Vec<Range<usize>>], named: &mut [Named]) {
    let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, entry) in named.iter().enumerate() {
        by_first.entry(entry.key.split(' ').next().unwrap_or_default().to_owned()).or_default().push(at);
    }
    let mut known: FxHashSet<(Part, usize)> = FxHashSet::default();
    for mention in named.iter().flat_map(|entry| &entry.person.mentions) {
        known.insert((mention.part, mention.span.start));
    }
    for (text, words) in texts.iter().enumerate() {
        for at in (0..words.len()).filter(|at| words.case(*at) == Case::Title) {
            let Some(entries) = by_first.get(words.low(at)) else { continue };
            let start = words.span(at..at + 1).start;
            let in_place = places.get(text).is_some_and(|places| {
                let next = places.partition_point(|place| place.end <= at);
                places.get(next).is_some_and(|place| place.start <= at)
            });
            let in_name = at > 0
                && words.gap(at) == Gap::Space
                && (words.case(at - 1) == Case::Title && words.sentence_start(at - 1) != at - 1
                    || is_thing(words, at - 1));
            if in_place || in_name || known.contains(&(words.part, start)) {
                continue;
            }
            let whole = entries.iter().filter_map(|entry| {
                let name = named.get(*entry)?;
                let end = words.phrase_end(at, &name.key)?;
                let goes_on = words.gap(end) == Gap::Space && words.case(end) == Case::Title;
                (!goes_on && words.is_capital(end - 1)).then_some((end, *entry))
            });
            if let Some((end, entry)) = whole.max()
                && let Some(Named { person, .. }) = named.get_mut(entry)
            {
                person.mentions.push(Mention { part: words.part, span: words.span(at..end) });
            }
        }
    }
}

/// "đồng chí Điệp", "ông Trump": one word after an introduction that ends one person's name alone.
fn later_mentions(texts: &[Words<'_>], named: &mut [Named]) {
    let mut last_words: FxHashMap<String, Option<usize>> = FxHashMap::default();
    for (at, entry) in named.iter().enumerate() {
        let last = entry.key.rsplit(' ').next().unwrap_or_default().to_owned();
        last_words.entry(last).and_modify(|known| *known = None).or_insert(Some(at));
    }
    for words in texts {
        for at in 1..words.len() {
            let alone = words.case(at) == Case::Title && !(words.is_capital(at + 1) && words.gap(at + 1) == Gap::Space);
            if !alone || words.gap(at) != Gap::Space {
                continue;
            }
            let Some(Some(person)) = last_words.get(words.low(at)) else { continue };
            let mention = Mention { part: words.part, span: words.span(at..at + 1) };
            if (introduction(words, at).is_some() || heads::is_personal_before(words, at))
                && let Some(Named { person, .. }) = named.get_mut(*person)
            {
                person.mentions.push(mention);
            }
        }
    }
}

/// A text with single spaces.
pub(super) fn one_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
