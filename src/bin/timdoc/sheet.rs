//! A table of facts as rows of cells, for CSV and for the terminal. Words are Vietnamese, as the reports are that they
//! go into.

use std::collections::HashMap;

use timdoc::facts::table::csv::Cell;
use timdoc::facts::table::{Report, Stated, Table};
use timdoc::facts::{Award, Document, Model};

use super::out;

/// Kinds of facts that have a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Commendations.
    Award,
    /// Documents that are cited.
    Document,
    /// Models that are named.
    Model,
}

impl Kind {
    /// All of them, in the order they are shown.
    pub const ALL: [Kind; 3] = [Kind::Award, Kind::Document, Kind::Model];

    /// As the library's field `fact` has it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Award => "award",
            Kind::Document => "document",
            Kind::Model => "model",
        }
    }

    /// As the tables name it.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Award => "awards",
            Kind::Document => "documents",
            Kind::Model => "models",
        }
    }
}

/// A column: its name, and its width on a terminal; columns without width are for CSV alone.
type Column = (&'static str, Option<usize>);

const AWARDS: [Column; 9] = [
    ("STT", Some(4)),
    ("Ngày đăng", Some(10)),
    ("Tập thể", Some(7)),
    ("Cá nhân", Some(7)),
    ("Không tách", Some(10)),
    ("Cơ quan khen thưởng", Some(28)),
    ("Hình thức", Some(14)),
    ("Địa bàn", Some(20)),
    ("Nguyên văn", None),
];
const DOCUMENTS: [Column; 6] = [
    ("STT", Some(4)),
    ("Số, ký hiệu", Some(18)),
    ("Ngày ban hành", Some(13)),
    ("Cơ quan ban hành", Some(24)),
    ("Trích yếu", Some(36)),
    ("Có thể cùng văn bản", None),
];
const MODELS: [Column; 3] = [("STT", Some(4)), ("Tên", Some(60)), ("Loại", Some(14))];
/// What follows in a table: how many articles, and the first one.
const FIRST_ARTICLE: [Column; 3] = [("Số bài", Some(6)), ("Bài đầu tiên", None), ("Địa chỉ", None)];
/// What follows in a list of articles.
const EACH_ARTICLE: [Column; 4] =
    [("Ngày đăng bài", Some(13)), ("Tiêu đề bài", Some(40)), ("Mã bài", None), ("Địa chỉ", None)];

/// A table of one kind of facts.
pub struct Sheet {
    kind: Kind,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    total: Vec<Cell>,
    summary: String,
}

impl Sheet {
    /// A table with a row a fact; or with `each` a row for each article that tells it, as the article tells it.
    pub fn new(kind: Kind, table: &Table, articles: &[Stated], each: bool) -> Self {
        let by_id = articles.iter().map(|article| (article.id.as_str(), article)).collect();
        let mut rows = Rows { by_id, each, rows: Vec::new() };
        let (own, total, summary): (&[Column], _, _) = match kind {
            Kind::Award => {
                for row in &table.awards.rows {
                    let [day, text] = [row.day.as_deref().map(out::day), Some(row.text.clone())];
                    let about = [&row.giver, &row.form, &row.place].map(Clone::clone);
                    let whole = award(day, [row.collectives, row.individuals, row.together], about, text);
                    rows.add(&row.reports, whole, |article, report| told(article.facts.awards.get(report.at), report));
                }
                let sums = table.awards.totals;
                let numbers = [sums.collectives, sums.individuals, sums.together];
                let [a, b, c] = numbers.map(|number| counted(number as usize));
                let of = counted(sums.commendations);
                let summary = format!("{of} đợt khen thưởng: {a} tập thể, {b} cá nhân, {c} không tách");
                let mut total = vec![Cell::from(TOTAL), Cell::from("")];
                total.extend(numbers.map(|number| Cell::count(Some(number))));
                (&AWARDS, total, summary)
            }
            Kind::Document => {
                for row in &table.documents.rows {
                    let day = row.date.as_deref().map(out::day);
                    let whole = document(&row.number, day, row.issuer.clone(), row.title.clone(), &row.possibly_same);
                    rows.add(&row.reports, whole, |article, report| cited(article.facts.documents.get(report.at)));
                }
                let sums = table.documents.totals;
                let (of, by) = (counted(sums.documents), counted(sums.citations));
                (&DOCUMENTS, vec![Cell::from(TOTAL)], format!("{of} văn bản, {by} lượt bài nêu"))
            }
            Kind::Model => {
                for row in &table.models.rows {
                    let whole = vec![row.name.as_str().into(), row.kind.as_str().into()];
                    rows.add(&row.reports, whole, |article, report| named(article.facts.models.get(report.at)));
                }
                let sums = table.models.totals;
                let (of, by) = (counted(sums.models), counted(sums.citations));
                (&MODELS, vec![Cell::from(TOTAL)], format!("{of} mô hình, {by} lượt bài nêu"))
            }
        };
        let after: &[Column] = if each { &EACH_ARTICLE } else { &FIRST_ARTICLE };
        let columns: Vec<Column> = own.iter().chain(after).copied().collect();
        let mut sheet = Sheet { kind, columns, rows: rows.rows, total, summary };
        sheet.add_up(own.len(), each);
        sheet
    }

    /// The last line: how many, and how many articles, each fact counted once.
    fn add_up(&mut self, own: usize, each: bool) {
        self.total.resize(self.columns.len(), Cell::from(""));
        let last = if self.kind == Kind::Award { own - 1 } else { 1 };
        self.total[last] = Cell::from(format!("{} (mỗi mục tính một lần)", self.summary));
        if !each {
            let count = |row: &Vec<Cell>| if let Some(Cell::Number(count)) = row.get(own) { *count } else { 0 };
            self.total[own] = Cell::Number(self.rows.iter().map(count).sum());
        }
    }

    /// What is in it, in a line.
    pub fn summary(&self) -> &str {
        &self.summary
    }

    /// Header, rows and the line of totals.
    pub fn cells(&self) -> Vec<Vec<Cell>> {
        let header = self.columns.iter().map(|(name, _)| Cell::from(*name)).collect();
        [header].into_iter().chain(self.rows.iter().cloned()).chain([self.total.clone()]).collect()
    }

    /// At most so many rows for a terminal.
    pub fn show(&self, most: usize) -> String {
        let mut text = format!("{}\n", self.summary);
        if self.rows.is_empty() {
            return text;
        }
        let header: Vec<Cell> = self.columns.iter().map(|(name, _)| Cell::from(*name)).collect();
        for row in [&header].into_iter().chain(self.rows.iter().take(most)) {
            let mut line = String::new();
            for ((_, width), cell) in self.columns.iter().zip(row) {
                if let Some(width) = width {
                    line += &fitted(cell, *width);
                    line += "  ";
                }
            }
            text += line.trim_end();
            text.push('\n');
        }
        if self.rows.len() > most {
            let more = out::number(self.rows.len() - most);
            text += &format!("… {more} more rows: --limit shows more of them, --csv writes all\n");
        }
        text
    }
}

/// A number as it is written in Vietnamese: `1.205`.
fn counted(number: usize) -> String {
    out::number(number).replace(',', ".")
}

/// What the last line begins with.
const TOTAL: &str = "Tổng";

/// Rows that are being made.
struct Rows<'a> {
    by_id: HashMap<&'a str, &'a Stated>,
    each: bool,
    rows: Vec<Vec<Cell>>,
}

