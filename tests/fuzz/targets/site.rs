//! What a webmaster says of a site, in `timdoc.toml`, and a page that is read by it.
#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
#[path = "../kit.rs"]
mod kit;

use timdoc::ingest::html::{self, Page, Shared};
use timdoc::ingest::site::Site;

use crate::kit::{Input, check_article};

const PAGE: &str = "<html><head><title>Cầu mới</title></head><body><div id=a class=\"b c\"><h1>Cầu mới thông xe</h1>\
<p>Sáng 19/5/2024, cầu mới của phường thông xe, người dân qua lại thuận tiện hơn trước rất nhiều.</p></div></body></html>";

pub fn seeds() -> Vec<Vec<u8>> {
    let texts = [
        "base = \"https://xa.example/\"\nsource = \"Báo Xã\"\n",
        "[selectors]\ntitle = \"h1\"\nbody = \"#a > p, div.b p\"\ndate = \"time[datetime]\"\nremove = [\".ads\"]\n",
        "exclude = [\"tag/*\", \"*/page/*\"]\ninclude = [\"tin/**\"]\n",
    ];
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

pub fn run(input: &[u8]) {
    let Ok(site) = Site::parse("timdoc.toml", &Input(input).text()) else { return };
    let _ = site.left_out("tin/page/2.html");
    let page = Page { place: "tin/cau.html", id: "cau".into(), path: "tin/cau.html", address: None };
    if let Ok(html::Outcome::Article(found)) = html::article(&page, PAGE, &Shared::default(), &site) {
        check_article(&timdoc::ingest::Ingested::from(found).article);
    }
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(init: kit::sow("site", &seeds()), |input: &[u8]| run(input));
