//! Facts as they are stored beside an article: JSON in few bytes, most of them places in the article's text.
//!
//! ```text
//! facts     = [documents, people, places, awards, models, dates], empty lists at the end left out; "" when there is none
//! document  = [number, text, mentions, title, issuer, date, possibly the same]
//! person    = [name, roles, mentions]
//! place     = [name, unit, mentions, kind and role, province, today]
//! award     = [text, [collectives, individuals, together], mentions, giver, form, place]
//! model     = [name, kind, mentions]
//! words     = string · [part, start, length]: those that stand there · 0: those of the first mention, or none
//! mentions  = [part, start, length, part, start, length, …]
//! part      = 0 title, 1 lead, 2 + n block n; start and length in UTF-16 units
//! kind, role = 0 to 2 province, district, commune; + 3 when only mentioned
//! date      = ISO 8601, as long as it is known
//! dates     = the days it names: `days` draws them
//! ```
//!
//! Zeros at the end of a fact are left out. Of places only mentioned nothing but the name is kept. Pages read this
//! by `www/lib/facts.js`, so that the wasm need not; the tests of both read the same fixture.

mod days;

use std::collections::HashMap;

use serde_json::{Value, json};

use super::{Award, Document, Facts, Mention, Model, Part, Person, Place, PlaceKind, PlaceRole};
use crate::article::{Article, Date};
use crate::{Error, Result};

/// Mentions of one fact that are kept (six instead take half a percent of the text more).
const MOST_MENTIONS: usize = 2;
/// Facts of one kind that are kept.
const MOST_FACTS: usize = 200;
/// What each kind of place is numbered.
const KINDS: [PlaceKind; 3] = [PlaceKind::Province, PlaceKind::District, PlaceKind::Commune];

/// What is stored of an article's facts.
///
/// ```
/// use timdoc::{article::Article, facts::{compact, facts}};
/// let article = Article { title: "Sơ kết Kết luận 21-KL/TW".into(), ..Article::default() };
/// let stored = compact::write(&facts(&article), &article);
/// assert_eq!(compact::read(&stored, &article).unwrap().documents[0].number, "21-KL/TW");
/// ```
#[must_use]
pub fn write(facts: &Facts, article: &Article) -> String {
    let mut writer = Writer { article, units: HashMap::new() };
    let mut lists = [
        writer.list(&facts.documents, Writer::document),
        writer.list(&facts.people, Writer::person),
        writer.list(&facts.places, Writer::place),
        writer.list(&facts.awards, Writer::award),
        writer.list(&facts.models, Writer::model),
        days::write(article, &facts.dates),
    ]
    .to_vec();
    while lists.last().is_some_and(|list| list == &json!([])) {
        lists.pop();
    }
    if lists.is_empty() { String::new() } else { Value::Array(lists).to_string() }
}

struct Writer<'a> {
    article: &'a Article,
    /// For each part, the UTF-16 units before each of its bytes.
    units: HashMap<Part, Vec<u32>>,
}

