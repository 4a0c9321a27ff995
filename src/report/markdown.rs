//! The report as Markdown, for an internal note in a ticket desk. Untrusted text can neither format nor link.

use super::{Cell, Report, Section, Tone};

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

fn section(section: &Section) -> String {
    let rows =
        section.rows.iter().map(|row| format!("| {} |\n", row.iter().map(value).collect::<Vec<_>>().join(" | ")));
    let columns = section.rows.iter().map(Vec::len).max().unwrap_or(1);
    let head = format!("|{}\n|{}\n", "   |".repeat(columns), " --- |".repeat(columns));
    format!("\n### {}\n\n{head}{}", escaped(&section.title), rows.collect::<String>())
}

/// Hashes, addresses and codes stay copyable as code; everything else is text.
fn value(cell: &Cell) -> String {
    let word = cell.text.strip_prefix("→ ").unwrap_or(&cell.text);
    let long = word.len() > 24 && word.bytes().all(|b| b.is_ascii_alphanumeric());
    if long { cell.text.replace(word, &format!("`{word}`")) } else { escaped(&cell.text) }
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
