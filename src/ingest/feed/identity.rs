//! Which id has an item of a feed? Ids stand in the addresses of the reader, so a short one is better than a long one.

use crate::ingest::html::address::percent_decoded;
use crate::ingest::{MOST_ID_BYTES, clean, finish};

/// Endings of addresses that say how a page is made, not which it is.
const ENDINGS: [&str; 9] = [".html", ".htm", ".shtml", ".xhtml", ".aspx", ".asp", ".php", ".jsp", ".epi"];

/// The id: the feed's own if it is no address, else what the page's address says without the site's name, else what
/// the own id says so.
pub(super) fn of(own: Option<&str>, link: Option<&str>) -> Option<String> {
    let own = own.map(|id| clean::line(id).into_owned()).filter(|id| !id.is_empty());
    let is_address = |id: &str| finish::web_address(id).is_some();
    let short = |id: &String| !is_address(id) && id.len() <= MOST_ID_BYTES;
    own.clone().filter(short).or_else(|| of_address(link?)).or_else(|| of_address(&own?))
}

/// The path of an address and, where the path is that of a program, its query.
pub(in crate::ingest) fn of_address(address: &str) -> Option<String> {
    let address = finish::web_address(address)?;
    let (_, rest) = address.split_once("://")?;
    let rest = rest.split('#').next().unwrap_or(rest);
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let path = place.split_once('/').map_or("", |(_, path)| path).trim_matches('/');
    let ending = ENDINGS.iter().find(|ending| {
        let start = path.len().checked_sub(ending.len()).and_then(|start| path.get(start..));
        start.is_some_and(|end| end.eq_ignore_ascii_case(ending))
    });
    let bare = ending.and_then(|ending| path.get(..path.len() - ending.len())).unwrap_or(path);
    let bare = bare.strip_suffix("/index").unwrap_or(bare);
    // A program's page is told by its query; what a static page has there counts visitors.
    let asks = bare.is_empty() || ending.is_some_and(|ending| [".aspx", ".asp", ".php", ".jsp"].contains(ending));
    let wanted = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("utm_"));
    let query = wanted.collect::<Vec<_>>().join("&");
    let id = if asks && !query.is_empty() { format!("{bare}?{query}") } else { bare.to_owned() };
    let id = clean::line(&percent_decoded(&id)).into_owned();
    let last = || id.rsplit('/').next().map(str::to_owned);
    let fits = |id: &String| !id.is_empty() && id.len() <= MOST_ID_BYTES && !id.chars().any(char::is_control);
    Some(id.clone()).filter(fits).or_else(|| last().filter(fits))
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn an_own_id_is_kept_unless_it_is_an_address() {
        assert_eq!(of(Some(" tin-7 "), Some("https://xa.example/a.html")).as_deref(), Some("tin-7"));
        let id = of(Some("https://xa.example/?p=7"), Some("https://xa.example/cau-moi/"));
        assert_eq!(id.as_deref(), Some("cau-moi"));
        assert_eq!(of(Some("https://xa.example/?p=7"), None).as_deref(), Some("?p=7"));
        assert_eq!(of(Some(&"x".repeat(300)), None), None);
        assert_eq!(of(None, Some("javascript:alert(1)")), None);
    }

    #[test]
    fn an_address_says_its_path_and_a_program_its_query() {
        for (address, id) in [
            ("https://xa.example/tin/cau-moi.html?utm_source=rss#top", "tin/cau-moi"),
            ("http://xa.example/ChiTiet.aspx?id=5&utm_medium=rss", "ChiTiet?id=5"),
            ("http://xa.example/index.php?nv=news&op=cau-5", "index?nv=news&op=cau-5"),
            ("http://xa.example/tin/index.html", "tin"),
            ("http://xa.example/c%E1%BA%A7u", "cầu"),
        ] {
            assert_eq!(of_address(address).as_deref(), Some(id), "{address}");
        }
        let long = format!("https://xa.example/{}/bai-9", "a".repeat(300));
        assert_eq!(of_address(&long).as_deref(), Some("bai-9"));
        assert_eq!(of_address("https://xa.example/"), None);
    }
}
