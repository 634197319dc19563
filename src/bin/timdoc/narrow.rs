//! Options that narrow which articles are meant, the same for every subcommand that searches.

use timdoc::collections::SortedMap;
use timdoc::engine::Request;
use timdoc::{Error, Result};

/// Which articles.
#[derive(clap::Args)]
pub struct Narrow {
    /// Keep only articles with this value of a field: category, source, year, document, tag. May be repeated.
    #[arg(long = "filter", value_name = "FIELD=VALUE")]
    filters: Vec<String>,
    /// First publication day, 2024-05-19 or 19/5/2024.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// Last publication day.
    #[arg(long, value_name = "DAY")]
    to: Option<String>,
}

impl Narrow {
    /// A request with these options.
    pub fn request(&self) -> Result<Request> {
        let mut filters: SortedMap<String, Vec<String>> = SortedMap::default();
        for filter in &self.filters {
            let wrong = || Error::BadRequest {
                option: "--filter".into(),
                reason: format!("\"{filter}\" has no =; write FIELD=VALUE"),
            };
            let (field, value) = filter.split_once('=').ok_or_else(wrong)?;
            let mut values = filters.remove(field).unwrap_or_default();
            values.push(value.to_owned());
            filters.insert(field.to_owned(), values);
        }
        Ok(Request { filters, from: self.from.clone(), to: self.to.clone(), ..Request::default() })
    }
}
