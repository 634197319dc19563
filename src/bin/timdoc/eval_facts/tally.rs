//! Precision and recall, a line a field.

use serde::Serialize;

/// What was found and what was expected, field by field.
#[derive(Default)]
pub struct Tally {
    fields: Vec<Field>,
}

/// A field's counts.
#[derive(Serialize)]
pub struct Field {
    /// Its name.
    field: String,
    /// Found and expected.
    right: usize,
    /// Found.
    found: usize,
    /// Expected.
    expected: usize,
    /// The share of what was found that is right; 1 when nothing was found.
    precision: f64,
    /// The share of what was expected that was found; 1 when nothing was expected.
    recall: f64,
    /// What was found wrongly (+) and what was not found (-).
    wrong: Vec<String>,
}

impl Tally {
    /// Compares two sets of values of a field; each value counts once.
    pub fn compare(&mut self, field: &str, place: &str, found: Vec<String>, expected: Vec<String>) {
        let at = self.fields.iter().position(|known| known.field == field).unwrap_or_else(|| {
            let (field, wrong) = (field.to_owned(), Vec::new());
            self.fields.push(Field { field, right: 0, found: 0, expected: 0, precision: 1.0, recall: 1.0, wrong });
            self.fields.len() - 1
        });
        let (found, expected) = (set(found), set(expected));
        let field = &mut self.fields[at];
        let surplus: Vec<&String> = found.iter().filter(|value| !expected.contains(value)).collect();
        field.right += found.len() - surplus.len();
        field.found += found.len();
        field.expected += expected.len();
        field.wrong.extend(surplus.iter().map(|value| format!("{place} + {value}")));
        field.wrong.extend(expected.iter().filter(|v| !found.contains(v)).map(|value| format!("{place} - {value}")));
        let share = |of: usize| if of == 0 { 1.0 } else { field.right as f64 / of as f64 };
        (field.precision, field.recall) = (share(field.found), share(field.expected));
    }

    /// All fields.
    pub fn fields(&self) -> &[Field] {
        &self.fields
    }

    /// For people: a line a field, then what is wrong.
    pub fn table(&self) -> String {
        let mut text = format!("{:<16} {:>9} {:>9} {:>7} {:>7}\n", "field", "precision", "recall", "found", "of");
        for field in &self.fields {
            let Field { field, found, expected, precision, recall, .. } = field;
            text += &format!("{field:<16} {precision:>9.3} {recall:>9.3} {found:>7} {expected:>7}\n");
        }
        for field in &self.fields {
            field.wrong.iter().for_each(|wrong| text += &format!("{}: {wrong}\n", field.field));
        }
        text
    }
}

fn set(mut values: Vec<String>) -> Vec<String> {
    values.sort();
    values.dedup();
    values
}
