//! Which line is the title? What the page states of itself, its address, and how lines look, are weighed together.

use crate::analysis::fold::fold;
use crate::ingest::text::line::{Kind, Line};

use super::address;
use super::body::{self, Body};
use super::hints;
use super::shared::{self, Shared};
use super::stated::Stated;
use super::view::{Role, Seen, View};

/// Fewer characters are no title, unless the page states it.
const SHORTEST: usize = 12;
/// More are none.
const LONGEST: usize = 300;

/// The title, where it came from and which line it is.
#[derive(Debug, Clone)]
pub(super) struct Title {
    pub text: String,
    pub origin: String,
    pub line: Option<usize>,
}

/// What is known besides the lines.
pub(super) struct Clues<'c> {
    pub stated: &'c Stated,
    pub shared: &'c Shared,
    /// The page's address or file name.
    pub address: &'c str,
}

/// Finds the title.
pub(super) fn find(view: &View<'_, '_>, body: Option<&Body>, clues: &Clues<'_>) -> Option<Title> {
    let stated = stated_titles(clues);
    let slug = slug(clues.address);
    let first = body.map_or(view.lines.len(), |body| view.range(body.element).0);
    let end = body.map_or(view.lines.len(), |body| view.range(body.element).1);
    let mut best: Option<(i32, usize, &'static str)> = None;
    for (at, line) in view.lines.iter().enumerate().take(end) {
        if !could_be(line, at, first) {
            continue;
        }
        let Some((mut score, why)) = score(view, line, &stated, &slug, clues) else { continue };
        // The nearer above the body, the likelier.
        if at <= first {
            score += match first - at {
                0..=3 => 2,
                4..=12 => 1,
                _ => 0,
            };
        }
        let has_stamp = |near: usize| {
            let is_stamp = |line: &Seen| match &line.role {
                Role::Stamp(stamp) => !line.around && (!line.shared || stamp.date.minute.is_some()),
                _ => false,
            };
            view.lines.get(near).is_some_and(is_stamp)
        };
        // A stamp stands under the title, or over it.
        score += match () {
            () if has_stamp(at + 1) => 3,
            () if has_stamp(at + 2) || (1..=2).any(|back| at.checked_sub(back).is_some_and(has_stamp)) => 2,
            () => 0,
        };
        if best.is_none_or(|(most, ..)| score > most) {
            best = Some((score, at, why));
        }
    }
    let line = best.filter(|(score, ..)| *score >= 4).and_then(|(_, at, why)| Some((at, view.lines.get(at)?, why)));
    if let Some((at, line, why)) = line {
        let text = line.piece.text.replace('\n', " ");
        let origin = format!("{} in {}", why, body::label(view, line.piece.node));
        return Some(Title { text, origin, line: Some(at) });
    }
    let (text, origin) = stated.into_iter().next()?;
    Some(Title { text, origin: origin.to_owned(), line: None })
}

fn could_be(line: &Seen, at: usize, first: usize) -> bool {
    let of_text = Line { text: &line.piece.text, kind: Kind::Text, chars: line.piece.chars, repeated: false };
    let words = line.piece.text.split(' ').count() >= 2;
    let own = !line.shared && matches!(line.role, Role::Text) && !line.around;
    let heading = of_text.could_be_title() || line.piece.level > 0 || line.piece.strong && at < first;
    let row = line.piece.kind == crate::article::BlockKind::TableRow;
    own && words && heading && !row && line.piece.chars <= LONGEST && !line.file
}

/// How likely a line is the title, and what says most for it.
fn score(
    view: &View<'_, '_>,
    line: &Seen,
    stated: &[(String, &'static str)],
    slug: &str,
    clues: &Clues<'_>,
) -> Option<(i32, &'static str)> {
    let folded = fold(&line.piece.text);
    let agrees = stated.iter().find(|(text, _)| same(&folded, &fold(text)));
    let (mut score, mut why) = (0, "the line above the text");
    let mut add = |points: i32, reason: &'static str| {
        if points > score {
            why = reason;
        }
        score += points;
    };
    if let Some((_, origin)) = agrees {
        add(8, origin);
    }
    let of_category = view.hinted(line, hints::CATEGORY | hints::BREADCRUMB);
    if of_slug(&folded, slug) && !of_category {
        add(7, "agrees with the page's address");
    }
    if let Some(system) = view.known(line, hints::TITLE) {
        add(6, system);
    }
    match line.piece.level {
        1 => add(5, "heading of level 1"),
        2 => add(3, "heading of level 2"),
        3..=6 => add(2, "heading"),
        _ => {}
    }
    if view.hinted(line, hints::TITLE) {
        add(3, "named as title");
    }
    if clues.shared.is_slot(view.tree, &line.piece) {
        add(3, "one on each page, each time another");
    }
    if line.piece.strong && line.piece.level == 0 {
        add(1, "in bold");
    }
    if is_large(view, line) {
        add(2, "in large letters");
    }
    let score = score - i32::from(line.piece.chars < SHORTEST) * 2 - i32::from(line.piece.chars > 220) * 2;
    // A bold lead is a sentence; a title hardly ever is.
    let sentence = line.prose && line.piece.level == 0 && agrees.is_none() && !of_slug(&folded, slug);
    let score = score - i32::from(sentence) * 5;
    let links_elsewhere = line.piece.is_link() && agrees.is_none() && !of_slug(&folded, slug);
    let score = score - i32::from(links_elsewhere) * 5 - i32::from(of_category) * 3;
    (score > 0 || clues.shared.is_known()).then_some((score, why))
}

/// True for `<font size="4">` and more, and for styles of 18 pixels and more.
fn is_large(view: &View<'_, '_>, line: &Seen) -> bool {
    view.tree.ancestors(line.piece.at).take(5).any(|id| {
        let size = view.tree.attribute(id, "size").and_then(|size| size.trim_start_matches('+').parse::<u32>().ok());
        let font = size.is_some_and(|size| (4..=7).contains(&size)) && view.tree.name(id).eq_ignore_ascii_case("font");
        let style = view.tree.attribute(id, "style").unwrap_or_default();
        let styled = style.split(';').filter_map(|rule| rule.split_once(':')).any(|(name, value)| {
            let points = value.trim().trim_end_matches("px").trim_end_matches("pt").trim();
            name.trim().eq_ignore_ascii_case("font-size") && points.parse::<f32>().is_ok_and(|size| size >= 18.0)
        });
        font || styled
    })
}

/// The titles the page states, without the site's name; none that all pages state.
pub(super) fn stated_titles(clues: &Clues<'_>) -> Vec<(String, &'static str)> {
    let mut found: Vec<(String, &'static str)> = Vec::new();
    let sites: Vec<String> = clues.stated.sources.iter().map(|from| fold(&from.value)).collect();
    for from in &clues.stated.titles {
        if clues.shared.has(&from.value) {
            continue;
        }
        let text = without_site(&from.value, &sites, clues.shared);
        if text.chars().count() < 4 || generic(&text) || sites.contains(&fold(&text)) {
            continue;
        }
        found.push((text, from.origin));
    }
    found
}

/// Words that systems put where a title is wanted.
fn generic(title: &str) -> bool {
    matches!(
        fold(title).as_str(),
        "home"
            | "trang chu"
            | "trang nhat"
            | "index"
            | "untitled"
            | "untitled document"
            | "tin tuc"
            | "chi tiet tin"
            | "chi tiet bai viet"
            | "chi tiet"
            | "tin tuc su kien"
            | "cong thong tin dien tu"
            | "trang thong tin dien tu"
            | "xem tin"
            | "noi dung"
            | "default"
    )
}

/// Takes the site's name off a title: what other pages' titles have too, or what follows the last `|` or ` - ` and is
/// named as the site.
fn without_site(title: &str, sites: &[String], shared: &Shared) -> String {
    let parts: Vec<&str> = shared::parts(title).collect();
    if parts.len() < 2 {
        return title.to_owned();
    }
    let of_site = |part: &str| {
        let folded = fold(part);
        let named = [
            "cong thong tin",
            "trang thong tin",
            "trang tin",
            "website",
            "bao dien tu",
            "bao ",
            "ubnd ",
            "uy ban nhan dan",
        ];
        shared.has(part)
            || sites.contains(&folded)
            || generic(part)
            || named.iter().any(|name| folded.starts_with(name)) && part.chars().count() < 90
    };
    let first = parts.iter().position(|part| !of_site(part));
    let last = parts.iter().rposition(|part| !of_site(part));
    let (Some(first), Some(last)) = (first, last) else { return title.to_owned() };
    // The words between as they are in the source, their signs too.
    let (from, to) = (parts.get(first).copied().unwrap_or_default(), parts.get(last).copied().unwrap_or_default());
    let start = title.find(from).unwrap_or(0);
    let end = title.rfind(to).map_or(title.len(), |at| at + to.len());
    title.get(start..end.max(start)).unwrap_or(title).to_owned()
}

/// True for two folded titles that say the same, one of them perhaps cut.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if short.len() < 8 {
        return short == long;
    }
    let short = short.trim_end_matches([' ', '.', '…']);
    short == long || short.len() >= 20 && long.starts_with(short) && short.len() * 2 >= long.len()
}

/// The words of a page's address that may be its title: `hoi-nghi-so-ket-123.html` as `hoi nghi so ket`.
pub(super) fn slug(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let path = path.split_once("://").map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty());
    let last = parts.next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let folded = fold(&address::percent_decoded(stem).replace(['-', '_', '+'], " "));
    let stem = if matches!(folded.as_str(), "index" | "default") { parts.next().unwrap_or_default() } else { stem };
    let folded = fold(&address::percent_decoded(stem).replace(['-', '_', '+'], " "));
    folded.trim_matches(|c: char| c.is_ascii_digit() || c == ' ').to_owned()
}

