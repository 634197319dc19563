//! What an item of a feed becomes.

use crate::article::{Article, Attachment, Block, BlockKind, Date, Image, retain_blocks};
use crate::error::Result;
use crate::ingest::encoding::Mend;
use crate::ingest::html::address;
use crate::ingest::html::blocks::{Fragment, fragment};
use crate::ingest::html::images;
use crate::ingest::{Ingested, check_id, clean, finish, format, json};

use super::{date, identity, wordpress};

/// The longest summary that is a lead, in characters.
const LONGEST_LEAD: usize = 600;

/// A text as a feed carries it.
#[derive(Debug, Clone, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// Whether it is HTML; a plain text may hold `<` and `&` as they are.
    pub(super) html: bool,
}

/// What is known of the feed when an item ends.
#[derive(Debug, Default)]
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) link: Option<String>,
}

/// The fields of an item.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) id: Option<String>,
    /// Whether the id is said to be the page's address.
    pub(super) id_is_link: bool,
    pub(super) link: Option<String>,
    pub(super) original_link: Option<String>,
    pub(super) title: Option<Written>,
    pub(super) content: Option<Written>,
    pub(super) description: Option<Written>,
    pub(super) summary: Option<Written>,
    pub(super) published: Option<String>,
    pub(super) created: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) source: Option<String>,
    pub(super) enclosures: Vec<Attachment>,
    /// Addresses of pictures beside the text, with what is said of them.
    pub(super) pictures: Vec<(String, Option<String>)>,
    pub(super) status: Option<String>,
    pub(super) post_type: Option<String>,
}

impl Item {
    /// True for what WordPress exports beside articles: pictures, menus, settings.
    pub(super) fn is_no_article(&self) -> bool {
        let kind = self.post_type.as_deref().unwrap_or_default().trim();
        kind.starts_with("wp_")
            || kind.starts_with("acf-")
            || matches!(
                kind,
                "attachment" | "revision" | "nav_menu_item" | "custom_css" | "customize_changeset" | "oembed_cache"
            )
    }

    /// Bytes of its long texts.
    pub(super) fn size(&self) -> usize {
        let texts = [&self.content, &self.description, &self.summary];
        texts.into_iter().flatten().map(|text| text.text.len()).sum()
    }

    /// True for WordPress's drafts, and what is private or in the bin.
    pub(super) fn is_unpublished(&self) -> bool {
        self.status.as_deref().is_some_and(|status| status.trim() != "publish")
    }

    /// The article. `number` is the item's in its feed, from 1.
    ///
    /// # Errors
    /// [`crate::Error::Input`] when there is neither title nor text.
    pub(super) fn article(mut self, name: &str, number: usize, about: &About) -> Result<Ingested> {
        let place = format!("{name} item {number}");
        self.mend();
        if let Some(content) = self.content.as_mut().filter(|_| self.post_type.is_some()) {
            content.text = wordpress::html(&content.text);
        }
        let own_link = self.id.clone().filter(|_| self.id_is_link);
        let base = about.link.as_deref();
        let links = [self.original_link.take(), self.link.take(), own_link];
        let mut links = links.into_iter().flatten().filter_map(|link| address::resolve(&link, base));
        let url = links.find_map(|link| finish::web_address(&link));
        let id = identity::of(self.id.as_deref(), url.as_deref());
        let id = check_id(&place, &id.unwrap_or_else(|| format!("{}-{number}", format::stem(name))))?;
        let base = url.as_deref().or(base);
        let read = |text: &Option<Written>| text.as_ref().map(|text| text.read(base)).unwrap_or_default();
        let (mut body, description) = (read(&self.content), read(&self.description));
        let summary = if self.summary.is_some() { read(&self.summary) } else { description.clone() };
        if body.blocks.is_empty() {
            let text = if description.blocks.is_empty() { summary.clone() } else { description.clone() };
            (body.blocks, body.images) = (text.blocks, text.images);
        }
        if body.images.is_empty() {
            // Teasers show one picture of the text before their own.
            let teaser = description.images.into_iter().chain(summary.images);
            let beside = self.pictures.iter().filter_map(|(href, caption)| picture(href, caption.as_deref(), base));
            body.images = teaser.chain(beside).take(1).map(|image| Image { before: 0, ..image }).collect();
        }
        for file in description.attachments.into_iter().chain(summary.attachments).chain(self.files(base)) {
            if !body.attachments.iter().any(|known| known.url == file.url) {
                body.attachments.push(file);
            }
        }
        let mut lead = lead(&summary.blocks, &body.blocks);
        if let Some(text) = &lead {
            json::without_lead(text, &mut body.blocks, &mut body.images);
            if body.blocks.is_empty() {
                // There is no more than the summary: it is the text.
                body.blocks.extend(lead.take().map(|text| Block::new(BlockKind::Paragraph, text)));
            }
        }
        let mut categories = named(self.categories).into_iter();
        let category = categories.next();
        let mut tags: Vec<String> = categories.chain(named(self.tags)).collect();
        let mut seen = std::collections::HashSet::new();
        tags.retain(|tag| seen.insert(tag.clone()));
        let byline = named(self.authors.iter().filter_map(|author| person(author)).collect()).join(", ");
        let dates: Vec<String> = [self.published, self.created, self.updated].into_iter().flatten().collect();
        let published = dates.iter().find_map(|text| moment(text));
        let unread = dates.iter().find(|text| !text.trim().is_empty()).filter(|_| published.is_none());
        let remarks = unread.map(|text| finish::unread_date(&place, &plain(text, false))).into_iter().collect();
        let source = self.source.map(|source| plain(&source, true)).filter(|source| !source.is_empty());
        let article = Article {
            id,
            title: self.title.map(|title| plain(&title.text, title.html)).unwrap_or_default(),
            published,
            lead,
            byline: Some(byline).filter(|byline| !byline.is_empty()),
            source,
            category,
            tags,
            url,
            blocks: body.blocks,
            attachments: body.attachments,
            images: body.images,
            ..Article::default()
        };
        let mut article = finish::finish(&place, article)?;
        article.source = article.source.or_else(|| about.title.clone());
        Ok(Ingested { article, remarks, is_page: true })
    }

