//! The figures for people, and as rows of CSV.

use super::tally::Counts;
use super::{Ages, StatsDocument};
use crate::report::text::table;
use crate::report::{Cell, Tone, cell};

/// Renders the figures for a terminal of `width` columns, with colour or without.
pub fn render_stats(document: &StatsDocument, width: u16, colour: bool) -> String {
    let mut text = table(&head(document), width, colour);
    for (title, rows) in sections(document).into_iter().filter(|(_, rows)| !rows.is_empty()) {
        let title = table(&[vec![cell(title, Tone::Strong)]], width, colour);
        text.push_str(&format!("\n{title}{}", table(&rows, width, colour)));
    }
    text
}

fn head(document: &StatsDocument) -> Vec<Vec<Cell>> {
    let row = |name: &str, count: u64| vec![cell(name, Tone::Dim), cell(count.to_string(), Tone::Plain)];
    let told = [("results", document.results), ("of them whole documents", document.whole)];
    let more = [("of cases that came before", document.repeated), ("lines skipped", document.skipped)];
    told.into_iter()
        .chain(more.into_iter().filter(|(_, count)| *count > 0))
        .map(|(name, count)| row(name, count))
        .collect()
}

type Rows = Vec<Vec<Cell>>;

fn sections(document: &StatsDocument) -> Vec<(String, Rows)> {
    let repeats = &document.repeats;
    let sums = document.sums.iter().map(|sum| {
        let told = [format!("{} cases", sum.cases), sum.amount.to_string(), format!("open {}", sum.open)];
        line(&format!("{} {}", sum.network, sum.asset), told)
    });
    let sources = repeats
        .sources
        .iter()
        .map(|one| line(&one.name, [format!("{} cases", one.cases), format!("{} questions", one.gaps), String::new()]));
    let uncounted = document.uncounted.iter().map(|one| {
        vec![cell(&one.what, Tone::Dim), cell(one.results.to_string(), Tone::Unsure), cell(&one.why, Tone::Dim)]
    });
    vec![
        (format!("By verdict, with ages against {} hours", document.sla.hours), verdicts(document)),
        ("By finding".into(), counts(&document.codes)),
        ("By network".into(), counts(&document.networks)),
        ("By asset".into(), counts(&document.assets)),
        ("By who has to act".into(), counts(&document.responsible)),
        ("Errors".into(), counts(&document.errors)),
        ("Amounts".into(), sums.collect()),
        ("Senders of several open cases".into(), counts(&repeats.senders)),
        ("Of these, where the sending platform has to act".into(), counts(&repeats.sending_platforms)),
        ("Addresses of several open cases".into(), counts(&repeats.addresses)),
        ("Sources that left questions open".into(), sources.collect()),
        ("Not counted".into(), uncounted.collect()),
    ]
}

fn line(name: &str, told: [String; 3]) -> Vec<Cell> {
    let told = told.into_iter().map(|text| cell(text, Tone::Plain));
    std::iter::once(cell(name, Tone::Dim)).chain(told).collect()
}

fn verdicts(document: &StatsDocument) -> Rows {
    if document.verdicts.is_empty() {
        return Vec::new();
    }
    let row = |name: &str, results: u64, ages: &Ages| {
        let over = if ages.over > 0 { Tone::Bad } else { Tone::Plain };
        vec![
            cell(name, Tone::Dim),
            cell(results.to_string(), Tone::Plain),
            cell(format!("under {}", ages.under), Tone::Plain),
            cell(format!("over {}", ages.over), over),
            cell(format!("unknown {}", ages.unknown), Tone::Plain),
        ]
    };
    let parts = document.verdicts.iter().map(|part| row(part.verdict.name(), part.results, &part.ages));
    let all = document.sla.ages;
    parts.chain([row("all", all.all(), &all)]).collect()
}

fn counts(counts: &Counts) -> Rows {
    let row = |name: &str, count: String, tone: Tone| vec![cell(name, tone), cell(count, Tone::Plain)];
    let at_least = if counts.missed > 0 { "at least " } else { "" };
    let mut rows: Rows =
        counts.top.iter().map(|one| row(&one.name, format!("{at_least}{}", one.count), Tone::Dim)).collect();
    if counts.others > 0 {
        let told = u64::try_from(counts.top.len()).unwrap_or(u64::MAX);
        let more = format!("{at_least}{} others", counts.distinct.saturating_sub(told));
        rows.push(row(&more, counts.others.to_string(), Tone::Unsure));
    }
    if counts.missed > 0 {
        rows.push(row("more names than are kept: counts may be too low by", counts.missed.to_string(), Tone::Unsure));
    }
    rows
}

/// The figures as rows of CSV: `part`, `name`, `count`, `amount`.
pub fn stats_csv(document: &StatsDocument) -> Vec<[String; 4]> {
    let row = |part: &str, name: &str, count: u64| [part.to_owned(), name.to_owned(), count.to_string(), String::new()];
    let mut rows = vec![
        ["part", "name", "count", "amount"].map(str::to_owned),
        row("results", "", document.results),
        row("whole", "", document.whole),
        row("repeated", "", document.repeated),
        row("skipped", "", document.skipped),
    ];
    rows.extend(document.verdicts.iter().map(|part| row("verdict", part.verdict.name(), part.results)));
    let of_verdicts = document.verdicts.iter().map(|part| (part.verdict.name(), part.ages));
    for (name, ages) in of_verdicts.chain([("", document.sla.ages)]) {
        rows.push(row("under-sla", name, ages.under));
        rows.push(row("over-sla", name, ages.over));
        rows.push(row("unknown-age", name, ages.unknown));
    }
    let repeats = &document.repeats;
    let tallies = [
        ("code", &document.codes),
        ("network", &document.networks),
        ("asset", &document.assets),
        ("responsible", &document.responsible),
        ("error", &document.errors),
        ("sender", &repeats.senders),
        ("sending-platform", &repeats.sending_platforms),
        ("address", &repeats.addresses),
    ];
    for (part, counts) in tallies {
        rows.extend(counts.top.iter().map(|one| row(part, &one.name, one.count)));
        let rest = [(format!("{part}-others"), counts.others), (format!("{part}-missed"), counts.missed)];
        rows.extend(rest.into_iter().filter(|(_, count)| *count > 0).map(|(part, count)| row(&part, "", count)));
    }
    for sum in &document.sums {
        let name = format!("{} {}", sum.network, sum.asset);
        for (part, amount) in [("sum", &sum.amount), ("open-sum", &sum.open)] {
            rows.push([part.to_owned(), name.clone(), sum.cases.to_string(), amount.to_string()]);
        }
    }
    rows.extend(repeats.sources.iter().map(|one| row("source-cases", &one.name, one.cases)));
    rows.extend(repeats.sources.iter().map(|one| row("source-gaps", &one.name, one.gaps)));
    rows.extend(document.uncounted.iter().map(|one| row("uncounted", &one.what, one.results)));
    rows
}