impl Writer<'_> {
    fn list<T>(&mut self, facts: &[T], write: fn(&mut Self, &T) -> Vec<Value>) -> Value {
        let fact = |fact: &T| {
            let mut fields = write(self, fact);
            while fields.last().is_some_and(|field| field == &json!(0)) {
                fields.pop();
            }
            Value::Array(fields)
        };
        Value::Array(facts.iter().take(MOST_FACTS).map(fact).collect())
    }

    fn document(&mut self, fact: &Document) -> Vec<Value> {
        let near = &fact.mentions;
        vec![
            json!(fact.number),
            self.words(&fact.text, near),
            self.mentions(near),
            self.some(fact.title.as_deref(), near),
            self.some(fact.issuer.as_deref(), near),
            fact.date.as_ref().map_or(json!(0), |date| json!(date.iso())),
            if fact.possibly_same.is_empty() { json!(0) } else { json!(fact.possibly_same) },
        ]
    }

    fn person(&mut self, fact: &Person) -> Vec<Value> {
        let near = &fact.mentions;
        let roles = fact.roles.iter().map(|role| self.words(role, near)).collect();
        vec![self.words(&fact.name, near), Value::Array(roles), self.mentions(near)]
    }

    fn place(&mut self, fact: &Place) -> Vec<Value> {
        let near = &fact.mentions;
        let kind = KINDS.iter().position(|kind| *kind == fact.kind).unwrap_or(0);
        if fact.role == PlaceRole::Mentioned {
            return vec![self.words(&fact.name, near), json!(0), self.mentions(near), json!(kind + KINDS.len())];
        }
        vec![
            self.words(&fact.name, near),
            if fact.unit == fact.name { json!(0) } else { json!(fact.unit) },
            self.mentions(near),
            json!(kind),
            fact.province.as_ref().map_or(json!(0), |province| json!(province)),
            if fact.today.is_empty() { json!(0) } else { json!(fact.today) },
        ]
    }

    fn award(&mut self, fact: &Award) -> Vec<Value> {
        let near = &fact.mentions;
        vec![
            self.words(&fact.text, near),
            json!([fact.collectives, fact.individuals, fact.together]),
            self.mentions(near),
            self.some(fact.giver.as_deref(), near),
            self.some(fact.form.as_deref(), near),
            self.some(fact.place.as_deref(), near),
        ]
    }

    fn model(&mut self, fact: &Model) -> Vec<Value> {
        vec![self.words(&fact.name, &fact.mentions), json!(fact.kind), self.mentions(&fact.mentions)]
    }

    fn mentions(&mut self, mentions: &[Mention]) -> Value {
        let kept = mentions.iter().take(MOST_MENTIONS);
        Value::Array(kept.filter_map(|mention| self.place_of(mention.part, mention.span.clone())).flatten().collect())
    }

    fn some(&mut self, words: Option<&str>, near: &[Mention]) -> Value {
        words.map_or(json!(0), |words| self.words(words, near))
    }

    /// Words as where they stand near the first mention, else as themselves.
    fn words(&mut self, words: &str, near: &[Mention]) -> Value {
        let literal = || json!(words);
        let Some(first) = near.first() else { return literal() };
        let Some(text) = first.part.text(self.article) else { return literal() };
        if text.get(first.span.clone()) == Some(words) {
            return json!(0);
        }
        let Some(at) = text.find(words).filter(|_| words.len() > 8) else { return literal() };
        self.place_of(first.part, at..at + words.len()).map_or_else(literal, |place| Value::Array(place.to_vec()))
    }

    /// Part, start and length.
    fn place_of(&mut self, part: Part, span: std::ops::Range<usize>) -> Option<[Value; 3]> {
        let text = part.text(self.article)?;
        let units = self.units.entry(part).or_insert_with(|| units_before(text));
        let (start, end) = (*units.get(span.start)?, *units.get(span.end)?);
        Some([number_of(part), start as usize, (end - start) as usize].map(|number| json!(number)))
    }
}

/// UTF-16 units before each byte of a text, and before its end.
fn units_before(text: &str) -> Vec<u32> {
    let mut before = Vec::with_capacity(text.len() + 1);
    let mut units = 0;
    for letter in text.chars() {
        before.resize(before.len() + letter.len_utf8(), units);
        units += letter.len_utf16() as u32;
    }
    before.push(units);
    before
}

fn number_of(part: Part) -> usize {
    match part {
        Part::Title => 0,
        Part::Lead => 1,
        Part::Block(at) => 2 + at,
    }
}

/// Reads what [`write()`] wrote of the same article. Keys of documents are not kept.
///
/// # Errors
/// `damaged` when it is nothing that [`write()`] writes.
pub fn read(stored: &str, article: &Article) -> Result<Facts> {
    let lists: Vec<Vec<Value>> = if stored.is_empty() {
        Vec::new()
    } else {
        serde_json::from_str(stored).map_err(|_| damaged("they are no lists"))?
    };
    let list = |at: usize| lists.get(at).map_or(&[][..], Vec::as_slice);
    let facts = |at: usize| list(at).iter().map(|fact| Fact::new(fact, article));
    let documents: Vec<Document> = facts(0).map(|fact| fact?.document()).collect::<Result<_>>()?;
    Ok(Facts {
        dates: days::read(list(5), article, &documents)?,
        documents,
        people: facts(1).map(|fact| fact?.person()).collect::<Result<_>>()?,
        places: facts(2).map(|fact| fact?.place()).collect::<Result<_>>()?,
        awards: facts(3).map(|fact| fact?.award()).collect::<Result<_>>()?,
        models: facts(4).map(|fact| fact?.model()).collect::<Result<_>>()?,
    })
}

fn damaged(why: &'static str) -> Error {
    Error::damaged("the facts of an article", why)
}

/// One fact as its fields.
struct Fact<'a> {
    fields: &'a [Value],
    article: &'a Article,
    mentions: Vec<Mention>,
}

