//! The engine for JavaScript: types are converted and the engine is called, nothing else.
//!
//! `www/lib/library.js` and `snapshot.js` are the host: they fetch, inflate, and give the page the interface of
//! `www/lib/types.d.ts`.

mod from_js;

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::engine::{Engine, Needs, Outcome};
use crate::rank::Weights;
use crate::{Error, Result};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
import type { Article as Shown, FacetValue, LibraryInfo, SearchResult, Suggestion, Weight } from '../lib/types.js';

/** What an answer still needs: byte ranges to fetch, articles to inflate against the dictionary of their segment. */
export interface Needs {
  ranges: { file: string; start: number; end: number }[];
  inflate: { segment: number; doc: number; deflated: Uint8Array; length: number }[];
}

/** An article whose facts are as they are stored: `lib/facts.js` reads them. */
export type Article = Omit<Shown, 'facts'> & { facts: string };

/** An answer, or what it needs. */
export type Outcome<T> = { ready: T } | { needs: Needs };

/** A request as the engine reads it: all of SearchOptions but the signal, and the text. */
export interface EngineRequest {
  text: string;
  filters?: Record<string, string[]>;
  from?: string;
  to?: string;
  sort?: 'relevance' | 'newest' | 'oldest';
  limit?: number;
  offset?: number;
  prefix?: boolean;
  facets?: string[];
  histogram?: 'year' | 'month';
  explain?: boolean;
  weights?: Record<string, number>;
}

/** A file of the library. */
export interface LibraryFile { name: string; bytes: number }
"#;

#[wasm_bindgen]
extern "C" {
    /// `Outcome<SearchResult>`
    #[wasm_bindgen(typescript_type = "Outcome<SearchResult>")]
    pub type SearchOutcome;
    /// `Outcome<Article>`
    #[wasm_bindgen(typescript_type = "Outcome<Article>")]
    pub type ArticleOutcome;
    /// `Outcome<Record<string, FacetValue[]>>`
    #[wasm_bindgen(typescript_type = "Outcome<Record<string, FacetValue[]>>")]
    pub type FacetsOutcome;
    /// `Outcome<Suggestion[]>`
    #[wasm_bindgen(typescript_type = "Outcome<Suggestion[]>")]
    pub type SuggestOutcome;
    /// `LibraryInfo`
    #[wasm_bindgen(typescript_type = "LibraryInfo")]
    pub type InfoValue;
    /// `LibraryFile[]`
    #[wasm_bindgen(typescript_type = "LibraryFile[]")]
    pub type FilesValue;
    /// `Weight[]`
    #[wasm_bindgen(typescript_type = "Weight[]")]
    pub type WeightsValue;
    /// `EngineRequest`
    #[wasm_bindgen(typescript_type = "EngineRequest")]
    pub type RequestValue;
}

/// A library opened for searching and reading.
#[wasm_bindgen(js_name = Engine)]
pub struct JsEngine(Engine);

#[wasm_bindgen(js_class = Engine)]
impl JsEngine {
    /// Opens a library from its parsed `manifest.json` and the heads it lists, in order.
    ///
    /// # Errors
    /// An `Error` with a `code`: `damaged` or `version`.
    #[wasm_bindgen(constructor)]
    pub fn new(manifest: JsValue, heads: Vec<js_sys::Uint8Array>) -> std::result::Result<JsEngine, JsValue> {
        let manifest = from_js::manifest(&manifest).map_err(|e| error(&e))?;
        let heads: Vec<Vec<u8>> = heads.iter().map(js_sys::Uint8Array::to_vec).collect();
        Engine::open(manifest, &heads).map(JsEngine).map_err(|e| error(&e))
    }

    /// What the library is.
    pub fn info(&self) -> InfoValue {
        value(&self.0.info()).unchecked_into()
    }

    /// Every file of the library but the manifest.
    pub fn files(&self) -> FilesValue {
        #[derive(Serialize)]
        struct File {
            name: String,
            bytes: u64,
        }
        let files: Vec<File> = self.0.files().into_iter().map(|(name, bytes)| File { name, bytes }).collect();
        value(&files).unchecked_into()
    }

