//! Rows as CSV that Excel, LibreOffice and Google Sheets open; `www/lib/csv.js` writes the same.
//!
//! RFC 4180 in UTF-8, with the byte order mark by which Excel knows it. There is no line `sep=`: Excel obeys it, but then
//! reads UTF-8 as the machine's old code page, and Vietnamese letters break. The comma is what most programs and Windows
//! with English formats expect; where the list separator of Windows is a semicolon, Excel wants that.

/// A cell: words, or a number, which is never quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A number.
    Number(i64),
}

impl Cell {
    /// A number, or an empty cell.
    #[must_use]
    pub fn count(number: Option<u64>) -> Self {
        number.and_then(|number| i64::try_from(number).ok()).map_or_else(|| Cell::Text(String::new()), Cell::Number)
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::Text(text.into())
    }
}

/// Rows as CSV, the first one the names of the columns.
///
/// ```
/// use timdoc::facts::table::csv::{Cell, csv};
/// assert_eq!(csv(&[vec!["một, hai".into(), Cell::Number(3)]], ','), "\u{feff}\"một, hai\",3\r\n");
/// assert_eq!(csv(&[vec!["=1+1".into()]], ','), "\u{feff}'=1+1\r\n");
/// ```
#[must_use]
pub fn csv(rows: &[Vec<Cell>], separator: char) -> String {
    let mut text = String::from("\u{feff}");
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(separator);
            }
            match cell {
                Cell::Number(number) => text += &number.to_string(),
                Cell::Text(words) => text += &quoted(words, separator),
            }
        }
        text += "\r\n";
    }
    text
}

fn quoted(words: &str, separator: char) -> String {
    let words = harmless(words);
    if words.contains(['"', '\r', '\n', '\t', separator]) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words
    }
}

/// Words that a spreadsheet would run as a formula get an apostrophe before them, as OWASP advises ("CSV Injection").
fn harmless(words: &str) -> String {
    let runs = words.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    if runs { format!("'{words}") } else { words.to_owned() }
}
