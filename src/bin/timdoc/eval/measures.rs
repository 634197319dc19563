//! What is measured of the answers.

use serde::{Deserialize, Serialize};

use super::judged::Query;

/// Results a reader sees: how many are looked at by all measures but recall.
pub const PAGE: usize = 10;
/// Results that recall looks at.
pub const POOL: usize = 100;

/// Means over all queries; times in microseconds.
#[derive(Serialize, Deserialize)]
pub struct Measures {
    #[serde(rename = "ndcg@10")]
    pub ndcg: f64,
    #[serde(rename = "mrr@10")]
    pub mrr: f64,
    #[serde(rename = "recall@100")]
    pub recall: f64,
    #[serde(rename = "success@1")]
    pub success_1: f64,
    #[serde(rename = "success@10")]
    pub success_10: f64,
    pub zero_results: f64,
    pub p50_us: u64,
    pub p95_us: u64,
    pub queries: usize,
}

impl Measures {
    /// Name and value of those that say how good the answers are; all but `zero_results` are better when higher.
    pub fn quality(&self) -> [(&'static str, f64); 6] {
        [
            ("ndcg@10", self.ndcg),
            ("mrr@10", self.mrr),
            ("recall@100", self.recall),
            ("success@1", self.success_1),
            ("success@10", self.success_10),
            ("zero_results", self.zero_results),
        ]
    }

    fn times(&self) -> [(&'static str, u64); 2] {
        [("p50_us", self.p50_us), ("p95_us", self.p95_us)]
    }

    /// For people: a measure a line, and beside it that of a kept run.
    pub fn table(&self, kept: Option<&Measures>) -> String {
        let mut text = format!("{:<14}{:>8}\n", "queries", self.queries);
        for (at, (name, now)) in self.quality().into_iter().enumerate() {
            text += &format!("{name:<14}{now:>8.4}");
            if let Some((_, then)) = kept.map(|kept| kept.quality()[at]) {
                text += &format!("  kept {then:.4}, {:+.4}", now - then);
            }
            text.push('\n');
        }
        for (at, (name, now)) in self.times().into_iter().enumerate() {
            text += &format!("{name:<14}{now:>8}");
            if let Some((_, then)) = kept.map(|kept| kept.times()[at]) {
                text += &format!("  kept {then}, × {:.2}", now as f64 / then.max(1) as f64);
            }
            text.push('\n');
        }
        text
    }
}

/// What the answers add up to so far.
#[derive(Default)]
pub struct Sums {
    ndcg: f64,
    mrr: f64,
    recall: f64,
    success_1: f64,
    success_10: f64,
    zero_results: f64,
    times: Vec<u64>,
}

impl Sums {
    /// Takes in the first [`PAGE`] results of a query. True when all that is relevant is among them: its recall is
    /// counted then; else [`Sums::pool`] has to.
    pub fn page(&mut self, query: &Query, ids: &[String], took_us: u64) -> bool {
        let gains: Vec<f64> = ids.iter().map(|id| query.gains.get(id).copied().unwrap_or(0.0)).collect();
        let mut ideal: Vec<f64> = query.gains.values().copied().collect();
        ideal.sort_by(|a, b| b.total_cmp(a));
        self.ndcg += discounted(&gains) / discounted(&ideal);
        if let Some(at) = gains.iter().position(|gain| *gain > 0.0) {
            self.mrr += 1.0 / (at + 1) as f64;
            self.success_1 += f64::from(at == 0);
            self.success_10 += 1.0;
        }
        self.zero_results += f64::from(ids.is_empty());
        self.times.push(took_us);
        let is_complete = gains.iter().filter(|gain| **gain > 0.0).count() == query.gains.len();
        self.recall += f64::from(is_complete);
        is_complete
    }

    /// Takes in the first [`POOL`] results of a query.
    pub fn pool(&mut self, query: &Query, ids: &[String]) {
        let found = ids.iter().filter(|id| query.gains.contains_key(*id)).count();
        self.recall += found as f64 / query.gains.len() as f64;
    }

    /// Means of all.
    pub fn measures(mut self) -> Measures {
        self.times.sort_unstable();
        let queries = self.times.len();
        // More digits would only tell how sums were rounded.
        let mean = |sum: f64| (sum / queries as f64 * 1e6).round() / 1e6;
        let percentile = |share: usize| {
            let rank = (queries * share).div_ceil(100);
            self.times.get(rank.saturating_sub(1)).copied().unwrap_or(0)
        };
        Measures {
            ndcg: mean(self.ndcg),
            mrr: mean(self.mrr),
            recall: mean(self.recall),
            success_1: mean(self.success_1),
            success_10: mean(self.success_10),
            zero_results: mean(self.zero_results),
            p50_us: percentile(50),
            p95_us: percentile(95),
            queries,
        }
    }
}

/// The gain of the first [`PAGE`] results, discounted by rank.
fn discounted(gains: &[f64]) -> f64 {
    (2..).zip(gains.iter().take(PAGE)).map(|(place, gain)| gain / f64::from(place).log2()).sum()
}
