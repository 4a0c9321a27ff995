//! The world as tests see it: the whole program, in this process, with nothing of the machine in it.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use txsleuth::cli::{Env, run};

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: u8,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {}\n{}", self.out, self.err))
    }
}

/// One run of the program in a hermetic world.
#[must_use = "run it"]
pub(crate) struct Test {
    args: Vec<String>,
    vars: BTreeMap<String, String>,
    input: Box<dyn Read + Send>,
    dir: PathBuf,
    now: Timestamp,
    stop: Arc<AtomicBool>,
    paused: Paused,
    terminal: Option<u16>,
}

/// What happens while the program lets time pass.
type Paused = Arc<dyn Fn(Duration, &AtomicBool) + Send + Sync>;

impl Test {
    /// A run with these arguments, in the repository's folder.
    pub(crate) fn new(args: &[&str]) -> Self {
        let args = std::iter::once("txsleuth").chain(args.iter().copied()).map(str::to_owned).collect();
        Self {
            args,
            vars: BTreeMap::new(),
            input: Box::new(std::io::empty()),
            dir: repository(),
            now: "2026-01-31T12:00:00Z".parse().unwrap(),
            stop: Arc::default(),
            paused: Arc::new(|_, _| {}),
            terminal: None,
        }
    }

    /// On a terminal of so many columns.
    pub(crate) fn terminal(mut self, columns: u16) -> Self {
        self.terminal = Some(columns);
        self
    }

    /// In another folder.
    pub(crate) fn dir(mut self, dir: &Path) -> Self {
        self.dir = dir.to_path_buf();
        self
    }

    /// With a variable.
    pub(crate) fn var(mut self, name: &str, value: &str) -> Self {
        self.vars.insert(name.to_owned(), value.to_owned());
        self
    }

    /// With something on standard input.
    pub(crate) fn input(self, text: &str) -> Self {
        self.reading(std::io::Cursor::new(text.to_owned()))
    }

    /// With standard input that may do anything.
    pub(crate) fn reading(mut self, input: impl Read + Send + 'static) -> Self {
        self.input = Box::new(input);
        self
    }

    /// At another time.
    pub(crate) fn now(mut self, now: Timestamp) -> Self {
        self.now = now;
        self
    }

    /// Interrupted before it begins.
    pub(crate) fn stopped(self) -> Self {
        self.stopped_by(&Arc::new(AtomicBool::new(true)))
    }

    /// Interrupted once the flag is set.
    pub(crate) fn stopped_by(mut self, stop: &Arc<AtomicBool>) -> Self {
        self.stop = Arc::clone(stop);
        self
    }

    /// With something that happens whenever time is let pass; the flag ends the run.
    pub(crate) fn paused(mut self, paused: impl Fn(Duration, &AtomicBool) + Send + Sync + 'static) -> Self {
        self.paused = Arc::new(paused);
        self
    }

    /// Runs it.
    pub(crate) fn run(self) -> Ran {
        let (out, err) = (Stream::default(), Stream::default());
        let (now, stop) = (Arc::new(Mutex::new(self.now)), self.stop);
        let (later, stopping, paused) = (Arc::clone(&now), Arc::clone(&stop), self.paused);
        let mut env = Env {
            args: self.args.into_iter().map(Into::into).collect(),
            vars: self.vars,
            dir: self.dir,
            input: self.input,
            out: Box::new(out.clone()),
            err: Box::new(err.clone()),
            clock: Arc::new(move || *now.lock().unwrap()),
            pause: Arc::new(move |time| {
                *later.lock().unwrap() += time;
                paused(time, &stopping);
                Box::pin(std::future::ready(()))
            }),
            terminal: self.terminal,
            watched: false,
            stop,
            catch_interruptions: |_| {},
        };
        let code = run(&mut env).code();
        Ran { code, out: out.text(), err: err.text() }
    }
}

/// The repository's folder.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folders of all fixtures, in order.
pub(crate) fn fixtures() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(repository().join("fixtures")).unwrap().map(|entry| entry.unwrap().path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("case.toml").is_file()).collect();
    folders.sort();
    folders
}

#[derive(Clone, Default)]
struct Stream(Arc<Mutex<Vec<u8>>>);

impl Stream {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