/// True for a folded title that an address was made of; both may be cut, and signs may be lost.
fn of_slug(folded: &str, slug: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (title, slug) = (letters(folded), letters(slug));
    if slug.len() < 10 || title.len() < 10 {
        return slug == title && slug.len() >= 5;
    }
    let shorter = slug.len().min(title.len());
    let common = title.bytes().zip(slug.bytes()).take_while(|(a, b)| a == b).count();
    common == shorter && shorter * 2 >= title.len() && shorter * 3 >= slug.len() * 2 || common >= 40
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_words() {
        assert_eq!(slug("https://xa.example/tin/hoi-nghi-so-ket-1234.html"), "hoi nghi so ket");
        assert_eq!(slug("xa.example/cau-moi/index.html"), "cau moi");
        assert_eq!(slug("https://xa.example/?p=12"), "");
        assert!(of_slug(&fold("Hội nghị sơ kết 6 tháng đầu năm"), "hoi nghi so ket 6 thang dau n"));
        assert!(of_slug(&fold("Xã Đắk R’lấp mở hội"), "xa dak r lap mo hoi"));
        assert!(!of_slug(&fold("Hội nghị tổng kết"), "hoi nghi so ket"));
    }

    #[test]
    fn cut_titles_are_the_same_title() {
        assert!(same("hoi nghi so ket cong tac nam", "hoi nghi so ket cong tac nam 2024 cua xa"));
        assert!(!same("tin tuc", "tin tuc su kien"));
    }

    #[test]
    fn the_name_of_the_site_is_taken_off() {
        let sites = [fold("Báo Xã")];
        let bare = |title| without_site(title, &sites, &Shared::default());
        assert_eq!(bare("Cầu mới thông xe - Báo Xã"), "Cầu mới thông xe");
        assert_eq!(bare("Báo Xã | Cầu mới thông xe"), "Cầu mới thông xe");
        assert_eq!(bare("Giá vàng - cơ hội hay rủi ro"), "Giá vàng - cơ hội hay rủi ro");
        assert_eq!(bare("Cầu mới | Cổng thông tin điện tử xã Tam Hợp"), "Cầu mới");
    }
}
