//! The report as Markdown, for an internal note in a ticket desk. Untrusted text can neither format nor link.

use super::{Cell, Letter, LetterFact, Report, Section, TextList, Tone};

/// Renders a report as Markdown of the kind that Zendesk, Jira and GitHub share.
pub fn render(report: &Report) -> String {
    let mut out = String::new();
    for row in &report.head {
        let [label, value] = row.as_slice() else { continue };
        let value =
            if value.tone == Tone::Strong { format!("**{}**", escaped(&value.text)) } else { escaped(&value.text) };
        out.push_str(&format!("- **{}:** {value}\n", escaped(&label.text)));
    }
    out.push_str(&format!("\n{}\n", escaped(&report.detail)));
    out.extend(report.sections.iter().map(section));
    if let Some(closing) = &report.closing {
        out.push_str(&format!("\n{}\n", escaped(closing)));
    }
    out
}

/// Renders a letter as Markdown.
pub fn render_letter(letter: &Letter) -> String {
    let paragraph = |text: &String| format!("{}\n", escaped(text));
    let fact = |fact: &LetterFact| format!("| {} | {} |\n", escaped(&fact.label), copyable(&fact.value));
    let list = |list: &TextList| {
        let items = list.items.iter().map(|item| format!("- {}\n", escaped(item)));
        format!("**{}**\n\n{}", escaped(&list.title), items.collect::<String>())
    };
    let mut parts = vec![format!("### {}\n", escaped(&letter.headline)), paragraph(&letter.greeting)];
    parts.extend(letter.paragraphs.iter().map(paragraph));
    if !letter.facts.items.is_empty() {
        let rows: String = letter.facts.items.iter().map(fact).collect();
        parts.push(format!("| {} |   |\n| --- | --- |\n{rows}", escaped(&letter.facts.title)));
    }
    parts.extend(letter.request.iter().map(paragraph));
    parts.extend(letter.actions.iter().map(list));
    parts.extend(
        letter.reference.iter().map(|fact| format!("**{}**\n\n{}\n", escaped(&fact.label), escaped(&fact.value))),
    );
    parts.push(paragraph(&letter.closing));
    parts.extend(letter.before_sending.iter().map(|rest| format!("---\n\n{}", list(rest))));
    parts.join("\n")
}

fn section(section: &Section) -> String {
    let rows =
        section.rows.iter().map(|row| format!("| {} |\n", row.iter().map(value).collect::<Vec<_>>().join(" | ")));
    let columns = section.rows.iter().map(Vec::len).max().unwrap_or(1);
    let head = format!("|{}\n|{}\n", "   |".repeat(columns), " --- |".repeat(columns));
    format!("\n### {}\n\n{head}{}", escaped(&section.title), rows.collect::<String>())
}

/// Hashes, addresses and codes stay copyable as code; everything else is text.
fn value(cell: &Cell) -> String {
    copyable(&cell.text)
}

fn copyable(text: &str) -> String {
    let word = text.strip_prefix("→ ").unwrap_or(text);
    let long = word.len() > 24 && word.bytes().all(|b| b.is_ascii_alphanumeric());
    if long { text.replace(word, &format!("`{word}`")) } else { escaped(text) }
}

/// Every character that Markdown, or the HTML inside it, could take for markup is made literal.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '!' | '~' | '^' => {
                out.push('\\');
                out.push(c);
            }
            // A mention or a bare address would notify somebody or become a link.
            '@' => out.push_str("&#64;"),
            c => out.push(c),
        }
    }
    out.replace("://", ":&#47;&#47;").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn untrusted_text_is_neither_markup_nor_link() {
        let hostile = "a [x](javascript:1) <img src=x> | https://a.example @all `rm` **b** # h";
        let text = escaped(hostile);
        for markup in [" [x]", "<img", "://", " @all", "**b**"] {
            assert!(!text.contains(markup), "{markup} in {text}");
        }
    }
}
