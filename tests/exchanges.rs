//! Accounts at exchanges: every connector against a server that checks signatures, clocks and pages as the exchange does.
//! Here is what all have in common; each exchange has a file.

use std::sync::Arc;

use jiff::SignedDuration;
use serde_json::Value;
use tokio::runtime::Runtime;
use txsleuth::evidence::{AddressRecord, Deposit, NetworkPolicy, Withdrawal};
use txsleuth::net::{Auth, Keys, Limits, Net, SecretRef, Service};
use txsleuth::sources::Line;
use txsleuth::sources::ledger::{Hints, Kind, kind};
use txsleuth::terms::{Family, Gap, Seen, Txid};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::stub::{Running, now, world};
use crate::support::Ran;

pub(crate) const KEY: &str = "demo-access-key";
pub(crate) const SECRET: &str = "TXSLEUTH-DEMO-SECRET-0001";
pub(crate) const PASSPHRASE: &str = "demo-passphrase";

/// A running exchange.
pub(crate) struct Exchange {
    runtime: Runtime,
    server: MockServer,
    kind: &'static Kind,
}

impl Exchange {
    pub(crate) fn start(name: &str, answer: impl Fn(&Request) -> ResponseTemplate + Send + Sync + 'static) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
            server
        });
        Self { runtime, server, kind: kind(name).unwrap() }
    }

    /// Asks the connector, as somebody whose clock is this many seconds ahead.
    pub(crate) fn ask<T>(&self, ahead: i64, question: impl AsyncFnOnce(&Kind, Line<'_>) -> T) -> T {
        let own = |name: &str| SecretRef::Env(name.to_owned());
        let sign = self.kind.public.unwrap().1;
        let keys = Keys { key: own("KEY"), secret: own("SECRET"), passphrase: Some(own("PASSPHRASE")), sign };
        let service = Service {
            name: "ledger".to_owned(),
            url: self.server.uri(),
            root: None,
            key: None,
            auth: Auth::Signed(keys),
            operator: self.kind.name.to_owned(),
            kind: self.kind.name.to_owned(),
            redact: None,
            limits: Limits { requests_per_second: 0, ..Limits::default() },
        };
        let secrets = |kept: &SecretRef| match kept {
            SecretRef::Env(name) if name == "KEY" => Ok(KEY.to_owned().into()),
            SecretRef::Env(name) if name == "SECRET" => Ok(SECRET.to_owned().into()),
            _ => Ok(PASSPHRASE.to_owned().into()),
        };
        let net =
            Net::live(vec![service], Arc::new(secrets), Arc::new(move || now() + SignedDuration::from_secs(ahead)));
        self.runtime.block_on(question(self.kind, Line { net: &net, service: "ledger" }))
    }

    pub(crate) fn deposits(&self, txid: &str) -> Seen<Vec<Deposit>> {
        self.deposits_with(txid, &hints())
    }

    pub(crate) fn deposits_with(&self, txid: &str, hints: &Hints) -> Seen<Vec<Deposit>> {
        let txids = [txid_of(txid)];
        self.ask(0, async |kind, line| kind.ledger.deposits(line, &txids, hints).await.remove(0))
    }

    pub(crate) fn withdrawals(&self, txid: &str) -> Seen<Vec<Withdrawal>> {
        let (txids, hints) = ([txid_of(txid)], hints());
        self.ask(0, async |kind, line| kind.ledger.withdrawals(line, &txids, &hints).await.remove(0))
    }

    pub(crate) fn withdrawal(&self, id: &str) -> Seen<Withdrawal> {
        self.ask(0, async |kind, line| kind.ledger.withdrawal(line, id, &hints()).await)
    }

    pub(crate) fn policy(&self, network: &str) -> Seen<NetworkPolicy> {
        self.ask(0, async |kind, line| kind.ledger.policy(line, network, &hints()).await)
    }

    pub(crate) fn addresses(&self, network: &str) -> Seen<Vec<AddressRecord>> {
        self.ask(0, async |kind, line| kind.ledger.addresses(line, "own", network, &hints()).await)
    }

    /// The gap that asking with this clock leaves.
    pub(crate) fn refused_clock(&self, ahead: i64, txid: &str) -> Gap {
        let (txids, hints) = ([txid_of(txid)], hints());
        gap(self.ask(ahead, async |kind, line| kind.ledger.deposits(line, &txids, &hints).await.remove(0)))
    }

    /// Path and query of every request.
    pub(crate) fn asked(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        requests.iter().map(|request| request.url[url::Position::BeforePath..].to_owned()).collect()
    }

    /// The header `Authorization` of every request that has one.
    pub(crate) fn shown(&self) -> Vec<String> {
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap_or_default();
        let shown = |request: &Request| Some(request.headers.get("authorization")?.to_str().ok()?.to_owned());
        requests.iter().filter_map(shown).collect()
    }

    /// A world with 500 USDT on their way to the account, whose ledger is this exchange.
    fn world(&self) -> Running {
        let running = world().start();
        let path = running.folder.path().join("txsleuth.toml");
        let config = std::fs::read_to_string(&path).unwrap();
        let own = format!(
            "ledger = {{ kind = \"{}\", url = \"{}\", key_env = \"EXCHANGE_KEY\", secret_file = \"secret\", \
             passphrase_env = \"EXCHANGE_PASSPHRASE\" }}",
            self.kind.name,
            self.server.uri()
        );
        let lines = config.lines().map(|line| if line.starts_with("ledger = ") { own.as_str() } else { line });
        std::fs::write(&path, lines.collect::<Vec<_>>().join("\n")).unwrap();
        let secret = running.folder.path().join("secret");
        std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(&secret, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        running
    }

    /// The document of a check in that world.
    pub(crate) fn check(&self, args: &[&str]) -> Value {
        run(&self.world(), args).json()
    }

    /// A recording of a check tells nothing of the keys, nor of when and how it was signed, and replays to the same end.
    pub(crate) fn keeps_no_secret(&self, txid: &str) {
        let world = self.world();
        let bundle = world.folder.path().join("bundle");
        let ran = run(&world, &[txid, "--bundle", bundle.to_str().unwrap()]);
        let files = std::fs::read_dir(&bundle).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()));
        let mut texts: Vec<String> = files.map(Result::unwrap).collect();
        assert!(texts.len() > 1 && texts.iter().any(|text| text.contains(self.kind.name)), "the bundle has files");
        texts.extend([ran.out.clone(), ran.err]);
        let requests = self.runtime.block_on(self.server.received_requests()).unwrap();
        let in_query = requests.iter().flat_map(|request| request.url.query_pairs().into_owned().collect::<Vec<_>>());
        let signatures = in_query.filter(|(name, _)| name == "signature").map(|(_, value)| value);
        let header = |request: &Request| Some(request.headers.get("ok-access-sign")?.to_str().ok()?.to_owned());
        // Of a token every part is one: the claims tell key and time.
        let tokens = self.shown().into_iter().flat_map(|token| {
            token.trim_start_matches("Bearer ").split('.').skip(1).map(str::to_owned).collect::<Vec<_>>()
        });
        let signatures = signatures.chain(requests.iter().filter_map(header));
        let signatures: Vec<String> = signatures.chain(tokens).collect();
        assert!(!signatures.is_empty());
        let words = ["&timestamp=", "?timestamp=", "signature=", KEY, SECRET, PASSPHRASE].map(str::to_owned);
        for secret in words.iter().chain(&signatures) {
            assert!(!texts.iter().any(|text| text.contains(secret)), "{secret} is told");
        }
        let again = world.run(&["check", "--replay", bundle.to_str().unwrap(), "--format", "json"], &[]);
        assert_eq!(again.json()["findings"], serde_json::from_str::<Value>(&ran.out).unwrap()["findings"]);
    }
}

