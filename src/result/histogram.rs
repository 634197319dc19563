//! How many of the matches were published in each year or month.

use serde::{Deserialize, Serialize};

use crate::article::Day;
use crate::bundle::segment::Segment;
use crate::collections::SortedMap;

/// What one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// A year.
    Year,
    /// A month.
    Month,
}

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    /// `2024` or `2024-05`.
    pub period: String,
    /// Its first day, ISO 8601.
    pub from: String,
    /// Its last day, ISO 8601.
    pub to: String,
    /// Matches published in it.
    pub count: usize,
}

/// Bars from the first to the last period that has a match, empty ones included. `matching`: by segment, a mask.
#[must_use]
pub fn histogram(period: Period, matching: &[Vec<bool>], segments: &[Segment]) -> Vec<Bar> {
    let mut counts: SortedMap<i32, usize> = SortedMap::default();
    for (segment, matching) in segments.iter().zip(matching) {
        for (day, range) in segment.head().dates.runs() {
            let count = range.filter(|doc| matching.get(*doc as usize) == Some(&true)).count();
            if count > 0 {
                let at = number(period, day);
                let before = counts.get(&at).copied().unwrap_or(0);
                counts.insert(at, before + count);
            }
        }
    }
    let (Some(first), Some(last)) = (counts.iter().next(), counts.iter().next_back()) else { return Vec::new() };
    (*first.0..=*last.0).map(|at| bar(period, at, counts.get(&at).copied().unwrap_or(0))).collect()
}

/// Years, or months since the year 0.
fn number(period: Period, day: Day) -> i32 {
    let (year, month, _) = day.ymd();
    match period {
        Period::Year => year,
        Period::Month => year * 12 + month as i32 - 1,
    }
}

fn bar(period: Period, at: i32, count: usize) -> Bar {
    match period {
        Period::Year => {
            Bar { period: format!("{at:04}"), from: format!("{at:04}-01-01"), to: format!("{at:04}-12-31"), count }
        }
        Period::Month => {
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12) as u32 + 1);
            let last = (28..=31).rev().find(|day| Day::from_ymd(year, month, *day).is_some()).unwrap_or(28);
            let period = format!("{year:04}-{month:02}");
            Bar { from: format!("{period}-01"), to: format!("{period}-{last:02}"), period, count }
        }
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;

    #[test]
    fn a_bar_spans_its_whole_period() {
        let february = bar(Period::Month, 2024 * 12 + 1, 3);
        assert_eq!(
            (february.period.as_str(), february.from.as_str(), february.to.as_str()),
            ("2024-02", "2024-02-01", "2024-02-29")
        );
        assert_eq!(bar(Period::Year, 2023, 1).to, "2023-12-31");
    }
}
