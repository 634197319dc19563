//! Requests and manifests from JavaScript objects.
//!
//! Read property by property: serde's deserializer and its messages would be a sixth of the engine's code.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::bundle::manifest::{FileEntry, MANIFEST, Manifest, SegmentEntry};
use crate::collections::SortedMap;
use crate::engine::{Request, Sort};
use crate::result::Period;
use crate::{Error, Result};

/// The options a request may have.
const OPTIONS: [&str; 12] =
    ["text", "filters", "from", "to", "sort", "limit", "offset", "prefix", "facets", "histogram", "explain", "weights"];

/// A request of `EngineRequest`'s shape.
pub fn request(value: &JsValue) -> Result<Request> {
    for name in names(value) {
        if !OPTIONS.contains(&name.as_str()) {
            return Err(Error::bad_request(&name, "there is no such option"));
        }
    }
    let mut filters = SortedMap::default();
    if let Some(fields) = property(value, "filters") {
        for name in names(&fields) {
            let values = strings(&name, &fields, &name)?;
            filters.insert(name, values);
        }
    }
    let mut weights = SortedMap::default();
    if let Some(given) = property(value, "weights") {
        for name in names(&given) {
            let weight = property(&given, &name).and_then(|weight| weight.as_f64());
            let weight = weight.ok_or_else(|| Error::bad_request(&name, "it must be a number"))?;
            weights.insert(name, weight as f32);
        }
    }
    Ok(Request {
        text: string(value, "text")?.unwrap_or_default(),
        filters,
        from: string(value, "from")?,
        to: string(value, "to")?,
        sort: match string(value, "sort")?.as_deref() {
            None | Some("relevance") => Sort::Relevance,
            Some("newest") => Sort::Newest,
            Some("oldest") => Sort::Oldest,
            _ => return Err(Error::bad_request("sort", "use relevance, newest or oldest")),
        },
        limit: number(value, "limit")?,
        offset: number(value, "offset")?.unwrap_or(0),
        prefix: flag(value, "prefix"),
        facets: strings("facets", value, "facets")?,
        histogram: match string(value, "histogram")?.as_deref() {
            None => None,
            Some("year") => Some(Period::Year),
            Some("month") => Some(Period::Month),
            _ => return Err(Error::bad_request("histogram", "use year or month")),
        },
        explain: flag(value, "explain"),
        weights,
    })
}

/// A parsed `manifest.json`.
pub fn manifest(value: &JsValue) -> Result<Manifest> {
    let wrong = || Error::damaged(MANIFEST, "it is no timdoc manifest");
    let text = |of: &JsValue, name: &str| string(of, name).ok().flatten().ok_or_else(wrong);
    let count = |of: &JsValue, name: &str| number(of, name).ok().flatten().ok_or_else(wrong);
    let file = |of: &JsValue, name: &str| {
        let entry = property(of, name).ok_or_else(wrong)?;
        Ok(FileEntry { file: text(&entry, "file")?, bytes: count(&entry, "bytes")? as u64 })
    };
    let segments = property(value, "segments").filter(Array::is_array).ok_or_else(wrong)?;
    let segment = |of: JsValue| {
        let deleted = property(&of, "deleted").filter(Array::is_array).map(|list| list.unchecked_into::<Array>());
        let doc = |number: JsValue| number.as_f64().map(|number| number as u32).ok_or_else(wrong);
        Ok(SegmentEntry {
            head: file(&of, "head")?,
            dictionary: file(&of, "dictionary")?,
            articles: count(&of, "articles")? as u64,
            bytes: count(&of, "bytes")? as u64,
            deleted: deleted.unwrap_or_default().iter().map(doc).collect::<Result<_>>()?,
        })
    };
    Ok(Manifest {
        format: text(value, "format")?,
        version: count(value, "version")? as u32,
        segments: segments.unchecked_ref::<Array>().iter().map(segment).collect::<Result<_>>()?,
    })
}

/// The names of an object's own properties.
fn names(of: &JsValue) -> Vec<String> {
    Object::keys(of.unchecked_ref::<Object>()).iter().filter_map(|name| name.as_string()).collect()
}

fn flag(of: &JsValue, name: &str) -> bool {
    property(of, name).is_some_and(|value| value.is_truthy())
}

/// A property that is there and neither `undefined` nor `null`.
fn property(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

fn string(of: &JsValue, name: &str) -> Result<Option<String>> {
    let Some(value) = property(of, name) else { return Ok(None) };
    value.as_string().map(Some).ok_or_else(|| Error::bad_request(name, "it must be a text"))
}

fn strings(option: &str, of: &JsValue, name: &str) -> Result<Vec<String>> {
    let Some(value) = property(of, name) else { return Ok(Vec::new()) };
    if !Array::is_array(&value) {
        return Err(Error::bad_request(option, "it must be a list of texts"));
    }
    let text = |item: JsValue| item.as_string().ok_or_else(|| Error::bad_request(option, "it must be a list of texts"));
    value.unchecked_ref::<Array>().iter().map(text).collect()
}

/// A whole number from 0 on.
fn number(of: &JsValue, name: &str) -> Result<Option<usize>> {
    let Some(value) = property(of, name) else { return Ok(None) };
    let whole =
        value.as_f64().filter(|value| *value >= 0.0 && *value <= f64::from(u32::MAX) && value.trunc() == *value);
    whole.map(|value| Some(value as usize)).ok_or_else(|| Error::bad_request(name, "it must be a whole number"))
}