impl Rows<'_> {
    /// Adds a fact: its own cells, or those of each report.
    fn add(&mut self, reports: &[Report], whole: Vec<Cell>, told: impl Fn(&Stated, &Report) -> Vec<Cell>) {
        let number =
            self.rows.last().map_or(0, |row| if let Some(Cell::Number(last)) = row.first() { *last } else { 0 });
        let numbered = |cells: Vec<Cell>| [Cell::Number(number + 1)].into_iter().chain(cells);
        if self.each {
            for report in reports {
                let Some(article) = self.by_id.get(report.article.as_str()) else { continue };
                let day = report.day.as_deref().map(out::day).unwrap_or_default();
                let which = [day.into(), article.title.clone().into(), article.id.clone().into(), address(article)];
                self.rows.push(numbered(told(article, report)).chain(which).collect());
            }
        } else {
            let first = reports.first().and_then(|report| self.by_id.get(report.article.as_str()));
            let first =
                first.map_or(["".into(), "".into()], |article| [article.title.clone().into(), address(article)]);
            let count = Cell::Number(i64::try_from(reports.len()).unwrap_or(i64::MAX));
            self.rows.push(numbered(whole).chain([count]).chain(first).collect());
        }
    }
}

/// Where an article is, or its id where nobody knows.
fn address(article: &Stated) -> Cell {
    article.url.clone().unwrap_or_else(|| article.id.clone()).into()
}

fn award(
    day: Option<String>,
    numbers: [Option<u32>; 3],
    about: [Option<String>; 3],
    text: Option<String>,
) -> Vec<Cell> {
    let numbers = numbers.map(|number| Cell::count(number.map(u64::from)));
    let words = about.into_iter().chain([text]).map(|words| Cell::from(words.unwrap_or_default()));
    [Cell::from(day.unwrap_or_default())].into_iter().chain(numbers).chain(words).collect()
}

fn told(fact: Option<&Award>, report: &Report) -> Vec<Cell> {
    let Award { text, collectives, individuals, together, giver, form, place, .. } = fact.cloned().unwrap_or_default();
    let day = report.day.as_deref().map(out::day);
    award(day, [collectives, individuals, together], [giver, form, place], Some(text))
}

fn document(
    number: &str,
    day: Option<String>,
    issuer: Option<String>,
    title: Option<String>,
    same: &[String],
) -> Vec<Cell> {
    let words = [day, issuer, title].map(|words| Cell::from(words.unwrap_or_default()));
    [number.into()].into_iter().chain(words).chain([same.join(", ").into()]).collect()
}

fn cited(fact: Option<&Document>) -> Vec<Cell> {
    let Document { number, date, issuer, title, possibly_same, .. } = fact.cloned().unwrap_or_default();
    document(&number, date.map(|date| out::day(&date.iso())), issuer, title, &possibly_same)
}

fn named(fact: Option<&Model>) -> Vec<Cell> {
    let Model { name, kind, .. } = fact.cloned().unwrap_or_default();
    vec![name.into(), kind.into()]
}

/// A cell of a width: numbers to the right, words cut where they are longer.
fn fitted(cell: &Cell, width: usize) -> String {
    match cell {
        Cell::Number(number) => format!("{number:>width$}"),
        Cell::Text(words) if words.chars().count() > width => {
            words.chars().take(width - 1).chain(['…']).collect::<String>().replace('\n', " ")
        }
        Cell::Text(words) => format!("{:<width$}", words.replace('\n', " ")),
    }
}
