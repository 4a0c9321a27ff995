//! `--attach`: the report as a note for staff on the ticket. The one thing that this program changes anywhere.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};

use super::check::Opened;
use super::env::Env;
use super::exit::Mistake;
use super::{Global, block_on, bundle};
use crate::net::{Net, sha256};
use crate::report::{Document, Report, Words, plain, render_markdown, render_text};
use crate::sleuth::Investigation;
use crate::sources::Line;
use crate::sources::desk::attach::{Attached, attach, is_attached};
use crate::sources::desk::note::{self, File, Note};
use crate::subject::SubjectKind;

/// Columns of a note: desks show it beside other things.
const WIDTH: u16 = 80;

/// Refuses what can have no ticket, before anybody is asked.
pub(super) fn check_possible(opened: &Opened) -> Result<()> {
    let inquest = &opened.inquest;
    if opened.settings.sources.desk.is_none() {
        return Err(Mistake::error("--attach: no desk is configured; set [desk]"));
    }
    if inquest.ticket.is_none() && inquest.subject.kind != SubjectKind::Id {
        return Err(Mistake::error("--attach needs a ticket: give it as the subject or with --ticket"));
    }
    Ok(())
}

/// Posts the note, or tells what it would be. Says on standard error what was done.
pub(super) fn run(
    opened: &Opened,
    investigation: &Investigation,
    document: &Document,
    words: &Words,
    dry: bool,
    global: &Global,
    env: &mut Env,
) -> Result<()> {
    if !investigation.answered {
        say("nothing was posted: no source answered", global, env);
        return Ok(());
    }
    let Some(ticket) = &investigation.ticket else { return Err(without_ticket(investigation)) };
    let note = note(&ticket.id, document, words)?;
    let desk = opened.settings.sources.desk.as_deref().context("failed to find the desk")?;
    // A door of its own: what is asked from here on stands on no recording.
    let net = Net::live(opened.settings.services.clone(), env.secrets(), Arc::clone(&env.clock));
    let line = Line { net: &net, service: "desk" };
    let name = format!("note txsleuth:{}", note.key);
    if dry {
        let there = block_on(is_attached(line, desk, &ticket.id, &note))??;
        say(&preview(opened, &ticket.id, &note, there), global, env);
        return Ok(());
    }
    let told = match block_on(attach(line, desk, &ticket.id, &note))?? {
        Attached::Now => format!("posted {name} on ticket {}, for staff only", ticket.id),
        Attached::Before => format!("{name} is on ticket {} already; nothing was posted", ticket.id),
        Attached::Overtaken(last) => format!(
            "warning: {name} is on ticket {} already, so nothing was posted; but a later note there, txsleuth:{last}, \
             says something else",
            ticket.id
        ),
    };
    say(&plain(&told), global, env);
    Ok(())
}

fn say(text: &str, global: &Global, env: &mut Env) {
    if !global.quiet {
        env.warn(text);
    }
}

/// Why there is no ticket: the desk did not answer, or there is none of that name.
fn without_ticket(investigation: &Investigation) -> anyhow::Error {
    match investigation.evidence.gaps.iter().find(|gap| &*gap.source == "desk") {
        Some(gap) => anyhow!("failed to read the ticket, so nothing was posted: {}", gap.detail),
        None => Mistake::error("--attach: the desk has no ticket of this name; nothing was posted"),
    }
}

/// The key is a hash of ticket, transaction, decisive code and verdict: the same conclusion is posted once.
fn note(ticket: &str, document: &Document, words: &Words) -> Result<Note> {
    let report = Report::new(document, words);
    let decided = document.transactions.first().map(|tx| tx.txid.as_str());
    let claimed = document.claim.txids.first().map(|said| said.value.as_str());
    let txid = decided.or(claimed).unwrap_or_default();
    let said = [ticket, txid, &document.decisive().code, document.verdict.name()].join("\n");
    let json = File {
        name: "diagnosis.json".into(),
        mime: "application/json".into(),
        bytes: bundle::json(document)?.into_bytes(),
    };
    Ok(Note {
        key: note::key(&sha256(&said)),
        earlier: Vec::new(),
        stamp: None,
        text: render_text(&report, WIDTH, false),
        markdown: render_markdown(&report),
        files: vec![json],
    })
}

fn preview(opened: &Opened, ticket: &str, note: &Note, is_there: bool) -> String {
    let spec = opened.net.services().find(|service| &*service.name == "desk");
    let place = spec.map(|spec| format!("{} at {}", spec.kind, spec.url)).unwrap_or_default();
    let ticket = plain(ticket);
    if is_there {
        return format!("would post nothing: note txsleuth:{} is on ticket {ticket} already ({place})", note.key);
    }
    let files: Vec<String> =
        note.files.iter().map(|file| format!("{} ({} bytes)", file.name, file.bytes.len())).collect();
    format!(
        "would post on ticket {ticket} ({place}), for staff only, with {}:\n\n{}",
        files.join(", "),
        note.plain().trim_end()
    )
}
