//! `timdoc read`: one article.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;
use timdoc::Result;
use timdoc::article::BlockKind;
use timdoc::facts::Facts;
use timdoc::library::{Library, ask};
use timdoc::result::ArticleView;

use super::out;

/// Read an article of a library.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  timdoc read public/bundle hoi-nghi-so-ket --json")]
pub struct Args {
    /// The folder of the library.
    dir: PathBuf,
    /// The article's id.
    #[arg(allow_hyphen_values = true)]
    id: String,
    /// Print everything that is known of it as JSON.
    #[arg(long)]
    json: bool,
}

/// The article with its facts in full.
#[derive(Serialize)]
struct Read {
    #[serde(flatten)]
    article: ArticleView,
    facts: Facts,
}

pub fn run(args: &Args) -> Result<ExitCode> {
    let article = ask(&args.dir, |library| library.article(&args.id))?;
    if args.json {
        let facts = Library::facts(&article)?;
        out::json(&Read { facts, article })?
    } else {
        out::write(&show(&article))?
    }
    Ok(ExitCode::SUCCESS)
}

fn show(article: &ArticleView) -> String {
    let mut text = format!("{}\n", article.title);
    let date = article.published.as_ref().map(|date| out::day(&date.iso()));
    let about: Vec<String> = [date, article.source.clone(), article.byline.clone(), article.category.clone()]
        .into_iter()
        .flatten()
        .collect();
    if !about.is_empty() {
        text += &format!("{}\n", about.join(" · "));
    }
    if let Some(lead) = &article.lead {
        text += &format!("\n{lead}\n");
    }
    let pictures = |at: usize| -> String {
        let here = article.images.iter().filter(|image| image.before == at);
        here.map(|image| match &image.caption {
            Some(caption) => format!("\n[picture: {caption}] {}\n", image.url),
            None => format!("\n[picture] {}\n", image.url),
        })
        .collect()
    };
    for (at, block) in article.blocks.iter().enumerate() {
        text += &pictures(at);
        text += &match block.kind {
            BlockKind::Heading => format!("\n## {}\n", block.text),
            BlockKind::ListItem => format!("- {}\n", block.text),
            BlockKind::Quote => format!("\n> {}\n", block.text),
            BlockKind::Caption => format!("\n[{}]\n", block.text),
            BlockKind::TableRow => format!("{}\n", block.text.replace('\t', " | ")),
            BlockKind::Paragraph => format!("\n{}\n", block.text),
        };
    }
    text += &pictures(article.blocks.len());
    for related in &article.related {
        text += &format!("\n→ {} ({})", related.title, related.id);
    }
    text + "\n"
}
