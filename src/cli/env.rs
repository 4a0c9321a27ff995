//! The outside world as a value: arguments, variables, streams, files of secrets and the clock.
//! The only place that reads them, and the only door through which anything is printed.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::future::BoxFuture;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::net::{Clock, SecretRef, Secrets};

/// How time is let pass.
pub type Pause = Arc<dyn Fn(Duration) -> BoxFuture<'static, ()> + Send + Sync>;

/// How often the one who lets time pass looks whether the user wants an end of it.
const LOOK: Duration = Duration::from_millis(200);
/// Terminals by their `TERM_PROGRAM`, and by their `TERM`, that open links which are written as OSC 8.
const OPEN_LINKS: [&[&str]; 2] = [
    &["iTerm.app", "WezTerm", "vscode", "ghostty", "Tabby", "rio", "WarpTerminal"],
    &["xterm-kitty", "xterm-ghostty", "foot", "alacritty", "wezterm"],
];
/// VTE opens links from version 0.50 on, which it calls so.
const VTE: u32 = 5000;
/// Konsole opens links from version 20.12 on.
const KONSOLE: u32 = 201_200;

/// The world that a run sees.
pub struct Env {
    /// Arguments, the program's name first.
    pub args: Vec<OsString>,
    /// Environment variables.
    pub vars: BTreeMap<String, String>,
    /// The working directory.
    pub dir: PathBuf,
    /// Standard input.
    pub input: Box<dyn Read + Send>,
    /// Standard output: the result and nothing else.
    pub out: Box<dyn Write>,
    /// Standard error: everything else.
    pub err: Box<dyn Write>,
    /// The present time.
    pub clock: Clock,
    /// How time is let pass.
    pub pause: Pause,
    /// Columns of the terminal, where standard output is one.
    pub terminal: Option<u16>,
    /// Whether somebody watches standard error on a terminal.
    pub watched: bool,
    /// Set once the user wants an end of what goes on.
    pub stop: Arc<AtomicBool>,
    /// Lets an interruption set `stop` instead of ending the process; the second one ends it.
    pub catch_interruptions: fn(Arc<AtomicBool>),
}

impl Env {
    /// The real world.
    #[expect(clippy::disallowed_methods, reason = "this is the door to the world")]
    pub fn real() -> Self {
        let vars: BTreeMap<String, String> = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
            .collect();
        let columns = vars.get("COLUMNS").and_then(|columns| columns.parse().ok()).unwrap_or(80);
        Self {
            args: std::env::args_os().collect(),
            dir: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            input: Box::new(std::io::stdin()),
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            clock: Arc::new(Timestamp::now),
            pause: Arc::new(|time| Box::pin(tokio::time::sleep(time))),
            terminal: std::io::stdout().is_terminal().then_some(columns),
            watched: std::io::stderr().is_terminal(),
            stop: Arc::default(),
            catch_interruptions,
            vars,
        }
    }

    /// Lets time pass; less of it where the user wants an end.
    pub fn wait(&self, time: Duration) -> anyhow::Result<()> {
        let stopped = async {
            while !self.stop.load(Ordering::Relaxed) {
                tokio::time::sleep(LOOK).await;
            }
        };
        super::block_on(async {
            tokio::select! {
                biased;
                () = stopped => {}
                () = (self.pause)(time) => {}
            }
        })
    }

    /// Writes to standard output. A reader that went away is no failure.
    pub fn print(&mut self, text: &str) -> anyhow::Result<()> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes bytes to standard output.
    pub fn print_bytes(&mut self, bytes: &[u8]) -> anyhow::Result<()> {
        match self.out.write_all(bytes).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
                Err(anyhow::Error::new(error).context("failed to write the result"))
            }
            _ => Ok(()),
        }
    }

    /// Writes a line to standard error; there is nobody to tell when that fails.
    pub fn warn(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }

    /// Whether a variable is set to something.
    pub fn has(&self, name: &str) -> bool {
        self.vars.get(name).is_some_and(|value| !value.is_empty())
    }

    /// Whether the terminal on standard output is one that is known to open links; what stands between it and the program,
    /// such as tmux, may not pass them on.
    pub fn opens_links(&self) -> bool {
        let named = |name: &str, known: &[&str]| self.vars.get(name).is_some_and(|own| known.contains(&own.as_str()));
        let version = |name: &str| self.vars.get(name).and_then(|version| version.parse::<u32>().ok()).unwrap_or(0);
        let [programs, terms] = OPEN_LINKS;
        let known = named("TERM_PROGRAM", programs)
            || named("TERM", terms)
            || version("VTE_VERSION") >= VTE
            || version("KONSOLE_VERSION") >= KONSOLE
            || self.has("WT_SESSION");
        known && self.terminal.is_some() && !self.has("TMUX") && !self.has("STY")
    }

    /// A path as the user means it: below the working directory unless absolute.
    pub fn path(&self, path: &Path) -> PathBuf {
        self.dir.join(path)
    }

    /// How secrets are read: from the variables of this world, or from files that only their owner may read.
    pub fn secrets(&self) -> Secrets {
        let (vars, dir) = (self.vars.clone(), self.dir.clone());
        Arc::new(move |reference| match reference {
            SecretRef::Env(name) => match vars.get(name) {
                Some(value) if !value.is_empty() => Ok(SecretString::from(value.clone())),
                _ => Err(format!("environment variable {name} is not set")),
            },
            SecretRef::File(path) => read_secret(&dir.join(path)),
        })
    }
}

/// Waits for Ctrl-C beside everything else.
fn catch_interruptions(stop: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() && !stop.swap(true, Ordering::Relaxed) {
                let _ = tokio::signal::ctrl_c().await;
                // What is written by now is being flushed.
                tokio::time::sleep(2 * LOOK).await;
            }
            std::process::exit(i32::from(super::exit::Exit::Interrupted.code()));
        });
    });
}

fn read_secret(path: &Path) -> Result<SecretString, String> {
    let shown = path.display();
    let file = std::fs::metadata(path).map_err(|error| format!("failed to read the secret file {shown}: {error}"))?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        if file.permissions().mode() & 0o077 != 0 {
            return Err(format!("others may read the secret file {shown}; run `chmod 600 {shown}`"));
        }
    }
    let text =
        std::fs::read_to_string(path).map_err(|error| format!("failed to read the secret file {shown}: {error}"))?;
    Ok(SecretString::from(text.trim().to_owned()))
}
