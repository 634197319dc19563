//! What `timdoc eval-facts` measures.

use std::path::Path;
use std::process::Command;

/// One field's figures.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub field: String,
    /// How many values are expected.
    pub expected: u64,
    /// The share of what was found that is right.
    pub precision: f64,
    /// The share of what was expected that was found.
    pub recall: f64,
    /// What is wrong; shown by a failing test.
    #[allow(dead_code)]
    pub wrong: String,
}

/// Measures articles against a file.
pub fn measure(articles: &[&Path], option: &str, file: &Path) -> Vec<Field> {
    let run = Command::new(env!("CARGO_BIN_EXE_timdoc"))
        .arg("eval-facts")
        .args(articles)
        .args([option.as_ref(), file.as_os_str()])
        .arg("--json")
        .output()
        .unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let fields: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let field = |value: &serde_json::Value| Field {
        field: value["field"].as_str().unwrap().to_owned(),
        expected: value["expected"].as_u64().unwrap(),
        precision: value["precision"].as_f64().unwrap(),
        recall: value["recall"].as_f64().unwrap(),
        wrong: value["wrong"].to_string(),
    };
    fields.as_array().unwrap().iter().map(field).collect()
}