    /// Mends letters of an old encoding that were stored as UTF-8.
    fn mend(&mut self) {
        let fields = [&mut self.title, &mut self.content, &mut self.description, &mut self.summary];
        let mut texts: Vec<&mut String> = fields.into_iter().flatten().map(|text| &mut text.text).collect();
        texts.extend(self.authors.iter_mut().chain(&mut self.categories).chain(&mut self.tags).chain(&mut self.source));
        let all: Vec<&str> = texts.iter().map(|text| text.as_str()).collect();
        let Some(mend) = Mend::find(&all, true) else { return };
        for text in &mut texts {
            **text = mend.apply(text).into_owned();
        }
    }

    /// The enclosures that are documents, not pictures and sounds.
    fn files(&self, base: Option<&str>) -> Vec<Attachment> {
        let files = self.enclosures.iter().filter_map(|file| {
            let url = address::resolve(&file.url, base).filter(|url| address::is_file(url))?;
            let name = plain(&file.name, false);
            let name = if name.is_empty() { clean::line(&address::file_name(&url)).into_owned() } else { name };
            Some(Attachment { name, url })
        });
        files.collect()
    }
}

/// A picture that a feed names beside the text.
fn picture(href: &str, caption: Option<&str>, base: Option<&str>) -> Option<Image> {
    let url = images::web(href, base).filter(|url| !images::is_icon(url) && !address::is_file(url))?;
    Some(Image {
        url,
        caption: caption.map(|text| plain(text, true)).and_then(|text| images::caption(&text)),
        before: 0,
    })
}

fn moment(text: &str) -> Option<Date> {
    date::parse(&plain(text, false))
}

impl Written {
    /// The blocks and files of a text.
    fn read(&self, base: Option<&str>) -> Fragment {
        let mut read = if self.html && self.text.contains('<') {
            fragment(&self.text, base)
        } else {
            let text = clean::text(&self.text);
            let lines = text.split('\n').map(|line| plain(line, self.html)).filter(|line| !line.is_empty());
            Fragment {
                blocks: lines.map(|line| Block::new(BlockKind::Paragraph, line)).collect(),
                ..Fragment::default()
            }
        };
        retain_blocks(&mut read.blocks, &mut read.images, |block| !wordpress::is_of_the_feed(&block.text));
        read
    }
}

/// A text of one line, its tags and references taken away when it is HTML.
fn plain(text: &str, html: bool) -> String {
    if html && text.contains(['<', '&']) {
        let blocks = fragment(text, None).blocks;
        return clean::line(&blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join(" ")).into_owned();
    }
    clean::line(text).into_owned()
}

/// Names in one line each, without empty ones.
fn named(names: Vec<String>) -> Vec<String> {
    names.iter().map(|name| plain(name, true)).filter(|name| !name.is_empty()).collect()
}

/// The name of a person: `an@xa.example (Lê An)` is Lê An, an address alone is nobody.
fn person(author: &str) -> Option<String> {
    let named = author
        .split_once('(')
        .and_then(|(before, rest)| before.contains('@').then(|| rest.trim_end().trim_end_matches(')').to_owned()));
    let named = named.unwrap_or_else(|| author.to_owned());
    (!named.contains('@')).then_some(named)
}

/// The summary as a lead: short, whole, and not the text itself.
fn lead(summary: &[Block], body: &[Block]) -> Option<String> {
    let texts = summary.iter().filter(|block| block.kind != BlockKind::Caption).map(|block| block.text.as_str());
    let text = texts.collect::<Vec<_>>().join("\n");
    let is_cut = ["…", "...", "[…]", "[...]", "»", "…]", "Read more"].iter().any(|end| text.trim_end().ends_with(end));
    let size = text.chars().count();
    let rest: usize = body.iter().map(|block| block.text.chars().count()).sum();
    (size > 0 && !is_cut && size <= LONGEST_LEAD && rest > size).then_some(text)
}
