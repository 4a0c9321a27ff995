//! The report for a terminal: at most 80 columns by default, verdict first, colour only where it is wanted.

use comfy_table::{Attribute, Color, ContentArrangement, Table, presets};

use super::{Cell, Letter, LetterFact, Report, Section, TextList, Tone};

/// Renders a report for a terminal that opens links, in the way of OSC 8
/// (<https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>).
pub fn render_linked(report: &Report, width: u16, colour: bool) -> String {
    report.links.iter().fold(render(report, width, colour), |text, link| linked(&text, link))
}

/// Shortest beginning of a link that is taken for one, where it goes on in the next line.
const BEGINNING: usize = 12;

/// The text in which a link, in one line or in several, leads to its page.
fn linked(text: &str, link: &str) -> String {
    let mut left = link;
    let lines = text.split_inclusive('\n').map(|line| {
        let begun = left.len() < link.len();
        let longest = (1..=left.len()).rev().find(|end| line.contains(&left[..*end]));
        let part = longest.map(|end| &left[..end]).filter(|part| begun || part.len() >= BEGINNING.min(link.len()));
        let Some(part) = part else {
            left = link;
            return line.to_owned();
        };
        left = &left[part.len()..];
        if left.is_empty() {
            left = link;
        }
        // Parts of one link belong together by their id.
        let id = link.len();
        line.replacen(part, &format!("\u{1b}]8;id={id};{link}\u{1b}\\{part}\u{1b}]8;;\u{1b}\\"), 1)
    });
    lines.collect()
}

/// Renders a report for a terminal of `width` columns, with colour or without.
pub fn render(report: &Report, width: u16, colour: bool) -> String {
    let table = |rows: &[Vec<Cell>]| table(rows, width, colour);
    let paragraph = |text: &str| table(&[vec![Cell { text: text.to_owned(), tone: Tone::Plain }]]);
    let section = |section: &Section| {
        let title = Cell { text: section.title.clone(), tone: Tone::Strong };
        format!("\n{}{}", table(&[vec![title]]), table(&section.rows))
    };
    let sections: String = report.sections.iter().map(section).collect();
    let closing = report.closing.as_deref().map(|text| format!("\n{}", paragraph(text))).unwrap_or_default();
    format!("{}\n{}{sections}{closing}", table(&report.head), paragraph(&report.detail))
}

/// Counts under their names.
pub fn render_counts(counts: &[(String, u64)]) -> String {
    let cell = |text: String| Cell { text, tone: Tone::Plain };
    let rows: Vec<Vec<Cell>> =
        counts.iter().map(|(name, count)| vec![cell(name.clone()), cell(count.to_string())]).collect();
    table(&rows, 80, false).trim_end().to_owned()
}

/// Characters from which on an identifier in a letter has a line of its own.
const WHOLE: usize = 40;

/// Renders a letter for a terminal, or for a message without markup.
pub fn render_letter(letter: &Letter, width: u16, colour: bool) -> String {
    let line = |text: &str, tone: Tone| table(&[vec![Cell { text: text.to_owned(), tone }]], width, colour);
    // No columns: a message is read in letters of any width, and an identifier is copied whole.
    let fact = |fact: &LetterFact| {
        let whole = fact.value.chars().count() > WHOLE && !fact.value.contains(' ');
        let (colon, blank) = if letter.language == "zh" { ("：", "") } else { (":", " ") };
        let both = || line(&format!("{}{colon}{blank}{}", fact.label, fact.value), Tone::Plain);
        if whole { format!("{}{colon}\n{}\n", fact.label, fact.value) } else { both() }
    };
    let list = |list: &TextList| {
        let item = |item: &String| line(&format!("- {item}"), Tone::Plain);
        line(&list.title, Tone::Strong) + &list.items.iter().map(item).collect::<String>()
    };
    let mut parts = vec![line(&letter.headline, Tone::Strong), line(&letter.greeting, Tone::Plain)];
    parts.extend(letter.paragraphs.iter().map(|text| line(text, Tone::Plain)));
    if !letter.facts.items.is_empty() {
        parts.push(line(&letter.facts.title, Tone::Strong) + &letter.facts.items.iter().map(fact).collect::<String>());
    }
    parts.extend(letter.request.iter().map(|text| line(text, Tone::Plain)));
    parts.extend(letter.actions.iter().map(list));
    // One line, so that it can be copied whole.
    parts.extend(letter.reference.iter().map(|fact| format!("{}{}\n", line(&fact.label, Tone::Strong), fact.value)));
    parts.push(line(&letter.closing, Tone::Plain));
    parts.extend(letter.before_sending.iter().map(|rest| format!("----\n{}", list(rest))));
    parts.join("\n")
}

/// Rows of cells in columns.
pub(super) fn table(rows: &[Vec<Cell>], width: u16, colour: bool) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    if colour {
        table.enforce_styling();
    } else {
        table.force_no_tty();
    }
    for row in rows {
        table.add_row(row.iter().map(styled));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

fn styled(cell: &Cell) -> comfy_table::Cell {
    let styled = comfy_table::Cell::new(&cell.text);
    match cell.tone {
        Tone::Plain => styled,
        Tone::Good => styled.fg(Color::Green),
        Tone::Bad => styled.fg(Color::Red),
        Tone::Unsure => styled.fg(Color::Yellow),
        Tone::Dim => styled.add_attribute(Attribute::Dim),
        Tone::Strong => styled.add_attribute(Attribute::Bold),
    }
}
