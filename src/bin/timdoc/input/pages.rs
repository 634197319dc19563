//! Web pages of folders: which site each belongs to, what a sample of the site's pages shares, and each page's article.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use timdoc::ingest::html::{self, Look, Outcome, Page, SAMPLE, Sample, Shared};
use timdoc::ingest::site::{self, Site};
use timdoc::ingest::{self, Format, Sitemap};
use timdoc::{Error, Result};

use super::Found;

/// True for a file without an ending that begins like a web page: mirrors name pages so whose addresses have none.
pub fn begins_as_page(path: &Path) -> bool {
    if path.extension().is_some() {
        return false;
    }
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1024).read_to_end(&mut begin));
    let text = String::from_utf8_lossy(&begin).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    read.is_ok()
        && ["<!doctype html", "<html", "<head", "<?xml"].iter().any(|tag| text.starts_with(tag))
        && text.contains("<html")
}

/// All sites of the input.
pub struct Pages {
    /// The folders that were named, with what is said of them.
    folders: HashMap<PathBuf, Site>,
    /// What the pages of each site share.
    shared: HashMap<Key, Shared>,
    /// What the sitemaps in each folder that was named say of its pages.
    sitemaps: HashMap<PathBuf, Sitemap>,
    /// What is said of the pages in archives of the web, by the archive's path.
    archives: HashMap<PathBuf, Site>,
}

/// A site: the folder that was named, and the host's folder in it.
type Key = (PathBuf, Option<String>);

/// True for a file that is a web page by its name.
pub fn is_page(path: &Path) -> bool {
    Format::of(&path.to_string_lossy()) == Ok(Format::Html)
}

impl Pages {
    /// Looks at a sample of each site's pages. `config` is the file for all folders; else each may hold its own.
    pub fn look(files: &[Found], config: Option<&Path>) -> Result<Self> {
        let named = config.map(read_config).transpose()?;
        let mut pages = Pages {
            folders: HashMap::new(),
            shared: HashMap::new(),
            sitemaps: HashMap::new(),
            archives: HashMap::new(),
        };
        let mut sites: HashMap<Key, Vec<&Path>> = HashMap::new();
        for file in files.iter().filter(|file| file.page) {
            if !pages.folders.contains_key(&file.folder) {
                pages.folders.insert(file.folder.clone(), said_of(&[&file.folder], named.as_ref())?);
            }
            sites.entry(key(file)).or_default().push(&file.path);
        }
        for file in files.iter().filter(|file| Format::of(&file.path.to_string_lossy()) == Ok(Format::Warc)) {
            // Beside the archive, else in the folder that was named.
            let beside = file.path.parent().unwrap_or(Path::new(""));
            pages.archives.insert(file.path.clone(), said_of(&[beside, &file.folder], named.as_ref())?);
        }
        for file in files.iter().filter(|file| pages.folders.contains_key(&file.folder) && is_xml(&file.path)) {
            // One that cannot be read is told of when its turn comes as a file.
            if let Some(sitemap) = sitemap(&file.path) {
                pages.sitemaps.entry(file.folder.clone()).or_default().extend(sitemap);
            }
        }
        for (key, paths) in sites {
            let step = paths.len().div_ceil(SAMPLE).max(1);
            let sampled: Vec<&Path> = paths.into_iter().step_by(step).collect();
            let looks: Vec<Option<Look>> = sampled.par_iter().map(|path| Some(Look::at(&text(path).ok()?))).collect();
            let mut sample = Sample::default();
            looks.into_iter().flatten().for_each(|look| sample.add(look));
            pages.shared.insert(key, sample.shared());
        }
        Ok(pages)
    }

    /// What is said of the pages in an archive of the web.
    pub fn of_archive(&self, path: &Path) -> Option<&Site> {
        self.archives.get(path)
    }

    /// Puts the pages of each folder in the order of the sitemap beside them; those it does not name come after. Other
    /// files stay where they are.
    pub fn put_in_order(&self, files: &mut [Found]) {
        let wanted = |file: &Found| {
            let order = self.sitemaps.get(&file.folder).and_then(|sitemap| sitemap.order(&relative(file)));
            order.unwrap_or(usize::MAX)
        };
        for (folder, _) in self.sitemaps.iter().filter(|(_, sitemap)| !sitemap.is_empty()) {
            let places: Vec<usize> =
                (0..files.len()).filter(|&at| files[at].page && files[at].folder == *folder).collect();
            let mut ordered: Vec<Found> = places.iter().map(|&at| std::mem::take(&mut files[at])).collect();
            ordered.sort_by_cached_key(wanted);
            places.into_iter().zip(ordered).for_each(|(at, file)| files[at] = file);
        }
    }

    /// Reads a page.
    pub fn read(&self, file: &Found) -> Result<Outcome> {
        let path = relative(file);
        let place = file.path.display().to_string();
        let sitemap = self.sitemaps.get(&file.folder);
        let said = sitemap.and_then(|sitemap| sitemap.about(&path)).map(|about| about.address.clone());
        let address = said.or_else(|| html::address_of(&path));
        let page = Page { place: &place, id: html::id_of(&path), path: &path, address: address.as_deref() };
        let default = Site::default();
        let site = self.folders.get(&file.folder).unwrap_or(&default);
        if let Some(left_out) = html::excluded(&page, site) {
            return Ok(Outcome::LeftOut(left_out));
        }
        let alone = Shared::default();
        let mut outcome =
            html::article(&page, &text(&file.path)?, self.shared.get(&key(file)).unwrap_or(&alone), site)?;
        if let (Outcome::Article(reading), Some(sitemap)) = (&mut outcome, sitemap) {
            let filled = sitemap.fill(&path, &mut reading.article);
            reading.origins.extend(filled.into_iter().map(|field| (field, "sitemap".to_owned())));
            if reading.article.published.is_some() {
                // The date that could not be read is made up for.
                reading.remarks.clear();
            }
        }
        Ok(outcome)
    }
}

/// What is said of a site: in the file that was named for all, else in the first of the folders that has one.
fn said_of(folders: &[&Path], named: Option<&Site>) -> Result<Site> {
    if let Some(site) = named {
        return Ok(site.clone());
    }
    let own = folders.iter().map(|folder| folder.join(site::NAME)).find(|own| own.is_file());
    own.map_or(Ok(Site::default()), |own| read_config(&own))
}

fn text(path: &Path) -> Result<String> {
    let file = File::open(path).map_err(|error| Error::io("read", path.display(), &error))?;
    ingest::page_text(&path.to_string_lossy(), file)
}

fn is_xml(path: &Path) -> bool {
    Format::of(&path.to_string_lossy()) == Ok(Format::Xml)
}

fn sitemap(path: &Path) -> Option<Sitemap> {
    Sitemap::read(&path.to_string_lossy(), File::open(path).ok()?).ok().flatten()
}

fn key(file: &Found) -> Key {
    (file.folder.clone(), html::host_of(&relative(file)).map(str::to_owned))
}

/// The path of a file in its folder, with `/` between its parts.
fn relative(file: &Found) -> String {
    let path = file.path.strip_prefix(&file.folder).unwrap_or(&file.path);
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}

fn read_config(path: &Path) -> Result<Site> {
    let text = std::fs::read_to_string(path).map_err(|error| Error::io("read", path.display(), &error))?;
    Site::parse(&path.to_string_lossy(), &text)
}
