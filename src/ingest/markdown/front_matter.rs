//! The YAML between two lines `---` at the start of a Markdown file.

use saphyr::{LoadableYamlNode, Scalar, Yaml};

use crate::analysis::fold::fold;
use crate::error::{Error, Result};

/// The fields as (folded name, values), the body, and the line (from 1) the body begins on.
pub(super) type Split<'a> = (Vec<(String, Vec<String>)>, &'a str, usize);

/// Splits the front matter off. A file without it is all body.
pub(super) fn split<'a>(name: &str, text: &'a str) -> Result<Split<'a>> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else { return Ok((Vec::new(), text, 1)) };
    let mut end = first.len();
    for (at, line) in lines.enumerate() {
        let after = end + line.len();
        if is_fence(line) || line.trim_end() == "..." {
            let yaml = text.get(first.len()..end).unwrap_or_default();
            return Ok((fields(name, yaml)?, text.get(after..).unwrap_or_default(), at + 3));
        }
        end = after;
    }
    let reason = "the front matter opened with --- is not closed; put a line --- after its last field";
    Err(Error::input(format_args!("{name}:1"), reason))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

fn fields(name: &str, yaml: &str) -> Result<Vec<(String, Vec<String>)>> {
    let documents = Yaml::load_from_str(yaml).map_err(|error| {
        // The fence is line 1 of the file, the YAML begins on line 2.
        let line = error.marker().line() + 1;
        let reason = format!("the front matter is not valid YAML ({}); put values with : or # in quotes", error.info());
        Error::input(format_args!("{name}:{line}"), reason)
    })?;
    match documents.into_iter().next() {
        None | Some(Yaml::Value(Scalar::Null)) => Ok(Vec::new()),
        Some(Yaml::Mapping(mapping)) => {
            let field = |(key, value): (Yaml<'_>, Yaml<'_>)| Some((fold(&scalar(&key)?), values(&value)));
            Ok(mapping.into_iter().filter_map(field).collect())
        }
        Some(_) => Err(Error::input(format_args!("{name}:2"), "the front matter holds no fields; write \"title: …\"")),
    }
}

/// A value as texts: one, or those of a list.
fn values(value: &Yaml<'_>) -> Vec<String> {
    match value {
        Yaml::Sequence(items) => items.iter().filter_map(scalar).collect(),
        other => scalar(other).into_iter().collect(),
    }
}

fn scalar(value: &Yaml<'_>) -> Option<String> {
    match value {
        Yaml::Value(Scalar::String(text)) => Some(text.to_string()),
        Yaml::Value(Scalar::Integer(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::FloatingPoint(number)) => Some(number.to_string()),
        Yaml::Value(Scalar::Boolean(truth)) => Some(truth.to_string()),
        Yaml::Representation(text, ..) => Some(text.to_string()),
        Yaml::Tagged(_, inner) => scalar(inner),
        _ => None,
    }
}
