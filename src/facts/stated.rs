//! What the facts of an article are. These types are plain data, the same everywhere; they are filled natively.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Date};

/// What an article states. Each list is in reading order, by where each fact is first named.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Facts {
    /// Official documents it cites.
    pub documents: Vec<Document>,
    /// People it names. Who wrote the article is not among them.
    pub people: Vec<Person>,
    /// Units of administration it names.
    pub places: Vec<Place>,
    /// Commendations (khen thưởng) it reports.
    pub awards: Vec<Award>,
    /// Models, movements and programmes (mô hình, phong trào, công trình) named in quotation marks.
    pub models: Vec<Model>,
    /// Days and months it names.
    pub dates: Vec<DateNamed>,
}

/// Where a text states something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The text it is in.
    pub part: Part,
    /// The bytes of that text.
    pub span: Range<usize>,
}

/// The texts of an article, in reading order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// [`Article::title`]
    Title,
    /// [`Article::lead`]
    Lead,
    /// The block of this index in [`Article::blocks`].
    Block(usize),
}

impl Part {
    /// The text of an article that this part is; `None` when the article has no such part.
    #[must_use]
    pub fn text(self, article: &Article) -> Option<&str> {
        match self {
            Part::Title => Some(article.title.as_str()),
            Part::Lead => article.lead.as_deref(),
            Part::Block(at) => article.blocks.get(at).map(|block| block.text.as_str()),
        }
    }
}

/// An official document that an article cites.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    /// The number to show: `01-KL/TW`.
    pub number: String,
    /// As the article first writes it, with the type's name: "Kết luận số 01-KL/TW".
    pub text: String,
    /// The full key, see [`crate::analysis::document_number`]. Two citations are one document when their keys are
    /// equal; numbers that differ in the body (500-QĐ/QU, 500-QĐ/TU) stay two, even if the article means one.
    #[serde(skip)]
    pub key: String,
    /// The day it was issued, if the article says so.
    pub date: Option<Date>,
    /// Who issued it, as written: "Bộ Chính trị".
    pub issuer: Option<String>,
    /// What it is about: the words after "về", "về việc" or "ban hành", or the quoted title.
    pub title: Option<String>,
    /// Numbers of documents of the same article that are possibly this one, written otherwise (500-QĐ/QU, 500-QĐ/TU).
    pub possibly_same: Vec<String>,
    /// Where it is cited, in reading order, short forms ("Kết luận 01") included.
    pub mentions: Vec<Mention>,
}

/// A person an article names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Person {
    /// The name in full: "Huỳnh Khắc Điệp".
    pub name: String,
    /// Offices and posts, each in the words and letters of the article, none twice: "Phó Bí thư Quận ủy".
    pub roles: Vec<String>,
    /// Where the name stands, in reading order.
    pub mentions: Vec<Mention>,
}

/// A unit of administration an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// As the article names it, in the gazetteer's spelling; the type's word in full, and only if the article says it:
    /// "quận Bình Tân", "Hải Phòng".
    pub name: String,
    /// The unit's official name, for grouping: "quận Bình Tân", "thành phố Hải Phòng".
    pub unit: String,
    /// The unit's level.
    pub kind: PlaceKind,
    /// What it is to the article.
    pub role: PlaceRole,
    /// The province it belonged to by the gazetteer of its time ("thành phố Hồ Chí Minh"), when it is clear which
    /// unit of that name is meant and it is not itself one.
    pub province: Option<String>,
    /// The units of today's gazetteer that hold its area, its name first where it goes on: empty when it is not clear
    /// which unit of that name is meant.
    pub today: Vec<String>,
    /// Where it is named, in reading order.
    pub mentions: Vec<Mention>,
}

/// Levels of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Quận, huyện, thị xã, thành phố of a province; none since 1 July 2025.
    District,
    /// Phường, xã, thị trấn, đặc khu.
    Commune,
}

/// What a place is to an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceRole {
    /// The article reports from it: it is named in the title, the lead, the source or at the opening of a report, or
    /// lies in such a unit, or holds it.
    Subject,
    /// It is named in passing: as part of someone's post, of the body that issued a document, or far from the subject.
    Mentioned,
}

/// A commendation: so many collectives and individuals honoured by someone in some form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Award {
    /// The words that state the numbers: "56 tập thể và 87 cá nhân".
    pub text: String,
    /// Collectives (tập thể), if the text gives their number.
    pub collectives: Option<u32>,
    /// Individuals (cá nhân), if the text gives their number.
    pub individuals: Option<u32>,
    /// Collectives and individuals together, where the text does not split the number.
    pub together: Option<u32>,
    /// Who gives it: "Ban Thường vụ Quận ủy".
    pub giver: Option<String>,
    /// What is given, in small letters: "giấy khen", "bằng khen", "biểu dương".
    pub form: Option<String>,
    /// The unit whose collectives and individuals they are, by [`Place::name`], when the article is clear about it.
    pub place: Option<String>,
    /// Where it is stated, in reading order; an award told again is one award.
    pub mentions: Vec<Mention>,
}

/// A named model (mô hình), movement or programme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Model {
    /// The name, without quotation marks.
    pub name: String,
    /// What the article calls it, in small letters: "mô hình", "phong trào".
    pub kind: String,
    /// Where it is named, in reading order.
    pub mentions: Vec<Mention>,
}

/// A day that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateNamed {
    /// The day, or month, in the article's words and as a date.
    pub date: Date,
    /// What it is the date of.
    pub kind: DateKind,
    /// Where it is named, in reading order.
    pub mentions: Vec<Mention>,
}

/// What a date is the date of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateKind {
    /// The event the article reports.
    Event,
    /// The day a cited document was issued.
    Document,
    /// Any other.
    Other,
}

/// The texts of an article, in reading order. A derived title repeats the lead and is left out.
pub(super) fn parts(article: &Article) -> impl Iterator<Item = (Part, &str)> {
    let title = Some((Part::Title, article.title.as_str())).filter(|_| !article.title_derived);
    let lead = article.lead.as_deref().map(|lead| (Part::Lead, lead));
    let blocks = article.blocks.iter().enumerate().map(|(at, block)| (Part::Block(at), block.text.as_str()));
    title.into_iter().chain(lead).chain(blocks)
}