    /// The weights of the ranking, as they are unless a request changes them.
    pub fn weights(&self) -> WeightsValue {
        let weights = js_sys::Array::new();
        for (name, value) in Weights::default().named() {
            let weight = js_sys::Object::new();
            set(&weight, "name", &name.into());
            // As it is written: 0.3, not the f32's 0.30000001192092896.
            set(&weight, "value", &((f64::from(*value) * 1e6).round_ties_even() / 1e6).into());
            weights.push(&weight);
        }
        weights.unchecked_into()
    }

    /// Begins a new call: what earlier ones wanted is forgotten.
    pub fn begin(&mut self) {
        self.0.begin();
    }

    /// Hands in bytes of a file, from `start`.
    pub fn supply(&mut self, file: &str, start: u32, bytes: Vec<u8>) {
        self.0.supply(file, start, bytes);
    }

    /// Hands in an inflated article.
    ///
    /// # Errors
    /// An `Error` with the code `damaged`.
    pub fn supply_article(&mut self, segment: usize, doc: u32, inflated: &[u8]) -> std::result::Result<(), JsValue> {
        self.0.supply_article(segment, doc, inflated).map_err(|e| error(&e))
    }

    /// Searches.
    ///
    /// # Errors
    /// An `Error` with a `code`: `query_too_long`, `bad_request` or `damaged`.
    pub fn search(&mut self, request: RequestValue) -> std::result::Result<SearchOutcome, JsValue> {
        let request = from_js::request(&request).map_err(|e| error(&e))?;
        outcome(self.0.search(&request))
    }

    /// Reads an article by its id.
    ///
    /// # Errors
    /// An `Error` with a `code`: `not_found` or `damaged`.
    pub fn article(&mut self, id: &str) -> std::result::Result<ArticleOutcome, JsValue> {
        outcome(self.0.article(id))
    }

    /// Reads an article without its links to others.
    ///
    /// # Errors
    /// As [`JsEngine::article`].
    pub fn article_alone(&mut self, id: &str) -> std::result::Result<ArticleOutcome, JsValue> {
        outcome(self.0.article_alone(id))
    }

    /// All values of fields, counted over the whole library.
    ///
    /// # Errors
    /// An `Error` with a `code`: `bad_request` or `damaged`.
    pub fn facets(&mut self, fields: Vec<String>) -> std::result::Result<FacetsOutcome, JsValue> {
        outcome(self.0.facets(&fields))
    }

    /// Queries to offer for a half-typed one.
    ///
    /// # Errors
    /// An `Error` with a `code`: `query_too_long` or `damaged`.
    pub fn suggest(&mut self, text: &str, limit: usize) -> std::result::Result<SuggestOutcome, JsValue> {
        outcome(self.0.suggest(text, limit))
    }
}

fn outcome<T: Serialize, V: JsCast>(result: Result<Outcome<T>>) -> std::result::Result<V, JsValue> {
    let object = js_sys::Object::new();
    match result.map_err(|e| error(&e))? {
        Outcome::Ready(answer) => set(&object, "ready", &value(&answer)),
        Outcome::Needs(missing) => set(&object, "needs", &needs(missing)),
    }
    Ok(object.unchecked_into())
}

fn needs(needs: Needs) -> JsValue {
    let object = js_sys::Object::new();
    let ranges = js_sys::Array::new();
    for wanted in needs.ranges {
        let range = js_sys::Object::new();
        set(&range, "file", &wanted.file.into());
        set(&range, "start", &wanted.range.start.into());
        set(&range, "end", &wanted.range.end.into());
        ranges.push(&range);
    }
    let inflate = js_sys::Array::new();
    for article in needs.inflate {
        let item = js_sys::Object::new();
        set(&item, "segment", &article.segment.into());
        set(&item, "doc", &article.doc.into());
        set(&item, "deflated", &js_sys::Uint8Array::from(&article.deflated[..]));
        set(&item, "length", &article.length.into());
        inflate.push(&item);
    }
    set(&object, "ranges", &ranges);
    set(&object, "inflate", &inflate);
    object.into()
}

/// Plain objects and arrays, `null` for what is not there.
fn value<T: Serialize + ?Sized>(from: &T) -> JsValue {
    from.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// A JavaScript `Error` that carries the stable code.
fn error(from: &Error) -> JsValue {
    let error = js_sys::Error::new(&from.to_string());
    set(&error, "code", &from.code().into());
    error.into()
}

fn set(object: &js_sys::Object, key: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = js_sys::Reflect::set(object, &key.into(), value);
}
