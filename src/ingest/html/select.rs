//! CSS selectors, as far as people write them for a site: `#id`, `.class`, `tag`, `[name=value]`, joined by spaces, `>`
//! and commas.
//!
//! `td.Title`, `#news > .body p`, `meta[name="author"]`, `[class*=sapo]`, `a[href$=".pdf"]`, `h1, h2.title`.
//! Positions (`:nth-child`) and siblings (`+`, `~`) are not read.

use super::tag::Tag;
use super::tree::{Id, Tree};

/// A list of selectors; an element fits when it fits one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Selector {
    /// Each as its steps from the element itself outwards.
    any: Vec<Vec<Step>>,
}

/// What one element of a path must be, and how it holds the one before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Step {
    name: Option<String>,
    tests: Vec<Test>,
    /// It is the parent, not any ancestor, of the step before.
    is_parent: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Test {
    attribute: String,
    how: How,
    value: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Present,
    Equals,
    Word,
    Begins,
    Ends,
    Holds,
}

impl Selector {
    /// Reads a selector.
    ///
    /// # Errors
    /// One line that says which part is not read.
    pub(in crate::ingest) fn parse(text: &str) -> Result<Self, String> {
        let any: Result<Vec<_>, String> = split_outside(text, ',').into_iter().map(path).collect();
        Ok(Selector { any: any? })
    }

    /// True when an element fits.
    pub(super) fn matches(&self, tree: &Tree<'_>, id: Id) -> bool {
        !matches!(tree.tag(id), Tag::Text | Tag::Root) && self.any.iter().any(|path| fits_path(tree, id, path))
    }

    /// The elements that fit, in order.
    pub(super) fn all<'s>(&'s self, tree: &'s Tree<'_>) -> impl Iterator<Item = Id> + 's {
        (1..tree.len()).filter(|&id| self.matches(tree, id))
    }
}

fn fits_path(tree: &Tree<'_>, id: Id, path: &[Step]) -> bool {
    let Some((first, rest)) = path.split_first() else { return false };
    if !fits(tree, id, first) {
        return false;
    }
    // Without siblings, the nearest ancestor that fits is right for a step unless a parent is asked for above it; then
    // the next one is tried.
    let mut tries = vec![(id, rest)];
    let mut budget = 10_000;
    while let Some((id, rest)) = tries.pop() {
        let Some((step, above)) = rest.split_first() else { return true };
        if step.is_parent {
            tries.extend(tree.parent(id).filter(|&parent| parent > 0 && fits(tree, parent, step)).map(|p| (p, above)));
        } else {
            tries.extend(tree.ancestors(id).filter(|&ancestor| fits(tree, ancestor, step)).map(|a| (a, above)));
        }
        budget -= 1;
        if budget == 0 {
            return false;
        }
    }
    false
}

fn fits(tree: &Tree<'_>, id: Id, step: &Step) -> bool {
    step.name.as_ref().is_none_or(|name| tree.name(id).eq_ignore_ascii_case(name))
        && step.tests.iter().all(|test| {
            tree.attribute(id, &test.attribute).is_some_and(|value| match test.how {
                How::Present => true,
                How::Equals => value == test.value,
                How::Word => value.split_ascii_whitespace().any(|word| word == test.value),
                How::Begins => value.starts_with(&test.value),
                How::Ends => value.ends_with(&test.value),
                How::Holds => value.contains(&test.value),
            })
        })
}

/// Splits at a sign that stands outside of `[…]`.
fn split_outside(text: &str, sign: char) -> Vec<&str> {
    let (mut parts, mut from, mut inside) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '[' => inside = true,
            ']' => inside = false,
            c if c == sign && !inside => {
                parts.push(text.get(from..at).unwrap_or_default());
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..).unwrap_or_default());
    parts
}

