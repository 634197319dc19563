//! How far a build is: one bar over all of its steps, how many articles a second, and how long it will take.

use std::time::Instant;

use indicatif::ProgressBar;
use timdoc::bundle::write::Step;

use super::out;

/// The bar's length: thousandths of a thousandth of the whole.
const WHOLE: u64 = 1_000_000;

/// A bar on a terminal, nothing elsewhere.
pub struct Progress {
    bar: ProgressBar,
    step: &'static str,
    begun: Instant,
    /// Steps so far, and when each began.
    steps: Vec<(&'static str, Instant)>,
    articles: usize,
}

impl Progress {
    /// At the beginning, when files or libraries are read.
    pub fn new(step: &'static str) -> Self {
        let bar = out::progress_bar(WHOLE, "{spinner} {msg} {wide_bar} {percent} % · {eta} left");
        let begun = Instant::now();
        bar.set_message(step);
        Progress { bar, step, begun, steps: vec![(step, begun)], articles: 0 }
    }

    /// Of the files, so many bytes of all are read, and so many articles were in them.
    pub fn read(&mut self, bytes: u64, all: u64, articles: usize) {
        self.articles = articles;
        self.show(0, READING, 1000 * bytes / all.max(1), articles);
    }

    /// A step of the build has begun or is so far.
    pub fn build(&mut self, step: Step) {
        let (name, from, share, done) = match step {
            Step::Facts(done) => ("finding facts", READING, FACTS, done),
            Step::Analyse(done) => ("reading words", READING + FACTS, WORDS, done),
            Step::Index(done) => ("building the index", READING + FACTS + WORDS, INDEX, done),
            Step::Compress(done) => ("compressing articles", READING + FACTS + WORDS + INDEX, COMPRESSING, done),
            Step::Write => ("writing files", 1000 - WRITING, WRITING, 0),
        };
        if name != self.step {
            (self.step, self.begun) = (name, Instant::now());
            self.steps.push((name, self.begun));
        }
        self.show(from, share, done as u64, self.articles * done / 1000);
    }

    fn show(&self, from: u64, share: u64, done: u64, articles: usize) {
        self.bar.set_position(from * 1000 + share * done);
        let rate = articles as f64 / self.begun.elapsed().as_secs_f64();
        let rate = if articles == 0 { String::new() } else { format!(", {} articles/s", out::number(rate as usize)) };
        self.bar.set_message(format!("{}{rate}", self.step));
    }

    /// Takes the bar away.
    pub fn end(&self) {
        self.bar.finish_and_clear();
    }

    /// How many seconds each step took, the last one until now.
    pub fn seconds(&self) -> Vec<(&'static str, f64)> {
        let ends = self.steps.iter().skip(1).map(|(_, begun)| *begun).chain([Instant::now()]);
        self.steps.iter().zip(ends).map(|((step, begun), end)| (*step, (end - *begun).as_secs_f64())).collect()
    }
}

// Thousandths of the time that steps take, measured on two processors: what is left is guessed from them.
const READING: u64 = 80;
const FACTS: u64 = 200;
const WORDS: u64 = 175;
const INDEX: u64 = 290;
const COMPRESSING: u64 = 235;
const WRITING: u64 = 20;