impl<'a> Fact<'a> {
    fn new(fact: &'a Value, article: &'a Article) -> Result<Self> {
        let Value::Array(fields) = fact else { return Err(damaged("a fact is no list")) };
        let mut fact = Fact { fields, article, mentions: Vec::new() };
        if let Some(Value::Array(numbers)) = fields.get(2) {
            fact.mentions = numbers.chunks(3).map(|place| fact.mention(place)).collect::<Result<_>>()?;
        }
        Ok(fact)
    }

    fn mention(&self, place: &[Value]) -> Result<Mention> {
        let wrong = || damaged("a place is not in the article");
        let number = |at: usize| place.get(at).and_then(Value::as_u64).map(|n| n as usize).ok_or_else(wrong);
        let part = match number(0)? {
            0 => Part::Title,
            1 => Part::Lead,
            block => Part::Block(block - 2),
        };
        let text = part.text(self.article).ok_or_else(wrong)?;
        let (start, length) = (number(1)?, number(2)?);
        let byte = |units: usize| byte_at(text, units).ok_or_else(wrong);
        Ok(Mention { part, span: byte(start)?..byte(start.saturating_add(length))? })
    }

    fn optional(&self, at: usize) -> Result<Option<String>> {
        self.fields.get(at).map_or(Ok(None), |field| self.value(field))
    }

    fn value(&self, field: &Value) -> Result<Option<String>> {
        match field {
            Value::String(words) => Ok(Some(words.clone())),
            Value::Array(place) => self.mention(place).map(|mention| Some(self.words_of(&mention))),
            _ => Ok(None),
        }
    }

    /// Words that are those of the first mention unless others are stated.
    fn words(&self, at: usize) -> Result<String> {
        let first = || self.mentions.first().map(|mention| self.words_of(mention)).unwrap_or_default();
        Ok(self.optional(at)?.unwrap_or_else(first))
    }

    fn words_of(&self, mention: &Mention) -> String {
        let text = mention.part.text(self.article).and_then(|text| text.get(mention.span.clone()));
        text.unwrap_or_default().to_owned()
    }

    /// A list of words.
    fn list(&self, at: usize) -> Result<Vec<String>> {
        let Some(Value::Array(items)) = self.fields.get(at) else { return Ok(Vec::new()) };
        let words = |item: &Value| self.value(item).map(|words| words.or_else(|| self.words(usize::MAX).ok()));
        items.iter().filter_map(|item| words(item).transpose()).collect()
    }

    fn document(self) -> Result<Document> {
        let (text, title, issuer) = (self.words(1)?, self.optional(3)?, self.optional(4)?);
        let date = self.optional(5)?.and_then(|iso| Date::from_iso(&iso));
        let number = self.optional(0)?.ok_or_else(|| damaged("a document has no number"))?;
        let possibly_same = self.list(6)?;
        Ok(Document { number, text, title, issuer, date, possibly_same, mentions: self.mentions, key: String::new() })
    }

    fn person(self) -> Result<Person> {
        Ok(Person { name: self.words(0)?, roles: self.list(1)?, mentions: self.mentions })
    }

    fn place(self) -> Result<Place> {
        let name = self.words(0)?;
        let code = self.fields.get(3).and_then(Value::as_u64).unwrap_or(0) as usize;
        let kind = *KINDS.get(code % KINDS.len()).unwrap_or(&PlaceKind::Province);
        let role = if code >= KINDS.len() { PlaceRole::Mentioned } else { PlaceRole::Subject };
        let unit = self.optional(1)?.unwrap_or_else(|| name.clone());
        let (province, today) = (self.optional(4)?, self.list(5)?);
        Ok(Place { name, unit, kind, role, province, today, mentions: self.mentions })
    }

    fn award(self) -> Result<Award> {
        let number = |at: usize| {
            let numbers = self.fields.get(1).and_then(Value::as_array);
            numbers.and_then(|numbers| numbers.get(at)).and_then(Value::as_u64).map(|number| number as u32)
        };
        Ok(Award {
            text: self.words(0)?,
            collectives: number(0),
            individuals: number(1),
            together: number(2),
            giver: self.optional(3)?,
            form: self.optional(4)?,
            place: self.optional(5)?,
            mentions: self.mentions,
        })
    }

    fn model(self) -> Result<Model> {
        Ok(Model { name: self.words(0)?, kind: self.optional(1)?.unwrap_or_default(), mentions: self.mentions })
    }
}

/// The byte of a text after so many UTF-16 units.
fn byte_at(text: &str, units: usize) -> Option<usize> {
    let mut before = 0;
    for (at, letter) in text.char_indices() {
        if before == units {
            return Some(at);
        }
        before += letter.len_utf16();
    }
    (before == units).then_some(text.len())
}
