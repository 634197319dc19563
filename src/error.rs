//! The one error type. Every error has a stable code, says what happened and where, and how to mend it.

use std::fmt::{self, Write as _};

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong, in one type for Rust, the command line and JavaScript.
///
/// [`Error::code`] is stable: scripts may rely on it. The text of [`fmt::Display`] is one line for people:
/// what, where, how to mend.
///
/// ```
/// let error = timdoc::Error::NotFound { id: "tin-1".into() };
/// assert_eq!(error.code(), "not_found");
/// assert!(error.to_string().contains("tin-1"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused a file operation.
    Io {
        /// What was being done, e.g. "read" or "create".
        action: &'static str,
        /// The path it was done to.
        path: String,
        /// The system's own words.
        reason: String,
    },
    /// An input file, or one line of it, could not become an article.
    Input {
        /// The file, and the line (from 1) where there is one: `news.jsonl:17`.
        place: String,
        /// What is wrong with it and how to mend it.
        reason: String,
    },
    /// No input became an article, so there is nothing to build.
    NoArticles {
        /// What was looked at.
        place: String,
    },
    /// Bytes of the bundle are not what was written: a flipped bit, a cut file, a wrong range.
    Damaged {
        /// The file or section.
        place: String,
        /// Which check failed.
        reason: &'static str,
    },
    /// The bundle's format is newer (or older) than this engine reads.
    Version {
        /// The version the bundle states.
        found: u32,
        /// The newest version this engine reads.
        supported: u32,
    },
    /// A byte range that the answer needs could not be had, for example offline. Never the same as "no results".
    Missing {
        /// The file.
        file: String,
        /// Why it could not be had.
        reason: String,
    },
    /// The query is longer than the engine accepts.
    QueryTooLong {
        /// Its length in characters.
        chars: usize,
        /// The limit in characters.
        limit: usize,
    },
    /// A request's option is not one the engine knows: a field, a date, a sort order, a limit.
    BadRequest {
        /// The option.
        option: String,
        /// What is wrong with it and what is allowed.
        reason: String,
    },
    /// No article has this id.
    NotFound {
        /// The id asked for.
        id: String,
    },
    /// More than the format can hold: articles, bytes of one article, values of one field.
    TooLarge {
        /// What is too large.
        what: String,
        /// The limit, with its unit.
        limit: String,
    },
}

impl Error {
    /// The stable code, in snake case.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Error::Io { .. } => "io",
            Error::Input { .. } => "input",
            Error::NoArticles { .. } => "no_articles",
            Error::Damaged { .. } => "damaged",
            Error::Version { .. } => "version",
            Error::Missing { .. } => "missing",
            Error::QueryTooLong { .. } => "query_too_long",
            Error::BadRequest { .. } => "bad_request",
            Error::NotFound { .. } => "not_found",
            Error::TooLarge { .. } => "too_large",
        }
    }

    /// A [`Error::Damaged`] in one call, as decoders need it often.
    #[cold]
    #[inline(never)]
    pub(crate) fn damaged(place: &str, reason: &'static str) -> Self {
        Error::Damaged { place: place.to_owned(), reason }
    }

    /// An [`Error::BadRequest`].
    #[cold]
    #[inline(never)]
    pub(crate) fn bad_request(option: &str, reason: &str) -> Self {
        Error::BadRequest { option: option.to_owned(), reason: reason.to_owned() }
    }

    /// An [`Error::Io`] from the system's error.
    pub fn io(action: &'static str, path: impl fmt::Display, error: &std::io::Error) -> Self {
        Error::Io { action, path: path.to_string(), reason: error.to_string() }
    }

    /// An [`Error::Input`] at a place of a file.
    pub fn input(place: impl fmt::Display, reason: impl Into<String>) -> Self {
        Error::Input { place: place.to_string(), reason: reason.into() }
    }
}

/// Text on its way to a person, in one line: what a file says may hold line ends, and what a terminal takes for orders.
struct OneLine<'w, W>(&'w mut W);

impl<W: fmt::Write> fmt::Write for OneLine<'_, W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let orders = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        text.split_inclusive(orders).try_for_each(|piece| match piece.strip_suffix(orders) {
            Some(before) => self.0.write_str(before).and_then(|()| self.0.write_char(' ')),
            None => self.0.write_str(piece),
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let f = &mut OneLine(f);
        match self {
            Error::Io { action, path, reason } => write!(f, "cannot {action} {path}: {reason}"),
            Error::Input { place, reason } => write!(f, "{place}: {reason}"),
            Error::NoArticles { place } => write!(
                f,
                "{place}: no article found; give files or folders with .html, .txt, .md, .json, .jsonl, .xml or .warc (also .gz, .zst)"
            ),
            Error::Damaged { place, reason } => {
                write!(f, "{place} is damaged ({reason}); copy or build the bundle again")
            }
            Error::Version { found, supported } => write!(
                f,
                "the bundle has format version {found}, this timdoc reads up to {supported}; {}",
                if found > supported { "use a newer timdoc" } else { "build the bundle again" }
            ),
            Error::Missing { file, reason } => {
                write!(f, "{file} could not be read ({reason}); the answer would not be complete without it")
            }
            Error::QueryTooLong { chars, limit } => {
                write!(f, "the query has {chars} characters; shorten it to {limit} or fewer")
            }
            Error::BadRequest { option, reason } => write!(f, "{option}: {reason}"),
            Error::NotFound { id } => write!(f, "no article has the id \"{id}\""),
            Error::TooLarge { what, limit } => write!(f, "{what} is too large; the limit is {limit}"),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_stays_within_one_line_and_gives_a_terminal_no_orders() {
        let error = Error::input("a\nb.html", "the title \"\u{1b}[2J\r\ntin\u{85}\u{2028}tức\"");
        assert_eq!(error.to_string(), "a b.html: the title \" [2J  tin  tức\"");
        assert_eq!(Error::NotFound { id: "\u{7}".into() }.to_string(), "no article has the id \" \"");
    }
}
