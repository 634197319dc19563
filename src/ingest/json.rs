//! Articles as JSON: one object, an array, `{"articles": […]}`, or one object a line.
//!
//! Fields, all optional but a title or a body; unknown ones are ignored:
//! `id` (text or number), `title`, `title_derived`, `date` or `published`, `date_estimated`, `event`, `category`,
//! `source`, `byline` or `author`, `tags` (a list, or text with commas), `lead`, `url`, `body` (a block a line) or
//! `blocks` (`[{kind, text}]`), `attachments` (`[{name, url}]`), `images` (addresses, or `[{url, caption, before}]`;
//! `before` is the number of the block, from 0, before which it stands).

use std::io::{BufRead, Read};

use serde::Deserialize;
use serde_json::Value;

use crate::article::{Article, Attachment, Block, BlockKind, Date, Image};
use crate::error::{Error, Result};

use super::encoding::Mend;
use super::finish::{self, finish};
use super::html::images;
use super::{Ingested, MOST_BYTES, check_id, clean, encoding, feed, format, open};

/// One article as the input writes it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Record {
    id: Option<Id>,
    title: Option<String>,
    title_derived: Option<bool>,
    #[serde(alias = "published")]
    date: Option<When>,
    date_estimated: Option<bool>,
    event: Option<When>,
    category: Option<String>,
    source: Option<String>,
    #[serde(alias = "author")]
    byline: Option<String>,
    tags: Option<Tags>,
    lead: Option<String>,
    url: Option<String>,
    body: Option<String>,
    blocks: Option<Vec<RawBlock>>,
    attachments: Option<Vec<Attachment>>,
    images: Option<Vec<RawImage>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Text(String),
    Number(serde_json::Number),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum When {
    Text(String),
    Date(Date),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Tags {
    List(Vec<String>),
    Text(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum RawImage {
    Address(String),
    Image(Image),
}

#[derive(Deserialize)]
struct RawBlock {
    #[serde(default)]
    kind: Option<String>,
    text: String,
}

impl Record {
    /// All that is text for readers.
    fn texts(&mut self) -> Vec<&mut String> {
        let fields = [&mut self.title, &mut self.lead, &mut self.body, &mut self.category, &mut self.source];
        let mut texts: Vec<&mut String> = fields.into_iter().chain([&mut self.byline]).flatten().collect();
        match &mut self.tags {
            Some(Tags::List(tags)) => texts.extend(tags),
            Some(Tags::Text(tags)) => texts.push(tags),
            None => {}
        }
        texts.extend(self.blocks.iter_mut().flatten().map(|block| &mut block.text));
        texts.extend(self.attachments.iter_mut().flatten().map(|file| &mut file.name));
        texts
    }

    /// Mends letters of an old encoding, which databases often hold as if they were Latin ones.
    fn mend(&mut self) {
        let mut texts = self.texts();
        let all: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
        let Some(mend) = Mend::find(&all, false) else { return };
        for text in &mut texts {
            **text = mend.apply(text).into_owned();
        }
    }
}

/// Hands on each line that is not empty with its place, holding one line at a time.
pub(super) fn lines(
    name: &str,
    reader: &mut open::Unpacked<'_>,
    each: &mut dyn FnMut(&str, Result<&str>),
) -> Result<()> {
    let mut buffer = Vec::new();
    let mut any = false;
    for number in 1_usize.. {
        buffer.clear();
        let place = format!("{name}:{number}");
        let limit = MOST_BYTES as u64 + 1;
        let read = reader.by_ref().take(limit).read_until(b'\n', &mut buffer);
        if read.map_err(|e| open::unreadable(&place, &e))? == 0 {
            break;
        }
        if buffer.len() > MOST_BYTES && !buffer.ends_with(b"\n") {
            let reason = format!("the line is longer than {} MiB; split the article", MOST_BYTES >> 20);
            each(&place, Err(Error::input(&place, reason)));
            any = true;
            skip_line(&place, reader, &mut buffer)?;
            continue;
        }
        let mut bytes = buffer.trim_ascii();
        if number == 1 {
            bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
            if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
                return Err(Error::input(name, "is UTF-16; save it as UTF-8"));
            }
        }
        if !bytes.is_empty() {
            any = true;
            each(&place, encoding::utf8(&place, bytes));
        }
    }
    if any { Ok(()) } else { Err(Error::input(name, "the file is empty; remove it or fill it")) }
}

fn skip_line(place: &str, reader: &mut open::Unpacked<'_>, buffer: &mut Vec<u8>) -> Result<()> {
    loop {
        buffer.clear();
        let read = reader.by_ref().take(1 << 20).read_until(b'\n', buffer);
        if read.map_err(|e| open::unreadable(place, &e))? == 0 || buffer.ends_with(b"\n") {
            return Ok(());
        }
    }
}

/// Reads one line of a JSONL file. `place` is the file and line, `news.jsonl:17`; an article without id is named after
/// it, `news-17`.
///
/// [`super::read_stream`] calls this for each line; a caller of [`super::json_lines`] may do so on several threads.
///
/// # Errors
/// [`Error::Input`] with the place when the line is no article.
pub fn line(place: &str, line: &str) -> Result<Article> {
    record_of_line(place, line).map(|found| found.article)
}

/// The same, with what could not be read of the article.
///
/// # Errors
/// As [`line()`].
pub fn record_of_line(place: &str, line: &str) -> Result<Ingested> {
    let record: Record = serde_json::from_str(line).map_err(|e| not_json(place, &e))?;
    let (name, number) = place.rsplit_once(':').unwrap_or((place, "1"));
    article(place, record, || format!("{}-{number}", format::stem(name)))
}

/// One article from a line that no file gives an id: it must have its own.
pub(super) fn line_with_id(place: &str, line: &str) -> Result<Ingested> {
    let record: Record = serde_json::from_str(line).map_err(|e| not_json(place, &e))?;
    article(place, record, String::new)
}

/// Reads one object, an array of objects, or an object with the array `articles`.
pub(super) fn file(name: &str, text: &str, sink: &mut dyn FnMut(Result<Ingested>)) -> Result<()> {
    let value: Value = serde_json::from_str(text).map_err(|e| {
        Error::input(
            format_args!("{name}:{}", e.line()),
            format!("not valid JSON ({e}); correct it or export it again"),
        )
    })?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(object) if feed::is_feed(&object) => return feed::read_json(name, object, sink),
        Value::Object(mut object) => match object.remove("articles") {
            Some(Value::Array(list)) => list,
            _ => {
                let record = record(name, Value::Object(object));
                sink(record.and_then(|record| article(name, record, || format::stem(name).to_owned())));
                return Ok(());
            }
        },
        _ => return Err(Error::input(name, "holds no object; give {…}, […] or {\"articles\": […]}")),
    };
    if list.is_empty() {
        return Err(Error::input(name, "the list of articles is empty; remove the file or fill it"));
    }
    for (at, value) in list.into_iter().enumerate() {
        let place = format!("{name} article {}", at + 1);
        let record = record(&place, value);
        sink(record.and_then(|record| article(&place, record, || format!("{}-{}", format::stem(name), at + 1))));
    }
    Ok(())
}

fn record(place: &str, value: Value) -> Result<Record> {
    serde_json::from_value(value).map_err(|e| not_json(place, &e))
}

fn not_json(place: &str, error: &serde_json::Error) -> Error {
    let reason = if error.is_data() {
        format!("a field is not as expected ({error}); correct it")
    } else {
        format!("not valid JSON, cut perhaps ({error}); correct the line or export it again")
    };
    Error::input(place, reason)
}

fn article(place: &str, mut record: Record, fallback_id: impl FnOnce() -> String) -> Result<Ingested> {
    record.mend();
    let mut remarks = Vec::new();
    let id = match record.id {
        Some(Id::Text(id)) if !id.trim().is_empty() => check_id(place, &id)?,
        Some(Id::Number(number)) => number.to_string(),
        _ => check_id(place, &fallback_id())?,
    };
    let mut published = when(place, record.date, &mut remarks);
    if let (Some(date), Some(true)) = (&mut published, record.date_estimated) {
        date.inferred = true;
    }
    let lead = field(record.lead, clean::text);
    let mut blocks: Vec<Block> = match record.blocks {
        Some(blocks) => blocks.into_iter().map(block).collect(),
        None => record.body.as_deref().map(paragraphs).unwrap_or_default(),
    };
    let mut images: Vec<Image> =
        record.images.unwrap_or_default().into_iter().filter_map(|raw| image(raw, blocks.len())).collect();
    if let Some(lead) = &lead {
        without_lead(lead, &mut blocks, &mut images);
    }
    let title = field(record.title, clean::line);
    if title.is_none() && lead.is_none() && blocks.is_empty() {
        return Err(Error::input(place, "has no \"title\" and no \"body\"; give at least one of them"));
    }
    let tags = match record.tags {
        Some(Tags::List(tags)) => tags,
        Some(Tags::Text(text)) => text.split([',', ';']).map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let attachments = record.attachments.unwrap_or_default().into_iter();
    let article = finish(
        place,
        Article {
            id,
            title_derived: title.is_some() && record.title_derived == Some(true),
            title: title.unwrap_or_default(),
            published,
            event: when(place, record.event, &mut remarks),
            lead,
            byline: field(record.byline, clean::line),
            source: field(record.source, clean::line),
            category: field(record.category, clean::line),
            tags: tags.into_iter().filter_map(|tag| field(Some(tag), clean::line)).collect(),
            url: record.url.as_deref().and_then(finish::web_address),
            blocks,
            attachments: attachments.filter(|file| finish::is_file_address(&file.url)).collect(),
            images,
        },
    )?;
    Ok(Ingested { article, remarks, is_page: false })
}

/// A text field, cleaned; nothing when it is empty.
fn field(text: Option<String>, clean: for<'a> fn(&'a str) -> std::borrow::Cow<'a, str>) -> Option<String> {
    let text = text?;
    let cleaned = match clean(&text) {
        std::borrow::Cow::Owned(cleaned) => cleaned,
        std::borrow::Cow::Borrowed(same) if same.len() == text.len() => text,
        std::borrow::Cow::Borrowed(part) => part.to_owned(),
    };
    (!cleaned.is_empty()).then_some(cleaned)
}

fn when(place: &str, date: Option<When>, remarks: &mut Vec<Error>) -> Option<Date> {
    match date? {
        When::Text(text) => finish::date_or_remark(place, &text, remarks),
        When::Date(date) => Some(date),
    }
}

fn block(raw: RawBlock) -> Block {
    let kind = match raw.kind.as_deref() {
        Some("heading") => BlockKind::Heading,
        Some("caption") => BlockKind::Caption,
        Some("list_item") => BlockKind::ListItem,
        Some("quote") => BlockKind::Quote,
        Some("table_row") => BlockKind::TableRow,
        _ => BlockKind::Paragraph,
    };
    let text = match kind {
        BlockKind::TableRow => raw.text.split('\t').map(clean::line).collect::<Vec<_>>().join("\t"),
        _ => clean::text(&raw.text).into_owned(),
    };
    Block { kind, text }
}

/// An image, its address one that a page may show. `blocks`: how many there are.
fn image(raw: RawImage, blocks: usize) -> Option<Image> {
    let image = match raw {
        RawImage::Address(url) => Image { url, ..Image::default() },
        RawImage::Image(image) => image,
    };
    let url = images::web(&image.url, None)?;
    Some(Image { url, caption: field(image.caption, clean::line), before: image.before.min(blocks) })
}

fn paragraphs(body: &str) -> Vec<Block> {
    let clean = clean::text(body);
    clean.split('\n').filter(|line| !line.is_empty()).map(|line| Block::new(BlockKind::Paragraph, line)).collect()
}

/// Takes the lead away from the first block, which often repeats it.
pub(super) fn without_lead(lead: &str, blocks: &mut Vec<Block>, images: &mut [Image]) {
    let Some(first) = blocks.first_mut() else { return };
    let Some(rest) = first.text.strip_prefix(lead) else { return };
    let rest = rest.trim_start();
    if rest.is_empty() {
        blocks.remove(0);
        images.iter_mut().for_each(|image| image.before = image.before.saturating_sub(1));
    } else if lead.ends_with(['.', '!', '?', '…', '”', '"']) || rest.starts_with(['.', '\n']) {
        first.text = rest.trim_start_matches(['.', ' ', '\n']).to_owned();
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    fn one(text: &str) -> Result<Article> {
        line("tin.jsonl:3", text)
    }

    fn all(name: &str, text: &str) -> Vec<Result<Article>> {
        let mut found = Vec::new();
        super::super::read(name, text.as_bytes(), &mut |article| found.push(article));
        found
    }

    #[test]
    fn all_fields_are_taken() {
        let article = one(
            r#"{"id":"91/2015/QH13@1","title":"Cầu  mới","date":"2024-05-19","date_estimated":true,"category":"Xã hội",
            "source":"Báo Xã","author":"Lê A","tags":["cầu",""],"lead":"Mở đầu.","url":"https://x.example/1",
            "body":"Đoạn một.\n\nĐoạn hai.","attachments":[{"name":"Tệp","url":"https://x.example/a.pdf"}],"khác":1}"#,
        )
        .unwrap();
        assert_eq!((article.id.as_str(), article.title.as_str()), ("91/2015/QH13@1", "Cầu mới"));
        let date = article.published.unwrap();
        assert_eq!((date.iso().as_str(), date.inferred), ("2024-05-19", true));
        assert_eq!((article.byline.as_deref(), article.source.as_deref()), (Some("Lê A"), Some("Báo Xã")));
        assert_eq!((article.tags.len(), article.blocks.len(), article.attachments.len()), (1, 2, 1));
        assert_eq!(article.url.as_deref(), Some("https://x.example/1"));
    }

    #[test]
    fn ids_are_numbers_names_or_come_from_the_file() {
        assert_eq!(one(r#"{"id":7,"title":"A"}"#).unwrap().id, "7");
        assert_eq!(one(r#"{"title":"A"}"#).unwrap().id, "tin-3");
        assert!(one(r#"{"id":"a\nb","title":"A"}"#).is_err());
        assert!(one(&format!(r#"{{"id":"{}","title":"A"}}"#, "x".repeat(201))).is_err());
    }

    #[test]
    fn a_date_that_is_none_is_a_remark_and_the_article_stays() {
        let found = record_of_line("tin.jsonl:3", r#"{"title":"A","date":"31/2/2024","event":"hôm kia"}"#).unwrap();
        assert_eq!((found.article.title.as_str(), found.article.published), ("A", None));
        let said: Vec<String> = found.remarks.iter().map(ToString::to_string).collect();
        assert!(said[0].starts_with("tin.jsonl:3: ") && said[0].contains("\"31/2/2024\""), "{said:?}");
        assert!(said[1].contains("hôm kia") && said.len() == 2, "{said:?}");
        assert!(record_of_line("a:1", r#"{"title":"A","date":" "}"#).unwrap().remarks.is_empty());
    }

    #[test]
    fn images_are_addresses_or_objects() {
        let article = one(
            r#"{"lead":"Mở.","body":"Mở.\nMột.\nHai.","images":["https://xa.example/a.jpg",
            {"url":"b.jpg","caption":" Bến  cũ ","before":2},{"url":"c.jpg","before":99},"javascript:x","data:image/png,x"]}"#,
        )
        .unwrap();
        let found: Vec<_> = article.images.iter().map(|i| (i.url.as_str(), i.caption.as_deref(), i.before)).collect();
        // The first block repeated the lead.
        assert_eq!(found, [("https://xa.example/a.jpg", None, 0), ("b.jpg", Some("Bến cũ"), 1), ("c.jpg", None, 2)]);
        assert!(one(r#"{"title":"A","images":[{"before":-1}]}"#).is_err());
    }

    #[test]
    fn a_cut_line_is_one_error_and_the_rest_goes_on() {
        let found = all("tin.jsonl", "{\"title\":\"A\"}\n{\"title\":\n\n{\"title\":\"B\"}");
        assert_eq!(found.len(), 3);
        assert!(found[1].as_ref().unwrap_err().to_string().starts_with("tin.jsonl:2: "));
        assert_eq!(found[2].as_ref().unwrap().id, "tin-4");
    }

    #[test]
    fn a_line_of_bad_bytes_is_an_error_with_its_number() {
        let mut found = Vec::new();
        super::super::read("a.jsonl", b"{\"title\":\"A\"}\n{\"title\":\"\xFF\"}", &mut |a| found.push(a));
        assert!(found[1].as_ref().unwrap_err().to_string().starts_with("a.jsonl:2: byte 10"));
    }

    #[test]
    fn a_file_holds_an_object_an_array_or_articles() {
        assert_eq!(all("a.json", r#"{"title":"A"}"#)[0].as_ref().unwrap().id, "a");
        assert_eq!(all("a.json", r#"[{"title":"A"},{"title":"B"}]"#)[1].as_ref().unwrap().id, "a-2");
        assert_eq!(all("a.json", r#"{"articles":[{"id":"x","title":"A"}]}"#)[0].as_ref().unwrap().id, "x");
        for wrong in ["[", "3", "[]", r#"[{"title":5}]"#, r#"{"x":1}"#] {
            assert!(all("a.json", wrong).iter().all(Result::is_err), "{wrong}");
        }
    }

    #[test]
    fn a_body_that_begins_with_the_lead_does_not_repeat_it() {
        let blocks = |text| one(text).unwrap().blocks.into_iter().map(|b| b.text).collect::<Vec<_>>();
        assert_eq!(blocks(r#"{"lead":"Mở đầu.","body":"Mở đầu.\nTiếp."}"#), ["Tiếp."]);
        assert_eq!(blocks(r#"{"lead":"Mở đầu.","body":"Mở đầu. Tiếp."}"#), ["Tiếp."]);
        assert_eq!(blocks(r#"{"lead":"Mở","body":"Mở đầu. Tiếp."}"#), ["Mở đầu. Tiếp."]);
    }

    #[test]
    fn without_title_one_is_derived_and_without_text_it_is_an_error() {
        let article = one(r#"{"body":"Mưa lớn ở xã. Nước dâng."}"#).unwrap();
        assert_eq!((article.title.as_str(), article.title_derived), ("Mưa lớn ở xã", true));
        assert!(one(r#"{"id":"a","title":" ","body":null}"#).is_err());
    }

    #[test]
    fn unsafe_addresses_are_dropped() {
        let article =
            one(r#"{"title":"A","url":"javascript:x","attachments":[{"name":"a","url":"file:///a"}]}"#).unwrap();
        assert_eq!((article.url, article.attachments.len()), (None, 0));
    }

    #[test]
    fn an_article_as_timdoc_writes_it_is_read_back() {
        let article =
            one(r#"{"id":"a","title":"A","lead":"Sáng 2/5/2024, họp.","date":"2024-05-02","body":"Một."}"#).unwrap();
        let json = serde_json::to_string(&article).unwrap();
        assert_eq!(one(&json).unwrap(), article);
    }
}