/// The steps of one selector, the last first.
fn path(text: &str) -> Result<Vec<Step>, String> {
    let spaced = text.trim().replace('>', " > ");
    let mut steps: Vec<Step> = Vec::new();
    let mut parent_next = false;
    for part in split_outside(&spaced, ' ').into_iter().filter(|part| !part.trim().is_empty()) {
        if part == ">" {
            parent_next = true;
            continue;
        }
        if parent_next && let Some(before) = steps.last_mut() {
            before.is_parent = true;
        }
        parent_next = false;
        steps.push(step(part.trim())?);
    }
    if steps.is_empty() || parent_next {
        return Err(format!("\"{}\" is no selector; write one like \".title\" or \"#news > .body\"", text.trim()));
    }
    steps.reverse();
    Ok(steps)
}

fn step(text: &str) -> Result<Step, String> {
    let wrong =
        || format!("\"{text}\" is not read; write tag, #id, .class or [name=value], joined by spaces, > or commas");
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let mut step = Step::default();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix('*') {
        rest = after;
    } else if rest.starts_with(is_name) {
        let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        step.name = rest.get(..end).map(str::to_owned);
        rest = rest.get(end..).unwrap_or_default();
    }
    while let Some(sign) = rest.chars().next() {
        let inner = rest.get(1..).unwrap_or_default();
        let end = match sign {
            '#' | '.' => inner.find(|c| !is_name(c)).unwrap_or(inner.len()),
            '[' => inner.find(']').ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        let word = inner.get(..end).unwrap_or_default();
        let test = match sign {
            '#' => Test { attribute: "id".into(), how: How::Equals, value: word.into() },
            '.' => Test { attribute: "class".into(), how: How::Word, value: word.into() },
            _ => attribute_test(word),
        };
        if word.is_empty() || test.attribute.is_empty() {
            return Err(wrong());
        }
        step.tests.push(test);
        rest = inner.get(end + usize::from(sign == '[')..).unwrap_or_default();
    }
    Ok(step)
}

fn attribute_test(text: &str) -> Test {
    let (left, value) = text.split_once('=').unwrap_or((text, ""));
    let how = match left.as_bytes().last() {
        _ if !text.contains('=') => How::Present,
        Some(b'~') => How::Word,
        Some(b'^') => How::Begins,
        Some(b'$') => How::Ends,
        Some(b'*') => How::Holds,
        _ => How::Equals,
    };
    let attribute = left.trim_end_matches(['~', '^', '$', '*']).trim().to_ascii_lowercase();
    Test { attribute, how, value: value.trim().trim_matches(['"', '\'']).to_owned() }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    const PAGE: &str = "<div id=tin class='news box'><h1 class=Title>A</h1><div><p class='sapo x'>B</p></div>\
                        <a href='/a.pdf' data-k='v w'>C</a></div><p>D</p>";

    fn found(selector: &str) -> Vec<String> {
        let tree = Tree::parse(PAGE);
        Selector::parse(selector).unwrap().all(&tree).map(|id| tree.text_below(id)).collect()
    }

    #[test]
    fn each_way_of_naming_an_element_is_read() {
        for (selector, texts) in [
            ("h1", "A"),
            (".Title", "A"),
            ("#tin .sapo", "B"),
            ("#tin > .sapo", ""),
            ("div > div > p.x", "B"),
            ("#tin>a", "C"),
            ("p", "BD"),
            ("a[href$='.pdf']", "C"),
            ("[data-k~=w]", "C"),
            ("[class*=sap], [class^=Tit]", "AB"),
            ("*[data-k]", "C"),
            ("H1.Title", "A"),
        ] {
            assert_eq!(found(selector).concat(), texts, "{selector}");
        }
    }

    #[test]
    fn what_is_not_read_says_so() {
        for selector in ["", "p:first-child", "a + b", "[", "p >", ".", "a[]", "h1,"] {
            assert!(Selector::parse(selector).is_err(), "{selector}");
        }
    }
}