fn run(world: &Running, args: &[&str]) -> Ran {
    let args: Vec<&str> =
        ["check"].iter().chain(args).chain(&["--network", "ethereum", "--format", "json"]).copied().collect();
    world.run(&args, &[("EXCHANGE_KEY", KEY), ("EXCHANGE_PASSPHRASE", PASSPHRASE)])
}

pub(crate) fn txid_of(text: &str) -> Txid {
    let families = [Family::Evm, Family::Bitcoin, Family::Solana];
    families.iter().find_map(|family| Txid::parse(*family, text)).unwrap()
}

/// A transfer of this day.
pub(crate) fn hints() -> Hints {
    Hints { assets: vec!["USDT".to_owned()], at: Some(now()), now: now() }
}

pub(crate) fn gap<T: std::fmt::Debug>(seen: Seen<T>) -> Gap {
    match seen {
        Seen::Unknown(gap) => gap,
        other => panic!("no gap but {other:?}"),
    }
}

pub(crate) fn only<T: Clone + std::fmt::Debug>(seen: &Seen<Vec<T>>) -> T {
    match seen {
        Seen::Yes(all, _) if all.len() == 1 => all[0].clone(),
        other => panic!("not one record: {other:?}"),
    }
}

pub(crate) fn decisive(document: &Value) -> &str {
    document["findings"][0]["code"].as_str().unwrap()
}

pub(crate) fn finding<'a>(document: &'a Value, code: &str) -> Option<&'a Value> {
    document["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == code)
}
